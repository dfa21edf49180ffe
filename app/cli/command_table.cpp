// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "app/cli/command.h"

namespace dnm::cli {

// Each in the file of its command.
DeclareCommand declare_generate, declare_measure, declare_embed, declare_links, declare_train, declare_translate,
    declare_compare, declare_sweep, declare_search, declare_status, declare_collect, declare_cancel, declare_figure,
    declare_convert, declare_data, declare_presets, declare_demo, declare_completion;

namespace {

constexpr std::array commands{
    Command{"generate", "Draw a network and write it to a file", declare_generate},
    Command{"measure", "Measure a network: L, Q, σ_c and γ", declare_measure},
    Command{"embed", "Embed a network in the hyperbolic disk", declare_embed},
    Command{"links", "List the likeliest missing links of a layer", declare_links},
    Command{"train", "Train a network on real data with sparse kernels", declare_train},
    Command{"translate", "Translate text with a trained run", declare_translate},
    Command{"compare", "Train every initialiser alike and write the table of their accuracies", declare_compare},
    Command{"sweep", "Measure networks while one parameter of the model, or two, go through their values",
            declare_sweep},
    Command{"search", "Search the parameters of model and training for the best network", declare_search},
    Command{"status", "Tell how far a search is, and where its workers are", declare_status},
    Command{"collect", "Write the tables of a search, also while it runs", declare_collect},
    Command{"cancel", "End the workers of a search wherever they run; it can go on later", declare_cancel},
    Command{"figure",
            "Draw a network or training runs as a figure for a paper (.svg, .pdf, .png), or a run as an animation "
            "(.gif, .webp)",
            declare_figure},
    Command{"convert", "Rewrite a network in another file format", declare_convert},
    Command{"data", "List the data sets that are here, with checksums, or fetch one", declare_data},
    Command{"presets", "List the parameter sets that come with the program", declare_presets},
    Command{"demo", "Draw the four-panel comparison, then train a sparse network", declare_demo},
    Command{"completion", "Print what completes this command line in a shell", declare_completion},
};

}  // namespace

std::span<const Command> command_table() { return commands; }

}  // namespace dnm::cli
