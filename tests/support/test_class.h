// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <type_traits>

class QGuiApplication;

/// Many test classes in one program: each registers itself by DNM_TEST at the end of its file, and the runner
/// (test_runner.cpp) runs the one that it is asked for, in a process of its own.
namespace dnm::test {

/// What a class runs with that needs no event loop.
struct NoApplication {
  NoApplication(int& /*argc*/, char** /*argv*/) {}
};

/// Set before the application is made: afterwards the platform cannot be chosen any more.
struct OffscreenPlatform {
  OffscreenPlatform() { qputenv("QT_QPA_PLATFORM", "offscreen"); }
};

/// An application that paints without a display (and without OpenGL), wherever it is started.
template <class Application>
struct Offscreen : OffscreenPlatform, Application {
  static constexpr bool needs_display = false;
  Offscreen(int& argc, char** argv) : Application(argc, argv) {}
};

/// An application that shows nothing itself, but starts programs that do.
template <class Application>
struct StartsWindows : Application {
  static constexpr bool needs_display = true;
  StartsWindows(int& argc, char** argv) : Application(argc, argv) {}
};

/// Whether a class that runs with this application must be run under a virtual display where there is no other.
template <class Application>
constexpr bool needs_display() {
  if constexpr (requires { Application::needs_display; }) {
    return Application::needs_display;
  } else {
    return std::is_base_of_v<QGuiApplication, Application>;
  }
}

/// A test class of this program. All of them are in a list before main() begins.
class TestClass {
 public:
  /// Runs the class, or the slots named in the arguments, as QTest::qExec does; gives the number of failures.
  using Run = int (*)(int argc, char** argv);

  TestClass(const QMetaObject& type, bool shows_windows, Run function);
  /// The class registered last; next() leads to the others, nullptr after the last.
  [[nodiscard]] static const TestClass* first();
  [[nodiscard]] const TestClass* next() const { return next_; }

  [[nodiscard]] const QMetaObject& type() const { return type_; }
  [[nodiscard]] bool needs_display() const { return needs_display_; }
  int run(int argc, char** argv) const { return run_(argc, argv); }

 private:
  const QMetaObject& type_;
  bool needs_display_;
  Run run_;
  const TestClass* next_;
};

/// QTest::qExec, but that what platforms log by themselves is left out.
int run_slots(QObject& test, int argc, char** argv);

template <class Test, class Application>
int run_test_class(int argc, char** argv) {
  [[maybe_unused]] Application application(argc, argv);
  if constexpr (std::is_base_of_v<QGuiApplication, Application>) application.setAttribute(Qt::AA_Use96Dpi, true);
  Test test;
  return run_slots(test, argc, argv);
}

template <class Test, class Application = NoApplication>
class RegisteredTest : public TestClass {
 public:
  RegisteredTest()
      : TestClass(Test::staticMetaObject, dnm::test::needs_display<Application>(), &run_test_class<Test, Application>) {
  }
};

}  // namespace dnm::test

/// DNM_TEST(Class) or DNM_TEST(Class, Application), at the end of the class's file, before its .moc. Application is
/// what the class runs with: QCoreApplication, QGuiApplication, QApplication, or one of the above around it.
#define DNM_TEST(...)                                           \
  namespace {                                                   \
  const dnm::test::RegisteredTest<__VA_ARGS__> registered_test; \
  }
