// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <vector>

#include "app/workspace/pins/network_table.h"

namespace dnm {

/// The table of pins for a view: a column for each, its picture in the first row.
class PinTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  static constexpr int picture_row = 0;

  using QAbstractTableModel::QAbstractTableModel;

  /// Returns whether rows or columns are others than before, so that the view has lost its widgets.
  bool set_table(NetworkTable table, std::vector<bool> is_working);
  [[nodiscard]] const NetworkTable& table() const { return table_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role = Qt::DisplayRole) const override;

 private:
  [[nodiscard]] QVariant column_header(std::size_t place, int role) const;

  NetworkTable table_;
  std::vector<bool> is_working_;
};

}  // namespace dnm
