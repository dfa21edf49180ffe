// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QStyleFactory>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>

#include "app/studio/window/capture.h"
#include "app/studio/window/window.h"
#include "core/files/network_files.h"
#include "core/support/version.h"

namespace {

struct Arguments {
  std::string file;
  std::string session;
  std::string capture;
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "dnm-studio: %s\n", sentence.c_str());
  return 1;
}

bool has_display() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there is only one thread yet
    return value && *value;
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY") || set("QT_QPA_PLATFORM");
}

int run(int argc, char** argv, const Arguments& arguments) {
  QApplication application(argc, argv);
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  QApplication::setOrganizationName("dnm-studio");
  QApplication::setApplicationName("dnm-studio");
  QApplication::setApplicationDisplayName("DNM Studio");
  QApplication::setApplicationVersion(dnm::program_version());
  QApplication::setDesktopFileName("io.github.dnm_studio.Studio");

  const bool capturing = !arguments.capture.empty();
  dnm::Window window({.keep_settings = !capturing, .ask_for_unsaved = !capturing});
  window.show();
  if (!arguments.session.empty()) window.files().open(QString::fromStdString(arguments.session));
  if (!arguments.file.empty()) window.files().open(QString::fromStdString(arguments.file));
  if (capturing) new dnm::Capture(window, QString::fromStdString(arguments.capture));
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App options{"DNM Studio: design, measure, embed and train sparse networks, live.", "dnm-studio"};
  options.set_version_flag("--version", std::string("dnm-studio ") + dnm::program_version());
  options
      .add_option("file", arguments.file,
                  "network (" + dnm::network_extensions() + "), session (.dnm.json) or exported figure to open")
      ->option_text("FILE");
  options.add_option("--session", arguments.session, "session to open first")->option_text("FILE.dnm.json");
  options
      .add_option("--capture", arguments.capture,
                  "save a picture of the whole window once everything is fresh, then end")
      ->option_text("FILE.png");
  try {
    options.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return options.exit(success);
  } catch (const CLI::ParseError& error) {
    return fail(std::string(error.what()) + "; see dnm-studio --help");
  }
  if (!has_display())
    return fail("there is no display; start it on a desktop, or use the command line program dnm (dnm demo)");
  try {
    return run(1, argv, arguments);
  } catch (const std::exception& error) {
    return fail(error.what());
  }
}
