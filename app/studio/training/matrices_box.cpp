// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/matrices_box.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <algorithm>

#include "app/studio/widgets/text.h"

namespace dnm {

namespace {

constexpr int letters = 20;  // "decoder1.context.head8"
constexpr int most_rows = 24;

}  // namespace

MatricesBox::MatricesBox(QWidget* parent) : QComboBox(parent) {
  setObjectName("matrices");
  setAccessibleName(tr("Matrices that are shown"));
  setEditable(true);
  setInsertPolicy(QComboBox::NoInsert);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(letters);
  setMaxVisibleItems(most_rows);
  completer()->setCompletionMode(QCompleter::PopupCompletion);
  completer()->setFilterMode(Qt::MatchContains);
  completer()->setCaseSensitivity(Qt::CaseInsensitive);
  completer()->setMaxVisibleItems(most_rows);
  connect(this, &QComboBox::activated, this, [this](int index) {
    if (const QVariant id = itemData(index); id.isValid()) Q_EMIT chosen(id.toString().toStdString());
  });
  // A name that is half typed, or of no group, is no choice.
  connect(lineEdit(), &QLineEdit::editingFinished, this, &MatricesBox::restore_text);
  hide();
}

void MatricesBox::set_groups(std::span<const MatrixGroup> groups) {
  if (std::ranges::equal(groups, groups_)) return;
  groups_.assign(groups.begin(), groups.end());
  clear();
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (i > 0 && groups_[i].kind != groups_[i - 1].kind) insertSeparator(count());
    addItem(to_qt(groups_[i].id), to_qt(groups_[i].id));
    setItemData(count() - 1, translated(groups_[i].label), Qt::ToolTipRole);
  }
  setVisible(groups_.size() > 1);
}

void MatricesBox::set_shown(const std::string& id) {
  const int found = findData(to_qt(id));
  const int index = found >= 0 ? found : count() > 0 ? 0 : -1;
  if (index != currentIndex()) setCurrentIndex(index);
  if (!lineEdit()->hasFocus()) restore_text();
  const QString meaning = itemData(index, Qt::ToolTipRole).toString();
  setToolTip(tr("Matrices of the run that are shown: %1\nType a part of a name to find others.").arg(meaning));
  setAccessibleDescription(meaning);
}

void MatricesBox::restore_text() {
  if (lineEdit()->text() != itemText(currentIndex())) lineEdit()->setText(itemText(currentIndex()));
}

}  // namespace dnm
