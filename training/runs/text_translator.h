// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "training/runs/training_module.h"

namespace dnm {

/// TrainingModule::translator.
[[nodiscard]] std::unique_ptr<TextTranslator> make_translator(const TranslatorRequest& request,
                                                              const TaskControl& control);

}  // namespace dnm
