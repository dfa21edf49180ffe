// SPDX-License-Identifier: GPL-3.0-or-later
#include "driver.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QMetaEnum>
#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/network/random.h"
#include "core/support/thread_time.h"

namespace dnm::studio_test {

TimedApplication::TimedApplication(int& argc, char** argv) : QApplication(argc, argv) { setStyle("Fusion"); }

bool TimedApplication::notify(QObject* receiver, QEvent* event) {
  const QEvent::Type type = event->type();
  const bool paints = type == QEvent::Paint || type == QEvent::UpdateRequest || type == QEvent::Expose;
  if (painting_now_ || (depth_ > 0 && !paints)) return QApplication::notify(receiver, event);
  QString name = QString("%1 of %2 %3")
                     .arg(static_cast<int>(type))
                     .arg(receiver->metaObject()->className(), receiver->objectName());
  if (const auto* timer = qobject_cast<QTimer*>(receiver)) name += QString("of %1 ms").arg(timer->interval());
  QElapsedTimer clock;
  clock.start();
  const double worked_before = thread_milliseconds() - painting_work_;
  ++depth_;
  painting_now_ = paints;
  const bool result = QApplication::notify(receiver, event);
  painting_now_ = false;
  --depth_;
  const double worked = thread_milliseconds() - painting_work_ - worked_before;
  if (paints) {
    const double took = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
    painting_ += took;
    painting_work_ += worked;
    longest_painting_ = std::max(longest_painting_, took);
  } else if (worked > longest_event_) {
    longest_event_ = worked;
    longest_event_name_ = name;
  }
  return result;
}

void TimedApplication::reset_times() {
  longest_event_ = longest_painting_ = painting_ = 0.0;
  longest_event_name_.clear();
}

Heartbeat::Heartbeat(TimedApplication& application) : application_(application) {
  since_beat_.start();
  painting_before_ = application_.painting();
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(5);
  connect(&timer_, &QTimer::timeout, this, [this] {
    const double painted = application_.painting() - std::exchange(painting_before_, application_.painting());
    const double gap = static_cast<double>(since_beat_.nsecsElapsed()) * 1e-6 - painted;
    longest_gap_ = std::max(longest_gap_, gap);
    since_beat_.restart();
  });
  timer_.start();
}

std::unique_ptr<Window> make_window() {
  auto window = std::make_unique<Window>(WindowOptions{.keep_settings = false, .ask_for_unsaved = false});
  window->resize(1280, 800);  // pictures are painted by software here: smaller ones are quicker
  window->show();
  if (!QTest::qWaitForWindowExposed(window.get())) qFatal("the window did not come up");
  return window;
}

void renew(std::unique_ptr<Window>& window) {
  if (!window) {
    window = make_window();
    return;
  }
  if (window->views().maximised() >= 0) window->views().maximise(-1);
  while (!window->runs().experiments().empty()) window->runs().discard({window->runs().experiments().front().id, {}});
  window->document().reset();
  window->messages().clear();
  choose(*find<QComboBox>(*window, "layer"), "All layers");
}

bool wait_until_fresh(Window& window, int milliseconds) {
  return QTest::qWaitFor([&] { return window.live().is_settled() && window.views().is_current(); }, milliseconds);
}

bool takes_escape(QWidget& widget) {
  QKeyEvent asked(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier);
  asked.ignore();
  QCoreApplication::sendEvent(&widget, &asked);
  return asked.isAccepted();
}

QPoint handle_of(const QSlider& slider) {
  QStyleOptionSlider option;
  option.initFrom(&slider);
  option.orientation = slider.orientation();
  option.minimum = slider.minimum();
  option.maximum = slider.maximum();
  option.sliderPosition = slider.sliderPosition();
  option.sliderValue = slider.value();
  return slider.style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider).center();
}

void drag_slider(QSlider& slider, double fraction, int steps, bool release) {
  const QPoint from = handle_of(slider);
  const QPoint to(static_cast<int>(fraction * slider.width()), from.y());
  QTest::mousePress(&slider, Qt::LeftButton, {}, from);
  for (int step = 1; step <= steps; ++step) {
    const QPoint at = from + (to - from) * step / steps;
    QMouseEvent move(QEvent::MouseMove, at, slider.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&slider, &move);
    QTest::qWait(8);
  }
  if (release) QTest::mouseRelease(&slider, Qt::LeftButton, {}, to);
}

void type(QLineEdit& line, const QString& text) {
  line.setFocus();
  line.selectAll();
  QTest::keyClicks(&line, text);
  QTest::keyClick(&line, Qt::Key_Return);
}

void choose(QComboBox& combo, const QString& entry) {
  int index = combo.findText(entry);
  if (index < 0) index = combo.findData(entry);
  if (index < 0) qFatal("there is no entry %s", qPrintable(entry));
  combo.setCurrentIndex(index);
  Q_EMIT combo.activated(index);
}

bool answer(Window& window, const char* dialog, const char* button_text) {
  QMessageBox* box = nullptr;
  const bool there = QTest::qWaitFor(
      [&] {
        for (QMessageBox* candidate : window.findChildren<QMessageBox*>(dialog))
          if (candidate->isVisible()) box = candidate;  // the one before may not be gone yet
        return box != nullptr;
      },
      5000);
  if (!there) return false;
  for (QAbstractButton* button : box->buttons())
    if (button->text().remove('&') == button_text) {
      QTest::mouseClick(button, Qt::LeftButton);
      return true;
    }
  return false;
}

namespace {

void append_number(QByteArray& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.append(static_cast<char>(number >> shift & 0xFFU));
}

void write_images(const QString& images_path, const QString& labels_path, unsigned count, std::uint64_t seed) {
  Random random(seed);
  QByteArray images;
  QByteArray labels;
  append_number(images, 0x00000803);
  append_number(images, count);
  append_number(images, 28);
  append_number(images, 28);
  append_number(labels, 0x00000801);
  append_number(labels, count);
  for (unsigned image = 0; image < count; ++image) {
    const unsigned label = image % 10;
    labels.append(static_cast<char>(label));
    const unsigned top = 2 + 12 * (label / 5);
    const unsigned left = 1 + 5 * (label % 5);
    for (unsigned y = 0; y < 28; ++y)
      for (unsigned x = 0; x < 28; ++x) {
        const bool inside = y >= top && y < top + 10 && x >= left && x < left + 5;
        images.append(static_cast<char>((inside ? 180 : 0) + random.below(60)));
      }
  }
  for (const auto& [path, bytes] : {std::pair(images_path, images), std::pair(labels_path, labels)}) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("cannot write the data set");
  }
}

}  // namespace

void set_up_training(Window& window, const QString& data_folder, int epochs) {
  auto* more = find<QToolButton>(window, "training-more");
  if (!more->isChecked()) more->click();
  type(*find<QLineEdit>(window, "data-dir-text"), data_folder);
  type(*find<QLineEdit>(window, "hidden-text"), "64,64");
  find<QDoubleSpinBox>(window, "epochs-spin")->setValue(epochs);
}

void set_seeds(Window& window, const QString& seeds) { type(*find<QLineEdit>(window, "seeds-text"), seeds); }

void write_data_set(const QString& folder, unsigned train, unsigned test) {
  write_images(folder + "/train-images-idx3-ubyte", folder + "/train-labels-idx1-ubyte", train, 1);
  write_images(folder + "/t10k-images-idx3-ubyte", folder + "/t10k-labels-idx1-ubyte", test, 2);
}

}  // namespace dnm::studio_test
