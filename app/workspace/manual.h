// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// One page of the manual, compiled in from resources/manual. Add one: the Markdown file, one row in manual.cpp.
struct ManualPage {
  std::string_view topic;    ///< "methods/model": its path below resources/manual, and what `dnm help` takes
  std::string_view summary;  ///< one line for lists of pages
  std::string_view text;     ///< Markdown
};

/// The key of a page.
[[nodiscard]] inline std::string_view row_id(const ManualPage& page) { return page.topic; }

/// All pages in reading order; the first is "index".
[[nodiscard]] std::span<const ManualPage> manual_pages();
/// Null for an unknown topic.
[[nodiscard]] const ManualPage* find_manual_page(std::string_view topic);
/// A page by its topic or by the unique last part of it ("model"). Throws InvalidInput with "did you mean".
[[nodiscard]] const ManualPage& manual_page(std::string_view topic);

/// Whether this line begins or ends a code block.
[[nodiscard]] bool is_manual_fence(std::string_view line);

/// A heading of a page outside code blocks.
struct ManualHeading {
  int level = 1;       ///< 1 for the title
  std::string text;    ///< without Markdown's marks
  std::string anchor;  ///< as links name it: "window-and-centres"
};
/// In order; the first is the title. O(length of the page).
[[nodiscard]] std::vector<ManualHeading> manual_headings(const ManualPage& page);
[[nodiscard]] std::string manual_title(const ManualPage& page);

/// The target of a link inside the manual.
struct ManualLink {
  const ManualPage* page = nullptr;
  std::string anchor;  ///< empty: the beginning of the page
};
/// The target of a link ("model.md#degrees", "../using/files.md", "#notation") as written on `from`; nothing when it
/// leads out of the manual or to a page that does not exist.
[[nodiscard]] std::optional<ManualLink> follow_manual_link(const ManualPage& from, std::string_view target);

/// Pages that contain every word of `words`, whatever their case (of ASCII letters); all pages for no word.
[[nodiscard]] std::vector<const ManualPage*> search_manual(std::string_view words);

}  // namespace dnm
