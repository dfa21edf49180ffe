// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// How fast a step of the Transformer of the papers' Multi30k is, 1020 source and target pieces without padding,
/// against dense LibTorch side by side in one process; what the steps spend their time on, and the memory of each.
/// `densities`: against masked products, at the densities where these overtake.
void bench_transformer(unsigned threads, bool densities);
