// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <string>

#include "core/files/utf8.h"
#include "tests/fuzz/reader.h"
#include "training/text/folder_text.h"
#include "training/text/vocabulary.h"

namespace dnm::fuzz {
namespace {

/// A text of one's own and a list of words. The input is every file of them.
const Reader reader("text_folder", [](std::string_view bytes) {
  const InputFile source_files[]{{bytes, "train.en"}, {bytes, "valid.en"}, {bytes, "test.en"}};
  const InputFile target_files[]{{bytes, "train.de"}, {bytes, "valid.de"}, {bytes, "test.de"}};
  const ParallelText text = load_folder_text({"en", "de"}, text_places(input_folder().string()), {});
  promise(text.train.source.size() == text.train.target.size(), "a sentence has no translation");
  for (const std::string& line : text.train.source) {
    promise(is_utf8(line) && line.find('\n') == std::string::npos, "a sentence is no line of UTF-8");
  }
  const VocabularyPointer words = learned_words(0, text.train.source);
  const PieceLines lines = words->pieces(text.train.source);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const std::uint32_t piece : lines[i]) promise(piece >= special_pieces, "a word of the text is unknown");
  }
  promise(words_from_list(std::string(words->content()))->size() == words->size(), "words are lost in their file");
  static_cast<void>(words_from_list(std::string(bytes)));
});

}  // namespace
}  // namespace dnm::fuzz
