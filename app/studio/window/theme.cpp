// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/theme.h"

#include <QApplication>
#include <QPalette>
#include <QSettings>
#include <QToolTip>
#include <array>

#include "app/studio/widgets/text.h"
#include "core/parameters/look_up.h"

namespace dnm {

namespace {

constexpr const char* setting = "window/theme";

constexpr std::array choices{
    Choice{"system", "System", "The colours of the desktop."},
    Choice{"light", "Light", "Dark on light, whatever the desktop has."},
    Choice{"dark", "Dark", "Light on dark, whatever the desktop has."},
};

/// What a theme consists of; everything else follows.
struct Colors {
  QColor window, base, alternate, button, text, faint, disabled, edge, accent, on_accent, link;
};

QPalette palette_of(const Colors& colors) {
  QPalette palette(colors.button, colors.window);  // shades of edges follow from the button
  const auto set = [&](QPalette::ColorRole role, const QColor& color) { palette.setColor(role, color); };
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
    set(role, colors.text);
  set(QPalette::Window, colors.window);
  set(QPalette::Base, colors.base);
  set(QPalette::AlternateBase, colors.alternate);
  set(QPalette::ToolTipBase, colors.alternate);
  set(QPalette::Button, colors.button);
  set(QPalette::PlaceholderText, colors.faint);
  set(QPalette::Mid, colors.edge);
  set(QPalette::Highlight, colors.accent);
  set(QPalette::HighlightedText, colors.on_accent);
  set(QPalette::Link, colors.link);
  set(QPalette::LinkVisited, colors.link);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
    palette.setColor(QPalette::Disabled, role, colors.disabled);
  palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.edge);
  return palette;
}

QPalette light_palette() {
  return palette_of({.window = "#f0f0f1",
                     .base = "#ffffff",
                     .alternate = "#f6f6f7",
                     .button = "#ebebed",
                     .text = "#1c1d1f",
                     .faint = "#62656b",
                     .disabled = "#9a9ca1",
                     .edge = "#bfc1c5",
                     .accent = "#2f7fc1",
                     .on_accent = "#ffffff",
                     .link = "#1f6cae"});
}

QPalette dark_palette() {
  return palette_of({.window = "#2a2c30",
                     .base = "#1e2023",
                     .alternate = "#25272b",
                     .button = "#363940",
                     .text = "#e6e7e9",
                     .faint = "#a2a6ad",
                     .disabled = "#72767e",
                     .edge = "#4a4e56",
                     .accent = "#3d8fd1",
                     .on_accent = "#ffffff",
                     .link = "#6fb3ea"});
}

}  // namespace

std::span<const Choice> theme_choices() { return choices; }

void apply_theme(Theme theme) {
  const QPalette palette = theme == Theme::system  ? QPalette()
                           : theme == Theme::light ? light_palette()
                                                   : dark_palette();
  QApplication::setPalette(palette);
  static const QPalette tips = QToolTip::palette();
  QToolTip::setPalette(theme == Theme::system ? tips : palette);
}

Theme kept_theme() {
  const std::string id = QSettings().value(setting).toString().toStdString();
  const Choice* const known = find_row(choices, id);
  return known ? static_cast<Theme>(known - choices.data()) : Theme::system;
}

void keep_theme(Theme theme) { QSettings().setValue(setting, to_qt(choices[static_cast<std::size_t>(theme)].id)); }

}  // namespace dnm
