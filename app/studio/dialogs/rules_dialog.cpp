// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/rules_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <utility>

#include "app/studio/widgets/text.h"
#include "core/parameters/parameter_table.h"
#include "core/support/digits.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/training_parameters.h"

namespace dnm {

namespace {

void add_item(QListWidget& list, const QString& id, const QString& text, const QString& meaning, bool ticked) {
  auto* item = new QListWidgetItem(text, &list);
  item->setData(Qt::UserRole, id);
  item->setToolTip(meaning);
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
  item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
}

std::vector<std::string> ticked(const QListWidget& list) {
  std::vector<std::string> ids;
  for (int row = 0; row < list.count(); ++row) {
    const QListWidgetItem* item = list.item(row);
    if (item->checkState() == Qt::Checked) ids.push_back(item->data(Qt::UserRole).toString().toStdString());
  }
  return ids;
}

}  // namespace

RulesDialog::RulesDialog(const TrainingSettings& settings, QWidget* parent) : QDialog(parent), settings_(settings) {
  setObjectName("rules-dialog");
  setWindowTitle(tr("Train under Several Rules"));
  setAccessibleName(tr("Train under several rules"));
  auto* grid = new QGridLayout(this);
  grid->setSpacing(9);
  rules_ = make_list("rules-list", tr("Rewiring rules"));
  networks_ = make_list("networks-list", tr("Networks"));
  grid->addWidget(new QLabel(tr("Rewiring rules"), this), 0, 0);
  grid->addWidget(new QLabel(tr("Networks"), this), 0, 1);
  grid->addWidget(rules_, 1, 0);
  grid->addWidget(networks_, 1, 1);
  for (const RewiringMethod& rule : rewiring_table()) {
    add_item(*rules_, to_qt(rule.choice.id), translated(rule.choice.label), translated(rule.choice.meaning),
             rule.choice.id == settings.method);
  }
  add_item(*networks_, {}, tr("The network on screen"), tr("What Start trains"), true);
  for (const ComparisonRow& row : comparison_rows()) {
    add_item(*networks_, to_qt(row.id), translated(row.label),
             tr("Drawn with the layers, sparsity and seeds of the panels"), false);
  }
  auto* hint = new QLabel(
      tr("A group of runs for each pair. The comparison then has the rules as columns and the networks as rows."),
      this);
  hint->setWordWrap(true);
  grid->addWidget(hint, 2, 0, 1, 2);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  train_ = buttons->addButton(tr("Train"), QDialogButtonBox::AcceptRole);
  grid->addWidget(buttons, 3, 0, 1, 2);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  check();
}

QListWidget* RulesDialog::make_list(const char* name, const QString& words) {
  auto* list = new QListWidget(this);
  list->setObjectName(name);
  list->setAccessibleName(words);
  list->setMinimumSize(230, 270);
  connect(list, &QListWidget::itemChanged, this, &RulesDialog::check);
  return list;
}

std::vector<ComparedStart> RulesDialog::chosen() const {
  std::vector<ComparedStart> starts;
  const std::vector<std::string> rules = ticked(*rules_);
  for (const std::string& id : ticked(*networks_)) {
    for (const std::string& rule : rules) {
      const ComparisonRow* row = id.empty() ? nullptr : &comparison_row(id);
      TrainingSettings settings = settings_;
      training_parameter_table().at("method").set(settings, rule);
      if (!row || why_not_trained(*row, settings).empty()) starts.push_back({rule, row});
    }
  }
  return starts;
}

void RulesDialog::check() {
  if (!train_) return;
  const std::size_t count = chosen().size();
  train_->setEnabled(count > 0);
  train_->setText(count == 1 ? tr("Train 1 Group") : tr("Train %1 Groups").arg(to_qt(with_commas(count))));
}

}  // namespace dnm
