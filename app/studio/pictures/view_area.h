// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QActionGroup>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <vector>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/veil.h"
#include "viz/screen/network_view.h"

namespace dnm {

/// One picture with its title bar: name, state, menu, and a button to maximise it.
class ViewPane : public QFrame {
  Q_OBJECT
 public:
  ViewPane(const NetworkScene& scene, QWidget* parent);

  [[nodiscard]] NetworkView& view() { return *view_; }
  [[nodiscard]] QMenu& menu() { return *menu_; }
  /// A second menu in the title bar; its button shows the choice made.
  QMenu& add_chooser(const QString& id, const QString& name, const QString& tip);
  void set_chosen(const QString& text);
  /// Shows the button that stops what this picture waits for.
  void set_cancellable(bool can_cancel);
  void set_state(const QString& text);
  /// Dims the picture unless it is of the newest request.
  void set_current(bool current) { veil_->set_current(current); }
  /// The picture is marked as one of an older request.
  [[nodiscard]] bool is_dimmed() const { return veil_->is_drawn(); }
  void set_maximised(bool maximised);

 Q_SIGNALS:
  void maximise_requested();
  void cancel_requested();
  void dimmed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* title_bar_;
  ElidedLabel* state_;
  QMenu* menu_;
  QHBoxLayout* title_line_;
  QToolButton* options_;
  QToolButton* chooser_ = nullptr;
  QToolButton* cancel_;
  QToolButton* maximise_ = nullptr;
  NetworkView* view_ = nullptr;
  Veil* veil_ = nullptr;
};

/// The pictures of network_scene_table(), all of one network, each in the column given by its row; or one of them,
/// maximised. Those that stand alone are seen, and drawn, only then.
class ViewArea : public QWidget {
  Q_OBJECT
 public:
  ViewArea(Document& document, LiveBridge& live, QWidget* parent);

  /// In the order of network_scene_table().
  [[nodiscard]] const std::vector<ViewPane*>& panes() const { return panes_; }
  /// Maximises picture `index`; -1, or the index of the maximised one, shows all.
  void maximise(int index);
  [[nodiscard]] int maximised() const { return maximised_; }
  void reset_layout();
  [[nodiscard]] QByteArray save_layout() const;
  void restore_layout(const QByteArray& layout);
  /// Every picture that is visible shows the newest request, as drawn as that can be now.
  [[nodiscard]] bool is_current() const;
  [[nodiscard]] SceneOptions options() const;
  /// What sets a row of picture_option_table(): its choices, checked as the document has them, or a slider.
  void add_option(QMenu& menu, const Parameter<PictureOptions>& option);

 Q_SIGNALS:
  void hovered(const QString& text);
  /// A picture was painted: is_current() may have changed.
  void painted();

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// Those of the left column stand beside each other while the area is flat, and below each other otherwise, each way
  /// with the sizes that it had last.
  void fit_shape();
  void share_room();
  void add_options(ViewPane& pane, const NetworkScene& scene);
  void add_choices(QMenu& menu, const Parameter<PictureOptions>& option);
  void add_number(QMenu& menu, const Parameter<PictureOptions>& option);
  void set_number(const Parameter<PictureOptions>& option, double value, const QString& merge_key);
  void turn(double degrees);
  void add_embedding_choosers(ViewPane& pane);
  using Change = std::function<void(ViewSettings&)>;
  /// One of several choices in a menu.
  void add_choice(QMenu& menu, QActionGroup& group, const QString& id, const QString& label, const QString& tip,
                  const QString& what, Change change, std::function<bool(const ViewSettings&)> is_on);
  /// Whether it is there at all now: maximised, or one of those side by side.
  [[nodiscard]] bool is_offered(std::size_t index) const;
  void show_picture(std::size_t index);
  void show_state(std::size_t index);
  void edit_view(const QString& what, const Change& change);
  void show_options();
  void show_result();

  Document& document_;
  LiveBridge& live_;
  std::vector<ViewPane*> panes_;
  QSplitter* columns_;
  QSplitter* left_;
  QSplitter* right_;
  int maximised_ = -1;
  QByteArray layout_of_other_shape_;  // empty: it was never seen
  /// Of each pane: the last network with everything that its picture needs, so that links of one network are never
  /// drawn at the positions of another.
  std::vector<SceneInput> inputs_;
  std::vector<std::function<void(const ViewSettings&)>> show_checks_;
};

}  // namespace dnm
