// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/neurons/neuron_table_model.h"

#include <utility>

#include "app/studio/widgets/text.h"

namespace dnm {

void NeuronTableModel::set_table(NeuronTable table) {
  beginResetModel();
  table_ = std::move(table);
  endResetModel();
}

int NeuronTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.row_count());
}

int NeuronTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.columns().size());
}

QVariant NeuronTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto column = static_cast<std::size_t>(index.column());
  if (role == Qt::DisplayRole) return to_qt(table_.text(static_cast<std::size_t>(index.row()), column));
  if (role == Qt::TextAlignmentRole) {
    const bool is_number = !table_.columns()[column].numbers.empty();
    return QVariant::fromValue((is_number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  return {};
}

QVariant NeuronTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const NeuronColumn& column = table_.columns()[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) return translated(column.label);
  if (role == Qt::ToolTipRole) {
    const QString condition =
        column.numbers.empty() ? QString() : "\n" + Words::tr("Search: %1 > 2").arg(to_qt(column.id));
    return translated(column.meaning) + (column.missing.empty() ? QString() : "\n" + translated(column.missing)) +
           condition;
  }
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((column.numbers.empty() ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  return {};
}

NeuronRows::NeuronRows(NeuronTableModel& model, QObject* parent) : QSortFilterProxyModel(parent), model_(model) {
  setSourceModel(&model);
}

void NeuronRows::set_accepted(std::vector<bool> accepted) {
  accepted_ = std::move(accepted);
  invalidateFilter();
}

std::vector<std::size_t> NeuronRows::shown_nodes() const {
  std::vector<std::size_t> nodes;
  for (int row = 0; row < rowCount(); ++row) nodes.push_back(node_of(row));
  return nodes;
}

std::size_t NeuronRows::node_of(int row) const { return static_cast<std::size_t>(mapToSource(index(row, 0)).row()); }

bool NeuronRows::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
  const auto node = static_cast<std::size_t>(row);
  return accepted_.empty() || (node < accepted_.size() && accepted_[node]);
}

bool NeuronRows::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const auto first = static_cast<std::size_t>(left.row()), second = static_cast<std::size_t>(right.row());
  const auto column = static_cast<std::size_t>(left.column());
  const NeuronTable& table = model_.table();
  const bool has_first = table.has_value(first, column), has_second = table.has_value(second, column);
  if (has_first != has_second) return has_first == (sortOrder() == Qt::AscendingOrder);
  return table.is_before(first, second, column);
}

}  // namespace dnm
