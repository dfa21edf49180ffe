// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <span>
#include <string>
#include <vector>

#include "training/models/matrix_group.h"

namespace dnm {

/// The groups of matrices of a run, by kind, with their meaning as tool tips; a part of a name finds those that have
/// it. Hidden where there is no choice.
class MatricesBox : public QComboBox {
  Q_OBJECT
 public:
  explicit MatricesBox(QWidget* parent = nullptr);

  void set_groups(std::span<const MatrixGroup> groups);
  [[nodiscard]] const std::vector<MatrixGroup>& groups() const { return groups_; }
  /// The group that is shown, of those there are; else the first.
  void set_shown(const std::string& id);

 Q_SIGNALS:
  /// By the user.
  void chosen(const std::string& id);

 private:
  void restore_text();

  std::vector<MatrixGroup> groups_;
};

}  // namespace dnm
