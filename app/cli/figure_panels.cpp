// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_panels.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "app/cli/measure_options.h"
#include "app/cli/terminal.h"
#include "core/support/error.h"

namespace dnm::cli {

namespace {

Graph measured_graph(const Network& network, const ViewSettings& view) {
  if (!view.measured_layer) return graph_of(network);
  return layer_graph(network, *view.measured_layer);
}

/// Communities of the whole network's nodes from those of what was measured.
void set_communities(SceneInput& input, const Measurement& modularity, const ViewSettings& view) {
  if (modularity.communities.empty()) {
    input.communities_note = "n/a, " + modularity.reason;
    return;
  }
  if (!view.measured_layer) {
    input.communities = std::make_shared<const std::vector<std::int32_t>>(modularity.communities);
    return;
  }
  auto all = std::make_shared<std::vector<std::int32_t>>(input.network->node_count(), -1);
  const auto first = static_cast<std::ptrdiff_t>(input.network->first_node(*view.measured_layer));
  std::copy(modularity.communities.begin(), modularity.communities.end(), all->begin() + first);
  input.communities = std::move(all);
}

void set_degree_fit(SceneInput& input, const Measurement& gamma, const ViewSettings& view) {
  auto fit = std::make_shared<Measurement>(gamma);
  if (view.measured_layer) {
    fit->value.reset();
    fit->reason = "γ was measured on one layer alone";
  }
  input.degree_fit = std::move(fit);
}

/// Whether the picture is made of angles.
bool needs_embedding(std::string_view panel, const ViewSettings& view) {
  return panel == "all" || panel == "disk" || (panel != "degree" && view.node_coloring == NodeColoring::angle);
}

bool needs_communities(const ViewSettings& view) {
  return view.node_coloring == NodeColoring::community || view.order_by_community;
}

}  // namespace

FigurePanel make_panel(const std::string& title, const SourceNetwork& source, std::string_view panel,
                       const ViewSettings& view, std::stop_token stop) {
  FigurePanel made;
  made.title = title;
  made.input.network = source.network;
  if (needs_embedding(panel, view)) {
    ProgressLine progress("embedding");
    made.input.embedding =
        std::make_shared<const Embedding>(embed(graph_of(*source.network), view.embedding, progress.control(stop)));
  }
  if (panel != "all" && panel != "degree" && !needs_communities(view)) return made;

  const Graph graph = measured_graph(*source.network, view);
  if (panel == "all") {
    for (TimedMeasurement& result : run_measures(graph, view.measures, stop)) {
      made.measures.push_back(std::move(result.measurement));
    }
    if (view.measured_layer) made.measured = "layer " + std::to_string(*view.measured_layer + 1);
  }
  ProgressLine progress("measuring");
  const auto measurement_of = [&](std::string_view id) {
    for (std::size_t index = 0; index < made.measures.size(); ++index) {
      if (measure_table()[index].id == id) return made.measures[index];
    }
    return measure(id).compute(graph, view.measures, progress.control(stop), {});
  };
  if (needs_communities(view)) set_communities(made.input, measurement_of("Q"), view);
  if (panel == "degree") set_degree_fit(made.input, measurement_of("gamma"), view);
  return made;
}

}  // namespace dnm::cli
