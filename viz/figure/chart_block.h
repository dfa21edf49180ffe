// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viz/figure/figure_module.h"
#include "viz/figure/page_block.h"

namespace dnm {

/// Charts of training runs, of a sweep or of a search, in the print palette whatever the window looks like, one kind
/// below the other.
class ChartBlock : public PageBlock {
 public:
  /// Throws InvalidInput where there is nothing to draw. `charts` must outlive the block.
  explicit ChartBlock(const FigureCharts& charts);

  [[nodiscard]] double full_text_width() const override;
  [[nodiscard]] double height_at(double width, const PageLook& look) const override;
  void lay_out(const QRectF& area, const PageLook& look) override;

 private:
  [[nodiscard]] double curves_height(double width, double text_size) const;
  /// Of all but the curves, with the gaps to what is above them.
  [[nodiscard]] double lower_height(const ChartStyle& style) const;

  const FigureCharts& charts_;
};

}  // namespace dnm
