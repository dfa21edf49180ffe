// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDesktopServices>
#include <QDoubleSpinBox>
#include <QFile>
#include <QGraphicsOpacityEffect>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>
#include <memory>

#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The messages of the window: one at a time, in one place, and gone with what they tell of.
class TestMessages : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;
  QUrl opened_;

  [[nodiscard]] QStringList messages() const { return window_->messages().messages(); }
  /// Stands in for the desktop's file manager.
  Q_INVOKABLE void note_opened(const QUrl& url) { opened_ = url; }

 private Q_SLOTS:
  void init() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void one_message_at_a_time_and_notices_go() {
    MessageBar& bar = window_->messages();
    bar.clear();
    const QSize pictures = window_->views().size();
    auto* text = find<QLabel>(bar, "message");
    auto* others = find<QToolButton>(bar, "message-others");
    bar.set_notice_time(300);
    bar.show_message(MessageBar::Kind::problem, "the disk is full.");
    bar.show_message(MessageBar::Kind::notice, "Wrote a.csv.", "/tmp/a.csv");
    QCOMPARE(text->text(), "Wrote a.csv.");
    QCOMPARE(others->text(), "+1");
    QVERIFY(bar.isVisible() && window_->rect().contains(QRect(bar.mapTo(window_.get(), QPoint()), bar.size())));
    QCoreApplication::processEvents();
    QCOMPARE(window_->views().size(), pictures);  // it does not push them
    QTRY_COMPARE(text->text(), "The disk is full.");
    QVERIFY(!others->isVisible());
    QTest::qWait(1000);
    QCOMPARE(bar.messages(), QStringList{"The disk is full."});  // a problem stays
    bar.show_message(MessageBar::Kind::problem, "the disk is full.");
    QCOMPARE(bar.messages().size(), 1);  // the same is not said twice at once
    QVERIFY(text->height() < 2 * text->fontMetrics().height());
    // It needs one line, and the value that it tells of may have changed since.
    bar.show_message(MessageBar::Kind::rejection,
                     "Sparsity: \"\" is not a number; give one from 0 to 1. It stays 0.9.");
    QVERIFY(text->text().startsWith("Sparsity") && text->height() < 2 * text->fontMetrics().height());
    QTRY_COMPARE(bar.messages(), QStringList{"The disk is full."});
    QTest::mouseClick(find<QToolButton>(bar, "message-close"), Qt::LeftButton);
    QVERIFY(!bar.isVisible());
    QCOMPARE(bar.history().filter("The disk is full.").size(), 2);
    bar.set_notice_time(10000);
  }

  void a_notice_fades_but_not_under_the_pointer() {
    MessageBar& bar = window_->messages();
    bar.set_notice_time(200);
    bar.show_message(MessageBar::Kind::notice, "Copied.");
    QVERIFY(!bar.is_fading());
    QTRY_VERIFY(bar.is_fading());
    auto* effect = qobject_cast<QGraphicsOpacityEffect*>(bar.graphicsEffect());
    QVERIFY(effect && bar.isVisible());
    QTRY_VERIFY(effect->isEnabled() && effect->opacity() < 0.8);
    // The next one is as clear as any.
    bar.show_message(MessageBar::Kind::notice, "Copied again.");
    QVERIFY(!bar.is_fading() && !effect->isEnabled());
    QTRY_VERIFY(!bar.isVisible());
    QVERIFY(bar.messages().isEmpty());
    bar.set_notice_time(10000);
  }

  void a_long_notice_is_one_line_with_all_of_it_in_its_tool_tip() {
    MessageBar& bar = window_->messages();
    auto* text = find<QLabel>(bar, "message");
    const QString path =
        QStringLiteral("Wrote /home/somebody/") + QString("a-long-folder/").repeated(20) + "figure.svg.";
    bar.show_message(MessageBar::Kind::notice, path, "/tmp/figure.svg");
    QCoreApplication::processEvents();
    QVERIFY(text->height() < 2 * text->fontMetrics().height());
    QVERIFY(text->text().startsWith("Wrote /home") && text->text().endsWith("figure.svg."));
    QVERIFY(text->text() != path && text->toolTip() == path);
    QVERIFY(window_->rect().contains(QRect(bar.mapTo(window_.get(), QPoint()), bar.size())));
    QCOMPARE(bar.messages().front(), path);
    bar.show_message(MessageBar::Kind::problem, path);  // why something failed is never shortened
    QCOMPARE(text->text(), path);
    bar.show_message(MessageBar::Kind::notice, "Copied.");
    QVERIFY(text->text() == "Copied." && text->toolTip().isEmpty());
  }

  /// By another number, by the same one, and by a slider; a number that is wrong again takes its place.
  void what_was_rejected_is_no_longer_said_once_it_is_put_right() {
    const auto typed = [this](const char* field, const QString& text) {
      type(*find<QWidget>(*window_, field)->findChild<QLineEdit*>(), text);
    };
    typed("sparsity-spin", "1.5");
    QCOMPARE(messages().size(), 1);
    typed("sparsity-spin", "2.5");
    QVERIFY(messages().size() == 1 && messages().front().contains("2.5"));
    typed("sparsity-spin", "0.8");
    QCOMPARE(messages(), QStringList());

    typed("sparsity-spin", "1.5");
    typed("seed-spin", "7");  // another row puts nothing right
    QCOMPARE(messages().size(), 1);
    typed("sparsity-spin", "0.8");  // the value that it has
    QCOMPARE(messages(), QStringList());

    typed("dendrites-mean-spin", "x");
    QCOMPARE(messages().size(), 1);
    drag_slider(*find<QSlider>(*window_, "dendrites-mean-slider"), 0.8, 4);
    QCOMPARE(messages(), QStringList());

    // What the model itself does not take: no link would be left of 400.
    type(*find<QLineEdit>(*window_, "layers-text"), "20,20");
    typed("sparsity-spin", "0.9999");
    QCOMPARE(messages().size(), 1);
    QVERIFY(QTest::qWaitFor([this] { return window_->live().is_settled(); }, 20000));
    QCOMPARE(messages().size(), 1);  // not taken back by the Return that brought it
    typed("sparsity-spin", "0.95");
    QCOMPARE(messages(), QStringList());

    type(*find<QLineEdit>(*window_, "hidden-text"), "64,x");
    QCOMPARE(messages().size(), 1);
    type(*find<QLineEdit>(*window_, "hidden-text"), "64,64");
    QCOMPARE(messages(), QStringList());
    QVERIFY(window_->messages().history().size() > 5);
  }

  void the_hint_of_a_field_fits_it() {
    window_->training().set_runs_folder("/home/somebody/.local/share/dnm-studio/a-long-name/runs");
    auto* more = find<QToolButton>(*window_, "training-more");
    if (!more->isChecked()) more->click();
    window_->document().undo();
    type(*find<QLineEdit>(*window_, "layers-text"), "20,30");
    auto* line = find<QLineEdit>(*window_, "run-dir-text");
    QVERIFY(!line->placeholderText().isEmpty() && line->toolTip().contains("a-long-name/runs"));
    const int room = line->width() - 8, needed = line->fontMetrics().horizontalAdvance(line->placeholderText());
    QVERIFY2(needed < room, qPrintable(QStringLiteral("%1 of %2").arg(needed).arg(room)));
    window_->training().set_runs_folder({});
    more->click();
  }

  void the_folder_of_what_was_written_can_be_opened() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("figure.svg");
    QDesktopServices::setUrlHandler("file", this, "note_opened");
    window_->messages().clear();
    window_->files().export_figure({path, {"89mm"}, "layers"});
    QTRY_VERIFY_WITH_TIMEOUT(!messages().filter("Wrote").isEmpty(), 60000);
    QTest::mouseClick(find<QToolButton>(window_->messages(), "message-folder"), Qt::LeftButton);
    QCOMPARE(opened_.toLocalFile(), folder.path());
    QDesktopServices::unsetUrlHandler("file");
    window_->messages().show_message(MessageBar::Kind::notice, "Copied.");
    QVERIFY(!find<QToolButton>(window_->messages(), "message-folder")->isVisible());
  }

  void a_failure_is_said_in_one_place() {
    window_->messages().clear();
    type(*find<QLineEdit>(*window_, "layers-text"), "1000000000,1000000000");
    QTRY_VERIFY_WITH_TIMEOUT(!messages().isEmpty(), 20000);
    const QString problem = messages().front();
    const QString part = problem.mid(problem.size() / 3, 30);
    int places = 0;
    for (const QLabel* label : window_->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(part)) ++places;
    QCOMPARE(places, 1);
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(messages(), QStringList());  // there is a network again
  }

  void several_figures_wait_for_fresh_values() {
    const QTemporaryDir folder;
    find<QDoubleSpinBox>(*window_, "measure-draws-spin")->setValue(60);
    QTRY_VERIFY(!window_->live().is_settled());
    for (const char* name : {"a.svg", "b.png", "a.svg"}) {
      window_->files().export_figure({folder.filePath(name), {"89mm"}, "layers"});
      QVERIFY(!window_->files().waits_for().isEmpty());
    }
    QTRY_COMPARE_WITH_TIMEOUT(window_->messages().history().filter(folder.path()).size(), 2, 60000);
    QVERIFY(QFile::exists(folder.filePath("a.svg")) && QFile::exists(folder.filePath("b.png")));
    window_->document().undo();
  }
};

DNM_TEST(TestMessages, TimedApplication)
#include "test_messages.moc"
