// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/measure_card.h"

#include <QVBoxLayout>
#include <cmath>

#include "app/studio/text.h"

namespace dnm {

namespace {

QString detail_text(const Measurement::Detail& detail) {
  if (const auto* number = std::get_if<double>(&detail))
    return std::isfinite(*number) ? QString::number(*number, 'g', 4) : QStringLiteral("–");
  if (const auto* count = std::get_if<std::int64_t>(&detail))
    return *count < 0 ? QString::number(*count) : grouped(static_cast<std::uint64_t>(*count));
  if (const auto* text = std::get_if<std::string>(&detail)) return to_qt(*text);
  return QStringLiteral("–");
}

QString detail_name(const std::string& key) {
  if (key == "xmin") return "x<sub>min</sub>";
  if (key == "ks") return "KS distance";
  if (key == "sd") return "spread (sd)";
  if (key == "connected_pair_fraction") return "connected pairs";
  QString name = to_qt(key);
  return name.replace('_', ' ');
}

QString details_html(const Measurement& measurement) {
  QStringList parts;
  for (const auto& [key, detail] : measurement.details) {
    if (std::holds_alternative<std::monostate>(detail)) continue;
    QString value = detail_text(detail).toHtmlEscaped();
    if (key == "connected_pair_fraction")
      if (const auto* fraction = std::get_if<double>(&detail))
        value = QString::number(100.0 * *fraction, 'g', 4) + " %";
    parts += detail_name(key) + "&nbsp;" + value.replace(' ', "&nbsp;");
  }
  return parts.join(QStringLiteral(" · "));
}

/// Only when it is another one: each change paints the label again.
void set_role(QWidget& widget, QPalette::ColorRole role) {
  if (widget.foregroundRole() != role) widget.setForegroundRole(role);
}

QLabel* make_small_label(QWidget* parent) {
  auto* label = new QLabel(parent);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * 0.9);
  label->setFont(font);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

MeasureCard::MeasureCard(const Measure& measure, QWidget* parent) : QFrame(parent), measure_(measure) {
  const QString id = to_qt(measure.id);
  setObjectName("measure-" + id);
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  setToolTip("<b>" + to_qt(measure.label).toHtmlEscaped() + "</b>&nbsp; <i>" + symbol_html(measure.symbol) + "</i><p>" +
             to_qt(measure.meaning).toHtmlEscaped() + "</p><p>" + to_qt(measure.formula).toHtmlEscaped() +
             "</p><p><i>" + to_qt(measure.caveat).toHtmlEscaped() + "</i></p>");

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 8, 10, 8);
  column->setSpacing(3);

  auto* head = new QHBoxLayout;
  auto* name = new QLabel(to_qt(measure.label), this);
  name->setWordWrap(true);
  head->addWidget(name, 1);
  state_ = make_small_label(this);
  state_->setObjectName(id + "-state");
  state_->setWordWrap(false);
  state_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  keep_width(*state_, {"✓ fresh", "◌ computing", "↻ stale", "· waiting", "✕ failed"});
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
  auto* second = new QToolButton(this);
  second->setObjectName(id + "-igraph");
  second->setText("igraph …");
  second->setAutoRaise(true);
  second->setAccessibleName("Value of " + to_qt(measure.label) + " by igraph");
  second->setToolTip("Compute this measure with igraph too, as a second opinion");
  connect(second, &QToolButton::clicked, this, &MeasureCard::second_opinion_wanted);
  column->addLayout(line);

  progress_ = new QProgressBar(this);
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  progress_->setFixedHeight(4);
  progress_->setAccessibleName("Progress of " + to_qt(measure.label));
  QSizePolicy keep = progress_->sizePolicy();
  keep.setRetainSizeWhenHidden(true);
  progress_->setSizePolicy(keep);
  column->addWidget(progress_);

  method_ = make_small_label(this);
  method_->setObjectName(id + "-method");
  auto* method_line = new QHBoxLayout;
  method_line->addWidget(method_, 1);
  method_line->addWidget(second, 0, Qt::AlignTop);
  column->addLayout(method_line);
  details_ = make_small_label(this);
  details_->setObjectName(id + "-details");
  details_->setTextFormat(Qt::RichText);
  details_->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(details_);
  second_opinion_ = make_small_label(this);
  second_opinion_->setObjectName(id + "-second-opinion");
  second_opinion_->hide();
  column->addWidget(second_opinion_);
  show_value({});
}

void MeasureCard::show_value(const LiveValue<Measurement>& live) {
  QString state;
  switch (live.freshness) {
    case Freshness::fresh:
      state = QStringLiteral("✓ fresh");
      break;
    case Freshness::computing:
      state = QStringLiteral("◌ computing");
      break;
    case Freshness::stale:
      state = live.value ? QStringLiteral("↻ stale") : QStringLiteral("· waiting");
      break;
    case Freshness::failed:
      state = QStringLiteral("✕ failed");
      break;
  }
  state_->setText(state);
  set_role(*state_, live.freshness == Freshness::fresh ? QPalette::PlaceholderText : QPalette::Link);
  progress_->setVisible(live.freshness == Freshness::computing);
  progress_->setValue(static_cast<int>(1000.0 * live.progress));

  QString shown = QStringLiteral("–");
  QString method;
  QString details;
  if (live.freshness == Freshness::failed) {
    method = to_qt(live.problem);
  } else if (live.value) {
    const Measurement& measurement = *live.value;
    shown = measurement.value ? to_qt(format_measurement(measurement)) : QStringLiteral("n/a");
    method = to_qt(measurement.method);
    if (!measurement.reason.empty()) method = to_qt(measurement.reason) + (method.isEmpty() ? "" : "; " + method);
    details = details_html(measurement);
  }
  value_->setText(shown);
  set_role(*value_, live.freshness == Freshness::fresh ? QPalette::WindowText : QPalette::PlaceholderText);
  method_->setText(method);
  method_->setVisible(!method.isEmpty());
  details_->setText(details);
  details_->setVisible(!details.isEmpty());
  const QString spoken = to_qt(measure_.label) + ": " + shown + ", " + state.mid(2);
  if (spoken != accessibleName()) setAccessibleName(spoken);
}

void MeasureCard::show_second_opinion(const QString& text) {
  second_opinion_->setText(text);
  second_opinion_->setVisible(!text.isEmpty());
}

}  // namespace dnm
