// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pins/pin_table_model.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"

namespace dnm {

bool PinTableModel::set_table(NetworkTable table, std::vector<bool> is_working) {
  const auto ids = [](const NetworkTable& one) {
    std::vector<std::string> found;
    for (const NetworkTable::Row& row : one.rows) found.push_back(row.id);
    return found;
  };
  const bool is_same = table.names.size() == table_.names.size() && ids(table) == ids(table_);
  if (is_same && table == table_ && is_working == is_working_) return false;
  if (!is_same) beginResetModel();
  table_ = std::move(table);
  is_working_ = std::move(is_working);
  if (!is_same) {
    endResetModel();
    return true;
  }
  if (columnCount() == 0) return false;
  Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
  return false;
}

int PinTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : 1 + static_cast<int>(table_.rows.size());
}

int PinTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.names.size());
}

QVariant PinTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() == picture_row) return {};
  const NetworkTable::Row& row = table_.rows[static_cast<std::size_t>(index.row() - 1)];
  const NetworkTable::Cell& cell = row.cells[static_cast<std::size_t>(index.column())];
  switch (role) {
    case Qt::DisplayRole:
      return translated(cell_words(cell));
    case Qt::ToolTipRole:
      return translated(row.label) + ": " + translated(cell_words(cell)) +
             (cell.difference_text.empty()
                  ? QString()
                  : "\n" + Words::tr("In brackets: the difference from %1").arg(to_qt(table_.names[table_.reference])));
    case Qt::ForegroundRole:
      return cell.text.empty() ? QVariant(QGuiApplication::palette().color(QPalette::PlaceholderText)) : QVariant();
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant PinTableModel::column_header(std::size_t place, int role) const {
  const QString name = to_qt(table_.names[place]);
  const bool is_reference = place == table_.reference && table_.names.size() > 1;
  switch (role) {
    case Qt::DisplayRole:
      return (is_working_[place] ? QStringLiteral("● ") : QString()) + name +
             (is_reference ? " · " + Words::tr("reference") : QString());
    case Qt::ToolTipRole:
      return name + "\n" +
             (is_working_[place] ? Words::tr("● It is the working network")
                                 : Words::tr("A click makes it the working network")) +
             (is_reference ? "\n" + Words::tr("The others are compared with it") : QString());
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant PinTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (section < 0) return {};
  if (orientation == Qt::Horizontal)
    return section < columnCount() ? column_header(static_cast<std::size_t>(section), role) : QVariant();
  if (section == picture_row || section >= rowCount()) return {};
  const NetworkTable::Row& row = table_.rows[static_cast<std::size_t>(section - 1)];
  if (role == Qt::DisplayRole) return translated(row.label);
  if (role == Qt::ToolTipRole) return translated(row.meaning);
  return {};
}

}  // namespace dnm
