// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/module_loader.h"

#include <bit>
#include <filesystem>
#include <string>
#include <system_error>

#include <dlfcn.h>

#include "core/support/error.h"
#include "core/support/module_folder.h"
#include "training/initialisers/data_source_entry.h"

namespace dnm {
namespace {

/// The object behind the module's entry function. The module stays loaded until the program ends, since its threads
/// and static objects may outlive every caller.
template <class Entry>
auto& load(const char* file, const char* entry_name, const std::string& task) {
  const std::filesystem::path path = module_folder() / file;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw ResourceError(task + " is not part of this build (" + path.string() + " is missing)");
  }
  const auto fail = [&](const char* why) {
    throw ResourceError(task + " cannot start: " + why + "; install the libraries it needs or build it again");
  };
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) fail(dlerror());  // NOLINT(concurrency-mt-unsafe): of this thread alone
  void* const symbol = dlsym(library, entry_name);
  if (symbol == nullptr) fail(dlerror());  // NOLINT(concurrency-mt-unsafe): of this thread alone
  auto* const module = std::bit_cast<Entry>(symbol)();
  if (module == nullptr) fail("its module returned nothing");
  return *module;
}

}  // namespace

TrainingModule& training_module() {
  static TrainingModule& module = load<TrainingModuleEntry>("dnm-training.so", "dnm_training_module", "training");
  return module;
}

DataSource& data_source() {
  static DataSource& source =
      load<DataSourceEntry>("dnm-training.so", "dnm_data_source", "learning a topology from a data set");
  return source;
}

#ifdef DNM_STUDIO
FigureModule& figure_module() {
  static FigureModule& module = load<FigureModuleEntry>("dnm-figure.so", "dnm_figure_module", "drawing figures");
  return module;
}
#endif

}  // namespace dnm
