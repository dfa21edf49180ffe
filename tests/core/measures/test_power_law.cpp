// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>
#include <numbers>

#include "core/measures/igraph_adapter.h"
#include "core/measures/power_law.h"
#include "core/network/random.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"

using dnm::fit_power_law;
using dnm::hurwitz_zeta;
using dnm::NodeIndex;
using dnm::PowerLaw;

namespace {

bool close(double value, double expected, double relative) {
  return std::abs(value - expected) <= relative * std::abs(expected);
}

}  // namespace

class TestPowerLaw : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void zeta_at_known_points() {
    using std::numbers::pi;
    QVERIFY(close(hurwitz_zeta(2.0, 1.0), pi * pi / 6.0, 1e-14));
    QVERIFY(close(hurwitz_zeta(4.0, 1.0), std::pow(pi, 4) / 90.0, 1e-14));
    QVERIFY(close(hurwitz_zeta(10.0, 1.0), std::pow(pi, 10) / 93555.0, 1e-14));
    QVERIFY(close(hurwitz_zeta(2.0, 0.5), pi * pi / 2.0, 1e-14));
    QVERIFY(close(hurwitz_zeta(3.0, 1.0), 1.2020569031595942854, 1e-14));
    // ζ(1.01, 1) = 1/0.01 + γ - 0.01·γ₁ + … (Stieltjes constants)
    const double e = 0.01;
    const double laurent = 1.0 / e + 0.57721566490153286061 + 0.072815845483676724861 * e -
                           0.0048451815964361592423 * e * e - 0.00034230573671722431103 * e * e * e;
    QVERIFY(close(hurwitz_zeta(1.01, 1.0), laurent, 1e-12));
  }

  void zeta_obeys_its_recurrence() {
    for (const double s : {1.01, 1.5, 2.5, 6.0, 10.0}) {
      for (const double a : {1.0, 3.0, 15.0, 16.0, 40.0, 1000.0}) {
        double sum = hurwitz_zeta(s, a + 25.0);
        for (int k = 24; k >= 0; --k) sum += std::pow(a + k, -s);
        QVERIFY(close(sum, hurwitz_zeta(s, a), 1e-13));
      }
    }
  }

  void reference_fits_data() {
    QTest::addColumn<std::string>("name");
    for (const std::string& name : dnm::reference::graph_names()) QTest::newRow(name.c_str()) << name;
  }

  void reference_fits() {
    QFETCH(std::string, name);
    const auto expected = dnm::reference::values(name + "_lqg.json");
    const dnm::Graph graph = dnm::reference::graph(name);
    const auto fit = fit_power_law(graph);
    QVERIFY(fit.has_value());
    const auto& grid = expected["gamma_grid"];
    QVERIFY(close(fit->gamma, grid["alpha"].get<double>(), 1e-12));
    QVERIFY(close(fit->gamma_raw, grid["alpha_uncorrected"].get<double>(), 1e-12));
    QCOMPARE(fit->x_min, grid["xmin"].get<NodeIndex>());
    QCOMPARE(fit->tail, grid["n_tail"].get<std::uint64_t>());
    QVERIFY(close(fit->ks_distance, grid["D"].get<double>(), 1e-9));
    QCOMPARE(fit->corrected, grid["finite_size_correction"].get<bool>());
    QCOMPARE(fit->capped, grid["alpha_uncorrected"].get<double>() == 10.0);
    QCOMPARE(fit->reason_against(graph.node_count()).empty(), !fit->capped);

    const auto& second = expected["gamma_igraph"];
    const auto other = dnm::igraph_power_law(dnm::positive_degrees(graph), {});
    QVERIFY(close(other.gamma, second["alpha"].get<double>(), 1e-5));
    QCOMPARE(other.x_min, second["xmin"].get<double>());
    QVERIFY(close(other.ks_distance, second["D"].get<double>(), 1e-5));
  }

  /// Every grid point and every integer, straight from the definition.
  void brute_force_agrees() {
    dnm::Random random(11);
    for (int trial = 0; trial < 12; ++trial) {
      std::vector<NodeIndex> degrees;
      for (int i = 0; i < 150; ++i) {
        const double u = 1.0 - random.uniform();
        degrees.push_back(static_cast<NodeIndex>(std::min(400.0, std::pow(u, -1.0 / (0.6 + 0.3 * trial)))));
      }
      const auto fit = fit_power_law(degrees, 150);
      std::vector<NodeIndex> distinct = degrees;
      std::sort(distinct.begin(), distinct.end());
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      if (distinct.size() < 2) {
        QVERIFY(!fit);
        continue;
      }
      double best_distance = 2.0;
      double best_gamma = 0.0;
      NodeIndex best_x_min = 0;
      for (std::size_t i = 0; i + 1 < distinct.size(); ++i) {
        const NodeIndex x_min = distinct[i];
        double n = 0.0;
        double logs = 0.0;
        std::vector<double> count(distinct.back() + 1, 0.0);
        for (const NodeIndex x : degrees) {
          if (x < x_min) continue;
          ++n;
          logs += std::log(static_cast<double>(x));
          ++count[x];
        }
        double gamma = 0.0;
        double best_likelihood = -1e300;
        for (int g = 101; g <= 1000; ++g) {
          const double likelihood = -0.01 * g * logs - n * std::log(hurwitz_zeta(0.01 * g, x_min));
          if (likelihood > best_likelihood) {
            best_likelihood = likelihood;
            gamma = 0.01 * g;
          }
        }
        const double zeta = hurwitz_zeta(gamma, x_min);
        double fitted = 0.0;
        double empirical = 0.0;
        double distance = 0.0;
        for (NodeIndex x = x_min; x <= distinct.back(); ++x) {
          fitted += std::pow(static_cast<double>(x), -gamma) / zeta;
          empirical += count[x] / n;
          distance = std::max(distance, std::abs(fitted - empirical));
        }
        if (distance < best_distance - 1e-13) {
          best_distance = distance;
          best_gamma = gamma;
          best_x_min = x_min;
        }
      }
      QVERIFY(fit.has_value());
      QCOMPARE(fit->x_min, best_x_min);
      QVERIFY(close(fit->gamma_raw, best_gamma, 1e-12));
      QVERIFY(close(fit->ks_distance, best_distance, 1e-9));
    }
  }

  void too_little_to_fit() {
    QVERIFY(!fit_power_law(dnm::test::ring(50)));
    QVERIFY(!fit_power_law(dnm::Graph(5, {})));
    QVERIFY(!fit_power_law(dnm::Graph(2, dnm::test::Links{{0, 1}})));
    QVERIFY(fit_power_law(dnm::test::star(9)).has_value());
  }

  void a_short_tail_is_no_value_in_a_large_network() {
    PowerLaw fit;
    fit.tail = 49;
    QVERIFY(!fit.reason_against(100).empty());
    QVERIFY(fit.reason_against(99).empty());
    fit.tail = 50;
    QVERIFY(fit.reason_against(100).empty());
    fit.capped = true;
    QVERIFY(!fit.reason_against(34).empty());
  }
};

QTEST_APPLESS_MAIN(TestPowerLaw)
#include "test_power_law.moc"
