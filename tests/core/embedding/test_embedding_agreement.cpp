// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numbers>

#include "core/embedding/embedding_agreement.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/embedding/reference_embedding.h"
#include "tests/core/reference_values.h"
#include "tests/support/test_class.h"

using dnm::PolarPoint;

namespace {

std::vector<PolarPoint> places(const std::vector<double>& theta, const std::vector<double>& radius) {
  std::vector<PolarPoint> points;
  for (std::size_t u = 0; u < theta.size(); ++u) points.push_back({theta[u], radius[u]});
  return points;
}

std::vector<PolarPoint> true_places(const std::string& name) {
  std::ifstream file = dnm::reference::open(name + "_coords.tsv");
  std::vector<PolarPoint> points;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream text(line);
    std::size_t node = 0;
    PolarPoint point;
    text >> node >> point.theta >> point.radius;
    points.push_back(point);
  }
  return points;
}

double undecided_pairs(const std::vector<PolarPoint>& points) {
  double count = 0.0;
  for (std::size_t u = 0; u < points.size(); ++u) {
    for (std::size_t v = 0; v < u; ++v) {
      if (std::abs(std::sin(points[u].theta - points[v].theta)) < 1e-9) count += 1.0;
    }
  }
  return count;
}

std::vector<PolarPoint> random_places(std::size_t n, std::uint64_t seed) {
  dnm::Random random(seed);
  std::vector<PolarPoint> points;
  for (std::size_t u = 0; u < n; ++u) {
    points.push_back({random.uniform(0.0, 2.0 * std::numbers::pi), random.uniform(0.0, 12.0)});
  }
  return points;
}

}  // namespace

class TestEmbeddingAgreement : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equals_the_reference_against_the_true_coordinates() {
    const std::string name = "npso_100_T0";
    const std::vector<PolarPoint> truth = true_places(name);
    const auto reference = dnm::reference::values(name + "_coemb.json");
    const std::vector<double> radius = dnm::reference::column(name, "r");
    int compared = 0;
    double undecided = 0.0;
    for (const auto& [variant, expected] : reference.at("variants").items()) {
      const std::vector<PolarPoint> inferred = places(dnm::reference::column(name, variant), radius);
      const auto found = dnm::embedding_agreement(truth, inferred).value();
      QVERIFY(std::abs(found.hd_correlation.value() - expected.at("HD_corr_vs_truth").get<double>()) < 1e-10);
      // Which way a pair turns that is at the same angle, or opposite, is left to rounding in the reference.
      const double slack = undecided_pairs(inferred) / 4950.0;
      QVERIFY(std::abs(found.c_score - expected.at("C_score_vs_truth").get<double>()) < slack + 1e-12);
      undecided += slack;
      ++compared;
    }
    QVERIFY(compared >= 30);
    QVERIFY(undecided / compared < 0.01);
  }

  void rotation_and_reflection_change_nothing() {
    const std::vector<PolarPoint> first = random_places(80, 1), second = random_places(80, 2);
    const auto expected = dnm::embedding_agreement(first, second).value();
    QVERIFY(expected.c_score >= 0.5 && expected.c_score < 0.7);
    QVERIFY(std::abs(expected.hd_correlation.value()) < 0.3);
    for (const double sign : {1.0, -1.0}) {
      std::vector<PolarPoint> turned = second;
      for (PolarPoint& point : turned) point.theta = sign * point.theta + 2.3;
      const auto found = dnm::embedding_agreement(first, turned, 3).value();
      QCOMPARE(found.c_score, expected.c_score);
      QVERIFY(std::abs(*found.hd_correlation - *expected.hd_correlation) < 1e-12);
      const auto same = dnm::embedding_agreement(second, turned, 1).value();
      QCOMPARE(same.c_score, 1.0);
      QVERIFY(std::abs(*same.hd_correlation - 1.0) < 1e-12);
    }
  }

  void equals_the_definition_pair_by_pair() {
    const std::vector<PolarPoint> first = random_places(40, 5), second = random_places(40, 6);
    std::vector<double> x, y;
    int same = 0, opposite = 0;
    const auto clockwise = [](const PolarPoint& a, const PolarPoint& b) {
      return std::fmod(b.theta - a.theta + 4.0 * std::numbers::pi, 2.0 * std::numbers::pi) < std::numbers::pi;
    };
    for (std::size_t u = 0; u < 40; ++u) {
      for (std::size_t v = u + 1; v < 40; ++v) {
        x.push_back(dnm::hyperbolic_distance(first[u], first[v]));
        y.push_back(dnm::hyperbolic_distance(second[u], second[v]));
        ++(clockwise(first[u], first[v]) == clockwise(second[u], second[v]) ? same : opposite);
      }
    }
    double mean_x = 0.0, mean_y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / 780.0, mean_y += y[i] / 780.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      xx += (x[i] - mean_x) * (x[i] - mean_x);
      yy += (y[i] - mean_y) * (y[i] - mean_y);
      xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    const auto found = dnm::embedding_agreement(first, second).value();
    QVERIFY(std::abs(found.hd_correlation.value() - xy / std::sqrt(xx * yy)) < 1e-12);
    QCOMPARE(found.c_score, std::max(same, opposite) / 780.0);
  }

  void nothing_to_compare() {
    const std::vector<PolarPoint> none, one(1), two{{0.0, 1.0}, {1.0, 1.0}}, spot(5);
    QVERIFY(!dnm::embedding_agreement(none, none).has_value());
    QVERIFY(!dnm::embedding_agreement(one, one).has_value());
    QVERIFY(!dnm::embedding_agreement(two, two).value().hd_correlation.has_value());
    QCOMPARE(dnm::embedding_agreement(two, two).value().c_score, 1.0);
    QVERIFY(!dnm::embedding_agreement(spot, spot).value().hd_correlation.has_value());
    QVERIFY_EXCEPTION_THROWN((void)dnm::embedding_agreement(one, two), dnm::InvalidInput);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)dnm::embedding_agreement(two, two, 1, {stop.get_token(), {}}), dnm::Cancelled);
  }
};

DNM_TEST(TestEmbeddingAgreement)
#include "test_embedding_agreement.moc"
