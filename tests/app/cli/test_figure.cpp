// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "app/workspace/session/opened_file.h"
#include "core/models/initialiser.h"
#include "core/support/version.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/app/played_topology.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm figure without a display: formats, what they carry, and refusals.
class TestFigure : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void writes_every_format_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("magic");
    QTest::newRow("svg") << QString("figure.svg") << QByteArray("<?xml");
    QTest::newRow("pdf") << QString("figure.pdf") << QByteArray("%PDF");
    QTest::newRow("png") << QString("figure.png") << QByteArray("\x89PNG");
  }
  void writes_every_format() {
    QFETCH(QString, name);
    QFETCH(QByteArray, magic);
    const Outcome outcome = run({"figure", "--layers", "20,30,20", "--seed", "4", "-o", name});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(content(name).startsWith(magic));
  }

  void svg_holds_measures_parameters_and_command() {
    QVERIFY(run({"figure", "--preset", "poster-b", "--seed", "4", "-o", "b.svg"}).status == 0);
    const QByteArray svg = content("b.svg");
    for (const char* text : {"standard", "--seed 4", "--fill anywhere", dnm::program_version()}) {
      QVERIFY2(svg.contains(text), text);
    }
  }

  /// Its title included, which no parameter has.
  void a_figure_of_a_preset_is_drawn_again_by_its_command() {
    for (const char* panel : {"all", "matrix", "degree"}) {
      QVERIFY(run({"figure", "--preset", "poster-c", "--panel", panel, "-o", "c.svg"}).status == 0);
      const QByteArray first = content("c.svg");
      QVERIFY(QFile::remove(folder_.filePath("c.svg")));
      const QString command = QString::fromUtf8(first).section("<dnm:dnm-command>", 1, 1).section("</dnm:", 0, 0);
      QVERIFY2(command.startsWith("dnm figure ") && !command.contains('&'), qPrintable(command));
      const Outcome outcome = run(command.split(' ').mid(1));
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      const QByteArray end = "</metadata>", again = content("c.svg");
      QVERIFY2(first.mid(first.indexOf(end)) == again.mid(again.indexOf(end)), panel);
    }
  }

  /// A figure is its own session: drawn again from it, it is the same picture.
  void draws_the_session_a_figure_carries_data() {
    QTest::addColumn<QString>("extension");
    for (const char* extension : {"svg", "pdf", "png"}) QTest::newRow(extension) << QString(extension);
  }
  void draws_the_session_a_figure_carries() {
    QFETCH(QString, extension);
    const QStringList options{"--panel", "matrix", "--width", "89mm", "-o"};
    const QString first = "first." + extension;
    QVERIFY(run(QStringList{"figure", "--layers", "20,30,20", "--degree", "uniform:0.5", "--seed", "9"} + options +
                QStringList{first})
                .status == 0);
    const Outcome again = run(QStringList{"figure", "--session", first} + options + QStringList{"again.svg"});
    QVERIFY2(again.status == 0, qPrintable(again.describe()));
    QVERIFY2(again.output.contains("20-30-20") && again.output.contains("seed 9"), again.output.constData());
    QVERIFY(content("again.svg").contains("uniform:0.5"));
  }

  void draws_and_measures_a_run_that_a_session_shows() {
    dnm::Session session;
    session.state.parameters.layer_sizes = {20, 30, 20};
    const dnm::NetworkPointer network = dnm::generate(session.state.parameters).network;
    const auto played = samples::play_topology(*network, 3, folder_.filePath("run").toStdString());
    session.state.shown = dnm::ShownRun{"0f-1e", 0, folder_.filePath("run").toStdString(), {}, 3, {}};
    dnm::write_session(folder_.filePath("run.dnm.json").toStdString(), session);
    QVERIFY(run({"figure", "--session", "run.dnm.json", "--panel", "layers", "-o", "run.svg"}).status == 0);
    const dnm::Session carried = dnm::session_in_file(folder_.filePath("run.svg").toStdString());
    QVERIFY(carried.state.shown == session.state.shown);
    const Outcome measured = run({"measure", "run.dnm.json", "--json"});
    QVERIFY2(measured.status == 0, qPrintable(measured.describe()));
    QCOMPARE(measured.json()["edges"].toInt(), static_cast<int>(played.networks[3]->link_count()));
    QVERIFY(measured.json()["parameters"].isNull());

    std::get<dnm::ShownRun>(session.state.shown).update = 4;
    dnm::write_session(folder_.filePath("run.dnm.json").toStdString(), session);
    const Outcome beyond = run({"figure", "--session", "run.dnm.json", "--panel", "layers", "-o", "beyond.svg"});
    const auto is_refused = [&](const Outcome& outcome, const char* why) {
      return outcome.status == 1 && outcome.is_one_sentence() && outcome.errors.contains(why) &&
             !QFile::exists(folder_.filePath("beyond.svg"));
    };
    QVERIFY2(is_refused(beyond, "after update 4"), qPrintable(beyond.describe()));
    // Neither is the model drawn or measured in place of a run whose folder is away.
    QVERIFY(QFile::copy(folder_.filePath("run.svg"), folder_.filePath("away.svg")));
    QVERIFY(QDir(folder_.path()).rename("run", "moved"));
    for (const QStringList& command :
         {QStringList{"figure", "--session", "away.svg", "-o", "beyond.svg"},
          QStringList{"figure", "--session", "run.dnm.json", "-o", "beyond.svg"},
          QStringList{"figure", "run.dnm.json", "-o", "beyond.svg"}, QStringList{"measure", "run.dnm.json", "--json"},
          QStringList{"embed", "run.dnm.json", "-o", "beyond.svg"}}) {
      const Outcome away = run(command);
      QVERIFY2(is_refused(away, "no run folder"), qPrintable(away.describe()));
    }
    QVERIFY(QDir(folder_.path()).rename("moved", "run"));
  }

  void damaged_runs_of_a_session_are_noted() {
    dnm::Session session;
    session.state.parameters.layer_sizes = {20, 30, 20};
    QByteArray text = QByteArray::fromStdString(dnm::session_to_json(session));
    text.insert(text.indexOf('{') + 1, "\"runs\": 7,");
    QFile file(folder_.filePath("damaged.dnm.json"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    for (const QStringList& input : {QStringList{"--session", "damaged.dnm.json"}, QStringList{"damaged.dnm.json"}}) {
      const Outcome outcome =
          run(QStringList{"figure"} + input + QStringList{"--panel", "layers", "-o", "damaged.svg"});
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      QCOMPARE(outcome.errors.count("note: The runs in this session are damaged"), 1);
    }
  }

  void draws_network_files() {
    const QString karate = QString(dnm::test::reference_folder()) + "/karate.tsv";
    const Outcome outcome = run({"figure", karate, "-o", "karate.svg"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(content("karate.svg").contains("2.408"));
  }

  void colours_orders_and_embeds_as_asked() {
    const QStringList network{"figure", "--layers", "20,30,20", "--seed", "4"};
    const auto svg = [&](const QStringList& more) {
      const Outcome outcome = run(network + more + QStringList{"-o", "asked.svg"});
      if (outcome.status != 0) qWarning("%s", qPrintable(outcome.describe()));
      return outcome.status == 0 ? content("asked.svg") : QByteArray();
    };
    const QByteArray plain = svg({"--panel", "layers"});
    for (const char* color : {"community", "degree", "angle"}) {
      const QByteArray colored = svg({"--panel", "layers", "--color", color});
      QVERIFY(colored.contains(color == QByteArray("community") ? "communities" : color));
      QVERIFY(!plain.contains(QByteArray("--color ") + color));
      QVERIFY(colored.contains(QByteArray("--color ") + color));
    }
    QVERIFY(svg({"--panel", "matrix", "--order", "community"}).contains("by community"));
    QVERIFY(svg({"--panel", "disk", "--method", "original-ISO-EA", "--disk", "native"}).contains("--disk native"));
    QVERIFY(svg({"--panel", "all", "--measured-layer", "2"}).contains("layer 2:"));
  }

  /// What a session says of the pictures holds, unless an option says otherwise.
  void a_session_tells_how_it_is_drawn() {
    QVERIFY(
        run({"figure", "--layers", "20,30,20", "--panel", "layers", "--color", "degree", "-o", "degree.svg"}).status ==
        0);
    QVERIFY(run({"figure", "--session", "degree.svg", "--panel", "layers", "-o", "again.svg"}).status == 0);
    QVERIFY(content("again.svg").contains("--color degree"));
    QVERIFY(
        run({"figure", "--session", "degree.svg", "--panel", "layers", "--color", "layer", "-o", "again.svg"}).status ==
        0);
    QVERIFY(!content("again.svg").contains("--color degree"));
  }

  void draws_the_degree_distribution() {
    const QString karate = QString(dnm::test::reference_folder()) + "/karate.tsv";
    QVERIFY(run({"figure", karate, "--panel", "degree", "-o", "degree.svg"}).status == 0);
    QVERIFY(content("degree.svg").contains("γ = 2.12"));
    QVERIFY(run({"figure", "--model", "random", "--layers", "30,40", "--panel", "degree", "-o", "none.svg"}).status ==
            0);
    QVERIFY(content("none.svg").contains("power law"));
  }

  void says_why_a_value_is_missing() {
    // Every neuron has one link: there are no two degrees to fit a power law to.
    QFile ring(folder_.filePath("ring.tsv"));
    QVERIFY(ring.open(QIODevice::WriteOnly));
    for (int node = 0; node < 12; ++node)
      ring.write(QByteArray::number(node) + "\t" + QByteArray::number((node + 1) % 12) + "\n");
    ring.close();
    const Outcome outcome = run({"figure", "ring.tsv", "-o", "ring.svg"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(content("ring.svg").contains("n/a: "));
  }

  void a_pdf_of_thousands_of_links_stays_small() {
    QVERIFY(run({"figure", "--preset", "poster-a", "-o", "a.pdf"}).status == 0);
    QVERIFY2(content("a.pdf").size() < 800000, qPrintable(QString::number(content("a.pdf").size())));
  }

  void refuses_bad_input_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("must_hold");
    const auto row = [](const char* name, const QStringList& more, const char* must_hold) {
      QTest::newRow(name) << more << QString::fromUtf8(must_hold);
    };
    row("unknown format", {"-o", "x.bmp"}, ".svg, .pdf, .png or .tiff");
    row("unknown name of panel", {"-o", "x.svg", "--panel", "matrx"}, "did you mean \"matrix\"?");
    row("unknown name of colouring", {"-o", "x.svg", "--color", "comunity"}, "community");
    row("unknown name of embedding", {"-o", "x.svg", "--method", "RA3-LE-EA"}, "RA3");
    row("layer that is not there", {"-o", "x.svg", "--measured-layer", "7"}, "no layer 7");
    row("negative layer", {"-o", "x.svg", "--measured-layer", "-1"}, "measured-layer = -1 is out of range");
    row("width in words", {"-o", "x.svg", "--width", "wide"}, "183mm");
    row("no width", {"-o", "x.svg", "--width", "0mm"}, "0 mm wide");
    row("width of a house", {"-o", "x.svg", "--width", "12000mm"}, "12000 mm wide");
    row("height too low", {"-o", "x.svg", "--height", "21mm"}, "too low");
    row("row without pictures", {"-o", "x.svg", "--panel", "matrix /"}, "empty row");
    row("unknown name of network", {"-o", "x.svg", "--panel", "poster-e:matrix"}, "did you mean");
    row("dendrites of nobody", {"-o", "x.svg", "--panel", "neuron"}, "select one");
    row("too fine", {"-o", "x.png", "--dpi", "9999"}, "dpi");
    row("missing folder", {"-o", "missing/x.svg"}, "missing/x.svg");
    row("missing session", {"-o", "x.svg", "--session", "none.dnm.json"}, "none.dnm.json");
    row("picture without session", {"-o", "x.svg", "--session", "plain.svg"}, "plain.svg");
    row("missing network", {"none.npz", "-o", "x.svg"}, "none.npz");
  }
  void refuses_bad_input() {
    QFETCH(QStringList, more);
    QFETCH(QString, must_hold);
    QFile plain(folder_.filePath("plain.svg"));
    QVERIFY(plain.open(QIODevice::WriteOnly));
    plain.write("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    plain.close();
    const Outcome outcome = run(QStringList{"figure"} + more);
    QCOMPARE(outcome.status, QByteArray(QTest::currentDataTag()).startsWith("unknown name") ? 2 : 1);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(must_hold.toUtf8()), outcome.errors.constData());
    QVERIFY(!QFile::exists(folder_.filePath("x.svg")));
  }

  /// The command that a figure carries draws the same page again.
  void a_page_of_several_networks_is_drawn_again_by_its_command() {
    QVERIFY(run({"generate", "--layers", "12,10,8", "-o", "small.npz"}).status == 0);
    const QStringList page{"--panel",   "matrix layers / poster-b:matrix small.npz:measures",
                           "--layers",  "14,10",
                           "--letters", "--font",
                           "dejavu",    "--height",
                           "120mm"};
    const Outcome outcome = run(QStringList{"figure", "-o", "page.svg"} + page);
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QByteArray svg = content("page.svg");
    for (const char* text : {">a<", ">d<", "standard", ">small<", "Leiden", "height=\"120mm\""}) {
      QVERIFY2(svg.contains(text), text);
    }
    QString command = QString::fromUtf8(svg).section("<dnm:dnm-command>", 1, 1).section("</dnm:dnm-command>", 0, 0);
    command.replace("&quot;", "\"").replace("page.svg", "again.svg");
    const QStringList words = QProcess::splitCommand(command.replace('\'', '"'));
    QVERIFY2(run(words.mid(1)).status == 0, qPrintable(command));
    const auto drawing = [this](const char* name) {
      const QByteArray bytes = content(name);
      return bytes.mid(bytes.indexOf("</metadata>"));
    };
    QVERIFY(drawing("again.svg") == drawing("page.svg"));
  }

  void whole_figures_have_names() {
    const Outcome outcome = run({"figure", "--preset", "poster-characterization", "-o", "poster.svg"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QByteArray svg = content("poster.svg");
    QCOMPARE(svg.count(">W2<"), qsizetype{4});
    for (const char* text : {"random", "standard", "degree spatial Gaussian", "synapses spatial Gaussian"}) {
      QVERIFY2(svg.contains(text), text);
    }
  }

  void draws_training_runs() {
    for (const int seed : {0, 1}) {
      QVERIFY(QDir(folder_.path()).mkpath(QStringLiteral("runs & co/seed-%1").arg(seed)));
      QFile file(folder_.filePath(QStringLiteral("runs & co/seed-%1/epochs.csv").arg(seed)));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write("seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds\n");
      for (int epoch = 1; epoch <= 3; ++epoch)
        file.write(
            QStringLiteral("%1,%2,0.5,0.8,0.%3,,100,1\n").arg(seed).arg(epoch).arg(70 + 2 * epoch + seed).toUtf8());
    }
    const Outcome outcome = run({"figure", "--run-dir", "runs & co", "--smoothing", "0.5", "-o", "runs.svg"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QByteArray svg = content("runs.svg");
    // The last epochs are 76 and 77 %: mean 76.5, standard error 0.5.
    for (const char* text : {"76.50 ± 0.50 %", "N = 2", "best on test", "--smoothing 0.5", "runs &amp; co"}) {
      QVERIFY2(svg.contains(text), text);
    }
    QVERIFY(run({"figure", "--run-dir", "runs & co", "--panel", "loss", "-o", "loss.pdf"}).status == 0);
    QVERIFY(content("loss.pdf").startsWith("%PDF"));
    const auto refused = [&](const QStringList& more, int status, const char* words) {
      const Outcome told = run(QStringList{"figure", "-o", "no.svg"} + more);
      QVERIFY2(told.status == status && told.errors.contains(words), qPrintable(told.describe()));
      QVERIFY(content("no.svg").isEmpty());
    };
    // A comma parts folders, unless it belongs to a name.
    QVERIFY(QDir(folder_.path()).mkpath("a, b"));
    QVERIFY(QDir().rename(folder_.filePath("runs & co/seed-1"), folder_.filePath("a, b/seed-1")));
    const auto drawn = [&](const QStringList& folders) {
      const Outcome told = run(QStringList{"figure", "-o", "lists.svg"} + folders);
      return told.status == 0 ? QString::fromUtf8(told.output) : told.describe();
    };
    QCOMPARE(drawn({"--run-dir", "a, b"}), "lists.svg: a, b\n");
    QCOMPARE(drawn({"--run-dir", "a, b,runs & co"}), "lists.svg: a, b; runs & co\n");
    QCOMPARE(drawn({"--run-dir", "runs & co,a, b"}), "lists.svg: runs & co; a, b\n");
    QCOMPARE(drawn({"--run-dir", "runs & co", "--run-dir", "a, b"}), "lists.svg: runs & co; a, b\n");
    QCOMPARE(drawn({"--run-dir", "runs & co", "a, b"}), "lists.svg: runs & co; a, b\n");
    refused({"--run-dir", "runs & co,nowhere,a, b"}, 1, "there is no folder nowhere");
    refused({"--run-dir", "nowhere"}, 1, "there is no folder nowhere");
    refused({"--run-dir", "runs & co", "--panel", "curve"}, 2, "did you mean \"curves\"");
    refused({"--run-dir", "runs & co", "--smoothing", "1"}, 1, "--smoothing");
    refused({"--run-dir", "runs & co", "--preset", "poster-b"}, 2, "not both");
  }
};

DNM_TEST(TestFigure, QCoreApplication)
#include "test_figure.moc"
