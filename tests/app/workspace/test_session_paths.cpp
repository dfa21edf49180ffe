// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "app/workspace/exported.h"
#include "app/workspace/session/opened_file.h"
#include "app/workspace/session/session_paths.h"
#include "core/models/initialiser.h"
#include "core/parameters/parameter_table.h"
#include "core/support/user_folders.h"
#include "tests/app/played_topology.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"
#include "training/runs/training_parameters.h"

using namespace dnm;
using dnm::test::contains;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

/// An experiment of two seeds in run folders below `folder`, as the window starts it.
Experiment experiment_in(const fs::path& folder) {
  Experiment experiment;
  experiment.identity = "0f-1e";
  experiment.name = "two";
  experiment.start.seeds = {0, 1};
  experiment.start.training.run_folder = folder.string();
  for (const std::uint64_t seed : {0U, 1U}) {
    ExperimentRun& run = experiment.runs.emplace_back();
    run.seed = seed;
    run.waiting = false;
    run.progress.state = RunState::stopped;
    run.folder = (folder / ("seed-" + std::to_string(seed))).string();
  }
  return experiment;
}

}  // namespace

/// Sessions and what they name: moved together, taken apart, opened without it.
class TestSessionPaths : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;

  [[nodiscard]] fs::path path(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  /// Also of parameters that somebody adds: every row that names a folder.
  void no_name_of_a_session_is_left_out() {
    Session session;
    std::set<std::string> names;
    const auto name = [&] { return *names.insert("name" + std::to_string(names.size())).first; };
    const auto fill = [&](WorkspaceState& state) {
      const auto fill_rows = [&](const auto& table, auto& settings) {
        for (const auto& row : table)
          if (row.info.id.ends_with("-dir") || row.info.id.ends_with("-file")) row.set(settings, name());
      };
      state.training.data_set = "file";
      fill_rows(model_parameter_table(), state.parameters);
      fill_rows(training_parameter_table(), state.training);
      state.shown = ShownFile{name(), {}};
    };
    fill(session.state);
    for (int i = 0; i < 2; ++i) {
      Experiment& experiment = session.runs.emplace_back();
      fill(experiment.start);
      experiment.start.shown = ShownRun{.folder = name(), .file = name()};
      experiment.runs.emplace_back().folder = name();
    }
    const std::size_t of_the_state = 4 + 1;
    QCOMPARE(names.size(), of_the_state + 2 * (of_the_state + 3));
    std::set<std::string> seen;
    change_paths(session, [&](const std::string& one, PathUse) {
      seen.insert(one);
      return "new";
    });
    names.erase("name9");   // what the two experiments showed before
    names.erase("name17");  // they showed a run
    QCOMPARE(seen, names);
  }

  void a_session_moves_with_what_it_names() {
    const fs::path here = path("here");
    write(here / "nets/netz.tsv", "# layers=2,1\n0\t2\n");
    static_cast<void>(samples::play_topology(*generate([] {
                                                ModelParameters parameters;
                                                parameters.layer_sizes = {12, 9, 6};
                                                set_from_text(parameters, "sparsity", "0.5");
                                                return parameters;
                                              }())
                                                  .network,
                                             2, here / "runs/seed-1"));
    write(here / "data/train-images", "images");
    Session session;
    session.state.shown = ShownFile{(here / "nets/netz.tsv").string(), {}};
    session.state.parameters.data_folder = session.state.training.data_folder = (here / "data").string();
    session.state.training.run_folder = (here / "runs to come").string();
    session.runs = {experiment_in(here / "runs")};
    session.runs[0].start.shown = ShownRun{"0f-1e", 1, (here / "runs/seed-1").string(), {}, 2, {}};
    write_session(here / "s.dnm.json", session);
    QVERIFY2(!contains(text_of(here / "s.dnm.json"), folder_->path().toStdString()), "it names its own folder");

    fs::rename(here, path("there"));
    const fs::path there = path("there");
    const OpenedFile opened = open_file(there / "s.dnm.json");
    QVERIFY(opened.notices.empty());
    const WorkspaceState& state = opened.session->state;
    QVERIFY(given_network(state));
    QCOMPARE(given_network(state)->link_count(), std::uint64_t{1});
    QCOMPARE(network_file(state), (there / "nets/netz.tsv").string());
    QCOMPARE(state.parameters.data_folder, (there / "data").string());
    QCOMPARE(state.training.data_folder, (there / "data").string());
    QCOMPARE(state.training.run_folder, (there / "runs to come").string());
    Experiment experiment = opened.session->runs.at(0);
    QCOMPARE(experiment.start.training.run_folder, (there / "runs").string());
    QCOMPARE(experiment.runs.at(1).folder, (there / "runs/seed-1").string());
    QVERIFY(read_shown(experiment.start.shown).empty());
    QVERIFY(std::get<ShownRun>(experiment.start.shown).network);
    // Saved again it is the same file.
    const std::string before = text_of(there / "s.dnm.json");
    write_session(there / "s.dnm.json", *opened.session);
    QCOMPARE(text_of(there / "s.dnm.json"), before);
  }

  void what_lies_elsewhere_keeps_its_place() {
    write(path("nets/netz.tsv"), "0\t1\n");
    fs::create_directories(path("here"));
    Session session;
    session.state.shown = ShownFile{path("nets/netz.tsv").string(), {}};
    write_session(path("here/s.dnm.json"), session);
    QVERIFY(contains(text_of(path("here/s.dnm.json")), path("nets/netz.tsv").string()));
    // A folder whose name only begins alike is another one.
    session.state.shown = ShownFile{path("here and there/netz.tsv").string(), {}};
    write_session(path("here/s.dnm.json"), session);
    QVERIFY(contains(text_of(path("here/s.dnm.json")), path("here and there/netz.tsv").string()));
    fs::rename(path("here"), path("moved"));
    QCOMPARE(network_file(read_session(path("moved/s.dnm.json")).state), path("here and there/netz.tsv").string());
  }

  void what_an_older_session_names_is_found_beside_it() {
    write(path("s.dnm.json"),
          R"({"format": "dnm-session", "version": 1, "network_file": "/gone/proj/nets/netz.tsv",
              "training": {"run-dir": "/gone/proj/runs", "data-dir": "/gone/proj/images"}})");
    write(path("netz.tsv"), "0\t1\n");
    OpenedFile opened = open_file(path("s.dnm.json"));
    QCOMPARE(network_file(opened.session->state), path("netz.tsv").string());
    QVERIFY(given_network(opened.session->state));
    QCOMPARE(opened.notices.size(), std::size_t{1});
    QVERIFY2(contains(opened.notices[0], "/gone/proj/nets/netz.tsv is gone"), opened.notices[0].c_str());

    // The longest end of the name counts, and one sentence tells of all.
    write(path("nets/netz.tsv"), "0\t1\n1\t2\n");
    write(path("images/one"), "1");
    write(path("runs/other"), "1");
    opened = open_file(path("s.dnm.json"));
    QCOMPARE(given_network(opened.session->state)->link_count(), std::uint64_t{2});
    QCOMPARE(opened.session->state.training.data_folder, path("images").string());
    QCOMPARE(opened.notices.size(), std::size_t{1});
    QVERIFY2(contains(opened.notices[0], "and 1 more"), opened.notices[0].c_str());
    // Runs to come do not go where other runs happen to be.
    QCOMPARE(opened.session->state.training.run_folder, std::string("/gone/proj/runs"));
  }

  void runs_of_an_older_session_are_found_beside_it() {
    Session session;
    session.runs = {experiment_in("/gone/proj/runs/night")};
    write(path("s.dnm.json"), session_to_json(session));
    fs::create_directories(path("runs/night/seed-0"));
    fs::create_directories(path("runs/night/seed-1"));
    fs::create_directories(path("seed-1"));
    const Session read = read_session(path("s.dnm.json"));
    QCOMPARE(read.runs[0].start.training.run_folder, path("runs/night").string());
    QCOMPARE(read.runs[0].runs[0].folder, path("runs/night/seed-0").string());
    QCOMPARE(read.runs[0].runs[1].folder, path("runs/night/seed-1").string());
    QVERIFY(!read.found_elsewhere.empty());
  }

  /// As a figure of the window names a run in the usual folder: by its last part alone.
  void a_run_of_the_user_is_found_by_its_name() {
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString(path("home").string()));
    fs::create_directories(user_runs_folder() / "2026-11-30-1405-SET");
    Session session;
    session.state.shown = ShownRun{.folder = "2026-11-30-1405-SET"};
    write(path("s.dnm.json"), session_to_json(session));
    const Session read = read_session(path("s.dnm.json"));
    const fs::path beside = path("2026-11-30-1405-SET");
    fs::create_directories(beside);
    const Session nearer = read_session(path("s.dnm.json"));
    const std::string expected = (user_runs_folder() / "2026-11-30-1405-SET").string();
    qputenv("XDG_DATA_HOME", before);
    QCOMPARE(std::get<ShownRun>(read.state.shown).folder, expected);
    QVERIFY2(contains(read.found_elsewhere, "2026-11-30-1405-SET is not beside"), read.found_elsewhere.c_str());
    QCOMPARE(std::get<ShownRun>(nearer.state.shown).folder, beside.string());
    QVERIFY(nearer.found_elsewhere.empty());
  }

  void a_run_under_one_of_several_seeds_is_found_by_its_name() {
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString(path("home").string()));
    const fs::path run = user_runs_folder() / "2026-11-30-1405-SET" / "seed-2";
    fs::create_directories(run);
    Session session;
    session.state.shown = ShownRun{.folder = run.string()};
    write(path("figures/s.dnm.json"), exported_session(session, path("figures/s.dnm.json")));
    const Session read = read_session(path("figures/s.dnm.json"));
    fs::create_directories(path("figures/2026-11-30-1405-SET/seed-2"));
    const Session nearer = read_session(path("figures/s.dnm.json"));
    qputenv("XDG_DATA_HOME", before);
    QCOMPARE(std::get<ShownRun>(read.state.shown).folder, run.string());
    QVERIFY(!read.found_elsewhere.empty());
    QCOMPARE(std::get<ShownRun>(nearer.state.shown).folder, path("figures/2026-11-30-1405-SET/seed-2").string());
  }

  void a_session_opens_without_its_network() {
    const fs::path network = path("netz.tsv");
    write(network, "0\t1\n");
    Session session;
    session.state.parameters.seed = 7;
    session.state.training.epochs = 3;
    session.state.shown = ShownFile{network.string(), {}};
    session.runs = {experiment_in(path("runs"))};
    write_session(path("s.dnm.json"), session);
    const std::string saved = text_of(path("s.dnm.json"));
    const auto opens_without_it = [&] {
      const OpenedFile opened = open_file(path("s.dnm.json"));
      const WorkspaceState& state = opened.session->state;
      QVERIFY(!given_network(state));
      QVERIFY2(contains(network_problem(state), "netz.tsv"), network_problem(state).c_str());
      QCOMPARE(network_file(state), network.string());
      QCOMPARE(state.parameters.seed, std::uint64_t{7});
      QCOMPARE(state.training.epochs, std::int64_t{3});
      QCOMPARE(opened.session->runs.size(), std::size_t{1});
      write_session(path("again.dnm.json"), *opened.session);
      QCOMPARE(text_of(path("again.dnm.json")), saved);
    };
    fs::remove(network);
    opens_without_it();
    write(network, "one\ttwo\tthree\tfour\n\"");
    fs::resize_file(network, 0);
    fs::permissions(network, fs::perms::none);
    fs::remove(network);
    fs::create_directories(network);
    opens_without_it();
    fs::remove(network);
    write(network, "0\t1\n");
    const OpenedFile opened = open_file(path("s.dnm.json"));
    QVERIFY(given_network(opened.session->state) && network_problem(opened.session->state).empty());
  }

  void links_lead_to_the_same_names() {
    write(path("real/netz.tsv"), "0\t1\n");
    fs::create_directory_symlink(path("real"), path("link"));
    Session session;
    // The session by one name of the folder, the network by another.
    session.state.shown = ShownFile{path("real/netz.tsv").string(), {}};
    write_session(path("link/s.dnm.json"), session);
    QVERIFY(contains(text_of(path("real/s.dnm.json")), R"("network_file": "netz.tsv")"));
    // Through a link to the file itself, names start where the file is.
    fs::create_symlink(path("real/s.dnm.json"), path("short.dnm.json"));
    QVERIFY(given_network(open_file(path("short.dnm.json")).session->state));
    write_session(path("short.dnm.json"), read_session(path("short.dnm.json")));
    QVERIFY(contains(text_of(path("real/s.dnm.json")), R"("network_file": "netz.tsv")"));
  }

  void typed_names_are_those_of_the_current_folder() {
    const fs::path before = fs::current_path();
    fs::create_directories(path("work"));
    fs::create_directories(path("sessions"));
    fs::current_path(path("work"));
    Session session;
    session.state.training.run_folder = "runs";
    session.state.training.data_folder = "../sessions/data";
    write_session("../sessions/s.dnm.json", session);
    fs::current_path(before);
    const TrainingSettings read = read_session(path("sessions/s.dnm.json")).state.training;
    QCOMPARE(fs::weakly_canonical(read.run_folder), fs::weakly_canonical(path("work/runs")));
    QCOMPARE(read.data_folder, path("sessions/data").string());
    QVERIFY(contains(text_of(path("sessions/s.dnm.json")), R"("data-dir": "data")"));
    // The folder of the session itself, and names that begin at home.
    session.state.training.data_folder = path("sessions").string();
    session.state.training.run_folder = "~/runs";
    write_session(path("sessions/s.dnm.json"), session);
    const TrainingSettings own = read_session(path("sessions/s.dnm.json")).state.training;
    QCOMPARE(own.data_folder, path("sessions").string());
    // One that begins at home is kept as it was typed, and read as it is from there.
    QVERIFY(contains(text_of(path("sessions/s.dnm.json")), R"("run-dir": "~/runs")"));
    QCOMPARE(own.run_folder, qEnvironmentVariable("HOME").toStdString() + "/runs");
  }
};

DNM_TEST(TestSessionPaths)
#include "test_session_paths.moc"
