// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "core/live/live_pipeline.h"

/// What the pipeline makes of requests, and the state changes of its values.
namespace dnm::live {

/// A failure as one sentence for the user.
[[nodiscard]] inline std::string sentence(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::bad_alloc&) {
    return "there is not enough memory for it; make the network smaller or sparser";
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "it failed for an unknown reason; try other settings";
  }
}

/// How a request is measured: with fewer runs and draws for a draft, on so many threads where it names none.
[[nodiscard]] inline MeasureSettings effective_settings(const LiveRequest& request, unsigned threads) {
  constexpr int draft_sigma_draws = 3;
  MeasureSettings settings = request.measures;
  if (settings.threads == 0) settings.threads = threads;
  if (request.measured_layer) settings.removed.reset();  // its pairs refer to the whole network
  if (request.quality == LiveQuality::draft) {
    settings.modularity_runs = std::min(settings.modularity_runs, 1);
    settings.sigma_draws = std::min(settings.sigma_draws, draft_sigma_draws);
    settings.p_value_samples = 0;
  }
  return settings;
}

/// The value no longer belongs to the newest request.
template <class T>
void leave_behind(LiveValue<T>& value) {
  if (value.freshness == Freshness::fresh || value.freshness == Freshness::computing)
    value.freshness = Freshness::stale;
  value.progress = 0.0;
}

/// A new request asks for something else than what there is.
template <class T>
void disown(LiveValue<T>& value) {
  value.is_foreign = value.value != nullptr;
}

/// Keeps a fresh value that a new request does not change, and marks any other as stale.
template <class T>
void keep_if(LiveValue<T>& value, bool still_true) {
  if (still_true && value.freshness == Freshness::fresh) return;
  leave_behind(value);
  value.freshness = Freshness::stale;
  value.problem.clear();
}

template <class T>
void start(LiveValue<T>& value) {
  value.freshness = Freshness::computing;
  value.progress = 0.0;
  value.problem.clear();
}

template <class T>
void finish(LiveValue<T>& value, std::shared_ptr<const T> result) {
  value = {std::move(result), Freshness::fresh, 1.0, {}};
}

template <class T>
void fail(LiveValue<T>& value, const std::string& problem) {
  value.freshness = Freshness::failed;
  value.progress = 0.0;
  value.problem = problem;
}

}  // namespace dnm::live
