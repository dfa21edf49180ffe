// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/parameter_table.h"
#include "training/layers/cross_entropy.h"
#include "training/metrics/bleu.h"
#include "training/metrics/task_metrics.h"
#include "training/settings/decoding_settings.h"
#include "training/settings/training_settings.h"
#include "training/tasks/task.h"
#include "training/tasks/task_table.h"
#include "training/text/place_batches.h"
#include "training/text/text_source.h"
#include "training/text/vocabulary.h"

namespace dnm {

/// What chooses the best step of a translation.
enum class BestStep : std::uint8_t { token_accuracy, perplexity, bleu };

/// The epochs after which the test part is translated: those that are the best so far (BestStep) and the last one, the
/// last one alone, or all.
enum class TestTranslations : std::uint8_t { best, last, every };

/// What a translation is set to, besides the source of its text (the setting "data") and its folder.
struct TranslationChoice {
  std::string languages{};  ///< "en-de"; empty: the usual ones of the source
  TextKind text = TextKind::raw;
  std::int64_t pieces = 4000;
  std::int64_t most_words = 0;  ///< 0: all
  std::int64_t places = 1024;   ///< of a step, on the larger side
  std::int64_t steps = 500;     ///< of an epoch
  double smoothing = 0.1;
  BestStep best_step = BestStep::token_accuracy;
  std::int64_t scored_sentences = 200;  ///< of the validation part, translated after each epoch
  TestTranslations test_translations = TestTranslations::best;
  DecodingSettings decoding{};
  std::int64_t averaged_epochs = 1;  ///< whose parameters' mean translates the test part at the end of the run
};
[[nodiscard]] const ParameterTable<TranslationChoice>& translation_table();

/// Sentences of one language into another, piece by piece; batches are SentenceBatch. An epoch is a number of steps;
/// how often the text has been passed through follows from them (TrainingBatches). The vocabularies are learned from
/// the training part, and kept in the run's folder; a run that is resumed takes those.
class Translation : public Task {
 public:
  /// Finds the files. Throws InvalidInput, FileError.
  Translation(TranslationChoice choice, const TrainingSettings& settings);

  /// `inputs` and `outputs` are the pieces of both vocabularies: before load() as many as were asked for or, of all
  /// words, an estimate by the size of the files.
  TaskShape shape() const override;
  const Loss& loss() const override { return loss_; }
  std::uint64_t memory_bytes() const override;
  void load(const TaskControl& control) override;
  std::vector<std::string> notices() const override { return notices_; }
  std::uint32_t checksum(const TaskControl& control) const override;
  std::uint64_t steps_per_epoch() const override { return static_cast<std::uint64_t>(choice_.steps); }
  /// Target pieces, of the epoch begun last.
  std::uint64_t examples_before(std::uint64_t step_of_epoch) const override { return examples_.at(step_of_epoch); }
  void begin_epoch(int epoch) override;
  const Batch& training_batch(std::uint64_t step_of_epoch) override;
  const Batch& training_batches(std::uint64_t first_step_of_epoch, std::uint64_t count) override;
  std::size_t evaluation_batches(EvaluationSet set) const override;
  const Batch& evaluation_batch(EvaluationSet set, std::size_t batch) override;

  // What follows needs load() as well.

  [[nodiscard]] const Vocabularies& vocabularies() const { return vocabularies_; }
  /// Places of a batch at most.
  [[nodiscard]] std::size_t places() const { return static_cast<std::size_t>(choice_.places); }
  [[nodiscard]] double smoothing() const { return choice_.smoothing; }
  [[nodiscard]] const DecodingSettings& decoding() const { return choice_.decoding; }
  [[nodiscard]] TestTranslations test_translations() const { return choice_.test_translations; }
  /// At least 1.
  [[nodiscard]] std::int64_t averaged_epochs() const { return choice_.averaged_epochs; }
  /// Sentences of a set, and those of one of its batches: numbers in the order of the text.
  [[nodiscard]] std::size_t sentences(EvaluationSet set) const { return part(set).text.size(); }
  [[nodiscard]] std::span<const std::uint32_t> sentences_of(EvaluationSet set, std::size_t batch) const {
    return part(set).batches[batch];
  }
  /// The sentences that are translated after an epoch: spread evenly over the validation part. Sorted.
  [[nodiscard]] std::vector<std::uint32_t> scored_sentences() const;
  /// As raw text, splits of words joined: what a hypothesis is compared with.
  [[nodiscard]] std::string reference(EvaluationSet set, std::size_t sentence) const;
  [[nodiscard]] const PieceLines& source_pieces(EvaluationSet set) const { return part(set).pieces.source; }
  [[nodiscard]] const std::string& source_text(EvaluationSet set, std::size_t sentence) const {
    return part(set).text.source.at(sentence);
  }
  /// The score of translations of these sentences (vocabularies().target->text() makes them text).
  [[nodiscard]] Bleu score(EvaluationSet set, std::span<const std::uint32_t> sentences,
                           std::span<const std::string> hypotheses) const;

 private:
  struct Part {
    SentencePairs text;
    PiecePairs pieces;
    PairBatches batches;
  };

  [[nodiscard]] const Part& part(EvaluationSet set) const { return set == EvaluationSet::test ? test_ : validation_; }
  [[nodiscard]] VocabularySettings vocabulary_settings() const;
  [[nodiscard]] std::uint32_t pieces_before_reading() const;
  void read(const TaskControl& control);
  [[nodiscard]] Vocabularies kept_or_learned(const SentencePairs& train, const TaskControl& control);
  void take_training(PiecePairs pieces);
  void take(Part& part, SentencePairs text, std::string_view name, const TaskControl& control);
  [[nodiscard]] PiecePairs in_pieces(const SentencePairs& text, const TaskControl& control) const;

  TranslationChoice choice_;
  NamedText name_;
  TextPlaces places_;
  std::uint64_t seed_;
  std::string run_folder_;
  bool resume_;
  SmoothedCrossEntropy loss_;
  std::uint64_t bytes_ = 0;         ///< of the files
  std::optional<LoadedText> read_;  ///< between reading and load()
  std::string manifest_;
  std::string origin_to_keep_;  ///< of vocabularies that were learned now; empty: they are the run's own
  Vocabularies vocabularies_;
  std::vector<std::string> notices_;
  PiecePairs training_;
  std::optional<TrainingBatches> order_;
  PairBatches epoch_;                    ///< the steps of the epoch begun last
  std::vector<std::uint64_t> examples_;  ///< target pieces before each of its steps, and of all
  Part validation_;
  Part test_;
  SentenceBatch batch_;
  SentenceBatch several_batches_;
  SentenceBatch evaluation_batch_;
};

/// The batches of any task that translates: what training and decoding need beyond Task. Null for another task.
[[nodiscard]] inline const Translation* translation_in(const Task& task) {
  return dynamic_cast<const Translation*>(&task);
}

/// Its row of the table of tasks: the data sets are the texts of text_source_table(). The rows of translation_metrics
/// must be in metric_table() when it is measured.
[[nodiscard]] TaskEntry translation_entry();

// What the row is made of.
[[nodiscard]] std::unique_ptr<Task> make_translation(const TranslationChoice& choice, const TrainingSettings& settings);
[[nodiscard]] TaskShape translation_shape(const TrainingSettings& settings);
[[nodiscard]] std::string translation_label(const TrainingSettings& settings);
[[nodiscard]] std::uint64_t translation_steps_per_epoch(const TrainingSettings& settings);
[[nodiscard]] MetricRoles translation_roles(BestStep best_step);
/// By the setting.
[[nodiscard]] const TaskMetrics& translation_metrics_of(const TrainingSettings& settings);

}  // namespace dnm
