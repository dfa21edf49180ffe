// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QPushButton>
#include <memory>
#include <optional>
#include <vector>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/measures/measure_card.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/dock_picture.h"
#include "app/studio/widgets/number_edit.h"
#include "app/studio/widgets/panel.h"
#include "app/studio/widgets/progress_bar.h"
#include "app/studio/widgets/veil.h"

namespace dnm {

/// What is measured (the whole network or one layer), one card for each row of measure_table(), the comparison with
/// chance, and the degree distribution.
class MeasuresDock : public Panel {
  Q_OBJECT
 public:
  MeasuresDock(Document& document, LiveBridge& live, QWidget* parent);

  /// Its pictures show the newest request.
  [[nodiscard]] const std::vector<DockPicture*>& pictures() const { return pictures_; }
  [[nodiscard]] bool is_current() const;

 Q_SIGNALS:
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);
  /// What that text says has been put right.
  void rejection_over(const QString& text);
  /// A picture was painted: is_current() may have changed.
  void painted();

 private:
  /// What is measured, and how.
  struct Measured {
    NetworkPointer network{};
    std::optional<std::size_t> layer{};
    MeasureSettings settings{};
    bool operator==(const Measured&) const = default;
  };
  struct Card {
    MeasureCard* widget;
    std::optional<Measured> second_opinion_of{};  ///< nothing: none is shown
  };
  QLayout* make_scope(QWidget* content);
  QWidget* make_chance(QWidget* content);
  void connect_card(std::size_t place);
  void show_state();
  void show_scope();
  void show_result();
  void show_currency();
  void show_chance();
  void edit_view(const QString& what, const QString& merge_key, bool dragging,
                 const std::function<void(ViewSettings&)>& change);
  /// As igraph measures what is on screen.
  [[nodiscard]] Measured measured_by_igraph() const;
  void forget_second_opinions();
  void compute_second_opinion(Card& card);

  Document& document_;
  LiveBridge& live_;
  std::vector<Card> cards_;
  QComboBox* scope_ = nullptr;
  NumberBox* copies_ = nullptr;
  QPushButton* compare_ = nullptr;
  ProgressBar* chance_progress_ = nullptr;
  std::vector<DockPicture*> pictures_;
  std::vector<Veil*> veils_;  ///< one over each picture
  Background second_opinions_;
};

}  // namespace dnm
