// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/layers_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/widgets/text.h"
#include "app/workspace/words.h"

namespace dnm {

namespace {

enum Column { name_column, shape_column, nonzero_column };
constexpr int index_role = Qt::UserRole;
constexpr std::size_t most_without_search = 12;

QString shape_text(const TensorShape& matrix) {
  return QString::number(matrix.shape[0]) + QStringLiteral(" × ") + QString::number(matrix.shape[1]);
}

/// What the layers are, or why they are none.
QString fit_text(const std::vector<TensorShape>& tensors, const TensorFit& fit) {
  if (!fit.problem.empty()) return Words::tr("They do not make a chain: %1.").arg(translated(fit.problem));
  if (fit.layers.empty()) return Words::tr("Tick the matrices that are the layers.");
  QStringList sizes, turned;
  for (const std::uint64_t size : fit.sizes) sizes += QString::number(size);
  for (const auto& [index, transposed] : fit.layers)
    if (transposed) turned += to_qt(tensors[index].name);
  QString text = Words::tr("They make the network %1.").arg(sizes.join('-'));
  if (!turned.isEmpty()) text += " " + Words::tr("Stored as inputs × outputs: %1.").arg(turned.join(", "));
  return text;
}

}  // namespace

LayersDialog::LayersDialog(const QString& file, const TensorChoice& choice, QWidget* parent) : QDialog(parent) {
  setObjectName("layers-dialog");
  setWindowTitle(tr("Choose Layers"));
  setAccessibleName(tr("Choose layers"));
  auto* column = new QVBoxLayout(this);
  auto* text = new QLabel(this);
  text->setWordWrap(true);
  const std::size_t count = choice.matrices.size();
  text->setText((count == 1 ? tr("%1 holds one matrix.").arg(file)
                            : tr("%1 holds %2 matrices.").arg(file, QString::number(count))) +
                " " + tr("Tick those that are the layers, and put them in the order of the network, inputs first."));
  column->addWidget(text);
  search_ = new QLineEdit(this);
  search_->setObjectName("layers-search");
  search_->setAccessibleName(tr("Show the matrices whose name has this in it"));
  search_->setPlaceholderText(tr("Search the names"));
  search_->setClearButtonEnabled(true);
  search_->setVisible(choice.matrices.size() > most_without_search);
  column->addWidget(search_);
  connect(search_, &QLineEdit::textChanged, this, &LayersDialog::search);

  auto* middle = new QHBoxLayout;
  list_ = new QTreeWidget(this);
  middle->addWidget(list_, 1);
  auto* buttons_beside = new QVBoxLayout;
  const auto add_move = [&](const char* name, const QString& label, const QString& tip, const char* key, int step) {
    auto* button = new QPushButton(label, this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    button->setToolTip(tip.arg(key));
    connect(button, &QPushButton::clicked, this, [this, step] { move(step); });
    // A shortcut of the button itself presses it for a while, and loses what is typed meanwhile.
    auto* shortcut = new QShortcut(QKeySequence(key), this);
    connect(shortcut, &QShortcut::activated, this, [this, step] { move(step); });
    buttons_beside->addWidget(button);
    return button;
  };
  up_ = add_move("layers-up", tr("Up"), tr("Move the matrix up (%1); dragging does it, too"), "Alt+Up", -1);
  down_ = add_move("layers-down", tr("Down"), tr("Move the matrix down (%1); dragging does it, too"), "Alt+Down", 1);
  buttons_beside->addStretch(1);
  middle->addLayout(buttons_beside);
  column->addLayout(middle, 1);

  fit_ = new QLabel(this);
  fit_->setObjectName("layers-fit");
  fit_->setAccessibleName(tr("Whether they fit"));
  fit_->setWordWrap(true);
  fit_->setTextFormat(Qt::PlainText);
  fit_->setMinimumHeight(2 * fit_->fontMetrics().lineSpacing());
  column->addWidget(fit_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  open_ = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
  open_->setObjectName("layers-open");
  open_->setDefault(true);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

  make_list(choice);
  resize(720, 480);
  list_->setFocus();
  check();
}

void LayersDialog::make_list(const TensorChoice& choice) {
  list_->setObjectName("layers-list");
  list_->setAccessibleName(tr("Matrices; Space ticks, Alt+Up and Alt+Down move"));
  list_->setHeaderLabels({tr("Matrix"), tr("Outputs × inputs"), tr("Not zero")});
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setTextElideMode(Qt::ElideMiddle);
  list_->setDragDropMode(QAbstractItemView::InternalMove);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionsMovable(false);
  list_->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  list_->header()->setSectionResizeMode(name_column, QHeaderView::Stretch);
  list_->headerItem()->setToolTip(nonzero_column, tr("Share of the entries that are not zero and become links"));
  std::vector<std::size_t> order;
  for (const MatrixChoice& matrix : choice.matrices) tensors_.push_back(matrix.tensor);
  for (const std::string& name : choice.preselected) {
    const auto place =
        static_cast<std::size_t>(std::ranges::find(tensors_, name, &TensorShape::name) - tensors_.begin());
    if (place < tensors_.size() && std::ranges::find(order, place) == order.end()) order.push_back(place);
  }
  const std::size_t preselected = order.size();
  for (std::size_t place = 0; place < tensors_.size(); ++place)
    if (std::ranges::find(order, place) == order.end()) order.push_back(place);
  for (std::size_t row = 0; row < order.size(); ++row) {
    const MatrixChoice& matrix = choice.matrices[order[row]];
    const QString name = to_qt(matrix.tensor.name);
    auto* item = new QTreeWidgetItem(list_, {name, shape_text(matrix.tensor), to_qt(percent_text(matrix.density()))});
    item->setData(name_column, index_role, qulonglong{order[row]});
    item->setCheckState(name_column, row < preselected ? Qt::Checked : Qt::Unchecked);
    item->setFlags((item->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled) & ~Qt::ItemIsDropEnabled);
    item->setToolTip(name_column, name);
    for (const Column number : {shape_column, nonzero_column})
      item->setTextAlignment(number, Qt::AlignRight | Qt::AlignVCenter);
  }
  list_->setCurrentItem(list_->topLevelItem(0));
  connect(list_, &QTreeWidget::itemChanged, this, &LayersDialog::check);
  connect(list_, &QTreeWidget::currentItemChanged, this, &LayersDialog::check);
  // A drag inserts the row at its new place before it removes the old one.
  connect(list_->model(), &QAbstractItemModel::rowsRemoved, this, &LayersDialog::check, Qt::QueuedConnection);
}

void LayersDialog::move(int step) {
  const int from = list_->indexOfTopLevelItem(list_->currentItem());
  int to = from + step;
  while (to >= 0 && to < list_->topLevelItemCount() && list_->topLevelItem(to)->isHidden()) to += step;
  if (from < 0 || to < 0 || to >= list_->topLevelItemCount()) return;
  QTreeWidgetItem* item = list_->takeTopLevelItem(from);
  list_->insertTopLevelItem(to, item);
  list_->setCurrentItem(item);
  check();
}

void LayersDialog::search(const QString& text) {
  for (int row = 0; row < list_->topLevelItemCount(); ++row) {
    QTreeWidgetItem* item = list_->topLevelItem(row);
    item->setHidden(!item->text(name_column).contains(text, Qt::CaseInsensitive));
  }
}

std::vector<std::size_t> LayersDialog::ticked() const {
  std::vector<std::size_t> indices;
  for (int row = 0; row < list_->topLevelItemCount(); ++row) {
    const QTreeWidgetItem* item = list_->topLevelItem(row);
    if (item->checkState(name_column) == Qt::Checked)
      indices.push_back(item->data(name_column, index_role).toULongLong());
  }
  return indices;
}

std::vector<std::string> LayersDialog::chosen() const {
  std::vector<std::string> names;
  for (const std::size_t index : ticked()) names.push_back(tensors_[index].name);
  return names;
}

void LayersDialog::check() {
  const TensorFit fit = fit_tensors(tensors_, ticked());
  fit_->setText(fit_text(tensors_, fit));
  open_->setEnabled(!fit.layers.empty());
  const int row = list_->indexOfTopLevelItem(list_->currentItem());
  up_->setEnabled(row > 0);
  down_->setEnabled(row >= 0 && row + 1 < list_->topLevelItemCount());
}

}  // namespace dnm
