// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Pinned networks side by side, driven through the real widgets.
class TestPinnedNetworks : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] const Pins& pins() { return window_->document().state().pins; }
  [[nodiscard]] PinsDock& dock() { return *find<PinsDock>(*window_, "pins"); }
  [[nodiscard]] QTableView& table() { return *find<QTableView>(*window_, "pins-table"); }
  [[nodiscard]] QAction& action(const char* name) {
    auto* found = window_->findChild<QAction*>(name);
    if (!found) qFatal("there is no action %s", name);
    return *found;
  }
  void set_model(const char* id, const char* text) {
    WorkspaceState next = window_->document().state();
    set_from_text(next.parameters, id, text);
    window_->document().edit(id, std::move(next));
  }
  /// The cell of that row in the column of a pin.
  [[nodiscard]] QString cell(const char* row, int pin) {
    const QAbstractItemModel& model = *table().model();
    for (int at = 0; at < model.rowCount(); ++at)
      if (model.headerData(at, Qt::Vertical).toString() == QString::fromUtf8(row))
        return model.index(at, pin).data().toString();
    return QStringLiteral("there is no row ") + QString::fromUtf8(row);
  }
  [[nodiscard]] QString title(int pin) { return table().model()->headerData(pin, Qt::Horizontal).toString(); }
  [[nodiscard]] bool wait_until_known() {
    return QTest::qWaitFor(
        [&] {
          const auto has_values = [&](std::size_t place) { return is_complete(window_->pins().known(place), false); };
          for (std::size_t place = 0; place < pins().list.size(); ++place)
            if (!has_values(place)) return false;
          return !window_->pins().is_busy();
        },
        300000);
  }
  [[nodiscard]] bool wait_until_painted() {
    return QTest::qWaitFor(
        [&] {
          return dock().pictures().size() == pins().list.size() &&
                 std::ranges::all_of(dock().pictures(), [](PinPicture* picture) {
                   return picture->is_current() && !picture->image().isNull();
                 });
        },
        30000);
  }
  void pin_two() {
    action("network-pin").trigger();
    set_model("dendrites", "fixed:7");
    action("network-pin").trigger();
    QCOMPARE(pins().list.size(), std::size_t{2});
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(wait_until_known());
  }
  void wheel(QWidget& widget, QPoint at, int turns) {
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, 120 * turns}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&widget, &event);
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    dock().hide();
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {20, 40, 40};
    next.parameters.shared.sparsity = 0.8;
    window_->document().edit("small", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void keys_pin_and_the_panel_shows_what_differs() {
    QTest::keyClick(window_.get(), Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(pins().list.size(), std::size_t{1});
    QVERIFY(dock().isVisible());
    // All that the window knows is there at once.
    QVERIFY(is_complete(window_->pins().known(0), false));
    QVERIFY(!window_->pins().is_busy());
    set_model("dendrites", "fixed:7");
    QTest::keyClick(window_.get(), Qt::Key_P, Qt::ControlModifier);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(wait_until_known());
    QCOMPARE(cell("Dendrites", 0), QStringLiteral("Fixed 3"));
    QCOMPARE(cell("Dendrites", 1), QStringLiteral("Fixed 7 (+4)"));
    const LiveSnapshot& live = window_->live().snapshot();
    for (std::size_t slot = 0; slot < measure_table().size(); ++slot) {
      const QString shown = cell(std::string(measure_table()[slot].symbol).c_str(), 1);
      const QString expected = QString::fromStdString(format_measurement(*live.measures[slot].value));
      QVERIFY2(shown.startsWith(expected), qPrintable(shown + " is not " + expected));
      QVERIFY(window_->pins().known(1).measures[slot].value->value == live.measures[slot].value->value);
    }
    QVERIFY(title(0).endsWith(" · reference") && title(1).startsWith(QStringLiteral("● ")));
    QVERIFY(wait_until_painted());
    // The same network again is the same pin.
    action("network-pin").trigger();
    QCOMPARE(pins().list.size(), std::size_t{2});
  }

  void the_pin_of_the_working_network_says_what_is_computed() {
    set_model("layers", "300,1200,1200");
    action("network-pin").trigger();
    dock().show();
    dock().raise();
    const auto is_said = [&](const Measure& one) {
      const auto* card = find<QLabel>(*window_, (std::string(one.id) + "-state").c_str());
      return card->text() == "◌ computing" && cell(std::string(one.symbol).c_str(), 0).startsWith("◌ computing");
    };
    QVERIFY(QTest::qWaitFor([&] { return std::ranges::any_of(measure_table(), is_said); }, 120000));
    action("network-cancel").trigger();
  }

  void one_click_pins_the_random_network_of_the_same_sparsity() {
    dock().show();
    dock().raise();
    QTRY_VERIFY(find<QPushButton>(*window_, "pins-random")->isVisible());
    QTest::mouseClick(find<QPushButton>(*window_, "pins-pin"), Qt::LeftButton);
    QTest::mouseClick(find<QPushButton>(*window_, "pins-random"), Qt::LeftButton);
    QCOMPARE(pins().list.size(), std::size_t{2});
    QVERIFY(wait_until_known());
    const LiveSnapshot& random = window_->pins().known(1);
    QVERIFY(*random.network.value == *generate(pins().list[1].parameters).network);
    QCOMPARE(random.network.value->link_count(), window_->live().current_network()->link_count());
    QCOMPARE(cell("Links", 1), cell("Links", 0) + " (0)");
    QVERIFY(cell("Initialiser", 1) != cell("Initialiser", 0));
    // Of the working network nothing changed.
    QCOMPARE(window_->document().state().parameters.initialiser, std::string("dnm"));
  }

  void a_click_on_a_picture_makes_it_the_working_network_and_undo_brings_the_other_back() {
    pin_two();
    QVERIFY(wait_until_painted());
    const ModelParameters before = window_->document().state().parameters;
    QTest::mouseClick(dock().pictures()[0], Qt::LeftButton);
    QTRY_COMPARE(window_->document().state().parameters, pins().list[0].parameters);
    QVERIFY(window_->document().state().parameters != before);
    QTRY_VERIFY(title(0).startsWith(QStringLiteral("● ")));
    // What was known of it came along: the same objects, nothing was computed again.
    QVERIFY(wait_until_fresh(*window_));
    const LiveSnapshot& live = window_->live().snapshot();
    QVERIFY(live.network.value == window_->pins().known(0).network.value);
    for (std::size_t slot = 0; slot < measure_table().size(); ++slot)
      QVERIFY(live.measures[slot].value == window_->pins().known(0).measures[slot].value);
    window_->document().undo();
    QVERIFY(window_->document().state().parameters == before);
    QCOMPARE(pins().list.size(), std::size_t{2});
    // A click on the title does the same.
    QHeaderView& header = *table().horizontalHeader();
    QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, {header.sectionViewportPosition(0) + 20, 8});
    QTRY_COMPARE(window_->document().state().parameters, pins().list[0].parameters);
    QVERIFY(wait_until_fresh(*window_));
  }

  void pictures_take_most_of_the_panel() {
    pin_two();
    const auto share = [&] { return double(table().rowHeight(0)) / table().viewport()->height(); };
    QTRY_VERIFY2(share() > 0.65, qPrintable(QString::number(share())));
    QCOMPARE(dock().pictures().front()->height() + 1, table().rowHeight(0));
  }

  void pictures_zoom_and_move_together() {
    pin_two();
    QVERIFY(wait_until_painted());
    PinPicture& first = *dock().pictures()[0];
    PinPicture& second = *dock().pictures()[1];
    const QImage small = first.image(), other = second.image();
    const QPoint at(first.width() / 4, first.height() / 4);
    wheel(first, at, 5);
    const LinkedView zoomed = dock().view();
    QCOMPARE(zoomed.zoom, std::pow(1.2, 5));
    // What is under the pointer stays there: a quarter of the way from the left.
    QVERIFY(std::abs((at.x() / double(first.width()) - 0.5) / zoomed.zoom + zoomed.x - at.x() / double(first.width())) <
            1e-9);
    QVERIFY(wait_until_painted());
    QVERIFY(first.image() != small && second.image() != other);
    const ModelParameters working = window_->document().state().parameters;
    QTest::mousePress(&second, Qt::LeftButton, {}, {60, 60});
    QTest::mouseMove(&second, {80, 70});
    QMouseEvent move(QEvent::MouseMove, QPointF(100, 75), second.mapToGlobal(QPointF(100, 75)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&second, &move);
    QTest::mouseRelease(&second, Qt::LeftButton, {}, {100, 75});
    QVERIFY(dock().view() != zoomed);
    QTest::qWait(QApplication::doubleClickInterval() + 100);
    QVERIFY(window_->document().state().parameters == working);  // a drag is no click
    QTest::mouseDClick(&first, Qt::LeftButton, {}, {20, 20});
    QCOMPARE(dock().view(), LinkedView{});
    QVERIFY(wait_until_painted());
    QVERIFY(first.image() == small && second.image() == other);
    QVERIFY(window_->document().state().parameters == working);
  }

  void the_picture_is_chosen_for_all() {
    pin_two();
    QVERIFY(wait_until_painted());
    QImage before = dock().pictures()[0]->image();
    for (const char* id : {"layers", "disk", "matrix"}) {
      auto* box = find<QComboBox>(*window_, "pins-picture");
      box->setCurrentIndex(box->findData(QString(id)));
      Q_EMIT box->activated(box->currentIndex());
      QCOMPARE(pins().picture, std::string(id));
      QVERIFY(wait_until_painted());
      QVERIFY(dock().pictures()[0]->image() != before);
      QVERIFY(dock().pictures()[0]->image() != dock().pictures()[1]->image());
      before = dock().pictures()[0]->image();
    }
    window_->document().undo();
    QCOMPARE(pins().picture, std::string("disk"));
    QCOMPARE(find<QComboBox>(*window_, "pins-picture")->currentData().toString(), QStringLiteral("disk"));
  }

  void the_image_is_the_scene_of_the_main_view() {
    pin_two();
    QVERIFY(wait_until_painted());
    const PinPicture& picture = *dock().pictures()[1];
    const NetworkScene& scene = network_scene("matrix");
    SceneOptions options{window_->document().state().view.pictures};
    options.dark = dock().palette().color(QPalette::Base).lightness() < 128;
    options = options_for(scene, options);
    options.text_size = std::clamp(0.75 * QFontInfo(picture.font()).pointSizeF(), 5.0, 14.0);
    options.legend = false;
    PinPainter::Job job{&scene,
                        input_for(scene, options, window_->live().scene_input()),
                        options,
                        page_size(picture),
                        picture.image().size(),
                        {}};
    QVERIFY(PinPainter::image_of(job, {}) == picture.image());
  }

  void pins_are_renamed_moved_compared_and_removed() {
    pin_two();
    const std::string first = pins().list[0].name, second = pins().list[1].name;
    table().setCurrentIndex(table().model()->index(0, 1));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_F2);
    auto* dialog = window_->findChild<QInputDialog*>("pin-name");
    QVERIFY(dialog);
    dialog->setTextValue("  seven\n dendrites ");
    dialog->accept();
    QCOMPARE(pins().list[1].name, std::string("seven dendrites"));
    QTRY_VERIFY(title(1).contains("seven dendrites"));
    action("pin-reference").trigger();
    QCOMPARE(pins().reference, std::size_t{1});
    QTRY_COMPARE(cell("Dendrites", 0), QStringLiteral("Fixed 3 (−4)"));
    QCOMPARE(find<QComboBox>(*window_, "pins-reference")->currentIndex(), 1);
    QTest::keyClick(&table(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(pins().list[0].name, std::string("seven dendrites"));
    QCOMPARE(pins().reference, std::size_t{0});
    QVERIFY(!action("pin-left").isEnabled() && action("pin-right").isEnabled());
    QTest::keyClick(&table(), Qt::Key_Delete);
    QCOMPARE(pins().list.size(), std::size_t{1});
    QCOMPARE(pins().list[0].name, first);
    window_->document().undo();
    QCOMPARE(pins().list.size(), std::size_t{2});
    QVERIFY(is_complete(window_->pins().known(0), false));  // it was not forgotten
    for (int i = 0; i < 4; ++i) window_->document().undo();
    QVERIFY(pins().list[1].name == second || pins().list.size() < 2);
  }

  /// Menus reach the actions while the table is hidden; then they would concern a pin that nobody sees.
  void a_hidden_table_has_no_current_pin() {
    pin_two();
    table().setCurrentIndex(table().model()->index(0, 1));
    QVERIFY(action("pin-reference").isEnabled());
    dock().hide();
    window_->pins().remove(1);
    const QList<const char*> names{"pin-use", "pin-rename", "pin-reference", "pin-left", "pin-right", "pin-remove"};
    const Pins before = pins();
    for (const char* name : names) {
      QVERIFY2(!action(name).isEnabled(), name);
      Q_EMIT action(name).triggered();
    }
    QVERIFY(pins() == before);
    dock().show();
    QTRY_COMPARE(table().model()->columnCount(), 1);
    table().setCurrentIndex(table().model()->index(0, 0));
    QVERIFY(action("pin-reference").isEnabled());
  }

  void a_column_that_is_dragged_changes_the_order() {
    pin_two();
    const std::string first = pins().list[0].name;
    table().horizontalHeader()->moveSection(0, 1);
    QCOMPARE(pins().list[1].name, first);
    QTRY_VERIFY(title(1).contains(QString::fromStdString(first)));
    QCOMPARE(table().horizontalHeader()->visualIndex(0), 0);
  }

  void other_settings_of_measures_measure_the_pins_again() {
    pin_two();
    const auto l_before = window_->pins().known(0).measures[0].value;
    WorkspaceState next = window_->document().state();
    next.view.measures.modularity = ModularityMethod::louvain;
    window_->document().edit("louvain", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(wait_until_known());
    for (std::size_t place : {0U, 1U})
      QVERIFY(QString::fromStdString(window_->pins().known(place).measures[1].value->method).contains("Louvain"));
    QVERIFY(window_->pins().known(0).measures[0].value == l_before);
  }

  void computing_can_be_stopped_and_goes_on() {
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {300, 600, 600};
    next.parameters.shared.sparsity = 0.95;
    next.view.measures.sigma_draws = 100;
    window_->document().edit("large", std::move(next));
    QTRY_VERIFY_WITH_TIMEOUT(window_->live().current_network(), 30000);
    action("network-pin-random").trigger();
    auto* stop = find<QToolButton>(*window_, "pins-stop");
    QTRY_VERIFY(stop->isVisible());
    QCOMPARE(stop->text(), QStringLiteral("Stop"));
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_COMPARE(cell("σ_c", 0), QStringLiteral("· cancelled"));
    QVERIFY(!window_->pins().is_busy());
    QCOMPARE(stop->text(), QStringLiteral("Compute"));
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(window_->pins().is_busy() && cell("σ_c", 0) != QStringLiteral("· cancelled"));
    action("pin-remove").trigger();
    QTRY_VERIFY(!window_->pins().is_busy());
    window_->live().cancel();
  }

  void the_table_is_copied_and_saved() {
    pin_two();
    const QString csv = QString::fromStdString(table_csv(window_->pins().table()));
    action("pins-copy-csv").trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), csv);
    QVERIFY(csv.startsWith("network,dendrites,nodes,") && csv.count('\n') == 3);
    action("pins-copy-latex").trigger();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("\\begin{tabular}"));
    action("pins-copy-markdown").trigger();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("| network |"));
    const QTemporaryDir folder;
    dock().save_table(folder.filePath("t.csv"));
    std::ifstream file(folder.filePath("t.csv").toStdString());
    QCOMPARE(QString::fromStdString({std::istreambuf_iterator<char>(file), {}}), csv);
  }

  void a_saved_session_opens_with_its_pins_and_what_was_measured() {
    pin_two();
    action("network-pin-random").trigger();
    QVERIFY(wait_until_known());
    const QTemporaryDir folder;
    const QString path = folder.filePath("s.dnm.json");
    QVERIFY(window_->files().save_session_to(path));
    const auto bytes = [](const QString& name) {
      std::ifstream file(name.toStdString(), std::ios::binary);
      return std::string{std::istreambuf_iterator<char>(file), {}};
    };
    const std::string saved = bytes(path);
    const Pins before = pins();
    std::vector<std::optional<double>> values;
    for (std::size_t place = 0; place < 3; ++place)
      for (const auto& measure : window_->pins().known(place).measures) values.push_back(measure.value->value);
    window_->files().new_session();
    QTRY_VERIFY(pins().list.empty());
    window_->files().open(path);
    QTRY_COMPARE(pins().list.size(), std::size_t{3});
    QVERIFY(pins() == before);
    // At once, before anything can have been computed.
    std::vector<std::optional<double>> again;
    for (std::size_t place = 0; place < 3; ++place)
      for (const auto& measure : window_->pins().known(place).measures)
        again.push_back(measure.value ? measure.value->value : std::nullopt);
    QVERIFY(again == values);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(wait_until_known());
    QVERIFY(window_->files().save_session_to(folder.filePath("again.dnm.json")));
    QCOMPARE(QString::fromStdString(bytes(folder.filePath("again.dnm.json"))), QString::fromStdString(saved));
  }

  void a_file_is_pinned_and_comes_back() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("net.npz");
    const NetworkPointer network = window_->live().current_network();
    write_network(path.toStdString(), {network, {}});
    window_->files().open(path);
    QTRY_VERIFY(given_network(window_->document().state()));
    action("network-pin").trigger();
    set_model("seed", "7");
    WorkspaceState next = window_->document().state();
    next.shown = ShownModel{};
    window_->document().edit("model", std::move(next));
    action("network-pin").trigger();
    QCOMPARE(pins().list.size(), std::size_t{2});
    QCOMPARE(cell("Initialiser", 0), QStringLiteral("net.npz"));
    QVERIFY(window_->files().save_session_to(folder.filePath("s.dnm.json")));
    window_->files().new_session();
    window_->files().open(folder.filePath("s.dnm.json"));
    QTRY_COMPARE(pins().list.size(), std::size_t{2});
    QVERIFY(wait_until_known());
    QVERIFY(*window_->pins().known(0).network.value == *network);
    QTRY_COMPARE(dock().pictures().size(), std::size_t{2});
    QTest::mouseClick(dock().pictures()[0], Qt::LeftButton);
    QTRY_VERIFY(given_network(window_->document().state()));
    QVERIFY(*given_network(window_->document().state()) == *network);
  }

  void many_pins_are_no_trouble() {
    for (int seed = 0; seed < 12; ++seed) {
      set_model("seed", std::to_string(seed).c_str());
      action("network-pin").trigger();
    }
    QCOMPARE(pins().list.size(), std::size_t{12});
    QVERIFY(wait_until_known());
    QCOMPARE(dock().pictures().size(), std::size_t{12});
    // Those out of sight are painted once they are scrolled to.
    table().scrollTo(table().model()->index(0, 11));
    QTRY_VERIFY(dock().pictures()[11]->is_current());
    QVERIFY(!dock().pictures()[11]->image().isNull());
  }
};

DNM_TEST(TestPinnedNetworks, TimedApplication)
#include "test_pins.moc"
