// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/initialisers/data_source_entry.h"

#include "training/initialisers/training_data_source.h"

extern "C" __attribute__((visibility("default"))) dnm::DataSource* dnm_data_source();
extern "C" dnm::DataSource* dnm_data_source() {
  static dnm::TrainingDataSource source;
  return &source;
}
