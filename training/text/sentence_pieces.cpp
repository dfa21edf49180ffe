// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/child_process.h"
#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/module_folder.h"
#include "core/support/trimmed.h"
#include "training/text/vocabulary.h"

namespace dnm {
namespace {

constexpr std::size_t sentences_at_once = std::size_t{1} << 16;
constexpr std::string_view word_begin = "▁";
constexpr std::array<std::string_view, special_pieces> special_names{"<pad>", "<unk>", "<s>", "</s>"};

/// What dnm-pieces (pieces_program.cpp) answers. Throws InvalidInput with its reason, ResourceError, Cancelled.
std::string asked(std::vector<std::string> words, std::string_view input, const TaskControl& control) {
  const std::string program = (module_folder() / "dnm-pieces").string();
  words.insert(words.begin(), program);
  ChildOutcome outcome = run_process({.words = std::move(words), .input = input}, control);
  if (outcome.status == 0) return std::move(outcome.output);
  if (outcome.status == 1) {
    // SentencePiece may have said more before.
    const std::string_view errors = trimmed(outcome.errors);
    throw InvalidInput(std::string(errors.substr(errors.rfind('\n') + 1)));
  }
  throw ResourceError(program + " broke off with status " + std::to_string(outcome.status) +
                      "; install libsentencepiece0 or build the program again");
}

/// The share of the text whose letters are pieces: all of it, unless its letters would take a quarter of the pieces, as
/// those of Chinese do. Then it is SentencePiece's default.
std::string coverage_for(std::uint32_t pieces, std::span<const std::string> source,
                         std::span<const std::string> target) {
  constexpr std::size_t codes = 0x110000;
  std::vector<bool> seen(codes);
  std::size_t letters = 0;
  for (const auto side : {source, target}) {
    for (const std::string& sentence : side) {
      for (const char32_t code : code_points(sentence)) {
        if (code >= codes || seen[code]) continue;
        seen[code] = true;
        ++letters;
      }
    }
  }
  return 4 * letters <= pieces ? "1.0" : "0.9995";
}

class SentencePieces : public Vocabulary {
 public:
  SentencePieces(std::string model, const TaskControl& control) : model_(std::move(model)) {
    std::string list;
    try {
      list = asked({"list", std::to_string(model_.size())}, model_, control);
    } catch (const InvalidInput&) {
      throw InvalidInput("it is no SentencePiece model; take the file that SentencePiece has written");
    }
    for (std::string_view left = list; !left.empty();) pieces_.emplace_back(next_line(left));
    if (!std::ranges::equal(special_names, std::span(pieces_).first(std::min<std::size_t>(pieces_.size(), 4)))) {
      throw InvalidInput(
          "its special pieces have other numbers than here; learn it again with --pad_id=0 --unk_id=1 --bos_id=2 "
          "--eos_id=3");
    }
  }

  [[nodiscard]] std::uint32_t size() const override { return static_cast<std::uint32_t>(pieces_.size()); }
  [[nodiscard]] std::string_view content() const override { return model_; }

  [[nodiscard]] PieceLines pieces(std::span<const std::string> sentences, const TaskControl& control) const override {
    PieceLines lines;
    std::vector<std::uint32_t> line;
    for (std::size_t first = 0; first < sentences.size(); first += sentences_at_once) {
      const auto some = sentences.subspan(first, std::min(sentences_at_once, sentences.size() - first));
      std::string input = model_;
      for (const std::string& sentence : some) input += without_control_characters(sentence) + '\n';
      const std::string numbers = asked({"encode", std::to_string(model_.size())}, input, control);
      std::string_view left = numbers;
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (left.empty()) throw ResourceError("dnm-pieces gave too few sentences back; build the program again");
        line.clear();
        std::string_view rest = next_line(left);
        for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
          line.push_back(number<std::uint32_t>(word).value_or(unknown_piece));
        }
        lines.add(line);
      }
      control.report(static_cast<double>(first + some.size()) / static_cast<double>(sentences.size()));
    }
    return lines;
  }

  [[nodiscard]] std::string text(std::span<const std::uint32_t> pieces) const override {
    std::string made;
    for (const std::uint32_t piece : pieces) {
      if (piece == end_piece) break;
      if (piece == padding_piece || piece == begin_piece) continue;
      if (piece == unknown_piece || piece >= pieces_.size()) {
        made += unknown_piece_text;
        continue;
      }
      std::string_view left = pieces_[piece];
      for (std::size_t at = 0; (at = left.find(word_begin)) != std::string_view::npos;) {
        made.append(left.substr(0, at)) += ' ';
        left.remove_prefix(at + word_begin.size());
      }
      made += left;
    }
    // Every sentence begins with the begin of a word.
    if (made.starts_with(' ')) made.erase(0, 1);
    return made;
  }

 private:
  std::string model_;
  std::vector<std::string> pieces_;
};

}  // namespace

VocabularyPointer learned_pieces(std::uint32_t pieces, std::span<const std::string> source,
                                 std::span<const std::string> target, const TaskControl& control) {
  std::string text;
  std::size_t bytes = 0;
  for (const auto side : {source, target}) {
    for (const std::string& sentence : side) bytes += sentence.size() + 1;
  }
  require_memory(2 * bytes, "learning the pieces of the training text");
  text.reserve(bytes);
  for (const auto side : {source, target}) {
    for (const std::string& sentence : side) text += without_control_characters(sentence) + '\n';
  }
  std::string model;
  try {
    model = asked({"learn", std::to_string(pieces), coverage_for(pieces, source, target)}, text, control);
  } catch (const InvalidInput& error) {
    const std::string reason = error.what();
    throw InvalidInput("cannot learn " + std::to_string(pieces) + " pieces from the training text: " +
                       (reason.find("required_chars") != std::string::npos
                            ? "it has more letters than that; ask for more pieces (Pieces, --pieces)"
                            : "SentencePiece says \"" + reason + "\"; see whether the files are what they should be"));
  }
  return pieces_from_model(std::move(model), control);
}

VocabularyPointer pieces_from_model(std::string model, const TaskControl& control) {
  return std::make_shared<SentencePieces>(std::move(model), control);
}

}  // namespace dnm
