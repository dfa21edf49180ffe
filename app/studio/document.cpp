// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/document.h"

#include <QUndoCommand>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/studio/text.h"

namespace dnm {

namespace {
constexpr int merge_id = 1;
}

/// A step from one state to another. Whole states are kept: they are small (networks are shared), and no step can
/// then forget a field.
class Document::Command : public QUndoCommand {
 public:
  Command(Document& document, const QString& what, StudioState after, QString merge_key)
      : QUndoCommand(what),
        document_(document),
        before_(document.state()),
        after_(std::move(after)),
        merge_key_(std::move(merge_key)) {}

  void undo() override { document_.apply(before_); }
  void redo() override { document_.apply(after_); }
  int id() const override { return merge_key_.isEmpty() ? -1 : merge_id; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const Command*>(other);
    if (next->merge_key_ != merge_key_) return false;
    after_ = next->after_;
    setObsolete(after_ == before_);
    return true;
  }

 private:
  Document& document_;
  StudioState before_;
  StudioState after_;
  QString merge_key_;
};

Document::Document(QObject* parent) : QObject(parent) {}

void Document::edit(const QString& what, StudioState next, const QString& merge_key, bool dragging) {
  if (next == state_) return;
  dragging_ = dragging;
  undo_stack_.push(new Command(*this, what, std::move(next), merge_key));
}

void Document::finish_drag() {
  if (!std::exchange(dragging_, false)) return;
  Q_EMIT drag_finished();
}

void Document::apply(const StudioState& state) {
  state_ = state;
  Q_EMIT changed();
}

void Document::reset(StudioState state, const Session& origin, const QString& path) {
  undo_stack_.clear();
  dragging_ = false;
  origin_ = origin;
  path_ = path;
  apply(state);
  Q_EMIT path_changed();
}

Session Document::session() const {
  Session session = origin_;
  session.parameters = state_.parameters;
  session.network_file = state_.network_file;
  session.view = view_settings_to_json(state_.view, origin_.view);
  session.training = training_settings_to_json(state_.training);
  return session;
}

void Document::set_saved(const QString& path) {
  path_ = path;
  undo_stack_.setClean();
  Q_EMIT path_changed();
}

std::string Document::network_command_line() const {
  return state_.opened ? shell_word(state_.network_file) : to_command_line(state_.parameters);
}

std::string Document::measure_command_line() const {
  std::string line;
  const ViewSettings defaults;
  if (state_.view.modularity != defaults.modularity) line += " --q louvain";
  if (state_.view.modularity_runs != defaults.modularity_runs)
    line += " --runs " + std::to_string(state_.view.modularity_runs);
  if (state_.view.sigma_draws != defaults.sigma_draws) line += " --draws " + std::to_string(state_.view.sigma_draws);
  return line;
}

std::string view_settings_to_json(const ViewSettings& view, const std::string& unknown_kept_from) {
  nlohmann::json json = nlohmann::json::parse(unknown_kept_from, nullptr, false);
  if (!json.is_object()) json = nlohmann::json::object();
  json["link_coloring"] = view.link_coloring == LinkColoring::layer ? "layer" : "dendrite";
  json["orientation"] = view.orientation == Orientation::rows ? "rows" : "columns";
  json["disk"] = view.native_disk ? "native" : "poincare";
  json["modularity"] = view.modularity == ModularityMethod::leiden ? "leiden" : "louvain";
  json["modularity_runs"] = view.modularity_runs;
  json["sigma_draws"] = view.sigma_draws;
  json["embedding"] = embedding_method_name(view.embedding);
  return json.dump();
}

ViewSettings view_settings_from_json(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  ViewSettings view;
  if (!json.is_object()) return view;
  const auto is = [&](const char* key, const char* value) {
    return json.contains(key) && json[key].is_string() && json[key].get<std::string>() == value;
  };
  const auto count = [&](const char* key, int fallback) {
    if (!json.contains(key) || !json[key].is_number_integer()) return fallback;
    const auto number = json[key].get<std::int64_t>();
    return number >= 1 && number <= 1000 ? static_cast<int>(number) : fallback;
  };
  if (is("link_coloring", "dendrite")) view.link_coloring = LinkColoring::dendrite;
  if (is("orientation", "columns")) view.orientation = Orientation::columns;
  view.native_disk = is("disk", "native");
  if (is("modularity", "louvain")) view.modularity = ModularityMethod::louvain;
  view.modularity_runs = count("modularity_runs", view.modularity_runs);
  view.sigma_draws = count("sigma_draws", view.sigma_draws);
  if (json.contains("embedding") && json["embedding"].is_string())
    view.embedding = parse_embedding_method(json["embedding"].get<std::string>());
  return view;
}

}  // namespace dnm
