// SPDX-License-Identifier: GPL-3.0-or-later
// Paper: what FileActions prints.
#include <QPageLayout>
#include <QPrintDialog>
#include <QPrinter>
#include <memory>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/studio/window/file_actions.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

void FileActions::print_with_dialog() {
  const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
  printer->setDocName(document_.name());
  auto* dialog = new QPrintDialog(printer.get(), window_);
  dialog->setObjectName("print-dialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOptions(QAbstractPrintDialog::PrintToFile | QAbstractPrintDialog::PrintShowPageSize);
  connect(dialog, &QDialog::accepted, this, [this, printer] { print(printer); });
  dialog->open();
}

void FileActions::print(const std::shared_ptr<QPrinter>& printer) {
  if (!live_.is_settled() || !live_.current_network()) {
    Q_EMIT message(tr("There is nothing to print yet; wait until all values are fresh, then print again."));
    return;
  }
  background_.start(tr("Printing"), [this, printer, request = figure_request(last_export_)](const TaskControl&) {
    const std::vector<std::string> notices = print_figure(*printer, request);
    return [this, printer, notices] {
      QString text =
          printer->outputFileName().isEmpty() ? tr("Sent to the printer.") : wrote_text(printer->outputFileName(), {});
      for (const std::string& notice : notices) text += " " + translated(notice) + ".";
      Q_EMIT notice(text, printer->outputFileName());
    };
  });
}

}  // namespace dnm
