// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/folder_text.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/text/words.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// The names that a part goes by.
std::vector<std::string> names_of(std::string_view part) {
  if (part == "valid") return {"valid", "val", "dev"};
  return {std::string(part)};
}

struct PartFiles {
  fs::path source;
  fs::path target;
};

/// "; there are train.de, train.fr and 3 others"
std::string what_is_there(const fs::path& folder) {
  constexpr std::size_t most = 6;
  std::vector<std::string> names;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) names.push_back(entry.path().filename().string());
  if (names.empty()) return "; that folder is empty";
  std::ranges::sort(names);
  std::string text = "; it has ";
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

fs::path file_of(const fs::path& folder, std::string_view part, const std::string& language) {
  std::error_code code;
  for (const std::string& name : names_of(part)) {
    for (const char* packed : {"", ".gz"}) {
      fs::path path = folder / (name + "." + language + packed);
      if (fs::exists(path, code)) return path;
    }
  }
  throw FileError("there is no " + std::string(part) + "." + language + ", packed (.gz) or not, in " + folder.string() +
                  what_is_there(folder) +
                  "; give the folder and the languages that its files end with (Data folder, "
                  "--data-dir; Languages, --languages)");
}

PartFiles files_of(const TextPlaces& places, std::string_view part, const LanguagePair& languages) {
  if (!places.given) {
    throw InvalidInput("a text of your own needs the folder of its files; give it (Data folder, --data-dir)");
  }
  const fs::path& folder = places.folders.front();
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    throw FileError("there is no folder " + folder.string() + "; give that of the text (Data folder, --data-dir)");
  }
  return {file_of(folder, part, languages.source), file_of(folder, part, languages.target)};
}

std::vector<std::string> lines_of(const fs::path& path, const TaskControl& control) {
  const std::string text = whole_file(path);
  std::vector<std::string> lines;
  for (std::string_view left = text; !left.empty();) {
    if (lines.size() % lines_between_looks == 0) control.check();
    std::string_view line = next_line(left);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!is_utf8(line)) fail_reading(path, lines.size() + 1, "is not UTF-8; convert the file");
    lines.emplace_back(line);
  }
  return lines;
}

bool is_blank(const std::string& line) { return words_of(line).empty(); }

SentencePairs pairs_of(const PartFiles& files, const TaskControl& control) {
  SentencePairs pairs{lines_of(files.source, control), lines_of(files.target, control)};
  if (pairs.source.size() != pairs.target.size()) {
    throw FileError(files.source.string() + " has " + counted(pairs.source.size(), "line") + ", but " +
                    files.target.filename().string() + " " + std::to_string(pairs.target.size()) +
                    "; line by line they must be translations of each other");
  }
  if (pairs.source.empty()) fail_reading(files.source, "it has no sentence");
  return pairs;
}

/// Leaves out the pairs with an empty side; gives their number.
std::size_t drop_empty(SentencePairs& pairs) {
  SentencePairs kept;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!is_blank(pairs.source[i]) && !is_blank(pairs.target[i])) {
      kept.add(std::move(pairs.source[i]), std::move(pairs.target[i]));
    }
  }
  const std::size_t dropped = pairs.size() - kept.size();
  pairs = std::move(kept);
  return dropped;
}

/// What is scored is all of a part or nothing.
void refuse_empty(const std::vector<std::string>& lines, const fs::path& path) {
  const auto found = std::ranges::find_if(lines, is_blank);
  if (found == lines.end()) return;
  fail_reading(path, static_cast<std::size_t>(found - lines.begin()) + 1, "is empty; take that line out of both files");
}

}  // namespace

std::uint64_t find_folder_text(const LanguagePair& languages, const TextPlaces& places) {
  std::uint64_t bytes = 0;
  std::error_code code;
  for (const TextPart& part : text_parts) {
    const PartFiles files = files_of(places, part.name, languages);
    for (const fs::path& path : {files.source, files.target}) {
      if (const auto size = fs::file_size(path, code); !code) bytes += size;
    }
  }
  return bytes;
}

ParallelText load_folder_text(const LanguagePair& languages, const TextPlaces& places, const TaskControl& control) {
  static_cast<void>(find_folder_text(languages, places));
  ParallelText text;
  for (const TextPart& part : text_parts) {
    const PartFiles files = files_of(places, part.name, languages);
    SentencePairs& pairs = text.*part.pairs = pairs_of(files, control);
    if (part.pairs != &ParallelText::train) {
      refuse_empty(pairs.source, files.source);
      refuse_empty(pairs.target, files.target);
      continue;
    }
    const std::size_t dropped = drop_empty(pairs);
    if (pairs.size() == 0) fail_reading(files.source, "no line of it has a translation beside it");
    if (dropped > 0) {
      text.notices.push_back(counted(dropped, "training pair") + " with an empty side " +
                             (dropped == 1 ? "was" : "were") + " left out");
    }
  }
  return text;
}

}  // namespace dnm
