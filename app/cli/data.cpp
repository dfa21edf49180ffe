// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/data/data_set.h"
#include "training/data/data_set_table.h"
#include "training/text/fetch_packages.h"
#include "training/text/sha256.h"
#include "training/text/text_source.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string action;
  std::string name;
};

/// "52.1 MB"
std::string size_text(std::uint64_t bytes) {
  constexpr double mega = 1e6;
  return with_significant(static_cast<double>(bytes) / mega, 3) + " MB";
}

/// A table whose first column is a file's checksum, set in by two spaces.
void print_sums(const std::vector<std::vector<std::string>>& rows) {
  TextTable table;
  for (const std::vector<std::string>& row : rows) {
    std::vector<std::string> cells = row;
    cells.front().insert(0, "  ");
    table.add(std::move(cells));
  }
  std::cout << table.text();
}

void list_images(const DataSetInfo& info, const TaskControl& control) {
  DataSetFiles files;
  try {
    files = find_data_set(info, {});
  } catch (const Error&) {
    std::cout << info.id << ": not here; " << info.meaning << '\n';
    return;
  }
  std::vector<fs::path> all = files.train;
  all.insert(all.end(), files.test.begin(), files.test.end());
  std::uint64_t bytes = 0;
  std::vector<std::vector<std::string>> rows;
  for (const fs::path& file : all) {
    std::error_code code;
    const std::uint64_t size = fs::file_size(file, code);
    bytes += size;
    rows.push_back({sha256_of_file(file, control), file.filename().string(), size_text(size)});
  }
  std::cout << info.id << ": " << with_commas(files.train_images) << " images to train with, "
            << with_commas(files.test_images) << " to test, in " << all.front().parent_path().string() << ", "
            << size_text(bytes) << '\n';
  print_sums(rows);
}

void print_text(const NamedText& name, const LoadedText& loaded) {
  std::uint64_t bytes = 0;
  std::vector<std::vector<std::string>> rows;
  for (const TextFileSum& file : loaded.files) {
    bytes += file.bytes;
    rows.push_back({file.sha256, file.name, with_commas(file.lines) + " lines", size_text(file.bytes)});
  }
  std::cout << name.text() << ": " << with_commas(loaded.text.train.size()) << " sentence pairs to train with, "
            << with_commas(loaded.text.valid.size()) << " to validate, " << with_commas(loaded.text.test.size())
            << " to test, " << size_text(bytes) << '\n';
  print_sums(rows);
  for (const std::string& notice : loaded.text.notices) print_notice(notice);
}

void list_text(const NamedText& name, const TaskControl& control) {
  const TextPlaces places = text_places({});
  try {
    static_cast<void>(name.source->find(name.languages, places));
  } catch (const FileError&) {
    std::cout << name.text() << ": not here; \"dnm data fetch " << name.text() << "\" brings it\n";
    return;
  }
  print_text(name, load_text(name, places, control));
}

int list_all(const CommandContext& context) {
  ProgressLine progress("reading");
  const TaskControl control{context.stop, {}};
  for (const DataSetInfo& info : data_set_table()) list_images(info, control);
  for (const TextSource& source : text_source_table()) {
    if (source.packages == nullptr) continue;
    const NamedText name = named_text(source.id);
    list_text(name, progress.control(context.stop));
    progress.clear();
  }
  std::cout << "Images are looked for in /usr/share/datasets, text in " << fetched_packages_folder().string()
            << " and /usr/share; --data-dir names another folder.\n";
  return 0;
}

int list_one(const std::string& name, const CommandContext& context) {
  if (const DataSetInfo* info = find_row(data_set_table(), name)) {
    static_cast<void>(find_data_set(*info, {}));
    list_images(*info, {context.stop, {}});
    return 0;
  }
  const NamedText text = named_text(name);
  if (text.source->packages == nullptr) {
    throw InvalidInput(name + " is a folder of your own; \"dnm train --data " + name + " --data-dir FOLDER\" uses it");
  }
  const TextPlaces places = text_places({});
  static_cast<void>(text.source->find(text.languages, places));
  LoadedText loaded;
  {
    ProgressLine progress("reading");
    loaded = load_text(text, places, progress.control(context.stop));
  }
  print_text(text, loaded);
  return 0;
}

int fetch(const std::string& name, const CommandContext& context) {
  if (name.empty()) throw UsageError("say what to fetch: \"dnm data fetch libreoffice-help:en-de\"");
  if (find_row(data_set_table(), name) != nullptr) {
    throw InvalidInput("images are not fetched; \"dnm data\" says where the files of " + name + " come from");
  }
  const NamedText text = named_text(name);
  if (text.source->packages == nullptr) throw InvalidInput(name + " is of your own: there is nothing to fetch");
  const std::vector<std::string> packages = text.source->packages(text.languages);
  std::vector<FetchedPackage> fetched;
  LoadedText loaded;
  {
    ProgressLine progress("fetching");
    fetched = fetch_packages(packages, fetched_packages_folder(), progress.control(context.stop));
    progress.set_label("reading");
    loaded = load_text(text, text_places({}), progress.control(context.stop));
  }
  for (const FetchedPackage& package : fetched) {
    std::cout << package.name << ' ' << package.version << ": " << (fetched_packages_folder() / package.name).string()
              << '\n';
  }
  print_text(text, loaded);
  return 0;
}

int show_data(const Options& options, const CommandContext& context) {
  if (options.action.empty()) return list_all(context);
  if (options.action == "fetch") return fetch(options.name, context);
  if (!options.name.empty()) {
    throw UsageError("\"" + options.action +
                     "\" is no action; \"dnm data\" and \"dnm data NAME\" list, and \"dnm data fetch NAME\" fetches");
  }
  return list_one(options.action, context);
}

}  // namespace

RunCommand declare_data(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  parser.add({.name = "ACTION",
              .help = "\"fetch\", or the name of a data set to list; left out: all are listed",
              .placeholder = "fetch|NAME",
              .choices = {"fetch"}},
             options->action);
  std::vector<std::string_view> texts;
  for (const TextSource& source : text_source_table()) {
    if (source.packages != nullptr) texts.push_back(source.id);
  }
  parser.add({.name = "NAME",
              .help = "What to fetch: a text by its name and languages, such as libreoffice-help:en-de",
              .choices = texts},
             options->name);
  parser.set_notes([] {
    std::string notes = "Texts that can be fetched from Debian's packages, without administrator's rights:\n";
    for (const TextSource& source : text_source_table()) {
      if (source.packages == nullptr) continue;
      notes += "\n" + std::string(source.id) + ":" + std::string(source.usual_languages) + ": " +
               std::string(source.meaning) + "\n";
    }
    return notes;
  });
  return [options](const CommandContext& context) { return show_data(*options, context); };
}

}  // namespace dnm::cli
