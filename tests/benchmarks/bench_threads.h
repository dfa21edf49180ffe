// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Prints what a training step of sparse perceptrons of several sizes takes with one thread and with `threads`, side by
/// side on the wall clock.
void bench_threads(unsigned threads);
