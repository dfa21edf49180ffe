// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace dnm {

/// The look of the program: Fusion, but the text of a combo box that does not fit ends in "…".
class StudioStyle : public QProxyStyle {
  Q_OBJECT
 public:
  StudioStyle() : QProxyStyle("Fusion") {}
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget = nullptr) const override;
};

}  // namespace dnm
