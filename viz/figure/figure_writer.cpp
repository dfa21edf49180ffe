// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/figure_writer.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QImageWriter>
#include <QPageLayout>
#include <QPageSize>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <span>

#include "core/files/atomic_file.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/memory.h"
#include "viz/figure/compact_svg.h"
#include "viz/figure/figure_layout.h"
#include "viz/figure/figure_metadata.h"
#include "viz/figure/tiff_encoder.h"
#include "viz/paper/fonts.h"

namespace dnm {

namespace {

constexpr double detail_dpi = 600.0;  // decides between single links and density: the same in every format

/// What a format is made from besides the page.
struct Printing {
  FigureMetadata metadata;
  QString font_family;         ///< empty: that of the program
  QStringList font_fallbacks;  ///< for readers that have another
  double dpi = 300.0;          ///< of pixels
};

struct FigureFormat {
  std::string_view extension;
  QByteArray (*render)(const FigureLayout&, const Printing&);
};

PaperStyle with_font(PaperStyle style, const Printing& printing) {
  style.font_family = printing.font_family;
  return style;
}

constexpr double mm(double points) { return points * 25.4 / 72.0; }

QByteArray render_svg(const FigureLayout& layout, const Printing& printing) {
  const FigureMetadata& metadata = printing.metadata;
  // Hundredths of a millimetre as the unit, so that a width in millimetres is met exactly.
  constexpr int units_per_inch = 2540;
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(units_per_inch);
  const QSize size(static_cast<int>(std::lround(mm(layout.size().width()) * 100.0)),
                   static_cast<int>(std::lround(mm(layout.size().height()) * 100.0)));
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(0, 0), size));
  // The generator writes these two as they are: XML markup within them would break the file.
  const QByteArray title = "title-of-figure", description = "description-of-figure";
  generator.setTitle(QString::fromLatin1(title));
  generator.setDescription(QString::fromLatin1(description));
  {
    QPainter painter(&generator);
    painter.scale(units_per_inch / 72.0, units_per_inch / 72.0);
    layout.paint(painter, with_font({}, printing));
  }
  bytes = compact_svg(bytes);
  const QString words = metadata.program + QStringLiteral(": ") + metadata.command_line;
  const QByteArray description_end = "</desc>";
  const qsizetype place = bytes.indexOf(description + description_end);
  if (place < 0) throw FileError("the SVG generator left out its description; the session cannot be stored");
  bytes.replace(place, description.size() + description_end.size(),
                xml_text(words).toHtmlEscaped().toUtf8() + description_end + "\n" + svg_metadata(metadata));
  bytes.replace(bytes.indexOf(title), title.size(), xml_text(metadata.title).toHtmlEscaped().toUtf8());
  // Where the font is not installed, the reader's own sans-serif is nearer than its default serif.
  const QString face = printing.font_family.isEmpty() ? picture_font_family() : printing.font_family;
  const QByteArray family = "font-family=\"" + face.toUtf8();
  bytes.replace(family + "\"", family + ", " + printing.font_fallbacks.join(", ").toUtf8() + ", sans-serif\"");
  return bytes;
}

/// QPdfWriter rounds the page to whole points; the box of the page is corrected here, about the upper left corner where
/// the drawing starts. The new box takes exactly the room of the old one, since the file's tables count bytes.
void set_exact_page(QByteArray& pdf, QSizeF points) {
  const QByteArray mark = "/MediaBox [";
  const qsizetype begin = pdf.indexOf(mark) + mark.size();
  const qsizetype end = pdf.indexOf(']', begin);
  if (begin < mark.size() || end < 0) return;
  const QList<QByteArray> numbers = pdf.mid(begin, end - begin).simplified().split(' ');
  if (numbers.size() != 4) return;
  const double top = numbers[3].toDouble();
  QByteArray box = "0 " + QByteArray::number(top - points.height(), 'f', 3) + " " +
                   QByteArray::number(points.width(), 'f', 3) + " " + QByteArray::number(top, 'f', 0);
  if (box.size() <= end - begin) pdf.replace(begin, end - begin, box.leftJustified(end - begin, ' '));
}

QByteArray render_pdf(const FigureLayout& layout, const Printing& printing) {
  const FigureMetadata& metadata = printing.metadata;
  constexpr int units_per_inch = 3600;  // 0.02 pt: whole units are fine enough for thin lines
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(layout.size(), QPageSize::Point, QStringLiteral("figure"), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0.0, 0.0, 0.0, 0.0));
    writer.setResolution(units_per_inch);
    writer.setTitle(metadata.title);
    writer.setCreator(metadata.program);
    writer.setDocumentXmpMetadata(xmp_packet(metadata));
    QPainter painter(&writer);
    painter.scale(units_per_inch / 72.0, units_per_inch / 72.0);
    layout.paint(painter, with_font(PaperStyle::compact(), printing));
  }
  set_exact_page(bytes, layout.size());
  return bytes;
}

QImage render_pixels(const FigureLayout& layout, const Printing& printing) {
  const double scale = printing.dpi / 72.0;
  const int width = static_cast<int>(std::lround(layout.size().width() * scale));
  const int height = static_cast<int>(std::lround(layout.size().height() * scale));
  require_memory(8U * static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height), "the figure's pixels");
  QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
  if (image.isNull())
    throw ResourceError("there is not enough memory for a figure of this size; choose a smaller width");
  image.setDotsPerMeterX(static_cast<int>(std::lround(printing.dpi / 0.0254)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.scale(width / layout.size().width(), height / layout.size().height());
  layout.paint(painter, with_font(PaperStyle::raster(), printing));
  painter.end();
  return image.convertToFormat(QImage::Format_RGB32);
}

QByteArray render_png(const FigureLayout& layout, const Printing& printing) {
  const QImage image = render_pixels(layout, printing);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QImageWriter writer(&buffer, "png");
  writer.setText(QStringLiteral("Title"), printing.metadata.title);
  writer.setText(QStringLiteral("Software"), printing.metadata.program);
  writer.setText(QString::fromLatin1(command_key), printing.metadata.command_line);
  writer.setText(QString::fromLatin1(session_key), printing.metadata.session_json);
  if (!writer.write(image)) {
    throw FileError("the PNG could not be encoded: " + writer.errorString().toStdString());
  }
  return bytes;
}

QByteArray render_tiff(const FigureLayout& layout, const Printing& printing) {
  return encode_tiff(render_pixels(layout, printing), printing.dpi, printing.metadata);
}

constexpr FigureFormat formats[] = {
    {".svg", render_svg}, {".pdf", render_pdf}, {".png", render_png}, {".tiff", render_tiff}, {".tif", render_tiff},
};

const FigureFormat& format_of(const std::filesystem::path& path) {
  const std::string extension = lower_case(path.extension().string());
  for (const FigureFormat& format : formats) {
    if (extension == format.extension) return format;
  }
  throw InvalidInput("cannot write a figure as \"" + path.filename().string() + "\"; end the name with " +
                     std::string(figure_extensions_words));
}

FigureMetadata metadata_of(const FigureRequest& request) {
  FigureMetadata metadata;
  metadata.title = QString::fromStdString(request.title).simplified();
  for (const FigureNetwork& network : request.networks) {
    if (!request.title.empty() || network.title.empty()) continue;
    if (!metadata.title.isEmpty()) metadata.title += QStringLiteral("; ");
    metadata.title += QString::fromStdString(network.title).simplified();
  }
  if (metadata.title.isEmpty()) metadata.title = QStringLiteral("Network");
  add_origin(metadata, request);
  return metadata;
}

Printing printing_of(const FigureRequest& request) {
  Printing printing{metadata_of(request), {}, {"Verdana", "Helvetica", "Arial"}, static_cast<double>(request.page.dpi)};
  if (request.page.font == FigureFont::dejavu) return printing;
  const bool is_arial = request.page.font == FigureFont::arial;
  printing.font_fallbacks = is_arial ? QStringList{"Arial", "Liberation Sans", "Helvetica"}
                                     : QStringList{"Helvetica", "Nimbus Sans", "Liberation Sans", "Arial"};
  printing.font_family = installed_family(printing.font_fallbacks);
  if (printing.font_family.isEmpty()) {
    throw InvalidInput(std::string(is_arial ? "Arial" : "Helvetica") +
                       " is not installed, nor a font with the same widths; install fonts-liberation, or choose "
                       "--font dejavu");
  }
  printing.font_fallbacks.removeAll(printing.font_family);
  return printing;
}

}  // namespace

std::vector<std::string> write_figure(const std::filesystem::path& path, const FigureRequest& request) {
  const FigureFormat& format = format_of(path);
  const Printing printing = printing_of(request);
  const FigureLayout layout(request, detail_dpi / 72.0);
  const QByteArray bytes = format.render(layout, printing);
  write_atomically(path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  return layout.notices();
}

FigurePreview preview_figure(const FigureRequest& request, double dpi) {
  Printing printing = printing_of(request);
  printing.dpi = dpi;
  const FigureLayout layout(request, detail_dpi / 72.0);
  return {render_png(layout, printing).toStdString(), layout.notices()};
}

QRectF place_on_sheet(QSizeF figure, QSizeF printable) {
  const double scale = std::min({1.0, printable.width() / figure.width(), printable.height() / figure.height()});
  const QSizeF size = figure * scale;
  return {QPointF(0.5 * (printable.width() - size.width()), 0.0), size};
}

std::vector<std::string> print_figure(QPagedPaintDevice& printer, const FigureRequest& request) {
  const Printing printing = printing_of(request);
  const FigureLayout layout(request, detail_dpi / 72.0);
  const QRectF place = place_on_sheet(layout.size(), printer.pageLayout().paintRect(QPageLayout::Point).size());
  const double scale = place.width() / layout.size().width();
  QPainter painter;
  if (!painter.begin(&printer))
    throw FileError("the printer does not take the page; look at its queue, or export the figure and print the file");
  painter.scale(printer.logicalDpiX() / 72.0, printer.logicalDpiY() / 72.0);
  painter.translate(place.topLeft());
  painter.scale(scale, scale);
  layout.paint(painter, with_font({}, printing));
  painter.end();
  std::vector<std::string> notices = layout.notices();
  if (scale < 1.0) {
    notices.push_back("printed at " + with_decimals(100.0 * scale, 0) +
                      " % of its size, since the sheet is smaller than the figure");
  }
  return notices;
}

}  // namespace dnm
