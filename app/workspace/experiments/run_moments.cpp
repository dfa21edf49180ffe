// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/run_moments.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "core/support/error.h"
#include "training/runs/topology_file.h"
#include "training/runs/updates_file.h"

namespace dnm {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{256} << 20U;  // of networks that are kept

std::uint64_t bytes_of(const Network& network) {
  std::uint64_t bytes = 0;
  for (const Mask& mask : network.masks()) {
    bytes += sizeof(NodeIndex) * mask.columns.size() + sizeof(std::uint64_t) * mask.row_begin.size();
  }
  return bytes;
}

NetworkPointer network_of(std::vector<Mask> masks) {
  std::vector<NodeIndex> sizes;
  for (const Mask& mask : masks) {
    if (sizes.empty()) sizes.push_back(mask.n_in);
    sizes.push_back(mask.n_out);
  }
  return std::make_shared<const Network>(Network::layered(std::move(sizes), std::move(masks)));
}

std::uint64_t link_count(const std::vector<NamedMask>& layers) {
  std::uint64_t count = 0;
  for (const NamedMask& layer : layers) count += layer.mask.link_count();
  return count;
}

/// The first updates between others that nothing is kept of, from the first of them to the last; 0 where there are
/// none.
std::pair<std::uint64_t, std::uint64_t> first_hole(const TopologyHistory& history) {
  std::set<std::uint64_t> kept;
  for (const TopologySnapshot& snapshot : history.snapshots) kept.insert(snapshot.update);
  for (const TopologyEvent& event : history.events) kept.insert(event.update);
  std::optional<std::uint64_t> before;
  for (const std::uint64_t update : kept) {
    if (before && update > *before + 1) return {*before + 1, update - 1};
    before = update;
  }
  return {0, 0};
}

std::filesystem::path topology_file_in(const std::filesystem::path& folder) {
  if (folder.empty()) throw FileError("the run had no run folder, so that its links were not kept");
  return folder / topology_file_name;
}

}  // namespace

std::string moment_text(const RunMoment& moment, std::uint64_t last, std::optional<std::uint64_t> compared) {
  std::string text = "as the run began";
  if (moment.update > 0) text = "update " + std::to_string(moment.update) + " of " + std::to_string(last);
  if (moment.epoch > 0) text += ", epoch " + std::to_string(moment.epoch);
  return compared ? text + comparison_words(moment.update, *compared) : text;
}

NetworkPointer network_before(const Network& network, const TopologyEvent& update) try {
  if (update.layers.size() != network.masks().size()) return nullptr;
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer < update.layers.size(); ++layer) {
    masks.push_back(mask_before(network.masks()[layer], update.layers[layer]));
  }
  return network_of(std::move(masks));
} catch (const InvalidInput&) {
  return nullptr;  // a resumed run whose folder has lost the last updates
}

RunMoments::RunMoments(const std::filesystem::path& folder)
    : folder_(folder), reader_(std::make_unique<TopologyReader>(topology_file_in(folder))) {}

RunMoments::~RunMoments() = default;

bool RunMoments::refresh() {
  if (!reader_->read_on()) return false;
  if (std::exchange(times_anew_, reader_->times_anew()) != times_anew_) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  const TopologyHistory& history = reader_->history();
  moments_.clear();
  if (!history.snapshots.empty()) {
    const TopologySnapshot& first = history.snapshots.front();
    moments_.push_back({.update = first.update, .links = link_count(first.layers)});
  }
  for (const TopologyEvent& event : history.events) {
    if (moments_.empty() || event.update <= moments_.back().update) continue;
    RunMoment moment{event.update, event.step, event.epoch};
    for (const LayerChange& change : event.layers) {
      moment.links += change.links;
      moment.removed += change.removed.size();
      moment.grown += change.grown.size();
    }
    moments_.push_back(moment);
  }
  return true;
}

NetworkPointer RunMoments::network(std::uint64_t update) {
  const auto not_kept = [&] {
    const std::string last = moments_.empty() ? "none" : std::to_string(moments_.back().update);
    return InvalidInput("the topology after update " + std::to_string(update) +
                        " has not been kept; the last update there is " + last);
  };
  const TopologyHistory& history = reader_->history();
  const auto later = std::ranges::find_if(
      history.snapshots, [update](const TopologySnapshot& snapshot) { return snapshot.update > update; });
  if (later == history.snapshots.begin()) throw not_kept();
  const TopologySnapshot& snapshot = *std::prev(later);
  std::uint64_t reached = snapshot.update;
  NetworkPointer found;
  if (const auto after = kept_.upper_bound(update); after != kept_.begin()) {
    const auto nearest = std::prev(after);
    if (nearest->first >= reached) {
      reached = nearest->first;
      found = nearest->second.network;
      nearest->second.used = ++uses_;
    }
  }
  if (!found) {
    std::vector<Mask> masks;
    for (const NamedMask& layer : snapshot.layers) masks.push_back(layer.mask);
    found = network_of(std::move(masks));
    keep(reached, found);
  }
  auto event =
      std::ranges::find_if(history.events, [reached](const TopologyEvent& one) { return one.update > reached; });
  for (; event != history.events.end() && event->update <= update; ++event) {
    if (event->update != reached + 1 || event->layers.size() != found->masks().size()) break;
    std::vector<Mask> masks;
    for (std::size_t layer = 0; layer < event->layers.size(); ++layer) {
      masks.push_back(changed_mask(found->masks()[layer], event->layers[layer]));
    }
    found = network_of(std::move(masks));
    keep(++reached, found);
  }
  if (reached != update) throw not_kept();
  return found;
}

void RunMoments::read(ShownRun& run) {
  if (!run.network) run.network = network(run.update);
  const auto moment = std::ranges::find(moments_, run.update, &RunMoment::update);
  if (moment != moments_.end()) run.epoch = moment->epoch;
  if (run.is_working) return;
  std::uint64_t compared = compared_update(run);
  if (!run.compared && !moments_.empty()) compared = std::max(compared, moments_.front().update);
  if (run.before) return;
  try {
    run.before = compared == run.update ? run.network : network(compared);
  } catch (const InvalidInput&) {
    if (run.compared) throw;
  }
}

std::string RunMoments::gap() const {
  if (moments_.empty()) return {};
  const std::string file = (folder_ / topology_file_name).string();
  const std::uint64_t first = moments_.front().update;
  const std::uint64_t last = moments_.back().update;
  std::error_code code;
  if (std::filesystem::is_regular_file(folder_ / updates_file_name, code)) {
    const std::vector<UpdateResult> updates = read_updates(folder_ / updates_file_name);
    if (!updates.empty() && updates.back().update > last) {
      return file + " is damaged after update " + std::to_string(last) + " of " +
             std::to_string(updates.back().update) + ": the networks after it are lost, unless you have a copy";
    }
  }
  if (const auto [from, to] = first_hole(reader_->history()); from > 0) {
    return file + " lacks " +
           (from == to ? "update " + std::to_string(from)
                       : "the updates " + std::to_string(from) + " to " + std::to_string(to)) +
           ": the networks there are lost, and update " + std::to_string(to + 1) + " is compared with none";
  }
  if (first == 0) return {};
  return file + " begins after update " + std::to_string(first) + ": the networks before it were not kept";
}

void RunMoments::keep(std::uint64_t update, const NetworkPointer& network) {
  const auto [place, is_new] = kept_.try_emplace(update);
  if (!is_new) return;
  place->second = {network, ++uses_};
  kept_bytes_ += bytes_of(*network);
  while (kept_bytes_ > most_bytes && kept_.size() > 2) {
    const auto oldest = std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second.used; });
    kept_bytes_ -= bytes_of(*oldest->second.network);
    kept_.erase(oldest);
  }
}

}  // namespace dnm
