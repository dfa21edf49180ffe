// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/live_bridge.h"

#include <utility>

namespace dnm {

namespace {
constexpr int milliseconds_between_snapshots = 25;
}

LiveBridge::LiveBridge(Document& document, QObject* parent)
    : QObject(parent), document_(document), pipeline_([this] {
        if (!pending_.exchange(true)) QMetaObject::invokeMethod(this, &LiveBridge::take, Qt::QueuedConnection);
      }) {
  take_timer_.setSingleShot(true);
  connect(&take_timer_, &QTimer::timeout, this, &LiveBridge::take);
  connect(&document_, &Document::changed, this, &LiveBridge::on_changed);
  connect(&document_, &Document::drag_finished, this, &LiveBridge::submit);
  on_changed();
}

NetworkPointer LiveBridge::current_network() const {
  const auto& network = snapshot_.network;
  return snapshot_.generation == generation_ && network.freshness == Freshness::fresh ? network.value : nullptr;
}

bool LiveBridge::is_settled() const {
  return snapshot_.generation == generation_ && snapshot_.request.quality == LiveQuality::full && snapshot_.all_fresh();
}

void LiveBridge::show_rewired(NetworkPointer network, std::uint64_t revision) {
  if (revision != revision_ || !network || document_.is_dragging()) return;
  rewired_ = std::move(network);
  submit();
}

void LiveBridge::cancel() {
  pipeline_.cancel();
  take_now();
  Q_EMIT cancelled();
}

void LiveBridge::on_changed() {
  const StudioState& state = document_.state();
  const bool same_network =
      generation_ != 0 && state.parameters == submitted_parameters_ && state.opened == submitted_opened_;
  if (!same_network) {
    ++revision_;
    rewired_.reset();
  } else if (state.view.modularity == submitted_view_.modularity &&
             state.view.modularity_runs == submitted_view_.modularity_runs &&
             state.view.sigma_draws == submitted_view_.sigma_draws &&
             state.view.embedding == submitted_view_.embedding) {
    return;  // only how things look or how they train
  }
  submit();
}

void LiveBridge::submit() {
  const StudioState& state = document_.state();
  LiveRequest request;
  request.parameters = state.parameters;
  request.network = rewired_ ? rewired_ : state.opened;
  request.measures.modularity = state.view.modularity;
  request.measures.modularity_runs = state.view.modularity_runs;
  request.measures.sigma_draws = state.view.sigma_draws;
  request.measures.seed = state.parameters.seed;
  request.embedding = state.view.embedding;
  request.quality = document_.is_dragging() ? LiveQuality::draft : LiveQuality::full;
  submitted_parameters_ = state.parameters;
  submitted_opened_ = state.opened;
  submitted_view_ = state.view;
  since_submit_.start();
  generation_ = pipeline_.submit(std::move(request));
}

void LiveBridge::take() {
  if (since_take_.isValid() && since_take_.elapsed() < milliseconds_between_snapshots) {
    if (!take_timer_.isActive())
      take_timer_.start(milliseconds_between_snapshots - static_cast<int>(since_take_.elapsed()));
    return;
  }
  take_now();
}

void LiveBridge::take_now() {
  since_take_.start();
  pending_ = false;
  snapshot_ = pipeline_.snapshot();
  Q_EMIT updated();
}

}  // namespace dnm
