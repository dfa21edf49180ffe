// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/session.h"

#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

const Reader reader("session", [](std::string_view bytes) {
  const InputFile input(bytes, "input.dnm.json");
  // What is written of a session that was read is read as the same.
  const std::string text = session_to_json(read_session(input.path()));
  promise(session_to_json(session_from_json(text)) == text, "a session that was written is read as another");
});

}  // namespace
}  // namespace dnm::fuzz
