// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <optional>
#include <string>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/model/model_draws.h"
#include "app/studio/parameters/parameter_form.h"
#include "app/studio/training/training_runs.h"
#include "app/studio/widgets/panel.h"
#include "core/files/presets.h"

namespace dnm {

/// The model's parameters: one row for each row of model_parameter_table(), for all layers or for one, and the presets.
class ModelDock : public Panel {
  Q_OBJECT
 public:
  ModelDock(Document& document, LiveBridge& live, const TrainingRuns& runs, QWidget* parent);

  void apply_preset(const Preset& preset);
  void new_seed();

 Q_SIGNALS:
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);
  /// What that text says has been put right.
  void rejection_over(const QString& text);
  /// The row of this id is to be varied.
  void sweep_requested(const std::string& id);

 private:
  void add_rows(bool per_layer);
  void add_dice(ParameterRow& seed);
  void on_edited(ParameterRow* row, bool dragging);
  void add_sweep(ParameterRow& row);
  void on_reset(const ParameterRow* row);
  void remove_exception(const ParameterRow* row, std::size_t layer);
  void edit_parameters(const ParameterInfo& info, ModelParameters parameters, const QString& merge_key, bool dragging);
  void show_state();
  /// The preset, or where else the network comes from.
  void show_source();
  void show_layers();
  void show_result();
  void show_drawn();
  /// The selected layer; nothing for all layers.
  [[nodiscard]] std::optional<std::size_t> chosen_layer() const;

  Document& document_;
  LiveBridge& live_;
  const TrainingRuns& runs_;
  ModelDraws draws_;
  QComboBox* preset_;
  QWidget* source_banner_;
  QLabel* source_label_;
  QWidget* layer_line_;
  QComboBox* layer_;
  ParameterForm* form_;
  QLabel* summary_;
  QLabel* notices_;
};

}  // namespace dnm
