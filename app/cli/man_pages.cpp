// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/man_pages.h"

#include <cctype>
#include <string>
#include <string_view>

#include "app/cli/command.h"
#include "app/workspace/window_options.h"
#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "core/support/version.h"

namespace dnm::cli {
namespace {

constexpr std::string_view program_meaning = "design, measure, embed and train sparse networks";
constexpr std::string_view exit_status =
    ".SH EXIT STATUS\n0 done; 1 could not, and one line on standard error says why; 2 wrong usage.\n";

/// `text` as words of a paragraph: nothing in it is a request, an escape or a hyphen to break at.
std::string roff(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    if (letter == '\\') {
      escaped += "\\e";
    } else if (letter == '-') {
      escaped += "\\-";
    } else {
      escaped += letter;
    }
  }
  if (escaped.starts_with('.') || escaped.starts_with('\'')) escaped.insert(0, "\\&");
  return escaped;
}

/// Each line of `text` as a paragraph; indented ones stay as they are.
std::string roff_paragraphs(std::string_view text) {
  std::string page;
  bool as_is = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty()) continue;
    if (line.starts_with(' ') != as_is) page += as_is ? ".fi\n" : ".nf\n";
    as_is = line.starts_with(' ');
    page += (as_is ? "" : ".PP\n") + roff(line) + "\n";
  }
  return page + (as_is ? ".fi\n" : "");
}

std::string in_capitals(std::string_view text) {
  std::string capitals;
  for (const char letter : text)
    capitals += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));  // NOLINT(concurrency-mt-unsafe)
  return capitals;
}

std::string heading(const std::string& name, std::string_view meaning) {
  return ".TH " + in_capitals(name) + " 1 \"\" \"DNM Studio " + program_version() +
         "\" \"DNM Studio\"\n.nh\n.ad l\n.SH NAME\n" + roff(name) + " \\- " + roff(meaning) + "\n";
}

/// An option with its help; `placeholder` is set off where the name ends with it.
std::string entry(std::string_view name, std::string_view placeholder, std::string_view help) {
  std::string value;
  if (!placeholder.empty() && name.ends_with(placeholder)) {
    name.remove_suffix(placeholder.size());
    value = "\\fI" + roff(placeholder) + "\\fR";
  }
  return ".TP\n\\fB" + roff(name) + "\\fR" + value + "\n" + roff(help) + "\n";
}

std::string program_page() {
  std::string page = heading("dnm", program_meaning);
  page += ".SH SYNOPSIS\n.B dnm\n\\fICOMMAND\\fR [\\fIoptions\\fR]\n.SH COMMANDS\n";
  for (const Command& command : command_table())
    page += ".TP\n\\fBdnm\\-" + roff(command.name) + "\\fR(1)\n" + roff(command.help) + "\n";
  page += ".TP\n\\fBdnm help\\fR [\\fITOPIC\\fR]\nList the topics of the manual, or show one.\n";
  page += ".SH OPTIONS\n" + entry("-h, --help", "", "Show a summary, or with a command that command's options.") +
          entry("-V, --version", "", "Show the version.");
  page += exit_status;
  page += ".SH FILES\n.TP\n.I ~/.local/share/dnm\\-studio\nFetched data and run folders ($XDG_DATA_HOME).\n";
  return page + ".SH SEE ALSO\n\\fBdnm\\-studio\\fR(1); \\fBdnm help\\fR has the whole manual.\n";
}

std::string command_page(const Command& command) {
  OptionParser options;
  command.declare(options);
  const auto rows = options.rows();
  std::string page = heading("dnm-" + std::string(command.name), command.help);
  page += ".SH SYNOPSIS\n.B dnm " + roff(command.name) + "\n[\\fIoptions\\fR]\n";
  std::string arguments;
  for (const auto& row : rows) {
    if (!row.is_argument) continue;
    const std::string name = "\\fI" + roff(row.text.name) + "\\fR";
    page += row.text.required ? name + "\n" : "[" + name + "]\n";
    arguments += entry(row.text.name, row.text.name, row.text.help);
  }
  if (!arguments.empty()) page += ".SH ARGUMENTS\n" + arguments;
  page += ".SH OPTIONS\n";
  for (const std::string& group : options.groups()) {
    std::string entries;
    for (const auto& row : rows) {
      if (!row.is_argument && row.text.group == group)
        entries += entry(row.text.name, row.text.placeholder, row.text.help);
    }
    if (!entries.empty()) page += (group == "Options" ? "" : ".SS " + roff(group) + "\n") + entries;
  }
  if (const std::string notes = options.notes(); !notes.empty()) page += ".SH NOTES\n" + roff_paragraphs(notes);
  page += exit_status;
  return page + ".SH SEE ALSO\n\\fBdnm\\fR(1); \\fBdnm help command\\-line\\fR has examples.\n";
}

std::string window_page() {
  std::string page = heading("dnm-studio", program_meaning);
  page += ".SH SYNOPSIS\n.B dnm\\-studio\n[\\fIoptions\\fR] [\\fIFILE\\fR]\n";
  page += ".SH DESCRIPTION\n" + roff(window_meaning) + "\n";
  page += ".SH ARGUMENTS\n" + entry("FILE", "FILE", window_file_help()) + ".SH OPTIONS\n";
  for (const WindowOption& option : window_options) {
    std::string name = option.letter.empty() ? "" : "-" + std::string(option.letter) + ", ";
    name.append("--").append(option.name).append(option.value.empty() ? "" : " ").append(option.value);
    page += entry(name, option.value, option.help);
  }
  return page + ".SH SEE ALSO\n\\fBdnm\\fR(1); Help > Manual in the window has the whole manual.\n";
}

}  // namespace

void write_man_pages(const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) throw FileError("cannot make the folder " + folder.string() + ": " + code.message());
  write_atomically(folder / "dnm.1", program_page());
  for (const Command& command : command_table())
    write_atomically(folder / ("dnm-" + std::string(command.name) + ".1"), command_page(command));
#ifdef DNM_STUDIO
  write_atomically(folder / "dnm-studio.1", window_page());
#else
  static_cast<void>(window_page);
#endif
}

}  // namespace dnm::cli
