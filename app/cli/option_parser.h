// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dnm::cli {

/// Wrong usage of the command line (exit status 2); what() is one sentence.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An option or argument as the help shows it.
struct OptionText {
  std::string name;  ///< "-o,--output", "--rows"; without dashes, an argument: "FILE"
  std::string help;
  std::string placeholder{};  ///< "FILE", "DIR", "N,N,…"; of an option that takes no value, or need not, empty
  std::string group = "Options";
  bool required = false;
  std::vector<std::string_view> choices{};  ///< words that the value can be, or its parts between commas; they last
};

/// How often an option can be given.
enum class Repeat {
  last,  ///< the last one counts, so that scripts can override defaults
  all,   ///< each with one value
  many   ///< each with one value or several
};

/// The options of one command. Variables must outlive it, and are set by parse(). CLI11 does the work, in
/// option_parser.cpp alone, because each file that includes it takes ten seconds to compile.
class OptionParser {
 public:
  OptionParser();
  ~OptionParser();
  OptionParser(const OptionParser&) = delete;
  OptionParser& operator=(const OptionParser&) = delete;

  void add(const OptionText& text, std::string& value);
  void add(const OptionText& text, std::optional<std::string>& value);
  void add(const OptionText& text, std::optional<double>& value);
  void add(const OptionText& text, std::vector<std::string>& values, Repeat repeat);
  void add_flag(const OptionText& text, bool& value);
  void add_flag(const OptionText& text, std::function<void()> given);
  /// A flag that stands for the value `bare`, unless another is attached: "--p-value", "--p-value=40".
  void add_flag(const OptionText& text, const std::string& bare, std::function<void(const std::string&)> given);
  /// Replaces the help of an option.
  void set_help(const std::string& name, const std::string& help);
  /// Paragraphs after the options, made when the help is shown; replaces those set before.
  void set_notes(std::function<std::string()> notes);

  /// What was added, in order, --help included; `name` is "-o, --output FILE", or the name of an argument.
  struct Row {
    OptionText text;
    bool is_argument = false;
    std::vector<std::string> spellings{};  ///< of an option: "-o", "--output"
    [[nodiscard]] bool takes_value() const { return !is_argument && !text.placeholder.empty(); }
  };
  [[nodiscard]] std::vector<Row> rows() const;
  /// Of the options, in the order of the help.
  [[nodiscard]] std::vector<std::string> groups() const;
  [[nodiscard]] std::string notes() const;

  /// Whether to run the command; false: --help was given. Throws UsageError with "did you mean" for an unknown option,
  /// a missing or superfluous argument and a value of another type.
  [[nodiscard]] bool parse(std::string_view command, std::span<char*> arguments);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace dnm::cli
