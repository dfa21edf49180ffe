// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/figure_grid.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/support/error.h"

namespace dnm {

namespace {

constexpr std::size_t most_pictures = 100;
constexpr char row_mark = '/', network_mark = ':';

std::size_t place_of(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  const auto place = static_cast<std::size_t>(found - names.begin());
  if (found == names.end()) names.emplace_back(name);
  return place;
}

}  // namespace

FigureGrid read_figure_grid(std::string_view text) {
  const auto refused = [text](const std::string& why) {
    return InvalidInput("the pictures \"" + std::string(text) + "\" " + why +
                        "; write them as \"matrix layers / disk\": a blank between pictures, / between rows");
  };
  FigureGrid grid;
  grid.rows.emplace_back();
  std::size_t count = 0;
  for (std::size_t at = text.find_first_not_of(' '); at < text.size(); at = text.find_first_not_of(' ', at)) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end;
    if (word.size() == 1 && word.front() == row_mark) {
      if (grid.rows.back().empty()) throw refused("have an empty row");
      grid.rows.emplace_back();
      continue;
    }
    // A file's own name may hold the mark; the name of a picture never does.
    const std::size_t mark = word.rfind(network_mark);
    const std::string_view network = mark == std::string_view::npos ? std::string_view() : word.substr(0, mark);
    const std::string_view panel = mark == std::string_view::npos ? word : word.substr(mark + 1);
    if (panel.empty() || mark == 0) throw refused("have \"" + std::string(word) + "\", which is no NETWORK:PICTURE");
    if (++count > most_pictures) throw refused("are more than " + std::to_string(most_pictures));
    grid.rows.back().push_back({std::string(panel), place_of(grid.networks, network)});
  }
  if (count == 0) throw refused("name none");
  if (grid.rows.back().empty()) throw refused("have an empty row");
  return grid;
}

std::string to_text(const FigureGrid& grid) {
  std::string text;
  for (const auto& row : grid.rows) {
    if (!text.empty()) text.append(1, ' ').append(1, row_mark);
    for (const FigureCell& cell : row) {
      if (!text.empty()) text += ' ';
      const std::string& network = grid.networks.at(cell.network);
      if (!network.empty()) text.append(network).append(1, network_mark);
      text += cell.panel;
    }
  }
  return text;
}

FigureGrid grid_of_networks(std::string_view panel, std::size_t networks) {
  FigureGrid grid;
  const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(networks))));
  for (std::size_t network = 0; network < networks; ++network) {
    if (network % columns == 0) grid.rows.emplace_back();
    grid.rows.back().push_back({std::string(panel), network});
  }
  grid.networks.resize(networks);
  return grid;
}

std::vector<std::string_view> panels_of(const FigureGrid& grid, std::size_t network) {
  std::vector<std::string_view> panels;
  for (const auto& row : grid.rows) {
    for (const FigureCell& cell : row) {
      if (cell.network == network && std::ranges::find(panels, cell.panel) == panels.end()) {
        panels.push_back(cell.panel);
      }
    }
  }
  return panels;
}

}  // namespace dnm
