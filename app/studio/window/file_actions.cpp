// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/file_actions.h"

#include <QFileDialog>
#include <QFileInfo>
#include <exception>
#include <filesystem>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/command_lines.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/provenance.h"
#include "core/files/network_files.h"

namespace dnm {

namespace {

constexpr const char* session_filter = "Sessions (*.dnm.json)";

constexpr const char* links_not_kept = "The links of this run are not kept; save the network.";

/// Whether a session of what is shown names no place where its links are.
bool loses_links(const Shown& shown) {
  const auto* run = std::get_if<ShownRun>(&shown);
  return run && run->folder.empty();
}

std::filesystem::path to_path(const QString& path) { return path.toStdString(); }

QString network_patterns() {
  QStringList patterns;
  for (const NetworkFormat& format : network_formats()) patterns += "*" + to_qt(format.extension);
  return patterns.join(' ');
}

}  // namespace

FileActions::FileActions(Document& document, LiveBridge& live, TrainingRuns& runs, QWidget* window)
    : QObject(window), document_(document), live_(live), runs_(runs), window_(window) {
  connect(&background_, &Background::changed, this, &FileActions::changed);
  connect(&background_, &Background::problem, this, &FileActions::message);
  connect(&live_, &LiveBridge::updated, this, &FileActions::write_when_settled);
  connect(&live_, &LiveBridge::cancelled, this, [this] {
    if (!std::exchange(waiting_export_, std::nullopt)) return;
    Q_EMIT changed();
    Q_EMIT message("The figure was not written: computing was cancelled before all values were fresh.");
  });
}

QString FileActions::waits_for() const {
  return waiting_export_ ? QStringLiteral("Waiting for fresh values") : QString();
}

void FileActions::open(const QString& path) {
  const auto read = [this, path] {
    background_.start("Opening " + QFileInfo(path).fileName(), [this, path](const TaskControl& control) {
      const std::filesystem::path absolute = to_path(QFileInfo(path).absoluteFilePath());
      return [this, path, opened = open_file(absolute, {}, control)] { accept(opened, path); };
    });
  };
  const bool replaces_all = is_session_file(to_path(path)) || is_figure_file(to_path(path));
  replaces_all ? when_nothing_is_unsaved(read) : read();
}

void FileActions::accept(const OpenedFile& opened, const QString& path) {
  if (opened.session) {
    runs_.replace_finished(opened.session->runs);
    document_.reset(*opened.session, is_session_file(to_path(path)) ? QFileInfo(path).absoluteFilePath() : QString());
    if (!opened.session->damaged_runs.empty()) Q_EMIT message(to_qt(opened.session->damaged_runs));
  } else {
    WorkspaceState next = document_.state();
    next.shown = opened.network;
    if (const auto drawn_from = parameters_of(opened.network)) next.parameters = *drawn_from;
    document_.edit("opening of " + QFileInfo(path).fileName(), std::move(next));
  }
  for (const std::string& text : opened.notices) Q_EMIT notice(to_qt(text));
  Q_EMIT used(path);
}

QString FileActions::open_filter() {
  const QString networks = network_patterns();
  return "All that can be opened (*.dnm.json *.json " + networks + " *.svg *.pdf *.png);;" + session_filter +
         ";;Networks (" + networks + ");;Exported figures (*.svg *.pdf *.png);;All files (*)";
}

void FileActions::open_with_dialog() {
  const QString path = QFileDialog::getOpenFileName(window_, "Open", QFileInfo(document_.path()).path(), open_filter());
  if (!path.isEmpty()) open(path);
}

void FileActions::new_session() {
  when_nothing_is_unsaved([this] {
    runs_.replace_finished({});
    document_.reset();
  });
}

void FileActions::edit_with_its_network(const QString& what, WorkspaceState next) {
  if (std::holds_alternative<ShownModel>(next.shown) || given_network(next))
    return document_.edit(what, std::move(next));
  const auto* run = std::get_if<ShownRun>(&next.shown);
  const QString source = to_qt(run ? run->folder : network_file(next));
  background_.start("Opening " + QFileInfo(source).fileName(), [this, what, next](const TaskControl& control) mutable {
    std::vector<std::string> notices = read_shown(next.shown, {}, control);
    return [this, what, next, notices = std::move(notices)] {
      document_.edit(what, next);
      for (const std::string& text : notices) Q_EMIT notice(to_qt(text));
    };
  });
}

void FileActions::save_session() {
  document_.path().isEmpty() ? save_session_as() : static_cast<void>(save_session_to(document_.path()));
}

void FileActions::save_session_as() {
  QString path = QFileDialog::getSaveFileName(
      window_, "Save Session", document_.path().isEmpty() ? document_.proposed_file(".dnm.json") : document_.path(),
      session_filter);
  if (path.isEmpty()) return;
  if (!path.endsWith(".json", Qt::CaseInsensitive)) path += ".dnm.json";
  save_session_to(path);
}

bool FileActions::save_session_to(const QString& path) {
  try {
    Session session = document_.session();
    session.runs = runs_.experiments();
    write_session(to_path(path), session);
  } catch (const std::exception& error) {
    Q_EMIT message(QString::fromUtf8(error.what()));
    return false;
  }
  document_.set_saved(QFileInfo(path).absoluteFilePath());
  Q_EMIT used(path);
  if (loses_links(document_.state().shown)) Q_EMIT notice(links_not_kept);
  return true;
}

void FileActions::save_network_with_dialog() {
  QString filters;
  for (const NetworkFormat& format : network_formats())
    filters += (filters.isEmpty() ? "" : ";;") + to_qt(format.label) + " (*" + to_qt(format.extension) + ")";
  QString chosen;
  QString path =
      QFileDialog::getSaveFileName(window_, "Save Network", document_.proposed_file(".npz"), filters, &chosen);
  if (path.isEmpty()) return;
  if (network_format_of(to_path(path)) == nullptr) {
    for (const NetworkFormat& format : network_formats())
      if (chosen.contains("(*" + to_qt(format.extension) + ")")) path += to_qt(format.extension);
  }
  save_network(path);
}

void FileActions::save_network(const QString& path) {
  const NetworkPointer network = live_.current_network();
  if (!network) {
    Q_EMIT message("There is no network to save yet; wait until it is drawn.");
    return;
  }
  NetworkFile contents{network, provenance_of(document_.state())};
  const SceneInput& known = live_.scene_input();
  if (known.network == network) {
    if (!measurement_of(known, community_measure).is_stale) {
      const std::span<const std::int32_t> communities = communities_of(known);
      contents.attributes.community.assign(communities.begin(), communities.end());
    }
    if (known.embedding) {
      contents.attributes.radius = known.embedding->radius;
      contents.attributes.theta = known.embedding->theta;
    }
  }
  background_.start("Saving " + QFileInfo(path).fileName(),
                    [this, path, file = std::move(contents)](const TaskControl&) {
                      write_network(to_path(path), file);
                      return [this, path] { Q_EMIT used(path); };
                    });
}

void FileActions::export_with_dialog() {
  ExportSettings proposed = last_export_;
  if (proposed.path.isEmpty()) proposed.path = document_.proposed_file(".pdf");
  auto* dialog = new ExportDialog(proposed, network_export_offer(), window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { export_figure(dialog->settings()); });
  dialog->open();
}

void FileActions::export_figure(const ExportSettings& settings) {
  last_export_ = settings;
  waiting_export_ = settings;
  Q_EMIT changed();
  write_when_settled();
}

void FileActions::write_when_settled() {
  if (!waiting_export_ || !live_.is_settled()) return;
  const ExportSettings settings = *std::exchange(waiting_export_, std::nullopt);
  const LiveSnapshot& snapshot = live_.snapshot();
  if (!snapshot.network.value || snapshot.network.freshness != Freshness::fresh) {
    Q_EMIT changed();
    Q_EMIT message("There is no network to draw; change the parameters that made it fail, then export again.");
    return;
  }
  FigureRequest request;
  FigurePanel panel;
  panel.input = live_.scene_input();
  for (const auto& measure : snapshot.measures) {
    Measurement failed;
    failed.reason = measure.problem;
    panel.measures.push_back(measure.value && measure.freshness == Freshness::fresh ? *measure.value : failed);
  }
  const WorkspaceState& state = document_.state();
  request.panels.push_back(std::move(panel));
  request.panel = settings.panel;
  request.width_mm = settings.width_mm;
  request.options = {state.view.pictures};
  request.session_json = session_to_json(document_.session());
  request.command_line =
      figure_command_line(state, {settings.panel, QString::number(settings.width_mm).toStdString() + "mm",
                                  QFileInfo(settings.path).fileName().toStdString()});
  background_.start(
      "Writing " + QFileInfo(settings.path).fileName(),
      [this, path = settings.path, request = std::move(request), lost = loses_links(state.shown)](const TaskControl&) {
        std::vector<std::string> notices = figure_module().write(to_path(path), request);
        if (lost) notices.emplace_back(links_not_kept);
        return [this, path, notices = std::move(notices)] {
          Q_EMIT notice(wrote_text(path, notices), path);
          Q_EMIT used(path);
        };
      });
}

void FileActions::when_nothing_is_unsaved(const std::function<void()>& then) {
  if (!document_.is_modified()) return then();
  const auto save = [this, then] {
    save_session();
    if (!document_.is_modified()) then();
  };
  const auto discard = [this, then] {
    document_.forget_changes();
    then();
  };
  question_.ask(window_, "unsaved-question", "Unsaved changes", "This session has changes that are not saved.",
                {{"Save", QMessageBox::AcceptRole, save, true}, {"Discard", QMessageBox::DestructiveRole, discard}});
}

}  // namespace dnm
