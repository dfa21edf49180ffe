// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <algorithm>

#include "app/workspace/manual.h"
#include "app/workspace/view_settings.h"
#include "core/embedding/embedding.h"
#include "core/files/network_files.h"
#include "core/files/presets.h"
#include "core/measures/measure.h"
#include "core/measures/measure_setting.h"
#include "core/models/initialiser.h"
#include "core/models/model_parameters.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/data/data_set_table.h"
#include "training/metrics/metric.h"
#include "training/runs/training_parameters.h"
#ifdef DNM_STUDIO
#include "viz/scenes/network_scene.h"
#include "viz/scenes/picture_options.h"
#endif

using namespace dnm;

namespace {

const QString root = dnm::test::source_folder();

QString text_of(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString read(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QString::fromUtf8(file.readAll());
}

QString without_code(const QString& markdown) {
  static const QRegularExpression code(
      "^ *```.*?^ *```$", QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
  QString text = markdown;
  return text.remove(code);
}

/// The targets of [text](target) outside code.
QStringList links_of(const QString& markdown) {
  static const QRegularExpression link("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  QStringList targets;
  const QString text = without_code(markdown);
  for (auto match = link.globalMatch(text); match.hasNext();) targets += match.next().captured(1);
  return targets;
}

QSet<QString> anchors_of(const ManualPage& page) {
  QSet<QString> anchors;
  for (const ManualHeading& heading : manual_headings(page)) anchors += QString::fromStdString(heading.anchor);
  return anchors;
}

/// A document of the tree that is no page of the manual, treated as one.
ManualPage document(const QByteArray& text) { return {"", "", {text.data(), static_cast<std::size_t>(text.size())}}; }

}  // namespace

/// The manual against itself, against the documents and comments that cite it, and against the tables it describes.
class TestManual : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// Every file of resources/manual is a row of the table, and the other way round.
  void the_table_is_the_folder() {
    QSet<QString> files;
    const QDir folder(root + "/resources/manual");
    for (QDirIterator file(folder.path(), {"*.md"}, QDir::Files, QDirIterator::Subdirectories); file.hasNext();)
      files += folder.relativeFilePath(file.next()).chopped(3);
    QSet<QString> topics;
    for (const ManualPage& page : manual_pages()) {
      topics += text_of(page.topic);
      QVERIFY2(text_of(page.text).startsWith("# "), page.topic.data());
      QVERIFY2(!page.summary.empty(), page.topic.data());
      QCOMPARE(text_of(page.text), read(folder.filePath(text_of(page.topic) + ".md")));
    }
    QCOMPARE(topics, files);
  }

  void links_lead_somewhere() {
    for (const ManualPage& page : manual_pages()) {
      for (const QString& target : links_of(text_of(page.text))) {
        const auto link = follow_manual_link(page, target.toStdString());
        QVERIFY2(link, qPrintable(text_of(page.topic) + " links " + target));
        QVERIFY2(link->anchor.empty() || anchors_of(*link->page).contains(QString::fromStdString(link->anchor)),
                 qPrintable(text_of(page.topic) + " links " + target));
      }
    }
  }

  /// `core/network/mask.h`, `small_graphs.h` and `LivePipeline::submit()` in code marks; NAME and GROUP in a path stand
  /// for any.
  void files_and_functions_named_in_code_marks_exist() {
    QSet<QString> names;
    QString sources;
    QStringList headers;
    for (const char* folder : {"core", "training", "viz", "app", "tests", "resources"}) {
      for (QDirIterator file(root + "/" + folder, QDir::Files, QDirIterator::Subdirectories); file.hasNext();) {
        const QString path = file.next();
        names += file.fileName();
        if (path.endsWith("/workspace/test_manual.cpp")) continue;
        if (path.endsWith(".h")) headers += read(path);
        if (path.endsWith(".cpp")) sources += read(path);
      }
    }
    const auto has = [](const QString& text, const QString& pattern) {
      return text.contains(QRegularExpression(pattern));
    };
    const auto in_a_header = [&](const QString& pattern, const QString& other) {
      return std::ranges::any_of(headers, [&](const QString& text) { return has(text, pattern) && has(text, other); });
    };
    const auto function_exists = [&](const QString& owner, const QString& function) {
      const QString call = "\\b" + function + "\\(";
      if (owner.isEmpty()) return has(sources, call) || in_a_header(call, {});
      const QString definition = "\\b(?:class|struct) " + owner + "\\b[^;{]*\\{";
      return has(sources, "\\b" + owner + "::" + function + "\\(") || in_a_header(definition, call);
    };
    QVERIFY(!function_exists({}, "no_such_function") && !function_exists("LivePipeline", "add_link"));
    static const QRegularExpression code("`([^`\n]+)`");
    static const QRegularExpression path("^(?:core|training|viz|app|tests|resources)/[A-Za-z0-9_./-]+$");
    static const QRegularExpression placeholder("NAME|GROUP");
    static const QRegularExpression name("^[a-z0-9_-]+\\.(?:h|cpp|py|md)$");
    static const QRegularExpression function("^(?:\\w+::)*?(?:(\\w+)::)?(\\w+)\\(\\)$");
    int checked = 0;
    for (const ManualPage& page : manual_pages()) {
      const QString text = without_code(text_of(page.text));
      for (auto match = code.globalMatch(text); match.hasNext();) {
        const QString word = match.next().captured(1);
        bool exists = true;
        if (word.contains(placeholder)) continue;
        if (path.match(word).hasMatch()) {
          exists = QFileInfo::exists(root + "/" + word);
        } else if (name.match(word).hasMatch()) {
          exists = names.contains(word);
        } else if (const auto named = function.match(word); named.hasMatch()) {
          exists = function_exists(named.captured(1), named.captured(2));
        } else {
          continue;
        }
        ++checked;
        QVERIFY2(exists, qPrintable(text_of(page.topic) + " names " + word));
      }
    }
    QVERIFY(checked > 80);
  }

  void headings_of_a_page_differ() {
    for (const ManualPage& page : manual_pages())
      QCOMPARE(anchors_of(page).size(), static_cast<qsizetype>(manual_headings(page).size()));
  }

  void every_page_is_reachable() {
    QSet<QString> seen{"index"};
    QList<const ManualPage*> open{find_manual_page("index")};
    while (!open.isEmpty()) {
      const ManualPage* page = open.takeFirst();
      for (const QString& target : links_of(text_of(page->text))) {
        const auto link = follow_manual_link(*page, target.toStdString());
        if (!link || seen.contains(text_of(link->page->topic))) continue;
        seen += text_of(link->page->topic);
        open += link->page;
      }
    }
    for (const ManualPage& page : manual_pages()) QVERIFY2(seen.contains(text_of(page.topic)), page.topic.data());
  }

  void documents_of_the_tree_link_files_and_headings_data() {
    QTest::addColumn<QString>("path");
    for (const char* path :
         {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "resources/results/README.md", "tests/reference/README.md"})
      QTest::newRow(path) << QString(path);
  }
  void documents_of_the_tree_link_files_and_headings() {
    QFETCH(QString, path);
    const QFileInfo file(root + "/" + path);
    const QString text = read(file.filePath());
    QVERIFY(!text.isEmpty());
    static const QRegularExpression image("!\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    QStringList targets = links_of(text);
    for (auto match = image.globalMatch(text); match.hasNext();) targets += match.next().captured(1);
    for (const QString& target : targets) {
      if (target.startsWith("http")) continue;
      const QString to = target.section('#', 0, 0);
      const QString linked = to.isEmpty() ? file.filePath() : file.dir().filePath(to);
      QVERIFY2(QFileInfo::exists(linked), qPrintable(path + " links " + target));
      const QString anchor = target.section('#', 1);
      const QByteArray content = read(linked).toUtf8();
      QVERIFY2(anchor.isEmpty() || anchors_of(document(content)).contains(anchor),
               qPrintable(path + " links " + target));
    }
    // Commands that show a page.
    static const QRegularExpression help("dnm help ([a-z]+/[a-z-]+)");
    for (auto match = help.globalMatch(text); match.hasNext();) {
      const QString topic = match.next().captured(1);
      QVERIFY2(find_manual_page(topic.toStdString()), qPrintable(path + " names the topic " + topic));
    }
  }

  /// `(manual: methods/model, "Degrees" and "Dendrites")` in a comment.
  void comments_cite_headings() {
    static const QRegularExpression cite("(?:\\(|; )manual: ([a-z/-]+)((?:,? (?:and )?\"[^\"]+\")*)");
    static const QRegularExpression quoted("\"([^\"]+)\"");
    static const QRegularExpression continued("\\n\\s*//+<? ?");
    int cites = 0;
    for (const char* folder : {"core", "training", "viz", "app", "tests"}) {
      for (QDirIterator file(root + "/" + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
           file.hasNext();) {
        const QString path = file.next();
        if (path.endsWith("/test_manual.cpp")) continue;
        QString text = read(path);
        if (!text.contains("manual: ")) continue;
        text.replace(continued, " ");
        for (auto match = cite.globalMatch(text); match.hasNext();) {
          const auto found = match.next();
          const ManualPage* page = find_manual_page(found.captured(1).toStdString());
          QVERIFY2(page, qPrintable(path + " cites " + found.captured(0)));
          ++cites;
          for (auto heading = quoted.globalMatch(found.captured(2)); heading.hasNext();) {
            const std::string wanted = heading.next().captured(1).toStdString();
            QVERIFY2(std::ranges::any_of(manual_headings(*page),
                                         [&](const ManualHeading& candidate) { return candidate.text == wanted; }),
                     qPrintable(path + " cites " + found.captured(0)));
          }
        }
      }
    }
    QVERIFY(cites > 20);
  }

  void sources_cited_in_the_code_are_in_the_manual() {
    static const QRegularExpression source("(?:doi:|arXiv:)[0-9][^\\s,;\"]*[0-9A-Za-z]");
    QString text;
    for (const ManualPage& page : manual_pages()) text += text_of(page.text);
    int sources = 0;
    for (const char* folder : {"core", "training", "viz", "app"}) {
      for (QDirIterator file(root + "/" + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
           file.hasNext();) {
        const QString path = file.next();
        for (auto match = source.globalMatch(read(path)); match.hasNext(); ++sources) {
          const QString cited = match.next().captured(0);
          QVERIFY2(text.contains(cited), qPrintable(path + " cites " + cited));
        }
      }
    }
    QVERIFY(sources > 40);
  }

  /// A new row is named in the manual: in code marks, options with their dashes.
  void every_row_is_named() {
    QStringList names;
    const auto add = [&names](std::string_view id) { names += "`" + text_of(id) + "`"; };
    const auto add_option = [&](const ParameterInfo& info) {
      names += "--" + text_of(info.id);
      for (const Choice& choice : info.choices) add(choice.id);
    };
    for (const auto& row : model_parameter_table()) add_option(row.info);
    for (const auto& row : measure_setting_table()) add_option(row.info);
    for (const auto& row : training_parameter_table()) add_option(row.info);
    for (const auto& row : view_option_table()) add_option(row.info);
    for (const Initialiser& row : initialiser_table()) add(row.id);
    for (const Measure& row : measure_table()) add(row.id);
    for (const NetworkFormat& row : network_formats()) add(row.extension);
    for (const DataSetInfo& row : data_set_table()) add(row.id);
    for (const Metric& row : metric_table()) add(row.id);
    for (const Preset& row : presets()) add(row.id);
    for (const auto& part : {link_weights_options(), reduction_options(), angle_adjustment_options()})
      for (const EmbeddingOption& option : part) add(option.id);
#ifdef DNM_STUDIO
    for (const NetworkScene& row : figure_scene_table()) add(row.id);
#endif
    QString text;
    for (const ManualPage& page : manual_pages()) text += text_of(page.text);
    QStringList missing;
    for (const QString& name : names) {
      const QRegularExpression whole(QRegularExpression::escape(name) + "(?![\\w-])");
      if (!text.contains(whole) && !missing.contains(name)) missing += name;
    }
    QVERIFY2(missing.isEmpty(), qPrintable("the manual does not name " + missing.join(", ")));
  }

  /// Both ways: a new format is named, and nothing that is no format.
  void the_readme_lists_the_formats() {
    QSet<QString> named, formats, known;
    static const QRegularExpression cell("^\\| (`\\.[^|]*) \\|", QRegularExpression::MultilineOption),
        code("`(\\.\\w+)`");
    const QString text = read(root + "/README.md");
    for (auto row = cell.globalMatch(text); row.hasNext();) {
      const QString cells = row.next().captured(1);
      for (auto match = code.globalMatch(cells); match.hasNext();) named += match.next().captured(1);
    }
    for (const NetworkFormat& format : network_formats()) {
      formats += text_of(format.extension);
      known += text_of(format.extension);
      for (const QString& also : text_of(format.also).split(' ', Qt::SkipEmptyParts)) known += also;
    }
    QVERIFY2(named.contains(formats), qPrintable(QStringList((formats - named).values()).join(", ")));
    QVERIFY2(known.contains(named), qPrintable(QStringList((named - known).values()).join(", ")));
  }

#ifdef DNM_STUDIO
  /// Each option of the pictures has its line on the page of the window, with all of its choices.
  void the_page_of_the_window_lists_the_options_of_pictures() {
    const QStringList lines = text_of(manual_page("using/window").text).split('\n');
    for (const auto& option : picture_option_table()) {
      const QStringList found = lines.filter(QString("- *%1*").arg(text_of(option.info.label)));
      QVERIFY2(found.size() == 1, option.info.label.data());
      for (const Choice& choice : option.info.choices) {
        // "By number" is "by number", "Layers as rows" "layers as rows or columns".
        const QString word = text_of(choice.label).section(' ', -1) == "disk" ? text_of(choice.label).section(' ', 0, 0)
                                                                              : text_of(choice.label).section(' ', -1);
        QVERIFY2(found[0].contains(word, Qt::CaseInsensitive), choice.label.data());
      }
    }
  }
#endif

  void a_page_is_found_by_its_last_part_and_a_near_name() {
    QCOMPARE(text_of(manual_page("model").topic), QString("methods/model"));
    QCOMPARE(text_of(manual_page("methods/measures").topic), QString("methods/measures"));
    try {
      (void)manual_page("methods/mesures");
      QFAIL("there is no such page");
    } catch (const InvalidInput& error) {
      QVERIFY2(QString(error.what()).endsWith("did you mean \"methods/measures\"?"), error.what());
    }
  }

  void search_finds_all_words_in_any_case() {
    const auto pages = search_manual("hurwitz ZETA");
    QCOMPARE(pages.size(), 1U);
    QCOMPARE(text_of(pages.front()->topic), QString("methods/measures"));
    QVERIFY(search_manual("quetzalcoatlus").empty());
    QCOMPARE(search_manual("  ").size(), manual_pages().size());
  }

  void links_stay_inside_the_manual() {
    const ManualPage& page = manual_page("methods/baselines");
    QCOMPARE(text_of(follow_manual_link(page, "model.md#degrees")->page->topic), QString("methods/model"));
    QCOMPARE(QString::fromStdString(follow_manual_link(page, "model.md#degrees")->anchor), QString("degrees"));
    QCOMPARE(text_of(follow_manual_link(page, "../using/files.md")->page->topic), QString("using/files"));
    QCOMPARE(text_of(follow_manual_link(page, "#snip")->page->topic), QString("methods/baselines"));
    QVERIFY(!follow_manual_link(page, "https://example.org/a.md"));
    QVERIFY(!follow_manual_link(page, "../../README.md"));
    QVERIFY(!follow_manual_link(page, "nowhere.md"));
  }
};

DNM_TEST(TestManual, QCoreApplication)
#include "test_manual.moc"
