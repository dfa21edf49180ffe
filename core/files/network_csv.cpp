// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_csv.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/edge_table.h"
#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/support/csv_cell.h"
#include "core/support/letter_case.h"

namespace dnm {
namespace {

constexpr std::string_view separators = ",;\t ";

/// Takes Excel's line "sep=;" from the front of a text: its separator, or nothing.
std::string_view take_separator(std::string_view& text) {
  std::string_view rest = text;
  std::string_view line = next_line(rest);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() != 5 || lower_case(line.substr(0, 4)) != "sep=") return {};
  text = rest;
  return line.substr(4);
}

bool are_distinct(const std::vector<std::string>& names) {
  const std::unordered_set<std::string_view> known(names.begin(), names.end());
  return known.size() == names.size() && !known.contains("");
}

}  // namespace

bool is_csv(std::string_view start) {
  const std::string_view separator = take_separator(start);
  if (!separator.empty()) return true;
  return names_link_columns(start, ',') || names_link_columns(start, ';');
}

NetworkFile read_csv(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const std::string content = whole_file(path);
  std::string_view text = content;
  EdgeTableStyle style{take_separator(text), false, true};
  if (style.separators.empty()) style.separators = separators;
  return read_edge_table(text, style, path, options, control);
}

void write_csv(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  const NodeNames& names = network.names();
  const std::vector<std::string>* ids = nullptr;
  if (!names.ids.empty()) {
    ids = &names.ids;
  } else if (!names.labels.empty() && are_distinct(names.labels)) {
    ids = &names.labels;
  }
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    const auto add_node = [&](NodeIndex node) {
      ids == nullptr ? text.add_count(node) : text.add(csv_cell((*ids)[node]));
    };
    text.add("source,target\n");
    for_each_link(network, [&](NodeIndex u, NodeIndex v) {
      add_node(u);
      text.add(",");
      add_node(v);
      text.add("\n");
    });
    text.finish();
  });
}

}  // namespace dnm
