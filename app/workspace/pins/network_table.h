// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/live/live_pipeline.h"
#include "core/models/model_parameters.h"

// Networks side by side: the parameters that differ, their measures, and how far these lie from a reference.
namespace dnm {

/// One network of a table.
struct ComparedNetwork {
  std::string name;
  std::optional<ModelParameters> parameters{};  ///< what it is drawn from; nothing for a file or a run
  std::string source{};                         ///< file or moment of a run, where it is not drawn
  LiveSnapshot known{};                         ///< network and measures, as far as they are there
};

struct NetworkTable {
  enum class Kind { parameter, count, measure };
  struct Cell {
    std::string text{};             ///< "0.742 ± 0.010", "Fixed 7"; empty: see `state`
    std::string difference_text{};  ///< from the reference: "+0.012 ± 0.014"; empty: none is meant, or the reference
    std::string state{};            ///< "◌ computing", "n/a: …"; empty where there is a text
    std::string option{};           ///< of a parameter: as on the command line
    std::optional<double> value{};  ///< of a count or measure
    std::optional<double> error{};  ///< its standard error
    std::optional<double> difference{};
    bool is_pending = false;  ///< it is still to come
    bool operator==(const Cell&) const = default;
  };
  struct Row {
    Kind kind = Kind::parameter;
    std::string id;             ///< of the parameter, with "2:" before it for layer 2 alone; "links"; of the measure
    std::string label;          ///< "Sparsity", "Degree, layer 2", "σ_c"
    std::string meaning;        ///< one sentence
    std::vector<Cell> cells{};  ///< one per network
    bool operator==(const Row&) const = default;
  };
  std::vector<std::string> names{};
  std::size_t reference = 0;
  std::vector<Row> rows{};
  bool operator==(const NetworkTable&) const = default;
};

/// Rows: each parameter in which networks differ, or which some lack and others have not at its usual value; numbers of
/// neurons and links; every measure. `reference`: its place in the list. The standard error of a difference is that of
/// two independent values.
[[nodiscard]] NetworkTable network_table(std::span<const ComparedNetwork> networks, std::size_t reference);
/// How many values are still to come.
[[nodiscard]] std::size_t pending_values(const NetworkTable& table);

/// "0.742 ± 0.010 (+0.012 ± 0.014)"; the state where there is no value.
[[nodiscard]] std::string cell_words(const NetworkTable::Cell& cell);

// The table as text, a line per network; what has no value, or none yet, is an empty cell in CSV, else a dash.
/// Columns: network, the parameters, and id, id_se where there is an error, id_difference of counts and measures.
[[nodiscard]] std::string table_csv(const NetworkTable& table);
[[nodiscard]] std::string table_markdown(const NetworkTable& table);
/// A plain tabular that needs no package.
[[nodiscard]] std::string table_latex(const NetworkTable& table);

/// A way in which a table is written.
struct TableFormat {
  std::string_view id;         ///< "markdown"
  std::string_view label;      ///< "Markdown"
  std::string_view extension;  ///< ".md"
  std::string (*write)(const NetworkTable&) = nullptr;
};
/// CSV, Markdown and LaTeX.
[[nodiscard]] std::span<const TableFormat> table_formats();

}  // namespace dnm
