// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QLabel>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>
#include <functional>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/progress_bar.h"
#include "app/studio/window/file_actions.h"

namespace dnm {

/// The status bar: what is computed, read or written, with progress, elapsed time and Cancel; what is under the
/// pointer; seed and links.
class StatusLine : public QStatusBar {
  Q_OBJECT
 public:
  /// `pictures_are_current`: whether every picture shows the newest request; call refresh() when that may have changed.
  StatusLine(Document& document, LiveBridge& live, FileActions& files, std::function<bool()> pictures_are_current,
             QWidget* parent);

  void show_hover(const QString& text);
  /// Empty: nothing is selected.
  void show_selection(const QString& text);
  void refresh();

 private:
  /// What is said while nothing runs long enough for a bar: "Ready" only when all that is shown is of the newest
  /// request.
  [[nodiscard]] QString rest_verb(bool computing) const;
  void cancel();

  Document& document_;
  LiveBridge& live_;
  FileActions& files_;
  const std::function<bool()> pictures_are_current_;
  QLabel* verb_;
  ProgressBar* bar_;
  QLabel* elapsed_;
  QToolButton* cancel_;
  ElidedLabel* hover_;
  QLabel* selection_;
  QLabel* network_;
  QString task_;  ///< besides the pipeline ("Writing figure.pdf"); empty: none
  QElapsedTimer since_task_;
  QTimer clock_;
};

}  // namespace dnm
