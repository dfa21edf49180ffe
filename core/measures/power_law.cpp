// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/power_law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <memory>
#include <mutex>

#include "core/network/random.h"
#include "core/support/error.h"
#include "core/support/ordered_results.h"

namespace dnm {

namespace {

constexpr int grid_first = 101;  ///< exponents in hundredths
constexpr int grid_last = 1000;
constexpr NodeIndex correction_below = 100;
constexpr std::uint64_t smallest_tail = 50;
constexpr std::size_t samples_at_once = 10;

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

/// ζ(γ, x) at the grid's exponents: tabulated for small x once computed, else computed. One table per thread.
class ZetaTable {
 public:
  double at(int hundredths, NodeIndex x) {
    if (x >= largest) return hurwitz_zeta(grid_exponent(hundredths), x);
    std::vector<double>& row = rows_[x];
    if (row.empty()) row.assign(grid_last - grid_first + 1, 0.0);
    double& value = row[static_cast<std::size_t>(hundredths - grid_first)];
    if (value == 0.0) value = hurwitz_zeta(grid_exponent(hundredths), x);
    return value;
  }

 private:
  static constexpr NodeIndex largest = 1024;
  std::array<std::vector<double>, largest> rows_{};
};

/// The grid point of greatest likelihood. The log-likelihood is concave in γ (an exponential family), so the first
/// grid point whose successor is not better is the greatest one, and bisection finds it.
int best_exponent(ZetaTable& zeta, NodeIndex x_min, double count, double log_sum) {
  const auto log_likelihood = [&](int hundredths) {
    return -grid_exponent(hundredths) * log_sum - count * std::log(zeta.at(hundredths, x_min));
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
/// Between two degrees only the fitted one changes, so checking the ends is enough.
double ks_distance(ZetaTable& zeta, const DegreeTable& table, std::size_t first, int exponent) {
  const double whole = zeta.at(exponent, table.value[first]);
  double largest = 0.0;
  for (std::size_t i = first; i < table.value.size(); ++i) {
    const bool last = i + 1 == table.value.size();
    const double empirical_above = last ? 0.0 : table.count_from[i + 1] / table.count_from[first];
    const auto compare_after = [&](NodeIndex x) {
      largest = std::max(largest, std::abs(zeta.at(exponent, x + 1) / whole - empirical_above));
    };
    compare_after(table.value[i]);
    if (!last && table.value[i + 1] - table.value[i] > 1) compare_after(table.value[i + 1] - 1);
  }
  return largest;
}

/// The fit to degrees in ascending order, all above 0, without the finite-size correction; empty with fewer than two
/// distinct degrees.
std::optional<PowerLaw> fit_sorted(ZetaTable& zeta, std::span<const NodeIndex> sorted, const TaskControl& control) {
  const DegreeTable table = tabulate(sorted);
  if (table.value.size() < 2) return std::nullopt;
  PowerLaw best;
  best.ks_distance = 2.0;
  for (std::size_t i = 0; i + 1 < table.value.size(); ++i) {
    control.check();
    const int exponent = best_exponent(zeta, table.value[i], table.count_from[i], table.log_sum_from[i]);
    const double distance = ks_distance(zeta, table, i, exponent);
    if (distance < best.ks_distance) {
      best.gamma_raw = grid_exponent(exponent);
      best.x_min = table.value[i];
      best.ks_distance = distance;
      best.tail = static_cast<std::uint64_t>(table.count_from[i]);
      best.capped = exponent == grid_last;
    }
  }
  best.gamma = best.gamma_raw;
  return best;
}

/// Draws degrees like those of a network whose tail follows a fitted power law.
class NullModel {
 public:
  NullModel(std::span<const NodeIndex> sorted, const PowerLaw& fit)
      : below_(sorted.first(sorted.size() - fit.tail)),
        count_(sorted.size()),
        tail_(fit.tail),
        x_min_(fit.x_min),
        exponent_(static_cast<int>(std::lround(100.0 * fit.gamma_raw))) {}

  void draw(ZetaTable& zeta, Random& random, std::vector<NodeIndex>& degrees) const {
    degrees.clear();
    for (std::uint64_t i = 0; i < count_; ++i) {
      degrees.push_back(random.below(count_) < tail_ ? draw_tail(zeta, random) : below_[random.below(below_.size())]);
    }
    std::sort(degrees.begin(), degrees.end());
  }

 private:
  /// The largest x with P(X >= x) >= u.
  NodeIndex draw_tail(ZetaTable& zeta, Random& random) const {
    constexpr NodeIndex largest = NodeIndex{1} << 30;
    const double bound = (1.0 - random.uniform()) * zeta.at(exponent_, x_min_);
    NodeIndex low = x_min_;
    NodeIndex high = 2 * low;
    while (high < largest && zeta.at(exponent_, high) >= bound) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      const NodeIndex middle = low + (high - low) / 2;
      (zeta.at(exponent_, middle) >= bound ? low : high) = middle;
    }
    return low;
  }

  std::span<const NodeIndex> below_;
  std::uint64_t count_;
  std::uint64_t tail_;
  NodeIndex x_min_;
  int exponent_;
};

std::vector<NodeIndex> sorted_positive(std::span<const NodeIndex> degrees) {
  std::vector<NodeIndex> sorted;
  sorted.reserve(degrees.size());
  std::copy_if(degrees.begin(), degrees.end(), std::back_inserter(sorted), [](NodeIndex degree) { return degree > 0; });
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

/// Tables passed from one batch of samples to the next, never used by two at the same time.
class ZetaTables {
 public:
  using Loan = std::shared_ptr<ZetaTable>;
  [[nodiscard]] Loan borrow() {
    const std::scoped_lock lock(mutex_);
    std::unique_ptr<ZetaTable> table = free_.empty() ? std::make_unique<ZetaTable>() : std::move(free_.back());
    if (!free_.empty()) free_.pop_back();
    const auto give_back = [this](ZetaTable* used) {
      std::unique_ptr<ZetaTable> back(used);
      const std::scoped_lock return_lock(mutex_);
      free_.push_back(std::move(back));
    };
    return {table.release(), give_back};
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<ZetaTable>> free_;
};

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
  ZetaTable zeta;
  std::optional<PowerLaw> fit = fit_sorted(zeta, sorted_positive(degrees), control);
  if (fit && node_count < correction_below) {
    const auto n = static_cast<double>(fit->tail);
    fit->gamma = fit->gamma_raw * (n - 1.0) / n + 1.0 / n;
    fit->corrected = true;
  }
  return fit;
}

double PowerLawTest::p_value() const {
  return static_cast<double>(as_far) / static_cast<double>(std::max<std::uint64_t>(samples, 1));
}

double PowerLawTest::standard_error() const {
  const auto n = static_cast<double>(std::max<std::uint64_t>(samples, 1));
  // Never 0: the count is uncertain by half a sample either way.
  const double p = (static_cast<double>(as_far) + 0.5) / (n + 1.0);
  return std::sqrt(p * (1.0 - p) / n);
}

PowerLawTest test_power_law(std::span<const NodeIndex> degrees, const PowerLaw& fit, int samples, std::uint64_t seed,
                            unsigned threads, const TaskControl& control,
                            const std::function<void(const PowerLawTest&)>& partial) {
  if (samples < 1) throw InvalidInput("a p-value needs at least one sample, not " + std::to_string(samples));
  const std::vector<NodeIndex> sorted = sorted_positive(degrees);
  const auto tail_begin = std::lower_bound(sorted.begin(), sorted.end(), fit.x_min);
  if (fit.tail == 0 || static_cast<std::uint64_t>(sorted.end() - tail_begin) != fit.tail) {
    throw InvalidInput("the power law was not fitted to these degrees; fit them first");
  }
  const NullModel model(sorted, fit);
  const auto batches = (static_cast<std::size_t>(samples) + samples_at_once - 1) / samples_at_once;
  ZetaTables tables;
  PowerLawTest found;
  ordered_results<PowerLawTest>(
      batches, threads, control,
      [&](std::size_t batch, const TaskControl& own) {
        const std::size_t first = batch * samples_at_once;
        const std::size_t end = std::min(first + samples_at_once, static_cast<std::size_t>(samples));
        const ZetaTables::Loan zeta = tables.borrow();
        std::vector<NodeIndex> drawn;
        PowerLawTest part;
        for (std::size_t sample = first; sample < end; ++sample) {
          Random random(seed, sample);
          model.draw(*zeta, random, drawn);
          const std::optional<PowerLaw> other = fit_sorted(*zeta, drawn, own);
          // A sample without two distinct degrees has no fit to deviate from.
          part.as_far += other && other->ks_distance >= fit.ks_distance ? 1U : 0U;
          ++part.samples;
        }
        return part;
      },
      [&](std::size_t batch, const PowerLawTest& part) {
        found.samples += part.samples;
        found.as_far += part.as_far;
        control.report(static_cast<double>(batch + 1) / static_cast<double>(batches));
        if (partial && batch + 1 < batches) partial(found);
        return true;
      });
  return found;
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
