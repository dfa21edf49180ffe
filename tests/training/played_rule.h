// SPDX-License-Identifier: GPL-3.0-or-later
// A rewiring rule that tests can foretell.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "training/rewiring/rewiring_rule.h"

namespace samples {

/// In each row the link of the smallest weight goes to a random free input, and one row, another one each time, grows
/// by a link; every third step of the run but the first.
class PlayedRule : public dnm::RewiringRule {
 public:
  bool is_due(const dnm::StepPosition& at) const override { return at.step > 0 && at.step % 3 == 0; }

  dnm::RewiringResult rewired(const dnm::RewiringRequest& request) override {
    request.control.check();
    dnm::RewiringResult result;
    for (std::size_t i = 0; i < request.layers.size(); ++i) {
      dnm::Random random = request.random(i);
      const dnm::Mask& old = request.layers[i].mask;
      dnm::Mask mask{old.n_in, old.n_out, {0}, {}};
      dnm::StageCounts counts;
      const auto growing = static_cast<dnm::NodeIndex>(7 * turn_ % old.n_out);
      for (dnm::NodeIndex output = 0; output < old.n_out; ++output) {
        std::set<dnm::NodeIndex> row(old.row(output).begin(), old.row(output).end());
        const std::set<dnm::NodeIndex> before = row;
        if (!row.empty()) {
          const float* first = request.layers[i].weights.data() + old.row_begin[output];
          const auto smallest =
              std::min_element(first, first + row.size(), [](float a, float b) { return std::abs(a) < std::abs(b); });
          row.erase(old.row(output)[static_cast<std::size_t>(smallest - first)]);
          ++counts.removed;
        }
        const std::size_t wanted =
            std::min<std::size_t>(before.size() + (output == growing ? 1 : 0), std::size_t{old.n_in} - 1);
        while (row.size() < wanted) {
          const auto input = static_cast<dnm::NodeIndex>(random.below(old.n_in));
          if (!before.contains(input) && row.insert(input).second) ++counts.regrown;
        }
        mask.columns.insert(mask.columns.end(), row.begin(), row.end());
        mask.row_begin.push_back(mask.columns.size());
      }
      result.layers.push_back({std::move(mask), counts});
    }
    result.numbers = {{"turn", static_cast<double>(turn_)}};
    ++turn_;
    return result;
  }
  dnm::RuleMemory memory() const override { return {{"turn", {turn_}}}; }
  void remember(const dnm::RuleMemory& memory) override { turn_ = memory.at("turn")[0]; }

 private:
  std::int64_t turn_ = 0;
};

}  // namespace samples
