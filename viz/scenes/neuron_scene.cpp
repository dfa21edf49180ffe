// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/neuron_scene.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

// Data coordinates are points of the page.
namespace dnm {

namespace {

constexpr double side_margin = 14.0;
constexpr double body_size = 12.0;
constexpr double window_height = 12.0, block_height = 8.0, narrowest_block = 1.6;
constexpr double dendrite_width = 1.5;
constexpr double synapse_begin = 0.5, synapse_end = 5.0;  // points below the window
constexpr double widest_cell = 13.0, narrowest_cell = 2.2;
constexpr double inset_gap = 8.0, narrowest_inset = 16.0;
constexpr double lowest_with_insets = 190.0;  // points of page height
constexpr int curve_steps = 16;

/// Inputs along the page: around a border that wraps, from half a turn before the neuron's own place on.
class InputAxis {
 public:
  InputAxis(NodeIndex n_in, std::int64_t centre, bool is_ring, double left, double right)
      : n_in_(n_in), first_(is_ring ? centre - static_cast<std::int64_t>(n_in / 2) : 0), left_(left), right_(right) {}

  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t end() const { return first_ + n_in_; }
  [[nodiscard]] double cell() const { return (right_ - left_) / static_cast<double>(n_in_); }
  /// Of the left edge of a cell, in page points.
  [[nodiscard]] double edge(std::int64_t cell_number) const {
    return left_ + static_cast<double>(cell_number - first_) * cell();
  }
  [[nodiscard]] double middle(std::int64_t cell_number) const { return edge(cell_number) + 0.5 * cell(); }
  /// The number of the cell on the axis that is input `input` (any number, around the ring).
  [[nodiscard]] std::int64_t unrolled(std::int64_t input) const {
    const std::int64_t turns = (input - first_) % n_in_;
    return first_ + (turns < 0 ? turns + n_in_ : turns);
  }
  [[nodiscard]] std::int64_t input(std::int64_t cell_number) const {
    const std::int64_t rest = cell_number % n_in_;
    return rest < 0 ? rest + n_in_ : rest;
  }

 private:
  std::int64_t n_in_, first_;
  double left_, right_;
};

class Drawing {
 public:
  Drawing(const NeuronPicture& picture, const SceneOptions& options)
      : picture_(picture),
        options_(options),
        colors_(palette(options.dark)),
        layer_(picture.network->layer_of(picture.node)),
        neuron_(picture.node - picture.network->first_node(layer_)),
        mask_(picture.network->masks()[layer_ - 1]),
        links_(mask_.row(neuron_)),
        size_(tick_size(options)),
        axis_(mask_.n_in, place_among_inputs(neuron_, mask_.n_in, mask_.n_out), is_ring(), side_margin,
              std::max(options.width_points - side_margin, side_margin + 20.0)) {
    scene_ = empty_scene(options);
    scene_.bounds = {0.0, 0.0, options.width_points, options.height_points};
    scene_.link_count = links_.size();
    lines_ = wrapped(words(), size_, options.width_points - 2.0 * side_margin);
    foot_ = 6.0 + 1.35 * size_ * static_cast<double>(lines_.size());
    has_insets_ = picture_.drawn && options.height_points >= lowest_with_insets;
    axis_y_ = foot_ + (has_insets_ ? 0.46 : 0.18) * (options.height_points - foot_);
    if (!has_insets_) axis_y_ = std::max(axis_y_, foot_ + 0.5 * window_height + synapse_end + 1.5 + 1.2 * size_);
    body_y_ = options.height_points - 2.4 * size_ - body_size;
  }

  Scene make() && {
    add_title();
    add_axis();
    if (picture_.drawn) {
      add_window();
      add_dendrites();
      add_blocks();
      add_synapses();
      if (has_insets_) add_insets();
    } else {
      add_links();
      add_synapses();
    }
    add_numbers();
    add_body();
    add_words();
    return std::move(scene_);
  }

 private:
  [[nodiscard]] bool is_ring() const { return picture_.drawn && picture_.drawn->border == Border::wrap; }
  [[nodiscard]] Color color_of(std::size_t dendrite) const { return category_color(dendrite + 1, options_.dark); }
  [[nodiscard]] double body_x() const {
    const std::int64_t place = place_among_inputs(neuron_, mask_.n_in, mask_.n_out);
    return axis_.middle(std::clamp(place, axis_.first(), axis_.end() - 1));
  }

  void add_text(Point position, std::string words, Anchor horizontal, VerticalAnchor vertical, bool bold = false) {
    Text text{position, std::move(words), size_, colors_.ink, horizontal};
    text.vertical = vertical;
    text.bold = bold;
    scene_.items.emplace_back(std::move(text));
  }

  void add_title() {
    add_text({side_margin, options_.height_points - 3.0},
             neuron_name(*picture_.network, picture_.names, layer_, neuron_), Anchor::left, VerticalAnchor::top, true);
  }

  [[nodiscard]] std::string words() const {
    const std::string count = counted(links_.size(), "synapse");
    if (!picture_.drawn) {
      return count +
             ". This network is not drawn by the Dendritic Network Model as it stands: only its links are known, not "
             "dendrites, window and blocks.";
    }
    const DendriticNeuron& drawn = *picture_.drawn;
    std::string text = count + " on " + counted(drawn.dendrites.size(), "dendrite") + " in a window of " +
                       counted(drawn.window.width, "input") + " around input " +
                       std::to_string(axis_.input(std::min<std::int64_t>(drawn.window.centre, mask_.n_in - 1))) +
                       " (α = " + with_significant(drawn.alpha, 3) + (is_ring() ? ", wrap around)" : ", bounded)");
    if (std::ranges::any_of(links_, [this](NodeIndex input) { return !dendrite_of(input); })) {
      text += drawn.rewiring > 0.0 ? "; hollow: beside the blocks, for want of room or by rewiring"
                                   : "; hollow: beside the blocks, for want of room";
    }
    return text + ".";
  }

  /// The dendrite in whose block an input lies.
  [[nodiscard]] std::optional<std::size_t> dendrite_of(NodeIndex input) const {
    const auto& dendrites = picture_.drawn->dendrites;
    for (std::size_t m = 0; m < dendrites.size(); ++m) {
      const std::int64_t behind = axis_.unrolled(input) - axis_.unrolled(dendrites[m].start);
      const std::int64_t along = behind < 0 && is_ring() ? behind + mask_.n_in : behind;
      if (along >= 0 && along < dendrites[m].size) return m;
    }
    return std::nullopt;
  }

  /// The inputs that have a tick and a number.
  [[nodiscard]] std::vector<std::int64_t> numbered_inputs() const {
    const int count = std::max(2, static_cast<int>(options_.width_points / (7.0 * size_)));
    std::vector<std::int64_t> numbers;
    for (const double tick :
         round_ticks(static_cast<double>(axis_.first()), static_cast<double>(axis_.end() - 1), count)) {
      const auto number = static_cast<std::int64_t>(std::llround(tick));
      if (number >= axis_.first() && number < axis_.end()) numbers.push_back(number);
    }
    return numbers;
  }

  /// Below the synapses; above the window, where the insets are below, on a ground over the dendrites that pass there.
  void add_numbers() {
    const double y =
        has_insets_ ? axis_y_ + 0.5 * window_height + 1.5 : axis_y_ - 0.5 * window_height - synapse_end - 1.5;
    Cells grounds;
    for (const std::int64_t number : numbered_inputs()) {
      if (!has_insets_) break;
      const double width = room_for(std::to_string(axis_.input(number)).size(), size_);
      grounds.cells.push_back({axis_.middle(number) - 0.5 * width, y, width, size_});
      grounds.colors.push_back(with_alpha(colors_.background, 0.85));
    }
    if (!grounds.cells.empty()) scene_.items.emplace_back(std::move(grounds));
    for (const std::int64_t number : numbered_inputs())
      add_text({axis_.middle(number), y}, std::to_string(axis_.input(number)), Anchor::center,
               has_insets_ ? VerticalAnchor::bottom : VerticalAnchor::top);
  }

  void add_axis() {
    Lines frame;
    frame.width = 0.6;
    const double below = axis_y_ - 0.5 * window_height;
    append_line(frame, {axis_.edge(axis_.first()), below}, {axis_.edge(axis_.end()), below}, colors_.frame);
    for (const std::int64_t number : numbered_inputs())
      append_line(frame, {axis_.middle(number), below}, {axis_.middle(number), below - 2.5}, colors_.frame);
    const std::int64_t border = axis_.unrolled(0);
    if (is_ring() && border > axis_.first()) {
      // Where the last input and the first one meet.
      constexpr double dashes[] = {2.0, 1.6};
      const Point ends[] = {{axis_.edge(border), axis_y_ - window_height},
                            {axis_.edge(border), axis_y_ + window_height}};
      append_dashes(frame, ends, colors_.ink, PageTransform{}, dashes);
    }
    scene_.items.emplace_back(std::move(frame));
  }

  void add_window() {
    const ReceptiveWindow& window = picture_.drawn->window;
    const std::int64_t begin = std::max(window.start, axis_.first());
    const std::int64_t end = std::min(window.start + static_cast<std::int64_t>(window.width), axis_.end());
    if (end <= begin) return;
    Cells cells;
    cells.cells.push_back(
        {axis_.edge(begin), axis_y_ - 0.5 * window_height, axis_.edge(end) - axis_.edge(begin), window_height});
    cells.colors.push_back(with_alpha(colors_.aside, 0.3));
    scene_.items.emplace_back(std::move(cells));
    Lines ends;
    ends.width = 1.0;
    for (const std::int64_t side : {begin, end}) {
      append_line(ends, {axis_.edge(side), axis_y_ - 0.8 * window_height},
                  {axis_.edge(side), axis_y_ + 0.8 * window_height}, colors_.ink);
    }
    scene_.items.emplace_back(std::move(ends));
  }

  /// From the cell body, bent as branches are, down to the place among the inputs.
  void append_branch(Lines& lines, double to_x, double to_y, Color color) const {
    const double from_x = body_x(), from_y = body_y_ - 0.4 * body_size;
    lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
    lines.colors.push_back(color);
    for (int step = 0; step <= curve_steps; ++step) {
      const double part = static_cast<double>(step) / curve_steps;
      const double bent = part * part * (3.0 - 2.0 * part);
      lines.points.push_back({from_x + (to_x - from_x) * bent, from_y + (to_y - from_y) * part});
    }
  }

  void add_dendrites() {
    Lines lines;
    lines.width = dendrite_width;
    const auto& dendrites = picture_.drawn->dendrites;
    for (std::size_t m = 0; m < dendrites.size(); ++m) {
      const bool has_block = dendrites[m].size > 0;
      const std::int64_t start = axis_.unrolled(has_block ? dendrites[m].start : dendrites[m].position);
      const double x = has_block ? axis_.edge(start) + 0.5 * axis_.cell() * dendrites[m].size : axis_.middle(start);
      append_branch(lines, x, axis_y_ + (has_block ? 0.5 * block_height : window_height), color_of(m));
    }
    scene_.items.emplace_back(std::move(lines));
  }

  void add_links() {
    Lines lines;
    lines.width = 0.6;
    for (const NodeIndex input : links_) {
      append_branch(lines, axis_.middle(axis_.unrolled(input)), axis_y_ + 0.5 * block_height,
                    with_alpha(colors_.ink, 0.6));
    }
    if (!lines.starts.empty()) scene_.items.emplace_back(std::move(lines));
  }

  /// At least as wide as can be seen; in two parts where the end of the axis cuts one.
  void add_blocks() {
    Cells cells;
    const auto& dendrites = picture_.drawn->dendrites;
    for (std::size_t m = 0; m < dendrites.size(); ++m) {
      if (dendrites[m].size == 0) continue;
      const std::int64_t start = axis_.unrolled(dendrites[m].start), end = start + dendrites[m].size;
      const auto add = [&](std::int64_t from, std::int64_t to) {
        const double width = std::max(axis_.edge(to) - axis_.edge(from), narrowest_block);
        const double middle = 0.5 * (axis_.edge(from) + axis_.edge(to));
        cells.cells.push_back({middle - 0.5 * width, axis_y_ - 0.5 * block_height, width, block_height});
        cells.colors.push_back(color_of(m));
      };
      add(start, std::min(end, axis_.end()));
      if (end > axis_.end()) add(axis_.first(), axis_.first() + (end - axis_.end()));
    }
    if (!cells.cells.empty()) scene_.items.emplace_back(std::move(cells));
  }

  /// A tick under the axis for every link.
  void add_synapses() {
    Lines ticks;
    ticks.width = std::clamp(0.7 * axis_.cell(), 0.4, 1.4);
    for (const NodeIndex input : links_) {
      const double x = axis_.middle(axis_.unrolled(input));
      const double top = axis_y_ - 0.5 * window_height;
      append_line(ticks, {x, top - synapse_begin}, {x, top - synapse_end}, colors_.ink);
    }
    if (!ticks.starts.empty()) scene_.items.emplace_back(std::move(ticks));
  }

  /// Each dendrite with its inputs one by one, below its block.
  void add_insets() {
    const auto& dendrites = picture_.drawn->dendrites;
    if (dendrites.empty()) return;
    const double room = options_.width_points - 2.0 * side_margin + inset_gap;
    const double pitch = room / static_cast<double>(dendrites.size());
    if (pitch - inset_gap < narrowest_inset) return;
    std::vector<std::size_t> order(dendrites.size());
    for (std::size_t m = 0; m < order.size(); ++m) order[m] = m;
    std::ranges::sort(order, {}, [&](std::size_t m) { return axis_.unrolled(dendrites[m].position); });
    for (std::size_t place = 0; place < order.size(); ++place) {
      add_inset(order[place], side_margin + pitch * static_cast<double>(place), pitch - inset_gap);
    }
  }

  void add_inset(std::size_t m, double left, double room) {
    const Dendrite& dendrite = picture_.drawn->dendrites[m];
    const std::int64_t shown = std::min<std::int64_t>(std::int64_t{dendrite.size} + 2, mask_.n_in);
    const double cell = std::min(room / static_cast<double>(std::max<std::int64_t>(shown, 3)), widest_cell);
    const double width = cell * static_cast<double>(shown), x0 = left + 0.5 * (room - width);
    const double height = std::clamp(cell, 7.0, widest_cell), y0 = foot_ + 0.36 * (axis_y_ - foot_);
    const std::string label = "n = " + std::to_string(dendrite.synapses);
    add_text({left + 0.5 * room, y0 - 2.0 - 1.3 * size_}, label, Anchor::center, VerticalAnchor::top);
    if (dendrite.size == 0) {
      add_text({left + 0.5 * room, y0}, dendrite.synapses == 0 ? "none" : "no room", Anchor::center,
               VerticalAnchor::bottom);
      return;
    }
    const std::int64_t start = axis_.unrolled(dendrite.start);
    const double low = axis_y_ - 0.5 * window_height - 5.5;
    Lines guides;
    guides.width = 0.5;
    append_line(guides, {axis_.edge(start), low}, {x0 + cell, y0 + height + 1.0}, colors_.frame);
    append_line(guides, {std::min(axis_.edge(start + dendrite.size), axis_.edge(axis_.end())), low},
                {x0 + cell * (dendrite.size + 1.0), y0 + height + 1.0}, colors_.frame);
    scene_.items.emplace_back(std::move(guides));

    Cells filled;
    Lines frames;
    frames.width = 0.5;
    const double inset = cell > 2.0 * narrowest_cell ? 0.08 * cell : 0.0;
    for (std::int64_t number = start - 1; number < start - 1 + shown; ++number) {
      const std::int64_t input = axis_.input(number);
      if (!is_ring() && (number < 0 || number >= mask_.n_in)) continue;
      const double x = x0 + cell * static_cast<double>(number - start + 1);
      const bool linked = std::ranges::binary_search(links_, static_cast<NodeIndex>(input));
      const bool in_block = number >= start && number < start + dendrite.size;
      if (linked && in_block) {
        filled.cells.push_back({x + inset, y0 + inset, cell - 2.0 * inset, height - 2.0 * inset});
        filled.colors.push_back(color_of(m));
      }
      if (cell < narrowest_cell && !(linked && !in_block)) continue;
      frames.starts.push_back(static_cast<std::uint32_t>(frames.points.size()));
      frames.colors.push_back(linked && !in_block ? colors_.ink : colors_.frame);
      for (const auto& [dx, dy] : {Point{0, 0}, {cell, 0}, {cell, height}, {0, height}, {0, 0}}) {
        frames.points.push_back({x + dx, y0 + dy});
      }
    }
    if (!frames.starts.empty()) scene_.items.emplace_back(std::move(frames));
    if (!filled.cells.empty()) scene_.items.emplace_back(std::move(filled));
    std::string numbers = std::to_string(axis_.input(start));
    if (dendrite.size > 1) numbers += "–" + std::to_string(axis_.input(start + dendrite.size - 1));
    add_text({left + 0.5 * room, y0 - 2.0}, numbers, Anchor::center, VerticalAnchor::top);
  }

  /// A pyramid, as in drawings of neurons, with its axon.
  void add_body() {
    const double x = body_x(), half = 0.55 * body_size, low = body_y_ - 0.5 * body_size,
                 high = body_y_ + 0.5 * body_size;
    Lines axon;
    axon.width = 1.2;
    append_line(axon, {x, high - 1.0}, {x, high + 0.55 * body_size}, colors_.ink);
    scene_.items.emplace_back(std::move(axon));
    Bands body;
    body.starts = {0};
    body.colors = {category_color(layer_, options_.dark)};
    body.lower = {{x - half, low}, {x, low}, {x + half, low}};
    body.upper = {{x - half, low}, {x, high}, {x + half, low}};
    scene_.items.emplace_back(std::move(body));
    Lines outline;
    outline.width = 0.8;
    outline.starts = {0};
    outline.colors = {colors_.ink};
    outline.points = {{x - half, low}, {x, high}, {x + half, low}, {x - half, low}};
    scene_.items.emplace_back(std::move(outline));
  }

  void add_words() {
    double y = foot_ - 3.0;
    for (const std::string& line : lines_) {
      add_text({side_margin, y}, line, Anchor::left, VerticalAnchor::top);
      y -= 1.35 * size_;
    }
  }

  const NeuronPicture& picture_;
  const SceneOptions& options_;
  const Palette& colors_;
  std::size_t layer_;
  NodeIndex neuron_;
  const Mask& mask_;
  std::span<const NodeIndex> links_;
  double size_;
  InputAxis axis_;
  Scene scene_;
  std::vector<std::string> lines_;
  double foot_ = 0.0, axis_y_ = 0.0, body_y_ = 0.0;
  bool has_insets_ = false;
};

}  // namespace

Scene neuron_scene(const NeuronPicture& picture, const SceneOptions& options) {
  if (!picture.network || picture.node >= picture.network->node_count()) return empty_scene(options);
  if (!picture.network->is_layered()) return message_scene(options, "The nodes of a general graph have no dendrites.");
  if (picture.network->layer_of(picture.node) == 0) {
    return message_scene(options, "Inputs have no dendrites; select a neuron of a later layer.");
  }
  return Drawing(picture, options).make();
}

}  // namespace dnm
