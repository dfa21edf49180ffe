// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/mark_layer.h"

#include <QPainter>
#include <algorithm>
#include <utility>

#include "viz/paper/paper_painter.h"
#include "viz/screen/page_size.h"

namespace dnm {

namespace {

constexpr double hit_radius = 6.0;  // points
constexpr std::array roles_back_to_front{HighlightRole::selected, HighlightRole::pointed_at};

}  // namespace

MarkLayer::MarkLayer(QWidget* picture) : QWidget(picture) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAttribute(Qt::WA_NoSystemBackground);
  setFocusPolicy(Qt::NoFocus);
}

void MarkLayer::set_picture(const BuiltPicture& picture) {
  picture_ = picture;
  for (Role& role : roles_) show_wanted(role);
  forget_painted();
}

void MarkLayer::set_view(const PageView& view) {
  if (view == view_) return;
  view_ = view;
  forget_painted();
}

void MarkLayer::set_highlight(HighlightRole role, const HighlightPointer& highlight) {
  Role& changed = roles_[place_of(role)];
  if (changed.wanted == highlight) return;
  changed.wanted = highlight;
  show_wanted(changed);
}

/// One of another network than the picture's waits for its picture; until then, what fits the picture stays.
void MarkLayer::show_wanted(Role& role) {
  HighlightPointer next = role.shown;
  if (!role.wanted || role.wanted->network == picture_.network) {
    next = role.wanted;
  } else if (next && next->network != picture_.network) {
    next = nullptr;
  }
  if (next == role.shown) return;
  role.shown = std::move(next);
  role.painted = {};
  update();
}

void MarkLayer::set_band(const std::optional<QRectF>& band) {
  band_ = band;
  update();
}

void MarkLayer::forget_painted() {
  for (Role& role : roles_) {
    if (!role.painted.isNull()) update();
    role.painted = {};
  }
}

PageTransform MarkLayer::seen() const {
  const PageSize page = page_size(*this);
  const PageTransform whole =
      picture_.scene ? page_transform(*picture_.scene, page.width, page.height) : PageTransform{};
  return view_.seen(whole, page.width, page.height);
}

Point MarkLayer::on_page(QPointF position) const {
  const PageSize page = page_size(*this);
  const double unit = page.width / std::max(1, width());
  return {position.x() * unit, page.height - position.y() * unit};
}

Hit MarkLayer::at(QPointF position) const {
  return picture_.places ? picture_.places->at(on_page(position), hit_radius, seen()) : Hit{};
}

std::vector<NodeIndex> MarkLayer::within(const QRectF& area) const {
  if (!picture_.places) return {};
  const PageTransform transform = seen();
  const Point low = transform.to_data(on_page(area.bottomLeft())), high = transform.to_data(on_page(area.topRight()));
  return picture_.places->within({low.x, low.y, high.x - low.x, high.y - low.y});
}

QPixmap MarkLayer::paint_marks(const Highlight& highlight, HighlightRole role) const {
  const PageSize page = page_size(*this);
  const PageTransform transform = seen();
  Scene marks;
  marks.items = picture_.places->marks(highlight, role, transform);
  QPixmap pixels(size() * devicePixelRatioF());
  pixels.setDevicePixelRatio(devicePixelRatioF());
  pixels.fill(Qt::transparent);
  QPainter painter(&pixels);
  painter.scale(width() / page.width, height() / page.height);
  paint_scene(painter, marks, QRectF(0.0, 0.0, page.width, page.height), transform, PaperStyle::raster());
  return pixels;
}

void MarkLayer::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  for (const HighlightRole role_shown : roles_back_to_front) {
    Role& role = roles_[place_of(role_shown)];
    if (!role.shown || !picture_.places || !picture_.scene) continue;
    if (role.painted.isNull() || role.painted.size() != size() * devicePixelRatioF()) {
      role.painted = paint_marks(*role.shown, role_shown);
    }
    painter.drawPixmap(0, 0, role.painted);
  }
  if (band_) {
    const QColor color = palette().color(QPalette::Highlight);
    QColor inside = color;
    inside.setAlphaF(0.15F);
    painter.setPen(QPen(color, 1.0, Qt::DashLine));
    painter.setBrush(inside);
    painter.drawRect(*band_);
  }
}

}  // namespace dnm
