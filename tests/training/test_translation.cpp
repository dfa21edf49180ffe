// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "core/network/random.h"
#include "core/parameters/look_up.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"
#include "text_samples.h"
#include "training/metrics/translation_metrics.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/translation.h"
#include "training/text/words.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

namespace fs = std::filesystem;

using Numbers = std::vector<std::uint32_t>;

double loss_of(const Loss& loss, std::uint32_t outputs, std::vector<float> scores,
               std::span<const std::uint32_t> targets, std::vector<float>* gradient) {
  std::vector<float> kept(scores.size());
  const double sum = loss(outputs, 16, scores.data(), targets, 1.0F, kept.data()).loss;
  if (gradient != nullptr) *gradient = kept;
  return sum;
}

}  // namespace

/// The task "translation" on small texts.
class TestTranslation : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path text_;

  [[nodiscard]] fs::path path(const char* name) const {
    const fs::path made = folder_.filePath(name).toStdString();
    fs::create_directories(made);
    return made;
  }
  [[nodiscard]] TrainingSettings settings(const fs::path& folder) const {
    TrainingSettings made;
    made.data_set = "text-folder";
    made.data_folder = folder.string();
    made.seed = 4;
    return made;
  }
  [[nodiscard]] TrainingSettings settings() const { return settings(text_); }
  [[nodiscard]] static TranslationChoice small() { return samples::small_translation(); }

 private Q_SLOTS:
  void initTestCase() {
    text_ = path("text");
    samples::write_text(text_);
  }

  void its_settings_are_rows() {
    TranslationChoice choice;
    for (const auto& [id, text] : {std::pair("languages", "de-en"), {"text-kind", "words"}, {"best-step", "bleu"}}) {
      translation_table().set_text(choice, id, text);
    }
    QCOMPARE(choice.languages, std::string("de-en"));
    QVERIFY(choice.text == TextKind::words && choice.best_step == BestStep::bleu);
    QVERIFY(translation_table().at("places").get(choice) == ParameterValue(std::int64_t{1024}));
    TrainingSettings made = settings();
    made.parts["epoch-steps"] = std::int64_t{70};
    made.parts["languages"] = std::string("de-en");
    QCOMPARE(translation_steps_per_epoch(made), std::uint64_t{70});
    QCOMPARE(translation_label(made), std::string("Own text de-en"));
    QCOMPARE(translation_shape(made).outputs, 4000U);
  }

  void its_row_makes_it() {
    const TaskEntry entry = translation_entry();
    QVERIFY(find_row(entry.data_sets, "libreoffice-help") != nullptr && find_row(entry.data_sets, "bible") != nullptr);
    TrainingSettings made = settings();
    made.parts["pieces"] = std::int64_t{140};
    QCOMPARE(entry.part.make(made.parts, made)->shape().outputs, 140U);
    QCOMPARE(entry.shape(made).outputs, 140U);
    QCOMPARE(entry.steps_per_epoch(made), std::uint64_t{500});
    QCOMPARE(shape_of(made).outputs, 140U);
    QCOMPARE(steps_per_epoch(made), std::uint64_t{500});
    // Each is a row that the data bring: none has the name of another setting of a training.
    for (const PartRow& row : entry.part.rows) {
      const auto* found = training_parameter_table().find(row.info.id);
      QVERIFY2(found != nullptr && found->chooser == "data", row.info.id.data());
    }
  }

  void gives_batches_of_its_text() {
    const auto task = make_translation(small(), settings());
    QCOMPARE(task->shape().outputs, 140U);
    task->load({});
    const auto& translation = *translation_in(*task);
    const Vocabulary& vocabulary = *translation.vocabularies().target;
    QVERIFY(translation.vocabularies().is_joint());
    QCOMPARE(task->shape().outputs, vocabulary.size());
    task->begin_epoch(0);
    QCOMPARE(task->steps_per_epoch(), std::uint64_t{20});
    std::set<std::string> pairs;
    std::ifstream source(text_ / "train.en");
    std::ifstream target(text_ / "train.de");
    for (std::string a, b; std::getline(source, a) && std::getline(target, b);) pairs.insert(a + "|" + b);
    std::uint64_t before = 0;
    for (std::uint64_t step = 0; step < 20; ++step) {
      QCOMPARE(task->examples_before(step), before);
      const SentenceBatch& batch = sentences_in(task->training_batch(step));
      QVERIFY(std::max(batch.source.size(), batch.target_output.size()) <= 128);
      for (std::size_t i = 0; i < batch.sentences; ++i) {
        const auto row = [&](const Numbers& side, std::size_t length) {
          return std::span(side).subspan(i * length, length);
        };
        const std::string text = vocabulary.text(row(batch.source, batch.source_length)) + "|" +
                                 vocabulary.text(row(batch.target_output, batch.target_length));
        QVERIFY2(pairs.contains(text), text.c_str());
        QCOMPARE(vocabulary.text(row(batch.target_input, batch.target_length)),
                 vocabulary.text(row(batch.target_output, batch.target_length)));
      }
      before += batch.examples();
    }
    QCOMPARE(task->examples_before(20), before);
    const Numbers two = sentences_in(task->training_batches(3, 2)).target_output;
    const auto pieces = [](const Numbers& side) {
      return side.size() - static_cast<std::size_t>(std::ranges::count(side, padding_piece));
    };
    QCOMPARE(pieces(two), task->examples_before(5) - task->examples_before(3));
  }

  void a_resumed_run_sees_the_same_batches() {
    const auto straight = make_translation(small(), settings());
    straight->load({});
    std::vector<Numbers> seen;
    for (int epoch = 0; epoch < 4; ++epoch) {
      straight->begin_epoch(epoch);
      for (std::uint64_t step = 0; step < 20; ++step)
        seen.push_back(sentences_in(straight->training_batch(step)).source);
    }
    const auto resumed = make_translation(small(), settings());
    resumed->load({});
    resumed->begin_epoch(3);
    for (std::uint64_t step = 7; step < 20; ++step) {
      QCOMPARE(sentences_in(resumed->training_batch(step)).source, seen[60 + step]);
    }
    QCOMPARE(resumed->checksum({}), straight->checksum({}));
    TrainingSettings other = settings();
    other.seed = 5;
    const auto drawn_otherwise = make_translation(small(), other);
    drawn_otherwise->load({});
    drawn_otherwise->begin_epoch(0);
    QVERIFY(sentences_in(drawn_otherwise->training_batch(0)).source != seen[0]);
  }

  void evaluates_every_sentence_once() {
    const auto task = make_translation(small(), settings());
    task->load({});
    const auto& translation = *translation_in(*task);
    for (const auto& [set, count] : {std::pair(EvaluationSet::validation, 30), {EvaluationSet::test, 40}}) {
      QCOMPARE(translation.sentences(set), static_cast<std::size_t>(count));
      std::set<std::uint32_t> seen;
      for (std::size_t batch = 0; batch < task->evaluation_batches(set); ++batch) {
        const auto& sentences = sentences_in(task->evaluation_batch(set, batch));
        const auto which = translation.sentences_of(set, batch);
        QCOMPARE(sentences.sentences, which.size());
        for (std::size_t i = 0; i < which.size(); ++i) {
          const auto row = std::span(sentences.source).subspan(i * sentences.source_length, sentences.source_length);
          QCOMPARE(translation.vocabularies().source->text(row), translation.source_text(set, which[i]));
          QVERIFY(seen.insert(which[i]).second);
        }
      }
      QCOMPARE(seen.size(), static_cast<std::size_t>(count));
    }
    // The references score 100, one of four wrong less.
    const std::vector<std::uint32_t> some{0, 7, 9, 12};
    std::vector<std::string> hypotheses;
    for (const std::uint32_t sentence : some)
      hypotheses.push_back(translation.reference(EvaluationSet::test, sentence));
    QCOMPARE(translation.score(EvaluationSet::test, some, hypotheses).score(), 100.0);
    hypotheses[2] = "x";
    const double score = translation.score(EvaluationSet::test, some, hypotheses).score();
    QVERIFY(score > 10.0 && score < 95.0);
    TranslationChoice choice = small();
    choice.scored_sentences = 10;
    const auto few = make_translation(choice, settings());
    few->load({});
    QCOMPARE(translation_in(*few)->scored_sentences(), (Numbers{0, 3, 6, 9, 12, 15, 18, 21, 24, 27}));
    QCOMPARE(translation.scored_sentences().size(), std::size_t{30});
  }

  void takes_words_as_they_are() {
    TranslationChoice choice = small();
    choice.text = TextKind::words;
    const auto task = make_translation(choice, settings());
    // 60 words and the full stop of each side; before they are counted, an estimate.
    QVERIFY(task->shape().inputs >= special_pieces);
    task->load({});
    QCOMPARE(task->shape().inputs, special_pieces + 61);
    QVERIFY(!translation_in(*task)->vocabularies().is_joint());
    choice.most_words = 20;
    QCOMPARE(make_translation(choice, settings())->shape().outputs, special_pieces + 20);
  }

  void keeps_the_vocabulary_of_its_run() {
    TrainingSettings made = settings();
    made.run_folder = path("run").string();
    const auto first = make_translation(small(), made);
    first->load({});
    QVERIFY(has_vocabularies(made.run_folder));
    made.resume = true;
    const auto resumed = make_translation(small(), made);
    resumed->load({});
    QCOMPARE(resumed->checksum({}), first->checksum({}));
    // Other settings, another text, a file from elsewhere.
    TranslationChoice other = small();
    other.pieces = 120;
    std::string message = message_of([&] { make_translation(other, made)->load({}); });
    QVERIFY2(contains(message, "another text or with other settings"), message.c_str());
    const fs::path changed = path("changed");
    fs::copy(text_, changed, fs::copy_options::recursive);
    std::ofstream(changed / "train.en", std::ios::app) << "one more\n";
    std::ofstream(changed / "train.de", std::ios::app) << "eins mehr\n";
    TrainingSettings elsewhere = made;
    elsewhere.data_folder = changed.string();
    message = message_of([&] { make_translation(small(), elsewhere)->load({}); });
    QVERIFY2(contains(message, "another text or with other settings"), message.c_str());
    std::ofstream(fs::path(made.run_folder) / "pieces.model", std::ios::app) << "x";
    message = message_of([&] { make_translation(small(), made)->load({}); });
    QVERIFY2(contains(message, "another one than this run was started with"), message.c_str());
  }

  void leaves_out_what_does_not_fit_and_says_so() {
    const fs::path folder = path("long");
    fs::copy(text_, folder, fs::copy_options::recursive);
    std::string line;
    for (int i = 0; i < 100000; ++i) line += "w1 ";
    std::ofstream(folder / "train.en", std::ios::app) << line << "\n";
    std::ofstream(folder / "train.de", std::ios::app) << "kurz\n";
    const auto task = make_translation(small(), settings(folder));
    task->load({});
    const auto notices = task->notices();
    QVERIFY(std::ranges::any_of(notices, [](const std::string& notice) {
      return contains(notice, "1 training pair of more than 128 pieces was left out");
    }));
    std::ofstream(folder / "test.en", std::ios::app) << line << "\n";
    std::ofstream(folder / "test.de", std::ios::app) << "kurz\n";
    const std::string message = message_of([&] { make_translation(small(), settings(folder))->load({}); });
    QVERIFY2(contains(message, "sentence 41 of the part test") && contains(message, "--places"), message.c_str());
    TranslationChoice choice = small();
    choice.best_step = BestStep::bleu;
    choice.scored_sentences = 0;
    QVERIFY(contains(message_of([&] { static_cast<void>(make_translation(choice, settings())); }), "--best-step"));
  }

  void measures_what_it_says() {
    EpochFacts facts;
    facts.test = {.loss = 40.0, .correct = 5, .examples = 20};
    facts.validation = BatchSums{.loss = 10.0, .correct = 3, .examples = 10};
    facts.test_bleu = 24.5;
    const auto value = [&](std::string_view id) {
      for (const Metric& row : translation_metrics) {
        if (row.id == id) return row.compute(facts);
      }
      return std::optional<double>();
    };
    QCOMPARE(*value("test_loss"), 2.0);
    QCOMPARE(*value("validation_loss"), 1.0);
    QVERIFY(std::abs(*value("test_perplexity") - std::exp(2.0)) < 1e-12);
    QVERIFY(std::abs(*value("validation_perplexity") - std::exp(1.0)) < 1e-12);
    QCOMPARE(*value("test_token_accuracy"), 0.25);
    QCOMPARE(*value("validation_token_accuracy"), 0.3);
    QCOMPARE(*value("test_bleu"), 24.5);
    QVERIFY(!value("validation_bleu"));
    facts.validation.reset();
    QVERIFY(!value("validation_perplexity"));
    for (const BestStep best : {BestStep::token_accuracy, BestStep::perplexity, BestStep::bleu}) {
      const MetricRoles roles = translation_roles(best);
      for (const std::string_view id : {roles.leading, roles.selecting}) {
        const auto found = std::ranges::find(translation_metrics, id, &Metric::id);
        QVERIFY(found != translation_metrics.end() && found->direction != MetricDirection::neither);
      }
      QVERIFY(roles.leading.starts_with("test_") && roles.selecting.starts_with("validation_"));
    }
  }

  /// Against the definition in plain loops, and the gradient against differences.
  void smooths_labels() {
    constexpr std::uint32_t outputs = 7;
    const Numbers targets{2, 6, 1};
    Random random(8);
    std::vector<float> scores(outputs * 16);
    for (float& score : scores) score = static_cast<float>(random.normal());
    for (const double smoothing : {0.0, 0.1, 0.4}) {
      const SmoothedCrossEntropy loss(smoothing);
      double expected = 0.0;
      double plain = 0.0;
      for (std::size_t i = 0; i < targets.size(); ++i) {
        double sum = 0.0;
        for (std::uint32_t c = 0; c < outputs; ++c) sum += std::exp(double{scores[c * 16 + i]});
        for (std::uint32_t c = 0; c < outputs; ++c) {
          const double share = c == targets[i] ? 1.0 - smoothing : c == padding_piece ? 0.0 : smoothing / (outputs - 2);
          const double surprise = std::log(sum) - double{scores[c * 16 + i]};
          expected += share * surprise;
          if (c == targets[i]) plain += surprise;
        }
      }
      std::vector<float> gradient;
      QVERIFY(std::abs(loss_of(loss, outputs, scores, targets, &gradient) - expected) < 1e-5);
      QVERIFY(std::abs(loss(outputs, 16, scores.data(), targets, 1.0F, nullptr).loss - plain) < 1e-5);
      for (std::size_t cell = 0; cell < scores.size(); ++cell) {
        if (cell % 16 >= targets.size()) {
          QCOMPARE(gradient[cell], 0.0F);
          continue;
        }
        std::vector<float> higher = scores;
        std::vector<float> lower = scores;
        higher[cell] += 1e-2F;
        lower[cell] -= 1e-2F;
        const double difference =
            loss_of(loss, outputs, higher, targets, nullptr) - loss_of(loss, outputs, lower, targets, nullptr);
        QVERIFY(std::abs(difference / 2e-2 - double{gradient[cell]}) < 2e-4);
      }
      // In place of the scores.
      std::vector<float> own = scores;
      const BatchSums sums = loss(outputs, 16, own.data(), targets, 1.0F, own.data());
      QVERIFY(std::abs(sums.loss - expected) < 1e-5);
      QCOMPARE(own, gradient);
    }
  }
};

DNM_TEST(TestTranslation)
#include "test_translation.moc"
