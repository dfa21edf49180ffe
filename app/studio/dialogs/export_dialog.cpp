// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/export_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/session/session.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/user_folders.h"

namespace dnm {

ExportDialog::ExportDialog(const ExportSettings& proposed, ExportOffer offer, QWidget* parent)
    : QDialog(parent), offer_(std::move(offer)), page_(proposed.page) {
  setObjectName("export-dialog");
  setWindowTitle(offer_.title);
  setAccessibleName(tr("Export figure"));
  auto* columns = new QHBoxLayout(this);
  columns->setSpacing(14);
  columns->addWidget(make_form(proposed));
  preview_ = new FigurePreviewArea([this] { return offer_.request(settings()); }, this);
  columns->addWidget(preview_, 1);
  // Two columns of a journal in their true size, where the screen has room for them.
  constexpr int wanted_width = 1180, wanted_height = 600, beside = 60;
  resize(QSize(wanted_width, wanted_height).boundedTo(screen()->availableSize() - QSize(beside, beside)));
  connect(preview_, &FigurePreviewArea::noticed, this, [this](const QString& text) {
    noticed_ = text;
    check();
  });

  connect(path_, &QLineEdit::textChanged, this, &ExportDialog::check);
  connect(width_->findChild<QLineEdit*>(), &QLineEdit::textEdited, this, &ExportDialog::check);
  connect(width_, &NumberBox::editingFinished, this, &ExportDialog::changed);
  connect(width_, &NumberBox::valueChanged, this, &ExportDialog::changed);
  connect(panel_, &QComboBox::currentTextChanged, this, &ExportDialog::changed);
  connect(selection_, &QCheckBox::toggled, this, &ExportDialog::changed);
  changed();
}

QWidget* ExportDialog::make_form(const ExportSettings& proposed) {
  auto* side = new QWidget(this);
  auto* form = new QFormLayout(side);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  form->setSpacing(9);

  auto* path_line = new QHBoxLayout;
  path_ = new QLineEdit(proposed.path, side);
  path_->setObjectName("export-path");
  path_->setAccessibleName(tr("File"));
  path_->setMinimumWidth(300);
  path_line->addWidget(path_, 1);
  auto* choose = new QPushButton(tr("Choose …"), side);
  choose->setObjectName("export-choose");
  choose->setAccessibleName(tr("Choose the file"));
  path_line->addWidget(choose);
  form->addRow(tr("File"), path_line);
  connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);

  panel_ = new QComboBox(side);
  panel_->setObjectName("export-panel");
  panel_->setAccessibleName(tr("Pictures"));
  panel_->setEditable(true);
  panel_->setInsertPolicy(QComboBox::NoInsert);
  panel_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  QString names;
  for (const ExportOffer::Picture& picture : offer_.pictures) {
    panel_->addItem(picture.label, to_qt(picture.id));
    names += (names.isEmpty() ? "" : ", ") + to_qt(picture.id);
  }
  panel_->setToolTip(tr("One of the list, or several by their names, with blanks between pictures and / between rows: "
                        "<i>matrix layers / disk</i>.<br>Names: %1")
                         .arg(names));
  const int known = panel_->findData(to_qt(proposed.panel));
  if (known >= 0) {
    panel_->setCurrentIndex(known);
  } else {
    panel_->setEditText(to_qt(proposed.panel));
  }
  form->addRow(tr("Pictures"), panel_);
  form->addRow(tr("Width"), make_width_line(length_in_millimetres(proposed.page.width)));
  form->addRow(make_page_rows());

  selection_ = new QCheckBox(tr("Mark the selected neurons"), side);
  selection_->setObjectName("export-selection");
  selection_->setToolTip(offer_.selection);
  selection_->setChecked(proposed.shows_selection);
  selection_->setVisible(!offer_.selection.isEmpty());
  if (!offer_.selection.isEmpty()) form->addRow({}, selection_);

  hint_ = new QLabel(side);
  hint_->setObjectName("export-hint");
  hint_->setWordWrap(true);
  form->addRow(hint_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, side);
  export_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  export_->setObjectName("export-accept");
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  return side;
}

QLayout* ExportDialog::make_width_line(double millimetres) {
  auto* line = new QHBoxLayout;
  preset_ = new QComboBox(this);
  preset_->setObjectName("export-width-preset");
  preset_->setAccessibleName(tr("Usual widths"));
  preset_->setToolTip(tr("The widths that journals and conferences ask for"));
  for (const PageWidth& width : page_widths()) preset_->addItem(translated(width.label), width.millimetres);
  preset_->addItem(tr("Other"));
  line->addWidget(preset_, 1);
  width_ = new NumberBox(tr("Width in millimetres"), {20.0, 1000.0, 1.0}, false, this);
  width_->setObjectName("export-width");
  width_->setSuffix(" mm");
  width_->setToolTip(tr("Width on paper: texts keep their size in points, so choose the final width"));
  line->addWidget(width_);
  const auto show_preset = [this](double value) {
    int match = preset_->count() - 1;
    for (int i = 0; i + 1 < preset_->count(); ++i)
      if (std::abs(preset_->itemData(i).toDouble() - value) < 0.02) match = i;
    preset_->setCurrentIndex(match);
  };
  connect(preset_, &QComboBox::activated, this, [this](int index) {
    if (preset_->itemData(index).isValid()) width_->setValue(preset_->itemData(index).toDouble());
  });
  connect(width_, &NumberBox::valueChanged, this, show_preset);
  width_->setValue(millimetres);
  show_preset(millimetres);
  return line;
}

QWidget* ExportDialog::make_page_rows() {
  auto* rows = new ParameterForm("export", ParameterForm::Groups::flat, this);
  const auto& table = page_setting_table();
  for (const auto& row : table) {
    if (row.info.id == "width") continue;
    rows->add_row(row.info, row.get(PageSettings{}), "export-" + to_qt(row.info.id));
  }
  rows->align_labels();
  rows->show_settings(table, page_);
  connect(rows, &ParameterForm::edited, this, [this, rows](ParameterRow* edited, bool) {
    page_setting_table().at(edited->info().id).set(page_, edited->value());
    rows->show_settings(page_setting_table(), page_);
    changed();
  });
  connect(rows, &ParameterForm::reset_requested, this, [](ParameterRow* row) { row->reset(); });
  return rows;
}

ExportSettings ExportDialog::settings() const {
  ExportSettings settings{to_qt(with_home(path_->text().toStdString())), page_, {}, selection_->isChecked()};
  settings.page.width = with_significant(width_->value(), 6) + "mm";
  const int known = panel_->findText(panel_->currentText());
  settings.panel = (known >= 0 ? panel_->itemData(known).toString() : panel_->currentText()).toStdString();
  return settings;
}

void ExportDialog::accept() {
  question_.ask_to_replace(this, settings().path, [this] { QDialog::accept(); });
}

void ExportDialog::browse() {
  const QString path = choose_file_to_write(this, windowTitle(), settings().path,
                                            tr("Figures (*.pdf *.svg *.png *.tiff);;All files (*)"));
  if (!path.isEmpty()) path_->setText(path);
}

QString ExportDialog::problem() const {
  const std::string path = path_->text().toStdString();
  if (is_animation_file(path)) {
    return tr("An animation is written by dnm figure --run-dir RUN --update all; here, give a name that ends in %1")
        .arg(translated(figure_extensions_words));
  }
  if (!is_figure_file(path)) return tr("Give a name that ends in %1").arg(translated(figure_extensions_words));
  if (QString about_width = width_->problem(); !about_width.isEmpty()) return about_width;
  try {
    const ExportSettings wanted = settings();
    static_cast<void>(page_height(wanted.page));
    const FigureGrid grid = read_figure_grid(wanted.panel);
    if (grid.networks != std::vector{std::string()}) {
      return tr("Networks beside this one are for dnm figure; name pictures alone here");
    }
    for (const std::string_view panel : panels_of(grid, 0)) {
      static_cast<void>(look_up(offer_.pictures, panel, "picture"));
    }
  } catch (const Error& error) {
    return to_qt(error.what());
  }
  return {};
}

void ExportDialog::changed() {
  check();
  preview_->refresh();
}

void ExportDialog::check() {
  const QString why = problem();
  export_->setEnabled(why.isEmpty());
  hint_->setText(!why.isEmpty() ? why + "." : noticed_.isEmpty() ? offer_.hint : noticed_ + ".\n" + offer_.hint);
}

}  // namespace dnm
