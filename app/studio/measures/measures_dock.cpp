// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/measures/measures_dock.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"
#include "core/network/graph.h"

namespace dnm {

namespace {

constexpr int most_copies = 10000;
/// How long the number of the previous network or setting stays, greyed, while the new one is computed (milliseconds).
/// Most are ready by then, so that nothing flickers.
constexpr qint64 stale_number_milliseconds = 250;

bool is_settled(Freshness freshness) { return freshness == Freshness::fresh || freshness == Freshness::failed; }

}  // namespace

MeasuresDock::MeasuresDock(Document& document, LiveBridge& live, QWidget* parent)
    : Panel("measures", tr("Measures"), parent), document_(document), live_(live) {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(8, 10, 12, 12);
  column->setSpacing(8);
  column->addLayout(make_scope(content));
  for (const Measure& measure : measure_table()) {
    auto* card = new MeasureCard(measure, content);
    cards_.push_back({card});
    column->addWidget(card);
    connect_card(cards_.size() - 1);
  }
  column->addWidget(make_chance(content));
  for (const NetworkScene& scene : figure_scene_table()) {
    if (scene.window != WindowPlace::measures_dock) continue;
    pictures_.push_back(new DockPicture(scene, content));
    column->addWidget(pictures_.back());
    veils_.push_back(new Veil(pictures_.back()));
    connect(pictures_.back(), &DockPicture::painted, this, [this] {
      show_currency();
      Q_EMIT painted();
    });
  }
  column->addStretch(1);
  setWidget(make_scroll_area(content, tr("Measures")));

  connect(&document_, &Document::changed, this, &MeasuresDock::show_state);
  connect(&live_, &LiveBridge::updated, this, &MeasuresDock::show_result);
  show_state();
  show_result();
}

QLayout* MeasuresDock::make_scope(QWidget* content) {
  auto* line = new QHBoxLayout;
  auto* label = new QLabel(tr("Measured"), content);
  line->addWidget(label);
  scope_ = new QComboBox(content);
  scope_->setObjectName("measured-layer");
  scope_->setAccessibleName(tr("What is measured"));
  scope_->setToolTip(tr("Measure the whole network, or the two-sided graph of one layer's links alone"));
  scope_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  label->setBuddy(scope_);
  line->addWidget(scope_, 1);
  connect(scope_, &QComboBox::activated, this, [this](int index) {
    edit_view("change of what is measured", {}, false, [index](ViewSettings& view) {
      view.measured_layer = index > 0 ? std::optional(static_cast<std::size_t>(index - 1)) : std::nullopt;
    });
  });
  return line;
}

QWidget* MeasuresDock::make_chance(QWidget* content) {
  auto* box = new QFrame(content);
  box->setObjectName("chance");
  box->setFrameShape(QFrame::StyledPanel);
  box->setAutoFillBackground(true);
  box->setBackgroundRole(QPalette::Base);
  box->setToolTip(
      tr("Each measure beside its mean over randomised copies of the network, in which every neuron keeps its "
         "number of links to the layers before and after: a value within the spread of the copies is explained by the "
         "degrees alone"));
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(10, 8, 10, 8);
  column->setSpacing(3);
  auto* line = new QHBoxLayout;
  auto* label = new QLabel(tr("Against chance"), box);
  label->setWordWrap(true);
  line->addWidget(label, 1);
  copies_ = new NumberBox(tr("Randomised copies"), {2, most_copies, 1}, true, box);
  copies_->setObjectName("chance-copies");
  copies_->setToolTip(tr("Randomised copies to compare with"));
  copies_->setSuffix(tr(" copies"));
  line->addWidget(copies_);
  compare_ = new QPushButton(tr("Compare"), box);
  compare_->setObjectName("chance-compare");
  compare_->setAccessibleName(tr("Compare with chance"));
  line->addWidget(compare_);
  column->addLayout(line);
  chance_progress_ = new ProgressBar("chance-progress", tr("Progress of the comparison with chance"), 4, box);
  column->addWidget(chance_progress_);
  connect(copies_, &NumberBox::valueChanged, this, [this](double count) {
    edit_view("change of the copies", "chance-copies", false,
              [count](ViewSettings& view) { view.chance_copies = static_cast<int>(count); });
  });
  connect(copies_, &NumberBox::rejected, this, &MeasuresDock::rejected);
  connect(compare_, &QPushButton::clicked, this,
          [this] { live_.set_chance_wanted(!compare_->property("cancels").toBool()); });
  return box;
}

void MeasuresDock::connect_card(std::size_t place) {
  MeasureCard* const card = cards_[place].widget;
  connect(card, &MeasureCard::second_opinion_requested, this, [this, place] { compute_second_opinion(cards_[place]); });
  connect(card, &MeasureCard::rejected, this, &MeasuresDock::rejected);
  connect(card, &MeasureCard::rejection_over, this, &MeasuresDock::rejection_over);
  connect(card, &MeasureCard::setting_drag_finished, &document_, &Document::finish_drag);
  connect(card, &MeasureCard::p_value_requested, &live_, &LiveBridge::set_p_value_wanted);
  connect(card, &MeasureCard::setting_edited, this, [this](const ParameterRow& row, bool dragging) {
    edit_view("change of " + to_qt(row.info().label).toLower(), row.merge_key(), dragging,
              [&](ViewSettings& view) { measure_setting_table().at(row.info().id).set(view.measures, row.value()); });
  });
}

void MeasuresDock::edit_view(const QString& what, const QString& merge_key, bool dragging,
                             const std::function<void(ViewSettings&)>& change) {
  WorkspaceState next = document_.state();
  change(next.view);
  document_.edit(what, std::move(next), merge_key, dragging);
}

void MeasuresDock::show_state() {
  const ViewSettings& view = document_.state().view;
  const QSignalBlocker quiet(copies_);
  copies_->setValue(view.chance_copies);
  for (const Card& card : cards_) card.widget->show_settings(view.measures);
  show_scope();
}

void MeasuresDock::show_scope() {
  QStringList entries{tr("Whole network")};
  // An initialiser may draw other sizes than the parameters name (dense-equal).
  const NetworkPointer network = live_.current_network();
  const std::vector<NodeIndex>& sizes = network ? network->layer_sizes() : layer_sizes(document_.state());
  const std::vector<std::string> names = layer_names(document_.state()).matrices;
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    const QString name = i < names.size() ? translated(names[i]) : tr("Layer %1").arg(i + 1);
    entries += tr("%1 alone (%2 → %3)").arg(name).arg(sizes[i]).arg(sizes[i + 1]);
  }
  QStringList shown;
  for (int i = 0; i < scope_->count(); ++i) shown += scope_->itemText(i);
  if (shown != entries) {
    scope_->clear();
    scope_->addItems(entries);
  }
  const auto layer = measured_layer(document_.state());
  scope_->setCurrentIndex(layer ? static_cast<int>(*layer) + 1 : 0);
}

void MeasuresDock::show_result() {
  if (live_.current_network()) show_scope();
  const LiveSnapshot& snapshot = live_.snapshot();
  const bool keeps_foreign = !snapshot.cancelled && (live_.is_draft() || live_.elapsed() <= stale_number_milliseconds);
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    Card& card = cards_[i];
    const LiveValue<Measurement> value = i < snapshot.measures.size() ? snapshot.measures[i] : LiveValue<Measurement>{};
    card.widget->show_value(snapshot, keeps_foreign);
    card.widget->show_p_value(live_.wants_p_value(), !is_settled(value.freshness));
  }
  show_chance();
  for (DockPicture* picture : pictures_) picture->show_input(live_.scene_input(), document_.state().view.pictures);
  show_currency();
  forget_second_opinions();
}

bool MeasuresDock::is_current() const {
  return std::ranges::none_of(pictures_, [](const DockPicture* picture) { return !picture->is_current(); });
}

void MeasuresDock::show_currency() {
  const bool is_newest = live_.current_network() != nullptr;
  for (std::size_t i = 0; i < pictures_.size(); ++i) {
    veils_[i]->set_current(!pictures_[i]->scene() || (is_newest && pictures_[i]->is_current()));
  }
}

void MeasuresDock::show_chance() {
  const LiveSnapshot& snapshot = live_.snapshot();
  const bool wanted = live_.wants_chance();
  bool settled = true;
  double progress = 0.0;
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    const LiveValue<ChanceComparison> chance =
        i < snapshot.chance.size() ? snapshot.chance[i] : LiveValue<ChanceComparison>{};
    cards_[i].widget->show_chance(snapshot, wanted);
    settled &= is_settled(chance.freshness);
    progress += (is_settled(chance.freshness) ? 1.0 : chance.progress) / static_cast<double>(cards_.size());
  }
  const bool computing = wanted && !settled && !snapshot.cancelled;
  compare_->setProperty("cancels", computing);
  compare_->setText(computing ? tr("Cancel") : tr("Compare"));
  compare_->setAccessibleName(computing ? tr("Cancel the comparison with chance") : tr("Compare with chance"));
  chance_progress_->setVisible(computing);
  chance_progress_->set_fraction(progress);
}

MeasuresDock::Measured MeasuresDock::measured_by_igraph() const {
  const LiveRequest& request = live_.snapshot().request;
  Measured measured{live_.current_network(), request.measured_layer, by_igraph(request.measures)};
  measured.settings.p_value_samples = 0;
  return measured;
}

/// Those of another network, layer or setting than the values beside them.
void MeasuresDock::forget_second_opinions() {
  if (std::ranges::none_of(cards_, [](const Card& card) { return card.second_opinion_of.has_value(); })) return;
  const Measured now = measured_by_igraph();
  bool any_left = false;
  for (Card& card : cards_) {
    if (!card.second_opinion_of) continue;
    const Measured& then = *card.second_opinion_of;
    if (then.network == now.network && then.layer == now.layer &&
        card.widget->measure().same_result(then.settings, now.settings)) {
      any_left = true;
      continue;
    }
    card.second_opinion_of.reset();
    card.widget->show_second_opinion({});
  }
  if (!any_left) second_opinions_.cancel();
}

void MeasuresDock::compute_second_opinion(Card& card) {
  const Measured wanted = measured_by_igraph();
  if (!wanted.network) return;
  card.second_opinion_of = wanted;
  card.widget->show_second_opinion(tr("computing …"));
  const auto show = [&card, wanted](const QString& text) {
    if (card.second_opinion_of == wanted) card.widget->show_second_opinion(text);
  };
  const auto compute = [&measure = card.widget->measure(), wanted, show](const TaskControl& control) {
    const Network& network = *wanted.network;
    const Graph graph = wanted.layer ? layer_graph(network, *wanted.layer, control) : Graph(network);
    const Measurement result = measure.compute(graph, wanted.settings, control, {});
    QString text = translated(format_measurement(result));
    if (!result.method.empty()) text += " (" + translated(result.method) + ")";
    if (const std::string note = note_of(result); !note.empty()) text += "; " + translated(note);
    return [show, text] { show(text); };
  };
  second_opinions_.start(tr("Second opinion"), compute, show);
}

}  // namespace dnm
