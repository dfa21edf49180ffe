// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QProcess>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QWidgetAction>
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/studio/widgets/dock_picture.h"
#include "app/studio/widgets/text.h"
#include "app/studio/widgets/veil.h"
#include "app/workspace/words.h"
#include "core/files/presets.h"
#include "driver.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "tests/viz/paper.h"
#include "viz/figure/figure_metadata.h"
#include "viz/screen/page_size.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

constexpr int time_to_dim = 450;  // milliseconds, a little more than it takes

}  // namespace

/// Pictures, numbers and words that stand beside each other are of one network, or say that they are not.
class TestMoment : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] QString text_of(const char* label) { return find<QLabel>(*window_, label)->text(); }
  [[nodiscard]] QString state_of(const char* picture) {
    return find<ElidedLabel>(*window_, (std::string("state-") + picture).c_str())->toolTip();
  }
  [[nodiscard]] Veil& plot_veil() { return *find<Veil>(*window_, "degree-plot-veil"); }
  [[nodiscard]] QStringList dimmed() {
    QStringList ids;
    for (const NetworkScene& scene : network_scene_table())
      if (pane_of(*window_, scene.id.data()).is_dimmed()) ids += to_qt(scene.id);
    return ids;
  }
  /// A network whose disk takes many seconds.
  void ask_for_slow_disk() {
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {784, 1568, 1568, 1568};
    next.parameters.shared.sparsity = 0.99;
    next.view.embedding = parse_embedding_method("EBC-ISO-EA");
    window_->document().edit("larger", std::move(next));
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void a_drag_that_rests_ends_in_full_pictures_data() {
    QTest::addColumn<QString>("layers");
    QTest::newRow("490 neurons") << "98,196,196";
    QTest::newRow("1,900 neurons") << "300,800,800";
  }
  void a_drag_that_rests_ends_in_full_pictures() {
    QFETCH(QString, layers);
    type(*find<QLineEdit>(*window_, "layers-text"), layers);
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(layers.startsWith("98") ? 0.9 : 0.99);
    QVERIFY(wait_until_fresh(*window_));
    auto* slider = find<QSlider>(*window_, "dendrites-mean-slider");
    drag_slider(*slider, 0.4, 6, false);
    QTest::qWait(1000);
    QVERIFY(slider->isSliderDown());
    QTRY_COMPARE_WITH_TIMEOUT(text_of("status-verb"), "Draft", 20000);
    QVERIFY(dimmed().isEmpty());
    QVERIFY(pane_of(*window_, "layers").view().scene()->note.find("2,500 of ") == 0);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, handle_of(*slider));
    QVERIFY(wait_until_fresh(*window_));
    for (const char* id : {"layers", "disk"}) {
      const ScenePointer scene = pane_of(*window_, id).view().scene();
      QVERIFY(scene->link_count > 2500 && scene->link_count < 20000);
      QCOMPARE(scene->note, std::string());
      std::size_t drawn = 0;
      for (const SceneItem& item : scene->items) {
        const auto* lines = std::get_if<Lines>(&item);
        if (lines != nullptr) drawn = std::max(drawn, lines->starts.size());
      }
      QCOMPARE(drawn, scene->link_count);
    }
    QTRY_COMPARE_WITH_TIMEOUT(text_of("status-verb"), "Ready", 20000);
  }

  void the_disk_of_a_network_is_the_same_whatever_was_shown_before() {
    const auto disk_of = [&](const char* preset_id) {
      choose(*find<QComboBox>(*window_, "preset"), preset_id);
      return wait_until_fresh(*window_) ? window_->live().snapshot().embedding.value->theta : std::vector<double>();
    };
    const std::string first(presets()[0].id), second(presets()[1].id);
    const std::vector<double> before = disk_of(first.c_str());
    QVERIFY(!before.empty());
    QVERIFY(disk_of(second.c_str()) != before);
    QCOMPARE(disk_of(first.c_str()), before);
    // Nor does a drag leave its mark.
    auto* slider = find<QSlider>(*window_, "dendrites-mean-slider");
    drag_slider(*slider, 0.7, 12);
    QVERIFY(wait_until_fresh(*window_));
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().snapshot().embedding.value->theta, before);
  }

  void an_older_picture_is_dimmed_and_says_what_it_is_of() {
    const NetworkPointer small = window_->live().current_network();
    ask_for_slow_disk();
    QVERIFY(QTest::qWaitFor(
        [&] { return dimmed() == QStringList{"disk"} && state_of("disk").startsWith("◌ computing"); }, 60000));
    QVERIFY2(state_of("disk").endsWith(to_qt(network_text(*small))), qPrintable(state_of("disk")));
    QVERIFY(text_of("status-verb") != "Ready");
    QVERIFY(pane_of(*window_, "disk").view().shown_network() == small);
    for (const char* id : {"matrix", "layers"}) {
      QVERIFY(QTest::qWaitFor([&] { return pane_of(*window_, id).view().is_current(); }, 20000));
      QVERIFY(pane_of(*window_, id).view().shown_network() == window_->live().current_network());
    }

    // Cancelled, it stays so, and everything that waits says what brings it.
    window_->live().cancel();
    QVERIFY2(state_of("disk").startsWith("· cancelled – F5 computes it"), qPrintable(state_of("disk")));
    QCOMPARE(text_of("sigma_c-state"), "· cancelled");
    QCOMPARE(text_of("sigma_c-method"), "cancelled – F5 computes it");
    QCOMPARE(text_of("status-verb"), "Stopped (F5 goes on)");
    QTest::qWait(time_to_dim);
    QCOMPARE(dimmed(), QStringList{"disk"});

    // Then a network that is refused: three pictures, two networks, none of them the one that is asked for.
    window_->messages().clear();
    type(*find<QLineEdit>(*window_, "layers-text"), "1000000000,1000000000");
    QTRY_VERIFY_WITH_TIMEOUT(!window_->messages().messages().isEmpty(), 20000);
    QTest::qWait(time_to_dim);
    QCOMPARE(dimmed(), (QStringList{"matrix", "layers", "disk"}));
    QVERIFY(plot_veil().is_drawn());
    QCOMPARE(text_of("status-verb"), "No network");
    QVERIFY(text_of("status-network").endsWith("no network"));
    const QString sentence = window_->messages().messages().front();
    QCOMPARE(window_->messages().messages().size(), 1);
    QStringList said;
    for (const QLabel* label : window_->findChildren<QLabel*>())
      if (label->isVisible() && (label->text().contains("GiB") || label->toolTip().contains("GiB")))
        said += label->parentWidget()->objectName() + "/" + label->objectName();
    QVERIFY2(said.size() == 1, qPrintable(said.join(", ")));
    for (const Measure& measure : measure_table())
      QCOMPARE(text_of((std::string(measure.id) + "-state").c_str()), "· no network");
    for (const SceneItem& item : find<DockPicture>(*window_, "degree-plot")->scene()->items) {
      const auto* text = std::get_if<Text>(&item);
      QVERIFY(text == nullptr || text->text.find("computing") == std::string::npos);
    }
    QVERIFY(state_of("matrix").startsWith("· no network · shown: 784-1568-1568-1568, "));

    for (int step = 0; step < 2; ++step) window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QTRY_COMPARE_WITH_TIMEOUT(text_of("status-verb"), "Ready", 20000);
    QVERIFY(dimmed().isEmpty() && !plot_veil().is_drawn());
  }

  void what_waits_for_values_ends_when_they_are_cancelled() {
    const QTemporaryDir folder;
    const ExportSettings figure{folder.filePath("figure.svg"), {"120mm"}, "all"};
    const auto refused = [this] { return window_->messages().messages().filter("was not written").size(); };
    ask_for_slow_disk();
    window_->files().export_figure(figure);
    QVERIFY(!window_->files().waits_for().isEmpty());
    window_->live().cancel();
    QVERIFY(window_->files().waits_for().isEmpty());
    QCOMPARE(refused(), 1);
    QCOMPARE(text_of("sigma_c-state"), "· cancelled");
    for (const Measure& measure : measure_table()) {  // nor do numbers of the network before stay
      const std::string id(measure.id);
      if (text_of((id + "-state").c_str()) == "· cancelled") QCOMPARE(text_of((id + "-value").c_str()), "–");
    }
    // Nothing computes, so there is nothing to wait for.
    window_->messages().clear();
    window_->files().export_figure(figure);
    QVERIFY(window_->files().waits_for().isEmpty());
    QCOMPARE(refused(), 1);
    QVERIFY(!QFile::exists(figure.path));
    QCOMPARE(text_of("status-verb"), "Stopped (F5 goes on)");
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    // All that is shown is there when only a comparison with chance was cancelled.
    window_->live().set_chance_wanted(true);
    window_->live().cancel();
    QTRY_COMPARE_WITH_TIMEOUT(text_of("status-verb"), "Ready", 20000);
    window_->files().export_figure(figure);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(figure.path) && !window_->files().is_busy(), 60000);
  }

  void while_the_mouse_is_down_nothing_old_looks_new() {
    ask_for_slow_disk();
    QVERIFY(QTest::qWaitFor([&] { return dimmed() == QStringList{"disk"}; }, 60000));
    auto* slider = find<QSlider>(*window_, "dendrites-mean-slider");
    drag_slider(*slider, 0.5, 4, false);
    QTest::qWait(time_to_dim);
    QVERIFY(slider->isSliderDown());
    QVERIFY(pane_of(*window_, "disk").is_dimmed());
    QVERIFY(text_of("status-verb") != "Ready" && text_of("status-verb") != "Draft");
    QTest::mouseRelease(slider, Qt::LeftButton, {}, handle_of(*slider));
    for (int step = 0; step < 2; ++step) window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
  }

  void at_every_rest_pictures_numbers_and_words_are_of_one_network() {
    for (const int seed : {5, 6, 7}) {
      find<QDoubleSpinBox>(*window_, "seed-spin")->setValue(seed);
      find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.8 + 0.02 * seed);
      QVERIFY(QTest::qWaitFor([&] { return text_of("status-verb") == "Ready"; }, 60000));
      const NetworkPointer network = window_->live().current_network();
      QVERIFY(*network == *generate(window_->document().state().parameters).network);
      for (ViewPane* pane : window_->views().panes()) {
        if (pane->isHidden()) continue;
        QVERIFY(pane->view().shown_network() == network);
        QVERIFY(!pane->is_dimmed());
      }
      QCOMPARE(find<DockPicture>(*window_, "degree-plot")->scene()->link_count, network->link_count());
      for (const Measure& measure : measure_table())
        QCOMPARE(text_of((std::string(measure.id) + "-state").c_str()), "✓ fresh");
      QVERIFY(text_of("status-network").contains(QString::number(seed)));
    }
  }

  void the_degree_plot_is_that_of_paper_data() {
    QTest::addColumn<QString>("layers");
    for (const char* layers : {"12,8", "98,196,196", "784,1568,1568,1568"}) QTest::newRow(layers) << layers;
  }
  void the_degree_plot_is_that_of_paper() {
    QFETCH(QString, layers);
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(layers.startsWith("784") ? 0.99 : 0.8);
    type(*find<QLineEdit>(*window_, "layers-text"), layers);
    choose(*find<QComboBox>(*window_, "degree-family"), "gaussian");
    auto* plot = find<DockPicture>(*window_, "degree-plot");
    QTRY_VERIFY_WITH_TIMEOUT(plot->is_current() && window_->live().current_network() && plot->scene() &&
                                 plot->scene()->link_count == window_->live().current_network()->link_count() &&
                                 text_of("gamma-state") == "✓ fresh" && !plot_veil().is_drawn(),
                             60000);
    const QImage screen = plot->grab().toImage();
    const double scale = screen.width() / page_size(*plot).width;
    const QImage paper = dnm::test::on_paper(*plot->scene(), 4 * screen.size(), 4.0 * scale);
    QVERIFY(dnm::test::ink(paper) > 0.005);
    QVERIFY2(std::abs(dnm::test::ink(screen) / dnm::test::ink(paper) - 1.0) < 0.08,
             qPrintable(QString::number(dnm::test::ink(screen) / dnm::test::ink(paper))));
    const QImage small = paper.scaled(screen.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QVERIFY(dnm::test::block_difference(screen, small) < dnm::test::same_picture);
  }

  void the_view_menu_marks_what_is_chosen_from_the_start() {
    int menus = 0;
    for (const QAction* menu : window_->menuBar()->actions()) {
      if (menu->text() != "&View") continue;
      for (const QAction* action : menu->menu()->actions()) {
        if (!action->menu()) continue;
        int checked = 0;
        for (const QAction* choice : action->menu()->actions()) checked += choice->isChecked() ? 1 : 0;
        // Choices, or a slider.
        const bool is_slider = qobject_cast<QWidgetAction*>(action->menu()->actions().front()) != nullptr;
        QCOMPARE(checked, is_slider ? 0 : 1);
        ++menus;
      }
    }
    QCOMPARE(menus, static_cast<int>(picture_option_table().size()) + 3);  // and layouts, themes and languages
  }

  void a_figure_is_drawn_again_by_its_own_command_data() {
    QTest::addColumn<QString>("layers");
    QTest::addColumn<QString>("panel");
    QTest::addColumn<QString>("suffix");
    for (const Choice& panel : panel_choices())
      if (panel.id != neuron_panel)  // which needs a neuron
        QTest::addRow("%s png", panel.id.data()) << "98,196,196" << panel.id.data() << "png";
    for (const char* layers : {"12,8", "98,196,196"})
      for (const char* suffix : {"svg", "pdf"}) QTest::addRow("%s all %s", layers, suffix) << layers << "all" << suffix;
    for (const char* layers : {"12,8", "300,800,800"})
      QTest::addRow("%s all png", layers) << layers << "all"
                                          << "png";
  }
  void a_figure_is_drawn_again_by_its_own_command() {
    QFETCH(QString, layers);
    QFETCH(QString, panel);
    QFETCH(QString, suffix);
    // After another network, and with a choice of each kind.
    choose(*find<QComboBox>(*window_, "preset"), QString::fromStdString(std::string(presets()[1].id)));
    QVERIFY(wait_until_fresh(*window_));
    choose(*find<QComboBox>(*window_, "preset"), QString::fromStdString(std::string(presets()[2].id)));
    type(*find<QLineEdit>(*window_, "layers-text"), layers);
    if (layers == "300,800,800") find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.99);
    window_->findChild<QAction*>("color-community")->trigger();
    const QTemporaryDir folder, again;
    const QString name = "figure." + suffix;
    window_->files().export_figure({folder.filePath(name), {"120mm"}, panel.toStdString()});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(name)) && !window_->files().is_busy(), 120000);

    const auto contents = [](const QString& path) {
      QFile file(path);
      return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QString command;
    if (suffix == "png") {
      command = QImage(folder.filePath(name)).text(command_key);
    } else {
      const QString text = QString::fromUtf8(contents(folder.filePath(name)));
      command = text.section("<dnm:dnm-command>", 1, 1).section("</dnm:dnm-command>", 0, 0);
      command.replace("&quot;", "\"").replace("&amp;", "&");
    }
    QVERIFY2(command.startsWith("dnm figure "), qPrintable(command));
    QProcess shell;
    shell.setWorkingDirectory(again.path());
    shell.start("/bin/sh", {"-c", "'" + QString(dnm::test::program_folder()) + "/dnm'" + command.mid(3)});
    QVERIFY(shell.waitForFinished(120000));
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError().constData());
    if (suffix == "png") {
      const QImage first(folder.filePath(name)), second(again.filePath(name));
      QVERIFY(!first.isNull() && first.size() == second.size());
      QVERIFY(first.convertToFormat(QImage::Format_RGB32) == second.convertToFormat(QImage::Format_RGB32));
      return;
    }
    const QByteArray first = contents(folder.filePath(name)), second = contents(again.filePath(name));
    QVERIFY(first.size() > 10000);
    if (suffix == "svg") {
      const QByteArray end = "</metadata>";
      QVERIFY(first.mid(first.indexOf(end)) == second.mid(second.indexOf(end)));
      return;
    }
    // The drawing, without what is told about it, which names the date; Qt writes the fonts in the order of a hash that
    // differs with every process.
    const auto streams = [](const QByteArray& pdf) {
      QList<QByteArray> found;
      const QByteArray begin = "\nstream\n", end = "\nendstream";
      for (qsizetype at = pdf.indexOf(begin); at >= 0; at = pdf.indexOf(begin, at + 1)) {
        const QByteArray stream = pdf.mid(at, pdf.indexOf(end, at) - at);
        if (!stream.contains("xmpmeta")) found += stream;
      }
      std::ranges::sort(found);
      return found;
    };
    QVERIFY(!streams(first).isEmpty());
    QVERIFY(streams(first) == streams(second));
  }
};

DNM_TEST(TestMoment, TimedApplication)
#include "test_moment.moc"
