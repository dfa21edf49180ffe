// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dnm {

/// An option of dnm-studio, for the program and its manual page.
struct WindowOption {
  std::string_view letter;  ///< "h"; may be empty
  std::string_view name;    ///< "session"
  std::string_view value;   ///< "FILE.png"; empty: it takes none
  std::string_view help;    ///< one sentence
};
inline constexpr WindowOption window_help{"h", "help", "", "Print this help and exit."};
inline constexpr WindowOption window_version{"", "version", "", "Print the version and exit."};
inline constexpr WindowOption window_session{"", "session", "FILE.dnm.json", "Session to open first."};
inline constexpr WindowOption window_capture{"", "capture", "FILE.png",
                                             "Save a picture of the whole window once everything is fresh, then end."};
inline constexpr WindowOption window_language{
    "", "language", "LANGUAGE",
    "Language of the window for this start: en, de or system; without it, the "
    "one chosen under View > Language."};
/// In the order of the help text.
inline constexpr WindowOption window_options[] = {window_help, window_version, window_session, window_capture,
                                                  window_language};

inline constexpr std::string_view window_meaning =
    "DNM Studio: design, measure, embed and train sparse networks, live.";
/// What the one argument of dnm-studio can be.
[[nodiscard]] std::string window_file_help();

}  // namespace dnm
