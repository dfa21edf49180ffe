// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include "app/studio/document/document.h"

namespace dnm {

/// Notices what other programs make of the document's session file: while it is open, and whenever the program becomes
/// the active one (not every file system reports changes). Each change is reported once.
class SessionWatch : public QObject {
  Q_OBJECT
 public:
  explicit SessionWatch(Document& document);

 Q_SIGNALS:
  /// The file holds something else now. `now`: its stamp.
  void changed_by_another(const FileStamp& now);
  void removed_by_another();

 private:
  void follow();
  void look();

  Document& document_;
  QFileSystemWatcher watcher_;
  QTimer settle_;        ///< until the other program has written all of it
  FileChange reported_;  ///< the last one
};

}  // namespace dnm
