// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/window/file_actions.h"

namespace dnm {

/// The status bar: what is computed, read or written, with progress, elapsed time and Cancel; what is under the
/// pointer; seed and links.
class StatusLine : public QStatusBar {
  Q_OBJECT
 public:
  StatusLine(Document& document, LiveBridge& live, FileActions& files, QWidget* parent);

  void show_hover(const QString& text);

 private:
  void refresh();
  void cancel();

  Document& document_;
  LiveBridge& live_;
  FileActions& files_;
  QLabel* verb_;
  QProgressBar* bar_;
  QLabel* elapsed_;
  QToolButton* cancel_;
  ElidedLabel* hover_;
  QLabel* network_;
  QString task_;  ///< besides the pipeline ("Writing figure.pdf"); empty: none
  QElapsedTimer since_task_;
  QTimer clock_;
};

}  // namespace dnm
