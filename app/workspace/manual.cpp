// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/manual.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

#include "core/parameters/look_up.h"
#include "core/support/compiled_text.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"

namespace dnm {

/// The pages of resources/manual.
std::span<const CompiledText> manual_texts();

namespace {

struct Row {
  std::string_view topic;
  std::string_view summary;
};

/// Empty if there is no such file.
std::string_view manual_page_text(std::string_view topic) {
  const auto found = std::ranges::find(manual_texts(), topic, &CompiledText::name);
  return found == manual_texts().end() ? std::string_view() : found->text;
}

constexpr std::array rows{
    Row{"index", "What the manual holds"},
    Row{"using/window", "The window: panels, pictures, keys"},
    Row{"using/command-line", "The command line: every command with an example"},
    Row{"using/files", "Files: networks, sessions, data sets, run folders"},
    Row{"using/training-runs", "Training runs: seeds, folders, stopping and resuming, comparing"},
    Row{"using/search", "Searching for settings: samplers, the file of a search, its folder"},
    Row{"using/cluster", "Searches on a cluster: Slurm, status, what workers share"},
    Row{"using/figures", "Figures: panels, colours, widths, what a figure carries"},
    Row{"using/limits", "Limits and troubleshooting"},
    Row{"methods/model", "The Dendritic Network Model, step by step"},
    Row{"methods/baselines", "The other initialisers and the links per layer"},
    Row{"methods/measures", "Path length, modularity, structural consistency, power law, chance"},
    Row{"methods/embedding", "Coalescent embedding in the hyperbolic disk"},
    Row{"methods/training", "The perceptron, its optimiser, sparse steps, reported accuracy"},
    Row{"methods/translation", "Parallel text, pieces, batches and BLEU"},
    Row{"methods/rewiring", "Dynamic sparse training: the published rules"},
    Row{"methods/conventions", "Random numbers, rounding, symbols, errors"},
    Row{"architecture", "The map of the source: folders, data flow, threads"},
    Row{"how-to/add-a-parameter", "Add a parameter"},
    Row{"how-to/add-an-initialiser", "Add an initialiser"},
    Row{"how-to/add-a-measure", "Add a measure"},
    Row{"how-to/add-a-picture", "Add a picture"},
    Row{"how-to/add-a-colouring", "Add a colouring of the neurons"},
    Row{"how-to/add-a-file-format", "Add a network format"},
    Row{"how-to/add-a-rewiring-rule", "Add a rewiring rule"},
    Row{"how-to/add-a-training-model", "Add a training model"},
    Row{"how-to/add-a-task", "Add a task or a data set"},
    Row{"how-to/add-a-metric", "Add a metric"},
    Row{"how-to/add-a-command", "Add a command or a page of this manual"},
    Row{"how-to/translate", "Translate the window"},
};

/// Keeps letters, digits and other scripts, makes blanks hyphens and drops everything else, as Git hosts do.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char letter : heading) {
    const bool kept = (letter >= '0' && letter <= '9') || (lower_case(letter) >= 'a' && lower_case(letter) <= 'z') ||
                      letter == '-' || letter == '_' || static_cast<unsigned char>(letter) >= 0x80;
    if (kept) anchor += lower_case(letter);
    if (letter == ' ') anchor += '-';
  }
  return anchor;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

std::span<const ManualPage> manual_pages() {
  static const auto pages = [] {
    std::array<ManualPage, rows.size()> made;
    std::ranges::transform(rows, made.begin(), [](const Row& row) {
      return ManualPage{row.topic, row.summary, manual_page_text(row.topic)};
    });
    return made;
  }();
  return pages;
}

const ManualPage* find_manual_page(std::string_view topic) { return find_row(manual_pages(), topic); }

const ManualPage& manual_page(std::string_view topic) {
  if (const ManualPage* page = find_manual_page(topic)) return *page;
  const ManualPage* named = nullptr;
  bool unique = true;
  std::vector<std::string_view> known;
  for (const ManualPage& page : manual_pages()) {
    const std::string_view last = page.topic.substr(page.topic.rfind('/') + 1);
    known.push_back(page.topic);
    known.push_back(last);
    if (last != topic) continue;
    unique = named == nullptr;
    named = &page;
  }
  if (named && unique) return *named;
  throw InvalidInput(unknown_text("page of the manual", topic, known, "dnm help lists them"));
}

bool is_manual_fence(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size())).starts_with("```");
}

std::vector<ManualHeading> manual_headings(const ManualPage& page) {
  std::vector<ManualHeading> headings;
  std::string_view text = page.text;
  bool in_code = false;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (is_manual_fence(line)) in_code = !in_code;
    const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    if (in_code || level == 0 || level == line.size() || line[level] != ' ') continue;
    std::string heading(line.substr(level + 1));
    std::erase(heading, '`');
    headings.push_back({static_cast<int>(level), heading, anchor_of(heading)});
  }
  return headings;
}

std::string manual_title(const ManualPage& page) {
  const auto headings = manual_headings(page);
  return headings.empty() ? std::string(page.topic) : headings.front().text;
}

std::optional<ManualLink> follow_manual_link(const ManualPage& from, std::string_view target) {
  const std::size_t hash = std::min(target.find('#'), target.size());
  const std::string_view file = target.substr(0, hash);
  const std::string anchor(target.substr(std::min(hash + 1, target.size())));
  if (file.empty()) return ManualLink{&from, anchor};
  if (!file.ends_with(".md") || file.find("://") != std::string_view::npos) return std::nullopt;
  const auto path = (std::filesystem::path(from.topic).parent_path() / file).lexically_normal();
  const std::string topic = path.generic_string();
  const ManualPage* page = find_manual_page(std::string_view(topic).substr(0, topic.size() - 3));
  if (!page) return std::nullopt;
  return ManualLink{page, anchor};
}

std::vector<const ManualPage*> search_manual(std::string_view words) {
  std::string_view left = words;
  std::vector<std::string> wanted;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find(' '), left.size());
    if (end > 0) wanted.push_back(lower_case(left.substr(0, end)));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  std::vector<const ManualPage*> found;
  for (const ManualPage& page : manual_pages()) {
    const std::string text = lower_case(page.text);
    if (std::ranges::all_of(wanted, [&](const std::string& word) { return text.find(word) != std::string::npos; }))
      found.push_back(&page);
  }
  return found;
}

}  // namespace dnm
