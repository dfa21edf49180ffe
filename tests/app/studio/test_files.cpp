// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPoint>
#include <QPointF>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <cmath>
#include <memory>

#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "driver.h"
#include "tests/app/played_topology.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Opening, saving and exporting, good and bad.
class TestFiles : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<Window> window_;

  static QString reference(const char* name) { return QString(dnm::test::reference_folder()) + "/" + name; }
  QString write(const char* name, const QByteArray& bytes) {
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("cannot write %s", name);
    return file.fileName();
  }
  bool open(const QString& path) {
    window_->files().open(path);
    return QTest::qWaitFor([&] { return !window_->files().is_busy(); }, 20000);
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void a_network_opens_is_measured_and_can_be_undone() {
    QVERIFY(open(reference("karate.tsv")));
    QVERIFY(given_network(window_->document().state()));
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().current_network()->node_count(), 34U);
    // The reference value of the karate club: L = 2.408199643.
    QVERIFY(std::abs(*window_->live().snapshot().measures[0].value->value - 2.408199643) < 1e-9);
    QVERIFY(window_->document().is_modified());
    window_->document().undo();
    QVERIFY(!given_network(window_->document().state()));
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().current_network()->link_count(), 5763U);

    window_->document().redo();
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.8);  // draws a network of its own again
    QVERIFY(!given_network(window_->document().state()));
  }

  void a_network_file_is_read_in_the_other_way() {
    const QString path = folder_.filePath("two.csv");
    {
      QFile file(path);
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write("source,target\na,x\nb,x\nb,y\n");
    }
    auto* graph = find<QAction>(*window_, "network-read-graph");
    auto* layers = find<QAction>(*window_, "network-read-layers");
    QVERIFY(!graph->isEnabled() && !layers->isEnabled());
    const auto shown = [&] { return std::get<ShownFile>(window_->document().state().shown); };
    const auto trigger = [&](QAction* action) {
      action->trigger();
      return QTest::qWaitFor([&] { return !window_->files().is_busy(); }, 20000) && wait_until_fresh(*window_);
    };
    QVERIFY(open(path) && wait_until_fresh(*window_));
    QVERIFY(!graph->isEnabled() && layers->isEnabled() && !shown().network->is_layered());
    QVERIFY(trigger(layers));
    QVERIFY(graph->isEnabled() && !layers->isEnabled());
    QVERIFY(shown().network->layer_sizes() == (std::vector<NodeIndex>{2, 2}) && shown().reading.as == ReadAs::layers);
    QCOMPARE(window_->live().current_network()->name_of(3), std::string_view("y"));
    // The session keeps it, and it can be undone.
    const QString session = folder_.filePath("reading.dnm.json");
    QVERIFY(window_->files().save_session_to(session));
    window_->document().undo();
    QVERIFY(!shown().network->is_layered());
    QVERIFY(window_->files().save_session_to(folder_.filePath("undone.dnm.json")));
    QVERIFY(open(session));
    QVERIFY(shown().network->is_layered());
    QVERIFY(trigger(graph));
    QVERIFY(!shown().network->is_layered() && shown().reading.as == ReadAs::graph);
  }

  void networks_of_nothing_are_empty_pictures() {
    for (const char* content : {"# N=0 E=0\n", "# N=3 E=0\n", "# layers=2,3\n# N=5 E=0\n"}) {
      const QString path = folder_.filePath("nothing.tsv");
      QFile file(path);
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(content);
      file.close();
      QVERIFY(open(path));
      QVERIFY2(wait_until_fresh(*window_), content);
      QCOMPARE(window_->live().current_network()->link_count(), std::uint64_t{0});
    }
  }

  void a_network_survives_the_way_to_a_file_and_back() {
    const NetworkPointer drawn = window_->live().current_network();
    for (const char* name : {"net.npz", "net.tsv", "net.graphml", "net.mtx", "net.net"}) {
      window_->files().save_network(folder_.filePath(name));
      QTRY_VERIFY(!window_->files().is_busy());
      QVERIFY(*read_network(folder_.filePath(name).toStdString()).network == *drawn);
      QVERIFY(open(folder_.filePath(name)));
      QVERIFY(wait_until_fresh(*window_));
      QVERIFY(*window_->live().current_network() == *drawn);
    }
  }

  void a_session_survives_the_way_to_a_file_and_back() {
    choose(*find<QComboBox>(*window_, "degree-family"), "spatial-gaussian");
    find<QDoubleSpinBox>(*window_, "measure-draws-spin")->setValue(5);
    find<QDoubleSpinBox>(*window_, "epochs-spin")->setValue(7);
    QVERIFY(window_->isWindowModified());
    const WorkspaceState state = window_->document().state();
    const QString path = folder_.filePath("kept.dnm.json");
    QVERIFY(window_->files().save_session_to(path));
    QVERIFY(!window_->isWindowModified());
    QVERIFY(window_->windowTitle().startsWith("kept.dnm.json"));
    window_->files().new_session();
    QVERIFY(window_->document().state() == WorkspaceState{});
    QVERIFY(open(path));
    QVERIFY(window_->document().state() == state);
    QVERIFY(!window_->isWindowModified());
  }

  void a_session_of_an_opened_network_brings_it_back() {
    QVERIFY(open(reference("toy_A.tsv")));
    const QString path = folder_.filePath("toy.dnm.json");
    QVERIFY(window_->files().save_session_to(path));
    const Network toy = *given_network(window_->document().state());
    window_->files().new_session();
    QVERIFY(open(path));
    QVERIFY(given_network(window_->document().state()));
    QVERIFY(*given_network(window_->document().state()) == toy);
  }

  void a_run_that_is_shown_comes_back_with_its_session() {
    const ModelParameters parameters = window_->document().state().parameters;
    const samples::PlayedTopology played =
        samples::play_topology(*generate(parameters).network, 3, folder_.filePath("run").toStdString());
    const auto shown_at = [&](std::uint64_t update) {
      return ShownRun{"0f-1e", 0, folder_.filePath("run").toStdString(), {}, update, played.networks[update]};
    };
    window_->live().set_chance_wanted(true);
    const std::size_t steps = window_->document().history().step_count();
    for (std::uint64_t update = 1; update <= 2; ++update) {
      window_->document().replace_shown(shown_at(update));
      QVERIFY(wait_until_fresh(*window_));
      QVERIFY(window_->live().current_network() == played.networks[update]);
    }
    QCOMPARE(window_->document().history().step_count(), steps);
    QVERIFY(window_->live().wants_chance());
    WorkspaceState other = window_->document().state();
    other.shown = shown_at(3);
    window_->document().edit("another run", std::move(other));
    QVERIFY(!window_->live().wants_chance());
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("run with seed 0</b> after 2 updates"));
    const QString session = folder_.filePath("run.dnm.json");
    const QString figure = folder_.filePath("run.svg");
    QVERIFY(window_->files().save_session_to(session));
    window_->files().export_figure({figure, {"183mm"}, "layers"});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(figure) && !window_->files().is_busy(), 60000);
    QVERIFY(window_->messages().messages().filter("not kept").isEmpty());
    window_->messages().clear();
    for (const QString& path : {session, figure}) {
      window_->document().forget_changes();
      window_->files().new_session();
      QVERIFY(open(path));
      QVERIFY(window_->messages().messages().isEmpty());
      QVERIFY(wait_until_fresh(*window_));
      QVERIFY(*window_->live().current_network() == *played.networks[2]);
    }
    find<QPushButton>(*window_, "draw-from-model")->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(*window_->live().current_network() == *played.networks[0]);
    window_->document().undo();
    QVERIFY(*given_network(window_->document().state()) == *played.networks[2]);

    QVERIFY(QDir(folder_.filePath("run")).removeRecursively());
    window_->document().forget_changes();
    QVERIFY(open(session));
    // Nothing takes its place, and the window says so.
    QVERIFY(std::holds_alternative<ShownRun>(window_->document().state().shown));
    QTRY_COMPARE(window_->messages().messages().filter("after update 2: ").size(), 1);
    QTRY_COMPARE(find<QLabel>(*window_, "status-verb")->text(), "No network");
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("cannot be read"));
    for (ViewPane* pane : window_->views().panes()) QTRY_VERIFY(pane->is_dimmed() || !pane->view().shown_network());
    find<QPushButton>(*window_, "draw-from-model")->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(*window_->live().current_network() == *played.networks[0]);
  }

  void saving_and_exporting_tell_that_the_links_of_a_run_are_lost() {
    const NetworkPointer network = generate(window_->document().state().parameters).network;
    window_->document().replace_shown(ShownRun{"0f-1e", 0, {}, {}, 2, network});
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(window_->files().save_session_to(folder_.filePath("lost.dnm.json")));
    QCOMPARE(window_->messages().messages().filter("links of this run are not kept").size(), 1);
    window_->messages().clear();
    window_->files().export_figure({folder_.filePath("lost.svg"), {"183mm"}, "layers"});
    QTRY_COMPARE_WITH_TIMEOUT(window_->messages().messages().filter("links of this run are not kept").size(), 1, 60000);
  }

  void a_network_drawn_from_the_model_stays_while_a_run_rewires_its_own() {
    Experiment experiment;
    experiment.identity = "0f-1e";
    experiment.start = window_->document().state();
    const samples::PlayedTopology played = samples::play_topology(*generate(experiment.start.parameters).network, 3,
                                                                  folder_.filePath("rewired").toStdString());
    ExperimentRun& run = experiment.runs.emplace_back();
    run.waiting = false;
    run.progress.state = RunState::stopped;
    run.on_screen = true;
    const auto report = [&](std::uint64_t update) {
      run.topology = played.layers[update];
      run.topologies_reported = update;
      window_->runs().replace_finished({experiment});
      Q_EMIT window_->runs().rewired({window_->runs().experiments().front().id, 0});
    };
    report(1);
    QVERIFY(*given_network(window_->document().state()) == *played.networks[1]);
    find<QPushButton>(*window_, "draw-from-model")->click();
    report(2);
    QVERIFY(window_->document().state().shown == Shown(ShownModel{}));
    window_->document().undo();
    report(3);
    QVERIFY(*given_network(window_->document().state()) == *played.networks[3]);
  }

  void a_figure_brings_its_session_back() {
    choose(*find<QComboBox>(*window_, "synapses-family"), "spatial-gaussian");
    window_->findChild<QAction*>("color-community")->trigger();
    window_->findChild<QAction*>("reduction-ncISO")->trigger();
    const WorkspaceState state = window_->document().state();
    const qsizetype written = window_->messages().history().filter("Wrote").size();
    for (const char* name : {"figure.svg", "figure.pdf", "figure.png"}) {
      const QString path = folder_.filePath(name);
      window_->files().export_figure({path, {"183mm"}, "all"});
      QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path) && !window_->files().is_busy(), 60000);
      window_->document().forget_changes();
      window_->files().new_session();
      QVERIFY(open(path));
      QVERIFY2(window_->document().state() == state, name);
    }
    QCOMPARE(window_->messages().history().filter("Wrote").size(), written + 3);
    QFile svg(folder_.filePath("figure.svg"));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    const QByteArray words = svg.readAll();
    QVERIFY(words.contains("--color community --method RA1-ncISO-EA"));
    QVERIFY(words.contains("communities"));
  }

  void a_saved_network_brings_communities_and_coordinates_along() {
    QVERIFY(wait_until_fresh(*window_));
    window_->files().save_network(folder_.filePath("attributes.graphml"));
    QTRY_VERIFY(!window_->files().is_busy());
    QFile file(folder_.filePath("attributes.graphml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray words = file.readAll();
    for (const char* attribute : {"community", "theta", "\"r\""}) QVERIFY2(words.contains(attribute), attribute);
  }

  void bad_files_give_one_message_and_change_nothing() {
    window_->files().save_network(folder_.filePath("good.npz"));
    QTRY_VERIFY(!window_->files().is_busy());
    QFile good(folder_.filePath("good.npz"));
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray bytes = good.readAll();
    const QByteArray session = QByteArray::fromStdString(session_to_json(window_->document().session()));
    const QStringList bad = {
        folder_.filePath("missing.npz"),
        folder_.filePath("missing.dnm.json"),
        write("truncated.npz", bytes.first(bytes.size() / 2)),
        write("empty.npz", {}),
        write("text.npz", "this is no archive"),
        write("range.tsv", "# layers=3,3\n0\t77\n"),
        write("words.tsv", "# layers=3,3\none\ttwo\n"),
        write("sparsity.dnm.json", QByteArray(session).replace("0.9", "1.5")),
        write("cut.dnm.json", session.first(session.size() / 2)),
        write("list.dnm.json", "[1, 2, 3]"),
        write("plain.png", "no picture"),
        write("plain.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        write("unknown.xyz", "0\t1\n"),
        folder_.path(),
    };
    const WorkspaceState before = window_->document().state();
    for (const QString& path : bad) {
      window_->messages().clear();
      QVERIFY(open(path));
      QVERIFY2(window_->messages().messages().size() == 1, qPrintable(path));
      const QString message = window_->messages().messages().front();
      qInfo("%s", qPrintable(message));
      QVERIFY2(message.size() > 15 && !message.contains('\n'), qPrintable(message));
      QVERIFY(window_->document().state() == before);
    }
  }

  void what_cannot_be_written_gives_a_message() {
    const QString nowhere = folder_.filePath("no/such/folder/");
    QVERIFY(!window_->files().save_session_to(nowhere + "a.dnm.json"));
    QCOMPARE(window_->messages().messages().size(), 1);
    window_->messages().clear();
    window_->files().save_network(nowhere + "a.npz");
    QTRY_COMPARE(window_->messages().messages().size(), 1);
    window_->messages().clear();
    window_->files().export_figure({nowhere + "a.pdf", {"183mm"}, "all"});
    QTRY_COMPARE(window_->messages().messages().size(), 1);
    window_->messages().clear();
    window_->files().export_figure({folder_.filePath("a.bmp"), {"183mm"}, "all"});
    QTRY_COMPARE(window_->messages().messages().size(), 1);
  }

  void a_dropped_file_opens() {
    auto* data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(reference("karate.tsv"))});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &drop);
    delete data;
    QTRY_VERIFY(given_network(window_->document().state()));
  }

  void unsaved_changes_are_asked_about() {
    Window asking({.keep_settings = false, .ask_for_unsaved = true});
    asking.show();
    QVERIFY(QTest::qWaitForWindowExposed(&asking));
    find<QDoubleSpinBox>(asking, "sparsity-spin")->setValue(0.7);
    asking.close();
    QVERIFY(asking.isVisible());
    QVERIFY(answer(asking, "unsaved-question", "Cancel"));
    QTest::qWait(50);
    QVERIFY(asking.isVisible());
    QVERIFY(asking.document().is_modified());
    asking.close();
    QVERIFY(QTest::qWaitFor([&] { return answer(asking, "unsaved-question", "Discard") || !asking.isVisible(); }));
    QTRY_VERIFY(!asking.isVisible());
  }
};

DNM_TEST(TestFiles, TimedApplication)
#include "test_files.moc"
