// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Where the tests find what they need, as the build was configured: absolute paths without a slash at the end.
namespace dnm::test {

/// tests/reference: graphs and the values they must have.
[[nodiscard]] const char* reference_folder();
/// The top of the sources.
[[nodiscard]] const char* source_folder();
/// `dnm` and `dnm-studio`.
[[nodiscard]] const char* program_folder();
/// The libraries and the modules that the programs load.
[[nodiscard]] const char* library_folder();

}  // namespace dnm::test
