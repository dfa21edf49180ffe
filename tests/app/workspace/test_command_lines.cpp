// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include "app/workspace/command_lines.h"
#include "core/files/presets.h"
#include "core/support/shell_word.h"
#include "tests/support/test_class.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

class TestCommandLines : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void words_of_a_command_line_survive_a_shell() {
    for (const char* word : {"plain-word_1.npz", "with space", "it's", "$HOME", "", "a;b", "Ä"}) {
      QProcess shell;
      shell.start("/bin/sh", {"-c", "printf %s " + QString::fromStdString(shell_word(word))});
      QVERIFY(shell.waitForFinished());
      QCOMPARE(shell.readAllStandardOutput(), QByteArray(word));
    }
  }

  void options_are_those_that_differ() {
    WorkspaceState state;
    const std::string network = "--model dnm";
    const std::string plain = measure_command_line(state);
    QVERIFY(plain.starts_with("dnm measure " + network));
    QCOMPARE(generate_command_line(state), "dnm generate" + plain.substr(std::string("dnm measure").size()));
    const FigureOutput output{"all", {"89mm"}, "a figure.pdf"};
    const std::string figure = "dnm figure" + plain.substr(std::string("dnm measure").size());
    const std::string end = " --panel all --width 89mm -o 'a figure.pdf'";
    QCOMPARE(figure_command_line(state, output), figure + end);
    ViewSettings& view = state.view;
    view.pictures.node_coloring = "degree";
    view.pictures.disk = DiskProjection::Kind::native;
    view.measures.modularity_runs = 3;
    view.embedding.reduction = Reduction::nciso;
    view.measured_layer = 1;
    QCOMPARE(figure_command_line(state, output),
             figure + " --runs 3 --color degree --disk native --method RA1-ncISO-EA --measured-layer 2" + end);
    QCOMPARE(measure_command_line(state), plain + " --runs 3");
    // The window measures all of a network that lost the layer; so does the figure's command.
    view.measured_layer = 2;
    QCOMPARE(figure_command_line(state, output),
             figure + " --runs 3 --color degree --disk native --method RA1-ncISO-EA" + end);
    state.parameters.layer_sizes = {98, 196, 196, 50};
    QVERIFY(figure_command_line(state, output).find(" --measured-layer 3 ") != std::string::npos);
  }

  void a_network_file_still_to_be_read_names_the_command() {
    WorkspaceState state;
    state.shown = ShownFile{"/some/where/a net.npz", {}};
    const std::string line = training_command_line(state);
    QVERIFY2(line.starts_with("dnm train '/some/where/a net.npz' "), line.c_str());
    QVERIFY(training_seeds(state) == std::vector<std::uint64_t>{0});
    QCOMPARE(measure_command_line(state), std::string("dnm measure '/some/where/a net.npz'"));
  }

  void the_command_reads_the_file_as_it_is_shown() {
    WorkspaceState state;
    ShownFile file{"/net.mtx", {}};
    file.reading = {ReadAs::graph, {"fc1", "fc 2"}, ".mtx"};
    state.shown = file;
    QCOMPARE(measure_command_line(state),
             std::string("dnm measure /net.mtx --as graph --format .mtx --tensors 'fc1,fc 2'"));
  }

  void a_moment_of_a_run_is_named_by_its_folder() {
    WorkspaceState state;
    for (const char* file : {"", "net.npz"}) {
      state.shown = ShownRun{"0f-1e", 0, "/runs/seed-0", file, 3, {}};
      QCOMPARE(measure_command_line(state), std::string("dnm measure /runs/seed-0 --update 3"));
      QVERIFY(training_command_line(state).starts_with("dnm train /runs/seed-0 --update 3 --data "));
      std::get<ShownRun>(state.shown).folder.clear();
      QCOMPARE(measure_command_line(state), std::string());
      QCOMPARE(training_command_line(state), std::string());
    }
    state.shown = ShownRun{"0f-1e", 0, "/runs/seed-0", {}, 3, {}};
    state.parameters.seed = 7;
    QCOMPARE(measure_command_line(state), std::string("dnm measure /runs/seed-0 --update 3 --seed 7"));
  }

  void a_training_command_tells_its_model() {
    WorkspaceState state;
    state.parameters.layer_sizes = {784, 64, 32};
    state.parameters.seed = 4;
    set_from_text(state.parameters, "sparsity", "0.95");
    set_from_text(state.parameters, "degree", "2=spatial-gaussian:2");
    set_from_text(state.parameters, "dendrites", "uniform:5,1");
    state.training.method = "chts";
    const auto model = trained_model(training_command_line(state));
    QVERIFY(model.has_value());
    QVERIFY(*model == state.parameters);
    QVERIFY(trained_model("dnm train --preset poster-b --hidden 8,8 --json --seeds 1,2") ==
            std::optional(preset("poster-b").parameters));
    QVERIFY(trained_model("build/bin/dnm train --sparsity=0.75 --model random")->shared.sparsity == 0.75);
    // What names a network of its own, or what is not known, tells none.
    for (const char* line : {"dnm train net.npz --epochs 3", "dnm train --epochs 3 net.npz", "dnm train --json net.npz",
                             "dnm train --unheard-of 3", "dnm train --epochs", "dnm measure --sparsity 0.5", "", "dnm",
                             "dnm train --sparsity 7"})
      QVERIFY2(!trained_model(line), line);
  }

  void the_command_line_names_the_seeds() {
    WorkspaceState state;
    state.parameters.seed = 4;
    QVERIFY(QString::fromStdString(training_command_line(state)).contains(" --seed 4"));
    QVERIFY(!QString::fromStdString(training_command_line(state)).contains("--seeds"));
    state.seeds = {4, 5};
    const QString line = QString::fromStdString(training_command_line(state));
    QVERIFY(line.endsWith(" --seeds 4,5"));
    QVERIFY(!line.contains("--seed 4"));
    state.parameters.initialiser = "csti";  // names its data set too
    QCOMPARE(QString::fromStdString(training_command_line(state)).count("--data "), 1);
  }
};

DNM_TEST(TestCommandLines, QCoreApplication)
#include "test_command_lines.moc"
