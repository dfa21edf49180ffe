// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <bit>
#include <cmath>
#include <set>

#include <dlfcn.h>

#include "core/measures/measure.h"
#include "core/support/error.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/figure/figure_module.h"

using namespace dnm;
using namespace dnm::test;

namespace {

const std::string session_text = "{\"version\": 1, \"note\": \"<&Grüße> ]]> \\\\n\", \"seed\": 7}";
const std::string command_text = "dnm figure --model dnm --layers 98,196,196 -o figure.svg";

/// As the command line does it: this program has no Qt application of its own.
FigureModule& module() {
  static FigureModule* const loaded = [] {
    void* const library = dlopen((std::string(library_folder()) + "/dnm-figure.so").c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) qFatal("%s", dlerror());
    return std::bit_cast<FigureModuleEntry>(dlsym(library, "dnm_figure_module"))();
  }();
  return *loaded;
}

FigureNetwork make_network(const char* title, const NetworkPointer& network) {
  FigureNetwork panel;
  panel.title = title;
  panel.input = {network, random_embedding(*network)};
  Measurement value;
  value.value = 1.25;
  panel.measures.assign(measure_table().size(), value);
  panel.measures.back().value.reset();
  panel.measures.back().reason = "fewer than two distinct degrees";
  return panel;
}

FigureRequest request_of(const NetworkPointer& network) {
  FigureRequest request;
  request.networks = {make_network("b  standard", network)};
  request.session_json = session_text;
  request.command_line = command_text;
  return request;
}

QByteArray content_of(const std::filesystem::path& path) {
  QFile file(QString::fromStdString(path.string()));
  if (!file.open(QIODevice::ReadOnly)) return {};
  return file.readAll();
}

}  // namespace

class TestFigure : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  NetworkPointer network_ = reference_network("layered_98_196_196_s90.tsv");

  [[nodiscard]] std::filesystem::path path(const char* name) const {
    return std::filesystem::path(folder_.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void svg_is_xml_with_text_and_the_width_that_was_asked_for() {
    const auto file = path("figure.svg");
    QVERIFY(module().write(file, request_of(network_)).empty());
    const QByteArray bytes = content_of(file);
    QXmlStreamReader xml(bytes);
    QStringList texts;
    QString width, height, view_box, title, description;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      if (xml.name() == u"svg") {
        width = xml.attributes().value("width").toString();
        height = xml.attributes().value("height").toString();
        view_box = xml.attributes().value("viewBox").toString();
      }
      if (xml.name() == u"title") title = xml.readElementText();
      if (xml.name() == u"desc") description = xml.readElementText();
      if (xml.name() == u"text") texts << xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(width, QString("183mm"));
    QVERIFY(height.endsWith("mm"));
    QVERIFY(view_box.startsWith("0 0 18300 "));
    QCOMPARE(title, QString("b standard"));
    QVERIFY(description.contains(QString::fromStdString(command_text)));
    // Text stays text: title, matrices, layers, and the measures with their subscript apart.
    for (const char* wanted : {"b", "standard", "W1", "W2", "inputs", "layer 2", "σ", "c", "= n/a"}) {
      QVERIFY2(texts.contains(QString::fromUtf8(wanted)), wanted);
    }
    QCOMPARE(module().session_of(file), session_text);
  }

  void pdf_has_the_exact_page_and_embeds_its_fonts() {
    const auto file = path("figure.pdf");
    FigureRequest request = request_of(network_);
    request.page.width = "89mm";
    static_cast<void>(module().write(file, request));
    const QByteArray bytes = content_of(file);
    QVERIFY(bytes.startsWith("%PDF-1."));
    QVERIFY(bytes.trimmed().endsWith("%%EOF"));
    QVERIFY(bytes.contains("/FontFile2"));
    const qsizetype begin = bytes.indexOf("/MediaBox [") + 11;
    const auto box = bytes.mid(begin, bytes.indexOf(']', begin) - begin).simplified().split(' ');
    QCOMPARE(box.size(), qsizetype{4});
    QVERIFY(std::abs(box[2].toDouble() - box[0].toDouble() - 89.0 / 25.4 * 72.0) < 0.002);
    // The table of objects must still point at them.
    const qsizetype start = bytes.mid(bytes.lastIndexOf("startxref") + 9).trimmed().split('\n')[0].toLongLong();
    QVERIFY(bytes.mid(start).startsWith("xref"));
    QCOMPARE(module().session_of(file), session_text);
  }

  void pdf_holds_matrices_as_they_are() {
    FigureRequest request = request_of(random_network({784, 1568}, 61000));
    request.grid = read_figure_grid("matrix");
    const auto file = path("lossless.pdf");
    static_cast<void>(module().write(file, request));
    const QByteArray bytes = content_of(file);
    QVERIFY(bytes.contains("/Subtype /Image"));
    QVERIFY(!bytes.contains("/DCTDecode"));
  }

  void a_figure_of_one_picture_has_no_empty_bands() {
    for (const auto& [panel, network] :
         {std::pair("matrix", network_), std::pair("matrix", random_network({784, 1568, 1568, 1568}, 2000)),
          std::pair("matrix", reference_network("karate.tsv")), std::pair("disk", network_)}) {
      FigureRequest request;
      request.networks = {{"", {network, random_embedding(*network)}, {}}};
      request.grid = read_figure_grid(panel);
      const auto file = path("bands.png");
      static_cast<void>(module().write(file, request));
      const QImage image(QString::fromStdString(file.string()));
      int first = image.height(), last = 0;
      for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
          if (image.pixel(x, y) == qRgb(255, 255, 255)) continue;
          first = std::min(first, y);
          last = y;
        }
      }
      // No more than a line of text at both ends.
      QVERIFY2(first < 60 && image.height() - last < 60,
               qPrintable(QStringLiteral("%1: %2 to %3 of %4").arg(panel).arg(first).arg(last).arg(image.height())));
    }
  }

  void png_has_300_dots_per_inch_and_is_not_empty() {
    const auto file = path("figure.PNG");
    static_cast<void>(module().write(file, request_of(network_)));
    const QImage image(QString::fromStdString(file.string()));
    QCOMPARE(image.width(), 2161);  // 183 / 25.4 · 300
    QCOMPARE(image.dotsPerMeterX(), 11811);
    std::set<QRgb> colors;
    int inked = 0;
    for (int y = 0; y < image.height(); y += 3) {
      for (int x = 0; x < image.width(); x += 3) {
        colors.insert(image.pixel(x, y));
        inked += image.pixel(x, y) != qRgb(255, 255, 255);
      }
    }
    QVERIFY(colors.size() > 500);
    QVERIFY(inked > 20000);
    QCOMPARE(module().session_of(file), session_text);
  }

  void same_request_gives_the_same_file() {
    FigureRequest request = request_of(network_);
    request.page.width = "60mm";
    for (const char* name : {"twice.svg", "twice.png"}) {
      static_cast<void>(module().write(path(name), request));
      const QByteArray first = content_of(path(name));
      static_cast<void>(module().write(path(name), request));
      QVERIFY(first == content_of(path(name)));
    }
  }

  void single_pictures_and_grids() {
    FigureRequest request = request_of(network_);
    for (const std::string id : {"matrix", "layers", "disk"}) {
      request.grid = read_figure_grid(id);
      static_cast<void>(module().write(path("single.svg"), request));
      const QByteArray bytes = content_of(path("single.svg"));
      QCOMPARE(bytes.contains(">W2<"), id == "matrix");
    }
    request.networks.assign(4, request.networks.front());
    request.grid = grid_of_networks("all", 4);
    request.networks[2].title = "c  third";
    QVERIFY(module().write(path("grid.svg"), request).empty());
    const QByteArray grid = content_of(path("grid.svg"));
    QCOMPARE(grid.count(">W2<"), qsizetype{4});
    QCOMPARE(grid.count(">third<"), qsizetype{1});
  }

  void dense_layers_become_one_image_in_vector_files() {
    const auto network = random_network({500, 500}, 32000);
    FigureRequest request;
    request.networks = {make_network("", network)};
    request.grid = read_figure_grid("layers");
    request.options.link_drawing = LinkDrawing::lines;
    request.options.link_limit = 100000;
    request.page.width = "50mm";
    static_cast<void>(module().write(path("dense.svg"), request));
    const QByteArray bytes = content_of(path("dense.svg"));
    QCOMPARE(bytes.count("<image"), qsizetype{1});
    QVERIFY(bytes.count("<polyline") + bytes.count("<path") < 1000);
    QVERIFY(bytes.contains(">layer 1<"));
    request.options.link_limit = 1000;
    const auto notices = module().write(path("thin.svg"), request);
    QCOMPARE(notices.size(), std::size_t{1});
    QVERIFY(notices[0].find("1,000 of 32,000 links drawn") != std::string::npos);
    QVERIFY(content_of(path("thin.svg")).contains("1,000 of 32,000 links drawn"));
    QVERIFY(!content_of(path("thin.svg")).contains("<image"));
  }

  void small_matrices_have_names_at_their_axes() {
    FigureRequest request = request_of(network_);
    request.grid = read_figure_grid("matrix");
    request.page.width = "45mm";
    static_cast<void>(module().write(path("names.svg"), request));
    const QByteArray bytes = content_of(path("names.svg"));
    for (const char* name : {">inputs<", ">layer 1<", ">layer 2<"}) QVERIFY2(bytes.contains(name), name);
  }

  /// Thousands of translucent lines on a few square centimetres: as shapes they would be hundreds of kilobytes.
  void crowded_lines_become_one_image_in_svg() {
    FigureRequest request = request_of(network_);
    request.grid = read_figure_grid("layers");
    for (const auto& [width, images] : {std::pair("40mm", 1), std::pair("183mm", 0)}) {
      request.page.width = width;
      static_cast<void>(module().write(path("crowded.svg"), request));
      const QByteArray bytes = content_of(path("crowded.svg"));
      QCOMPARE(bytes.count("<image"), qsizetype{images});
      QCOMPARE(bytes.count("<path") > 1000, images == 0);
    }
    // A PDF has smaller shapes.
    request.page.width = "40mm";
    static_cast<void>(module().write(path("crowded.pdf"), request));
    QVERIFY(!content_of(path("crowded.pdf")).contains("/Subtype /Image"));
  }

  void text_that_is_too_small_is_reported() {
    FigureRequest request = request_of(network_);
    request.networks.assign(4, request.networks.front());
    request.grid = grid_of_networks("all", 4);
    request.page.width = "25mm";
    const auto notices = module().write(path("narrow.svg"), request);
    QVERIFY(!notices.empty());
    QVERIFY2(notices.back().find("5 pt") != std::string::npos, notices.back().c_str());
  }

  void bad_requests_are_refused() {
    const FigureRequest good = request_of(network_);
    for (const char* name : {"figure.jpg", "figure", "figure.svg.gz"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path(name), good)), InvalidInput);
      QVERIFY(!std::filesystem::exists(path(name)));
    }
    for (const char* width : {"0", "-5mm", "1e9mm", "nan", "wide", "12 furlongs", ""}) {
      FigureRequest request = good;
      request.page.width = width;
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path("bad.svg"), request)), InvalidInput);
    }
    FigureRequest request = good;
    request.grid = read_figure_grid("pie");
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path("bad.svg"), request)), InvalidInput);
    request = good;
    request.networks.clear();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path("bad.svg"), request)), InvalidInput);
    request = good;
    request.networks[0].input.network.reset();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path("bad.svg"), request)), InvalidInput);
    QVERIFY(!std::filesystem::exists(path("bad.svg")));
  }

  void nothing_is_left_behind_where_nothing_can_be_written() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path("missing/figure.svg"), request_of(network_))),
                             FileError);
    QVERIFY(!std::filesystem::exists(path("missing")));
    QFile blocker(QString::fromStdString(path("blocker").string()));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().write(path("blocker/figure.pdf"), request_of(network_))),
                             FileError);
  }

  void files_without_a_session_are_refused() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().session_of(path("nowhere.svg"))), FileError);
    QImage blank(4, 4, QImage::Format_RGB32);
    blank.fill(0);
    QVERIFY(blank.save(QString::fromStdString(path("blank.png").string())));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().session_of(path("blank.png"))), FileError);
    const auto put = [this](const char* name, const QByteArray& bytes) {
      QFile file(QString::fromStdString(path(name).string()));
      return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(put("other.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>none</desc></svg>"));
    QVERIFY(put("words.txt", "hello"));
    static_cast<void>(module().write(path("whole.pdf"), request_of(network_)));
    const QByteArray whole = content_of(path("whole.pdf"));
    QVERIFY(put("cut.pdf", whole.left(whole.indexOf("</x:xmpmeta>"))));
    static_cast<void>(module().write(path("whole.svg"), request_of(network_)));
    const QByteArray whole_svg = content_of(path("whole.svg"));
    QVERIFY(put("cut.svg", whole_svg.left(whole_svg.indexOf("dnm-session>") + 30)));
    for (const char* name : {"other.svg", "words.txt", "cut.pdf", "cut.svg"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(module().session_of(path(name))), FileError);
    }
  }
};

DNM_TEST(TestFigure)
#include "test_figure.moc"
