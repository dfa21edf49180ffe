// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/support/task_control.h"

namespace dnm {

struct XmlAttribute {
  std::string_view name;
  std::string_view value;
};

/// Receives the elements of an XML file in order. The texts are valid only until the call returns. An exception ends
/// the reading; an InvalidInput, worded to follow "line 7", becomes a FileError with the line.
class XmlListener {
 public:
  virtual ~XmlListener() = default;
  virtual void open(std::string_view element, std::span<const XmlAttribute> attributes) = 0;
  virtual void close(std::string_view element) = 0;
  /// Part of the text of the innermost open element.
  virtual void text(std::string_view part) = 0;
  /// The same for an element of another namespace than the outermost one's and all inside it, which most readers skip.
  virtual void open_foreign(std::string_view /*element*/, std::span<const XmlAttribute> /*attributes*/) {}
  virtual void close_foreign(std::string_view /*element*/) {}
  virtual void foreign_text(std::string_view /*part*/) {}
};

/// The value of an attribute; empty where it is missing.
[[nodiscard]] std::string_view attribute(std::span<const XmlAttribute> attributes, std::string_view name);

/// Reads an XML file of any size in little memory. Names come without their namespace's prefix. A file that declares
/// entities is refused (since they could expand without limit), nothing outside the file is ever opened, and texts,
/// names and depth have libxml2's limits. Throws FileError with the line, Cancelled.
void read_xml(const std::filesystem::path& path, XmlListener& listener, const TaskControl& control);

/// `text` as XML content: markup escaped, characters that XML cannot represent replaced by U+FFFD.
[[nodiscard]] std::string xml_escaped(std::string_view text);
/// The same for the value of an attribute, where line ends and tabs need care as well.
[[nodiscard]] std::string xml_attribute_escaped(std::string_view text);

}  // namespace dnm
