// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QListWidget>
#include <QPushButton>
#include <string>
#include <vector>

#include "app/studio/training/training_controller.h"

namespace dnm {

/// Asks under which rewiring rules to train, and which networks: that on screen, and those of the initialisers of
/// `dnm compare`. It can be accepted when both have one that is ticked.
class RulesDialog : public QDialog {
  Q_OBJECT
 public:
  /// The rule of these settings and the network on screen are ticked.
  RulesDialog(const TrainingSettings& settings, QWidget* parent);
  /// All that is ticked, by network and then by rule, without pairs that cannot be trained.
  [[nodiscard]] std::vector<ComparedStart> chosen() const;

 private:
  QListWidget* make_list(const char* name, const QString& words);
  void check();

  TrainingSettings settings_;
  QListWidget* rules_;
  QListWidget* networks_;
  QPushButton* train_ = nullptr;
};

}  // namespace dnm
