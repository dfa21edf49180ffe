// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <atomic>
#include <cstddef>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/workspace/pins/network_table.h"
#include "app/workspace/pins/pin_edits.h"
#include "app/workspace/pins/pin_measurer.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

/// The pins of the document and what is known of them: each change of them is one undo step; what is missing is
/// computed in the background while somebody looks at it, and taken from the live pipeline where that has it.
class PinBoard : public QObject {
  Q_OBJECT
 public:
  PinBoard(Document& document, LiveBridge& live, QObject* parent = nullptr);

  [[nodiscard]] const Pins& pins() const { return document_.state().pins; }
  /// Of the pin at this place.
  [[nodiscard]] const LiveSnapshot& known(std::size_t place) const;
  /// Whether the pin is the working network.
  [[nodiscard]] bool is_working(std::size_t place) const;
  [[nodiscard]] NetworkTable table() const;
  [[nodiscard]] const NetworkScene& scene() const;

  /// Pins what is on screen, or the random network of the same layers and links.
  void pin();
  void pin_random();
  void rename(std::size_t place, const QString& name);
  void remove(std::size_t place);
  void move(std::size_t from, std::size_t to);
  void set_reference(std::size_t place);
  void set_picture(const std::string& id);

  /// Whether somebody looks: else nothing is computed.
  void set_watched(bool watched);
  /// Stops what is being computed, if anything is, until resume(), which tries again what has failed too.
  void cancel();
  void resume();
  /// Whether the results of the document may still change.
  [[nodiscard]] bool is_busy() const { return measurer_.is_busy() || pending_; }
  [[nodiscard]] bool is_cancelled() const { return is_cancelled_; }

 Q_SIGNALS:
  /// The list, its order, names, the reference or the picture.
  void pins_changed();
  /// known() of some.
  void results_changed();
  /// A network was pinned, or was already: it is at this place.
  void pinned(std::size_t place);
  void rejected(const QString& text);

 private:
  void add(Pin pin, const QString& what);
  void edit(const QString& what, Pins pins);
  void follow_document();
  void want();
  void take();
  /// The working network, without a name.
  [[nodiscard]] Pin working() const { return {{}, document_.state().parameters, as_pinned(document_.state().shown)}; }

  Document& document_;
  LiveBridge& live_;
  Pins shown_pins_;
  bool is_watched_ = false;
  bool is_cancelled_ = false;
  std::atomic<bool> pending_ = false;
  PinMeasurer measurer_;  // last, because its thread calls back until it is destroyed
};

}  // namespace dnm
