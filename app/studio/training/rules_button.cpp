// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/rules_button.h"

#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"
#include "core/support/letter_case.h"

namespace dnm {

RulesButton::RulesButton(QWidget* parent) : QToolButton(parent), menu_(new QMenu(this)) {
  setObjectName("chart-columns");
  setText(tr("Columns"));
  setAccessibleName(tr("Columns of the comparison"));
  setToolTip(tr("What the columns of the comparison are: figures of each group of runs, or rewiring rules"));
  setPopupMode(QToolButton::InstantPopup);
  setMenu(menu_);
  menu_->setAccessibleName(tr("Columns of the comparison"));
  figures_ = new QActionGroup(menu_);
  const auto add = [this](const QString& id, const QString& text, std::optional<RuleFigure> figure) {
    QAction* action = menu_->addAction(text);
    action->setObjectName("chart-columns-" + id);
    action->setCheckable(true);
    figures_->addAction(action);
    connect(action, &QAction::triggered, this, [this, figure] {
      figure_ = figure;
      show_marks();
      Q_EMIT changed();
    });
  };
  add("figures", tr("Figures of Each Group"), {});
  int place = 0;
  for (const Choice& choice : rule_figure_choices()) {
    add(to_qt(choice.id), tr("Rewiring Rules: %1").arg(translated(lower_case(choice.label))),
        static_cast<RuleFigure>(place++));
  }
  menu_->addSeparator();
  show_marks();
}

void RulesButton::offer(std::vector<Choice> rules) {
  if (std::ranges::equal(rules, rules_, {}, &Choice::id, &Choice::id)) return;
  rules_ = std::move(rules);
  for (QAction* action : std::exchange(rule_actions_, {})) delete action;
  for (const Choice& rule : rules_) {
    QAction* action = menu_->addAction(translated(rule.label));
    action->setObjectName("chart-rule-" + to_qt(rule.id));
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [this, id = std::string(rule.id)](bool on) {
      std::erase(hidden_, id);
      if (!on) hidden_.push_back(id);
      show_marks();
      Q_EMIT changed();
    });
    rule_actions_.push_back(action);
  }
  show_marks();
}

void RulesButton::set_figure(std::optional<RuleFigure> figure) {
  figure_ = figure;
  show_marks();
}

void RulesButton::set_hidden_rules(std::vector<std::string> ids) {
  hidden_ = std::move(ids);
  show_marks();
}

std::vector<std::string> RulesButton::shown_rules() const {
  std::vector<std::string> ids;
  for (const Choice& rule : rules_)
    if (std::ranges::find(hidden_, rule.id) == hidden_.end()) ids.emplace_back(rule.id);
  return ids;
}

void RulesButton::show_marks() {
  figures_->actions().at(figure_ ? static_cast<int>(*figure_) + 1 : 0)->setChecked(true);
  const std::vector<std::string> shown = shown_rules();
  for (std::size_t place = 0; place < rule_actions_.size(); ++place) {
    const bool is_shown = std::ranges::find(shown, rules_[place].id) != shown.end();
    rule_actions_[place]->setChecked(is_shown);
    // The last column stays.
    rule_actions_[place]->setEnabled(figure_.has_value() && !(is_shown && shown.size() == 1));
  }
}

}  // namespace dnm
