// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/text/text_source.h"

namespace dnm {

// A folder of the user's own as a text source (see TextSource): train.SRC and train.TGT, likewise valid (or val, or
// dev) and test, plain or packed by gzip, a sentence a line in UTF-8. Training pairs with an empty side are left out.
[[nodiscard]] std::uint64_t find_folder_text(const LanguagePair& languages, const TextPlaces& places);
[[nodiscard]] ParallelText load_folder_text(const LanguagePair& languages, const TextPlaces& places,
                                            const TaskControl& control);

}  // namespace dnm
