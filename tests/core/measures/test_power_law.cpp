// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <chrono>
#include <cmath>
#include <numbers>
#include <stop_token>
#include <thread>

#include "core/measures/igraph_adapter.h"
#include "core/measures/power_law.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_values.h"
#include "tests/core/stopped_later.h"
#include "tests/support/test_class.h"

using dnm::fit_power_law;
using dnm::hurwitz_zeta;
using dnm::NodeIndex;
using dnm::PowerLaw;

namespace {

/// Degrees drawn from a discrete power law by inverting its distribution, the slow way.
std::vector<NodeIndex> power_law_sample(std::size_t count, double gamma, NodeIndex x_min, dnm::Random& random) {
  const double whole = hurwitz_zeta(gamma, x_min);
  std::vector<NodeIndex> degrees;
  while (degrees.size() < count) {
    const double u = random.uniform();
    NodeIndex x = x_min;
    for (double below = 0.0; x < 100000; ++x) {
      below += std::pow(static_cast<double>(x), -gamma) / whole;
      if (below > u) break;
    }
    degrees.push_back(x);
  }
  return degrees;
}

/// Of a network as large as the sample, so that nothing is corrected.
dnm::PowerLawTest test_of(const std::vector<NodeIndex>& degrees, int samples, std::uint64_t seed,
                          unsigned threads = 0) {
  const PowerLaw fit = fit_power_law(degrees, static_cast<NodeIndex>(degrees.size())).value();
  return dnm::test_power_law(degrees, fit, samples, seed, threads);
}

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

  /// Under the null the p-value is spread evenly, a little less so since its own fit is compared with (Clauset et al.).
  void p_values_of_true_power_laws_are_spread_evenly() {
    dnm::Random random(21);
    std::vector<double> found;
    constexpr int trials = 120;
    for (int trial = 0; trial < trials; ++trial) {
      const auto degrees = power_law_sample(200, 2.5, 3, random);
      found.push_back(test_of(degrees, 100, static_cast<std::uint64_t>(trial)).p_value());
    }
    std::sort(found.begin(), found.end());
    double farthest = 0.0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      farthest = std::max(farthest, std::abs(found[i] - (static_cast<double>(i) + 0.5) / trials));
    }
    qInfo("Kolmogorov-Smirnov distance from the uniform distribution %.3f", farthest);
    // 1.95 / sqrt(n) is exceeded once in a thousand; the samples of each p-value add their own error.
    QVERIFY(farthest < 1.95 / std::sqrt(static_cast<double>(trials)) + 0.05);
  }

  void p_values_of_other_degrees_are_small() {
    dnm::Random random(22);
    std::vector<NodeIndex> degrees;
    for (int i = 0; i < 600; ++i) degrees.push_back(10 + static_cast<NodeIndex>(random.below(21)));
    QVERIFY(test_of(degrees, 200, 0).p_value() < 0.05);
    degrees.clear();
    for (int i = 0; i < 600; ++i) {
      degrees.push_back(static_cast<NodeIndex>(std::max(1.0, std::round(random.normal(20.0, 3.0)))));
    }
    QVERIFY(test_of(degrees, 200, 0).p_value() < 0.05);
  }

  void a_p_value_says_how_it_was_found() {
    dnm::Random random(23);
    const auto degrees = power_law_sample(150, 2.2, 2, random);
    const dnm::PowerLawTest one = test_of(degrees, 105, 4, 1);
    const dnm::PowerLawTest three = test_of(degrees, 105, 4, 3);
    QCOMPARE(one.samples, std::uint64_t{105});
    QCOMPARE(three.as_far, one.as_far);
    QVERIFY(close(one.p_value(), static_cast<double>(one.as_far) / 105.0, 1e-15));
    dnm::PowerLawTest half{100, 50};
    QVERIFY(close(half.standard_error(), 0.05, 1e-2));
    QVERIFY((dnm::PowerLawTest{100, 0}).standard_error() > 0.0);
    std::uint64_t last = 0;
    const PowerLaw fit = fit_power_law(degrees, 150).value();
    const auto grows = [&](const dnm::PowerLawTest& so_far) {
      QVERIFY(so_far.samples > last && so_far.samples < 105);
      last = so_far.samples;
    };
    static_cast<void>(dnm::test_power_law(degrees, fit, 105, 4, 2, {}, grows));
    QVERIFY(last > 0);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::test_power_law(degrees, fit, 0, 4)), dnm::InvalidInput);
    const std::vector<NodeIndex> others{1, 2, 3};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::test_power_law(others, fit, 10, 4)), dnm::InvalidInput);
  }

  void a_stop_ends_the_samples() {
    dnm::Random random(24);
    const auto degrees = power_law_sample(5000, 2.1, 1, random);
    const PowerLaw fit = fit_power_law(degrees, 5000).value();
    const dnm::test::StoppedLater stopped{std::chrono::milliseconds(50)};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::test_power_law(degrees, fit, 10000000, 0, 2, stopped.control())),
                             dnm::Cancelled);
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

DNM_TEST(TestPowerLaw)
#include "test_power_law.moc"
