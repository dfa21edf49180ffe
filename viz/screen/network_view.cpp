// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/network_view.h"

#include <QFontInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTimer>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/screen/offscreen_canvas.h"
#include "viz/screen/page_size.h"
#include "viz/screen/plain_canvas.h"
#include "viz/screen/scene_builder.h"
#include "viz/screen/vtk_canvas.h"

namespace dnm {

namespace {

constexpr std::size_t draft_links = 2500;
constexpr double smooth_motion = 30.0;  // milliseconds a frame may take before links are left out of moving pictures
constexpr std::size_t fewest_moving_links = 400;
constexpr int rest_time = 180;  // milliseconds without movement until everything is drawn again
constexpr double wheel_step = 1.2;
constexpr double key_step = 1.5;
constexpr double turn_per_width = 180.0;  // degrees for a drag over the whole width
constexpr double key_turn = 5.0;          // degrees

std::unique_ptr<PictureCanvas> make_canvas(OpenGl opengl) {
  switch (opengl) {
    case OpenGl::hardware:
      return std::make_unique<VtkCanvas>(nullptr);
    case OpenGl::software:
      return std::make_unique<OffscreenCanvas>(nullptr);
    case OpenGl::none:
      break;
  }
  return std::make_unique<PlainCanvas>(nullptr);
}

}  // namespace

class NetworkView::Implementation {
 public:
  Implementation(NetworkView& view, const NetworkScene& kind, OpenGl opengl)
      : view_(view), kind_(kind), builder_(kind, [this](const BuiltPicture& built, std::uint64_t generation) {
          QMetaObject::invokeMethod(
              &view_, [this, built, generation] { show_picture(built, generation); }, Qt::QueuedConnection);
        }) {
    canvas_ = make_canvas(opengl);
    canvas_->widget()->setParent(&view_);
    marks_ = new MarkLayer(&view_);
    pointer_ = new NeuronPointer(view_, *marks_);
    QObject::connect(pointer_, &NeuronPointer::hovered, &view_, &NetworkView::hovered);
    canvas_->painted = [this] { after_paint(); };
    rest_.setSingleShot(true);
    rest_.setInterval(rest_time);
    QObject::connect(&rest_, &QTimer::timeout, &view_, [this] { update_motion(); });
    // A change of the layout passes through sizes that are no one's wish: only the last one is drawn for.
    resized_.setSingleShot(true);
    resized_.setInterval(0);
    QObject::connect(&resized_, &QTimer::timeout, &view_, [this] { request(); });
  }

  void request() {
    resized_.stop();
    is_late_ = is_waiting_;
    if (is_waiting_) return;
    const PageSize page = page_size(*canvas_->widget());
    SceneOptions options = options_;
    options.draft = draft_;
    if (draft_) options.link_limit = std::min(options.link_limit, draft_links);
    options.link_limit = std::min(options.link_limit, canvas_->most_links());
    options.width_points = page.width;
    options.height_points = page.height;
    options.pixels_across = page.width * page.pixels_per_point;
    options.text_size = std::clamp(0.9 * QFontInfo(view_.font()).pointSizeF(), 6.0, 18.0);
    options.viewport = {0.0, 0.0, 0.0, 0.0};
    if (scene_ && scene_->follows_view && zoom() > 1.0) options.viewport = viewport();
    drawn_options_ = options;
    builder_.submit({++requested_, input_, options, !draft_ || marks_->is_needed()});
  }

  void show_picture(const BuiltPicture& built, std::uint64_t generation) {
    if (generation < shown_) return;
    scene_ = built.scene;
    shown_ = generation;
    shown_network_ = built.network;
    is_new_ = true;
    update_motion();
    canvas_->set_scene(scene_);
    marks_->set_picture(built);
    keep_to_zoom_axes();
    // Drawn while it was not known that it follows the view.
    if (scene_->follows_view && zoom() > 1.0 && drawn_options_.viewport.width <= 0.0 && generation == requested_) {
      request();
    }
    pointer_->look_again();  // something else may lie under the pointer that rests
  }

  void after_paint() {
    if (!rest_.isActive() && !draft_) full_time_ = canvas_->last_paint_time();
    if (!is_new_) return;
    is_new_ = false;
    // Not from within the paint event: a listener may paint or grab. Until the listeners know, it counts as not
    // painted, so that nobody who waits for the picture finds them behind it.
    QMetaObject::invokeMethod(
        &view_,
        [this, generation = shown_] {
          painted_ = std::max(painted_, generation);
          Q_EMIT view_.painted();
        },
        Qt::QueuedConnection);
  }

  [[nodiscard]] Rectangle viewport() const {
    const PageSize page = page_size(*canvas_->widget());
    const PageTransform transform = marks_->seen();
    const Point corner = transform.to_data({0.0, 0.0});
    return {corner.x, corner.y, page.width / transform.scale_x, page.height / transform.scale_y};
  }

  [[nodiscard]] double zoom() const { return page_view_.zoom(); }

  /// Magnifies the axes that the picture has for that.
  void set_zoom(double zoom) {
    const ZoomAxes axes = scene_ ? scene_->zoom_axes : ZoomAxes::both;
    page_view_.zoom_x = axes == ZoomAxes::y ? 1.0 : zoom;
    page_view_.zoom_y = axes == ZoomAxes::x ? 1.0 : zoom;
  }

  /// Another picture may be magnified along other axes than the one before.
  void keep_to_zoom_axes() {
    const PageView before = page_view_;
    set_zoom(zoom());
    if (before == page_view_) return;
    clamp_view();
    canvas_->set_view(page_view_);
    marks_->set_view(page_view_);
    if (scene_->follows_view) request();
  }

  void zoom_about(QPointF position, double factor) {
    const PageSize page = page_size(*canvas_->widget());
    const Point screen = marks_->on_page(position);
    const PageView before = page_view_;
    set_zoom(std::clamp(zoom() * factor, 1.0, scene_ ? scene_->most_zoom : 1.0));
    // The page point under the pointer, before and after.
    const double x = (screen.x - 0.5 * page.width), y = (screen.y - 0.5 * page.height);
    page_view_.center.x += x / before.zoom_x - x / page_view_.zoom_x;
    page_view_.center.y += y / before.zoom_y - y / page_view_.zoom_y;
    move();
  }

  void pan(QPointF pixels) {
    const PageSize page = page_size(*canvas_->widget());
    const double unit = page.width / std::max(1, canvas_->widget()->width());
    page_view_.center.x -= pixels.x() * unit / page_view_.zoom_x;
    page_view_.center.y += pixels.y() * unit / page_view_.zoom_y;
    move();
  }

  void reset_zoom() {
    set_zoom(1.0);
    move();
  }

  /// A drag turns the picture instead of moving it.
  [[nodiscard]] bool is_turned_by_drags() const { return scene_ && scene_->turns && zoom() <= 1.0; }

  /// The view is at rest in the page's middle at zoom 1, and never leaves the page.
  void clamp_view() {
    const PageSize page = page_size(*canvas_->widget());
    const double half_width = 0.5 * page.width / page_view_.zoom_x;
    const double half_height = 0.5 * page.height / page_view_.zoom_y;
    page_view_.center.x = std::clamp(page_view_.center.x, half_width, page.width - half_width);
    page_view_.center.y = std::clamp(page_view_.center.y, half_height, page.height - half_height);
  }

  void move() {
    clamp_view();
    rest_.start();
    update_motion();
    canvas_->set_view(page_view_);
    marks_->set_view(page_view_);
    if (scene_ && scene_->follows_view) request();
  }

  /// While the view is panned or zoomed, as many links are drawn as there is time for; a draft is drawn as it is.
  void update_motion() {
    std::size_t limit = 0;
    if (rest_.isActive() && scene_ && full_time_ > smooth_motion) {
      const auto links = static_cast<double>(std::min<std::uint64_t>(scene_->link_count, drawn_options_.link_limit));
      limit = std::max(fewest_moving_links, static_cast<std::size_t>(links * smooth_motion / full_time_));
    }
    canvas_->set_motion(rest_.isActive() || draft_, limit);
  }

  void resize() {
    const PageSize page = page_size(*canvas_->widget());
    if (page_width_ > 0.0 && page_height_ > 0.0) {
      page_view_.center.x *= page.width / page_width_;
      page_view_.center.y *= page.height / page_height_;
    }
    page_width_ = page.width;
    page_height_ = page.height;
    clamp_view();
    canvas_->set_view(page_view_);
    marks_->set_view(page_view_);
    resized_.start();
  }

  NetworkView& view_;
  const NetworkScene& kind_;
  SceneInput input_;
  SceneOptions options_, drawn_options_;
  bool draft_ = false;
  bool is_waiting_ = false, is_late_ = false;  // late: there is something to draw once it does not wait
  ScenePointer scene_;
  PageView page_view_;
  std::uint64_t requested_ = 0, shown_ = 0, painted_ = 0;
  NetworkPointer shown_network_;
  bool is_new_ = false;
  double full_time_ = 0.0;
  double page_width_ = 0.0, page_height_ = 0.0;
  QPointF drag_from_;
  bool is_dragged_ = false;
  QTimer rest_, resized_;
  MarkLayer* marks_ = nullptr;
  NeuronPointer* pointer_ = nullptr;
  std::unique_ptr<PictureCanvas> canvas_;
  SceneBuilder builder_;  // last, so that its thread ends before anything it touches goes
};

NetworkView::NetworkView(const NetworkScene& scene, QWidget* parent) : NetworkView(scene, available_opengl(), parent) {}

NetworkView::NetworkView(const NetworkScene& scene, OpenGl opengl, QWidget* parent)
    : QWidget(parent), implementation_(std::make_unique<Implementation>(*this, scene, opengl)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(implementation_->canvas_->widget());
  setMinimumSize(120, 90);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  const QString title = QString::fromUtf8(scene.title.data(), static_cast<qsizetype>(scene.title.size()));
  setObjectName(QString::fromUtf8(scene.id.data(), static_cast<qsizetype>(scene.id.size())));
  setAccessibleName(title);
  setAccessibleDescription(
      tr("Picture of the network: wheel zooms, drag pans or turns, double-click shows all, a click selects a neuron, "
         "Shift and drag those in a rectangle"));
  implementation_->canvas_->widget()->setAccessibleName(title);
  implementation_->canvas_->widget()->setObjectName(objectName() + QStringLiteral("-canvas"));
}

NetworkView::~NetworkView() = default;

void NetworkView::set_input(const SceneInput& input, bool draft) {
  // A draft of what is there in full already would only look worse.
  if (input == implementation_->input_ && (draft || !implementation_->draft_)) return;
  implementation_->input_ = input;
  implementation_->draft_ = draft;
  implementation_->request();
}

void NetworkView::set_options(const SceneOptions& options) {
  const NetworkScene& kind = implementation_->kind_;
  const bool same = options_for(kind, options) == options_for(kind, implementation_->options_);
  implementation_->options_ = options;
  if (!same) implementation_->request();
}

void NetworkView::set_waiting(bool waiting) {
  implementation_->is_waiting_ = waiting;
  if (!waiting && implementation_->is_late_) implementation_->request();
}

const SceneInput& NetworkView::input() const { return implementation_->input_; }
SceneOptions NetworkView::options() const { return implementation_->options_; }
ScenePointer NetworkView::scene() const { return implementation_->scene_; }
NetworkPointer NetworkView::shown_network() const { return implementation_->shown_network_; }

bool NetworkView::is_current() const {
  if (implementation_->resized_.isActive()) return false;
  const std::uint64_t reached = isVisible() ? implementation_->painted_ : implementation_->shown_;
  return reached == implementation_->requested_;
}

void NetworkView::reset_zoom() { implementation_->reset_zoom(); }
double NetworkView::zoom() const { return implementation_->zoom(); }
void NetworkView::zoom_about(QPointF position, double factor) { implementation_->zoom_about(position, factor); }

void NetworkView::set_highlight(HighlightRole role, const HighlightPointer& highlight) {
  implementation_->marks_->set_highlight(role, highlight);
}
NeuronPointer& NetworkView::pointer() { return *implementation_->pointer_; }
MarkLayer& NetworkView::marks() { return *implementation_->marks_; }

void NetworkView::wheelEvent(QWheelEvent* event) {
  const double turns = event->angleDelta().y() / 120.0;
  if (turns == 0.0) return event->ignore();
  zoom_about(event->position(), std::pow(wheel_step, turns));
  event->accept();
}

void NetworkView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  implementation_->pointer_->press(*event);
  implementation_->is_dragged_ = !implementation_->pointer_->is_band();
  implementation_->drag_from_ = event->position();
}

void NetworkView::mouseMoveEvent(QMouseEvent* event) {
  implementation_->pointer_->move(*event);
  if (!implementation_->is_dragged_ || implementation_->pointer_->is_click()) return;
  setCursor(Qt::ClosedHandCursor);
  const QPointF step = event->position() - implementation_->drag_from_;
  implementation_->drag_from_ = event->position();
  if (implementation_->is_turned_by_drags()) {
    Q_EMIT turned(turn_per_width * step.x() / std::max(1, width()));
  } else {
    implementation_->pan(step);
  }
}

void NetworkView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  implementation_->is_dragged_ = false;
  unsetCursor();
  implementation_->pointer_->release(*event);
}

void NetworkView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  implementation_->pointer_->double_click();
  reset_zoom();
}

void NetworkView::leaveEvent(QEvent* event) {
  implementation_->pointer_->leave();
  QWidget::leaveEvent(event);
}

void NetworkView::keyPressEvent(QKeyEvent* event) {
  const QPointF middle(0.5 * width(), 0.5 * height());
  const double step = 0.1 * std::min(width(), height());
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom_about(middle, key_step);
    case Qt::Key_Minus:
      return zoom_about(middle, 1.0 / key_step);
    case Qt::Key_0:
    case Qt::Key_Home:
      return reset_zoom();
    case Qt::Key_Left:
    case Qt::Key_Right: {
      const double side = event->key() == Qt::Key_Left ? 1.0 : -1.0;
      if (implementation_->is_turned_by_drags()) {
        Q_EMIT turned(-side * key_turn);
      } else {
        implementation_->pan({side * step, 0.0});
      }
      return;
    }
    case Qt::Key_Up:
      return implementation_->pan({0.0, step});
    case Qt::Key_Down:
      return implementation_->pan({0.0, -step});
    default:
      QWidget::keyPressEvent(event);
  }
}

void NetworkView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  // The canvas has its own new size only now that the layout acted on the event.
  implementation_->canvas_->widget()->resize(event->size());
  implementation_->marks_->resize(event->size());
  implementation_->resize();
}

void NetworkView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange && implementation_) implementation_->request();
}

}  // namespace dnm
