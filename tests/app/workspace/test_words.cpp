// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <vector>

#include "app/workspace/measure_words.h"
#include "app/workspace/words.h"
#include "core/measures/power_law_verdict.h"
#include "tests/support/not_finite.h"
#include "tests/support/test_class.h"

using namespace dnm;
using dnm::test::infinity;
using dnm::test::missing;

/// What the program says of a number.
class TestWords : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rates_bytes_and_losses() {
    QCOMPARE(rate_text(0.0, "examples"), std::string("0 examples/s"));
    QCOMPARE(rate_text(12345.9, "examples"), std::string("12,345 examples/s"));
    QCOMPARE(rate_text(1254000.0, "links"), std::string("1.25 M links/s"));
    QCOMPARE(rate_text(3.104e9, "links"), std::string("3.10 G links/s"));
    QCOMPARE(throughput_text(41000.5, 2.51e9), std::string("41,000 examples/s, 2.51 G links/s"));
    QCOMPARE(bytes_text(3'149'000), std::string("3.1 MB"));
    QCOMPARE(bytes_text(9'950'001), std::string("10 MB"));
    QCOMPARE(bytes_text(248'400'000), std::string("248 MB"));
    QCOMPARE(bytes_text(12'345'678'901), std::string("12,346 MB"));
    QCOMPARE(loss_text(0.41234), std::string("0.4123"));
    QCOMPARE(loss_text(3.4e12), std::string("3.4e+12"));
  }

  void durations() {
    QCOMPARE(duration_text(0.0015), std::string("1.5 ms"));
    QCOMPARE(duration_text(0.035), std::string("35 ms"));
    QCOMPARE(duration_text(1.238), std::string("1.24 s"));
    QCOMPARE(duration_text(12.34), std::string("12.3 s"));
    QCOMPARE(duration_text(130.0), std::string("2 min 10 s"));
    QCOMPARE(duration_text(3600.0 + 3 * 60), std::string("1 h 3 min"));
    QCOMPARE(duration_text(missing), std::string("?"));
    QCOMPARE(time_left_text(0.0), std::string("0:00"));
    QCOMPARE(time_left_text(64.6), std::string("1:05"));
    QCOMPARE(time_left_text(2 * 3600 + 10 * 60 + 33), std::string("2:10:33"));
    for (const double unknown : {missing, infinity, -1.0, 4e6}) QCOMPARE(time_left_text(unknown), std::string("–"));
    QCOMPARE(step_time_text(0.0214), std::string("0.021 ms"));
    QCOMPARE(step_time_text(3.1), std::string("3.10 ms"));
  }

  void accuracies_are_mean_and_error() {
    // Mean 0.8, sd 0.1, over the root of 3.
    const std::vector<double> values{0.7, 0.8, 0.9};
    const Metric* const accuracy = &metric("test_accuracy");
    QCOMPARE(mean_text(accuracy, values), std::string("80.00 ± 5.77 %"));
    QCOMPARE(mean_cell(accuracy, values), std::string("80.00 ± 5.77"));
    QCOMPARE(mean_text(accuracy, std::span(values).first(1)), std::string("70.00 %"));
    QCOMPARE(mean_text(nullptr, {}), std::string("–"));
    QCOMPARE(mean_cell(nullptr, {}), std::string());
    QCOMPARE(percent_text(0.842), std::string("84.20 %"));
    QCOMPARE(mean_text(&metric("train_loss"), values), std::string("0.800 ± 0.058"));
    QCOMPARE(in_sentence(accuracy->label), std::string("test accuracy"));
  }

  void networks_and_engines() {
    const Network layered = Network::layered({3, 2}, {Mask{3, 2, {0, 2, 3}, {0, 1, 2}}});
    QCOMPARE(layers_text(layered.layer_sizes()), std::string("3-2"));
    QCOMPARE(network_text(layered), std::string("3-2, 3 links"));
    QCOMPARE(timing_text({Engine::sparse, 0.0214, 3.1}), std::string("sparse 0.021 ms (masked 3.10 ms)"));
    QCOMPARE(timing_text({Engine::masked, 0.5, 0.125}), std::string("masked 0.12 ms (sparse 0.50 ms)"));
    QCOMPARE(speed_up_text(48.25), std::string("48.2 times as fast as masked dense products"));
  }

  void details_of_measures() {
    Measurement gamma;
    gamma.value = 4.61;
    gamma.details = {{"xmin", std::int64_t{1800}},
                     {"ks", 0.0312345},
                     {"connected_pair_fraction", 0.5},
                     {"mean_of_all", {}},
                     {"sd", missing}};
    QCOMPARE(p_value_text(gamma), std::string());
    gamma.details.insert(gamma.details.end(), {{"p_value", 0.0123},
                                               {"p_value_se", 0.00352},
                                               {"p_value_samples", std::int64_t{1000}},
                                               {"p_value_method", std::string("bootstrap")}});
    QString words;
    for (const DetailWords& detail : detail_words(gamma))
      words += QString::fromStdString(detail.name + " " + detail.value + ", ");
    QCOMPARE(words, QString("x_min 1,800, KS distance 0.03123, connected pairs 50 %, spread (sd) n/a, "));
    QCOMPARE(p_value_text(gamma),
             std::string("p = 0.0123 ± 0.0035 (1,000 samples, bootstrap): the degrees do not follow a power law above "
                         "x_min; it is rejected"));
    // None of the samples lies as far: all that is known is that p is less than one of them.
    gamma.details[5].second = 0.0;
    for (const auto& [samples, bound] : {std::pair{1000, "0.001"}, std::pair{40, "0.025"}, std::pair{20, "0.05"}}) {
      gamma.details[7].second = std::int64_t{samples};
      QVERIFY2(p_value_text(gamma).starts_with(std::string("p < ") + bound + " ("), p_value_text(gamma).c_str());
      QCOMPARE(rejection_text(gamma), std::string("rejected (p < ") + bound + ")");
    }
    gamma.details[7].second = std::int64_t{5};  // p < 0.2 rules nothing out
    QVERIFY(rejection_text(gamma).empty());
    gamma.details[7].second = std::int64_t{1000};
    gamma.details[5].second = 0.25;
    QVERIFY(rejection_text(gamma).empty());
    QVERIFY(p_value_text(gamma).ends_with("the degrees may well follow a power law above x_min"));
    gamma.details[5].second = Measurement::Detail{};
    QCOMPARE(p_value_text(gamma), std::string("p-value n/a: there is no exponent to test"));
  }

  /// Without samples, by the distribution of the distance of a law that is known beforehand: Kolmogorov's table has
  /// D·√n = 1.2238 at 10 %.
  void a_fit_that_is_far_off_says_so_without_samples() {
    Measurement gamma;
    gamma.value = 2.5;
    const auto verdict = [&](double distance, std::int64_t tail) {
      gamma.details = {{"xmin", std::int64_t{3}}, {"ks", distance}, {"tail", tail}};
      return fit_verdict_text(gamma);
    };
    QCOMPARE(verdict(0.1369, 5488), std::string("fits poorly (KS 0.1369)"));
    QCOMPARE(verdict(0.1225, 100), std::string("fits poorly (KS 0.1225)"));
    QVERIFY(verdict(0.1222, 100).empty());
    QVERIFY(verdict(0.01, 100).empty());
    gamma.value.reset();
    QVERIFY(verdict(0.1369, 5488).empty());
    // The samples know better.
    gamma.value = 2.5;
    gamma.details = {{"xmin", std::int64_t{3}},
                     {"ks", 0.1369},
                     {"tail", std::int64_t{5488}},
                     {"p_value", 0.5},
                     {"p_value_samples", std::int64_t{1000}}};
    QVERIFY(fit_verdict_text(gamma).empty());
    gamma.details[3].second = 0.001;
    QCOMPARE(fit_verdict_text(gamma), rejection_text(gamma));
  }

  void chance() {
    ChanceComparison found;
    found.copies = 10;
    found.mean = 5.21234;
    found.sd = 0.1123;
    found.z = 12.34;
    QCOMPARE(chance_text(found),
             std::string("z = 12.3 against chance: 5.212 ± 0.11 (mean ± sd of 10 randomised copies)"));
    found.z = -1234.5;
    QCOMPARE(z_text(found), std::string("z = -1234"));
    found.z = 0.4;
    found.without_value = 2;
    QCOMPARE(chance_text(found), std::string("z = 0.4 against chance: what chance gives, 5.212 ± 0.11 (mean ± sd of 8 "
                                             "randomised copies; 2 more have no value)"));
    found.z.reset();
    found.reason = "only one randomised copy has a value";
    QCOMPARE(z_text(found), std::string("z n/a"));
    QCOMPARE(chance_text(found), std::string("n/a against chance: only one randomised copy has a value"));
  }
};

DNM_TEST(TestWords)
#include "test_words.moc"
