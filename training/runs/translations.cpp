// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/translations.h"

#include <algorithm>
#include <utility>

#include "core/files/file_text.h"
#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {
namespace {

/// Where a group of lines, sorted by length, ends that begins at `first`.
std::size_t end_of_group(const PieceLines& lines, std::span<const std::uint32_t> sorted, std::size_t first,
                         std::size_t places) {
  std::size_t end = first + 1;
  while (end < sorted.size() && (end + 1 - first) * lines.length(sorted[end]) <= places) ++end;
  return end;
}

}  // namespace

std::vector<Hypothesis> decode_lines(TransformerDecoder& decoder, const PieceLines& lines,
                                     std::span<const std::uint32_t> which, std::size_t places,
                                     const TaskControl& control, const BetweenGroups& between) {
  std::vector<std::size_t> order(which.size());  // places in `which`
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return lines.length(which[i]); });
  std::vector<std::uint32_t> sorted;
  for (const std::size_t i : order) sorted.push_back(which[i]);
  std::vector<Hypothesis> found(which.size());
  std::vector<std::vector<std::uint32_t>> sources;
  for (std::size_t first = 0; first < sorted.size();) {
    if (between) between();
    const std::size_t end = end_of_group(lines, sorted, first, places);
    sources.clear();
    for (std::size_t i = first; i < end; ++i) {
      const auto pieces = lines[sorted[i]];
      sources.emplace_back(pieces.begin(), pieces.end());
    }
    std::vector<Hypothesis> group = decoder.decode(sources, control);
    for (std::size_t i = first; i < end; ++i) found[order[i]] = std::move(group[i - first]);
    first = end;
    control.report(static_cast<double>(first) / static_cast<double>(sorted.size()));
  }
  return found;
}

Transformer& transformer_of(Model& model) {
  auto* const found = dynamic_cast<Transformer*>(&model);
  if (found == nullptr) {
    throw InvalidInput("only a Transformer translates; choose it (Architecture, --architecture transformer)");
  }
  return *found;
}

Translations translate(Transformer& model, const Translation& text, EvaluationSet set,
                       std::vector<std::uint32_t> sentences, const TaskControl& control, const BetweenGroups& between) {
  TransformerDecoder decoder(model, text.decoding());
  const std::vector<Hypothesis> found =
      decode_lines(decoder, text.source_pieces(set), sentences, text.places(), control, between);
  Translations made{set, std::move(sentences), {}, {}};
  for (const Hypothesis& hypothesis : found) {
    // Pieces of a vocabulary from elsewhere may hold line ends.
    made.hypotheses.push_back(without_control_characters(text.vocabularies().target->text(hypothesis.pieces)));
  }
  made.bleu = text.score(set, made.sentences, made.hypotheses);
  return made;
}

std::string hypotheses_text(const Translations& translations) {
  std::string text;
  for (const std::string& line : translations.hypotheses) text.append(line) += '\n';
  return text;
}

std::string hypotheses_json(const Translations& translations, const HypothesesFacts& facts) {
  const Bleu& bleu = translations.bleu;
  OrderedJson json;
  json["part"] = translations.set == EvaluationSet::test ? "test" : "valid";
  json["sentences"] = translations.sentences.size();
  json["epoch"] = facts.epoch;
  json["steps"] = facts.steps;
  json["averaged_epochs"] = facts.averaged_epochs;
  json["beam"] = facts.decoding.beam;
  json["length_penalty"] = facts.decoding.length_penalty;
  json["bleu"] = bleu.score();
  json["signature"] = bleu.signature();
  json["brevity_penalty"] = bleu.brevity_penalty();
  json["words"] = bleu.hypothesis_words();
  json["reference_words"] = bleu.reference_words();
  return ascii_text(json, 2) + "\n";
}

}  // namespace dnm
