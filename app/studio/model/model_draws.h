// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "app/studio/document/live_bridge.h"
#include "app/studio/widgets/background.h"
#include "app/workspace/drawn_histogram.h"

namespace dnm {

/// The histograms of what the model drew for the network on screen. They follow it, made on a thread of their own from
/// the parameters that the network was drawn from; while one is made, further changes wait, and the newest is next.
class ModelDraws : public QObject {
  Q_OBJECT
 public:
  explicit ModelDraws(LiveBridge& live, QObject* parent);

  /// The layer (from 0) whose draws are wanted; nothing: those of all layers.
  void set_layer(std::optional<std::size_t> layer);
  /// Of a parameter; nothing for those that draw nothing, and while no network of the model is on screen.
  [[nodiscard]] std::optional<DrawnHistogram> histogram(std::string_view parameter) const;

 Q_SIGNALS:
  void changed();

 private:
  using Histograms = std::map<std::string, DrawnHistogram, std::less<>>;
  struct Wanted {
    ModelParameters parameters;
    std::optional<std::size_t> layer;
    bool operator==(const Wanted&) const = default;
  };
  void follow();
  void make();
  void show(Histograms made);

  LiveBridge& live_;
  std::optional<std::size_t> layer_;
  std::optional<Wanted> wanted_;  ///< what belongs to the network on screen
  std::optional<Wanted> made_;    ///< what was made last, or is being made
  Histograms histograms_;
  Background background_;
};

}  // namespace dnm
