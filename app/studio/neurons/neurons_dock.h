// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <memory>

#include "app/studio/neurons/neuron_picture_view.h"
#include "app/studio/neurons/neuron_selection.h"
#include "app/studio/neurons/neuron_table_model.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/panel.h"

namespace dnm {

/// The table of all neurons, with a line to search in it, and beside it the schematic of the one that is selected. Its
/// selected rows are the selected neurons of the pictures. The schematic follows the network on screen while it is
/// visible; the table does not while a slider is dragged.
class NeuronsDock : public Panel {
  Q_OBJECT
 public:
  NeuronsDock(Document& document, LiveBridge& live, NeuronSelection& selection, QWidget* parent);

  /// Shows the panel, ready for a search to be typed.
  void find();

 Q_SIGNALS:
  void notice(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void make_search(QVBoxLayout& column, QWidget* content);
  void make_table(QWidget* content);
  /// Fills the table if what it is made of has changed.
  void refresh();
  void filter();
  void select_shown();
  /// From the document to the rows.
  void show_selection();
  /// From the rows to the document.
  void take_selection();
  void show_summary();
  /// The schematic of the one neuron that is selected.
  void show_picture();
  void copy();

  Document& document_;
  LiveBridge& live_;
  NeuronSelection& selection_;
  NeuronTableModel model_;
  NeuronRows rows_;
  SceneInput shown_input_;
  QLineEdit* find_;
  QPushButton* select_;
  QPushButton* copy_;
  QTableView* view_;
  NeuronPictureView* picture_;
  ElidedLabel* summary_;
  QTimer filter_timer_;
  QString problem_;            ///< of what is searched
  bool is_following_ = false;  ///< the rows are being selected by the document
  bool has_widths_ = false;
};

}  // namespace dnm
