// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/shared_work/simulated_folder.h"

#include <algorithm>
#include <cmath>

#include "core/support/error.h"

namespace dnm::test {
namespace {

constexpr double server_clock = 1.7e9;  // nobody else's

std::pair<std::string, std::string> parts_of(const std::string& name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string::npos) return {"", name};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

}  // namespace

SimulatedFolder::SimulatedFolder(const ClusterSettings& chosen, SimulatedTasks& all)
    : settings(chosen), tasks(all), random(chosen.seed) {}

void SimulatedFolder::count(const std::string& kind, int messages) {
  requests[kind] += messages;
  const auto minute = static_cast<std::size_t>(tasks.now() / 60);
  if (by_minute.size() <= minute) by_minute.resize(minute + 1);
  by_minute[minute] += messages;
}

double SimulatedFolder::random_delay() {
  if (unit() < settings.slow_requests) return 1 + 4 * unit();
  return settings.delay * std::exp(0.5 * std::normal_distribution<double>(0, 1)(random));
}

void SimulatedFolder::add(const std::string& name, File file) {
  const auto [folder, last] = parts_of(name);
  files[name] = std::move(file);
  folders[folder].emplace_back(tasks.now(), last);
}

SimulatedFiles::SimulatedFiles(SimulatedFolder& folder, std::string name, double killed_at, double stops_at,
                               std::stop_source stop)
    : folder_(folder),
      name_(std::move(name)),
      killed_at_(killed_at),
      stops_at_(stops_at),
      stop_(std::move(stop)),
      clock_(1e6 * folder.unit()) {}

void SimulatedFiles::go_on_at(double time) {
  if (killed_at_ <= folder_.tasks.now()) throw Killed{};
  if (time > stops_at_ && folder_.tasks.now() < stops_at_) {
    folder_.tasks.wait_until(std::min(stops_at_, killed_at_));
    stop_.request_stop();
  }
  folder_.tasks.wait_until(std::min(time, killed_at_));
  if (killed_at_ <= folder_.tasks.now()) throw Killed{};
}

void SimulatedFiles::ask(const char* kind, int messages) {
  go_on_at(folder_.tasks.now() + messages * folder_.random_delay() / 2);
  folder_.count(kind, messages);
}

void SimulatedFiles::answer() {
  go_on_at(folder_.tasks.now() + folder_.random_delay() / 2);
  if (folder_.unit() < folder_.settings.lost_answers) throw FileError("the server did not answer");
}

std::vector<std::string> SimulatedFiles::names(const std::string& folder) {
  constexpr std::size_t in_a_message = 600;
  const double now = folder_.tasks.now();
  auto& listed = listed_.try_emplace(folder, -1e9).first->second;
  if (now - listed > folder_.settings.stale) {
    ask("names", 1 + static_cast<int>(folder_.folders[folder].size() / in_a_message));
    listed = folder_.tasks.now();
    answer();
  } else {
    ask("attributes");
    answer();
  }
  std::vector<std::string> names;
  for (const auto& [time, name] : folder_.folders[folder]) {
    if (time > listed) break;
    names.push_back(name);
  }
  return names;
}

std::optional<std::string> SimulatedFiles::content(const std::string& name) {
  ask("open, read", 2);
  const auto found = folder_.files.find(name);
  std::optional<std::string> text;
  if (found != folder_.files.end()) text = *found->second.content;
  answer();
  return text;
}

bool SimulatedFiles::create(const std::string& name, std::string_view content, bool /*durable*/) {
  const double now = folder_.tasks.now();
  ask("create, write, link, remove", 4);
  if (now >= folder_.settings.full_from && now < folder_.settings.full_to) throw FileError("the disk is full");
  const bool created = !folder_.files.contains(name);
  if (created) {
    folder_.add(name, {std::make_shared<const std::string>(content),
                       std::make_shared<double>(server_clock + folder_.tasks.now())});
    listed_[parts_of(name).first] = folder_.tasks.now();
  }
  answer();
  return created;
}

bool SimulatedFiles::link(const std::string& name, const std::string& second) {
  ask("link");
  const bool linked = folder_.files.contains(name) && !folder_.files.contains(second);
  if (linked) folder_.add(second, folder_.files.at(name));
  answer();
  return linked;
}

bool SimulatedFiles::exists(const std::string& name) {
  ask("attributes");
  const bool found = folder_.files.contains(name);
  answer();
  return found;
}

bool SimulatedFiles::touch(const std::string& name) {
  ask("set time");
  const auto found = folder_.files.find(name);
  const bool is_there = found != folder_.files.end();
  if (is_there) *found->second.time = server_clock + folder_.tasks.now();
  answer();
  return is_there;
}

void SimulatedFiles::make_old(const std::string& name) {
  ask("set time");
  if (const auto found = folder_.files.find(name); found != folder_.files.end()) *found->second.time = 0;
  answer();
}

std::optional<SharedFiles::Time> SimulatedFiles::time_of(const std::string& name) {
  ask("attributes");
  std::optional<Time> time;
  if (const auto found = folder_.files.find(name); found != folder_.files.end()) time = Time(*found->second.time);
  answer();
  return time;
}

SharedFiles::Time SimulatedFiles::now() {
  ask("set time");
  ask("attributes");
  const Time time(server_clock + folder_.tasks.now());
  answer();
  return time;
}

void SimulatedFiles::remove(const std::string& name) {
  ask("remove");
  folder_.files.erase(name);
  answer();
}

SharedFiles::Time SimulatedFiles::elapsed() { return Time(clock_ + folder_.tasks.now()); }

void SimulatedFiles::wait(Time time, const std::stop_token& stop) {
  if (!stop.stop_requested()) go_on_at(folder_.tasks.now() + time.count());
}

}  // namespace dnm::test
