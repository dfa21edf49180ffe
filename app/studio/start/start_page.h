// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPointer>
#include <QScrollArea>
#include <QStringList>
#include <filesystem>
#include <string>
#include <vector>

#include "app/studio/start/small_picture.h"
#include "app/studio/start/start_card.h"
#include "app/studio/widgets/background.h"

namespace dnm {

/// What a person can begin with, as pictures over a part of the window: presets, the files and folders used last, and a
/// tour. The pictures are painted in the background, at the lowest priority, and not before paint_pictures().
class StartPage : public QFrame {
  Q_OBJECT
 public:
  /// `folder`: where pictures are kept between starts; empty: nowhere.
  StartPage(std::filesystem::path folder, QWidget* parent);

  /// Lines of RecentFile, the newest first.
  void show_recent(const QStringList& lines);
  /// Has those painted that are missing.
  void paint_pictures();
  [[nodiscard]] bool is_painting() const { return background_.is_busy(); }
  [[nodiscard]] bool shows_at_start() const { return at_start_->isChecked(); }
  void set_shows_at_start(bool shows);

 Q_SIGNALS:
  void preset_chosen(const std::string& id);
  void file_chosen(const dnm::RecentFile& file);
  void open_requested();
  void tour_requested();
  void close_requested();
  void shows_at_start_changed(bool shows);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Entry {
    PictureSource source;
    QPointer<StartCard> card;
  };
  /// Cards side by side, as many as fit.
  struct Group {
    QGridLayout* grid = nullptr;
    std::vector<Entry> entries{};
  };
  QWidget* make_head();
  QWidget* make_tour();
  QWidget* make_foot();
  QLabel* make_heading(const QString& words);
  void add_presets();
  void place(Group& group) const;
  [[nodiscard]] SmallPictureLook look() const;

  std::filesystem::path folder_;
  QWidget* content_;
  Group presets_, recent_;
  QLabel* recent_words_ = nullptr;
  QCheckBox* at_start_ = nullptr;
  int columns_ = 0;
  bool may_paint_ = false;
  Background background_;
};

}  // namespace dnm
