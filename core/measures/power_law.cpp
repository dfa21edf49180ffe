// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/power_law.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dnm {

namespace {

constexpr int grid_first = 101;  ///< exponents in hundredths
constexpr int grid_last = 1000;
constexpr NodeIndex correction_below = 100;
constexpr std::uint64_t smallest_tail = 50;

/// Distinct degrees with, for the tail that begins at each of them, its size and its sum of logarithms.
struct DegreeTable {
  std::vector<NodeIndex> value;
  std::vector<double> count_from;
  std::vector<double> log_sum_from;
};

DegreeTable tabulate(std::span<const NodeIndex> sorted) {
  DegreeTable table;
  std::vector<double> count;
  for (const NodeIndex degree : sorted) {
    if (table.value.empty() || table.value.back() != degree) {
      table.value.push_back(degree);
      count.push_back(0.0);
    }
    ++count.back();
  }
  table.count_from.assign(table.value.size(), 0.0);
  table.log_sum_from.assign(table.value.size(), 0.0);
  double tail = 0.0;
  double logs = 0.0;
  for (std::size_t i = table.value.size(); i-- > 0;) {
    tail += count[i];
    logs += count[i] * std::log(static_cast<double>(table.value[i]));
    table.count_from[i] = tail;
    table.log_sum_from[i] = logs;
  }
  return table;
}

double grid_exponent(int hundredths) { return static_cast<double>(hundredths) / 100.0; }

/// The grid point of greatest likelihood. The log-likelihood is concave in γ (an exponential family), so the first
/// grid point whose successor is not better is the greatest one, and bisection finds it.
int best_exponent(double x_min, double count, double log_sum) {
  const auto log_likelihood = [&](int hundredths) {
    const double gamma = grid_exponent(hundredths);
    return -gamma * log_sum - count * std::log(hurwitz_zeta(gamma, x_min));
  };
  int low = grid_first;
  int high = grid_last;
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (log_likelihood(middle + 1) > log_likelihood(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// Largest difference of the two cumulative distributions over all integers of the tail that begins at entry `first`.
/// Between two degrees only the fitted one moves, so their ends are enough.
double ks_distance(const DegreeTable& table, std::size_t first, double gamma) {
  constexpr NodeIndex longest_sum = 8;
  const double whole = hurwitz_zeta(gamma, table.value[first]);
  double zeta = 0.0;  // ζ(γ, next), carried downwards: adding positive terms loses nothing
  NodeIndex next = 0;
  const auto move_to = [&](NodeIndex x) {
    if (next == 0 || next - x > longest_sum) {
      zeta = hurwitz_zeta(gamma, x);
    } else {
      for (NodeIndex y = next; y-- > x;) zeta += std::pow(static_cast<double>(y), -gamma);
    }
    next = x;
  };
  double largest = 0.0;
  for (std::size_t i = table.value.size(); i-- > first;) {
    const double above = i + 1 < table.value.size() ? table.count_from[i + 1] : 0.0;
    const double empirical_above = above / table.count_from[first];
    const auto compare_after = [&](NodeIndex x) {
      move_to(x + 1);
      largest = std::max(largest, std::abs(zeta / whole - empirical_above));
    };
    if (i + 1 < table.value.size() && table.value[i + 1] - table.value[i] > 1) compare_after(table.value[i + 1] - 1);
    compare_after(table.value[i]);
  }
  return largest;
}

}  // namespace

double hurwitz_zeta(double s, double a) {
  // B_2j / (2j)! for j = 1 … 12
  constexpr std::array<double, 12> coefficient = {
      8.3333333333333333e-02, -1.3888888888888889e-03, 3.3068783068783069e-05, -8.2671957671957672e-07,
      2.0876756987868099e-08, -5.2841901386874932e-10, 1.3382536530684679e-11, -3.3896802963225829e-13,
      8.5860620562778446e-15, -2.1748686985580619e-16, 5.5090028283602295e-18, -1.3954464685812523e-19};
  constexpr double start_of_series = 16.0;
  double sum = 0.0;
  while (a < start_of_series) {
    sum += std::pow(a, -s);
    a += 1.0;
  }
  const double power = std::pow(a, -s);
  const double inverse_square = 1.0 / (a * a);
  double series = a / (s - 1.0) + 0.5;
  double factor = s / a;
  for (std::size_t j = 0; j < coefficient.size(); ++j) {
    const double term = coefficient[j] * factor;
    series += term;
    if (std::abs(term) < 1e-17 * series) break;
    const double order = s + 2.0 * static_cast<double>(j);
    factor *= (order + 1.0) * (order + 2.0) * inverse_square;
  }
  return sum + power * series;
}

std::string PowerLaw::reason_against(NodeIndex node_count) const {
  if (capped) return "the fit reaches the cap of 10: the degrees fall off faster than a power law";
  if (node_count >= correction_below && tail < smallest_tail) {
    return "only " + std::to_string(tail) + " degrees in the fitted tail, fewer than " + std::to_string(smallest_tail);
  }
  return {};
}

std::optional<PowerLaw> fit_power_law(std::span<const NodeIndex> degrees, NodeIndex node_count,
                                      const TaskControl& control) {
  std::vector<NodeIndex> sorted;
  sorted.reserve(degrees.size());
  for (const NodeIndex degree : degrees) {
    if (degree > 0) sorted.push_back(degree);
  }
  std::sort(sorted.begin(), sorted.end());
  const DegreeTable table = tabulate(sorted);
  if (table.value.size() < 2) return std::nullopt;

  PowerLaw best;
  best.ks_distance = 2.0;
  for (std::size_t i = 0; i + 1 < table.value.size(); ++i) {
    control.check();
    const int exponent = best_exponent(table.value[i], table.count_from[i], table.log_sum_from[i]);
    const double distance = ks_distance(table, i, grid_exponent(exponent));
    if (distance < best.ks_distance) {
      best.gamma_raw = grid_exponent(exponent);
      best.x_min = table.value[i];
      best.ks_distance = distance;
      best.tail = static_cast<std::uint64_t>(table.count_from[i]);
      best.capped = exponent == grid_last;
    }
  }
  best.gamma = best.gamma_raw;
  if (node_count < correction_below) {
    const auto n = static_cast<double>(best.tail);
    best.gamma = best.gamma_raw * (n - 1.0) / n + 1.0 / n;
    best.corrected = true;
  }
  return best;
}

std::optional<PowerLaw> fit_power_law(const Graph& graph, const TaskControl& control) {
  return fit_power_law(positive_degrees(graph), graph.node_count(), control);
}

std::vector<NodeIndex> positive_degrees(const Graph& graph) {
  std::vector<NodeIndex> degrees;
  degrees.reserve(graph.node_count());
  for (NodeIndex node = 0; node < graph.node_count(); ++node) {
    if (graph.degree(node) > 0) degrees.push_back(graph.degree(node));
  }
  std::sort(degrees.begin(), degrees.end());
  return degrees;
}

}  // namespace dnm
