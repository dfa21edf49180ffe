// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/view_area.h"

#include <QActionGroup>
#include <QDataStream>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <utility>

#include "app/studio/icons.h"
#include "app/studio/text.h"

namespace dnm {

ViewPane::ViewPane(const NetworkScene& scene, QWidget* parent) : QFrame(parent) {
  const QString id = to_qt(scene.id);
  const QString title = to_qt(scene.title);
  setObjectName("pane-" + id);
  setFrameShape(QFrame::StyledPanel);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);

  title_bar_ = new QWidget(this);
  title_bar_->setObjectName("title-" + id);
  title_bar_->setAccessibleName("Title bar of " + title);
  title_bar_->setToolTip("Double-click to let this picture fill the window");
  title_bar_->installEventFilter(this);
  auto* line = new QHBoxLayout(title_bar_);
  line->setContentsMargins(10, 3, 4, 3);
  line->setSpacing(8);
  auto* name = new QLabel(title, title_bar_);
  QFont bold = name->font();
  bold.setBold(true);
  name->setFont(bold);
  line->addWidget(name);
  state_ = new ElidedLabel(title_bar_);
  state_->setObjectName("state-" + id);
  state_->setForegroundRole(QPalette::PlaceholderText);
  line->addWidget(state_, 1);
  auto* options = new QToolButton(title_bar_);
  options->setObjectName("options-" + id);
  options->setAccessibleName("Options of " + title);
  options->setToolTip("How this picture is drawn");
  options->setText(QStringLiteral("View"));
  options->setAutoRaise(true);
  options->setPopupMode(QToolButton::InstantPopup);
  menu_ = new QMenu(options);
  options->setMenu(menu_);
  line->addWidget(options);
  maximise_ = new QToolButton(title_bar_);
  maximise_->setObjectName("maximise-" + id);
  maximise_->setAutoRaise(true);
  line->addWidget(maximise_);
  connect(maximise_, &QToolButton::clicked, this, &ViewPane::maximise_wanted);
  column->addWidget(title_bar_);

  view_ = new NetworkView(scene, this);
  view_->setObjectName("view-" + id);
  view_->setAccessibleName(title);
  column->addWidget(view_, 1);
  setMinimumSize(160, 120);
  set_maximised(false);
}

void ViewPane::set_state(const QString& text) { state_->show_text(text); }

void ViewPane::set_maximised(bool maximised) {
  maximised_ = maximised;
  maximise_->setIcon(make_icon(maximised ? Sign::restore : Sign::maximise, *maximise_));
  maximise_->setToolTip(maximised ? "Show all pictures (4 or Esc)" : "Let this picture fill the window");
  maximise_->setAccessibleName(maximised ? "Show all pictures" : "Fill the window with " + view_->accessibleName());
}

bool ViewPane::eventFilter(QObject* watched, QEvent* event) {
  if (watched == title_bar_ && event->type() == QEvent::MouseButtonDblClick) {
    Q_EMIT maximise_wanted();
    return true;
  }
  return QFrame::eventFilter(watched, event);
}

void ViewPane::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && view_) set_maximised(maximised_);
}

ViewArea::ViewArea(Document& document, LiveBridge& live, QWidget* parent)
    : QWidget(parent), document_(document), live_(live) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  columns_ = new QSplitter(Qt::Horizontal, this);
  left_ = new QSplitter(Qt::Vertical, columns_);
  right_ = new QSplitter(Qt::Vertical, columns_);
  layout->addWidget(columns_);
  for (QSplitter* splitter : {columns_, left_, right_}) splitter->setChildrenCollapsible(false);

  int index = 0;
  for (const NetworkScene& scene : network_scene_table()) {
    QSplitter* side = scene.id == "disk" ? right_ : left_;
    auto* pane = new ViewPane(scene, side);
    side->addWidget(pane);
    panes_.push_back(pane);
    add_options(*pane, scene.id);
    connect(pane, &ViewPane::maximise_wanted, this, [this, index] { maximise(index); });
    connect(&pane->view(), &NetworkView::hovered, this, &ViewArea::hovered);
    ++index;
  }
  connect(&document_, &Document::changed, this, &ViewArea::show_options);
  connect(&live_, &LiveBridge::updated, this, &ViewArea::show_result);
  reset_layout();
  show_options();
}

void ViewArea::add_options(ViewPane& pane, std::string_view id) {
  using Change = std::function<void(ViewSettings&)>;
  const auto add = [&](QActionGroup* group, const QString& text, const QString& what, Change change,
                       std::function<bool(const ViewSettings&)> is_on) {
    QAction* action = pane.menu().addAction(text);
    action->setCheckable(true);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, what, change = std::move(change)] { edit_view(what, change); });
    show_checks_.push_back(
        [action, is_on = std::move(is_on)](const ViewSettings& view) { action->setChecked(is_on(view)); });
  };
  if (id == "layers") {
    auto* orientation = new QActionGroup(&pane);
    add(
        orientation, "Layers as rows", "layers as rows", [](ViewSettings& v) { v.orientation = Orientation::rows; },
        [](const ViewSettings& v) { return v.orientation == Orientation::rows; });
    add(
        orientation, "Layers as columns", "layers as columns",
        [](ViewSettings& v) { v.orientation = Orientation::columns; },
        [](const ViewSettings& v) { return v.orientation == Orientation::columns; });
    pane.menu().addSeparator();
  }
  if (id == "disk") {
    auto* disk = new QActionGroup(&pane);
    add(
        disk, "Poincaré disk", "Poincaré disk", [](ViewSettings& v) { v.native_disk = false; },
        [](const ViewSettings& v) { return !v.native_disk; });
    add(
        disk, "Native disk", "native disk", [](ViewSettings& v) { v.native_disk = true; },
        [](const ViewSettings& v) { return v.native_disk; });
    pane.menu().addSeparator();
  }
  auto* coloring = new QActionGroup(&pane);
  add(
      coloring, "Colour links by layer", "links coloured by layer",
      [](ViewSettings& v) { v.link_coloring = LinkColoring::layer; },
      [](const ViewSettings& v) { return v.link_coloring == LinkColoring::layer; });
  add(
      coloring, "Colour links by dendrite", "links coloured by dendrite",
      [](ViewSettings& v) { v.link_coloring = LinkColoring::dendrite; },
      [](const ViewSettings& v) { return v.link_coloring == LinkColoring::dendrite; });
  pane.menu().addSeparator();
  connect(pane.menu().addAction("Show all (double-click)"), &QAction::triggered, &pane.view(),
          &NetworkView::reset_zoom);
}

void ViewArea::edit_view(const QString& what, const std::function<void(ViewSettings&)>& change) {
  StudioState next = document_.state();
  change(next.view);
  document_.edit(what, std::move(next));
  show_options();
}

SceneOptions ViewArea::options() const {
  const ViewSettings& view = document_.state().view;
  SceneOptions options;
  options.link_coloring = view.link_coloring;
  options.orientation = view.orientation;
  options.native_disk = view.native_disk;
  options.dark = palette().color(QPalette::Base).lightness() < 128;
  return options;
}

void ViewArea::show_options() {
  const SceneOptions wanted = options();
  for (ViewPane* pane : panes_) {
    SceneOptions now = pane->view().options();
    const bool same = now.link_coloring == wanted.link_coloring && now.orientation == wanted.orientation &&
                      now.native_disk == wanted.native_disk && now.dark == wanted.dark;
    if (same) continue;
    now.link_coloring = wanted.link_coloring;
    now.orientation = wanted.orientation;
    now.native_disk = wanted.native_disk;
    now.dark = wanted.dark;
    pane->view().set_options(now);
  }
  for (const auto& show : show_checks_) show(document_.state().view);
}

void ViewArea::show_result() {
  const LiveSnapshot& snapshot = live_.snapshot();
  const bool draft = live_.is_draft();
  const auto same = [](const SceneInput& a, const SceneInput& b) {
    return a.network == b.network && a.embedding == b.embedding;
  };
  if (snapshot.network.freshness == Freshness::fresh) {
    if (snapshot.embedding.freshness == Freshness::fresh)
      disk_input_ = {snapshot.network.value, snapshot.embedding.value};
    else if (snapshot.embedding.freshness == Freshness::failed)
      disk_input_ = {snapshot.network.value, nullptr};
  }
  for (std::size_t i = 0; i < panes_.size(); ++i) {
    ViewPane& pane = *panes_[i];
    const bool is_disk = network_scene_table()[i].id == "disk";
    const Freshness freshness = is_disk ? snapshot.embedding.freshness : snapshot.network.freshness;
    const std::string& problem = is_disk ? snapshot.embedding.problem : snapshot.network.problem;
    QString state;
    if (freshness == Freshness::computing) state = QStringLiteral("◌ computing");
    if (freshness == Freshness::stale && snapshot.generation != 0) state = QStringLiteral("↻ stale");
    if (freshness == Freshness::failed) state = QStringLiteral("✕ ") + to_qt(problem);
    if (freshness == Freshness::fresh && is_disk && snapshot.embedding.value)
      state = to_qt(snapshot.embedding.value->method) +
              (snapshot.embedding.value->note.empty() ? QString() : ", " + to_qt(snapshot.embedding.value->note));
    pane.set_state(state);
    if (is_disk) {
      if (!same(pane.view().input(), disk_input_)) pane.view().set_input(disk_input_, draft);
    } else if (snapshot.network.freshness == Freshness::fresh &&
               pane.view().input().network != snapshot.network.value) {
      pane.view().set_input({snapshot.network.value, nullptr}, draft);
    }
  }
}

bool ViewArea::is_current() const {
  for (std::size_t i = 0; i < panes_.size(); ++i)
    if (panes_[i]->isVisible() && !panes_[i]->view().is_current()) return false;
  return true;
}

void ViewArea::maximise(int index) {
  maximised_ = index == maximised_ ? -1 : index;
  for (std::size_t i = 0; i < panes_.size(); ++i) {
    const bool alone = static_cast<int>(i) == maximised_;
    panes_[i]->setVisible(maximised_ < 0 || alone);
    panes_[i]->set_maximised(alone);
  }
  const auto any_shown = [](const QSplitter* side) {
    for (int i = 0; i < side->count(); ++i)
      if (!side->widget(i)->isHidden()) return true;
    return false;
  };
  left_->setVisible(any_shown(left_));
  right_->setVisible(any_shown(right_));
}

void ViewArea::reset_layout() {
  if (maximised_ >= 0) maximise(-1);
  columns_->setSizes({500, 500});
  left_->setSizes({500, 500});
}

QByteArray ViewArea::save_layout() const {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  stream << columns_->saveState() << left_->saveState() << right_->saveState();
  return bytes;
}

void ViewArea::restore_layout(const QByteArray& layout) {
  QDataStream stream(layout);
  for (QSplitter* splitter : {columns_, left_, right_}) {
    QByteArray state;
    stream >> state;
    if (!state.isEmpty()) splitter->restoreState(state);
  }
}

void ViewArea::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && columns_) show_options();
}

}  // namespace dnm
