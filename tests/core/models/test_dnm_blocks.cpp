// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/models/dnm_blocks.h"
#include "core/models/initialiser.h"
#include "core/models/row_cells.h"
#include "tests/support/test_class.h"

// How blocks are laid and filled, against a second implementation that follows the rules word by word on plain sets.

namespace {

using Cells = std::set<int>;

int modulo(int value, int n) { return (value % n + n) % n; }

/// nearbyint in the default rounding mode rounds halves to even.
int rounded(double value) { return static_cast<int>(std::nearbyint(value)); }

struct Neuron {
  int j;
  int n_in;
  int n_out;
  double alpha;
  std::vector<int> synapses;  ///< n_m per dendrite

  [[nodiscard]] int degree() const {
    int sum = 0;
    for (const int n : synapses) sum += n;
    return sum;
  }
  [[nodiscard]] int centre() const { return rounded(static_cast<double>(j) * n_in / n_out); }
  [[nodiscard]] int width() const { return std::clamp(rounded(degree() + alpha * (n_in - degree())), degree(), n_in); }
  [[nodiscard]] int window_start() const { return centre() - width() / 2; }
  [[nodiscard]] int position(std::size_t m) const {
    // One division, so that mid-points that fall on a half are exactly a half.
    const double slices = static_cast<double>((2 * static_cast<int>(m) + 1) * width());
    const double u = window_start() + slices / (2.0 * static_cast<double>(synapses.size()));
    return rounded((1 - alpha) * centre() + alpha * u);
  }
};

struct Lost {
  int start;
  int end;  ///< == start: dropped, aimed at this place
  int count;
};

struct Laid {
  Cells cells;
  std::vector<Lost> lost;
};

Laid lay_wrapped(const Neuron& neuron) {
  Laid laid;
  for (std::size_t m = 0; m < neuron.synapses.size(); ++m) {
    const int n = neuron.synapses[m];
    const int start = neuron.position(m) - n / 2;
    int lost = 0;
    for (int i = start; i < start + n; ++i) lost += laid.cells.insert(modulo(i, neuron.n_in)).second ? 0 : 1;
    if (lost > 0) laid.lost.push_back({start, start + n, lost});
  }
  return laid;
}

Laid lay_bounded(const Neuron& neuron) {
  Laid laid;
  const int dendrites = static_cast<int>(neuron.synapses.size());
  const bool left_to_right = 2 * neuron.j < neuron.n_out;
  int previous_end = -1;
  int next_start = neuron.n_in;
  for (int turn = 0; turn < dendrites; ++turn) {
    const auto m = static_cast<std::size_t>(left_to_right ? turn : dendrites - 1 - turn);
    const int n = neuron.synapses[m];
    if (n == 0) continue;
    const int g = neuron.position(m);
    int start = 0;
    if (left_to_right) {
      start = std::max(g - n / 2, previous_end + 1);
    } else {
      start = std::min(g - n / 2 + n, next_start) - n;
    }
    if (start < 0 || start + n > neuron.n_in) {
      laid.lost.push_back({std::clamp(g, 0, neuron.n_in), std::clamp(g, 0, neuron.n_in), n});
      continue;
    }
    for (int i = start; i < start + n; ++i) laid.cells.insert(i);
    previous_end = start + n - 1;
    next_start = start;
  }
  return laid;
}

/// The free inputs nearest to each short block, along the window first, ties to the lower side.
void fill_window(const Neuron& neuron, bool wrap, Laid& laid) {
  const int n_in = neuron.n_in;
  for (const Lost& lost : laid.lost) {
    for (int count = lost.count; count > 0; --count) {
      int best = 0;
      double best_rank = 1e18;
      for (const bool inside_only : {true, false}) {
        for (int x = lost.start - n_in; x < lost.end + n_in; ++x) {
          if (x >= lost.start && x < lost.end) continue;
          const bool low = x < lost.start;
          if (wrap ? (low ? x < lost.end - n_in : x >= lost.start + n_in) : (x < 0 || x >= n_in)) continue;
          const bool whole_ring = neuron.width() == n_in;
          const bool inside = x >= neuron.window_start() && x < neuron.window_start() + neuron.width();
          if (inside_only && !inside && !whole_ring) continue;
          if (laid.cells.contains(modulo(x, n_in))) continue;
          const double rank = low ? lost.start - x : x - lost.end + 1.5;
          if (rank < best_rank) {
            best_rank = rank;
            best = modulo(x, n_in);
          }
        }
        if (best_rank < 1e18) break;
      }
      laid.cells.insert(best);
    }
  }
}

void fill_nearest_centre(const Neuron& neuron, Laid& laid) {
  int count = neuron.degree() - static_cast<int>(laid.cells.size());
  for (int distance = 0; count > 0; ++distance) {
    for (const int x : {neuron.centre() - distance, neuron.centre() + distance}) {
      if (count > 0 && x >= 0 && x < neuron.n_in && laid.cells.insert(x).second) --count;
    }
  }
}

Cells draw(const Neuron& neuron, dnm::Border border, dnm::Fill fill, std::uint64_t seed) {
  dnm::RowCells cells(static_cast<dnm::NodeIndex>(neuron.n_in));
  const auto degree = static_cast<dnm::NodeIndex>(neuron.degree());
  const auto window =
      dnm::receptive_window(static_cast<dnm::NodeIndex>(neuron.j), static_cast<dnm::NodeIndex>(neuron.n_in),
                            static_cast<dnm::NodeIndex>(neuron.n_out), degree, neuron.alpha);
  std::vector<std::int64_t> positions(neuron.synapses.size());
  dnm::dendrite_positions(window, neuron.alpha, positions);
  const std::vector<dnm::NodeIndex> counts(neuron.synapses.begin(), neuron.synapses.end());
  dnm::Random random(seed);
  dnm::BlockLayer(border, fill).lay(cells, window, positions, counts, 2 * neuron.j < neuron.n_out, random);
  std::vector<dnm::NodeIndex> columns(cells.taken());
  cells.move_to(columns);
  return {columns.begin(), columns.end()};
}

QByteArray named(const Neuron& neuron) {
  QString text = QString("j %1 of %2, %3 inputs, alpha %4, synapses")
                     .arg(neuron.j)
                     .arg(neuron.n_out)
                     .arg(neuron.n_in)
                     .arg(neuron.alpha);
  for (const int n : neuron.synapses) text += QString(" %1").arg(n);
  return text.toUtf8();
}

/// Neurons of all sorts: every place in small layers, dendrites from none filled to all, windows from narrow to whole.
std::vector<Neuron> sample_neurons() {
  std::vector<Neuron> neurons;
  dnm::Random random(11);
  const std::vector<std::pair<int, int>> shapes{{1, 1},   {1, 5},  {7, 3},   {13, 13},
                                                {40, 17}, {64, 9}, {130, 6}, {200, 5}};
  for (const auto& [n_in, n_out] : shapes) {
    for (int j = 0; j < n_out; ++j) {
      for (const double alpha : {0.0, 0.11, 0.5, 0.8, 1.0}) {
        for (int repeat = 0; repeat < 6; ++repeat) {
          Neuron neuron{j, n_in, n_out, alpha, std::vector<int>(1 + random.below(7), 0)};
          const auto degree = 1 + random.below(static_cast<std::uint64_t>(n_in));
          for (std::uint64_t k = 0; k < degree; ++k) ++neuron.synapses[random.below(neuron.synapses.size())];
          neurons.push_back(std::move(neuron));
        }
      }
    }
  }
  return neurons;
}

}  // namespace

class TestDnmBlocks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void row_cells_against_a_set();
  void random_cells_are_uniform();
  void windows_by_hand();
  void bounded_border_pushes_blocks_apart();
  void wrapped_with_window_fill();
  void wrapped_with_random_fill();
  void bounded_with_window_fill();
  void bounded_with_fill_near_the_centre();
  void window_fill_stays_in_the_window();
};

void TestDnmBlocks::row_cells_against_a_set() {
  for (const int n : {1, 5, 63, 64, 65, 128, 300}) {
    const auto size = static_cast<std::uint64_t>(n);
    dnm::RowCells cells(static_cast<dnm::NodeIndex>(n));
    dnm::Random random(size);
    for (int round = 0; round < 50; ++round) {
      Cells expected;
      for (int step = 0; step < 6; ++step) {
        const int first = static_cast<int>(random.below(3 * size)) - n;
        const int count = static_cast<int>(random.below(size / 2 + 1));
        int added = 0;
        for (int i = first; i < first + count; ++i) added += expected.insert(modulo(i, n)).second ? 1 : 0;
        QCOMPARE(cells.take_run(first, static_cast<dnm::NodeIndex>(count)), static_cast<dnm::NodeIndex>(added));
        const auto single = static_cast<dnm::NodeIndex>(random.below(size));
        QCOMPARE(cells.take(single), expected.insert(static_cast<int>(single)).second);
        QCOMPARE(std::size_t{cells.taken()}, expected.size());

        const int from = static_cast<int>(random.below(3 * size)) - n;
        const int look = static_cast<int>(random.below(size + 1));
        std::optional<std::int64_t> up;
        std::optional<std::int64_t> down;
        for (int i = look - 1; i >= 0; --i) {
          if (!expected.contains(modulo(from + i, n))) up = i;
          if (!expected.contains(modulo(from - i, n))) down = i;
        }
        QCOMPARE(cells.free_upward(from, look), up);
        QCOMPARE(cells.free_downward(from, look), down);
      }
      std::vector<dnm::NodeIndex> columns(cells.taken());
      cells.move_to(columns);
      QVERIFY(std::equal(columns.begin(), columns.end(), expected.begin(), expected.end(),
                         [](dnm::NodeIndex a, int b) { return static_cast<int>(a) == b; }));
      QCOMPARE(cells.taken(), 0U);
      QVERIFY(!cells.is_taken(0));
    }
  }
}

void TestDnmBlocks::random_cells_are_uniform() {
  // 3 of the 5 free cells of 7 (by the list of free cells) and 2 of the 10 free cells of 12 (by trying): each free cell
  // equally often, each pair too.
  for (const auto& [n, count] : std::vector<std::pair<dnm::NodeIndex, dnm::NodeIndex>>{{7, 3}, {12, 2}}) {
    dnm::Random random(5);
    dnm::RowCells cells(n);
    constexpr int rounds = 20000;
    std::vector<int> hits(n, 0);
    int pair = 0;
    for (int round = 0; round < rounds; ++round) {
      cells.take_run(-1, 2);
      cells.take_at_random(count, random);
      QCOMPARE(cells.taken(), count + 2);
      for (dnm::NodeIndex i = 0; i < n; ++i) hits[i] += cells.is_taken(i) ? 1 : 0;
      pair += cells.is_taken(1) && cells.is_taken(2) ? 1 : 0;
      std::vector<dnm::NodeIndex> columns(cells.taken());
      cells.move_to(columns);
    }
    QCOMPARE(hits[0], rounds);
    QCOMPARE(hits[n - 1], rounds);
    const double p = static_cast<double>(count) / (n - 2);
    const double pair_p = p * (count - 1) / (n - 3);
    for (dnm::NodeIndex i = 1; i + 1 < n; ++i) {
      QVERIFY(std::abs(hits[i] - rounds * p) < 4.5 * std::sqrt(rounds * p * (1 - p)));
    }
    QVERIFY(std::abs(pair - rounds * pair_p) < 4.5 * std::sqrt(rounds * pair_p * (1 - pair_p)));
  }
}

void TestDnmBlocks::windows_by_hand() {
  // 98 inputs, 196 outputs, neuron 49: place 24.5 -> 24 (half to even); k = 10, alpha = 0.5: W = 54, start -3.
  const auto window = dnm::receptive_window(49, 98, 196, 10, 0.5);
  QCOMPARE(window.centre, std::int64_t{24});
  QCOMPARE(window.width, dnm::NodeIndex{54});
  QCOMPARE(window.start, std::int64_t{-3});
  // Three slices of 18 with mid-points 6, 24, 42; half way to the centre: 15, 24, 33.
  std::vector<std::int64_t> positions(3);
  dnm::dendrite_positions(window, 0.5, positions);
  QCOMPARE(positions, (std::vector<std::int64_t>{15, 24, 33}));
  // 51·98/196 = 25.5 -> 26; the last neuron of a layer wider than its inputs may round to n_in itself.
  QCOMPARE(dnm::receptive_window(51, 98, 196, 10, 1.0).centre, std::int64_t{26});
  QCOMPARE(dnm::receptive_window(3, 1, 4, 1, 1.0).centre, std::int64_t{1});
}

void TestDnmBlocks::bounded_border_pushes_blocks_apart() {
  // The first neuron of 10 with 20 inputs, alpha = 1: window -10..9, dendrites aim at -7 (from -6.67), 0 and 7 (6.67);
  // left to right: 0-1, then max(0-1, 2) = 2-3, then 7-1 = 6-7.
  const Neuron first{0, 20, 10, 1.0, {2, 2, 2}};
  QCOMPARE(draw(first, dnm::Border::bounded, dnm::Fill::window, 0), (Cells{0, 1, 2, 3, 6, 7}));
  // The last neuron (centre 18, window 8..27, aims 11, 18, 25), right to left: 18-19, then 16-17, then 10-11.
  const Neuron last{9, 20, 10, 1.0, {2, 2, 2}};
  QCOMPARE(draw(last, dnm::Border::bounded, dnm::Fill::window, 0), (Cells{10, 11, 16, 17, 18, 19}));
}

void TestDnmBlocks::wrapped_with_window_fill() {
  for (const Neuron& neuron : sample_neurons()) {
    Laid expected = lay_wrapped(neuron);
    fill_window(neuron, true, expected);
    QVERIFY2(draw(neuron, dnm::Border::wrap, dnm::Fill::window, 0) == expected.cells, named(neuron));
  }
}

void TestDnmBlocks::wrapped_with_random_fill() {
  for (const Neuron& neuron : sample_neurons()) {
    const Laid laid = lay_wrapped(neuron);
    const Cells drawn = draw(neuron, dnm::Border::wrap, dnm::Fill::anywhere, 3);
    QVERIFY2(drawn.size() == static_cast<std::size_t>(neuron.degree()), named(neuron));
    QVERIFY2(std::includes(drawn.begin(), drawn.end(), laid.cells.begin(), laid.cells.end()), named(neuron));
  }
}

void TestDnmBlocks::bounded_with_window_fill() {
  for (const Neuron& neuron : sample_neurons()) {
    Laid expected = lay_bounded(neuron);
    fill_window(neuron, false, expected);
    QVERIFY2(draw(neuron, dnm::Border::bounded, dnm::Fill::window, 0) == expected.cells, named(neuron));
  }
}

void TestDnmBlocks::bounded_with_fill_near_the_centre() {
  for (const Neuron& neuron : sample_neurons()) {
    Laid expected = lay_bounded(neuron);
    fill_nearest_centre(neuron, expected);
    QVERIFY2(draw(neuron, dnm::Border::bounded, dnm::Fill::anywhere, 0) == expected.cells, named(neuron));
  }
}

void TestDnmBlocks::window_fill_stays_in_the_window() {
  // All four dendrites of a neuron with alpha = 0 aim at its own place: laid and filled, they are exactly the window.
  for (int j = 0; j < 30; ++j) {
    const Neuron neuron{j, 50, 30, 0.0, {3, 3, 3, 3}};
    Cells window;
    for (int i = 0; i < neuron.width(); ++i) window.insert(modulo(neuron.window_start() + i, 50));
    QCOMPARE(draw(neuron, dnm::Border::wrap, dnm::Fill::window, 0), window);
  }
}

DNM_TEST(TestDnmBlocks)
#include "test_dnm_blocks.moc"
