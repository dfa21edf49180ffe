// SPDX-License-Identifier: GPL-3.0-or-later
#include <webp/encode.h>
#include <webp/mux.h>

#include "core/support/error.h"
#include "viz/figure/frame_encoder.h"

namespace dnm {

namespace {

FileError failed(const char* why) { return FileError(std::string("the WebP could not be encoded: ") + why); }

struct EncoderDeleter {
  void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
};
struct MuxDeleter {
  void operator()(WebPMux* mux) const { WebPMuxDelete(mux); }
};

/// Bytes that libwebp has allocated.
struct Data : WebPData {
  Data() : WebPData{} { WebPDataInit(this); }
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;
  ~Data() { WebPDataClear(this); }
};

/// A picture of libwebp.
struct Picture : WebPPicture {
  Picture() : WebPPicture{} {
    if (WebPPictureInit(this) == 0) throw failed("another version of libwebp is installed");
  }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  ~Picture() { WebPPictureFree(this); }
};

class WebpEncoder final : public FrameEncoder {
 public:
  WebpEncoder(QSize size, const FigureMetadata& metadata) : xmp_(xmp_packet(metadata)) {
    WebPAnimEncoderOptions options;
    if (WebPAnimEncoderOptionsInit(&options) == 0 || WebPConfigInit(&config_) == 0)
      throw failed("another version of libwebp is installed");
    encoder_.reset(WebPAnimEncoderNew(size.width(), size.height(), &options));
    if (!encoder_) throw failed("there is not enough memory");
    config_.lossless = 1;
    config_.method = 2;  // of 0 (fast) to 6
    config_.quality = 50.0F;
  }

  void add(const QImage& given, int milliseconds) override {
    const QImage frame = given.convertToFormat(QImage::Format_RGBX8888);
    Picture picture;
    picture.use_argb = 1;
    picture.width = frame.width();
    picture.height = frame.height();
    if (WebPPictureImportRGBX(&picture, frame.constBits(), static_cast<int>(frame.bytesPerLine())) == 0)
      throw failed("there is not enough memory");
    if (WebPAnimEncoderAdd(encoder_.get(), &picture, time_, &config_) == 0)
      throw failed(WebPAnimEncoderGetError(encoder_.get()));
    time_ += milliseconds;
  }

  QByteArray finish() override {
    Data plain, whole;
    if (WebPAnimEncoderAdd(encoder_.get(), nullptr, time_, nullptr) == 0 ||
        WebPAnimEncoderAssemble(encoder_.get(), &plain) == 0)
      throw failed(WebPAnimEncoderGetError(encoder_.get()));
    const std::unique_ptr<WebPMux, MuxDeleter> mux(WebPMuxCreate(&plain, 0));
    const WebPData xmp{reinterpret_cast<const std::uint8_t*>(xmp_.constData()), static_cast<std::size_t>(xmp_.size())};
    if (!mux || WebPMuxSetChunk(mux.get(), "XMP ", &xmp, 0) != WEBP_MUX_OK ||
        WebPMuxAssemble(mux.get(), &whole) != WEBP_MUX_OK)
      throw failed("its description does not fit");
    return {reinterpret_cast<const char*>(whole.bytes), static_cast<qsizetype>(whole.size)};
  }

 private:
  WebPConfig config_{};
  std::unique_ptr<WebPAnimEncoder, EncoderDeleter> encoder_;
  QByteArray xmp_;
  int time_ = 0;  ///< of the next frame, in milliseconds
};

}  // namespace

std::unique_ptr<FrameEncoder> make_webp_encoder(QSize size, const FigureMetadata& metadata) {
  return std::make_unique<WebpEncoder>(size, metadata);
}

}  // namespace dnm
