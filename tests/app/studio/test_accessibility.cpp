// SPDX-License-Identifier: GPL-3.0-or-later
// What those hear and reach who do not see the window or do not use a mouse.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDockWidget>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QSet>
#include <QTest>
#include <QToolButton>

#include "core/measures/measure.h"
#include "tests/app/studio/driver.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

bool is_used(const QWidget& widget) {
  return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
         qobject_cast<const QAbstractSpinBox*>(&widget) || qobject_cast<const QLineEdit*>(&widget) ||
         qobject_cast<const QAbstractSlider*>(&widget) || qobject_cast<const QAbstractItemView*>(&widget);
}

/// Parts of a widget that Qt makes itself: the line of a spin box, the list of a combo box, scroll bars.
bool is_part_of_another(const QWidget& widget) {
  if (widget.objectName().startsWith("qt_") || widget.objectName() == "ScrollLeftButton") return true;
  for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
    if (qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent)) return true;
    if (parent->inherits("QAbstractScrollArea") && widget.inherits("QScrollBar")) return true;
  }
  return false;
}

QString description_of(const QWidget& widget) {
  QString path = QString::fromLatin1(widget.metaObject()->className()) + " \"" + widget.objectName() + "\"";
  for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
    if (!parent->objectName().isEmpty()) return path + " in \"" + parent->objectName() + "\"";
  }
  return path;
}

}  // namespace

class TestAccessibility : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

 private Q_SLOTS:
  void init() { renew(window_); }
  void cleanupTestCase() { window_.reset(); }

  void every_widget_has_a_name() {
    for (auto* dock : window_->findChildren<QDockWidget*>()) dock->show();
    QStringList nameless, unexplained;
    for (const QWidget* widget : window_->findChildren<QWidget*>()) {
      if (!is_used(*widget) || is_part_of_another(*widget)) continue;
      const QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
      if (!heard || heard->text(QAccessible::Name).trimmed().isEmpty()) nameless << description_of(*widget);
      const auto* button = qobject_cast<const QToolButton*>(widget);
      const bool is_icon = button && (button->text().isEmpty() || button->toolButtonStyle() == Qt::ToolButtonIconOnly);
      if (is_icon && !button->icon().isNull() && button->toolTip().isEmpty()) unexplained << description_of(*widget);
    }
    QVERIFY2(nameless.isEmpty(), qPrintable("without a name: " + nameless.join("; ")));
    QVERIFY2(unexplained.isEmpty(), qPrintable("icons without a tool tip: " + unexplained.join("; ")));
  }

  void the_tab_key_reaches_every_widget() {
    QSet<const QWidget*> wanted;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
      const bool takes_tab = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy();
      if (takes_tab && widget->window() == window_.get() && widget->isVisible() && widget->isEnabled() &&
          is_used(*widget) && !is_part_of_another(*widget)) {
        wanted << widget;
      }
    }
    QVERIFY(wanted.size() > 20);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    for (qsizetype step = 0; step < 3 * wanted.size() && !wanted.isEmpty(); ++step) {
      QWidget* focused = QApplication::focusWidget();
      QTest::keyClick(focused ? focused : window_.get(), Qt::Key_Tab);
      for (const QWidget* at = QApplication::focusWidget(); at; at = at->parentWidget()) wanted.remove(at);
    }
    QStringList missed;
    for (const QWidget* widget : wanted) missed << description_of(*widget);
    QVERIFY2(missed.isEmpty(), qPrintable("not reached: " + missed.join("; ")));
  }

  /// Through AT-SPI, as Orca reads it, from the program itself; the values are those of the command line.
  void a_screen_reader_hears_the_measures() {
    const QString folder = dnm::test::program_folder();
    QProcess measure;
    measure.start(folder + "/dnm", {"measure", "--json"});
    QVERIFY(measure.waitForFinished(120000));
    const QJsonObject measured = QJsonDocument::fromJson(measure.readAllStandardOutput()).object();
    QStringList expected;
    QString last;
    for (const Measure& row : measure_table()) {
      const QJsonObject values = measured[QString::fromUtf8(row.id.data(), qsizetype(row.id.size()))].toObject();
      Measurement value;
      value.value = values["value"].toDouble();
      if (values.contains("se")) value.standard_error = values["se"].toDouble();
      expected << QString::fromStdString(std::string(row.label) + ": " + format_measurement(value) + ", fresh");
      if (row.id == consistency_measure) last = expected.back();
    }
    QProcess reader;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");
    environment.insert("HOME", window_folder_.path());
    reader.setProcessEnvironment(environment);
    reader.start("dbus-run-session",
                 {"--", "python3", QString(dnm::test::source_folder()) + "/tests/app/studio/read_accessibility_tree.py",
                  last, folder + "/dnm-studio"});
    QVERIFY(reader.waitForFinished(180000));
    const QString tree = QString::fromUtf8(reader.readAllStandardOutput());
    QVERIFY2(!tree.trimmed().isEmpty(), reader.readAllStandardError().constData());
    for (const QString& words : expected) QVERIFY2(tree.contains(words), qPrintable(words + " is not in\n" + tree));
  }

 private:
  QTemporaryDir window_folder_;
};

DNM_TEST(TestAccessibility, TimedApplication)
#include "test_accessibility.moc"
