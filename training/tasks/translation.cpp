// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/translation.h"

#include <array>
#include <charconv>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "core/parameters/parameter_part.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/support/setting_groups.h"
#include "training/tasks/task_ids.h"
#include "training/text/sha256.h"
#include "training/text/words.h"

namespace dnm {
namespace {

TranslationChoice choice_of(const TrainingSettings& settings) {
  return part_settings(translation_table(), settings.parts);
}

NamedText text_of(const TranslationChoice& choice, const TrainingSettings& settings) {
  return named_text(settings.data_set + (choice.languages.empty() ? "" : ":" + choice.languages));
}

/// Part of the whole that a step of the work takes.
TaskControl part_of(const TaskControl& control, double first, double last) {
  if (!control.progress) return control;
  return {control.stop, [&control, first, last](double done) { control.report(first + done * (last - first)); }};
}

/// "LibreOffice help en-de".
std::string label_of(const NamedText& name) { return std::string(name.source->label) + " " + name.languages.text(); }

TaskShape shape_of_text(const NamedText& name, std::uint32_t inputs, std::uint32_t outputs) {
  return {.data_set = label_of(name),
          .inputs = inputs,
          .outputs = outputs,
          .inputs_text = "sentences of " + name.text() + " are made of " + counted(inputs, "piece")};
}

constexpr std::array kinds{
    Choice{"raw", "As written", "Text as people write it, cut into pieces that are learned from the training part."},
    Choice{"words", "Words", "Text that is cut already, at its blanks; \"@@ \" is joined before scoring."},
};
constexpr std::array best_steps{
    Choice{"token-accuracy", "Token accuracy", "The step that guesses most pieces right."},
    Choice{"perplexity", "Perplexity", "The step of the lowest loss."},
    Choice{"bleu", "BLEU", "The step of the best translations."},
};

constexpr std::array test_translations{
    Choice{"best", "Best so far", "The test part is translated when an epoch is the best so far, and after the last."},
    Choice{"last", "Last", "The test part is translated after the last epoch."},
    Choice{"every", "Every", "The test part is translated after every epoch."},
};

/// Of rows that stand elsewhere by themselves.
ParameterInfo among_more(ParameterInfo info) {
  info.group = more_settings;
  return info;
}

}  // namespace

const ParameterTable<TranslationChoice>& translation_table() {
  using C = TranslationChoice;
  static const ParameterTable<C> table(
      "setting of the translation",
      {parameter<&C::languages>(
           {.id = "languages",
            .label = "Languages",
            .meaning = "From which language into which, by their codes: \"en-de\", \"en-gb/de\"; empty: the "
                       "usual ones of the text.",
            .kind = ParameterKind::text}),
       parameter<&C::text>({.id = "text-kind",
                            .label = "Text",
                            .meaning = "How sentences are cut into what is translated.",
                            .choices = kinds,
                            .group = more_settings}),
       parameter<&C::pieces>({.id = "pieces",
                              .symbol = "V",
                              .label = "Pieces",
                              .meaning = "Pieces that are learned from both languages together, by byte-pair encoding.",
                              .range = {100, 100000, 1000, true},
                              .applies = {"text-kind", "raw"}}),
       parameter<&C::most_words>({.id = "words",
                                  .label = "Words",
                                  .meaning = "The most frequent words of each language are kept; 0: all.",
                                  .range = {0, 10000000, 1000, false},
                                  .applies = {"text-kind", "words"},
                                  .group = more_settings}),
       parameter<&C::places>({.id = "places",
                              .label = "Places per step",
                              .meaning = "Pieces that a step takes, padding included, on the larger side.",
                              .unit = "places",
                              .range = {64, 1048576, 64, true}}),
       parameter<&C::steps>({.id = "epoch-steps",
                             .label = "Steps per epoch",
                             .meaning = "Steps between two validations; an epoch of the run has so many.",
                             .unit = "steps",
                             .range = {1, 1000000, 100, true}}),
       parameter<&C::smoothing>({.id = "label-smoothing",
                                 .symbol = "ε",
                                 .label = "Label smoothing",
                                 .meaning = "The share of the target's probability that is spread over all pieces.",
                                 .range = {0, 0.9, 0.05, false},
                                 .group = more_settings}),
       parameter<&C::best_step>({.id = "best-step",
                                 .label = "Best step by",
                                 .meaning = "What chooses the best step on the validation part.",
                                 .choices = best_steps,
                                 .group = more_settings}),
       parameter<&C::scored_sentences>(
           {.id = "scored-sentences",
            .label = "Sentences scored",
            .meaning = "Sentences of the validation part that are translated for BLEU after each epoch; 0: none.",
            .unit = "sentences",
            .range = {0, 1000000, 100, false},
            .group = more_settings}),
       parameter<&C::test_translations>({.id = "test-translations",
                                         .label = "Test translations",
                                         .meaning = "After which epochs the test part is translated for BLEU.",
                                         .choices = test_translations,
                                         .group = more_settings}),
       parameter<&C::decoding, &DecodingSettings::beam>(among_more(beam_info)),
       parameter<&C::decoding, &DecodingSettings::length_penalty>(among_more(length_penalty_info)),
       parameter<&C::averaged_epochs>(
           {.id = "average-checkpoints",
            .label = "Average of epochs",
            .meaning = "The test part is translated after the last epoch with the mean of the parameters at the ends "
                       "of so many last epochs; 1: with those of the last one.",
            .unit = "epochs",
            .range = {1, 1000, 1, true},
            .group = more_settings})});
  return table;
}

Translation::Translation(TranslationChoice choice, const TrainingSettings& settings)
    : choice_(std::move(choice)),
      name_(text_of(choice_, settings)),
      places_(text_places(settings.data_folder)),
      seed_(settings.seed),
      run_folder_(settings.run_folder),
      resume_(settings.resume),
      loss_(choice_.smoothing) {
  bytes_ = name_.source->find(name_.languages, places_);
  if (choice_.best_step == BestStep::bleu && choice_.scored_sentences == 0) {
    throw InvalidInput(
        "the best step cannot be chosen by BLEU while no sentence is scored; score some (Sentences scored, "
        "--scored-sentences) or choose by another metric (Best step by, --best-step)");
  }
}

VocabularySettings Translation::vocabulary_settings() const {
  return {choice_.text, static_cast<std::uint32_t>(choice_.pieces), static_cast<std::uint32_t>(choice_.most_words)};
}

TaskShape Translation::shape() const {
  if (vocabularies_.source != nullptr) {
    return shape_of_text(name_, vocabularies_.source->size(), vocabularies_.target->size());
  }
  const std::uint32_t pieces = pieces_before_reading();
  return shape_of_text(name_, pieces, pieces);
}

std::uint32_t Translation::pieces_before_reading() const {
  if (choice_.text == TextKind::raw) return static_cast<std::uint32_t>(choice_.pieces);
  // Texts of some million words have a new one about every 200 bytes.
  constexpr std::uint64_t bytes_per_word = 200, most = 10'000'000;
  const std::uint64_t words = std::clamp<std::uint64_t>(bytes_ / bytes_per_word, 1, most);
  const auto wanted = static_cast<std::uint64_t>(choice_.most_words);
  return static_cast<std::uint32_t>(special_pieces + (wanted == 0 ? words : wanted));
}

std::uint64_t Translation::memory_bytes() const {
  // Text, and pieces of four bytes for every four letters or so.
  return 3 * bytes_;
}

void Translation::read(const TaskControl& control) {
  read_ = load_text(name_, places_, part_of(control, 0.0, 0.4));
  manifest_ = manifest_text(read_->files);
  notices_ = read_->text.notices;
  vocabularies_ = kept_or_learned(read_->text.train, part_of(control, 0.4, 0.6));
}

Vocabularies Translation::kept_or_learned(const SentencePairs& train, const TaskControl& control) {
  const VocabularySettings settings = vocabulary_settings();
  // The training part alone.
  const std::string origin = name_.text() + ", train " + sha256(manifest_.substr(0, manifest_.find("valid")));
  if (resume_ && !run_folder_.empty() && has_vocabularies(run_folder_)) {
    SavedVocabularies saved = load_vocabularies(run_folder_, control);
    if (saved.origin != origin || saved.settings != settings) {
      throw FileError("the vocabulary in " + run_folder_ +
                      " was learned from another text or with other settings; resume the run with those it was started "
                      "with or choose another run folder (Run folder, --run-dir)");
    }
    return std::move(saved.vocabularies);
  }
  origin_to_keep_ = origin;
  return learned_vocabularies(settings, train.source, train.target, control);
}

void Translation::load(const TaskControl& control) {
  if (!read_) read(control);
  if (!run_folder_.empty() && !origin_to_keep_.empty()) {
    save_vocabularies(run_folder_, vocabularies_, vocabulary_settings(), origin_to_keep_);
  }
  LoadedText loaded = *std::exchange(read_, std::nullopt);
  if (choice_.text == TextKind::raw && vocabularies_.source->size() < static_cast<std::uint32_t>(choice_.pieces)) {
    notices_.push_back("the training part has no more than " + counted(vocabularies_.source->size(), "piece") +
                       ", fewer than the " + std::to_string(choice_.pieces) + " asked for");
  }
  take_training(in_pieces(loaded.text.train, part_of(control, 0.6, 0.95)));
  loaded.text.train = {};
  take(validation_, std::move(loaded.text.valid), "valid", control);
  take(test_, std::move(loaded.text.test), "test", control);
}

PiecePairs Translation::in_pieces(const SentencePairs& text, const TaskControl& control) const {
  return {vocabularies_.source->pieces(text.source, part_of(control, 0.0, 0.5)),
          vocabularies_.target->pieces(text.target, part_of(control, 0.5, 1.0))};
}

void Translation::take_training(PiecePairs pieces) {
  training_ = std::move(pieces);
  std::vector<std::uint32_t> fitting;
  for (std::uint32_t pair = 0; pair < training_.size(); ++pair) {
    if (training_.places(pair) <= places() && training_.source.length(pair) > 0) fitting.push_back(pair);
  }
  const std::size_t dropped = training_.size() - fitting.size();
  if (fitting.empty()) {
    throw InvalidInput("no sentence of the training part fits into the " + std::to_string(choice_.places) +
                       " places of a step; give it more (Places per step, --places)");
  }
  if (dropped > 0) {
    notices_.push_back(counted(dropped, "training pair") + " of more than " + std::to_string(choice_.places) +
                       " pieces " + (dropped == 1 ? "was" : "were") +
                       " left out; more places per step take longer ones (--places)");
  }
  order_.emplace(training_, std::move(fitting), places(), seed_);
}

void Translation::take(Part& part, SentencePairs text, std::string_view name, const TaskControl& control) {
  part.text = std::move(text);
  part.pieces = in_pieces(part.text, {control.stop, {}});
  for (std::uint32_t pair = 0; pair < part.pieces.size(); ++pair) {
    if (part.pieces.places(pair) <= places()) continue;
    throw InvalidInput("sentence " + std::to_string(pair + 1) + " of the part " + std::string(name) + " has " +
                       std::to_string(part.pieces.places(pair)) + " pieces, more than the " +
                       std::to_string(choice_.places) +
                       " places of a step; give a step more (Places per step, --places) or shorten the sentence");
  }
  std::vector<std::uint32_t> all(part.pieces.size());
  std::iota(all.begin(), all.end(), 0U);
  part.batches = batches_by_length(part.pieces, all, places());
}

std::uint32_t Translation::checksum(const TaskControl& control) const {
  control.check();
  Sha256 sum;
  sum.add(manifest_);
  sum.add(vocabularies_.source->content());
  sum.add(vocabularies_.target->content());
  const std::string digits = sum.digits().substr(0, 8);
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return number;
}

void Translation::begin_epoch(int epoch) {
  epoch_ = order_->steps(static_cast<std::uint64_t>(epoch) * steps_per_epoch(), steps_per_epoch());
  examples_.assign(1, 0);
  for (std::size_t step = 0; step < epoch_.size(); ++step) {
    std::uint64_t pieces = 0;
    for (const std::uint32_t pair : epoch_[step]) pieces += training_.target.length(pair) + 1;
    examples_.push_back(examples_.back() + pieces);
  }
}

const Batch& Translation::training_batch(std::uint64_t step_of_epoch) {
  fill(training_, epoch_[step_of_epoch], batch_);
  return batch_;
}

const Batch& Translation::training_batches(std::uint64_t first_step_of_epoch, std::uint64_t count) {
  std::vector<std::uint32_t> pairs;
  for (std::uint64_t step = first_step_of_epoch; step < first_step_of_epoch + count; ++step) {
    pairs.insert(pairs.end(), epoch_[step].begin(), epoch_[step].end());
  }
  fill(training_, pairs, several_batches_);
  return several_batches_;
}

std::size_t Translation::evaluation_batches(EvaluationSet set) const { return part(set).batches.size(); }

const Batch& Translation::evaluation_batch(EvaluationSet set, std::size_t batch) {
  fill(part(set).pieces, part(set).batches[batch], evaluation_batch_);
  return evaluation_batch_;
}

std::vector<std::uint32_t> Translation::scored_sentences() const {
  const std::uint64_t all = sentences(EvaluationSet::validation);
  const std::uint64_t count = std::min(all, static_cast<std::uint64_t>(choice_.scored_sentences));
  std::vector<std::uint32_t> chosen;
  for (std::uint64_t i = 0; i < count; ++i) chosen.push_back(static_cast<std::uint32_t>(i * all / count));
  return chosen;
}

std::string Translation::reference(EvaluationSet set, std::size_t sentence) const {
  const std::string& text = part(set).text.target.at(sentence);
  return choice_.text == TextKind::words ? with_splits_joined(text) : text;
}

Bleu Translation::score(EvaluationSet set, std::span<const std::uint32_t> sentences,
                        std::span<const std::string> hypotheses) const {
  if (sentences.size() != hypotheses.size()) throw std::invalid_argument("a hypothesis for each sentence is scored");
  Bleu bleu;
  for (std::size_t i = 0; i < sentences.size(); ++i) bleu.add(hypotheses[i], reference(set, sentences[i]));
  return bleu;
}

TaskEntry translation_entry() {
  std::vector<TaskDataSet> texts;
  for (const TextSource& source : text_source_table()) {
    texts.push_back({{source.id, source.label, source.meaning}});
  }
  return {.part = parameter_part<std::unique_ptr<Task>(const TrainingSettings&)>(
              {translation_task, "Translation", "Sentences of one language into another."}, translation_table(),
              make_translation),
          .data_sets = std::move(texts),
          .model = "transformer",
          .shape = translation_shape,
          // None that could be held out: validation has a part of its own.
          .training_examples = [](const TrainingSettings&) { return std::uint64_t{0}; },
          .label = translation_label,
          .examples_word = "pieces",
          .steps_per_epoch = translation_steps_per_epoch,
          .metrics = {},
          .metrics_of = translation_metrics_of};
}

std::unique_ptr<Task> make_translation(const TranslationChoice& choice, const TrainingSettings& settings) {
  return std::make_unique<Translation>(choice, settings);
}

TaskShape translation_shape(const TrainingSettings& settings) {
  const TranslationChoice choice = choice_of(settings);
  if (choice.text == TextKind::words) return Translation(choice, settings).shape();  // by the size of its files
  const auto pieces = static_cast<std::uint32_t>(choice.pieces);
  return shape_of_text(text_of(choice, settings), pieces, pieces);
}

std::string translation_label(const TrainingSettings& settings) {
  return label_of(text_of(choice_of(settings), settings));
}

std::uint64_t translation_steps_per_epoch(const TrainingSettings& settings) {
  return static_cast<std::uint64_t>(choice_of(settings).steps);
}

MetricRoles translation_roles(BestStep best_step) {
  switch (best_step) {
    case BestStep::perplexity:
      return {.leading = "test_perplexity", .selecting = "validation_perplexity", .running = "train_loss"};
    case BestStep::bleu:
      return {.leading = "test_bleu", .selecting = "validation_bleu", .running = "train_loss"};
    case BestStep::token_accuracy:
      break;
  }
  return {.leading = "test_token_accuracy", .selecting = "validation_token_accuracy", .running = "train_loss"};
}

const TaskMetrics& translation_metrics_of(const TrainingSettings& settings) {
  static const auto metrics = [] {
    std::array<TaskMetrics, best_steps.size()> made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i] = task_metrics(translation_task, translation_roles(static_cast<BestStep>(i)));
    }
    return made;
  }();
  return metrics[static_cast<std::size_t>(choice_of(settings).best_step)];
}

}  // namespace dnm
