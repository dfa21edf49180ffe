// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <memory>
#include <vector>

/// A Slurm of its own on this machine: one controller and two nodes of two processors, all of it in a temporary folder.
/// Its partition "main" is preempted, and queues again, for "urgent". The variable SLURM_CONF leads all commands to it.
class SlurmCluster {
 public:
  SlurmCluster();
  ~SlurmCluster();
  SlurmCluster(const SlurmCluster&) = delete;
  SlurmCluster& operator=(const SlurmCluster&) = delete;

  /// Starts it. Why it cannot be started here; empty: it is up.
  [[nodiscard]] QString start();
  void start_node(int number);
  /// Ends a node with all that runs on it, without a word, as a power failure does.
  void kill_node(int number);
  /// Kills a worker (dnm) on any node; whether there was one.
  [[nodiscard]] bool kill_a_worker();
  /// Lets tasks that queue again start at once, and not after the two minutes that Slurm leaves between.
  void hurry();

  /// What a command of Slurm prints.
  static QByteArray ask(const QString& command, const QStringList& arguments);

 private:
  [[nodiscard]] bool write_configuration();
  [[nodiscard]] bool runs_a_job() const;
  [[nodiscard]] QString last_line(const QString& log) const;
  void run(const QString& program, const QStringList& arguments);
  /// Processes of jobs of this cluster: on a node, or on any for 0; `name`: that of the program, or empty.
  [[nodiscard]] std::vector<int> processes(int node, const QByteArray& name) const;
  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }

  QTemporaryDir folder_;
  std::vector<std::unique_ptr<QProcess>> daemons_;
  std::unique_ptr<QProcess> nodes_[2];
};
