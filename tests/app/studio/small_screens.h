// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace dnm::studio_test {

/// The first text in the window that its widget is too small for, in one sentence; empty: none.
[[nodiscard]] QString problem_of_cut_text(const QWidget& window);

/// What of a new window is cut or lies outside of the screen that the test runs on, in one sentence; empty: nothing.
[[nodiscard]] QString problem_on_this_screen();

/// Whether a screen can be made (xvfb-run).
[[nodiscard]] bool has_small_screens();
/// What that slot of that class says on a screen of that size ("1024x768"), run in a process of its own; empty if it
/// passes.
[[nodiscard]] QString problem_on_screen(const QString& size, const char* test_class, const char* slot);

}  // namespace dnm::studio_test
