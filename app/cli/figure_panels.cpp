// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_panels.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "app/cli/measure_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/neuron_picture.h"
#include "app/workspace/neuron_query.h"
#include "core/support/error.h"

namespace dnm::cli {

namespace {

Graph measured_graph(const Network& network, const ViewSettings& view) {
  if (!view.measured_layer) return graph_of(network);
  return layer_graph(network, *view.measured_layer);
}

/// Input of all pictures of some panels.
PictureDemand demand_of_panels(std::span<const std::string_view> panels, const PictureOptions& options) {
  PictureDemand all;
  for (const std::string_view panel : panels) {
    for (const NetworkScene* scene : pictures_of(panel)) {
      const PictureDemand demand = demand_of(*scene, options);
      all.embedding |= demand.embedding;
      for (const std::string_view id : demand.measures) {
        if (std::ranges::find(all.measures, id) == all.measures.end()) all.measures.push_back(id);
      }
    }
  }
  return all;
}

}  // namespace

FigureNetwork make_network(const std::string& title, const SourceNetwork& source,
                           std::span<const std::string_view> panels, const ViewSettings& view, std::stop_token stop,
                           PanelMeasures measures) {
  const PictureDemand demand = demand_of_panels(panels, view.pictures);
  FigureNetwork made;
  made.title = title;
  made.input.network = source.network;
  made.input.before = source.before;
  made.input.names = source.names;
  if (demand.embedding) {
    ProgressLine progress("embedding");
    made.input.embedding = std::make_shared<const Embedding>(
        in_standard_orientation(embed(graph_of(*source.network), view.embedding, progress.control(stop))));
  }
  const bool has_caption = measures == PanelMeasures::all && std::ranges::any_of(panels, has_measures_below);
  if (!has_caption && demand.measures.empty()) return made;

  const Graph graph = measured_graph(*source.network, view);
  if (has_caption) {
    for (TimedMeasurement& result : run_measures(graph, view.measures, stop)) {
      made.measures.push_back(std::move(result.measurement));
    }
  }
  made.input.measured_layer = view.measured_layer;
  ProgressLine progress("measuring");
  for (const std::string_view id : demand.measures) {
    const auto place = static_cast<std::size_t>(&measure(id) - measure_table().data());
    auto found = std::make_shared<Measurement>(
        has_caption ? made.measures[place] : measure(id).compute(graph, view.measures, progress.control(stop), {}));
    if (view.measured_layer) spread_over_network(*found, *source.network, *view.measured_layer);
    measurement_of(made.input, id).value = std::move(found);
  }
  return made;
}

void select_neurons(FigureNetwork& network, const SourceNetwork& source, std::string_view query) {
  const NeuronTable table(network.input);
  network.selected = NeuronQuery(query, table).rows();
  if (network.selected.empty()) {
    throw InvalidInput("no neuron is \"" + std::string(query) +
                       "\"; name some as \"layer 1 neuron 98\", \"input 3-7\" or \"degree > 20\"");
  }
  const Network& drawn = *network.input.network;
  const auto has_inputs = [&](NodeIndex node) { return drawn.is_layered() && drawn.layer_of(node) > 0; };
  const auto first = std::ranges::find_if(network.selected, has_inputs);
  network.neuron =
      neuron_picture(network.input.network, first == network.selected.end() ? network.selected.front() : *first,
                     network.input.names, source.parameters ? &*source.parameters : nullptr);
}

}  // namespace dnm::cli
