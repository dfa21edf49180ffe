// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <stop_token>

#include "app/workspace/experiments/sweep.h"
#include "app/workspace/experiments/sweep_charts.h"
#include "app/workspace/experiments/sweep_file.h"
#include "app/workspace/experiments/sweep_report.h"
#include "app/workspace/session/session.h"
#include "core/models/initialiser.h"
#include "core/network/graph.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::Sweep;
using dnm::SweepPlan;
using dnm::SweepRow;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

dnm::VariedParameter varied(const std::string& id, const std::string& text) {
  return dnm::parse_varied(dnm::varied_info({id}), text);
}

SweepPlan small_plan() {
  SweepPlan plan;
  plan.base.layer_sizes = {16, 24, 12};
  plan.varied = {varied("sparsity", "0.6:0.9:3"), varied("degree", "fixed,gaussian")};
  plan.seeds = {3, 7};
  plan.measures = {"L", "Q"};
  plan.measuring.modularity_runs = 2;
  return plan;
}

void fill(Sweep& sweep, unsigned jobs = 1) {
  dnm::measure_missing(sweep, jobs, {}, [&](std::size_t row, SweepRow made) { sweep.rows[row] = std::move(made); });
}

SweepRow row_of(double value) { return {10, 20, {dnm::SweepValue{value, {}, {}}}, {}}; }
SweepRow without(const std::string& reason) { return {10, 20, {dnm::SweepValue{{}, {}, reason}}, {}}; }

/// Three points under four seeds of one measure, values by hand.
Sweep made_sweep() {
  SweepPlan plan;
  plan.base.layer_sizes = {16, 24, 12};
  plan.varied = {varied("sparsity", "0.5,0.7,0.9")};
  plan.seeds = {0, 1, 2, 3};
  plan.measures = {"gamma"};
  Sweep sweep = dnm::make_sweep(plan);
  sweep.rows = {row_of(1.0), row_of(2.0), row_of(4.0),  row_of(9.0),  row_of(2.5),  without("too, few"),
                {},          {},          without("x"), without("x"), without("y"), without("x")};
  return sweep;
}

}  // namespace

/// Sweeps against the networks and measures of the core, and means against brute force.
class TestSweep : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rows_are_the_measures_of_those_networks() {
    Sweep sweep = dnm::make_sweep(small_plan());
    QCOMPARE(sweep.points.size(), std::size_t{6});
    QCOMPARE(sweep.rows.size(), std::size_t{12});
    fill(sweep);
    QCOMPARE(sweep.missing(), std::size_t{0});
    std::size_t row = 0;
    for (const double sparsity : {0.6, 0.75, 0.9}) {
      for (const dnm::Family family : {dnm::Family::fixed, dnm::Family::gaussian}) {
        for (const std::uint64_t seed : {3U, 7U}) {
          dnm::ModelParameters parameters;
          parameters.layer_sizes = {16, 24, 12};
          parameters.shared.sparsity = sparsity;
          parameters.shared.degree = {family, 0.0, {}};
          parameters.seed = seed;
          const dnm::Graph graph(*dnm::generate(parameters).network);
          dnm::MeasureSettings settings;
          settings.modularity_runs = 2;
          settings.seed = seed;
          const SweepRow& found = *sweep.rows[row++];
          QCOMPARE(found.nodes, std::uint64_t{52});
          QCOMPARE(found.links, graph.link_count());
          QVERIFY(found.values[0].value == dnm::measure("L").compute(graph, settings, {}, {}).value);
          QVERIFY(found.values[1].value == dnm::measure("Q").compute(graph, settings, {}, {}).value);
        }
      }
    }
  }

  void a_session_keeps_it_and_leaves_out_a_damaged_one() {
    dnm::Session session;
    session.sweep = made_sweep();
    const std::string text = dnm::session_to_json(session);
    const dnm::Session read = dnm::session_from_json(text);
    QVERIFY(read.sweep && read.damaged_sweep.empty());
    QCOMPARE(dnm::sweep_csv(*read.sweep), dnm::sweep_csv(*session.sweep));
    QVERIFY(read.sweep->rows == session.sweep->rows);
    QVERIFY(dnm::changed_sweep(read.sweep->plan, session.sweep->plan).id.empty());
    QVERIFY(read.sweep->plan.seeds == session.sweep->plan.seeds);
    QCOMPARE(dnm::session_to_json(read), text);
    QVERIFY(!dnm::session_from_json(dnm::session_to_json(dnm::Session{})).sweep);
    for (const auto& [from, to] : {std::pair("\"gamma\"", "\"gamba\""), std::pair("\"rows\"", "\"lines\""),
                                   std::pair("0.5,0,10", "0.6,0,10"), std::pair("\"seeds\": [", "\"sides\": [")}) {
      std::string damaged = text;
      const std::size_t at = damaged.rfind(from);
      QVERIFY2(at != std::string::npos, from);
      damaged.replace(at, std::string(from).size(), to);
      const dnm::Session rest = dnm::session_from_json(damaged);
      QVERIFY2(!rest.sweep && !rest.damaged_sweep.empty(), from);
      QVERIFY(rest.state == session.state);
    }
  }

  void does_not_depend_on_jobs_and_goes_on_where_it_stopped() {
    Sweep one = dnm::make_sweep(small_plan()), three = dnm::make_sweep(small_plan());
    fill(one, 1);
    fill(three, 3);
    QCOMPARE(dnm::sweep_csv(one), dnm::sweep_csv(three));

    Sweep stopped = dnm::make_sweep(small_plan());
    std::stop_source stop;
    // Of two jobs one may be through with all other rows before the fifth is there, and nothing is left to stop.
    QVERIFY_EXCEPTION_THROWN(dnm::measure_missing(stopped, 1, {stop.get_token(), {}},
                                                  [&](std::size_t row, SweepRow made) {
                                                    stopped.rows[row] = std::move(made);
                                                    if (row == 4) stop.request_stop();
                                                  }),
                             dnm::Cancelled);
    QCOMPARE(stopped.missing(), std::size_t{7});
    Sweep continued = dnm::make_sweep(small_plan());
    dnm::read_sweep_csv(continued, dnm::sweep_csv(stopped), "sweep.csv");
    QCOMPARE(continued.missing(), stopped.missing());
    std::vector<std::size_t> computed;
    dnm::measure_missing(continued, 2, {}, [&](std::size_t row, SweepRow made) {
      computed.push_back(row);
      continued.rows[row] = std::move(made);
    });
    QCOMPARE(computed.size(), stopped.missing());
    QCOMPARE(dnm::sweep_csv(continued), dnm::sweep_csv(one));
  }

  void means_and_errors_by_brute_force() {
    const Sweep sweep = made_sweep();
    const dnm::SweepMean all = dnm::mean_of(sweep, 0, 0);
    QCOMPARE(all.count, std::size_t{4});
    QVERIFY(std::abs(all.mean - 4.0) < 1e-12);
    // Squares about 4: 9 + 4 + 0 + 25 = 38; sd = sqrt(38 / 3); over the root of 4.
    QVERIFY(std::abs(all.error - std::sqrt(38.0 / 3.0) / 2.0) < 1e-12);
    const dnm::SweepMean some = dnm::mean_of(sweep, 1, 0);
    QCOMPARE(some.count, std::size_t{1});
    QCOMPARE(some.without, std::size_t{1});
    QCOMPARE(some.mean, 2.5);
    QVERIFY(std::isnan(some.error));
    QCOMPARE(some.reason, std::string("too, few"));
    const dnm::SweepMean none = dnm::mean_of(sweep, 2, 0);
    QVERIFY(none.count == 0 && none.without == 4 && std::isnan(none.mean));
    const auto cells = dnm::sweep_cells(sweep);
    QCOMPARE(cells[1], (std::vector<std::string>{"0.5", "4", "4.0 ± 1.8"}));
    QCOMPARE(cells[2], (std::vector<std::string>{"0.7", "2", "2.500 (N = 1)"}));
    QCOMPARE(cells[3], (std::vector<std::string>{"0.9", "4", "n/a"}));
    const auto reasons = dnm::sweep_reasons(sweep);
    QCOMPARE(reasons.size(), std::size_t{3});
    QCOMPARE(reasons[1], std::string("γ n/a for 3 of 10 networks (first at sparsity 0.9, seed 0): x"));
  }

  void the_table_is_read_back_and_damage_measured_again() {
    const Sweep sweep = made_sweep();
    const std::string text = dnm::sweep_csv(sweep);
    QVERIFY(contains(text, "sparsity,seed,nodes,links,gamma,gamma_se,gamma_reason\n"));
    QVERIFY(contains(text, "0.7,1,10,20,,,\"too, few\"\n"));
    Sweep read = dnm::make_sweep(sweep.plan);
    dnm::read_sweep_csv(read, text, "t.csv");
    QVERIFY(read.rows == sweep.rows);

    Sweep cut = dnm::make_sweep(sweep.plan);
    dnm::read_sweep_csv(cut, std::string_view(text).substr(0, text.size() - 2), "t.csv");
    QCOMPARE(cut.missing(), sweep.missing() + 1);
    Sweep damaged = dnm::make_sweep(sweep.plan);
    std::string holes = text;
    holes.replace(holes.find("10,20,1,"), 8, "10,20,a,");
    dnm::read_sweep_csv(damaged, holes, "t.csv");
    QCOMPARE(damaged.missing(), sweep.missing() + 1);

    Sweep fewer = dnm::make_sweep(sweep.plan);
    fewer.plan.measures = {"L"};
    QVERIFY(contains(message_of([&] { dnm::read_sweep_csv(fewer, text, "t.csv"); }), "other columns"));
    SweepPlan without_seed = sweep.plan;
    without_seed.seeds = {0, 1, 2};
    Sweep lost = dnm::make_sweep(without_seed);
    QVERIFY(contains(message_of([&] { dnm::read_sweep_csv(lost, text, "t.csv"); }), "0.5, seed 3"));
  }

  void the_description_is_read_back_and_tells_what_changed() {
    SweepPlan plan = small_plan();
    plan.base.overrides[1]["sparsity"] = 0.5;
    plan.measuring.sigma_draws = 4;
    const SweepPlan read = dnm::sweep_from_json(dnm::sweep_to_json(plan, "dnm sweep"));
    SweepPlan expected = plan;
    expected.base.shared.sparsity = 0.6;  // the first value of what is varied
    QVERIFY(read == expected);
    plan.base.shared.sparsity = 0.99999;  // by which no network could be drawn
    QVERIFY(dnm::sweep_from_json(dnm::sweep_to_json(plan)) == expected);
    QVERIFY(dnm::changed_sweep(plan, read).id.empty());
    const auto changed = [&](auto change) {
      SweepPlan other = plan;
      change(other);
      return dnm::changed_sweep(plan, other).id;
    };
    QCOMPARE(changed([](SweepPlan& p) { p.base.shared.rewiring = 0.5; }), std::string("rewiring"));
    QCOMPARE(changed([](SweepPlan& p) { p.measuring.sigma_draws = 5; }), std::string("draws"));
    QCOMPARE(changed([](SweepPlan& p) { p.measures = {"L"}; }), std::string("measures"));
    QCOMPARE(changed([](SweepPlan& p) { p.varied.pop_back(); }), std::string("vary"));
    QVERIFY(!changed([](SweepPlan& p) { p.base.overrides.clear(); }).empty());
    // What is varied, more values and other seeds change nothing that is there.
    QCOMPARE(changed([](SweepPlan& p) {
               p.base.shared.sparsity = 0.1;
               p.base.seed = 9;
               p.seeds = {1};
               p.varied[0] = varied("sparsity", "0.1,0.2");
             }),
             std::string());
    for (const char* bad : {"", "{", "[]", R"({"varied": 3})", R"({"varied": [{}], "seeds": []})"})
      QVERIFY2(!message_of([&] { static_cast<void>(dnm::sweep_from_json(bad)); }).empty(), bad);
  }

  void files_of_another_sweep_are_refused() {
    const QTemporaryDir folder;
    const std::filesystem::path table = folder.filePath("t.csv").toStdString();
    Sweep sweep = made_sweep();
    {
      Sweep empty = dnm::make_sweep(sweep.plan);
      dnm::SweepFile file(table, empty, "dnm sweep");
      file.write(sweep);
      QVERIFY(std::filesystem::exists(file.description()));
    }
    Sweep again = dnm::make_sweep(sweep.plan);
    const dnm::SweepFile file(table, again, "dnm sweep");
    QVERIFY(again.rows == sweep.rows);
    SweepPlan other = sweep.plan;
    other.base.shared.rewiring = 0.25;
    const std::string message = message_of([&] {
      Sweep changed = dnm::make_sweep(other);
      const dnm::SweepFile refused(table, changed, "");
    });
    QVERIFY2(contains(message, "rewiring 0, not 0.25"), message.c_str());
    QVERIFY(QFile::remove(folder.filePath("t.json")));
    QVERIFY(contains(message_of([&] { const dnm::SweepFile refused(table, again, ""); }), "t.json"));
  }

  void impossible_sweeps_are_refused_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("must_hold");
    QTest::newRow("nothing varied") << 0 << "nothing is varied";
    QTest::newRow("three parameters") << 1 << "one parameter or two";
    QTest::newRow("one twice") << 2 << "varied twice";
    QTest::newRow("seed") << 3 << "--seeds";
    QTest::newRow("no seed") << 4 << "needs a seed";
    QTest::newRow("no measure") << 5 << "needs a measure";
    QTest::newRow("unknown measure") << 6 << "did you mean";
    QTest::newRow("a measure twice") << 7 << "twice";
    QTest::newRow("another model's row") << 8 << "does not belong to the model dnm";
    QTest::newRow("no link is left") << 9 << "sparsity 0.9999";
    QTest::newRow("unknown row") << 10 << "did you mean \"sparsity\"";
    QTest::newRow("too many") << 11 << "more than 100000";
  }
  void impossible_sweeps_are_refused() {
    QFETCH(int, which);
    QFETCH(QString, must_hold);
    const std::string message = message_of([&] {
      SweepPlan plan = small_plan();
      if (which == 0) plan.varied.clear();
      if (which == 1) plan.varied.push_back(varied("rewiring", "0,1"));
      if (which == 2) plan.varied = {plan.varied[0], plan.varied[0]};
      if (which == 3) plan.varied = {varied("seed", "0,1")};
      if (which == 4) plan.seeds.clear();
      if (which == 5) plan.measures.clear();
      if (which == 6) plan.measures = {"sigma"};
      if (which == 7) plan.measures = {"L", "L"};
      if (which == 8) plan.varied = {varied("beta", "0,1")};
      if (which == 9) plan.varied = {varied("sparsity", "0.9,0.9999")};
      if (which == 10) plan.varied = {varied("sparsty", "0,1")};
      if (which == 11) plan.varied = {varied("sparsity", "0.1:0.9:1000"), varied("rewiring", "0:1:101")};
      static_cast<void>(dnm::make_sweep(plan));
    });
    QVERIFY2(contains(message, must_hold.toStdString()), message.c_str());
    QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
  }

  void a_value_that_does_not_exist_says_why() {
    SweepPlan plan = small_plan();
    plan.varied = {varied("model", "dnm,dense")};
    plan.measures = {"L", "gamma"};
    Sweep sweep = dnm::make_sweep(plan);
    fill(sweep);
    for (const auto& row : sweep.rows) {
      QVERIFY(row.has_value());
      for (const dnm::SweepValue& value : row->values) QVERIFY(value.value.has_value() == value.reason.empty());
    }
    // Of dense layers, the degrees are 24, 28 and 24: no power law.
    QVERIFY(!sweep.rows[2]->values[1].value && sweep.rows[2]->values[0].value);
  }

  void charts_show_means_in_place() {
    const Sweep sweep = made_sweep();
    const dnm::SweepPictures pictures = dnm::sweep_pictures(sweep);
    QCOMPARE(pictures.charts.size(), std::size_t{1});
    QVERIFY(pictures.maps.empty());
    const auto& points = pictures.charts[0].curves[0].points;
    QCOMPARE(points.size(), std::size_t{3});
    QCOMPARE(points[0].x, 0.5);
    QVERIFY(std::abs(points[0].y - 4.0) < 1e-12);
    QVERIFY(std::abs(points[0].error - std::sqrt(38.0 / 3.0) / 2.0) < 1e-12);
    QVERIFY(std::isnan(points[1].error) && std::isnan(points[2].y));

    SweepPlan plan = sweep.plan;
    plan.varied = {varied("dendrites", "fixed:1:100:3")};
    QCOMPARE(dnm::sweep_places(plan.varied[0]), (std::vector<double>{0.0, 1.0, 2.0}));
    plan.varied = {varied("degree", "fixed,gaussian,uniform")};
    Sweep families = dnm::make_sweep(plan);
    families.rows = sweep.rows;
    const dnm::Chart chart = dnm::sweep_pictures(families).charts[0];
    QCOMPARE(chart.x_ticks.size(), std::size_t{3});
    QCOMPARE(chart.x_ticks[1].words, std::string("gaussian"));
    // Between values without an order there is a gap.
    QCOMPARE(chart.curves[0].points.size(), std::size_t{5});
    QVERIFY(std::isnan(chart.curves[0].points[1].y));

    Sweep pairs = dnm::make_sweep(small_plan());
    fill(pairs);
    const dnm::SweepPictures maps = dnm::sweep_pictures(pairs);
    QVERIFY(maps.charts.empty());
    QCOMPARE(maps.maps.size(), std::size_t{2});
    QCOMPARE(maps.maps[0].x_words, (std::vector<std::string>{"fixed", "gaussian"}));
    QCOMPARE(maps.maps[0].y_words, (std::vector<std::string>{"0.6", "0.75", "0.9"}));
    for (std::size_t point = 0; point < 6; ++point)
      QCOMPARE(maps.maps[1].values[point], dnm::mean_of(pairs, point, 1).mean);
  }
};

DNM_TEST(TestSweep)
#include "test_sweep.moc"
