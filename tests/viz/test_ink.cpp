// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QProcess>
#include <QTest>
#include <cmath>
#include <memory>

#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "tests/viz/painted.h"

using namespace dnm;
using namespace dnm::test;

namespace {

/// How much the ink of screen and paper may differ, as a share of it: of areas, which both paint by the share of each
/// pixel that is covered, and of hundreds of faint lines on each other, which OpenGL draws without smoothing.
constexpr double same_ink_of_areas = 0.02, same_ink_of_lines = 0.08;

/// A band of links along the straight from the first input and output to the last ones.
NetworkPointer straight_band(NodeIndex n_in, NodeIndex n_out, NodeIndex width) {
  Mask mask{n_in, n_out, {0}, {}};
  for (NodeIndex row = 0; row < n_out; ++row) {
    const NodeIndex first = static_cast<NodeIndex>(std::uint64_t{row} * n_in / n_out);
    for (NodeIndex column = first; column < std::min(first + width, n_in); ++column) mask.columns.push_back(column);
    mask.row_begin.push_back(mask.columns.size());
  }
  return std::make_shared<const Network>(Network::layered({n_in, n_out}, {std::move(mask)}));
}

SceneOptions without_legend() {
  SceneOptions options;
  options.legend = false;
  return options;
}

/// The scene as a figure has it: built for 600 pixels an inch on a page as large as the view.
Scene paper_scene(const NetworkScene& kind, const SceneInput& input, const NetworkView& view, QSize pixels) {
  const double scale = view.logicalDpiX() / 72.0 * view.devicePixelRatioF();
  SceneOptions options = view.options();
  options.width_points = pixels.width() / scale;
  options.height_points = pixels.height() / scale;
  options.pixels_across = options.width_points * 600.0 / 72.0;
  options.text_size = 7.0;
  return kind.build(input, options, {});
}

/// Where the first matrix of a scene lies on a page, in shares of it from the upper left corner.
QRectF frame_on_page(const Scene& scene, double width, double height) {
  for (const Lines* lines : items_of<Lines>(scene)) {
    for (std::size_t line = 0; line < lines->starts.size(); ++line) {
      if (lines->end_of(line) - lines->starts[line] != 5) continue;
      const PageTransform page = page_transform(scene, width, height);
      const Point low = page.to_page(lines->points[lines->starts[line]]);
      const Point high = page.to_page(lines->points[lines->starts[line] + 2]);
      return QRectF(QPointF(low.x / width, 1.0 - high.y / height), QPointF(high.x / width, 1.0 - low.y / height));
    }
  }
  return {};
}

/// The rows of pixels of a picture of a straight band, from one border of the matrix to the other: where the middle of
/// the band lies must follow a straight, and every row has as much ink.
struct Straightness {
  double worst_bend = 0.0;  // pixels
  double worst_ink = 0.0;   // share
  int rows = 0;
};

Straightness straightness(const QImage& image, const QRect& matrix) {
  struct Row {
    double y, middle, ink;
  };
  std::vector<Row> rows;
  for (int y = matrix.top() + 1; y < matrix.bottom(); ++y) {
    double total = 0.0, moment = 0.0;
    bool touches_border = false;
    for (int x = matrix.left() + 2; x < matrix.right() - 1; ++x) {
      const double part = 255.0 - qRed(image.pixel(x, y));
      total += part;
      moment += part * x;
      touches_border |= part > 0.0 && (x < matrix.left() + 4 || x > matrix.right() - 4);
    }
    if (!touches_border && total > 0.0) rows.push_back({static_cast<double>(y), moment / total, total});
  }
  Straightness found;
  found.rows = static_cast<int>(rows.size());
  if (rows.size() < 10) return found;
  double n = 0.0, sy = 0.0, sx = 0.0, syy = 0.0, sxy = 0.0, ink = 0.0;
  for (const Row& row : rows) {
    n += 1.0;
    sy += row.y;
    sx += row.middle;
    syy += row.y * row.y;
    sxy += row.y * row.middle;
    ink += row.ink;
  }
  const double slope = (n * sxy - sx * sy) / (n * syy - sy * sy), start = (sx - slope * sy) / n;
  for (const Row& row : rows) {
    found.worst_bend = std::max(found.worst_bend, std::abs(row.middle - start - slope * row.y));
    found.worst_ink = std::max(found.worst_ink, std::abs(row.ink * n / ink - 1.0));
  }
  return found;
}

QRect in_pixels(const QRectF& part, QSize size) {
  return QRect(QPoint(static_cast<int>(part.left() * size.width()), static_cast<int>(part.top() * size.height())),
               QPoint(static_cast<int>(part.right() * size.width()), static_cast<int>(part.bottom() * size.height())));
}

}  // namespace

/// Screen and paper show the same: where things are, and how much ink they have.
class TestInk : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void screen_and_paper_have_the_same_ink_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("size");
    for (const NetworkScene& kind : network_scene_table()) {
      for (const int size : {0, 1, 2}) QTest::addRow("%s %d", kind.id.data(), size) << kind.id.data() << size;
    }
  }
  void screen_and_paper_have_the_same_ink() {
    QFETCH(QString, id);
    QFETCH(int, size);
    const std::vector<NodeIndex> layers[] = {{98, 196, 196}, {784, 1568, 1568, 1568}, {2500, 5000}};
    const std::uint64_t links[] = {1921, 12293, 125000};  // of each layer: 10, 1 and 1 %
    const NetworkPointer network = random_network(layers[size], links[size]);
    const SceneInput input{network, random_embedding(*network)};
    const NetworkScene& kind = network_scene(id.toStdString());
    NetworkView view(kind);
    view.resize(640, 480);
    view.show();
    view.set_options(without_legend());
    view.set_input(input);
    QVERIFY(settle(view));
    const QImage screen = screen_of(view);
    // Drawn for paper, in finer pixels, on a page of the same size.
    const double scale = view.logicalDpiX() / 72.0 * view.devicePixelRatioF();
    const Scene scene = paper_scene(kind, input, view, screen.size());
    const QImage paper = on_paper(scene, 4 * screen.size(), 4.0 * scale);
    // Within the picture, where no numbers stand.
    QRectF part(0.3, 0.25, 0.4, 0.4);
    if (id == "matrix") {
      const QRectF frame = frame_on_page(scene, screen.width() / scale, screen.height() / scale);
      QVERIFY(frame.width() > 0.05);
      part = frame.adjusted(0.1 * frame.width(), 0.1 * frame.height(), -0.1 * frame.width(), -0.1 * frame.height());
    }
    const double on_screen = ink(screen, part), on_page = ink(paper, part);
    qInfo("%s: ink on screen %.4f, on paper %.4f", qPrintable(QTest::currentDataTag()), on_screen, on_page);
    QVERIFY(on_page > 0.005);
    const double tolerance = id == "matrix" ? same_ink_of_areas : same_ink_of_lines;
    QVERIFY2(std::abs(on_screen - on_page) < tolerance * on_page, qPrintable(QString::number(on_screen / on_page)));
  }

  void a_straight_band_is_straight_at_every_size_and_zoom() {
    const NetworkPointer network = straight_band(784, 1568, 40);
    NetworkView view(network_scene("matrix"));
    view.set_options(without_legend());
    view.set_input({network, nullptr});
    view.show();
    int looked_at = 0;
    for (int width = 190; width < 700; width += 127) {
      view.resize(width, width + 111);
      for (const double zoom : {1.0, 1.7, 3.33}) {
        view.reset_zoom();
        if (zoom > 1.0) view.zoom_about({0.4 * width, 0.55 * width}, zoom);
        QVERIFY(settle(view));
        const QImage screen = screen_of(view);
        const double scale = view.logicalDpiX() / 72.0 * view.devicePixelRatioF();
        QRect matrix =
            in_pixels(frame_on_page(*view.scene(), screen.width() / scale, screen.height() / scale), screen.size());
        // Zoomed, the numbers stand on a strip along the borders.
        if (zoom > 1.0) matrix = screen.rect().adjusted(screen.width() / 4, 40, -5, -screen.height() / 5);
        const Straightness found = straightness(screen, matrix);
        const QString where = QStringLiteral("%1 wide, zoom %2: bend %3, ink %4, %5 rows")
                                  .arg(width)
                                  .arg(zoom)
                                  .arg(found.worst_bend)
                                  .arg(found.worst_ink)
                                  .arg(found.rows);
        if (found.rows < 30) continue;
        ++looked_at;
        // The band itself is a staircase, half a cell to both sides of the straight; small cells melt into pixels.
        const double cell = scale * view.zoom() *
                            page_transform(*view.scene(), screen.width() / scale, screen.height() / scale).scale_x;
        QVERIFY2(found.worst_bend < 0.2 + 0.5 * std::max(0.0, cell - 0.3) && found.worst_ink < 0.02, qPrintable(where));
      }
    }
    QVERIFY(looked_at > 8);
  }

  void nothing_bends_where_a_point_is_a_fraction_of_pixels() {
    // The ratio is fixed when a program starts: the checks above, in programs of their own.
    if (qEnvironmentVariableIsSet("QT_SCALE_FACTOR")) return;
    for (const char* ratio : {"1.25", "2"}) {
      QProcess process;
      QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
      environment.insert("QT_SCALE_FACTOR", ratio);
      process.setProcessEnvironment(environment);
      process.setProcessChannelMode(QProcess::MergedChannels);
      process.start(QCoreApplication::applicationFilePath(),
                    {"TestInk", "a_straight_band_is_straight_at_every_size_and_zoom",
                     "screen_and_paper_have_the_same_ink:matrix 1"});
      QVERIFY(process.waitForFinished(120000));
      QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }
  }
};

DNM_TEST(TestInk, QApplication)
#include "test_ink.moc"
