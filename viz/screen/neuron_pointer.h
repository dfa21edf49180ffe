// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMouseEvent>
#include <QObject>
#include <QPointF>
#include <QString>
#include <QTimer>
#include <optional>
#include <vector>

#include "viz/screen/mark_layer.h"

namespace dnm {

/// What a click or a rubber band does with the neurons that it meets: they become the selection, change sides (all
/// together), or join it.
enum class PickMode { replace, toggle, add };
struct Pick {
  NetworkPointer network{};
  std::vector<NodeIndex> nodes{};  ///< none: beside all neurons
  PickMode mode = PickMode::replace;
};

/// The pointer on a picture, in terms of its neurons: where it rests, what it clicks (Ctrl: changes sides, Shift:
/// joins), and rubber bands (Shift and drag; with Ctrl they join). One for every picture.
class NeuronPointer : public QObject {
  Q_OBJECT
 public:
  NeuronPointer(QWidget& picture, MarkLayer& marks);

  /// Of the left button. The picture asks is_band() before it takes a movement for its own.
  void press(const QMouseEvent& event);
  void move(const QMouseEvent& event);
  void release(const QMouseEvent& event);
  /// A second press follows: the click before it was none.
  void double_click();
  void leave();
  /// What lies under the pointer may be another thing now.
  void look_again();
  /// What is dragged since the press is a rubber band.
  [[nodiscard]] bool is_band() const { return band_from_.has_value(); }
  /// The button is down and has not moved far enough to be more than a click.
  [[nodiscard]] bool is_click() const { return pressed_at_.has_value(); }

 Q_SIGNALS:
  /// Words for what is under the pointer; empty for nothing.
  void hovered(const QString& text);
  /// The neurons under the pointer, which rests; none for nothing.
  void pointed_at(const NetworkPointer& network, const std::vector<NodeIndex>& nodes);
  void picked(const Pick& pick);
  /// The last picked() was the first half of a double-click.
  void pick_revoked();

 private:
  void look();
  void hover_at(QPointF position);

  QWidget& picture_;
  MarkLayer& marks_;
  QTimer rest_;
  QPointF position_{-1.0, -1.0};
  bool has_moved_ = false;  // since what is under the pointer was looked for
  QString words_;
  NetworkPointer network_;  ///< that `nodes_` are of
  std::vector<NodeIndex> nodes_;
  std::optional<QPointF> pressed_at_;
  std::optional<QPointF> band_from_;
};

}  // namespace dnm
