// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/tensor_stack.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/files/file_text.h"
#include "core/support/letter_case.h"

namespace dnm {
namespace {

constexpr std::size_t longest_name = 120;

std::string size_text(const TensorShape& tensor) {
  std::string text;
  for (const std::uint64_t side : tensor.shape) text += (text.empty() ? "" : " × ") + std::to_string(side);
  return text.empty() ? "a single value" : text;
}
std::string described(const TensorShape& tensor) { return shown_name(tensor.name) + " (" + size_text(tensor) + ")"; }

/// "a (2 × 3), b (4 × 2) and 5 more".
std::string listed(std::span<const TensorShape> tensors, std::span<const std::size_t> which) {
  std::string text;
  for (std::size_t i = 0; i < std::min(which.size(), most_listed_tensors); ++i) {
    text += (i == 0 ? "" : ", ") + described(tensors[which[i]]);
  }
  if (which.size() > most_listed_tensors)
    text += " and " + std::to_string(which.size() - most_listed_tensors) + " more";
  return text;
}

bool is_matrix(const TensorShape& tensor) {
  return tensor.shape.size() == 2 && tensor.shape[0] > 0 && tensor.shape[1] > 0;
}

/// "fc1.weight" of "fc1.weight_mask", "fc1" of "fc1.mask"; nothing for a name of something else.
std::optional<std::string_view> masked_stem(std::string_view name) {
  constexpr std::string_view word = "mask";
  if (name.size() < word.size() + 2 || lower_case(name.substr(name.size() - word.size())) != word) return std::nullopt;
  const char before = name[name.size() - word.size() - 1];
  if (before != '_' && before != '.' && before != '/') return std::nullopt;
  return name.substr(0, name.size() - word.size() - 1);
}

/// Whether the names are in ascending order as texts, so that the file's order says nothing of the layers'.
bool sorted_as_text(std::span<const TensorShape> tensors, std::span<const std::size_t> order) {
  return std::is_sorted(order.begin(), order.end(),
                        [&](std::size_t a, std::size_t b) { return tensors[a].name < tensors[b].name; });
}

constexpr std::string_view digits = "0123456789";

/// Compares texts, but numbers in them by their value: "fc2" before "fc10".
bool before_by_number(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (digits.find(a.front()) == digits.npos || digits.find(b.front()) == digits.npos) {
      if (a.front() != b.front()) return a.front() < b.front();
      a.remove_prefix(1);
      b.remove_prefix(1);
      continue;
    }
    const auto take_number = [](std::string_view& text) {
      std::string_view number = text.substr(0, text.find_first_not_of(digits));
      text.remove_prefix(number.size());
      number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
      return number;
    };
    const std::string_view x = take_number(a);
    const std::string_view y = take_number(b);
    if (x != y) return x.size() != y.size() ? x.size() < y.size() : x < y;
  }
  return a.size() < b.size();
}

std::vector<std::size_t> ordered_by_number(std::span<const TensorShape> tensors, std::vector<std::size_t> matrices) {
  std::stable_sort(matrices.begin(), matrices.end(),
                   [&](std::size_t a, std::size_t b) { return before_by_number(tensors[a].name, tensors[b].name); });
  return matrices;
}

std::uint64_t inputs_of(const TensorShape& tensor, bool transposed) { return tensor.shape[transposed ? 0 : 1]; }
std::uint64_t outputs_of(const TensorShape& tensor, bool transposed) { return tensor.shape[transposed ? 1 : 0]; }

bool chains(std::span<const TensorShape> tensors, std::span<const std::size_t> order, bool transposed) {
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (outputs_of(tensors[order[i - 1]], transposed) != inputs_of(tensors[order[i]], transposed)) return false;
  }
  return true;
}

/// The order in which matrices of outputs × inputs fit; nothing when there is none or there may be several. Square
/// matrices of one size keep their order.
std::optional<std::vector<std::size_t>> only_order(std::span<const TensorShape> tensors,
                                                   std::span<const std::size_t> matrices) {
  std::map<std::uint64_t, std::vector<std::size_t>> square;
  std::map<std::uint64_t, std::size_t> from;  // size of the inputs -> the matrix
  std::map<std::uint64_t, std::size_t> into;
  for (const std::size_t matrix : matrices) {
    const std::uint64_t inputs = inputs_of(tensors[matrix], false);
    const std::uint64_t outputs = outputs_of(tensors[matrix], false);
    if (inputs == outputs) {
      square[inputs].push_back(matrix);
    } else if (!from.emplace(inputs, matrix).second || !into.emplace(outputs, matrix).second) {
      return std::nullopt;
    }
  }
  const auto start =
      std::find_if(from.begin(), from.end(), [&](const auto& entry) { return !into.contains(entry.first); });
  if (start == from.end()) return std::nullopt;
  std::vector<std::size_t> order;
  for (std::uint64_t size = start->first;;) {
    if (const auto here = square.find(size); here != square.end()) {
      order.insert(order.end(), here->second.begin(), here->second.end());
    }
    const auto next = from.find(size);
    if (next == from.end()) break;
    order.push_back(next->second);
    size = outputs_of(tensors[next->second], false);
  }
  if (order.size() != matrices.size()) return std::nullopt;
  return order;
}

std::vector<StackedTensor> stacked(std::span<const std::size_t> order, bool transposed) {
  std::vector<StackedTensor> layers;
  layers.reserve(order.size());
  for (const std::size_t matrix : order) layers.push_back({matrix, transposed});
  return layers;
}

/// The longest part of the order that fits with the first matrix stored so.
struct Chain {
  std::vector<StackedTensor> layers{};
  std::vector<std::uint64_t> sizes{};
};
Chain longest_chain(std::span<const TensorShape> tensors, std::span<const std::size_t> order, bool first_transposed) {
  Chain chain{
      {{order.front(), first_transposed}},
      {inputs_of(tensors[order.front()], first_transposed), outputs_of(tensors[order.front()], first_transposed)}};
  for (const std::size_t matrix : order.subspan(1)) {
    // Only a square one fits both ways, with as many outputs either way.
    const bool transposed = inputs_of(tensors[matrix], false) != chain.sizes.back();
    if (transposed && inputs_of(tensors[matrix], true) != chain.sizes.back()) break;
    chain.layers.push_back({matrix, transposed});
    chain.sizes.push_back(outputs_of(tensors[matrix], transposed));
  }
  return chain;
}

/// The whole order with all matrices stored the same way.
Chain uniform_chain(std::span<const TensorShape> tensors, std::span<const std::size_t> order, bool transposed) {
  Chain chain{stacked(order, transposed), {inputs_of(tensors[order.front()], transposed)}};
  for (const std::size_t matrix : order) chain.sizes.push_back(outputs_of(tensors[matrix], transposed));
  return chain;
}

/// Why the order ends behind the longer of two chains.
std::string misfit_text(std::span<const TensorShape> tensors, std::span<const std::size_t> order, const Chain& one,
                        const Chain& other) {
  const std::size_t place = std::max(one.layers.size(), other.layers.size());
  std::string sizes;
  for (const Chain* chain : {&one, &other}) {
    if (chain->layers.size() != place) continue;
    const std::string size = std::to_string(chain->sizes.back());
    if (sizes != size) sizes += (sizes.empty() ? "" : " or ") + size;
  }
  return described(tensors[order[place]]) + " does not follow " + described(tensors[order[place - 1]]) +
         ": neither of its sides is " + sizes;
}

[[noreturn]] void refuse(std::span<const TensorShape> tensors, const std::filesystem::path& path,
                         const std::string& why) {
  const std::vector<std::size_t> matrices = layer_matrices(tensors);
  std::vector<TensorShape> choice;
  for (const std::size_t matrix : matrices) choice.push_back(tensors[matrix]);
  std::string message = "cannot read " + path.string() + ": " + why;
  if (!matrices.empty()) message += "; it holds " + listed(tensors, matrices);
  throw TensorChoiceNeeded(message, std::move(choice));
}

std::vector<std::size_t> find_wanted(std::span<const TensorShape> tensors, std::span<const std::string> wanted,
                                     const std::filesystem::path& path) {
  std::unordered_map<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < tensors.size(); ++i) by_name.emplace(tensors[i].name, i);
  std::vector<std::size_t> order;
  for (const std::string& name : wanted) {
    const auto found = by_name.find(name);
    if (found == by_name.end()) refuse(tensors, path, "it has no matrix \"" + shown_name(name) + "\"");
    if (!is_matrix(tensors[found->second])) {
      refuse(tensors, path, "its tensor " + described(tensors[found->second]) + " is not a matrix and so no layer");
    }
    order.push_back(found->second);
  }
  return order;
}

std::string way_text(bool transposed) { return transposed ? "inputs × outputs" : "outputs × inputs"; }

/// "the matrices are read as layers in this order: a (20 × 10), b (5 × 20), each outputs × inputs".
std::string order_notice(std::span<const TensorShape> tensors, std::span<const StackedTensor> layers) {
  std::vector<std::size_t> order;
  for (const StackedTensor& layer : layers) order.push_back(layer.index);
  const bool transposed = layers.front().transposed;
  if (layers.size() == 1) {
    return "the matrix " + described(tensors[order.front()]) + " is read as one layer, " + way_text(transposed);
  }
  std::string text = "the matrices are read as layers in this order: " + listed(tensors, order);
  const auto others = std::count_if(layers.begin(), layers.end(),
                                    [&](const StackedTensor& layer) { return layer.transposed != transposed; });
  if (others == 0) {
    text += ", each " + way_text(transposed);
    if (!transposed && chains(tensors, order, true)) text += " (the other way would fit as well)";
    if (transposed) text += " (in the reverse order they would fit as outputs × inputs; --tensors tells the order)";
    return text;
  }
  text += "; these are inputs × outputs, the others outputs × inputs:";
  std::string_view separator = " ";
  for (const StackedTensor& layer : layers) {
    if (!layer.transposed) continue;
    text.append(separator).append(shown_name(tensors[layer.index].name));
    separator = ", ";
  }
  return text;
}

}  // namespace

std::string shown_name(std::string_view name) {
  const std::string text = without_control_characters(std::string(name.substr(0, longest_name)));
  return name.size() > longest_name ? text + "…" : text;
}

std::vector<std::size_t> layer_matrices(std::span<const TensorShape> tensors) {
  std::unordered_map<std::string, const TensorShape*> masks;
  for (const TensorShape& tensor : tensors) {
    if (const auto stem = masked_stem(tensor.name); stem && is_matrix(tensor)) masks.emplace(*stem, &tensor);
  }
  const auto has_mask = [&](const TensorShape& tensor) {
    const auto masked_as = [&](std::string_view stem) {
      const auto mask = masks.find(std::string(stem));
      return mask != masks.end() && mask->second != &tensor && mask->second->shape == tensor.shape;
    };
    constexpr std::array<std::string_view, 3> endings{"_orig", ".weight", "_weight"};
    const std::string_view name = tensor.name;
    return masked_as(name) || std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
             return name.ends_with(ending) && masked_as(name.substr(0, name.size() - ending.size()));
           });
  };
  std::vector<std::size_t> matrices;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (is_matrix(tensors[i]) && !has_mask(tensors[i])) matrices.push_back(i);
  }
  return matrices;
}

TensorFit fit_tensors(std::span<const TensorShape> tensors, std::span<const std::size_t> order) {
  if (order.empty()) return {};
  for (const bool transposed : {false, true}) {
    if (!chains(tensors, order, transposed)) continue;
    Chain chain = uniform_chain(tensors, order, transposed);
    return {std::move(chain.layers), std::move(chain.sizes), {}};
  }
  Chain plain = longest_chain(tensors, order, false);
  Chain turned = longest_chain(tensors, order, true);
  for (Chain* chain : {&plain, &turned}) {
    if (chain->layers.size() == order.size()) return {std::move(chain->layers), std::move(chain->sizes), {}};
  }
  return {{}, {}, misfit_text(tensors, order, plain, turned)};
}

std::string tensors_text(std::span<const std::string> names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ',';
    for (const char letter : name) {
      if (letter == ',' || letter == '\\') text += '\\';
      text += letter;
    }
  }
  return text;
}

std::vector<std::string> tensors_named(std::string_view text) {
  std::vector<std::string> names(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ',') {
      names.emplace_back();
    } else {
      const bool is_escape = text[at] == '\\' && at + 1 < text.size();
      names.back() += text[is_escape ? ++at : at];
    }
  }
  if (std::find(names.begin(), names.end(), std::string()) != names.end()) {
    throw InvalidInput("a name is missing in the list of matrices \"" + shown_name(text) +
                       "\"; give names with a comma between them, as in fc1,fc2");
  }
  return names;
}

TensorStack stack_tensors(std::span<const TensorShape> tensors, std::span<const std::string> wanted,
                          const std::filesystem::path& path) {
  TensorStack stack;
  if (!wanted.empty()) {
    const std::vector<std::size_t> order = find_wanted(tensors, wanted, path);
    TensorFit fit = fit_tensors(tensors, order);
    if (!fit.problem.empty()) {
      refuse(tensors, path, "the outputs of each matrix must be as many as the inputs of the next, but " + fit.problem);
    }
    stack.layers = std::move(fit.layers);
    stack.notices.push_back(order_notice(tensors, stack.layers));
    return stack;
  }
  std::vector<std::size_t> order = layer_matrices(tensors);
  if (order.empty()) refuse(tensors, path, "it holds no matrix (an array of two dimensions)");
  const std::vector<std::size_t> numbered = ordered_by_number(tensors, order);
  if (sorted_as_text(tensors, order)) order = numbered;
  if (chains(tensors, order, false)) {
    stack.layers = stacked(order, false);
  } else if (chains(tensors, numbered, false)) {
    stack.layers = stacked(numbered, false);
  } else if (chains(tensors, order, true)) {
    stack.layers = stacked(order, true);
  } else if (const auto other = only_order(tensors, order)) {
    stack.layers = stacked(*other, false);
  } else {
    refuse(tensors, path,
           "its matrices do not make one chain of layers, the outputs of each being the inputs of the next; name those "
           "that do, in their order, with --tensors A,B");
  }
  stack.notices.push_back(order_notice(tensors, stack.layers));
  std::vector<std::size_t> blocks;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (tensors[i].shape.size() > 2) blocks.push_back(i);
  }
  if (!blocks.empty()) {
    stack.notices.push_back(
        (blocks.size() == 1 ? "a tensor" : std::to_string(blocks.size()) + " tensors") +
        " of more than two dimensions cannot be a layer and is left aside: " + listed(tensors, blocks));
  }
  return stack;
}

}  // namespace dnm
