// SPDX-License-Identifier: GPL-3.0-or-later
// dnm-pieces: SentencePiece (Kudo and Richardson, EMNLP 2018, doi:10.18653/v1/D18-2012) in a process of its own.
// Debian's library exports the functions of the Protocol Buffers that it was built with, and LibTorch brings others of
// the same names: in one process one of them calls into the other and crashes.
//
//   dnm-pieces learn PIECES COVERAGE   sentences, one a line        → the model
//   dnm-pieces list BYTES              the model of so many bytes   → its pieces, one a line
//   dnm-pieces encode BYTES            the model, then sentences    → numbers of pieces, a line for each sentence
//
// from standard input to standard output; exit status 1 with one line on standard error where it cannot.
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include "training/data/sentence_batch.h"

namespace {

int fail(const std::string& why) {
  std::cerr << why.substr(0, why.find('\n')) << '\n';
  return 1;
}

/// The lines of a text, one after the other.
class Lines : public sentencepiece::SentenceIterator {
 public:
  explicit Lines(std::string_view text) : left_(text) { Next(); }
  [[nodiscard]] bool done() const override { return done_; }
  void Next() override {
    done_ = left_.empty();
    const std::size_t end = std::min(left_.find('\n'), left_.size());
    line_ = left_.substr(0, end);
    left_.remove_prefix(std::min(end + 1, left_.size()));
  }
  [[nodiscard]] const std::string& value() const override { return line_; }
  [[nodiscard]] sentencepiece::util::Status status() const override { return {}; }

 private:
  std::string_view left_;
  std::string line_;
  bool done_ = false;
};

/// Text comes back as it was, but for white space: nothing else is normalised. The letters that make up the share
/// `coverage` of the text are pieces.
int learn(const std::string& pieces, const std::string& coverage, std::string_view text) {
  const auto special = [](const char* name, std::uint32_t number) {
    return std::string(" --") + name + "_id=" + std::to_string(number);
  };
  const std::string options = "--model_type=bpe --vocab_size=" + pieces + " --character_coverage=" + coverage +
                              special("pad", dnm::padding_piece) + special("unk", dnm::unknown_piece) +
                              special("bos", dnm::begin_piece) + special("eos", dnm::end_piece) +
                              " --normalization_rule_name=identity --hard_vocab_limit=false --num_threads=1"
                              " --minloglevel=3";
  Lines lines(text);
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(options, &lines, &model);
  if (!status.ok()) return fail(status.message());
  std::cout << model;
  return 0;
}

int list(const sentencepiece::SentencePieceProcessor& model) {
  for (int piece = 0; piece < model.GetPieceSize(); ++piece) std::cout << model.IdToPiece(piece) << '\n';
  return 0;
}

int encode(const sentencepiece::SentencePieceProcessor& model, std::string_view text) {
  std::vector<int> pieces;
  for (Lines lines(text); !lines.done(); lines.Next()) {
    if (const auto status = model.Encode(lines.value(), &pieces); !status.ok()) return fail(status.message());
    std::string line;
    for (const int piece : pieces) line += (line.empty() ? "" : " ") + std::to_string(piece);
    std::cout << line << '\n';
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  const bool is_learning = arguments.size() == 3 && arguments[0] == "learn";
  const bool is_using = arguments.size() == 2 && (arguments[0] == "list" || arguments[0] == "encode");
  if (!is_learning && !is_using) return fail("usage: dnm-pieces learn PIECES COVERAGE | list BYTES | encode BYTES");
  std::ios::sync_with_stdio(false);
  const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  if (is_learning) return learn(arguments[1], arguments[2], input);
  const std::size_t bytes = std::min(input.size(), static_cast<std::size_t>(std::stoull(arguments[1])));
  sentencepiece::SentencePieceProcessor model;
  const std::string_view text = input;
  if (const auto status = model.LoadFromSerializedProto(text.substr(0, bytes)); !status.ok()) {
    return fail(status.message());
  }
  return arguments[0] == "list" ? list(model) : encode(model, text.substr(bytes));
}
