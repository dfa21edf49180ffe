// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/sweep/sweep_dock.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/sweep_file.h"
#include "core/measures/measure.h"
#include "core/parameters/parameter_table.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/runs/run_seeds.h"

namespace dnm {

namespace {

constexpr const char* usual_seeds = "0,1,2";

std::string text_of(const QLineEdit& line) { return line.text().trimmed().toStdString(); }

QString sentence(const std::string& text) { return translated(text) + "."; }

}  // namespace

SweepDock::SweepDock(Document& document, QWidget* parent) : Panel("sweep", tr("Sweep"), parent), document_(document) {
  auto* halves = new QSplitter(Qt::Horizontal, this);
  halves->setChildrenCollapsible(false);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(8, 8, 4, 6);
  column->setSpacing(6);
  make_form(*column, content);
  make_buttons(*column, content);
  column->addStretch(1);
  halves->addWidget(make_scroll_area(content, tr("Settings of the sweep")));

  auto* pictures = new QWidget(halves);
  auto* right = new QVBoxLayout(pictures);
  right->setContentsMargins(4, 4, 8, 6);
  right->setSpacing(4);
  canvas_ = new SweepCanvas(pictures);
  words_ = new ElidedLabel(pictures);
  words_->setObjectName("sweep-words");
  words_->setAccessibleName(tr("The marked point of the sweep"));
  right->addWidget(canvas_, 1);
  right->addWidget(words_);
  halves->addWidget(pictures);
  halves->setStretchFactor(0, 0);
  halves->setStretchFactor(1, 1);
  setWidget(halves);

  connect(&document_, &Document::changed, this, [this] {
    show_rows();
    follow_document();
  });
  connect(&runner_, &SweepRunner::changed, this, [this] {
    keep_sweep();
    show_sweep();
  });
  connect(&runner_, &SweepRunner::problem, this,
          [this](const QString& text) { Q_EMIT message(tr("The sweep ended: %1.").arg(text)); });
  connect(&writing_, &Background::problem, this, [this](const QString& text) { Q_EMIT message(text + "."); });
  connect(canvas_, &SweepCanvas::marked, this, &SweepDock::show_words);
  connect(canvas_, &SweepCanvas::chosen, this, &SweepDock::choose);
  show_rows();
  propose(0);
  show_sweep();
}

void SweepDock::make_form(QVBoxLayout& column, QWidget* content) {
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(6);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(2, 1);
  make_axis(0, *grid, content);
  make_axis(1, *grid, content);
  auto* seeds_label = new QLabel(tr("Seeds"), content);
  seeds_ = new QLineEdit(usual_seeds, content);
  seeds_->setObjectName("sweep-seeds");
  seeds_->setAccessibleName(tr("Seeds of the sweep"));
  seeds_->setToolTip(tr("A network for each seed at every point; means and errors are over them"));
  seeds_label->setBuddy(seeds_);
  grid->addWidget(seeds_label, 2, 0);
  grid->addWidget(seeds_, 2, 1, 1, 2);
  auto* line = new QHBoxLayout;
  line->setSpacing(10);
  for (const Measure& measure : measure_table()) {
    auto* box = new QCheckBox(to_qt(measure.symbol).remove('_'), content);
    box->setObjectName("sweep-measure-" + to_qt(measure.id));
    box->setAccessibleName(tr("Measure %1 in the sweep").arg(translated(to_qt(measure.label).toLower())));
    box->setToolTip(translated(measure.label) + ". " + translated(measure.meaning));
    box->setChecked(true);
    line->addWidget(box);
    measures_.push_back(box);
  }
  line->addStretch(1);
  grid->addWidget(new QLabel(tr("Measures"), content), 3, 0);
  grid->addLayout(line, 3, 1, 1, 2);
  column.addLayout(grid);
}

void SweepDock::make_axis(std::size_t place, QGridLayout& grid, QWidget* content) {
  const bool is_first = place == 0;
  Axis& axis = axes_.at(place);
  auto* label = new QLabel(is_first ? tr("Vary") : tr("and"), content);
  axis.row = new QComboBox(content);
  axis.row->setObjectName(is_first ? "sweep-first" : "sweep-second");
  axis.row->setAccessibleName(is_first ? tr("Parameter that is varied") : tr("Second parameter that is varied"));
  axis.row->setToolTip(is_first ? tr("The parameter that goes through its values")
                                : tr("A second parameter: each pair of values has a network, and the charts are maps"));
  axis.row->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  label->setBuddy(axis.row);
  axis.values = new QLineEdit(content);
  axis.values->setObjectName(is_first ? "sweep-first-values" : "sweep-second-values");
  axis.values->setAccessibleName(is_first ? tr("Values of the parameter") : tr("Values of the second parameter"));
  axis.values->setToolTip(tr(
      "A range FROM:TO:COUNT, with both ends, as 0.5:0.99:8, or values between commas, as fixed,gaussian:2. With :log "
      "or :linear behind it, a range goes by equal ratios or by equal steps. Of a distribution, a range is of its mean "
      "or spread: fixed:1:9:5, gaussian:0.5:4:8. Values that hold commas are separated by semicolons."));
  axis.values->setMinimumWidth(130);
  const int row = static_cast<int>(place);
  grid.addWidget(label, row, 0);
  grid.addWidget(axis.row, row, 1);
  grid.addWidget(axis.values, row, 2);
  connect(axis.row, &QComboBox::activated, this, [this, place] { propose(place); });
  connect(axis.values, &QLineEdit::returnPressed, this, [this] {
    if (!runner_.is_running()) toggle();
  });
}

void SweepDock::make_buttons(QVBoxLayout& column, QWidget* content) {
  auto* line = new QHBoxLayout;
  start_ = new QPushButton(tr("Start"), content);
  start_->setObjectName("sweep-start");
  start_->setToolTip(tr("Draw and measure the networks in the background, at low priority; what is there stays"));
  connect(start_, &QPushButton::clicked, this, &SweepDock::toggle);
  line->addWidget(start_);
  line->addWidget(make_export_button(content));
  line->addStretch(1);
  column.addLayout(line);
  state_ = new ElidedLabel(content);
  state_->setObjectName("sweep-state");
  state_->setAccessibleName(tr("How far the sweep is"));
  column.addWidget(state_);
}

void SweepDock::show_rows() {
  const ModelParameters& parameters = document_.state().parameters;
  for (Axis& axis : axes_) {
    const QSignalBlocker blocker(axis.row);
    const QString kept = axis.row->currentData().toString();
    axis.row->clear();
    if (&axis != &axes_.front()) axis.row->addItem(tr("nothing"), QString());
    for (const auto& row : model_parameter_table()) {
      if (row.info.id == "seed" || row.info.kind == ParameterKind::path) continue;
      if (!model_parameter_table().applies(row, parameters)) continue;
      axis.row->addItem(translated(row.info.label), to_qt(row.info.id));
      axis.row->setItemData(axis.row->count() - 1, ParameterRow::tool_tip(row.info), Qt::ToolTipRole);
    }
    const int place = axis.row->findData(kept.isEmpty() && &axis == &axes_.front() ? QString("sparsity") : kept);
    axis.row->setCurrentIndex(std::max(0, place));
    axis.values->setEnabled(!axis.row->currentData().toString().isEmpty());
  }
}

void SweepDock::propose(std::size_t place) {
  Axis& axis = axes_.at(place);
  const std::string id = axis.row->currentData().toString().toStdString();
  axis.values->setEnabled(!id.empty());
  if (id.empty()) return axis.values->clear();
  const auto& row = model_parameter_table().at(id);
  axis.values->setText(to_qt(proposed_values(row.info, row.get(document_.state().parameters))));
}

void SweepDock::vary(const std::string& id) {
  show();
  raise();
  const int place = axes_.front().row->findData(to_qt(id));
  if (place >= 0) {
    axes_.front().row->setCurrentIndex(place);
    propose(0);
  }
  axes_.front().values->setFocus(Qt::OtherFocusReason);
  axes_.front().values->selectAll();
}

SweepPlan SweepDock::plan() const {
  SweepPlan made;
  made.base = document_.state().parameters;
  for (const Axis& axis : axes_) {
    const std::string id = axis.row->currentData().toString().toStdString();
    if (!id.empty()) made.varied.push_back(parse_varied(varied_info({id}), text_of(*axis.values)));
  }
  made.seeds = seeds_of(parse_value(seeds_info(), text_of(*seeds_)));
  for (std::size_t place = 0; place < measures_.size(); ++place)
    if (measures_[place]->isChecked()) made.measures.emplace_back(measure_table()[place].id);
  made.measuring = document_.state().view.measures;
  made.measuring.seed = 0;
  made.measuring.p_value_samples = 0;
  return made;
}

void SweepDock::toggle() {
  if (runner_.is_running()) return runner_.stop();
  try {
    runner_.start(plan());
    keep_sweep();
  } catch (const InvalidInput& error) {
    Q_EMIT rejected(sentence(error.what()));
  }
}

void SweepDock::follow_document() {
  if (document_.sweep() == runner_.sweep()) return;
  runner_.restore(document_.sweep() ? std::optional(*document_.sweep()) : std::nullopt);
  document_.set_sweep(runner_.sweep());
  if (const auto sweep = runner_.sweep()) {
    kept_missing_ = sweep->missing();
    show_plan(sweep->plan);
  }
  show_sweep();
}

void SweepDock::keep_sweep() {
  const auto sweep = runner_.sweep();
  if (!sweep || (document_.sweep() == sweep && kept_missing_ == sweep->missing())) return;
  kept_missing_ = sweep->missing();
  document_.set_sweep(sweep);
  document_.note_unsaved();
}

void SweepDock::show_plan(const SweepPlan& plan) {
  for (std::size_t place = 0; place < axes_.size(); ++place) {
    Axis& axis = axes_.at(place);
    const VariedParameter* const varied = place < plan.varied.size() ? &plan.varied[place] : nullptr;
    const int row = axis.row->findData(varied ? to_qt(varied->id) : QString());
    if (row < 0) continue;  // it does not apply to the model of the session
    axis.row->setCurrentIndex(row);
    axis.values->setEnabled(varied != nullptr);
    axis.values->setText(varied ? to_qt(format_varied(varied_info(*varied), *varied)) : QString());
  }
  seeds_->setText(to_qt(format_value(seeds_info(), seeds_value(plan.seeds))));
  for (std::size_t place = 0; place < measures_.size(); ++place)
    measures_[place]->setChecked(std::ranges::find(plan.measures, measure_table()[place].id) != plan.measures.end());
}

void SweepDock::show_sweep() {
  const auto sweep = runner_.sweep();
  const bool running = runner_.is_running();
  const std::size_t missing = sweep ? sweep->missing() : 0;
  start_->setText(running ? tr("Stop") : missing > 0 ? tr("Continue") : tr("Start"));
  start_->setAccessibleName(running       ? tr("Stop the sweep")
                            : missing > 0 ? tr("Continue the sweep")
                                          : tr("Start the sweep"));
  QString state;
  if (sweep) {
    state = translated(with_commas(sweep->rows.size() - missing) + " of " + counted(sweep->rows.size(), "network"));
    if (!running && missing > 0) state += ", " + tr("stopped");
  }
  state_->show_text(state);
  export_->setEnabled(sweep && missing < sweep->rows.size());
  canvas_->show_sweep(sweep);
  show_words();
}

void SweepDock::show_words() {
  const auto sweep = runner_.sweep();
  const auto point = canvas_->marked_point();
  if (!sweep) return words_->show_text({});
  if (!point) return words_->show_text(tr("Click a point to make it the working network."));
  const SweepWords words = words_of_point(*sweep, *point);
  QString text = translated(words.point);
  for (const auto& [symbol, value] : words.measures) text += " · " + to_qt(symbol).remove('_') + " " + to_qt(value);
  words_->show_text(text);
}

void SweepDock::choose(std::size_t point) {
  const auto sweep = runner_.sweep();
  if (!sweep) return;
  WorkspaceState next = document_.state();
  next.parameters = sweep->points[point].parameters;
  next.shown = ShownModel{};
  document_.edit("point of the sweep: " + to_qt(words_of_point(*sweep, point).point), std::move(next));
}

}  // namespace dnm
