// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/option_parser.h"

#include <algorithm>
#include <map>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/support/user_folders.h"

namespace dnm::cli {
namespace {

/// "-o", "--output".
std::vector<std::string> spellings_of(const CLI::Option& option) {
  std::vector<std::string> spellings;
  for (const std::string& letter : option.get_snames()) spellings.push_back("-" + letter);
  for (const std::string& word : option.get_lnames()) spellings.push_back("--" + word);
  return spellings;
}

/// "-o, --output FILE".
std::string name_of(const CLI::Option& option) {
  std::string name;
  for (const std::string& spelling : spellings_of(option)) name += spelling + ", ";
  if (name.empty()) return option.get_name(true);
  name.resize(name.size() - 2);
  if (const std::string type = option.get_type_name(); !type.empty()) name += " " + type;
  return name;
}

}  // namespace

struct OptionParser::Parser {
  CLI::App app;
  std::map<const CLI::Option*, std::vector<std::string_view>> choices;

  void describe(CLI::Option& option, const OptionText& text) {
    option.group(text.group)->required(text.required);
    if (option.get_type_size() != 0) option.type_name(text.placeholder);
    choices[&option] = text.choices;
  }

  /// What CLI11 could not parse: the first unknown option, else the first extra argument. An option that is known is
  /// one too, after "--".
  [[noreturn]] void refuse(const std::vector<std::string>& words, const std::string& see) const {
    const auto option = std::find_if(words.begin(), words.end(),
                                     [](const std::string& word) { return word.size() > 1 && word.starts_with('-'); });
    if (option == words.end()) throw UsageError("unexpected argument " + words.front());
    std::vector<std::string> names;
    for (const CLI::Option* candidate : app.get_options()) {
      for (const std::string& name : candidate->get_lnames()) names.push_back("--" + name);
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (std::ranges::find(known, option->substr(0, option->find('='))) != known.end()) {
      throw UsageError("unexpected argument " + *option + "; write options before --");
    }
    throw UsageError(unknown_text("option", option->substr(0, option->find('=')), known, see));
  }
};

OptionParser::OptionParser() : parser_(std::make_unique<Parser>()) {
  CLI::App& app = parser_->app;
  app.allow_extras();
  app.set_help_flag("-h,--help", "Show this help and exit");
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

OptionParser::~OptionParser() = default;

void OptionParser::add(const OptionText& text, std::string& value) {
  parser_->describe(*parser_->app.add_option(text.name, value, text.help), text);
}

void OptionParser::add(const OptionText& text, std::optional<std::string>& value) {
  parser_->describe(*parser_->app.add_option(text.name, value, text.help), text);
}

void OptionParser::add(const OptionText& text, std::optional<double>& value) {
  parser_->describe(*parser_->app.add_option(text.name, value, text.help), text);
}

void OptionParser::add(const OptionText& text, std::vector<std::string>& values, Repeat repeat) {
  CLI::Option* const option = parser_->app.add_option(text.name, values, text.help);
  parser_->describe(*option, text);
  if (repeat != Repeat::many) option->allow_extra_args(false);
  if (repeat == Repeat::last) {
    option->expected(1);
  } else {
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
}

void OptionParser::add_flag(const OptionText& text, bool& value) {
  parser_->describe(*parser_->app.add_flag(text.name, value, text.help), text);
}

void OptionParser::add_flag(const OptionText& text, std::function<void()> given) {
  parser_->describe(*parser_->app.add_flag_callback(text.name, std::move(given), text.help), text);
}

void OptionParser::add_flag(const OptionText& text, const std::string& bare,
                            std::function<void(const std::string&)> given) {
  CLI::Option* const option = parser_->app.add_flag(text.name + "{" + bare + "}", text.help);
  parser_->describe(*option, text);
  option->each(std::move(given));
}

void OptionParser::set_help(const std::string& name, const std::string& help) {
  parser_->app.get_option(name)->description(help);
}

void OptionParser::set_notes(std::function<std::string()> notes) { parser_->app.footer(std::move(notes)); }

std::vector<OptionParser::Row> OptionParser::rows() const {
  std::vector<Row> made;
  for (const CLI::Option* option : std::as_const(parser_->app).get_options()) {
    const auto words = parser_->choices.find(option);
    made.push_back(
        {.text = {.name = name_of(*option),
                  .help = option->get_description(),
                  .placeholder = option->get_type_name(),
                  .group = option->get_group(),
                  .required = option->get_required(),
                  .choices = words == parser_->choices.end() ? std::vector<std::string_view>() : words->second},
         .is_argument = option->get_positional(),
         .spellings = spellings_of(*option)});
  }
  return made;
}

std::vector<std::string> OptionParser::groups() const { return parser_->app.get_groups(); }

std::string OptionParser::notes() const { return parser_->app.get_footer(); }

bool OptionParser::parse(std::string_view command, std::span<char*> arguments) {
  CLI::App& app = parser_->app;
  const std::string see = "see dnm " + std::string(command) + " --help";
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  for (std::string& word : reversed) {
    // No shell sees the path in "--output=~/b.pdf".
    const std::size_t value = word.starts_with("--") ? word.find("=~") : std::string::npos;
    if (value != std::string::npos) word = word.substr(0, value + 1) + with_home(word.substr(value + 1));
  }
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return false;
  } catch (const CLI::ConversionError& error) {
    const std::string what = error.what();  // "Could not convert: --smoothing = x"
    const std::size_t colon = what.find(": ");
    const std::string given = one_line(what.substr(colon == std::string::npos ? 0 : colon + 2));
    const bool has_comma = given.find(',') != std::string::npos;
    throw UsageError(given + " is no number that fits here" + (has_comma ? " (decimals have a point)" : "") + "; " +
                     see);
  } catch (const CLI::ParseError& error) {
    throw UsageError(one_line(error.what()) + "; " + see);
  }
  auto extras = app.remaining();
  // What ends the options is among the extras where arguments follow it.
  if (const auto end = std::ranges::find(extras, "--"); end != extras.end()) extras.erase(end);
  if (!extras.empty()) parser_->refuse(extras, see);
  return true;
}

}  // namespace dnm::cli
