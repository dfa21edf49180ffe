// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "training/text/bible_text.h"
#include "training/text/folder_text.h"
#include "training/text/help_text.h"
#include "training/text/text_source.h"

namespace dnm {

std::span<const TextSource> text_source_table() {
  static constexpr std::array table{
      TextSource{.id = "libreoffice-help",
                 .label = "LibreOffice help",
                 .meaning = "Paragraphs of the LibreOffice help in two languages; the Debian packages "
                            "libreoffice-help-* bring its files.",
                 .usual_languages = "en-de",
                 .packages = help_packages,
                 .find = find_help,
                 .load = load_help,
                 .known = known_help},
      TextSource{.id = "bible",
                 .label = "Bible",
                 .meaning = "Verses of the King James Version and the Reina Valera of 1909; the Debian packages "
                            "sword-text-kjv and sword-text-sparv bring its files.",
                 .usual_languages = "en-es",
                 .packages = bible_packages,
                 .find = find_bible,
                 .load = load_bible,
                 .known = known_bible},
      TextSource{.id = "text-folder",
                 .label = "Own text",
                 .meaning = "Sentences of your own: a folder of train, valid and test, each in two languages "
                            "(train.en, train.de, …), a sentence a line.",
                 .usual_languages = "en-de",
                 .find = find_folder_text,
                 .load = load_folder_text},
  };
  return table;
}

}  // namespace dnm
