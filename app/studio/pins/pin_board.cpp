// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pins/pin_board.h"

#include <algorithm>
#include <utility>

#include "app/studio/widgets/text.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/words.h"
#include "core/support/error.h"

namespace dnm {

namespace {

/// How many pins that were removed are remembered, so that their undo computes nothing.
constexpr std::size_t most_removed = 16;

/// Marks what `known` lacks and the window, which has `live` of the same network, is computing.
void show_progress(LiveSnapshot& known, const LiveSnapshot& live) {
  const auto follow = [](auto& value, const auto& other) {
    if (value.freshness != Freshness::stale || other.freshness != Freshness::computing) return;
    value.freshness = Freshness::computing;
    value.progress = other.progress;
  };
  follow(known.network, live.network);
  follow(known.embedding, live.embedding);
  for (std::size_t slot = 0; slot < std::min(known.measures.size(), live.measures.size()); ++slot)
    follow(known.measures[slot], live.measures[slot]);
}

std::string source_of(const Pin& pin) {
  if (const auto* file = std::get_if<ShownFile>(&pin.shown)) return file->file.substr(file->file.find_last_of('/') + 1);
  if (const auto* run = std::get_if<ShownRun>(&pin.shown)) return moment_name(*run);
  return {};
}

}  // namespace

PinBoard::PinBoard(Document& document, LiveBridge& live, QObject* parent)
    : QObject(parent),
      document_(document),
      live_(live),
      measurer_(
          [this] {
            if (!pending_.exchange(true)) QMetaObject::invokeMethod(this, &PinBoard::take, Qt::QueuedConnection);
          },
          data_source) {
  connect(&document_, &Document::changed, this, &PinBoard::follow_document);
  connect(&document_, &Document::shown_replaced, this, &PinBoard::follow_document);
  connect(&live_, &LiveBridge::updated, this, [this] {
    const Pins& all = pins();
    if (place_of(all, working()) < all.list.size()) want();
  });
}

const LiveSnapshot& PinBoard::known(std::size_t place) const {
  return known_of(document_.pin_results(), pins().list[place]);
}

bool PinBoard::is_working(std::size_t place) const { return same_network(pins().list[place], working()); }

const NetworkScene& PinBoard::scene() const { return network_scene(pins().picture); }

NetworkTable PinBoard::table() const {
  std::vector<ComparedNetwork> networks;
  for (std::size_t place = 0; place < pins().list.size(); ++place) {
    const Pin& pin = pins().list[place];
    const bool is_drawn = std::holds_alternative<ShownModel>(pin.shown);
    networks.push_back(
        {pin.name, is_drawn ? std::optional(pin.parameters) : std::nullopt, source_of(pin), known(place)});
  }
  return network_table(networks, pins().reference);
}

void PinBoard::pin() {
  const WorkspaceState& state = document_.state();
  if (const std::string& problem = network_problem(state); !problem.empty()) {
    Q_EMIT rejected(tr("There is no network to pin: %1").arg(to_qt(problem)));
    return;
  }
  add(pin_of(state), "pinning");
}

void PinBoard::pin_random() {
  try {
    add(random_pin(document_.state(), live_.current_network()), "pinning of a random network");
  } catch (const InvalidInput& error) {
    Q_EMIT rejected(to_qt(error.what()) + ".");
  }
}

void PinBoard::add(Pin pin, const QString& what) {
  is_cancelled_ = false;
  measurer_.resume();
  edit(what, with_pin(pins(), pin));
  Q_EMIT pinned(place_of(pins(), pin));
}

void PinBoard::edit(const QString& what, Pins pins) {
  WorkspaceState next = document_.state();
  next.pins = std::move(pins);
  document_.edit(what, std::move(next));
}

void PinBoard::rename(std::size_t place, const QString& name) {
  Pins next = pins();
  const std::string wanted = one_line(name.toStdString());
  if (wanted.empty()) return;
  next.list[place].name = wanted;
  edit("name of a pin", std::move(next));
}

void PinBoard::remove(std::size_t place) {
  edit("removal of " + to_qt(pins().list[place].name), without_pin(pins(), place));
}

void PinBoard::move(std::size_t from, std::size_t to) { edit("order of the pins", with_moved_pin(pins(), from, to)); }

void PinBoard::set_reference(std::size_t place) {
  Pins next = pins();
  next.reference = place;
  const QString name = to_qt(next.list[place].name);
  edit("reference " + name, std::move(next));
}

void PinBoard::set_picture(const std::string& id) {
  Pins next = pins();
  next.picture = id;
  edit("picture of the pins", std::move(next));
}

void PinBoard::set_watched(bool watched) {
  if (std::exchange(is_watched_, watched) != watched) want();
}

void PinBoard::cancel() {
  if (!is_busy()) return;
  is_cancelled_ = true;
  measurer_.cancel();
  take();
}

void PinBoard::resume() {
  is_cancelled_ = false;
  measurer_.resume();
  take();
}

void PinBoard::follow_document() {
  const bool is_other = shown_pins_ != pins();
  if (is_other) shown_pins_ = pins();
  if (is_other || !pins().list.empty()) want();
  if (is_other) Q_EMIT pins_changed();
}

void PinBoard::want() {
  const ViewSettings& view = document_.state().view;
  const PictureDemand demand = demand_of(scene(), view.pictures);
  const Pin now = working();
  std::vector<WantedPin> wanted;
  for (const Pin& pin : pins().list) {
    WantedPin& one = wanted.emplace_back(WantedPin{pin, request_of(pin, view), known_of(document_.pin_results(), pin)});
    one.embedding = demand.embedding;
    one.communities = std::ranges::find(demand.measures, community_measure) != demand.measures.end();
    one.is_elsewhere = !is_watched_;
    if (!same_network(pin, now) || !live_.is_newest()) continue;
    const LiveSnapshot& live = live_.snapshot();
    follow_request(one.known, one.request);
    learn(one.known, live, ValuesAlone::taken);
    if (!live_.is_settled() && !live.cancelled) one.is_elsewhere = true;
  }
  measurer_.want(std::move(wanted));
  take();
}

void PinBoard::take() {
  pending_ = false;
  PinResults results = measurer_.results();
  if (live_.is_newest() && !live_.is_settled()) {
    const auto now =
        std::ranges::find_if(results, [pin = working()](const PinResult& one) { return same_network(one.pin, pin); });
    if (now != results.end()) show_progress(now->known, live_.snapshot());
  }
  for (const PinResult& before : document_.pin_results()) {
    const auto is_same = [&](const PinResult& one) { return same_network(one.pin, before.pin); };
    if (results.size() < pins().list.size() + most_removed && std::ranges::none_of(results, is_same))
      results.push_back(before);
  }
  document_.set_pin_results(std::move(results));
  Q_EMIT results_changed();
}

}  // namespace dnm
