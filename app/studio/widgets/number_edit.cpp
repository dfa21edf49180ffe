// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/number_edit.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdlib>

#include "core/parameters/number_text.h"
#include "core/support/error.h"

namespace dnm {

namespace {
constexpr int finest_decimals = 12;
constexpr double most_slider_steps = 1e6;
}  // namespace

NumberBox::NumberBox(const QString& name, const Range& range, bool integer, QWidget* parent) : QDoubleSpinBox(parent) {
  setAccessibleName(name);
  setLocale(QLocale::c());
  setDecimals(integer ? 0 : finest_decimals);
  setSingleStep(integer ? 1.0 : 0.01);
  set_range(range);
  setKeyboardTracking(false);
  setAlignment(Qt::AlignRight);
  setFocusPolicy(Qt::StrongFocus);
  setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
}

void NumberBox::set_range(const Range& range) {
  range_ = range;
  setRange(range.minimum, range.maximum);
  if (range.step > 0.0) setSingleStep(range.step);
  setStepType(range.logarithmic ? QAbstractSpinBox::AdaptiveDecimalStepType : QAbstractSpinBox::DefaultStepType);
}

void NumberBox::stepBy(int steps) {
  if (!range_.of_complement) return QDoubleSpinBox::stepBy(steps);
  interpretText();
  const RangeScale scale(range_, decimals() == 0);
  double next = value();
  for (int i = 0; i < std::abs(steps); ++i) next = scale.next(next, steps > 0);
  setValue(next);
  selectAll();
}

QString NumberBox::textFromValue(double value) const {
  if (decimals() == 0) return QString::number(value, 'f', 0);
  QString text = QString::number(value, 'f', decimals());
  while (text.endsWith('0')) text.chop(1);
  if (text.endsWith('.')) text.chop(1);
  return text;
}

std::string NumberBox::without_suffix(QString text) const {
  const QString unit = suffix().trimmed();
  text = text.trimmed();
  // It may stand there twice: typed, and before the one that stays.
  while (!unit.isEmpty() && text.endsWith(unit)) text = text.chopped(unit.size()).trimmed();
  return text.toStdString();
}

double NumberBox::read(const QString& text) const {
  const Range range{minimum(), maximum(), singleStep(), false};
  const std::string name = accessibleName().toStdString(), typed = without_suffix(text);
  return decimals() == 0 ? static_cast<double>(parse_integer(name, typed, range)) : typed_real(name, typed, range);
}

QString NumberBox::problem_of(const QString& text) const {
  try {
    static_cast<void>(read(text));
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

double NumberBox::valueFromText(const QString& text) const { return problem_of(text).isEmpty() ? read(text) : value(); }

QValidator::State NumberBox::validate(QString& text, int& /*position*/) const {
  return problem_of(text).isEmpty() ? QValidator::Acceptable : QValidator::Intermediate;
}

void NumberBox::fixup(QString& text) const {
  Q_EMIT rejected(problem_of(text) + ". " + tr("It stays %1.").arg(textFromValue(value()) + suffix()));
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
  const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  const bool refused = enters && !problem().isEmpty();
  const bool confirms = enters && !refused && read(text()) == value();
  QDoubleSpinBox::keyPressEvent(event);
  if (refused) event->accept();  // it must not press the button of a dialog
  if (confirms) Q_EMIT entered();
}

NumberEdit::NumberEdit(const QString& id, const QString& name, const Range& range, bool integer, QWidget* parent)
    : QWidget(parent), integer_(integer), scale_(range, integer) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  const double steps = (range.maximum - range.minimum) / (range.step > 0.0 ? range.step : 1.0);
  if (range.logarithmic || range.of_complement || steps <= most_slider_steps) {
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    slider_ = new QSlider(Qt::Horizontal, this);
    slider_->setObjectName(id + "-slider");
    slider_->setAccessibleName(tr("%1 slider").arg(name));
    slider_->setMinimumWidth(52);
    slider_->setFocusPolicy(Qt::StrongFocus);
    column->addWidget(slider_);
    marks_ = new ScaleMarks(*slider_, this);
    column->addWidget(marks_);
    layout->addLayout(column, 1);
    connect(slider_, &QSlider::valueChanged, this, &NumberEdit::take_position);
    connect(slider_, &QSlider::actionTriggered, this, &NumberEdit::take_key);
    connect(marks_, &ScaleMarks::chosen, this, [this](double mark) { box_->setValue(mark); });
    connect(slider_, &QSlider::sliderReleased, this, [this] {
      show_position();  // a value that was refused has not moved it back while it was held
      Q_EMIT drag_finished();
    });
  }
  box_ = new NumberBox(name, range, integer, this);
  box_->setObjectName(id + "-spin");
  // A share near 1 has more digits than other numbers: 0.973333.
  const int digits = range.of_complement ? box_->fontMetrics().horizontalAdvance("0.00000000") + 34 : 0;
  const int width = std::max(76, digits);
  box_->setMinimumWidth(slider_ ? width : std::max(96, digits));
  box_->setMaximumWidth(slider_ ? width : 16777215);
  layout->addWidget(box_, slider_ ? 0 : 1, slider_ ? Qt::AlignTop : Qt::Alignment());
  connect(box_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    show_position();
    Q_EMIT edited(value, false);
  });
  connect(box_, &NumberBox::rejected, this, &NumberEdit::rejected);
  connect(box_, &NumberBox::entered, this, &NumberEdit::entered);
  set_range(range);
}

void NumberEdit::set_range(const Range& range) {
  const QSignalBlocker quiet_box(box_);
  box_->set_range(range);
  scale_ = RangeScale(range, integer_);
  if (slider_) {
    const QSignalBlocker quiet_slider(slider_);
    slider_->setRange(0, scale_.positions());
    marks_->show_marks(range, scale_);
  }
  show_position();
}

void NumberEdit::set_value(double value) {
  const QSignalBlocker quiet(box_);
  box_->setValue(value);
  show_position();
}

void NumberEdit::show_position() {
  if (!slider_ || slider_->isSliderDown()) return;
  const QSignalBlocker quiet(slider_);
  slider_->setValue(scale_.position_of(box_->value()));
}

void NumberEdit::take_position(int position) {
  // Where the number stands already it is not rounded, and none beyond the scale is pulled back to its end.
  if (position == scale_.position_of(box_->value())) return;
  {
    const QSignalBlocker quiet(box_);
    box_->setValue(scale_.value_at(position));
  }
  Q_EMIT edited(box_->value(), slider_->isSliderDown());
}

void NumberEdit::take_key(int action) {
  const bool is_step = action == QAbstractSlider::SliderSingleStepAdd || action == QAbstractSlider::SliderSingleStepSub;
  const bool is_page = action == QAbstractSlider::SliderPageStepAdd || action == QAbstractSlider::SliderPageStepSub;
  if (!is_step && !is_page) return;
  const bool above = action == QAbstractSlider::SliderSingleStepAdd || action == QAbstractSlider::SliderPageStepAdd;
  box_->setValue(is_step ? scale_.next(box_->value(), above) : scale_.next_mark(box_->value(), above));
  show_position();
}

}  // namespace dnm
