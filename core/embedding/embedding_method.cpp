// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/embedding/embedding.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr std::array link_weights_rows{
    EmbeddingOption{"original", "None", "Every link counts the same.", ""},
    EmbeddingOption{
        "RA1", "Repulsion-attraction 1",
        "Links between hubs are long, links with many common neighbours short: (d_i + d_j + d_i d_j) / (1 + c_ij).",
        ""},
    EmbeddingOption{"RA2", "Repulsion-attraction 2",
                    "As RA1, by the links that lead to nodes not in common: (1 + e_i)(1 + e_j) / (1 + c_ij).", ""},
    EmbeddingOption{"EBC", "Edge betweenness", "A link is as long as shortest paths between all nodes run through it.",
                    "n·m steps: about a second for 5,000 nodes and 60,000 links."},
};
constexpr std::array reduction_rows{
    EmbeddingOption{
        "LE", "Laplacian eigenmaps",
        "Angles from the second and third eigenvector of the weighted graph Laplacian; fast on sparse networks.",
        "m steps times some tens: milliseconds."},
    EmbeddingOption{"ISO", "Isomap",
                    "Angles from the two leading coordinates of centred shortest-path distances along the weighted "
                    "links.",
                    "n shortest-path searches and n² numbers: seconds and 0.25 GB for 5,000 nodes."},
    EmbeddingOption{"ncISO", "Non-centred Isomap",
                    "As Isomap, but of the distances as they are, leaving out the first coordinate; the usual choice "
                    "for bipartite networks.",
                    "n shortest-path searches and n² numbers: seconds and 0.25 GB for 5,000 nodes."},
    EmbeddingOption{"MCE", "Minimum curvilinear embedding",
                    "One coordinate from centred distances along the minimum spanning tree; unique only with EBC "
                    "weights.",
                    "m log n steps: milliseconds."},
    EmbeddingOption{"ncMCE", "Non-centred minimum curvilinear embedding",
                    "As MCE, but of the distances as they are, from the second coordinate; unique only with EBC "
                    "weights.",
                    "m log n steps: milliseconds."},
};
constexpr std::array adjustment_rows{
    EmbeddingOption{"original", "Original", "Angles as the reduction gives them.", ""},
    EmbeddingOption{"EA", "Equidistant", "Angles in the order the reduction gives, at equal distances.", ""},
};

template <class Part>
Part parse_part(std::string_view part, std::string_view what, std::span<const EmbeddingOption> options) {
  return static_cast<Part>(&look_up(options, part, what) - options.data());
}

}  // namespace

std::span<const EmbeddingOption> link_weights_options() { return link_weights_rows; }
std::span<const EmbeddingOption> reduction_options() { return reduction_rows; }
std::span<const EmbeddingOption> angle_adjustment_options() { return adjustment_rows; }

EmbeddingMethod parse_embedding_method(std::string_view text) {
  const std::size_t first = text.find('-');
  const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
  if (second == std::string_view::npos) {
    throw InvalidInput("embedding method '" + std::string(text) +
                       "' has not three parts; write WEIGHTS-REDUCTION-ADJUSTMENT, as in RA1-LE-EA");
  }
  return {parse_part<LinkWeights>(text.substr(0, first), "embedding weights", link_weights_rows),
          parse_part<Reduction>(text.substr(first + 1, second - first - 1), "embedding reduction", reduction_rows),
          parse_part<AngleAdjustment>(text.substr(second + 1), "embedding adjustment", adjustment_rows)};
}

std::string embedding_method_name(const EmbeddingMethod& method) {
  return std::string(link_weights_rows[static_cast<std::size_t>(method.weights)].id) + "-" +
         std::string(reduction_rows[static_cast<std::size_t>(method.reduction)].id) + "-" +
         std::string(adjustment_rows[static_cast<std::size_t>(method.adjustment)].id);
}

}  // namespace dnm
