// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include "app/studio/document/document.h"
#include "app/studio/window/file_actions.h"
#include "core/files/tensor_choice.h"

namespace dnm {

// Which matrices of a file of many are the layers of its network: the user chooses them in a dialog, and the file is
// opened so, in one undo step.

/// Asks for the layers of a file, those of `reading` or else of the choice being ticked.
void ask_for_layers(FileActions& files, QWidget* window, const QString& path, const ReadOptions& reading,
                    TensorChoice choice);

/// Whether a file is shown that may hold several matrices.
[[nodiscard]] bool can_choose_layers(const Document& document);
/// Reads in the background what can be chosen in the file that is shown, and asks.
void choose_layers(FileActions& files, const Document& document, QWidget* window);

}  // namespace dnm
