// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/table_options.h"
#include "app/workspace/session/session.h"
#include "core/files/network_files.h"
#include "core/models/model_parameters.h"
#include "core/network/graph.h"
#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm::cli {

/// The network that a command works on, and where it comes from.
struct SourceNetwork {
  NetworkPointer network;
  std::optional<ModelParameters> parameters{};  ///< it was drawn from these; none for a network file or a run
  std::string file{};                           ///< as given; empty without a file
  ReadOptions reading{};                        ///< how it was read
  std::string provenance{};                     ///< JSON text of a network file
  std::vector<std::string> notices{};
  double seconds = 0.0;     ///< spent drawing or reading it
  LayerNames names{};       ///< of the layers of a run's group
  NetworkPointer before{};  ///< what that of a run is compared with; else null
  std::string moment{};     ///< of a run: its moment_name()
  std::string matrices{};   ///< of a run: the group of matrices that is shown; empty: all of them
};

/// "A network (.npz, …) or a session (.dnm.json)", for help texts.
[[nodiscard]] std::string network_input_help();

/// --as, --format and --tensors: how FILE is read.
class ReadingOptions {
 public:
  void declare(OptionParser& parser);
  [[nodiscard]] bool is_given() const { return !as_.empty() || !format_.empty() || tensors_; }
  /// Throws InvalidInput for a value that is not known.
  [[nodiscard]] ReadOptions reading() const;
  [[nodiscard]] const std::string& format() const { return format_; }

 private:
  std::string as_;
  std::string format_;
  std::optional<std::string> tensors_;
};

/// "FILE | MODEL": a network or session file, or the options of the model table (with --preset as their start).
class NetworkOptions {
 public:
  /// Declares the positional FILE (unless `with_file` is false) and one option per row of the model table.
  /// Rows named in `without` are left out, for commands with options of the same name.
  void declare(OptionParser& parser, bool with_file = true, std::span<const std::string_view> without = {});

  /// The parameters of the session, the preset or the defaults, overridden by the options; none for a network file, nor
  /// for a session that shows one or a run. Throws UsageError for a file together with model options, and dnm::Error.
  [[nodiscard]] std::optional<ModelParameters> parameters() const;
  /// Draws or reads the network; of a session as read_shown(), whose notices are among those of the network. Throws
  /// UsageError and dnm::Error.
  [[nodiscard]] SourceNetwork resolve(const TaskControl& control) const;

  [[nodiscard]] bool has_file() const { return !file_.empty(); }
  /// Whether a file, a preset or an option of the model table was given.
  [[nodiscard]] bool is_given() const;
  [[nodiscard]] const std::string& file() const { return file_; }
  /// As if this file had been given as FILE.
  void set_file(std::string file, ReadOptions reading) {
    file_ = std::move(file);
    given_reading_ = std::move(reading);
  }
  /// How FILE is read: as the options say. Throws InvalidInput.
  [[nodiscard]] ReadOptions reading() const { return given_reading_ ? *given_reading_ : reading_.reading(); }
  /// As if this session had been read from FILE; `file` is only its name.
  void set_session(Session session, std::string file);
  /// --update, as it was given; empty if it was not.
  [[nodiscard]] const std::string& update() const { return update_; }
  void set_update(std::string update) { update_ = std::move(update); }
  /// --matrices, as it was given; empty if it was not.
  [[nodiscard]] const std::string& matrices() const { return matrices_; }
  void set_matrices(std::string matrices) { matrices_ = std::move(matrices); }
  /// A session that shows the --matrices of the run in FILE after --update, or after its last one, read and compared
  /// with another update if one is named; nothing if FILE is no folder. Throws FileError, InvalidInput and UsageError.
  [[nodiscard]] std::optional<Session> run_session(std::optional<std::uint64_t> compared = {}) const;
  /// The session that was given, if any. Throws FileError.
  [[nodiscard]] std::optional<Session> session() const;
  /// The name given with --preset; may be empty.
  [[nodiscard]] const std::string& preset_id() const { return preset_; }
  void set_preset(std::string id) { preset_ = std::move(id); }
  /// --seed, which is also used with a file; by default that of the session or, without one, 0.
  [[nodiscard]] std::uint64_t seed() const;
  /// Of the random numbers that measure a network of these options: the seed it was drawn with, also where only its
  /// file tells that, as in the window; else seed().
  [[nodiscard]] std::uint64_t measuring_seed(const SourceNetwork& source) const;
  /// Whether a row of the model table was given as an option.
  [[nodiscard]] bool given(std::string_view id) const { return options_.given(id); }

 private:
  void check_usage() const;
  void apply_options(ModelParameters& parameters) const;

  std::string file_;
  ReadingOptions reading_;
  std::optional<ReadOptions> given_reading_;
  std::string preset_;
  std::string update_;
  std::string matrices_;
  std::optional<Session> session_;
  TableOptions options_;
};

/// --matrices, whose value goes to `matrices`.
void declare_matrices(OptionParser& parser, std::string& matrices);

/// The number of an update as an option gives it. Throws UsageError.
[[nodiscard]] std::uint64_t update_number(const std::string& option, const std::string& text);

/// The graph of a network. Throws ResourceError when it would not fit in memory together with what every command
/// computes on it.
[[nodiscard]] Graph graph_of(const Network& network);

/// Draws the network of some parameters. `classes`: outputs of the classifier that training will add; 0: none.
[[nodiscard]] SourceNetwork draw_network(const ModelParameters& parameters, const TaskControl& control,
                                         NodeIndex classes = 0);
/// The state of a workspace that shows this network.
[[nodiscard]] WorkspaceState state_of(const SourceNetwork& source);
/// "dnm 98-196-196, sparsity 0.9, seed 0" or the file's name.
[[nodiscard]] std::string describe(const SourceNetwork& source);

}  // namespace dnm::cli
