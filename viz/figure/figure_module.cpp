// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/figure_module.h"

#include <QGuiApplication>
#include <array>
#include <cstdio>

#include "core/support/number_locale.h"
#include "viz/figure/animation.h"
#include "viz/figure/figure_metadata.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

namespace {

/// Fonts need an application object. The window has one; for the command line this makes one that needs no display.
/// It is never destroyed: Qt's own statics may be gone by the time this module's are.
void ensure_application() {
  if (QCoreApplication::instance() != nullptr) return;
  static std::array<char, 4> program{"dnm"};
  static std::array<char, 10> option{"-platform"};
  static std::array<char, 10> value{"offscreen"};
  static std::array<char*, 4> arguments{program.data(), option.data(), value.data(), nullptr};
  static int count = 3;
  // Qt's messages about the environment (no runtime folder, say) would only confuse beside the command's one line.
  qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtCriticalMsg || type == QtFatalMsg) std::fprintf(stderr, "%s\n", qPrintable(message));
  });
  static_cast<void>(new QGuiApplication(count, arguments.data()));
  keep_decimal_points();
}

class Figures final : public FigureModule {
 public:
  std::vector<std::string> write(const std::filesystem::path& path, const FigureRequest& request) override {
    return write_figure(path, request);
  }
  FigurePreview preview(const FigureRequest& request, double dpi) override { return preview_figure(request, dpi); }
  std::vector<std::string> write(const std::filesystem::path& path, const AnimationRequest& request) override {
    return write_animation(path, request);
  }
  std::string session_of(const std::filesystem::path& path) override { return session_in_figure(path); }
};

}  // namespace

}  // namespace dnm

extern "C" __attribute__((visibility("default"))) dnm::FigureModule* dnm_figure_module();

dnm::FigureModule* dnm_figure_module() {
  dnm::ensure_application();
  static dnm::Figures figures;
  return &figures;
}
