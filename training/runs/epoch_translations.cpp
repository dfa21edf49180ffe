// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/epoch_translations.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "core/files/atomic_file.h"
#include "training/models/transformer_kind.h"
#include "training/runs/run_summary.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

/// Whether the epoch of this result is the best so far by the metric that chooses one.
bool is_best(const RunHistory& before, const EpochResult& result, const Metric& selecting) {
  RunHistory all = before;
  all.push_back(result);
  const EpochResult* best = best_epoch(all, selecting);
  return best != nullptr && best->epoch == result.epoch;
}

ModelState without_slots(ModelState state) {
  for (ParameterState& parameter : state) parameter.slots.clear();
  return state;
}

}  // namespace

EpochTranslations::EpochTranslations(const RunPlan& plan, int epochs_done)
    : plan_(plan), text_(translation_in(*plan.task)) {
  if (text_ == nullptr || text_->averaged_epochs() == 1 || !plan.folder || epochs_done >= plan.settings.epochs) return;
  const int first = first_averaged(plan.settings.epochs, text_->averaged_epochs());
  require_epoch_weights(plan.folder->path(), first, epochs_done);
  remove_epoch_weights_before(plan.folder->path(), first);
}

std::uint64_t EpochTranslations::memory_bytes(const RunPlan& plan, std::uint64_t model_bytes) {
  const Translation* const text = translation_in(*plan.task);
  if (text == nullptr || text->averaged_epochs() == 1) return 0;
  // The model of the mean stands beside the one that is trained. Of the parameters there are the sums (8 bytes each),
  // the newest and an earlier moment (4, and 4 for the place of a link); without a folder all moments are kept.
  const std::uint64_t numbers =
      transformer_numbers(part_settings(transformer_table(), plan.settings.parts), plan.topology, plan.task->shape());
  const std::uint64_t moments = plan.folder ? 2 : static_cast<std::uint64_t>(text->averaged_epochs()) + 1;
  return model_bytes + numbers * (8 + 8 * moments);
}

void EpochTranslations::add(const End& end, const TaskControl& control) {
  if (text_ == nullptr) return;
  const int epoch = static_cast<int>(end.history.size()) + 1;
  const bool is_last = epoch == plan_.settings.epochs;
  if (!text_->scored_sentences().empty()) {
    end.facts.validation_bleu = translated(end.model, EvaluationSet::validation, end.between, control).bleu.score();
  }
  keep_weights(end, epoch);
  const bool best = is_best(end.history, end.result(), *metrics_of(plan_.settings).selecting);
  const TestTranslations when = text_->test_translations();
  if (!is_last && when != TestTranslations::every && !(when == TestTranslations::best && best)) return;
  const std::unique_ptr<Model> mean = is_last && text_->averaged_epochs() > 1 ? mean_model(epoch, control) : nullptr;
  const Translations test = translated(mean ? *mean : end.model, EvaluationSet::test, end.between, control);
  end.facts.test_bleu = test.bleu.score();
  const int averaged = mean ? epoch + 1 - first_averaged(epoch, text_->averaged_epochs()) : 1;
  if (plan_.folder) end.write([&] { write_files(test, epoch, averaged, best); });
}

Translations EpochTranslations::translated(Model& model, EvaluationSet set, const BetweenGroups& between,
                                           const TaskControl& control) const {
  std::vector<std::uint32_t> sentences = text_->scored_sentences();
  if (set == EvaluationSet::test) {
    sentences.resize(text_->sentences(set));
    std::iota(sentences.begin(), sentences.end(), 0U);
  }
  return translate(transformer_of(model), *text_, set, std::move(sentences), {control.stop, {}}, between);
}

std::unique_ptr<Model> EpochTranslations::mean_model(int epoch, const TaskControl& control) const {
  const int first = first_averaged(epoch, text_->averaged_epochs());
  const EpochWeights mean = mean_weights(first, epoch, [&](int one) {
    control.check();
    return plan_.folder ? load_epoch_weights(plan_.folder->path(), one) : kept_.at(one);
  });
  return plan_.kind->make(plan_.topology, mean.state, {plan_.engines, plan_.device}, plan_.settings,
                          plan_.task->loss());
}

void EpochTranslations::keep_weights(const End& end, int epoch) {
  if (text_->averaged_epochs() == 1 || epoch < first_averaged(plan_.settings.epochs, text_->averaged_epochs())) return;
  EpochWeights weights{plan_.topology.layers, without_slots(end.model.state())};
  if (!plan_.folder) {
    kept_.insert_or_assign(epoch, std::move(weights));
    return;
  }
  end.write([&] { save_epoch_weights(plan_.folder->path(), epoch, plan_.settings, plan_.engines, weights); });
}

void EpochTranslations::write_files(const Translations& test, int epoch, int averaged, bool best) const {
  const std::uint64_t steps = static_cast<std::uint64_t>(epoch) * text_->steps_per_epoch();
  const std::string json = hypotheses_json(test, {epoch, steps, averaged, text_->decoding()});
  const std::string lines = hypotheses_text(test);
  const auto write = [&](const std::string& name) {
    write_atomically(plan_.folder->path() / (name + ".txt"), lines);
    write_atomically(plan_.folder->path() / (name + ".json"), json);
  };
  write("hypotheses");
  if (best) write("hypotheses.best");
}

}  // namespace dnm
