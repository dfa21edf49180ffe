// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace dnm {

/// The system's dialog for the name of a file to write; empty if the user gave none. It does not ask whether to replace
/// a file: the name may still get an extension, and Question::ask_to_replace() asks once it is complete.
/// `chosen_filter` receives the filter that was chosen.
[[nodiscard]] QString choose_file_to_write(QWidget* window, const QString& title, const QString& proposed,
                                           const QString& filters, QString* chosen_filter = nullptr);

}  // namespace dnm
