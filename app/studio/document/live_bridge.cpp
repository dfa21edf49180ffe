// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/document/live_bridge.h"

#include <utility>

#include "app/workspace/module_loader.h"
#include "app/workspace/scene_input.h"

namespace dnm {

namespace {
constexpr int milliseconds_between_snapshots = 25;
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
  connect(&document_, &Document::shown_replaced, this, &LiveBridge::submit);
  connect(&document_, &Document::drag_finished, this, &LiveBridge::submit);
  on_changed();
}

NetworkPointer LiveBridge::current_network() const {
  const auto& network = snapshot_.network;
  return is_newest() && network.freshness == Freshness::fresh ? network.value : nullptr;
}

bool LiveBridge::is_settled() const {
  return is_newest() && snapshot_.request.quality == LiveQuality::full && snapshot_.all_fresh();
}

void LiveBridge::cancel() {
  pipeline_.cancel();
  p_value_samples_ = chance_copies_ = 0;  // until they are requested again
  // Without a comparison that is no longer wanted, nothing may be missing.
  LiveSnapshot rest = pipeline_.snapshot();
  rest.request.chance_copies = 0;
  if (rest.cancelled && rest.all_fresh()) submit();
  take_now();
}

void LiveBridge::on_changed() {
  const WorkspaceState& state = document_.state();
  const bool same_network =
      generation_ != 0 && state.parameters == submitted_parameters_ && state.shown == submitted_shown_;
  if (!same_network) {
    p_value_samples_ = chance_copies_ = 0;
  } else if (state.view.measures == submitted_view_.measures &&
             state.view.measured_layer == submitted_view_.measured_layer &&
             state.view.embedding == submitted_view_.embedding) {
    return;  // only how things look or how they train
  }
  if (state.view.measured_layer != submitted_view_.measured_layer) p_value_samples_ = chance_copies_ = 0;
  submit();
}

void LiveBridge::set_p_value_wanted(bool wanted) {
  p_value_samples_ = wanted ? default_p_value_samples : 0;
  submit();
  take_now();  // shows the request at once
}

void LiveBridge::set_chance_wanted(bool wanted) {
  chance_copies_ = wanted ? document_.state().view.chance_copies : 0;
  submit();
  take_now();
}

void LiveBridge::submit() {
  const WorkspaceState& state = document_.state();
  LiveRequest request;
  request.parameters = state.parameters;
  request.network = given_network(state);
  request.network_problem = network_problem(state);
  request.measures = state.view.measures;
  request.measures.p_value_samples = p_value_samples_;
  request.measured_layer = measured_layer(state);
  request.chance_copies = chance_copies_;
  request.measures.seed = state.parameters.seed;
  request.embedding = state.view.embedding;
  request.quality = document_.is_dragging() ? LiveQuality::draft : LiveQuality::full;
  request.known = known_of_working(document_.pin_results(), state);
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
  scene_input_ = dnm::scene_input(snapshot_, scene_input_);
  if (const WorkspaceState& state = document_.state();
      is_newest() && scene_input_.network && scene_input_.network == given_network(state)) {
    scene_input_.before = network_before(state);
    scene_input_.names = layer_names(state);
  }
  Q_EMIT updated();
}

}  // namespace dnm
