// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/animation.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "viz/figure/figure_layout.h"
#include "viz/figure/figure_metadata.h"
#include "viz/figure/frame_encoder.h"

namespace dnm {

namespace {

constexpr double dots_per_inch = 110.0;  // 183 mm are 793 pixels, without the border
constexpr double last_frame_seconds = 2.0;
constexpr int most_pixels = 4000;  // along a side
constexpr int border = 6;          // pixels, since there is no page around it

struct AnimationFormat {
  std::string_view extension;
  std::unique_ptr<FrameEncoder> (*make)(QSize, const FigureMetadata&);
};
constexpr AnimationFormat formats[] = {
    {".gif", make_gif_encoder},
    {".webp", make_webp_encoder},
};

const AnimationFormat& format_of(const std::filesystem::path& path) {
  const std::string extension = lower_case(path.extension().string());
  const auto* const format = std::ranges::find(formats, extension, &AnimationFormat::extension);
  if (format != std::end(formats)) return *format;
  throw InvalidInput("cannot write an animation as \"" + path.filename().string() +
                     "\"; end the name with .gif or .webp");
}

QSize pixels_of(QSizeF points) {
  const double scale = dots_per_inch / 72.0;
  const QSize pixels(static_cast<int>(std::lround(points.width() * scale)) + 2 * border,
                     static_cast<int>(std::lround(points.height() * scale)) + 2 * border);
  if (pixels.width() > most_pixels || pixels.height() > most_pixels) {
    throw InvalidInput("an animation of " + std::to_string(pixels.width()) + " × " + std::to_string(pixels.height()) +
                       " pixels is too large; choose a smaller width");
  }
  return pixels;
}

}  // namespace

std::vector<std::string> write_animation(const std::filesystem::path& path, const AnimationRequest& request) {
  const AnimationFormat& format = format_of(path);
  if (request.frames == 0) throw InvalidInput("an animation needs at least one frame");
  FigureMetadata metadata;
  metadata.title = QString::fromStdString(request.figure.title).simplified();
  add_origin(metadata, request.figure);

  std::unique_ptr<FrameEncoder> encoder;
  QImage image;
  for (std::size_t frame = 0; frame < request.frames; ++frame) {
    FigureRequest figure = request.figure;
    figure.networks = {request.network(frame)};
    const FigureLayout layout(figure, dots_per_inch / 72.0);
    if (!encoder) {
      image = QImage(pixels_of(layout.size()), QImage::Format_RGB32);
      if (image.isNull()) throw ResourceError("there is not enough memory for a frame; choose a smaller width");
      encoder = format.make(image.size(), metadata);
    }
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.translate(border, border);
    painter.scale(dots_per_inch / 72.0, dots_per_inch / 72.0);
    layout.paint(painter, PaperStyle::raster());
    painter.end();
    const bool is_last = frame + 1 == request.frames;
    const double seconds = is_last ? std::max(last_frame_seconds, request.frame_seconds) : request.frame_seconds;
    encoder->add(image, static_cast<int>(std::lround(1000.0 * seconds)));
  }
  const QByteArray bytes = encoder->finish();
  write_atomically(path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  return {};
}

}  // namespace dnm
