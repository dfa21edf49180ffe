// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_moments.h"

#include <memory>
#include <utility>
#include <vector>

#include "app/cli/figure_panels.h"
#include "app/cli/terminal.h"
#include "app/workspace/experiments/run_moments.h"

namespace dnm::cli {

namespace {

/// What the frames share; the panels are made in order.
class Frames {
 public:
  Frames(const MomentsOptions& options, std::stop_token stop)
      : options_(options), stop_(std::move(stop)), moments_(options.folder) {
    static_cast<void>(moments_.refresh());
    if (const std::string gap = moments_.gap(); !gap.empty()) print_notice(gap);
  }
  [[nodiscard]] std::size_t count() const { return moments_.moments().size(); }

  FigureNetwork network(std::size_t frame) {
    const std::vector<RunMoment>& all = moments_.moments();
    ShownRun run{.update = all.at(frame).update, .matrices = options_.matrices, .compared = options_.compared};
    moments_.read(run);
    SourceNetwork source{run.network};
    source.before = run.before;
    source.names = run.names;
    const std::string title = moment_text(all[frame], all.back().update, compared_update(run));
    progress_.show(static_cast<double>(frame) / static_cast<double>(all.size()), title);
    FigureNetwork made =
        make_network(title, source, panels_of(options_.grid, 0), options_.view, stop_, PanelMeasures::pictures);
    if (made.input.embedding && embedding_) {
      made.input.embedding = std::make_shared<const Embedding>(aligned(*made.input.embedding, *embedding_));
    }
    embedding_ = made.input.embedding;
    if (!options_.select.empty()) select_neurons(made, source, options_.select);
    return made;
  }

 private:
  MomentsOptions options_;
  std::stop_token stop_;
  RunMoments moments_;
  std::shared_ptr<const Embedding> embedding_;  ///< of the frame before
  ProgressLine progress_{"drawing"};
};

}  // namespace

AnimationRequest animation_of_moments(const MomentsOptions& options, std::stop_token stop) {
  const auto frames = std::make_shared<Frames>(options, std::move(stop));
  AnimationRequest request;
  request.frames = frames->count();
  request.network = [frames](std::size_t frame) { return frames->network(frame); };
  request.figure.grid = options.grid;
  request.figure.options = {options.view.pictures};
  return request;
}

}  // namespace dnm::cli
