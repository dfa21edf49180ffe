// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QString>
#include <functional>
#include <string>
#include <vector>

#include "app/studio/dialogs/figure_preview.h"
#include "app/studio/parameters/parameter_form.h"
#include "app/studio/widgets/number_edit.h"
#include "app/studio/widgets/question.h"
#include "viz/figure/figure_module.h"

namespace dnm {

struct ExportSettings {
  QString path;
  PageSettings page{};
  std::string panel = "all";    ///< the grid of pictures, as text
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
  QString hint;  ///< what the file holds besides the picture
  /// The figure of some settings, for the preview. Throws dnm::Error.
  std::function<FigureRequest(const ExportSettings&)> request;
  QString selection{};  ///< what is selected, in words; empty: nothing, so that nothing can be marked
};

/// Asks for a figure's file, its page and the pictures in it, with the page beside it as it will be printed; and,
/// before it accepts, whether to replace a file.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const ExportSettings& proposed, ExportOffer offer, QWidget* parent);
  [[nodiscard]] ExportSettings settings() const;
  void accept() override;

 private:
  QWidget* make_form(const ExportSettings& proposed);
  QLayout* make_width_line(double millimetres);
  QWidget* make_page_rows();
  void browse();
  void check();
  void changed();
  /// What keeps the figure from being made; empty: nothing.
  [[nodiscard]] QString problem() const;

  ExportOffer offer_;
  PageSettings page_;  ///< but for the width
  QLineEdit* path_ = nullptr;
  QComboBox* preset_ = nullptr;
  NumberBox* width_ = nullptr;
  QComboBox* panel_ = nullptr;
  QCheckBox* selection_ = nullptr;
  QLabel* hint_ = nullptr;
  FigurePreviewArea* preview_ = nullptr;
  QString noticed_;
  QPushButton* export_ = nullptr;
  Question question_{this};
};

}  // namespace dnm
