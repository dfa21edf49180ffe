// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/moment_panel.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/studio/widgets/icons.h"
#include "app/studio/widgets/text.h"
#include "core/parameters/look_up.h"
#include "training/models/model_table.h"
#include "training/runs/topology_file.h"

namespace dnm {

namespace {

constexpr int speeds[] = {1, 2, 5, 10};  // updates per second
constexpr int usual_speed = 2;

/// The run of an experiment whose time line stands for it: the one chosen, else the first that has been rewired.
const ExperimentRun* run_of(const Experiment& experiment, const RunKey& key) {
  const ExperimentRun* found = nullptr;
  for (const ExperimentRun& run : experiment.runs) {
    if (!includes(key, run)) continue;
    if (!found || (found->events.empty() && !run.events.empty())) found = &run;
  }
  return found;
}

/// Whether its runs keep their topology: what is rewired, or has matrices that no network file holds.
bool has_moments(const Experiment& experiment) {
  const TrainingSettings& training = experiment.start.training;
  return training.method != TrainingSettings{}.method || draws_matrices(training);
}

}  // namespace

QString use_words(const ShownRun& run) {
  const std::string name = moment_name(as_working_network(run));
  return "use of the network " + to_qt(run.update == 0 ? name : "after " + name);
}

bool MomentPanel::Subject::is_same_run(const ShownRun& other) const {
  return run.experiment == other.experiment && run.seed == other.seed && run.folder == other.folder;
}

MomentPanel::MomentPanel(Document& document, TrainingRuns& runs, RunsList& list, QWidget* parent)
    : QWidget(parent), document_(document), runs_(runs), list_(list) {
  setObjectName("moments");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  play_ = new QToolButton(this);
  play_->setObjectName("time-line-play");
  play_->setAutoRaise(true);
  connect(play_, &QToolButton::clicked, this, &MomentPanel::play_or_pause);
  row->addWidget(play_, 0, Qt::AlignBottom);
  speed_ = new QToolButton(this);
  speed_->setObjectName("time-line-speed");
  speed_->setAutoRaise(true);
  speed_->setPopupMode(QToolButton::InstantPopup);
  speed_->setAccessibleName(tr("Updates per second while playing"));
  speed_->setToolTip(tr("Updates per second while playing"));
  auto* menu = new QMenu(speed_);
  auto* group = new QActionGroup(menu);
  for (const int speed : speeds) {
    QAction* action = menu->addAction(tr("%1 per second").arg(speed));
    action->setCheckable(true);
    action->setChecked(speed == usual_speed);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, speed] { set_updates_per_second(speed); });
  }
  speed_->setMenu(menu);
  row->addWidget(speed_, 0, Qt::AlignBottom);
  matrices_ = new MatricesBox(this);
  row->addWidget(matrices_, 0, Qt::AlignBottom);
  line_ = new TimeLine(this);
  row->addWidget(line_, 1);
  problem_ = new ElidedLabel(this);
  problem_->setObjectName("time-line-problem");
  problem_->setForegroundRole(QPalette::PlaceholderText);
  row->addWidget(problem_, 1);

  connect(matrices_, &MatricesBox::chosen, this, &MomentPanel::choose);
  connect(line_, &TimeLine::moved, this, [this](std::uint64_t update, bool dragging) {
    play_timer_.stop();
    if (dragging) begin_gesture();
    const ShownRun* now = shown();
    want({update, now ? now->compared : std::nullopt, dragging});
  });
  connect(line_, &TimeLine::compared, this, [this](std::optional<std::uint64_t> update, bool dragging) {
    const ShownRun* now = shown();
    if (!now) return;
    if (dragging) begin_gesture();
    want({now->update, update, dragging});
  });
  connect(line_, &TimeLine::used, this, [this](std::uint64_t update) {
    play_timer_.stop();
    want({.update = update, .working = true});
  });
  connect(line_, &TimeLine::released, this, &MomentPanel::end_gesture);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, [this] {
    if (moments_) read_on();
  });
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, [this] {
    if (!moments_) return;
    const qsizetype files = watcher_.files().size();
    watch_file();
    if (watcher_.files().size() != files || !trouble_.isEmpty()) read_on();
  });
  connect(&play_timer_, &QTimer::timeout, this, &MomentPanel::play_on);
  connect(&document_, &Document::changed, this, &MomentPanel::show_subject);
  connect(&document_, &Document::shown_replaced, this, &MomentPanel::show_subject);
  connect(&runs_, &TrainingRuns::changed, this, &MomentPanel::show_subject);
  connect(&list_, &RunsList::selection_changed, this, &MomentPanel::show_subject);
  set_updates_per_second(usual_speed);
  show_subject();
}

void MomentPanel::set_updates_per_second(int count) {
  play_timer_.setInterval(1000 / count);
  speed_->setText(QStringLiteral("%1/s").arg(count));
}

std::optional<MomentPanel::Subject> MomentPanel::subject() const {
  const auto make = [](const Experiment& experiment, const ExperimentRun& run) {
    return Subject{last_moment(experiment, run), run.topology != nullptr,
                   is_drawn(experiment.start) ? std::optional(experiment.start.parameters) : std::nullopt,
                   run.events.empty() ? 0 : run.events.back().update, run.progress.epochs};
  };
  const auto key = list_.selected();
  if (const Experiment* experiment = key ? runs_.runner().experiment(key->experiment) : nullptr;
      experiment && has_moments(*experiment)) {
    if (const ExperimentRun* run = run_of(*experiment, *key)) return make(*experiment, *run);
  }
  const auto* on_screen = std::get_if<ShownRun>(&document_.state().shown);
  if (!on_screen) return std::nullopt;
  for (const Experiment& experiment : runs_.experiments())
    for (const ExperimentRun& run : experiment.runs)
      if (Subject one = make(experiment, run); one.is_same_run(*on_screen)) return one;
  return Subject{*on_screen, on_screen->network != nullptr};
}

const ShownRun* MomentPanel::shown() const {
  const auto* run = std::get_if<ShownRun>(&document_.state().shown);
  return run && subject_ && subject_->is_same_run(*run) ? run : nullptr;
}

void MomentPanel::show_subject() {
  std::optional<Subject> now = subject();
  const bool is_other = !now || !subject_ || !subject_->is_same_run(now->run);
  subject_ = std::move(now);
  setVisible(subject_.has_value());
  if (is_other) {
    play_timer_.stop();
    wanted_.reset();
    moments_.reset();
    asked_at_ = 0;
    line_->set_moments({}, 0);
    matrices_->set_groups({});
    trouble_.clear();
    if (subject_ && subject_->run.folder.empty()) {
      trouble_ = tr("No time line: without a run folder, the links of a run are not kept.");
    } else if (subject_) {
      moments_ = std::make_shared<RunMoments>(subject_->run.folder);
      read_on();
    }
  } else if (moments_ && (subject_->updates != asked_at_ || shown_matrices() != asked_matrices_)) {
    read_on();
  }
  show_line();
}

void MomentPanel::show_line() {
  const bool has_problem = !trouble_.isEmpty();
  problem_->show_text(trouble_);
  problem_->setVisible(has_problem);
  line_->setVisible(!has_problem);
  const ShownRun* now = shown();
  // The working network is compared with none.
  const std::uint64_t compared = !now ? 0 : now->is_working ? now->update : compared_update(*now);
  if (!fetching_ && !wanted_) matrices_->set_shown(shown_matrices());
  line_->set_shown(now ? std::optional(now->update) : std::nullopt, compared);
  play_->setEnabled(!has_problem && line_->moments().size() > 1);
  speed_->setEnabled(play_->isEnabled());
  show_play_sign();
}

void MomentPanel::show_play_sign() {
  const bool plays = play_timer_.isActive();
  set_sign(*play_, plays ? Sign::pause : Sign::play);
  const QString text = plays ? tr("Stop playing the updates") : tr("Play the updates of the run's links");
  play_->setToolTip(text);
  play_->setAccessibleName(text);
}

void MomentPanel::watch_file() {
  std::error_code code;
  const std::filesystem::path folder = std::filesystem::absolute(subject_->run.folder, code);
  const QStringList watched = watcher_.files() + watcher_.directories();
  QStringList wanted;
  // A path that is gone is watched no more: the folders tell when it is there again.
  for (const std::filesystem::path& path : {folder / topology_file_name, folder, folder.parent_path()})
    if (const QString name = to_qt(path.string()); QFileInfo::exists(name)) wanted += name;
  QStringList others = watched, missing = wanted;
  others.removeIf([&](const QString& path) { return wanted.contains(path); });
  missing.removeIf([&](const QString& path) { return watched.contains(path); });
  if (!others.isEmpty()) watcher_.removePaths(others);
  if (!missing.isEmpty()) watcher_.addPaths(missing);
}

void MomentPanel::read_on() {
  watch_file();
  asked_at_ = subject_->updates;
  asked_matrices_ = shown_matrices();
  if (std::exchange(reading_on_, true)) {
    read_again_ = true;
    return;
  }
  background_.start(
      tr("Reading the run's updates"),
      [this, moments = moments_, matrices = asked_matrices_,
       epochs = subject_->epochs](const TaskControl&) -> Background::Outcome {
        static_cast<void>(moments->refresh());
        std::vector<MatrixGroup> groups = moments->groups();
        std::vector<RunMoment> ticks = groups.empty()
                                           ? moments->moments()
                                           : moments->moments(find_row(groups, matrices) ? matrices : std::string());
        const bool has_updates = !ticks.empty() && ticks.back().epoch > 0;
        // Epochs to come take as many batches as those that were trained.
        const std::uint64_t last = has_updates ? ticks.back().step * static_cast<std::uint64_t>(std::max(epochs, 0)) /
                                                     static_cast<std::uint64_t>(ticks.back().epoch)
                                               : 0;
        return [this, moments, ticks = std::move(ticks), groups = std::move(groups), last] {
          reading_on_ = false;
          if (moments == moments_) {
            trouble_.clear();
            line_->set_moments(ticks, last);
            matrices_->set_groups(groups);
            show_line();
          }
          if (moments_ && (moments != moments_ || std::exchange(read_again_, false))) read_on();
        };
      },
      [this, moments = moments_](const QString& text) {
        reading_on_ = false;
        if (moments == moments_) {
          // A run that is being prepared has written nothing yet.
          trouble_ = subject_ && subject_->updates == 0 && !subject_->has_topology && !shown()
                         ? tr("No time line yet: no update of the links has been written.")
                         : tr("No time line: %1").arg(text);
          show_line();
        }
        if (moments_ && (moments != moments_ || std::exchange(read_again_, false))) read_on();
      });
}

std::string MomentPanel::shown_matrices() const {
  const auto* on_screen = std::get_if<ShownRun>(&document_.state().shown);
  if (!on_screen) return {};
  const bool is_there = matrices_->groups().empty() || find_row(matrices_->groups(), on_screen->matrices);
  return is_there ? on_screen->matrices : std::string();
}

void MomentPanel::choose(const std::string& matrices) {
  const auto& moments = line_->moments();
  if (moments.empty()) return;
  play_timer_.stop();
  const ShownRun* now = shown();
  want({.update = now ? now->update : moments.back().update,
        .compared = now ? now->compared : std::nullopt,
        .matrices = matrices});
}

void MomentPanel::want(const Wanted& wanted) {
  wanted_ = wanted;
  fetch();
}

void MomentPanel::fetch() {
  if (fetching_ || !wanted_ || !moments_) return;
  fetching_ = true;
  const Wanted wanted = *std::exchange(wanted_, std::nullopt);
  ShownRun run = subject_->run;
  run.update = wanted.update;
  run.compared = wanted.compared;
  run.matrices = wanted.matrices ? *wanted.matrices : shown_matrices();
  run.network = run.before = nullptr;
  run.problem.clear();
  run.is_working = false;
  run.follows = !line_->moments().empty() && wanted.update == line_->moments().back().update;
  if (wanted.working) run = as_working_network(run);
  background_.start(
      tr("Reading update %1").arg(run.update),
      [this, moments = moments_, run, wanted](const TaskControl&) mutable -> Background::Outcome {
        moments->read(run);
        return [this, run, wanted] {
          fetching_ = false;
          if (subject_ && subject_->is_same_run(run)) show_moment(run, wanted);
          fetch();
        };
      },
      [this](const QString& text) {
        fetching_ = false;
        play_timer_.stop();
        trouble_ = tr("This update cannot be shown: %1").arg(text);
        show_line();
      });
}

void MomentPanel::show_moment(const ShownRun& run, const Wanted& wanted) {
  WorkspaceState next = document_.state();
  // Those of a run folder that was opened are not known.
  if (!shown() && subject_->parameters && subject_->parameters->layer_sizes == run.network->layer_sizes())
    next.parameters = *subject_->parameters;
  next.shown = run;
  if (run.is_working) return document_.edit(use_words(run), std::move(next));
  if (wanted.matrices) return document_.edit("showing of " + to_qt(run.matrices), std::move(next));
  const bool compares = shown() && shown()->update == run.update && !shown()->is_working;
  const QString what = compares ? QStringLiteral("comparison with update %1").arg(compared_update(run))
                                : QStringLiteral("showing of update %1").arg(run.update);
  const bool more = wanted.dragging && in_gesture_;
  const QString key = wanted.dragging ? QStringLiteral("time-line-%1").arg(gesture_) : QStringLiteral("time-line-keys");
  document_.edit(what, std::move(next), key, more);
  if (wanted.dragging && !in_gesture_ && !wanted_) document_.finish_drag();
}

void MomentPanel::begin_gesture() {
  if (!std::exchange(in_gesture_, true)) ++gesture_;
}

void MomentPanel::end_gesture() {
  in_gesture_ = false;
  if (!fetching_ && !wanted_) document_.finish_drag();
}

void MomentPanel::play_or_pause() {
  if (play_timer_.isActive()) {
    play_timer_.stop();
    end_gesture();
    return show_play_sign();
  }
  const auto& moments = line_->moments();
  if (moments.size() < 2) return;
  begin_gesture();
  play_timer_.start();
  const ShownRun* now = shown();
  // From the end, it starts over.
  if (!now || now->update >= moments.back().update)
    want({moments.front().update, now ? now->compared : std::nullopt, true});
  show_play_sign();
}

void MomentPanel::play_on() {
  const auto& moments = line_->moments();
  const ShownRun* now = shown();
  if (fetching_) return;  // as fast as moments can be read
  const auto next = now ? std::ranges::upper_bound(moments, now->update, {}, &RunMoment::update) : moments.begin();
  if (next == moments.end()) {
    play_timer_.stop();
    end_gesture();
    return show_play_sign();
  }
  want({next->update, now ? now->compared : std::nullopt, true});
}

}  // namespace dnm
