// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

namespace {

struct Row {
  std::pair<int, int> cell;
  double score;
};

/// The rows after the first line, or all but comments.
std::vector<Row> rows_of(const QByteArray& table, int column) {
  std::vector<Row> rows;
  for (const QByteArray& line : table.split('\n')) {
    const QList<QByteArray> words = line.split('\t');
    if (words.size() <= column || line.startsWith('#') || line.startsWith("output")) continue;
    rows.push_back({{words[0].toInt(), words[1].toInt()}, words[column].toDouble()});
  }
  return rows;
}

QString reference(const QString& name) { return QString(dnm::test::reference_folder()) + "/" + name; }

QByteArray content(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

/// dnm links, against scores that other code computed.
class TestLinks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lists_all_positive_scores_in_order_data() {
    QTest::addColumn<int>("column");
    QTest::newRow("ch2-l3n") << 2;
    QTest::newRow("ch3-l3n") << 3;
    QTest::newRow("ch3-l3p") << 4;
  }
  void lists_all_positive_scores_in_order() {
    QFETCH(int, column);
    const QString mask = reference("rewiring/rand_12x10.tsv");
    std::map<std::pair<int, int>, double> expected;
    for (const Row& row : rows_of(content(reference("rewiring/rand_12x10_scores.tsv")), column)) {
      if (row.score > 0.0) expected[row.cell] = row.score;
    }
    QVERIFY(expected.size() > 50);
    const QString output = folder_.filePath("links.tsv");
    const Outcome outcome = run_dnm({"links", mask, "--layer", "1", "--score", QTest::currentDataTag(), "-o", output});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(content(output).startsWith("output\tinput\tscore\n"));
    const std::vector<Row> found = rows_of(content(output), 2);
    QCOMPARE(found.size(), expected.size());
    for (const Row& row : found) {
      QVERIFY(expected.contains(row.cell));
      QVERIFY(std::abs(row.score - expected[row.cell]) < 1e-12);
    }
    QVERIFY(std::ranges::is_sorted(found, [](const Row& a, const Row& b) { return a.score > b.score; }));

    const Outcome some = run_dnm({"links", mask, "--score", QTest::currentDataTag(), "--top", "7"});
    const std::vector<Row> top = rows_of(some.output, 2);
    QCOMPARE(top.size(), std::size_t{7});
    for (std::size_t i = 0; i < 7; ++i) QVERIFY(top[i].cell == found[i].cell && top[i].score == found[i].score);
  }

  void refuses_what_has_no_such_links() {
    const QString mask = reference("rewiring/rand_12x10.tsv");
    for (const auto& [arguments, status, words] :
         {std::tuple(QStringList{"links", mask, "--layer", "2"}, 1, "1 layer of links"),
          std::tuple(QStringList{"links", mask, "--layer", "0"}, 1, "from 1"),
          std::tuple(QStringList{"links", mask, "--score", "ch3-l3"}, 2, "ch3-l3n"),
          std::tuple(QStringList{"links", reference("karate.tsv")}, 1, "graph without any")}) {
      const Outcome outcome = run_dnm(arguments);
      QCOMPARE(outcome.status, status);
      QVERIFY2(outcome.errors.contains(words), qPrintable(outcome.describe()));
    }
  }

  void a_csv_has_commas_and_an_empty_list_says_why() {
    const QString output = folder_.filePath("links.CSV");
    QCOMPARE(run_dnm({"links", reference("rewiring/rand_12x10.tsv"), "--top", "3", "-o", output}).status, 0);
    const QList<QByteArray> lines = content(output).trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    for (const QByteArray& line : lines) QCOMPARE(line.count(','), 2);

    const auto said = [&](const QString& name, const QByteArray& rows) {
      QFile file(folder_.filePath(name));
      if (!file.open(QIODevice::WriteOnly)) return QByteArray();
      file.write("# layers=2,2\n" + rows);
      file.close();
      const Outcome outcome = run_dnm({"links", file.fileName()});
      return outcome.status == 0 && outcome.output == "output\tinput\tscore\n" ? outcome.errors
                                                                               : outcome.describe().toUtf8();
    };
    QVERIFY(said("full.tsv", "0\t2\n0\t3\n1\t2\n1\t3\n").contains("every link is there"));
    QVERIFY(said("far.tsv", "0\t2\n1\t3\n").contains("positive score"));
  }

 private:
  QTemporaryDir folder_;
};

DNM_TEST(TestLinks)
#include "test_links.moc"
