// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of a program through AT-SPI.
//
//   dbus-run-session -- read_accessible_tree PROGRAM TEXT ...
//
// starts the program in the session and asks, until every text is there (three minutes at most). It writes a line
// "role<TAB>name<TAB>description" for each thing that the program shows, parents first; the status is 0 if all texts
// are there.
#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>
#include <QThread>
#include <cstdio>

namespace {

constexpr int answer_milliseconds = 60000;  // a program that is starting answers late
constexpr int pause_milliseconds = 500;
constexpr qint64 most_milliseconds = 180000;
constexpr int deepest = 60;
constexpr int no_bus = 2;  // exit status
const QString accessible = QStringLiteral("org.a11y.atspi.Accessible");

struct Object {
  QString bus, path;
};

/// Without arguments: what failed.
QVariantList ask(const QDBusConnection& bus, const Object& of, const QString& interface, const QString& method,
                 const QVariantList& arguments = {}) {
  QDBusMessage call = QDBusMessage::createMethodCall(of.bus, of.path, interface, method);
  call.setArguments(arguments);
  const QDBusMessage told = bus.call(call, QDBus::Block, answer_milliseconds);
  return told.type() == QDBusMessage::ReplyMessage ? told.arguments() : QVariantList();
}

QString property(const QDBusConnection& bus, const Object& of, const QString& name) {
  const QVariantList told = ask(bus, of, "org.freedesktop.DBus.Properties", "Get", {accessible, name});
  return told.isEmpty() ? QString() : told.front().value<QDBusVariant>().variant().toString();
}

QList<Object> children(const QDBusConnection& bus, const Object& of) {
  const QVariantList told = ask(bus, of, accessible, "GetChildren");
  QList<Object> found;
  if (told.isEmpty()) return found;
  const auto list = told.front().value<QDBusArgument>();
  list.beginArray();
  while (!list.atEnd()) {
    QString name;
    QDBusObjectPath path;
    list.beginStructure();
    list >> name >> path;
    list.endStructure();
    found.push_back({name, path.path()});
  }
  list.endArray();
  return found;
}

void append(QStringList& lines, const QDBusConnection& bus, const Object& object, int depth) {
  const QVariantList role = ask(bus, object, accessible, "GetRoleName");
  if (role.isEmpty() || depth > deepest) return;  // gone since
  lines << role.front().toString() + "\t" + property(bus, object, "Name") + "\t" + property(bus, object, "Description");
  for (const Object& child : children(bus, object)) append(lines, bus, child, depth + 1);
}

int fail(const QString& why, int status = 1) {
  std::fputs(qPrintable(why + "\n"), stderr);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  const QStringList arguments = QCoreApplication::arguments();
  if (arguments.size() < 2) return fail("usage: read_accessible_tree PROGRAM TEXT ...");
  const QVariantList address =
      ask(QDBusConnection::sessionBus(), {"org.a11y.Bus", "/org/a11y/bus"}, "org.a11y.Bus", "GetAddress");
  if (address.isEmpty()) return fail("there is no bus of assistive technologies; install at-spi2-core", no_bus);
  const QDBusConnection bus = QDBusConnection::connectToBus(address.front().toString(), "accessibility");

  QProcess program;
  program.setStandardOutputFile(QProcess::nullDevice());
  program.setStandardErrorFile(QProcess::nullDevice());
  program.start(arguments[1], QStringList());
  if (!program.waitForStarted()) return fail(arguments[1] + " does not start");
  QStringList lines;
  bool is_all = false;
  QElapsedTimer since_start;
  since_start.start();
  while (!is_all && since_start.elapsed() < most_milliseconds && !program.waitForFinished(pause_milliseconds)) {
    lines.clear();
    for (const Object& one : children(bus, {"org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"}))
      append(lines, bus, one, 0);
    const QString tree = lines.join('\n');
    is_all = true;
    for (const QString& text : arguments.mid(2)) is_all = is_all && tree.contains(text);
  }
  program.kill();
  program.waitForFinished();
  std::fputs(qPrintable(lines.join('\n') + "\n"), stdout);
  return is_all ? 0 : 1;
}
