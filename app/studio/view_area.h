// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <vector>

#include "app/studio/document.h"
#include "app/studio/elided_label.h"
#include "app/studio/live_bridge.h"
#include "viz/screen/network_view.h"

namespace dnm {

/// One picture with its title bar: name, state, menu, and a button that lets it fill the window.
class ViewPane : public QFrame {
  Q_OBJECT
 public:
  ViewPane(const NetworkScene& scene, QWidget* parent);

  [[nodiscard]] NetworkView& view() { return *view_; }
  [[nodiscard]] QMenu& menu() { return *menu_; }
  void set_state(const QString& text);
  void set_maximised(bool maximised);

 Q_SIGNALS:
  void maximise_wanted();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QWidget* title_bar_;
  ElidedLabel* state_;
  QMenu* menu_;
  QToolButton* maximise_ = nullptr;
  NetworkView* view_ = nullptr;
  bool maximised_ = false;
};

/// The pictures of network_scene_table(), all of one network: matrix over layers on the left, the disk on the right,
/// or any one of them alone.
class ViewArea : public QWidget {
  Q_OBJECT
 public:
  ViewArea(Document& document, LiveBridge& live, QWidget* parent);

  /// In the order of network_scene_table().
  [[nodiscard]] const std::vector<ViewPane*>& panes() const { return panes_; }
  /// Lets picture `index` fill the area; again, or -1: all.
  void maximise(int index);
  [[nodiscard]] int maximised() const { return maximised_; }
  void reset_layout();
  [[nodiscard]] QByteArray save_layout() const;
  void restore_layout(const QByteArray& layout);
  /// Every picture shows the newest result.
  [[nodiscard]] bool is_current() const;
  [[nodiscard]] SceneOptions options() const;

 Q_SIGNALS:
  void hovered(const QString& text);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void add_options(ViewPane& pane, std::string_view id);
  void edit_view(const QString& what, const std::function<void(ViewSettings&)>& change);
  void show_options();
  void show_result();

  Document& document_;
  LiveBridge& live_;
  std::vector<ViewPane*> panes_;
  QSplitter* columns_;
  QSplitter* left_;
  QSplitter* right_;
  int maximised_ = -1;
  SceneInput disk_input_;  ///< the last network with its own embedding: never links of one on the angles of another
  std::vector<std::function<void(const ViewSettings&)>> show_checks_;
};

}  // namespace dnm
