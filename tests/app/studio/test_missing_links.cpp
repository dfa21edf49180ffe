// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>
#include <algorithm>
#include <vector>

#include "app/studio/dialogs/missing_links_window.h"
#include "file_dialog.h"
#include "runs_window.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The likeliest missing links of what is on screen, against scores that other code computed.
class TestMissingLinks : public RunsWindow {
  Q_OBJECT

  struct Scored {
    QStringList cell;
    double score;
  };
  static QString reference(const char* name) { return QString(dnm::test::reference_folder()) + "/rewiring/" + name; }
  static std::vector<Scored> scores(int column) {
    QFile file(reference("rand_12x10_scores.tsv"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    std::vector<Scored> all;
    for (const QByteArray& line : file.readAll().trimmed().split('\n')) {
      const QList<QByteArray> words = line.split('\t');
      if (!line.startsWith('#')) all.push_back({{words[0], words[1]}, words[column].toDouble()});
    }
    std::ranges::stable_sort(all, std::greater(), &Scored::score);
    return all;
  }
  QTreeWidget* list() { return find<QTreeWidget>(*window_, "missing-list"); }
  QString state() { return find<QLabel>(*window_, "missing-state")->text(); }
  bool is_listed(int rows) {
    return QTest::qWaitFor([&] { return list()->isEnabled() && list()->topLevelItemCount() == rows; }, 20000);
  }
  void open(const QString& file) {
    window_->files().open(file);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 20000);
    QVERIFY(wait_until_fresh(*window_));
  }

 private Q_SLOTS:
  void init() { renew_window(); }
  void cleanupTestCase() { window_.reset(); }

  void lists_those_of_the_network_on_screen_and_follows_it() {
    open(reference("rand_12x10.tsv"));
    action("network-missing-links")->trigger();
    const int positive =
        static_cast<int>(std::ranges::count_if(scores(2), [](const Scored& pair) { return pair.score > 0.0; }));
    QVERIFY(positive > 50 && positive < 100);
    QVERIFY(is_listed(positive));
    QVERIFY2(state().startsWith("All " + QString::number(positive)), qPrintable(state()));

    choose(*find<QComboBox>(*window_, "missing-score-choice"), "ch3-l3p");
    auto* count = find<NumberBox>(*window_, "missing-top-spin");
    count->setValue(7);
    QVERIFY(is_listed(7));
    const std::vector<Scored> expected = scores(4);
    for (int row = 0; row < 7; ++row) {
      const QTreeWidgetItem* item = list()->topLevelItem(row);
      const double score = expected[static_cast<std::size_t>(row)].score;
      QVERIFY(std::abs(item->text(2).toDouble() - score) < 1e-5 * score);
      const auto same = [&](const Scored& pair) { return pair.cell == QStringList{item->text(0), item->text(1)}; };
      const auto found = std::ranges::find_if(expected, same);
      QVERIFY(found != expected.end() && std::abs(found->score - score) < 1e-12);
    }

    // Of two layers, the second; then a graph, which has none.
    window_->document().reset();
    QVERIFY(wait_until_fresh(*window_));
    auto* layer = find<QComboBox>(*window_, "missing-layer");
    QTRY_COMPARE(layer->count(), 2);
    QVERIFY(is_listed(7));
    const QString first = list()->topLevelItem(0)->text(2);
    choose(*layer, "Layer 2 (196 → 196)");
    QTRY_VERIFY(list()->isEnabled() && list()->topLevelItem(0)->text(2) != first);
    open(QString(dnm::test::reference_folder()) + "/karate.tsv");
    QTRY_VERIFY2(state().contains("graph without any"), qPrintable(state()));
    QCOMPARE(list()->topLevelItemCount(), 0);
    QVERIFY(!layer->isEnabled() && !find<QPushButton>(*window_, "missing-save")->isEnabled());
  }

  void saves_the_table() {
    open(reference("rand_12x10.tsv"));
    action("network-missing-links")->trigger();
    find<NumberBox>(*window_, "missing-top-spin")->setValue(5);
    QVERIFY(is_listed(5));
    const QString path = folder_.filePath("links.csv");
    type_into_file_dialog(path);
    click("missing-save");
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines.front(), QByteArray("output,input,score"));
    QVERIFY(lines[1].startsWith((list()->topLevelItem(0)->text(0) + "," + list()->topLevelItem(0)->text(1)).toUtf8()));
  }
};

DNM_TEST(TestMissingLinks, TimedApplication)
#include "test_missing_links.moc"
