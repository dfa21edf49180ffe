// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QLocale>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "app/studio/widgets/studio_style.h"
#include "app/studio/widgets/text.h"
#include "app/studio/window/capture.h"
#include "app/studio/window/language.h"
#include "app/studio/window/theme.h"
#include "app/studio/window/window.h"
#include "app/workspace/session/recovery.h"
#include "app/workspace/window_options.h"
#include "core/support/error.h"
#include "core/support/number_locale.h"
#include "core/support/user_folders.h"
#include "core/support/version.h"

namespace {

struct Arguments {
  QString file;
  QString session;
  QString capture;
  QString language;
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "dnm-studio: %s\n", sentence.c_str());
  return 1;
}

QCommandLineOption option_of(const dnm::WindowOption& option) {
  QStringList names{dnm::to_qt(option.name)};
  if (!option.letter.empty()) names.prepend(dnm::to_qt(option.letter));
  return {names, dnm::to_qt(option.help), dnm::to_qt(option.value)};
}

bool has_display() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there is only one thread yet
    return value && *value;
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY") || set("QT_QPA_PLATFORM");
}

/// A picture of the window is the same on every desktop, unless a language is asked for.
dnm::Language language_for(const Arguments& arguments) {
  if (!arguments.language.isEmpty()) return dnm::language_of(arguments.language.toStdString());
  return arguments.capture.isEmpty() ? dnm::kept_language() : dnm::Language::english;
}

int run(int argc, char** argv, const Arguments& arguments) {
  // Numbers go from the window into papers and commands: they have a point on the screen, too.
  QLocale::setDefault(QLocale::c());
  QApplication application(argc, argv);
  dnm::keep_decimal_points();
  QApplication::setStyle(new dnm::StudioStyle);
  QApplication::setOrganizationName("dnm-studio");
  QApplication::setApplicationName("dnm-studio");
  QApplication::setApplicationDisplayName("DNM Studio");
  QApplication::setApplicationVersion(dnm::program_version());
  QApplication::setDesktopFileName("io.github.dnm_studio.Studio");

  dnm::apply_language(language_for(arguments));

  const bool capturing = !arguments.capture.isEmpty();
  dnm::WindowOptions options{.keep_settings = !capturing, .ask_for_unsaved = !capturing};
  options.first = dnm::first_session();
  std::string problem;
  try {
    if (!capturing) {
      dnm::apply_theme(dnm::kept_theme());
      options.runs_folder = dnm::user_runs_folder();
      options.recovery_folder = dnm::user_recovery_folder();
      options.cache_folder = dnm::user_cache_folder() / "pictures";
    }
  } catch (const dnm::Error& error) {
    problem = error.what();
  }
  dnm::Window window(options);
  if (!problem.empty()) window.messages().show_message(dnm::MessageBar::Kind::problem, QString::fromStdString(problem));
  if (capturing) {  // the same picture on every screen
    window.resize(dnm::usual_window_size);
    window.reset_layout();
  }
  window.show();
  const bool opens = !arguments.session.isEmpty() || !arguments.file.isEmpty();
  if (!opens && !capturing) window.offer_start_page();
  if (!arguments.session.isEmpty()) window.files().open(arguments.session);
  if (!arguments.file.isEmpty()) window.files().open(arguments.file);
  if (capturing) new dnm::Capture(window, arguments.capture);
  window.offer_unsaved_work();
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  QCommandLineParser parser;
  const QCommandLineOption help = option_of(dnm::window_help);
  const QCommandLineOption version = option_of(dnm::window_version);
  const QCommandLineOption session = option_of(dnm::window_session);
  const QCommandLineOption capture = option_of(dnm::window_capture);
  parser.setApplicationDescription(dnm::to_qt(dnm::window_meaning));
  parser.addPositionalArgument("FILE", dnm::to_qt(dnm::window_file_help()), "[FILE]");
  const QCommandLineOption language = option_of(dnm::window_language);
  parser.addOptions({help, version, session, capture, language});
  QStringList words;
  for (int i = 0; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
  if (!parser.parse(words)) {
    QString problem = parser.errorText();
    if (problem.endsWith('.')) problem.chop(1);
    return fail(problem.toStdString() + "; see dnm-studio --help");
  }
  if (parser.isSet(help)) {
    const QCoreApplication named(argc, argv);  // the help text begins with its name
    std::fputs(qPrintable(parser.helpText()), stdout);
    return 0;
  }
  if (parser.isSet(version)) {
    std::printf("dnm-studio %s\n", dnm::program_version());
    return 0;
  }
  const QStringList files = parser.positionalArguments();
  if (files.size() > 1) return fail("one file can be opened, but " + std::to_string(files.size()) + " are named");
  if (!has_display())
    return fail("there is no display; start it on a desktop, or use the command line program dnm (dnm demo)");
  try {
    return run(1, argv, {files.value(0), parser.value(session), parser.value(capture), parser.value(language)});
  } catch (const std::exception& error) {
    return fail(error.what());
  }
}
