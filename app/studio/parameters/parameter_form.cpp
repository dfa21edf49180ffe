// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/parameters/parameter_form.h"

#include <QToolButton>
#include <algorithm>

#include "app/studio/widgets/reveal.h"
#include "app/studio/widgets/text.h"

namespace dnm {

namespace {

constexpr int usual_spacing = 7;

QVBoxLayout* make_column(QWidget* parent) {
  auto* column = parent ? new QVBoxLayout(parent) : new QVBoxLayout;
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(usual_spacing);
  return column;
}

}  // namespace

ParameterForm::ParameterForm(const QString& name, Groups groups, QWidget* parent, ParameterRow::Sliders sliders)
    : QWidget(parent),
      name_(name),
      groups_(groups),
      sliders_(sliders),
      plain_(make_column(nullptr)),
      below_(make_column(nullptr)) {
  QVBoxLayout* both = make_column(this);
  both->addLayout(plain_);
  both->addLayout(below_);
}

void ParameterForm::set_spacing(int spacing) {
  for (QLayout* column : {layout(), static_cast<QLayout*>(plain_), static_cast<QLayout*>(below_)})
    column->setSpacing(spacing);
}

ParameterRow* ParameterForm::add_row(const ParameterInfo& info, const ParameterValue& usual, const QString& name) {
  QVBoxLayout& column = groups_ == Groups::folded && !info.group.empty() ? fold(info.group) : *plain_;
  ParameterRow* row = ParameterRow::create(info, usual, column.parentWidget(), name, sliders_);
  column.addWidget(row);
  rows_.push_back(row);
  connect(row, &ParameterRow::edited, this, [this, row](bool dragging) { Q_EMIT edited(row, dragging); });
  connect(row, &ParameterRow::drag_finished, this, &ParameterForm::drag_finished);
  connect(row, &ParameterRow::reset_requested, this, [this, row] { Q_EMIT reset_requested(row); });
  connect(row, &ParameterRow::exception_removed, this,
          [this, row](std::size_t layer) { Q_EMIT exception_removed(row, layer); });
  connect(row, &ParameterRow::rejected, this, &ParameterForm::rejected);
  connect(row, &ParameterRow::rejection_over, this, &ParameterForm::rejection_over);
  return row;
}

ParameterRow* ParameterForm::row(std::string_view id) const {
  const auto found = std::ranges::find_if(rows_, [&](const ParameterRow* row) { return row->info().id == id; });
  return found == rows_.end() ? nullptr : *found;
}

int ParameterForm::align_labels(int width) {
  for (const ParameterRow* row : rows_) width = std::max(width, row->preferred_label_width());
  for (ParameterRow* row : rows_) row->set_label_width(width);
  return width;
}

QVBoxLayout& ParameterForm::fold(std::string_view title) {
  const auto found = std::ranges::find(folds_, title, &std::pair<std::string_view, QVBoxLayout*>::first);
  if (found != folds_.end()) return *found->second;
  auto* content = new QWidget(this);
  auto* toggle = new QToolButton(this);
  toggle->setObjectName(name_ + "-" + to_qt(title).toLower());
  toggle->setAccessibleName(translated(std::string(title) + " " + name_.toStdString() + " settings"));
  toggle->setText(translated(title));
  toggle->setCheckable(true);
  toggle->setAutoRaise(true);
  toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  toggle->setArrowType(Qt::RightArrow);
  set_toggle(*content, *toggle);
  connect(toggle, &QToolButton::toggled, this, [content, toggle](bool on) {
    content->setVisible(on);
    toggle->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
  });
  below_->addWidget(toggle);
  below_->addWidget(content);
  content->hide();
  return *folds_.emplace_back(title, make_column(content)).second;
}

}  // namespace dnm
