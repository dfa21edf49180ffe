// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/topology_file.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <zlib.h>

#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "training/runs/run_file.h"

namespace dnm {
namespace {

constexpr std::string_view magic = "DNMTOPO1";
constexpr std::size_t header_size = 8;  // of a record
constexpr char snapshot_kind = 'S';
constexpr char update_kind = 'U';

void put_real(std::string& bytes, double number) { put_fixed(bytes, std::bit_cast<std::uint64_t>(number)); }
void put_text(std::string& bytes, std::string_view text) {
  put_varint(bytes, text.size());
  bytes += text;
}

void put_links(std::string& bytes, const std::vector<Link>& links) {
  put_varint(bytes, links.size());
  Link last;
  for (const Link& link : links) {
    put_varint(bytes, link.output - last.output);
    put_varint(bytes, link.output == last.output ? link.input - last.input : link.input);
    last = link;
  }
}

std::string record(const std::string& content) {
  std::string bytes;
  put_fixed(bytes, static_cast<std::uint32_t>(content.size()));
  const auto* data = reinterpret_cast<const Bytef*>(content.data());
  put_fixed(bytes, static_cast<std::uint32_t>(crc32_z(crc32_z(0, nullptr, 0), data, content.size())));
  return bytes + content;
}

std::string record_of(const TopologySnapshot& snapshot) {
  std::string bytes(1, snapshot_kind);
  put_varint(bytes, snapshot.update);
  put_varint(bytes, snapshot.layers.size());
  for (const NamedMask& layer : snapshot.layers) {
    put_text(bytes, layer.name);
    put_varint(bytes, layer.mask.n_in);
    put_varint(bytes, layer.mask.n_out);
    for (NodeIndex output = 0; output < layer.mask.n_out; ++output) {
      const auto row = layer.mask.row(output);
      put_varint(bytes, row.size());
      NodeIndex last = 0;
      for (const NodeIndex input : row) {
        put_varint(bytes, input - last);
        last = input;
      }
    }
  }
  return record(bytes);
}

std::string record_of(const TopologyEvent& event) {
  std::string bytes(1, update_kind);
  put_varint(bytes, event.update);
  put_varint(bytes, event.step);
  put_varint(bytes, static_cast<std::uint64_t>(event.epoch));
  put_real(bytes, event.seconds);
  put_varint(bytes, event.leading_before ? 1 : 0);
  if (event.leading_before) put_real(bytes, *event.leading_before);
  put_varint(bytes, event.numbers.size());
  for (const RuleNumber& number : event.numbers) {
    put_text(bytes, number.name);
    put_real(bytes, number.value);
  }
  put_varint(bytes, event.layers.size());
  for (const LayerChange& change : event.layers) {
    put_text(bytes, change.layer);
    const StageCounts& counts = change.counts;
    for (const std::uint64_t count :
         {change.links, counts.pruned, counts.removed, counts.chain_removed, counts.regrown, counts.regrown_again}) {
      put_varint(bytes, count);
    }
    put_links(bytes, change.removed);
    put_links(bytes, change.grown);
  }
  return record(bytes);
}

/// What is left of a record's content. Throws FileError where it ends too early.
class Content {
 public:
  explicit Content(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return number;
    }
    throw too_short();
  }
  NodeIndex node() {
    const std::uint64_t node = number();
    if (node > std::numeric_limits<NodeIndex>::max()) throw FileError("a neuron has a number that is too large");
    return static_cast<NodeIndex>(node);
  }
  /// Of things of at least one byte each, so that no memory is asked for in vain.
  std::size_t count() {
    const std::uint64_t many = number();
    if (many > bytes_.size()) throw too_short();
    return many;
  }
  double real() { return std::bit_cast<double>(read_fixed(take(8))); }
  std::string text() { return std::string(take(count())); }
  std::vector<Link> links() {
    std::vector<Link> links(count());
    Link last;
    for (Link& link : links) {
      const NodeIndex down = node();
      link = {last.output + down, down == 0 ? last.input + node() : node()};
      last = link;
    }
    return links;
  }

 private:
  static FileError too_short() { return FileError("a record is too short"); }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) throw too_short();
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  std::string_view bytes_;
};

TopologySnapshot snapshot_of(Content content) {
  TopologySnapshot snapshot{content.number(), std::vector<NamedMask>(content.count())};
  for (NamedMask& layer : snapshot.layers) {
    layer.name = content.text();
    layer.mask.n_in = content.node();
    layer.mask.n_out = content.node();
    layer.mask.row_begin.push_back(0);
    for (NodeIndex output = 0; output < layer.mask.n_out; ++output) {
      NodeIndex input = 0;
      for (std::size_t links = content.count(); links > 0; --links) {
        input += content.node();
        layer.mask.columns.push_back(input);
      }
      layer.mask.row_begin.push_back(layer.mask.columns.size());
    }
    // Throws InvalidInput for links out of range or order.
    static_cast<void>(Network::layered({layer.mask.n_in, layer.mask.n_out}, {layer.mask}));
  }
  return snapshot;
}

TopologyEvent event_of(Content content) {
  TopologyEvent event;
  event.update = content.number();
  event.step = content.number();
  event.epoch = static_cast<int>(content.node());
  event.seconds = content.real();
  if (content.number() != 0) event.leading_before = content.real();
  event.numbers.resize(content.count());
  for (RuleNumber& number : event.numbers) {
    number.name = content.text();
    number.value = content.real();
  }
  event.layers.resize(content.count());
  for (LayerChange& change : event.layers) {
    change.layer = content.text();
    StageCounts& counts = change.counts;
    for (std::uint64_t* count : {&change.links, &counts.pruned, &counts.removed, &counts.chain_removed, &counts.regrown,
                                 &counts.regrown_again}) {
      *count = content.number();
    }
    change.removed = content.links();
    change.grown = content.links();
  }
  return event;
}

/// The content of the record at the front of `bytes`; nothing when it is not whole.
std::optional<std::string_view> content_at(std::string_view bytes) {
  if (bytes.size() < header_size) return std::nullopt;
  const std::uint64_t size = read_fixed(bytes.substr(0, 4));
  if (size == 0 || size > bytes.size() - header_size) return std::nullopt;
  const std::string_view content = bytes.substr(header_size, size);
  const auto* data = reinterpret_cast<const Bytef*>(content.data());
  if (read_fixed(bytes.substr(4, 4)) != static_cast<std::uint32_t>(crc32_z(crc32_z(0, nullptr, 0), data, size)))
    return std::nullopt;
  return content;
}

/// Gives the content of each whole record at the front of `bytes` to `take` until that refuses one; returns how many
/// bytes those take that were taken.
template <class Take>
std::size_t read_records(std::string_view bytes, Take take) {
  std::size_t size = 0;
  for (auto content = content_at(bytes); content && take(*content); content = content_at(bytes.substr(size)))
    size += header_size + content->size();
  return size;
}

/// What a file holds up to an update; how many bytes that takes, 0 when it does not start as a topology file.
std::size_t read_file(std::string_view bytes, std::uint64_t last_update, TopologyHistory& history) {
  if (!bytes.starts_with(magic)) return 0;
  return magic.size() + read_records(bytes.substr(magic.size()), [&](std::string_view content) {
           const Content rest(content.substr(1));
           if (content.front() == snapshot_kind) {
             TopologySnapshot snapshot = snapshot_of(rest);
             if (snapshot.update > last_update) return false;
             history.snapshots.push_back(std::move(snapshot));
           } else {
             TopologyEvent event = event_of(rest);
             if (event.update > last_update) return false;
             history.events.push_back(std::move(event));
           }
           return true;
         });
}

std::string bytes_of(const std::filesystem::path& path, std::uint64_t from = 0) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(from));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Whether the history leads to these layers. One that does not fit in itself leads nowhere.
bool leads_to(const TopologyHistory& history, std::uint64_t update, const std::vector<NamedMask>& layers) try {
  return history.after(update) == layers;
} catch (const Error&) {
  return false;
}

}  // namespace

void apply(const TopologyEvent& event, std::vector<NamedMask>& layers) {
  if (event.layers.size() != layers.size()) {
    throw InvalidInput("update " + std::to_string(event.update) +
                       " is of another number of layers; the file is damaged");
  }
  for (std::size_t i = 0; i < layers.size(); ++i) layers[i].mask = changed_mask(layers[i].mask, event.layers[i]);
}

std::vector<NamedMask> TopologyHistory::after(std::uint64_t update) const {
  const auto later = std::find_if(snapshots.begin(), snapshots.end(),
                                  [&](const TopologySnapshot& snapshot) { return snapshot.update > update; });
  const auto not_kept = [&] {
    return InvalidInput("the topology after update " + std::to_string(update) + " has not been kept");
  };
  if (later == snapshots.begin()) throw not_kept();
  std::uint64_t reached = std::prev(later)->update;
  std::vector<NamedMask> layers = std::prev(later)->layers;
  for (const TopologyEvent& event : events) {
    if (event.update <= reached || event.update > update) continue;
    if (event.update != reached + 1) break;
    apply(event, layers);
    ++reached;
  }
  if (reached != update) throw not_kept();
  return layers;
}

TopologyHistory TopologyFile::begin(const std::vector<NamedMask>& now, std::uint64_t updates) {
  TopologyHistory history;
  const std::string bytes = bytes_of(path_);
  try {
    size_ = read_file(bytes, updates, history);
  } catch (const Error&) {
    size_ = 0;  // whole, but not ours
  }
  if (size_ == 0) {
    write_anew(now, updates);
    return {{{updates, now}}, {}};
  }
  if (size_ < bytes.size()) {
    std::error_code code;
    std::filesystem::resize_file(path_, size_, code);
    if (code) throw cannot_write(path_);
  }
  if (!leads_to(history, updates, now)) {
    history.snapshots.push_back({updates, now});
    write(record_of(history.snapshots.back()));
  }
  return history;
}

void TopologyFile::add(const TopologyEvent& event, const std::vector<NamedMask>& now) {
  std::error_code code;
  const std::uintmax_t size = std::filesystem::file_size(path_, code);
  if (code || size < size_) {
    write_anew(now, event.update);
    return;
  }
  if (size > size_) std::filesystem::resize_file(path_, size_, code);  // what a failed try has left
  if (code) throw cannot_write(path_);
  write(record_of(event));
}

void TopologyFile::write(const std::string& records) {
  std::ofstream file(path_, std::ios::binary | std::ios::app);
  file << records << std::flush;
  if (!file) throw cannot_write(path_);
  size_ += records.size();
}

void TopologyFile::write_anew(const std::vector<NamedMask>& now, std::uint64_t updates) {
  const std::string bytes = std::string(magic) + record_of(TopologySnapshot{updates, now});
  write_atomically(path_, bytes);
  size_ = bytes.size();
}

TopologyRecord::TopologyRecord(std::string content) : content_(std::move(content)) {
  const TopologyEvent whole = event();
  update_ = whole.update;
  step_ = whole.step;
  epoch_ = whole.epoch;
  for (const LayerChange& layer : whole.layers)
    layers_.push_back({layer.links, layer.removed.size(), layer.grown.size()});
}

TopologyEvent TopologyRecord::event() const { return event_of(Content(content_)); }

bool TopologyReader::read_on() {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path_, code)) {
    if (!std::filesystem::is_directory(path_.parent_path(), code)) {
      throw FileError("there is no run folder " + path_.parent_path().string() + "; put it back there");
    }
    throw FileError("there is no file " + path_.string() +
                    "; only runs under a rewiring rule and those of Transformers have one");
  }
  // What has been read is still there if its last bytes, a record's content, are.
  const std::uint64_t tail_begin = size_ - tail_.size();
  std::string bytes = bytes_of(path_, tail_begin);
  const bool anew = size_ == 0 || !bytes.starts_with(tail_);
  if (anew && size_ > 0) bytes = bytes_of(path_);
  std::string_view rest = bytes;
  try {
    if (anew && !rest.starts_with(magic)) throw FileError("it does not start as one");
    rest.remove_prefix(anew ? magic.size() : tail_.size());
    std::vector<TopologySnapshot> snapshots;
    std::vector<TopologyRecord> updates;
    const std::size_t read = read_records(rest, [&](std::string_view content) {
      if (content.front() == snapshot_kind)
        snapshots.push_back(snapshot_of(Content(content.substr(1))));
      else
        updates.emplace_back(std::string(content.substr(1)));
      return true;
    });
    if (anew) {
      snapshots_.clear();
      updates_.clear();
      ++times_anew_;
      size_ = magic.size();
    }
    std::ranges::move(snapshots, std::back_inserter(snapshots_));
    std::ranges::move(updates, std::back_inserter(updates_));
    size_ += read;
    if (read == 0 && !anew) return false;
    constexpr std::size_t longest_tail = 64;
    const std::string_view whole = std::string_view(bytes).substr(0, bytes.size() - rest.size() + read);
    tail_ = whole.substr(whole.size() - std::min(whole.size(), longest_tail));
    return true;
  } catch (const Error& error) {
    throw FileError(path_.string() + " is no record of a run's topology: " + error.what());
  }
}

TopologyHistory read_topology_file(const std::filesystem::path& path) {
  TopologyReader reader(path);
  static_cast<void>(reader.read_on());
  TopologyHistory history{reader.snapshots(), {}};
  for (const TopologyRecord& update : reader.updates()) history.events.push_back(update.event());
  return history;
}

}  // namespace dnm
