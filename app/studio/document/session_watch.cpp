// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/document/session_watch.h"

#include <QFile>
#include <QGuiApplication>
#include <utility>

namespace dnm {

namespace {
constexpr int settle_milliseconds = 300;
}  // namespace

SessionWatch::SessionWatch(Document& document) : document_(document) {
  settle_.setSingleShot(true);
  settle_.setInterval(settle_milliseconds);
  connect(&settle_, &QTimer::timeout, this, &SessionWatch::look);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, &settle_, qOverload<>(&QTimer::start));
  connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
    if (state == Qt::ApplicationActive) settle_.start();
  });
  connect(&document_, &Document::path_changed, this, [this] {
    reported_ = {};
    follow();
  });
}

/// Watches the file of the document. One that was replaced under its name has to be watched anew.
void SessionWatch::follow() {
  const QString path = document_.path();
  if (const QStringList watched = watcher_.files(); !watched.isEmpty()) watcher_.removePaths(watched);
  if (!path.isEmpty() && QFile::exists(path)) watcher_.addPath(path);
}

void SessionWatch::look() {
  follow();
  const FileChange change = document_.change_of_file();
  if (change == std::exchange(reported_, change)) return;
  if (change.kind == FileChange::Kind::changed) Q_EMIT changed_by_another(change.now);
  if (change.kind == FileChange::Kind::gone) Q_EMIT removed_by_another();
}

}  // namespace dnm
