// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/session.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "core/files/atomic_file.h"
#include "core/files/parameters_json.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr std::string_view format_name = "dnm-session";
constexpr int current_version = 1;
constexpr std::uintmax_t largest_file = std::uintmax_t{64} << 20;

OrderedJson parse_json(std::string_view text) {
  try {
    return OrderedJson::parse(text);
  } catch (const OrderedJson::parse_error& error) {
    throw FileError("this is not a session: its text is not valid JSON near byte " + std::to_string(error.byte) +
                    "; choose a .dnm.json file that was saved whole");
  } catch (const OrderedJson::exception&) {
    throw FileError("this is not a session: its JSON holds a number that is too large; choose another .dnm.json file");
  }
}

void check_header(const OrderedJson& json) {
  if (!json.is_object() || json.value("format", OrderedJson()) != format_name) {
    throw FileError("this JSON is not a DNM Studio session (it has no format " + std::string(format_name) +
                    "); choose a .dnm.json file");
  }
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer() || version->get<std::int64_t>() < 1) {
    throw FileError("this session has no valid version number; it is damaged");
  }
  if (version->get<std::int64_t>() > current_version) {
    throw FileError("this session was written by a newer DNM Studio (session version " + version->dump() +
                    ", known here: " + std::to_string(current_version) + "); update the program to open it");
  }
}

std::string object_text(const OrderedJson& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) return "{}";
  if (!found->is_object()) throw FileError("\"" + std::string(key) + "\" of this session is not a JSON object");
  return found->dump();
}

OrderedJson object_of(std::string_view text, const char* what) {
  OrderedJson json = OrderedJson::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) {
    throw InvalidInput("the " + std::string(what) + " of a session must be a JSON object");
  }
  return json;
}

/// Restores what another version had written at its place; existing values stay unchanged.
void add_missing(OrderedJson& target, const OrderedJson& extra) {
  for (const auto& [key, value] : extra.items()) {
    const auto found = target.find(key);
    if (found == target.end()) {
      target[key] = value;
    } else if (found->is_object() && value.is_object()) {
      add_missing(*found, value);
    }
  }
}

}  // namespace

Session session_from_json(std::string_view text) {
  const OrderedJson json = parse_json(text);
  check_header(json);
  Session session;
  OrderedJson unknown = OrderedJson::object();
  for (const auto& [key, value] : json.items()) {
    if (key == "format" || key == "version" || key == "view" || key == "training" || key == "runs") continue;
    if (key == "parameters") {
      OrderedJson unknown_parameters = OrderedJson::object();
      session.parameters = parameters_from_json(value, unknown_parameters);
      if (!unknown_parameters.empty()) unknown[key] = std::move(unknown_parameters);
    } else if (key == "network_file") {
      if (!value.is_string()) throw FileError("\"network_file\" of this session is not a text");
      session.network_file = value.get<std::string>();
    } else {
      unknown[key] = value;
    }
  }
  session.view = object_text(json, "view");
  session.training = object_text(json, "training");
  // Any value is accepted: damaged runs must not prevent opening the rest.
  if (const auto runs = json.find("runs"); runs != json.end()) session.runs = runs->dump();
  session.unknown = unknown.dump();
  return session;
}

std::string session_to_json(const Session& session) {
  OrderedJson json = OrderedJson::object();
  json["format"] = format_name;
  json["version"] = current_version;
  json["parameters"] = parameters_to_json(session.parameters);
  if (!session.network_file.empty()) json["network_file"] = session.network_file;
  json["view"] = object_of(session.view, "view state");
  json["training"] = object_of(session.training, "training settings");
  const OrderedJson runs = OrderedJson::parse(session.runs, nullptr, false);
  if (runs.is_discarded()) throw InvalidInput("the runs of a session must be JSON");
  if (!runs.empty()) json["runs"] = runs;
  add_missing(json, object_of(session.unknown, "unknown part"));
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

Session read_session(const std::filesystem::path& path) {
  const std::string name = "\"" + path.string() + "\"";
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw FileError(name + " is a folder; choose a session file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw FileError("cannot open the session " + name + ": " + std::generic_category().message(errno) +
                    "; check the path");
  }
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > largest_file)
    throw FileError(name + " is too large or not a regular file; choose a .dnm.json file");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) throw FileError("cannot read the session " + name + "; check the disk");
  try {
    return session_from_json(text);
  } catch (const FileError& problem) {
    throw FileError(name + ": " + problem.what());
  } catch (const InvalidInput& problem) {
    throw InvalidInput(name + ": " + problem.what());
  }
}

void write_session(const std::filesystem::path& path, const Session& session) {
  write_atomically(path, session_to_json(session));
}

}  // namespace dnm
