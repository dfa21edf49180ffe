// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/nearby_draw.h"

#include <algorithm>
#include <cmath>

#include "core/support/portable_math.h"

namespace dnm {

namespace {

/// -ln(1 - x) for x in [0, 1), without cancellation near 0.
double minus_log_of_rest(double x) { return x < 1e-5 ? x * (1.0 + x * (0.5 + x / 3.0)) : -portable_log(1.0 - x); }

/// Below this probability positions are skipped in jumps, above it each is tried.
constexpr double chance_worth_trying = 0.4;
/// From this exponent on, rates of positions that compete for the last place may exceed the range of a double.
constexpr double needs_logarithms = 400.0;
/// Logarithms beyond these count as infinity and zero.
constexpr double most_log = 700.0;

}  // namespace

NearbyDraw::NearbyDraw(NodeIndex size, double exponent, std::span<const NodeIndex> counts, const TaskControl& control)
    : size_(size), exponent_(exponent) {
  if (exponent_ >= steep) return;
  StopCheck stop(control);
  log_weight_.resize(distance(size_ - 1) + 1);
  for (std::size_t t = 0; t < log_weight_.size(); ++t) {
    stop.worked(1);
    log_weight_[t] = -exponent_ * portable_log(1.0 + static_cast<double>(t));
  }
  std::vector<NodeIndex> distinct(counts.begin(), counts.end());
  std::ranges::sort(distinct);
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const NodeIndex count : distinct) {
    if (count > 0 && count < size_) reaches_.push_back(reach_for(count, stop));
  }
}

NearbyDraw::Reach NearbyDraw::reach_for(NodeIndex count, StopCheck& stop) const {
  Reach reach{count, false, {}, {}, {}};
  // The expected number of arrivals in the window is such that one row in a few hundred has too few.
  const double wanted = count + 3.0 * std::sqrt(static_cast<double>(count)) + 2.0;
  reach.all = wanted > 0.9 * size_;
  // Rates are relative to a position near the last ones drawn, where a double has room on both sides.
  const std::size_t middle = distance(std::min(static_cast<std::uint64_t>(wanted), std::uint64_t{size_} - 1));
  reach.log_rate = log_weight_;
  reach.rate.resize(log_weight_.size());
  for (std::size_t t = 0; t < log_weight_.size(); ++t) {
    stop.worked(2);
    reach.log_rate[t] = log_weight_[t] - log_weight_[middle];
    reach.rate[t] = portable_exp(std::clamp(reach.log_rate[t], -most_log, most_log));
  }
  if (reach.all) return reach;

  const auto expected = [&](double time) {
    // 1 - 1/(1 + x + x²/2) is a little less than 1 - e^-x: accurate enough to choose the window.
    double sum = 0.0;
    for (std::size_t t = 0; t < reach.rate.size(); ++t) {
      const double x = std::min(reach.rate[t] * time, 1e15);
      const double places = t == 0 || (2 * t == size_) ? 1.0 : 2.0;
      sum += places * (1.0 - 1.0 / (1.0 + x + 0.5 * x * x));
    }
    return sum;
  };
  double low = -50.0;
  double high = 50.0;
  for (int step = 0; step < 24; ++step) {
    stop.worked(reach.rate.size() / 4);
    const double middle_time = 0.5 * (low + high);
    (expected(portable_exp(middle_time)) < wanted ? low : high) = middle_time;
  }
  const double time = portable_exp(high);
  reach.chance.resize(reach.rate.size());
  for (std::size_t t = 0; t < reach.rate.size(); ++t) {
    stop.worked(2);
    reach.log_rate[t] += high;
    reach.rate[t] *= time;
    reach.chance[t] = portable_one_minus_exp(reach.rate[t]);
  }
  return reach;
}

void NearbyDraw::choose_nearest(NodeIndex count, Random& random, Scratch& scratch) const {
  for (std::uint32_t place = 0; place < count; ++place) scratch.arrivals.emplace_back(0.0, place);
  // The last one may be either of two at equal distance.
  const std::uint32_t last = count - 1;
  if (last % 2 == 1 && last + 1 < size_ && random.below(2) == 1) scratch.arrivals.back().second = last + 1;
}

double NearbyDraw::time_of(double waited, const Reach& reach, std::size_t t) const {
  return exponent_ < needs_logarithms ? waited / reach.rate[t] : portable_log(waited) - reach.log_rate[t];
}

void NearbyDraw::walk_outwards(const Reach& reach, Random& random, Scratch& scratch) const {
  const auto arrive = [&](std::uint64_t place, std::size_t t) {
    // The arrival time, given that it lies in the window.
    const double waited = minus_log_of_rest(random.uniform() * reach.chance[t]);
    scratch.arrivals.emplace_back(time_of(waited, reach, t), static_cast<std::uint32_t>(place));
  };
  std::uint64_t place = 0;
  for (; place < size_ && reach.chance[distance(place)] > chance_worth_trying; ++place) {
    if (random.uniform() < reach.chance[distance(place)]) arrive(place, distance(place));
  }
  while (place < size_) {
    // As if all further positions had this one's rate; the excess is rejected. Rates only decrease.
    const std::size_t here = distance(place);
    const double leap = minus_log_of_rest(random.uniform()) / reach.rate[here];
    if (!(leap < static_cast<double>(size_ - place))) break;
    place += static_cast<std::uint64_t>(leap);
    const std::size_t t = distance(place);
    if (random.uniform() * reach.chance[here] < reach.chance[t]) arrive(place, t);
    ++place;
  }
}

void NearbyDraw::add_late_arrivals(const Reach& reach, Random& random, Scratch& scratch) const {
  // Waiting times are memoryless: a position that has not arrived yet waits as from the start.
  std::vector<bool> arrived(size_, false);
  for (const auto& [time, place] : scratch.arrivals) arrived[place] = true;
  for (std::uint32_t place = 0; place < size_; ++place) {
    if (arrived[place]) continue;
    const double waited = minus_log_of_rest(random.uniform());
    scratch.arrivals.emplace_back(time_of(waited, reach, distance(place)), place);
  }
}

void NearbyDraw::choose(NodeIndex count, Random& random, Scratch& scratch) const {
  auto& arrivals = scratch.arrivals;
  arrivals.clear();
  if (exponent_ >= steep || count == size_) {
    choose_nearest(count, random, scratch);
    return;
  }
  const Reach& reach = *std::ranges::lower_bound(reaches_, count, {}, &Reach::count);
  if (!reach.all) walk_outwards(reach, random, scratch);
  auto first = arrivals.begin();
  if (arrivals.size() < count) {
    const auto in_time = static_cast<std::ptrdiff_t>(arrivals.size());
    add_late_arrivals(reach, random, scratch);
    first = arrivals.begin() + in_time;
  }
  if (arrivals.size() > count) std::nth_element(first, arrivals.begin() + count, arrivals.end());
}

}  // namespace dnm
