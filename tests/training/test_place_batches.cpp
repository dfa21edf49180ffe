// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

#include "core/network/random.h"
#include "tests/support/test_class.h"
#include "training/text/place_batches.h"

using namespace dnm;

namespace {

using Numbers = std::vector<std::uint32_t>;

/// Pairs of drawn lengths; the pieces of a pair tell its number.
PiecePairs drawn_pairs(std::size_t count, std::uint64_t longest) {
  Random random(3);
  PiecePairs pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const auto piece = static_cast<std::uint32_t>(special_pieces + i);
    const std::uint64_t length = 1 + random.below(longest);
    pairs.source.add(Numbers(length, piece));
    pairs.target.add(Numbers(1 + random.below(length + 3), piece));
  }
  return pairs;
}

Numbers all_of(const PiecePairs& pairs) {
  Numbers all(pairs.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

/// Places of a batch, counted in the arrays.
std::size_t places_of(const PiecePairs& pairs, std::span<const std::uint32_t> which) {
  SentenceBatch batch;
  fill(pairs, which, batch);
  return std::max(batch.source.size(), batch.target_output.size());
}

Numbers numbers(std::span<const std::uint32_t> span) { return {span.begin(), span.end()}; }

}  // namespace

class TestPlaceBatches : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pads_both_sides() {
    PiecePairs pairs;
    pairs.source.add(Numbers{10, 11, 12});
    pairs.target.add(Numbers{20});
    pairs.source.add(Numbers{13});
    pairs.target.add(Numbers{21, 22, 23});
    SentenceBatch batch;
    fill(pairs, Numbers{1, 0}, batch);
    QCOMPARE(batch.sentences, std::size_t{2});
    QCOMPARE(batch.source_length, std::size_t{3});
    QCOMPARE(batch.target_length, std::size_t{4});
    QCOMPARE(batch.source, (Numbers{13, 0, 0, 10, 11, 12}));
    QCOMPARE(batch.target_input, (Numbers{begin_piece, 21, 22, 23, begin_piece, 20, 0, 0}));
    QCOMPARE(batch.target_output, (Numbers{21, 22, 23, end_piece, 20, end_piece, 0, 0}));
    QCOMPARE(batch.examples(), std::size_t{6});
    // Used again, nothing of before stays.
    fill(pairs, Numbers{0}, batch);
    QCOMPARE(batch.source, (Numbers{10, 11, 12}));
    QCOMPARE(batch.target_output, (Numbers{20, end_piece}));
    QCOMPARE(sentences_in(batch).examples(), std::size_t{2});
  }

  void a_pass_has_every_pair_once_and_fits() {
    const PiecePairs pairs = drawn_pairs(3000, 40);
    const TrainingBatches batches(pairs, all_of(pairs), 512, 7);
    const PairBatches pass = batches.pass(0);
    Numbers seen;
    std::size_t places = 0;
    std::size_t pieces = 0;
    for (std::size_t i = 0; i < pass.size(); ++i) {
      QVERIFY(!pass[i].empty());
      const std::size_t taken = places_of(pairs, pass[i]);
      QVERIFY(taken <= 512);
      places += taken;
      for (const std::uint32_t pair : pass[i]) pieces += pairs.places(pair);
      seen.insert(seen.end(), pass[i].begin(), pass[i].end());
    }
    std::ranges::sort(seen);
    QCOMPARE(seen, all_of(pairs));
    // Sorted by length, little is padding, and steps are nearly full.
    QVERIFY(static_cast<double>(pieces) > 0.85 * static_cast<double>(places));
    QVERIFY(static_cast<double>(places) > 0.9 * 512.0 * static_cast<double>(pass.size()));
    // Short and long batches by turns.
    std::size_t rises = 0;
    for (std::size_t i = 1; i < pass.size(); ++i) {
      rises += pairs.source.length(pass[i][0]) > pairs.source.length(pass[i - 1][0]) ? 1U : 0U;
    }
    QVERIFY(rises > pass.size() / 4 && rises < 3 * pass.size() / 4);
  }

  void follow_seed_and_step_alone() {
    const PiecePairs pairs = drawn_pairs(400, 30);
    TrainingBatches whole(pairs, all_of(pairs), 300, 1);
    const PairBatches straight = whole.steps(0, 200);
    QCOMPARE(straight.size(), std::size_t{200});
    // A run that begins anywhere, in parts of any size, gets the same.
    for (const auto& [first, count] : {std::pair(0, 30), {30, 70}, {100, 1}, {57, 143}, {199, 1}}) {
      TrainingBatches resumed(pairs, all_of(pairs), 300, 1);
      const PairBatches part = resumed.steps(static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(count));
      QCOMPARE(part.size(), static_cast<std::size_t>(count));
      for (std::size_t i = 0; i < part.size(); ++i) {
        QCOMPARE(numbers(part[i]), numbers(straight[static_cast<std::size_t>(first) + i]));
      }
    }
    const PairBatches later = whole.steps(90, 20);
    for (std::size_t i = 0; i < 20; ++i) QCOMPARE(numbers(later[i]), numbers(straight[90 + i]));
    // Passes differ, seeds differ.
    TrainingBatches other(pairs, all_of(pairs), 300, 2);
    const auto text = [](const PairBatches& batches) {
      std::vector<Numbers> made;
      for (std::size_t i = 0; i < batches.size(); ++i) made.push_back(numbers(batches[i]));
      return made;
    };
    QVERIFY(text(whole.pass(0)) != text(whole.pass(1)));
    QVERIFY(text(whole.pass(0)) != text(other.pass(0)));
  }

  void learn_from_the_given_pairs_alone() {
    const PiecePairs pairs = drawn_pairs(50, 10);
    TrainingBatches batches(pairs, {3, 9, 27}, 60, 0);
    const PairBatches steps = batches.steps(0, 40);
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < steps.size(); ++i) seen.insert(steps[i].begin(), steps[i].end());
    QCOMPARE(seen, (std::set<std::uint32_t>{3, 9, 27}));
  }

  void sorts_what_is_evaluated() {
    const PiecePairs pairs = drawn_pairs(300, 25);
    const PairBatches batches = batches_by_length(pairs, all_of(pairs), 256);
    Numbers seen;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      QVERIFY(places_of(pairs, batches[i]) <= 256);
      seen.insert(seen.end(), batches[i].begin(), batches[i].end());
    }
    QVERIFY(std::ranges::is_sorted(seen, {}, [&](std::uint32_t pair) { return pairs.source.length(pair); }));
    std::ranges::sort(seen);
    QCOMPARE(seen, all_of(pairs));
  }
};

DNM_TEST(TestPlaceBatches)
#include "test_place_batches.moc"
