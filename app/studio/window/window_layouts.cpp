// SPDX-License-Identifier: GPL-3.0-or-later
// Arrangements of the window for what is done in it.
#include <QActionGroup>
#include <QDataStream>
#include <QIODevice>
#include <QSettings>
#include <QTimer>
#include <array>

#include "app/studio/widgets/text.h"
#include "app/studio/window/language.h"
#include "app/studio/window/theme.h"
#include "app/studio/window/window.h"

namespace dnm {

namespace {

struct LayoutRow {
  WindowLayout layout;
  const char* id;
  const char* text;
  const char* key;
  const char* meaning;
};
constexpr std::array layout_rows{
    LayoutRow{
        WindowLayout::design, "design", QT_TRANSLATE_NOOP("dnm::Window", "&Design"), "Ctrl+1",
        QT_TRANSLATE_NOOP("dnm::Window", "Model, pictures and measures; the pictures have the room of the training")},
    LayoutRow{WindowLayout::train, "train", QT_TRANSLATE_NOOP("dnm::Window", "&Train"), "Ctrl+2",
              QT_TRANSLATE_NOOP("dnm::Window", "A large chart of the training below the pictures")},
    LayoutRow{WindowLayout::publish, "publish", QT_TRANSLATE_NOOP("dnm::Window", "&Publish"), "Ctrl+3",
              QT_TRANSLATE_NOOP("dnm::Window", "Large pictures alone, with the tools that write and print them")},
    LayoutRow{
        WindowLayout::own, "own", QT_TRANSLATE_NOOP("dnm::Window", "&My Arrangement"), "Ctrl+4",
        QT_TRANSLATE_NOOP("dnm::Window", "Your own arrangement, as it was when you left it for one of the others")},
};

constexpr int layout_version = 2;
constexpr int share_of_chart = 58;  // per cent of the height

}  // namespace

void Window::make_layout_menu(QMenu& above) {
  QMenu* menu = above.addMenu(tr("La&yout"));
  menu->setObjectName("layouts");
  menu->setToolTipsVisible(true);
  auto* group = new QActionGroup(menu);
  for (const LayoutRow& row : layout_rows) {
    if (row.layout == WindowLayout::own) menu->addSeparator();
    QAction* action = menu->addAction(tr(row.text));
    action->setObjectName(QStringLiteral("layout-") + row.id);
    action->setToolTip(tr(row.meaning));
    action->setShortcut(QKeySequence(row.key));
    action->setCheckable(true);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, layout = row.layout] { choose_layout(layout); });
  }
  QAction* keep = menu->addAction(tr("&Keep as My Arrangement"), this, &Window::keep_arrangement);
  keep->setObjectName("layout-keep");
  keep->setToolTip(tr("My Arrangement is as the window is now"));
}

void Window::show_layout() {
  for (const LayoutRow& row : layout_rows)
    if (auto* action = findChild<QAction*>(QStringLiteral("layout-") + row.id))
      action->setChecked(row.layout == layout_);
}

QByteArray Window::save_arrangement() const {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  stream << saveState(layout_version) << views_->save_layout() << training_dock_->save_layout();
  return bytes;
}

void Window::restore_arrangement(const QByteArray& arrangement) {
  QByteArray docks, views, training;
  QDataStream stream(arrangement);
  stream >> docks >> views >> training;
  if (!restoreState(docks, layout_version)) return arrange_as_usual();
  views_->restore_layout(views);
  training_dock_->restore_layout(training);
}

void Window::keep_arrangement() {
  own_arrangement_ = save_arrangement();
  layout_ = WindowLayout::own;
  show_layout();
}

void Window::choose_layout(WindowLayout layout) {
  if (views_->maximised() >= 0) views_->maximise(-1);
  if (layout_ == WindowLayout::own && layout != WindowLayout::own) own_arrangement_ = save_arrangement();
  if (layout != WindowLayout::own) {
    arrange_as_usual();
    arrange_for(layout);
  } else if (layout_ != WindowLayout::own) {
    restore_arrangement(own_arrangement_);
  }
  layout_ = layout;
  show_layout();
}

void Window::arrange_for(WindowLayout layout) {
  if (layout == WindowLayout::design) training_dock_->hide();
  if (layout == WindowLayout::design) return;
  model_dock_->hide();
  measures_dock_->hide();
  if (layout == WindowLayout::publish) {
    training_dock_->hide();
    publish_tools_->show();
    return;
  }
  resizeDocks({training_dock_}, {height() * share_of_chart / 100}, Qt::Vertical);
  // The columns have their width once the docks are laid out.
  QTimer::singleShot(0, training_dock_, [this] {
    if (layout_ == WindowLayout::train) training_dock_->widen_chart();
  });
}

void Window::reset_layout() {
  arrange_as_usual();
  layout_ = WindowLayout::own;
  show_layout();
}

void Window::make_publish_tools() {
  publish_tools_ = addToolBar(tr("Publish"));
  publish_tools_->setObjectName("publish-tools");
  publish_tools_->setAccessibleName(tr("Publish"));
  publish_tools_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  for (const char* id : {"file-export", "file-print", "file-save-network", "edit-copy-command"}) {
    auto* action = findChild<QAction*>(id);
    publish_tools_->addAction(action);
    publish_tools_->widgetForAction(action)->setAccessibleName(action->text().remove('&'));
  }
  publish_tools_->hide();
}

void Window::make_theme_menu(QMenu& above) {
  QMenu* menu = above.addMenu(tr("&Theme"));
  menu->setToolTipsVisible(true);
  auto* group = new QActionGroup(menu);
  const Theme now = options_.keep_settings ? kept_theme() : Theme::system;
  for (const Choice& choice : theme_choices()) {
    const auto theme = static_cast<Theme>(&choice - theme_choices().data());
    QAction* action = menu->addAction(translated(choice.label));
    action->setObjectName("theme-" + to_qt(choice.id));
    action->setToolTip(translated(choice.meaning));
    action->setCheckable(true);
    action->setChecked(theme == now);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, theme] {
      apply_theme(theme);
      if (options_.keep_settings) keep_theme(theme);
    });
  }
}

void Window::make_language_menu(QMenu& above) {
  QMenu* menu = above.addMenu(tr("Lan&guage"));
  menu->setToolTipsVisible(true);
  auto* group = new QActionGroup(menu);
  const Language now = options_.keep_settings ? kept_language() : Language::system;
  for (const Choice& choice : language_choices()) {
    const auto language = static_cast<Language>(&choice - language_choices().data());
    QAction* action = menu->addAction(translated(choice.label));
    action->setObjectName("language-" + to_qt(choice.id));
    action->setToolTip(translated(choice.meaning));
    action->setCheckable(true);
    action->setChecked(language == now);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, language] {
      if (options_.keep_settings) keep_language(language);
      show_notice(tr("The language changes at the next start."));
    });
  }
}

void Window::read_settings() {
  const QSettings settings;
  restoreGeometry(settings.value("window/geometry").toByteArray());
  restoreState(settings.value("window/state").toByteArray(), layout_version);
  views_->restore_layout(settings.value("window/views").toByteArray());
  training_dock_->restore_layout(settings.value("window/training").toByteArray());
  own_arrangement_ = settings.value("window/own").toByteArray();
  const QString id = settings.value("window/layout").toString();
  for (const LayoutRow& row : layout_rows)
    if (id == row.id) layout_ = row.layout;
  show_layout();
  if (const int jobs = settings.value("training/jobs").toInt(); jobs > 0) runs_.set_jobs(static_cast<unsigned>(jobs));
  recent_ = settings.value("recent").toStringList();
}

void Window::write_settings() const {
  QSettings settings;
  settings.setValue("window/geometry", saveGeometry());
  settings.setValue("window/state", saveState(layout_version));
  if (views_->maximised() < 0) settings.setValue("window/views", views_->save_layout());
  settings.setValue("window/training", training_dock_->save_layout());
  settings.setValue("window/own", own_arrangement_);
  for (const LayoutRow& row : layout_rows)
    if (row.layout == layout_) settings.setValue("window/layout", row.id);
  settings.setValue("training/jobs", runs_.runner().jobs());
}

}  // namespace dnm
