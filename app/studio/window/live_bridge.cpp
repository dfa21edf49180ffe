// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/live_bridge.h"

#include <utility>

#include "app/workspace/module_loader.h"

namespace dnm {

namespace {
constexpr int milliseconds_between_snapshots = 25;

const LiveValue<Measurement>& measurement(const LiveSnapshot& snapshot, std::string_view id) {
  static const LiveValue<Measurement> none;
  for (std::size_t i = 0; i < snapshot.measures.size(); ++i)
    if (measure_table()[i].id == id) return snapshot.measures[i];
  return none;
}

}  // namespace

LiveBridge::LiveBridge(Document& document, QObject* parent)
    : QObject(parent),
      document_(document),
      pipeline_(
          [this] {
            if (!pending_.exchange(true)) QMetaObject::invokeMethod(this, &LiveBridge::take, Qt::QueuedConnection);
          },
          0, data_source) {
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
  p_value_samples_ = chance_copies_ = 0;  // to be asked for again
  take_now();
  Q_EMIT cancelled();
}

void LiveBridge::on_changed() {
  const WorkspaceState& state = document_.state();
  const bool same_network =
      generation_ != 0 && state.parameters == submitted_parameters_ && state.shown == submitted_shown_;
  if (!same_network) {
    ++revision_;
    rewired_.reset();
    p_value_samples_ = chance_copies_ = 0;
  } else if (state.view.measures == submitted_view_.measures &&
             state.view.measured_layer == submitted_view_.measured_layer &&
             state.view.embedding == submitted_view_.embedding) {
    return;  // only how things look or how they train
  }
  if (state.view.measured_layer != submitted_view_.measured_layer) p_value_samples_ = chance_copies_ = 0;
  submit();
}

void LiveBridge::ask_p_value(bool wanted) {
  p_value_samples_ = wanted ? default_p_value_samples : 0;
  submit();
  take_now();  // what is wanted now shows at once
}

void LiveBridge::ask_chance(bool wanted) {
  chance_copies_ = wanted ? document_.state().view.chance_copies : 0;
  submit();
  take_now();
}

void LiveBridge::submit() {
  const WorkspaceState& state = document_.state();
  LiveRequest request;
  request.parameters = state.parameters;
  request.network = rewired_ ? rewired_ : given_network(state);
  request.measures = state.view.measures;
  request.measures.p_value_samples = p_value_samples_;
  request.measured_layer = measured_layer(state);
  request.chance_copies = chance_copies_;
  request.measures.seed = state.parameters.seed;
  request.embedding = state.view.embedding;
  request.quality = document_.is_dragging() ? LiveQuality::draft : LiveQuality::full;
  submitted_parameters_ = state.parameters;
  submitted_shown_ = state.shown;
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
  const auto& network = snapshot_.network;
  if (network.value && network.freshness == Freshness::fresh) {
    const auto& embedding = snapshot_.embedding;
    scene_input_.network = network.value;
    scene_input_.embedding = embedding.freshness == Freshness::fresh ? embedding.value : nullptr;
    show_communities();
    show_degree_fit();
  }
  Q_EMIT updated();
}

void LiveBridge::show_communities() {
  const LiveValue<Measurement>& found = measurement(snapshot_, "Q");
  const Network& network = *scene_input_.network;
  scene_input_.communities_note.clear();
  if (found.freshness == Freshness::failed) {
    scene_input_.communities_note = found.problem;
  } else if (found.freshness != Freshness::fresh || !found.value) {
    scene_input_.communities_note = "computing …";
    // In the place of those to come, as long as they are as many.
    scene_input_.communities_are_stale = true;
    if (scene_input_.communities && scene_input_.communities->size() == network.node_count()) return;
  } else if (found.value->communities.empty()) {
    scene_input_.communities_note = found.value->reason.empty() ? "none found" : "n/a, " + found.value->reason;
  } else {
    scene_input_.communities_are_stale = false;
    if (communities_from_ == found.value && scene_input_.communities) return;
    communities_from_ = found.value;
    scene_input_.communities = {found.value, &found.value->communities};
    return;
  }
  scene_input_.communities.reset();
  communities_from_.reset();
}

void LiveBridge::show_degree_fit() {
  const LiveValue<Measurement>& fit = measurement(snapshot_, "gamma");
  scene_input_.degree_fit.reset();
  if (fit.freshness != Freshness::fresh && fit.freshness != Freshness::failed) return;
  if (fit.freshness == Freshness::fresh && fit.value && !snapshot_.request.measured_layer) {
    scene_input_.degree_fit = fit.value;
    return;
  }
  auto none = std::make_shared<Measurement>();
  none->reason = fit.freshness == Freshness::failed ? fit.problem : "γ was measured on one layer alone";
  scene_input_.degree_fit = std::move(none);
}

}  // namespace dnm
