// SPDX-License-Identifier: GPL-3.0-or-later
// The main() of every test program:
//   PROGRAM CLASS [SLOT …] [OPTION …]   runs one class with the options of QtTest
//   PROGRAM --list FILE                 writes what CTest is to run, one line each: "CLASS SLOT DISPLAY", where SLOT is
//                                       "*" for a class that is run whole and DISPLAY is "display" or "none"
#include <QMetaMethod>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/test_class.h"

namespace dnm::test {

namespace {

/// Before the first class registers itself, whatever the order of the files.
const TestClass*& newest() {
  static const TestClass* last = nullptr;
  return last;
}

/// What a machine without a desktop makes Qt say; nothing that the program does wrong.
bool is_of_the_platform(const QString& text) {
  return text == "This plugin does not support propagateSizeHints()" ||
         text.startsWith("QStandardPaths: XDG_RUNTIME_DIR not set");
}

QtMessageHandler handler_of_qtest = nullptr;  ///< while a test runs

/// Hands all that is logged on to QtTest, which knows what a test expects and writes the rest as QWARN, QCRITICAL …;
/// what is logged before and after, when an application begins and ends, is written in the same way.
void handle_message(QtMsgType type, const QMessageLogContext& context, const QString& text) {
  if (is_of_the_platform(text)) return;
  if (handler_of_qtest != nullptr) return handler_of_qtest(type, context, text);
  const bool wrong = type != QtDebugMsg && type != QtInfoMsg;
  std::cerr << (wrong ? "QWARN  : outside of the tests: " : "") << text.toStdString() << std::endl;
}

/// The functions that QtTest takes for tests, in their order.
std::vector<std::string> slots_of(const QMetaObject& type) {
  static const std::set<std::string> reserved = {"initTestCase", "cleanupTestCase", "init", "cleanup"};
  std::vector<std::string> names;
  for (int i = type.methodOffset(); i < type.methodCount(); ++i) {
    const QMetaMethod method = type.method(i);
    if (method.methodType() != QMetaMethod::Slot || method.access() != QMetaMethod::Private) continue;
    if (method.parameterCount() > 0 || method.returnType() != QMetaType::Void) continue;
    const std::string name = method.name().toStdString();
    if (reserved.contains(name) || name.ends_with("_data")) continue;
    names.push_back(name);
  }
  return names;
}

/// Each slot by itself, but where that would repeat what takes time: setting the class up, or a display.
void list(const TestClass& test, std::ostream& lines) {
  const char* const class_name = test.type().className();
  const char* const display = test.needs_display() ? "display" : "none";
  if (test.needs_display() || test.type().indexOfMethod("initTestCase()") >= 0) {
    lines << class_name << " * " << display << '\n';
    return;
  }
  for (const std::string& slot : slots_of(test.type())) lines << class_name << ' ' << slot << ' ' << display << '\n';
}

int list_all(const char* path) {
  std::ofstream lines(path);
  for (const TestClass* test = TestClass::first(); test != nullptr; test = test->next()) list(*test, lines);
  lines.close();
  return lines ? 0 : 1;
}

int run(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--list" && argc == 3) return list_all(argv[2]);
  for (const TestClass* test = TestClass::first(); test != nullptr; test = test->next()) {
    if (first != test->type().className()) continue;
    argv[1] = argv[0];  // QtTest knows nothing of the class's name
    qInstallMessageHandler(handle_message);
    return test->run(argc - 1, argv + 1);
  }
  std::cerr << "usage: " << argv[0] << " CLASS [SLOT ...] [OPTION ...], or --list FILE; the classes are:\n";
  for (const TestClass* test = TestClass::first(); test != nullptr; test = test->next()) {
    std::cerr << "  " << test->type().className() << '\n';
  }
  return 2;
}

}  // namespace

int run_slots(QObject& test, int argc, char** argv) {
  QTest::qInit(&test, argc, argv);
  handler_of_qtest = qInstallMessageHandler(handle_message);
  const int failures = QTest::qRun();
  handler_of_qtest = nullptr;
  QTest::qCleanup();
  return failures;
}

TestClass::TestClass(const QMetaObject& type, bool shows_windows, Run function)
    : type_(type), needs_display_(shows_windows), run_(function), next_(newest()) {
  newest() = this;
}

const TestClass* TestClass::first() { return newest(); }

}  // namespace dnm::test

int main(int argc, char** argv) { return dnm::test::run(argc, argv); }
