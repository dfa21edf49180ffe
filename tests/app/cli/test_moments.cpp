// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "app/workspace/session/opened_file.h"
#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"
#include "training/models/matrix_group.h"
#include "viz/scenes/link_change.h"

namespace {

constexpr std::uint64_t updates = 4;

/// The chunks "ANMF" of an animated WebP, by the container's specification: RIFF chunks of even size.
int webp_frames(const QByteArray& bytes) {
  if (!bytes.startsWith("RIFF") || bytes.mid(8, 4) != "WEBP") return -1;
  int frames = 0;
  for (qsizetype at = 12; at + 8 <= bytes.size();) {
    quint32 size = 0;
    for (int byte = 3; byte >= 0; --byte) size = size << 8U | static_cast<unsigned char>(bytes[at + 4 + byte]);
    if (bytes.mid(at, 4) == "ANMF") ++frames;
    at += 8 + size + size % 2;
  }
  return frames;
}

/// The images of a GIF, by its specification: blocks one after the other. -1 for what is none.
int gif_frames(const QByteArray& bytes) {
  if (!bytes.startsWith("GIF89a")) return -1;
  const auto byte = [&](qsizetype at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0; };
  const auto table = [&](int flags) { return (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0; };
  qsizetype at = 13 + table(byte(10));
  const auto skip_blocks = [&] {
    while (byte(at) != 0) at += byte(at) + 1;
    ++at;
  };
  for (int frames = 0; at < bytes.size();) {
    switch (byte(at)) {
      case 0x21:  // an extension
        at += 2;
        skip_blocks();
        break;
      case 0x2C:  // an image
        at += 10 + table(byte(at + 9)) + 1;
        skip_blocks();
        ++frames;
        break;
      case 0x3B:
        return at + 1 == bytes.size() ? frames : -1;
      default:
        return -1;
    }
  }
  return -1;
}

}  // namespace

/// Moments of a run on the command line: drawn, compared, animated, measured and converted.
class TestMoments : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  samples::PlayedTopology played_;
  samples::PlayedTopology transformer_;

  /// A group of the Transformer's matrices after an update.
  dnm::NetworkPointer group_after(std::uint64_t update, const char* id) const {
    const std::vector<dnm::NamedMask>& layers = *transformer_.layers[update];
    return dnm::network_of_group(dnm::group_named(dnm::matrix_groups(layers, 4), id), layers);
  }

  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void initTestCase() {
    dnm::ModelParameters parameters;
    parameters.layer_sizes = {20, 30, 20};
    const std::string run_folder = folder_.filePath("run").toStdString();
    played_ = samples::play_topology(*dnm::generate(parameters).network, updates, run_folder);
    transformer_ = samples::play_layers(samples::transformer_layers(2, 16, 24), updates,
                                        folder_.filePath("transformer").toStdString());
  }

  void a_moment_is_drawn_and_drawn_again_from_its_own_command() {
    for (const QStringList& source :
         {QStringList{"--run-dir", "run", "--update", "3"}, QStringList{"run", "--update", "3"}}) {
      const Outcome drawn = run(QStringList{"figure"} + source + QStringList{"--panel", "matrix", "-o", "three.svg"});
      QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
      const auto shown =
          std::get<dnm::ShownRun>(dnm::session_in_file(folder_.filePath("three.svg").toStdString()).state.shown);
      QCOMPARE(shown.update, std::uint64_t{3});
      QCOMPARE(QString::fromStdString(shown.folder), folder_.filePath("run"));
      const QByteArray svg = content("three.svg");
      QString command = QString::fromUtf8(svg).section("<desc>", 1).section("</desc>", 0, 0).section(": ", 1);
      QVERIFY2(command.startsWith("dnm figure run --update 3 "), qPrintable(command));
      const Outcome again = run(command.split(' ').mid(1));
      QVERIFY2(again.status == 0, qPrintable(again.describe()));
      const QByteArray end = "</metadata>";
      QVERIFY(svg.mid(svg.indexOf(end)) == content("three.svg").mid(content("three.svg").indexOf(end)));
    }
    // The figure is a session that opens with its links; without an update, the run is shown as it ended.
    const dnm::OpenedFile opened = dnm::open_file(folder_.filePath("three.svg").toStdString());
    QVERIFY(opened.notices.empty() && *dnm::given_network(opened.session->state) == *played_.networks[3]);
    QVERIFY(run({"figure", "run", "--panel", "matrix", "-o", "last.svg"}).status == 0);
    const dnm::OpenedFile last = dnm::open_file(folder_.filePath("last.svg").toStdString());
    QVERIFY(*dnm::given_network(last.session->state) == *played_.networks[updates]);
  }

  void two_moments_are_compared() {
    const auto legend = [&](const QStringList& update) {
      const Outcome drawn =
          run(QStringList{"figure", "--run-dir", "run"} + update + QStringList{"--panel", "layers", "-o", "c.svg"});
      return drawn.status == 0 ? content("c.svg") : drawn.errors;
    };
    const auto expected = [&](std::uint64_t before, std::uint64_t after) {
      const dnm::LinkChange change = dnm::link_change(*played_.networks[before], *played_.networks[after]);
      QList<QByteArray> words;
      for (const dnm::LinkFate fate : dnm::link_fates)
        words += QByteArray::number(static_cast<qulonglong>(change.of(fate).link_count())) + " " +
                 QByteArray::fromStdString(std::string(dnm::fate_word(fate)));
      return words;
    };
    for (const QByteArray& words : expected(2, 3))
      QVERIFY2(legend({"--update", "3"}).contains(words), words.constData());
    for (const QByteArray& words : expected(0, 4)) {
      const QByteArray svg = legend({"--update", "4", "--compare-update", "0"});
      QVERIFY2(svg.contains(words), words.constData());
      QVERIFY(svg.contains("--compare-update 0"));
    }
    QVERIFY(!legend({"--update", "3", "--links", "layer"}).contains(" removed"));
  }

  void a_figure_of_a_folder_with_a_control_character_is_xml() {
    const QString odd = QString("odd") + QChar(1) + "run";
    QVERIFY(QDir(folder_.path()).mkpath(odd) &&
            QFile::copy(folder_.filePath("run/topology.bin"), folder_.filePath(odd + "/topology.bin")));
    const Outcome drawn = run({"figure", odd, "--panel", "matrix", "-o", "odd.svg"});
    QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
    QXmlStreamReader xml(content("odd.svg"));
    while (!xml.atEnd()) xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
  }

  /// With links coloured by layer, the words alone tell what a frame is compared with.
  void frames_say_what_they_are_compared_with() {
    const auto frames = [&](const QStringList& more) {
      const Outcome drawn = run(QStringList{"figure", "--run-dir", "run", "--update", "all", "--panel", "layers",
                                            "--links", "layer", "--width", "89mm", "-o", "w.gif"} +
                                more);
      return drawn.status == 0 ? content("w.gif") : QByteArray();
    };
    const QByteArray plain = frames({}), compared = frames({"--compare-update", "0"});
    QVERIFY(!plain.isEmpty() && !compared.isEmpty());
    QVERIFY(plain != compared);
  }

  void an_animation_has_a_frame_for_each_update() {
    const Outcome drawn = run({"figure", "--run-dir", "run", "--update", "all", "--panel", "matrix", "--width", "89mm",
                               "--frame-time", "0.3", "-o", "run.gif"});
    QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
    QCOMPARE(drawn.output, QByteArray("run.gif: 5 frames of run\n"));
    QCOMPARE(gif_frames(content("run.gif")), static_cast<int>(updates) + 1);
    QVERIFY(content("run.gif").contains("dnm figure --run-dir run --update all"));

    const Outcome webp =
        run({"figure", "run", "--update", "all", "--panel", "layers", "--width", "60mm", "-o", "r.webp"});
    QVERIFY2(webp.status == 0, qPrintable(webp.describe()));
    QCOMPARE(webp_frames(content("r.webp")), static_cast<int>(updates) + 1);
    QVERIFY(content("r.webp").contains("dnm figure run --update all"));
  }

  void a_moment_is_measured_and_converted() {
    for (std::uint64_t update = 0; update <= updates; ++update) {
      const QString number = QString::number(update);
      const Outcome measured = run({"measure", "run", "--update", number, "--json"});
      QVERIFY2(measured.status == 0, qPrintable(measured.describe()));
      QCOMPARE(measured.json()["edges"].toInt(), static_cast<int>(played_.networks[update]->link_count()));
      const Outcome converted = run({"convert", "run", "net.npz", "--update", number});
      QVERIFY2(converted.status == 0, qPrintable(converted.describe()));
      const dnm::NetworkFile file = dnm::read_network(folder_.filePath("net.npz").toStdString());
      QVERIFY(*file.network == *played_.networks[update]);
      QVERIFY2(QString::fromStdString(file.provenance).contains("\"update\":" + number), file.provenance.c_str());
    }
    const Outcome newest = run({"measure", "run", "--json"});
    QCOMPARE(newest.json()["edges"].toInt(), static_cast<int>(played_.networks[updates]->link_count()));
  }

  void matrices_of_a_transformer_are_drawn_measured_and_converted() {
    for (const char* id : {"encoder.ffn", "decoder2.context.head3", "encoder1.self.v-o", "decoder1.ffn.w2"}) {
      const dnm::NetworkPointer expected = group_after(3, id);
      const Outcome measured = run({"measure", "transformer", "--update", "3", "--matrices", id, "--json"});
      QVERIFY2(measured.status == 0, qPrintable(measured.describe()));
      QCOMPARE(measured.json()["edges"].toInt(), static_cast<int>(expected->link_count()));
      QCOMPARE(measured.json()["matrices"].toString(), QString(id));
      const Outcome converted = run({"convert", "transformer", "net.npz", "--update", "3", "--matrices", id});
      QVERIFY2(converted.status == 0, qPrintable(converted.describe()));
      const dnm::NetworkFile file = dnm::read_network(folder_.filePath("net.npz").toStdString());
      QVERIFY(*file.network == *expected);
      QVERIFY2(file.provenance.find(id) != std::string::npos, file.provenance.c_str());
    }
    // The last update, and the first block.
    QVERIFY(run({"convert", "transformer", "net.npz", "--matrices", "encoder2.ffn"}).status == 0);
    QVERIFY(*dnm::read_network(folder_.filePath("net.npz").toStdString()).network ==
            *group_after(updates, "encoder2.ffn"));
    const Outcome first = run({"measure", "transformer"});
    QVERIFY2(first.output.startsWith("transformer, encoder1.ffn, 16-24-16\n"), first.output.constData());

    // A figure names them, makes them again from its own command and opens as a session of them.
    for (const QStringList& source : {QStringList{"--run-dir", "transformer"}, QStringList{"transformer"}}) {
      const Outcome drawn = run(QStringList{"figure"} + source +
                                QStringList{"--matrices", "encoder1.self.head2", "--panel", "layers", "-o", "h.svg"});
      QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
      const QByteArray svg = content("h.svg");
      QVERIFY(svg.contains("update 4, epoch 1 (encoder1.self.head2)"));
      const QString command = QString::fromUtf8(svg).section("<desc>", 1).section("</desc>", 0, 0).section(": ", 1);
      QVERIFY2(command.startsWith("dnm figure transformer --update 4 --matrices encoder1.self.head2 "),
               qPrintable(command));
      QVERIFY(run(command.split(' ').mid(1)).status == 0);
      const QByteArray end = "</metadata>";
      QVERIFY(svg.mid(svg.indexOf(end)) == content("h.svg").mid(content("h.svg").indexOf(end)));
      const dnm::OpenedFile opened = dnm::open_file(folder_.filePath("h.svg").toStdString());
      QVERIFY(*dnm::given_network(opened.session->state) == *group_after(updates, "encoder1.self.head2"));
      // What was kept, removed and new is that of the group.
      const dnm::LinkChange change =
          dnm::link_change(*group_after(3, "encoder1.self.head2"), *group_after(4, "encoder1.self.head2"));
      for (const dnm::LinkFate fate : dnm::link_fates) {
        const QByteArray words = QByteArray::number(static_cast<qulonglong>(change.of(fate).link_count())) + " " +
                                 QByteArray::fromStdString(std::string(dnm::fate_word(fate)));
        QVERIFY2(svg.contains(words), words.constData());
      }
    }
    const Outcome animated = run({"figure", "transformer", "--update", "all", "--matrices", "decoder.ffn", "--panel",
                                  "matrix", "--width", "60mm", "-o", "t.gif"});
    QVERIFY2(animated.status == 0, qPrintable(animated.describe()));
    QCOMPARE(gif_frames(content("t.gif")), static_cast<int>(updates) + 1);
  }

  void refusals_say_what_to_do_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("said");
    const auto add = [](const char* name, const QString& line, const char* said) {
      QTest::newRow(name) << line.split(' ') << QString(said);
    };
    add("beyond", "measure run --update 9", "the last update there is 4");
    add("no number", "measure run --update two", "is no number of updates");
    add("no run", "measure --update 2", "give the folder of one");
    add("a file", "measure net.npz --update 2", "give the folder of one");
    add("no topology", "measure . --update 2", "topology.bin");
    add("not an animation", "figure run --update all -o run.svg", ".gif or .webp");
    add("one moment as animation", "figure run --update 2 -o run.gif", "--update all");
    add("frame time alone", "figure run --update 2 --frame-time 1 -o run.svg", "--update all");
    add("animation of no run", "figure --update all -o run.gif", "--run-dir");
    add("comparison alone", "figure --compare-update 2 -o run.svg", "--run-dir");
    add("beyond compared", "figure run --update 2 --compare-update 8 -o x.svg", "the last update there is 4");
    add("beyond all", "figure run --update all --compare-update 8 -o x.gif", "the last update there is 4");
    add("no such matrices", "measure transformer --matrices encoder1.fnn", "did you mean \"encoder1.ffn\"?");
    add("no such matrices drawn", "figure --run-dir transformer --matrices head1 -o x.svg", "head1");
    add("matrices of a perceptron", "measure run --matrices encoder1.ffn", "encoder1.ffn");
    add("matrices of a file", "measure net.npz --matrices encoder1.ffn", "give the folder of one");
    add("two runs", "figure --run-dir run run --update 2 -o x.svg", "one");
  }
  void refusals_say_what_to_do() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, said);
    const Outcome outcome = run(arguments);
    QVERIFY2(outcome.status != 0 && outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(said.toUtf8()), outcome.errors.constData());
  }
};

DNM_TEST(TestMoments, QCoreApplication)
#include "test_moments.moc"
