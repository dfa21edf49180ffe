// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/model_draws.h"

#include <memory>
#include <utility>
#include <vector>

#include "core/parameters/parameter_table.h"

namespace dnm {

ModelDraws::ModelDraws(LiveBridge& live, QObject* parent) : QObject(parent), live_(live) {
  connect(&live_, &LiveBridge::updated, this, &ModelDraws::follow);
}

void ModelDraws::set_layer(std::optional<std::size_t> layer) {
  if (layer == layer_) return;
  layer_ = layer;
  follow();
}

std::optional<DrawnHistogram> ModelDraws::histogram(std::string_view parameter) const {
  const auto found = histograms_.find(parameter);
  return found == histograms_.end() ? std::nullopt : std::optional(found->second);
}

void ModelDraws::follow() {
  const LiveSnapshot& snapshot = live_.snapshot();
  const LiveRequest& request = snapshot.request;
  const bool is_drawn = !request.network && request.network_problem.empty() && request.parameters.initialiser == "dnm";
  const auto state = snapshot.network.freshness;
  if (!is_drawn || state == Freshness::failed) {
    wanted_.reset();
    made_.reset();
    return show({});
  }
  if (state != Freshness::fresh) return;  // what is shown is that of the network on screen still
  wanted_ = Wanted{request.parameters, layer_};
  make();
}

void ModelDraws::make() {
  if (background_.is_busy() || !wanted_ || wanted_ == made_) return;
  made_ = wanted_;
  background_.start(tr("Reading what the model drew"), [this, asked = *wanted_](const TaskControl& control) {
    const auto made = std::make_shared<Histograms>();
    std::vector<LayerDraws> draws;
    for (std::size_t layer = 0; layer < asked.parameters.layer_count(); ++layer)
      draws.push_back(draws_of_layer(asked.parameters, layer, control));
    if (!asked.layer || *asked.layer < draws.size()) {
      for (const auto& row : model_parameter_table()) {
        const auto layers = layers_set_by(asked.parameters, row.info.id, asked.layer);
        if (auto found = drawn_histogram(row.info.id, draws, layers)) made->emplace(row.info.id, std::move(*found));
      }
    }
    return [this, made] {
      if (wanted_) show(std::move(*made));
      make();
    };
  });
}

void ModelDraws::show(Histograms made) {
  if (made == histograms_) return;
  histograms_ = std::move(made);
  Q_EMIT changed();
}

}  // namespace dnm
