// SPDX-License-Identifier: GPL-3.0-or-later
#include "rest_check.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <utility>

#include "app/studio/widgets/dock_picture.h"
#include "app/studio/widgets/text.h"
#include "app/studio/widgets/veil.h"
#include "app/workspace/live_words.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/session/session.h"
#include "app/workspace/words.h"
#include "core/models/initialiser.h"
#include "core/network/graph.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "driver.h"
#include "tests/support/places.h"
#include "viz/figure/figure_metadata.h"

namespace dnm::studio_test {

namespace {

constexpr std::uint64_t quickly_measured = 8000;  // links
constexpr int patience = 300000;                  // milliseconds, on a busy machine and with sanitizers

QString text_of(Window& window, const std::string& label) { return find<QLabel>(window, label.c_str())->text(); }

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString first_difference(const QByteArray& one, const QByteArray& other) {
  const QList<QByteArray> lines = one.split('\n'), others = other.split('\n');
  for (qsizetype i = 0; i < std::min(lines.size(), others.size()); ++i)
    if (lines[i] != others[i]) return "\n  " + lines[i].left(300) + "\n  " + others[i].left(300);
  return "\n  one is longer";
}

/// The drawing of an SVG without what is told about it.
QByteArray drawing_of(const QByteArray& svg) { return svg.mid(svg.indexOf("</metadata>")); }

QString command_in(const QByteArray& svg) {
  QString command = QString::fromUtf8(svg).section("<dnm:dnm-command>", 1, 1).section("</dnm:dnm-command>", 0, 0);
  return command.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
}

bool same_links(const Network& one, const Network& other) {
  return one.is_layered() == other.is_layered() && one.node_count() == other.node_count() &&
         one.link_count() == other.link_count() && (!one.is_layered() || one.masks() == other.masks());
}

}  // namespace

bool RestCheck::rests() const {
  const QString verb = text_of(window_, "status-verb");
  return (verb == "Ready" || verb == "No network" || verb.startsWith("Stopped")) && window_.live().is_newest() &&
         !window_.files().is_busy() && window_.views().is_current();
}

bool RestCheck::is_complete() const { return window_.live().is_settled() && window_.live().current_network(); }

NetworkPointer RestCheck::wanted_network() {
  const WorkspaceState& state = window_.document().state();
  if (!std::holds_alternative<ShownModel>(state.shown)) return given_network(state);
  if (drawn_from_ != state.parameters) {
    drawn_from_ = state.parameters;
    try {
      wanted_ = generate(state.parameters, {}, {.data = data_source}).network;
    } catch (const Error&) {
      wanted_ = nullptr;
    }
  }
  return wanted_;
}

QString RestCheck::look() {
  const LiveSnapshot& snapshot = window_.live().snapshot();
  const NetworkPointer wanted = wanted_network();
  const NetworkPointer current = window_.live().current_network();
  if (current && !wanted) return "there is a network, but it cannot be drawn";
  if (current && !(*current == *wanted)) return "the network is not that of the document";
  if (wanted && has_no_network(snapshot))
    return "there is no network, but it can be drawn; " + to_qt(snapshot.network.problem);
  if (!snapshot.cancelled && !snapshot.all_fresh()) return "not all is computed, and nothing is cancelled";
  for (const auto& part : {&RestCheck::look_at_pictures, &RestCheck::look_at_captions, &RestCheck::look_at_measures})
    if (const QString wrong = (this->*part)(); !wrong.isEmpty()) return wrong;
  return {};
}

QString RestCheck::look_at_pictures() {
  const LiveSnapshot& snapshot = window_.live().snapshot();
  const NetworkPointer current = window_.live().current_network();
  const auto is_there = [](Freshness freshness) {
    return freshness == Freshness::fresh || freshness == Freshness::failed;
  };
  const PictureOptions& options = window_.document().state().view.pictures;
  for (std::size_t place = 0; place < network_scene_table().size(); ++place) {
    const NetworkScene& kind = network_scene_table()[place];
    ViewPane& pane = *window_.views().panes()[place];
    if (!pane.isVisible() || !pane.view().shown_network()) continue;
    const QString name = pane.objectName();
    const QString state = find<ElidedLabel>(window_, ("state-" + std::string(kind.id)).c_str())->toolTip();
    const NetworkPointer shown = pane.view().shown_network();
    const bool is_of_now =
        current && shown == current && (!kind.needs.embedding || is_there(snapshot.embedding.freshness));
    if (is_of_now == pane.is_dimmed()) return name + (is_of_now ? " is dimmed" : " is not dimmed");
    if (!is_of_now) {
      if (!state.endsWith(to_qt(network_text(*shown)))) return name + " does not say what it is of: " + state;
      continue;
    }
    if (state.contains("shown:") || state.contains("drawing")) return name + " says " + state;
    if (!(pane.view().input() == input_for(kind, options, window_.live().scene_input())))
      return name + " is made of other values";
    const auto followed = [&kind](const PictureOptions& all) { return PictureOptions(options_for(kind, {all})); };
    if (!(followed(options) == followed(pane.view().options()))) return name + " is drawn with other options";
    const std::uint64_t links = pane.view().scene()->link_count;  // 0: a message in place of the picture
    if (links != 0 && links != current->link_count()) return name + " is of a network of other links";
  }
  const auto* plot = find<DockPicture>(window_, "degree-plot");
  if (!plot->scene()) return {};
  if (find<Veil>(window_, "degree-plot-veil")->is_drawn() == (current != nullptr)) return "the degrees' veil";
  if (current && plot->scene()->link_count != 0 && plot->scene()->link_count != current->link_count())
    return "the degrees are of another network";
  return {};
}

QString RestCheck::look_at_captions() {
  const WorkspaceState& state = window_.document().state();
  const LiveSnapshot& snapshot = window_.live().snapshot();
  const NetworkPointer current = window_.live().current_network();
  const QString seed = network_file(state).empty() ? QString("seed %1 · ").arg(state.parameters.seed) : QString();
  auto* status = find<QLabel>(window_, "status-network");
  auto* summary = find<QLabel>(window_, "model-summary");
  for (const QLabel* label : {status, summary})
    if (label->isEnabled() != (current != nullptr)) return label->objectName() + " is dimmed wrongly";
  if (!current) {
    if (!has_no_network(snapshot)) return {};
    if (status->text() != seed + "no network" || summary->text() != "no network") return "the network refused is named";
    return {};
  }
  const QString links = to_qt(counted(current->link_count(), "link"));
  if (status->text() != seed + links) return "the status line says " + status->text();
  const QString neurons = to_qt(counted(current->node_count(), "neuron"));
  if (!summary->text().startsWith(neurons) || !summary->text().endsWith(links))
    return "the model says " + summary->text();
  const auto* scope = find<QComboBox>(window_, "measured-layer");
  const std::size_t layers = current->is_layered() ? current->masks().size() : 0;
  if (static_cast<std::size_t>(scope->count()) != layers + 1) return "another number of layers can be measured";
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const QString sizes =
        QString("(%1 → %2)").arg(current->layer_sizes()[layer]).arg(current->layer_sizes()[layer + 1]);
    if (!scope->itemText(static_cast<int>(layer) + 1).endsWith(sizes)) return "layers of another network are offered";
  }
  const QString verb = text_of(window_, "status-verb");
  if ((verb == "Ready") != snapshot.all_fresh()) return "the status line says " + verb;
  return {};
}

const std::vector<std::optional<std::string>>& RestCheck::measured() {
  const WorkspaceState& state = window_.document().state();
  const NetworkPointer network = wanted_network();
  MeasureSettings settings = state.view.measures;
  settings.seed = state.parameters.seed;
  const std::optional<std::size_t> layer = dnm::measured_layer(state);
  if (network == measured_network_ && layer == measured_layer_ && settings == measured_settings_) return measured_;
  measured_network_ = network;
  measured_layer_ = layer;
  measured_settings_ = settings;
  measured_.clear();
  if (layer) settings.removed.reset();
  const Graph graph = layer ? layer_graph(*network, *layer) : Graph(*network);
  for (const Measure& one : measure_table()) {
    // igraph is not thread-safe, and a run may be measuring.
    const bool is_quick =
        one.cost == 0 || graph.link_count() * static_cast<unsigned>(settings.sigma_draws + settings.modularity_runs) <
                             20 * quickly_measured;
    if (!is_quick || one.worker(settings) == MeasureWorker::igraph) {
      measured_.emplace_back();
      continue;
    }
    const Measurement found = one.compute(graph, settings, {}, {});
    measured_.emplace_back(found.value ? format_measurement(found) : std::string("n/a"));
  }
  return measured_;
}

QString RestCheck::look_at_measures() {
  const LiveSnapshot& snapshot = window_.live().snapshot();
  const bool is_there = window_.live().current_network() != nullptr;
  for (std::size_t place = 0; place < measure_table().size(); ++place) {
    const std::string id(measure_table()[place].id);
    const LiveValue<Measurement>& live = snapshot.measures[place];
    const QString state = text_of(window_, id + "-state"), value = text_of(window_, id + "-value");
    const QString said = to_qt(id) + " is " + value + ", " + state;
    if (has_no_network(snapshot) && state != "· no network") return said + ", without a network";
    if (live.freshness != Freshness::fresh && state == "✓ fresh") return said + ", but it is not";
    if (live.is_foreign && value != "–") return said + ", which is of another network";
    if (!is_there || live.freshness != Freshness::fresh) continue;
    if (state != "✓ fresh") return said + ", but it is fresh";
    const std::optional<std::string>& expected = measured()[place];
    if (expected && value != to_qt(*expected)) return said + ", but is " + to_qt(*expected);
    if (auto* opinion = window_.findChild<QLabel*>(to_qt(id + "-second-opinion"));
        opinion && !opinion->text().isEmpty() && id == "L" && value != "n/a" && !opinion->text().startsWith(value) &&
        opinion->text() != "computing …")
      return said + ", but igraph says " + opinion->text();
  }
  return {};
}

QString RestCheck::look_at_exports(bool redraw) {
  const NetworkPointer current = window_.live().current_network();
  const QString figure = folder_ + "/rest.svg", network = folder_ + "/rest.npz";
  QFile::remove(figure);
  QFile::remove(network);
  window_.files().export_figure({figure, {"120mm"}, "all"});
  window_.files().save_network(network);
  const bool written = QTest::qWaitFor(
      [&] { return QFile::exists(figure) && QFile::exists(network) && !window_.files().is_busy(); }, patience);
  if (!written) return "an export was not written: " + window_.messages().messages().join("; ");
  if (!same_links(*read_network(network.toStdString()).network, *current)) return "another network was saved";
  return look_at_figure(figure, redraw);
}

QString RestCheck::look_at_figure(const QString& path, bool redraw) {
  const WorkspaceState& state = window_.document().state();
  const QByteArray svg = contents(path);
  const Session session = session_from_json(session_in_figure(path.toStdString()));
  if (!(session.state.view.pictures == state.view.pictures)) return "the figure's session has other options";
  if (session.state.shown.index() != state.shown.index()) return "the figure's session shows something else";
  const auto last_part = [](const std::string& file) { return QString::fromStdString(file).section('/', -1); };
  if (last_part(network_file(session.state)) != last_part(network_file(state)))
    return "the figure's session has another file";
  ModelParameters parameters = session.state.parameters;
  if (last_part(parameters.data_folder) == last_part(state.parameters.data_folder))
    parameters.data_folder = state.parameters.data_folder;
  if (parameters != state.parameters) return "the figure's session has other parameters";
  for (std::size_t place = 0; place < measure_table().size(); ++place) {
    const std::optional<std::string>& expected = measured()[place];
    if (expected && *expected != "n/a" && !svg.contains(expected->c_str()))
      return "the figure does not say that " + to_qt(measure_table()[place].id) + " is " + to_qt(*expected);
  }
  // The links of a run may be nowhere else, and a file may have been replaced since it was read.
  if (!redraw || std::holds_alternative<ShownRun>(state.shown)) return {};
  if (const auto* file = std::get_if<ShownFile>(&state.shown);
      file && !(*read_network(file->file, file->reading).network == *file->network))
    return {};
  const QString command = command_in(svg);
  QFile::remove(path);
  if (const Said said = run_command(command, "dnm figure "); !said.problem.isEmpty()) return said.problem;
  if (const QByteArray again = drawing_of(contents(path)), before = drawing_of(svg); again != before)
    return "the figure's command draws another one: " + command + first_difference(before, again);
  return look_at_command();
}

QString RestCheck::look_at_command() {
  window_.findChild<QAction*>("edit-copy-command")->trigger();
  const QString command = QApplication::clipboard()->text();
  const Said said = run_command(command, "dnm measure ");
  if (!said.problem.isEmpty()) return said.problem;
  const std::string links = counted(wanted_network()->link_count(), "link");
  if (!said.output.contains(links.c_str())) return command + " is not of " + to_qt(links);
  if (dnm::measured_layer(window_.document().state())) return {};  // the command measures the whole network
  for (const std::optional<std::string>& expected : measured())
    if (expected && !said.output.contains(expected->c_str())) return command + " does not say " + to_qt(*expected);
  return {};
}

RestCheck::Said RestCheck::run_command(const QString& command, const QString& begin) const {
  if (!command.startsWith(begin)) return {{}, "the command is " + command};
  QProcess shell;
  shell.setWorkingDirectory(folder_);
  shell.start("/bin/sh", {"-c", "'" + QString(dnm::test::program_folder()) + "/dnm'" + command.mid(3)});
  if (!shell.waitForFinished(patience) || shell.exitCode() != 0)
    return {{}, command + ": " + QString::fromUtf8(shell.readAllStandardError())};
  return {shell.readAllStandardOutput(), {}};
}

}  // namespace dnm::studio_test
