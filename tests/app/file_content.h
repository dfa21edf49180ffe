// SPDX-License-Identifier: GPL-3.0-or-later
// What a file says, however it is stored.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>
#include <QString>
#include <QStringConverter>

#include <zlib.h>

namespace samples {

/// What a compressed stream that begins at `from` holds; empty if none does. `window_bits`: 15 for zlib, -15 for the
/// bare streams of zip archives.
inline QByteArray inflated(const QByteArray& bytes, qsizetype from, int window_bits) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData() + from));
  stream.avail_in = static_cast<uInt>(bytes.size() - from);
  QByteArray content, block(1 << 16, '\0');
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    status = inflate(&stream, Z_NO_FLUSH);
    content.append(block.constData(), block.size() - static_cast<qsizetype>(stream.avail_out));
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END ? content : QByteArray();
}

/// The bytes of the file and, behind them, those of all compressed streams in it (of a PDF, a PNG, a zip archive).
inline QByteArray content_with_streams(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray bytes = file.readAll();
  QByteArray content = bytes;
  for (qsizetype at = 0; at + 1 < bytes.size(); ++at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    const bool is_header = first % 16U == 8 && first / 16U < 8 && (256U * first + second) % 31U == 0;  // RFC 1950
    if (is_header) content += inflated(bytes, at, 15);
  }
  const QByteArray local_header("PK\x03\x04", 4);
  for (qsizetype at = bytes.indexOf(local_header); at >= 0; at = bytes.indexOf(local_header, at + 1)) {
    if (at + 30 > bytes.size()) break;
    const auto number = [&](qsizetype place) {
      return static_cast<unsigned char>(bytes[at + place]) + 256 * static_cast<unsigned char>(bytes[at + place + 1]);
    };
    const qsizetype data = at + 30 + number(26) + number(28);
    if (number(8) == 8 && data < bytes.size()) content += inflated(bytes, data, -15);
  }
  return content;
}

/// Whether a file says that text: as UTF-8, as UTF-16 (in a PDF), or as UTF-32 (in NumPy's arrays).
inline bool says(const QByteArray& content, const QString& text) {
  const auto encoded = [&](QStringConverter::Encoding encoding) {
    return QByteArray(QStringEncoder(encoding).encode(text));
  };
  return content.contains(text.toUtf8()) || content.contains(encoded(QStringConverter::Utf16BE)) ||
         content.contains(encoded(QStringConverter::Utf32LE));
}

}  // namespace samples
