// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLibraryInfo>
#include <QLineEdit>
#include <QMenuBar>
#include <QProcess>
#include <QProcessEnvironment>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocumentFragment>
#include <QToolButton>
#include <QTreeWidget>
#include <QXmlStreamReader>
#include <memory>

#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/text.h"
#include "app/studio/window/language.h"
#include "driver.h"
#include "small_screens.h"
#include "table_texts.h"
#include "temporary_settings.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "viz/scenes/chart_scene.h"
#include "viz/screen/screen_words.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

/// What a newcomer has to know.
constexpr const char* how_to =
    "; resources/manual/how-to/translate.md says how texts get their German: a text of tr() by lupdate, one of a table "
    "in resources/translations/tables_de.ts";

/// One text of a translation file.
struct Entry {
  QString context;
  QString source;
  QString comment;
  QString translation;
  bool is_finished = true;
  [[nodiscard]] QString key() const { return context + " | " + source + " | " + comment; }
};

QList<Entry> entries_of(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
  QList<Entry> entries;
  QString context;
  QXmlStreamReader reader(&file);
  while (!reader.atEnd()) {
    if (reader.readNext() != QXmlStreamReader::StartElement) continue;
    const QString name = reader.name().toString();
    if (name == "name") context = reader.readElementText();
    if (name == "message") entries.append({context, {}, {}, {}});
    if (name == "source") entries.back().source = reader.readElementText();
    if (name == "comment") entries.back().comment = reader.readElementText();
    if (name != "translation") continue;
    entries.back().is_finished = !reader.attributes().hasAttribute("type");
    entries.back().translation = reader.readElementText();
  }
  return entries;
}

QString translations(const char* file) {
  return QString::fromUtf8(dnm::test::source_folder()) + "/resources/translations/" + file;
}

QStringList placeholders(const QString& text) {
  static const QRegularExpression pattern("%\\d");
  QStringList found;
  for (auto matches = pattern.globalMatch(text); matches.hasNext();) found << matches.next().captured();
  found.sort();
  found.removeDuplicates();
  return found;
}

/// Whether all words of a text are the same in both languages: names, symbols, and what is typed or written as it
/// stands.
bool is_the_same_word(const QString& text) {
  static const QSet<QString> same{"Adam",    "CHTss",   "GraNet",   "Multi",     "RigL",      "Arial",    "Dropout",
                                  "English", "Epsilon", "Gradient", "Helvetica", "Index",     "Isomap",   "Kaiming",
                                  "Leiden",  "Linear",  "Louvain",  "Markdown",  "Matrix",    "Momentum", "Name",
                                  "Neuron",  "Noam",    "Problem",  "Radius",    "Ramanujan", "Sparsity", "Status",
                                  "Sweep",   "System",  "Test",     "Text",      "Threads",   "Training", "Transformer",
                                  "Updates", "igraph",  "Studio",   "Dendritic", "Network",   "Model",    "DejaVu",
                                  "Sans",    "Fashion", "balanced", "merge",     "class",     "digits",   "letters"};
  static const QRegularExpression word("[A-Za-zäöüß]{3,}"), lower("[a-zäöüß]{2,}");
  const QString plain = QTextDocumentFragment::fromHtml(QString(text).remove('&')).toPlainText();
  for (auto words = word.globalMatch(plain); words.hasNext();) {
    const QString one = words.next().captured();
    if (lower.match(one).hasMatch() && !same.contains(one)) return false;
  }
  return true;
}

/// All texts that a window and its dialogs show or tell, each with where it is.
QMap<QString, QString> texts_of(QWidget& window) {
  QMap<QString, QString> texts;
  const auto add = [&texts](const QString& text, const QObject& where, const char* what) {
    if (text.trimmed().isEmpty()) return;
    const QString path = QString::fromLatin1(where.metaObject()->className()) + " " + where.objectName();
    texts.insert(text, path + ", " + what);
  };
  for (const QAction* action : window.findChildren<QAction*>()) {
    add(action->text(), *action, "text of an action");
    add(action->toolTip(), *action, "tool tip of an action");
  }
  QList<QWidget*> widgets = window.findChildren<QWidget*>();
  widgets << &window;
  for (QWidget* widget : widgets) {
    add(widget->toolTip(), *widget, "tool tip");
    add(widget->accessibleName(), *widget, "accessible name");
    add(widget->accessibleDescription(), *widget, "accessible description");
    if (widget->isWindow() || qobject_cast<QDockWidget*>(widget)) add(widget->windowTitle(), *widget, "title");
    if (const auto* label = qobject_cast<QLabel*>(widget)) add(label->text(), *label, "text");
    if (const auto* button = qobject_cast<QAbstractButton*>(widget)) add(button->text(), *button, "text");
    if (const auto* box = qobject_cast<QGroupBox*>(widget)) add(box->title(), *box, "title");
    if (const auto* line = qobject_cast<QLineEdit*>(widget)) add(line->placeholderText(), *line, "placeholder");
    if (const auto* box = qobject_cast<QDoubleSpinBox*>(widget)) add(box->suffix(), *box, "suffix");
    if (const auto* tabs = qobject_cast<QTabBar*>(widget))
      for (int i = 0; i < tabs->count(); ++i) add(tabs->tabText(i), *tabs, "tab");
    if (const auto* combo = qobject_cast<QComboBox*>(widget))
      for (int i = 0; i < combo->count(); ++i) {
        add(combo->itemText(i), *combo, "item");
        add(combo->itemData(i, Qt::ToolTipRole).toString(), *combo, "tool tip of an item");
      }
    if (const auto* header = qobject_cast<QHeaderView*>(widget); header && header->model())
      for (int i = 0; i < header->count(); ++i)
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)})
          add(header->model()->headerData(i, header->orientation(), role).toString(), *header, "header");
    if (const auto* tree = qobject_cast<QTreeWidget*>(widget))
      for (int i = 0; i < tree->topLevelItemCount(); ++i)
        for (int cell = 0; cell < tree->columnCount(); ++cell) add(tree->topLevelItem(i)->text(cell), *tree, "row");
  }
  return texts;
}

/// Texts that stay English by decision (manual: architecture, "Languages"): what is typed, the names of neurons, which
/// searches take,
/// and the pages of the manual.
bool stays_english(const QString& where) {
  for (const char* part : {"NeuronsDock", "neurons-find", "manual", "status-hover", "-words", "run-dir", "export-path"})
    if (where.contains(part)) return true;
  return false;
}

/// The window with all its panels, menus filled and its dialogs open.
std::unique_ptr<Window> opened_window() {
  auto window = make_window();
  for (auto* panel : window->findChildren<QDockWidget*>()) panel->show();
  window->show_start_page();
  for (QMenu* menu : window->findChildren<QMenu*>()) Q_EMIT menu->aboutToShow();
  for (const char* id : {"file-export", "help-find", "help-shortcuts", "training-rules", "network-missing-links",
                         "help-about", "help-tour", "network-pin"})
    if (auto* action = window->findChild<QAction*>(id)) action->trigger();
  if (!wait_until_fresh(*window)) qWarning("the window did not become fresh");
  return window;
}

/// What a person changes, as a session: parameters, pictures, measures, training, pins.
QByteArray session_of_some_work(const QString& path, QStringList& steps) {
  const auto window = make_window();
  const auto spin = [&](const char* name, double value) {
    auto* box = find<QDoubleSpinBox>(*window, name);
    box->setValue(value);
  };
  spin("sparsity-spin", 0.95);
  for (const char* id : {"preset-poster-b", "network-pin", "node-color-community"})
    if (auto* action = window->findChild<QAction*>(id)) action->trigger();
  spin("epochs-spin", 7);
  spin("chance-copies", 12);
  auto* degree = find<QComboBox>(*window, "degree-family");
  degree->setCurrentIndex(2);
  Q_EMIT degree->activated(2);
  const bool done = wait_until_fresh(*window) && QTest::qWaitFor([&] { return !window->pins().is_busy(); }, 60000);
  if (!done) qWarning("the window did not become fresh");
  window->files().save_session_to(path);
  const History& history = window->document().history();
  for (std::size_t place = 1; place <= history.step_count(); ++place) steps << to_qt(history.label_at(place));
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

/// The window in German; what it writes is as in English.
class TestGerman : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { apply_language(Language::english); }

  void every_text_of_the_tables_has_its_german() {
    apply_language(Language::german);
    QStringList missing;
    for (const std::string& text : table_texts())
      if (!has_translation(to_qt(text))) missing << to_qt(text);
    QVERIFY2(missing.isEmpty(), qPrintable("without German: " + missing.join("\n") + how_to));
  }

  void words_that_functions_make_have_their_german() {
    apply_language(Language::german);
    QStringList missing;
    for (const std::string& text : composed_texts())
      if (!has_translation(to_qt(text))) missing << to_qt(text);
    QVERIFY2(missing.isEmpty(), qPrintable("without German: " + missing.join("\n") + how_to));
  }

  /// Figures have the same scenes in English.
  void pictures_of_the_window_speak_it() {
    apply_language(Language::german);
    const auto window = make_window();
    window->findChild<QAction*>("color-community")->trigger();
    QVERIFY(wait_until_fresh(*window));
    QTRY_VERIFY(window->views().is_current());
    QStringList texts;
    const auto add = [&texts](const ScenePointer& scene) {
      QVERIFY(scene);
      for (const SceneItem& item : scene->items)
        if (const auto* text = std::get_if<Text>(&item)) texts << to_qt(text->text);
    };
    for (ViewPane* pane : window->views().panes())
      if (!pane->isHidden()) add(pane->view().scene());
    add(find<DockPicture>(*window, "degree-plot")->scene());
    for (const char* wanted : {"Gemeinschaften", "Schicht 1", "Eingänge", "Grad k"})
      QVERIFY2(texts.contains(wanted), qPrintable(texts.join(" | ")));
    static const QRegularExpression english("\\b(communit|neuron|layer|inputs?|links|computing|power law)");
    QVERIFY2(texts.filter(english).isEmpty(), qPrintable(texts.filter(english).join(" | ")));
    QStringList words;
    for (const SceneItem& item : in_screen_words(charts_scene(std::vector{Chart{}}, ChartStyle{}).scene).items)
      if (const auto* text = std::get_if<Text>(&item)) words << to_qt(text->text);
    QVERIFY2(words.contains("Epoche") && words.contains("noch nichts trainiert"), qPrintable(words.join(" | ")));
  }

  void numbers_and_parts_are_put_in() {
    QCOMPARE(translated("5,763 links"), "5,763 links");
    apply_language(Language::german);
    QCOMPARE(translated("5,763 links"), "5,763 Verbindungen");
    QCOMPARE(translated("98-196-196, 1 link"), "98-196-196, 1 Verbindung");
    QCOMPARE(translated("Uniform, half width 2.5"), "Gleichverteilt, halbe Breite 2.5");
    QCOMPARE(translated("running 3/5"), "läuft 3/5");
    QCOMPARE(translated("stopped (1 of 3)"), "gestoppt (1 von 3)");
    QCOMPARE(translated("test accuracy"), "Testgenauigkeit");
    QCOMPARE(translated("receptive-field"), "Rezeptives Feld");
    QCOMPARE(translated("98-196-196"), "98-196-196");
    QCOMPARE(translated("no text of ours, 5 links"), "no text of ours, 5 links");  // not half of it
    QCOMPARE(translated(std::string_view{}), QString());
    QCOMPARE(translated_step("change of receptive field"), "Änderung (Rezeptives Feld)");
    QCOMPARE(translated_step("opening of 5 links.npz"), "Öffnen von 5 links.npz");
    QCOMPARE(translated_step("colour neurons by community"), "Neuronen färben nach: Gemeinschaft");
    apply_language(Language::english);
    QCOMPARE(translated_step("change of receptive field"), "change of receptive field");
  }

  void the_files_are_complete_data() {
    QTest::addColumn<QString>("file");
    for (const char* file : {"dnm_de.ts", "tables_de.ts"}) QTest::newRow(file) << translations(file);
  }
  void the_files_are_complete() {
    QFETCH(QString, file);
    const QList<Entry> entries = entries_of(file);
    QVERIFY(entries.size() > 500);
    QStringList keys;
    for (const Entry& entry : entries) {
      const QString about = entry.source + how_to;
      QVERIFY2(entry.is_finished && !entry.translation.isEmpty(), qPrintable("not finished: " + about));
      QVERIFY2(placeholders(entry.source) == placeholders(entry.translation),
               qPrintable("other places for numbers and names: " + about));
      QVERIFY2(entry.source.count('&') == entry.translation.count('&') || !entry.source.startsWith('&'),
               qPrintable("with and without a key to press: " + about));
      keys << entry.key();
    }
    QStringList sorted = keys;
    std::sort(sorted.begin(), sorted.end());
    QVERIFY2(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), "a text is there twice");
  }

  void the_translation_has_the_texts_of_the_source() {
    const QString program = QStandardPaths::findExecutable("lupdate", {"/usr/lib/qt6/bin"});
    if (program.isEmpty()) QSKIP("there is no lupdate to list the texts of the window; install qt6-l10n-tools");
    const QTemporaryDir folder;
    const QString made = folder.filePath("made.ts"), root = dnm::test::source_folder();
    QProcess process;
    process.start(program, {root + "/app/studio", root + "/viz/screen", "-I", root, "-locations", "none", "-ts", made});
    QVERIFY(process.waitForFinished(120000) && process.exitCode() == 0);
    QStringList wanted, there;
    for (const Entry& entry : entries_of(made)) wanted << entry.key();
    for (const Entry& entry : entries_of(translations("dnm_de.ts"))) there << entry.key();
    QVERIFY(wanted.size() > 500);
    for (const QString& key : wanted) QVERIFY2(there.contains(key), qPrintable("not in dnm_de.ts: " + key + how_to));
    for (const QString& key : there)
      QVERIFY2(wanted.contains(key), qPrintable("no longer in the source: " + key + how_to));
  }

  void the_whole_window_speaks_german() {
    const QMap<QString, QString> english = texts_of(*opened_window());
    QVERIFY(english.size() > 500);
    apply_language(Language::german);
    const QMap<QString, QString> german = texts_of(*opened_window());
    QVERIFY(german.size() > 500);
    QStringList left;
    for (auto one = german.begin(); one != german.end(); ++one)
      if (english.contains(one.key()) && !is_the_same_word(one.key()) && !stays_english(one.value()))
        left << one.key() + "   [" + one.value() + "]";
    for (const QString& one : left) qWarning("English in the German window: %s", qPrintable(one));
    QVERIFY2(left.isEmpty(), how_to);
  }

  void every_menu_has_a_key_once() {
    apply_language(Language::german);
    const auto window = make_window();
    QList<QPair<QString, QList<QAction*>>> menus{{"the menu bar", window->menuBar()->actions()}};
    for (const QMenu* menu : window->menuBar()->findChildren<QMenu*>()) menus << QPair(menu->title(), menu->actions());
    for (const auto& [name, actions] : menus) {
      QMap<QChar, QString> keys;
      for (const QAction* action : actions) {
        const qsizetype at = action->text().indexOf('&');
        if (at < 0 || !action->isVisible()) continue;
        const QChar key = action->text()[at + 1].toLower();
        QVERIFY2(!keys.contains(key),
                 qPrintable(name + ": " + key + " is the key of " + keys[key] + " and " + action->text()));
        keys[key] = action->text();
      }
    }
  }

  void sessions_and_undo_texts_are_as_in_english() {
    const QTemporaryDir folder;
    QStringList english_steps, german_steps;
    const QByteArray english = session_of_some_work(folder.filePath("a.dnm.json"), english_steps);
    apply_language(Language::german);
    const QByteArray german = session_of_some_work(folder.filePath("a.dnm.json"), german_steps);
    QVERIFY(english.size() > 500);
    const QList<QByteArray> lines = german.split('\n'), expected = english.split('\n');
    for (qsizetype i = 0; i < std::min(lines.size(), expected.size()); ++i) QCOMPARE(lines[i], expected[i]);
    QCOMPARE(lines.size(), expected.size());
    QVERIFY(english_steps.size() >= 6);
    QCOMPARE(german_steps, english_steps);
  }

  void object_names_are_as_in_english() {
    const auto names_of = [](const QObject& window) {
      QStringList names;
      for (const QObject* object : window.findChildren<QObject*>())
        if (!object->objectName().isEmpty() && !object->objectName().startsWith("qt_")) names << object->objectName();
      names.sort();
      return names;
    };
    const QStringList english = names_of(*make_window());
    apply_language(Language::german);
    QCOMPARE(names_of(*make_window()), english);
  }

  /// Of the screen it runs on; the next test runs it on small ones.
  void the_german_window_fits_its_screen() {
    apply_language(Language::german);
    const QString problem = problem_on_this_screen();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
  }
  void the_german_window_fits_small_screens_data() {
    QTest::addColumn<QString>("size");
    QTest::newRow("1366 x 768") << "1366x768";
    QTest::newRow("1024 x 768") << "1024x768";
  }
  void the_german_window_fits_small_screens() {
    QFETCH(QString, size);
    if (!has_small_screens()) QSKIP("there is no xvfb-run to make a small screen with");
    const QString problem = problem_on_screen(size, "TestGerman", "the_german_window_fits_its_screen");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
  }

  void panels_tour_and_dialogs_are_not_cut() {
    apply_language(Language::german);
    const auto window = make_window();
    for (const char* step : {"first", "second", "third"}) {
      if (step == std::string_view("first")) {
        window->findChild<QAction*>("help-tour")->trigger();
      } else {
        find<QPushButton>(*window, "tour-next")->click();
      }
      const QString problem = problem_of_cut_text(*window);
      QVERIFY2(problem.isEmpty(), qPrintable(QString(step) + ": " + problem));
    }
    find<QPushButton>(*window, "tour-end")->click();
    for (const char* panel : {"neurons", "pins", "sweep"}) {
      auto* dock = find<QDockWidget>(*window, panel);
      dock->show();
      dock->raise();
      const QString problem = problem_of_cut_text(*window);
      QVERIFY2(problem.isEmpty(), qPrintable(QString(panel) + ": " + problem));
    }
    for (const char* id : {"file-export", "training-rules", "network-missing-links", "help-find"}) {
      window->findChild<QAction*>(id)->trigger();
      const QString problem = problem_of_cut_text(*window);
      QVERIFY2(problem.isEmpty(), qPrintable(QString(id) + ": " + problem));
      for (auto* dialog : window->findChildren<QDialog*>()) dialog->close();
    }
  }

  void the_choice_is_kept() {
    const TemporarySettings settings;
    QCOMPARE(kept_language(), Language::system);
    {
      Window window(WindowOptions{.keep_settings = true, .ask_for_unsaved = false});
      QVERIFY(window.findChild<QAction*>("language-system")->isChecked());
      window.findChild<QAction*>("language-de")->trigger();
      QVERIFY(window.messages().history().contains("The language changes at the next start."));
      QVERIFY(window.findChild<QMenu*>("layouts")->title() == "La&yout");  // at the next start, not now
    }
    QCOMPARE(kept_language(), Language::german);
    const Window again(WindowOptions{.keep_settings = true, .ask_for_unsaved = false});
    QVERIFY(again.findChild<QAction*>("language-de")->isChecked());
    QSettings().setValue("window/language", "of another version");
    QCOMPARE(kept_language(), Language::system);
  }

  void texts_of_qt_are_german_too() {
    if (!QFile::exists(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + "/qtbase_de.qm"))
      QSKIP("there are no German texts of Qt; install qt6-translations-l10n");
    apply_language(Language::german);
    QDialogButtonBox box(QDialogButtonBox::Cancel);
    QCOMPARE(box.button(QDialogButtonBox::Cancel)->text().remove('&'), "Abbrechen");
  }

  /// In a process whose environment the next test sets.
  void the_system_has_a_say() {
    apply_language(Language::system);
    const bool is_german = qEnvironmentVariable("DNM_EXPECTED_LANGUAGE") == "de";
    QCOMPARE(translated("Sparsity and more"), "Sparsity and more");
    QCOMPARE(translated("Dendrites"), is_german ? "Dendriten" : "Dendrites");
  }
  void the_language_of_the_system_is_taken_data() {
    QTest::addColumn<QString>("languages");
    QTest::addColumn<QString>("expected");
    QTest::newRow("German") << "de_DE:en"
                            << "de";
    QTest::newRow("Austrian") << "de_AT"
                              << "de";
    QTest::newRow("French, then German") << "fr:de"
                                         << "de";
    QTest::newRow("English, then German") << "en_GB:de"
                                          << "en";
    QTest::newRow("French") << "fr"
                            << "en";
  }
  void the_language_of_the_system_is_taken() {
    QFETCH(QString, languages);
    QFETCH(QString, expected);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LANGUAGE", languages);
    environment.insert("LANG", "en_US.UTF-8");
    environment.remove("LC_ALL");
    environment.insert("DNM_EXPECTED_LANGUAGE", expected);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationFilePath(), {"TestGerman", "the_system_has_a_say"});
    QVERIFY(process.waitForFinished(60000));
    QVERIFY2(process.exitCode() == 0, process.readAll().constData());
  }

  void the_option_is_checked() {
    QProcess process;
    process.start(QString::fromUtf8(dnm::test::program_folder()) + "/dnm-studio", {"--language", "dee"});
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 1);
    const QString said = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(said.contains("did you mean \"de\"?"), qPrintable(said));
  }
};

DNM_TEST(TestGerman, TimedApplication)
#include "test_german.moc"
