// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "app/studio/widgets/dock_picture.h"
#include "app/studio/widgets/elided_label.h"
#include "driver.h"
#include "tests/support/test_class.h"
#include "viz/screen/page_size.h"

using namespace dnm;
using namespace dnm::studio_test;

/// One selection in all pictures and in the table, driven through the real widgets.
class TestNeurons : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] const Network& network() { return *window_->live().scene_input().network; }
  [[nodiscard]] NetworkView& view(const char* picture) { return pane_of(*window_, picture).view(); }
  /// What is clicked in the end: the widget that lies on top of the picture for the mouse.
  [[nodiscard]] QWidget& canvas(const char* picture) {
    return *find<QWidget>(*window_, (std::string(picture) + "-canvas").c_str());
  }
  [[nodiscard]] std::vector<NodeIndex> selected() { return nodes_of(network(), window_->document().selected()); }

  /// Pixels of a widget where the picture has a point of its data.
  template <class Picture>
  static QPoint pixel_of(Picture& picture, Point data) {
    const PageSize page = page_size(picture.marks());
    const Point on_page = picture.marks().seen().to_page(data);
    const double unit = page.width / picture.marks().width();
    return QPointF(on_page.x / unit, (page.height - on_page.y) / unit).toPoint();
  }
  [[nodiscard]] Point in_layers(NodeIndex node) {
    const std::size_t layer = network().layer_of(node);
    const auto& sizes = network().layer_sizes();
    return {(node - network().first_node(layer) + 0.5) / sizes[layer],
            static_cast<double>(layer) / static_cast<double>(sizes.size() - 1)};
  }
  [[nodiscard]] Point in_disk(NodeIndex node) {
    const Embedding& embedding = *window_->live().scene_input().embedding;
    const double distance = std::tanh(0.5 * embedding.radius[node]);
    return {distance * std::cos(embedding.theta[node]), distance * std::sin(embedding.theta[node])};
  }
  [[nodiscard]] std::set<NodeIndex> neighbours_by_brute_force(const std::set<NodeIndex>& of) {
    std::set<NodeIndex> found;
    for (std::size_t layer = 0; layer < network().masks().size(); ++layer) {
      const Mask& mask = network().masks()[layer];
      for (NodeIndex row = 0; row < mask.n_out; ++row) {
        for (const NodeIndex column : mask.row(row)) {
          const NodeIndex input = network().first_node(layer) + column, output = network().first_node(layer + 1) + row;
          if (of.contains(input) && !of.contains(output)) found.insert(output);
          if (of.contains(output) && !of.contains(input)) found.insert(input);
        }
      }
    }
    return found;
  }
  /// All pictures show the selection and what it is linked to.
  [[nodiscard]] bool all_light_up(const std::set<NodeIndex>& nodes, HighlightRole role = HighlightRole::selected) {
    const std::set<NodeIndex> neighbours = neighbours_by_brute_force(nodes);
    const auto is_right = [&](const HighlightPointer& shown) {
      if (!shown) return nodes.empty();
      return std::ranges::equal(shown->nodes, nodes) && std::ranges::equal(shown->neighbours, neighbours);
    };
    return QTest::qWaitFor(
        [&] {
          return std::ranges::all_of(std::vector{"matrix", "layers", "disk"},
                                     [&](const char* id) { return is_right(view(id).marks().shown(role)); }) &&
                 is_right(find<DockPicture>(*window_, "degree-plot")->marks().shown(role));
        },
        5000);
  }
  void click(const char* picture, Point data, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(&canvas(picture), Qt::LeftButton, modifiers, pixel_of(view(picture), data));
  }
  void drag(const char* picture, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers) {
    QWidget& widget = view(picture);
    QTest::mousePress(&widget, Qt::LeftButton, modifiers, from);
    for (const QPoint at : {(from + to) / 2, to}) {
      QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
      QCoreApplication::sendEvent(&widget, &move);
    }
    QTest::mouseRelease(&widget, Qt::LeftButton, modifiers, to);
  }
  void trigger(const char* action) {
    auto* found = window_->findChild<QAction*>(action);
    if (!found) qFatal("there is no action %s", action);
    found->trigger();
  }
  [[nodiscard]] QTableView& table() { return *find<QTableView>(*window_, "neurons-table"); }
  [[nodiscard]] QString cell(int row, const char* label) {
    const QAbstractItemModel& model = *table().model();
    for (int column = 0; column < model.columnCount(); ++column)
      if (model.headerData(column, Qt::Horizontal).toString() == label)
        return model.index(row, column).data().toString();
    qFatal("there is no column %s", label);
  }
  void open_table() {
    trigger("edit-find-neurons");
    QTRY_VERIFY(table().isVisible() && table().model()->rowCount() > 0);
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    window_->findChild<QDockWidget*>("neurons")->hide();
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {20, 40, 40};
    next.parameters.shared.sparsity = 0.8;
    window_->document().edit("small", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    QTRY_VERIFY(find<DockPicture>(*window_, "degree-plot")->is_current());
  }
  void cleanupTestCase() { window_.reset(); }

  void a_click_in_any_picture_selects_and_all_light_up() {
    const std::size_t steps = window_->document().history().step_count();
    const ScenePointer before = view("matrix").scene();
    click("layers", in_layers(33));
    QCOMPARE(selected(), std::vector<NodeIndex>{33});
    QVERIFY(all_light_up({33}));
    for (const NodeIndex node : {5U, 57U, 88U}) {
      click("disk", in_disk(node));
      QCOMPARE(selected(), std::vector<NodeIndex>{node});
      QVERIFY(all_light_up({node}));
    }
    // A cell of the first matrix stands for both its ends: row 12, column 3 from the upper left corner.
    const Scene& matrix = *view("matrix").scene();
    const double top = matrix.bounds.y + matrix.bounds.height;
    click("matrix", {3.5, top - 12.5});
    QCOMPARE(selected(), (std::vector<NodeIndex>{3, 32}));
    QVERIFY(all_light_up({3, 32}));
    // No picture was drawn again, nothing was changed.
    QVERIFY(view("matrix").scene() == before);
    QCOMPARE(window_->document().history().step_count(), steps);
    click("layers", {0.5, 0.25});
    QVERIFY(selected().empty());
    QVERIFY(all_light_up({}));
  }

  void a_click_on_a_degree_selects_its_neurons() {
    std::vector<NodeIndex> degrees(network().node_count(), 0);
    for (std::size_t layer = 0; layer < network().masks().size(); ++layer) {
      const Mask& mask = network().masks()[layer];
      for (NodeIndex row = 0; row < mask.n_out; ++row)
        for (const NodeIndex column : mask.row(row)) {
          ++degrees[network().first_node(layer) + column];
          ++degrees[network().first_node(layer + 1) + row];
        }
    }
    const NodeIndex degree = degrees[30];
    std::set<NodeIndex> of_degree;
    for (NodeIndex node = 0; node < degrees.size(); ++node)
      if (degrees[node] == degree) of_degree.insert(node);
    auto& plot = *find<DockPicture>(*window_, "degree-plot");
    QTest::mouseClick(&plot, Qt::LeftButton, {}, pixel_of(plot, {std::log10(degree), -0.3}));
    QVERIFY(std::ranges::equal(selected(), of_degree));
    QVERIFY(all_light_up(of_degree));
  }

  void control_and_shift_click_make_a_selection_of_several() {
    click("layers", in_layers(10));
    click("layers", in_layers(30), Qt::ControlModifier);
    click("layers", in_layers(70), Qt::ShiftModifier);
    QCOMPARE(selected(), (std::vector<NodeIndex>{10, 30, 70}));
    click("layers", in_layers(30), Qt::ControlModifier);
    QCOMPARE(selected(), (std::vector<NodeIndex>{10, 70}));
    QVERIFY(all_light_up({10, 70}));
    const auto* words = find<QLabel>(*window_, "status-selection");
    QVERIFY2(words->isVisible() && words->text().startsWith("2 neurons selected"), qPrintable(words->text()));
    trigger("edit-select-neighbours");
    std::set<NodeIndex> more = neighbours_by_brute_force({10, 70});
    more.insert({10, 70});
    QVERIFY(std::ranges::equal(selected(), more));
    trigger("edit-select-none");
    QVERIFY(selected().empty() && !words->isVisible());
  }

  void a_rubber_band_selects_what_lies_in_it_and_a_drag_pans() {
    NetworkView& layers = view("layers");
    const QPoint from = pixel_of(layers, {0.205, 0.6}), to = pixel_of(layers, {0.505, 0.4});
    std::vector<NodeIndex> expected;
    for (NodeIndex node = 20; node < 60; ++node) {
      const double along = in_layers(node).x;
      if (along > 0.205 && along < 0.505) expected.push_back(node);
    }
    drag("layers", from, to, Qt::ShiftModifier);
    QCOMPARE(selected(), expected);
    // With Ctrl, another joins it.
    drag("layers", pixel_of(layers, {0.9, 0.05}), pixel_of(layers, {0.99, -0.05}),
         Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(selected().size(), expected.size() + 2);
    layers.zoom_about(QPointF(layers.rect().center()), 3.0);
    const std::vector<NodeIndex> before = selected();
    const PageTransform seen = layers.marks().seen();
    drag("layers", {200, 60}, {240, 80}, {});
    QVERIFY(selected() == before);
    QVERIFY(layers.marks().seen().shift_x > seen.shift_x);
    layers.reset_zoom();
  }

  void a_double_click_shows_all_and_leaves_the_selection() {
    click("layers", in_layers(33));
    NetworkView& layers = view("layers");
    layers.zoom_about(QPointF(layers.rect().center()), 3.0);
    QTest::mouseClick(&layers, Qt::LeftButton, {}, {150, 40});
    QTest::mouseDClick(&layers, Qt::LeftButton, {}, {150, 40});
    QCOMPARE(layers.zoom(), 1.0);
    QCOMPARE(selected(), std::vector<NodeIndex>{33});
  }

  void what_the_pointer_rests_on_lights_up_everywhere() {
    const ScenePointer scene = view("disk").scene();
    const QPoint at = pixel_of(view("layers"), in_layers(45));
    QTest::mouseMove(&view("layers"), at + QPoint(1, 60));
    QTest::mouseMove(&view("layers"), at);
    QVERIFY(all_light_up({45}, HighlightRole::pointed_at));
    QVERIFY(selected().empty());
    QVERIFY(view("disk").scene() == scene);
    QTest::mouseMove(&view("layers"), pixel_of(view("layers"), {0.5, 0.25}));
    QVERIFY(all_light_up({}, HighlightRole::pointed_at));
  }

  void a_selected_neuron_stays_while_parameters_change() {
    click("layers", in_layers(45));
    const NetworkPointer before = window_->live().scene_input().network;
    drag_slider(*find<QSlider>(*window_, "sparsity-slider"), 0.2, 6);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(window_->live().scene_input().network != before);
    QVERIFY(all_light_up({45}));
    // One that the network has not any more is back when it has.
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {20, 10};
    window_->document().edit("smaller", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(all_light_up({}));
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(all_light_up({45}));
  }

  void a_search_finds_and_selects() {
    open_table();
    auto* line = find<QLineEdit>(*window_, "neurons-find");
    QTRY_VERIFY(line->hasFocus());
    type(*line, "layer 1 neuron 17");
    QCOMPARE(table().model()->rowCount(), 1);
    QVERIFY(all_light_up({37}));
    QCOMPARE(selected(), std::vector<NodeIndex>{37});
    line->clear();
    QTRY_COMPARE(table().model()->rowCount(), 100);
    QTRY_COMPARE(table().selectionModel()->selectedRows().size(), 1);
    QTest::keyClicks(line, "degre > 3");
    auto* summary = find<ElidedLabel>(*window_, "neurons-summary");
    QTRY_VERIFY2(summary->text().contains("degree"), qPrintable(summary->text()));
    QVERIFY(!find<QPushButton>(*window_, "neurons-select")->isEnabled());
    line->clear();
  }

  void rows_of_the_table_are_the_selection() {
    open_table();
    QCOMPARE(table().model()->rowCount(), 100);
    // From the table to the pictures: the two neurons of most links.
    int degree = 0;
    while (table().model()->headerData(degree, Qt::Horizontal).toString() != "Degree") ++degree;
    table().sortByColumn(degree, Qt::DescendingOrder);
    std::vector<int> sorted;
    for (int row = 0; row < 100; ++row) sorted.push_back(cell(row, "Degree").toInt());
    QVERIFY(std::ranges::is_sorted(sorted, std::greater<>()) && sorted.front() > sorted.back());
    const QPoint first = table().visualRect(table().model()->index(0, 0)).center();
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, first);
    QTest::mouseClick(table().viewport(), Qt::LeftButton, Qt::ControlModifier,
                      table().visualRect(table().model()->index(1, 0)).center());
    QCOMPARE(selected().size(), std::size_t{2});
    QVERIFY(all_light_up({selected()[0], selected()[1]}));
    // Numbers without a value stand last in either direction.
    int links_in = 0;
    while (table().model()->headerData(links_in, Qt::Horizontal).toString() != "Links in") ++links_in;
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
      table().sortByColumn(links_in, order);
      for (int row = 80; row < 100; ++row) QVERIFY(cell(row, "Links in").isEmpty());
      QVERIFY(!cell(79, "Links in").isEmpty());
    }
    table().sortByColumn(0, Qt::AscendingOrder);
    // And from a picture to the table.
    click("layers", in_layers(61));
    QCOMPARE(table().selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table().selectionModel()->selectedRows().front().row(), 61);
  }

  void rows_are_copied_for_a_spreadsheet() {
    open_table();
    click("layers", in_layers(61));
    find<QPushButton>(*window_, "neurons-copy")->click();
    const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith("Neuron\tLayer\tIndex\tLinks in"));
    QVERIFY2(lines[1].startsWith("layer 2 neuron 1\t2\t1\t"), qPrintable(lines[1]));
    QCOMPARE(lines[1].count('\t'), lines[0].count('\t'));
    trigger("edit-select-none");
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().count('\n'), 101);
  }

  void all_of_it_has_names_and_is_reached_by_keys() {
    open_table();
    for (const char* name : {"neurons-find", "neurons-select", "neurons-copy", "neurons-table", "neurons-summary"}) {
      auto* widget = find<QWidget>(*window_, name);
      const bool has_name =
          !widget->accessibleName().isEmpty() ||
          (qobject_cast<QPushButton*>(widget) && !qobject_cast<QPushButton*>(widget)->text().isEmpty());
      QVERIFY2(has_name, name);
    }
    auto* line = find<QLineEdit>(*window_, "neurons-find");
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Down);
    QTRY_VERIFY(table().hasFocus());
    QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selected(), (std::vector<NodeIndex>{0, 1}));
    QTest::keyClick(&table(), Qt::Key_Tab);
    QTRY_VERIFY(!table().hasFocus());
  }

  void one_neuron_shows_its_dendrites() {
    open_table();
    auto& picture = *find<NeuronPictureView>(*window_, "neuron-picture");
    QVERIFY(!picture.picture().network && picture.accessibleDescription().startsWith("Select one neuron"));
    click("layers", in_layers(45));
    QVERIFY(picture.picture().drawn);
    QVERIFY(std::ranges::equal(picture.picture().drawn->inputs, network().masks()[0].row(25)));
    QVERIFY2(picture.accessibleDescription().contains("on 3 dendrites"), qPrintable(picture.accessibleDescription()));
    // It follows the model.
    WorkspaceState next = window_->document().state();
    next.parameters.shared.dendrites.mean = 2.0;
    window_->document().edit("two dendrites", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    QTRY_VERIFY(picture.accessibleDescription().contains("on 2 dendrites"));
    next = window_->document().state();
    next.parameters.initialiser = "random";
    window_->document().edit("random", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    QTRY_VERIFY(picture.accessibleDescription().contains("only its links are known"));
    QVERIFY(!picture.picture().drawn);
    click("layers", in_layers(46), Qt::ControlModifier);
    QVERIFY(picture.accessibleDescription().startsWith("Select one neuron"));
  }

  void sessions_keep_the_selection() {
    click("layers", in_layers(45));
    const Session session = session_from_json(session_to_json(window_->document().session()));
    trigger("edit-select-none");
    window_->document().reset(session);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(all_light_up({45}));
    window_->document().reset();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(window_->document().selected().empty());
  }
};

DNM_TEST(TestNeurons, TimedApplication)
#include "test_neurons.moc"
