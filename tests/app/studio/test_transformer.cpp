// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLabel>
#include <QTest>
#include <algorithm>
#include <filesystem>

#include "app/studio/training/matrices_box.h"
#include "app/studio/training/moment_panel.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/run_folders.h"
#include "runs_window.h"
#include "tests/support/test_class.h"
#include "tests/training/text_samples.h"
#include "training/runs/training_parameters.h"

using namespace dnm;
using namespace dnm::studio_test;

/// A Transformer that is trained from the window, on a small text: its charts, and the pictures of one head.
class TestTransformer : public RunsWindow {
  Q_OBJECT

  static constexpr std::size_t epochs = 2;
  static constexpr NodeIndex width = 16, heads = 2;

  [[nodiscard]] MatricesBox& box() { return *find<MatricesBox>(*window_, "matrices"); }
  [[nodiscard]] TimeLine& line() { return *find<TimeLine>(*window_, "time-line"); }
  [[nodiscard]] TrainingChart& chart() { return *find<TrainingChart>(*window_, "training-chart"); }
  [[nodiscard]] const ShownRun* shown() { return std::get_if<ShownRun>(&window_->document().state().shown); }
  [[nodiscard]] static bool has_text(const Scene& scene, const char* text) {
    return std::ranges::any_of(scene.items, [&](const SceneItem& item) {
      const auto* words = std::get_if<Text>(&item);
      return words != nullptr && words->text == text;
    });
  }

  void set_up(const char* method, const QString& run_folder) {
    WorkspaceState next = window_->document().state();
    choose(*find<QComboBox>(*window_, "data-choice"), "text-folder");
    next = window_->document().state();
    QCOMPARE(next.training.model, std::string("transformer"));
    const auto& table = training_parameter_table();
    for (const auto& [id, text] : std::initializer_list<std::pair<const char*, std::string>>{
             {"data-dir", folder_.filePath("text").toStdString()},
             {"run-dir", run_folder.toStdString()},
             {"method", method},
             {"text-kind", "words"},
             {"blocks", "1"},
             {"width", std::to_string(width)},
             {"heads", std::to_string(heads)},
             {"feed-forward", "24"},
             {"places", "128"},
             {"epoch-steps", "8"},
             {"epochs", std::to_string(epochs)},
             {"scored-sentences", "4"}})
      table.set_text(next.training, id, text);
    if (next.training.method == "set") table.set_text(next.training, "rewire-every", "4");
    next.parameters.shared.sparsity = 0.5;
    window_->document().edit("training", std::move(next));
    click("training-start");
  }

 private Q_SLOTS:
  void initTestCase() { samples::write_text(folder_.filePath("text").toStdString(), 20); }
  void init() { renew_window(); }
  void cleanupTestCase() { window_.reset(); }

  void a_rewired_one_is_seen_head_by_head() {
    set_up("set", folder_.filePath("set"));
    QTRY_COMPARE_WITH_TIMEOUT(runs().experiments().size(), std::size_t{1}, 30000);
    QVERIFY2(wait_for(0, RunStage::finished), group(0).runs[0].progress.problem.c_str());
    const ExperimentRun& run = group(0).runs[0];
    QCOMPARE(run.epochs.size(), epochs);
    for (const char* metric : {"train_loss", "validation_perplexity", "test_token_accuracy", "validation_bleu"})
      QVERIFY2(run.epochs.back().values[metric] >= 0.0, metric);  // no number compares false
    QStringList titles;
    for (const Chart& one : experiment_charts(runs().experiments(), 0.0)) titles += QString::fromStdString(one.title);
    QVERIFY2(titles.join(", ").contains("Loss", Qt::CaseInsensitive) && titles.join(", ").contains("BLEU"),
             qPrintable(titles.join(", ")));
    const int painted = find<ChartCanvas>(*window_, "chart-canvas")->pictures_painted();
    chart().set_view(ChartView::updates);
    QTRY_VERIFY(find<ChartCanvas>(*window_, "chart-canvas")->pictures_painted() > painted);

    // Updates 1 … 3 or 4 and the start; one head of the encoder.
    tree()->setCurrentItem(row(0));
    QTRY_VERIFY_WITH_TIMEOUT(line().moments().size() == run.events.size() + 1 && run.events.size() >= 2, 20000);
    const int index = box().findText("encoder1.self.head2");
    QVERIFY(index >= 0);
    box().setCurrentIndex(index);
    Q_EMIT box().activated(index);
    QTRY_VERIFY_WITH_TIMEOUT(shown() && shown()->matrices == "encoder1.self.head2" && shown()->network, 20000);
    QVERIFY((shown()->network->layer_sizes() == std::vector<NodeIndex>{width / heads, width, width / heads}));
    QVERIFY(wait_until_fresh(*window_));
    const SceneInput& input = window_->live().scene_input();
    QVERIFY((input.names == LayerNames{{"q", "inputs", "k"}, {"q", "k"}}));
    QTRY_VERIFY_WITH_TIMEOUT(
        pane_of(*window_, "matrix").view().scene() && has_text(*pane_of(*window_, "matrix").view().scene(), "q"),
        20000);
    for (const char* text : {"q", "k"}) QVERIFY(has_text(*pane_of(*window_, "matrix").view().scene(), text));
    QTRY_VERIFY_WITH_TIMEOUT(
        pane_of(*window_, "layers").view().scene() && has_text(*pane_of(*window_, "layers").view().scene(), "inputs"),
        20000);
    for (const char* text : {"q", "inputs", "k"}) QVERIFY(has_text(*pane_of(*window_, "layers").view().scene(), text));
    QVERIFY(!has_text(*pane_of(*window_, "matrix").view().scene(), "W1"));
    // The time line counts that head alone.
    const RunMoment& last = line().moments().back();
    QTRY_COMPARE(line().moments().back().links, shown()->network->link_count());
    QVERIFY(last.removed <= shown()->network->link_count());
  }

  /// Nothing is rewired, but its folder has the topology that it began with.
  void a_static_one_is_seen_from_its_folder() {
    set_up("static", folder_.filePath("static"));
    QTRY_COMPARE_WITH_TIMEOUT(runs().experiments().size(), std::size_t{1}, 30000);
    QVERIFY2(wait_for(0, RunStage::finished), group(0).runs[0].progress.problem.c_str());
    runs().discard({group(0).id, {}});
    window_->files().new_session();
    window_->files().open(folder_.filePath("static"));
    QTRY_VERIFY_WITH_TIMEOUT(shown() && shown()->network && !window_->files().is_busy(), 20000);
    QCOMPARE(shown()->update, std::uint64_t{0});
    QVERIFY(*shown()->network == *network_of_run(folder_.filePath("static").toStdString(), 0, "encoder1.ffn"));
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY((window_->live().scene_input().names.matrices == std::vector<std::string>{"w1", "w2"}));
    QTRY_COMPARE_WITH_TIMEOUT(line().moments().size(), std::size_t{1}, 20000);
    QVERIFY(line().isVisible());
  }
};

DNM_TEST(TestTransformer, TimedApplication)
#include "test_transformer.moc"
