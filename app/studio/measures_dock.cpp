// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/measures_dock.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QSignalBlocker>
#include <memory>
#include <utility>

#include "app/studio/text.h"
#include "core/network/graph.h"
#include "core/support/error.h"

namespace dnm {

namespace {

QSpinBox* make_count(const QString& id, const QString& name, const QString& tip, QWidget* parent) {
  auto* box = new QSpinBox(parent);
  box->setObjectName(id);
  box->setAccessibleName(name);
  box->setToolTip(tip);
  box->setRange(1, 1000);
  box->setKeyboardTracking(false);
  box->setFocusPolicy(Qt::StrongFocus);
  return box;
}

}  // namespace

MeasuresDock::MeasuresDock(Document& document, LiveBridge& live, QWidget* parent)
    : Panel("measures", "Measures", parent), document_(document), live_(live) {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(8, 10, 12, 12);
  column->setSpacing(8);
  for (const Measure& measure : measure_table()) {
    auto* card = new MeasureCard(measure, content);
    cards_.push_back(card);
    column->addWidget(card);
    connect(card, &MeasureCard::second_opinion_wanted, this, [this, card] { compute_second_opinion(*card); });
  }

  auto* settings = new QGroupBox("How they are computed", content);
  auto* form = new QFormLayout(settings);
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  modularity_ = new QComboBox(settings);
  modularity_->setObjectName("modularity-method");
  modularity_->setAccessibleName("Modularity method");
  modularity_->setToolTip("How the communities of Q are found");
  modularity_->addItem("Leiden");
  modularity_->addItem("Louvain");
  form->addRow("Q by", modularity_);
  runs_ = make_count("modularity-runs", "Modularity runs", "Q is the best of so many runs", settings);
  form->addRow("Q runs", runs_);
  draws_ = make_count("sigma-draws", "Structural consistency draws",
                      "Removal sets drawn for the structural consistency: 10 for speed, 100 for precision", settings);
  form->addRow(new QLabel("σ<sub>c</sub> draws", settings), draws_);
  embedding_ = new QComboBox(settings);
  embedding_->setObjectName("embedding-method");
  embedding_->setAccessibleName("Embedding method");
  embedding_->setToolTip("Coalescent embedding: link weights, dimension reduction, angle adjustment");
  for (const EmbeddingOption& weights : link_weights_options())
    for (const EmbeddingOption& reduction : reduction_options())
      for (const EmbeddingOption& adjustment : angle_adjustment_options()) {
        embedding_->addItem(
            to_qt(std::string(weights.id) + "-" + std::string(reduction.id) + "-" + std::string(adjustment.id)));
        embedding_->setItemData(
            embedding_->count() - 1,
            to_qt(weights.meaning) + " " + to_qt(reduction.meaning) + " " + to_qt(adjustment.meaning), Qt::ToolTipRole);
      }
  form->addRow("Disk by", embedding_);
  column->addWidget(settings);
  column->addStretch(1);
  setWidget(make_scroll_area(content, "Measures"));
  guard_wheel(content);

  connect(modularity_, &QComboBox::activated, this, [this](int index) {
    edit_view("change of the modularity method", [index](ViewSettings& view) {
      view.modularity = index == 0 ? ModularityMethod::leiden : ModularityMethod::louvain;
    });
  });
  connect(runs_, &QSpinBox::valueChanged, this, [this](int count) {
    edit_view("change of the modularity runs", [count](ViewSettings& view) { view.modularity_runs = count; });
  });
  connect(draws_, &QSpinBox::valueChanged, this, [this](int count) {
    edit_view("change of the draws", [count](ViewSettings& view) { view.sigma_draws = count; });
  });
  connect(embedding_, &QComboBox::activated, this, [this] {
    const EmbeddingMethod method = parse_embedding_method(embedding_->currentText().toStdString());
    edit_view("change of the embedding", [method](ViewSettings& view) { view.embedding = method; });
  });
  connect(&document_, &Document::changed, this, &MeasuresDock::show_state);
  connect(&live_, &LiveBridge::updated, this, &MeasuresDock::show_result);
  workers_.setMaxThreadCount(1);
  show_state();
  show_result();
}

MeasuresDock::~MeasuresDock() {
  second_opinion_stop_.request_stop();
  workers_.waitForDone();
}

void MeasuresDock::edit_view(const QString& what, const std::function<void(ViewSettings&)>& change) {
  StudioState next = document_.state();
  change(next.view);
  document_.edit(what, std::move(next), what);
}

void MeasuresDock::show_state() {
  const ViewSettings& view = document_.state().view;
  const QSignalBlocker quiet_runs(runs_);
  const QSignalBlocker quiet_draws(draws_);
  modularity_->setCurrentIndex(view.modularity == ModularityMethod::leiden ? 0 : 1);
  runs_->setValue(view.modularity_runs);
  draws_->setValue(view.sigma_draws);
  embedding_->setCurrentIndex(embedding_->findText(to_qt(embedding_method_name(view.embedding))));
}

void MeasuresDock::show_result() {
  const LiveSnapshot& snapshot = live_.snapshot();
  for (std::size_t i = 0; i < cards_.size(); ++i)
    cards_[i]->show_value(i < snapshot.measures.size() ? snapshot.measures[i] : LiveValue<Measurement>{});
  if (second_opinion_of_ && second_opinion_of_ != snapshot.network.value) {
    second_opinion_of_.reset();
    second_opinion_stop_.request_stop();
    for (MeasureCard* card : cards_) card->show_second_opinion({});
  }
}

void MeasuresDock::compute_second_opinion(MeasureCard& card) {
  const NetworkPointer network = live_.current_network();
  if (!network) return;
  if (second_opinion_of_ != network) second_opinion_stop_ = std::stop_source();
  second_opinion_of_ = network;
  card.show_second_opinion("igraph: computing …");
  MeasureSettings settings = live_.snapshot().request.measures;
  settings.engine = MeasureEngine::igraph;
  settings.power_law_fit = PowerLawFit::igraph;
  const std::stop_token stop = second_opinion_stop_.get_token();
  workers_.start([this, &card, network, settings, stop] {
    QString text;
    try {
      const Measurement result = card.measure().compute(Graph(*network), settings, TaskControl{stop, {}}, {});
      text = to_qt(format_measurement(result));
      if (!result.method.empty()) text += " (" + to_qt(result.method) + ")";
    } catch (const Cancelled&) {
      return;
    } catch (const std::exception& error) {
      text = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(
        this,
        [this, &card, network, text] {
          if (second_opinion_of_ == network) card.show_second_opinion("igraph: " + text);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace dnm
