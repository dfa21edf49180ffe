// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <chrono>
#include <string>
#include <thread>

#include "core/support/child_process.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using namespace dnm;

class TestChildProcess : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gives_what_the_program_writes() {
    const ChildOutcome outcome = run_process({.words = {"sh", "-c", "echo out; echo err >&2; exit 3"}});
    QCOMPARE(outcome.status, 3);
    QCOMPARE(outcome.output, std::string("out\n"));
    QCOMPARE(outcome.errors, std::string("err\n"));
    QCOMPARE(run_process({.words = {"sh", "-c", "kill -9 $$"}}).status, 128 + 9);
    QCOMPARE(run_process({.words = {"pwd"}, .folder = "/"}).output, std::string("/\n"));
    QCOMPARE(run_process({.words = {"echo", "a b", "$HOME;"}}).output, std::string("a b $HOME;\n"));
    QCOMPARE(run_process({.words = {"sh", "-c", "echo $LC_ALL"}}).output, std::string("C.UTF-8\n"));
  }

  void passes_much_text_both_ways() {
    std::string text;
    for (int i = 0; i < 400000; ++i) text += std::to_string(i) + '\n';
    const ChildOutcome outcome = run_process({.words = {"cat"}, .input = text});
    QVERIFY(outcome.output == text);
    QVERIFY(run_process({.words = {"cat"}}).output.empty());
    // One that reads nothing of it.
    QCOMPARE(run_process({.words = {"true"}, .input = text}).status, 0);
  }

  void ends_when_asked_to() {
    std::stop_source stop;
    const auto start = std::chrono::steady_clock::now();
    std::jthread asks([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      stop.request_stop();
    });
    QVERIFY_THROWS_EXCEPTION(Cancelled,
                             static_cast<void>(run_process({.words = {"sleep", "60"}}, {stop.get_token(), {}})));
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  }

  void says_what_cannot_be_run() {
    const std::string message =
        dnm::test::message_of([] { static_cast<void>(run_process({.words = {"no-such-program-here"}})); });
    QVERIFY2(dnm::test::contains(message, "cannot run no-such-program-here"), message.c_str());
  }
};

DNM_TEST(TestChildProcess)
#include "test_child_process.moc"
