// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <optional>

#include "training/metrics/metric.h"
#include "training/tasks/task_ids.h"

namespace dnm {

namespace translation_metrics_detail {

using Value = std::optional<double>;
inline double mean_loss(const BatchSums& sums) { return sums.loss / static_cast<double>(sums.examples); }
inline double accuracy(const BatchSums& sums) {
  return static_cast<double>(sums.correct) / static_cast<double>(sums.examples);
}
inline Value of(const std::optional<BatchSums>& sums, double (*value)(const BatchSums&)) {
  return sums ? Value(value(*sums)) : Value();
}
inline double perplexity(const BatchSums& sums) { return std::exp(mean_loss(sums)); }

}  // namespace translation_metrics_detail

/// What a translation measures beside the training loss: rows of metric_table(). Losses are without label smoothing.
inline constexpr std::array translation_metrics{
    Metric{.id = "validation_loss",
           .label = "Validation loss",
           .line_label = "validation loss",
           .tag = "loss/validation",
           .meaning = "Mean loss of the pieces of the validation part, without label smoothing.",
           .unit = MetricUnit::nats,
           .direction = MetricDirection::lower_is_better,
           .split = Split::validation,
           .chart = "loss",
           .optional = true,
           .in_line = false,
           .tasks = translation_task,
           .compute =
               [](const EpochFacts& facts) {
                 return translation_metrics_detail::of(facts.validation, translation_metrics_detail::mean_loss);
               }},
    Metric{.id = "test_loss",
           .label = "Test loss",
           .line_label = "test loss",
           .tag = "loss/test",
           .meaning = "Mean loss of the pieces of the test part, without label smoothing.",
           .unit = MetricUnit::nats,
           .direction = MetricDirection::lower_is_better,
           .split = Split::test,
           .chart = "loss",
           .in_line = false,
           .tasks = translation_task,
           .compute = [](const EpochFacts& facts) -> std::optional<double> {
             return translation_metrics_detail::mean_loss(facts.test);
           }},
    Metric{.id = "validation_perplexity",
           .label = "Validation perplexity",
           .line_label = "perplexity",
           .tag = "perplexity/validation",
           .meaning = "exp of the validation loss: among so many equally likely pieces the model chooses.",
           .unit = MetricUnit::number,
           .direction = MetricDirection::lower_is_better,
           .split = Split::validation,
           .chart = "perplexity",
           .optional = true,
           .tasks = translation_task,
           .compute =
               [](const EpochFacts& facts) {
                 return translation_metrics_detail::of(facts.validation, translation_metrics_detail::perplexity);
               }},
    Metric{.id = "test_perplexity",
           .label = "Test perplexity",
           .line_label = "test perplexity",
           .tag = "perplexity/test",
           .meaning = "exp of the test loss.",
           .unit = MetricUnit::number,
           .direction = MetricDirection::lower_is_better,
           .split = Split::test,
           .chart = "perplexity",
           .in_line = false,
           .tasks = translation_task,
           .compute = [](const EpochFacts& facts) -> std::optional<double> {
             return translation_metrics_detail::perplexity(facts.test);
           }},
    Metric{.id = "validation_token_accuracy",
           .label = "Validation token accuracy",
           .line_label = "accuracy",
           .tag = "accuracy/validation_token",
           .meaning = "Fraction of the pieces of the validation part guessed correctly, the right ones before given.",
           .direction = MetricDirection::higher_is_better,
           .split = Split::validation,
           .chart = "accuracy",
           .optional = true,
           .tasks = translation_task,
           .compute =
               [](const EpochFacts& facts) {
                 return translation_metrics_detail::of(facts.validation, translation_metrics_detail::accuracy);
               }},
    Metric{.id = "test_token_accuracy",
           .label = "Test token accuracy",
           .line_label = "test accuracy",
           .tag = "accuracy/test_token",
           .meaning = "Fraction of the pieces of the test part guessed correctly, the right ones before given.",
           .direction = MetricDirection::higher_is_better,
           .split = Split::test,
           .chart = "accuracy",
           .in_line = false,
           .tasks = translation_task,
           .compute = [](const EpochFacts& facts) -> std::optional<double> {
             return translation_metrics_detail::accuracy(facts.test);
           }},
    Metric{.id = "validation_bleu",
           .label = "Validation BLEU",
           .line_label = "BLEU",
           .tag = "bleu/validation",
           .meaning = "BLEU-4 of the translations of the validation part (13a words, no smoothing), from 0 to 100.",
           .unit = MetricUnit::number,
           .direction = MetricDirection::higher_is_better,
           .split = Split::validation,
           .chart = "bleu",
           .optional = true,
           .tasks = translation_task,
           .compute = [](const EpochFacts& facts) { return facts.validation_bleu; }},
    Metric{.id = "test_bleu",
           .label = "Test BLEU",
           .line_label = "test BLEU",
           .tag = "bleu/test",
           .meaning = "BLEU-4 of the translations of the test part (13a words, no smoothing), from 0 to 100.",
           .unit = MetricUnit::number,
           .direction = MetricDirection::higher_is_better,
           .split = Split::test,
           .chart = "bleu",
           .optional = true,
           .in_line = false,
           .tasks = translation_task,
           .compute = [](const EpochFacts& facts) { return facts.test_bleu; }},
};

}  // namespace dnm
