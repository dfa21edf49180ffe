// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/text_translator.h"

#include <cstdint>
#include <string>
#include <utility>

#include "core/files/file_text.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/layers/cross_entropy.h"
#include "training/models/model_table.h"
#include "training/runs/checkpoint.h"
#include "training/runs/epoch_weights.h"
#include "training/runs/translations.h"
#include "training/support/devices.h"
#include "training/tasks/task_table.h"
#include "training/text/text_source.h"
#include "training/text/words.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

class RunTranslator final : public TextTranslator {
 public:
  RunTranslator(const TranslatorRequest& request, const TaskControl& control) {
    // Dense products of Torch's BLAS, of this thread.
    prepare_training_thread();
    Checkpoint run = load_checkpoint(request.checkpoint);
    control.check();
    if (find_row(text_source_table(), run.settings.data_set) == nullptr) {
      throw InvalidInput(request.checkpoint.string() + " learned from " + data_label(run.settings) +
                         ", which is no text in two languages; give a run that was trained to translate");
    }
    choice_ = part_settings(translation_table(), run.settings.parts);
    DecodingSettings decoding = choice_.decoding;
    if (request.beam) decoding.beam = *request.beam;
    if (request.length_penalty) decoding.length_penalty = *request.length_penalty;
    if (request.threads) run.settings.parts["threads"] = static_cast<std::int64_t>(*request.threads);
    const fs::path folder = request.checkpoint.parent_path();
    read_vocabularies(folder, control);
    if (!request.newest_parameters) take_mean(folder, run);
    control.check();
    Topology topology;
    topology.layers = std::move(run.layers);
    model_ = make_model_kind(run.settings)->make(topology, run.state, {run.engines, Device::cpu}, run.settings, loss_);
    check_vocabularies(folder, transformer_of(*model_).shape());
    decoder_.emplace(transformer_of(*model_), decoding);
  }

  const std::vector<std::string>& notices() const override { return notices_; }

  std::vector<std::string> translate(std::span<const std::string> lines, std::uint64_t lines_before,
                                     const TaskControl& control) override {
    const PieceLines pieces = vocabularies_.source->pieces(lines, {control.stop, {}});
    std::vector<std::uint32_t> which;
    for (std::uint32_t line = 0; line < pieces.size(); ++line) {
      const std::size_t length = pieces.length(line);
      if (length > places()) {
        throw InvalidInput("line " + std::to_string(lines_before + line + 1) + " has " + counted(length, "piece") +
                           ", more than the " + counted(places(), "place") +
                           " of a training step, so that the model never saw its like; break it into sentences");
      }
      if (length > 0) which.push_back(line);
    }
    const std::vector<Hypothesis> found = decode_lines(*decoder_, pieces, which, places(), control);
    std::vector<std::string> made(lines.size());
    for (std::size_t i = 0; i < which.size(); ++i) {
      made[which[i]] = without_control_characters(vocabularies_.target->text(found[i].pieces));
    }
    return made;
  }

  std::string reference(const std::string& line) const override {
    return choice_.text == TextKind::words ? with_splits_joined(line) : line;
  }

 private:
  [[nodiscard]] std::size_t places() const { return static_cast<std::size_t>(choice_.places); }

  void read_vocabularies(const fs::path& folder, const TaskControl& control) {
    if (!has_vocabularies(folder)) {
      throw FileError("there is no vocabulary.json in " + (folder.empty() ? fs::path(".") : folder).string() +
                      "; give the folder of the run, which keeps the vocabularies beside its checkpoint");
    }
    vocabularies_ = load_vocabularies(folder, control).vocabularies;
  }

  void check_vocabularies(const fs::path& folder, const TransformerShape& shape) const {
    const std::uint32_t source = vocabularies_.source->size();
    const std::uint32_t target = vocabularies_.target->size();
    if (source == shape.source_pieces && target == shape.target_pieces) return;
    throw FileError("the vocabularies in " + folder.string() + " have " + counted(source, "piece") + " and " +
                    counted(target, "piece") + ", but the model of the checkpoint there has " +
                    with_commas(shape.source_pieces) + " and " + with_commas(shape.target_pieces) +
                    "; put the run's own files back");
  }

  /// What translated the test part at the end of the run.
  void take_mean(const fs::path& folder, Checkpoint& run) {
    if (choice_.averaged_epochs == 1) return;
    const int done = run.position.epochs_done;
    if (done < run.settings.epochs) {
      notices_.push_back(
          "the run has not ended, so that its newest parameters translate, not a mean of several epochs");
      return;
    }
    const int first = first_averaged(done, choice_.averaged_epochs);
    require_epoch_weights(folder, first, done);
    EpochWeights mean = mean_weights(first, done, [&](int epoch) { return load_epoch_weights(folder, epoch); });
    run.layers = std::move(mean.layers);
    run.state = std::move(mean.state);
    notices_.push_back("the mean of the parameters after the epochs " + std::to_string(first) + " to " +
                       std::to_string(done) + " translates");
  }

  TranslationChoice choice_;
  Vocabularies vocabularies_;
  SmoothedCrossEntropy loss_{0.0};
  std::unique_ptr<Model> model_;
  std::optional<TransformerDecoder> decoder_;
  std::vector<std::string> notices_;
};

}  // namespace

std::unique_ptr<TextTranslator> make_translator(const TranslatorRequest& request, const TaskControl& control) {
  return std::make_unique<RunTranslator>(request, control);
}

}  // namespace dnm
