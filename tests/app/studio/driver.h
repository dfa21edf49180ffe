// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QString>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWidget>

#include "app/studio/window/window.h"

namespace dnm::studio_test {

/// An application that knows how long each turn of its event loop took, apart from painting.
class TimedApplication : public QApplication {
 public:
  TimedApplication(int& argc, char** argv);
  bool notify(QObject* receiver, QEvent* event) override;
  void reset_times();
  /// Most work of this thread for a single event that was no painting, in milliseconds of processor time (which other
  /// programs on the machine do not lengthen), and what event it was.
  [[nodiscard]] double longest_event() const { return longest_event_; }
  [[nodiscard]] QString longest_event_name() const { return longest_event_name_; }
  [[nodiscard]] double longest_painting() const { return longest_painting_; }
  /// Milliseconds spent on painting so far.
  [[nodiscard]] double painting() const { return painting_; }

 private:
  int depth_ = 0;
  bool painting_now_ = false;
  double painting_work_ = 0.0;  ///< processor time of all painting so far
  double longest_event_ = 0.0;
  double longest_painting_ = 0.0;
  double painting_ = 0.0;
  QString longest_event_name_;
};

/// Beats every few milliseconds; the longest pause between two beats, less the painting in it, is how long the window
/// did not answer.
class Heartbeat : public QObject {
 public:
  explicit Heartbeat(TimedApplication& application);
  [[nodiscard]] double longest_gap() const { return longest_gap_; }

 private:
  TimedApplication& application_;
  QElapsedTimer since_beat_;
  double painting_before_ = 0.0;
  double longest_gap_ = 0.0;
  QTimer timer_;
};

/// The widget of that objectName and class under `root`; fails the test when there is none.
template <class Kind>
Kind* find(QWidget& root, const char* name) {
  auto* widget = root.findChild<Kind*>(name);
  if (!widget) qFatal("there is no %s named %s", Kind::staticMetaObject.className(), name);
  return widget;
}

/// The picture of that id.
[[nodiscard]] inline ViewPane& pane_of(Window& window, const char* id) {
  return *find<ViewPane>(window, (std::string("pane-") + id).c_str());
}

/// A window without settings of its own, shown.
[[nodiscard]] std::unique_ptr<Window> make_window();
/// The window as if just started: a new one, or the old one with a new session (pictures take a while to come up).
void renew(std::unique_ptr<Window>& window);
/// Waits until all that is shown belongs to the document's present state.
[[nodiscard]] bool wait_until_fresh(Window& window, int milliseconds = 60000);
/// Whether the widget would take Esc for itself, before the window's shortcut of that key.
[[nodiscard]] bool takes_escape(QWidget& widget);
/// The middle of the handle of a slider, in its pixels.
[[nodiscard]] QPoint handle_of(const QSlider& slider);
/// Drags the slider's handle with the mouse through `steps` places from where it is towards `fraction` of its length.
void drag_slider(QSlider& slider, double fraction, int steps, bool release = true);
/// Types into a line edit, as a person would, and ends with Return.
void type(QLineEdit& line, const QString& text);
/// Chooses the entry of that text or data.
void choose(QComboBox& combo, const QString& entry);
/// Presses the button of that objectName in the dialog of that name once it is there.
[[nodiscard]] bool answer(Window& window, const char* dialog, const char* button_text);

/// Sets a small training up by its rows: 784-64-64 on MNIST-like images of `data_folder`.
void set_up_training(Window& window, const QString& data_folder, int epochs);
/// Types into the row of seeds.
void set_seeds(Window& window, const QString& seeds);

/// IDX files of `train` and `test` 28×28 images of ten classes, each class a bright square at its own place.
void write_data_set(const QString& folder, unsigned train, unsigned test);

}  // namespace dnm::studio_test
