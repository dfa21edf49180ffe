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

/// So many shares of inputs z in the scores of others, F(Q) by rows z, are kept; where there may be more, they are
/// found again for each output. 200 MB.
constexpr std::uint64_t most_input_shares = std::uint64_t{1} << 24;
constexpr std::uint64_t bytes_of_share = sizeof(NodeIndex) + sizeof(double);

/// All paths u - z₁ - z₂ - v from one output neuron u after the other.
class PathScores {
 public:
  PathScores(const Mask& mask, LinkScore score, const TaskControl& control)
      : links_of_output_(mask),
        links_of_input_(transposed(mask)),
        score_(score),
        common_inputs_(mask.n_out, 0),
        root_share_(mask.n_out, 0.0),
        common_outputs_(mask.n_in, 0),
        path_sum_(mask.n_in, 0.0),
        scores_(mask.n_in, 0.0) {
    if (score_ == LinkScore::ch3_l3p) return;
    const std::uint64_t shares = input_shares_at_most();
    if (shares <= most_input_shares && shares * bytes_of_share < available_memory()) keep_input_shares(control);
  }

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

  [[nodiscard]] std::uint64_t input_shares_at_most() const {
    std::uint64_t count = 0;
    for (NodeIndex middle = 0; middle < links_of_input_.n_out; ++middle) {
      std::uint64_t steps = 0;
      for (const NodeIndex other : links_of_input_.row(middle)) steps += links_of_output_.row(other).size();
      count += std::min<std::uint64_t>(steps, links_of_output_.n_in);
    }
    return count;
  }

  /// That an output u is counted among the common ones matters to its own inputs alone, so that the shares are the same
  /// from all of them.
  void keep_input_shares(const TaskControl& control) {
    shares_begin_.push_back(0);
    for (NodeIndex middle = 0; middle < links_of_input_.n_out; ++middle) {
      control.check();
      walk_on(links_of_output_.n_out, middle, [](NodeIndex, NodeIndex) {});
      const double degree = input_degree(middle);
      add_met([&](NodeIndex input, double common) {
        shared_with_.push_back(input);
        shares_.push_back(share(score_, common, degree));
      });
      shares_begin_.push_back(shares_.size());
    }
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

  /// The inputs z of u add to all v with Q_vz > 0.
  void add_inputs(NodeIndex output) {
    for (const NodeIndex middle : links_of_output_.row(output)) {
      if (!shares_begin_.empty()) {
        for (std::size_t i = shares_begin_[middle]; i < shares_begin_[middle + 1]; ++i)
          scores_[shared_with_[i]] += shares_[i];
        continue;
      }
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
  // Of each input z where its shares in others begin; empty where they are not kept.
  std::vector<std::size_t> shares_begin_;
  std::vector<NodeIndex> shared_with_;
  std::vector<double> shares_;
  std::vector<NodeIndex> near_outputs_;
  std::vector<NodeIndex> near_inputs_;
};

void score_by_paths(const Mask& mask, LinkScore score, const UseRowScores& use, const TaskControl& control) {
  PathScores scores(mask, score, control);
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
  // Measured (bench_training rewiring): a step of the walk takes as long as 17 (in layers of 3072 x 3072) to 43
  // multiplications of a product, 33 to 36 where both take about the same.
  constexpr double multiplications_per_step = 30.0;
  const double in = mask.n_in, out = mask.n_out, links = static_cast<double>(mask.link_count());
  if (links == 0.0) return false;
  // Steps to the neurons in reach, as many as random links have: each output walks from those near it to all of their
  // inputs, and from its inputs to those near them.
  const double two_links = (links / in) * (links / out);
  const auto in_reach = [two_links](double neurons) { return neurons * -std::expm1(-two_links / neurons); };
  const bool are_kept = in * std::min(in, two_links) <= static_cast<double>(most_input_shares);
  const double steps = links * (in_reach(out) + (are_kept ? in_reach(in) : two_links));
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
