// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <map>
#include <queue>
#include <set>

#include "app/workspace/search/search_report.h"
#include "app/workspace/search/search_results.h"
#include "app/workspace/search/search_space.h"
#include "app/workspace/search/search_steps.h"
#include "core/network/random.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

SearchPlan plan_of(SearchSampler sampler, std::int64_t trials) {
  SearchPlan plan;
  plan.varied = {searched_from_text("sparsity=0.5:0.9")};
  plan.objectives = {{"validation_accuracy", SearchDirection::maximise}};
  plan.sampler = sampler;
  plan.trials = trials;
  plan.eta = 3;
  plan.first_rung = 1;
  plan.training.epochs = 12;
  return plan;
}

StepRecord done(const SearchStep& step, double value) {
  return {step, StepState::done, {{"validation_accuracy", {value}}}, {}, 1.0};
}

/// Algorithm 2 of ASHA as it is written, over plain lists: what may be next given what is known. Values by (trial,
/// rung); a value of nothing is a failure.
struct BruteForce {
  std::map<std::pair<int, int>, std::optional<double>> known;  ///< (rung, trial)
  std::set<std::pair<int, int>> begun;
  int rungs, eta, trials;

  [[nodiscard]] std::optional<std::pair<int, int>> next() const {
    for (int rung = rungs - 2; rung >= 0; --rung) {
      std::vector<std::pair<double, int>> results;  // best first after sorting
      int count = 0;
      for (const auto& [key, value] : known) {
        if (key.first != rung) continue;
        ++count;
        if (value) results.emplace_back(-*value, key.second);
      }
      std::sort(results.begin(), results.end());
      for (int place = 0; place < std::min<int>(count / eta, static_cast<int>(results.size())); ++place) {
        if (!begun.contains({rung + 1, results[static_cast<std::size_t>(place)].second}))
          return std::pair{rung + 1, results[static_cast<std::size_t>(place)].second};
      }
    }
    for (int trial = 0; trial < trials; ++trial)
      if (!begun.contains({0, trial})) return std::pair{0, trial};
    return std::nullopt;
  }
};

/// Workers that take steps of random lengths, by simulated time.
struct Played {
  std::vector<StepRecord> records;
  std::vector<std::string> order;  ///< of the claims
  std::int64_t epochs = 0;
};

Played play(const SearchPlan& plan, int workers, std::uint64_t seed, BruteForce* checked) {
  Random random(seed, 77);
  Played played;
  using Event = std::pair<double, std::size_t>;  // when, record
  std::priority_queue<Event, std::vector<Event>, std::greater<>> ends;
  double now = 0.0;
  int idle = workers;
  for (;;) {
    while (idle > 0) {
      const auto step = next_step(plan, played.records);
      if (checked != nullptr && !(step && step->final_seed)) {
        const auto expected = checked->next();
        if (step.has_value() != expected.has_value() ||
            (step && (step->rung != expected->first || step->trial != expected->second)))
          return {};
        if (step) checked->begun.insert({step->rung, static_cast<int>(step->trial)});
      }
      if (!step) break;
      played.order.push_back(step->id);
      played.records.push_back({*step, StepState::claimed, {}, {}, 0.0});
      played.epochs += step->epochs;
      ends.emplace(now + random.uniform(0.1, 3.0) * static_cast<double>(step->epochs), played.records.size() - 1);
      --idle;
    }
    if (ends.empty()) break;
    now = ends.top().first;
    StepRecord& record = played.records[ends.top().second];
    ends.pop();
    ++idle;
    // Equal values happen, and so do failures.
    const double value = static_cast<double>(random.below(50)) / 50.0;
    const bool fails = random.below(10) == 0;
    record = done(record.step, value);
    if (fails) record.state = StepState::failed;
    if (checked != nullptr && !record.step.final_seed)
      checked->known[{record.step.rung, static_cast<int>(record.step.trial)}] =
          fails ? std::nullopt : std::optional(value);
  }
  return played;
}

}  // namespace

/// The steps of a search: what is next, against the published algorithm over plain lists, and what is best.
class TestSearchSteps : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rungs_multiply_up_to_a_whole_training() {
    SearchPlan plan = plan_of(SearchSampler::asha, 10);
    QCOMPARE(rung_epochs(plan), (std::vector<std::int64_t>{1, 3, 9, 12}));
    plan.training.epochs = 9;
    QCOMPARE(rung_epochs(plan), (std::vector<std::int64_t>{1, 3, 9}));
    plan.sampler = SearchSampler::random;
    QCOMPARE(rung_epochs(plan), (std::vector<std::int64_t>{9}));
    plan.objectives = {{"Q", SearchDirection::maximise}};
    QCOMPARE(rung_epochs(plan), (std::vector<std::int64_t>{0}));
  }

  void ids_name_steps() {
    const SearchPlan plan = plan_of(SearchSampler::asha, 20);
    const auto first = step_of(plan, "trial-00012-rung-1");
    QVERIFY(first && first->trial == 12 && first->rung == 1 && first->epochs == 3);
    const auto last = step_of(plan, "final-00003-seed-1001");
    QVERIFY(last && last->trial == 3 && last->final_seed == 1001 && last->epochs == 12);
    for (const char* other : {"", "trial-00012", "trial-12-rung-1", "trial-00020-rung-0", "trial-00001-rung-4",
                              "trial-00001-rung-x", "final-00001-rung-1", "other-00001-rung-1", "trial--0001-rung-0"})
      QVERIFY2(!step_of(plan, other), other);
  }

  /// Trials 0 to 3 are done on the first rung, 4 failed there, 5 is under way; 2 and 1 went on.
  void rungs_are_counted() {
    const SearchPlan plan = plan_of(SearchSampler::asha, 10);
    std::vector<StepRecord> records;
    for (int trial = 0; trial < 6; ++trial)
      records.push_back(done(*step_of(plan, trial_name(trial) + "-rung-0"), 0.5 + 0.125 * trial));
    records[4].state = StepState::failed;
    records[5].state = StepState::claimed;
    records.push_back(done(*step_of(plan, "trial-00002-rung-1"), 0.9));
    records.push_back({*step_of(plan, "trial-00001-rung-1"), StepState::claimed, {}, {}, 0.0});
    const auto cells = rung_cells(plan, records);
    QCOMPARE(cells.size(), std::size_t{5});
    QCOMPARE(cells[1], (std::vector<std::string>{"0", "1", "1", "4", "1", "2", "87.50"}));
    QCOMPARE(cells[2], (std::vector<std::string>{"1", "3", "1", "1", "0", "0", "90.00"}));
    QCOMPARE(cells[4], (std::vector<std::string>{"3", "12", "0", "0", "0", "0", ""}));
  }

  void records_come_back_from_their_text() {
    const SearchPlan plan = plan_of(SearchSampler::random, 5);
    StepRecord record = done(*step_of(plan, "trial-00002-rung-0"), 0.1 + 0.2);
    record.values["Q"] = {0.5, 0.25};
    record.reason = "a \"reason\"";
    QVERIFY(record_from_json(record.step, record_to_json(record)) == record);
    QVERIFY(record_from_json(record.step, "no JSON").state == StepState::failed);
  }

  /// Every decision of every worker, with failures and equal values.
  void asha_decides_as_the_published_algorithm_data() {
    QTest::addColumn<int>("workers");
    for (const int workers : {1, 2, 7, 40}) QTest::addRow("%d workers", workers) << workers;
  }
  void asha_decides_as_the_published_algorithm() {
    QFETCH(int, workers);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const SearchPlan plan = plan_of(SearchSampler::asha, 90);
      BruteForce checked{{}, {}, 4, 3, 90};
      const Played played = play(plan, workers, seed, &checked);
      QVERIFY(!played.records.empty());
      QVERIFY(is_finished(plan, played.records));
      std::map<int, int> per_rung;
      for (const StepRecord& record : played.records) ++per_rung[record.step.rung];
      QCOMPARE(per_rung[0], 90);
      QVERIFY(per_rung[1] >= 30 && per_rung[2] >= 8 && per_rung[3] >= 1);
      // No step twice.
      std::set<std::string> ids(played.order.begin(), played.order.end());
      QCOMPARE(ids.size(), played.order.size());
    }
  }

  void what_is_known_is_told_with_a_claim() {
    const SearchPlan plan = plan_of(SearchSampler::asha, 20);
    std::vector<StepRecord> records;
    for (const char* id :
         {"trial-00000-rung-0", "trial-00001-rung-0", "trial-00002-rung-0", "trial-00005-rung-0", "trial-00001-rung-1"})
      records.push_back(done(*step_of(plan, id), 0.5));
    records.push_back({*step_of(plan, "trial-00003-rung-0"), StepState::claimed, {}, {}, 0.0});
    QCOMPARE(known_results(plan, records), std::string(R"({"done":["0-2,5","1","",""]})"));
    QVERIFY(known_results(plan_of(SearchSampler::random, 5), records).empty());
  }

  /// Whatever order the steps end in, the same trials are there at the end.
  void other_samplers_do_not_depend_on_time() {
    for (const SearchSampler sampler : {SearchSampler::random, SearchSampler::latin_hypercube}) {
      SearchPlan plan = plan_of(sampler, 30);
      std::set<std::string> first;
      for (int workers : {1, 4, 30}) {
        const Played played = play(plan, workers, 5, nullptr);
        QVERIFY(is_finished(plan, played.records));
        const std::set<std::string> ids(played.order.begin(), played.order.end());
        QCOMPARE(ids.size(), std::size_t{30});
        if (first.empty()) first = ids;
        QCOMPARE(ids, first);
      }
    }
  }

  /// A step whose worker is dead is missing from what is known, and comes again.
  void a_missing_trial_comes_first() {
    const SearchPlan plan = plan_of(SearchSampler::random, 5);
    std::vector<StepRecord> records;
    for (const char* id : {"trial-00000-rung-0", "trial-00002-rung-0", "trial-00004-rung-0"})
      records.push_back(done(*step_of(plan, id), 0.5));
    QCOMPARE(next_step(plan, records)->id, std::string("trial-00001-rung-0"));
    QVERIFY(!is_finished(plan, records));
  }

  void the_best_is_trained_under_the_final_seeds() {
    SearchPlan plan = plan_of(SearchSampler::random, 3);
    plan.final_seeds = {100, 101};
    std::vector<StepRecord> records;
    for (const double value : {0.5, 0.9, 0.7}) {
      const auto step = next_step(plan, records);
      QVERIFY(step && !step->final_seed);
      records.push_back(done(*step, value));
    }
    for (const char* id : {"final-00001-seed-100", "final-00001-seed-101"}) {
      QVERIFY(!is_finished(plan, records));
      const auto step = next_step(plan, records);
      QVERIFY(step);
      QCOMPARE(step->id, std::string(id));
      records.push_back(done(*step, 0.1));
    }
    QVERIFY(!next_step(plan, records) && is_finished(plan, records));
    QCOMPARE(best_trials(plan, records), (std::vector<std::int64_t>{1}));
  }

  /// Against all pairs.
  void the_front_is_of_trials_that_no_other_beats() {
    SearchPlan plan = plan_of(SearchSampler::random, 60);
    plan.objectives = {{"Q", SearchDirection::maximise}, {"L", SearchDirection::minimise}};
    plan.constraints = {{"gamma", 2.0, 3.0}};
    Random random(3);
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::vector<StepRecord> records;
      for (std::int64_t trial = 0; trial < 60; ++trial) {
        StepRecord record{*step_of(plan, next_step(plan, records)->id), StepState::done, {}, {}, 1.0};
        record.values["Q"] = {static_cast<double>(random.below(12))};
        record.values["L"] = {static_cast<double>(random.below(12))};
        record.values["gamma"] = {random.uniform(1.5, 3.5)};
        if (random.below(9) == 0) record.values.erase("L");
        records.push_back(record);
      }
      const auto allowed = [&](const StepRecord& one) {
        const double gamma = one.values.at("gamma")[0];
        return gamma >= 2.0 && gamma <= 3.0 && one.values.contains("L");
      };
      std::set<std::int64_t> expected;
      for (const StepRecord& one : records) {
        if (!allowed(one)) continue;
        const double q = one.values.at("Q")[0], l = one.values.at("L")[0];
        const bool beaten = std::ranges::any_of(records, [&](const StepRecord& other) {
          if (!allowed(other)) return false;
          const double other_q = other.values.at("Q")[0], other_l = other.values.at("L")[0];
          const bool is_first = other.step.trial < one.step.trial;
          return other_q >= q && other_l <= l && (other_q > q || other_l < l || is_first);
        });
        if (!beaten) expected.insert(one.step.trial);
      }
      const std::vector<std::int64_t> found = best_trials(plan, records);
      QCOMPARE(std::set<std::int64_t>(found.begin(), found.end()), expected);
      QCOMPARE(found.size(), expected.size());
    }
  }

  void a_broken_condition_is_named() {
    SearchPlan plan = plan_of(SearchSampler::random, 3);
    plan.constraints = {{"gamma", 2.0, 3.0}};
    StepRecord record = done(*step_of(plan, "trial-00000-rung-0"), 0.5);
    QVERIFY(broken_constraint(plan, record).find("γ has no value") == 0);
    record.values["gamma"] = {4.25};
    QCOMPARE(broken_constraint(plan, record), std::string("γ is 4.25, above 3"));
    record.values["gamma"] = {2.5};
    QVERIFY(broken_constraint(plan, record).empty());
  }

  /// A function of one parameter alone, through the plan.
  void importance_finds_what_matters() {
    SearchPlan plan = plan_of(SearchSampler::random, 80);
    plan.varied = {searched_from_text("sparsity=0.5:0.9"), searched_from_text("rewiring=0:1"),
                   searched_from_text("degree=fixed;gaussian:{0.5:4}")};
    const SearchSpace space(plan);
    std::vector<StepRecord> records;
    for (std::int64_t trial = 0; trial < 80; ++trial) {
      const double rewiring = std::stod(space.values(trial)[1].second);
      records.push_back(done(*next_step(plan, records), rewiring * rewiring));
    }
    const SearchImportance importance = search_importance(plan, space, records);
    QCOMPARE(importance.trials, std::size_t{80});
    QVERIFY(importance.shares[1] > 0.85);
    QVERIFY(importance.shares[0] < 0.1 && importance.shares[2] < 0.1);
    records.resize(9);
    QVERIFY(search_importance(plan, space, records).shares.empty());
  }
};

DNM_TEST(TestSearchSteps)
#include "test_search_steps.moc"
