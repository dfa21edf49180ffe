// SPDX-License-Identifier: GPL-3.0-or-later
#include <QContextMenuEvent>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include <filesystem>
#include <set>

#include "app/studio/training/moment_panel.h"
#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "runs_window.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {
constexpr std::uint64_t updates = 12;
}  // namespace

/// The time line of a run: scrubbed, played, stepped by keys and compared, of runs that are over and of one that
/// trains.
class TestTimeLine : public RunsWindow {
  Q_OBJECT

  samples::PlayedTopology played_;

  [[nodiscard]] MomentPanel& panel() { return *find<MomentPanel>(*window_, "moments"); }
  [[nodiscard]] TimeLine& line() { return *find<TimeLine>(*window_, "time-line"); }
  [[nodiscard]] const ShownRun& shown() { return std::get<ShownRun>(window_->document().state().shown); }
  [[nodiscard]] std::size_t steps() { return window_->document().history().step_count(); }
  [[nodiscard]] QString run_folder() const { return folder_.filePath("run"); }
  [[nodiscard]] QPoint place(std::uint64_t update) {
    return {static_cast<int>(std::lround(line().place_of(update))), line().height() - 8};
  }
  bool wait_for_ticks(std::uint64_t count) {
    return QTest::qWaitFor([&] { return line().moments().size() == count + 1 && !panel().is_busy(); }, 20000);
  }
  bool shows(std::uint64_t update, std::uint64_t before) {
    return QTest::qWaitFor(
        [&] {
          const auto* run = std::get_if<ShownRun>(&window_->document().state().shown);
          return run && run->update == update && *run->network == *played_.networks[update] &&
                 *run->before == *played_.networks[before] && !panel().is_busy();
        },
        20000);
  }
  /// As a session or a figure brings it.
  void show_run(std::uint64_t update) {
    WorkspaceState next = window_->document().state();
    next.shown = ShownRun{.experiment = "0f-1e",
                          .folder = run_folder().toStdString(),
                          .update = update,
                          .network = played_.networks[update],
                          .before = played_.networks[update == 0 ? 0 : update - 1]};
    window_->document().edit("run", std::move(next));
  }

 private Q_SLOTS:
  void initTestCase() {
    write_data_set(folder_.path(), 2000, 200);
    renew_window();
    played_ = samples::play_topology(*generate(window_->document().state().parameters).network, updates,
                                     run_folder().toStdString());
  }
  void init() {
    renew_window();
    QVERIFY(!panel().isVisibleTo(window_.get()));
    show_run(5);
    QVERIFY(wait_for_ticks(updates));
  }
  void cleanupTestCase() { window_.reset(); }

  void each_update_has_its_tick() {
    QVERIFY(panel().isVisible() && line().isVisible());
    for (std::uint64_t update = 1; update <= updates; ++update)
      QVERIFY(line().place_of(update) > line().place_of(update - 1) + 2.0);
    QVERIFY(line().place_of(updates) <= line().width() - 4.0);
    QCOMPARE(line().shown(), std::optional<std::uint64_t>(5));
    QVERIFY(line().accessibleDescription().contains("update 5 of 12"));
    QVERIFY(!line().accessibleName().isEmpty());
    // What the pictures are of, and what it is compared with.
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(*window_->live().scene_input().network == *played_.networks[5]);
    QVERIFY(*window_->live().scene_input().before == *played_.networks[4]);
  }

  void a_drag_is_one_step_that_undo_takes_back() {
    const std::size_t before = steps();
    QTest::mousePress(&line(), Qt::LeftButton, {}, place(5));
    std::set<std::uint64_t> seen;
    for (std::uint64_t update = 6; update <= 11; ++update) {
      QTest::mouseMove(&line(), place(update));
      QVERIFY(shows(update, update - 1));
      seen.insert(shown().update);
      QVERIFY(!shown().follows);
    }
    QVERIFY(window_->live().is_draft() || !window_->live().is_newest());
    QTest::mouseRelease(&line(), Qt::LeftButton, {}, place(11));
    QCOMPARE(seen.size(), std::size_t{6});
    QCOMPARE(steps(), before + 1);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(window_->live().is_settled());
    QVERIFY(*window_->live().current_network() == *played_.networks[11]);
    window_->document().undo();
    QVERIFY(shows(5, 4));
    QCOMPARE(line().shown(), std::optional<std::uint64_t>(5));
    window_->document().redo();
    QVERIFY(shows(11, 10));
    // Two drags are two steps.
    QTest::mouseClick(&line(), Qt::LeftButton, {}, place(2));
    QVERIFY(shows(2, 1));
    QTest::mouseClick(&line(), Qt::LeftButton, {}, place(7));
    QVERIFY(shows(7, 6));
    QCOMPARE(steps(), before + 3);
  }

  void keys_step_and_shift_moves_the_comparison() {
    line().setFocus();
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
      QTest::keyClick(&line(), key, modifiers);
    };
    press(Qt::Key_Right);
    QVERIFY(shows(6, 5));
    press(Qt::Key_Left);
    QVERIFY(shows(5, 4));
    press(Qt::Key_Home);
    QVERIFY(shows(0, 0));
    press(Qt::Key_Left);
    QVERIFY(shows(0, 0));
    press(Qt::Key_PageUp);
    QVERIFY(shows(10, 9));
    press(Qt::Key_End);
    QVERIFY(shows(updates, updates - 1));
    QVERIFY(shown().follows);
    press(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(shows(updates, updates - 2));
    QCOMPARE(shown().compared, std::optional<std::uint64_t>(updates - 2));
    press(Qt::Key_Home, Qt::ShiftModifier);
    QVERIFY(shows(updates, 0));
    QVERIFY(line().accessibleDescription().contains("since the start"));
    // The comparison stays while the other moves.
    press(Qt::Key_Left);
    QVERIFY(shows(updates - 1, 0));
    QTRY_VERIFY(*window_->live().scene_input().before == *played_.networks[0]);
    QVERIFY(takes_escape(line()));
    press(Qt::Key_Escape);
    QVERIFY(shows(updates - 1, updates - 2));
    QVERIFY(!shown().compared);
  }

  void shift_click_compares_and_sessions_keep_it() {
    QTest::mouseClick(&line(), Qt::LeftButton, Qt::ShiftModifier, place(9));
    QVERIFY(shows(5, 9));
    QVERIFY(wait_until_fresh(*window_));
    const QString session = folder_.filePath("compared.dnm.json");
    QVERIFY(window_->files().save_session_to(session));
    window_->files().new_session();
    QVERIFY(!panel().isVisible());
    window_->files().open(session);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 20000);
    QVERIFY(shows(5, 9));
    QVERIFY(wait_for_ticks(updates));
    QCOMPARE(shown().compared, std::optional<std::uint64_t>(9));
    QCOMPARE(line().shown(), std::optional<std::uint64_t>(5));
  }

  void any_moment_becomes_the_working_network() {
    const std::size_t before = steps();
    QVERIFY(window_->findChild<QAction*>("network-use")->isEnabled());
    window_->findChild<QAction*>("network-use")->trigger();
    const auto works_with = [this](std::uint64_t update) {
      return QTest::qWaitFor(
          [&] {
            const auto* run = std::get_if<ShownRun>(&window_->document().state().shown);
            return run && run->is_working && run->update == update && run->network &&
                   *run->network == *played_.networks[update] && !run->before;
          },
          20000);
    };
    QVERIFY(works_with(5));
    QVERIFY(!window_->findChild<QAction*>("network-use")->isEnabled());
    QCOMPARE(steps(), before + 1);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!window_->live().scene_input().before && *window_->live().current_network() == *played_.networks[5]);
    QCOMPARE(line().shown(), std::optional<std::uint64_t>(5));
    window_->document().undo();
    QVERIFY(shows(5, 4));
    window_->document().redo();
    QVERIFY(works_with(5));

    // Another one, by the menu of the time line.
    QContextMenuEvent asked(QContextMenuEvent::Mouse, place(2), line().mapToGlobal(place(2)));
    QApplication::sendEvent(&line(), &asked);
    find<QMenu>(line(), "time-line-menu")->findChild<QAction*>("time-line-use")->trigger();
    QVERIFY(works_with(2));
    QCOMPARE(steps(), before + 2);
    QCOMPARE(QString::fromStdString(window_->document().history().undo_label()),
             "use of the network after update 2, epoch 1");
    find<QMenu>(line(), "time-line-menu")->close();

    // Sessions, networks and the time line know it, and Start asks for no other.
    QVERIFY(wait_until_fresh(*window_));
    const QString network = folder_.filePath("working.npz");
    window_->files().save_network(network);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy() && QFile::exists(network), 20000);
    const NetworkFile saved = read_network(network.toStdString());
    QVERIFY(*saved.network == *played_.networks[2]);
    QVERIFY2(saved.provenance.find("update 2, epoch 1") != std::string::npos, saved.provenance.c_str());
    const QString session = folder_.filePath("working.dnm.json");
    QVERIFY(window_->files().save_session_to(session));
    window_->files().new_session();
    window_->files().open(session);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 20000);
    QVERIFY(works_with(2));
    QVERIFY(wait_for_ticks(updates));
    QVERIFY(wait_until_fresh(*window_));
    click("training-start");
    QVERIFY(answer(*window_, "resize-question", "Cancel"));  // it has another number of inputs than the data
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_Right);
    QVERIFY(shows(3, 2));
    QVERIFY(!shown().is_working);
  }

  void playing_goes_to_the_end_as_one_step() {
    const std::size_t before = steps();
    panel().set_updates_per_second(50);
    auto* play = find<QToolButton>(*window_, "time-line-play");
    QTest::mouseClick(play, Qt::LeftButton);
    std::set<std::uint64_t> seen;
    QTRY_VERIFY_WITH_TIMEOUT((seen.insert(shown().update), shown().update == updates), 20000);
    QTRY_VERIFY(play->accessibleName().startsWith("Play"));
    QVERIFY(shows(updates, updates - 1));
    QCOMPARE(steps(), before + 1);
    QVERIFY(wait_until_fresh(*window_));
    // From the end it starts over, and the button stops it.
    panel().set_updates_per_second(5);
    QTest::mouseClick(play, Qt::LeftButton);
    QTRY_VERIFY(shown().update > 0 && shown().update < updates);
    QVERIFY(play->accessibleName().startsWith("Stop"));
    QTest::mouseClick(play, Qt::LeftButton);
    QVERIFY(play->accessibleName().startsWith("Play"));
    QTRY_VERIFY(!panel().is_busy());
    const std::uint64_t stopped_at = shown().update;
    QTest::qWait(100);
    QCOMPARE(shown().update, stopped_at);
    window_->document().undo();
    QVERIFY(shows(updates, updates - 1));
  }

  void a_run_without_its_folder_says_so() {
    WorkspaceState next = window_->document().state();
    auto& run = std::get<ShownRun>(next.shown);
    run.folder = folder_.filePath("moved").toStdString();
    window_->document().edit("moved", next);
    auto* problem = find<QLabel>(*window_, "time-line-problem");
    QTRY_VERIFY(problem->isVisible() && problem->text().contains("no run folder"));
    QVERIFY(problem->text().contains("moved") && !line().isVisible());
    std::get<ShownRun>(next.shown).folder.clear();
    window_->document().edit("none", next);
    QTRY_VERIFY(problem->text().contains("without a run folder"));
    window_->document().undo();
    window_->document().undo();
    QVERIFY(wait_for_ticks(updates));
    QVERIFY(line().isVisible() && !problem->isVisible());
  }

  /// What a run reports is on screen before its file has it.
  void the_handle_stands_at_the_newest_tick_while_the_file_lags() {
    TimeLine lagging;
    lagging.set_moments(line().moments(), 0);
    lagging.set_shown(updates + 2, updates + 1);
    QVERIFY2(lagging.accessibleDescription().startsWith("update 12 of 12"),
             qPrintable(lagging.accessibleDescription()));
    lagging.set_shown(updates + 2, 0);
    QVERIFY(lagging.accessibleDescription().endsWith("since the start"));
  }

  void the_line_comes_back_with_its_file() {
    const QString file = run_folder() + "/topology.bin", away = folder_.filePath("away.bin");
    auto* problem = find<QLabel>(*window_, "time-line-problem");
    QVERIFY(QFile::rename(file, away));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(QFile::copy(away, file));
    QTRY_VERIFY(!problem->isVisible() && line().isVisible());
    QCOMPARE(line().moments().size(), std::size_t{updates + 1});
    // The same with the folder.
    QVERIFY(QDir().rename(run_folder(), folder_.filePath("run-away")));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(QDir().rename(folder_.filePath("run-away"), run_folder()));
    QTRY_VERIFY(!problem->isVisible() && line().isVisible());
    QVERIFY(QFile::remove(away));
  }

  void a_session_opens_with_the_run_on_screen_selected() {
    Session session = network_session();
    for (const char* identity : {"0a-1b", "0f-1e"}) {
      Experiment& experiment = session.runs.emplace_back();
      experiment.identity = experiment.name = identity;
      experiment.start.seeds = {0, 1};
      for (const std::uint64_t seed : experiment.start.seeds) {
        ExperimentRun& run = experiment.runs.emplace_back();
        run.seed = seed;
        run.waiting = false;
        run.progress.state = RunState::finished;
      }
    }
    session.state.shown = ShownRun{.experiment = "0f-1e", .seed = 1, .folder = run_folder().toStdString(), .update = 5};
    const QString path = folder_.filePath("second.dnm.json");
    write_session(path.toStdString(), session);
    window_->document().forget_changes();
    window_->files().open(path);
    QTRY_COMPARE_WITH_TIMEOUT(runs().experiments().size(), std::size_t{2}, 20000);
    QTRY_VERIFY(!window_->files().is_busy());
    const auto selected = find<RunsList>(*window_, "runs-panel")->selected();
    QVERIFY(selected && selected->experiment == group(1).id && selected->seed == std::uint64_t{1});
  }

  /// At the right end the newest update is followed; scrubbed back, what is shown stays while the run goes on.
  void a_run_that_trains_is_followed_at_the_right_end_alone() {
    window_->document().forget_changes();
    window_->files().new_session();
    QVERIFY(wait_until_fresh(*window_));
    set_up_training(*window_, folder_.path(), 400);
    WorkspaceState next = window_->document().state();
    next.training.method = "set";
    next.training.run_folder = folder_.filePath("trained").toStdString();
    window_->document().edit("rule", std::move(next));
    start();
    QVERIFY2(runs().experiments().size() == 1, qPrintable(window_->messages().history().join('\n')));
    QVERIFY(wait_for(0, RunStage::running));
    const auto shown_update = [&] {
      const auto* run = std::get_if<ShownRun>(&window_->document().state().shown);
      return run ? run->update : 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(shown_update() >= 3 && line().moments().size() > 3, 60000);
    QVERIFY(shown().follows && shown().before);
    QVERIFY(*shown().before != *shown().network);
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_Home);
    QTRY_COMPARE(shown_update(), std::uint64_t{0});
    const std::size_t ticks = line().moments().size();
    QTRY_VERIFY_WITH_TIMEOUT(line().moments().size() > ticks + 1, 60000);
    QCOMPARE(shown_update(), std::uint64_t{0});
    QVERIFY(!shown().follows);
    QTest::keyClick(&line(), Qt::Key_End);
    QTRY_VERIFY(shown_update() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(shown_update() > ticks + 3, 60000);
    QVERIFY(shown().follows);
    runs().stop_all();
    QVERIFY(wait_for(0, RunStage::stopped));
    QTRY_COMPARE_WITH_TIMEOUT(line().moments().size(), group(0).runs[0].events.size() + 1, 20000);
  }
};

DNM_TEST(TestTimeLine, TimedApplication)
#include "test_time_line.moc"
