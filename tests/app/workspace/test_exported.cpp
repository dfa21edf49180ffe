// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <string>

#include "app/workspace/command_lines.h"
#include "app/workspace/exported.h"
#include "app/workspace/provenance.h"
#include "core/support/shell_word.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using namespace dnm;
using dnm::test::contains;

/// What exported files say of this machine: names, but no folders.
class TestExported : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void names_are_relative_to_the_file_or_alone() {
    const char* const figure = "/home/jane/paper/figures/f.pdf";
    QCOMPARE(exported_name("/home/jane/paper/figures/netz.tsv", figure), std::string("netz.tsv"));
    QCOMPARE(exported_name("/home/jane/paper/figures/nets/netz.tsv", figure), std::string("nets/netz.tsv"));
    QCOMPARE(exported_name("/home/jane/paper/netz.tsv", figure), std::string("netz.tsv"));
    QCOMPARE(exported_name("/home/jane/runs/", figure), std::string("runs"));
    QCOMPARE(exported_name("~/runs", figure), std::string("runs"));
    QCOMPARE(exported_name("/home/jane/runs/2026-SET/seed-3", figure), std::string("2026-SET/seed-3"));
    QCOMPARE(exported_name("/seed-3", figure), std::string("seed-3"));
    QCOMPARE(exported_name("somewhere/netz.tsv", figure), std::string("netz.tsv"));
  }

  void the_words_of_a_command_line_are_found_again() {
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"dnm", "train", "--layers", "2,3"}, {"it's", "a b", "", "$HOME", "'", "x"}}) {
      std::string line;
      for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_word(word);
      QCOMPARE(shell_words(line), words);
    }
    QCOMPARE(shell_words("  a  'b c"), (std::vector<std::string>{"a", "b c"}));
  }

  void command_lines_keep_their_words() {
    const char* const figure = "/home/jane/f.pdf";
    const auto exported = [&](const char* line) { return exported_command_line(line, figure); };
    QCOMPARE(exported("dnm train --layers 784,30 --degree gaussian:5,1.5 --seeds 0,1"),
             std::string("dnm train --layers 784,30 --degree gaussian:5,1.5 --seeds 0,1"));
    QCOMPARE(exported("dnm train /data/nets/a.npz --data-dir '/home/jane doe/mnist' --run-dir runs"),
             std::string("dnm train a.npz --data-dir mnist --run-dir runs"));
    QCOMPARE(exported("dnm figure --run-dir /x/a,/home/jane/b,c --run-dir=/x/y -o /home/jane/f.pdf"),
             std::string("dnm figure --run-dir a,b,c --run-dir=y -o f.pdf"));
  }

  void a_figure_is_drawn_where_its_network_lies_beside_it() {
    WorkspaceState state;
    state.shown = ShownFile{"/home/jane/paper/netz.tsv", {}};
    state.parameters.seed = 5;
    const std::string line = figure_command_line(state, {"all", {"89mm"}, "/home/jane/paper/f.pdf"});
    QVERIFY2(line.starts_with("dnm figure netz.tsv --seed 5 ") && line.ends_with(" -o f.pdf"), line.c_str());
    state = {};
    state.parameters.initialiser = "snip";
    state.parameters.data_folder = "/home/jane/mnist";
    QVERIFY(contains(figure_command_line(state, {"all", {"89mm"}, "/home/jane/f.pdf"}), " --data-dir mnist "));
  }

  /// Every text that a session can hold, known or not, with a folder in it.
  void a_session_in_a_figure_names_no_folder() {
    const QByteArray home = qgetenv("HOME");
    qputenv("HOME", "/home/jane doe");
    const std::string folder = "/home/jane doe/secret";
    const std::string other = "/media/disk/secret";
    Session session;
    session.state.shown = ShownFile{folder + "/nets/netz.tsv", {}};
    session.state.parameters.data_folder = folder + "/images";
    session.state.training.data_folder = other + "/images";
    session.state.training.run_folder = folder + "/runs";
    session.unknown.top = "{'tomorrow': {'places': ['" + folder + "/a', 'see " + other +
                          "/b.txt'], 'command': 'dnm train " + other + "/c.npz --lr 1'}}";
    session.unknown.view = "{'picture': '" + other + "/d.png'}";
    Experiment& experiment = session.runs.emplace_back();
    experiment.name = "trial of " + other + "/netz";
    experiment.start = session.state;
    experiment.start.seeds = {0, 1};
    experiment.unknown_keys = "{'log': '" + folder + "/log.txt'}";
    for (std::string* json : {&session.unknown.top, &session.unknown.view, &experiment.unknown_keys})
      std::ranges::replace(*json, '\'', '"');
    for (const std::uint64_t seed : {0U, 1U}) {
      ExperimentRun& run = experiment.runs.emplace_back();
      run.seed = seed;
      run.waiting = false;
      run.progress.state = RunState::failed;
      run.progress.problem = "cannot write " + folder + "/runs/seed-0/epochs.csv: the disk is full";
      run.notices = {"the file \"" + folder + "/x.npz\" has loops", "nothing of importance"};
      run.folder = folder + "/runs/seed-" + std::to_string(seed);
    }
    for (const char* figure : {"/tmp/figure.svg", "/home/jane doe/figure.pdf"}) {
      const std::string text = exported_session(session, figure);
      for (const std::string& part :
           {folder, other, std::string("/home"), std::string("jane doe"), std::string("/media")})
        QVERIFY2(!contains(text, part), text.c_str());
      const Session read = session_from_json(text);
      QVERIFY(read.damaged_runs.empty());
      QCOMPARE(read.runs.at(0).runs.at(1).notices, std::vector<std::string>{"nothing of importance"});
      QVERIFY(contains(text, "--lr 1"));
    }
    // Elsewhere the folder for runs to come is left out; the run folders keep their order below that of their group.
    const Session elsewhere = session_from_json(exported_session(session, "/tmp/figure.svg"));
    QCOMPARE(network_file(elsewhere.state), std::string("netz.tsv"));
    QCOMPARE(elsewhere.state.training.run_folder, std::string());
    QCOMPARE(elsewhere.state.training.data_folder, std::string("images"));
    QCOMPARE(elsewhere.runs[0].start.training.run_folder, std::string("runs"));
    QCOMPARE(elsewhere.runs[0].runs[1].folder, std::string("runs/seed-1"));
    // Beside it all keeps its place.
    const Session beside = session_from_json(exported_session(session, folder + "/figure.svg"));
    QCOMPARE(network_file(beside.state), std::string("nets/netz.tsv"));
    QCOMPARE(beside.state.training.run_folder, std::string("runs"));
    qputenv("HOME", home);
  }

  void a_session_without_folders_is_carried_as_it_is() {
    Session session;
    session.state.view.measures.modularity_runs = 3;
    set_from_text(session.state.parameters, "degree", "uniform:0.5");
    session.unknown.top = "{\"tomorrow\": \"either/or, 3 images/s, a/b, 1 / 2, https://example.org/x\"}";
    QCOMPARE(exported_session(session, "/home/jane/f.pdf"), session_to_json(session));
  }

  void the_origin_of_a_network_names_no_folder() {
    WorkspaceState state;
    state.parameters.initialiser = "csti";
    state.parameters.data_folder = "/home/jane/mnist";
    const std::string text = provenance_of(state, "/tmp/net.npz");
    QVERIFY2(!contains(text, "/home") && contains(text, R"("data-dir":"mnist")"), text.c_str());
    QVERIFY(contains(text, "--data-dir mnist"));
    // Also what an older version has written into a file; other texts stay as they are.
    for (const auto& [written, kept] : std::vector<std::pair<std::string, std::string>>{
             {R"({"command_line":"dnm generate --data-dir /home/jane/mnist"})",
              R"({"command_line":"dnm generate --data-dir mnist"})"},
             {R"({"command_line": "dnm generate", "n": 1e3})", R"({"command_line": "dnm generate", "n": 1e3})"},
             {"made by hand in /home/jane/nets", "made by hand in nets"},
             {"made by hand", "made by hand"},
             {"{\"a\":\"\\/home\\/jane\\/x\"}", "{\"a\":\"x\"}"},
             {"", ""}}) {
      state.shown = ShownFile{"/x/net.npz", {}, written};
      QCOMPARE(provenance_of(state, "/tmp/net.npz"), kept);
    }
  }
};

DNM_TEST(TestExported)
#include "test_exported.moc"
