// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "core/support/letter_case.h"
#include "training/data/data_set_format.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view packed = ".gz";

/// What names of one file have in common: its letters and digits.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const char letter = lower_case(c);
    if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) plain += letter;
  }
  return plain;
}

bool is_packed(const fs::path& path) { return lower_case(path.extension().string()) == packed; }

std::string plain_name_of(const fs::path& path) {
  return plain_name((is_packed(path) ? path.stem() : path.filename()).string());
}

/// What is in a folder, by plain names; those of one name with the best first.
using Entries = std::multimap<std::string, fs::path>;
Entries entries_of(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code))
    paths.push_back(entry->path());
  std::ranges::sort(paths, {}, [](const fs::path& path) { return std::pair(!is_packed(path), path.filename()); });
  Entries entries;
  for (fs::path& path : paths) {
    std::string plain = plain_name_of(path);
    entries.emplace(std::move(plain), std::move(path));
  }
  return entries;
}

/// The folder of this relative path, whatever the case of its letters; empty if there is none.
fs::path folder_in(fs::path folder, const std::string& relative) {
  std::error_code code;
  for (const fs::path& part : fs::path(relative)) {
    if (fs::is_directory(folder / part, code)) {
      folder /= part;
      continue;
    }
    const Entries entries = entries_of(folder);
    const auto [first, last] = entries.equal_range(plain_name(part.string()));
    const auto found =
        std::find_if(first, last, [&](const auto& entry) { return fs::is_directory(entry.second, code); });
    if (found == last) return {};
    folder = found->second;
  }
  return folder;
}

/// The file of a published name among these; empty if there is none.
fs::path file_in(const Entries& entries, const std::string& name) {
  const auto [first, last] = entries.equal_range(plain_name(name));
  if (first == last) return {};
  for (const std::string& exact : {name + std::string(packed), name}) {
    const auto found = std::find_if(first, last, [&](const auto& entry) { return entry.second.filename() == exact; });
    if (found != last) return found->second;
  }
  return first->second;
}

/// What an archive was unpacked to: the file, or one of the same name in a folder named after it.
fs::path unpacked(const fs::path& path, const std::string& name) {
  std::error_code code;
  if (!fs::is_directory(path, code)) return path;
  const fs::path inside = file_in(entries_of(path), name);
  return inside.empty() ? path : inside;
}

std::string listed(std::span<const std::string> words, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text.append(i + 1 < words.size() ? ", " : std::string(" ").append(last_word).append(" "));
    text += words[i];
  }
  return text;
}

/// "; there are mnist_train.csv, mnist_test.csv and 3 other files": what may be meant first.
std::string what_is_there(const fs::path& folder) {
  constexpr std::size_t most = 4;
  std::vector<std::string> names;
  std::error_code code;
  for (const auto& [plain, path] : entries_of(folder)) names.push_back(path.filename().string());
  if (names.empty()) return "; that folder is empty";
  std::ranges::stable_sort(names, std::ranges::greater{}, [](const std::string& name) {
    const std::string plain = plain_name(name);
    return std::ranges::any_of(std::initializer_list<std::string_view>{"idx", "ubyte", "images", "labels", "batch"},
                               [&](std::string_view part) { return plain.find(part) != std::string::npos; });
  });
  const std::size_t others = names.size() > most ? names.size() - (most - 1) : 0;
  names.resize(names.size() - others);
  if (others > 0) names.push_back(std::to_string(others) + " others");
  return "; there " + std::string(names.size() == 1 ? "is " : "are ") + listed(names, "and");
}

}  // namespace

std::vector<fs::path> look_for_files(const DataFolder& folder, std::span<const std::string> subfolders,
                                     std::span<const std::string> names) {
  std::vector<fs::path> places{folder.path};
  for (const std::string& subfolder : subfolders) {
    if (fs::path found = folder_in(folder.path, subfolder); !found.empty()) places.push_back(std::move(found));
  }
  for (const fs::path& place : places) {
    const Entries entries = entries_of(place);
    std::vector<fs::path> files;
    for (const std::string& name : names) {
      const fs::path file = file_in(entries, name);
      if (file.empty()) break;
      files.push_back(unpacked(file, name));
    }
    if (files.size() == names.size()) return files;
  }
  return {};
}

std::vector<fs::path> find_data_files(const DataSetInfo& info, const DataFolder& folder,
                                      std::span<const std::string> subfolders, std::span<const std::string> names) {
  std::vector<fs::path> files = look_for_files(folder, subfolders, names);
  if (!files.empty()) return files;
  std::string message = "cannot find " + std::string(info.label) + ": ";
  std::error_code code;
  if (!fs::is_directory(folder.path, code)) {
    message += "there is no folder " + folder.path.string();
  } else {
    // Where most of the files are, one of them is missing; elsewhere the first is named.
    std::vector<std::string> missing;
    fs::path place = folder.path;
    std::size_t most = 0;
    for (std::size_t i = 0; i <= subfolders.size(); ++i) {
      const fs::path here = i == 0 ? folder.path : folder_in(folder.path, subfolders[i - 1]);
      const Entries entries = here.empty() ? Entries{} : entries_of(here);
      std::vector<std::string> lacking;
      for (const std::string& name : names) {
        if (file_in(entries, name).empty()) lacking.push_back(name);
      }
      if (i > 0 && names.size() - lacking.size() <= most) continue;
      most = names.size() - lacking.size();
      missing = std::move(lacking);
      place = here;
    }
    message += "there is no " + missing.front() + ", packed (.gz) or not, in " + place.string();
    if (most == 0 && !subfolders.empty()) message += " or its folders " + listed(subfolders, "and");
    message += what_is_there(place);
  }
  if (!folder.given && info.id == "fashion-mnist") {
    message += "; install the Debian package dataset-fashion-mnist or give the folder of the files";
  } else {
    message += "; give the folder of the files under the names they were published with";
  }
  throw FileError(message + " (Data folder, --data-dir)");
}

}  // namespace dnm
