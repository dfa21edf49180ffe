// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/capture.h"

#include <QApplication>
#include <QPixmap>
#include <cstdio>
#include <exception>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/support/error.h"

namespace dnm {

namespace {
constexpr int look_milliseconds = 50;
constexpr int looks_until_painted = 4;  // the last frames may still be painting when all values are fresh
constexpr qint64 patience_milliseconds = 600000;
}  // namespace

Capture::Capture(Window& window, QString path) : QObject(&window), window_(window), path_(std::move(path)) {
  since_start_.start();
  connect(&timer_, &QTimer::timeout, this, &Capture::look);
  timer_.start(look_milliseconds);
}

void Capture::look() {
  const QStringList problems = window_.messages().history();
  if (!problems.isEmpty()) return end(problems.front());
  if (since_start_.elapsed() > patience_milliseconds)
    return end("the values did not become fresh within ten minutes; capture a smaller network");
  const bool settled = !window_.files().is_busy() && !window_.is_reading_run() && window_.live().is_settled() &&
                       window_.views().is_current();
  settled_looks_ = settled ? settled_looks_ + 1 : 0;
  if (settled_looks_ < looks_until_painted) return;
  try {
    const QPixmap picture = window_.grab();
    write_atomically(path_.toStdString(), [&](const std::filesystem::path& temporary) {
      if (!picture.save(QString::fromStdString(temporary.string()), "PNG"))
        throw FileError("cannot write " + path_.toStdString() + "; choose another folder or make room on the disk");
    });
    end({});
  } catch (const std::exception& error) {
    end(QString::fromUtf8(error.what()));
  }
}

void Capture::end(const QString& problem) {
  timer_.stop();
  if (!problem.isEmpty()) std::fprintf(stderr, "dnm-studio: %s\n", problem.toUtf8().constData());
  QApplication::exit(problem.isEmpty() ? 0 : 1);
}

}  // namespace dnm
