// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <array>
#include <cstddef>
#include <vector>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/workspace/selected_neurons.h"
#include "viz/screen/neuron_pointer.h"

namespace dnm {

/// The neurons that stand out in every picture and in the table: those selected, which the document keeps, and those
/// under the pointer. Pictures and table tell it what was pointed at and picked; it finds their links once, and all
/// light up the same.
class NeuronSelection : public QObject {
  Q_OBJECT
 public:
  NeuronSelection(Document& document, LiveBridge& live, QObject* parent = nullptr);

  /// A picture with pointer() and set_highlight() takes part from now on.
  template <class Picture>
  void follow(Picture& picture) {
    connect(&picture.pointer(), &NeuronPointer::pointed_at, this, &NeuronSelection::point_at);
    connect(&picture.pointer(), &NeuronPointer::picked, this, &NeuronSelection::pick);
    connect(&picture.pointer(), &NeuronPointer::pick_revoked, this, &NeuronSelection::revoke_pick);
    connect(this, &NeuronSelection::changed, &picture,
            [this, &picture](HighlightRole role) { picture.set_highlight(role, highlight(role)); });
  }

  /// Null: nothing stands out. Of the network on screen, the newest one that is drawn.
  [[nodiscard]] const HighlightPointer& highlight(HighlightRole role) const {
    return highlights_[static_cast<std::size_t>(role)];
  }
  void point_at(const NetworkPointer& network, const std::vector<NodeIndex>& nodes);
  void pick(const Pick& pick);
  /// What the last pick() did is undone; it was the first half of a double-click.
  void revoke_pick();
  /// Those that the selected ones are linked to join them.
  void add_neighbours();
  void clear();
  /// "3 neurons selected, 41 neighbours, 52 links"; empty for none.
  [[nodiscard]] QString words() const;

 Q_SIGNALS:
  void changed(HighlightRole role);

 private:
  void refresh();
  void set_highlight(HighlightRole role, Highlight highlight);

  Document& document_;
  LiveBridge& live_;
  std::array<HighlightPointer, 2> highlights_;  ///< by HighlightRole
  SelectedNeurons before_pick_;
};

}  // namespace dnm
