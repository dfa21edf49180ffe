// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/experiments/comparison_report.h"

namespace dnm {

/// A button whose menu chooses what the comparison has as columns: the figures of each group of runs, or their rewiring
/// rules, which of them and for which figure.
class RulesButton : public QToolButton {
  Q_OBJECT
 public:
  explicit RulesButton(QWidget* parent);

  /// The rules that there are to choose from.
  void offer(std::vector<Choice> rules);
  /// The figure whose values stand under the rules; nothing: rules are no columns.
  [[nodiscard]] std::optional<RuleFigure> figure() const { return figure_; }
  void set_figure(std::optional<RuleFigure> figure);
  /// Ids of the rules that are no columns although they could be.
  [[nodiscard]] const std::vector<std::string>& hidden_rules() const { return hidden_; }
  void set_hidden_rules(std::vector<std::string> ids);
  /// Ids of the others.
  [[nodiscard]] std::vector<std::string> shown_rules() const;

 Q_SIGNALS:
  /// The user has chosen.
  void changed();

 private:
  void show_marks();

  QMenu* menu_;
  QActionGroup* figures_;
  std::vector<Choice> rules_;
  std::vector<QAction*> rule_actions_;
  std::optional<RuleFigure> figure_;
  std::vector<std::string> hidden_;
};

}  // namespace dnm
