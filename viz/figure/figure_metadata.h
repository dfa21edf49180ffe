// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <filesystem>
#include <string>

#include "core/support/version.h"

namespace dnm {

/// What every figure carries, so that it can be made again.
struct FigureMetadata {
  QString title;
  QString command_line;
  QString session_json;
  QString program;  ///< "DNM Studio 0.1.0"
};

/// What makes the figures of a request again, and the program.
template <class Request>
void add_origin(FigureMetadata& metadata, const Request& request) {
  metadata.command_line = QString::fromStdString(request.command_line);
  metadata.session_json = QString::fromStdString(request.session_json);
  metadata.program = QStringLiteral("DNM Studio ") + QLatin1String(program_version());
}

/// Without the control characters that XML cannot hold (JSON never has them unescaped).
[[nodiscard]] QString xml_text(QString text);

/// PNG text keywords, also used as XML names in SVG and PDF.
inline constexpr char session_key[] = "dnm-session";
inline constexpr char command_key[] = "dnm-command";

/// The XMP packet of a PDF: title, tool, and session and command line in a namespace of our own.
[[nodiscard]] QByteArray xmp_packet(const FigureMetadata& metadata);
/// The <metadata> element of an SVG.
[[nodiscard]] QByteArray svg_metadata(const FigureMetadata& metadata);

/// The session carried by a figure this program wrote. Throws FileError: missing, of another kind, or without a
/// session.
[[nodiscard]] std::string session_in_figure(const std::filesystem::path& path);

}  // namespace dnm
