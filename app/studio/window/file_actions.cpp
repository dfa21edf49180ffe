// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/file_actions.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <utility>

#include "app/studio/widgets/file_choice.h"
#include "app/studio/widgets/text.h"
#include "app/studio/window/layer_choice.h"
#include "app/workspace/command_lines.h"
#include "app/workspace/exported.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/neuron_picture.h"
#include "app/workspace/provenance.h"
#include "app/workspace/words.h"
#include "core/files/network_files.h"
#include "core/support/digits.h"
#include "viz/figure/figure_writer.h"

namespace dnm {

namespace {

QString session_filter() { return Words::tr("Sessions (*.dnm.json)"); }

QString links_not_kept() { return Words::tr("The links of this run are not kept; save the network."); }

/// Whether a session of what is shown names no place where its links are.
bool loses_links(const Shown& shown) {
  const auto* run = std::get_if<ShownRun>(&shown);
  return run && run->folder.empty();
}

std::filesystem::path to_path(const QString& path) { return path.toStdString(); }

}  // namespace

FileActions::FileActions(Document& document, LiveBridge& live, TrainingRuns& runs, QWidget* window)
    : QObject(window), document_(document), live_(live), runs_(runs), window_(window), watch_(document) {
  connect(&background_, &Background::changed, this, &FileActions::changed);
  connect(&background_, &Background::problem, this, &FileActions::message);
  connect(&watch_, &SessionWatch::changed_by_another, this, &FileActions::on_changed_by_another);
  connect(&watch_, &SessionWatch::removed_by_another, this, &FileActions::on_removed_by_another);
  connect(&live_, &LiveBridge::updated, this, &FileActions::write_when_settled);
  connect(&live_, &LiveBridge::updated, this, [this] {
    if (live_.current_network()) withdraw(no_network_);
  });
}

void FileActions::complain(QString& about, const QString& text) {
  withdraw(about);
  about = text;
  Q_EMIT message(text);
}

void FileActions::withdraw(QString& about) {
  if (const QString over = std::exchange(about, {}); !over.isEmpty()) Q_EMIT message_over(over);
}

QString FileActions::waits_for() const {
  return !waiting_exports_.empty() ? tr("Waiting for fresh values") : QString();
}

void FileActions::open(const QString& path, const ReadOptions& reading) {
  const bool replaces_all = is_session_file(to_path(path)) || is_figure_file(to_path(path));
  if (!replaces_all) return read(path, reading);
  when_nothing_is_unsaved([this, path] { read(path); });
}

void FileActions::read(const QString& path, const ReadOptions& reading) {
  background_.start(tr("Opening %1").arg(QFileInfo(path).fileName()),
                    [this, path, reading](const TaskControl& control) -> Background::Outcome {
                      const std::filesystem::path absolute = to_path(QFileInfo(path).absoluteFilePath());
                      try {
                        return [this, path, opened = open_file(absolute, reading, control)] { accept(opened, path); };
                      } catch (const TensorChoiceNeeded& needed) {
                        if (needed.matrices().empty()) throw;
                      }
                      return [this, path, reading, choice = tensor_choice(absolute, reading, control)] {
                        ask_for_layers(*this, window_, path, reading, choice);
                      };
                    });
}

void FileActions::read_as(ReadAs as) {
  const auto* file = std::get_if<ShownFile>(&document_.state().shown);
  if (file == nullptr) return;
  ReadOptions reading = file->reading;
  reading.as = as;
  open(to_qt(file->file), reading);
}

void FileActions::accept(const OpenedFile& opened, const QString& path) {
  if (opened.session) {
    runs_.replace_finished(opened.session->runs);
    document_.reset(*opened.session, opened.stamp ? QFileInfo(path).absoluteFilePath() : QString(), opened.stamp);
    Q_EMIT session_opened();
    for (const std::string* damaged :
         {&opened.session->damaged_runs, &opened.session->damaged_pins, &opened.session->damaged_sweep})
      if (!damaged->empty()) Q_EMIT message(to_qt(*damaged));
  } else if (opened.is_search) {
    Q_EMIT search_opened(QFileInfo(path).absoluteFilePath());
  } else if (!opened.runs.empty()) {
    accept_runs(opened, path);
  } else {
    WorkspaceState next = document_.state();
    next.shown = opened.network;
    if (const auto drawn_from = parameters_of(opened.network)) next.parameters = *drawn_from;
    document_.edit("opening of " + QFileInfo(path).fileName(), std::move(next));
  }
  for (const std::string& text : opened.notices) Q_EMIT notice(translated(text));
  Q_EMIT used(path);
}

void FileActions::accept_runs(const OpenedFile& opened, const QString& path) {
  const std::vector<std::string> identities = runs_.add(opened.runs);
  if (!opened.run) return;
  WorkspaceState next = document_.state();
  ShownRun run = *opened.run;
  for (std::size_t i = 0; i < opened.runs.size(); ++i) {
    const auto is_its_run = [&](const ExperimentRun& one) { return one.seed == run.seed && one.folder == run.folder; };
    if (std::ranges::none_of(opened.runs[i].runs, is_its_run)) continue;
    run.experiment = identities[i];
    if (const WorkspaceState& start = opened.runs[i].start; is_drawn(start)) {
      next.parameters = start.parameters;
      next.parameters.seed = run.seed;
    }
  }
  next.shown = std::move(run);
  document_.edit("opening of " + QFileInfo(path).fileName(), std::move(next));
}

QString FileActions::open_filter() {
  const QString networks = to_qt(network_file_patterns());
  return tr("All that can be opened (%1)").arg("*.dnm.json *.json " + networks + " *.svg *.pdf *.png") + ";;" +
         session_filter() + ";;" + tr("Networks (%1)").arg(networks) + ";;" +
         tr("Exported figures (*.svg *.pdf *.png)") + ";;" + tr("All files (*)");
}

void FileActions::open_with_dialog() {
  const QString path =
      QFileDialog::getOpenFileName(window_, tr("Open"), QFileInfo(document_.path()).path(), open_filter());
  if (!path.isEmpty()) open(path);
}

void FileActions::open_folder_with_dialog(const QString& title) {
  const QString path = QFileDialog::getExistingDirectory(window_, title, QFileInfo(document_.path()).path());
  if (!path.isEmpty()) open(path);
}

void FileActions::new_session() {
  when_nothing_is_unsaved([this] {
    runs_.replace_finished({});
    document_.reset(first_);
  });
}

void FileActions::edit_with_its_network(const QString& what, WorkspaceState next, const std::function<void()>& then) {
  const auto finish = [this, what, then](const WorkspaceState& state) {
    document_.edit(what, state);
    if (then) then();
  };
  if (is_drawn(next) || given_network(next)) return finish(next);
  const auto* run = std::get_if<ShownRun>(&next.shown);
  const QString source = to_qt(run ? run->folder : network_file(next));
  background_.start(tr("Opening %1").arg(QFileInfo(source).fileName()),
                    [this, finish, next](const TaskControl& control) mutable {
                      std::vector<std::string> notices = read_shown(next.shown, control);
                      return [this, finish, next, notices = std::move(notices)] {
                        finish(next);
                        for (const std::string& text : notices) Q_EMIT notice(translated(text));
                      };
                    });
}

void FileActions::save_session() { save_then({}); }

void FileActions::save_session_as() { save_as_then({}); }

void FileActions::save_then(const std::function<void()>& then) {
  const QString path = document_.path();
  if (path.isEmpty()) return save_as_then(then);
  const auto save = [this, path, then] {
    if (save_session_to(path) && then) then();
  };
  const FileChange change = document_.change_of_file();
  if (change.kind != FileChange::Kind::changed) return save();
  question_.ask(window_, "changed-question", tr("Changed by another program"),
                tr("“%1” was changed on disk by another program at %2; the session here is that of %3. "
                   "Saving it under this name replaces what the other program has written.")
                    .arg(document_.name(), to_qt(moment_text(change.now.seconds)),
                         to_qt(moment_text(document_.stamp()->seconds))),
                {{tr("Save As …"), QMessageBox::AcceptRole, [this, then] { save_as_then(then); }, true},
                 {tr("Save Anyway"), QMessageBox::DestructiveRole, save}});
}

void FileActions::save_as_then(const std::function<void()>& then) {
  QString path = choose_file_to_write(
      window_, tr("Save Session"), document_.path().isEmpty() ? document_.proposed_file(".dnm.json") : document_.path(),
      session_filter());
  if (path.isEmpty()) return;
  if (!path.endsWith(".json", Qt::CaseInsensitive)) path += ".dnm.json";
  path = QFileInfo(path).absoluteFilePath();
  if (path == document_.path()) return save_then(then);
  question_.ask_to_replace(window_, path, [this, path, then] {
    if (save_session_to(path) && then) then();
  });
}

bool FileActions::save_session_to(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  try {
    Session session = document_.session();
    session.runs = runs_.experiments();
    document_.set_saved(absolute, write_session(to_path(absolute), std::move(session)));
  } catch (const std::exception& error) {
    complain(not_saved_, QString::fromUtf8(error.what()));
    return false;
  }
  withdraw(not_saved_);
  Q_EMIT used(path);
  if (loses_links(document_.state().shown)) Q_EMIT notice(links_not_kept());
  return true;
}

void FileActions::on_changed_by_another(const FileStamp& now) {
  const bool loses = document_.is_modified();
  document_.note_unsaved();  // what is here is in no file any more
  const QString what =
      tr("“%1” was changed on disk by another program at %2.").arg(document_.name(), to_qt(moment_text(now.seconds)));
  const QString cost = loses ? " " + tr("Reloading it discards the changes made here.") : QString();
  question_.ask(window_, "reload-question", tr("Changed by another program"), what + cost,
                {{tr("Reload"), loses ? QMessageBox::DestructiveRole : QMessageBox::AcceptRole,
                  [this] { read(document_.path()); }, !loses},
                 {tr("Save As …"), QMessageBox::ActionRole, [this] { save_session_as(); }}});
}

void FileActions::on_removed_by_another() {
  document_.note_unsaved();
  Q_EMIT notice(tr("%1 was removed by another program; save the session to write it again.").arg(document_.name()));
}

void FileActions::open_unsaved(const UnsavedWork& work, const std::function<void()>& then) {
  when_nothing_is_unsaved([this, work, then] {
    background_.start(tr("Opening unsaved work"), [this, work, then](const TaskControl& control) {
      Session session = work.session;
      std::vector<std::string> notices = read_shown(session.state.shown, control);
      return [this, session = std::move(session), work, notices = std::move(notices), then] {
        runs_.replace_finished(session.runs);
        document_.reset(session, to_qt(work.file), work.stamp);
        document_.note_unsaved();
        Q_EMIT session_opened();
        for (const std::string& text : notices) Q_EMIT notice(translated(text));
        then();
      };
    });
  });
}

void FileActions::save_network_with_dialog() {
  QString filters;
  for (const NetworkFormat& format : network_formats()) {
    if (format.write == nullptr) continue;
    filters += (filters.isEmpty() ? "" : ";;") + translated(format.label) + " (*" + to_qt(format.extension) + ")";
  }
  QString chosen;
  QString path = choose_file_to_write(window_, tr("Save Network"), document_.proposed_file(".npz"), filters, &chosen);
  if (path.isEmpty()) return;
  if (network_format_of(to_path(path)) == nullptr) {
    for (const NetworkFormat& format : network_formats())
      if (chosen.contains("(*" + to_qt(format.extension) + ")")) path += to_qt(format.extension);
  }
  question_.ask_to_replace(window_, path, [this, path] { save_network(path); });
}

void FileActions::save_network(const QString& path) {
  const NetworkPointer network = live_.current_network();
  if (!network) {
    const std::string& problem = network_problem(document_.state());
    complain(no_network_, problem.empty() ? tr("There is no network to save yet; wait until it is drawn.")
                                          : tr("There is no network to save: %1").arg(to_qt(problem)));
    return;
  }
  NetworkFile contents{network, provenance_of(document_.state(), to_path(path))};
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
  background_.start(tr("Saving %1").arg(QFileInfo(path).fileName()),
                    [this, path, file = std::move(contents)](const TaskControl&) {
                      return [this, path, losses = write_network(to_path(path), file)] {
                        for (const std::string& loss : losses) Q_EMIT notice(translated(loss));
                        Q_EMIT used(path);
                      };
                    });
}

/// As a search for them; empty where nothing is selected that the network on screen has.
QString FileActions::selected_words() const {
  const NetworkPointer& network = live_.scene_input().network;
  if (!network) return {};
  return translated(words_of(*network, neurons_of(*network, nodes_of(*network, document_.selected()))));
}

void FileActions::export_with_dialog() {
  ExportSettings proposed = last_export_;
  if (proposed.path.isEmpty()) proposed.path = document_.proposed_file(".pdf");
  ExportOffer offer{tr("Export Figure"),
                    {},
                    tr("The figure carries its parameters and seed: opening it restores this session."),
                    [this](const ExportSettings& settings) { return figure_request(settings); },
                    selected_words()};
  for (const Choice& choice : panel_choices())
    offer.pictures.push_back({translated(choice.label), std::string(choice.id)});
  auto* dialog = new ExportDialog(proposed, std::move(offer), window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { export_figure(dialog->settings()); });
  dialog->open();
}

void FileActions::export_figure(const ExportSettings& settings) {
  last_export_ = settings;
  std::erase_if(waiting_exports_, [&](const ExportSettings& other) { return other.path == settings.path; });
  waiting_exports_.push_back(settings);
  Q_EMIT changed();
  write_when_settled();
}

void FileActions::copy_picture(std::string_view panel, double millimetres) {
  constexpr double narrowest = 40.0, widest = 400.0, dpi = 300.0;
  ExportSettings settings;
  settings.panel = panel;
  settings.page.width = with_significant(std::clamp(millimetres, narrowest, widest), 4) + "mm";
  background_.start(tr("Copying the picture"), [this, request = figure_request(settings)](const TaskControl&) {
    const FigurePreview made = preview_figure(request, dpi);
    const QImage image = QImage::fromData(QByteArray::fromStdString(made.png), "png");
    return [this, image] {
      QGuiApplication::clipboard()->setImage(image);
      Q_EMIT notice(tr("Copied the picture."));
    };
  });
}

void FileActions::write_when_settled() {
  if (waiting_exports_.empty()) return;
  if (live_.is_newest() && live_.snapshot().cancelled) {
    for (const ExportSettings& settings : std::exchange(waiting_exports_, {}))
      Q_EMIT message(tr("%1 was not written: computing was cancelled before all values were fresh; F5 computes them.")
                         .arg(QDir::toNativeSeparators(settings.path)));
    Q_EMIT changed();
    return;
  }
  if (!live_.is_settled()) return;
  for (const ExportSettings& settings : std::exchange(waiting_exports_, {})) write_figure(settings);
  Q_EMIT changed();
}

FigureRequest FileActions::figure_request(const ExportSettings& settings) const {
  const LiveSnapshot& snapshot = live_.snapshot();
  const WorkspaceState& state = document_.state();
  FigureRequest request;
  request.grid = read_figure_grid(settings.panel);
  request.page = settings.page;
  request.options = {state.view.pictures};
  FigureNetwork network;
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) network.title = moment_name(*run);
  network.input = live_.scene_input();
  if (network.input.network) {
    const std::vector<NodeIndex> selected = nodes_of(*network.input.network, document_.selected());
    if (settings.shows_selection) network.selected = selected;
    const bool is_drawn = !snapshot.request.network && snapshot.network.value == network.input.network;
    const std::vector<std::string_view> panels = panels_of(request.grid, 0);
    if (!selected.empty() && std::ranges::find(panels, neuron_panel) != panels.end()) {
      network.neuron = neuron_picture(network.input.network, selected.front(), network.input.names,
                                      is_drawn ? &snapshot.request.parameters : nullptr);
    }
  }
  for (const auto& measure : snapshot.measures) {
    Measurement failed;
    failed.reason = measure.problem;
    network.measures.push_back(measure.value && measure.freshness == Freshness::fresh ? *measure.value : failed);
  }
  request.networks.push_back(std::move(network));
  return request;
}

void FileActions::write_figure(const ExportSettings& settings) {
  const LiveSnapshot& snapshot = live_.snapshot();
  if (!snapshot.network.value || snapshot.network.freshness != Freshness::fresh) {
    const std::string& problem = network_problem(document_.state());
    complain(no_network_,
             problem.empty()
                 ? tr("There is no network to draw; change the parameters that made it fail, then export again.")
                 : tr("There is no network to draw: %1").arg(to_qt(problem)));
    return;
  }
  const WorkspaceState& state = document_.state();
  FigureRequest request = figure_request(settings);
  const std::filesystem::path file = to_path(QFileInfo(settings.path).absoluteFilePath());
  Session session = document_.session();
  session.state.pins = {};  // the figure is of one network
  session.sweep.reset();
  request.session_json = exported_session(std::move(session), file);
  const QString select = settings.shows_selection ? selected_words() : QString();
  request.command_line =
      figure_command_line(state, {settings.panel, settings.page, file.string(), {}, select.toStdString()});
  background_.start(
      tr("Writing %1").arg(QFileInfo(settings.path).fileName()),
      [this, path = settings.path, request = std::move(request), lost = loses_links(state.shown)](const TaskControl&) {
        std::vector<std::string> notices = figure_module().write(to_path(path), request);
        if (lost) notices.push_back(links_not_kept().toStdString());
        return [this, path, notices = std::move(notices)] {
          Q_EMIT notice(wrote_text(path, notices), path);
          Q_EMIT used(path);
        };
      });
}

void FileActions::when_nothing_is_unsaved(const std::function<void()>& then) {
  if (!document_.is_modified()) return then();
  const auto save = [this, then] { save_then(then); };
  const auto discard = [this, then] {
    document_.forget_changes();
    then();
  };
  question_.ask(
      window_, "unsaved-question", tr("Unsaved changes"), tr("This session has changes that are not saved."),
      {{tr("Save"), QMessageBox::AcceptRole, save, true}, {tr("Discard"), QMessageBox::DestructiveRole, discard}});
}

}  // namespace dnm
