// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <limits>
#include <set>

#include "core/measures/measure.h"
#include "core/measures/measure_setting.h"
#include "core/models/initialiser.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "tests/core/another_value.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::measure;
using dnm::Measurement;
using dnm::MeasureSettings;

namespace {

Measurement compute(const char* id, const Graph& graph, const MeasureSettings& settings = {}) {
  return measure(id).compute(graph, settings, {}, {});
}

void set(MeasureSettings& settings, const char* id, const char* text) {
  dnm::measure_setting_table().set_text(settings, id, text);
}

std::vector<std::string> detail_keys(const Measurement& measurement) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : measurement.details) keys.push_back(key);
  return keys;
}

/// The measures with a contract of their own below; those that come later need only be sound.
bool is_published(std::string_view id) { return id == "L" || id == "Q" || id == "sigma_c" || id == "gamma"; }

double number(const Measurement& measurement, const std::string& key) {
  for (const auto& [name, value] : measurement.details) {
    if (name != key) continue;
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

class TestMeasureTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rows_in_display_order() {
    std::vector<std::string> published;
    for (const auto& row : dnm::measure_table()) {
      if (is_published(row.id)) published.emplace_back(row.id);
      for (const auto text : {row.symbol, row.label, row.meaning, row.formula, row.caveat}) QVERIFY(!text.empty());
      QCOMPARE(&measure(row.id), &row);
    }
    QCOMPARE(published, (std::vector<std::string>{"L", "Q", "sigma_c", "gamma"}));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(measure("clustering")), dnm::InvalidInput);
  }

  void karate_through_the_table() {
    const Graph karate = dnm::reference::graph("karate");
    const Measurement length = compute("L", karate);
    QVERIFY(std::abs(length.value.value() - 2.408199643493761) < 1e-12);
    QCOMPARE(number(length, "connected_pair_fraction"), 1.0);
    QCOMPARE(number(length, "diameter"), 5.0);

    const Measurement q = compute("Q", karate);
    QVERIFY(q.value.value() >= 0.4197);
    QCOMPARE(q.method, std::string("Leiden until stable, best of 10"));
    QCOMPARE(number(q, "runs"), 10.0);
    QCOMPARE(q.communities.size(), std::size_t{34});

    MeasureSettings settings;
    settings.sigma_draws = 200;
    const Measurement consistency = compute("sigma_c", karate, settings);
    QVERIFY(std::abs(consistency.value.value() - 0.4256) < 0.028);
    QVERIFY(consistency.standard_error.value() > 0.0);
    QCOMPARE(number(consistency, "removed"), 8.0);
    QCOMPARE(number(consistency, "draws"), 200.0);
    QVERIFY(std::abs(number(consistency, "baseline") - 0.016293279022403257) < 1e-12);

    const Measurement gamma = compute("gamma", karate);
    QVERIFY(std::abs(gamma.value.value() - 2.124848484848485) < 1e-12);
    QCOMPARE(number(gamma, "xmin"), 2.0);
    QCOMPARE(number(gamma, "tail"), 33.0);
  }

  void a_given_removal_set() {
    MeasureSettings settings;
    settings.removed = {{4, 7}, {8, 5}};
    const Measurement found = compute("sigma_c", dnm::reference::graph("grid_3x3"), settings);
    QCOMPARE(found.value.value(), 0.5);
    QVERIFY(!found.standard_error);
    QCOMPARE(number(found, "draws"), 1.0);
    QCOMPARE(number(found, "removed"), 2.0);
    settings.removed = {{0, 8}};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(compute("sigma_c", dnm::reference::graph("grid_3x3"), settings)),
                             dnm::InvalidInput);
  }

  void igraph_as_second_opinion() {
    const Graph graph = dnm::reference::graph("karate_plus_fragments");
    const MeasureSettings settings = dnm::by_igraph({});
    QCOMPARE(measure("L").worker({}), dnm::MeasureWorker::own);
    QCOMPARE(measure("L").worker(settings), dnm::MeasureWorker::igraph);
    QCOMPARE(measure("gamma").worker({}), dnm::MeasureWorker::own);
    QCOMPARE(measure("gamma").worker(settings), dnm::MeasureWorker::igraph);
    QCOMPARE(measure("Q").worker({}), dnm::MeasureWorker::own);
    QCOMPARE(measure("Q").worker(settings), dnm::MeasureWorker::igraph);
    QCOMPARE(measure("sigma_c").worker(settings), dnm::MeasureWorker::own);
    const Measurement own = compute("L", graph);
    const Measurement other = compute("L", graph, settings);
    QVERIFY(std::abs(own.value.value() - other.value.value()) < 1e-12);
    QVERIFY(std::abs(number(own, "connected_pair_fraction") - number(other, "connected_pair_fraction")) < 1e-12);
    QVERIFY(std::abs(compute("gamma", graph, settings).value.value() - 2.2310109766631228) < 1e-5);
  }

  void what_does_not_exist_has_a_reason_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("missing");
    QTest::newRow("no link") << 0 << std::string("L Q sigma_c gamma");
    QTest::newRow("one link") << 1 << std::string("sigma_c gamma");
    QTest::newRow("ring") << 2 << std::string("gamma");
    QTest::newRow("star of four") << 3 << std::string("sigma_c");
    QTest::newRow("complete bipartite") << 4 << std::string("");
    QTest::newRow("one link, isolated nodes") << 5 << std::string("sigma_c gamma");
    QTest::newRow("a single node") << 6 << std::string("L Q sigma_c gamma");
  }

  void what_does_not_exist_has_a_reason() {
    QFETCH(int, kind);
    QFETCH(std::string, missing);
    const auto graph = [&]() -> Graph {
      switch (kind) {
        case 1:
          return Graph(2, dnm::test::Links{{0, 1}});
        case 2:
          return dnm::test::ring(30);
        case 3:
          return dnm::test::star(4);
        case 4:
          return Graph(7, dnm::test::complete_bipartite_links(3, 4));
        case 5:
          return Graph(120, dnm::test::Links{{3, 90}});
        case 6:
          return Graph(1, {});
        default:
          return Graph(6, {});
      }
    }();
    for (const char* engine : {"own", "igraph", "spectral"}) {
      MeasureSettings settings;
      settings.p_value_samples = 5;
      if (std::string(engine) == "spectral") settings.modularity = dnm::ModularityMethod::spectral;
      if (std::string(engine) == "igraph") {
        settings = dnm::by_igraph(settings);
        settings.modularity = dnm::ModularityMethod::louvain;
      }
      for (const auto& row : dnm::measure_table()) {
        const Measurement found = row.compute(graph, settings, {}, {});
        const bool absent = (" " + missing + " ").find(" " + std::string(row.id) + " ") != std::string::npos;
        if (is_published(row.id)) QCOMPARE(found.value.has_value(), !absent);
        if (graph.link_count() == 0) QVERIFY2(!found.value, row.id.data());
        QCOMPARE(found.reason.empty(), found.value.has_value());
        QVERIFY(!found.method.empty());
        if (found.value) QVERIFY(std::isfinite(*found.value));
      }
    }
  }

  void the_cap_is_no_exponent() {
    const Measurement found = compute("gamma", dnm::reference::graph("layered_98_196_196_s90"));
    QVERIFY(!found.value);
    QVERIFY(found.reason.find("cap") != std::string::npos);
    QCOMPARE(number(found, "xmin"), 33.0);
  }

  void keys_are_those_of_the_contract() {
    const Graph karate = dnm::reference::graph("karate");
    using Keys = std::vector<std::string>;
    QCOMPARE(detail_keys(compute("Q", karate)), (Keys{"runs", "mean", "sd", "communities"}));
    QCOMPARE(detail_keys(compute("sigma_c", karate)), (Keys{"draws", "removed", "baseline"}));
    QCOMPARE(detail_keys(compute("gamma", karate)), (Keys{"xmin", "ks", "tail"}));
    QCOMPARE(detail_keys(compute("L", karate)).front(), std::string("connected_pair_fraction"));
  }

  void each_setting_touches_its_own_measure() {
    MeasureSettings base;
    const auto changed = [&](auto change) {
      MeasureSettings other = base;
      change(other);
      std::string ids;
      for (const auto& row : dnm::measure_table()) {
        if (!row.same_result(base, other)) ids += std::string(row.id) + " ";
      }
      return ids;
    };
    // Any measure may draw random numbers.
    const auto of_seed = [&] {
      MeasureSettings other = base;
      other.seed = 1;
      std::string ids;
      for (const auto& row : dnm::measure_table()) {
        if (is_published(row.id) && !row.same_result(base, other)) ids += std::string(row.id) + " ";
      }
      return ids;
    };
    QCOMPARE(changed([](MeasureSettings&) {}), std::string());
    QCOMPARE(changed([](MeasureSettings& s) { s.threads = 3; }), std::string());
    QCOMPARE(changed([](MeasureSettings& s) { s.modularity = dnm::ModularityMethod::spectral; }), std::string("Q "));
    QCOMPARE(changed([](MeasureSettings& s) { s.modularity_runs = 3; }), std::string("Q "));
    for (const char* passes : {"1", "5"}) {
      QCOMPARE(changed([&](MeasureSettings& s) { set(s, "leiden-passes", passes); }), std::string("Q "));
      // No other estimator asks for them.
      MeasureSettings louvain;
      louvain.modularity = dnm::ModularityMethod::louvain;
      MeasureSettings other = louvain;
      set(other, "leiden-passes", passes);
      QVERIFY(measure("Q").same_result(louvain, other));
    }
    QCOMPARE(changed([](MeasureSettings& s) { set(s, "leiden-engine", "igraph"); }), std::string("Q "));
    QCOMPARE(changed([](MeasureSettings& s) { s.sigma_draws = 3; }), std::string("sigma_c "));
    QCOMPARE(changed([](MeasureSettings& s) { s.sigma_error = 0.01; }), std::string("sigma_c "));
    QCOMPARE(changed([](MeasureSettings& s) { s.removed = {{0, 1}}; }), std::string("sigma_c "));
    QCOMPARE(changed([](MeasureSettings& s) { set(s, "engine", "igraph"); }), std::string("L "));
    QCOMPARE(changed([](MeasureSettings& s) { set(s, "gamma-fit", "igraph"); }), std::string("gamma "));
    QCOMPARE(changed([](MeasureSettings& s) { s.p_value_samples = 10; }), std::string("gamma "));
    QCOMPARE(of_seed(), std::string("Q sigma_c "));
    base.p_value_samples = 10;
    QCOMPARE(of_seed(), std::string("Q sigma_c gamma "));
  }

  void the_spectral_estimator_through_the_table() {
    const Graph karate = dnm::reference::graph("karate");
    MeasureSettings settings;
    settings.modularity = dnm::ModularityMethod::spectral;
    settings.modularity_runs = 20;
    QCOMPARE(measure("Q").worker(settings), dnm::MeasureWorker::own);
    const Measurement q = compute("Q", karate, settings);
    QCOMPARE(q.value.value(), number(q, "mean"));
    QVERIFY(number(q, "best") >= number(q, "mean"));
    QCOMPARE(q.method, std::string("spectral, mean of 20 node orders"));
    QCOMPARE(q.communities.size(), std::size_t{34});
  }

  void a_fit_to_a_few_degrees_is_noted_data() {
    QTest::addColumn<QString>("options");  // of the model
    QTest::addColumn<QString>("note");     // its start
    QTest::newRow("dense") << "model=dense layers=12,8"
                           << "fitted to 2 distinct degrees alone, 8 and 12:";
    QTest::newRow("three layers") << "model=dense layers=12,8,4"
                                  << "fitted to 2 distinct degrees alone,";
    QTest::newRow("Ramanujan") << "model=ramanujan layers=60,40,30 sparsity=0.9"
                               << "fitted to";
    QTest::newRow("hubs") << "model=dnm degree=spatial-gaussian"
                          << "";
  }

  void a_fit_to_a_few_degrees_is_noted() {
    QFETCH(QString, options);
    QFETCH(QString, note);
    dnm::ModelParameters parameters;
    for (const QString& option : options.split(' ')) {
      dnm::set_from_text(parameters, option.section('=', 0, 0).toStdString(), option.section('=', 1).toStdString());
    }
    const Graph graph(*dnm::generate(parameters).network);
    for (const char* fit : {"grid", "igraph"}) {
      MeasureSettings settings;
      set(settings, "gamma-fit", fit);
      const Measurement found = compute("gamma", graph, settings);
      if (!found.value) continue;
      const QString said = QString::fromStdString(note_of(found));
      QVERIFY2(note.isEmpty() ? said.isEmpty() : said.startsWith(note) || std::string(fit) == "igraph",
               qPrintable(said));
      if (note.isEmpty()) continue;
      // Counted from the degrees themselves.
      std::set<dnm::NodeIndex> tail;
      for (dnm::NodeIndex node = 0; node < graph.node_count(); ++node) {
        if (graph.degree(node) >= number(found, "xmin")) tail.insert(graph.degree(node));
      }
      QCOMPARE(said.isEmpty(), tail.size() > 3);
    }
  }

  void the_fit_of_igraph_names_its_x_min() {
    MeasureSettings settings;
    set(settings, "gamma-fit", "igraph");
    for (const char* name : {"karate", "npso_100_T0", "layered_98_196_196_s90"}) {
      const Measurement found = compute("gamma", dnm::reference::graph(name), settings);
      QCOMPARE(found.method, "igraph fit, x_min " + std::to_string(static_cast<int>(number(found, "xmin"))));
    }
  }

  void a_p_value_when_asked_for() {
    const Graph karate = dnm::reference::graph("karate");
    MeasureSettings settings;
    settings.p_value_samples = 50;
    for (const char* fit : {"igraph", "grid"}) {
      set(settings, "gamma-fit", fit);
      const Measurement found = compute("gamma", karate, settings);
      QVERIFY(number(found, "p_value") > 0.0 && number(found, "p_value") <= 1.0);
      QVERIFY(number(found, "p_value_se") > 0.0);
      QCOMPARE(number(found, "p_value_samples"), 50.0);
    }
    // Without an exponent there is nothing to test: null, and no sample is drawn.
    for (const Graph& graph : {dnm::reference::graph("layered_98_196_196_s90"), dnm::test::ring(12)}) {
      const Measurement none = compute("gamma", graph, settings);
      QVERIFY(!none.value && std::isnan(number(none, "p_value")));
      QCOMPARE(number(none, "p_value_samples"), 0.0);
    }
    int calls = 0;
    settings.p_value_samples = 100;
    static_cast<void>(measure("gamma").compute(karate, settings, {}, [&](const Measurement& so_far) {
      ++calls;
      QVERIFY(so_far.value.has_value() && number(so_far, "p_value_samples") < 100.0);
    }));
    QVERIFY(calls > 0);
  }

  void an_error_goal_is_named() {
    MeasureSettings settings;
    settings.sigma_draws = 500;
    settings.sigma_error = 0.02;
    const Measurement found = compute("sigma_c", dnm::reference::graph("karate"), settings);
    QVERIFY(found.standard_error.value() <= 0.02);
    QVERIFY(found.method.find("stopped at an error of 0.02") != std::string::npos);
    settings.sigma_draws = 6;
    settings.sigma_error = 1e-5;
    QVERIFY(compute("sigma_c", dnm::reference::graph("karate"), settings).method.find("not reached") !=
            std::string::npos);
  }

  void settings_are_rows() {
    for (const auto& row : dnm::measure_setting_table()) {
      QCOMPARE(&dnm::measure_setting_table().at(row.info.id), &row);
      QCOMPARE(std::string(measure(row.info.group).id), std::string(row.info.group));
      MeasureSettings settings;
      const dnm::ParameterValue before = row.get(settings);
      dnm::check_value(row.info, before);
      const dnm::ParameterValue other = dnm::test::another_value(row.info, before);
      dnm::check_value(row.info, other);
      row.set(settings, other);
      QVERIFY(row.get(settings) == other);
      QVERIFY(!(settings == MeasureSettings{}));
      QVERIFY(!measure(row.info.group).same_result(settings, {}));
      row.set(settings, before);
      QVERIFY(settings == MeasureSettings{});
    }
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::measure_setting_table().at("colour")), dnm::InvalidInput);
  }

  void partial_results_reach_the_caller() {
    const Graph karate = dnm::reference::graph("karate");
    for (const char* id : {"Q", "sigma_c"}) {
      int calls = 0;
      static_cast<void>(measure(id).compute(karate, {}, {}, [&](const Measurement& so_far) {
        ++calls;
        QVERIFY(so_far.value.has_value());
      }));
      QVERIFY(calls > 0);
    }
  }

  void formatted_for_people() {
    Measurement m;
    m.value = 5.5931;
    QCOMPARE(dnm::format_measurement(m), std::string("5.593"));
    m.value = 0.7421;
    m.standard_error = 0.0101;
    QCOMPARE(dnm::format_measurement(m), std::string("0.742 ± 0.010"));
    m.value = 0.0045151;
    m.standard_error = 0.00015475;
    QCOMPARE(dnm::format_measurement(m), std::string("0.00452 ± 0.00015"));
    m.standard_error = 0.0;
    QCOMPARE(dnm::format_measurement(m), std::string("0.005 ± 0.000"));
    m.standard_error.reset();
    QCOMPARE(dnm::format_measurement(m), std::string("0.00452"));
    m.value = 0.0;
    QCOMPARE(dnm::format_measurement(m), std::string("0.000"));
    m.value.reset();
    m.reason = "fewer than two distinct degrees";
    QCOMPARE(dnm::format_measurement(m), std::string("n/a: fewer than two distinct degrees"));
  }
};

DNM_TEST(TestMeasureTable)
#include "test_measure_table.moc"
