// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/neurons/neurons_dock.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/neuron_picture.h"
#include "app/workspace/neuron_query.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm {

namespace {
constexpr int typing_milliseconds = 120;
constexpr int rows_for_widths = 50;
constexpr int room_beside_text = 16;
}  // namespace

NeuronsDock::NeuronsDock(Document& document, LiveBridge& live, NeuronSelection& selection, QWidget* parent)
    : Panel("neurons", tr("Neurons"), parent),
      document_(document),
      live_(live),
      selection_(selection),
      rows_(model_, this) {
  auto* halves = new QSplitter(Qt::Horizontal, this);
  halves->setChildrenCollapsible(false);
  auto* content = new QWidget(halves);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(8, 8, 8, 6);
  column->setSpacing(6);
  make_search(*column, content);
  make_table(content);
  column->addWidget(view_, 1);
  summary_ = new ElidedLabel(content);
  summary_->setObjectName("neurons-summary");
  summary_->setAccessibleName(tr("What the table shows"));
  column->addWidget(summary_);
  picture_ = new NeuronPictureView(halves);
  halves->setStretchFactor(0, 3);
  halves->setStretchFactor(1, 2);
  setWidget(halves);

  filter_timer_.setSingleShot(true);
  filter_timer_.setInterval(typing_milliseconds);
  connect(&filter_timer_, &QTimer::timeout, this, &NeuronsDock::filter);
  connect(&live_, &LiveBridge::updated, this, &NeuronsDock::refresh);
  connect(&live_, &LiveBridge::updated, this, &NeuronsDock::show_picture);
  connect(this, &QDockWidget::visibilityChanged, this, [this] {
    refresh();
    show_picture();
  });
  connect(&selection_, &NeuronSelection::changed, this, [this](HighlightRole role) {
    if (role != HighlightRole::selected) return;
    show_selection();
    show_picture();
  });
}

void NeuronsDock::make_search(QVBoxLayout& column, QWidget* content) {
  auto* line = new QHBoxLayout;
  auto* label = new QLabel(tr("Find"), content);
  find_ = new QLineEdit(content);
  find_->setObjectName("neurons-find");
  find_->setAccessibleName(tr("Find neurons"));
  find_->setPlaceholderText(tr("layer 1 neuron 98, degree > 20 and community = 3"));
  find_->setToolTip(
      tr("Neurons or ranges (layer 1 neuron 98, input 3-7), layers (layer 2, inputs), conditions on columns (degree > "
         "20), "
         "or a part of a name. \"and\" joins, a comma separates alternatives. Return selects what is found."));
  find_->setClearButtonEnabled(true);
  for (auto* clear : find_->findChildren<QAbstractButton*>()) clear->setAccessibleName(tr("Clear the search"));
  find_->installEventFilter(this);
  label->setBuddy(find_);
  select_ = new QPushButton(tr("Select"), content);
  select_->setObjectName("neurons-select");
  select_->setAccessibleName(tr("Select the neurons that are listed"));
  select_->setToolTip(tr("Select the neurons that are listed (Return in the search)"));
  copy_ = new QPushButton(tr("Copy Table"), content);
  copy_->setObjectName("neurons-copy");
  copy_->setAccessibleName(tr("Copy the table of neurons"));
  copy_->setToolTip(
      tr("Copy the selected rows, or all that are listed, with a line of headings, for a spreadsheet (Ctrl+C "
         "in the table)"));
  line->addWidget(label);
  line->addWidget(find_, 1);
  line->addWidget(select_);
  line->addWidget(copy_);
  column.addLayout(line);
  connect(find_, &QLineEdit::textChanged, this, [this] { filter_timer_.start(); });
  connect(find_, &QLineEdit::returnPressed, this, &NeuronsDock::select_shown);
  connect(select_, &QPushButton::clicked, this, &NeuronsDock::select_shown);
  connect(copy_, &QPushButton::clicked, this, &NeuronsDock::copy);
}

void NeuronsDock::make_table(QWidget* content) {
  view_ = new QTableView(content);
  view_->setObjectName("neurons-table");
  view_->setAccessibleName(tr("Neurons"));
  view_->setModel(&rows_);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  view_->setAlternatingRowColors(true);
  view_->setTabKeyNavigation(false);
  view_->setWordWrap(false);
  view_->setShowGrid(false);
  view_->setMouseTracking(true);
  view_->viewport()->installEventFilter(this);
  // The button in the corner, which a hidden column of row numbers leaves behind.
  for (auto* corner : view_->findChildren<QAbstractButton*>()) corner->setAccessibleName(tr("Select all neurons"));
  view_->setSortingEnabled(true);
  view_->sortByColumn(0, Qt::AscendingOrder);
  view_->verticalHeader()->hide();
  view_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  view_->verticalHeader()->setDefaultSectionSize(view_->fontMetrics().height() + 6);
  QHeaderView* header = view_->horizontalHeader();
  header->setResizeContentsPrecision(rows_for_widths);
  header->setHighlightSections(false);
  header->setSectionsMovable(true);
  auto* copy = new QAction(tr("Copy"), view_);
  copy->setObjectName("neurons-copy-action");
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  view_->addAction(copy);
  view_->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(copy, &QAction::triggered, this, &NeuronsDock::copy);
  connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &NeuronsDock::take_selection);
  connect(view_, &QAbstractItemView::entered, this, [this](const QModelIndex& index) {
    selection_.point_at(model_.table().network(), {static_cast<NodeIndex>(rows_.node_of(index.row()))});
  });
}

void NeuronsDock::find() {
  show();
  raise();
  find_->setFocus(Qt::ShortcutFocusReason);
  find_->selectAll();
}

bool NeuronsDock::eventFilter(QObject* watched, QEvent* event) {
  if (view_ && watched == view_->viewport() && event->type() == QEvent::Leave) selection_.point_at({}, {});
  if (watched == find_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down) {
      view_->setFocus();
      if (!view_->currentIndex().isValid() && rows_.rowCount() > 0) view_->setCurrentIndex(rows_.index(0, 0));
      return true;
    }
  }
  return Panel::eventFilter(watched, event);
}

void NeuronsDock::refresh() {
  if (!isVisible() || live_.is_draft()) return;
  const SceneInput& input = live_.scene_input();
  if (input == shown_input_ && model_.table().network()) return;
  shown_input_ = input;
  const QScopedValueRollback following(is_following_, true);
  const int before = model_.columnCount();
  model_.set_table(NeuronTable(input));
  filter();
  if (!std::exchange(has_widths_, input.network != nullptr) || model_.columnCount() != before) {
    view_->resizeColumnsToContents();
    if (model_.table().row_count() > 0) {
      // The last name is among the longest, and not among the rows looked at.
      const QString last = to_qt(model_.table().text(model_.table().row_count() - 1, 0));
      view_->setColumnWidth(
          0, std::max(view_->columnWidth(0), view_->fontMetrics().horizontalAdvance(last) + room_beside_text));
    }
  }
}

void NeuronsDock::filter() {
  filter_timer_.stop();
  problem_.clear();
  std::vector<bool> accepted;
  if (!find_->text().trimmed().isEmpty()) {
    try {
      accepted.assign(model_.table().row_count(), false);
      for (const NodeIndex node : NeuronQuery(find_->text().toStdString(), model_.table()).rows())
        accepted[node] = true;
    } catch (const InvalidInput& error) {
      problem_ = to_qt(error.what()) + ".";
      accepted.clear();  // a condition that is half typed
    }
  }
  {
    const QScopedValueRollback following(is_following_, true);
    rows_.set_accepted(std::move(accepted));
  }
  show_selection();
}

void NeuronsDock::select_shown() {
  refresh();
  filter();
  if (!problem_.isEmpty()) return;
  Pick pick{model_.table().network(), {}, PickMode::replace};
  for (const std::size_t node : rows_.shown_nodes()) pick.nodes.push_back(static_cast<NodeIndex>(node));
  selection_.pick(pick);
}

void NeuronsDock::show_selection() {
  show_summary();
  if (!isVisible()) return;
  const NetworkPointer& network = model_.table().network();
  if (!network) return;
  std::vector<bool> is_selected(network->node_count(), false);
  for (const NodeIndex node : nodes_of(*network, document_.selected())) is_selected[node] = true;
  // Rows beside each other as one range: thousands of ranges of one row would take their square in time.
  QItemSelection ranges;
  int first = -1, top = -1;
  for (int row = 0; row <= rows_.rowCount(); ++row) {
    const bool selected = row < rows_.rowCount() && is_selected[rows_.node_of(row)];
    if (selected && first < 0) first = row;
    if (!selected && first >= 0) {
      ranges.append(QItemSelectionRange(rows_.index(first, 0), rows_.index(row - 1, rows_.columnCount() - 1)));
      top = top < 0 ? first : top;
      first = -1;
    }
  }
  if (ranges == view_->selectionModel()->selection()) return;
  const QScopedValueRollback following(is_following_, true);
  view_->selectionModel()->select(ranges, QItemSelectionModel::ClearAndSelect);
  if (top >= 0 && !view_->hasFocus()) view_->scrollTo(rows_.index(top, 0));
}

void NeuronsDock::take_selection() {
  if (is_following_) return;
  Pick pick{model_.table().network(), {}, PickMode::replace};
  for (const QItemSelectionRange& range : view_->selectionModel()->selection()) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      pick.nodes.push_back(static_cast<NodeIndex>(rows_.node_of(row)));
    }
  }
  selection_.pick(pick);
}

void NeuronsDock::show_summary() {
  const auto all = model_.table().row_count();
  const auto listed = static_cast<std::size_t>(rows_.rowCount());
  QString words = translated(listed == all ? counted(all, "neuron")
                                           : with_commas(listed) + " of " + counted(all, "neuron") + " listed");
  const QString selected = selection_.words();
  if (!selected.isEmpty()) words += QStringLiteral(" · ") + selected;
  summary_->show_text(problem_.isEmpty() ? words : problem_);
  select_->setEnabled(problem_.isEmpty() && listed > 0);
  copy_->setEnabled(listed > 0);
}

void NeuronsDock::show_picture() {
  if (!isVisible()) return;
  const HighlightPointer& selected = selection_.highlight(HighlightRole::selected);
  if (!selected || selected->nodes.size() != 1) {
    return picture_->show_message(tr("Select one neuron to see its dendrites, window, blocks and synapses."));
  }
  const LiveSnapshot& snapshot = live_.snapshot();
  const bool is_drawn = !snapshot.request.network && snapshot.network.value == selected->network;
  picture_->show_neuron(neuron_picture(selected->network, selected->nodes.front(), model_.table().layer_names(),
                                       is_drawn ? &snapshot.request.parameters : nullptr));
}

void NeuronsDock::copy() {
  const QItemSelectionModel& chosen = *view_->selectionModel();
  std::vector<std::size_t> nodes;
  for (int row = 0; row < rows_.rowCount(); ++row) {
    if (!chosen.hasSelection() || chosen.isSelected(rows_.index(row, 0))) nodes.push_back(rows_.node_of(row));
  }
  QApplication::clipboard()->setText(to_qt(model_.table().to_tsv(nodes)));
  Q_EMIT notice(tr("Copied %1.").arg(translated(counted(nodes.size(), "row"))));
}

}  // namespace dnm
