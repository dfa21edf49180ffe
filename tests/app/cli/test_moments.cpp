// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "app/workspace/session/opened_file.h"
#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"
#include "viz/scenes/link_change.h"

namespace {

constexpr std::uint64_t updates = 4;
constexpr int border = 6;  // pixels around a frame

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

/// Pixels nearer to the colour of one fate than a third of the way to white.
int pixels_of(const QImage& image, dnm::LinkFate fate) {
  const dnm::Color wanted = dnm::fate_color(fate, false);
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor pixel = image.pixelColor(x, y);
      if (std::abs(pixel.red() - wanted.red) < 24 && std::abs(pixel.green() - wanted.green) < 24 &&
          std::abs(pixel.blue() - wanted.blue) < 24)
        ++count;
    }
  }
  return count;
}

}  // namespace

/// Moments of a run on the command line: drawn, compared, animated, measured and converted.
class TestMoments : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  samples::PlayedTopology played_;

  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  /// The whole picture after the frames up to each, by Qt's own reader.
  QList<QImage> frames_of(const QString& name) const {
    QImageReader reader(folder_.filePath(name));
    QList<QImage> frames;
    for (QImage frame = reader.read(); !frame.isNull(); frame = reader.read())
      frames += frame.convertToFormat(QImage::Format_RGB32);
    return frames;
  }

 private Q_SLOTS:
  void initTestCase() {
    dnm::ModelParameters parameters;
    parameters.layer_sizes = {20, 30, 20};
    const std::string run_folder = folder_.filePath("run").toStdString();
    played_ = samples::play_topology(*dnm::generate(parameters).network, updates, run_folder);
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

  void an_animation_has_a_frame_for_each_update() {
    const Outcome drawn = run({"figure", "--run-dir", "run", "--update", "all", "--panel", "matrix", "--width", "89mm",
                               "--frame-time", "0.3", "-o", "run.gif"});
    QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
    QCOMPARE(drawn.output, QByteArray("run.gif: 5 frames of run\n"));
    QImageReader reader(folder_.filePath("run.gif"));
    QCOMPARE(reader.imageCount(), static_cast<int>(updates) + 1);
    QCOMPARE(reader.loopCount(), -1);  // without end
    const QList<QImage> frames = frames_of("run.gif");
    QCOMPARE(frames.size(), static_cast<qsizetype>(updates) + 1);
    for (const QImage& frame : frames) QCOMPARE(frame.size(), frames.front().size());
    QCOMPARE(frames.front().width(), 385 + 2 * border);  // 89 mm at 110 dots per inch
    QImageReader delays(folder_.filePath("run.gif"));
    static_cast<void>(delays.read());
    QCOMPARE(delays.nextImageDelay(), 300);
    // At the start nothing is new or gone; after each update there is both, and the title differs.
    QCOMPARE(pixels_of(frames[0], dnm::LinkFate::removed), pixels_of(frames[0], dnm::LinkFate::grown));
    for (qsizetype frame = 1; frame < frames.size(); ++frame) {
      for (const dnm::LinkFate fate : {dnm::LinkFate::removed, dnm::LinkFate::grown})
        QVERIFY(pixels_of(frames[frame], fate) > pixels_of(frames[0], fate) + 20);
      const QRect title(0, border, frames[frame].width(), 16);
      QVERIFY(frames[frame].copy(title) != frames[frame - 1].copy(title));
    }
    QVERIFY(content("run.gif").contains("dnm figure --run-dir run --update all"));
    // The numbers of the rows stay where they are: pictures do not jump.
    const QRect rows(0, 40, 18, frames[0].height() - 80);
    for (const QImage& frame : frames) QVERIFY(frame.copy(rows) == frames[0].copy(rows));

    const Outcome webp =
        run({"figure", "run", "--update", "all", "--panel", "layers", "--width", "60mm", "-o", "r.webp"});
    QVERIFY2(webp.status == 0, qPrintable(webp.describe()));
    QCOMPARE(webp_frames(content("r.webp")), static_cast<int>(updates) + 1);
    QVERIFY(content("r.webp").contains("dnm figure run --update all"));
  }

  /// What did not change keeps its colour, and the last frame is the figure of the last update.
  void an_animation_ends_as_its_last_figure() {
    QVERIFY(run({"figure", "run", "--update", "all", "--panel", "layers", "--width", "80mm", "-o", "end.gif"}).status ==
            0);
    QVERIFY(run({"figure", "run", "--update", "4", "--panel", "layers", "--width", "80mm", "-o", "end.png"}).status ==
            0);
    const QImage frame = frames_of("end.gif").back();
    const QImage last = frame.copy(frame.rect().adjusted(border, border, -border, -border));
    const QImage figure = QImage(folder_.filePath("end.png")).scaledToWidth(last.width(), Qt::SmoothTransformation);
    // The frame has a title above.
    const int above = last.height() - figure.height();
    QVERIFY(above >= 0 && above < 30);
    double difference = 0.0;
    for (int y = 0; y < figure.height(); ++y)
      for (int x = 0; x < figure.width(); ++x)
        difference += std::abs(qGray(last.pixel(x, y + above)) - qGray(figure.pixel(x, y)));
    const double mean = difference / (static_cast<double>(figure.width()) * figure.height());
    QVERIFY2(mean < 9.0, qPrintable(QString::number(mean)));
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
    add("comparison alone", "figure --compare-update 2 -o run.svg", "--run-dir");
    add("beyond compared", "figure run --update 2 --compare-update 8 -o x.svg", "");
    add("two runs", "figure --run-dir run run --update 2 -o x.svg", "one");
  }
  void refusals_say_what_to_do() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, said);
    const Outcome outcome = run(arguments);
    if (said.isEmpty()) {  // drawn, without the comparison
      QVERIFY2(outcome.status == 0 && outcome.errors.contains("cannot be compared"), qPrintable(outcome.describe()));
      return;
    }
    QVERIFY2(outcome.status != 0 && outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(said.toUtf8()), outcome.errors.constData());
  }
};

DNM_TEST(TestMoments, QCoreApplication)
#include "test_moments.moc"
