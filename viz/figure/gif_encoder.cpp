// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <utility>
#include <vector>

#include <gif_lib.h>

#include "core/support/error.h"
#include "viz/figure/frame_encoder.h"
#include "viz/figure/gif_palette.h"

// After the GIF89a specification (CompuServe 1990). A frame holds the rectangle in which it differs from the one
// before, and in that, pixels that stayed are transparent: what does not move keeps its colour exactly.
namespace dnm {

namespace {

constexpr int most_colors = 255;  // and one for what is transparent
constexpr int transparent = 255;
constexpr int centiseconds = 10;  // milliseconds

struct MapDeleter {
  void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
};

class GifEncoder final : public FrameEncoder {
 public:
  GifEncoder(QSize size, const FigureMetadata& metadata) : size_(size) {
    int problem = 0;
    file_ = EGifOpen(&bytes_, append, &problem);
    if (file_ == nullptr) throw failed(problem);
    EGifSetGifVersion(file_, true);
    check(EGifPutScreenDesc(file_, size.width(), size.height(), 8, 0, nullptr));
    constexpr std::array<unsigned char, 3> repeat_without_end{1, 0, 0};
    check(EGifPutExtensionLeader(file_, APPLICATION_EXT_FUNC_CODE));
    check(EGifPutExtensionBlock(file_, 11, "NETSCAPE2.0"));
    check(EGifPutExtensionBlock(file_, static_cast<int>(repeat_without_end.size()), repeat_without_end.data()));
    check(EGifPutExtensionTrailer(file_));
    check(EGifPutComment(file_, (metadata.program + ": " + metadata.command_line).toUtf8().constData()));
  }
  GifEncoder(const GifEncoder&) = delete;
  GifEncoder& operator=(const GifEncoder&) = delete;
  ~GifEncoder() override { close(); }

  void add(const QImage& given, int milliseconds) override {
    const QImage frame = given.convertToFormat(QImage::Format_RGB32);
    const QRect changed = changed_area(frame);
    const std::vector<bool> stays = unchanged_pixels(frame, changed);
    const Indexed indexed = indexed_pixels(frame, changed, stays);

    GraphicsControlBlock control{DISPOSE_DO_NOT, false, milliseconds / centiseconds, transparent};
    std::array<GifByteType, 4> block{};
    EGifGCBToExtension(&control, block.data());
    check(EGifPutExtension(file_, GRAPHICS_EXT_FUNC_CODE, static_cast<int>(block.size()), block.data()));
    check(
        EGifPutImageDesc(file_, changed.x(), changed.y(), changed.width(), changed.height(), false, indexed.map.get()));
    for (int row = 0; row < changed.height(); ++row) {
      std::vector<GifPixelType> line(indexed.pixels.begin() + std::ptrdiff_t{row} * changed.width(),
                                     indexed.pixels.begin() + std::ptrdiff_t{row + 1} * changed.width());
      check(EGifPutLine(file_, line.data(), changed.width()));
    }
    before_ = frame;
  }

  QByteArray finish() override {
    close();
    return std::move(bytes_);
  }

 private:
  struct Indexed {
    std::unique_ptr<ColorMapObject, MapDeleter> map;
    std::vector<GifPixelType> pixels;  ///< of the rectangle, row by row
  };

  static int append(GifFileType* file, const GifByteType* data, int count) {
    static_cast<QByteArray*>(file->UserData)->append(reinterpret_cast<const char*>(data), count);
    return count;
  }

  static FileError failed(int problem) {
    const char* const words = GifErrorString(problem);
    return FileError(std::string("the GIF could not be encoded: ") + (words != nullptr ? words : "unknown reason"));
  }
  void check(int status) const {
    if (status != GIF_OK) throw failed(file_->Error);
  }
  void close() {
    int problem = 0;
    if (std::exchange(open_, false)) EGifCloseFile(file_, &problem);
  }

  /// All of the first frame; one pixel where nothing changed, since a frame holds at least one.
  [[nodiscard]] QRect changed_area(const QImage& frame) const {
    if (before_.isNull()) return {QPoint(0, 0), size_};
    int left = size_.width(), right = -1, top = size_.height(), bottom = -1;
    for (int y = 0; y < size_.height(); ++y) {
      const auto* now = reinterpret_cast<const QRgb*>(frame.constScanLine(y));
      const auto* then = reinterpret_cast<const QRgb*>(before_.constScanLine(y));
      for (int x = 0; x < size_.width(); ++x) {
        if (now[x] == then[x]) continue;
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
      }
    }
    return right < 0 ? QRect(0, 0, 1, 1) : QRect(QPoint(left, top), QPoint(right, bottom));
  }

  [[nodiscard]] std::vector<bool> unchanged_pixels(const QImage& frame, const QRect& area) const {
    std::vector<bool> stays;
    stays.reserve(static_cast<std::size_t>(area.width()) * static_cast<std::size_t>(area.height()));
    for (int y = area.top(); y <= area.bottom(); ++y) {
      for (int x = area.left(); x <= area.right(); ++x) {
        stays.push_back(!before_.isNull() && frame.pixel(x, y) == before_.pixel(x, y));
      }
    }
    return stays;
  }

  static Indexed indexed_pixels(const QImage& frame, const QRect& area, const std::vector<bool>& stays) {
    std::vector<QRgb> changed;
    std::size_t place = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
      for (int x = area.left(); x <= area.right(); ++x) {
        if (!stays[place++]) changed.push_back(frame.pixel(x, y));
      }
    }
    const GifPalette palette(changed, most_colors);
    Indexed indexed;
    indexed.map.reset(GifMakeMapObject(transparent + 1, nullptr));
    if (!indexed.map) throw ResourceError("there is not enough memory for a frame; choose a smaller width");
    for (std::size_t color = 0; color < palette.colors().size(); ++color) {
      const QRgb made = palette.colors()[color];
      indexed.map->Colors[color] = {static_cast<GifByteType>(qRed(made)), static_cast<GifByteType>(qGreen(made)),
                                    static_cast<GifByteType>(qBlue(made))};
    }
    indexed.pixels.reserve(stays.size());
    std::size_t next = 0;
    for (const bool stayed : stays)
      indexed.pixels.push_back(static_cast<GifPixelType>(stayed ? transparent : palette.index_of(changed[next++])));
    return indexed;
  }

  QSize size_;
  QByteArray bytes_;
  GifFileType* file_ = nullptr;
  bool open_ = true;
  QImage before_;
};

}  // namespace

std::unique_ptr<FrameEncoder> make_gif_encoder(QSize size, const FigureMetadata& metadata) {
  return std::make_unique<GifEncoder>(size, metadata);
}

}  // namespace dnm
