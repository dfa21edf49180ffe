// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QString>
#include <string>
#include <vector>

#include "app/studio/widgets/number_edit.h"
#include "app/studio/widgets/question.h"

namespace dnm {

struct ExportSettings {
  QString path;
  double width_mm = 183.0;
  std::string panel = "all";
  bool shows_selection = true;  ///< the selected neurons stand out in it
};

/// What can be exported.
struct ExportOffer {
  struct Picture {
    QString label;
    std::string id;
  };
  QString title;
  std::vector<Picture> pictures;
  QString hint;         ///< what the file holds besides the picture
  QString selection{};  ///< what is selected, in words; empty: nothing, so that nothing can be marked
};
/// The pictures of the network. `selection`: the selected neurons in words.
[[nodiscard]] ExportOffer network_export_offer(const QString& selection = {});

/// Asks for a figure's file, its width and the pictures in it; and, before it accepts, whether to replace a file.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const ExportSettings& proposed, const ExportOffer& offer, QWidget* parent);
  [[nodiscard]] ExportSettings settings() const;
  void accept() override;

 private:
  void browse();
  void check();

  QLineEdit* path_;
  QComboBox* preset_;
  NumberBox* width_;
  QComboBox* panel_;
  QCheckBox* selection_;
  QLabel* hint_;
  QString carried_;
  QPushButton* export_;
  Question question_{this};
};

}  // namespace dnm
