// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shared_work/work_record.h"

#include <algorithm>
#include <cstdint>

#include <zlib.h>

#include "core/files/file_text.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr std::string_view magic = "dnm-work-1";
constexpr std::size_t longest_id = 150;

bool is_id(std::string_view id) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !id.empty() && id.size() <= longest_id && std::all_of(id.begin(), id.end(), plain);
}

std::uint32_t checksum(std::string_view text) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
}

std::string one_word(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }, '_');
  return text.empty() ? "-" : text;
}

}  // namespace

std::string record_text(const WorkSlot& slot) {
  std::string text(magic);
  text += slot.kind == WorkSlot::Kind::result ? " result " : " claim ";
  text += one_word(slot.worker) + " " + std::to_string(slot.deaths) + " " + std::to_string(slot.text.size()) + " " +
          std::to_string(checksum(slot.text)) + "\n";
  return text + slot.text;
}

WorkSlot read_record(std::string_view record) {
  std::string_view line = next_line(record);
  WorkSlot slot;
  const std::string_view first = next_word(line);
  const std::string_view kind = next_word(line);
  slot.worker = next_word(line);
  const auto deaths = number<int>(next_word(line));
  const auto bytes = number<std::size_t>(next_word(line));
  const auto crc = number<std::uint32_t>(next_word(line));
  const bool whole = first == magic && (kind == "claim" || kind == "result") && deaths && bytes && crc &&
                     *bytes == record.size() && *crc == checksum(record);
  if (!whole) return {.kind = WorkSlot::Kind::damaged};
  slot.kind = kind == "claim" ? WorkSlot::Kind::claim : WorkSlot::Kind::result;
  slot.deaths = *deaths;
  slot.text = record;
  return slot;
}

std::string slot_name(const std::string& id, int number) { return id + "." + std::to_string(number); }

std::optional<SlotName> read_slot_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || !is_id(name.substr(0, dot))) return std::nullopt;
  const auto slot = number<int>(name.substr(dot + 1));
  if (!slot || *slot < 1) return std::nullopt;
  return SlotName{std::string(name.substr(0, dot)), *slot};
}

void check_work_id(std::string_view id) {
  if (!is_id(id)) {
    throw InvalidInput("\"" + std::string(id) +
                       "\" cannot be the id of work: use up to 150 letters, digits, \"-\" and \"_\"");
  }
}

std::string bundle_text(const std::vector<FinishedItem>& items) {
  std::string text;
  for (const FinishedItem& item : items) {
    text += item.id + " " + std::to_string(item.result.size()) + " " + std::to_string(checksum(item.result)) + "\n" +
            item.result + "\n";
  }
  return text;
}

std::vector<FinishedItem> read_bundle(std::string_view bundle) {
  std::vector<FinishedItem> items;
  while (!bundle.empty()) {
    std::string_view line = next_line(bundle);
    const std::string_view id = next_word(line);
    const auto bytes = number<std::size_t>(next_word(line));
    const auto crc = number<std::uint32_t>(next_word(line));
    if (!is_id(id) || !bytes || !crc || *bytes >= bundle.size()) break;
    const std::string_view result = bundle.substr(0, *bytes);
    if (checksum(result) == *crc) items.push_back({std::string(id), std::string(result)});
    bundle.remove_prefix(*bytes + 1);
  }
  return items;
}

}  // namespace dnm
