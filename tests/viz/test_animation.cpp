// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>

#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/figure/animation.h"
#include "viz/figure/figure_writer.h"
#include "viz/figure/gif_palette.h"
#include "viz/scenes/link_change.h"

using namespace dnm;
using namespace dnm::test;

namespace {

constexpr std::size_t frame_count = 5;
constexpr int border = 6;  // pixels around a frame

/// Each frame has a network of its own, compared with that of the frame before.
AnimationRequest request_of(const char* panel, double width_mm) {
  AnimationRequest request;
  request.figure.grid = read_figure_grid(panel);
  request.figure.page.width = std::to_string(width_mm) + "mm";
  request.figure.command_line = "dnm figure --run-dir r --update all -o r.gif";
  request.figure.session_json = R"({"format": "dnm-session"})";
  request.frames = frame_count;
  request.frame_seconds = 0.3;
  request.network = [](std::size_t frame) {
    FigureNetwork made;
    made.title = "update " + std::to_string(frame) + " of 4";
    made.input.network = random_network({20, 30, 20}, 200, frame + 1);
    made.input.before = frame == 0 ? made.input.network : random_network({20, 30, 20}, 200, frame);
    return made;
  };
  return request;
}

int pixels_of(const QImage& image, LinkFate fate) {
  const Color wanted = fate_color(fate, false);
  int count = 0;
  for (int y = 0; y < image.height() * 9 / 10; ++y) {  // the legend is below
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

/// Animations, read back by Qt's own reader of GIF.
class TestAnimation : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] QList<QImage> frames_of(const QString& name) const {
    QImageReader reader(folder_.filePath(name));
    QList<QImage> frames;
    for (QImage frame = reader.read(); !frame.isNull(); frame = reader.read())
      frames += frame.convertToFormat(QImage::Format_RGB32);
    return frames;
  }
  [[nodiscard]] QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  void write(const QString& name, const AnimationRequest& request) const {
    static_cast<void>(write_animation(folder_.filePath(name).toStdString(), request));
  }

 private Q_SLOTS:
  void frames_differ_by_what_changes_alone() {
    write("run.gif", request_of("matrix", 89.0));
    QImageReader reader(folder_.filePath("run.gif"));
    QCOMPARE(reader.imageCount(), static_cast<int>(frame_count));
    QCOMPARE(reader.loopCount(), -1);  // without end
    static_cast<void>(reader.read());
    QCOMPARE(reader.nextImageDelay(), 300);
    const QList<QImage> frames = frames_of("run.gif");
    QCOMPARE(frames.size(), static_cast<qsizetype>(frame_count));
    for (qsizetype frame = 0; frame < frames.size(); ++frame) {
      QCOMPARE(frames[frame].size(), frames.front().size());
      for (const LinkFate fate : {LinkFate::removed, LinkFate::grown}) {
        const int pixels = pixels_of(frames[frame], fate);
        QVERIFY2(frame == 0 ? pixels == 0 : pixels > 50, qPrintable(QString::number(pixels)));
      }
      QCOMPARE(frames[frame].pixel(1, 1), qRgb(255, 255, 255));
      // The numbers of the rows stay where they are; the title does not stay as it is.
      const QRect rows(0, 40, 18, frames[0].height() - 90), title(0, border, frames[0].width(), 18);
      QVERIFY(frames[frame].copy(rows) == frames[0].copy(rows));
      if (frame > 0) QVERIFY(frames[frame].copy(title) != frames[frame - 1].copy(title));
    }
    QCOMPARE(frames.front().width(), 385 + 2 * border);  // 89 mm at 110 dots per inch
    QVERIFY(content("run.gif").contains("dnm figure --run-dir r --update all"));
  }

  /// The last frame is much nearer to the figure of its moment than to that of another.
  void a_frame_is_the_figure() {
    const AnimationRequest request = request_of("layers", 80.0);
    write("end.gif", request);
    const QImage whole = frames_of("end.gif").back();
    const QImage last = whole.copy(whole.rect().adjusted(border, border, -border, -border));
    const auto distance_to = [&](std::size_t frame) {
      FigureRequest figure = request.figure;
      figure.networks = {request.network(frame)};
      const QString file = folder_.filePath("end.png");
      static_cast<void>(write_figure(file.toStdString(), figure));
      const QImage drawn = QImage(file).scaled(last.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
      double difference = 0.0;
      for (int y = 0; y < last.height(); ++y)
        for (int x = 0; x < last.width(); ++x)
          difference += std::abs(qGray(last.pixel(x, y)) - qGray(drawn.pixel(x, y)));
      return difference / (static_cast<double>(last.width()) * last.height());
    };
    const double near = distance_to(frame_count - 1), far = distance_to(1);
    QVERIFY2(near < 0.6 * far, qPrintable(QString("%1 %2").arg(near).arg(far)));
  }

  void webp_has_its_frames_and_its_description() {
    write("run.webp", request_of("layers", 60.0));
    const QByteArray bytes = content("run.webp");
    QVERIFY(bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP");
    QCOMPARE(bytes.count("ANMF"), static_cast<qsizetype>(frame_count));
    QVERIFY(bytes.contains("XMP ") && bytes.contains("dnm-session"));
  }

  void what_cannot_be_written_is_refused() {
    QVERIFY_EXCEPTION_THROWN(write("run.mp4", request_of("matrix", 89.0)), InvalidInput);
    AnimationRequest none = request_of("matrix", 89.0);
    none.frames = 0;
    QVERIFY_EXCEPTION_THROWN(write("none.gif", none), InvalidInput);
    // What a frame throws is thrown, and no file is left.
    AnimationRequest failing = request_of("matrix", 89.0);
    failing.network = [network = failing.network](std::size_t frame) {
      if (frame == 2) throw FileError("gone");
      return network(frame);
    };
    QVERIFY_EXCEPTION_THROWN(write("failing.gif", failing), FileError);
    QVERIFY(!QFile::exists(folder_.filePath("failing.gif")));
  }

  void a_palette_keeps_frequent_colors_and_is_near_to_all() {
    std::vector<QRgb> pixels(5000, qRgb(255, 255, 255));
    Random random(4);
    for (int i = 0; i < 4000; ++i) {
      const auto channel = [&] { return static_cast<int>(random.uniform(0.0, 255.0)); };
      pixels.push_back(qRgb(channel(), channel(), channel()));
    }
    const GifPalette palette(pixels, 255);
    QVERIFY(palette.colors().size() <= 255);
    QCOMPARE(palette.colors()[palette.index_of(qRgb(255, 255, 255))], qRgb(255, 255, 255));
    double worst = 0.0;
    for (const QRgb pixel : pixels) {
      const QRgb made = palette.colors()[palette.index_of(pixel)];
      const double distance =
          std::hypot(qRed(made) - qRed(pixel), qGreen(made) - qGreen(pixel), qBlue(made) - qBlue(pixel));
      worst = std::max(worst, distance);
    }
    QVERIFY2(worst < 80.0, qPrintable(QString::number(worst)));
    // Few colours stay as they are.
    const std::vector<QRgb> few{qRgb(1, 2, 3), qRgb(1, 2, 4), qRgb(200, 0, 9)};
    const GifPalette exact(few, 255);
    for (const QRgb pixel : few) QCOMPARE(exact.colors()[exact.index_of(pixel)], pixel);
  }
};

DNM_TEST(TestAnimation, dnm::test::Offscreen<QGuiApplication>)
#include "test_animation.moc"
