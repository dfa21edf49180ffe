// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/missing_links_window.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <utility>

#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "core/files/atomic_file.h"
#include "core/parameters/number_text.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr std::int64_t usual_count = 100;
constexpr double most_rows = 10000.0;

/// "12", or "12 (retina)" where the file names its nodes.
QString neuron_text(const Network& network, std::size_t layer_of_neurons, NodeIndex neuron) {
  const std::string_view name = network.name_of(network.first_node(layer_of_neurons) + neuron);
  return QString::number(neuron) + (name.empty() ? QString() : " (" + to_qt(name) + ")");
}

}  // namespace

MissingLinksWindow::MissingLinksWindow(LiveBridge& live, QWidget* parent) : QDialog(parent), live_(live) {
  setObjectName("missing-links");
  setWindowTitle(tr("Likeliest Missing Links"));
  setAccessibleName(tr("Likeliest missing links"));
  auto* column = new QVBoxLayout(this);
  auto* layer_line = new QHBoxLayout;
  auto* layer_label = new QLabel(tr("Layer"), this);
  layer_ = new QComboBox(this);
  layer_->setObjectName("missing-layer");
  layer_->setAccessibleName(tr("Layer of links"));
  layer_label->setBuddy(layer_);
  layer_line->addWidget(layer_label);
  layer_line->addSpacing(ParameterRow::reset_column_width());
  layer_line->addWidget(layer_, 1);
  column->addLayout(layer_line);
  const auto& table = missing_link_setting_table();
  score_ = add_row(*column, table.at("score").info, table.at("score").get({}));
  ParameterInfo top = table.at("top").info;
  top.meaning = "How many of the likeliest are listed.";
  top.range = {1, most_rows, 1, true};
  top_ = add_row(*column, top, usual_count);
  const int width =
      std::max({layer_label->sizeHint().width(), score_->preferred_label_width(), top_->preferred_label_width()});
  layer_label->setFixedWidth(width);
  score_->set_label_width(width);
  top_->set_label_width(width);

  list_ = new QTreeWidget(this);
  list_->setObjectName("missing-list");
  list_->setAccessibleName(tr("Missing links, the likeliest first"));
  list_->setHeaderLabels({tr("Output"), tr("Input"), tr("Score")});
  for (int cell = 0; cell < list_->columnCount(); ++cell)
    list_->headerItem()->setTextAlignment(cell, Qt::AlignRight | Qt::AlignVCenter);
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  list_->header()->setSectionResizeMode(QHeaderView::Stretch);
  column->addWidget(list_, 1);
  state_ = new QLabel(this);
  state_->setObjectName("missing-state");
  state_->setAccessibleName(tr("What is listed"));
  state_->setWordWrap(true);
  state_->setTextFormat(Qt::PlainText);
  column->addWidget(state_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  save_ = buttons->addButton(tr("Save Table …"), QDialogButtonBox::ActionRole);
  save_->setObjectName("missing-save");
  save_->setAutoDefault(false);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(save_, &QPushButton::clicked, this, &MissingLinksWindow::save);
  connect(layer_, &QComboBox::activated, this, &MissingLinksWindow::refresh);
  connect(&live_, &LiveBridge::updated, this, &MissingLinksWindow::refresh);
  resize(420, 560);
}

ParameterRow* MissingLinksWindow::add_row(QLayout& line, ParameterInfo info, const ParameterValue& usual) {
  ParameterRow* row = ParameterRow::create(info, usual, this, "missing-" + to_qt(info.id));
  line.addWidget(row);
  connect(row, &ParameterRow::edited, this, [this](bool dragging) {
    if (!dragging) refresh();
  });
  connect(row, &ParameterRow::drag_finished, this, &MissingLinksWindow::refresh);
  connect(row, &ParameterRow::reset_requested, row, &ParameterRow::reset);
  connect(row, &ParameterRow::rejected, this, &MissingLinksWindow::rejected);
  return row;
}

void MissingLinksWindow::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  refresh();
}

MissingLinkSettings MissingLinksWindow::settings() const {
  MissingLinkSettings settings;
  settings.layer = layer_->currentIndex() + 1;
  for (const ParameterRow* row : {score_, top_}) {
    missing_link_setting_table().at(row->info().id).set(settings, row->value());
  }
  return settings;
}

void MissingLinksWindow::show_layers(const Network& network) {
  const int before = layer_->currentIndex();
  const QSignalBlocker quiet(layer_);
  layer_->clear();
  const auto& sizes = network.layer_sizes();
  const SceneInput& known = live_.scene_input();
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    const bool is_named = known.network.get() == &network && i < known.names.matrices.size();
    const QString name = is_named ? translated(known.names.matrices[i]) : tr("Layer %1").arg(i + 1);
    layer_->addItem(QStringLiteral("%1 (%2 → %3)").arg(name).arg(sizes[i]).arg(sizes[i + 1]));
  }
  layer_->setCurrentIndex(std::clamp(before, 0, std::max(0, layer_->count() - 1)));
  layer_->setEnabled(layer_->count() > 0);
}

void MissingLinksWindow::refresh() {
  const NetworkPointer network = live_.current_network();
  if (!isVisible() || !network) return;
  if (network != network_) show_layers(*network);
  const MissingLinkSettings wanted = settings();
  if (network == network_ && wanted == asked_) return;
  network_ = network;
  asked_ = wanted;
  background_.cancel();
  state_->setText(tr("Computing …"));
  save_->setEnabled(false);
  list_->setEnabled(false);  // of the network or settings before
  background_.start(
      tr("Scoring missing links"),
      [this, network, wanted](const TaskControl& control) -> Background::Outcome {
        return [this, links = missing_links(*network, wanted, control)]() mutable { show_links(std::move(links)); };
      },
      [this](const QString& why) {
        show_links({});
        state_->setText(why + ".");
      });
}

void MissingLinksWindow::show_links(std::vector<MissingLink> links) {
  links_ = std::move(links);
  list_->clear();
  const auto layer = static_cast<std::size_t>(asked_.layer);
  QList<QTreeWidgetItem*> rows;
  for (const MissingLink& link : links_) {
    auto* row =
        new QTreeWidgetItem({neuron_text(*network_, layer, link.output), neuron_text(*network_, layer - 1, link.input),
                             to_qt(with_significant(link.score, 6))});
    for (int cell = 0; cell < row->columnCount(); ++cell)
      row->setTextAlignment(cell, Qt::AlignRight | Qt::AlignVCenter);
    row->setToolTip(2, to_qt(format_real(link.score)));
    rows.push_back(row);
  }
  list_->addTopLevelItems(rows);
  list_->setEnabled(true);
  save_->setEnabled(!links_.empty());
  if (!links_.empty()) {
    const bool all = links_.size() < static_cast<std::size_t>(asked_.top);
    state_->setText((all ? tr("All %1 of neurons without a link and with a positive score.")
                         : tr("The %1 of neurons without a link whose scores are largest."))
                        .arg(translated(counted(links_.size(), "pair"))));
  } else if (network_->is_layered()) {
    QString why = translated(no_missing_links_text(*network_, asked_.layer));
    why.front() = why.front().toUpper();
    state_->setText(why + ".");
  }
}

void MissingLinksWindow::save() {
  const QString path =
      choose_file_to_write(this, tr("Save Table"), "missing-links.tsv", tr("Tables (*.tsv *.csv);;All files (*)"));
  if (path.isEmpty()) return;
  question_.ask_to_replace(this, path, [this, path, links = links_] {
    background_.start(
        tr("Writing %1").arg(QFileInfo(path).fileName()),
        [this, path, links](const TaskControl&) -> Background::Outcome {
          const std::filesystem::path file = path.toStdString();
          write_atomically(file, missing_links_table(links, file));
          return [this, path] { Q_EMIT notice(wrote_text(path, {}), path); };
        },
        [this](const QString& why) { Q_EMIT problem(why); });
  });
}

}  // namespace dnm
