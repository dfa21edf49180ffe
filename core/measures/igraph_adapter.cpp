// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/igraph_adapter.h"

#include <string>
#include <utility>

#include <igraph/igraph.h>

#include "core/measures/igraph_worker.h"
#include "core/support/error.h"

namespace dnm {

namespace {

// Used by the igraph worker alone.
const std::stop_token* active_stop = nullptr;
std::string last_error;

void on_error(const char* reason, const char* /*file*/, int /*line*/, igraph_error_t /*code*/) {
  last_error = reason;
  IGRAPH_FINALLY_FREE();
}

igraph_error_t on_interruption(void* /*data*/) {
  if (active_stop == nullptr || !active_stop->stop_requested()) return IGRAPH_SUCCESS;
  IGRAPH_FINALLY_FREE();
  return IGRAPH_INTERRUPTED;
}

/// One visit to igraph, on its worker, with our handlers in place.
class Visit {
 public:
  explicit Visit(const std::stop_token& stop) {
    active_stop = &stop;
    last_error.clear();
    error_handler_ = igraph_set_error_handler(&on_error);
    warning_handler_ = igraph_set_warning_handler(&igraph_warning_handler_ignore);
    interruption_handler_ = igraph_set_interruption_handler(&on_interruption);
  }
  ~Visit() {
    igraph_set_error_handler(error_handler_);
    igraph_set_warning_handler(warning_handler_);
    igraph_set_interruption_handler(interruption_handler_);
    active_stop = nullptr;
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  Visit(Visit&&) = delete;
  Visit& operator=(Visit&&) = delete;

  static void check(igraph_error_t code, const char* what) {
    if (code == IGRAPH_SUCCESS) return;
    if (code == IGRAPH_INTERRUPTED) throw Cancelled();
    const std::string reason = last_error.empty() ? igraph_strerror(code) : last_error;
    throw NumericalError(std::string("igraph could not compute ") + what + " (" + reason +
                         "); try another method or a smaller network");
  }

 private:
  igraph_error_handler_t* error_handler_ = nullptr;
  igraph_warning_handler_t* warning_handler_ = nullptr;
  igraph_interruption_handler_t* interruption_handler_ = nullptr;
};

/// Makes a seeded generator igraph's default for its lifetime.
class SeededGenerator {
 public:
  explicit SeededGenerator(std::uint64_t seed) : previous_(igraph_rng_default()) {
    Visit::check(igraph_rng_init(&generator_, &igraph_rngtype_pcg64), "a random generator");
    igraph_rng_seed(&generator_, static_cast<igraph_uint_t>(seed));
    igraph_rng_set_default(&generator_);
  }
  ~SeededGenerator() {
    igraph_rng_set_default(previous_);
    igraph_rng_destroy(&generator_);
  }
  SeededGenerator(const SeededGenerator&) = delete;
  SeededGenerator& operator=(const SeededGenerator&) = delete;
  SeededGenerator(SeededGenerator&&) = delete;
  SeededGenerator& operator=(SeededGenerator&&) = delete;

 private:
  igraph_rng_t* previous_;
  igraph_rng_t generator_{};
};

class IntegerVector {
 public:
  explicit IntegerVector(igraph_integer_t size) {
    Visit::check(igraph_vector_int_init(&vector_, size), "a vector of integers");
  }
  ~IntegerVector() { igraph_vector_int_destroy(&vector_); }
  IntegerVector(const IntegerVector&) = delete;
  IntegerVector& operator=(const IntegerVector&) = delete;
  IntegerVector(IntegerVector&&) = delete;
  IntegerVector& operator=(IntegerVector&&) = delete;

  igraph_vector_int_t* get() { return &vector_; }
  igraph_integer_t& operator[](igraph_integer_t i) { return VECTOR(vector_)[i]; }
  [[nodiscard]] igraph_integer_t size() const { return igraph_vector_int_size(&vector_); }

 private:
  igraph_vector_int_t vector_{};
};

class RealVector {
 public:
  explicit RealVector(igraph_integer_t size) {
    Visit::check(igraph_vector_init(&vector_, size), "a vector of numbers");
  }
  ~RealVector() { igraph_vector_destroy(&vector_); }
  RealVector(const RealVector&) = delete;
  RealVector& operator=(const RealVector&) = delete;
  RealVector(RealVector&&) = delete;
  RealVector& operator=(RealVector&&) = delete;

  igraph_vector_t* get() { return &vector_; }
  igraph_real_t& operator[](igraph_integer_t i) { return VECTOR(vector_)[i]; }

 private:
  igraph_vector_t vector_{};
};

/// Numbers the communities 0, 1, … in the order of their first node.
IgraphGraph::Partition in_order_of_appearance(IntegerVector& membership) {
  IgraphGraph::Partition partition;
  const igraph_integer_t nodes = membership.size();
  partition.community_of.reserve(static_cast<std::size_t>(nodes));
  std::vector<std::int32_t> number(static_cast<std::size_t>(nodes), -1);
  for (igraph_integer_t node = 0; node < nodes; ++node) {
    std::int32_t& own = number[static_cast<std::size_t>(membership[node])];
    if (own < 0) own = partition.communities++;
    partition.community_of.push_back(own);
  }
  return partition;
}

}  // namespace

struct IgraphGraph::Handle {
  igraph_t graph{};
  bool made = false;

  Handle() = default;
  ~Handle() {
    if (made) igraph_destroy(&graph);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&&) = delete;
  Handle& operator=(Handle&&) = delete;
};

IgraphGraph::IgraphGraph(const Graph& graph, const TaskControl& control) {
  constexpr NodeIndex nodes_between_looks = 4096;
  std::vector<igraph_integer_t> ends;
  ends.reserve(2 * graph.link_count());
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    if (u % nodes_between_looks == 0) control.check();
    for (const NodeIndex v : graph.neighbours(u)) {
      if (u < v) ends.insert(ends.end(), {static_cast<igraph_integer_t>(u), static_cast<igraph_integer_t>(v)});
    }
  }
  const auto nodes = static_cast<igraph_integer_t>(graph.node_count());
  handle_ = IgraphWorker::instance().run(control.stop, [ends = std::move(ends), nodes](const std::stop_token& stop) {
    const Visit visit(stop);
    auto handle = std::make_shared<Handle>();
    igraph_vector_int_t list;
    igraph_vector_int_view(&list, ends.data(), static_cast<igraph_integer_t>(ends.size()));
    Visit::check(igraph_create(&handle->graph, &list, nodes, IGRAPH_UNDIRECTED), "a copy of the graph");
    handle->made = true;
    return handle;
  });
}

IgraphGraph::~IgraphGraph() {
  // The last owner must be the worker.
  if (handle_) IgraphWorker::instance().post([handle = std::move(handle_)] {});
}

IgraphGraph::PathLength IgraphGraph::average_path_length(const TaskControl& control) const {
  return IgraphWorker::instance().run(control.stop, [handle = handle_](const std::stop_token& stop) {
    const Visit visit(stop);
    igraph_real_t mean = 0.0;
    igraph_real_t unjoined_ordered = 0.0;
    Visit::check(igraph_average_path_length(&handle->graph, &mean, &unjoined_ordered, IGRAPH_UNDIRECTED, true),
                 "the average path length");
    return PathLength{mean, static_cast<std::uint64_t>(unjoined_ordered) / 2};
  });
}

IgraphGraph::Partition IgraphGraph::leiden(std::uint64_t seed, int passes, const TaskControl& control) const {
  constexpr igraph_real_t beta = 0.01;
  return IgraphWorker::instance().run(control.stop, [handle = handle_, seed, passes](const std::stop_token& stop) {
    const Visit visit(stop);
    const SeededGenerator generator(seed);
    const igraph_t* graph = &handle->graph;
    IntegerVector degrees(0);
    RealVector weights(igraph_vcount(graph));
    IntegerVector membership(igraph_vcount(graph));
    Visit::check(igraph_degree(graph, degrees.get(), igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS), "the degrees");
    for (igraph_integer_t node = 0; node < igraph_vcount(graph); ++node) {
      weights[node] = static_cast<igraph_real_t>(degrees[node]);
    }
    const igraph_real_t resolution = 1.0 / (2.0 * static_cast<igraph_real_t>(igraph_ecount(graph)));
    // One iteration at a time: a negative number of them stops too early in igraph 0.10.
    constexpr igraph_real_t no_gain = 1e-12;
    igraph_real_t before = -1.0;  // below every modularity
    for (int pass = 0; passes == 0 || pass < passes; ++pass) {
      if (stop.stop_requested()) throw Cancelled();
      igraph_real_t quality = 0.0;
      Visit::check(igraph_community_leiden(graph, nullptr, weights.get(), resolution, beta, pass > 0, 1,
                                           membership.get(), nullptr, &quality),
                   "Leiden communities");
      if (quality <= before + no_gain) break;
      before = quality;
    }
    return in_order_of_appearance(membership);
  });
}

IgraphPowerLaw igraph_power_law(std::span<const NodeIndex> degrees, const TaskControl& control) {
  std::vector<igraph_real_t> sample(degrees.begin(), degrees.end());
  return IgraphWorker::instance().run(control.stop, [sample = std::move(sample)](const std::stop_token& stop) {
    const Visit visit(stop);
    igraph_vector_t data;
    igraph_vector_view(&data, sample.data(), static_cast<igraph_integer_t>(sample.size()));
    igraph_plfit_result_t fit{};
    constexpr igraph_real_t choose_x_min = -1.0;
    Visit::check(igraph_power_law_fit(&data, &fit, choose_x_min, false), "the power-law fit");
    return IgraphPowerLaw{fit.alpha, fit.xmin, fit.D};
  });
}

}  // namespace dnm
