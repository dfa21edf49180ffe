// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/figure_metadata.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <QtEndian>

#include "core/support/error.h"

namespace dnm {

namespace {

const QString name_space = QStringLiteral("https://dnm-studio.github.io/figure/1.0/");
constexpr qint64 largest_figure = 512LL * 1024 * 1024;

QString name(const char* key) { return QString::fromLatin1(key); }

void write_own_fields(QXmlStreamWriter& xml, const FigureMetadata& metadata) {
  xml.writeTextElement(name_space, name(command_key), xml_text(metadata.command_line));
  xml.writeTextElement(name_space, name(session_key), xml_text(metadata.session_json));
}

/// Text of the first session element in a piece of XML; null when there is none.
QString session_in_xml(const QByteArray& bytes) {
  QXmlStreamReader xml(bytes);
  while (!xml.atEnd()) {
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.namespaceUri() == name_space &&
        xml.name() == name(session_key)) {
      const QString session = xml.readElementText();
      return xml.hasError() ? QString() : session;
    }
  }
  return {};
}

QString session_in_xmp(const QByteArray& bytes) {
  // XMP packets stand in a PDF and in a TIFF as plain text between these marks, so that they can be found without
  // reading the file's tables.
  const qsizetype begin = bytes.indexOf("<x:xmpmeta");
  const QByteArray last = "</x:xmpmeta>";
  const qsizetype end = bytes.indexOf(last, begin);
  if (begin < 0 || end < 0) return {};
  return session_in_xml(bytes.mid(begin, end - begin + last.size()));
}

/// Whether the chunks of a PNG (https://www.w3.org/TR/png-3/#5Chunk-layout: length, type, content, checksum) lie within
/// the file. The library that reads it reserves memory for what a length says.
bool chunks_fit(QByteArrayView bytes) {
  constexpr qsizetype signature = 8, length = 4, around = 12;
  for (qsizetype at = signature; at < bytes.size();) {
    if (bytes.size() - at < around) return false;
    const auto content = qFromBigEndian<quint32>(bytes.sliced(at, length).data());
    if (content > bytes.size() - at - around) return false;
    if (bytes.sliced(at + length, length) == "IEND") return true;
    at += around + content;
  }
  return true;
}

QString session_in_png(QByteArray bytes) {
  if (!chunks_fit(bytes)) return {};
  QBuffer buffer(&bytes);
  return QImageReader(&buffer, "png").text(name(session_key));
}

}  // namespace

QString xml_text(QString text) {
  text.removeIf([](QChar letter) { return letter < QChar(0x20) && letter != u'\n' && letter != u'\t'; });
  return text;
}

QByteArray xmp_packet(const FigureMetadata& metadata) {
  const QString x = QStringLiteral("adobe:ns:meta/");
  const QString rdf = QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
  const QString dc = QStringLiteral("http://purl.org/dc/elements/1.1/");
  const QString xmp = QStringLiteral("http://ns.adobe.com/xap/1.0/");
  const QString language = QStringLiteral("x-default");
  QByteArray packet;
  QXmlStreamWriter xml(&packet);
  xml.writeProcessingInstruction(QStringLiteral("xpacket"),
                                 QStringLiteral("begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\""));
  xml.writeNamespace(x, QStringLiteral("x"));
  xml.writeStartElement(x, QStringLiteral("xmpmeta"));
  xml.writeNamespace(rdf, QStringLiteral("rdf"));
  xml.writeStartElement(rdf, QStringLiteral("RDF"));
  xml.writeNamespace(dc, QStringLiteral("dc"));
  xml.writeNamespace(xmp, QStringLiteral("xmp"));
  xml.writeNamespace(name_space, QStringLiteral("dnm"));
  xml.writeStartElement(rdf, QStringLiteral("Description"));
  xml.writeAttribute(rdf, QStringLiteral("about"), QString());
  xml.writeStartElement(dc, QStringLiteral("title"));
  xml.writeStartElement(rdf, QStringLiteral("Alt"));
  xml.writeStartElement(rdf, QStringLiteral("li"));
  xml.writeAttribute(QStringLiteral("xml:lang"), language);
  xml.writeCharacters(xml_text(metadata.title));
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeTextElement(xmp, QStringLiteral("CreatorTool"), metadata.program);
  write_own_fields(xml, metadata);
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeEndElement();
  xml.writeProcessingInstruction(QStringLiteral("xpacket"), QStringLiteral("end=\"w\""));
  return packet;
}

QByteArray svg_metadata(const FigureMetadata& metadata) {
  QByteArray element;
  QXmlStreamWriter xml(&element);
  xml.writeStartElement(QStringLiteral("metadata"));
  xml.writeNamespace(name_space, QStringLiteral("dnm"));
  xml.writeTextElement(name_space, QStringLiteral("program"), metadata.program);
  write_own_fields(xml, metadata);
  xml.writeEndElement();
  return element;
}

std::string session_in_figure(const std::filesystem::path& path) {
  const QString file_name = QString::fromStdString(path.string());
  QFile file(file_name);
  if (!file.open(QIODevice::ReadOnly)) {
    throw FileError("cannot open the figure " + path.string() + ": " + file.errorString().toStdString());
  }
  if (file.size() > largest_figure) throw FileError(path.string() + " is too large to be a figure of this program");
  const QByteArray bytes = file.readAll();
  QString session;
  const bool is_tiff = bytes.startsWith(QByteArrayView("II*\0", 4)) || bytes.startsWith(QByteArrayView("MM\0*", 4));
  if (is_tiff || bytes.startsWith("%PDF-")) {
    session = session_in_xmp(bytes);
  } else if (bytes.startsWith("\x89PNG")) {
    session = session_in_png(bytes);
  } else if (bytes.left(4096).contains("<svg")) {
    session = session_in_xml(bytes);
  } else {
    throw FileError(path.string() + " is no SVG, PDF, PNG or TIFF figure; open one that this program exported");
  }
  if (session.isEmpty()) {
    throw FileError(path.string() + " carries no session; only figures exported by this program do");
  }
  return session.toStdString();
}

}  // namespace dnm
