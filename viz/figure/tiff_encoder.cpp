// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/tiff_encoder.h"

#include <QImage>
#include <algorithm>
#include <cstring>
#include <memory>

#include <tiffio.h>

#include "core/support/error.h"

namespace dnm {

namespace {

/// A file in memory as libtiff writes one: it goes back to fill in what it left open.
struct MemoryFile {
  QByteArray bytes;
  qsizetype position = 0;
};

MemoryFile& file_of(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }

tmsize_t read_bytes(thandle_t handle, void* data, tmsize_t size) {
  MemoryFile& file = file_of(handle);
  const qsizetype count = std::clamp<qsizetype>(file.bytes.size() - file.position, 0, size);
  std::memcpy(data, file.bytes.constData() + file.position, static_cast<std::size_t>(count));
  file.position += count;
  return count;
}

tmsize_t write_bytes(thandle_t handle, void* data, tmsize_t size) {
  MemoryFile& file = file_of(handle);
  if (file.bytes.size() < file.position + size) file.bytes.resize(file.position + size);
  std::memcpy(file.bytes.data() + file.position, data, static_cast<std::size_t>(size));
  file.position += size;
  return size;
}

toff_t seek(thandle_t handle, toff_t offset, int from) {
  MemoryFile& file = file_of(handle);
  const qsizetype base = from == SEEK_SET ? 0 : from == SEEK_CUR ? file.position : file.bytes.size();
  file.position = base + static_cast<qsizetype>(offset);
  return static_cast<toff_t>(file.position);
}

int close_nothing(thandle_t /*handle*/) { return 0; }

toff_t size_of(thandle_t handle) { return static_cast<toff_t>(file_of(handle).bytes.size()); }

void check(bool done) {
  if (!done) throw FileError("the TIFF could not be encoded; write a .png instead");
}

}  // namespace

QByteArray encode_tiff(const QImage& image, double dpi, const FigureMetadata& metadata) {
  MemoryFile file;
  std::unique_ptr<TIFF, decltype(&TIFFClose)> tiff(
      TIFFClientOpen("figure", "w", &file, read_bytes, write_bytes, seek, close_nothing, size_of, nullptr, nullptr),
      &TIFFClose);
  check(tiff != nullptr);
  constexpr int samples = 3, bits = 8;
  const QImage pixels = image.convertToFormat(QImage::Format_RGB888);
  const QByteArray xmp = xmp_packet(metadata), program = metadata.program.toUtf8();
  check(TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(pixels.width())) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(pixels.height())) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, samples) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, bits) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_XRESOLUTION, dpi) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_YRESOLUTION, dpi) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_SOFTWARE, program.constData()) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_XMLPACKET, static_cast<std::uint32_t>(xmp.size()), xmp.constData()) == 1 &&
        TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(tiff.get(), 0)) == 1);
  QByteArray line(static_cast<qsizetype>(samples) * pixels.width(), '\0');
  for (int row = 0; row < pixels.height(); ++row) {
    // The predictor changes the line that it is given.
    std::memcpy(line.data(), pixels.constScanLine(row), static_cast<std::size_t>(line.size()));
    check(TIFFWriteScanline(tiff.get(), line.data(), static_cast<std::uint32_t>(row), 0) == 1);
  }
  check(TIFFWriteDirectory(tiff.get()) == 1);
  tiff.reset();
  return file.bytes;
}

}  // namespace dnm
