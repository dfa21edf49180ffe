// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/export_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <cmath>

#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/session/session.h"
#include "core/support/user_folders.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

namespace {

struct JournalWidth {
  const char* label;
  double millimetres;
};
constexpr JournalWidth journal_widths[] = {
    {"Two columns (183 mm)", 183.0}, {"One column (89 mm)", 89.0}, {"Conference text width (5.5 in)", 139.7}};

}  // namespace

ExportOffer network_export_offer(const QString& selection) {
  ExportOffer offer{
      "Export Figure", {}, "The figure carries its parameters and seed: opening it restores this session.", selection};
  for (const Choice& choice : panel_choices()) offer.pictures.push_back({to_qt(choice.label), std::string(choice.id)});
  return offer;
}

ExportDialog::ExportDialog(const ExportSettings& proposed, const ExportOffer& offer, QWidget* parent)
    : QDialog(parent), carried_(offer.hint) {
  setObjectName("export-dialog");
  setWindowTitle(offer.title);
  setAccessibleName("Export figure");
  auto* form = new QFormLayout(this);
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  form->setSpacing(9);

  auto* path_line = new QHBoxLayout;
  path_ = new QLineEdit(proposed.path, this);
  path_->setObjectName("export-path");
  path_->setAccessibleName("File");
  path_->setMinimumWidth(380);
  path_line->addWidget(path_, 1);
  auto* choose = new QPushButton("Choose …", this);
  choose->setObjectName("export-choose");
  choose->setAccessibleName("Choose the file");
  path_line->addWidget(choose);
  form->addRow("File", path_line);
  connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);

  auto* width_line = new QHBoxLayout;
  preset_ = new QComboBox(this);
  preset_->setObjectName("export-width-preset");
  preset_->setAccessibleName("Usual widths");
  for (const JournalWidth& width : journal_widths) preset_->addItem(width.label, width.millimetres);
  preset_->addItem("Other");
  width_line->addWidget(preset_, 1);
  width_ = new NumberBox("Width in millimetres", {40.0, 1000.0, 1.0}, false, this);
  width_->setObjectName("export-width");
  width_->setSuffix(" mm");
  width_line->addWidget(width_);
  form->addRow("Width", width_line);
  connect(preset_, &QComboBox::activated, this, [this](int index) {
    if (preset_->itemData(index).isValid()) width_->setValue(preset_->itemData(index).toDouble());
  });
  connect(width_, &NumberBox::valueChanged, this, [this](double value) {
    int match = preset_->count() - 1;
    for (int i = 0; i + 1 < preset_->count(); ++i)
      if (std::abs(preset_->itemData(i).toDouble() - value) < 0.05) match = i;
    preset_->setCurrentIndex(match);
  });

  panel_ = new QComboBox(this);
  panel_->setObjectName("export-panel");
  panel_->setAccessibleName("Pictures");
  for (const ExportOffer::Picture& picture : offer.pictures) panel_->addItem(picture.label, to_qt(picture.id));
  panel_->setCurrentIndex(std::max(0, panel_->findData(to_qt(proposed.panel))));
  form->addRow("Pictures", panel_);

  selection_ = new QCheckBox("Mark the selected neurons", this);
  selection_->setObjectName("export-selection");
  selection_->setToolTip(offer.selection);
  selection_->setChecked(proposed.shows_selection);
  selection_->setVisible(!offer.selection.isEmpty());
  if (!offer.selection.isEmpty()) form->addRow({}, selection_);

  hint_ = new QLabel(this);
  hint_->setObjectName("export-hint");
  hint_->setWordWrap(true);
  form->addRow(hint_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  export_ = buttons->addButton("Export", QDialogButtonBox::AcceptRole);
  export_->setObjectName("export-accept");
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(path_, &QLineEdit::textChanged, this, &ExportDialog::check);
  connect(width_->findChild<QLineEdit*>(), &QLineEdit::textEdited, this, &ExportDialog::check);
  connect(width_, &NumberBox::editingFinished, this, &ExportDialog::check);
  width_->setValue(proposed.width_mm);
  check();
}

ExportSettings ExportDialog::settings() const {
  return {to_qt(with_home(path_->text().toStdString())), width_->value(),
          panel_->currentData().toString().toStdString(), selection_->isChecked()};
}

void ExportDialog::accept() {
  question_.ask_to_replace(this, settings().path, [this] { QDialog::accept(); });
}

void ExportDialog::browse() {
  const QString path =
      choose_file_to_write(this, windowTitle(), settings().path, "Figures (*.pdf *.svg *.png);;All files (*)");
  if (!path.isEmpty()) path_->setText(path);
}

void ExportDialog::check() {
  QString problem = width_->problem();
  const std::string path = path_->text().toStdString();
  if (is_animation_file(path)) {
    problem = "An animation is written by dnm figure --run-dir RUN --update all; here, give a .pdf, .svg or .png";
  } else if (!is_figure_file(path)) {
    problem = "Give a name that ends in .pdf, .svg or .png";
  }
  export_->setEnabled(problem.isEmpty());
  hint_->setText(problem.isEmpty() ? carried_ : problem + ".");
}

}  // namespace dnm
