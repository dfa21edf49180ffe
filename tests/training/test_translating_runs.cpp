// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stop_token>
#include <string>
#include <vector>

#include "core/support/error.h"
#include "core/support/json.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "text_samples.h"
#include "training/layers/cross_entropy.h"
#include "training/models/model_table.h"
#include "training/runs/epoch_weights.h"
#include "training/runs/run_plan.h"
#include "training/runs/text_translator.h"
#include "training/runs/topology_file.h"
#include "training/runs/training_loop.h"
#include "training/runs/translations.h"
#include "training/support/devices.h"

namespace fs = std::filesystem;

using dnm::EpochResult;
using dnm::EvaluationSet;
using Numbers = std::vector<std::uint32_t>;

namespace {

constexpr int epochs = 4;
constexpr std::int64_t steps = 12;

/// Keeps the epochs, and asks for a stop after a number of steps.
class Recorder : public dnm::TrainingReporter {
 public:
  void prepared(const dnm::RunFacts&, const std::vector<EpochResult>& before,
                const std::vector<dnm::TopologyEventPointer>&, const dnm::NamedMasksPointer&) override {
    results = before;
  }
  void step_done(const dnm::StepReport&) override {
    if (++steps_done == stop_after) stop.request_stop();
  }
  void epoch_done(const EpochResult& result) override { results.push_back(result); }

  std::vector<EpochResult> results;
  std::size_t steps_done = 0;
  std::size_t stop_after = 0;
  std::stop_source stop;
};

/// A model of a checkpoint with these parameters.
std::unique_ptr<dnm::Model> model_of(const dnm::Checkpoint& run, const std::vector<dnm::NamedMask>& layers,
                                     const dnm::ModelState& state) {
  static const dnm::SmoothedCrossEntropy loss(0.0);
  dnm::Topology topology;
  topology.layers = layers;
  return dnm::make_model_kind(run.settings)->make(topology, state, {run.engines, dnm::Device::cpu}, run.settings, loss);
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// Whether an epoch was the best of those up to it by the metric, and better than the ones before.
bool is_best_so_far(const std::vector<EpochResult>& results, std::size_t epoch, std::string_view metric) {
  const auto better = [&](const EpochResult& before) { return before.values[metric] < results[epoch].values[metric]; };
  return std::all_of(results.begin(), results.begin() + static_cast<std::ptrdiff_t>(epoch), better);
}

}  // namespace

/// Runs that translate, from settings to files.
class TestTranslatingRuns : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int next_ = 0;

  [[nodiscard]] fs::path folder() const { return folder_.path().toStdString(); }
  [[nodiscard]] std::string fresh() { return (folder() / ("run" + std::to_string(next_++))).string(); }

  [[nodiscard]] dnm::TrainingSettings settings() const {
    dnm::TrainingSettings made;
    made.data_set = "text-folder";
    made.data_folder = (folder() / "text").string();
    made.model = "transformer";
    made.optimiser = "adam";
    made.learning_rate = 0.01;
    made.learning_rate_schedule = dnm::RateSchedule::constant;
    made.epochs = epochs;
    made.engine = dnm::Engine::sparse;
    made.dropout = 0.1;
    made.seed = 3;
    const auto set = [&](const char* id, std::int64_t value) { made.parts[id] = value; };
    made.parts["tables"] = std::string("tied");
    set("blocks", 1);
    set("width", 32);
    set("heads", 4);
    set("feed-forward", 32);
    set("pieces", 140);
    set("places", 128);
    set("epoch-steps", steps);
    set("scored-sentences", 8);
    return made;
  }

  [[nodiscard]] static dnm::TopologySource source(const dnm::TrainingSettings& settings) {
    std::vector<dnm::NamedMask> matrices;
    for (const dnm::MatrixRequest& matrix : dnm::matrices_of(settings)) {
      matrices.push_back(
          {matrix.name, samples::mask(samples::Pattern::random, matrix.n_in, matrix.n_out, matrices.size()), false});
    }
    return dnm::TopologySource(std::move(matrices));
  }

  /// To its end, or until a stop.
  static std::vector<EpochResult> run(const dnm::TrainingSettings& settings, std::size_t stop_after = 0) {
    Recorder recorder;
    recorder.stop_after = stop_after;
    dnm::TrainingLoop loop(dnm::make_plan(source(settings), settings), recorder);
    try {
      loop.run({recorder.stop.get_token(), {}});
    } catch (const dnm::Cancelled&) {
      if (stop_after == 0) throw;
    }
    return recorder.results;
  }

  /// The translations of a part by a model, one sentence after the other.
  static std::vector<std::string> by_hand(dnm::Model& model, const dnm::Translation& text, EvaluationSet set,
                                          const Numbers& sentences) {
    dnm::TransformerDecoder decoder(dnm::transformer_of(model), text.decoding());
    std::vector<std::string> made;
    for (const std::uint32_t sentence : sentences) {
      const auto pieces = text.source_pieces(set)[sentence];
      const std::vector<Numbers> one{Numbers(pieces.begin(), pieces.end())};
      made.push_back(text.vocabularies().target->text(decoder.decode(one).front().pieces));
    }
    return made;
  }

 private Q_SLOTS:
  void initTestCase() {
    // Few words, so that chance alone finds some of the right ones.
    samples::write_text(folder() / "text", 3);
    samples::write_text(folder() / "more", 60);
    dnm::prepare_training_thread();
  }

  /// The mean of several epochs takes a model, sums of eight bytes and moments of the parameters beside the run.
  void the_estimate_of_memory_knows_the_mean() {
    const auto estimate = [this](std::int64_t averaged, const std::string& run_folder) {
      dnm::TrainingSettings made = settings();
      made.parts["average-checkpoints"] = averaged;
      made.run_folder = run_folder;
      return dnm::memory_of(dnm::make_plan(source(made), made));
    };
    const std::uint64_t alone = estimate(1, {});
    std::uint64_t numbers = 140 * 32;
    for (const dnm::NamedMask& matrix : source(settings()).matrices) numbers += matrix.mask.link_count();
    const std::uint64_t of_two = estimate(2, {}), of_five = estimate(5, {});
    QVERIFY(of_two > alone + numbers * (8 + 4 * 2));
    QCOMPARE(of_five - of_two, 3 * 8 * numbers);
    // A folder keeps the moments.
    QCOMPARE(estimate(5, fresh()), estimate(2, fresh()));
  }

  /// What begins as it stays has no other file that would show its matrices.
  void a_run_without_a_rule_keeps_its_topology() {
    dnm::TrainingSettings made = settings();
    made.epochs = 1;
    made.run_folder = fresh();
    static_cast<void>(run(made));
    const fs::path file = fs::path(made.run_folder) / "topology.bin";
    const auto kept = [&] {
      const dnm::TopologyHistory history = dnm::read_topology_file(file);
      return history.events.empty() && history.snapshots.size() == 1 && history.snapshots[0].update == 0 &&
             history.snapshots[0].layers == source(made).matrices;
    };
    QVERIFY(kept());
    made.resume = true;
    made.longer = true;
    made.epochs = 2;
    static_cast<void>(run(made));
    QVERIFY(kept());
    QVERIFY(!fs::exists(fs::path(made.run_folder) / "updates.csv"));
  }

  void scores_are_those_of_its_parameters() {
    dnm::TrainingSettings made = settings();
    made.run_folder = fresh();
    const std::vector<EpochResult> results = run(made);
    QCOMPARE(results.size(), std::size_t{epochs});
    const dnm::Checkpoint last = dnm::load_checkpoint(fs::path(made.run_folder) / "checkpoint.pt");
    const auto task = dnm::make_task(made);
    task->load({});
    const dnm::Translation& text = *dnm::translation_in(*task);
    const auto model = model_of(last, last.layers, last.state);
    Numbers all(text.sentences(EvaluationSet::test));
    std::iota(all.begin(), all.end(), 0U);
    const auto test = by_hand(*model, text, EvaluationSet::test, all);
    QVERIFY(std::ranges::any_of(test, [](const std::string& line) { return !line.empty(); }));
    QCOMPARE(lines_of(fs::path(made.run_folder) / "hypotheses.txt"), test);
    const double score = text.score(EvaluationSet::test, all, test).score();
    QCOMPARE(results.back().values["test_bleu"], score);
    QVERIFY2(score > 0.5, qPrintable(QString::number(score)));
    const auto json = dnm::parse_json(samples::text_of(fs::path(made.run_folder) / "hypotheses.json"));
    QCOMPARE(json.at("bleu").get<double>(), score);
    QCOMPARE(json.at("steps").get<std::int64_t>(), epochs * steps);
    QCOMPARE(json.at("averaged_epochs").get<int>(), 1);
    const Numbers some = text.scored_sentences();
    QCOMPARE(some.size(), std::size_t{8});
    const auto valid = by_hand(*model, text, EvaluationSet::validation, some);
    QCOMPARE(results.back().values["validation_bleu"], text.score(EvaluationSet::validation, some, valid).score());
  }

  void the_test_part_is_translated_when_it_is_due_data() {
    QTest::addColumn<QString>("when");
    for (const char* when : {"best", "last", "every"}) QTest::addRow("%s", when) << when;
  }
  void the_test_part_is_translated_when_it_is_due() {
    QFETCH(QString, when);
    dnm::TrainingSettings made = settings();
    made.parts["test-translations"] = when.toStdString();
    // A rate at which not every epoch is better than those before.
    made.learning_rate = 0.05;
    made.run_folder = fresh();
    const std::vector<EpochResult> results = run(made);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const bool best = is_best_so_far(results, i, "validation_token_accuracy");
      const bool due = i + 1 == results.size() || when == "every" || (when == "best" && best);
      QCOMPARE(results[i].values.get(dnm::metric("test_bleu")).has_value(), due);
      QVERIFY(results[i].values.get(dnm::metric("validation_bleu")).has_value());
    }
    const fs::path best = fs::path(made.run_folder) / "hypotheses.best.json";
    if (when != "best") return;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (is_best_so_far(results, i, "validation_token_accuracy")) chosen = i;
    }
    const auto json = dnm::parse_json(samples::text_of(best));
    QCOMPARE(json.at("epoch").get<std::size_t>(), chosen + 1);
    QCOMPARE(json.at("bleu").get<double>(), results[chosen].values["test_bleu"]);
  }

  void a_mean_of_epochs_translates_at_the_end() {
    dnm::TrainingSettings made = settings();
    made.parts["average-checkpoints"] = std::int64_t{3};
    made.run_folder = fresh();
    const fs::path folder = made.run_folder;
    const std::vector<EpochResult> results = run(made);
    QVERIFY(!fs::exists(folder / "weights.epoch-1.pt"));
    const dnm::Checkpoint last = dnm::load_checkpoint(folder / "checkpoint.pt");
    dnm::ModelState mean = last.state;
    std::vector<dnm::EpochWeights> kept;
    for (const int epoch : {2, 3, 4}) kept.push_back(dnm::load_epoch_weights(folder, epoch));
    for (std::size_t i = 0; i < mean.size(); ++i) {
      QCOMPARE(kept[2].state[i].values, last.state[i].values);
      mean[i].slots.clear();
      for (std::size_t j = 0; j < mean[i].values.size(); ++j) {
        double sum = 0.0;
        for (const std::size_t epoch : {2U, 1U, 0U}) sum += static_cast<double>(kept[epoch].state[i].values[j]);
        mean[i].values[j] = static_cast<float>(sum / 3.0);
      }
    }
    QVERIFY(kept[0].state[0].values != kept[1].state[0].values);
    const auto task = dnm::make_task(made);
    task->load({});
    const dnm::Translation& text = *dnm::translation_in(*task);
    Numbers all(text.sentences(EvaluationSet::test));
    std::iota(all.begin(), all.end(), 0U);
    const auto lines = by_hand(*model_of(last, last.layers, mean), text, EvaluationSet::test, all);
    QCOMPARE(lines_of(folder / "hypotheses.txt"), lines);
    QVERIFY(lines != by_hand(*model_of(last, last.layers, last.state), text, EvaluationSet::test, all));
    const auto json = dnm::parse_json(samples::text_of(folder / "hypotheses.json"));
    QCOMPARE(json.at("averaged_epochs").get<int>(), 3);
    // Kept in memory where there is no folder.
    made.run_folder.clear();
    QVERIFY(samples::same_outcome(run(made), results));
  }

  /// Stops in and between epochs, and while an epoch is evaluated.
  void a_resumed_run_leaves_the_same_files() {
    dnm::TrainingSettings made = settings();
    made.method = "set";
    made.parts["rewire-every"] = std::int64_t{7};
    made.parts["rewire-unit"] = std::string("steps");
    made.parts["average-checkpoints"] = std::int64_t{2};
    made.run_folder = fresh();
    const fs::path straight = made.run_folder;
    const std::vector<EpochResult> results = run(made);
    const std::vector<std::string> names{"hypotheses.txt",       "hypotheses.json",    "hypotheses.best.txt",
                                         "hypotheses.best.json", "weights.epoch-3.pt", "weights.epoch-4.pt"};
    const dnm::EpochWeights one = dnm::load_epoch_weights(straight, 3);
    QVERIFY(one.layers != dnm::load_epoch_weights(straight, 4).layers);
    made.run_folder = fresh();
    const fs::path broken = made.run_folder;
    std::vector<EpochResult> resumed;
    for (const std::size_t stop_after : {5U, 7U, 24U, 2U, 10U, 0U}) {
      resumed = run(made, stop_after);
      made.resume = true;
    }
    QVERIFY(samples::same_outcome(resumed, results));
    for (const std::string& name : names) {
      QVERIFY2(samples::text_of(broken / name) == samples::text_of(straight / name), name.c_str());
    }
    QVERIFY(dnm::load_checkpoint(broken / "checkpoint.pt").state ==
            dnm::load_checkpoint(straight / "checkpoint.pt").state);
    // Longer: what is not averaged any more goes, and what is missing is asked for.
    made.longer = true;
    made.epochs = 5;
    fs::remove(broken / "weights.epoch-4.pt");
    const QString message = samples::message_of([&] { run(made); });
    QVERIFY2(message.contains("weights.epoch-4.pt"), qPrintable(message));
    fs::copy(straight / "weights.epoch-4.pt", broken);
    run(made);
    QVERIFY(!fs::exists(broken / "weights.epoch-3.pt") && fs::exists(broken / "weights.epoch-5.pt"));
  }

  void a_run_translates_text() {
    dnm::TrainingSettings made = settings();
    made.parts["average-checkpoints"] = std::int64_t{2};
    made.run_folder = fresh();
    run(made);
    const fs::path folder = made.run_folder;
    const auto translator = dnm::make_translator({folder / "checkpoint.pt"}, {});
    QCOMPARE(translator->notices().size(), std::size_t{1});
    std::vector<std::string> text = lines_of(folder_.filePath("text/test.en").toStdString());
    const std::vector<std::string> expected = lines_of(folder / "hypotheses.txt");
    QCOMPARE(translator->translate(text, 0, {}), expected);
    // Blank lines stay, whatever stands beside.
    const std::vector<std::string> few{"", text[3], "  ", text[0]};
    QCOMPARE(translator->translate(few, 0, {}), (std::vector<std::string>{"", expected[3], "", expected[0]}));
    QVERIFY(translator->translate({}, 0, {}).empty());
    const auto newest = dnm::make_translator({folder / "checkpoint.pt", 1, 0.0, 2, true}, {});
    QVERIFY(newest->notices().empty());
    QVERIFY(newest->translate(text, 0, {}) != expected);
    std::string longest;
    for (int i = 0; i < 200; ++i) longest += "w1 ";
    const std::vector<std::string> two{"w1 .", longest};
    QString message = samples::message_of([&] { static_cast<void>(translator->translate(two, 10, {})); });
    QVERIFY2(message.startsWith("line 12 has ") && message.contains("break it into sentences"), qPrintable(message));

    const auto refusal = [&](const fs::path& checkpoint) {
      return samples::message_of([&] { static_cast<void>(dnm::make_translator({checkpoint}, {})); });
    };
    const fs::path alone = fresh();
    fs::create_directories(alone);
    fs::copy(folder / "checkpoint.pt", alone);
    message = refusal(alone / "checkpoint.pt");
    QVERIFY2(message.contains("there is no vocabulary.json"), qPrintable(message));
    made.run_folder = fresh();
    made.data_folder = (folder_.filePath("more")).toStdString();
    made.epochs = 1;
    run(made);
    for (const char* name : {"vocabulary.json", "pieces.model"}) fs::copy(fs::path(made.run_folder) / name, alone);
    for (const char* name : {"weights.epoch-3.pt", "weights.epoch-4.pt"}) fs::copy(folder / name, alone);
    message = refusal(alone / "checkpoint.pt");
    QVERIFY2(message.contains("have 72 pieces") && message.contains("put the run's own files back"),
             qPrintable(message));
    fs::remove(alone / "weights.epoch-3.pt");
    message = refusal(alone / "checkpoint.pt");
    QVERIFY2(message.contains("weights.epoch-3.pt"), qPrintable(message));
  }

  void a_run_of_images_is_refused() {
    samples::RunFiles files;
    dnm::TrainingSettings images = files.few_epochs(1);
    images.run_folder = files.fresh_folder();
    Recorder recorder;
    dnm::TrainingLoop loop(dnm::make_plan(samples::network(), images), recorder);
    loop.run({});
    const QString message = samples::message_of(
        [&] { static_cast<void>(dnm::make_translator({fs::path(images.run_folder) / "checkpoint.pt"}, {})); });
    QVERIFY2(message.contains("learned from Fashion-MNIST"), qPrintable(message));
  }
};

DNM_TEST(TestTranslatingRuns)
#include "test_translating_runs.moc"
