// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/experiment.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/provenance.h"
#include "app/workspace/session/document.h"
#include "app/workspace/session/opened_file.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/app/played_topology.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

WorkspaceState small_state() {
  WorkspaceState state;
  state.parameters.layer_sizes = {12, 9, 6};
  set_from_text(state.parameters, "sparsity", "0.5");
  return state;
}

}  // namespace

/// A run at a moment of its training as what is shown: followed, undone, saved, and read again from its run folder.
class TestShownRuns : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  samples::PlayedTopology played_;

  [[nodiscard]] std::filesystem::path path(const char* name) const {
    return std::filesystem::path(folder_->path().toStdString()) / name;
  }
  /// An experiment of that state whose only run has come as far as `update`.
  [[nodiscard]] Experiment experiment_at(const WorkspaceState& start, std::uint64_t update) const {
    Experiment experiment;
    experiment.identity = "0f-1e";
    experiment.start = start;
    ExperimentRun& run = experiment.runs.emplace_back();
    run.seed = 3;
    run.on_screen = true;
    run.folder = path("run").string();
    for (std::uint64_t i = 0; i < update; ++i) run.events.push_back(without_links(*played_.events[i]));
    if (update > 0) run.topology = played_.layers[update];
    run.topologies_reported = update;
    return experiment;
  }
  [[nodiscard]] ShownRun shown_at(std::uint64_t update) const {
    const Experiment experiment = experiment_at(small_state(), update);
    return shown_run(experiment, experiment.runs.front());
  }
  [[nodiscard]] OpenedFile saved_and_opened(const Shown& shown) const {
    Session session;
    session.state = small_state();
    session.state.shown = shown;
    write_session(path("a.dnm.json"), session);
    return open_file(path("a.dnm.json"));
  }

 private Q_SLOTS:
  /// The names of experiments tell it, whose networks are not read again.
  void the_epoch_of_a_moment_is_kept() {
    Session session;
    Experiment& experiment = session.runs.emplace_back();
    experiment.start.shown = ShownRun{.experiment = "0f-1e", .update = 12, .is_working = true, .epoch = 12};
    experiment.start.seeds = {0};
    experiment.runs.emplace_back().progress.state = RunState::finished;
    const std::string name = network_name(experiment.start);
    QVERIFY2(contains(name, "update 12, epoch 12"), name.c_str());
    QCOMPARE(network_name(session_from_json(session_to_json(session)).runs.at(0).start), name);
  }

  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    played_ = samples::play_topology(*generate(small_state().parameters).network, 4, path("run"));
  }

  void the_network_after_each_update_is_in_the_run_folder() {
    QVERIFY(*played_.networks[0] != *played_.networks[4]);
    for (std::uint64_t update = 0; update <= 4; ++update)
      QVERIFY(*network_of_run(path("run"), update) == *played_.networks[update]);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(network_of_run(path("run"), 5)), InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(network_of_run(path("none"), 0)), FileError);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(network_of_run({}, 0)), FileError);
  }

  void a_session_keeps_it() {
    const ShownRun run = shown_at(2);
    const OpenedFile opened = saved_and_opened(run);
    QVERIFY(opened.notices.empty());
    const auto& again = std::get<ShownRun>(opened.session->state.shown);
    QVERIFY(*again.network == *played_.networks[2]);
    QVERIFY(*again.before == *played_.networks[1]);
    ShownRun same = again;
    same.network = run.network;
    same.before = run.before;
    QVERIFY(same == run);
    // Only a run has the key.
    Session session;
    QVERIFY(!contains(session_to_json(session), "shown_run"));
    session.state.shown = run;
    const std::string text = session_to_json(session);
    QVERIFY(contains(text, "shown_run") && !contains(text, "network_file"));
    QCOMPARE(session_to_json(session_from_json(text)), text);
  }

  void a_session_keeps_what_it_is_compared_with() {
    for (const std::uint64_t compared : std::vector<std::uint64_t>{0, 4}) {
      ShownRun run = shown_at(3);
      run.compared = compared;
      run.follows = false;
      run.before = played_.networks[compared];
      const OpenedFile opened = saved_and_opened(run);
      QVERIFY(opened.notices.empty());
      const auto& again = std::get<ShownRun>(opened.session->state.shown);
      QVERIFY(again.compared == compared && !again.follows);
      QVERIFY(*again.network == *played_.networks[3] && *again.before == *played_.networks[compared]);
      QVERIFY(network_before(opened.session->state) == again.before);
      const std::string end = compared == 0 ? "--update 3 --compare-update 0 " : "--update 3 --compare-update 4 ";
      QVERIFY(contains(figure_command_line(opened.session->state, {"all", {"89mm"}, "f.pdf"}), end));
    }
    // An update that is not there is no reason not to show the other.
    ShownRun beyond = shown_at(3);
    beyond.compared = 9;
    const OpenedFile opened = saved_and_opened(beyond);
    const auto& again = std::get<ShownRun>(opened.session->state.shown);
    QVERIFY(*again.network == *played_.networks[3] && !again.before && !again.compared);
    QVERIFY(contains(opened.notices.at(0), "cannot be compared with update 9"));
    // At its start, a run is compared with itself, so that pictures keep their layout.
    const OpenedFile start = saved_and_opened(shown_at(0));
    QVERIFY(*network_before(start.session->state) == *played_.networks[0]);
  }

  void a_session_keeps_how_a_file_is_read() {
    std::ofstream(path("two.csv")) << "source,target\na,x\nb,x\n";
    Session session;
    ShownFile file{path("two.csv").string(), {}};
    session.state.shown = file;
    QVERIFY(!contains(session_to_json(session), "network_reading"));
    file.reading.as = ReadAs::layers;
    file.reading.format = ".csv";
    session.state.shown = file;
    const std::string text = session_to_json(session);
    QVERIFY(contains(text, "network_reading"));
    QCOMPARE(session_to_json(session_from_json(text)), text);
    QVERIFY(session_from_json(text).state.shown == Shown(file));
    write_session(path("reading.dnm.json"), session);
    const OpenedFile opened = open_file(path("reading.dnm.json"));
    QVERIFY(given_network(opened.session->state)->layer_sizes() == (std::vector<NodeIndex>{2, 1}));
    for (const char* damaged : {R"({"as": "layer"})", R"({"as": 3})", R"([])", R"({"tensors": "x"})"}) {
      const std::string message = message_of([&] {
        static_cast<void>(session_from_json(
            std::string(R"({"format": "dnm-session", "version": 1, "network_file": "x.csv", "network_reading": )") +
            damaged + "}"));
      });
      QVERIFY2(!message.empty(), damaged);
    }
  }

  /// No other network takes its place without a word.
  void a_run_whose_links_are_gone_stays_with_the_reason() {
    ShownRun gone = shown_at(2);
    gone.folder = path("gone").string();
    const auto problem = [&](const ShownRun& shown) {
      const OpenedFile opened = saved_and_opened(shown);
      const auto* run = std::get_if<ShownRun>(&opened.session->state.shown);
      if (run == nullptr || given_network(opened.session->state)) return std::string("there is a network");
      if (run->update != shown.update || run->folder != shown.folder) return std::string("another run");
      return network_problem(opened.session->state);
    };
    QVERIFY2(contains(problem(gone), "after update 2: ") && contains(problem(gone), "no run folder") &&
                 contains(problem(gone), "gone"),
             problem(gone).c_str());
    std::ofstream(path("net.tsv")) << "# layers=2,1\n0\t2\n";
    gone.file = path("net.tsv").string();
    QVERIFY(contains(problem(gone), "no run folder"));
    gone.update = 0;
    QVERIFY2(contains(problem(gone), "as it began"), problem(gone).c_str());

    ShownRun beyond = shown_at(2);
    beyond.update = 9;
    QVERIFY(contains(problem(beyond), "after update 9"));
    ShownRun without_folder = shown_at(2);
    without_folder.folder.clear();
    QVERIFY(contains(problem(without_folder), "no run folder"));

    // Once its folder is back, it is read again.
    gone = shown_at(2);
    gone.problem = "it was away";
    gone.network = gone.before = nullptr;
    Shown shown = gone;
    QVERIFY(read_shown(shown).empty());
    QVERIFY(std::get<ShownRun>(shown).problem.empty() && *std::get<ShownRun>(shown).network == *played_.networks[2]);
  }

  void a_moment_is_the_working_network() {
    const ShownRun moment = shown_at(2);
    const ShownRun working = as_working_network(moment);
    QVERIFY(working.is_working && !working.follows && !working.before && working.network == moment.network);
    const OpenedFile opened = saved_and_opened(working);
    const auto& again = std::get<ShownRun>(opened.session->state.shown);
    QVERIFY(again.is_working && *again.network == *played_.networks[2] && !network_before(opened.session->state));
    QVERIFY(contains(provenance_of(opened.session->state, "net.npz"), R"("moment":"update 2, epoch 1")"));
    // Its figure has the colours of any network.
    QVERIFY(contains(figure_command_line(opened.session->state, {"all", {"89mm"}, "f.pdf"}), " --links layer "));
    QVERIFY(
        !contains(figure_command_line(saved_and_opened(moment).session->state, {"all", {"89mm"}, "f.pdf"}), "--links"));
    // The run goes on without it.
    WorkspaceState state = small_state();
    state.shown = working;
    const Experiment later = experiment_at(small_state(), 3);
    QVERIFY(is_shown(later, state) && !is_followed(later, later.runs[0], state));
  }

  void a_moment_has_a_name() {
    ShownRun run = std::get<ShownRun>(saved_and_opened(shown_at(3)).session->state.shown);
    QCOMPARE(moment_name(run), std::string("update 3, epoch 1"));
    run.compared = 0;
    QCOMPARE(moment_name(run), std::string("update 3, epoch 1, since the start"));
    run.compared = 1;
    QCOMPARE(moment_name(run), std::string("update 3, epoch 1, since update 1"));
    run.compared = 4;
    QCOMPARE(moment_name(run), std::string("update 3, epoch 1, against update 4"));
    QCOMPARE(moment_name(as_working_network(run)), std::string("update 3, epoch 1"));
    run.update = 0;
    QCOMPARE(moment_name(run), std::string("as the run began"));
  }

  void the_network_that_a_run_began_with() {
    WorkspaceState state = small_state();
    state.parameters.layer_sizes = {5, 5};  // of another model
    state.shown = shown_at(2);
    Experiment experiment = experiment_at(small_state(), 2);
    // Drawn from the model of its experiment, with the seed of the run.
    const WorkspaceState drawn = state_at_start(state, {&experiment, 1});
    QVERIFY(is_drawn(drawn) && drawn.parameters.layer_sizes == small_state().parameters.layer_sizes);
    QCOMPARE(drawn.parameters.seed, std::uint64_t{3});
    // Of the file that it was started from.
    experiment.start.shown = ShownFile{path("net.npz").string()};
    QVERIFY(state_at_start(state, {&experiment, 1}).shown == experiment.start.shown);
    // Where nothing is known of it, or what is known cannot be true, of the run itself.
    const auto is_first_moment = [&](const WorkspaceState& first) {
      const auto* run = std::get_if<ShownRun>(&first.shown);
      return run && run->update == 0 && !run->network && !run->compared && run->folder == path("run").string() &&
             first.parameters == state.parameters;
    };
    QVERIFY(is_first_moment(state_at_start(state, {})));
    experiment.start = state;
    experiment.start.shown = ShownModel{};
    QVERIFY(is_first_moment(state_at_start(state, {&experiment, 1})));
    experiment.start.shown = ShownRun{.folder = path("run").string()};
    QVERIFY(is_known_by_its_runs(experiment) && is_first_moment(state_at_start(state, {&experiment, 1})));
    experiment.start.shown = ShownRun{.folder = path("other").string(), .update = 5};
    QVERIFY(!is_known_by_its_runs(experiment));
    QVERIFY(state_at_start(state, {&experiment, 1}).shown == experiment.start.shown);
  }

  void a_damaged_key_is_an_error() {
    const auto problem = [](const std::string& run) {
      return message_of([&] {
        static_cast<void>(session_from_json(R"({"format": "dnm-session", "version": 1, "shown_run": )" + run + "}"));
      });
    };
    QVERIFY(contains(problem("3"), "shown_run"));
    QVERIFY(contains(problem(R"({"seed": 1})"), "shown_run"));
    QVERIFY(contains(problem(R"({"seed": 1, "update": "two"})"), "shown_run"));
  }

  void a_state_follows_the_run_that_it_started() {
    WorkspaceState state = small_state();
    const Experiment one = experiment_at(state, 1);
    QVERIFY(is_shown(one, state) && is_followed(one, one.runs[0], state));
    state.shown = shown_run(one, one.runs[0]);
    QVERIFY(is_shown(one, state) && is_followed(one, one.runs[0], state));
    QVERIFY(*given_network(state) == *played_.networks[1]);

    // Where the start is shown again, it stays.
    const Experiment later = experiment_at(small_state(), 2);
    QVERIFY(is_followed(later, later.runs[0], state));
    QVERIFY(is_shown(later, small_state()) && !is_followed(later, later.runs[0], small_state()));

    // Scrubbed back, the state stays where it is; a chosen comparison stays while it follows.
    WorkspaceState back = state;
    std::get<ShownRun>(back.shown).follows = false;
    QVERIFY(!is_followed(later, later.runs[0], back));
    WorkspaceState compared = state;
    std::get<ShownRun>(compared.shown).compared = 0;
    std::get<ShownRun>(compared.shown).before = played_.networks[0];
    const ShownRun next = followed_run(later, later.runs[0], compared);
    QVERIFY(next.update == 2 && next.compared == 0U && next.before == played_.networks[0]);
    QVERIFY(!followed_run(later, later.runs[0], state).compared);

    // Another run of the experiment, or one that trains another network, does not take its place.
    Experiment other = one;
    other.runs[0].seed = 4;
    QVERIFY(is_shown(other, state) && !is_followed(other, other.runs[0], state));
    Experiment elsewhere = one;
    elsewhere.runs[0].on_screen = false;
    QVERIFY(!is_followed(elsewhere, elsewhere.runs[0], small_state()));
    state = small_state();
    state.parameters.seed = 8;
    QVERIFY(!is_shown(one, state) && !is_followed(one, one.runs[0], state));
  }

  /// What is shown of a Transformer is one group of its matrices: followed, saved, and in the commands.
  void a_group_of_matrices_is_part_of_what_is_shown() {
    const auto played = samples::play_layers(samples::transformer_layers(2, 16, 24), 4, path("transformer"));
    const auto at = [&](std::uint64_t update) {
      Experiment experiment = experiment_at(small_state(), update);
      experiment.runs[0].folder = path("transformer").string();
      experiment.runs[0].topology = played.layers[update];
      experiment.runs[0].topology_before = played.layers[update - 1];
      return experiment;
    };
    const Experiment one = at(1), later = at(2);
    WorkspaceState state = small_state();
    state.shown = shown_run(one, one.runs[0]);
    QCOMPARE(std::get<ShownRun>(state.shown).matrices, std::string("encoder1.ffn"));
    state.shown = shown_run(one, one.runs[0], "encoder2.self.head1");
    const ShownRun next = followed_run(later, later.runs[0], state);
    QCOMPARE(next.matrices, std::string("encoder2.self.head1"));
    QVERIFY(*next.network == *network_of_run(path("transformer"), 2, "encoder2.self.head1"));
    QVERIFY(*next.before == *network_of_run(path("transformer"), 1, "encoder2.self.head1"));
    QCOMPARE(shown_run(one, one.runs[0], "layer1").matrices, std::string("encoder1.ffn"));

    // No network of it was on screen: its first run takes the place of what was there when it began.
    Experiment two = one;
    two.runs.push_back(two.runs[0]);
    two.runs[1].seed = 9;
    for (ExperimentRun& run : two.runs) run.on_screen = false;
    QVERIFY(is_followed(two, two.runs[0], small_state()) && !is_followed(two, two.runs[1], small_state()));
    WorkspaceState other = small_state();
    other.parameters.seed = 8;
    QVERIFY(!is_followed(two, two.runs[0], other));
    // "Its first network" is the model that its matrices were drawn from.
    state.shown = next;
    QVERIFY(is_drawn(state_at_start(state, std::span(&two, 1))));

    const OpenedFile opened = saved_and_opened(next);
    const auto& again = std::get<ShownRun>(opened.session->state.shown);
    QCOMPARE(again.matrices, next.matrices);
    QVERIFY(*again.network == *next.network && *again.before == *next.before);
    state.shown = next;
    QCOMPARE(moment_name(next), std::string("update 2, epoch 1 (encoder2.self.head1)"));
    QVERIFY(contains(provenance_of(state, "net.npz"), R"("matrices":"encoder2.self.head1")"));
    const std::string words = " --update 2 --matrices encoder2.self.head1 ";
    QVERIFY(contains(figure_command_line(state, {"all", {"89mm"}, "f.pdf"}), words));
    QVERIFY(contains(measure_command_line(state) + " ", words));
    QVERIFY(contains(training_command_line(state) + " ", words));

    // A group that is no longer there is the problem of what is shown.
    ShownRun gone = next;
    gone.matrices = "encoder7.ffn";
    const OpenedFile lost = saved_and_opened(gone);
    const auto& nothing = std::get<ShownRun>(lost.session->state.shown);
    QVERIFY(!nothing.network && contains(nothing.problem, "encoder7.ffn") && nothing.matrices == "encoder7.ffn");
  }

  void undo_leads_to_a_shown_run_and_away_from_it() {
    WorkspaceDocument document;
    document.reset({.state = small_state()}, {});
    WorkspaceState next = document.state();
    next.view.measured_layer = 0;
    document.edit("layer", next);
    document.replace_shown(shown_at(1));
    QVERIFY(*given_network(document.state()) == *played_.networks[1]);
    QVERIFY(document.undo());
    QVERIFY(*given_network(document.state()) == *played_.networks[1]);
    QVERIFY(document.redo());
    next = document.state();
    next.parameters.seed = 2;
    next.shown = ShownModel{};
    document.edit("seed", next);
    QVERIFY(!given_network(document.state()));
    document.undo();
    QVERIFY(std::get<ShownRun>(document.state().shown).update == 1);
    // The run continues: each step that shows it shows its newest network.
    document.replace_shown(shown_at(4));
    QVERIFY(*given_network(document.state()) == *played_.networks[4]);
    document.redo();
    QVERIFY(document.state().shown == Shown(ShownModel{}));
    document.undo();
    document.undo();
    QVERIFY(*given_network(document.state()) == *played_.networks[4]);
  }

  void files_say_where_its_network_comes_from() {
    WorkspaceState state = small_state();
    state.shown = shown_at(2);
    QVERIFY(contains(provenance_of(state, "net.npz"),
                     R"("run":{"seed":3,"update":2,"moment":"update 2, epoch 1","folder":"run"})"));
    QVERIFY(!contains(provenance_of(state, "net.npz"), "command_line"));
    QVERIFY(figure_command_line(state, {"all", {"89mm"}, "f.pdf"}).starts_with("dnm figure run --update 2 "));
    std::get<ShownRun>(state.shown).folder.clear();
    QVERIFY(figure_command_line(state, {"all", {"89mm"}, "f.pdf"}).starts_with("dnm figure --model dnm "));
  }
};

DNM_TEST(TestShownRuns)
#include "test_shown_runs.moc"
