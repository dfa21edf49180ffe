// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/shared_work/shared_work.h"

namespace dnm {

/// The text of a slot: one line with kind, worker, deaths, length and CRC-32, then the note or result. What was cut off
/// or changed is found.
[[nodiscard]] std::string record_text(const WorkSlot& slot);
/// The slot of a record; its kind is damaged where the text is not whole. Linear.
[[nodiscard]] WorkSlot read_record(std::string_view record);

/// "ID.NUMBER", the name of a slot.
struct SlotName {
  std::string id;
  int number = 0;
};
[[nodiscard]] std::string slot_name(const std::string& id, int number);
/// Nothing for a name that is not one of a slot.
[[nodiscard]] std::optional<SlotName> read_slot_name(std::string_view name);
/// Throws InvalidInput for what cannot be an id.
void check_work_id(std::string_view id);

struct FinishedItem {
  std::string id;
  std::string result;
};
/// Several results as one text.
[[nodiscard]] std::string bundle_text(const std::vector<FinishedItem>& items);
/// Those of its results that are whole. Linear.
[[nodiscard]] std::vector<FinishedItem> read_bundle(std::string_view bundle);

}  // namespace dnm
