// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QSpinBox>
#include <QThreadPool>
#include <stop_token>
#include <vector>

#include "app/studio/document.h"
#include "app/studio/live_bridge.h"
#include "app/studio/measure_card.h"
#include "app/studio/panel.h"

namespace dnm {

/// One card for each row of measure_table(), how they are computed, and igraph's values on demand.
class MeasuresDock : public Panel {
  Q_OBJECT
 public:
  MeasuresDock(Document& document, LiveBridge& live, QWidget* parent);
  ~MeasuresDock() override;

 Q_SIGNALS:
  void message(const QString& text);

 private:
  void show_state();
  void show_result();
  void edit_view(const QString& what, const std::function<void(ViewSettings&)>& change);
  void compute_second_opinion(MeasureCard& card);

  Document& document_;
  LiveBridge& live_;
  std::vector<MeasureCard*> cards_;
  QComboBox* modularity_;
  QSpinBox* runs_;
  QSpinBox* draws_;
  QComboBox* embedding_;
  NetworkPointer second_opinion_of_;  ///< the network that the second opinions shown belong to
  std::stop_source second_opinion_stop_;
  QThreadPool workers_;
};

}  // namespace dnm
