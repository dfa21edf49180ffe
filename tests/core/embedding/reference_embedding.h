// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <fstream>
#include <numbers>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/core/reference_files.h"

namespace dnm::reference {

/// One column of NAME_coemb_python.tsv.
inline std::vector<double> column(const std::string& name, const std::string& title) {
  std::ifstream file = open(name + "_coemb_python.tsv");
  const auto fields = [](const std::string& line) {
    std::vector<std::string> found;
    std::istringstream text(line);
    for (std::string field; std::getline(text, field, '\t');) found.push_back(field);
    return found;
  };
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> titles = fields(line);
  const auto at = std::ranges::find(titles, title);
  if (at == titles.end()) throw std::runtime_error("no column " + title + " for " + name);
  std::vector<double> values;
  while (std::getline(file, line)) {
    values.push_back(std::stod(fields(line)[static_cast<std::size_t>(at - titles.begin())]));
  }
  return values;
}

/// Largest difference of two sets of angles after the best rotation and reflection.
inline double angle_difference(std::span<const double> first, std::span<const double> second) {
  double best = 10.0;
  for (const double sign : {1.0, -1.0}) {
    std::complex<double> sum;
    for (std::size_t i = 0; i < first.size(); ++i) sum += std::polar(1.0, second[i] - sign * first[i]);
    double worst = 0.0;
    for (std::size_t i = 0; i < first.size(); ++i) {
      const double left = sign * first[i] + std::arg(sum) - second[i];
      worst = std::max(worst, std::abs(std::remainder(left, 2.0 * std::numbers::pi)));
    }
    best = std::min(best, worst);
  }
  return best;
}

}  // namespace dnm::reference
