// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "core/link_prediction/link_score.h"
#include "tests/core/random_mask.h"
#include "tests/core/rewiring_reference.h"
#include "tests/support/test_class.h"

using namespace dnm::rewiring_reference;

using dnm::LinkScore;
using dnm::Mask;
using dnm::NodeIndex;
using dnm::OrderedJson;
using dnm::Random;

namespace {

using Scores = std::vector<std::vector<double>>;

constexpr LinkScore all_scores[] = {LinkScore::ch2_l3n, LinkScore::ch3_l3n, LinkScore::ch3_l3p};

Scores scores_of(const Mask& mask, LinkScore score, dnm::ScoreMethod method = dnm::ScoreMethod::automatic) {
  Scores scores(mask.n_out);
  dnm::score_missing_links(
      mask, score,
      [&](NodeIndex output, std::span<const double> row) { scores.at(output).assign(row.begin(), row.end()); }, {},
      method);
  return scores;
}

/// By the definition: every path u - z₁ - z₂ - v is listed.
double listed_score(const std::set<Cell>& links, NodeIndex n_in, NodeIndex n_out, NodeIndex u, NodeIndex v,
                    LinkScore score) {
  std::set<NodeIndex> near_u, near_v;  // the middle neurons of paths
  std::vector<std::pair<NodeIndex, NodeIndex>> paths;
  for (NodeIndex z1 = 0; z1 < n_in; ++z1) {
    for (NodeIndex z2 = 0; z2 < n_out; ++z2) {
      if (links.contains({u, z1}) && links.contains({z2, z1}) && links.contains({z2, v})) {
        near_u.insert(z1);
        near_v.insert(z2);
        paths.emplace_back(z1, z2);
      }
    }
  }
  // Links of a middle neuron within the local community, and those that leave it but for that to u or v.
  const auto inputs_within = [&](NodeIndex z2) {
    return std::ranges::count_if(near_u, [&](NodeIndex z1) { return links.contains({z2, z1}); });
  };
  const auto outputs_within = [&](NodeIndex z1) {
    return std::ranges::count_if(near_v, [&](NodeIndex z2) { return links.contains({z2, z1}); });
  };
  const auto degree_of_input = [&](NodeIndex z1) {
    return std::ranges::count_if(links, [&](const Cell& link) { return link.second == z1; });
  };
  const auto degree_of_output = [&](NodeIndex z2) {
    return std::ranges::count_if(links, [&](const Cell& link) { return link.first == z2; });
  };
  const auto leaving_of_input = [&](NodeIndex z1) {
    return static_cast<double>(degree_of_input(z1) - outputs_within(z1) - 1);
  };
  const auto leaving_of_output = [&](NodeIndex z2) {
    return static_cast<double>(degree_of_output(z2) - inputs_within(z2) - 1);
  };
  double sum = 0.0;
  if (score == LinkScore::ch3_l3p) {
    for (const auto& [z1, z2] : paths) {
      sum += 1.0 / std::sqrt((1.0 + leaving_of_input(z1)) * (1.0 + leaving_of_output(z2)));
    }
    return sum;
  }
  const bool counts_within = score == LinkScore::ch2_l3n;
  for (const NodeIndex z1 : near_u) {
    sum += (1.0 + (counts_within ? static_cast<double>(outputs_within(z1)) : 0.0)) / (1.0 + leaving_of_input(z1));
  }
  for (const NodeIndex z2 : near_v) {
    sum += (1.0 + (counts_within ? static_cast<double>(inputs_within(z2)) : 0.0)) / (1.0 + leaving_of_output(z2));
  }
  return sum;
}

}  // namespace

/// Scores of missing links, against values of other code and against every path listed.
class TestLinkScore : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void scores_of_a_small_layer() {
    const Mask mask = mask_file(reference_path("rand_12x10.tsv"));
    std::ifstream file(reference_path("rand_12x10_scores.tsv"));
    std::map<Cell, std::array<double, 3>> expected;
    for (std::string line; std::getline(file, line);) {
      if (line.empty() || line[0] == '#') continue;
      std::istringstream words(line);
      Cell cell;
      std::array<double, 3> values{};
      words >> cell.first >> cell.second >> values[0] >> values[1] >> values[2];
      expected[cell] = values;
    }
    QCOMPARE(expected.size(), std::size_t{84});
    for (const auto method : {dnm::ScoreMethod::paths, dnm::ScoreMethod::products, dnm::ScoreMethod::automatic}) {
      for (std::size_t s = 0; s < 3; ++s) {
        const Scores scores = scores_of(mask, all_scores[s], method);
        for (NodeIndex output = 0; output < mask.n_out; ++output) {
          for (NodeIndex input = 0; input < mask.n_in; ++input) {
            const auto found = expected.find({output, input});
            QVERIFY(is_close(scores[output][input], found == expected.end() ? 0.0 : found->second[s], 1e-12));
          }
        }
      }
    }
  }

  void scores_of_large_layers_data() {
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("mask");
    QTest::newRow("blocks") << "blocks_196x98_scores.json"
                            << QString::fromStdString(reference_path("blocks_196x98.tsv"));
    QTest::newRow("784 x 1568") << "bip_784_1568_s99_scores.json"
                                << (QString(dnm::test::reference_folder()) + "/bip_784_1568_s99.tsv");
  }
  void scores_of_large_layers() {
    QFETCH(QString, values);
    QFETCH(QString, mask);
    const OrderedJson expected = reference(values.toStdString());
    const Mask links = mask_file(mask.toStdString());
    QCOMPARE(links.link_count(), expected["links"].get<std::uint64_t>());
    const char* const names[] = {"CH2-L3n", "CH3-L3n", "CH3-L3p"};
    for (std::size_t s = 0; s < 3; ++s) {
      const OrderedJson& of_score = expected["scores"][names[s]];
      const Scores scores = scores_of(links, all_scores[s]);
      double sum = 0.0;
      std::uint64_t positive = 0;
      std::vector<double> all;
      for (const auto& row : scores) {
        for (const double score : row) {
          sum += score;
          positive += score > 0.0 ? 1 : 0;
          if (score > 0.0) all.push_back(score);
        }
      }
      QCOMPARE(positive, of_score["positive"].get<std::uint64_t>());
      QVERIFY(is_close(sum, of_score["sum"].get<double>(), 1e-10));
      std::ranges::sort(all, std::greater<>());
      for (std::size_t i = 0; i < of_score["top50"].size(); ++i) {
        const OrderedJson& top = of_score["top50"][i];
        QVERIFY(is_close(all[i], top[2].get<double>(), 1e-12));
        QVERIFY(is_close(scores[top[0].get<NodeIndex>()][top[1].get<NodeIndex>()], top[2].get<double>(), 1e-12));
      }
      for (const OrderedJson& cell : expected["cells"]) {
        QVERIFY(is_close(scores[cell[0].get<NodeIndex>()][cell[1].get<NodeIndex>()], cell[2 + s].get<double>(), 1e-12));
      }
    }
  }

  void scores_are_those_of_all_paths_listed() {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      Random random(seed, 5);
      const auto n_in = static_cast<NodeIndex>(2 + random.below(9)),
                 n_out = static_cast<NodeIndex>(2 + random.below(9));
      const std::uint64_t cells = std::uint64_t{n_in} * n_out;
      const Mask mask = dnm::test::random_mask(n_in, n_out, random.below(cells + 1), seed);
      const std::set<Cell> links = links_of(mask);
      for (const LinkScore score : all_scores) {
        for (const auto method : {dnm::ScoreMethod::paths, dnm::ScoreMethod::products}) {
          const Scores scores = scores_of(mask, score, method);
          for (NodeIndex u = 0; u < n_out; ++u) {
            for (NodeIndex v = 0; v < n_in; ++v) {
              const double expected = links.contains({u, v}) ? 0.0 : listed_score(links, n_in, n_out, u, v, score);
              QVERIFY(is_close(scores[u][v], expected, 1e-12));
            }
          }
        }
      }
    }
  }

  /// So wide a layer that the shares of its inputs, some 17 million, are not kept but found again for each output.
  void wide_layers_have_the_same_scores() {
    const Mask mask = dnm::test::random_mask(4200, 4, 12600, 1);
    for (const LinkScore score : {LinkScore::ch2_l3n, LinkScore::ch3_l3n}) {
      const Scores walked = scores_of(mask, score, dnm::ScoreMethod::paths);
      const Scores multiplied = scores_of(mask, score, dnm::ScoreMethod::products);
      std::size_t positive = 0;
      for (NodeIndex output = 0; output < mask.n_out; ++output) {
        for (NodeIndex input = 0; input < mask.n_in; ++input) {
          QVERIFY(is_close(walked[output][input], multiplied[output][input], 1e-12));
          if (walked[output][input] > 0.0) ++positive;
        }
      }
      QVERIFY(positive > 1000);
    }
  }
};

DNM_TEST(TestLinkScore)
#include "test_link_score.moc"
