// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/random.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/metrics/bleu.h"
#include "training/text/words.h"

using namespace dnm;

namespace {

struct Scored {
  std::string hypothesis;
  std::vector<std::string> references;
};

Bleu bleu_of(const std::vector<Scored>& sentences) {
  Bleu bleu;
  for (const Scored& sentence : sentences) {
    const std::vector<std::string_view> references(sentence.references.begin(), sentence.references.end());
    bleu.add(sentence.hypothesis, references);
  }
  return bleu;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "|") + word;
  return text;
}

bool is_near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

/// What NLTK gives for the same corpora.
QJsonArray of_nltk(const QString& python, const std::vector<std::vector<Scored>>& corpora) {
  QJsonArray asked;
  for (const std::vector<Scored>& sentences : corpora) {
    QJsonArray corpus;
    for (const Scored& sentence : sentences) {
      QJsonArray references;
      for (const std::string& reference : sentence.references) references.append(QString::fromStdString(reference));
      corpus.append(QJsonArray{QString::fromStdString(sentence.hypothesis), references});
    }
    asked.append(corpus);
  }
  QProcess process;
  process.start(python, {QString(dnm::test::source_folder()) + "/tests/training/bleu_reference.py"});
  process.write(QJsonDocument(asked).toJson());
  process.closeWriteChannel();
  process.waitForFinished(60000);
  return QJsonDocument::fromJson(process.readAllStandardOutput()).array();
}

/// Sentences of few words, some of them in the references, with punctuation, numbers and letters of several bytes.
std::vector<Scored> drawn_sentences(std::uint64_t seed, std::size_t count, std::size_t most_references,
                                    std::size_t least_words) {
  static const std::vector<std::string> vocabulary{"der",  "Hund",   "läuft",  "über",   "die", "Straße,",
                                                   "1.5",  "2,000",  "(z.B.)", "\"so\"", "50%", "3-4",
                                                   "猫が", "nicht.", "it's",   "&amp;"};
  Random random(seed);
  std::vector<Scored> sentences;
  const auto word = [&] { return vocabulary[random.below(vocabulary.size())]; };
  for (std::size_t i = 0; i < count; ++i) {
    Scored& made = sentences.emplace_back();
    std::vector<std::string> base;
    for (std::uint64_t left = least_words + random.below(14); left > 0; --left) base.push_back(word());
    const auto changed = [&](std::uint64_t one_in) {
      std::string text;
      for (const std::string& each : base) {
        if (random.below(one_in) == 0) continue;
        text += (text.empty() ? "" : " ") + (random.below(one_in) == 0 ? word() : each);
      }
      return text;
    };
    do {
      made.hypothesis = changed(9);
    } while (words_of(made.hypothesis).size() < least_words / 2);
    for (std::uint64_t left = 1 + random.below(most_references); left > 0; --left)
      made.references.push_back(changed(6));
  }
  return sentences;
}

}  // namespace

/// Corpus BLEU against values worked out by hand and those of NLTK.
class TestBleu : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void splits_words_as_13a_does_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("a full stop") << "The end."
                                 << "The|end|.";
    QTest::newRow("inside a number") << "It costs 1,000.50 euros, or 3."
                                     << "It|costs|1,000.50|euros|,|or|3|.";
    QTest::newRow("an abbreviation") << "z.B. so"
                                     << "z|.|B|.|so";
    QTest::newRow("quotes and brackets") << "\"He (and I)\""
                                         << "\"|He|(|and|I|)|\"";
    QTest::newRow("an apostrophe and a dash") << "it's well-known"
                                              << "it's|well-known";
    QTest::newRow("a dash after a digit") << "1990-95"
                                          << "1990|-|95";
    QTest::newRow("entities") << "R&amp;D &quot;x&quot; &lt;b&gt;"
                              << "R|&|D|\"|x|\"|<|b|>";
    QTest::newRow("letters of several bytes") << "Über, naïve."
                                              << "Über|,|naïve|.";
    QTest::newRow("a point after a letter of several bytes") << "猫.犬"
                                                             << "猫|.|犬";
    QTest::newRow("two points") << "so.."
                                << "so|.|.";
    QTest::newRow("blanks of many kinds") << " a\tb\xC2\xA0"
                                             "c\xE2\x80\x83"
                                             "d\xE3\x80\x80"
                                             "e "
                                          << "a|b|c|d|e";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("blanks alone") << "  \t "
                                  << "";
    QTest::newRow("percent and slash") << "50%/a"
                                       << "50|%|/|a";
  }
  void splits_words_as_13a_does() {
    QFETCH(QString, text);
    QFETCH(QString, words);
    QCOMPARE(QString::fromStdString(joined(tokens_13a(text.toStdString()))), words);
  }

  void counts_at_most_as_often_as_the_best_reference() {
    // Papineni et al., section 2.1: 2 of 7.
    const Bleu bleu = bleu_of(
        {{"the the the the the the the", {"The cat is on the mat", "the cat the dog", "There is a cat on the mat"}}});
    QCOMPARE(bleu.matches()[0], std::uint64_t{2});
    QCOMPARE(bleu.totals()[0], std::uint64_t{7});
    QCOMPARE(bleu.matches()[1], std::uint64_t{0});
    QCOMPARE(bleu.score(), 0.0);
  }

  void scores_what_is_worked_out_by_hand() {
    // 5 of 6 words, 3 of 5, 2 of 4 and 1 of 3: (1/12)^(1/4).
    QVERIFY(is_near(bleu_of({{"the cat sat on the mat", {"the cat sat on a mat"}}}).score(),
                    100.0 * std::pow(1.0 / 12.0, 0.25)));
    // All right, but 4 words for 6.
    QVERIFY(is_near(bleu_of({{"a b c d", {"a b c d e f"}}}).score(), 100.0 * std::exp(-0.5)));
    QCOMPARE(bleu_of({{"a b c d e f", {"a b c d e f"}}}).score(), 100.0);
    // Case counts.
    QVERIFY(bleu_of({{"A b c d e f", {"a b c d e f"}}}).score() < 100.0);
    // Sums over the corpus, not a mean: (9 of 10)(7 of 8)(5 of 6)(3 of 4).
    QVERIFY(is_near(bleu_of({{"a b c d e", {"a b c d e"}}, {"v w x y q", {"v w x y z"}}}).score(),
                    100.0 * std::pow(0.9 * 7.0 / 8.0 * 5.0 / 6.0 * 3.0 / 4.0, 0.25)));
  }

  void takes_the_nearest_length_and_of_two_the_shorter() {
    QCOMPARE(bleu_of({{"a b c d e", {"a b c d e f", "a b c d"}}}).reference_words(), std::uint64_t{4});
    QCOMPARE(bleu_of({{"a b c d e", {"a b c d e f", "a b c"}}}).reference_words(), std::uint64_t{6});
    QCOMPARE(bleu_of({{"a b c d e", {"a b c d e f", "a b c d"}}}).brevity_penalty(), 1.0);
  }

  void short_and_empty_lines_give_no_error() {
    QCOMPARE(Bleu().score(), 0.0);
    QCOMPARE(bleu_of({{"", {""}}}).score(), 0.0);
    QCOMPARE(bleu_of({{"", {"a b c d"}}}).score(), 0.0);
    QCOMPARE(bleu_of({{"", {"a b c d"}}}).brevity_penalty(), 0.0);
    QCOMPARE(bleu_of({{"a b c d", {""}}}).score(), 0.0);
    QCOMPARE(bleu_of({{"a b c", {"a b c"}}}).score(), 0.0);  // no four words in a row, no smoothing
    // An empty hypothesis among others costs length alone: c = 5, r = 8.
    QVERIFY(
        is_near(bleu_of({{"a b c d e", {"a b c d e"}}, {"", {"x y z"}}}).score(), 100.0 * std::exp(1.0 - 8.0 / 5.0)));
  }

  void says_how_it_was_computed() {
    QCOMPARE(bleu_of({{"a", {"a"}}}).signature(), std::string("nrefs:1|case:mixed|eff:no|tok:13a|smooth:none"));
    QCOMPARE(bleu_of({{"a", {"a", "b"}}}).signature(), std::string("nrefs:2|case:mixed|eff:no|tok:13a|smooth:none"));
    QVERIFY(bleu_of({{"a", {"a", "b"}}, {"a", {"a"}}}).signature().starts_with("nrefs:var|"));
  }

  void agrees_with_nltk() {
    const QString python = dnm::test::python_with("nltk.translate.bleu_score");
    if (python.isEmpty()) QSKIP("Python with NLTK is not installed");
    // Sentences, at most so many references each, at least so many words of the base.
    constexpr std::array<std::array<std::size_t, 3>, 8> kinds{
        {{200, 1, 0}, {200, 4, 0}, {1, 1, 0}, {1, 1, 0}, {3, 2, 0}, {200, 1, 8}, {100, 3, 8}, {4, 1, 8}}};
    std::vector<std::vector<Scored>> corpora;
    for (const auto& [sentences, references, words] : kinds) {
      corpora.push_back(drawn_sentences(corpora.size(), sentences, references, words));
    }
    const QJsonArray theirs = of_nltk(python, corpora);
    QCOMPARE(theirs.size(), static_cast<qsizetype>(corpora.size()));
    for (std::size_t corpus = 0; corpus < corpora.size(); ++corpus) {
      const QJsonObject result = theirs[static_cast<qsizetype>(corpus)].toObject();
      const QJsonArray words = result["words"].toArray();
      QCOMPARE(words.size(), static_cast<qsizetype>(corpora[corpus].size()));
      bool are_long = true;
      for (qsizetype i = 0; i < words.size(); ++i) {
        QStringList list;
        for (const std::string& word : tokens_13a(corpora[corpus][static_cast<std::size_t>(i)].hypothesis))
          list.append(QString::fromStdString(word));
        QCOMPARE(QJsonArray::fromStringList(list), words[i].toArray());
        are_long = are_long && list.size() >= 4;
      }
      const double own = bleu_of(corpora[corpus]).score();
      QVERIFY(is_near(own, 100.0 * result["score"].toDouble(-1.0)));
      if (kinds[corpus][2] > 0) QVERIFY(are_long);
      if (are_long && own > 0.0) QVERIFY(is_near(own, 100.0 * result["corpus_bleu"].toDouble(-1.0)));
      if (corpora[corpus].size() >= 100) QVERIFY(own > 20.0 && own < 80.0);
    }
  }

  void joins_splits_again() {
    QCOMPARE(with_splits_joined("das Haus@@ dach ist blau"), std::string("das Hausdach ist blau"));
    QCOMPARE(with_splits_joined("a@@ b@@ c  d"), std::string("abc d"));
    QCOMPARE(with_splits_joined("ende@@"), std::string("ende"));
    QCOMPARE(with_splits_joined("@@ a @@b"), std::string("a @@b"));
    QCOMPARE(with_splits_joined(""), std::string());
  }
};

DNM_TEST(TestBleu)
#include "test_bleu.moc"
