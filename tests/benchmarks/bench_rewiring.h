// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What rewiring costs: an update of all layers by each rule, the scores of missing links by paths and by matrix
/// products, steps while the density falls, and a run that rewires beside one that does not. Prints to standard output.
void bench_rules();
