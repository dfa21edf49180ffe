// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <array>
#include <memory>

#include "app/studio/widgets/text.h"
#include "app/studio/widgets/translation.h"
#include "core/parameters/look_up.h"
#include "viz/screen/screen_words.h"

namespace dnm {

namespace {

constexpr const char* setting = "window/language";

constexpr std::array choices{
    Choice{"system", "System", "The language of the desktop, if the window speaks it; else English."},
    Choice{"en", "English", "English, whatever the desktop has."},
    Choice{"de", "German", "German, whatever the desktop has."},
};

bool is_german(Language language) {
  if (language != Language::system) return language == Language::german;
  // The first of those that the user can read and the window speaks.
  for (const QString& name : QLocale::system().uiLanguages()) {
    const QLocale::Language one = QLocale(name).language();
    if (one == QLocale::German || one == QLocale::English) return one == QLocale::German;
  }
  return false;
}

/// What is installed in the program, in the order of loading.
struct Translators {
  std::unique_ptr<QTranslator> qt;
  std::unique_ptr<QTranslator> own;
};

}  // namespace

std::span<const Choice> language_choices() { return choices; }

void apply_language(Language language) {
  static Translators installed;
  set_table_translator(nullptr);
  set_screen_words(nullptr);
  installed = {};  // a translator that goes is installed no more
  if (!is_german(language)) return;
  installed.qt = std::make_unique<QTranslator>();
  if (installed.qt->load("qtbase_de", QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(installed.qt.get());
  installed.own = std::make_unique<QTranslator>();
  if (!installed.own->load(":/translations/dnm_de.qm")) return;
  QCoreApplication::installTranslator(installed.own.get());
  set_table_translator(installed.own.get());
  set_screen_words([](const std::string& english) { return translated(english).toStdString(); });
}

Language language_of(std::string_view id) {
  return static_cast<Language>(&look_up(std::span<const Choice>(choices), id, "language") - choices.data());
}

Language kept_language() {
  const std::string id = QSettings().value(setting).toString().toStdString();
  const Choice* const known = find_row(choices, id);
  return known ? static_cast<Language>(known - choices.data()) : Language::system;
}

void keep_language(Language language) {
  QSettings().setValue(setting, to_qt(choices[static_cast<std::size_t>(language)].id));
}

}  // namespace dnm
