// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <numeric>
#include <stop_token>
#include <string>
#include <vector>

#include "core/support/error.h"
#include "core/support/json.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "text_samples.h"
#include "training/runs/translations.h"
#include "transformer_samples.h"

namespace fs = std::filesystem;

using dnm::EvaluationSet;
using dnm::Translations;
using Numbers = std::vector<std::uint32_t>;

namespace {

/// A small text and a model of its size whose sentences end now and then.
struct Sample {
  explicit Sample(const fs::path& folder, dnm::TranslationChoice choice = samples::small_translation()) {
    dnm::TrainingSettings settings;
    settings.data_set = "text-folder";
    settings.data_folder = folder.string();
    task = dnm::make_translation(choice, settings);
    task->load({});
    text = dnm::translation_in(*task);
    dnm::TransformerShape shape = samples::small_shape();
    shape.source_pieces = text->vocabularies().source->size();
    shape.target_pieces = text->vocabularies().target->size();
    const dnm::Topology topology = samples::transformer_topology(shape, samples::Masks::random);
    dnm::ModelState state = samples::transformer_state(topology, shape, 3, 0);
    for (dnm::ParameterState& parameter : state) {
      if (parameter.name == "generator.bias") parameter.values[dnm::end_piece] += 1.5F;
      if (parameter.name != "generator.weight") continue;
      for (float& value : parameter.values) value *= 4.0F;
    }
    model = std::make_unique<dnm::Transformer>(topology, state, dnm::TransformerSettings{shape, 0.1},
                                               std::vector<dnm::Engine>(topology.layers.size(), dnm::Engine::sparse));
  }

  std::unique_ptr<dnm::Task> task;
  const dnm::Translation* text = nullptr;
  std::unique_ptr<dnm::Transformer> model;
};

Numbers all_sentences(const dnm::Translation& text, EvaluationSet set) {
  Numbers made(text.sentences(set));
  std::iota(made.begin(), made.end(), 0U);
  return made;
}

}  // namespace

/// Texts translated by a model, against searches of one sentence at a time.
class TestTranslations : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  [[nodiscard]] fs::path folder() const { return folder_.path().toStdString(); }

 private Q_SLOTS:
  void initTestCase() { samples::write_text(folder()); }

  void hypotheses_are_those_of_single_sentences_data() {
    QTest::addColumn<int>("beam");
    QTest::addColumn<bool>("words");
    QTest::addRow("greedy") << 1 << false;
    QTest::addRow("beam 3") << 3 << false;
    QTest::addRow("words") << 2 << true;
  }
  void hypotheses_are_those_of_single_sentences() {
    QFETCH(int, beam);
    QFETCH(bool, words);
    dnm::TranslationChoice choice = samples::small_translation();
    choice.decoding.beam = static_cast<std::size_t>(beam);
    choice.decoding.length_penalty = 0.6;
    if (words) choice.text = dnm::TextKind::words;
    const Sample sample(folder(), choice);
    const dnm::Translation& text = *sample.text;
    for (const EvaluationSet set : {EvaluationSet::test, EvaluationSet::validation}) {
      const Numbers sentences = set == EvaluationSet::test ? all_sentences(text, set) : text.scored_sentences();
      int groups = 0;
      const Translations found = translate(*sample.model, text, set, sentences, {}, [&] { ++groups; });
      QVERIFY(groups > 1);
      QCOMPARE(found.sentences, sentences);
      QCOMPARE(found.hypotheses.size(), sentences.size());
      dnm::DecodingSettings settings;
      settings.beam = static_cast<std::size_t>(beam);
      settings.length_penalty = 0.6;
      dnm::TransformerDecoder decoder(*sample.model, settings);
      dnm::Bleu bleu;
      std::string lines;
      for (std::size_t i = 0; i < sentences.size(); ++i) {
        const std::vector<std::string> source{text.source_text(set, sentences[i])};
        const dnm::PieceLines pieces = text.vocabularies().source->pieces(source);
        const std::vector<Numbers> one{Numbers(pieces[0].begin(), pieces[0].end())};
        const std::string expected = text.vocabularies().target->text(decoder.decode(one).front().pieces);
        QCOMPARE(found.hypotheses[i], expected);
        bleu.add(expected, text.reference(set, sentences[i]));
        lines += expected + "\n";
      }
      QVERIFY(found.bleu == bleu);
      QCOMPARE(dnm::hypotheses_text(found), lines);
    }
  }

  void a_file_beside_says_what_the_score_is() {
    const Sample sample(folder());
    const Translations found = translate(*sample.model, *sample.text, EvaluationSet::test,
                                         all_sentences(*sample.text, EvaluationSet::test), {});
    const auto json = dnm::parse_json(dnm::hypotheses_json(found, {12, 240, 3, {.beam = 2, .length_penalty = 1.0}}));
    QCOMPARE(json.at("part").get<std::string>(), std::string("test"));
    QCOMPARE(json.at("sentences").get<int>(), 40);
    QCOMPARE(json.at("epoch").get<int>(), 12);
    QCOMPARE(json.at("steps").get<int>(), 240);
    QCOMPARE(json.at("averaged_epochs").get<int>(), 3);
    QCOMPARE(json.at("beam").get<int>(), 2);
    QCOMPARE(json.at("bleu").get<double>(), found.bleu.score());
    QCOMPARE(json.at("signature").get<std::string>(), std::string("nrefs:1|case:mixed|eff:no|tok:13a|smooth:none"));
  }

  void a_long_line_goes_alone() {
    const Sample sample(folder());
    dnm::TransformerDecoder decoder(*sample.model, {.beam = 1});
    dnm::PieceLines lines;
    for (const std::size_t length : {3U, 40U, 2U, 5U, 5U}) lines.add(Numbers(length, 20U));
    int groups = 0;
    const Numbers which{0, 1, 3, 4};
    const auto found = decode_lines(decoder, lines, which, 10, {}, [&] { ++groups; });
    // 3 and 5, 5, 40: two lines of five places at most.
    QCOMPARE(groups, 3);
    QCOMPARE(found.size(), std::size_t{4});
    const std::vector<Numbers> longest{Numbers(40, 20U)};
    QCOMPARE(found[1].pieces, decoder.decode(longest).front().pieces);
    QVERIFY(decode_lines(decoder, lines, {}, 10, {}).empty());
  }

  void a_stop_ends_it_and_another_model_is_refused() {
    const Sample sample(folder());
    std::stop_source stop;
    int groups = 0;
    const auto stop_at_second = [&] {
      if (++groups == 2) stop.request_stop();
    };
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(translate(*sample.model, *sample.text, EvaluationSet::test,
                                                         all_sentences(*sample.text, EvaluationSet::test),
                                                         {stop.get_token(), {}}, stop_at_second)),
                             dnm::Cancelled);
    QCOMPARE(groups, 2);
    const std::vector<dnm::Mask> masks{samples::mask(samples::Pattern::full, 4, 3, 1)};
    const auto perceptron = samples::sparse_mlp(masks, samples::state(masks, 1));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::transformer_of(*perceptron)), dnm::InvalidInput);
  }
};

DNM_TEST(TestTranslations)
#include "test_translations.moc"
