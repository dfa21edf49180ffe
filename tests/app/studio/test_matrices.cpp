// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <fstream>

#include "app/studio/training/moment_panel.h"
#include "runs_window.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {
constexpr std::uint64_t updates = 6;
constexpr std::size_t heads = 4;
}  // namespace

/// Which matrices of a Transformer are shown: chosen in the window, kept by undo, time line and sessions.
class TestMatrices : public RunsWindow {
  Q_OBJECT

  samples::PlayedTopology played_;

  [[nodiscard]] MomentPanel& panel() { return *find<MomentPanel>(*window_, "moments"); }
  [[nodiscard]] TimeLine& line() { return *find<TimeLine>(*window_, "time-line"); }
  [[nodiscard]] MatricesBox& box() { return *find<MatricesBox>(*window_, "matrices"); }
  [[nodiscard]] const ShownRun& shown() { return std::get<ShownRun>(window_->document().state().shown); }
  [[nodiscard]] std::size_t steps() { return window_->document().history().step_count(); }
  [[nodiscard]] QString run_folder() const { return folder_.filePath("transformer"); }
  [[nodiscard]] NetworkPointer network(const std::string& id, std::uint64_t update) const {
    const std::vector<NamedMask>& layers = *played_.layers[update];
    return network_of_group(group_named(matrix_groups(layers, heads), id), layers);
  }
  bool shows(const std::string& id, std::uint64_t update, std::uint64_t before) {
    return QTest::qWaitFor(
        [&] {
          const auto* run = std::get_if<ShownRun>(&window_->document().state().shown);
          return run && run->matrices == id && run->update == update && run->network && run->before &&
                 *run->network == *network(id, update) && *run->before == *network(id, before) && !panel().is_busy() &&
                 box().currentText().toStdString() == id;
        },
        20000);
  }
  void choose(const char* id) {
    const int index = box().findText(id);
    QVERIFY(index >= 0);
    box().setCurrentIndex(index);
    Q_EMIT box().activated(index);
  }
  void type(const char* text) {
    box().lineEdit()->setFocus();
    box().lineEdit()->selectAll();
    QTest::keyClicks(box().lineEdit(), text);
  }

 private Q_SLOTS:
  void initTestCase() {
    played_ = samples::play_layers(samples::transformer_layers(3, 32, 48), updates, run_folder().toStdString());
    std::ofstream(run_folder().toStdString() + "/config.json") << R"({"settings": {"method": "set"}})";
  }
  void init() {
    renew_window();
    window_->files().new_session();
    WorkspaceState next = window_->document().state();
    next.shown = ShownRun{.experiment = "0f-1e",
                          .folder = run_folder().toStdString(),
                          .update = 4,
                          .network = network("", 4),
                          .matrices = "encoder1.ffn",
                          .before = network("", 3)};
    window_->document().edit("run", std::move(next));
    QTRY_VERIFY_WITH_TIMEOUT(line().moments().size() == updates + 1 && !panel().is_busy(), 20000);
  }
  void cleanupTestCase() { window_.reset(); }

  void the_groups_are_there_to_choose() {
    QVERIFY(box().isVisible() && !box().accessibleName().isEmpty());
    QCOMPARE(box().currentText(), QString("encoder1.ffn"));
    for (const NamedMask& layer : *played_.layers[0]) QVERIFY(box().findText(QString::fromStdString(layer.name)) >= 0);
    QVERIFY(box().accessibleDescription().contains("feed-forward of encoder block 1"));
    // A perceptron's layers are one network: nothing to choose.
    const auto plain = samples::play_topology(*network("", 0), 3, folder_.filePath("plain").toStdString());
    WorkspaceState next = window_->document().state();
    next.shown =
        ShownRun{.experiment = "2d", .folder = folder_.filePath("plain").toStdString(), .network = plain.networks[0]};
    window_->document().edit("run", std::move(next));
    QTRY_VERIFY_WITH_TIMEOUT(line().moments().size() == 4 && !panel().is_busy(), 20000);
    QVERIFY(!box().isVisible());
  }

  void a_choice_is_one_step_and_stays_on_the_time_line() {
    const std::size_t before = steps();
    choose("decoder2.context.head3");
    QVERIFY(shows("decoder2.context.head3", 4, 3));
    QCOMPARE(steps(), before + 1);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("decoder2.context.head3"));
    QVERIFY(*window_->live().scene_input().network == *network("decoder2.context.head3", 4));
    QVERIFY(*window_->live().scene_input().before == *network("decoder2.context.head3", 3));
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_Left);
    QVERIFY(shows("decoder2.context.head3", 3, 2));
    QTest::keyClick(&line(), Qt::Key_Home, Qt::ShiftModifier);
    QVERIFY(shows("decoder2.context.head3", 3, 0));
    choose("encoder.ffn");
    QVERIFY(shows("encoder.ffn", 3, 0));
    window_->document().undo();
    QVERIFY(shows("decoder2.context.head3", 3, 0));
    window_->document().undo();
    window_->document().undo();
    QVERIFY(shows("encoder1.ffn", 4, 3));
    window_->document().redo();
    QVERIFY(shows("decoder2.context.head3", 4, 3));
  }

  void a_part_of_a_name_finds_it_by_keys() {
    type("r2.self.h");
    QTRY_VERIFY(box().completer()->popup()->isVisible());
    QCOMPARE(box().completer()->completionCount(), 8);  // of encoder and decoder, four each
    QTest::keyClick(box().completer()->popup(), Qt::Key_Down);
    QTest::keyClick(box().completer()->popup(), Qt::Key_Return);
    QTRY_COMPARE(QString::fromStdString(shown().matrices), QString("encoder2.self.head1"));
    // What is no group is no choice.
    const std::size_t before = steps();
    type("encoder9");
    QTest::keyClick(box().lineEdit(), Qt::Key_Return);
    line().setFocus();
    QTRY_COMPARE(box().currentText(), QString("encoder2.self.head1"));
    QCOMPARE(box().lineEdit()->text(), QString("encoder2.self.head1"));
    QCOMPARE(steps(), before);
  }

  void a_session_keeps_it() {
    choose("encoder3.self.v-o");
    QVERIFY(shows("encoder3.self.v-o", 4, 3));
    QVERIFY(wait_until_fresh(*window_));
    const QString session = folder_.filePath("kept.dnm.json");
    QVERIFY(window_->files().save_session_to(session));
    window_->files().new_session();
    window_->files().open(session);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 20000);
    QVERIFY(shows("encoder3.self.v-o", 4, 3));
  }

  /// A run that goes on shows the newest links of the matrices that were chosen.
  void the_newest_update_is_followed_in_it() {
    Experiment experiment;
    experiment.identity = "0f-1e";
    ExperimentRun& run = experiment.runs.emplace_back();
    run.waiting = false;
    run.progress.state = RunState::stopped;
    run.folder = run_folder().toStdString();
    const auto report = [&](std::uint64_t update) {
      run.events.clear();
      for (std::uint64_t i = 0; i < update; ++i) run.events.push_back(without_links(*played_.events[i]));
      run.topology = played_.layers[update];
      run.topology_before = played_.layers[update - 1];
      run.topologies_reported = update;
      window_->runs().replace_finished({experiment});
      Q_EMIT window_->runs().rewired({window_->runs().experiments().front().id, 0});
    };
    report(4);
    choose("decoder1.self.head2");
    QVERIFY(shows("decoder1.self.head2", 4, 3));
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_End);
    QVERIFY(shows("decoder1.self.head2", 6, 5));
    QVERIFY(shown().follows);
    report(5);
    QVERIFY(shows("decoder1.self.head2", 5, 4));
    report(6);
    QVERIFY(shows("decoder1.self.head2", 6, 5));
  }
};

DNM_TEST(TestMatrices, TimedApplication)
#include "test_matrices.moc"
