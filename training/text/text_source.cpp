// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/text_source.h"

#include <algorithm>
#include <system_error>

#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/user_folders.h"
#include "training/text/sha256.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// The notice of a text whose content is another than the one of the known version; empty: there is none to be told.
std::string difference(const NamedText& name, const std::vector<TextFileSum>& files) {
  const auto known = std::ranges::find(name.source->known, name.languages.text(), &KnownText::languages);
  if (known == name.source->known.end() || known->sha256 == sha256(manifest_text(files))) return {};
  return name.text() + " differs from that of " + std::string(known->version) +
         ", so results cannot be compared with those on it; \"dnm data " + name.text() + "\" lists its checksums";
}

}  // namespace

fs::path TextPlaces::find(const fs::path& below) const {
  std::error_code code;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / below, code)) return folder / below;
  }
  return {};
}

fs::path fetched_packages_folder() { return user_data_folder() / "data"; }

TextPlaces text_places(std::string_view folder) {
  TextPlaces places;
  places.given = !folder.empty();
  const auto add = [&](const fs::path& root) { places.folders.push_back(root); };
  if (places.given) {
    add(folder);
    add(fs::path(folder) / "share");
    add(fs::path(folder) / "usr/share");
    places.shown = folder;
    return places;
  }
  try {
    std::vector<fs::path> packages;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(fetched_packages_folder(), code)) {
      const fs::path share = entry.path() / "usr/share";
      if (fs::is_directory(share, code)) packages.push_back(share);
    }
    std::ranges::sort(packages);
    std::ranges::for_each(packages, add);
    places.shown = fetched_packages_folder().string() + " or ";
  } catch (const FileError&) {
    // Nothing has been fetched where there is no folder for it.
  }
  add("/usr/local/share");
  add("/usr/share");
  places.shown += "/usr/share";
  return places;
}

const TextSource& text_source(std::string_view id) { return look_up(text_source_table(), id, "text"); }

namespace {

bool has_packages(const TextSource& source, const LanguagePair& languages) try {
  return source.packages != nullptr && !source.packages(languages).empty();
} catch (const InvalidInput&) {
  return false;
}

/// Of several ways to read the languages, the only one that packages exist for: of this source or, where the text is
/// the user's own, of any. Throws InvalidInput where there is no such way.
LanguagePair chosen_pair(const TextSource& source, std::string_view text) {
  std::vector<LanguagePair> pairs = language_pairs(text);
  if (pairs.size() == 1) return pairs.front();
  std::string ways;
  for (const LanguagePair& pair : pairs)
    ways.append(ways.empty() ? "" : " or ").append(pair.source).append("/").append(pair.target);
  const auto is_unknown = [&](const LanguagePair& pair) {
    if (source.packages != nullptr) return !has_packages(source, pair);
    return std::ranges::none_of(text_source_table(),
                                [&](const TextSource& other) { return has_packages(other, pair); });
  };
  std::erase_if(pairs, is_unknown);
  if (pairs.size() == 1) return pairs.front();
  throw InvalidInput("the languages \"" + std::string(text) + "\" can be read in more than one way; write " + ways +
                     " (Languages, --languages)");
}

}  // namespace

NamedText named_text(std::string_view name) {
  const std::size_t colon = name.find(':');
  NamedText made{&text_source(name.substr(0, colon)), {}};
  const std::string_view languages =
      colon == std::string_view::npos ? made.source->usual_languages : name.substr(colon + 1);
  made.languages = chosen_pair(*made.source, languages);
  return made;
}

LoadedText load_text(const NamedText& name, const TextPlaces& places, const TaskControl& control) {
  LoadedText loaded{name.source->load(name.languages, places, control), {}};
  loaded.files = manifest(loaded.text, name.languages);
  if (std::string notice = difference(name, loaded.files); !notice.empty())
    loaded.text.notices.push_back(std::move(notice));
  return loaded;
}

void throw_not_found(const TextSource& source, const LanguagePair& languages, const TextPlaces& places,
                     const std::string& missing) {
  std::string packages;
  for (const std::string& package : source.packages(languages)) packages += (packages.empty() ? "" : " and ") + package;
  const std::string name = NamedText{&source, languages}.text();
  throw FileError("cannot find " + name + ": there is no " + missing + " in " + places.shown +
                  "; run \"dnm data fetch " + name + "\", or install the Debian packages " + packages +
                  ", or give the folder of their files (Data folder, --data-dir)");
}

}  // namespace dnm
