// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/model_dock.h"

#include <QAction>
#include <QFileInfo>
#include <QFrame>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>
#include <vector>

#include "app/studio/parameters/distribution_row.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/live_words.h"
#include "app/workspace/provenance.h"
#include "app/workspace/words.h"
#include "core/parameters/parameter_part.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/data/data_set_table.h"

namespace dnm {

namespace {

QLabel* make_hint(QWidget* parent, const QString& name) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

QFrame* make_rule(QWidget* parent) {
  auto* rule = new QFrame(parent);
  rule->setFrameShape(QFrame::HLine);
  rule->setFrameShadow(QFrame::Plain);
  rule->setForegroundRole(QPalette::Mid);
  return rule;
}

/// What a row shows. The models have no list of data sets; those that initialisers learn from are of images.
ParameterInfo shown_info(ParameterInfo info) {
  if (info.id == "data") {
    static const std::vector<Choice> choices = choices_of(data_set_table());
    info.kind = ParameterKind::choice;
    info.choices = choices;
  }
  return info;
}

/// Where a network comes from that is not drawn from the parameters, as rich text.
QString source_text(const WorkspaceState& state, const TrainingRuns& runs) {
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) {
    const QString when = run->update == 0
                             ? Words::tr("as it began")
                             : Words::tr("after %1 of its links").arg(translated(counted(run->update, "update")));
    const QString words =
        !run->problem.empty() ? Words::tr("The network of the <b>run with seed %1</b>%2 %3 cannot be read.")
        : run->is_working     ? Words::tr("The working network is that of the <b>run with seed %1</b>%2 %3.")
                              : Words::tr("The network is that of the <b>run with seed %1</b>%2 %3.");
    const QString group = runs.of_group(run->experiment).toHtmlEscaped();
    const QString matrices = run->matrices.empty() ? "" : ", <b>" + to_qt(run->matrices).toHtmlEscaped() + "</b>,";
    return words.arg(QString::number(run->seed), group + matrices, when);
  }
  const QString file = "<b>" + QFileInfo(to_qt(network_file(state))).fileName().toHtmlEscaped() + "</b>";
  return (network_problem(state).empty() ? Words::tr("The network comes from %1.")
                                         : Words::tr("The network of %1 cannot be read."))
      .arg(file);
}

void forget_empty_overrides(ModelParameters& parameters) {
  std::erase_if(parameters.overrides,
                [&](const auto& entry) { return entry.second.empty() || entry.first >= parameters.layer_count(); });
}

/// The parameters that hold for one layer.
ModelParameters seen_by_layer(const ModelParameters& parameters, std::size_t layer) {
  ModelParameters seen = parameters;
  seen.shared = parameters.of_layer(layer);
  seen.overrides.clear();
  return seen;
}

}  // namespace

ModelDock::ModelDock(Document& document, LiveBridge& live, const TrainingRuns& runs, QWidget* parent)
    : Panel("model", tr("Model"), parent), document_(document), live_(live), runs_(runs), draws_(live, this) {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(12, 10, 8, 12);
  column->setSpacing(9);

  const int reset_column = ParameterRow::reset_column_width();
  auto* preset_line = new QHBoxLayout;
  auto* preset_label = new QLabel(tr("Preset"), content);
  preset_line->addWidget(preset_label);
  preset_line->addSpacing(reset_column);
  preset_ = new QComboBox(content);
  preset_->setObjectName("preset");
  preset_->setAccessibleName(tr("Preset"));
  preset_->setToolTip(tr("Set all parameters to those of a named network"));
  preset_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  preset_->addItem(tr("Custom"));
  for (const Preset& preset : presets()) {
    preset_->addItem(translated(preset.title), to_qt(preset.id));
    preset_->setItemData(preset_->count() - 1, translated(preset.description), Qt::ToolTipRole);
  }
  preset_label->setBuddy(preset_);
  preset_line->addWidget(preset_, 1);
  column->addLayout(preset_line);
  connect(preset_, &QComboBox::activated, this, [this](int index) {
    index > 0 ? apply_preset(presets()[static_cast<std::size_t>(index - 1)]) : show_state();
  });

  source_banner_ = new QFrame(content);
  static_cast<QFrame*>(source_banner_)->setFrameShape(QFrame::StyledPanel);
  auto* banner_column = new QVBoxLayout(source_banner_);
  source_label_ = make_hint(source_banner_, "network-source");
  banner_column->addWidget(source_label_);
  auto* draw_again = new QPushButton(tr("Draw from the model"), source_banner_);
  draw_again->setObjectName("draw-from-model");
  draw_again->setAccessibleName(tr("Draw the network from the model"));
  draw_again->setToolTip(tr("Replace this network by one drawn from the parameters below"));
  banner_column->addWidget(draw_again);
  column->addWidget(source_banner_);
  connect(draw_again, &QPushButton::clicked, this, [this] {
    WorkspaceState next = document_.state();
    next.shown = ShownModel{};
    document_.edit("draw from the model", std::move(next));
  });
  column->addWidget(make_rule(content));

  layer_line_ = new QWidget(content);
  auto* layer_layout = new QHBoxLayout(layer_line_);
  layer_layout->setContentsMargins(0, 4, 0, 0);
  auto* layer_label = new QLabel(tr("Set for"), layer_line_);
  layer_layout->addWidget(layer_label);
  layer_layout->addSpacing(reset_column);
  layer_ = new QComboBox(layer_line_);
  layer_->setObjectName("layer");
  layer_->setAccessibleName(tr("Layer the parameters are set for"));
  layer_->setToolTip(tr("Set the parameters below for all layers, or for one layer alone"));
  layer_label->setBuddy(layer_);
  layer_layout->addWidget(layer_, 1);
  connect(layer_, &QComboBox::activated, this, [this] { show_state(); });

  // First the parameters of the whole network, then those that can differ between layers.
  form_ = new ParameterForm("model", ParameterForm::Groups::flat, content, ParameterRow::Sliders::below);
  form_->set_spacing(column->spacing());
  add_rows(false);
  form_->add_widget(make_rule(content));
  form_->add_widget(layer_line_);
  add_rows(true);
  column->addWidget(form_);
  connect(form_, &ParameterForm::edited, this, &ModelDock::on_edited);
  connect(form_, &ParameterForm::drag_finished, &document_, &Document::finish_drag);
  connect(form_, &ParameterForm::reset_requested, this, &ModelDock::on_reset);
  connect(form_, &ParameterForm::exception_removed, this, &ModelDock::remove_exception);
  connect(form_, &ParameterForm::rejected, this, &ModelDock::rejected);
  connect(form_, &ParameterForm::rejection_over, this, &ModelDock::rejection_over);
  add_dice(*form_->row("seed"));

  column->addWidget(make_rule(content));
  summary_ = make_hint(content, "model-summary");
  summary_->setAccessibleName(tr("Links drawn"));
  column->addWidget(summary_);
  notices_ = make_hint(content, "model-notices");
  notices_->setAccessibleName(tr("Notices of the model"));
  column->addWidget(notices_);
  column->addStretch(1);

  const int width = form_->align_labels(std::max(preset_label->sizeHint().width(), layer_label->sizeHint().width()));
  preset_label->setFixedWidth(width);
  layer_label->setFixedWidth(width);
  setWidget(make_scroll_area(content, tr("Model parameters")));

  connect(&document_, &Document::changed, this, &ModelDock::show_state);
  connect(&document_, &Document::shown_replaced, this, &ModelDock::show_source);
  connect(&runs_, &TrainingRuns::results_changed, this, &ModelDock::show_source);  // its group may have another name
  connect(&live_, &LiveBridge::updated, this, &ModelDock::show_result);
  connect(&draws_, &ModelDraws::changed, this, &ModelDock::show_drawn);
  show_state();
  show_result();
}

void ModelDock::add_rows(bool per_layer) {
  for (const auto& row : model_parameter_table()) {
    if (row.info.per_layer != per_layer) continue;
    // The training dock has rows of the same names.
    const bool shared_name = row.info.id.starts_with("data");
    ParameterRow* const shown = form_->add_row(shown_info(row.info), row.get(ModelParameters{}),
                                               shared_name ? "model-" + to_qt(row.info.id) : QString());
    if (row.info.id != "seed" && row.info.kind != ParameterKind::path) add_sweep(*shown);
  }
}

void ModelDock::add_sweep(ParameterRow& row) {
  auto* sweep = new QAction(tr("Sweep …"), &row);
  sweep->setObjectName("sweep-" + to_qt(row.info().id));
  row.addAction(sweep);
  row.setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(sweep, &QAction::triggered, this, [this, &row] { Q_EMIT sweep_requested(std::string(row.info().id)); });
}

void ModelDock::add_dice(ParameterRow& seed) {
  auto* dice = new QToolButton(&seed);
  dice->setObjectName("seed-dice");
  dice->setAccessibleName(tr("New random seed"));
  dice->setToolTip(tr("Draw the network again with another seed"));
  dice->setText(QStringLiteral("⚄"));
  seed.add_button(dice);
  connect(dice, &QToolButton::clicked, this, &ModelDock::new_seed);
}

std::optional<std::size_t> ModelDock::chosen_layer() const {
  return layer_->currentIndex() > 0 ? std::optional(static_cast<std::size_t>(layer_->currentIndex() - 1))
                                    : std::nullopt;
}

void ModelDock::on_edited(ParameterRow* row, bool dragging) {
  ModelParameters parameters = document_.state().parameters;
  QString merge_key = row->merge_key();
  try {
    if (const auto layer = chosen_layer(); layer && row->info().per_layer) {
      parameters.overrides[*layer].insert_or_assign(std::string(row->info().id), row->value());
      merge_key += "@" + QString::number(*layer);
    } else {
      model_parameter_table().at(row->info().id).set(parameters, row->value());
    }
    forget_empty_overrides(parameters);
    check_parameters(parameters);
  } catch (const Error& error) {
    row->reject(QString::fromUtf8(error.what()) + ".");
    show_state();
    return;
  }
  edit_parameters(row->info(), std::move(parameters), merge_key, dragging);
}

void ModelDock::on_reset(const ParameterRow* row) {
  ModelParameters parameters = document_.state().parameters;
  const std::string id(row->info().id);
  if (const auto layer = chosen_layer(); layer && row->info().per_layer) return remove_exception(row, *layer);
  const auto& table = model_parameter_table();
  table.at(id).set(parameters, table.usual(table.at(id), parameters));
  for (auto& [index, values] : parameters.overrides) values.erase(id);
  forget_empty_overrides(parameters);
  edit_parameters(row->info(), std::move(parameters), {}, false);
}

void ModelDock::remove_exception(const ParameterRow* row, std::size_t layer) {
  ModelParameters parameters = document_.state().parameters;
  parameters.overrides[layer].erase(std::string(row->info().id));
  forget_empty_overrides(parameters);
  edit_parameters(row->info(), std::move(parameters), {}, false);
}

void ModelDock::edit_parameters(const ParameterInfo& info, ModelParameters parameters, const QString& merge_key,
                                bool dragging) {
  WorkspaceState next = document_.state();
  next.parameters = std::move(parameters);
  next.shown = ShownModel{};
  document_.edit("change of " + to_qt(info.label).toLower(), std::move(next), merge_key, dragging);
}

void ModelDock::apply_preset(const Preset& preset) {
  WorkspaceState next = document_.state();
  next.parameters = preset.parameters;
  next.shown = ShownModel{};
  document_.edit("preset " + to_qt(preset.title), std::move(next));
  show_state();
}

void ModelDock::new_seed() {
  WorkspaceState next = document_.state();
  next.parameters.seed = QRandomGenerator::global()->bounded(1000000U);
  next.shown = ShownModel{};
  document_.edit("new seed", std::move(next));
}

void ModelDock::show_state() {
  const WorkspaceState& state = document_.state();
  show_layers();
  const auto layer = chosen_layer();
  form_->show_settings(model_parameter_table(), layer ? seen_by_layer(state.parameters, *layer) : state.parameters);
  bool any_per_layer = false;
  for (ParameterRow* row : form_->rows()) {
    const ParameterInfo& info = row->info();
    const auto& parameter = model_parameter_table().at(info.id);
    if (!info.per_layer || !model_parameter_table().applies(parameter, state.parameters)) continue;
    any_per_layer = true;
    if (layer) row->set_default(parameter.get(state.parameters));
    std::vector<std::pair<std::size_t, QString>> exceptions;
    bool is_own = false;
    for (const auto& [index, values] : state.parameters.overrides) {
      const auto value = values.find(info.id);
      if (value == values.end()) continue;
      if (!layer) exceptions.emplace_back(index, translated(value_text(info, value->second)));
      is_own = is_own || layer == index;
    }
    row->set_exceptions(exceptions);
    row->set_mark(is_own ? tr("Set for this layer alone.") : QString());
  }
  layer_line_->setVisible(any_per_layer && state.parameters.layer_count() > 1);
  draws_.set_layer(layer);
  show_source();
}

void ModelDock::show_drawn() {
  for (ParameterRow* row : form_->rows())
    if (auto* distribution = qobject_cast<DistributionRow*>(row))
      distribution->show_drawn(draws_.histogram(row->info().id));
}

void ModelDock::show_source() {
  const WorkspaceState& state = document_.state();
  const bool from_model = std::holds_alternative<ShownModel>(state.shown);
  int match = 0;
  for (std::size_t i = 0; i < presets().size() && match == 0; ++i)
    if (from_model && presets()[i].parameters == state.parameters) match = static_cast<int>(i) + 1;
  preset_->setCurrentIndex(match);

  source_banner_->setVisible(!from_model);
  if (from_model) return;
  const auto* file = std::get_if<ShownFile>(&state.shown);
  const bool drawn_from_these = file && parameters_of(*file) == state.parameters;
  source_label_->setText(source_text(state, runs_) +
                         (drawn_from_these ? " " + tr("It was drawn from the parameters below.") : QString()) +
                         (file && !drawn_from_these ? " " + tr("The parameters below are not its own.") : QString()) +
                         " " + tr("Changing a parameter draws a new one."));
}

void ModelDock::show_layers() {
  const auto& sizes = document_.state().parameters.layer_sizes;
  const int kept = layer_->currentIndex();
  layer_->clear();
  layer_->addItem(tr("All layers"));
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i)
    layer_->addItem(tr("Layer %1 alone (%2 → %3)").arg(i + 1).arg(sizes[i]).arg(sizes[i + 1]));
  layer_->setCurrentIndex(kept > 0 && kept < layer_->count() ? kept : 0);
}

void ModelDock::show_result() {
  const NetworkPointer network = live_.current_network();
  const bool is_refused = live_.is_newest() && has_no_network(live_.snapshot());
  if (network) {
    QStringList links;
    if (network->is_layered())
      for (const Mask& mask : network->masks()) links += to_qt(with_commas(mask.link_count()));
    QString text = translated(counted(network->node_count(), "neuron")) + ", ";
    if (links.size() > 1) text += links.join(" + ") + " = ";
    summary_->setText(text + translated(counted(network->link_count(), "link")));
  } else if (is_refused) {
    summary_->setText(tr("no network"));
  }
  summary_->setEnabled(network != nullptr);
  QString text;  // why there is no network is said by the messages
  for (const std::string& notice : live_.notices()) text += (text.isEmpty() ? "" : "\n") + translated(notice);
  notices_->setText(text);
  notices_->setVisible(!text.isEmpty());
}

}  // namespace dnm
