// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/run_moments.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "app/workspace/experiments/run_folders.h"
#include "core/support/error.h"
#include "training/runs/run_folder_files.h"
#include "training/runs/topology_file.h"
#include "training/runs/updates_file.h"

namespace dnm {

namespace {

constexpr std::uint64_t updates_between_kept = 32;  // on the way to one that was asked for

std::uint64_t bytes_of(const Mask& mask) {
  return sizeof(NodeIndex) * mask.columns.size() + sizeof(std::uint64_t) * mask.row_begin.size();
}

/// Places of the matrices of a group among the layers, each once.
std::vector<std::size_t> places_of(const MatrixGroup& group, const std::vector<NamedMask>& layers) {
  std::vector<std::size_t> places;
  for (const MatrixPart& part : group.parts) {
    const auto found = std::ranges::find(layers, part.matrix, &NamedMask::name);
    const auto place = static_cast<std::size_t>(found - layers.begin());
    if (found != layers.end() && std::ranges::find(places, place) == places.end()) places.push_back(place);
  }
  return places;
}

/// How many of these links lie in the rows of a part. O(log links).
std::uint64_t count_in(const std::vector<Link>& links, const MatrixPart& part) {
  const auto begin = std::ranges::lower_bound(links, Link{part.first_row, 0});
  return static_cast<std::uint64_t>(std::ranges::lower_bound(links, Link{part.first_row + part.rows, 0}) - begin);
}

std::uint64_t count_in(const Mask& mask, const MatrixPart& part) {
  const std::uint64_t end = std::uint64_t{part.first_row} + part.rows;
  return end > mask.n_out ? 0 : mask.row_begin[end] - mask.row_begin[part.first_row];
}

/// Places those whose update was lost by their numbers, between or behind the others.
void estimate_steps(std::vector<RunMoment>& moments) {
  RunMoment before;
  for (auto at = moments.begin(); at != moments.end(); before = *at++) {
    if (at->step > 0 || at->update == 0) continue;
    const auto next = std::ranges::find_if(at, moments.end(), [](const RunMoment& one) { return one.step > 0; });
    const RunMoment& known = next != moments.end() ? *next : before;
    const RunMoment from = next != moments.end() ? before : RunMoment{};
    if (known.update == from.update) continue;
    at->step = from.step + (known.step - from.step) * (at->update - from.update) / (known.update - from.update);
  }
}

/// The links of parts of the matrices, followed from one moment to the next.
class PartLinks {
 public:
  explicit PartLinks(std::span<const MatrixPart> parts)
      : parts_(parts), places_(parts.size()), links_(parts.size()), whole_(parts.size()) {}

  void begin(const TopologySnapshot& snapshot) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto layer = std::ranges::find(snapshot.layers, parts_[i].matrix, &NamedMask::name);
      if (layer == snapshot.layers.end()) continue;
      places_[i] = static_cast<std::size_t>(layer - snapshot.layers.begin());
      links_[i] = count_in(layer->mask, parts_[i]);
      whole_[i] = layer->mask.n_out == parts_[i].rows;
    }
  }
  /// Adds what the update did to them.
  void take(const TopologyRecord& update, RunMoment& moment) {
    std::optional<TopologyEvent> event;  // for the parts of matrices alone
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (!places_[i] || *places_[i] >= update.layers().size()) continue;
      const TopologyRecord::Layer& layer = update.layers()[*places_[i]];
      std::uint64_t removed = layer.removed, grown = layer.grown;
      if (!whole_[i]) {
        if (!event) event = update.event();
        removed = count_in(event->layers[*places_[i]].removed, parts_[i]);
        grown = count_in(event->layers[*places_[i]].grown, parts_[i]);
      }
      // What the update itself tells holds behind a hole, too.
      links_[i] = whole_[i] ? layer.links : links_[i] + grown - std::min(removed, links_[i] + grown);
      moment.removed += removed;
      moment.grown += grown;
    }
  }
  [[nodiscard]] std::uint64_t count() const { return std::accumulate(links_.begin(), links_.end(), std::uint64_t{0}); }

 private:
  std::span<const MatrixPart> parts_;
  std::vector<std::optional<std::size_t>> places_;  ///< of their matrices among the layers
  std::vector<std::uint64_t> links_;
  std::vector<bool> whole_;  ///< the part is all of its matrix
};

/// A tick for each update and each network that was kept.
std::vector<RunMoment> counted_moments(const TopologyReader& read, std::span<const MatrixPart> parts) {
  std::vector<RunMoment> made;
  PartLinks links(parts);
  auto snapshot = read.snapshots().begin();
  const auto take_snapshots = [&](std::uint64_t below) {
    for (; snapshot != read.snapshots().end() && snapshot->update < below; ++snapshot) {
      links.begin(*snapshot);
      made.push_back({.update = snapshot->update, .links = links.count()});
    }
  };
  for (const TopologyRecord& update : read.updates()) {
    take_snapshots(update.update());
    const bool is_kept = snapshot != read.snapshots().end() && snapshot->update == update.update();
    if (made.empty() && !is_kept) continue;
    RunMoment moment{update.update(), update.step(), update.epoch()};
    links.take(update, moment);
    if (is_kept) links.begin(*snapshot++);
    moment.links = links.count();
    made.push_back(moment);
  }
  take_snapshots(std::numeric_limits<std::uint64_t>::max());
  estimate_steps(made);
  return made;
}

/// The first updates between others that nothing is kept of, from the first of them to the last; 0 where there are
/// none.
std::pair<std::uint64_t, std::uint64_t> first_hole(const TopologyReader& read) {
  std::set<std::uint64_t> kept;
  for (const TopologySnapshot& snapshot : read.snapshots()) kept.insert(snapshot.update);
  for (const TopologyRecord& update : read.updates()) kept.insert(update.update());
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

NamedMasksPointer layers_before(const std::vector<NamedMask>& layers, const TopologyEvent& update) try {
  if (update.layers.size() != layers.size()) return nullptr;
  std::vector<NamedMask> before = layers;
  for (std::size_t i = 0; i < layers.size(); ++i) before[i].mask = mask_before(layers[i].mask, update.layers[i]);
  return std::make_shared<const std::vector<NamedMask>>(std::move(before));
} catch (const InvalidInput&) {
  return nullptr;  // a resumed run whose folder has lost the last updates
}

RunMoments::RunMoments(const std::filesystem::path& folder, std::uint64_t most_bytes)
    : folder_(folder), most_bytes_(most_bytes), reader_(std::make_unique<TopologyReader>(topology_file_in(folder))) {}

RunMoments::~RunMoments() = default;

bool RunMoments::refresh() {
  if (!reader_->read_on()) return false;
  const bool is_anew = std::exchange(times_anew_, reader_->times_anew()) != reader_->times_anew();
  if (is_anew) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  if (reader_->snapshots().empty()) {
    groups_.clear();
    moments_.clear();
    return true;
  }
  const std::vector<NamedMask>& layers = reader_->snapshots().front().layers;
  // A run may write its settings after its topology.
  std::error_code code;
  const std::filesystem::file_time_type written = std::filesystem::last_write_time(folder_ / config_file_name, code);
  if (std::exchange(settings_written_, written) != written || is_anew || groups_.empty())
    groups_ = matrix_groups_of(settings_of_run(folder_), layers);
  std::vector<MatrixPart> all;
  for (const NamedMask& layer : layers) all.push_back({layer.name, 0, layer.mask.n_out, false});
  moments_ = counted_moments(*reader_, all);
  return true;
}

std::vector<RunMoment> RunMoments::moments(const std::string& matrices) const {
  return counted_moments(*reader_, group_named(groups_, matrices).parts);
}

NetworkPointer RunMoments::network(std::uint64_t update, const std::string& matrices) {
  if (reader_->snapshots().empty() || update < reader_->snapshots().front().update) throw not_kept(update);
  const MatrixGroup& group = group_named(groups_, matrices);
  Kept& kept = kept_layers(group, update);
  if (!kept.network) {
    kept.network = network_of_group(group, kept.layers);
    for (const Mask& mask : kept.network->masks()) {
      kept.bytes += bytes_of(mask);
      kept_bytes_ += bytes_of(mask);
    }
  }
  const NetworkPointer found = kept.network;
  make_room();
  return found;
}

std::vector<std::uint64_t> RunMoments::kept_updates() const {
  std::set<std::uint64_t> kept;
  for (const TopologySnapshot& snapshot : reader_->snapshots()) kept.insert(snapshot.update);
  for (const TopologyRecord& update : reader_->updates())
    if (kept.contains(update.update() - 1)) kept.insert(update.update());
  return {kept.begin(), kept.end()};
}

InvalidInput RunMoments::not_kept(std::uint64_t update) const {
  const std::string last = moments_.empty() ? "none" : std::to_string(moments_.back().update);
  return InvalidInput("the topology after update " + std::to_string(update) +
                      " has not been kept; the last update there is " + last);
}

RunMoments::Kept& RunMoments::kept_layers(const MatrixGroup& group, std::uint64_t update) {
  const auto later = std::ranges::find_if(
      reader_->snapshots(), [update](const TopologySnapshot& snapshot) { return snapshot.update > update; });
  const TopologySnapshot& snapshot = *std::prev(later);
  const std::vector<std::size_t> places = places_of(group, snapshot.layers);
  std::uint64_t reached = snapshot.update;
  Kept* found = nullptr;
  if (const auto after = kept_.upper_bound({group.id, update}); after != kept_.begin()) {
    const auto nearest = std::prev(after);
    if (nearest->first.first == group.id && nearest->first.second >= reached) {
      reached = nearest->first.second;
      found = &nearest->second;
      found->used = ++uses_;
    }
  }
  if (found == nullptr) {
    std::vector<NamedMask> layers;
    for (const std::size_t place : places) layers.push_back(snapshot.layers[place]);
    found = &keep({group.id, reached}, std::move(layers));
  }
  if (reached == update) return *found;
  const std::vector<TopologyRecord>& updates = reader_->updates();
  std::vector<NamedMask> layers = found->layers;
  for (auto next = std::ranges::upper_bound(updates, reached, {}, &TopologyRecord::update);
       next != updates.end() && next->update() <= update; ++next) {
    if (next->update() != reached + 1 || next->layers().size() != snapshot.layers.size()) break;
    const TopologyEvent event = next->event();
    for (std::size_t i = 0; i < places.size(); ++i)
      layers[i].mask = changed_mask(layers[i].mask, event.layers[places[i]]);
    if (++reached % updates_between_kept == 0 && reached != update) keep({group.id, reached}, layers);
  }
  if (reached != update) throw not_kept(update);
  return keep({group.id, update}, std::move(layers));
}

void RunMoments::read(ShownRun& run) {
  const MatrixGroup& group = group_named(groups_, run.matrices);
  run.matrices = group.id;
  run.names = names_of_group(group);
  if (!run.network) run.network = network(run.update, run.matrices);
  const auto moment = std::ranges::find(moments_, run.update, &RunMoment::update);
  if (moment != moments_.end()) run.epoch = moment->epoch;
  if (run.is_working) return;
  std::uint64_t compared = compared_update(run);
  if (!run.compared && !moments_.empty()) compared = std::max(compared, moments_.front().update);
  if (run.before) return;
  try {
    run.before = compared == run.update ? run.network : network(compared, run.matrices);
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
  if (const auto [from, to] = first_hole(*reader_); from > 0) {
    return file + " lacks " +
           (from == to ? "update " + std::to_string(from)
                       : "the updates " + std::to_string(from) + " to " + std::to_string(to)) +
           ": the networks there are lost, and update " + std::to_string(to + 1) + " is compared with none";
  }
  if (first == 0) return {};
  return file + " begins after update " + std::to_string(first) + ": the networks before it were not kept";
}

RunMoments::Kept& RunMoments::keep(const Moment& moment, std::vector<NamedMask> layers) {
  Kept& kept = kept_[moment];
  kept_bytes_ -= kept.bytes;
  kept = {std::move(layers), nullptr, 0, ++uses_};
  for (const NamedMask& layer : kept.layers) kept.bytes += bytes_of(layer.mask);
  kept_bytes_ += kept.bytes;
  make_room();
  return kept;
}

void RunMoments::make_room() {
  while (kept_bytes_ > most_bytes_ && kept_.size() > 2) {
    const auto oldest = std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second.used; });
    kept_bytes_ -= oldest->second.bytes;
    kept_.erase(oldest);
  }
}

}  // namespace dnm
