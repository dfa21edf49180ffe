// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <vector>

#include "app/workspace/neuron_table.h"

namespace dnm {

/// A NeuronTable for Qt's views; row i is node i.
class NeuronTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void set_table(NeuronTable table);
  [[nodiscard]] const NeuronTable& table() const { return table_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  NeuronTable table_;
};

/// Its rows that a search accepts, sorted by a column; neurons without a value stand last in either direction.
class NeuronRows : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  NeuronRows(NeuronTableModel& model, QObject* parent);

  /// By node; empty: all.
  void set_accepted(std::vector<bool> accepted);
  /// As they stand, from top to bottom.
  [[nodiscard]] std::vector<std::size_t> shown_nodes() const;
  [[nodiscard]] std::size_t node_of(int row) const;

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  NeuronTableModel& model_;
  std::vector<bool> accepted_;
};

}  // namespace dnm
