// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/parameters/parameter_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStyle>
#include <utility>

#include "app/studio/parameters/distribution_row.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/number_edit.h"
#include "app/studio/widgets/tab_order.h"
#include "app/studio/widgets/text.h"
#include "core/parameters/number_text.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr int spacing = 8;
constexpr int reset_width = 18;
constexpr int editor_place = 2;                // behind label and reset button
constexpr int milliseconds_of_one_edit = 700;  // changes closer together than this are one undo step

/// A real or integer number.
class NumberRow : public ParameterRow {
 public:
  explicit NumberRow(const Setup& setup) : ParameterRow(setup), integer_(info_.kind == ParameterKind::integer) {
    edit_ = new NumberEdit(objectName(), label_text(), info_.range, integer_, this);
    if (setup.sliders == Sliders::below && edit_->slider()) {
      set_editor(edit_->box(), edit_->box(), Qt::AlignRight);
      add_line(edit_);
    } else {
      set_editor(edit_, edit_->box());
    }
    connect(edit_, &NumberEdit::edited, this, [this](double value, bool dragging) {
      integer_ ? commit(static_cast<std::int64_t>(value), dragging) : commit(value, dragging);
    });
    connect(edit_, &NumberEdit::drag_finished, this, [this] { end_drag(); });
    connect(edit_, &NumberEdit::rejected, this, &ParameterRow::reject);
    connect(edit_, &NumberEdit::entered, this, &NumberRow::confirm);
    set_value(setup.default_value);
  }

 private:
  void show_value(const ParameterValue& value) override {
    edit_->set_value(integer_ ? static_cast<double>(std::get<std::int64_t>(value)) : std::get<double>(value));
  }
  bool integer_;
  NumberEdit* edit_;
};

/// One of several named values; plain text where there is only one.
class ChoiceRow : public ParameterRow {
 public:
  explicit ChoiceRow(const Setup& setup) : ParameterRow(setup) {
    if (info_.choices.size() == 1) {
      auto* only = new QLabel(translated(info_.choices.front().label), this);
      only->setObjectName(part("-only"));
      set_editor(only, only);
      set_value(setup.default_value);
      return;
    }
    combo_ = new QComboBox(this);
    combo_->setObjectName(part("-choice"));
    combo_->setAccessibleName(label_text());
    combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Choice& choice : info_.choices) {
      combo_->addItem(translated(choice.label), to_qt(choice.id));
      combo_->setItemData(combo_->count() - 1, translated(choice.meaning), Qt::ToolTipRole);
    }
    set_editor(combo_, combo_);
    connect(combo_, &QComboBox::activated, this,
            [this](int index) { commit(combo_->itemData(index).toString().toStdString(), false); });
    set_value(setup.default_value);
  }

 private:
  void show_value(const ParameterValue& value) override {
    if (combo_) combo_->setCurrentIndex(combo_->findData(to_qt(std::get<std::string>(value))));
  }
  QComboBox* combo_ = nullptr;
};

/// Free text, with some predefined words to choose from.
class WordRow : public ParameterRow {
 public:
  explicit WordRow(const Setup& setup) : ParameterRow(setup) {
    combo_ = new QComboBox(this);
    combo_->setObjectName(part("-words"));
    combo_->setAccessibleName(label_text());
    combo_->setEditable(true);
    combo_->setInsertPolicy(QComboBox::NoInsert);
    combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Choice& choice : info_.choices) {
      combo_->addItem(to_qt(choice.id));
      combo_->setItemData(combo_->count() - 1, translated(choice.meaning), Qt::ToolTipRole);
    }
    set_editor(combo_, combo_);
    connect(combo_, &QComboBox::activated, this, [this](int index) { accept(combo_->itemText(index)); });
    connect(combo_->lineEdit(), &QLineEdit::editingFinished, this, [this] { accept(combo_->currentText()); });
    set_value(setup.default_value);
  }

 private:
  void show_value(const ParameterValue& value) override {
    combo_->setCurrentIndex(combo_->findText(to_qt(std::get<std::string>(value))));
    combo_->setEditText(to_qt(std::get<std::string>(value)));
  }
  void accept(const QString& text) { commit(text.trimmed().toStdString(), false); }
  QComboBox* combo_;
};

class FlagRow : public ParameterRow {
 public:
  explicit FlagRow(const Setup& setup) : ParameterRow(setup) {
    box_ = new QCheckBox(this);
    box_->setObjectName(part("-flag"));
    box_->setAccessibleName(label_text());
    set_editor(box_, box_);
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { commit(on, false); });
    set_value(setup.default_value);
  }

 private:
  void show_value(const ParameterValue& value) override { box_->setChecked(std::get<bool>(value)); }
  QCheckBox* box_;
};

/// Free text or a list of integers, checked by the parameter's own parser.
class TextRow : public ParameterRow {
 public:
  explicit TextRow(const Setup& setup) : ParameterRow(setup) {
    line_ = new QLineEdit(this);
    line_->setObjectName(part("-text"));
    line_->setAccessibleName(label_text());
    set_editor(line_, line_);
    connect(line_, &QLineEdit::editingFinished, this, &TextRow::accept);
    connect(line_, &QLineEdit::returnPressed, this, [this] {
      if (line_->text().trimmed().toStdString() == format_value(info_, value())) confirm();
    });
    set_value(setup.default_value);
  }

 protected:
  void show_value(const ParameterValue& value) override { line_->setText(to_qt(format_value(info_, value))); }

 private:
  void accept() {
    const std::string text = line_->text().trimmed().toStdString();
    const std::string before = format_value(info_, value());
    if (text == before) return;
    try {
      commit(parse_value(info_, text), false);
    } catch (const Error& error) {
      // Inserted, not set: undo in the field brings back what was typed.
      line_->selectAll();
      line_->insert(to_qt(before));
      reject(QString::fromUtf8(error.what()) + ". " +
             ParameterRow::tr("It stays %1.").arg(before.empty() ? ParameterRow::tr("empty") : to_qt(before)));
    }
  }
  QLineEdit* line_;
};

/// A path, typed or chosen in a dialog.
class PathRow : public TextRow {
 public:
  explicit PathRow(const Setup& setup) : TextRow(setup) {
    auto* browse = new QToolButton(this);
    browse->setObjectName(part("-browse"));
    browse->setText(ParameterRow::tr("Browse …"));
    const bool folder = info_.target == PathTarget::folder;
    browse->setAccessibleName(
        (folder ? ParameterRow::tr("Choose the folder: %1") : ParameterRow::tr("Choose the file: %1"))
            .arg(label_text()));
    browse->setToolTip(folder ? ParameterRow::tr("Choose a folder") : ParameterRow::tr("Choose a file"));
    connect(browse, &QToolButton::clicked, this, &PathRow::browse);
    add_button(browse);
  }

 private:
  void browse() {
    const bool folder = info_.target == PathTarget::folder;
    const QFileInfo now(to_qt(std::get<std::string>(value())));
    auto* dialog = new QFileDialog(window(), label_text());
    dialog->setObjectName(part("-dialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!info_.patterns.empty())
      dialog->setNameFilters({label_text() + " (" + to_qt(info_.patterns) + ")", ParameterRow::tr("All files (*)")});
    if (now.isDir())
      dialog->setDirectory(now.filePath());
    else if (QFileInfo(now.path()).isDir() && !now.filePath().isEmpty())
      dialog->setDirectory(now.path());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
      commit(path.toStdString(), false);
      show_value(value());
    });
    dialog->open();
  }
};

}  // namespace

ParameterRow* ParameterRow::create(const ParameterInfo& info, const ParameterValue& default_value, QWidget* parent,
                                   const QString& name, Sliders sliders) {
  const Setup setup{info, default_value, name.isEmpty() ? to_qt(info.id) : name, parent, sliders};
  switch (info.kind) {
    case ParameterKind::flag:
      return new FlagRow(setup);
    case ParameterKind::integer:
    case ParameterKind::real:
      return new NumberRow(setup);
    case ParameterKind::choice:
      return new ChoiceRow(setup);
    case ParameterKind::distribution:
      return new DistributionRow(setup);
    case ParameterKind::text:
      if (!info.choices.empty()) return new WordRow(setup);
      break;
    case ParameterKind::path:
      return new PathRow(setup);
    case ParameterKind::integer_list:
      break;
  }
  return new TextRow(setup);
}

ParameterRow::ParameterRow(const Setup& setup)
    : QWidget(setup.parent), info_(setup.info), value_(setup.default_value), default_value_(setup.default_value) {
  setObjectName(setup.name);
  setAccessibleName(label_text());
  setToolTip(tool_tip(info_));
  setAccessibleDescription(translated(info_.meaning));  // else screen readers are given the tool tip with its tags
  lines_ = new QVBoxLayout(this);
  lines_->setContentsMargins(0, 0, 0, 0);
  lines_->setSpacing(2);
  layout_ = new QHBoxLayout;
  layout_->setSpacing(spacing);
  lines_->addLayout(layout_);
  label_ = new QLabel(this);
  show_label();
  layout_->addWidget(label_, 0, Qt::AlignTop);
  reset_ = new QToolButton(this);
  reset_->setObjectName(part("-reset"));
  reset_->setAccessibleName(tr("Reset %1").arg(label_text()));
  reset_->setText(QStringLiteral("↺"));
  reset_->setAutoRaise(true);
  reset_->setFixedWidth(reset_width);
  QSizePolicy keep = reset_->sizePolicy();
  keep.setRetainSizeWhenHidden(true);
  reset_->setSizePolicy(keep);
  layout_->addWidget(reset_, 0, Qt::AlignTop);
  connect(reset_, &QToolButton::clicked, this, [this] {
    ++edit_session_;
    Q_EMIT reset_requested();
  });
  set_default(setup.default_value);
}

void ParameterRow::show_label() {
  QString shown = label_text().toHtmlEscaped();
  if (!info_.symbol.empty())
    shown += " <i style='color:" + palette().color(QPalette::PlaceholderText).name() + "'>" +
             symbol_html(info_.symbol) + "</i>";
  label_->setText(shown);
}

void ParameterRow::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && label_) show_label();
}

QString ParameterRow::part(const char* suffix) const { return objectName() + suffix; }
QString ParameterRow::label_text() const { return translated(info_.label); }

void ParameterRow::set_editor(QWidget* editor, QWidget* focus, Qt::Alignment alignment) {
  layout_->insertWidget(editor_place, editor, 1, alignment);
  label_->setBuddy(focus);
  label_->setMinimumHeight(focus->sizeHint().height());
  focus->setToolTip(toolTip());
  focus->setAccessibleDescription(accessibleDescription());
}

void ParameterRow::add_button(QToolButton* button) { layout_->insertWidget(editor_place + 1, button, 0, Qt::AlignTop); }

void ParameterRow::set_value(const ParameterValue& value) {
  const bool changed = value != value_;
  value_ = value;
  {
    const QScopedValueRollback showing(is_showing_, true);
    show_value(value);
  }
  update_reset();
  if (changed) Q_EMIT value_changed();
}

void ParameterRow::reset() {
  if (value_ == default_value_) return;
  set_value(default_value_);
  Q_EMIT edited(false);
}

void ParameterRow::set_default(const ParameterValue& value) {
  default_value_ = value;
  reset_->setToolTip(tr("Back to %1").arg(to_qt(format_value(info_, value))));
  update_reset();
}

void ParameterRow::update_reset() { reset_->setVisible(!(value_ == default_value_)); }

int ParameterRow::reset_column_width() { return spacing + reset_width; }
int ParameterRow::preferred_label_width() const { return label_->sizeHint().width(); }
void ParameterRow::set_label_width(int width) { label_->setFixedWidth(width); }

void ParameterRow::set_mark(const QString& mark) {
  QFont font = label_->font();
  font.setBold(!mark.isEmpty());
  label_->setFont(font);
  setToolTip(tool_tip(info_) + (mark.isEmpty() ? QString() : "<p><b>" + mark.toHtmlEscaped() + "</b></p>"));
}

void ParameterRow::set_exceptions(const std::vector<std::pair<std::size_t, QString>>& values_of_layers) {
  if (exceptions_ == values_of_layers) return;
  exceptions_ = values_of_layers;
  if (exception_lines_) {
    exception_lines_->hide();
    exception_lines_->deleteLater();  // the button that was pressed is among them
  }
  exception_lines_ = nullptr;
  if (exceptions_.empty()) return;
  exception_lines_ = new QWidget(this);
  auto* lines = new QVBoxLayout(exception_lines_);
  lines->setContentsMargins(label_->minimumWidth() + spacing + reset_column_width(), 0, 0, 0);
  lines->setSpacing(0);
  for (const auto& [layer, value] : exceptions_) {
    const QString name = tr("layer %1").arg(layer + 1);
    auto* line = new QHBoxLayout;
    auto* words = new ElidedLabel(exception_lines_);
    words->setObjectName(part("-exception-") + QString::number(layer + 1));
    words->show_text(name + ": " + value);
    line->addWidget(words, 1);
    auto* remove = new QToolButton(exception_lines_);
    remove->setObjectName(words->objectName() + "-remove");
    remove->setAccessibleName(tr("Let %1 follow all layers in %2").arg(name, label_text()));
    remove->setToolTip(tr("Let %1 follow all layers").arg(name));
    remove->setText(QStringLiteral("×"));
    remove->setAutoRaise(true);
    connect(remove, &QToolButton::clicked, this, [this, layer = layer] { Q_EMIT exception_removed(layer); });
    line->addWidget(remove);
    lines->addLayout(line);
  }
  lines_->addWidget(exception_lines_);
  exception_lines_->show();
  set_tab_order({this});
}

QString ParameterRow::merge_key() const { return objectName() + "#" + QString::number(edit_session_); }

void ParameterRow::commit(const ParameterValue& value, bool dragging) {
  if (is_showing_ || value == value_) return;
  if (!dragging && since_edit_.isValid() && since_edit_.elapsed() > milliseconds_of_one_edit) ++edit_session_;
  since_edit_.start();
  value_ = value;
  update_reset();
  const QString earlier = std::exchange(rejection_, {});
  Q_EMIT value_changed();
  Q_EMIT edited(dragging);
  if (!earlier.isEmpty() && earlier != rejection_) Q_EMIT rejection_over(earlier);
}

void ParameterRow::confirm() {
  if (!rejection_.isEmpty()) Q_EMIT rejection_over(std::exchange(rejection_, {}));
}

void ParameterRow::reject(const QString& message) {
  if (is_showing_) return;
  const QString earlier = std::exchange(rejection_, message);
  if (!earlier.isEmpty() && earlier != message) Q_EMIT rejection_over(earlier);
  Q_EMIT rejected(message);
}

void ParameterRow::focus_editor() {
  if (QWidget* editor = label_->buddy()) editor->setFocus(Qt::ShortcutFocusReason);
}

void ParameterRow::end_drag() {
  ++edit_session_;
  Q_EMIT drag_finished();
}

QString ParameterRow::tool_tip(const ParameterInfo& info) {
  QString text = "<b>" + translated(info.label).toHtmlEscaped() + "</b>";
  if (!info.symbol.empty()) text += "&nbsp; <i>" + symbol_html(info.symbol) + "</i>";
  text += "<p>" + translated(info.meaning).toHtmlEscaped() + "</p>";
  if (!info.formula.empty()) text += "<p>" + translated(info.formula).toHtmlEscaped() + "</p>";
  const bool number = info.kind == ParameterKind::integer || info.kind == ParameterKind::real;
  if (number || (info.kind == ParameterKind::distribution && info.has_mean)) {
    text += "<p>" + translated(range_text(info.range));
    if (!info.unit.empty()) text += " " + translated(info.unit).toHtmlEscaped();
    text += "</p>";
  }
  if (info.kind == ParameterKind::integer_list) {
    text += "<p>" + tr("whole numbers %1, separated by commas").arg(translated(range_text(info.range))) + "</p>";
  }
  for (const Choice& choice : info.choices)
    text +=
        "<br><b>" + translated(choice.label).toHtmlEscaped() + "</b>: " + translated(choice.meaning).toHtmlEscaped();
  return text + "<p style='color:gray'>--" + to_qt(info.id).toHtmlEscaped() + "</p>";
}

}  // namespace dnm
