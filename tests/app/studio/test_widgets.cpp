// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>

#include "app/studio/widgets/background.h"
#include "app/studio/widgets/icons.h"
#include "app/studio/widgets/progress_bar.h"
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

  void a_progress_bar_is_painted_with_the_rest() {
    struct Paints : QObject {
      int count = 0;
      bool eventFilter(QObject* /*watched*/, QEvent* event) override {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
      }
    } paints;
    QWidget window;
    window.resize(300, 100);
    ProgressBar bar("bar", "Progress", 10, &window);
    bar.resize(300, 10);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCoreApplication::processEvents();
    bar.installEventFilter(&paints);
    for (int step = 1; step <= 10; ++step) bar.set_fraction(0.1 * step);
    QCOMPARE(paints.count, 0);
    QTRY_COMPARE(paints.count, 1);
    QCOMPARE(bar.value(), bar.maximum());
    bar.set_fraction(1.0);
    QCoreApplication::processEvents();
    QCOMPARE(paints.count, 1);
    bar.set_fraction(-1.0);
    QCOMPARE(bar.maximum(), 0);  // how QProgressBar shows that the end is not known
    bar.set_fraction(0.25);
    QCOMPARE(4 * bar.value(), bar.maximum());
  }

  void signs_have_the_colours_of_their_button() {
    QToolButton button;
    set_sign(button, Sign::stop);
    const auto color = [&](QIcon::Mode mode) {
      return button.icon().pixmap(QSize(16, 16), mode).toImage().pixelColor(8, 8);
    };
    for (const QColor& ink : {QColor(Qt::black), QColor(Qt::white)}) {
      QPalette palette;
      palette.setColor(QPalette::Active, QPalette::ButtonText, ink);
      palette.setColor(QPalette::Disabled, QPalette::ButtonText, Qt::red);
      button.setPalette(palette);
      QCOMPARE(color(QIcon::Normal), ink);
      QCOMPARE(color(QIcon::Disabled), QColor(Qt::red));
    }
    const qint64 before = button.icon().cacheKey();
    set_sign(button, Sign::stop);
    QCOMPARE(button.icon().cacheKey(), before);
    set_sign(button, Sign::close);
    QVERIFY(button.icon().cacheKey() != before);
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
