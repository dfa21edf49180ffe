// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QListWidget>
#include <QPushButton>
#include <memory>
#include <optional>
#include <vector>

#include "app/workspace/session/recovery.h"

namespace dnm {

/// Work that a program left behind, as it is offered.
struct OfferedWork {
  std::shared_ptr<KeptWork> kept{};
  std::optional<UnsavedWork> work{};  ///< nothing if it is damaged
  QString words{};                    ///< "study.dnm.json, 14:03: 98-196-196, 2 groups of runs"
};
/// Reads all that was left behind in a folder; nobody else is offered it while the result lives. Blocks.
[[nodiscard]] std::vector<OfferedWork> find_offered_work(const std::filesystem::path& recovery);

/// Offers work that was not saved when a program ended: Open, Discard, Later.
class RecoveryDialog : public QDialog {
  Q_OBJECT
 public:
  RecoveryDialog(std::vector<OfferedWork> offered, QWidget* parent);

 Q_SIGNALS:
  void open_requested(const OfferedWork& work);

 private:
  void open_chosen();
  void discard_chosen();
  void show_choice();
  [[nodiscard]] std::size_t chosen() const;

  std::vector<OfferedWork> offered_;  ///< in the order of the list
  QListWidget* list_;
  QPushButton* open_;
  QPushButton* discard_;
};

}  // namespace dnm
