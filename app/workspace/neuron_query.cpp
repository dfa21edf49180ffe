// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/neuron_query.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/trimmed.h"

namespace dnm {

namespace {

constexpr std::string_view blanks = " \t";

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(trimmed(text.substr(begin, end == text.npos ? end : end - begin)));
    if (end == text.npos) return parts;
    begin = end + separator.size();
  }
}

template <class Number>
std::optional<Number> as_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// "98" or "98-120".
struct NumberRange {
  NodeIndex first, last;
};
std::optional<NumberRange> as_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = as_number<NodeIndex>(trimmed(text.substr(0, dash)));
  const auto last = dash == text.npos ? first : as_number<NodeIndex>(trimmed(text.substr(dash + 1)));
  return first && last ? std::optional(NumberRange{*first, *last}) : std::nullopt;
}

/// What stands behind `word` and blanks, if the text begins with it.
std::optional<std::string_view> behind(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return std::nullopt;
  const std::string_view rest = text.substr(word.size());
  if (!rest.empty() && blanks.find(rest.front()) == blanks.npos) return std::nullopt;
  return trimmed(rest);
}

/// Neurons that are named by their place.
struct NamedPlace {
  std::size_t layer;
  std::optional<NumberRange> neurons;  ///< nothing: all
};
std::optional<NamedPlace> as_place(std::string_view text, bool is_layered) {
  if (text == "inputs") return NamedPlace{0, std::nullopt};
  for (const std::string_view word : {"input", "node"}) {
    if ((word == "node") == is_layered) continue;
    if (const auto rest = behind(text, word)) {
      if (const auto range = as_range(*rest)) return NamedPlace{0, range};
    }
  }
  const auto rest = behind(text, "layer");
  if (!rest || !is_layered) return std::nullopt;
  const std::size_t end = rest->find_first_of(blanks);
  const auto layer = as_number<std::size_t>(rest->substr(0, end));
  if (!layer) return std::nullopt;
  if (end == rest->npos) return NamedPlace{*layer, std::nullopt};
  const auto neuron = behind(trimmed(rest->substr(end)), "neuron");
  const auto range = neuron ? as_range(*neuron) : std::nullopt;
  return range ? std::optional(NamedPlace{*layer, range}) : std::nullopt;
}

bool compare(double value, std::string_view sign, double bound) {
  if (std::isnan(value)) return false;
  if (sign == "=") return value == bound;
  if (sign == "!=") return value != bound;
  if (sign == "<") return value < bound;
  if (sign == "<=") return value <= bound;
  return sign == ">" ? value > bound : value >= bound;
}

struct Comparison {
  std::string_view name, sign, bound;
};
std::optional<Comparison> as_comparison(std::string_view text) {
  const std::size_t at = text.find_first_of("=!<>");
  if (at == text.npos || at == 0) return std::nullopt;
  const std::size_t length = at + 1 < text.size() && text[at + 1] == '=' ? 2 : 1;
  const std::string_view sign = text.substr(at, length);
  if (sign == "!") return std::nullopt;
  return Comparison{trimmed(text.substr(0, at)), sign == "==" ? "=" : sign, trimmed(text.substr(at + length))};
}

std::size_t column_named(const NeuronTable& table, std::string_view name) {
  std::vector<std::string_view> ids;
  for (std::size_t column = 0; column < table.columns().size(); ++column) {
    const NeuronColumn& found = table.columns()[column];
    if (lower_case(found.id) == name || lower_case(found.label) == name) return column;
    ids.push_back(found.id);
  }
  throw_unknown("column", name, ids);
}

}  // namespace

NeuronQuery::NeuronQuery(std::string_view text, const NeuronTable& table) : table_(table) {
  const std::string lower = lower_case(text);
  for (const std::string_view alternative : split(lower, ",")) {
    if (alternative.empty()) continue;
    std::vector<Part> parts;
    for (const std::string_view part : split(alternative, " and ")) {
      if (!part.empty()) parts.push_back(parse_part(part));
    }
    alternatives_.push_back(std::move(parts));
  }
}

NeuronQuery::Part NeuronQuery::parse_part(std::string_view text) const {
  const NetworkPointer network = table_.network();
  if (const auto place = as_place(text, network && network->is_layered())) {
    return [network, place = *place](std::size_t row) {
      const auto node = static_cast<NodeIndex>(row);
      const std::size_t layer = network->layer_of(node);
      const NodeIndex neuron = node - network->first_node(layer);
      return layer == place.layer &&
             (!place.neurons || (neuron >= place.neurons->first && neuron <= place.neurons->last));
    };
  }
  if (const auto comparison = as_comparison(text)) {
    const std::size_t column = column_named(table_, comparison->name);
    const std::string sign(comparison->sign), bound_text(comparison->bound);
    const NeuronColumn& values = table_.columns()[column];
    if (values.numbers.empty()) {
      if (sign != "=" && sign != "!=") {
        throw InvalidInput("column " + values.id + " holds words: compare them by = or !=");
      }
      return [this, column, is_equal = sign == "=", bound_text](std::size_t row) {
        return (lower_case(table_.text(row, column)) == bound_text) == is_equal;
      };
    }
    const auto bound = as_number<double>(comparison->bound);
    if (!bound) throw InvalidInput("\"" + bound_text + "\" is no number to compare " + values.id + " with");
    return [&values, sign, bound = *bound](std::size_t row) { return compare(values.numbers[row], sign, bound); };
  }
  // A whole name is that neuron alone: "q neuron 3" is not "q neuron 30".
  const auto has = [this, piece = std::string(text)](std::size_t row, bool whole) {
    for (std::size_t column = 0; column < table_.columns().size(); ++column) {
      if (!table_.columns()[column].numbers.empty()) continue;
      const std::string words = lower_case(table_.text(row, column));
      if (whole ? words == piece : words.find(piece) != std::string::npos) return true;
    }
    return false;
  };
  bool whole = false;
  for (std::size_t row = 0; row < table_.row_count() && !whole; ++row) whole = has(row, true);
  return [has, whole](std::size_t row) { return has(row, whole); };
}

bool NeuronQuery::matches(std::size_t row) const {
  return alternatives_.empty() || std::ranges::any_of(alternatives_, [row](const std::vector<Part>& parts) {
           return std::ranges::all_of(parts, [row](const Part& part) { return part(row); });
         });
}

std::vector<NodeIndex> NeuronQuery::rows() const {
  std::vector<NodeIndex> found;
  for (std::size_t row = 0; row < table_.row_count(); ++row) {
    if (matches(row)) found.push_back(static_cast<NodeIndex>(row));
  }
  return found;
}

}  // namespace dnm
