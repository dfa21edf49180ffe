// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/number_edit.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

#include "core/parameters/number_text.h"
#include "core/support/error.h"

namespace dnm {

namespace {
constexpr int finest_decimals = 12;
constexpr double most_slider_steps = 1e6;
constexpr double most_even_steps = 2000.0;  // longer ranges give their low end more of the slider
}  // namespace

NumberBox::NumberBox(const QString& name, const Range& range, bool integer, QWidget* parent) : QDoubleSpinBox(parent) {
  setAccessibleName(name);
  setLocale(QLocale::c());
  setDecimals(integer ? 0 : finest_decimals);
  setRange(range.minimum, range.maximum);
  setSingleStep(range.step > 0.0 ? range.step : (integer ? 1.0 : 0.01));
  if (range.logarithmic) setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  setKeyboardTracking(false);
  setAlignment(Qt::AlignRight);
  setFocusPolicy(Qt::StrongFocus);
  setCorrectionMode(QAbstractSpinBox::CorrectToPreviousValue);
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
  Q_EMIT rejected(problem_of(text) + ". It stays " + textFromValue(value()) + suffix() + ".");
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
  const bool refused = (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !problem().isEmpty();
  QDoubleSpinBox::keyPressEvent(event);
  if (refused) event->accept();  // it must not press the button of a dialog
}

NumberEdit::NumberEdit(const QString& id, const QString& name, const Range& range, bool integer, QWidget* parent)
    : QWidget(parent), range_(range), integer_(integer) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  const double steps = (range.maximum - range.minimum) / (range.step > 0.0 ? range.step : 1.0);
  if (range.logarithmic || steps <= most_slider_steps) {
    slider_ = new QSlider(Qt::Horizontal, this);
    slider_->setObjectName(id + "-slider");
    slider_->setAccessibleName(name + " slider");
    slider_->setMinimumWidth(52);
    slider_->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(slider_, 1);
    connect(slider_, &QSlider::valueChanged, this, [this](int position) {
      const double value = to_value(position);
      if (value == box_->value()) return;
      {
        const QSignalBlocker quiet(box_);
        box_->setValue(value);
      }
      Q_EMIT edited(box_->value(), slider_->isSliderDown());
    });
    connect(slider_, &QSlider::sliderReleased, this, [this] {
      show_position();  // a value that was refused has not moved it back while it was held
      Q_EMIT drag_finished();
    });
  }
  box_ = new NumberBox(name, range, integer, this);
  box_->setObjectName(id + "-spin");
  box_->setMinimumWidth(slider_ ? 76 : 96);
  box_->setMaximumWidth(slider_ ? 76 : 16777215);
  layout->addWidget(box_, slider_ ? 0 : 1);
  setFocusProxy(box_);
  connect(box_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    show_position();
    Q_EMIT edited(value, false);
  });
  connect(box_, &NumberBox::rejected, this, &NumberEdit::rejected);
  set_range(range);
}

void NumberEdit::set_range(const Range& range) {
  const QSignalBlocker quiet_box(box_);
  range_ = range;
  box_->setRange(range.minimum, range.maximum);
  if (range.step > 0.0) box_->setSingleStep(range.step);
  if (slider_) {
    const QSignalBlocker quiet_slider(slider_);
    const double steps = range.step > 0.0 ? (range.maximum - range.minimum) / range.step : 0.0;
    wide_ = !range.logarithmic && steps > most_even_steps;
    positions_ = range.logarithmic || steps < 1.0 || wide_ ? 1000 : static_cast<int>(std::lround(steps));
    slider_->setRange(0, positions_);
    slider_->setPageStep(std::max(1, positions_ / 10));
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
  slider_->setValue(to_position(box_->value()));
}

int NumberEdit::to_position(double value) const {
  const double span = range_.maximum - range_.minimum;
  if (!(span > 0.0)) return 0;
  double fraction = (value - range_.minimum) / span;
  if (wide_) fraction = std::cbrt(fraction);
  if (range_.logarithmic && range_.minimum > 0.0)
    fraction = std::log(value / range_.minimum) / std::log(range_.maximum / range_.minimum);
  return static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * positions_));
}

double NumberEdit::to_value(int position) const {
  const double fraction = static_cast<double>(position) / positions_;
  const double along = wide_ ? fraction * fraction * fraction : fraction;
  double value = range_.minimum + along * (range_.maximum - range_.minimum);
  if (range_.logarithmic && range_.minimum > 0.0) {
    value = range_.minimum * std::pow(range_.maximum / range_.minimum, fraction);
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);  // two significant figures
    value = std::round(value / unit) * unit;
  } else if (range_.step > 0.0) {
    value = range_.minimum + std::round((value - range_.minimum) / range_.step) * range_.step;
  }
  if (integer_) value = std::round(value);
  return std::clamp(value, range_.minimum, range_.maximum);
}

}  // namespace dnm
