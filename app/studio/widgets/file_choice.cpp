// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/file_choice.h"

#include <QFileDialog>

namespace dnm {

QString choose_file_to_write(QWidget* window, const QString& title, const QString& proposed, const QString& filters,
                             QString* chosen_filter) {
  return QFileDialog::getSaveFileName(window, title, proposed, filters, chosen_filter,
                                      QFileDialog::DontConfirmOverwrite);
}

}  // namespace dnm
