// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenuBar>
#include <QMouseEvent>
#include <QProcess>
#include <QProgressBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <memory>

#include "app/studio/widgets/text.h"
#include "app/workspace/manual.h"
#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "driver.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The window's parameters, views and measures, driven through the real widgets.
class TestWindow : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] const ModelParameters& parameters() const { return window_->document().state().parameters; }
  [[nodiscard]] QString value_of(const char* measure) {
    return find<QLabel>(*window_, (std::string(measure) + "-value").c_str())->text();
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  /// Both ways: each key of the menus is on the page of the window, and each key there is one.
  void the_manual_lists_the_keys() {
    QSet<QString> named, keys;
    static const QRegularExpression row("^\\| ((?:F\\d+|\\d|Ctrl\\+|Esc|Space)[^|]*) \\|",
                                        QRegularExpression::MultilineOption);
    const QString page = to_qt(manual_page("using/window").text);
    for (auto match = row.globalMatch(page); match.hasNext();)
      for (const QString& key : match.next().captured(1).split(", ")) named += key;
    for (const QAction* action : window_->findChildren<QAction*>())
      for (const QKeySequence& key : action->shortcuts()) keys += key.toString(QKeySequence::PortableText);
    keys -= QString();
    named -= QSet<QString>{"Space", "in the Training panel", "in the list of runs", "in the table of neurons",
                           "in the Pinned panel"};
    keys -= "Space";
    QVERIFY2(named == keys, qPrintable("missing: " + QStringList((keys - named).values()).join(' ') +
                                       "; no keys: " + QStringList((named - keys).values()).join(' ')));
  }

  void everything_has_an_accessible_name() {
    find<QToolButton>(*window_, "training-more")->click();
    int looked_at = 0;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
      const bool counts = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QAbstractSlider*>(widget) ||
                          qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QComboBox*>(widget) ||
                          qobject_cast<QLineEdit*>(widget) || qobject_cast<QProgressBar*>(widget) ||
                          qobject_cast<NetworkView*>(widget) || qobject_cast<QDockWidget*>(widget) ||
                          qobject_cast<ParameterRow*>(widget) || qobject_cast<MeasureCard*>(widget) ||
                          qobject_cast<TrainingChart*>(widget);
      const bool of_qt = widget->objectName().startsWith("qt_") || qobject_cast<QScrollBar*>(widget) ||
                         qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) ||
                         qobject_cast<QComboBox*>(widget->parentWidget());
      if (!counts || of_qt) continue;
      ++looked_at;
      QVERIFY2(!widget->accessibleName().isEmpty(),
               qPrintable(QString(widget->metaObject()->className()) + " " + widget->objectName()));
    }
    QVERIFY(looked_at > 80);
  }

  void all_views_show_one_network_and_its_measures() {
    const NetworkPointer network = window_->live().current_network();
    QVERIFY(network);
    QVERIFY(*network == *generate(parameters()).network);
    for (ViewPane* pane : window_->views().panes()) QVERIFY(pane->view().input().network == network);
    for (const Measure& measure : measure_table())
      QVERIFY(value_of(std::string(measure.id).c_str()).toStdString() != "–");
    QCOMPARE(find<QLabel>(*window_, "status-network")->text(), "seed 0 · 5,763 links");
  }

  void a_drag_is_followed_and_is_one_undo_step() {
    const ModelParameters before = parameters();
    const std::size_t steps_before = window_->document().history().step_count();
    auto* slider = find<QSlider>(*window_, "dendrites-mean-slider");
    drag_slider(*slider, 0.9, 50, false);
    QVERIFY(slider->isSliderDown());
    QVERIFY(window_->document().is_dragging());
    const double dragged = parameters().shared.dendrites.mean;
    QVERIFY(dragged != before.shared.dendrites.mean);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, slider->rect().center());
    QVERIFY(!window_->document().is_dragging());
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->document().history().step_count(), steps_before + 1);
    const Network expected = *generate(parameters()).network;
    for (ViewPane* pane : window_->views().panes()) QVERIFY(*pane->view().input().network == expected);

    window_->document().undo();
    QVERIFY(parameters() == before);
    QCOMPARE(find<QDoubleSpinBox>(*window_, "dendrites-mean-spin")->value(), before.shared.dendrites.mean);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(*window_->live().current_network() == *generate(before).network);
    window_->document().redo();
    QVERIFY(parameters() != before);
  }

  void two_drags_are_two_undo_steps() {
    auto* slider = find<QSlider>(*window_, "sparsity-slider");
    drag_slider(*slider, 0.2, 5);
    drag_slider(*slider, 0.7, 5);
    QCOMPARE(window_->document().history().step_count(), std::size_t{2});
  }

  void a_preset_is_one_undo_step() {
    auto* combo = find<QComboBox>(*window_, "preset");
    const ModelParameters before = parameters();
    for (const Preset& preset : presets()) {
      choose(*combo, QString::fromStdString(preset.id));
      QVERIFY(parameters() == preset.parameters);
      QCOMPARE(combo->currentData().toString().toStdString(), preset.id);
    }
    for (std::size_t i = 0; i < presets().size(); ++i) window_->document().undo();
    QVERIFY(parameters() == before);
    QVERIFY(wait_until_fresh(*window_));
  }

  void rows_that_do_not_apply_are_hidden() {
    choose(*find<QComboBox>(*window_, "model-choice"), "random");
    QCOMPARE(parameters().initialiser, "random");
    QVERIFY(!find<ParameterRow>(*window_, "dendrites")->isVisible());
    QVERIFY(find<ParameterRow>(*window_, "sparsity")->isVisible());
    choose(*find<QComboBox>(*window_, "model-choice"), "dnm");
    QVERIFY(find<ParameterRow>(*window_, "dendrites")->isVisible());
  }

  void one_layer_can_be_set_apart() {
    choose(*find<QComboBox>(*window_, "layer"), "Layer 2 alone (196 → 196)");
    choose(*find<QComboBox>(*window_, "degree-family"), "spatial-gaussian");
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.8);
    QVERIFY(parameters().shared.degree.family == Family::fixed);
    QCOMPARE(parameters().shared.sparsity, 0.9);
    QVERIFY(parameters().of_layer(0).degree.family == Family::fixed);
    QVERIFY(parameters().of_layer(1).degree.family == Family::spatial_gaussian);
    QCOMPARE(parameters().of_layer(1).sparsity, 0.8);
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().current_network()->masks()[1].link_count(), link_count_of_layer(0.8, 196, 196));

    choose(*find<QComboBox>(*window_, "layer"), "All layers");
    QCOMPARE(find<QDoubleSpinBox>(*window_, "sparsity-spin")->value(), 0.9);
    choose(*find<QComboBox>(*window_, "layer"), "Layer 2 alone (196 → 196)");
    QCOMPARE(find<QDoubleSpinBox>(*window_, "sparsity-spin")->value(), 0.8);
    find<QToolButton>(*window_, "sparsity-reset")->click();
    find<QToolButton>(*window_, "degree-reset")->click();
    QVERIFY(parameters().overrides.empty());
  }

  void bad_layers_are_refused_with_a_message() {
    const ModelParameters before = parameters();
    auto* line = find<QLineEdit>(*window_, "layers-text");
    for (const char* bad : {"98,0", "98", "abc", "98,-5", "98,1e99"}) {
      window_->messages().clear();
      type(*line, bad);
      QVERIFY2(window_->messages().messages().size() == 1, bad);
      QVERIFY(parameters() == before);
    }
    window_->messages().clear();
    type(*line, "50,60");
    QVERIFY((parameters().layer_sizes == std::vector<NodeIndex>{50, 60}));
    QVERIFY(window_->messages().messages().isEmpty());
  }

  void a_network_beyond_the_memory_is_refused_and_undone() {
    const NetworkPointer before = window_->live().current_network();
    type(*find<QLineEdit>(*window_, "layers-text"), "1000000000,1000000000");
    QTRY_VERIFY_WITH_TIMEOUT(!window_->messages().messages().isEmpty(), 20000);
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(*window_->live().current_network() == *before);
  }

  void the_dice_draws_another_network() {
    const NetworkPointer before = window_->live().current_network();
    find<QToolButton>(*window_, "seed-dice")->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!(*window_->live().current_network() == *before));
  }

  void cancel_stops_and_refresh_goes_on() {
    find<QDoubleSpinBox>(*window_, "measure-draws-spin")->setValue(1000);
    const auto consistency = static_cast<std::size_t>(&measure("sigma_c") - measure_table().data());
    QTRY_VERIFY(window_->live().snapshot().measures[consistency].freshness == Freshness::computing);
    window_->live().cancel();
    QVERIFY(window_->live().snapshot().measures[consistency].freshness == Freshness::stale);
    QCOMPARE(find<QLabel>(*window_, "sigma_c-state")->text(), "· cancelled");
    find<QDoubleSpinBox>(*window_, "measure-draws-spin")->setValue(3);
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(find<QLabel>(*window_, "sigma_c-state")->text(), "✓ fresh");
  }

  void a_picture_can_fill_the_window() {
    ViewArea& views = window_->views();
    QTest::mouseDClick(window_->findChild<QWidget*>("title-disk"), Qt::LeftButton);
    QVERIFY(views.panes().at(static_cast<std::size_t>(views.maximised())) == &pane_of(*window_, "disk"));
    QVERIFY(!pane_of(*window_, "matrix").isVisible());
    QVERIFY(pane_of(*window_, "disk").isVisible());
    window_->findChild<QAction*>("view-matrix")->trigger();
    QVERIFY(views.panes().at(static_cast<std::size_t>(views.maximised())) == &pane_of(*window_, "matrix"));
    window_->findChild<QAction*>("view-all")->trigger();
    QCOMPARE(views.maximised(), -1);
    for (const char* id : {"matrix", "layers", "disk"}) QVERIFY(pane_of(*window_, id).isVisible());
    QVERIFY(!pane_of(*window_, "stack").isVisible());
  }

  void a_stack_is_drawn_once_it_is_chosen_and_turned_by_a_drag_as_one_step() {
    NetworkView& view = pane_of(*window_, "stack").view();
    QVERIFY(!view.scene());
    window_->findChild<QAction*>("view-stack")->trigger();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(view.isVisible() && view.scene() && view.scene()->link_count > 0);
    const double before = window_->document().state().view.pictures.turn;
    const std::size_t steps = window_->document().history().place();
    QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, {100, 100});
    for (const int x : {120, 150, 190}) {
      QMouseEvent move(QEvent::MouseMove, QPointF(x, 100), view.mapToGlobal(QPointF(x, 100)), Qt::NoButton,
                       Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&view, &move);
    }
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, {190, 100});
    QVERIFY(wait_until_fresh(*window_));
    const double turned = window_->document().state().view.pictures.turn - before;
    QVERIFY2(std::abs(turned - 180.0 * 90.0 / view.width()) < 0.3, qPrintable(QString::number(turned)));
    QVERIFY(view.options().turn == before + turned);
    QCOMPARE(window_->document().history().place(), steps + 1);
    window_->document().undo();
    QCOMPARE(window_->document().state().view.pictures.turn, before);
    window_->findChild<QAction*>("view-all")->trigger();
    QVERIFY(!view.isVisible());
  }

  void view_options_reach_every_picture_and_can_be_undone() {
    ViewPane* layers = &pane_of(*window_, "layers");
    for (QAction* action : layers->menu().actions())
      if (action->objectName() == "orientation-columns" || action->objectName() == "links-dendrite") action->trigger();
    QVERIFY(layers->view().options().orientation == Orientation::columns);
    for (ViewPane* pane : window_->views().panes())
      QVERIFY(pane->view().options().link_coloring == LinkColoring::dendrite);
    window_->document().undo();
    window_->document().undo();
    QVERIFY(layers->view().options().orientation == Orientation::rows);
    QVERIFY(wait_until_fresh(*window_));
  }

  void the_view_menu_has_every_option() {
    QStringList labels;
    for (const QAction* menu : window_->menuBar()->actions()) {
      if (menu->text() != "&View") continue;
      for (const QAction* action : menu->menu()->actions())
        if (action->menu()) labels += action->text();
    }
    QStringList expected;
    for (const Parameter<PictureOptions>& option : picture_option_table()) expected += to_qt(option.info.label);
    expected += {"La&yout", "&Theme", "Lan&guage"};
    QCOMPARE(labels, expected);
  }

  void links_left_out_while_dragging_come_back() {
    drag_slider(*find<QSlider>(*window_, "sparsity-slider"), 0.175, 6);
    QVERIFY(wait_until_fresh(*window_));
    for (const char* id : {"layers", "disk"}) {
      const ScenePointer scene = pane_of(*window_, id).view().scene();
      QVERIFY2(scene->link_count > 2500 && scene->link_count < 20000, qPrintable(QString::number(scene->link_count)));
      QCOMPARE(scene->note, std::string());
    }
  }

  void the_command_line_of_what_is_on_screen_is_copied() {
    choose(*find<QComboBox>(*window_, "degree-family"), "gaussian");
    window_->findChild<QAction*>("edit-copy-command")->trigger();
    const QString line = QApplication::clipboard()->text();
    QVERIFY(line.startsWith("dnm measure --model dnm --layers 98,196,196 "));
    QVERIFY(line.contains("--degree gaussian"));

    // The program on the command line draws the same network from it.
    const QTemporaryDir folder;
    const QString file = folder.filePath("again.tsv");
    QString generate_line = line;
    generate_line.replace("dnm measure", "'" + QString(dnm::test::program_folder()) + "/dnm' generate");
    QProcess shell;
    shell.start("/bin/sh", {"-c", generate_line + " -o " + file});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    QVERIFY(*read_network(file.toStdString()).network == *generate(parameters()).network);

    // The network of a run has none.
    window_->document().replace_shown(ShownRun{"0f-1e", 0, {}, {}, 1, generate(parameters()).network});
    for (const char* action : {"edit-copy-command", "training-copy-command"}) {
      window_->messages().clear();
      window_->findChild<QAction*>(action)->trigger();
      QCOMPARE(QApplication::clipboard()->text(), line);
      QVERIFY(window_->messages().messages().front().contains("has no command line"));
    }
  }

  void closing_while_everything_computes_ends_cleanly() {
    for (int round = 0; round < 5; ++round) {
      auto window = make_window();
      find<QDoubleSpinBox>(*window, "measure-draws-spin")->setValue(1000);
      drag_slider(*find<QSlider>(*window, "sparsity-slider"), 0.3, 3 * round, false);
      QTest::qWait(20 * round);
      QElapsedTimer clock;
      clock.start();
      window->close();
      window.reset();
      qInfo("closed in %lld ms", clock.elapsed());
    }
  }
};

DNM_TEST(TestWindow, TimedApplication)
#include "test_window.moc"
