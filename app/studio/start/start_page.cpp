// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/start_page.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/chart_canvas.h"
#include "app/studio/widgets/icons.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/session/session.h"
#include "core/files/presets.h"
#include "core/support/thread_priority.h"

namespace dnm {

namespace {

constexpr int gap = 10;
constexpr int side = 18;

QString kind_of(const QString& path) {
  const std::filesystem::path name(path.toStdString());
  if (is_session_file(name)) return Words::tr("session");
  if (is_figure_file(name)) return Words::tr("figure");
  return QFileInfo(path).suffix().isEmpty() ? Words::tr("runs") : Words::tr("network");
}

/// "b  standard" as a name of one line.
QString title_of(const Preset& preset) { return translated(preset.title).simplified(); }

QLabel* make_words(const QString& text, QWidget* parent) {
  auto* words = new QLabel(text, parent);
  words->setWordWrap(true);
  return words;
}

}  // namespace

StartPage::StartPage(std::filesystem::path folder, QWidget* parent) : QFrame(parent), folder_(std::move(folder)) {
  setObjectName("start-page");
  setAccessibleName(tr("Start page"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(make_head());

  content_ = new QWidget;
  auto* lines = new QVBoxLayout(content_);
  lines->setContentsMargins(side, 4, side, side);
  lines->setSpacing(gap);
  lines->addWidget(make_tour());
  lines->addWidget(make_heading(tr("Begin with a network")));
  presets_.grid = new QGridLayout;
  lines->addLayout(presets_.grid);
  lines->addWidget(make_heading(tr("Open again")));
  recent_words_ = make_words(tr("Sessions, networks and runs that you open or save appear here."), content_);
  recent_words_->setForegroundRole(QPalette::PlaceholderText);
  lines->addWidget(recent_words_);
  recent_.grid = new QGridLayout;
  lines->addLayout(recent_.grid);
  lines->addStretch(1);
  for (QGridLayout* grid : {presets_.grid, recent_.grid}) {
    grid->setSpacing(gap);
    grid->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  }
  auto* area = new QScrollArea(this);
  area->setObjectName("start-page-area");
  area->setAccessibleName(tr("Start page"));
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content_);
  // Pictures below are painted too, so that they are there when the page goes: nothing here counts as opaque.
  area->viewport()->setAutoFillBackground(false);
  content_->setAutoFillBackground(false);
  column->addWidget(area, 1);
  column->addWidget(make_foot());
  add_presets();
}

QWidget* StartPage::make_head() {
  auto* head = new QWidget(this);
  auto* line = new QHBoxLayout(head);
  line->setContentsMargins(side, 12, 8, 6);
  auto* name = new QLabel("DNM Studio", head);
  QFont large = name->font();
  large.setPointSizeF(1.6 * large.pointSizeF());
  large.setBold(true);
  name->setFont(large);
  line->addWidget(name, 1);
  auto* close = new QToolButton(head);
  close->setObjectName("start-close");
  close->setAccessibleName(tr("Close the start page"));
  close->setToolTip(tr("Show the pictures (Esc); Help > Start Page brings this page back"));
  close->setAutoRaise(true);
  set_sign(*close, Sign::close);
  connect(close, &QToolButton::clicked, this, &StartPage::close_requested);
  line->addWidget(close, 0, Qt::AlignTop);
  return head;
}

QWidget* StartPage::make_tour() {
  auto* box = new QWidget(content_);
  auto* line = new QHBoxLayout(box);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(gap);
  line->addWidget(
      make_words(tr("Three steps: move a slider and all pictures follow; compare the measures with chance; train "
                    "what is on screen."),
                 box),
      1);
  auto* start = new QPushButton(tr("Show Me"), box);
  start->setObjectName("start-tour");
  start->setAccessibleName(tr("Tour in three steps"));
  start->setToolTip(tr("Points at the slider, at the comparison and at Start, one after the other"));
  connect(start, &QPushButton::clicked, this, &StartPage::tour_requested);
  line->addWidget(start, 0, Qt::AlignVCenter);
  return box;
}

QWidget* StartPage::make_foot() {
  auto* foot = new QWidget(this);
  auto* line = new QHBoxLayout(foot);
  line->setContentsMargins(side, 6, side, 10);
  at_start_ = new QCheckBox(tr("Show at start"), foot);
  at_start_->setObjectName("start-at-start");
  at_start_->setAccessibleName(tr("Show this page at start"));
  at_start_->setToolTip(tr("Help > Start Page shows it at any time"));
  at_start_->setChecked(true);
  connect(at_start_, &QCheckBox::toggled, this, &StartPage::shows_at_start_changed);
  line->addWidget(at_start_);
  line->addStretch(1);
  auto* open = new QPushButton(tr("Open …"), foot);
  open->setObjectName("start-open");
  open->setAccessibleName(tr("Open a file"));
  connect(open, &QPushButton::clicked, this, &StartPage::open_requested);
  line->addWidget(open);
  return foot;
}

QLabel* StartPage::make_heading(const QString& words) {
  auto* heading = new QLabel(words, content_);
  QFont bold = heading->font();
  bold.setBold(true);
  heading->setFont(bold);
  return heading;
}

void StartPage::add_presets() {
  for (const Preset& preset : presets()) {
    const std::string& id = preset.id;
    QStringList layers;
    for (const NodeIndex size : preset.parameters.layer_sizes) layers += QString::number(size);
    auto* card = new StartCard(title_of(preset), layers.join("-"), content_);
    card->setObjectName("start-preset-" + to_qt(id));
    card->setToolTip(translated(preset.description));
    connect(card, &StartCard::clicked, this, [this, id] { Q_EMIT preset_chosen(id); });
    presets_.entries.push_back({{id, {}}, card});
  }
}

void StartPage::show_recent(const QStringList& lines) {
  for (const Entry& entry : recent_.entries) delete entry.card;
  recent_.entries.clear();
  for (const QString& line : lines) {
    const RecentFile file = RecentFile::from_line(line);
    auto* card = new StartCard(QFileInfo(file.path).fileName(), kind_of(file.path), content_);
    card->setObjectName(QStringLiteral("start-recent-%1").arg(recent_.entries.size()));
    card->setToolTip(file.path);
    connect(card, &StartCard::clicked, this, [this, file] { Q_EMIT file_chosen(file); });
    recent_.entries.push_back({{{}, file}, card});
  }
  recent_words_->setVisible(lines.isEmpty());
  place(recent_);
  if (may_paint_) paint_pictures();
}

void StartPage::set_shows_at_start(bool shows) {
  const QSignalBlocker quiet(at_start_);
  at_start_->setChecked(shows);
}

SmallPictureLook StartPage::look() const {
  SmallPictureLook look{StartCard::picture_size(), devicePixelRatioF(), static_cast<double>(logicalDpiX())};
  look.ground = palette().color(QPalette::Base);
  look.charts = chart_style_of(*this);
  return look;
}

void StartPage::paint_pictures() {
  may_paint_ = true;
  background_.cancel();
  for (const Group* group : {&recent_, &presets_}) {
    for (const Entry& entry : group->entries) {
      if (!entry.card || entry.card->is_painted()) continue;
      background_.start(tr("Painting small pictures"),
                        [entry, look = look(), folder = folder_](const TaskControl& control) -> Background::Outcome {
                          lower_thread_priority();
                          const SmallPicture made = small_picture(entry.source, look, folder, control);
                          return [entry, made] {
                            if (!entry.card) return;
                            entry.card->set_picture(made.image);
                            entry.card->set_problem(made.problem);
                            if (!made.problem.isEmpty())
                              entry.card->setToolTip(entry.source.file.path + "\n" + made.problem);
                          };
                        });
    }
  }
}

void StartPage::place(Group& group) const {
  for (std::size_t index = 0; index < group.entries.size(); ++index) {
    const int at = static_cast<int>(index), columns = std::max(1, columns_);
    group.grid->addWidget(group.entries[index].card, at / columns, at % columns);
  }
}

void StartPage::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  const int card = presets_.entries.empty() ? 1 : presets_.entries.front().card->width();
  const int room = width() - 2 * side - style()->pixelMetric(QStyle::PM_ScrollBarExtent) + gap;
  const int columns = std::max(1, room / (card + gap));
  if (std::exchange(columns_, columns) == columns) return;
  place(presets_);
  place(recent_);
}

void StartPage::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() != QEvent::PaletteChange || !at_start_) return;
  for (const Group* group : {&presets_, &recent_})
    for (const Entry& entry : group->entries)
      if (entry.card) entry.card->forget_picture();
  if (may_paint_) paint_pictures();
}

void StartPage::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), palette().color(QPalette::Window));
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace dnm
