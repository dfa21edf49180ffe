// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "core/live/live_pipeline.h"

/// The state changes of a value of the pipeline.
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

/// The value no longer belongs to the newest request.
template <class T>
void leave_behind(LiveValue<T>& value) {
  if (value.freshness == Freshness::fresh || value.freshness == Freshness::computing)
    value.freshness = Freshness::stale;
  value.progress = 0.0;
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
