// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QRectF>
#include <QWidget>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "viz/scenes/node_places.h"
#include "viz/screen/page_view.h"
#include "viz/screen/scene_builder.h"

namespace dnm {

/// Lies over a picture and paints what stands out in it: the selected neurons, those under the pointer, and a rubber
/// band. The picture below is neither built nor painted again. It also knows where on the page a pixel is.
class MarkLayer : public QWidget {
 public:
  explicit MarkLayer(QWidget* picture);

  /// What is shown below. Highlights of another network wait until that is shown.
  void set_picture(const BuiltPicture& picture);
  void set_view(const PageView& view);
  /// Null: nothing of that role.
  void set_highlight(HighlightRole role, const HighlightPointer& highlight);
  /// In widget coordinates; nothing: none.
  void set_band(const std::optional<QRectF>& band);

  /// Of the picture, as it is seen.
  [[nodiscard]] PageTransform seen() const;
  /// Widget coordinates (pixels, y downwards) as a point of the screen page (points, y upwards).
  [[nodiscard]] Point on_page(QPointF position) const;
  /// What is under a position of the widget; nothing while that is not known.
  [[nodiscard]] Hit at(QPointF position) const;
  /// The neurons in a rectangle of the widget.
  [[nodiscard]] std::vector<NodeIndex> within(const QRectF& area) const;
  [[nodiscard]] const NetworkPointer& network() const { return picture_.network; }
  /// Something is to be lit up, so that the next picture needs its places.
  [[nodiscard]] bool is_needed() const { return roles_[0].wanted || roles_[1].wanted; }
  /// What is lit up now, if anything is.
  [[nodiscard]] const HighlightPointer& shown(HighlightRole role) const { return roles_[place_of(role)].shown; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Role {
    HighlightPointer wanted{}, shown{};
    QPixmap painted{};  ///< of this view; null: to be painted
  };
  [[nodiscard]] static std::size_t place_of(HighlightRole role) { return static_cast<std::size_t>(role); }
  void show_wanted(Role& role);
  void forget_painted();
  [[nodiscard]] QPixmap paint_marks(const Highlight& highlight, HighlightRole role) const;

  BuiltPicture picture_;
  PageView view_;
  std::array<Role, 2> roles_;  ///< by HighlightRole
  std::optional<QRectF> band_;
};

}  // namespace dnm
