// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/window/window.h"

namespace dnm::studio_test {

/// Looks whether each picture, number, caption and export is of the network that the document asks for, or says that it
/// is not, once nothing is under way. That network is drawn and measured here, not taken from what is looked at.
class RestCheck {
 public:
  /// Exports go to `folder`.
  RestCheck(Window& window, QString folder) : window_(window), folder_(std::move(folder)) {}

  /// Nothing is under way: the status line says that all is of the newest request, or that it was cancelled, or that
  /// there is no network.
  [[nodiscard]] bool rests() const;
  /// Whether there is nothing that was cancelled or has failed.
  [[nodiscard]] bool is_complete() const;
  /// What of the window is of another network; empty: nothing.
  [[nodiscard]] QString look();
  /// Exports a figure and a network, and gives what of them is of another network. `redraw`: draws the figure again by
  /// the command line that it carries, and measures by the one that can be copied, with the real program. Call while
  /// is_complete().
  [[nodiscard]] QString look_at_exports(bool redraw);

 private:
  /// What the document asks for; null if there is no such network.
  [[nodiscard]] NetworkPointer wanted_network();
  [[nodiscard]] QString look_at_pictures();
  [[nodiscard]] QString look_at_captions();
  [[nodiscard]] QString look_at_measures();
  [[nodiscard]] QString look_at_figure(const QString& path, bool redraw);
  [[nodiscard]] QString look_at_command();
  /// What a command line that begins so says; the problem is empty if it ends well.
  struct Said {
    QByteArray output;
    QString problem;
  };
  [[nodiscard]] Said run_command(const QString& command, const QString& begin) const;
  /// The text of each measure of the wanted network; nothing where measuring it here would take too long.
  [[nodiscard]] const std::vector<std::optional<std::string>>& measured();

  Window& window_;
  QString folder_;
  NetworkPointer wanted_;
  std::optional<ModelParameters> drawn_from_;
  // Of the last measured().
  NetworkPointer measured_network_;
  std::optional<std::size_t> measured_layer_;
  MeasureSettings measured_settings_;
  std::vector<std::optional<std::string>> measured_;
};

}  // namespace dnm::studio_test
