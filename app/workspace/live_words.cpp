// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/live_words.h"

namespace dnm {

std::string state_text(const LiveSnapshot& snapshot, Freshness freshness) {
  switch (freshness) {
    case Freshness::fresh:
      return "✓ fresh";
    case Freshness::computing:
      return "◌ computing";
    case Freshness::stale:
      return snapshot.cancelled ? "· cancelled" : "· queued";
    case Freshness::failed:
      break;
  }
  return has_no_network(snapshot) ? "· no network" : "✕ failed";
}

bool has_no_network(const LiveSnapshot& snapshot) { return snapshot.network.freshness == Freshness::failed; }

}  // namespace dnm
