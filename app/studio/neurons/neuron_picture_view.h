// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viz/scenes/neuron_scene.h"

namespace dnm {

/// The schematic of one neuron; without one, words that say how to get it.
class NeuronPictureView : public QWidget {
  Q_OBJECT
 public:
  explicit NeuronPictureView(QWidget* parent);

  void show_neuron(NeuronPicture picture);
  /// In place of a picture.
  void show_message(const QString& words);
  /// What is painted in the widget's present size.
  [[nodiscard]] Scene scene() const;
  [[nodiscard]] const NeuronPicture& picture() const { return picture_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  NeuronPicture picture_;
  QString message_;
};

}  // namespace dnm
