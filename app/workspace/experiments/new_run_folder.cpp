// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/new_run_folder.h"

#include <array>
#include <ctime>
#include <system_error>

namespace dnm {

namespace {

constexpr std::size_t longest_name = 60;

/// "DNM, s 0.99 · Fashion-MNIST" as "DNM-s-0.99-Fashion-MNIST": letters, digits and points, words joined by dashes.
std::string file_name_of(const std::string& name) {
  std::string made;
  for (const char c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (made.size() >= longest_name) break;
    if (is_plain || (c == '.' && !made.empty() && made.back() != '-')) {
      made += c;
    } else if (!made.empty() && made.back() != '-') {
      made += '-';
    }
  }
  while (made.ends_with('-') || made.ends_with('.')) made.pop_back();
  return made;
}

/// "2026-11-30-1405", the time of the user's clock.
std::string date_of(std::chrono::system_clock::time_point now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d-%H%M", &local)};
}

}  // namespace

std::filesystem::path new_run_folder(const std::filesystem::path& runs, const std::string& name,
                                     std::chrono::system_clock::time_point now,
                                     const std::function<bool(const std::filesystem::path&)>& is_taken) {
  const std::string words = file_name_of(name);
  const std::string base = date_of(now) + (words.empty() ? "" : "-" + words);
  std::error_code code;
  std::filesystem::path folder = runs / base;
  for (int number = 2; std::filesystem::exists(folder, code) || is_taken(folder); ++number)
    folder = runs / (base + "-" + std::to_string(number));
  return folder;
}

}  // namespace dnm
