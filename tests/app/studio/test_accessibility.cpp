// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QButtonGroup>
#include <QComboBox>
#include <QDockWidget>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSet>
#include <QSlider>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>

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
         qobject_cast<const QAbstractSlider*>(&widget) || qobject_cast<const QAbstractItemView*>(&widget) ||
         qobject_cast<const NetworkView*>(&widget) || qobject_cast<const QTabBar*>(&widget);
}

/// Parts of a widget that Qt makes itself: the line of a spin box, the list of a combo box, scroll bars, buttons in the
/// title of a dock.
bool is_part_of_another(const QWidget& widget) {
  if (widget.objectName().startsWith("qt_") || widget.inherits("QScrollBar") || widget.inherits("QHeaderView") ||
      widget.inherits("QMenuBarExtension") || widget.inherits("QTableCornerButton") ||
      qobject_cast<const QTabBar*>(widget.parentWidget()))
    return true;
  for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget())
    if (qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent) ||
        qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QAbstractItemView*>(parent))
      return true;
  return false;
}

/// What the Tab key leaves out as elsewhere: of buttons of which one is down the others, which the arrow keys reach,
/// and the bar of tabs of a single panel, which is not shown.
bool is_left_out(const QWidget& widget) {
  if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) return tabs->count() < 2;
  const auto* button = qobject_cast<const QAbstractButton*>(&widget);
  return button && button->group() && button->group()->exclusive() && !button->isChecked();
}

/// Of the widget or, as Qt shows it, of what it lies in.
bool has_tool_tip(const QWidget& widget) {
  for (const QWidget* at = &widget; at && !at->isWindow(); at = at->parentWidget())
    if (!at->toolTip().isEmpty()) return true;
  return false;
}

/// Its text says what it does.
bool speaks_for_itself(const QWidget& widget) {
  const auto* button = qobject_cast<const QAbstractButton*>(&widget);
  return button && button->text().size() > 1 &&
         std::ranges::any_of(button->text(), [](QChar letter) { return letter.isLetter(); });
}

QString description_of(const QWidget& widget) {
  QString path = QString::fromLatin1(widget.metaObject()->className()) + " \"" + widget.objectName() + "\"";
  for (const QWidget* parent = widget.parentWidget(); parent; parent = parent->parentWidget())
    if (!parent->objectName().isEmpty()) return path + " in \"" + parent->objectName() + "\"";
  return path;
}

}  // namespace

/// What those hear and reach who do not see the window or do not use a mouse.
class TestAccessibility : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] QDockWidget& dock(const char* name) { return *find<QDockWidget>(*window_, name); }
  [[nodiscard]] bool is_in(const QWidget& widget, const char* name) { return dock(name).isAncestorOf(&widget); }
  /// What the Tab key goes through from the first row of the Model panel on, until it is there again.
  [[nodiscard]] QList<QWidget*> way_of_tab(Qt::Key key = Qt::Key_Tab) {
    auto* first = find<QComboBox>(*window_, "preset");
    first->setFocus();
    QList<QWidget*> way{first};
    while (way.size() < 500) {
      QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window_.get(), key);
      QWidget* now = QApplication::focusWidget();
      if (!now || way.contains(now)) break;
      way << now;
    }
    return way;
  }
  /// The middle of a widget in the window.
  [[nodiscard]] QPoint place(const QWidget& widget) { return widget.mapTo(window_.get(), widget.rect().center()); }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->reset_layout();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void every_widget_has_a_name_and_a_tool_tip() {
    for (auto* panel : window_->findChildren<QDockWidget*>()) panel->show();
    QCoreApplication::processEvents();
    QStringList nameless, unexplained;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
      const auto* tabs = qobject_cast<const QTabBar*>(widget);
      if (!is_used(*widget) || is_part_of_another(*widget) || (tabs && tabs->count() < 2)) continue;
      const QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(widget);
      if (!heard || heard->text(QAccessible::Name).trimmed().isEmpty()) nameless << description_of(*widget);
      const bool is_seen = qobject_cast<const NetworkView*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
                           speaks_for_itself(*widget);
      if (!is_seen && !has_tool_tip(*widget)) unexplained << description_of(*widget);
    }
    QVERIFY2(nameless.isEmpty(), qPrintable("without a name: " + nameless.join("; ")));
    QVERIFY2(unexplained.isEmpty(), qPrintable("without a tool tip: " + unexplained.join("; ")));
  }

  void the_tab_key_reaches_every_widget() {
    find<QToolButton>(*window_, "training-more")->setChecked(true);
    find<QToolButton>(*window_, "Q-settings-open")->setChecked(true);
    QCoreApplication::processEvents();
    QSet<QWidget*> wanted;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
      const bool takes_tab = (widget->focusPolicy() & Qt::TabFocus) != 0 && !is_left_out(*widget);
      if (takes_tab && widget->window() == window_.get() && widget->isVisible() && widget->isEnabled() &&
          is_used(*widget) && !is_part_of_another(*widget))
        wanted << widget;
    }
    QVERIFY(wanted.size() > 40);
    for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab}) {
      const QList<QWidget*> way = way_of_tab(key);
      QStringList missed;
      for (const QWidget* widget : wanted - QSet<QWidget*>(way.begin(), way.end())) missed << description_of(*widget);
      QVERIFY2(missed.isEmpty(), qPrintable("not reached: " + missed.join("; ")));
    }
    find<QToolButton>(*window_, "training-more")->setChecked(false);
    find<QToolButton>(*window_, "Q-settings-open")->setChecked(false);
  }

  void the_order_is_that_of_the_window() {
    const QList<QWidget*> way = way_of_tab();
    // Panel after panel.
    QList<int> parts;
    for (const QWidget* widget : way) {
      const int part = is_in(*widget, "model")                          ? 0
                       : window_->centralWidget()->isAncestorOf(widget) ? 1
                       : is_in(*widget, "measures")                     ? 2
                       : is_in(*widget, "training")                     ? 3
                                                                        : 4;
      if (parts.isEmpty() || parts.back() != part) parts << part;
    }
    QCOMPARE(parts, (QList<int>{0, 1, 2, 3, 4}));
    // In panels of one column from top to bottom, and from left to right where two are side by side.
    for (const char* name : {"model", "measures"}) {
      const QWidget* before = nullptr;
      for (const QWidget* widget : way) {
        if (!is_in(*widget, name)) continue;
        if (before) {
          const QPoint from = place(*before), to = place(*widget);
          const bool is_beside = std::abs(to.y() - from.y()) < std::max(before->height(), widget->height());
          QVERIFY2(is_beside ? to.x() > from.x() || to.y() > from.y() : to.y() > from.y(),
                   qPrintable(description_of(*widget) + " comes after " + description_of(*before)));
        }
        before = widget;
      }
    }
    // Settings, then what follows from them, then the runs.
    const auto at = [&](const char* widget) { return way.indexOf(find<QWidget>(*window_, widget)); };
    QVERIFY(at("epochs-spin") < at("training-more") && at("training-more") < at("training-start"));
    QVERIFY(at("training-start") < at("chart-canvas") && at("chart-canvas") < at("runs"));
    QVERIFY(at("seed-spin") < at("seed-dice") && at("seed-dice") < at("layer") && at("layer") < at("sparsity-spin"));
    QCOMPARE(at("sparsity-slider"), at("sparsity-spin") + 1);
  }

  void what_comes_later_keeps_the_order() {
    choose(*find<QComboBox>(*window_, "layer"), "Layer 2 alone (196 → 196)");
    find<QAbstractSpinBox>(*window_, "sparsity-spin")->setFocus();
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.8);
    choose(*find<QComboBox>(*window_, "layer"), "All layers");
    auto* remove = find<QToolButton>(*window_, "sparsity-exception-2-remove");
    QTRY_VERIFY(remove->isVisible());
    const QList<QWidget*> way = way_of_tab();
    QCOMPARE(way.indexOf(remove), way.indexOf(find<QWidget>(*window_, "sparsity-slider")) + 1);
    window_->document().undo();
  }

  /// Nobody would see where the focus is.
  void panels_behind_others_are_left_out_and_their_tabs_are_not() {
    for (const char* name : {"neurons", "sweep"}) dock(name).show();
    dock("training").raise();
    QTRY_VERIFY(!find<QWidget>(*window_, "training-start")->visibleRegion().isEmpty());
    QCoreApplication::processEvents();
    for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab}) {
      const QList<QWidget*> way = way_of_tab(key);
      QVERIFY(way.contains(find<QWidget>(*window_, "training-start")));
      for (const QWidget* widget : way)
        QVERIFY2(!is_in(*widget, "neurons") && !is_in(*widget, "sweep"), qPrintable(description_of(*widget)));
      const auto tabs = std::ranges::find_if(way, [](QWidget* one) { return qobject_cast<QTabBar*>(one) != nullptr; });
      QVERIFY(tabs != way.end());
      (*tabs)->setFocus();
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QTRY_VERIFY(!find<QWidget>(*window_, "neurons-find")->visibleRegion().isEmpty());
    QVERIFY(way_of_tab().contains(find<QWidget>(*window_, "neurons-find")));
  }

  /// Through AT-SPI, as Orca reads it, from the program itself; the values are those of the command line.
  void a_screen_reader_hears_the_measures() {
    const QString folder = dnm::test::program_folder();
    QProcess measure;
    measure.start(folder + "/dnm", {"measure", "--preset", "poster-c", "--json"});  // what the window opens with
    QVERIFY(measure.waitForFinished(120000));
    const QJsonObject measured = QJsonDocument::fromJson(measure.readAllStandardOutput()).object();
    QStringList expected;
    for (const Measure& row : measure_table()) {
      const QJsonObject values = measured[QString::fromUtf8(row.id.data(), qsizetype(row.id.size()))].toObject();
      Measurement value;
      value.value = values["value"].toDouble();
      if (values.contains("se")) value.standard_error = values["se"].toDouble();
      QString words = QString::fromStdString(std::string(row.label) + " " + std::string(row.symbol)).remove('_');
      expected << "\t" + words + ", " + QString::fromStdString(format_measurement(value)) + "\t";
    }

    const QTemporaryDir home;  // neither settings nor runs of the user
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
      environment.insert(name, home.path());
    environment.insert("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");  // as where a screen reader runs
    environment.remove("AT_SPI_BUS_ADDRESS");
    QProcess reader;
    reader.setProcessEnvironment(environment);
    reader.start("dbus-run-session",
                 QStringList{"--", folder + "/read_accessible_tree", folder + "/dnm-studio"} + expected);
    QVERIFY2(reader.waitForStarted(), "there is no dbus-run-session; install dbus-daemon");
    QVERIFY(reader.waitForFinished(240000));
    constexpr int no_bus = 2;
    const QString why = QString::fromUtf8(reader.readAllStandardError()).trimmed();
    if (reader.exitCode() == no_bus) QSKIP(qPrintable("No screen reader can be tried: " + why));
    const QString tree = QString::fromUtf8(reader.readAllStandardOutput());
    QVERIFY2(!tree.trimmed().isEmpty(), qPrintable(why));
    for (const QString& words : expected) QVERIFY2(tree.contains(words), qPrintable(words + " is not in\n" + tree));
    // The rest of the window is there as well, by what it is and what it is called.
    for (const char* line :
         {"label\tPreset\t", "slider\tSparsity slider\t", "spin box\tSparsity\tShare of the possible"})
      QVERIFY2(tree.contains(line), qPrintable(QString(line) + " is not in\n" + tree));
    // Nobody wants to hear tags.
    for (const QString& line : tree.split('\n'))
      QVERIFY2(!line.contains("<p>") && !line.contains("</b>"), qPrintable(line));
  }
};

DNM_TEST(TestAccessibility, TimedApplication)
#include "test_accessibility.moc"
