// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "training/models/transformer_decoder.h"
#include "transformer_samples.h"

using dnm::DecodingSettings;
using dnm::Hypothesis;
using dnm::Transformer;
using Pieces = std::vector<std::uint32_t>;

namespace {

/// A model whose sentences end now and then.
dnm::ModelState state_that_ends(const dnm::Topology& topology, const dnm::TransformerShape& shape, std::uint64_t seed) {
  dnm::ModelState state = samples::transformer_state(topology, shape, seed, 0);
  for (dnm::ParameterState& parameter : state) {
    if (parameter.name == "generator.bias") parameter.values[dnm::end_piece] += 1.5F;
    if (parameter.name == "generator.weight") {
      for (float& value : parameter.values) value *= 4.0F;
    }
  }
  return state;
}

/// log P of every piece after `pieces` (with begin_piece), by a pass over the whole of them.
std::vector<double> next_pieces(Transformer& model, const Pieces& source, const Pieces& pieces) {
  dnm::SentenceBatch batch;
  batch.sentences = 1;
  batch.source_length = source.size();
  batch.target_length = pieces.size();
  batch.source = source;
  batch.target_input = pieces;
  batch.target_output = Pieces(pieces.size(), dnm::end_piece);
  std::vector<double> last;
  static_cast<void>(model.evaluate(batch, [&](const dnm::ScoreTile& tile) {
    last.clear();
    double sum = 0.0;
    for (std::uint32_t v = 0; v < tile.outputs; ++v) {
      last.push_back(static_cast<double>(tile.scores[v * tile.width + tile.targets.size() - 1]));
      sum += std::exp(last.back());
    }
    for (double& value : last) value -= std::log(sum);
  }));
  return last;
}

struct Followed {
  Pieces pieces;
  double log_probability = 0.0;
};

/// The search as its description has it, without any memory of earlier passes.
Hypothesis searched(Transformer& model, const Pieces& source, const DecodingSettings& settings) {
  std::vector<Followed> live{{{dnm::begin_piece}, 0.0}};
  Hypothesis best{{}, -1e300};
  const auto most =
      static_cast<std::size_t>(settings.length_ratio * static_cast<double>(source.size())) + settings.length_extra;
  const auto end = [&](const Pieces& pieces, std::size_t length, double log_probability) {
    const double score = log_probability / std::pow((5.0 + static_cast<double>(length)) / 6.0, settings.length_penalty);
    if (score > best.score) best = {{pieces.begin() + 1, pieces.end()}, score};
  };
  for (std::size_t length = 1; !live.empty(); ++length) {
    std::vector<Followed> all;
    for (const Followed& one : live) {
      const std::vector<double> next = next_pieces(model, source, one.pieces);
      for (std::uint32_t v = 0; v < next.size(); ++v) {
        all.push_back({one.pieces, one.log_probability + next[v]});
        all.back().pieces.push_back(v);
      }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Followed& a, const Followed& b) { return a.log_probability > b.log_probability; });
    all.resize(std::min(all.size(), settings.beam));
    const bool done = all.front().pieces.back() == dnm::end_piece;
    live.clear();
    for (const Followed& one : all) {
      if (one.pieces.back() == dnm::end_piece) {
        end({one.pieces.begin(), one.pieces.end() - 1}, length, one.log_probability);
      } else if (length == most) {
        end(one.pieces, length, one.log_probability);
      } else if (!done) {
        live.push_back(one);
      }
    }
  }
  return best;
}

std::vector<Pieces> sources(std::size_t count, std::size_t longest, std::size_t pieces, std::uint64_t seed) {
  dnm::Random random(seed, 84);
  std::vector<Pieces> made;
  for (std::size_t i = 0; i < count; ++i) {
    Pieces& one = made.emplace_back(1 + random.below(longest));
    for (std::uint32_t& piece : one) piece = static_cast<std::uint32_t>(4 + random.below(pieces - 4));
  }
  return made;
}

}  // namespace

class TestTransformerDecoder : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_cache_finds_what_whole_passes_find_data() {
    QTest::addColumn<int>("beam");
    QTest::addColumn<double>("penalty");
    QTest::addColumn<bool>("tied");
    QTest::addRow("greedy") << 1 << 1.0 << false;
    QTest::addRow("beam 2") << 2 << 1.0 << false;
    QTest::addRow("beam 2, no penalty, tied") << 2 << 0.0 << true;
    QTest::addRow("beam 4, penalty 2") << 4 << 2.0 << false;
  }
  void a_cache_finds_what_whole_passes_find() {
    QFETCH(int, beam);
    QFETCH(double, penalty);
    QFETCH(bool, tied);
    const dnm::TransformerShape shape = samples::small_shape(tied);
    std::size_t ended = 0;
    std::size_t count = 0;
    for (const std::uint64_t seed : {3U, 4U}) {
      const dnm::Topology topology = samples::transformer_topology(shape, samples::Masks::random);
      Transformer model(topology, state_that_ends(topology, shape, seed), {shape, 0.1},
                        std::vector<dnm::Engine>(topology.layers.size(), dnm::Engine::sparse));
      const DecodingSettings settings{static_cast<std::size_t>(beam), penalty, 1.2, 6};
      const std::vector<Pieces> texts = sources(10, 18, shape.source_pieces, seed);
      dnm::TransformerDecoder decoder(model, settings);
      const std::vector<Hypothesis> found = decoder.decode(texts);
      QCOMPARE(found.size(), texts.size());
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const Hypothesis expected = searched(model, texts[i], settings);
        QCOMPARE(found[i].pieces, expected.pieces);
        QVERIFY(std::abs(found[i].score - expected.score) < 1e-4);
        const auto most = static_cast<std::size_t>(1.2 * static_cast<double>(texts[i].size())) + 6;
        QVERIFY(found[i].pieces.size() <= most);
        if (found[i].pieces.size() < most) ++ended;
        ++count;
      }
      // The same again, from memory that was used, and alone.
      QCOMPARE(decoder.decode(texts).back().pieces, found.back().pieces);
      QCOMPARE(decoder.decode({&texts[2], 1}).front().pieces, found[2].pieces);
    }
    // Both ways of ending occurred; tied tables like to repeat a piece for ever.
    QVERIFY2(tied || (ended > 0 && ended < count), qPrintable(QString("%1 of %2").arg(ended).arg(count)));
  }

  void no_sentence_and_bad_sentences() {
    const dnm::TransformerShape shape = samples::small_shape();
    const dnm::Topology topology = samples::transformer_topology(shape, samples::Masks::random);
    Transformer model(topology, state_that_ends(topology, shape, 3), {shape, 0.1},
                      std::vector<dnm::Engine>(topology.layers.size(), dnm::Engine::sparse));
    dnm::TransformerDecoder decoder(model, {});
    QVERIFY(decoder.decode({}).empty());
    const std::vector<Pieces> with_empty{{}, {5, 6}};
    QCOMPARE(decoder.decode(with_empty).size(), std::size_t{2});
    const std::vector<Pieces> unknown{{5, 99}};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(decoder.decode(unknown)), dnm::InvalidInput);
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(decoder.decode(with_empty, {source.get_token()})), dnm::Cancelled);
  }
};

DNM_TEST(TestTransformerDecoder)
#include "test_transformer_decoder.moc"
