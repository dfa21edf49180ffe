// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStringList>

#include "tests/support/places.h"

/// What a run of the real `dnm` gave.
struct Outcome {
  int status = -1;  ///< -1: it crashed, or did not end
  QByteArray output;
  QByteArray errors;

  [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
  /// One JSON object per line.
  [[nodiscard]] QList<QJsonObject> json_lines() const {
    QList<QJsonObject> objects;
    for (const QByteArray& line : output.split('\n')) {
      if (!line.isEmpty()) objects.push_back(QJsonDocument::fromJson(line).object());
    }
    return objects;
  }
  /// What every refusal must be: exactly one line on standard error, nothing on standard output.
  [[nodiscard]] bool is_one_sentence() const {
    return output.isEmpty() && errors.startsWith("dnm: ") && errors.endsWith('\n') && errors.count('\n') == 1;
  }
  [[nodiscard]] QString describe() const { return QString("status %1: %2").arg(status).arg(QString::fromUtf8(errors)); }
};

/// Runs the executable that was built, without a display, in `folder`.
inline Outcome run_dnm(const QStringList& arguments, const QString& folder = {},
                       const QMap<QString, QString>& environment = {}) {
  QProcess process;
  QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
  variables.remove("DISPLAY");
  variables.remove("WAYLAND_DISPLAY");
  for (auto entry = environment.begin(); entry != environment.end(); ++entry) {
    variables.insert(entry.key(), entry.value());
  }
  process.setProcessEnvironment(variables);
  if (!folder.isEmpty()) process.setWorkingDirectory(folder);
  process.start(QString(dnm::test::program_folder()) + "/dnm", arguments);
  Outcome outcome;
  const bool ended = process.waitForFinished(240000);
  outcome.output = process.readAllStandardOutput();
  outcome.errors = process.readAllStandardError();
  if (ended && process.exitStatus() == QProcess::NormalExit) outcome.status = process.exitCode();
  return outcome;
}

/// The commands that `dnm --help` lists, in its order.
inline QStringList command_names() {
  static const QRegularExpression line("^  ([a-z]+)  ", QRegularExpression::MultilineOption);
  const QString help = QString::fromUtf8(run_dnm({"--help"}).output).section("Commands:", 1).section("Options:", 0, 0);
  QStringList names;
  for (auto match = line.globalMatch(help); match.hasNext();) names += match.next().captured(1);
  return names;
}
