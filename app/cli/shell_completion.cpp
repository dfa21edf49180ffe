// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/shell_completion.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/text.h"
#include "app/workspace/manual.h"
#include "core/parameters/look_up.h"
#include "core/support/shell_word.h"

namespace dnm::cli {
namespace {

constexpr std::string_view heading = "for dnm, written by \"dnm completion\"; the options are those of this version.\n";

/// A command with the options it declares.
struct Declared {
  const Command* command;
  std::vector<OptionParser::Row> options;
  std::vector<std::string_view> first_words;  ///< what its arguments can be besides files
};

std::vector<Declared> declared_commands() {
  std::vector<Declared> all;
  for (const Command& command : command_table()) {
    OptionParser parser;
    command.declare(parser);
    Declared declared{&command, {}, {}};
    for (OptionParser::Row& row : parser.rows()) {
      if (row.is_argument) {
        declared.first_words.insert(declared.first_words.end(), row.text.choices.begin(), row.text.choices.end());
      } else {
        declared.options.push_back(std::move(row));
      }
    }
    all.push_back(std::move(declared));
  }
  return all;
}

std::vector<std::string_view> help_words() {
  std::vector<std::string_view> words = row_ids(command_table());
  for (const ManualPage& page : manual_pages()) words.push_back(page.topic);
  return words;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

bool is_list(const OptionParser::Row& row) { return row.text.placeholder.find(",…") != std::string::npos; }
bool is_folder(const OptionParser::Row& row) { return row.text.placeholder.starts_with("DIR"); }

/// The beginning of a help text, for a line in a menu: up to where it goes into details.
std::string in_short(std::string_view help) {
  for (const std::string_view end : {"; ", " [", ": ", ". ", " ("}) help = help.substr(0, help.find(end));
  constexpr std::size_t widest = 60;
  const std::vector<std::string> lines = wrapped(help, widest);
  if (lines.empty()) return {};
  return lines.size() == 1 ? lines.front() : lines.front() + " …";
}

/// The row of a bash `case` for an option with a value; else empty.
std::string bash_case(const Declared& of, const OptionParser::Row& row) {
  if (!row.takes_value()) return {};
  std::string patterns;
  for (const std::string& spelling : row.spellings)
    patterns.append(patterns.empty() ? "" : "|").append(of.command->name).append("/").append(spelling);
  std::string action = "return";  // files complete it
  if (is_folder(row) || !row.text.choices.empty()) {
    action = is_folder(row) ? "folder=1" : "words=" + shell_word(joined(row.text.choices));
    if (is_list(row)) action += "; list=1";
  }
  return "    " + patterns + ") " + action + " ;;\n";
}

std::string bash_script() {
  std::string values;
  std::string options;
  for (const Declared& declared : declared_commands()) {
    std::string spellings;
    for (const OptionParser::Row& row : declared.options) {
      values += bash_case(declared, row);
      for (const std::string& spelling : row.spellings) spellings += (spellings.empty() ? "" : " ") + spelling;
    }
    const std::string command(declared.command->name);
    options += "      " + command + "/-*) words=" + shell_word(spellings) + " ;;\n";
    if (!declared.first_words.empty())
      options += "      " + command + "/*) words=" + shell_word(joined(declared.first_words)) + " ;;\n";
  }
  return "# bash completion " + std::string(heading) + R"(_dnm() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  local words='' folder='' list='' start=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W )" +
         shell_word(joined(row_ids(command_table())) + " help --help --version") + R"( -- "$word")
    return
  fi
  # "--option=value" arrives as three words.
  if [ "$word" = = ]; then
    word=''
  elif [ "$before" = = ]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $command/$before in
)" + values +
         R"(    *) case $command/$word in
)" + options +
         "      help/*) words=" + shell_word(joined(help_words())) + R"( ;;
    esac ;;
  esac
  if [ -n "$list" ] && [[ $word = *,* ]]; then
    start=${word%,*},
    word=${word##*,}
  fi
  if [ -n "$folder" ]; then
    mapfile -t COMPREPLY < <(compgen -P "$start" -d -- "$word")
  elif [ -n "$words" ]; then
    mapfile -t COMPREPLY < <(compgen -P "$start" -W "$words" -- "$word")
  fi
}
complete -o default -F _dnm dnm
)";
}

/// `text` within single quotes and without what _arguments and _describe read as their own.
std::string zsh_text(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') escaped += '\\';
    escaped += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return escaped;
}

std::string zsh_value(const OptionParser::Row& row) {
  std::string value = ":" + zsh_text(row.text.placeholder) + ":";
  if (row.text.choices.empty()) return value + (is_folder(row) ? "_files -/" : "_files");
  const std::string words = zsh_text(joined(row.text.choices));
  return value + (is_list(row) ? "_values -s , words " + words : "(" + words + ")");
}

std::string zsh_option(const OptionParser::Row& row) {
  std::string all;
  for (const std::string& spelling : row.spellings) all += (all.empty() ? "" : " ") + spelling;
  std::string text;
  for (const std::string& spelling : row.spellings) {
    // Long options also take their value behind "=".
    const bool attached = row.takes_value() && spelling.starts_with("--");
    text += "        '(" + all + ")" + spelling + (attached ? "=" : "") + "[" + zsh_text(in_short(row.text.help)) +
            "]" + (row.takes_value() ? zsh_value(row) : "") + "' \\\n";
  }
  return text;
}

std::string zsh_script() {
  std::string commands;
  std::string options;
  for (const Declared& declared : declared_commands()) {
    const std::string name(declared.command->name);
    commands += "    '" + name + ":" + zsh_text(in_short(declared.command->help)) + "'\n";
    options += "    " + name + ")\n      _arguments -s -S \\\n";
    for (const OptionParser::Row& row : declared.options) options += zsh_option(row);
    options += declared.first_words.empty() ? "        '*:file:_files' ;;\n"
                                            : "        '*:what:(" + joined(declared.first_words) + ")' ;;\n";
  }
  return "#compdef dnm\n# zsh completion " + std::string(heading) + R"(_dnm() {
  local -a commands
  commands=(
)" + commands +
         R"(    'help:Show the manual'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
)" + options +
         "    help)\n      _arguments '1:topic:(" + joined(help_words()) + R"()' ;;
  esac
}
if [ "$funcstack[1]" = _dnm ]; then
  _dnm "$@"
else
  compdef _dnm dnm
fi
)";
}

/// `text` as a word of fish, whose single quotes know two escapes.
std::string fish_word(std::string_view text) {
  std::string word = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') word += '\\';
    word += letter;
  }
  return word + "'";
}

std::string fish_option(const std::string& condition, const OptionParser::Row& row) {
  std::string line = "complete -c dnm -n " + fish_word(condition);
  for (const std::string& spelling : row.spellings)
    line += spelling.starts_with("--") ? " -l " + spelling.substr(2) : " -s " + spelling.substr(1);
  const std::string words = joined(row.text.choices);
  if (row.takes_value()) {
    if (is_folder(row)) {
      line += " -x -a '(__fish_complete_directories)'";
    } else if (words.empty()) {
      line += " -r -F";
    } else {
      line += " -x -a " + fish_word(is_list(row) ? "(__fish_append , (string split ' ' '" + words + "'))" : words);
    }
  }
  return line + " -d " + fish_word(in_short(row.text.help)) + "\n";
}

std::string fish_script() {
  std::string text = "# fish completion " + std::string(heading);
  const auto command_line = [&](std::string_view name, std::string_view help) {
    text.append("complete -c dnm -f -n __fish_use_subcommand -a ").append(name);
    text.append(" -d ").append(fish_word(in_short(help))).append("\n");
  };
  const auto words_line = [&](const std::string& condition, const std::vector<std::string_view>& words) {
    if (!words.empty())
      text += "complete -c dnm -f -n " + fish_word(condition) + " -a " + fish_word(joined(words)) + "\n";
  };
  for (const Declared& declared : declared_commands()) {
    command_line(declared.command->name, declared.command->help);
    const std::string condition = "__fish_seen_subcommand_from " + std::string(declared.command->name);
    words_line(condition, declared.first_words);
    for (const OptionParser::Row& row : declared.options) text += fish_option(condition, row);
  }
  command_line("help", "Show the manual");
  words_line("__fish_seen_subcommand_from help", help_words());
  return text;
}

constexpr std::array shells{
    CompletedShell{"bash", "source <(dnm completion bash)", bash_script},
    CompletedShell{"zsh", "source <(dnm completion zsh)", zsh_script},
    CompletedShell{"fish", "dnm completion fish | source", fish_script},
};

}  // namespace

std::span<const CompletedShell> shell_table() { return shells; }

}  // namespace dnm::cli
