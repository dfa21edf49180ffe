// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/event_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "core/files/atomic_file.h"
#include "training/runs/run_file.h"

namespace dnm {
namespace {

// Field numbers and wire types of event.proto and summary.proto, as the keys that stand before each field.
constexpr char event_wall_time = (1 << 3) | 1;     // double
constexpr char event_step = (2 << 3) | 0;          // varint
constexpr char event_file_version = (3 << 3) | 2;  // text
constexpr char event_summary = (5 << 3) | 2;       // message
constexpr char summary_value = (1 << 3) | 2;       // message
constexpr char value_tag = (1 << 3) | 2;           // text
constexpr char value_simple = (2 << 3) | 5;        // float

constexpr std::size_t wall_time_size = 1 + sizeof(double);
constexpr std::size_t header_size = sizeof(std::uint64_t) + sizeof(std::uint32_t);
constexpr std::size_t footer_size = sizeof(std::uint32_t);

std::string with_length(char key, const std::string& content) {
  std::string bytes(1, key);
  put_varint(bytes, content.size());
  return bytes + content;
}

std::string scalar(const std::string& tag, double value) {
  std::string bytes = with_length(value_tag, tag) + value_simple;
  put_fixed(bytes, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
  return with_length(summary_value, bytes);
}

std::string wall_time() {
  const double now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  std::string bytes(1, event_wall_time);
  put_fixed(bytes, std::bit_cast<std::uint64_t>(now));
  return bytes;
}

std::string record(const std::string& event) {
  std::string bytes;
  put_fixed(bytes, static_cast<std::uint64_t>(event.size()));
  put_fixed(bytes, masked_crc32c(bytes));
  bytes += event;
  put_fixed(bytes, masked_crc32c(event));
  return bytes;
}

std::string first_record() { return record(wall_time() + with_length(event_file_version, "brain.Event:2")); }

std::string event_record(std::uint64_t step, const std::string& summary) {
  std::string event = wall_time() + event_step;
  put_varint(event, step);
  return record(event + with_length(event_summary, summary));
}

std::string record_of(const std::vector<const Metric*>& scalars, const EpochResult& result) {
  std::string summary;
  for (const Metric* metric : scalars) {
    if (const auto value = result.values.get(*metric)) summary += scalar(std::string(metric->tag), *value);
  }
  return event_record(static_cast<std::uint64_t>(result.epoch), summary);
}

std::string record_of(const UpdateResult& result) {
  std::string summary;
  for (const UpdateMetric& metric : update_metric_table()) {
    if (const auto value = result.get(metric)) summary += scalar(std::string(metric.tag), *value);
  }
  return event_record(result.step, summary);
}

/// One event of the file, of an epoch or an update.
struct Entry {
  const EpochResult* epoch = nullptr;
  const UpdateResult* update = nullptr;
  [[nodiscard]] std::uint64_t step() const {
    return epoch != nullptr ? static_cast<std::uint64_t>(epoch->epoch) : update->step;
  }
};
std::vector<Entry> in_order(const RunHistory& history, std::span<const UpdateResult> updates) {
  std::vector<Entry> entries;
  auto next = updates.begin();
  for (const EpochResult& epoch : history) {
    for (; next != updates.end() && next->epoch <= epoch.epoch; ++next) entries.push_back({nullptr, &*next});
    entries.push_back({&epoch, nullptr});
  }
  for (; next != updates.end(); ++next) entries.push_back({nullptr, &*next});
  return entries;
}

/// The record that starts at `first`, framing included; nothing when it is not whole.
std::optional<std::string_view> record_at(std::string_view bytes, std::size_t first) {
  bytes.remove_prefix(first);
  if (bytes.size() < header_size + footer_size) return std::nullopt;
  const std::string_view length = bytes.substr(0, sizeof(std::uint64_t));
  if (read_fixed(bytes.substr(length.size(), 4)) != masked_crc32c(length)) return std::nullopt;
  const std::uint64_t size = read_fixed(length);
  if (size > bytes.size() - header_size - footer_size) return std::nullopt;
  if (read_fixed(bytes.substr(header_size + size, 4)) != masked_crc32c(bytes.substr(header_size, size))) {
    return std::nullopt;
  }
  return bytes.substr(0, header_size + size + footer_size);
}

/// Whether one of our own records, framing included, is that of this entry. Those of updates are known by their tags.
bool is_of(std::string_view whole, const Entry& entry) {
  std::string_view event = whole.substr(header_size);
  if (event.size() <= wall_time_size || event[wall_time_size] != event_step) return false;
  std::uint64_t step = 0;
  event.remove_prefix(wall_time_size + 1);
  for (unsigned shift = 0; !event.empty() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(event.front());
    event.remove_prefix(1);
    step |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) break;
  }
  const bool is_update = event.find(update_metric_table().front().tag) != std::string_view::npos;
  return step == entry.step() && is_update == (entry.update != nullptr);
}

constexpr std::array<std::uint32_t, 256> crc_table = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1U) != 0 ? 0x82F63B78U : 0U);
    table[i] = value;
  }
  return table;
}();

}  // namespace

std::uint32_t masked_crc32c(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) crc = (crc >> 8) ^ crc_table[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU];
  return std::rotr(~crc, 15) + 0xA282EAD8U;
}

EventFile::EventFile(std::filesystem::path path, const TaskMetrics& metrics)
    : path_(std::move(path)), scalars_(metrics.all) {
  // Those of a chart together, and those that may be missing last.
  std::ranges::stable_sort(scalars_, {}, [](const Metric* metric) {
    const auto charts = metric_charts();
    return std::pair(metric->optional, std::ranges::find(charts, metric->chart, &MetricChart::id) - charts.begin());
  });
}

void EventFile::begin(const RunHistory& history, std::span<const UpdateResult> updates) {
  std::ifstream old(path_, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(old), std::istreambuf_iterator<char>()};
  const std::vector<Entry> entries = in_order(history, updates);
  const auto first = record_at(bytes, 0);
  std::size_t kept = first ? first->size() : 0;
  events_ = 0;
  for (; kept > 0 && events_ < entries.size(); ++events_) {
    const auto whole = record_at(bytes, kept);
    if (!whole || !is_of(*whole, entries[events_])) break;
    kept += whole->size();
  }
  if (kept == 0) {
    write_atomically(path_, first_record());
  } else if (kept < bytes.size()) {
    std::error_code code;
    std::filesystem::resize_file(path_, kept, code);
    if (code) throw cannot_write(path_);
  }
  file_ = std::ofstream(path_, std::ios::binary | std::ios::app);
  if (!file_) throw cannot_write(path_);
  add(history, updates);
}

void EventFile::add(const RunHistory& history, std::span<const UpdateResult> updates) {
  if (!file_) {
    begin(history, updates);
    return;
  }
  const std::vector<Entry> entries = in_order(history, updates);
  for (std::size_t i = events_; i < entries.size(); ++i) {
    file_ << (entries[i].epoch != nullptr ? record_of(scalars_, *entries[i].epoch) : record_of(*entries[i].update));
  }
  file_ << std::flush;
  if (!file_) throw cannot_write(path_);
  events_ = entries.size();
}

}  // namespace dnm
