// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/workspace/state.h"
#include "core/support/json.h"

namespace dnm {

/// Adds what is shown to the JSON object of a session or an experiment: "network_file", the file of the network,
/// "network_reading", how it is read ("as", "tensors", "format", each only where it was chosen), and "shown_run", the
/// run (its experiment, seed, folder and update, "compared" where another than the one before it was chosen, "matrices"
/// where they are not all, and "follows" where it does not); each only where there is one. Networks are not written.
void add_shown(OrderedJson& json, const Shown& shown);
/// The inverse: ShownModel where the object has no such key. Networks are left to be read. Throws FileError.
[[nodiscard]] Shown shown_from_json(const OrderedJson& json);

/// How a network file is read, as the text of a JSON object.
[[nodiscard]] std::string reading_text(const ReadOptions& reading);
/// The inverse; of a text that is damaged, how a file is read without options.
[[nodiscard]] ReadOptions reading_from_text(const std::string& text);

}  // namespace dnm
