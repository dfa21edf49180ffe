// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/slurm_cluster.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QThread>
#include <csignal>

#include <unistd.h>

namespace {

const QStringList places{"/usr/sbin", "/usr/bin", "/sbin", "/bin"};

QString program(const QString& name) { return QStandardPaths::findExecutable(name, places); }

QString host() {
  char name[65] = {};
  ::gethostname(name, sizeof(name) - 1);
  return QString::fromLocal8Bit(name).section('.', 0, 0);
}

QByteArray content(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& path, const QByteArray& text) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

}  // namespace

SlurmCluster::SlurmCluster() = default;

SlurmCluster::~SlurmCluster() {
  for (const int process : processes(0, {})) ::kill(process, SIGKILL);
  for (auto& node : nodes_)
    if (node) daemons_.push_back(std::move(node));
  for (auto& daemon : daemons_) {
    daemon->kill();
    daemon->waitForFinished();
  }
  qunsetenv("SLURM_CONF");
}

QString SlurmCluster::start() {
  if (::geteuid() != 0) return "a Slurm of its own needs root";
  for (const char* name : {"munged", "slurmctld", "slurmd", "sbatch"})
    if (program(name).isEmpty()) return QString("%1 is not installed").arg(name);
  if (!write_configuration()) return "its configuration could not be written";
  qputenv("SLURM_CONF", path("slurm.conf").toLocal8Bit());
  run("munged",
      {"--foreground", "--force", "--socket=" + path("munge/socket"), "--key-file=" + path("munge/key"),
       "--pid-file=" + path("munge/pid"), "--log-file=" + path("munge/log"), "--seed-file=" + path("munge/seed")});
  const QDeadlineTimer socket(10000);
  while (!QFile::exists(path("munge/socket")) && !socket.hasExpired()) QThread::msleep(50);
  run("slurmctld", {"-D", "-i"});
  start_node(1);
  start_node(2);
  const QDeadlineTimer nodes(40000);
  while (!nodes.hasExpired()) {
    if (ask("sinfo", {"--noheader", "--Node", "--partition=main", "--format=%T"}).count("idle") == 2)
      return runs_a_job() ? QString() : "its nodes run no job: " + last_line("slurmd.node1.log");
    QThread::msleep(300);
  }
  return "it does not start: " + last_line("slurmctld.log");
}

bool SlurmCluster::runs_a_job() const {
  // Nodes that answer may still be unable to start anything, as where they must not change priorities or groups.
  ask("sbatch", {"--ntasks=4", "--nodes=2", "--output=/dev/null", "--wrap=touch '" + path("done") + "'"});
  const QDeadlineTimer limit(40000);
  while (!limit.hasExpired()) {
    if (QFile::exists(path("done"))) return true;
    QThread::msleep(300);
  }
  return false;
}

QString SlurmCluster::last_line(const QString& log) const {
  return QString::fromUtf8(content(path(log)).trimmed().split('\n').back());
}

bool SlurmCluster::write_configuration() {
  for (const char* name : {"munge", "state", "spool"})
    if (!QDir(folder_.path()).mkpath(name)) return false;
  // munged wants folders that others cannot write to, and the socket's readable to all.
  QFile::setPermissions(folder_.path(), QFile::Permissions(0x7055));
  QFile::setPermissions(path("munge"), QFile::Permissions(0x7055));
  QByteArray key(128, '\0');
  QRandomGenerator::system()->generate(reinterpret_cast<quint32*>(key.data()),
                                       reinterpret_cast<quint32*>(key.data() + key.size()));
  if (!write(path("munge/key"), key)) return false;
  QFile::setPermissions(path("munge/key"), QFile::ReadOwner);
  const int port = 20000 + 4 * static_cast<int>(::getpid() % 5000);
  const QString text = QString(R"(ClusterName=dnmtest
SlurmctldHost=%1(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=%2
AuthType=auth/munge
AuthInfo=socket=%5/munge/socket
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
StateSaveLocation=%5/state
SlurmdSpoolDir=%5/spool/%n
SlurmctldPidFile=%5/slurmctld.pid
SlurmdPidFile=%5/slurmd.%n.pid
SlurmctldLogFile=%5/slurmctld.log
SlurmdLogFile=%5/slurmd.%n.log
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
JobRequeue=1
ReturnToService=2
SlurmdTimeout=6
KillWait=5
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=2,sched_interval=2
NodeName=node1 NodeHostname=%1 NodeAddr=127.0.0.1 Port=%3 CPUs=2 RealMemory=1000
NodeName=node2 NodeHostname=%1 NodeAddr=127.0.0.1 Port=%4 CPUs=2 RealMemory=1000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10
)")
                           .arg(host())
                           .arg(port)
                           .arg(port + 1)
                           .arg(port + 2)
                           .arg(folder_.path());
  return write(path("slurm.conf"), text.toUtf8());
}

void SlurmCluster::run(const QString& name, const QStringList& arguments) {
  auto daemon = std::make_unique<QProcess>();
  daemon->setStandardOutputFile(QProcess::nullDevice());
  daemon->setStandardErrorFile(QProcess::nullDevice());
  daemon->start(program(name), arguments);
  daemon->waitForStarted();
  daemons_.push_back(std::move(daemon));
}

void SlurmCluster::start_node(int number) {
  run("slurmd", {"-D", "-N", "node" + QString::number(number)});
  nodes_[number - 1] = std::move(daemons_.back());
  daemons_.pop_back();
}

void SlurmCluster::kill_node(int number) {
  nodes_[number - 1]->kill();
  nodes_[number - 1]->waitForFinished();
  const std::vector<int> jobs = processes(number, {});
  // First those that would tell the controller how its job ended.
  for (const int process : jobs) {
    const QByteArray stat = content("/proc/" + QString::number(process) + "/stat");
    const QByteArray parent = stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1);
    if (content("/proc/" + QString::fromLatin1(parent) + "/comm").trimmed() == "slurmstepd")
      ::kill(parent.toInt(), SIGKILL);
  }
  for (const int process : jobs) ::kill(process, SIGKILL);
}

bool SlurmCluster::kill_a_worker() {
  const std::vector<int> workers = processes(0, "dnm");
  if (workers.empty()) return false;
  return ::kill(workers[QRandomGenerator::global()->bounded(static_cast<quint32>(workers.size()))], SIGKILL) == 0;
}

void SlurmCluster::hurry() {
  for (const QByteArray& job : ask("squeue", {"--noheader", "--array", "--state=PENDING", "--format=%i"}).split('\n'))
    if (!job.isEmpty()) (void)ask("scontrol", {"update", "JobId=" + QString::fromUtf8(job), "StartTime=now"});
}

QByteArray SlurmCluster::ask(const QString& command, const QStringList& arguments) {
  QProcess process;
  process.start(program(command), arguments);
  process.waitForFinished(20000);
  return process.readAllStandardOutput();
}

std::vector<int> SlurmCluster::processes(int node, const QByteArray& name) const {
  std::vector<int> found;
  const QByteArray ours = "SLURM_CONF=" + path("slurm.conf").toLocal8Bit();
  const QByteArray on_node = "SLURMD_NODENAME=node" + (node == 0 ? QByteArray() : QByteArray::number(node));
  for (const QString& entry : QDir("/proc").entryList(QDir::Dirs)) {
    bool is_number = false;
    const int process = entry.toInt(&is_number);
    if (!is_number || process == ::getpid()) continue;
    const QByteArray variables = content("/proc/" + entry + "/environ");
    if (!variables.contains(ours) || !variables.contains(on_node)) continue;
    if (name.isEmpty() || content("/proc/" + entry + "/comm").trimmed() == name) found.push_back(process);
  }
  return found;
}
