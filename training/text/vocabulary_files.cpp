// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/byte_source.h"
#include "core/files/file_text.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/json_integer.h"
#include "core/support/memory.h"
#include "training/text/sha256.h"
#include "training/text/vocabulary.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr const char* index_name = "vocabulary.json";
constexpr const char* pieces_name = "pieces.model";
constexpr const char* source_name = "words.source.txt";
constexpr const char* target_name = "words.target.txt";

std::string kind_id(TextKind kind) { return kind == TextKind::raw ? "raw" : "words"; }

[[noreturn]] void fail(const fs::path& file, const std::string& why) {
  throw FileError("cannot use the vocabulary " + file.string() + ": " + why);
}

/// A file of the folder, if it is the one of the index.
std::string checked_content(const fs::path& folder, const OrderedJson& files, const char* name) {
  const fs::path path = folder / name;
  ByteSource source(path);
  require_memory(2 * source.file_size(), path.string());
  std::string content(source.file_size(), '\0');
  content.resize(source.read(content.data(), content.size()));
  if (files.at(name).get<std::string>() != sha256(content)) {
    fail(path, "it is another one than this run was started with; put the run's own back");
  }
  return content;
}

VocabularySettings settings_in(const OrderedJson& index) {
  VocabularySettings settings;
  settings.kind = index.at("text").get<std::string>() == kind_id(TextKind::raw) ? TextKind::raw : TextKind::words;
  settings.pieces = integer_of<std::uint32_t>(index.at("pieces"));
  settings.most_words = integer_of<std::uint32_t>(index.at("most_words"));
  return settings;
}

}  // namespace

Vocabularies learned_vocabularies(const VocabularySettings& settings, std::span<const std::string> source,
                                  std::span<const std::string> target, const TaskControl& control) {
  if (settings.kind == TextKind::raw) {
    const VocabularyPointer joint = learned_pieces(settings.pieces, source, target, control);
    return {joint, joint};
  }
  return {learned_words(settings.most_words, source), learned_words(settings.most_words, target)};
}

void save_vocabularies(const fs::path& folder, const Vocabularies& vocabularies, const VocabularySettings& settings,
                       std::string_view origin) {
  OrderedJson index;
  index["text"] = kind_id(settings.kind);
  index["pieces"] = settings.pieces;
  index["most_words"] = settings.most_words;
  index["learned_from"] = origin;
  const auto save = [&](const char* name, const Vocabulary& vocabulary) {
    write_atomically(folder / name, vocabulary.content());
    index["files"][name] = sha256(vocabulary.content());
  };
  if (settings.kind == TextKind::raw) {
    save(pieces_name, *vocabularies.source);
  } else {
    save(source_name, *vocabularies.source);
    save(target_name, *vocabularies.target);
  }
  // Last: where it is, the others are.
  write_atomically(folder / index_name, ascii_text(index, 2) + "\n");
}

bool has_vocabularies(const fs::path& folder) {
  std::error_code code;
  return fs::exists(folder / index_name, code);
}

SavedVocabularies load_vocabularies(const fs::path& folder, const TaskControl& control) {
  const fs::path path = folder / index_name;
  const OrderedJson index = parse_json_if_valid(whole_file(path));
  SavedVocabularies saved;
  const char* name = index_name;
  try {
    saved.settings = settings_in(index);
    saved.origin = index.at("learned_from").get<std::string>();
    const OrderedJson& files = index.at("files");
    const auto content = [&](const char* file) { return checked_content(folder, files, name = file); };
    if (saved.settings.kind == TextKind::raw) {
      const VocabularyPointer joint = pieces_from_model(content(pieces_name), control);
      saved.vocabularies = {joint, joint};
    } else {
      saved.vocabularies.source = words_from_list(content(source_name));
      saved.vocabularies.target = words_from_list(content(target_name));
    }
  } catch (const OrderedJson::exception&) {
    fail(path, "it is damaged; put the run's own back");
  } catch (const InvalidInput& error) {
    fail(folder / name, error.what());
  }
  return saved;
}

}  // namespace dnm
