// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/parameters/distribution_row.h"

#include <QVBoxLayout>

#include "app/studio/widgets/text.h"
#include "core/parameters/number_text.h"

namespace dnm {

DistributionRow::DistributionRow(const Setup& setup) : ParameterRow(setup) {
  family_ = new QComboBox(this);
  family_->setObjectName(part("-family"));
  family_->setAccessibleName(tr("%1 family").arg(label_text()));
  family_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  for (const Choice& choice : family_choices()) {
    family_->addItem(translated(choice.label), to_qt(choice.id));
    family_->setItemData(family_->count() - 1, translated(choice.meaning), Qt::ToolTipRole);
  }
  set_editor(family_, family_);
  connect(family_, &QComboBox::activated, this, [this](int index) {
    Distribution next = distribution_;
    next.family = parse_family(family_->itemData(index).toString().toStdString());
    if (next.family != distribution_.family) next.spread.reset();  // its unit depends on the family
    change(next, false);
  });

  if (info_.has_mean) {
    mean_ = new NumberEdit(part("-mean"), tr("%1 mean").arg(label_text()), info_.range, false, this);
    mean_->setToolTip(toolTip());
    mean_->setAccessibleDescription(accessibleDescription());
    add_line(mean_);
    connect(mean_, &NumberEdit::edited, this, [this](double value, bool dragging) {
      Distribution next = distribution_;
      next.mean = value;
      change(next, dragging);
    });
    connect(mean_, &NumberEdit::drag_finished, this, [this] { end_drag(); });
    connect(mean_, &NumberEdit::rejected, this, &ParameterRow::reject);
    connect(mean_, &NumberEdit::entered, this, &DistributionRow::confirm);
  }

  spread_line_ = new QWidget(this);
  auto* spread_column = new QVBoxLayout(spread_line_);
  spread_column->setContentsMargins(0, 0, 0, 0);
  spread_column->setSpacing(1);
  auto* head = new QHBoxLayout;
  spread_label_ = new QLabel(spread_line_);
  spread_label_->setWordWrap(true);
  spread_label_->setForegroundRole(QPalette::PlaceholderText);
  head->addWidget(spread_label_, 1);
  spread_default_ = new QToolButton(spread_line_);
  spread_default_->setObjectName(part("-spread-default"));
  spread_default_->setAccessibleName(tr("%1 spread: use the default").arg(label_text()));
  spread_default_->setText(tr("default"));
  spread_default_->setCheckable(true);
  spread_default_->setAutoRaise(true);
  head->addWidget(spread_default_, 0, Qt::AlignTop);
  spread_column->addLayout(head);
  spread_ = new NumberEdit(part("-spread"), tr("%1 spread").arg(label_text()), Range{}, false, spread_line_);
  spread_column->addWidget(spread_);
  add_line(spread_line_);
  connect(spread_, &NumberEdit::edited, this, [this](double value, bool dragging) {
    Distribution next = distribution_;
    next.spread = value;
    change(next, dragging);
  });
  connect(spread_, &NumberEdit::drag_finished, this, [this] { end_drag(); });
  connect(spread_, &NumberEdit::rejected, this, &ParameterRow::reject);
  connect(spread_, &NumberEdit::entered, this, &DistributionRow::confirm);
  connect(spread_default_, &QToolButton::clicked, this, [this](bool use_default) {
    Distribution next = distribution_;
    next.spread = use_default ? std::optional<double>() : std::optional<double>(spread_->value());
    change(next, false);
  });

  drawn_ = new HistogramView(part("-drawn"), tr("%1 as drawn").arg(label_text()), this);
  add_line(drawn_);
  set_value(setup.default_value);
}

void DistributionRow::change(const Distribution& distribution, bool dragging) {
  commit(distribution, dragging);
  show_value(distribution);
}

void DistributionRow::show_value(const ParameterValue& value) {
  const bool other_family = distribution_.family != std::get<Distribution>(value).family;
  distribution_ = std::get<Distribution>(value);
  family_->setCurrentIndex(family_->findData(to_qt(family_id(distribution_.family))));
  if (mean_) mean_->set_value(distribution_.mean);
  const Spread* spread = spread_of(info_, distribution_.family);
  spread_line_->setVisible(spread != nullptr);
  if (!spread) return;
  if (other_family || spread_label_->text().isEmpty()) {
    QString label = translated(spread->label);
    if (!spread->unit.empty()) label += ", " + translated(spread->unit);
    spread_label_->setText(label);
    spread_->set_range(spread->range);
    const QString tip = "<b>" + label_text() + ": " + label.toHtmlEscaped() + "</b><p>" +
                        translated(spread->formula).toHtmlEscaped() + "</p>" + "<p>" +
                        translated(range_text(spread->range)) + "</p>";
    spread_->setToolTip(tip);
    spread_->box()->setToolTip(tip);
    for (QWidget* part : {static_cast<QWidget*>(spread_), static_cast<QWidget*>(spread_->box())})
      part->setAccessibleDescription(translated(spread->formula));
  }
  spread_default_->setChecked(!distribution_.spread);
  const double shown = distribution_.spread.value_or(spread->default_spread(distribution_.mean));
  spread_->set_value(shown);
  spread_default_->setToolTip(distribution_.spread ? tr("Use the method's default")
                                                   : tr("The method's default is in use"));
}

}  // namespace dnm
