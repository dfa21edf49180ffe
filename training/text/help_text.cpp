// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/help_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "training/text/markup.h"
#include "training/text/pair_filter.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// A language that the help is packaged in.
struct HelpLanguage {
  std::string_view id;
  std::string_view package;       ///< ends with it, where it is not the id
  std::string_view folder;        ///< likewise
  double letters_per_word = 0.0;  ///< where it is written without blanks
};
constexpr HelpLanguage languages_of_help[] = {
    {"ca", "", ""},
    {"cs", "", ""},
    {"da", "", ""},
    {"de", "", ""},
    {"dz", "", "", 6.0},
    {"el", "", ""},
    {"en", "en-us", "en-US"},
    {"en-gb", "", "en-GB"},
    {"es", "", ""},
    {"et", "", ""},
    {"eu", "", ""},
    {"fi", "", ""},
    {"fr", "", ""},
    {"gl", "", ""},
    {"hi", "", ""},
    {"hu", "", ""},
    {"id", "", ""},
    {"it", "", ""},
    {"ja", "", "", 2.5},
    {"km", "", "", 5.0},
    {"ko", "", ""},
    {"nl", "", ""},
    {"om", "", ""},
    {"pl", "", ""},
    {"pt", "", ""},
    {"pt-br", "", "pt-BR"},
    {"ru", "", ""},
    {"sk", "", ""},
    {"sl", "", ""},
    {"sv", "", ""},
    {"tr", "", ""},
    {"vi", "", ""},
    {"zh-cn", "", "zh-CN", 1.7},
    {"zh-tw", "", "zh-TW", 1.7},
};

const HelpLanguage& language(std::string_view id) { return look_up(languages_of_help, id, "language of the help"); }

fs::path folder_below_share(const HelpLanguage& language) {
  return fs::path("libreoffice/help") / (language.folder.empty() ? language.id : language.folder);
}

const TextSource& this_source() { return text_source("libreoffice-help"); }

/// The folders of the pages of both languages.
std::pair<fs::path, fs::path> folders_of(const LanguagePair& languages, const TextPlaces& places) {
  const auto folder_of = [&](std::string_view id) {
    const fs::path below = folder_below_share(language(id));
    fs::path found = places.find(below);
    if (found.empty()) throw_not_found(this_source(), languages, places, "folder " + below.string());
    return found;
  };
  return {folder_of(languages.source), folder_of(languages.target)};
}

/// Paths of the pages below a folder, ordered by their folders, then names.
std::vector<std::pair<std::string, std::string>> pages_below(const fs::path& folder, const TaskControl& control) {
  std::vector<std::pair<std::string, std::string>> pages;
  try {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      control.check();
      if (entry.path().extension() != ".html" || !entry.is_regular_file()) continue;
      const fs::path below = entry.path().lexically_relative(folder);
      pages.emplace_back(below.parent_path().string(), below.filename().string());
    }
  } catch (const fs::filesystem_error& error) {
    throw FileError("cannot read the pages of " + folder.string() + ": " + error.code().message());
  }
  std::ranges::sort(pages);
  return pages;
}

std::vector<HelpParagraph> paragraphs_of_file(const fs::path& path) {
  const std::string html = whole_file(path);
  if (!is_utf8(html)) fail_reading(path, "it is not UTF-8; fetch or install its package again");
  return help_paragraphs(html);
}

/// What decides which part a page goes into.
std::string group_name(const fs::path& page) {
  const std::string path = page.string();
  constexpr std::string_view pages = "text/";
  return "/" + (path.starts_with(pages) ? path.substr(pages.size()) : path);
}

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The name of a paragraph's or heading's tag, which begins at the start of `text` after "<".
std::string_view paragraph_tag(std::string_view text) {
  const std::size_t length = text.starts_with('p')                                                   ? 1
                             : text.size() > 1 && text[0] == 'h' && text[1] >= '1' && text[1] <= '6' ? 2
                                                                                                     : 0;
  return length == 0 || (text.size() > length && is_word_letter(text[length])) ? std::string_view()
                                                                               : text.substr(0, length);
}

/// The id among the attributes of a tag; empty: none that paragraphs have.
std::string_view paragraph_id(std::string_view attributes) {
  constexpr std::string_view begin = "id=\"";
  for (std::size_t at = 0; (at = attributes.find(begin, at)) != std::string_view::npos; at += begin.size()) {
    if (at > 0 && is_word_letter(attributes[at - 1])) continue;
    const std::string_view rest = attributes.substr(at + begin.size());
    const std::string_view id = rest.substr(0, rest.find('"'));
    if (id.size() < rest.size() && (id.starts_with("par_") || id.starts_with("hd_"))) return id;
  }
  return {};
}

}  // namespace

std::vector<HelpParagraph> help_paragraphs(std::string_view html) {
  std::vector<HelpParagraph> paragraphs;
  std::map<std::string_view, std::size_t> places;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    ++at;
    const std::string_view tag = paragraph_tag(html.substr(at));
    if (tag.empty()) continue;
    const std::size_t tag_end = html.find('>', at);
    if (tag_end == std::string_view::npos) break;
    const std::string_view id = paragraph_id(html.substr(at, tag_end - at));
    if (id.empty()) continue;
    const std::size_t end = html.find("</" + std::string(tag) + ">", tag_end);
    if (end == std::string_view::npos) break;  // the rest of the page is damaged
    std::string text =
        plain_text(without_elements(html.substr(tag_end + 1, end - tag_end - 1), "<span class=\"MAC\"", "</span>"));
    at = end;
    const auto [place, is_new] = places.emplace(id, paragraphs.size());
    if (is_new) {
      paragraphs.push_back({std::string(id), std::move(text)});
    } else if (HelpParagraph& before = paragraphs[place->second]; before.text.empty()) {
      before.text = std::move(text);
    }
  }
  return paragraphs;
}

std::vector<std::string> help_packages(const LanguagePair& languages) {
  std::vector<std::string> packages;
  for (const std::string& id : {languages.source, languages.target}) {
    const HelpLanguage& found = language(id);
    packages.push_back("libreoffice-help-" + std::string(found.package.empty() ? found.id : found.package));
  }
  return packages;
}

std::uint64_t find_help(const LanguagePair& languages, const TextPlaces& places) {
  static_cast<void>(folders_of(languages, places));
  // Twice what the languages with the longest pages have; to count them would mean to look at thousands of files.
  return std::uint64_t{1} << 24;
}

ParallelText load_help(const LanguagePair& languages, const TextPlaces& places, const TaskControl& control) {
  const auto [source_folder, target_folder] = folders_of(languages, places);
  const auto pages = pages_below(source_folder, control);
  std::vector<TextGroup> groups;
  std::error_code code;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    control.check();
    control.report(static_cast<double>(i) / static_cast<double>(pages.size()));
    const fs::path page = fs::path(pages[i].first) / pages[i].second;
    if (!fs::exists(target_folder / page, code)) continue;
    std::map<std::string, std::string> translations;
    for (HelpParagraph& paragraph : paragraphs_of_file(target_folder / page)) {
      translations.emplace(std::move(paragraph.id), std::move(paragraph.text));
    }
    groups.push_back({group_name(page), {}});
    TextGroup& group = groups.back();
    for (HelpParagraph& paragraph : paragraphs_of_file(source_folder / page)) {
      const auto found = translations.find(paragraph.id);
      if (found != translations.end()) group.pairs.add(std::move(paragraph.text), std::move(found->second));
    }
  }
  ParallelText text = split_by_group(
      filtered(std::move(groups), {.least_source = 3,
                                   .most_source = 60,
                                   .most_target = 90,
                                   .most_ratio = 2.0,
                                   .source_letters_per_word = language(languages.source).letters_per_word,
                                   .target_letters_per_word = language(languages.target).letters_per_word}));
  if (text.train.size() == 0) {
    throw FileError("the help in " + source_folder.string() + " and " + target_folder.string() +
                    " has too few paragraphs in common to train with; take another pair of languages");
  }
  return text;
}

}  // namespace dnm
