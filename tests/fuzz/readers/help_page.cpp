// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/utf8.h"
#include "core/support/error.h"
#include "tests/fuzz/reader.h"
#include "training/text/bible_text.h"
#include "training/text/help_text.h"
#include "training/text/pair_filter.h"
#include "training/text/words.h"

namespace dnm::fuzz {
namespace {

/// A page of LibreOffice's help, or a verse: both come from packages that anybody may have changed.
const Reader reader("help_page", [](std::string_view bytes) {
  if (!is_utf8(bytes)) throw InvalidInput("the page is not UTF-8");
  const auto check = [](const std::string& text) {
    promise(is_utf8(text), "the text of a page in UTF-8 is not UTF-8");
    promise(with_single_spaces(text) == text, "a text has more than one space in a place");
    promise(is_utf8(leak_key(text)), "a text is compared by what is not UTF-8");
  };
  for (const HelpParagraph& paragraph : help_paragraphs(bytes)) {
    promise(paragraph.id.starts_with("par_") || paragraph.id.starts_with("hd_"), "an id of another kind");
    check(paragraph.text);
  }
  check(verse_text(bytes));
});

}  // namespace
}  // namespace dnm::fuzz
