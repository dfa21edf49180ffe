// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/settings/recipe_table.h"

#include <array>

namespace dnm {
namespace {

constexpr std::size_t rows = 16;
using Values = std::array<RecipeValue, rows>;

constexpr Values small_values{{{"blocks", "3"},
                               {"width", "256"},
                               {"heads", "4"},
                               {"feed-forward", "512"},
                               {"tables", "tied"},
                               {"matrix-init", "sparse"},
                               {"dendrites-on", "outputs"},
                               {"pieces", "4000"},
                               {"places", "1024"},
                               {"label-smoothing", "0.1"},
                               {"epoch-steps", "500"},
                               {"epochs", "8"},
                               {"lr", "0.7"},
                               {"lr-warm-up", "800"},
                               {"dropout", "0.1"},
                               {"optimiser", "adam"}}};

struct Budget {
  std::string_view feed_forward, places, epochs, rate, warm_up;
};

constexpr Values published(const Budget& budget, bool released) {
  return {{{"blocks", "6"},
           {"width", "512"},
           {"heads", "8"},
           {"feed-forward", budget.feed_forward},
           {"tables", "separate"},
           {"matrix-init", "glorot"},
           {"dendrites-on", released ? "as-trained" : "outputs"},
           {"pieces", "8000"},
           {"places", budget.places},
           {"label-smoothing", released ? "0" : "0.1"},
           {"epoch-steps", "500"},
           {"epochs", budget.epochs},
           {"lr", budget.rate},
           {"lr-warm-up", budget.warm_up},
           {"dropout", "0.1"},
           {"optimiser", "adam"}}};
}

constexpr Budget multi30k{"1024", "1024", "10", "0.25", "1000"};
constexpr Budget iwslt14{"2048", "10240", "40", "2", "6000"};
constexpr Budget wmt17{"2048", "12000", "160", "2", "8000"};

constexpr Values multi30k_values = published(multi30k, false);
constexpr Values multi30k_released_values = published(multi30k, true);
constexpr Values iwslt14_values = published(iwslt14, false);
constexpr Values iwslt14_released_values = published(iwslt14, true);
constexpr Values wmt17_values = published(wmt17, false);
constexpr Values wmt17_released_values = published(wmt17, true);

constexpr std::array recipes{
    Recipe{{"small", "Small", "3 + 3 blocks of 256 features, 4,000 steps: for this machine."}, small_values},
    Recipe{{"multi30k", "Multi30k", "6 + 6 blocks of 512 features, 5,000 steps, as in the CHTs paper."},
           multi30k_values},
    Recipe{{"multi30k-released", "Multi30k, released code", "The same as its released code runs."},
           multi30k_released_values},
    Recipe{{"iwslt14", "IWSLT14", "6 + 6 blocks of 512 features, 20,000 steps, as in the CHTs paper."}, iwslt14_values},
    Recipe{{"iwslt14-released", "IWSLT14, released code", "The same as its released code runs."},
           iwslt14_released_values},
    Recipe{{"wmt17", "WMT17", "6 + 6 blocks of 512 features, 80,000 steps, as in the CHTs paper."}, wmt17_values},
    Recipe{{"wmt17-released", "WMT17, released code", "The same as its released code runs."}, wmt17_released_values},
};

}  // namespace

std::span<const Recipe> recipe_table() { return recipes; }

}  // namespace dnm
