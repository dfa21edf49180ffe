// SPDX-License-Identifier: GPL-3.0-or-later
// Names and details of runs, in words.
#include <QFileInfo>
#include <algorithm>
#include <cmath>

#include "app/studio/training/run_groups.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/words.h"
#include "core/parameters/parameter_table.h"

namespace dnm {

namespace {

constexpr std::size_t longest_short_id = 4;

/// "DNM", "Random", "panel_d.npz".
QString source_name(const WorkspaceState& start) {
  if (!network_file(start).empty()) return QFileInfo(to_qt(network_file(start))).fileName();
  const QString id = to_qt(start.parameters.initialiser);
  if (start.parameters.initialiser.size() <= longest_short_id) return id.toUpper();
  return id.left(1).toUpper() + id.mid(1);
}

QString setting_text(const ParameterInfo& info, const ParameterValue& value) {
  QString name = info.symbol.empty() ? to_qt(info.label).toLower() : to_qt(info.symbol);
  if (info.kind == ParameterKind::flag) return name;
  QString text = to_qt(format_value(info, value));
  if (info.kind == ParameterKind::distribution && text.startsWith("fixed:")) text.remove(0, 6);
  return name + " " + text;
}

bool is_named(std::string_view id, std::initializer_list<std::string_view> ids) {
  return std::ranges::find(ids, id) != ids.end();
}

/// "0, 1, 2".
QString seeds_text(const RunGroup& group) {
  QStringList seeds;
  for (const TrainedRun& run : group.runs) seeds += QString::number(run.seed);
  return seeds.join(", ");
}

/// The run whose figures stand for the whole group: the first that goes on, else the first that ever did.
const TrainedRun* telling_run(const RunGroup& group) {
  const TrainedRun* found = nullptr;
  for (const TrainedRun& run : group.runs) {
    if (stage_of(run) == RunStage::running) return &run;
    if (!found && !run.progress.engine.empty()) found = &run;
  }
  return found;
}

void add_engine_facts(std::vector<RunFact>& facts, const TrainingProgress& progress, double images, double links) {
  if (images > 0.0) facts.push_back({"Throughput", to_qt(throughput_text(images, links))});
  if (std::isfinite(progress.masked_speed_up))
    facts.push_back(
        {"Speed-up", "a step " + to_qt(speed_up_text(progress.masked_speed_up)) + ", measured at the start"});
  if (!progress.engine.empty()) facts.push_back({"Engine", to_qt(progress.engine)});
  if (!progress.device.empty()) facts.push_back({"Device", to_qt(progress.device)});
  int layer = 0;
  for (const LayerTiming& timing : progress.layer_timings)
    facts.push_back({QStringLiteral("Layer %1").arg(++layer), "a step " + to_qt(timing_text(timing))});
}

void add_accuracies(std::vector<RunFact>& facts, const RunSummary& summary) {
  if (summary.last.empty()) return;
  const QString count =
      summary.last.size() > 1 ? QStringLiteral(" (mean ± SE, N\u00a0=\u00a0%1)").arg(summary.last.size()) : QString();
  facts.push_back({"Test, last epoch", to_qt(accuracy_text(summary.last)) + count});
  facts.push_back({"Test, best epoch", to_qt(accuracy_text(summary.best_on_test)) + count});
  if (!summary.at_best_validation.empty())
    facts.push_back({"Test at best validation", to_qt(accuracy_text(summary.at_best_validation)) + count});
}

}  // namespace

QString proposed_name(const WorkspaceState& start) {
  QStringList network{source_name(start)};
  const ModelParameters defaults;
  const bool drawn = network_file(start).empty();
  for (const auto& row : model_parameter_table()) {
    if (!drawn || !model_parameter_table().applies(row, start.parameters)) continue;
    if (is_named(row.info.id, {"model", "layers", "seed", "data", "data-dir"})) continue;
    if (const ParameterValue value = row.get(start.parameters); value != row.get(defaults))
      network += setting_text(row.info, value);
  }
  for (const auto& [layer, values] : start.parameters.overrides)
    if (drawn)
      for (const auto& [id, value] : values)
        network +=
            QStringLiteral("layer %1 ").arg(layer + 1) + setting_text(model_parameter_table().at(id).info, value);
  QStringList parts{network.join(", ")};
  for (const auto& row : training_parameter_table()) {
    if (!training_parameter_table().applies(row, start.training)) continue;
    if (is_named(row.info.id, {"data", "data-dir", "hidden", "epochs", "engine", "device", "seed", "run-dir", "resume",
                               "checkpoint-every"}))
      continue;
    const ParameterValue value = row.get(start.training);
    if (value == row.get(TrainingSettings{})) continue;
    if (row.info.kind == ParameterKind::choice) {
      const auto& id = std::get<std::string>(value);
      parts += to_qt(row.info.choices[place_of_choice(row.info, id)].label);
    } else {
      parts += setting_text(row.info, value);
    }
  }
  // What most groups of a list have in common stands last, where a narrow column leaves it out.
  parts += to_qt(data_set_shape(start.training.data_set).label);
  return parts.join(QStringLiteral(" · "));
}

std::vector<RunFact> facts_of(const RunGroup& group, const TrainedRun* run) {
  std::vector<RunFact> facts;
  if (!run && group.runs.size() == 1) run = &group.runs.front();
  facts.push_back({"State", run ? stage_text(*run) : stage_text(group)});
  std::vector<std::string> problems;
  std::vector<std::string> notices;
  double images = 0.0;
  double links = 0.0;
  std::uint64_t memory = 0;
  const auto keep = [](std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(text);
  };
  for (const TrainedRun& one : group.runs) {
    if (run && run != &one) continue;
    keep(problems, one.progress.problem);
    for (const std::string& notice : one.notices) keep(notices, notice);
    if (run || stage_of(one) == RunStage::running) {
      images += one.progress.images_per_second;
      links += one.progress.links_per_second;
      memory += one.progress.memory_bytes;
    }
  }
  for (const std::string& problem : problems) facts.push_back({"Problem", to_qt(problem)});
  add_accuracies(facts, summary_of(group, run));
  if (run) {
    facts.push_back({"Seed", QString::number(run->seed)});
    if (!run->network.empty()) facts.push_back({"Network", to_qt(run->network)});
  } else {
    facts.push_back({"Seeds", seeds_text(group)});
    const auto drawn = std::ranges::find_if(group.runs, [](const TrainedRun& one) { return !one.network.empty(); });
    if (drawn != group.runs.end()) facts.push_back({"Networks", to_qt(drawn->network)});
  }
  facts.push_back({"Data set", to_qt(data_set_shape(group.start.training.data_set).label)});
  if (const TrainedRun* telling = run ? run : telling_run(group))
    add_engine_facts(facts, telling->progress, images, links);
  if (memory > 0) facts.push_back({"Memory", to_qt(bytes_text(memory))});
  if (const std::string& folder = run ? run->folder : group.start.training.run_folder; !folder.empty())
    facts.push_back({"Run folder", to_qt(folder)});
  for (const std::string& notice : notices) facts.push_back({"Note", to_qt(notice)});
  return facts;
}

QString details_html(const RunGroup& group, const TrainedRun* run) {
  QString name = group.name.toHtmlEscaped();
  if (run && group.runs.size() > 1) name += QStringLiteral(", seed %1").arg(run->seed);
  QString rows;
  for (const RunFact& fact : facts_of(group, run))
    rows += "<tr><td style='padding-right:10px; white-space:nowrap'>" + fact.what.toHtmlEscaped() + "</td><td>" +
            fact.value.toHtmlEscaped() + "</td></tr>";
  return "<b>" + name + "</b><table cellspacing='1'>" + rows + "</table>";
}

}  // namespace dnm
