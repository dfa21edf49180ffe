// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

#include "app/studio/widgets/background.h"
#include "app/studio/widgets/question.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

using namespace dnm;

namespace {

QAbstractButton* button_of(const QMessageBox& box, const char* text) {
  for (QAbstractButton* button : box.buttons())
    if (button->text().remove('&') == text) return button;
  return nullptr;
}

}  // namespace

/// Work in the background and questions to the person.
class TestWidgets : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void work_ends_in_order_on_the_thread_of_the_window() {
    Background background;
    QStringList order;
    QVERIFY(!background.is_busy() && background.verb().isEmpty());
    for (const char* name : {"first", "second"})
      background.start(name, [&order, name](const TaskControl&) -> Background::Outcome {
        const auto worker = std::this_thread::get_id();
        return [&order, name, worker] {
          QVERIFY(std::this_thread::get_id() != worker);
          order += name;
        };
      });
    QVERIFY(background.is_busy());
    QCOMPARE(background.verb(), QString("first"));
    QTRY_VERIFY(!background.is_busy());
    QCOMPARE(order, (QStringList{"first", "second"}));
  }

  void a_failure_is_one_sentence() {
    Background background;
    QSignalSpy problems(&background, &Background::problem);
    QString told;
    const auto fail = [](const TaskControl&) -> Background::Outcome { throw FileError("the disk is full"); };
    background.start("one", fail);
    background.start("two", fail, [&told](const QString& text) { told = text; });
    QTRY_VERIFY(!background.is_busy());
    QCOMPARE(problems.count(), 1);
    QCOMPARE(problems.front().front().toString(), QString("the disk is full"));
    QCOMPARE(told, QString("the disk is full"));
  }

  void work_reports_and_is_cancelled() {
    Background background;
    QSignalSpy problems(&background, &Background::problem);
    bool has_outcome = false;
    background.start("long", [&has_outcome](const TaskControl& control) -> Background::Outcome {
      control.report(0.25);
      for (;;) {
        control.check();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return [&has_outcome] { has_outcome = true; };
    });
    QTRY_VERIFY(background.can_cancel());
    QCOMPARE(background.progress(), 0.25);
    background.cancel();
    QTRY_VERIFY(!background.is_busy());
    QVERIFY(!has_outcome && problems.isEmpty());
    // What comes later is not stopped with it.
    background.start("next", [&has_outcome](const TaskControl& control) -> Background::Outcome {
      control.check();
      return [&has_outcome] { has_outcome = true; };
    });
    QTRY_VERIFY(has_outcome);
  }

  void the_end_waits_for_work_and_drops_its_outcome() {
    std::atomic<bool> done = false;
    bool has_outcome = false;
    {
      Background background;
      background.start("writing", [&](const TaskControl&) -> Background::Outcome {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        done = true;
        return [&has_outcome] { has_outcome = true; };
      });
    }
    QVERIFY(done);
    QCoreApplication::processEvents();
    QVERIFY(!has_outcome);
  }

  void a_question_is_answered_once_it_is_closed() {
    QWidget window;
    window.show();
    Question question(&window);
    int saved = 0;
    const auto ask = [&] {
      question.ask(&window, "save-question", "Save?", "There is something to save.",
                   {{"Save", QMessageBox::AcceptRole, [&saved] { ++saved; }, true},
                    {"Discard", QMessageBox::DestructiveRole, [] {}}});
    };
    ask();
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");  // the offscreen platform
    ask();                                                                       // raises the one that is open
    QCOMPARE(window.findChildren<QMessageBox*>("save-question").size(), 1);
    auto* box = window.findChild<QMessageBox*>("save-question");
    QVERIFY(box->defaultButton() == button_of(*box, "Save"));
    QVERIFY(!box->accessibleName().isEmpty());
    button_of(*box, "Cancel")->click();
    QTRY_VERIFY(!question.is_open());
    QCOMPARE(saved, 0);
    ask();
    for (QMessageBox* candidate : window.findChildren<QMessageBox*>("save-question"))
      if (candidate->isVisible()) box = candidate;
    button_of(*box, "Save")->click();
    QTRY_COMPARE(saved, 1);
    QVERIFY(!question.is_open());
  }
};

DNM_TEST(TestWidgets, dnm::test::Offscreen<QApplication>)
#include "test_widgets.moc"
