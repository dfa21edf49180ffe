// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/bible_text.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "training/text/markup.h"
#include "training/text/pair_filter.h"
#include "training/text/sword_module.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// A Bible of the versification of the King James Version, in the public domain. Add one: its row.
struct Bible {
  std::string_view id;  ///< its language
  std::string_view package;
  std::string_view module;  ///< its folder
};
constexpr Bible bibles[] = {{"en", "sword-text-kjv", "engKJV2006eb"}, {"es", "sword-text-sparv", "spaRV1909eb"}};

const Bible& bible(std::string_view language) { return look_up(bibles, language, "language of a Bible"); }

const TextSource& this_source() { return text_source("bible"); }

fs::path folder_of(const Bible& bible, const LanguagePair& languages, const TextPlaces& places) {
  const fs::path below = fs::path("sword/modules/texts/ztext") / bible.module;
  fs::path found = places.find(below);
  if (found.empty()) throw_not_found(this_source(), languages, places, "folder " + below.string());
  return found;
}

/// The value of an attribute in a tag; empty: it has none.
std::string_view attribute_in(std::string_view tag, std::string_view name) {
  const std::string begin = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(begin);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = tag.substr(at + begin.size());
  return rest.substr(0, rest.find('"'));
}

/// The first tag of this name that begins something (OSIS marks the end of chapters and books by such tags as well).
std::string_view beginning(std::string_view osis, std::string_view name) {
  const std::string begin = "<" + std::string(name) + " ";
  for (std::size_t at = osis.find(begin); at != std::string_view::npos; at = osis.find(begin, at + 1)) {
    const std::string_view tag = osis.substr(at, osis.find('>', at) - at);
    if (!attribute_in(tag, "sID").empty()) return tag;
  }
  return {};
}

}  // namespace

std::string verse_text(std::string_view osis) {
  std::string text = without_elements(without_elements(osis, "<note", "</note>"), "<title", "</title>");
  constexpr std::string_view paragraph_mark = "¶";
  for (std::size_t at = 0; (at = text.find(paragraph_mark, at)) != std::string::npos;) {
    text.replace(at, paragraph_mark.size(), " ");
  }
  return plain_text(text);
}

std::vector<std::string> bible_packages(const LanguagePair& languages) {
  return {std::string(bible(languages.source).package), std::string(bible(languages.target).package)};
}

std::uint64_t find_bible(const LanguagePair& languages, const TextPlaces& places) {
  for (const std::string& language : {languages.source, languages.target}) {
    static_cast<void>(folder_of(bible(language), languages, places));
  }
  return std::uint64_t{1} << 24;  // a Bible has about four million letters
}

ParallelText load_bible(const LanguagePair& languages, const TextPlaces& places, const TaskControl& control) {
  const auto verses_in = [&](const std::string& language) {
    return read_sword_text(folder_of(bible(language), languages, places), control);
  };
  const std::vector<std::string> source = verses_in(languages.source);
  const std::vector<std::string> target = verses_in(languages.target);
  if (source.size() != target.size()) {
    throw FileError("the Bibles of " + languages.text() + " count their verses differently (" +
                    std::to_string(source.size()) + " and " + std::to_string(target.size()) +
                    " entries); take modules of the same versification");
  }
  // Chapters are told by either module, in the language of the OSIS names.
  std::vector<TextGroup> chapters;
  bool in_chapter = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (const std::string_view chapter = beginning(source[i], "chapter"); !chapter.empty()) {
      chapters.push_back({std::string(attribute_in(chapter, "osisID")), {}});
      in_chapter = true;
      continue;
    }
    if (attribute_in(beginning(source[i], "div"), "type") == "book") in_chapter = false;
    if (in_chapter) chapters.back().pairs.add(verse_text(source[i]), verse_text(target[i]));
  }
  ParallelText text = split_by_group(filtered(std::move(chapters), {.most_source = 70, .most_ratio = 2.5}));
  if (text.train.size() == 0) {
    throw FileError("the Bibles of " + languages.text() +
                    " have too few verses in common to train with; fetch or install their packages again");
  }
  return text;
}

}  // namespace dnm
