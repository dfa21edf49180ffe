// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/neurons/neuron_picture_view.h"

#include <QFontInfo>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/text.h"
#include "viz/paper/paper_painter.h"
#include "viz/scenes/scenes.h"
#include "viz/screen/page_size.h"

namespace dnm {

NeuronPictureView::NeuronPictureView(QWidget* parent) : QWidget(parent) {
  setObjectName("neuron-picture");
  setAccessibleName(tr("Dendrites of the selected neuron"));
  setToolTip(tr("Dendrites, receptive window, blocks and synapses of the selected neuron"));
  setMinimumSize(180, 120);
}

void NeuronPictureView::show_neuron(NeuronPicture picture) {
  picture_ = std::move(picture);
  message_.clear();
  QString words;
  const Scene shown = scene();
  for (const SceneItem& item : shown.items) {
    if (const auto* text = std::get_if<Text>(&item)) words += to_qt(text->text) + ' ';
  }
  setAccessibleDescription(words.trimmed());
  update();
}

void NeuronPictureView::show_message(const QString& words) {
  picture_ = {};
  message_ = words;
  setAccessibleDescription(words);
  update();
}

Scene NeuronPictureView::scene() const {
  const PageSize page = page_size(*this);
  SceneOptions options;
  options.width_points = page.width;
  options.height_points = page.height;
  options.text_size = std::clamp(0.9 * QFontInfo(font()).pointSizeF(), 6.0, 18.0);
  options.dark = is_dark(palette());
  return message_.isEmpty() ? neuron_scene(picture_, options) : message_scene(options, message_.toStdString());
}

void NeuronPictureView::paintEvent(QPaintEvent* /*event*/) {
  const Scene shown = scene();
  const PageSize page = page_size(*this);
  QPainter painter(this);
  painter.fillRect(rect(), QColor(shown.background.red, shown.background.green, shown.background.blue));
  painter.scale(width() / page.width, height() / page.height);
  paint_scene(painter, shown, QRectF(0.0, 0.0, page.width, page.height), PaperStyle::raster());
}

}  // namespace dnm
