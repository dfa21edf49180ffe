// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/figure/figure_module.h"
#include "viz/figure/page_block.h"

namespace dnm {

/// One panel of a network: a picture, or several with the measures below them.
class NetworkBlock : public PageBlock {
 public:
  /// Throws InvalidInput (no network, unknown panel). `network` and `options` must outlive the block.
  NetworkBlock(const FigureNetwork& network, std::string_view panel, const SceneOptions& options);

  [[nodiscard]] double full_text_width() const override;
  [[nodiscard]] double height_at(double width, const PageLook& look) const override;
  [[nodiscard]] double ratio_at(double width, const PageLook& look) const override;
  void lay_out(const QRectF& area, const PageLook& look) override;
  void paint(QPainter& painter, const PaperStyle& style) const override;

 private:
  [[nodiscard]] SceneOptions options_for(QSizeF area, const PageLook& look) const;
  [[nodiscard]] Scene build(const NetworkScene& kind, const SceneOptions& options) const;
  /// The height that one picture needs to be as wide as its area, without empty bands above and below.
  [[nodiscard]] double natural_height(const NetworkScene& kind, double width, const PageLook& look) const;
  [[nodiscard]] double measures_height(const PageLook& look) const;
  void add_picture(const NetworkScene& kind, const QRectF& area, const PageLook& look);
  void add_pictures(const QRectF& area, const PageLook& look);
  /// One below the other, each as high as its share of what is left at most; the last takes all that is left.
  void add_stack(const std::vector<const NetworkScene*>& kinds, QRectF area, const PageLook& look);

  const FigureNetwork& network_;
  std::string_view panel_;
  const SceneOptions& options_;
  std::vector<const NetworkScene*> kinds_;
  QRectF measures_area_;
  double text_scale_ = 1.0;
};

}  // namespace dnm
