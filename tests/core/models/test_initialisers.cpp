// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <optional>

#include "core/models/dnm_quantities.h"
#include "core/models/initialiser.h"
#include "core/models/uniform_cells.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

namespace {

using dnm::Border;
using dnm::Family;
using dnm::Fill;
using dnm::ModelParameters;
using dnm::NodeIndex;

constexpr std::array<Family, 5> families{Family::fixed, Family::gaussian, Family::uniform, Family::spatial_gaussian,
                                         Family::spatial_inverse_gaussian};

/// Calls `body` with every combination of the four families.
void for_all_families(ModelParameters parameters, const auto& body) {
  for (const Family degree : families) {
    for (const Family dendrites : families) {
      for (const Family receptive_field : families) {
        for (const Family synapses : families) {
          parameters.shared.degree.family = degree;
          parameters.shared.dendrites.family = dendrites;
          parameters.shared.receptive_field.family = receptive_field;
          parameters.shared.synapses.family = synapses;
          body(parameters);
        }
      }
    }
  }
}

std::vector<NodeIndex> row_sizes(const dnm::Mask& mask) {
  std::vector<NodeIndex> sizes;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    sizes.push_back(static_cast<NodeIndex>(mask.row(output).size()));
  }
  return sizes;
}

/// What is wrong with a layer, or nothing: exactly T links, sorted and distinct columns in range, every neuron linked
/// where T >= n_out, degrees as drawn.
std::string flaw(const ModelParameters& parameters, std::size_t layer, const dnm::Mask& mask) {
  const dnm::LayerParameters of_layer = parameters.of_layer(layer);
  const NodeIndex n_in = parameters.layer_sizes[layer];
  const NodeIndex n_out = parameters.layer_sizes[layer + 1];
  const auto links = static_cast<std::uint64_t>(
      std::nearbyint((1.0 - of_layer.sparsity) * static_cast<double>(n_in) * static_cast<double>(n_out)));
  if (mask.columns.size() != links) return std::to_string(mask.columns.size()) + " links, not " + std::to_string(links);
  for (NodeIndex output = 0; output < n_out; ++output) {
    const auto row = mask.row(output);
    if (links >= n_out && row.empty()) return "a neuron without a link";
    if (links < n_out && row.size() > 1) return "two links on one neuron, none on another";
    if (!row.empty() && row.back() >= n_in) return "a column out of range";
    if (std::adjacent_find(row.begin(), row.end(), std::greater_equal<>()) != row.end()) return "a double link";
  }
  dnm::Random random(parameters.seed, layer);
  dnm::Random degree_random = dnm::LayerStreams(random).quantity(0);
  const double mean_degree = static_cast<double>(n_in) * (1.0 - of_layer.sparsity);
  if (row_sizes(mask) != dnm::draw_degrees(of_layer.degree, {n_in, n_out, links, mean_degree}, degree_random)) {
    return "degrees not as drawn";
  }
  return {};
}

void check_invariants(const ModelParameters& parameters) {
  const dnm::Generated generated = dnm::generate(parameters);
  for (std::size_t layer = 0; layer < parameters.layer_count(); ++layer) {
    const std::string problem = flaw(parameters, layer, generated.network->masks()[layer]);
    if (!problem.empty()) {
      QFAIL(qPrintable(QString::fromStdString(problem + " in layer " + std::to_string(layer + 1) + " of " +
                                              dnm::to_command_line(parameters))));
    }
  }
}

/// The initialisers that draw layers at random.
std::vector<dnm::Initialiser> drawn_layer_by_layer() {
  std::vector<dnm::Initialiser> rows;
  for (const dnm::Initialiser& row : dnm::initialiser_table()) {
    if (row.draw_layer != nullptr && row.meets_sparsity) rows.push_back(row);
  }
  return rows;
}

std::uint64_t fnv1a(const dnm::Network& network) {
  std::uint64_t hash = 14695981039346656037U;
  const auto add = [&](std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) hash = (hash ^ (value >> (8 * byte) & 0xFFU)) * 1099511628211U;
  };
  for (const dnm::Mask& mask : network.masks()) {
    for (const std::uint64_t begin : mask.row_begin) add(begin);
    for (const NodeIndex column : mask.columns) add(column);
  }
  return hash;
}

}  // namespace

class TestInitialisers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_combination_of_families_borders_and_fills();
  void every_combination_at_full_size();
  void extreme_sizes();
  void fewer_links_than_neurons();
  void fewer_links_than_neurons_by_place();
  void all_fixed_single_dendrite_is_a_small_world_ring();
  void random_draws_every_set_of_cells_equally_often();
  void same_seed_same_network();
  void layers_are_drawn_independently();
  void one_control_leaves_the_draws_of_the_others();
  void rewiring_moves_the_stated_share();
  void same_bits_on_every_machine();
  void threads_do_not_matter();
  void stops_on_request();
  void unknown_initialiser();
};

void TestInitialisers::every_combination_of_families_borders_and_fills() {
  ModelParameters parameters;
  parameters.layer_sizes = {37, 61, 20};
  parameters.shared.sparsity = 0.8;
  parameters.shared.receptive_field.mean = 0.6;
  parameters.shared.dendrites.mean = 4.0;
  for (const Border border : {Border::wrap, Border::bounded}) {
    for (const Fill fill : {Fill::window, Fill::anywhere}) {
      parameters.shared.border = border;
      parameters.shared.fill = fill;
      for_all_families(parameters, check_invariants);
    }
  }
}

void TestInitialisers::every_combination_at_full_size() {
  ModelParameters parameters;
  parameters.layer_sizes = {784, 1568, 1568, 1568};
  parameters.shared.sparsity = 0.99;
  bool anywhere = false;
  for (const Border border : {Border::wrap, Border::bounded}) {
    parameters.shared.border = border;
    for_all_families(parameters, [&](ModelParameters combination) {
      combination.shared.fill = anywhere ? Fill::anywhere : Fill::window;
      anywhere = !anywhere;
      check_invariants(combination);
    });
  }
}

void TestInitialisers::extreme_sizes() {
  const std::vector<std::vector<NodeIndex>> shapes{{1, 1}, {1, 9}, {9, 1}, {2, 3}, {64, 64}, {65, 5, 63}};
  ModelParameters parameters;
  for (const std::vector<NodeIndex>& shape : shapes) {
    parameters.layer_sizes = shape;
    for (const double sparsity : {0.0, 0.3, 0.75}) {
      parameters.shared.sparsity = sparsity;
      bool empty_layer = false;
      for (std::size_t layer = 0; layer < parameters.layer_count(); ++layer) {
        empty_layer |= dnm::link_count_of_layer(sparsity, shape[layer], shape[layer + 1]) == 0;
      }
      if (empty_layer) {
        QVERIFY_THROWS_EXCEPTION(dnm::InvalidInput, static_cast<void>(dnm::generate(parameters)));
        continue;
      }
      int turn = 0;
      for_all_families(parameters, [&](ModelParameters combination) {
        combination.shared.border = turn % 2 == 0 ? Border::wrap : Border::bounded;
        combination.shared.fill = turn % 4 < 2 ? Fill::window : Fill::anywhere;
        combination.shared.rewiring = 0.0;
        check_invariants(combination);
        combination.shared.rewiring = 0.5;
        QCOMPARE(dnm::generate(combination).network->link_count(), dnm::generate(parameters).network->link_count());
        ++turn;
      });
      parameters.initialiser = "random";
      QVERIFY(dnm::generate(parameters).network->link_count() > 0);
      parameters.initialiser = "dnm";
    }
  }
}

void TestInitialisers::fewer_links_than_neurons() {
  ModelParameters parameters;
  parameters.layer_sizes = {10, 200, 10};
  parameters.overrides[0]["sparsity"] = 0.95;  // 100 links for 200 neurons
  for_all_families(parameters, check_invariants);
  const dnm::Generated generated = dnm::generate(parameters);
  QCOMPARE(generated.notices.size(), std::size_t{1});
  QVERIFY(generated.notices[0].starts_with("layer 1: there are only 100 links for 200 output neurons"));

  // The same sentence for several layers is said once.
  parameters = {};
  parameters.layer_sizes.assign(12, 8);
  parameters.shared.sparsity = 0.95;
  parameters.overrides[4]["sparsity"] = 0.5;
  const std::vector<std::string> repeated = dnm::generate(parameters).notices;
  QCOMPARE(repeated.size(), std::size_t{1});
  QVERIFY(repeated[0].starts_with("layers 1 to 4, 6 to 11, each: there are only 3 links for 8 output neurons"));
}

void TestInitialisers::fewer_links_than_neurons_by_place() {
  ModelParameters parameters;
  parameters.layer_sizes = {100, 1000};
  parameters.shared.sparsity = 0.9995;  // 50 links, mean degree 0.05
  const auto mean_distance = [&](Family family, std::optional<double> sigma) {
    parameters.shared.degree = {family, 0.0, sigma};
    const auto network = dnm::generate(parameters).network;
    double sum = 0.0;
    for (NodeIndex output = 0; output < 1000; ++output) {
      if (!network->masks()[0].row(output).empty()) sum += std::abs(output - 499.5);
    }
    return sum / static_cast<double>(network->link_count());
  };
  // σ = 0.1 neurons: the 50 in the very middle, since weights shrink by orders of magnitude from each to the next.
  QCOMPARE(mean_distance(Family::spatial_gaussian, 2.0), 12.5);
  // σ = 50 neurons, half normal: 50·sqrt(2/π) = 40 away on average, a little more since no neuron is drawn twice.
  const double wide = mean_distance(Family::spatial_gaussian, 1000.0);
  QVERIFY2(wide > 30.0 && wide < 70.0, qPrintable(QString::number(wide)));
  // Uniform: 250 away; the inverse of the bell (σ = 200 neurons): more.
  const double uniform = mean_distance(Family::fixed, {});
  QVERIFY2(uniform > 190.0 && uniform < 310.0, qPrintable(QString::number(uniform)));
  parameters.shared.sparsity = 0.998;  // 200 links, mean degree 0.2
  const double inverse = mean_distance(Family::spatial_inverse_gaussian, 1000.0);
  QVERIFY2(inverse > 312.0 && inverse < 364.0, qPrintable(QString::number(inverse)));
}

void TestInitialisers::all_fixed_single_dendrite_is_a_small_world_ring() {
  // BSW with beta = 0: k_j consecutive inputs from int(j·n_in/n_out - k_j/2), modulo n_in; here up to one index beside.
  ModelParameters parameters;
  parameters.shared.dendrites.mean = 1.0;
  for (const Fill fill : {Fill::window, Fill::anywhere}) {
    parameters.shared.fill = fill;
    for (const double alpha : {0.0, 0.4, 1.0}) {
      parameters.shared.receptive_field.mean = alpha;
      for (const auto& shape : std::vector<std::vector<NodeIndex>>{{98, 196, 196}, {97, 45, 130}, {784, 1568}}) {
        parameters.layer_sizes = shape;
        const auto network = dnm::generate(parameters).network;
        for (const dnm::Mask& mask : network->masks()) {
          const auto n_in = static_cast<std::int64_t>(mask.n_in);
          for (NodeIndex output = 0; output < mask.n_out; ++output) {
            const auto row = mask.row(output);
            const auto k = static_cast<std::int64_t>(row.size());
            const double place = static_cast<double>(output) * static_cast<double>(n_in) / mask.n_out;
            const auto start = static_cast<std::int64_t>(place - static_cast<double>(k) / 2.0);
            bool equal = false;
            // The middle of a window of odd width lies between two inputs, and rounding may add one more.
            for (int shift = -1; shift <= (alpha == 1.0 && n_in % 2 == 1 ? 2 : 1); ++shift) {
              std::vector<NodeIndex> ring;
              for (std::int64_t i = 0; i < k; ++i) {
                ring.push_back(static_cast<NodeIndex>((start + shift + i + 2 * n_in) % n_in));
              }
              std::sort(ring.begin(), ring.end());
              equal |= std::equal(ring.begin(), ring.end(), row.begin(), row.end());
            }
            QVERIFY(equal);
          }
        }
      }
    }
  }
}

void TestInitialisers::random_draws_every_set_of_cells_equally_often() {
  // T = 5 of the 4·3 cells: all 792 sets equally likely (chi-square with 791 degrees of freedom, 5 standard
  // deviations).
  ModelParameters parameters;
  parameters.initialiser = "random";
  parameters.layer_sizes = {4, 3};
  parameters.shared.sparsity = 1.0 - 5.0 / 12.0;
  std::map<std::vector<NodeIndex>, int> counts;
  constexpr int draws = 40000;
  for (parameters.seed = 0; parameters.seed < draws; ++parameters.seed) {
    const auto network = dnm::generate(parameters).network;
    std::vector<NodeIndex> cells;
    for (NodeIndex output = 0; output < 3; ++output) {
      for (const NodeIndex column : network->masks()[0].row(output)) cells.push_back(output * 4 + column);
    }
    QCOMPARE(cells.size(), std::size_t{5});
    ++counts[cells];
  }
  QCOMPARE(counts.size(), std::size_t{792});
  const double expected = draws / 792.0;
  double chi_square = 0.0;
  for (const auto& [cells, count] : counts) chi_square += (count - expected) * (count - expected) / expected;
  QVERIFY2(std::abs(chi_square - 791.0) < 5.0 * std::sqrt(2.0 * 791.0), qPrintable(QString::number(chi_square)));
}

void TestInitialisers::same_seed_same_network() {
  ModelParameters parameters;
  for (const dnm::Initialiser& initialiser : drawn_layer_by_layer()) {
    parameters.initialiser = initialiser.id;
    parameters.seed = 5;
    const auto first = dnm::generate(parameters).network;
    QCOMPARE(*dnm::generate(parameters).network, *first);
    parameters.seed = 6;
    QVERIFY(!(*dnm::generate(parameters).network == *first));
  }
}

void TestInitialisers::layers_are_drawn_independently() {
  for (const dnm::Initialiser& initialiser : drawn_layer_by_layer()) {
    ModelParameters parameters;
    parameters.initialiser = initialiser.id;
    parameters.shared.degree.family = Family::gaussian;
    parameters.shared.synapses.family = Family::uniform;
    const auto before = dnm::generate(parameters).network;
    parameters.layer_sizes[0] = 50;
    parameters.overrides[0]["sparsity"] = 0.5;
    parameters.overrides[0]["rewiring"] = 0.5;
    const auto after = dnm::generate(parameters).network;
    QVERIFY(!(before->masks()[0] == after->masks()[0]));
    QCOMPARE(after->masks()[1], before->masks()[1]);
  }
  // Two layers of the same shape are not copies of each other.
  ModelParameters square;
  square.layer_sizes = {100, 100, 100};
  square.shared.degree.family = Family::gaussian;
  const auto network = dnm::generate(square).network;
  QVERIFY(!(network->masks()[0] == network->masks()[1]));
}

void TestInitialisers::one_control_leaves_the_draws_of_the_others() {
  ModelParameters parameters;
  parameters.shared.degree.family = Family::gaussian;
  const auto before = dnm::generate(parameters).network;
  parameters.shared.dendrites.family = Family::gaussian;
  parameters.shared.receptive_field.family = Family::uniform;
  parameters.shared.synapses.family = Family::uniform;
  const auto after = dnm::generate(parameters).network;
  QCOMPARE(row_sizes(after->masks()[0]), row_sizes(before->masks()[0]));
  QVERIFY(!(after->masks()[0] == before->masks()[0]));
}

void TestInitialisers::rewiring_moves_the_stated_share() {
  ModelParameters parameters;
  parameters.layer_sizes = {300, 400};
  const auto before = dnm::generate(parameters).network;
  const dnm::Mask& original = before->masks()[0];
  for (const double p : {0.0, 0.25, 1.0}) {
    parameters.shared.rewiring = p;
    const auto after = dnm::generate(parameters).network;
    const dnm::Mask& rewired = after->masks()[0];
    QCOMPARE(rewired.link_count(), original.link_count());
    double kept = 0.0;
    std::vector<double> moved_to(10, 0.0);  // by tenth of the inputs
    double moved = 0.0;
    for (NodeIndex output = 0; output < original.n_out; ++output) {
      const auto row = original.row(output);
      for (const NodeIndex column : rewired.row(output)) {
        if (std::binary_search(row.begin(), row.end(), column)) {
          ++kept;
        } else {
          ++moved;
          ++moved_to[column / 30];
        }
      }
    }
    // A removed link comes back when its cell is among the p·T of (1 - 0.1·(1-p))·N empty ones drawn.
    const double links = 12000.0;
    const double expected = (1.0 - p) + p * (p * 0.1) / (1.0 - 0.1 * (1.0 - p));
    const double deviation = std::sqrt(links * expected * (1.0 - expected)) + 1e-9;
    QVERIFY2(std::abs(kept - links * expected) <= 4.5 * deviation, qPrintable(QString::number(kept)));
    if (p > 0.0) {
      double chi_square = 0.0;
      for (const double count : moved_to) chi_square += (count - moved / 10) * (count - moved / 10) / (moved / 10);
      QVERIFY2(chi_square < 9.0 + 5.0 * std::sqrt(18.0), qPrintable(QString::number(chi_square)));
    }
  }
}

void TestInitialisers::same_bits_on_every_machine() {
  // Not evidence of correctness (these numbers are our own): a difference on another machine, compiler or library means
  // that the same parameters and seed no longer give the same network.
  const auto hash = [](std::initializer_list<std::pair<const char*, const char*>> settings) {
    ModelParameters parameters;
    for (const auto& [id, text] : settings) dnm::set_from_text(parameters, id, text);
    return fnv1a(*dnm::generate(parameters).network);
  };
  QCOMPARE(hash({}), std::uint64_t{11904858526091545985U});
  QCOMPARE(hash({{"model", "random"}, {"seed", "3"}}), std::uint64_t{17848352839415204360U});
  QCOMPARE(hash({{"model", "bsw"}}), std::uint64_t{886131831915010760U});
  QCOMPARE(hash({{"model", "brf"}}), std::uint64_t{17016517493363432950U});
  QCOMPARE(hash({{"model", "brf"}, {"range", "0.7"}, {"side", "smaller"}, {"layers", "50,90"}}),
           std::uint64_t{4621342685696487828U});
  QCOMPARE(hash({{"model", "ramanujan"}, {"allocation", "er"}}), std::uint64_t{3290387013396104869U});
  QCOMPARE(hash({{"degree", "gaussian"},
                 {"dendrites", "gaussian:4"},
                 {"receptive-field", "gaussian:0.7"},
                 {"synapses", "gaussian"},
                 {"rewiring", "0.1"}}),
           std::uint64_t{18308969778599601117U});
  QCOMPARE(hash({{"degree", "spatial-gaussian"},
                 {"dendrites", "spatial-inverse-gaussian:4"},
                 {"receptive-field", "spatial-gaussian:1"},
                 {"synapses", "spatial-gaussian"},
                 {"border", "bounded"}}),
           std::uint64_t{11042406399802244496U});
}

void TestInitialisers::threads_do_not_matter() {
  // 1.8 million links: several parts, whatever the number of threads that take them.
  for (const dnm::Initialiser& initialiser : drawn_layer_by_layer()) {
    ModelParameters parameters;
    parameters.initialiser = initialiser.id;
    parameters.layer_sizes = {3000, 3000};
    parameters.shared.sparsity = 0.8;
    parameters.shared.rewiring = 0.2;
    dnm::DrawingContext one;
    one.threads = 1;
    dnm::DrawingContext four;
    four.threads = 4;
    QCOMPARE(*dnm::generate(parameters, {}, four).network, *dnm::generate(parameters, {}, one).network);
  }
}

void TestInitialisers::stops_on_request() {
  ModelParameters parameters;
  parameters.layer_sizes = {5000, 5000, 5000};
  parameters.shared.sparsity = 0.98;
  for (const dnm::Initialiser& initialiser : drawn_layer_by_layer()) {
    parameters.initialiser = initialiser.id;
    std::stop_source source;
    std::atomic<int> reports = 0;
    dnm::TaskControl control{source.get_token(), [&](double fraction) {
                               QVERIFY(fraction > 0.0 && fraction <= 1.0);
                               ++reports;
                               source.request_stop();
                             }};
    QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(dnm::generate(parameters, control)));
    QCOMPARE(reports.load(), 1);
    // Already stopped: not even the first layer.
    QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(dnm::generate(parameters, control)));
    QCOMPARE(reports.load(), 1);
  }
}

void TestInitialisers::unknown_initialiser() {
  QCOMPARE(dnm::initialiser("dnm").id, std::string_view("dnm"));
  QVERIFY_THROWS_EXCEPTION(dnm::InvalidInput, static_cast<void>(dnm::initialiser("rand")));
}

DNM_TEST(TestInitialisers)
#include "test_initialisers.moc"
