// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/translation.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTranslator>
#include <algorithm>
#include <array>
#include <optional>

#include "app/studio/widgets/text.h"
#include "core/parameters/parameter_table.h"
#include "viz/scenes/picture_options.h"

namespace dnm {

namespace {

const QTranslator* translator = nullptr;

/// Labels of the undo history, with a name in place of %1. The name is a label of a table, or as the user gave it.
constexpr std::array step_patterns{
    QT_TRANSLATE_NOOP("dnm::Words", "change of what is measured"),
    QT_TRANSLATE_NOOP("dnm::Words", "change of the copies"),
    QT_TRANSLATE_NOOP("dnm::Words", "draw from the model"),
    QT_TRANSLATE_NOOP("dnm::Words", "new seed"),
    QT_TRANSLATE_NOOP("dnm::Words", "pinning"),
    QT_TRANSLATE_NOOP("dnm::Words", "pinning of a random network"),
    QT_TRANSLATE_NOOP("dnm::Words", "name of a pin"),
    QT_TRANSLATE_NOOP("dnm::Words", "order of the pins"),
    QT_TRANSLATE_NOOP("dnm::Words", "picture of the pins"),
    QT_TRANSLATE_NOOP("dnm::Words", "return to the network that the run began with"),
    QT_TRANSLATE_NOOP("dnm::Words", "resize of the layers to the data"),
    QT_TRANSLATE_NOOP("dnm::Words", "change of %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "opening of %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "preset %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "removal of %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "reference %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "embedding by %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "point of the sweep: %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "setting of trial %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "comparison with update %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "showing of update %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "showing of %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "return to the settings of “%1”"),
    QT_TRANSLATE_NOOP("dnm::Words", "use of the network after %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "use of the network %1"),
    QT_TRANSLATE_NOOP("dnm::Words", "use of %1"),
};

/// What resources/translations has for exactly this text.
std::optional<QString> entry(const QString& text) {
  const QString found = translator->translate(table_context, text.toUtf8().constData());
  return found.isNull() ? std::nullopt : std::optional(found);
}

/// By the entry that has %1, %2 … in place of the numbers.
std::optional<QString> by_numbers(const QString& text) {
  // "5,763", "0.742", "98-196-196", "14:03", "1e-05"; not those in a name such as "CH3-L3" or "x_2".
  static const QRegularExpression number(R"((?<![\w.])\d+(?:[.,:-]\d+)*(?:e[+-]?\d+)?(?!\w))",
                                         QRegularExpression::UseUnicodePropertiesOption);
  QStringList numbers;
  QString pattern;
  qsizetype end = 0;
  for (auto matches = number.globalMatch(text); matches.hasNext();) {
    const QRegularExpressionMatch match = matches.next();
    numbers += match.captured();
    pattern += text.mid(end, match.capturedStart() - end) + "%" + QString::number(numbers.size());
    end = match.capturedEnd();
  }
  if (numbers.isEmpty()) return {};
  const std::optional<QString> found = entry(pattern + text.mid(end));
  if (!found) return {};
  QString filled;
  for (qsizetype i = 0; i < found->size(); ++i) {
    const int place = (*found)[i] == '%' && i + 1 < found->size() ? (*found)[i + 1].digitValue() : -1;
    if (place < 1 || place > numbers.size()) {
      filled += (*found)[i];
    } else {
      filled += numbers[place - 1];
      ++i;
    }
  }
  return filled;
}

std::optional<QString> known(const QString& text);

/// Part by part, if all of them are known.
std::optional<QString> by_parts(const QString& text) {
  const auto has_letters = [](const QString& part) {
    return std::any_of(part.begin(), part.end(), [](QChar letter) { return letter.isLetter(); });
  };
  for (const char* between : {". ", "; ", " · ", ": ", ", ", " → "}) {
    const QString separator = QString::fromUtf8(between);
    if (!text.contains(separator)) continue;
    QStringList parts;
    for (const QString& part : text.split(separator)) {
      const std::optional<QString> one = has_letters(part) ? known(part) : std::optional(part);
      if (!one) return {};
      parts += *one;
    }
    return parts.join(separator);
  }
  return {};
}

std::optional<QString> known(const QString& text) {
  std::optional<QString> found = entry(text);
  if (!found) found = by_numbers(text);
  if (!found && text.front().isLower()) found = entry(text.front().toUpper() + text.mid(1));
  if (!found) found = by_parts(text);
  // An id that stands for its label: "receptive-field".
  if (!found && text.contains('-') && !text.contains(' ')) found = known(QString(text).replace('-', ' '));
  return found;
}

}  // namespace

void set_table_translator(const QTranslator* wanted) { translator = wanted; }

bool has_translation(const QString& text) { return translator == nullptr || text.isEmpty() || known(text).has_value(); }

QString translated(const QString& text) {
  return translator == nullptr || text.isEmpty() ? text : known(text).value_or(text);
}

QString translated(std::string_view text) { return translated(to_qt(text)); }

QString translated_step(const QString& label) {
  if (translator == nullptr || label.isEmpty()) return label;
  for (const char* pattern : step_patterns) {
    const QString words = QString::fromUtf8(pattern);
    if (label == words) return Words::tr(pattern);
    if (!words.contains("%1")) continue;
    const QString start = words.section("%1", 0, 0), end = words.section("%1", 1);
    if (label.startsWith(start) && label.endsWith(end))
      return Words::tr(pattern).arg(translated(label.mid(start.size(), label.size() - start.size() - end.size())));
  }
  if (const auto whole = known(label)) return *whole;
  for (const auto& option : picture_option_table()) {
    const QString start = to_qt(option.info.label).toLower();
    if (label.startsWith(start + " "))
      return translated(option.info.label) + ": " + translated(label.mid(start.size() + 1));
  }
  return label;
}

}  // namespace dnm
