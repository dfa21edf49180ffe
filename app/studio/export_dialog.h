// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QString>

namespace dnm {

struct ExportSettings {
  QString path;
  double width_mm = 183.0;
  std::string panel = "all";
};

/// Asks where a figure goes, how wide it is and which pictures it holds.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const ExportSettings& proposed, QWidget* parent);
  [[nodiscard]] ExportSettings settings() const;

 private:
  void browse();
  void check();

  QLineEdit* path_;
  QComboBox* preset_;
  QDoubleSpinBox* width_;
  QComboBox* panel_;
  QLabel* hint_;
  QPushButton* export_;
};

}  // namespace dnm
