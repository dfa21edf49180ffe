// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QString>
#include <QTreeWidget>
#include <string>
#include <vector>

#include "core/files/tensor_choice.h"

namespace dnm {

/// Asks which matrices of a file are the layers of its network, and in which order. It can be accepted when the outputs
/// of each that is ticked are the inputs of the next.
class LayersDialog : public QDialog {
  Q_OBJECT
 public:
  /// `file`: its name. The matrices that `choice` preselects are ticked, before the others.
  LayersDialog(const QString& file, const TensorChoice& choice, QWidget* parent);
  /// The names of those that are ticked, in the order of the layers.
  [[nodiscard]] std::vector<std::string> chosen() const;

 private:
  void make_list(const TensorChoice& choice);
  /// Moves the current matrix up (-1) or down (1), past those that the search leaves out.
  void move(int step);
  void search(const QString& text);
  void check();
  /// Indices of those that are ticked, in the order of the list.
  [[nodiscard]] std::vector<std::size_t> ticked() const;

  std::vector<TensorShape> tensors_;
  QLineEdit* search_;
  QTreeWidget* list_;
  QPushButton* up_;
  QPushButton* down_;
  QLabel* fit_;
  QPushButton* open_;
};

}  // namespace dnm
