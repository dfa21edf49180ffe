// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_panels.h"

#include "app/cli/measure_options.h"
#include "app/cli/terminal.h"

namespace dnm::cli {

FigurePanel make_panel(const std::string& title, const SourceNetwork& source, const PanelContent& content,
                       std::stop_token stop) {
  FigurePanel panel{title, {source.network, {}}, {}};
  const Graph graph = graph_of(*source.network);
  if (content.embedding) {
    ProgressLine progress("embedding");
    panel.input.embedding = std::make_shared<const Embedding>(embed(graph, {}, progress.control(stop)));
  }
  if (content.measures) {
    for (TimedMeasurement& result : run_measures(graph, *content.measures, stop)) {
      panel.measures.push_back(std::move(result.measurement));
    }
  }
  return panel;
}

}  // namespace dnm::cli
