// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link_prediction/link_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "core/network/mask_rows.h"
#include "core/support/lapack.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

// In a layer with the links A (outputs × inputs), for a missing link of output u and input v: P_uz, the inputs that the
// outputs u and z have in common, and Q_vz, the outputs that the inputs v and z have in common, count the links of z
// within the local community; d_z - P_uz and d_z - Q_vz are those that leave it and one, the link to v or u.

/// A neuron's share in CH2-L3n or CH3-L3n; 0 where all its links stay within, as those of no missing link's paths do.
double share(LinkScore score, double within, double degree) {
  if (within == 0.0 || degree == within) return 0.0;
  return (score == LinkScore::ch2_l3n ? 1.0 + within : 1.0) / (degree - within);
}

/// All paths u - z₁ - z₂ - v from one output neuron u after the other.
class PathScores {
 public:
  PathScores(const Mask& mask, LinkScore score)
      : links_of_output_(mask),
        links_of_input_(transposed(mask)),
        score_(score),
        common_inputs_(mask.n_out, 0),
        root_share_(mask.n_out, 0.0),
        common_outputs_(mask.n_in, 0),
        path_sum_(mask.n_in, 0.0),
        scores_(mask.n_in, 0.0) {}

  [[nodiscard]] std::span<const double> of(NodeIndex output) {
    std::fill(scores_.begin(), scores_.end(), 0.0);
    count_common_inputs(output);
    if (score_ == LinkScore::ch3_l3p) {
      add_pairs(output);
    } else {
      add_outputs();
      add_inputs(output);
    }
    for (const NodeIndex other : near_outputs_) common_inputs_[other] = 0;
    near_outputs_.clear();
    for (const NodeIndex input : links_of_output_.row(output)) scores_[input] = 0.0;
    return scores_;
  }

 private:
  [[nodiscard]] double output_degree(NodeIndex output) const {
    return static_cast<double>(links_of_output_.row(output).size());
  }
  [[nodiscard]] double input_degree(NodeIndex input) const {
    return static_cast<double>(links_of_input_.row(input).size());
  }

  void count_common_inputs(NodeIndex output) {
    for (const NodeIndex input : links_of_output_.row(output)) {
      for (const NodeIndex other : links_of_input_.row(input)) {
        if (other != output && common_inputs_[other]++ == 0) near_outputs_.push_back(other);
      }
    }
  }

  /// The outputs z with P_uz > 0 add to all their inputs v.
  void add_outputs() {
    for (const NodeIndex other : near_outputs_) {
      const double added = share(score_, common_inputs_[other], output_degree(other));
      for (const NodeIndex input : links_of_output_.row(other)) scores_[input] += added;
    }
  }

  /// Visits the outputs next to input `middle` but for `output`, and counts in common_outputs_ for their inputs, which
  /// are listed in near_inputs_, how often they were met.
  template <class Visit>
  void walk_on(NodeIndex output, NodeIndex middle, const Visit& visit) {
    for (const NodeIndex other : links_of_input_.row(middle)) {
      if (other == output) continue;
      for (const NodeIndex input : links_of_output_.row(other)) {
        if (common_outputs_[input]++ == 0) near_inputs_.push_back(input);
        visit(other, input);
      }
    }
  }

  template <class Add>
  void add_met(const Add& add) {
    for (const NodeIndex input : near_inputs_) {
      add(input, static_cast<double>(common_outputs_[input]));
      common_outputs_[input] = 0;
    }
    near_inputs_.clear();
  }

  /// The inputs z of u add to all v with Q_vz > 0. That u is not counted among the common outputs matters to its own
  /// inputs alone.
  void add_inputs(NodeIndex output) {
    for (const NodeIndex middle : links_of_output_.row(output)) {
      walk_on(output, middle, [](NodeIndex, NodeIndex) {});
      const double degree = input_degree(middle);
      add_met([&](NodeIndex input, double common) { scores_[input] += share(score_, common, degree); });
    }
  }

  void add_pairs(NodeIndex output) {
    for (const NodeIndex other : near_outputs_) {
      const double leaving = output_degree(other) - common_inputs_[other];
      root_share_[other] = leaving > 0.0 ? 1.0 / std::sqrt(leaving) : 0.0;
    }
    for (const NodeIndex middle : links_of_output_.row(output)) {
      walk_on(output, middle, [&](NodeIndex other, NodeIndex input) { path_sum_[input] += root_share_[other]; });
      const double degree = input_degree(middle);
      add_met([&](NodeIndex input, double common) {
        scores_[input] += path_sum_[input] / std::sqrt(degree - common);
        path_sum_[input] = 0.0;
      });
    }
  }

  const Mask& links_of_output_;
  Mask links_of_input_;
  LinkScore score_;
  std::vector<NodeIndex> common_inputs_;   // P_uz, of each output z
  std::vector<double> root_share_;         // 1/√(d_z - P_uz)
  std::vector<NodeIndex> common_outputs_;  // Q_vz of one input z, of each input v
  std::vector<double> path_sum_;
  std::vector<double> scores_;
  std::vector<NodeIndex> near_outputs_;
  std::vector<NodeIndex> near_inputs_;
};

void score_by_paths(const Mask& mask, LinkScore score, const UseRowScores& use, const TaskControl& control) {
  PathScores scores(mask, score);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    control.check();
    use(output, scores.of(output));
  }
}

constexpr std::size_t block_rows = 128;

std::uint64_t bytes_of_products(const Mask& mask) {
  const std::uint64_t in = mask.n_in, out = mask.n_out;
  return sizeof(double) * (in * out + in * in + 2 * block_rows * (in + out));
}

/// With P = AAᵀ and Q = AᵀA as matrices: S = F(P)·A + A·F(Q), F the share of each cell; a block of outputs at a time.
void score_by_products(const Mask& mask, LinkScore score, const UseRowScores& use, const TaskControl& control) {
  require_memory(bytes_of_products(mask), "the scores of missing links");
  const std::size_t in = mask.n_in, out = mask.n_out;
  const SingleThreadedBlas single;
  // Columns are outputs, so that blocks of outputs are parts of it.
  DenseMatrix links(in, out);
  std::vector<double> input_degree(in, 0.0), output_degree(out, 0.0);
  for (NodeIndex output = 0; output < out; ++output) {
    for (const NodeIndex input : mask.row(output)) {
      links(input, output) = 1.0;
      input_degree[input] += 1.0;
      output_degree[output] += 1.0;
    }
  }
  DenseMatrix input_shares(in, in);  // F(Q)_zv at (v, z)
  multiply(1.0, links.all(), Transposed::no, links.all(), Transposed::yes, 0.0, input_shares.column(0), in, control);
  for (std::size_t z = 0; z < in; ++z) {
    control.check();
    for (std::size_t v = 0; v < in; ++v) input_shares(v, z) = share(score, input_shares(v, z), input_degree[z]);
  }
  DenseMatrix output_shares(out, block_rows), scores(in, block_rows);
  for (std::size_t first = 0; first < out; first += block_rows) {
    const std::size_t rows = std::min(block_rows, out - first);
    const MatrixView block = links.part(0, first, in, rows);
    multiply(1.0, links.all(), Transposed::yes, block, Transposed::no, 0.0, output_shares.column(0), out, control);
    for (std::size_t row = 0; row < rows; ++row) {
      double* const shares = output_shares.column(row);
      for (std::size_t z = 0; z < out; ++z) shares[z] = share(score, shares[z], output_degree[z]);
      shares[first + row] = 0.0;
    }
    multiply(1.0, links.all(), Transposed::no, output_shares.part(0, 0, out, rows), Transposed::no, 0.0,
             scores.column(0), in, control);
    multiply(1.0, input_shares.all(), Transposed::no, block, Transposed::no, 1.0, scores.column(0), in, control);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto output = static_cast<NodeIndex>(first + row);
      for (const NodeIndex input : mask.row(output)) scores(input, row) = 0.0;
      use(output, std::span(scores.column(row), in));
    }
  }
}

bool products_are_faster(const Mask& mask) {
  // Measured (bench_models, "link scores"): a step along a path takes as long as some thirty multiplications of a
  // matrix product.
  constexpr double multiplications_per_step = 30.0;
  const double in = mask.n_in, out = mask.n_out, links = static_cast<double>(mask.link_count());
  if (links == 0.0) return false;
  const double steps = 2.0 * links * (links / in) * (links / out);
  const double multiplications = 2.0 * in * out * (in + out);
  return steps * multiplications_per_step > multiplications && bytes_of_products(mask) < available_memory();
}

}  // namespace

std::span<const Choice> link_score_choices() {
  static constexpr std::array choices{
      Choice{"ch2-l3n", "CH2-L3n", "Links within the local community, over those that leave it."},
      Choice{"ch3-l3n", "CH3-L3n", "Few links that leave the local community."},
      Choice{"ch3-l3p", "CH3-L3p", "Paths whose middle neurons have few links that leave the local community."},
  };
  return choices;
}

void score_missing_links(const Mask& mask, LinkScore score, const UseRowScores& use, const TaskControl& control,
                         ScoreMethod method) {
  if (method == ScoreMethod::automatic) {
    method = products_are_faster(mask) ? ScoreMethod::products : ScoreMethod::paths;
  }
  if (method == ScoreMethod::products && score != LinkScore::ch3_l3p) {
    score_by_products(mask, score, use, control);
  } else {
    score_by_paths(mask, score, use, control);
  }
}

}  // namespace dnm
