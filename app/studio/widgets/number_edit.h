// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>
#include <QSlider>
#include <QWidget>
#include <string>

#include "app/studio/widgets/scale_marks.h"
#include "core/parameters/parameter.h"
#include "core/parameters/range_scale.h"

namespace dnm {

/// A spin box that shows numbers in their shortest form ("0.9", not "0.900000"), with a point in every locale. It takes
/// what typed_real() takes; for any other text it keeps its value and says why.
class NumberBox : public QDoubleSpinBox {
  Q_OBJECT
 public:
  /// `name` begins the sentences of rejected(), and is for screen readers.
  NumberBox(const QString& name, const Range& range, bool integer, QWidget* parent = nullptr);
  /// What is wrong with the text that stands in it, in one sentence; empty if nothing is.
  [[nodiscard]] QString problem() const { return problem_of(text()); }

  [[nodiscard]] QString textFromValue(double value) const override;
  [[nodiscard]] double valueFromText(const QString& text) const override;
  QValidator::State validate(QString& text, int& position) const override;
  void fixup(QString& text) const override;
  /// Along the scale of the range where that is logarithmic in 1 - x.
  void stepBy(int steps) override;
  void set_range(const Range& range);

 Q_SIGNALS:
  /// Why the text that was typed last was not taken.
  void rejected(const QString& message) const;
  /// Return was pressed with the number that it has already.
  void entered();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] std::string without_suffix(QString text) const;
  /// Throws InvalidInput.
  [[nodiscard]] double read(const QString& text) const;
  [[nodiscard]] QString problem_of(const QString& text) const;

  Range range_;
};

/// A number as slider and spin box, and the marks of its range below the slider. Arrow keys take the slider to the next
/// number of its scale, Page Up and Page Down to the next mark. Ranges of more than a million steps have no slider.
class NumberEdit : public QWidget {
  Q_OBJECT
 public:
  /// `id` names the parts ("sparsity-slider", "sparsity-spin"); `name` is for screen readers.
  NumberEdit(const QString& id, const QString& name, const Range& range, bool integer, QWidget* parent = nullptr);

  [[nodiscard]] double value() const { return box_->value(); }
  /// Emits no signal.
  void set_value(double value);
  void set_range(const Range& range);
  /// May stand elsewhere: a row whose slider has a line of its own has it beside the label.
  [[nodiscard]] NumberBox* box() const { return box_; }
  [[nodiscard]] QSlider* slider() const { return slider_; }

 Q_SIGNALS:
  /// By the user; `dragging` while the slider is held.
  void edited(double value, bool dragging);
  void drag_finished();
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& message);
  /// See NumberBox.
  void entered();

 private:
  void show_position();
  void take_position(int position);
  void take_key(int action);

  bool integer_;
  RangeScale scale_;
  QSlider* slider_ = nullptr;
  ScaleMarks* marks_ = nullptr;
  NumberBox* box_ = nullptr;
};

}  // namespace dnm
