// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pins/pins_dock.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QItemSelectionModel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <utility>

#include "app/studio/widgets/dark_palette.h"
#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/live_words.h"
#include "app/workspace/scene_input.h"
#include "core/files/atomic_file.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr int least_width = 200;  // of a column: a value with its difference
constexpr int least_picture_height = 110;
constexpr int share_of_pictures = 70;  // per cent of the height at least: the rows below scroll, pictures do not
constexpr int least_characters = 9;    // of a box of choices

constexpr const char* hint = QT_TRANSLATE_NOOP(
    "dnm::PinsDock",
    "Pin networks to compare them: Ctrl+P pins the one on screen, Ctrl+Shift+P a random one of the same layers and "
    "links. They stand here side by side, with the parameters and measures in which they differ.");

}  // namespace

PinsDock::PinsDock(Document& document, PinBoard& board, QWidget* parent)
    : Panel("pins", tr("Pinned"), parent), document_(document), board_(board) {
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(8, 8, 8, 6);
  column->setSpacing(6);
  auto* line = new QHBoxLayout;
  make_tools(*line, content);
  column->addLayout(line);
  make_table(content);
  auto* empty = new QLabel(tr(hint), content);
  empty->setObjectName("pins-hint");
  empty->setAlignment(Qt::AlignCenter);
  empty->setWordWrap(true);
  empty->setForegroundRole(QPalette::PlaceholderText);
  pages_ = new QStackedWidget(content);
  pages_->addWidget(empty);
  pages_->addWidget(table_);
  column->addWidget(pages_, 1);
  setWidget(content);

  connect(&board_, &PinBoard::pins_changed, this, &PinsDock::show_pins);
  connect(&board_, &PinBoard::results_changed, this, &PinsDock::show_results);
  connect(&document_, &Document::changed, this, &PinsDock::show_results);
  connect(&document_, &Document::shown_replaced, this, &PinsDock::show_results);
  connect(this, &QDockWidget::visibilityChanged, this, [this](bool visible) {
    board_.set_watched(visible);
    show_pins();
  });
  show_pins();
}

void PinsDock::make_tools(QHBoxLayout& line, QWidget* content) {
  line.setSpacing(6);
  const auto add_button = [&](const char* id, const QString& text, const QString& tip, void (PinBoard::*act)()) {
    auto* button = new QPushButton(text, content);
    button->setObjectName(id);
    button->setAccessibleName(tip.section(QLatin1Char('('), 0, 0).trimmed());
    button->setToolTip(tip);
    connect(button, &QPushButton::clicked, &board_, act);
    line.addWidget(button);
  };
  add_button("pins-pin", tr("Pin"), tr("Pin the network on screen (Ctrl+P)"), &PinBoard::pin);
  add_button("pins-random", tr("Pin Random"),
             tr("Pin the random network (Erdős–Rényi) of the same layers and links (Ctrl+Shift+P)"),
             &PinBoard::pin_random);
  const auto add_box = [&](const char* id, const QString& label, const QString& name, const QString& tip) {
    auto* words = new QLabel(label, content);
    auto* box = new QComboBox(content);
    box->setObjectName(id);
    box->setAccessibleName(name);
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(least_characters);
    words->setBuddy(box);
    line.addWidget(words);
    line.addWidget(box);
    return box;
  };
  picture_ =
      add_box("pins-picture", tr("Picture"), tr("Picture of each pin"), tr("Which picture of each pin is shown"));
  for (const NetworkScene& scene : network_scene_table())
    picture_->addItem(translated(scene.title), QString::fromStdString(std::string(scene.id)));
  connect(picture_, &QComboBox::activated, this,
          [this] { board_.set_picture(picture_->currentData().toString().toStdString()); });
  reference_ = add_box("pins-reference", tr("Compared with"), tr("The pin that the others are compared with"),
                       tr("Differences of the others are those from this pin"));
  connect(reference_, &QComboBox::activated, this,
          [this](int index) { board_.set_reference(static_cast<std::size_t>(index)); });
  line.addStretch(1);
  stop_ = new QToolButton(content);
  stop_->setObjectName("pins-stop");
  stop_->setAccessibleName(tr("Stop or go on computing"));
  stop_->setAutoRaise(true);
  connect(stop_, &QToolButton::clicked, this, [this] { board_.is_cancelled() ? board_.resume() : board_.cancel(); });
  line.addWidget(stop_);
  make_export(content);
  line.addWidget(export_);
}

void PinsDock::make_export(QWidget* content) {
  export_ = new QToolButton(content);
  export_->setObjectName("pins-export");
  export_->setText(tr("Export"));
  export_->setAccessibleName(tr("Export the comparison of the pins"));
  export_->setToolTip(tr("Copy or save the table of all pins"));
  export_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(export_);
  menu->setAccessibleName(tr("Export"));
  for (const TableFormat& format : table_formats()) {
    QAction* action =
        menu->addAction(tr("Copy Table as %1").arg(to_qt(format.label)), this, [this, &format] { copy(format); });
    action->setObjectName("pins-copy-" + to_qt(format.id));
  }
  menu->addSeparator();
  menu->addAction(tr("Save Table …"), this, &PinsDock::ask_file)->setObjectName("pins-save");
  export_->setMenu(menu);
}

QAction* PinsDock::add_action(const char* id, const QString& text, const QKeySequence& keys, void (PinsDock::*act)()) {
  QAction* action = menu_->addAction(text, this, act);
  action->setObjectName(id);
  action->setShortcut(keys);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  table_->addAction(action);
  of_pin_.push_back(action);
  return action;
}

void PinsDock::make_table(QWidget* content) {
  table_ = new QTableView(content);
  table_->setObjectName("pins-table");
  table_->setAccessibleName(tr("Pinned networks"));
  table_->setModel(&model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  table_->setWordWrap(false);
  table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->setCornerButtonEnabled(false);
  for (auto* corner : table_->findChildren<QAbstractButton*>()) corner->setAccessibleName(tr("Corner of the table"));
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 6);
  QHeaderView* header = table_->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionsClickable(true);
  header->setSectionsMovable(true);
  header->setSectionResizeMode(QHeaderView::Fixed);
  header->setTextElideMode(Qt::ElideMiddle);
  header->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->viewport()->installEventFilter(this);

  menu_ = new QMenu(tr("&Pins"), this);
  menu_->setAccessibleName(tr("What to do with the pin"));
  menu_->setToolTipsVisible(true);
  add_action("pin-use", tr("Use as the Working Network"), Qt::Key_Return, &PinsDock::use_current);
  add_action("pin-rename", tr("Rename …"), Qt::Key_F2, &PinsDock::ask_name);
  add_action("pin-reference", tr("Compare the Others with It"), {}, &PinsDock::compare_with_current);
  left_ = add_action("pin-left", tr("Move Left"), QKeySequence("Alt+Left"), &PinsDock::move_left);
  right_ = add_action("pin-right", tr("Move Right"), QKeySequence("Alt+Right"), &PinsDock::move_right);
  menu_->addSeparator();
  add_action("pin-remove", tr("Remove"), QKeySequence::Delete, &PinsDock::remove_current);

  const auto open_menu = [this](QWidget* at, QPoint place) {
    const int column = table_->columnAt(place.x());
    if (column < 0) return;
    const QModelIndex now = table_->currentIndex();
    table_->setCurrentIndex(model_.index(now.isValid() ? now.row() : PinTableModel::picture_row, column));
    menu_->popup(at->mapToGlobal(place));
  };
  connect(table_, &QWidget::customContextMenuRequested, this,
          [this, open_menu](QPoint place) { open_menu(table_->viewport(), place); });
  connect(header, &QWidget::customContextMenuRequested, this,
          [header, open_menu](QPoint place) { open_menu(header->viewport(), place); });
  connect(header, &QHeaderView::sectionClicked, this,
          [this](int column) { Q_EMIT use_requested(static_cast<std::size_t>(column)); });
  connect(header, &QHeaderView::sectionMoved, this, [this, header](int, int from, int to) {
    // The order is that of the pins alone.
    {
      const QSignalBlocker blocker(header);
      header->moveSection(to, from);
    }
    board_.move(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
  });
  connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { show_results(); });
}

bool PinsDock::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_->viewport() && event->type() == QEvent::Resize) fit();
  return Panel::eventFilter(watched, event);
}

void PinsDock::changeEvent(QEvent* event) {
  Panel::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && !pictures_.empty()) show_inputs();
}

void PinsDock::show_pin(std::size_t place) {
  show();
  raise();
  const QModelIndex index = model_.index(PinTableModel::picture_row, static_cast<int>(place));
  table_->setCurrentIndex(index);
  table_->scrollTo(index);
}

void PinsDock::show_pins() {
  const Pins& pins = board_.pins();
  {
    const QSignalBlocker blocker(reference_);
    reference_->clear();
    for (const Pin& pin : pins.list) reference_->addItem(to_qt(pin.name));
    reference_->setCurrentIndex(pins.list.empty() ? -1 : static_cast<int>(pins.reference));
    reference_->setEnabled(pins.list.size() > 1);
  }
  picture_->setCurrentIndex(picture_->findData(QString::fromStdString(pins.picture)));
  pages_->setCurrentIndex(pins.list.empty() ? 0 : 1);
  show_results();
}

void PinsDock::show_results() {
  if (!isVisible()) {
    enable_actions();
    return;
  }
  const Pins& pins = board_.pins();
  std::vector<bool> is_working;
  for (std::size_t place = 0; place < pins.list.size(); ++place) is_working.push_back(board_.is_working(place));
  const std::optional<std::size_t> before = current();
  const bool is_reset = model_.set_table(board_.table(), std::move(is_working));
  if (is_reset || !std::ranges::equal(placed_, pins.list, same_network)) place_pictures();
  if (is_reset && before && *before < pins.list.size())
    table_->setCurrentIndex(model_.index(PinTableModel::picture_row, static_cast<int>(*before)));
  show_inputs();
  enable_actions();
  export_->setEnabled(!pins.list.empty());
  const bool is_cancelled = board_.is_cancelled() && pending_values(model_.table()) > 0;
  stop_->setVisible(board_.is_busy() || is_cancelled);
  stop_->setText(is_cancelled ? tr("Compute") : tr("Stop"));
  stop_->setAccessibleName(is_cancelled ? tr("Compute what is missing of the pins") : tr("Stop computing the pins"));
  stop_->setToolTip(stop_->accessibleName());
}

void PinsDock::enable_actions() {
  const std::optional<std::size_t> now = current();
  for (QAction* action : of_pin_) action->setEnabled(now.has_value());
  left_->setEnabled(now && *now > 0);
  right_->setEnabled(now && *now + 1 < board_.pins().list.size());
}

void PinsDock::place_pictures() {
  placed_ = board_.pins().list;
  pictures_.clear();  // the table deletes those before
  for (std::size_t place = 0; place < placed_.size(); ++place) {
    auto* picture = new PinPicture(painter_, table_);
    picture->setObjectName(QStringLiteral("pin-picture-%1").arg(place));
    picture->set_view(view_);
    connect(picture, &PinPicture::view_wanted, this, &PinsDock::set_view);
    connect(picture, &PinPicture::clicked, this, [this, place] { Q_EMIT use_requested(place); });
    const auto make_current = [this, place] {
      table_->selectionModel()->setCurrentIndex(model_.index(PinTableModel::picture_row, static_cast<int>(place)),
                                                QItemSelectionModel::ClearAndSelect);
    };
    connect(picture, &PinPicture::focused, this, make_current);
    picture->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(picture, &QWidget::customContextMenuRequested, this, [this, picture, make_current](QPoint at) {
      make_current();
      menu_->popup(picture->mapToGlobal(at));
    });
    table_->setIndexWidget(model_.index(PinTableModel::picture_row, static_cast<int>(place)), picture);
    pictures_.push_back(picture);
  }
  fit();
}

void PinsDock::show_inputs() {
  SceneOptions options{document_.state().view.pictures};
  options.dark = is_dark(palette());
  const NetworkScene& scene = board_.scene();
  for (std::size_t place = 0; place < pictures_.size(); ++place) {
    const LiveSnapshot& known = board_.known(place);
    const SceneInput input = input_for(scene, options, scene_input(known, {}));
    const LiveValue<Network>& network = known.network;
    QString message;
    if (!input.network) {
      message = translated(network.problem.empty() ? state_text(known, network.freshness) : network.problem);
    } else if (scene.needs.embedding && !input.embedding) {
      message = translated(known.embedding.problem.empty() ? state_text(known, known.embedding.freshness)
                                                           : known.embedding.problem);
    }
    pictures_[place]->setAccessibleName(
        tr("%1 of %2").arg(translated(scene.title), to_qt(board_.pins().list[place].name)));
    pictures_[place]->show_input(scene, input, options_for(scene, options), message);
  }
}

void PinsDock::fit() {
  if (model_.columnCount() == 0) return;
  const int width = std::max(least_width, table_->viewport()->width() / model_.columnCount());
  for (int column = 0; column < model_.columnCount(); ++column) table_->setColumnWidth(column, width);
  int rest = 0;
  for (int row = 1; row < model_.rowCount(); ++row) rest += table_->rowHeight(row);
  const int room = table_->viewport()->height();
  table_->setRowHeight(PinTableModel::picture_row,
                       std::max({least_picture_height, room * share_of_pictures / 100, room - rest}));
}

void PinsDock::set_view(const LinkedView& view) {
  view_ = view;
  for (PinPicture* picture : pictures_) picture->set_view(view);
}

std::optional<std::size_t> PinsDock::current() const {
  if (!isVisible()) return std::nullopt;  // the table keeps pins that may be gone
  const QModelIndex index = table_->currentIndex();
  return index.isValid() ? std::optional(static_cast<std::size_t>(index.column())) : std::nullopt;
}

void PinsDock::use_current() {
  if (const auto place = current()) Q_EMIT use_requested(*place);
}

void PinsDock::ask_name() {
  const auto place = current();
  if (!place) return;
  auto* dialog = new QInputDialog(this);
  dialog->setObjectName("pin-name");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Rename Pin"));
  dialog->setLabelText(tr("Name"));
  dialog->setTextValue(to_qt(board_.pins().list[*place].name));
  connect(dialog, &QInputDialog::textValueSelected, this,
          [this, pin = board_.pins().list[*place]](const QString& name) {
            const std::size_t now = place_of(board_.pins(), pin);
            if (now < board_.pins().list.size()) board_.rename(now, name);
          });
  dialog->open();
}

void PinsDock::compare_with_current() {
  if (const auto place = current()) board_.set_reference(*place);
}

void PinsDock::move_left() {
  const auto place = current();
  if (!place || *place == 0) return;
  board_.move(*place, *place - 1);
  show_pin(*place - 1);
}

void PinsDock::move_right() {
  const auto place = current();
  if (!place || *place + 1 >= board_.pins().list.size()) return;
  board_.move(*place, *place + 1);
  show_pin(*place + 1);
}

void PinsDock::remove_current() {
  if (const auto place = current()) board_.remove(*place);
}

QString PinsDock::pending_words() const {
  const std::size_t pending = pending_values(model_.table());
  return pending == 0 ? QString()
                      : " " + tr("%1 of it had not been computed yet.").arg(translated(counted(pending, "value")));
}

void PinsDock::copy(const TableFormat& format) {
  QApplication::clipboard()->setText(to_qt(format.write(model_.table())));
  Q_EMIT notice(tr("Copied the table as %1.").arg(to_qt(format.label)) + pending_words());
}

void PinsDock::ask_file() {
  QString filters;
  for (const TableFormat& format : table_formats())
    filters += (filters.isEmpty() ? "" : ";;") + to_qt(format.label) + " (*" + to_qt(format.extension) + ")";
  QString chosen;
  QString path = choose_file_to_write(this, tr("Save Table"), document_.proposed_file("-pins.csv"), filters, &chosen);
  if (path.isEmpty()) return;
  const auto is_named = [&](const TableFormat& format) {
    return path.endsWith(to_qt(format.extension), Qt::CaseInsensitive);
  };
  if (std::ranges::none_of(table_formats(), is_named)) {
    for (const TableFormat& format : table_formats())
      if (chosen.contains("(*" + to_qt(format.extension) + ")")) path += to_qt(format.extension);
  }
  question_.ask_to_replace(window(), path, [this, path] { save_table(path); });
}

void PinsDock::save_table(const QString& path) {
  const auto found = std::ranges::find_if(table_formats(), [&](const TableFormat& format) {
    return path.endsWith(to_qt(format.extension), Qt::CaseInsensitive);
  });
  const TableFormat& format = found == table_formats().end() ? table_formats().front() : *found;
  try {
    write_atomically(path.toStdString(), format.write(model_.table()));
  } catch (const std::exception& error) {
    Q_EMIT problem(QString::fromUtf8(error.what()));
    return;
  }
  Q_EMIT notice(wrote_text(path, {}) + pending_words(), path);
}

}  // namespace dnm
