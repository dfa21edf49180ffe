// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pictures/view_area.h"

#include <QDataStream>
#include <QEvent>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/icons.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/live_words.h"
#include "app/workspace/words.h"
#include "core/parameters/parameter_table.h"

namespace dnm {

namespace {
/// Milliseconds of computing after which the picture itself offers to cancel it.
constexpr qint64 slow_after = 500;
/// An area is flat from this ratio of its sides on, if there is room for three pictures beside each other (pixels).
constexpr double flat_shape = 2.8;
constexpr int least_flat_width = 900;
}  // namespace

ViewPane::ViewPane(const NetworkScene& scene, QWidget* parent) : QFrame(parent) {
  const QString id = to_qt(scene.id);
  const QString title = translated(scene.title);
  setObjectName("pane-" + id);
  setFrameShape(QFrame::StyledPanel);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);

  title_bar_ = new QWidget(this);
  title_bar_->setObjectName("title-" + id);
  title_bar_->setAccessibleName(tr("Title bar of %1").arg(title));
  title_bar_->setToolTip(tr("Double-click to let this picture fill the window"));
  title_bar_->installEventFilter(this);
  title_line_ = new QHBoxLayout(title_bar_);
  QHBoxLayout* const line = title_line_;
  line->setContentsMargins(10, 3, 4, 3);
  line->setSpacing(8);
  auto* name = new ElidedLabel(title_bar_);
  name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  QFont bold = name->font();
  bold.setBold(true);
  name->setFont(bold);
  name->show_text(title);
  line->addWidget(name);
  state_ = new ElidedLabel(title_bar_);
  state_->setObjectName("state-" + id);
  state_->setForegroundRole(QPalette::PlaceholderText);
  line->addWidget(state_, 1);
  cancel_ = new QToolButton(title_bar_);
  cancel_->setObjectName("cancel-" + id);
  cancel_->setAccessibleName(tr("Cancel computing %1").arg(title));
  cancel_->setToolTip(tr("Stop computing; the picture before stays (Ctrl+.)"));
  cancel_->setText(tr("Cancel"));
  cancel_->setAutoRaise(true);
  cancel_->hide();
  connect(cancel_, &QToolButton::clicked, this, &ViewPane::cancel_requested);
  line->addWidget(cancel_);
  options_ = new QToolButton(title_bar_);
  options_->setObjectName("options-" + id);
  options_->setAccessibleName(tr("Options of %1").arg(title));
  options_->setToolTip(tr("How this picture is drawn"));
  options_->setText(tr("View"));
  options_->setAutoRaise(true);
  options_->setPopupMode(QToolButton::InstantPopup);
  menu_ = new QMenu(options_);
  menu_->setToolTipsVisible(true);
  options_->setMenu(menu_);
  line->addWidget(options_);
  maximise_ = new QToolButton(title_bar_);
  maximise_->setObjectName("maximise-" + id);
  maximise_->setAutoRaise(true);
  line->addWidget(maximise_);
  connect(maximise_, &QToolButton::clicked, this, &ViewPane::maximise_requested);
  column->addWidget(title_bar_);

  view_ = new NetworkView(scene, this);
  view_->setObjectName("view-" + id);
  view_->setAccessibleName(title);
  if (auto* canvas = view_->findChild<QWidget*>(id + "-canvas")) canvas->setAccessibleName(title);
  column->addWidget(view_, 1);
  veil_ = new Veil(view_);
  connect(veil_, &Veil::drawn, this, &ViewPane::dimmed);
  setMinimumHeight(120);  // not narrower than its title bar
  set_maximised(false);
}

QMenu& ViewPane::add_chooser(const QString& id, const QString& name, const QString& tip) {
  chooser_ = new QToolButton(title_bar_);
  chooser_->setObjectName(id);
  chooser_->setAccessibleName(name);
  chooser_->setToolTip(tip);
  chooser_->setAutoRaise(true);
  chooser_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(chooser_);
  menu->setToolTipsVisible(true);
  chooser_->setMenu(menu);
  title_line_->insertWidget(title_line_->indexOf(options_), chooser_);
  return *menu;
}

void ViewPane::set_chosen(const QString& text) {
  if (chooser_) chooser_->setText(text);
}

void ViewPane::set_cancellable(bool can_cancel) { cancel_->setVisible(can_cancel); }

void ViewPane::set_state(const QString& text) { state_->show_text(text); }

void ViewPane::set_maximised(bool maximised) {
  set_sign(*maximise_, maximised ? Sign::restore : Sign::maximise);
  const QString all = tr("Show all pictures (%1 or Esc)").arg(network_scene_table().size() + 1);
  maximise_->setToolTip(maximised ? all : tr("Let this picture fill the window"));
  maximise_->setAccessibleName(maximised ? tr("Show all pictures")
                                         : tr("Fill the window with %1").arg(view_->accessibleName()));
}

bool ViewPane::eventFilter(QObject* watched, QEvent* event) {
  if (watched == title_bar_ && event->type() == QEvent::MouseButtonDblClick) {
    Q_EMIT maximise_requested();
    return true;
  }
  return QFrame::eventFilter(watched, event);
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
    QSplitter* side = scene.window == WindowPlace::left ? left_ : right_;
    auto* pane = new ViewPane(scene, side);
    side->addWidget(pane);
    panes_.push_back(pane);
    add_options(*pane, scene);
    connect(pane, &ViewPane::maximise_requested, this, [this, index] { maximise(index); });
    connect(&pane->view(), &NetworkView::hovered, this, &ViewArea::hovered);
    connect(&pane->view(), &NetworkView::turned, this, &ViewArea::turn);
    connect(pane, &ViewPane::cancel_requested, &live_, &LiveBridge::cancel);
    connect(pane, &ViewPane::dimmed, this, [this, index] { show_state(static_cast<std::size_t>(index)); });
    connect(&pane->view(), &NetworkView::painted, this, [this, index] {
      show_state(static_cast<std::size_t>(index));
      Q_EMIT painted();
    });
    ++index;
  }
  inputs_.resize(panes_.size());
  connect(&document_, &Document::changed, this, &ViewArea::show_options);
  connect(&live_, &LiveBridge::updated, this, &ViewArea::show_result);
  maximise(-1);
  reset_layout();
  show_options();
}

void ViewArea::add_choice(QMenu& menu, QActionGroup& group, const QString& id, const QString& label, const QString& tip,
                          const QString& what, Change change, std::function<bool(const ViewSettings&)> is_on) {
  QAction* action = menu.addAction(label);
  action->setObjectName(id);
  action->setToolTip(tip);
  action->setCheckable(true);
  group.addAction(action);
  connect(action, &QAction::triggered, this, [this, what, change = std::move(change)] { edit_view(what, change); });
  const auto show = [action, is_on = std::move(is_on)](const ViewSettings& view) { action->setChecked(is_on(view)); };
  show(document_.state().view);
  show_checks_.emplace_back(show);
}

void ViewArea::add_choices(QMenu& menu, const Parameter<PictureOptions>& option) {
  auto* group = new QActionGroup(&menu);
  for (const Choice& choice : option.info.choices)
    add_choice(
        menu, *group, to_qt(option.info.id) + "-" + to_qt(choice.id), translated(choice.label),
        translated(choice.meaning), to_qt(option.info.label).toLower() + " " + to_qt(choice.label).toLower(),
        [&option, id = ParameterValue(std::string(choice.id))](ViewSettings& view) { option.set(view.pictures, id); },
        [&option, id = ParameterValue(std::string(choice.id))](const ViewSettings& view) {
          return option.get(view.pictures) == id;
        });
}

void ViewArea::set_number(const Parameter<PictureOptions>& option, double value, const QString& merge_key) {
  WorkspaceState next = document_.state();
  option.set(next.view.pictures, value);
  // What it belongs to is chosen with it.
  if (const AppliesWhen& applies = option.info.applies; !applies.row.empty()) {
    const std::string choice(applies.values.substr(0, applies.values.find(' ')));
    picture_option_table().at(applies.row).set(next.view.pictures, choice);
  }
  document_.edit(to_qt(option.info.label).toLower(), std::move(next), merge_key);
  show_options();
}

void ViewArea::turn(double degrees) {
  const Parameter<PictureOptions>& option = picture_option_table().at("turn");
  const double turned = std::fmod(document_.state().view.pictures.turn + degrees + 360.0, 360.0);
  set_number(option, std::round(10.0 * turned) / 10.0, QStringLiteral("turn"));
}

void ViewArea::add_number(QMenu& menu, const Parameter<PictureOptions>& option) {
  ParameterRow* row = ParameterRow::create(option.info, option.get({}), &menu, "picture-" + to_qt(option.info.id));
  row->setContentsMargins(12, 2, 8, 2);
  auto* action = new QWidgetAction(&menu);
  action->setDefaultWidget(row);
  menu.addAction(action);
  connect(row, &ParameterRow::edited, this, [this, row, &option](bool /*dragging*/) {
    set_number(option, std::get<double>(row->value()), row->merge_key());
  });
  connect(row, &ParameterRow::reset_requested, row, &ParameterRow::reset);
  const auto show = [row, &option](const ViewSettings& view) { row->set_value(option.get(view.pictures)); };
  show(document_.state().view);
  show_checks_.emplace_back(show);
}

void ViewArea::add_option(QMenu& menu, const Parameter<PictureOptions>& option) {
  if (option.info.choices.empty()) {
    add_number(menu, option);
  } else {
    add_choices(menu, option);
  }
}

void ViewArea::add_options(ViewPane& pane, const NetworkScene& scene) {
  if (scene.needs.embedding) add_embedding_choosers(pane);
  QMenu& menu = pane.menu();
  for (const std::string_view id : scene.options) {
    const Parameter<PictureOptions>& option = picture_option_table().at(id);
    if (!option.info.choices.empty()) menu.addSection(translated(option.info.label));
    add_option(menu, option);
  }
  menu.addSeparator();
  connect(menu.addAction(tr("Show all (double-click)")), &QAction::triggered, &pane.view(), &NetworkView::reset_zoom);
}

void ViewArea::add_embedding_choosers(ViewPane& pane) {
  QMenu& menu = pane.add_chooser("embedding-method", tr("Coalescent embedding"),
                                 tr("How the neurons get their angles: link weights, dimension reduction, adjustment"));
  const auto add = [&](const QString& part, const QString& id, std::span<const EmbeddingOption> options, auto member) {
    menu.addSection(part);
    auto* group = new QActionGroup(&menu);
    for (std::size_t place = 0; place < options.size(); ++place) {
      const EmbeddingOption& option = options[place];
      using Part = std::remove_reference_t<decltype(EmbeddingMethod{}.*member)>;
      const auto value = static_cast<Part>(place);
      QString tip = translated(option.meaning);
      if (!option.cost.empty()) tip += "\n" + translated(option.cost);
      add_choice(
          menu, *group, id + "-" + to_qt(option.id), to_qt(option.id) + "   " + translated(option.label), tip,
          "embedding by " + to_qt(option.id), [member, value](ViewSettings& view) { view.embedding.*member = value; },
          [member, value](const ViewSettings& view) { return view.embedding.*member == value; });
    }
  };
  add(tr("Link weights"), "weights", link_weights_options(), &EmbeddingMethod::weights);
  add(tr("Dimension reduction"), "reduction", reduction_options(), &EmbeddingMethod::reduction);
  add(tr("Angles"), "angles", angle_adjustment_options(), &EmbeddingMethod::adjustment);
  show_checks_.emplace_back(
      [&pane](const ViewSettings& view) { pane.set_chosen(to_qt(embedding_method_name(view.embedding))); });
}

void ViewArea::edit_view(const QString& what, const std::function<void(ViewSettings&)>& change) {
  WorkspaceState next = document_.state();
  change(next.view);
  document_.edit(what, std::move(next));
  show_options();
}

SceneOptions ViewArea::options() const {
  SceneOptions options{document_.state().view.pictures};
  options.dark = is_dark(palette());
  return options;
}

void ViewArea::show_options() {
  const SceneOptions wanted = options();
  for (ViewPane* pane : panes_) pane->view().set_options(wanted);
  for (const auto& show : show_checks_) show(document_.state().view);
  show_result();
}

void ViewArea::show_result() {
  for (std::size_t index = 0; index < panes_.size(); ++index) show_picture(index);
}

bool ViewArea::is_offered(std::size_t index) const {
  return network_scene_table()[index].window != WindowPlace::alone || static_cast<int>(index) == maximised_;
}

namespace {

/// What a picture waits for: its network or, later, the positions of the nodes.
struct Awaited {
  Freshness freshness;
  const std::string& problem;
  double progress;
};

Awaited awaited(const NetworkScene& scene, const LiveSnapshot& snapshot) {
  const auto of = [](const auto& value) { return Awaited{value.freshness, value.problem, value.progress}; };
  const bool waits_for_network = !scene.needs.embedding || snapshot.network.freshness != Freshness::fresh;
  return waits_for_network ? of(snapshot.network) : of(snapshot.embedding);
}

}  // namespace

void ViewArea::show_picture(std::size_t index) {
  const NetworkScene& scene = network_scene_table()[index];
  const LiveSnapshot& snapshot = live_.snapshot();
  const Freshness freshness = awaited(scene, snapshot).freshness;
  SceneInput& shown = inputs_[index];
  if (snapshot.network.freshness == Freshness::fresh) {
    SceneInput needed = input_for(scene, document_.state().view.pictures, live_.scene_input());
    if (freshness == Freshness::fresh || freshness == Freshness::failed) {
      shown = std::move(needed);
    } else if (shown.network == needed.network) {
      needed.embedding = shown.embedding;
      shown = std::move(needed);
    }
  }
  panes_[index]->view().set_input(shown, live_.is_draft());
  show_state(index);
}

void ViewArea::show_state(std::size_t index) {
  const NetworkScene& scene = network_scene_table()[index];
  const LiveSnapshot& snapshot = live_.snapshot();
  const auto [freshness, problem, progress] = awaited(scene, snapshot);
  ViewPane& pane = *panes_[index];
  const bool is_first = snapshot.generation == 0 || !pane.view().shown_network();
  const bool settled = freshness == Freshness::fresh || (freshness == Freshness::failed && !has_no_network(snapshot));
  pane.set_current(is_first || (settled && live_.is_newest() && pane.view().is_current()));

  const bool is_slow = freshness == Freshness::computing && live_.elapsed() > slow_after;
  pane.set_cancellable(is_slow);
  QString state;
  if (freshness == Freshness::fresh && scene.needs.embedding) state = translated(snapshot.embedding.value->note);
  if (freshness != Freshness::fresh && snapshot.generation != 0) state = translated(state_text(snapshot, freshness));
  if (freshness == Freshness::failed && !has_no_network(snapshot)) state = QStringLiteral("✕ ") + translated(problem);
  if (freshness == Freshness::stale && snapshot.cancelled) state = QStringLiteral("· ") + cancelled_text;
  if (is_slow && progress > 0.0) state += QStringLiteral(" %1 %").arg(static_cast<int>(100.0 * progress));
  if (const NetworkPointer shown = pane.view().shown_network(); shown && pane.is_dimmed()) {
    if (freshness == Freshness::fresh) state = tr("◌ drawing");
    if (shown != snapshot.network.value || freshness != Freshness::fresh) {
      state += " · " + tr("shown: %1").arg(translated(network_text(*shown)));
    }
  }
  pane.set_state(state);
}

bool ViewArea::is_current() const {
  return std::ranges::none_of(panes_, [](const auto& pane) { return pane->isVisible() && !pane->view().is_current(); });
}

void ViewArea::maximise(int index) {
  maximised_ = index == maximised_ ? -1 : index;
  for (std::size_t i = 0; i < panes_.size(); ++i) {
    const bool alone = static_cast<int>(i) == maximised_;
    panes_[i]->setVisible(maximised_ < 0 ? is_offered(i) : alone);
    panes_[i]->view().set_waiting(!is_offered(i));
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
  layout_of_other_shape_.clear();
  share_room();
}

void ViewArea::share_room() {
  columns_->setSizes({left_->orientation() == Qt::Horizontal ? 1000 : 500, 500});
  for (QSplitter* side : {left_, right_}) side->setSizes(QList<int>(side->count(), 500));
}

void ViewArea::fit_shape() {
  const bool is_flat = width() >= least_flat_width && width() > flat_shape * height();
  const Qt::Orientation wanted = is_flat ? Qt::Horizontal : Qt::Vertical;
  if (left_->orientation() == wanted) return;
  const QByteArray before = std::exchange(layout_of_other_shape_, save_layout());
  left_->setOrientation(wanted);
  if (before.isEmpty()) {
    share_room();
  } else {
    restore_layout(before);
  }
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
  fit_shape();
}

void ViewArea::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit_shape();
}

void ViewArea::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && columns_) show_options();
}

}  // namespace dnm
