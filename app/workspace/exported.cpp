// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/exported.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "app/workspace/session/session_paths.h"
#include "core/support/json.h"
#include "core/support/shell_word.h"
#include "training/runs/run_seeds.h"

namespace dnm {

namespace {

constexpr std::string_view before_a_path = " \t\n\"'`(<[{=:,;|";
constexpr std::string_view after_a_path = " \t\n\"'`)>]},;|";

bool starts_a_path(std::string_view text) {
  const std::string_view rest = text.substr(text.starts_with('~') ? 1 : 0);
  return rest.size() > 1 && rest[0] == '/' && rest[1] != '/' && rest[1] != ' ';
}

/// Where in the text a path begins that starts at the root or at home; npos if none does.
std::size_t find_path(std::string_view text, std::size_t from = 0) {
  for (std::size_t at = from; at < text.size(); ++at) {
    const bool is_first = at == 0 || before_a_path.find(text[at - 1]) != std::string_view::npos;
    if (is_first && starts_a_path(text.substr(at))) return at;
  }
  return std::string_view::npos;
}

std::string without_home(std::string text) {
  const char* const home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  const std::string folder = home != nullptr ? std::string(home) + "/" : std::string();
  if (folder.size() < 3) return text;
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
    text.erase(at, folder.size());
  return text;
}

/// A sentence whose paths have only their last parts. A path with blanks ends at the first, unless it is in quotes.
std::string without_folders(const std::string& sentence) {
  std::string text = without_home(sentence);
  for (std::size_t at = find_path(text); at != std::string::npos; at = find_path(text, at)) {
    const char quote = at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'') ? text[at - 1] : '\0';
    const std::size_t end =
        std::min(quote != '\0' ? text.find(quote, at) : text.find_first_of(after_a_path, at), text.size());
    const std::string path = text.substr(at, end - at);
    const std::string last = path.substr(path.find_last_of('/') + 1);
    text.replace(at, path.size(), last);
    at += last.size();
  }
  return text;
}

/// Each absolute name in a word of a command line: the word itself, what stands behind "--option=", the members of a
/// list with commas.
std::string exported_word(const std::string& word, const std::filesystem::path& file) {
  std::size_t begin = 0;
  if (word.starts_with("--") && word.find('=') != std::string::npos) begin = word.find('=') + 1;
  std::string made = word.substr(0, begin);
  while (begin <= word.size()) {
    const std::size_t end = std::min(word.find(',', begin), word.size());
    const std::string part = word.substr(begin, end - begin);
    made += starts_a_path(part) ? exported_name(part, file) : part;
    if (end < word.size()) made += ',';
    begin = end + 1;
  }
  return made;
}

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::ranges::find(keys, key) != keys.end();
}

/// Whether the text is a message about this machine alone, which nobody needs elsewhere.
bool is_local_message(std::string_view key, std::string_view text) {
  return is_one_of(key, {"problem", "notices"}) && find_path(text) != std::string_view::npos;
}

std::string exported_text(std::string_view key, const std::string& text, const std::filesystem::path& file) {
  if (is_one_of(key, {"command", "command_line"})) return exported_command_line(text, file);
  if (starts_a_path(text) && text.find('\n') == std::string::npos) return exported_name(text, file);
  return find_path(text) == std::string_view::npos ? text : without_folders(text);
}

/// `key`: what holds the value in the object around it, the arrays between them left out.
OrderedJson exported_value(std::string_view key, const OrderedJson& value, const std::filesystem::path& file) {
  if (value.is_string()) return exported_text(key, value.get<std::string>(), file);
  if (value.is_array()) {
    OrderedJson made = OrderedJson::array();
    for (const OrderedJson& element : value)
      if (!element.is_string() || !is_local_message(key, element.get_ref<const std::string&>()))
        made.push_back(exported_value(key, element, file));
    return made;
  }
  if (!value.is_object()) return value;
  OrderedJson made = OrderedJson::object();
  for (const auto& [name, member] : value.items())
    if (!member.is_string() || !is_local_message(name, member.get_ref<const std::string&>()))
      made[without_folders(name)] = exported_value(name, member, file);
  return made;
}

PathChange to_exported_names(const std::filesystem::path& file) {
  return [file](const std::string& name, PathUse use) {
    if (use == PathUse::for_new_runs && starts_a_path(path_from(file.parent_path(), name))) return std::string();
    return exported_name(name, file);
  };
}

}  // namespace

std::string exported_name(const std::string& name, const std::filesystem::path& file) {
  const std::string seen = path_from(file.parent_path(), name);
  if (!starts_a_path(seen)) return seen;
  std::size_t begin = seen.find_last_of('/') + 1;
  // Every group of runs has a seed-0.
  if (begin > 1 && seen.substr(begin).starts_with(seed_folder_start)) begin = seen.find_last_of('/', begin - 2) + 1;
  return seen.substr(begin);
}

WorkspaceState exported_state(WorkspaceState state, const std::filesystem::path& file) {
  change_paths(state, to_exported_names(file));
  return state;
}

std::string exported_command_line(const std::string& line, const std::filesystem::path& file) {
  std::string made;
  for (const std::string& word : shell_words(line)) {
    if (!made.empty()) made += ' ';
    made += shell_word(exported_word(word, file));
  }
  return made;
}

std::string exported_session(Session session, const std::filesystem::path& file) {
  change_paths(session, to_exported_names(file));
  const OrderedJson json = exported_value({}, parse_json(session_to_json(session)), file);
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string exported_provenance(const std::string& text, const std::filesystem::path& file) {
  const OrderedJson json = parse_json_if_valid(text);
  if (json.is_discarded()) return without_folders(text);
  const OrderedJson exported = exported_value({}, json, file);
  return exported == json ? text : ascii_text(exported);
}

}  // namespace dnm
