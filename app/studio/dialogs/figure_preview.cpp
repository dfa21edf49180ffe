// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/figure_preview.h"

#include <QHBoxLayout>
#include <QScreen>
#include <QVBoxLayout>
#include <utility>

#include "app/studio/widgets/text.h"
#include "core/support/error.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

namespace {

constexpr int delay_milliseconds = 250;
constexpr double least_dpi = 60.0, most_dpi = 400.0;  // what screens have; others do not know their size

}  // namespace

FigurePreviewArea::FigurePreviewArea(Request request, QWidget* parent) : QWidget(parent), request_(std::move(request)) {
  setObjectName("figure-preview");
  setAccessibleName(tr("Preview of the figure"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  area_ = new QScrollArea(this);
  area_->setObjectName("figure-preview-area");
  area_->setAccessibleName(tr("Preview"));
  area_->setAlignment(Qt::AlignCenter);
  area_->setBackgroundRole(QPalette::Dark);
  area_->setMinimumSize(320, 260);
  page_ = new QLabel(area_);
  page_->setObjectName("figure-preview-page");
  page_->setAccessibleName(tr("The page"));
  page_->setAlignment(Qt::AlignCenter);
  page_->setWordWrap(true);
  area_->setWidget(page_);
  column->addWidget(area_, 1);
  auto* line = new QHBoxLayout;
  line->addStretch(1);
  true_size_ = new QPushButton(tr("True size"), this);
  true_size_->setObjectName("figure-preview-true-size");
  true_size_->setAccessibleName(tr("Show the page in its true size"));
  true_size_->setToolTip(tr("As large as on paper; else as large as fits here"));
  true_size_->setCheckable(true);
  true_size_->setChecked(true);
  line->addWidget(true_size_);
  column->addLayout(line);
  connect(true_size_, &QPushButton::toggled, this, &FigurePreviewArea::show_image);
  delay_.setSingleShot(true);
  delay_.setInterval(delay_milliseconds);
  connect(&delay_, &QTimer::timeout, this, &FigurePreviewArea::draw);
}

void FigurePreviewArea::refresh() { delay_.start(); }

double FigurePreviewArea::screen_dpi() const {
  const QScreen* const shown = screen();
  const double physical = shown->physicalDotsPerInch();
  return physical >= least_dpi && physical <= most_dpi ? physical : shown->logicalDotsPerInch();
}

void FigurePreviewArea::draw() {
  FigureRequest request;
  try {
    request = request_();
  } catch (const Error& error) {
    return show_problem(to_qt(error.what()));
  }
  background_.cancel();
  const double dpi = screen_dpi() * devicePixelRatioF();
  background_.start(
      tr("Drawing the preview"),
      [this, dpi, request = std::move(request)](const TaskControl&) {
        FigurePreview made = preview_figure(request, dpi);
        return [this, made = std::move(made)] {
          image_ = QImage::fromData(QByteArray::fromStdString(made.png), "png");
          image_.setDevicePixelRatio(devicePixelRatioF());
          QStringList notices;
          for (const std::string& notice : made.notices) notices << translated(notice);
          show_image();
          Q_EMIT noticed(notices.join("; "));
        };
      },
      [this](const QString& text) { show_problem(text); });
}

void FigurePreviewArea::show_problem(const QString& text) {
  image_ = {};
  page_->setText(text);
  page_->resize(area_->viewport()->size());
  Q_EMIT noticed({});
}

void FigurePreviewArea::show_image() {
  if (image_.isNull()) return;
  QPixmap shown = QPixmap::fromImage(image_);
  const QSize room = area_->viewport()->size() * devicePixelRatioF();
  if (!true_size_->isChecked()) {
    shown = QPixmap::fromImage(image_.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    shown.setDevicePixelRatio(devicePixelRatioF());
  }
  page_->setPixmap(shown);
  page_->resize(shown.deviceIndependentSize().toSize());
}

void FigurePreviewArea::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (!true_size_->isChecked()) show_image();
}

}  // namespace dnm
