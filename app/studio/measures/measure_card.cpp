// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/measures/measure_card.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/studio/widgets/reveal.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/live_words.h"
#include "app/workspace/measure_words.h"
#include "core/measures/measure_setting.h"

namespace dnm {

namespace {

QString details_html(const Measurement& measurement) {
  const auto unbroken = [](const std::string& words) {
    return translated(words).toHtmlEscaped().replace(' ', "&nbsp;");
  };
  QStringList parts;
  for (const DetailWords& detail : detail_words(measurement))
    parts +=
        symbol_html(translated(detail.name).toStdString()).replace(' ', "&nbsp;") + "&nbsp;" + unbroken(detail.value);
  QString html = parts.join(QStringLiteral("&nbsp;· "));
  if (const std::string p_value = p_value_text(measurement); !p_value.empty())
    html += "<br>" + translated(p_value).toHtmlEscaped();
  return html;
}

/// Only if the role changes, since each call repaints the widget.
void set_role(QWidget& widget, QPalette::ColorRole role) {
  if (widget.foregroundRole() != role) widget.setForegroundRole(role);
}

/// Whether igraph computes this measure in another way than the default engine.
bool has_second_opinion(const Measure& measure) {
  return measure.worker({}) != MeasureWorker::igraph && measure.worker(by_igraph({})) == MeasureWorker::igraph;
}

QLabel* make_small_label(QWidget* parent) {
  auto* label = new QLabel(parent);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * 0.9);
  label->setFont(font);
  label->setWordWrap(true);
  label->setMinimumWidth(1);  // so that long words do not widen the window
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

MeasureCard::MeasureCard(const Measure& measure, QWidget* parent)
    : QFrame(parent), measure_(measure), label_(translated(measure.label)) {
  const QString id = to_qt(measure.id);
  setObjectName("measure-" + id);
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  tool_tip_ = "<b>" + label_.toHtmlEscaped() + "</b>&nbsp; <i>" + symbol_html(measure.symbol) + "</i><p>" +
              translated(measure.meaning).toHtmlEscaped() + "</p><p>" + translated(measure.formula).toHtmlEscaped() +
              "</p><p><i>" + translated(measure.caveat).toHtmlEscaped() + "</i></p>";
  setToolTip(tool_tip_);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 8, 10, 8);
  column->setSpacing(3);

  auto* head = new QHBoxLayout;
  auto* name = new QLabel(label_, this);
  name->setWordWrap(true);
  head->addWidget(name, 1);
  state_ = make_small_label(this);
  state_->setObjectName(id + "-state");
  state_->setWordWrap(false);
  state_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  QStringList states{"✓ fresh", "◌ computing", "· queued", "· cancelled", "· no network", "✕ failed"};
  for (QString& state : states) state = translated(state);
  keep_width(*state_, states);
  head->addWidget(state_, 0, Qt::AlignTop);
  column->addLayout(head);

  auto* line = new QHBoxLayout;
  line->setSpacing(10);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.55);
  auto* symbol = new QLabel("<i>" + symbol_html(measure.symbol) + "</i>", this);
  symbol->setFont(large);
  symbol->setMinimumWidth(30);
  line->addWidget(symbol);
  value_ = new QLabel(QStringLiteral("–"), this);
  value_->setObjectName(id + "-value");
  value_->setFont(large);
  value_->setMinimumWidth(QFontMetrics(large).horizontalAdvance("0.00000 ± 0.00000"));
  value_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  value_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  line->addWidget(value_, 1);
  open_settings_ = new QToolButton(this);
  open_settings_->setObjectName(id + "-settings-open");
  open_settings_->setText("⚙");
  open_settings_->setAutoRaise(true);
  open_settings_->setCheckable(true);
  open_settings_->setAccessibleName(tr("How %1 is computed").arg(label_));
  open_settings_->setToolTip(tr("How this measure is computed"));
  column->addLayout(line);

  progress_ = new ProgressBar(id + "-progress", tr("Progress of %1").arg(label_), 4, this);
  QSizePolicy keep = progress_->sizePolicy();
  keep.setRetainSizeWhenHidden(true);
  progress_->setSizePolicy(keep);
  column->addWidget(progress_);

  method_ = make_small_label(this);
  method_->setObjectName(id + "-method");
  auto* method_line = new QHBoxLayout;
  method_line->addWidget(method_, 1);
  method_line->addWidget(open_settings_, 0, Qt::AlignTop | Qt::AlignRight);
  column->addLayout(method_line);
  details_ = make_small_label(this);
  details_->setObjectName(id + "-details");
  details_->setTextFormat(Qt::RichText);
  details_->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(details_);
  chance_ = make_small_label(this);
  chance_->setObjectName(id + "-chance");
  chance_->hide();
  column->addWidget(chance_);

  settings_ = make_settings();
  settings_->hide();
  column->addWidget(settings_);
  open_settings_->setVisible(!form_->rows().empty() || second_);
  connect(open_settings_, &QToolButton::toggled, settings_, &QWidget::setVisible);
  set_toggle(*settings_, *open_settings_);
  show_value(LiveSnapshot{}, true);
}

QWidget* MeasureCard::make_settings() {
  const QString id = to_qt(measure_.id);
  auto* box = new QWidget(this);
  box->setObjectName(id + "-settings");
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 6, 0, 0);
  column->setSpacing(5);
  form_ = new ParameterForm("measure", ParameterForm::Groups::flat, box);
  form_->set_spacing(column->spacing());
  for (const auto& setting : measure_setting_table())
    if (setting.info.group == measure_.id) add_setting(setting);
  form_->align_labels();
  connect(form_, &ParameterForm::edited, this,
          [this](const ParameterRow* row, bool dragging) { Q_EMIT setting_edited(*row, dragging); });
  connect(form_, &ParameterForm::drag_finished, this, &MeasureCard::setting_drag_finished);
  connect(form_, &ParameterForm::reset_requested, this, [](ParameterRow* row) { row->reset(); });
  connect(form_, &ParameterForm::rejected, this, &MeasureCard::rejected);
  connect(form_, &ParameterForm::rejection_over, this, &MeasureCard::rejection_over);
  column->addWidget(form_);
  if (!has_second_opinion(measure_)) return box;

  auto* line = new QHBoxLayout;
  second_ = new QPushButton(tr("Value by igraph"), box);
  second_->setObjectName(id + "-igraph");
  second_->setAccessibleName(tr("Value of %1 by igraph").arg(label_));
  second_->setToolTip(tr("Compute this measure with igraph too, as a second opinion"));
  connect(second_, &QPushButton::clicked, this, &MeasureCard::second_opinion_requested);
  line->addWidget(second_);
  second_opinion_ = make_small_label(box);
  second_opinion_->setObjectName(id + "-second-opinion");
  line->addWidget(second_opinion_, 1);
  column->addLayout(line);
  return box;
}

void MeasureCard::add_setting(const Parameter<MeasureSettings>& setting) {
  ParameterInfo info = setting.info;
  if (!info.lasting) {
    p_value_ = new QPushButton(tr("Compute p-value"), form_);
    p_value_->setObjectName("p-value");
    p_value_->setAccessibleName(tr("p-value of the power law"));
    p_value_->setToolTip(translated(info.meaning) + " " + tr("(%1 samples)").arg(default_p_value_samples));
    connect(p_value_, &QPushButton::clicked, this,
            [this] { Q_EMIT p_value_requested(!p_value_->property("wanted").toBool()); });
    return form_->add_widget(p_value_);
  }
  // The label "Q by" is enough.
  if (info.label.find(info.symbol) != std::string_view::npos) info.symbol = {};
  form_->add_row(info, setting.get(MeasureSettings{}), "measure-" + to_qt(info.id));
}

void MeasureCard::show_settings(const MeasureSettings& settings) {
  form_->show_settings(measure_setting_table(), settings);
}

template <class T>
LiveValue<T> MeasureCard::own(const std::vector<LiveValue<T>>& values) const {
  const auto place = static_cast<std::size_t>(&measure_ - measure_table().data());
  return place < values.size() ? values[place] : LiveValue<T>{};
}

void MeasureCard::show_value(const LiveSnapshot& snapshot, bool keeps_foreign) {
  const LiveValue<Measurement> live = own(snapshot.measures);
  const bool is_cancelled = live.freshness == Freshness::stale && snapshot.cancelled;
  const QString state = translated(state_text(snapshot, live.freshness));
  state_->setText(state);
  set_role(*state_, live.freshness == Freshness::fresh ? QPalette::PlaceholderText : QPalette::Link);
  progress_->setVisible(live.freshness == Freshness::computing);
  progress_->set_fraction(live.progress);

  QString shown = live.freshness == Freshness::computing ? QStringLiteral("…") : QStringLiteral("–");
  QString method;
  QString details;
  if (live.freshness == Freshness::failed) {
    if (!has_no_network(snapshot)) method = translated(live.problem);
  } else if (live.value && (keeps_foreign || !live.is_foreign)) {
    const Measurement& measurement = *live.value;
    shown = measurement.value ? to_qt(format_measurement(measurement)) : translated("n/a");
    method = translated(measurement.method);
    if (const QString note = translated(note_of(measurement)); !note.isEmpty()) method = note + "; " + method;
    if (!measurement.reason.empty()) method = translated(measurement.reason) + (method.isEmpty() ? "" : "; " + method);
    details = details_html(measurement);
  }
  if (is_cancelled) method = translated(cancelled_text);
  value_->setText(shown);
  set_role(*value_, live.freshness == Freshness::fresh ? QPalette::WindowText : QPalette::PlaceholderText);
  method_->setText(method);
  method_->setVisible(!method.isEmpty());
  details_->setText(details);
  details_->setVisible(!details.isEmpty());
  QString spoken = label_ + " " + to_qt(measure_.symbol).remove('_') + ", " + shown;
  if (live.freshness != Freshness::fresh) spoken += ", " + state.mid(2);
  if (spoken != accessibleName()) setAccessibleName(spoken);
  const QString explained = method.isEmpty() ? translated(measure_.meaning) : method;
  if (explained != accessibleDescription()) setAccessibleDescription(explained);
}

void MeasureCard::show_chance(const LiveSnapshot& snapshot, bool wanted) {
  const LiveValue<ChanceComparison> chance = own(snapshot.chance);
  QString text;
  if (wanted && !has_no_network(snapshot)) {
    if (chance.freshness == Freshness::failed) {
      text = tr("Against chance: %1").arg(translated(chance.problem));
    } else if (chance.value && !chance.is_foreign) {
      text = translated(chance_text(*chance.value));
    } else {
      text = tr("Against chance: %1").arg(translated(state_text(snapshot, chance.freshness)).mid(2));
    }
  }
  chance_->setText(text);
  chance_->setVisible(!text.isEmpty());
  set_role(*chance_, chance.freshness == Freshness::fresh ? QPalette::WindowText : QPalette::PlaceholderText);
}

void MeasureCard::show_p_value(bool wanted, bool computing) {
  if (!p_value_) return;
  p_value_->setProperty("wanted", wanted && computing);
  p_value_->setText(wanted && computing ? tr("Cancel p-value") : tr("Compute p-value"));
}

void MeasureCard::show_second_opinion(const QString& text) {
  if (!second_opinion_) return;
  second_opinion_->setText(text);
  setToolTip(text.isEmpty() ? tool_tip_ : tool_tip_ + "<p>" + tr("By igraph: %1").arg(text.toHtmlEscaped()) + "</p>");
}

}  // namespace dnm
