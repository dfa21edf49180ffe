// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string_view>

class QTranslator;

// The words of the window in the language that it speaks. Where there is no translator, all texts stay as the code has
// them: English.
namespace dnm {

/// tr() for functions that are in no class with Q_OBJECT.
struct Words {
  Q_DECLARE_TR_FUNCTIONS(dnm::Words)
};

/// The context of the texts of tables in resources/translations.
inline constexpr const char* table_context = "tables";

/// A text of the tables and functions that know no Qt: a label, a sentence, or words with numbers such as "5,763
/// links", of which resources/translations has "%1 links". Of parts between commas, semicolons, colons, dots or arrows
/// each is looked up, if all are known; "test accuracy" is found as "Test accuracy". What has no translation is
/// returned as it is. For display alone: what is compared, kept or written is the English text.
[[nodiscard]] QString translated(std::string_view text);
[[nodiscard]] QString translated(const QString& text);
[[nodiscard]] inline QString translated(const char* text) { return translated(std::string_view(text)); }
/// Whether a translation of the text is known; always, where there is no translator.
[[nodiscard]] bool has_translation(const QString& text);

/// The label of a step of the undo history, which documents keep in English: "change of sparsity".
[[nodiscard]] QString translated_step(const QString& label);

/// What translated() looks in; null: nothing is translated. It must stay until another is set.
void set_table_translator(const QTranslator* translator);

}  // namespace dnm
