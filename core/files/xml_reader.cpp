// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/xml_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

#include <libxml/SAX2.h>
#include <libxml/entities.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "core/files/byte_source.h"
#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/error.h"

namespace dnm {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}
std::string_view view(const xmlChar* first, const xmlChar* last) {
  return {reinterpret_cast<const char*>(first), static_cast<std::size_t>(last - first)};
}

struct FreeContext {
  void operator()(xmlParserCtxt* context) const {
    if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
};

/// While it lives, what libxml2 says of errors outside of a parser, which it would print, goes to a function.
class ErrorsOfThread {
 public:
  ErrorsOfThread(xmlStructuredErrorFunc function, void* context) { xmlSetStructuredErrorFunc(context, function); }
  ~ErrorsOfThread() { xmlSetStructuredErrorFunc(context_, function_); }
  ErrorsOfThread(const ErrorsOfThread&) = delete;
  ErrorsOfThread& operator=(const ErrorsOfThread&) = delete;

 private:
  xmlStructuredErrorFunc function_ = xmlStructuredError;  // of before
  void* context_ = xmlStructuredErrorContext;
};

/// One reading: libxml2 calls its static functions, which must let no exception through.
class Reading {
 public:
  Reading(const std::filesystem::path& path, XmlListener& listener, const TaskControl& control)
      : path_(path), listener_(listener), control_(control), source_(path) {}

  void run() {
    xmlSAXHandler calls{};
    calls.initialized = XML_SAX2_MAGIC;
    calls.startElementNs = on_open;
    calls.endElementNs = on_close;
    calls.characters = on_text;
    calls.ignorableWhitespace = on_text;
    calls.entityDecl = on_entity;
    xmlInitParser();
    const ErrorsOfThread errors(on_error, this);
    context_.reset(xmlCreateIOParserCtxt(&calls, this, on_read, nullptr, this, XML_CHAR_ENCODING_NONE));
    if (problem_) rethrow();
    if (!context_) throw ResourceError("too little memory to read " + path_.string() + "; close other programs");
    xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
    xmlParseDocument(context_.get());
    if (problem_) rethrow();
    if (context_->wellFormed == 0) fail_malformed();
  }

 private:
  [[nodiscard]] std::size_t line() const {
    return !context_ || context_->input == nullptr ? 0 : static_cast<std::size_t>(std::max(context_->input->line, 0));
  }

  void rethrow() const {
    try {
      std::rethrow_exception(problem_);
    } catch (const InvalidInput& error) {
      fail_reading(path_, problem_line_, error.what());
    }
  }

  [[noreturn]] void fail_malformed() const {
    std::string why = "is not well-formed XML";
    std::size_t where = line();
    if (has_foreign_characters_) fail_reading(path_, where, "holds characters that its encoding does not have");
    if (const auto* const error = xmlCtxtGetLastError(context_.get()); error != nullptr && error->message != nullptr) {
      const std::string message = without_control_characters(error->message);
      why += " (" + message.substr(0, message.find_last_not_of(' ') + 1) + ")";
      where = static_cast<std::size_t>(std::max(error->line, 0));
    }
    fail_reading(path_, where, why + "; the file may be truncated");
  }

  /// Runs a call and keeps its exception. False when there was one, now or before.
  template <class Call>
  bool kept(const Call& call) {
    if (problem_) return false;
    try {
      call();
    } catch (...) {
      problem_ = std::current_exception();
      problem_line_ = line();
    }
    return !problem_;
  }
  /// The same for a call of the listener, whose exception also stops the parser. What libxml2 passes on after an error
  /// (texts without their elements) is left out.
  template <class Call>
  void guarded(const Call& call) {
    if (!problem_ && context_->wellFormed != 0 && !kept(call)) xmlStopParser(context_.get());
  }

  /// Without replacing entities, libxml2 passes each & in the value of an attribute on as a reference to it.
  std::string_view decoded(std::string_view value) {
    constexpr std::string_view reference = "&#38;";
    if (value.find(reference) == std::string_view::npos) return value;
    std::string& text = decoded_.emplace_back();
    while (!value.empty()) {
      const std::size_t at = std::min(value.find(reference), value.size());
      text += value.substr(0, at);
      value.remove_prefix(at);
      if (value.empty()) break;
      text += '&';
      value.remove_prefix(reference.size());
    }
    return text;
  }

  static Reading& self(void* data) { return *static_cast<Reading*>(data); }

  static int on_read(void* data, char* buffer, int length) {
    Reading& reading = self(data);
    int got = 0;
    // The parser must not be stopped while it waits for bytes; it stops by itself when there are none left.
    const bool wanted = reading.kept([&] {
      reading.control_.check();
      got = static_cast<int>(reading.source_.read(buffer, static_cast<std::size_t>(length)));
      reading.control_.report(reading.source_.fraction());
    });
    return wanted ? got : -1;
  }

  static void on_open(void* data, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* space,
                      int /*namespace_count*/, const xmlChar** /*namespaces*/, int attribute_count,
                      int /*defaulted_count*/, const xmlChar** attributes) {
    Reading& reading = self(data);
    reading.guarded([&] {
      if (!reading.namespace_) reading.namespace_ = view(space);
      // Each attribute consists of name, prefix, namespace, and begin and end of its value.
      reading.attributes_.clear();
      reading.decoded_.clear();
      for (std::ptrdiff_t i = 0; i < attribute_count; ++i) {
        const xmlChar** const attribute = attributes + 5 * i;
        reading.attributes_.push_back({view(attribute[0]), reading.decoded(view(attribute[3], attribute[4]))});
      }
      if (reading.foreign_depth_ > 0 || *reading.namespace_ != view(space)) {
        ++reading.foreign_depth_;
        reading.listener_.open_foreign(view(name), reading.attributes_);
      } else {
        reading.listener_.open(view(name), reading.attributes_);
      }
    });
  }
  static void on_close(void* data, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* /*space*/) {
    Reading& reading = self(data);
    reading.guarded([&] {
      if (reading.foreign_depth_ > 0) {
        --reading.foreign_depth_;
        reading.listener_.close_foreign(view(name));
      } else {
        reading.listener_.close(view(name));
      }
    });
  }
  static void on_text(void* data, const xmlChar* text, int length) {
    Reading& reading = self(data);
    reading.guarded([&] {
      if (reading.foreign_depth_ == 0) {
        reading.listener_.text(view(text, text + length));
      } else {
        reading.listener_.foreign_text(view(text, text + length));
      }
    });
  }
  static void on_error(void* data, xmlErrorPtr error) {
    const bool is_conversion = error->code == XML_I18N_CONV_FAILED || error->code == XML_IO_ENCODER;
    if (is_conversion) self(data).has_foreign_characters_ = true;
  }
  static void on_entity(void* data, const xmlChar* name, int /*type*/, const xmlChar* /*public_id*/,
                        const xmlChar* /*system_id*/, xmlChar* /*content*/) {
    self(data).guarded([&] {
      throw InvalidInput("declares the entity " + in_quotes(view(name)) + ", which is not allowed in a network file");
    });
  }

  const std::filesystem::path& path_;
  XmlListener& listener_;
  const TaskControl& control_;
  ByteSource source_;
  std::unique_ptr<xmlParserCtxt, FreeContext> context_;
  std::exception_ptr problem_;
  std::size_t problem_line_ = 0;
  std::optional<std::string> namespace_;
  std::size_t foreign_depth_ = 0;
  bool has_foreign_characters_ = false;  ///< that its encoding does not have
  std::vector<XmlAttribute> attributes_;
  std::deque<std::string> decoded_;  ///< values of them
};

bool is_xml_character(char32_t code) {
  return code == U'\t' || code == U'\n' || code == U'\r' || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF);
}

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

}  // namespace

std::string_view attribute(std::span<const XmlAttribute> attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const XmlAttribute& candidate) { return candidate.name == name; });
  return found == attributes.end() ? std::string_view() : found->value;
}

void read_xml(const std::filesystem::path& path, XmlListener& listener, const TaskControl& control) {
  Reading(path, listener, control).run();
}

std::string xml_escaped(std::string_view text) {
  std::u32string codes = code_points(text);
  std::replace_if(
      codes.begin(), codes.end(), [](char32_t code) { return !is_xml_character(code); }, U'\uFFFD');
  const std::string valid = to_utf8(codes);
  const std::unique_ptr<xmlChar, FreeText> escaped(
      xmlEncodeSpecialChars(nullptr, reinterpret_cast<const xmlChar*>(valid.c_str())));
  if (!escaped) throw ResourceError("too little memory to write a text into XML; close other programs");
  return std::string(view(escaped.get()));
}

std::string xml_attribute_escaped(std::string_view text) {
  std::string escaped;
  for (const char letter : xml_escaped(text)) {
    if (letter == '\n') {
      escaped += "&#10;";
    } else if (letter == '\t') {
      escaped += "&#9;";
    } else {
      escaped += letter;
    }
  }
  return escaped;
}

}  // namespace dnm
