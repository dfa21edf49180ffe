// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of several pictures: the text that arranges them, places, sizes, letters, fonts and formats.
#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <tiffio.h>

#include "core/models/dendritic_neuron.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/figure/figure_metadata.h"
#include "viz/figure/figure_writer.h"
#include "viz/figure/page_block.h"
#include "viz/scenes/scenes.h"

using namespace dnm;
using namespace dnm::test;

namespace {

FigureNetwork network_of(const char* title, std::vector<NodeIndex> sizes, std::uint64_t links) {
  FigureNetwork made;
  made.title = title;
  made.input.network = random_network(std::move(sizes), links);
  made.input.embedding = random_embedding(*made.input.network);
  return made;
}

/// One neuron in the middle, marked by a black disk 8 points wide on the screen.
class OneMark final : public NodePlaces {
 public:
  [[nodiscard]] Hit at(Point, double, const PageTransform&) const override { return {}; }
  [[nodiscard]] std::vector<NodeIndex> within(const Rectangle&) const override { return {}; }
  [[nodiscard]] std::vector<SceneItem> marks(const Highlight&, HighlightRole, const PageTransform&) const override {
    return {Disks{{{0.5, 0.5}}, {8.0F}, {Color{0, 0, 0, 255}}}};
  }
};

/// A page of one square picture whose only item is a red word on the neuron.
class MarkedBlock final : public PageBlock {
 public:
  explicit MarkedBlock(bool is_marked) {
    Scene scene;
    scene.bounds = {0.0, 0.0, 1.0, 1.0};
    Text word{{0.5, 0.5}, "88", 6.0, Color{255, 0, 0, 255}, Anchor::center};
    scene.items = {word};
    pictures_.push_back({std::move(scene), QRectF(10.0, 20.0, 60.0, 60.0)});
    if (!is_marked) return;
    pictures_.back().places = std::make_shared<OneMark>();
    pictures_.back().highlight = std::make_shared<Highlight>();
  }
  [[nodiscard]] double full_text_width() const override { return 1.0; }
  [[nodiscard]] double height_at(double width, const PageLook&) const override { return width; }
  void lay_out(const QRectF&, const PageLook&) override {}
};

/// Where a word stands in an SVG of this program, in millimetres from the upper left corner: by its transformation.
std::map<QString, QPointF> places_of_words(const QByteArray& svg) {
  std::map<QString, QPointF> places;
  QXmlStreamReader xml(svg);
  QTransform shift;
  std::vector<QTransform> open;
  while (!xml.atEnd()) {
    const auto token = xml.readNext();
    if (token == QXmlStreamReader::EndElement && xml.name() == u"g" && !open.empty()) open.pop_back();
    if (token != QXmlStreamReader::StartElement) continue;
    if (xml.name() == u"g") {
      const QString text = xml.attributes().value("transform").toString();
      QTransform own;
      if (text.startsWith("matrix(")) {
        const QStringList parts = text.mid(7, text.size() - 8).split(',');
        own = {parts[0].toDouble(), parts[1].toDouble(), parts[2].toDouble(),
               parts[3].toDouble(), parts[4].toDouble(), parts[5].toDouble()};
      }
      open.push_back(own);
    }
    if (xml.name() == u"text") {
      const QPointF at(xml.attributes().value("x").toDouble(), xml.attributes().value("y").toDouble());
      const QTransform own = open.empty() ? QTransform() : open.back();
      const QString words = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
      if (!places.contains(words)) places[words] = own.map(at) / 100.0;
    }
  }
  return places;
}

}  // namespace

class TestFigurePage : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  QByteArray written(const FigureRequest& request, const char* name) {
    const QString path = folder_.filePath(name);
    static_cast<void>(write_figure(path.toStdString(), request));
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

  /// In millimetres, of an SVG.
  static QSizeF size_of(const QByteArray& svg) {
    QXmlStreamReader xml(svg);
    xml.readNextStartElement();
    const auto length = [&](const char* name) {
      QString text = xml.attributes().value(name).toString();
      return text.chopped(2).toDouble();
    };
    return {length("width"), length("height")};
  }

 private Q_SLOTS:
  void a_grid_is_read_and_written() {
    const FigureGrid grid = read_figure_grid("  matrix   layers / runs/a:b.npz:disk poster-b:all   matrix");
    QCOMPARE(grid.rows.size(), std::size_t{2});
    QCOMPARE(grid.networks, (std::vector<std::string>{"", "runs/a:b.npz", "poster-b"}));
    QVERIFY(grid.rows[0] == (std::vector<FigureCell>{{"matrix", 0}, {"layers", 0}}));
    QVERIFY(grid.rows[1] == (std::vector<FigureCell>{{"disk", 1}, {"all", 2}, {"matrix", 0}}));
    QCOMPARE(to_text(grid), std::string("matrix layers / runs/a:b.npz:disk poster-b:all matrix"));
    QVERIFY(read_figure_grid(to_text(grid)) == grid);
    QVERIFY(panels_of(grid, 0) == (std::vector<std::string_view>{"matrix", "layers"}));
    for (const char* bad : {"", "   ", "/", "matrix /", "/ matrix", "matrix / / disk", ":disk", "poster-b:"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(read_figure_grid(bad)), InvalidInput);
    }
    std::string many;
    for (int cell = 0; cell < 101; ++cell) many += "matrix ";
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(read_figure_grid(many)), InvalidInput);
    QCOMPARE(to_text(grid_of_networks("all", 1)), std::string("all"));
    const FigureGrid four = grid_of_networks("all", 4);
    QCOMPARE(four.rows.size(), std::size_t{2});
    QCOMPARE(four.rows[1][1].network, std::size_t{3});
  }

  void lengths_have_units_or_names() {
    QCOMPARE(length_in_millimetres("183mm"), 183.0);
    QCOMPARE(length_in_millimetres("18.3 cm"), 183.0);
    QCOMPARE(length_in_millimetres("7.2in"), 182.88);
    QCOMPARE(length_in_millimetres("72pt"), 25.4);
    QCOMPARE(length_in_millimetres("89"), 89.0);
    QCOMPARE(length_in_millimetres("nature-1"), 89.0);
    QCOMPARE(length_in_millimetres("neurips"), 139.7);
    for (const char* bad : {"", "mm", "12 furlongs", "nature", "1,5mm"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(length_in_millimetres(bad)), InvalidInput);
    }
  }

  void letters_count_the_pictures_and_titles_stand_once() {
    FigureRequest request;
    request.networks = {network_of("b  standard", {30, 40, 20}, 300)};
    request.grid = read_figure_grid("matrix layers / disk");
    const auto without = places_of_words(written(request, "plain.svg"));
    QVERIFY(without.contains("b") && !without.contains("a") && !without.contains("c"));
    request.page.letters = true;
    const auto places = places_of_words(written(request, "letters.svg"));
    for (const char* letter : {"a", "b", "c"}) QVERIFY2(places.contains(letter), letter);
    QVERIFY(!places.contains("d"));
    QCOMPARE(places.at("a").y(), places.at("b").y());
    QVERIFY(places.at("b").x() > places.at("a").x() + 20.0);
    QVERIFY(places.at("c").y() > places.at("a").y() + 20.0);
    QCOMPARE(places.at("c").x(), places.at("a").x());
    QCOMPARE(places.at("standard").y(), places.at("a").y());
  }

  /// Each picture of a row has the ratio that it has alone, so that rows of other widths are of other heights.
  void a_row_is_as_wide_as_the_page() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    request.page.width = "120mm";
    const auto height_of = [&](const char* grid) {
      request.grid = read_figure_grid(grid);
      const QSizeF size = size_of(written(request, "row.svg"));
      if (size.width() != 120.0) qWarning("the page is %g mm wide", size.width());
      return size.width() == 120.0 ? size.height() : 0.0;
    };
    const double disk = height_of("disk"), pair = height_of("disk disk"), rows = height_of("disk / disk");
    const double gutter = 12.0 * 25.4 / 72.0;
    QVERIFY2(std::abs(pair - disk * (120.0 - gutter) / 240.0) < 0.06 * pair, qPrintable(QString::number(pair)));
    const double margins = 2.0 * 2.0 * 25.4 / 72.0;  // above and below, once on each page
    QVERIFY2(std::abs(rows - (2.0 * disk - margins + gutter)) < 0.2, qPrintable(QString::number(rows)));
    // The wide picture takes the larger part.
    request.page.letters = true;
    request.grid = read_figure_grid("layers disk");
    const auto places = places_of_words(written(request, "shares.svg"));
    QVERIFY(places.at("b").x() > 60.0 + 0.5 * gutter);
  }

  /// On a narrow page, rows of several pictures become several rows.
  void text_stays_legible_on_a_narrow_page() {
    FigureRequest request;
    request.networks = {network_of("b  standard", {98, 196, 196}, 5763)};
    for (const Measure& measure : measure_table()) {
      auto value = std::make_shared<Measurement>();
      value->value = 0.125;
      value->method = "a method of several words that need their lines";
      measurement_of(request.networks[0].input, measure.id).value = value;
    }
    request.page.letters = true;
    const std::string path = folder_.filePath("legible.svg").toStdString();
    const auto notices_at = [&](const char* width, const char* grid) {
      request.page.width = width;
      request.grid = read_figure_grid(grid);
      return write_figure(path, request);
    };
    const char* const five = "matrix layers / disk degree measures";
    const auto wide = notices_at("183mm", five);
    QVERIFY2(wide.empty(), wide.empty() ? "" : wide.front().c_str());
    const auto narrow = notices_at("89mm", five);
    QCOMPARE(narrow.size(), std::size_t{1});
    QVERIFY2(narrow.front().find("in 3 rows in place of 2") != std::string::npos, narrow.front().c_str());
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto places = places_of_words(file.readAll());
    QVERIFY(places.at("e").y() > places.at("d").y() + 10.0);  // the last one stands alone
    QVERIFY(places.at("d").y() > places.at("b").y() + 10.0);
    // In a single column of even narrower pictures, the width that would do is told.
    const auto tiny = notices_at("25mm", "all");
    QVERIFY(tiny.size() == 1 && tiny.front().find("5 pt") != std::string::npos);
  }

  void no_word_lies_on_the_edge() {
    FigureRequest request;
    request.networks = {network_of("b  standard", {30, 40, 20}, 300)};
    request.page.letters = true;
    const auto places = places_of_words(written(request, "edge.svg"));
    for (const auto& [words, place] : places) QVERIFY2(place.x() > 0.5, qPrintable(words));
    // The words at the ends of a colour bar are as wide as any number, wherever the bar ends.
    SceneOptions options;
    options.node_coloring = "degree";
    for (const double width : {90.0, 130.0, 260.0}) {
      options.width_points = width;
      options.height_points = 200.0;
      const Scene scene = network_scene("disk").build(request.networks[0].input, options, {});
      const PageTransform page = page_transform(scene, options.width_points, options.height_points);
      for (const SceneItem& item : scene.items) {
        const auto* text = std::get_if<Text>(&item);
        if (!text || text->horizontal != Anchor::center) continue;
        const double middle = page.to_page(text->position).x + text->offset.x;
        const double half = 0.5 * room_for(character_count(text->text), text->size);
        QVERIFY2(middle - half > 0.0 && middle + half < width, text->text.c_str());
      }
    }
  }

  void a_height_is_met_or_refused() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    request.grid = read_figure_grid("matrix layers / disk degree");
    request.page.width = "120mm";
    for (const char* height : {"70mm", "16cm"}) {
      request.page.height = height;
      QCOMPARE(size_of(written(request, "high.svg")), QSizeF(120.0, length_in_millimetres(height)));
    }
    for (const char* height : {"21mm", "5mm", "2m", "high"}) {
      request.page.height = height;
      QVERIFY_EXCEPTION_THROWN(written(request, "low.svg"), InvalidInput);
    }
  }

  void fonts_are_those_that_were_asked_for() {
    FigureRequest request;
    request.networks = {network_of("some title", {30, 40, 20}, 300)};
    request.grid = read_figure_grid("matrix");
    const QByteArray usual = written(request, "usual.svg");
    QVERIFY(usual.contains("font-family=\"DejaVu Sans, "));
    for (const FigureFont font : {FigureFont::helvetica, FigureFont::arial}) {
      request.page.font = font;
      const bool installed = QFontDatabase::hasFamily("Liberation Sans") || QFontDatabase::hasFamily("Nimbus Sans");
      if (!installed) {
        QVERIFY_EXCEPTION_THROWN(written(request, "other.svg"), InvalidInput);
        continue;
      }
      const QByteArray svg = written(request, "other.svg");
      QVERIFY(!svg.contains("DejaVu"));
      QVERIFY(svg.contains("Liberation Sans"));
      QVERIFY(svg.contains(font == FigureFont::arial ? "Arial" : "Helvetica"));
      const QByteArray pdf = written(request, "other.pdf");
      QVERIFY(pdf.contains("/FontFile2") || pdf.contains("/FontFile3") || pdf.contains("/FontFile"));
      QVERIFY(!pdf.contains("DejaVu"));
    }
  }

  void pixels_have_the_resolution_that_was_asked_for() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    request.grid = read_figure_grid("layers");
    request.page.width = "50.8mm";
    for (const int dpi : {72, 300, 600}) {
      request.page.dpi = dpi;
      const QImage image = QImage::fromData(written(request, "pixels.png"));
      QCOMPARE(image.width(), 2 * dpi);
      QVERIFY(std::abs(image.dotsPerMeterX() * 0.0254 - dpi) < 0.02);
    }
  }

  /// Read by the library that everybody reads TIFF with; the pixels are those of the PNG.
  void a_tiff_has_the_pixels_and_the_session() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    request.grid = read_figure_grid("matrix");
    request.page.width = "60mm";
    request.page.dpi = 600;
    request.session_json = "{\"note\": \"<&Grüße>\"}";
    const QImage png = QImage::fromData(written(request, "same.png"));
    QVERIFY(!written(request, "same.tiff").isEmpty());
    const std::string path = folder_.filePath("same.tiff").toStdString();
    const std::unique_ptr<TIFF, decltype(&TIFFClose)> tiff(TIFFOpen(path.c_str(), "r"), &TIFFClose);
    QVERIFY(tiff != nullptr);
    std::uint32_t width = 0, height = 0;
    float dpi = 0.0F;
    TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff.get(), TIFFTAG_XRESOLUTION, &dpi);
    QCOMPARE(dpi, 600.0F);
    QCOMPARE(QSize(static_cast<int>(width), static_cast<int>(height)), png.size());
    std::vector<std::uint32_t> pixels(std::size_t{width} * height);
    QCOMPARE(TIFFReadRGBAImageOriented(tiff.get(), width, height, pixels.data(), ORIENTATION_TOPLEFT, 1), 1);
    for (int y = 0; y < png.height(); ++y) {
      for (int x = 0; x < png.width(); ++x) {
        const std::uint32_t pixel = pixels[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)];
        QCOMPARE(qRgb(TIFFGetR(pixel), TIFFGetG(pixel), TIFFGetB(pixel)), png.pixel(x, y));
      }
    }
    QCOMPARE(session_in_figure(path), request.session_json);
  }

  void measures_are_listed_with_their_methods() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    for (const Measure& measure : measure_table()) {
      auto value = std::make_shared<Measurement>();
      value->value = 0.125;
      value->method = "method of " + std::string(measure.id);
      if (measure.id == power_law_measure) {
        value->value.reset();
        value->reason = "too few degrees";
      }
      measurement_of(request.networks[0].input, measure.id).value = value;
    }
    measurement_of(request.networks[0].input, consistency_measure).value.reset();
    request.grid = read_figure_grid("measures");
    const QByteArray svg = written(request, "measures.svg");
    QVERIFY(svg.contains("method of L"));
    QVERIFY(svg.contains("too few degrees"));
    QVERIFY(svg.contains("not computed"));
    QCOMPARE(svg.count(">0.125<"), qsizetype{2});  // L and Q
  }

  void dendrites_need_a_neuron() {
    ModelParameters parameters;
    parameters.layer_sizes = {60, 40};
    FigureRequest request;
    request.networks.resize(1);
    request.networks[0].input.network = generate(parameters).network;
    request.grid = read_figure_grid("neuron matrix");
    QVERIFY_EXCEPTION_THROWN(written(request, "neuron.svg"), InvalidInput);
    request.networks[0].neuron =
        NeuronPicture{request.networks[0].input.network, 65, draw_dendritic_neuron(parameters, 0, 5)};
    QVERIFY(written(request, "neuron.svg").contains("layer 1 neuron 5"));
  }

  /// Charts and pictures share a page, and each keeps its height.
  void charts_stand_beside_networks() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    Chart chart;
    chart.title = "Test accuracy";
    chart.curves = {{"a run", {{1.0, 0.5}, {2.0, 0.75}}}};
    request.charts = {{"accuracy", {chart}}};
    request.grid = read_figure_grid("matrix / accuracy");
    const auto places = places_of_words(written(request, "mixed.svg"));
    QVERIFY(places.contains("Test accuracy") && places.contains("W1"));
    QVERIFY(places.at("Test accuracy").y() > places.at("W1").y());
    request.grid = read_figure_grid("matrix / loss");
    QVERIFY_EXCEPTION_THROWN(written(request, "mixed.svg"), InvalidInput);
    request.networks.clear();
    request.grid = read_figure_grid("accuracy");
    QVERIFY(written(request, "charts.svg").contains("Test accuracy"));
    request.grid = read_figure_grid("accuracy matrix");
    QVERIFY_EXCEPTION_THROWN(written(request, "mixed.svg"), InvalidInput);
  }

  /// Over half as wide as on the screen, around the same place, and below the numbers.
  void marks_on_paper_are_finer_and_below_the_texts() {
    constexpr double pixels = 10.0;  // per point
    const auto painted = [](const PageBlock& block) {
      QImage image(800, 1000, QImage::Format_RGB32);
      image.fill(Qt::white);
      QPainter painter(&image);
      painter.scale(pixels, pixels);
      block.paint(painter, PaperStyle::raster());
      return image;
    };
    const auto region = [](const QImage& image, const auto& is_of) {
      QRect found;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          if (is_of(QColor(image.pixel(x, y)))) found |= QRect(x, y, 1, 1);
      return found;
    };
    const auto is_red = [](const QColor& color) { return color.red() > 200 && color.green() < 60; };
    const auto is_black = [](const QColor& color) { return color.red() < 60; };
    const QImage plain = painted(MarkedBlock(false)), marked = painted(MarkedBlock(true));
    QVERIFY(!region(plain, is_red).isEmpty() && region(plain, is_black).isEmpty());
    QCOMPARE(region(marked, is_red), region(plain, is_red));
    const QRect disk = region(marked, is_black);
    QVERIFY2(disk.width() > 0.5 * 8.0 * pixels && disk.width() < 0.6 * 8.0 * pixels,
             qPrintable(QString::number(disk.width())));
    QVERIFY((disk.center() - QPoint(400, 500)).manhattanLength() <= 4);
  }

  void a_preview_is_the_page() {
    FigureRequest request;
    request.networks = {network_of("", {30, 40, 20}, 300)};
    request.grid = read_figure_grid("layers disk");
    request.page.width = "50.8mm";
    request.page.dpi = 150;
    const FigurePreview preview = preview_figure(request, 150.0);
    const QImage shown = QImage::fromData(QByteArray::fromStdString(preview.png));
    QVERIFY(shown == QImage::fromData(written(request, "page.png")));
    QVERIFY(!preview.notices.empty());  // too narrow to read
  }
};

DNM_TEST(TestFigurePage, QGuiApplication)
#include "test_figure_page.moc"
