// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"
#include "training/text/parallel_text.h"

namespace dnm {

/// Where the files of a text are looked for.
struct TextPlaces {
  /// Folders like /usr/share: the user's own, then those of the packages that were fetched, then the system's.
  std::vector<std::filesystem::path> folders;
  bool given = false;   ///< the user has named a folder: only that one counts
  std::string shown{};  ///< in words: "~/.local/share/dnm-studio/data or /usr/share"

  /// The first of `folder`/`below` that exists; empty: none does.
  [[nodiscard]] std::filesystem::path find(const std::filesystem::path& below) const;
};
/// `folder` empty: where `dnm data fetch` and the system put packages.
[[nodiscard]] TextPlaces text_places(std::string_view folder);
/// Where `dnm data fetch` unpacks packages, each in a folder of its name. Throws FileError (user_data_folder).
[[nodiscard]] std::filesystem::path fetched_packages_folder();

/// A text of known content: the version of its packages, and the SHA-256 of its manifest.
struct KnownText {
  std::string_view languages;
  std::string_view version;
  std::string_view sha256;
};

/// One place that parallel text comes from. To add one: a file with its functions, and a row in text_source_table.cpp.
struct TextSource {
  std::string_view id;                 ///< "libreoffice-help"
  std::string_view label;              ///< "LibreOffice help"
  std::string_view meaning;            ///< one sentence: what it is and where its files come from
  std::string_view usual_languages{};  ///< "en-de"
  /// Debian packages that bring it; null: it is the user's own. Throws InvalidInput for languages it does not have.
  std::vector<std::string> (*packages)(const LanguagePair& languages) = nullptr;
  /// Finds the files, quickly, and gives the bytes of their text or more. Throws FileError with what is missing,
  /// InvalidInput for languages it does not have.
  std::uint64_t (*find)(const LanguagePair& languages, const TextPlaces& places) = nullptr;
  /// Reads it all. Throws as find(), and FileError, ResourceError, Cancelled.
  ParallelText (*load)(const LanguagePair& languages, const TextPlaces& places, const TaskControl& control) = nullptr;
  std::span<const KnownText> known{};
};

/// In display order.
[[nodiscard]] std::span<const TextSource> text_source_table();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const TextSource& text_source(std::string_view id);

/// A source and languages as one name: "libreoffice-help:en-de"; the languages may be left out.
struct NamedText {
  const TextSource* source = nullptr;
  LanguagePair languages;
  [[nodiscard]] std::string text() const { return std::string(source->id) + ":" + languages.text(); }
};
/// Throws InvalidInput.
[[nodiscard]] NamedText named_text(std::string_view name);

/// The text with its manifest. A notice says where its content is not the known one.
struct LoadedText {
  ParallelText text;
  std::vector<TextFileSum> files;
};
/// Throws as TextSource::load.
[[nodiscard]] LoadedText load_text(const NamedText& name, const TextPlaces& places, const TaskControl& control = {});

/// "cannot find …; run `dnm data fetch NAME` …": what find() throws where the files of packages are missing.
[[noreturn]] void throw_not_found(const TextSource& source, const LanguagePair& languages, const TextPlaces& places,
                                  const std::string& missing);

}  // namespace dnm
