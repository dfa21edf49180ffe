// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/studio_style.h"

#include <QStyleOptionComboBox>

namespace dnm {

void StudioStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
  const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
  if (element != CE_ComboBoxLabel || !combo) return QProxyStyle::drawControl(element, option, painter, widget);
  QStyleOptionComboBox fitting = *combo;
  const int width = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget).width();
  fitting.currentText = combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, width - 2);
  QProxyStyle::drawControl(element, &fitting, painter, widget);
}

}  // namespace dnm
