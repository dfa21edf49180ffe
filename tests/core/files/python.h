// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace dnm::test {

struct Ended {
  bool well = false;
  QByteArray output;
  QByteArray errors;
};

inline Ended run(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  const bool ended = process.waitForFinished(120000);
  return {ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
          process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The first Python that has these modules; the system's is asked first, for it has Debian's. Empty: none has.
inline QString python_with(const QString& modules) {
  for (const char* candidate : {"/usr/bin/python3", "python3"}) {
    if (run(candidate, {"-c", "import " + modules}).well) return candidate;
  }
  return {};
}

}  // namespace dnm::test
