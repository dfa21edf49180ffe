// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/singular_value.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/models/uniform_cells.h"
#include "core/support/parallel.h"

namespace dnm {

namespace {

using Vector = std::vector<double>;

constexpr std::uint64_t links_of_a_part = std::uint64_t{1} << 20;
constexpr std::uint64_t most_parts = 8;
constexpr int most_power_steps = 400;
constexpr int most_lanczos_steps = 600;
constexpr std::size_t steps_between_looks = 5;

double dot(const Vector& a, const Vector& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// a += factor · b
void add(Vector& a, double factor, const Vector& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += factor * b[i];
}

void scale(Vector& a, double factor) {
  for (double& value : a) value *= factor;
}

/// Multiplies by BᵀB. The rows are divided into parts whose number depends on the mask alone, so that sums do not
/// depend on the threads.
class Product {
 public:
  Product(const Mask& mask, unsigned threads, const TaskControl& control)
      : mask_(mask),
        threads_(threads),
        control_(control),
        sums_(std::clamp<std::uint64_t>(mask.link_count() / links_of_a_part, 1, most_parts), Vector(mask.n_in)) {}

  void operator()(const Vector& x, Vector& y) {
    parallel_for(sums_.size(), sums_.size() == 1 ? 1 : threads_, [&](std::size_t part) {
      Vector& sum = sums_[part];
      std::ranges::fill(sum, 0.0);
      StopCheck stop(control_);
      const auto row = [&](std::size_t number) {
        return static_cast<NodeIndex>(std::uint64_t{mask_.n_out} * number / sums_.size());
      };
      for (NodeIndex output = row(part); output < row(part + 1); ++output) {
        double total = 0.0;
        for (const NodeIndex input : mask_.row(output)) total += x[input];
        for (const NodeIndex input : mask_.row(output)) sum[input] += total;
        stop.worked(mask_.row(output).size() + 1);
      }
    });
    std::ranges::copy(sums_.front(), y.begin());
    for (std::size_t part = 1; part < sums_.size(); ++part) add(y, 1.0, sums_[part]);
  }

 private:
  const Mask& mask_;
  unsigned threads_;
  const TaskControl& control_;
  std::vector<Vector> sums_;
};

/// The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on the signs of its leading minors.
double largest_eigenvalue(const Vector& diagonal, const Vector& beside) {
  double low = diagonal[0];
  double high = diagonal[0];
  for (std::size_t i = 0; i < diagonal.size(); ++i) {
    const double radius =
        (i > 0 ? std::abs(beside[i - 1]) : 0.0) + (i + 1 < diagonal.size() ? std::abs(beside[i]) : 0.0);
    low = std::max(low, diagonal[i]);
    high = std::max(high, diagonal[i] + radius);
  }
  const auto all_below = [&](double x) {
    double pivot = x - diagonal[0];
    for (std::size_t i = 1; i < diagonal.size() && pivot > 0.0; ++i) {
      pivot = x - diagonal[i] - beside[i - 1] * beside[i - 1] / pivot;
    }
    return pivot > 0.0;
  };
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    (all_below(middle) ? high : low) = middle;
  }
  return 0.5 * (low + high);
}

/// The leading right singular vector, and the square of its singular value.
std::pair<Vector, double> leading_vector(const Mask& mask, Product& multiply, const TaskControl& control) {
  // The numbers of links of the inputs are close to it.
  Vector x(mask.n_in, 0.0);
  StopCheck stop(control);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) x[input] += 1.0;
    stop.worked(mask.row(output).size() + 1);
  }
  scale(x, 1.0 / std::sqrt(dot(x, x)));
  Vector y(mask.n_in);
  double squared = 0.0;
  for (int step = 0; step < most_power_steps; ++step) {
    multiply(x, y);
    squared = std::sqrt(dot(y, y));
    scale(y, 1.0 / squared);
    double change = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) change = std::max(change, std::abs(x[i] - y[i]));
    x.swap(y);
    if (change < 1e-14) break;
  }
  return {std::move(x), squared};
}

}  // namespace

double second_singular_value(const Mask& mask, double threshold, Random& random, unsigned threads,
                             const TaskControl& control) {
  if (std::min(mask.n_in, mask.n_out) < 2 || mask.columns.empty()) return 0.0;
  Product multiply(mask, threads, control);
  const auto [leading, leading_squared] = leading_vector(mask, multiply, control);

  Vector before(mask.n_in, 0.0);
  Vector now(mask.n_in);
  Vector next(mask.n_in);
  for (double& value : now) value = random.uniform(-1.0, 1.0);
  add(now, -dot(now, leading), leading);
  const double start = std::sqrt(dot(now, now));
  if (start < 1e-12) return 0.0;
  scale(now, 1.0 / start);

  Vector diagonal;
  Vector beside;
  double seen = 0.0;     // largest eigenvalue of the projected matrix at the last check
  double earlier = 0.0;  // at the previous check
  for (int step = 0; step < most_lanczos_steps; ++step) {
    multiply(now, next);
    diagonal.push_back(dot(now, next));
    add(next, -diagonal.back(), now);
    if (!beside.empty()) add(next, -beside.back(), before);
    // Rounding would reintroduce the leading vector, which would soon dominate all others.
    add(next, -dot(next, leading), leading);
    const double length = std::sqrt(dot(next, next));
    const bool exhausted = length <= 1e-12 * leading_squared || diagonal.size() + 1 >= mask.n_in;
    if (exhausted || diagonal.size() % steps_between_looks == 0) {
      const double value = std::max(0.0, largest_eigenvalue(diagonal, beside));
      const double gain = value - earlier;
      const bool settled = gain < 1e-6 * value && gain < 1e-2 * std::abs(value - threshold * threshold);
      earlier = seen;
      seen = value;
      if (exhausted || (diagonal.size() > 2 * steps_between_looks && (settled || gain <= 1e-10 * value))) break;
    }
    beside.push_back(length);
    scale(next, 1.0 / length);
    add(next, -dot(next, leading), leading);
    before.swap(now);
    now.swap(next);
  }
  return std::sqrt(seen);
}

}  // namespace dnm
