// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDialog>
#include <QFile>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "app/studio/widgets/chart_canvas.h"
#include "runs_window.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Rewiring rules side by side: chosen, trained, shown as columns and exported.
class TestRules : public RunsWindow {
  Q_OBJECT

  [[nodiscard]] TrainingChart& chart() { return *find<TrainingChart>(*window_, "training-chart"); }
  [[nodiscard]] QString said() { return chart().accessibleDescription(); }
  static void tick(QListWidget& list, const QString& id, bool on) {
    for (int row = 0; row < list.count(); ++row)
      if (list.item(row)->data(Qt::UserRole).toString() == id)
        return list.item(row)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    QFAIL(qPrintable("there is no " + id));
  }
  QByteArray exported(TrainingChart::Table table) {
    const QString file = folder_.filePath("table");
    QFile::remove(file);
    chart().export_table(table, file);
    const bool is_written = QTest::qWaitFor([&] { return !chart().is_exporting(); }, 20000);
    QFile read(file);
    return is_written && read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void initTestCase() {
    write_data_set(folder_.path(), 1000, 200);
    renew_window();
  }
  void cleanupTestCase() { window_.reset(); }

  void several_rules_are_chosen_and_trained() {
    set_up_training(*window_, folder_.path(), 3);
    action("training-rules")->trigger();
    auto* dialog = find<QDialog>(*window_, "rules-dialog");
    auto* rules_list = dialog->findChild<QListWidget*>("rules-list");
    auto* networks = dialog->findChild<QListWidget*>("networks-list");
    const auto train = [&] {
      for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->text().startsWith("Train")) return button;
      return static_cast<QPushButton*>(nullptr);
    };
    QCOMPARE(train()->text(), "Train 1 Group");
    tick(*rules_list, "static", false);
    QVERIFY(!train()->isEnabled());
    for (const char* rule : {"static", "set", "chts"}) tick(*rules_list, rule, true);
    tick(*networks, "random", true);
    tick(*networks, "fc", true);  // dense: under the static rule alone
    QCOMPARE(train()->text(), "Train 7 Groups");
    tick(*networks, "fc", false);
    QTest::mouseClick(train(), Qt::LeftButton);
    QVERIFY(answer(*window_, "resize-question", "Resize and train"));
    QTRY_COMPARE_WITH_TIMEOUT(runs().experiments().size(), std::size_t{6}, 60000);
    std::vector<std::string> methods, networks_of;
    for (std::size_t i = 0; i < 6; ++i) {
      QVERIFY(wait_for(i, RunStage::finished));
      methods.push_back(group(i).start.training.method);
      networks_of.push_back(group(i).start.parameters.initialiser);
      QVERIFY((group(i).start.parameters.layer_sizes == std::vector<NodeIndex>{784, 64, 64}));
    }
    QCOMPARE(methods, (std::vector<std::string>{"static", "set", "chts", "static", "set", "chts"}));
    QCOMPARE(networks_of, (std::vector<std::string>{"dnm", "dnm", "dnm", "random", "random", "random"}));
  }

  void they_are_the_columns_of_the_comparison() {
    QCOMPARE(chart().view(), ChartView::comparison);
    QVERIFY(window_->document().chart().rule_figure == RuleFigure::last);
    QVERIFY2(said().contains("DNM: Static ") && said().contains(", SET ") && said().contains(", CHTs ") &&
                 said().contains("Random: Static "),
             qPrintable(said()));
    for (const Experiment& one : runs().experiments()) {
      const QString mean = QString::number(100.0 * one.runs[0].epochs.back().values["test_accuracy"], 'f', 2) + " %";
      QVERIFY2(said().contains(mean), qPrintable(mean + " in " + said()));
    }
    // A rule is taken out and put back; sessions keep it.
    auto* columns = find<QToolButton>(*window_, "chart-columns");
    QAction* set = columns->menu()->findChild<QAction*>("chart-rule-set");
    set->trigger();
    QVERIFY(!said().contains("SET") && said().contains("CHTs"));
    const QByteArray markdown = exported(TrainingChart::Table::rules_markdown);
    QVERIFY2(markdown.contains("| initialiser | Static | CHTs |") && !markdown.contains("SET"), markdown.constData());
    const QString session = folder_.filePath("rules.dnm.json");
    QVERIFY(window_->files().save_session_to(session));
    window_->files().new_session();
    QVERIFY(!window_->document().chart().rule_figure);
    window_->files().open(session);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy() && runs().experiments().size() == 6, 20000);
    QTRY_VERIFY2(said().contains("CHTs") && !said().contains("SET"), qPrintable(said()));
    columns->menu()->findChild<QAction*>("chart-rule-set")->trigger();
    QVERIFY(said().contains("SET"));
    // Another figure, and the groups again.
    columns->menu()->findChild<QAction*>("chart-columns-best-on-test")->trigger();
    QVERIFY(window_->document().chart().rule_figure == RuleFigure::best_on_test);
    columns->menu()->findChild<QAction*>("chart-columns-figures")->trigger();
    QVERIFY(!window_->document().chart().rule_figure && said().contains("N = 1"));
    columns->menu()->findChild<QAction*>("chart-columns-last")->trigger();
  }

  void tables_and_figures_have_them_as_columns() {
    const QByteArray latex = exported(TrainingChart::Table::rules_latex);
    QVERIFY2(latex.contains(" & Static & SET & CHTs \\\\\n"), latex.constData());
    QVERIFY(latex.contains("\nDNM") && latex.contains("\nRandom"));
    const QByteArray csv = exported(TrainingChart::Table::rules);
    QCOMPARE(csv.count('\n'), 7);
    const QString figure = folder_.filePath("rules.svg");
    chart().export_figure({figure, {"183mm"}, "comparison"});
    QTRY_VERIFY_WITH_TIMEOUT(!chart().is_exporting() && QFile::exists(figure), 20000);
    QFile svg(figure);
    QVERIFY(svg.open(QIODevice::ReadOnly));
    const QByteArray drawn = svg.readAll();
    for (const char* words : {">Static</text>", ">SET</text>", ">CHTs</text>", "last epoch"})
      QVERIFY2(drawn.contains(words), words);
  }
};

DNM_TEST(TestRules, TimedApplication)
#include "test_rules.moc"
