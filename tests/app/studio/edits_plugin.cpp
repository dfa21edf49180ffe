// SPDX-License-Identifier: GPL-3.0-or-later
// A plugin that Qt loads into the real dnm-studio (QT_QPA_GENERIC_PLUGINS=dnm-edits:WHAT) and that works its widgets
// from inside, so that a test can kill the program while somebody uses it. What it did is in the file DNM_EDITS_LOG, a
// line each, written at once. WHAT:
//   edit   changes seed and sparsity and undoes, until killed: "MILLISECONDS SEED SPARSITY", as the widgets show them
//   train  trains on the data in the folder DNM_EDITS_DATA with the run folder DNM_EDITS_RUNS, until killed
//   open   opens the unsaved work it is offered ("opened SEED SPARSITY", or "nothing"), then closes without saving
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QDoubleSpinBox>
#include <QFile>
#include <QGenericPlugin>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QRandomGenerator>
#include <QTimer>
#include <functional>

namespace {

constexpr int longest_pause = 200;
constexpr int patience = 20000;

template <class Kind>
Kind* find(const char* name) {
  for (QWidget* window : QApplication::topLevelWidgets()) {
    if (auto* itself = qobject_cast<Kind*>(window); itself && itself->objectName() == name) return itself;
    if (auto* child = window->findChild<Kind*>(name)) return child;
  }
  return nullptr;
}

void log(const QString& line) {
  QFile file(qEnvironmentVariable("DNM_EDITS_LOG"));
  if (!file.open(QIODevice::WriteOnly | QIODevice::Append)) qFatal("cannot write the log");
  file.write(line.toUtf8() + "\n");
}

QString shown() {
  return find<QDoubleSpinBox>("seed-spin")->text() + " " + find<QDoubleSpinBox>("sparsity-spin")->text();
}

void press(QAbstractButton* button) {
  if (button) button->click();
}

void answer(const char* question, const char* text) {
  auto* box = find<QMessageBox>(question);
  if (!box || !box->isVisible()) return;
  for (QAbstractButton* button : box->buttons())
    if (button->text().remove('&') == text) button->click();
}

void type(const char* name, const QString& text) {
  auto* line = find<QLineEdit>(name);
  if (!line) qFatal("there is no %s", name);
  line->setText(text);
  QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, "\r");
  QApplication::sendEvent(line, &press);
}

/// Calls `act` again and again, until it gives true.
void repeat(int milliseconds, const std::function<bool()>& act) {
  QTimer::singleShot(milliseconds, qApp, [milliseconds, act] {
    if (!act()) repeat(milliseconds, act);
  });
}

bool is_up() {
  auto* window = find<QWidget>("dnm-studio");
  return window && window->isVisible();
}

void edit() {
  static int edits = 0;
  auto* random = QRandomGenerator::global();
  if (edits > 2 && random->bounded(6) == 0) {
    if (auto* undo = find<QWidget>("dnm-studio")->findChild<QAction*>("edit-undo")) undo->trigger();
  } else if (random->bounded(2) == 0) {
    find<QDoubleSpinBox>("seed-spin")->setValue(1000 + edits);
  } else {
    find<QDoubleSpinBox>("sparsity-spin")->setValue(0.5 + 0.0001 * edits);
  }
  ++edits;
  log(QString::number(QDateTime::currentMSecsSinceEpoch()) + " " + shown());
  QTimer::singleShot(random->bounded(longest_pause), qApp, edit);
}

void train() {
  press(find<QAbstractButton>("training-more"));
  type("data-dir-text", qEnvironmentVariable("DNM_EDITS_DATA"));
  type("run-dir-text", qEnvironmentVariable("DNM_EDITS_RUNS"));
  type("hidden-text", "64,64");
  find<QDoubleSpinBox>("epochs-spin")->setValue(100000);
  press(find<QAbstractButton>("training-start"));
  repeat(50, [] {
    answer("resize-question", "Resize and train");
    return false;
  });
}

void close_without_saving() {
  repeat(50, [] {
    if (auto* window = find<QWidget>("dnm-studio")) window->close();
    answer("unsaved-question", "Discard");
    return false;
  });
}

void open() {
  const qint64 start = QDateTime::currentMSecsSinceEpoch();
  repeat(50, [start] {
    if (auto* button = find<QAbstractButton>("recovery-open"); button && button->isVisible()) {
      button->click();
      repeat(50, [] {
        if (find<QWidget>("recovery-dialog") || !find<QWidget>("dnm-studio")->isWindowModified()) return false;
        log("opened " + shown());
        close_without_saving();
        return true;
      });
      return true;
    }
    if (QDateTime::currentMSecsSinceEpoch() - start < patience) return false;
    log("nothing");
    close_without_saving();
    return true;
  });
}

}  // namespace

class EditsPlugin : public QGenericPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "edits_plugin.json")

 public:
  QObject* create(const QString& /*key*/, const QString& what) override {
    QTimer::singleShot(0, qApp, [what] {
      repeat(50, [what] {
        if (!is_up()) return false;
        what == "edit" ? edit() : what == "train" ? train() : open();
        return true;
      });
    });
    return new QObject(this);
  }
};

#include "edits_plugin.moc"
