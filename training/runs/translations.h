// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/support/task_control.h"
#include "training/metrics/bleu.h"
#include "training/models/transformer.h"
#include "training/models/transformer_decoder.h"
#include "training/tasks/translation.h"

namespace dnm {

/// Called between groups of sentences: returns when the work may continue.
using BetweenGroups = std::function<void()>;

/// Hypotheses of some lines, in their order. Lines of like length go side by side, in groups of at most `places` source
/// pieces, padding counted; a longer line goes alone. Reports its progress. Throws as TransformerDecoder::decode.
[[nodiscard]] std::vector<Hypothesis> decode_lines(TransformerDecoder& decoder, const PieceLines& lines,
                                                   std::span<const std::uint32_t> which, std::size_t places,
                                                   const TaskControl& control, const BetweenGroups& between = {});

/// Sentences of one part of a text that a model has translated.
struct Translations {
  EvaluationSet set = EvaluationSet::test;
  std::vector<std::uint32_t> sentences;  ///< numbers in the order of the text
  std::vector<std::string> hypotheses;   ///< of each: text without line ends, splits of words joined
  Bleu bleu;                             ///< against the references of the text
};
/// Throws as decode_lines.
[[nodiscard]] Translations translate(Transformer& model, const Translation& text, EvaluationSet set,
                                     std::vector<std::uint32_t> sentences, const TaskControl& control,
                                     const BetweenGroups& between = {});

/// The model as a Transformer. Throws InvalidInput for another kind.
[[nodiscard]] Transformer& transformer_of(Model& model);

/// What stands beside a file of hypotheses.
struct HypothesesFacts {
  int epoch = 0;            ///< from 1
  std::uint64_t steps = 0;  ///< of the run until then
  int averaged_epochs = 1;  ///< whose parameters' mean has translated
  DecodingSettings decoding{};
};
/// A line for each sentence, in the order of the text.
[[nodiscard]] std::string hypotheses_text(const Translations& translations);
/// JSON: part, sentences, epoch, steps, averaged_epochs, beam, length_penalty, bleu, signature, brevity_penalty, words,
/// reference_words.
[[nodiscard]] std::string hypotheses_json(const Translations& translations, const HypothesesFacts& facts);

}  // namespace dnm
