// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help.h"

#include <algorithm>

#include "app/cli/manual_text.h"
#include "app/cli/text.h"
#include "app/workspace/manual.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t indent = 34;

std::string entry(const std::string& name, const std::string& text) {
  std::string lines = "  " + name;
  std::size_t column = display_width(lines);
  for (const std::string& line : wrapped(text, columns - indent)) {
    if (column + 2 > indent) {
      lines += '\n';
      column = 0;
    }
    lines.append(indent - column, ' ').append(line);
    column = columns;
  }
  return lines + "\n";
}

/// Lines wrapped to the page width; continuation lines are indented.
std::string paragraphs(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string margin;
    for (const std::string& line : wrapped(text.substr(0, end), columns - 4)) {
      result.append(margin).append(line).append("\n");
      margin = "    ";
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

}  // namespace

std::string program_help() {
  std::string text =
      "dnm: design, measure, embed and train sparse networks\n\nUsage: dnm COMMAND [options]\n\nCommands:\n";
  TextTable table;
  for (const Command& command : command_table())
    table.add({"  " + std::string(command.name), std::string(command.help)});
  table.add({"  help", "List the topics of the manual, or show one: dnm help TOPIC"});
  text += table.text();
  text += "\nOptions:\n  -h, --help     Show this help, or with a command that command's\n";
  text += "  -V, --version  Show the version\n";
  text += "\nExit status: 0 done, 1 could not (one line on standard error says why), 2 wrong usage.\n";
  return text;
}

std::string command_help(const OptionParser& options, const Command& command) {
  const std::vector<OptionParser::Row> rows = options.rows();
  std::string text = std::string(command.help) + "\n\nUsage: dnm " + std::string(command.name) + " [options]";
  std::string arguments;
  for (const OptionParser::Row& row : rows) {
    if (!row.is_argument) continue;
    text += row.text.required ? " " + row.text.name : " [" + row.text.name + "]";
    arguments += entry(row.text.name, row.text.help);
  }
  text += "\n";
  if (!arguments.empty()) text += "\nArguments:\n" + arguments;
  for (const std::string& group : options.groups()) {
    std::string entries;
    for (const OptionParser::Row& row : rows) {
      if (!row.is_argument && row.text.group == group) entries += entry(row.text.name, row.text.help);
    }
    if (!entries.empty()) text.append("\n").append(group).append(":\n").append(entries);
  }
  if (const std::string notes = options.notes(); !notes.empty()) text += "\n" + paragraphs(notes);
  return text;
}

std::string help_topics() {
  std::string text = "Usage: dnm help TOPIC\n\nThe manual:\n";
  TextTable table;
  for (const ManualPage& page : manual_pages()) table.add({"  " + std::string(page.topic), std::string(page.summary)});
  text += table.text() + "\nThe options of a command: dnm help";
  for (const Command& command : command_table()) text += " " + std::string(command.name) + ",";
  text.back() = '\n';
  return text;
}

std::string help_page(std::string_view topic) {
  try {
    return manual_text(manual_page(topic), columns);
  } catch (const InvalidInput&) {
    std::vector<std::string_view> known;
    for (const Command& command : command_table()) known.push_back(command.name);
    for (const ManualPage& page : manual_pages()) {
      known.push_back(page.topic);
      known.push_back(page.topic.substr(page.topic.rfind('/') + 1));
    }
    throw UsageError(unknown_text("help topic", topic, known, "dnm help lists them"));
  }
}

}  // namespace dnm::cli
