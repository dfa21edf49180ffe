// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table_options.h"

#include "core/parameters/look_up.h"

namespace dnm::cli {
namespace {

std::string placeholder(const ParameterInfo& info) {
  switch (info.kind) {
    case ParameterKind::flag:
      return "";
    case ParameterKind::integer:
      return "N";
    case ParameterKind::real:
      return "X";
    case ParameterKind::choice:
      return "NAME";
    case ParameterKind::text:
      return "TEXT";
    case ParameterKind::path:
      return info.target == PathTarget::folder ? "DIR" : "FILE";
    case ParameterKind::distribution:
      return info.has_mean ? "FAMILY:MEAN[,SPREAD]" : "FAMILY[:SPREAD]";
    case ParameterKind::integer_list:
      return "N,N,…";
  }
  return "";
}

/// What a shell completes a value with.
std::vector<std::string_view> words_of(const ParameterInfo& info) {
  return row_ids(info.kind == ParameterKind::distribution ? family_choices() : info.choices);
}

std::string bound_text(ParameterInfo info, double bound) {
  if (info.kind == ParameterKind::integer) return format_value(info, static_cast<std::int64_t>(bound));
  info.kind = ParameterKind::real;
  return format_value(info, bound);
}

}  // namespace

std::string help_of(const ParameterInfo& info, const ParameterValue& default_value) {
  std::string help(info.meaning);
  if (help.ends_with('.')) help.pop_back();
  // Lists the reserved words of a text that takes other values too.
  if (info.kind == ParameterKind::choice || (info.kind == ParameterKind::text && !info.choices.empty())) {
    help += ":";
    for (std::size_t i = 0; i < info.choices.size(); ++i) {
      help.append(i == 0 ? " " : ", ").append(info.choices[i].id);
    }
  }
  if (info.kind == ParameterKind::real || info.kind == ParameterKind::integer) {
    help += "; " + bound_text(info, info.range.minimum) + " to " + bound_text(info, info.range.maximum);
  }
  if (info.kind != ParameterKind::flag) {
    if (info.bare) {
      help += "; without a number " + bound_text(info, *info.bare) + ", else --" + std::string(info.id) + "=N";
    }
    if (const std::string text = format_value(info, default_value); !text.empty()) help += " [" + text + "]";
  }
  return help;
}

void TableOptions::add(OptionParser& parser, const ParameterInfo& info, const ParameterValue& default_value,
                       const std::string& group, const std::string& parts) {
  std::vector<std::string>& texts = texts_[std::string(info.id)];
  const OptionText text{.name = "--" + std::string(info.id),
                        .help = help_of(info, default_value) + (parts.empty() ? "" : ", of the " + parts),
                        .placeholder = info.bare ? "" : placeholder(info),
                        .group = group,
                        .choices = words_of(info)};
  if (info.kind == ParameterKind::flag) {
    parser.add_flag(text, [&texts] { texts = {"true"}; });
  } else if (info.bare) {
    // A flag, so that a file name can follow it.
    parser.add_flag(text, bound_text(info, *info.bare), [&texts](const std::string& given) { texts = {given}; });
  } else {
    parser.add(text, texts, info.per_layer ? Repeat::all : Repeat::last);
  }
}

const std::vector<std::string>& TableOptions::texts(std::string_view id) const {
  static const std::vector<std::string> none;
  const auto found = texts_.find(id);
  return found == texts_.end() ? none : found->second;
}

std::optional<ParameterValue> TableOptions::value(const ParameterInfo& info) const {
  const std::vector<std::string>& given = texts(info.id);
  if (given.empty()) return std::nullopt;
  return parse_value(info, given.back());
}

}  // namespace dnm::cli
