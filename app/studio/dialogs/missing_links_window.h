// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QTreeWidget>
#include <vector>

#include "app/studio/document/live_bridge.h"
#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/question.h"
#include "app/workspace/missing_links.h"

namespace dnm {

/// A window beside the main one: the likeliest missing links of the network on screen, which it follows.
class MissingLinksWindow : public QDialog {
  Q_OBJECT
 public:
  MissingLinksWindow(LiveBridge& live, QWidget* parent);

 Q_SIGNALS:
  /// `file`: what was written.
  void notice(const QString& text, const QString& file);
  void problem(const QString& text);
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  [[nodiscard]] MissingLinkSettings settings() const;
  ParameterRow* add_row(QLayout& line, ParameterInfo info, const ParameterValue& usual);
  /// Computes if the network on screen or the settings are others than those of the list.
  void refresh();
  void show_layers(const Network& network);
  void show_links(std::vector<MissingLink> links);
  void save();

  LiveBridge& live_;
  Background background_{this};
  Question question_{this};
  NetworkPointer network_{};  ///< of the list, or of what is being computed
  MissingLinkSettings asked_{};
  std::vector<MissingLink> links_{};
  QComboBox* layer_;
  ParameterRow* score_;
  ParameterRow* top_;
  QTreeWidget* list_;
  QLabel* state_;
  QPushButton* save_;
};

}  // namespace dnm
