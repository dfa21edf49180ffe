// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/measures/degree_plot.h"

#include <QEvent>
#include <QFontInfo>
#include <QPainter>
#include <algorithm>

#include "viz/paper/paper_painter.h"
#include "viz/screen/page_size.h"

namespace dnm {

DegreePlot::DegreePlot(QWidget* parent)
    : QWidget(parent), builder_(network_scene("degree"), [this](const ScenePointer& scene, std::uint64_t generation) {
        QMetaObject::invokeMethod(
            this,
            [this, scene, generation] {
              if (generation < shown_) return;
              shown_ = generation;
              scene_ = scene;
              update();
            },
            Qt::QueuedConnection);
      }) {
  setObjectName("degree-plot");
  setAccessibleName("Degree distribution");
  setToolTip(
      "How many neurons have k links or more: all links (dots), links in and out by layer (lines), and the "
      "fitted power law from its smallest degree on");
  setMinimumHeight(210);
}

void DegreePlot::set_input(const SceneInput& input) {
  if (input.network == input_.network && input.degree_fit == input_.degree_fit) return;
  input_.network = input.network;
  input_.degree_fit = input.degree_fit;
  request();
}

void DegreePlot::request() {
  if (!input_.network) return;
  const PageSize page = page_size(*this);
  SceneOptions options;
  options.width_points = page.width;
  options.height_points = page.height;
  options.text_size = std::clamp(0.9 * QFontInfo(font()).pointSizeF(), 6.0, 18.0);
  options.dark = palette().color(QPalette::Base).lightness() < 128;
  builder_.submit({++requested_, input_, options});
}

void DegreePlot::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  if (!scene_) return;
  const PageSize page = page_size(*this);
  const Color ground = scene_->background;
  painter.fillRect(rect(), QColor(ground.red, ground.green, ground.blue));
  painter.scale(width() / page.width, height() / page.height);
  paint_scene(painter, *scene_, QRectF(0.0, 0.0, page.width, page.height), PaperStyle::raster());
}

void DegreePlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  request();
}

void DegreePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) request();
}

}  // namespace dnm
