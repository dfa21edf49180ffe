// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "app/workspace/experiments/shipped_experiments.h"
#include "app/workspace/search/search_plan.h"
#include "app/workspace/search/search_space.h"
#include "core/parameters/number_text.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::SearchPlan;
using dnm::SearchSampler;
using dnm::SearchSpace;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

SearchPlan topology_plan(SearchSampler sampler, std::int64_t trials) {
  SearchPlan plan;
  plan.base.layer_sizes = {16, 24, 12};
  plan.varied = {dnm::searched_from_text("sparsity=0.5:0.9"),
                 dnm::searched_from_text("degree=fixed;gaussian:{0.5:4};spatial-gaussian:{0.5:20}"),
                 dnm::searched_from_text("dendrites=fixed:{1:5:5:linear}")};
  plan.objectives = {{"Q", dnm::SearchDirection::maximise}};
  plan.sampler = sampler;
  plan.trials = trials;
  plan.seed = 11;
  return dnm::settled(plan);
}

std::string value_of(const dnm::ParameterTexts& values, std::string_view id) {
  for (const auto& [name, text] : values)
    if (name == id) return text;
  return {};
}

std::string json_of(const SearchPlan& plan, const std::string& from, const std::string& to) {
  std::string text = dnm::search_to_json(plan);
  const std::size_t at = text.find(from);
  return at == std::string::npos ? std::string() : text.replace(at, from.size(), to);
}

}  // namespace

/// What a search is of: its texts, its file, and the values of its trials.
class TestSearchPlan : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void values_are_read_and_written_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("forms");
    QTest::addColumn<int>("numbers");
    const auto row = [](const char* id, const char* text, int forms, int numbers) {
      QTest::addRow("%s=%s", id, text) << QString(id) << QString(text) << forms << numbers;
    };
    row("sparsity", "0.5:0.9", 1, 1);
    row("sparsity", "0.5:0.9:5", 1, 1);
    row("sparsity", "0.5,0.7,0.9", 3, 0);
    row("degree", "fixed,gaussian", 2, 0);
    row("degree", "gaussian:0.5:4", 1, 1);
    row("degree", "fixed;gaussian:{0.5:4};uniform:{1:3:3}", 3, 2);
    row("dendrites", "gaussian:{3:9:linear},{0.5:3:log}", 1, 2);
    row("dendrites", "fixed:1:9:5", 1, 1);
    row("dendrites", "gaussian:3,0.5:2:4", 1, 1);
    row("sparsity", "2=0.5:0.9", 1, 1);
    row("sparsity", "2=0.5:0.9:5", 1, 1);
    row("lr", "0.001:0.1", 1, 1);
    row("lr", "{0.001:0.1:linear}", 1, 1);
    row("weight-decay", "0:0.01:linear", 1, 1);
    row("hidden", "100,100;200,200", 2, 0);
  }
  void values_are_read_and_written() {
    QFETCH(QString, id);
    QFETCH(QString, text);
    QFETCH(int, forms);
    QFETCH(int, numbers);
    const auto searched = dnm::searched_from_text((id + "=" + text).toStdString());
    QCOMPARE(static_cast<int>(searched.values.size()), forms);
    int found = 0;
    for (const auto& value : searched.values) found += static_cast<int>(value.numbers.size());
    QCOMPARE(found, numbers);
    const auto& info = dnm::searched_row(searched.id).info;
    QVERIFY(dnm::parse_searched(info, dnm::format_searched(info, searched)) == searched);
  }

  void scales_are_those_of_the_rows() {
    const auto scale = [](const char* text) { return dnm::searched_from_text(text).values[0].numbers[0].scale; };
    QVERIFY(scale("lr=0.001:0.1") == dnm::ValueSpacing::logarithmic);
    QVERIFY(scale("lr=0.001:0.1:linear") == dnm::ValueSpacing::linear);
    QVERIFY(scale("sparsity=0.5:0.9") == dnm::ValueSpacing::linear);
    QVERIFY(scale("degree=spatial-gaussian:{1:9}") == dnm::ValueSpacing::logarithmic);
    QVERIFY(scale("degree=gaussian:{1:9}") == dnm::ValueSpacing::linear);
  }

  void other_texts_are_refused_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("no values") << "sparsity"
                               << "names no values";
    QTest::newRow("near a name") << "sparsty=0.5:0.9"
                                 << "did you mean \"sparsity\"?";
    QTest::newRow("out of range") << "sparsity=0.5:1.9"
                                  << "sparsity";
    QTest::newRow("no spread") << "degree=fixed:{1:2}"
                               << "degree";
    QTest::newRow("open brace") << "degree=gaussian:{1:2"
                                << "not closed";
    QTest::newRow("no range") << "degree=gaussian:{1}"
                              << "{FROM:TO}";
    QTest::newRow("twice") << "degree=fixed;fixed;gaussian:{1:2}"
                           << "twice";
    QTest::newRow("empty") << "degree=fixed;;gaussian:{1:2}"
                           << "empty";
    QTest::newRow("unknown family") << "degree=gausian:{1:2}"
                                    << "did you mean";
    QTest::newRow("seeds are no values") << "seed=1,2"
                                         << "same in all trials";
    QTest::newRow("epochs are no values") << "epochs=1,2"
                                          << "same in all trials";
  }
  void other_texts_are_refused() {
    QFETCH(QString, text);
    QFETCH(QString, says);
    const std::string message = message_of([&] { static_cast<void>(dnm::searched_from_text(text.toStdString())); });
    QVERIFY2(contains(message, says.toStdString()), message.c_str());
  }

  void plans_that_cannot_be_are_refused() {
    const auto refused = [](const std::function<void(SearchPlan&)>& change) {
      SearchPlan plan = topology_plan(SearchSampler::random, 5);
      change(plan);
      return message_of([&] { static_cast<void>(dnm::settled(plan)); });
    };
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.varied.clear(); }), "nothing is varied"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.objectives[0].id = "QQ"; }), "not known"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.objectives[0].id = "test_accuracy"; }), "must not choose"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.sampler = SearchSampler::asha; }), "metric"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.sampler = SearchSampler::grid; }), "FROM:TO:COUNT"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.final_seeds = {5}; }), "trains none"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.constraints = {{"gamma", 3.0, 2.0}}; }), "exchange"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.seeds = {0, 3, 0}; }), "twice"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.varied.push_back(dnm::searched_from_text("lr=0.01:0.1")); }),
                     "trains none"));
    QVERIFY(contains(refused([](SearchPlan& plan) { plan.varied.push_back(dnm::searched_from_text("beta=0:1")); }),
                     "beta"));
    QVERIFY(refused([](SearchPlan&) {}).empty());
  }

  void the_file_gives_the_plan_back() {
    SearchPlan plan = topology_plan(SearchSampler::latin_hypercube, 12);
    plan.objectives.push_back({"L", dnm::SearchDirection::minimise});
    plan.constraints = {{"gamma", 2.0, 3.0}, {"sigma_c", {}, 0.9}};
    plan.measuring.modularity_runs = 3;
    plan.seeds = {4, 9};
    set_from_text(plan.base, "border", "2=bounded");
    const SearchPlan read = dnm::search_from_json(dnm::search_to_json(plan, "dnm search …"));
    QVERIFY(read == plan);
    QVERIFY(dnm::changed_search(plan, read).what.empty());
  }

  void unknown_keys_are_refused() {
    const SearchPlan plan = topology_plan(SearchSampler::random, 5);
    const auto refused = [&](const char* from, const char* to) {
      const std::string text = json_of(plan, from, to);
      return text.empty() ? std::string("nothing was changed")
                          : message_of([&] { static_cast<void>(dnm::search_from_json(text)); });
    };
    QVERIFY(contains(refused("\"sampler\"", "\"sample\""), "did you mean \"sampler\"?"));
    QVERIFY(contains(refused("\"sparsity\": \"0.5", "\"sparsty\": \"0.5"), "not known") ||
            contains(refused("\"sparsity\": \"{", "\"sparsty\": \"{"), "did you mean \"sparsity\"?"));
    QVERIFY(contains(refused("\"border\"", "\"boarder\""), "did you mean \"border\"?"));
    QVERIFY(contains(refused("\"runs\"", "\"rnus\""), "did you mean \"runs\"?"));
    QVERIFY(contains(refused("\"random\"", "\"randon\""), "did you mean \"random\"?"));
    QVERIFY(contains(refused("\"vary\"", "\"varied\""), "\"vary\""));
    QVERIFY(contains(message_of([] { static_cast<void>(dnm::search_from_json("{")); }), "not the description"));
  }

  void files_with_two_meanings_are_refused_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* text, const char* says) {
      QTest::newRow(name) << QString("{%1}").arg(text) << QString(says);
    };
    row("a key twice", R"("vary": {"sparsity": "0.5:0.9"}, "trials": 3, "maximise": "Q", "trials": 5)", "\"trials\"");
    row("a parameter twice", R"("vary": {"sparsity": "0.5:0.9", "sparsity": "0.1:0.2"}, "maximise": "Q")", "twice");
    row("a range as an object", R"("vary": {"sparsity": {"from": 0.5, "to": 0.9}}, "maximise": "Q")", "\"0.9:0.99\"");
    row("a list of ranges", R"("vary": {"sparsity": [{"from": 0.5, "to": 0.9}]}, "maximise": "Q")", "\"0.9:0.99\"");
    row("no values", R"("vary": {"sparsity": []}, "maximise": "Q")", "sparsity");
    row("parameters alone", R"("vary": ["sparsity"], "maximise": "Q")", "\"vary\"");
    row("conditions alone", R"("vary": {"sparsity": "0.5:0.9"}, "maximise": "Q", "constraints": ["gamma"])",
        "\"constraints\"");
    row("a condition of numbers",
        R"("vary": {"sparsity": "0.5:0.9"}, "maximise": "Q", "constraints": {"gamma": [2, 3]})", "\"2:3\"");
    row("no objective", R"("vary": {"sparsity": "0.5:0.9"}, "maximise": [])", "\"maximise\"");
    row("no settings", R"("vary": {"sparsity": "0.5:0.9"}, "training": null)", "\"training\"");
    row("no model", R"("vary": {"sparsity": "0.5:0.9"}, "model": 3)", "\"model\"");
    row("a setting of another sampler", R"("vary": {"sparsity": "0.5:0.9"}, "sampler": "random", "eta": 4)", "eta");
    row("trainings of a search without",
        R"("vary": {"sparsity": "0.5:0.9"}, "maximise": "Q", "training": {"epochs": 3})", "trains nothing");
  }
  void files_with_two_meanings_are_refused() {
    QFETCH(QString, text);
    QFETCH(QString, says);
    const std::string message = message_of([&] { static_cast<void>(dnm::search_from_json(text.toStdString())); });
    QVERIFY2(contains(message, says.toStdString()), message.c_str());
  }

  void changes_are_named() {
    const SearchPlan plan = topology_plan(SearchSampler::random, 5);
    const auto changed = [&](const std::function<void(SearchPlan&)>& change, SearchPlan then) {
      SearchPlan now = then;
      change(now);
      return dnm::changed_search(then, now).what;
    };
    QCOMPARE(changed([](SearchPlan& now) { now.base.shared.border = dnm::Border::bounded; }, plan),
             std::string("border"));
    QCOMPARE(changed([](SearchPlan& now) { now.trials = 9; }, plan), std::string());
    QCOMPARE(changed([](SearchPlan& now) { now.trials = 3; }, plan), std::string("trials"));
    QCOMPARE(changed([](SearchPlan& now) { now.trials = 9; }, topology_plan(SearchSampler::latin_hypercube, 5)),
             std::string("trials"));
    QCOMPARE(changed([](SearchPlan& now) { now.seed = 3; }, plan), std::string("sampler-seed"));
    QCOMPARE(changed([](SearchPlan& now) { now.varied.pop_back(); }, plan), std::string("vary"));
    QCOMPARE(changed([](SearchPlan& now) { now.measuring.modularity_runs = 3; }, plan), std::string("runs"));
    // A setting of trainings that there are none of.
    QCOMPARE(changed([](SearchPlan& now) { now.training.batch = 7; }, plan), std::string());
  }

  void a_trial_has_the_same_values_however_many_there_are() {
    const SearchSpace few(topology_plan(SearchSampler::random, 5)), many(topology_plan(SearchSampler::random, 500));
    std::set<std::string> sparsities;
    for (std::int64_t trial = 0; trial < 5; ++trial) {
      QVERIFY(few.values(trial) == many.values(trial));
      sparsities.insert(value_of(few.values(trial), "sparsity"));
    }
    QCOMPARE(sparsities.size(), std::size_t{5});
    std::map<std::string, int> families;
    for (std::int64_t trial = 0; trial < 500; ++trial) {
      const std::string degree = value_of(many.values(trial), "degree");
      ++families[degree.substr(0, degree.find(':'))];
      const double sparsity = std::stod(value_of(many.values(trial), "sparsity"));
      QVERIFY(sparsity >= 0.5 && sparsity <= 0.9);
      // Binomial with 500 trials of 1/3: standard deviation 10.5.
    }
    for (const auto& [family, count] : families) QVERIFY2(std::abs(count - 500 / 3) < 50, family.c_str());
    QCOMPARE(families.size(), std::size_t{3});
  }

  void logarithmic_numbers_are_spread_by_ratios() {
    const auto& info = dnm::searched_row("lr").info;
    const dnm::SearchedNumbers numbers{0.001, 0.1, 0, dnm::ValueSpacing::logarithmic};
    QVERIFY(std::abs(std::stod(dnm::number_at(info, numbers, 0.5)) - 0.01) < 1e-4);
    const dnm::SearchedNumbers whole{1, 4, 0, dnm::ValueSpacing::linear};
    std::map<std::string, int> counts;
    for (int i = 0; i < 400; ++i) ++counts[dnm::number_at(dnm::searched_row("batch").info, whole, (i + 0.5) / 400)];
    QCOMPARE(counts, (std::map<std::string, int>{{"1", 100}, {"2", 100}, {"3", 100}, {"4", 100}}));
  }

  /// Each of so many equal parts of each axis has one trial.
  void a_latin_hypercube_fills_every_part_once() {
    constexpr std::int64_t trials = 40;
    const SearchSpace space(topology_plan(SearchSampler::latin_hypercube, trials));
    std::vector<std::set<int>> parts(space.axes().size());
    for (std::int64_t trial = 0; trial < trials; ++trial) {
      const std::vector<double> point = space.point(trial);
      for (std::size_t axis = 0; axis < point.size(); ++axis)
        parts[axis].insert(static_cast<int>(point[axis] * trials));
    }
    for (const std::set<int>& filled : parts) QCOMPARE(filled.size(), static_cast<std::size_t>(trials));
    QVERIFY(parts.size() == 5);  // sparsity, the family, two spreads, dendrites
  }

  /// Every combination once, the last parameter fastest, by nested loops.
  void a_grid_has_every_combination() {
    SearchPlan plan = topology_plan(SearchSampler::random, 1);
    plan.varied = {dnm::searched_from_text("model=bsw,dnm"), dnm::searched_from_text("beta=0:1:3"),
                   dnm::searched_from_text("dendrites=fixed:{1:3:3:linear};gaussian:{2:4:2},{0.5:1:2}")};
    plan.sampler = SearchSampler::grid;
    plan = dnm::settled(plan);
    std::vector<dnm::ParameterTexts> expected;
    for (const char* beta : {"0", "0.5", "1"}) expected.push_back({{"model", "bsw"}, {"beta", beta}});
    for (const char* dendrites :
         {"fixed:1", "fixed:2", "fixed:3", "gaussian:2,0.5", "gaussian:2,1", "gaussian:4,0.5", "gaussian:4,1"})
      expected.push_back({{"model", "dnm"}, {"dendrites", dendrites}});
    const SearchSpace space(plan);
    QCOMPARE(space.trials(), static_cast<std::int64_t>(expected.size()));
    QCOMPARE(plan.trials, space.trials());
    for (std::int64_t trial = 0; trial < space.trials(); ++trial) {
      const auto start = dnm::trial_start(plan, space.values(trial));
      QVERIFY(start.values == expected[static_cast<std::size_t>(trial)]);
      QCOMPARE(start.state.parameters.initialiser, value_of(start.values, "model"));
    }
  }

  /// The parameters of a trial are those that the same texts give by hand.
  void trials_are_set_as_on_the_command_line() {
    const SearchPlan plan = topology_plan(SearchSampler::random, 20);
    const SearchSpace space(plan);
    for (std::int64_t trial = 0; trial < 20; ++trial) {
      dnm::ModelParameters by_hand = plan.base;
      for (const auto& [id, text] : space.values(trial)) set_from_text(by_hand, id, text);
      QVERIFY(dnm::trial_start(plan, space.values(trial)).state.parameters == by_hand);
    }
  }

  void shipped_searches_are_plans() {
    QVERIFY(dnm::shipped_experiment_ids(dnm::ExperimentKind::search).size() >= 3);
    for (const dnm::ShippedExperiment& shipped : dnm::shipped_experiments()) {
      if (shipped.kind != dnm::ExperimentKind::search) continue;
      const SearchPlan plan = dnm::search_from_json(shipped.text);
      QVERIFY2(!shipped.title.empty() && shipped.description.ends_with("."), shipped.id.c_str());
      const SearchSpace space(plan);
      for (std::int64_t trial = 0; trial < plan.trials; ++trial) {
        dnm::ModelParameters by_hand = plan.base;
        for (const auto& [id, text] : space.values(trial))
          if (!dnm::searched_row(id).of_training) set_from_text(by_hand, id, text);
        if (dnm::trains(plan)) by_hand.layer_sizes = {784, 1568, 1568, 1568};
        check_parameters(by_hand);
      }
    }
  }
};

DNM_TEST(TestSearchPlan)
#include "test_search_plan.moc"
