// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_tensors.h"
#include "tests/fuzz/networks.h"
#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

const Reader reader("torch", [](std::string_view bytes) {
  const std::string name = "input.pt";
  {
    const InputFile input(bytes, name);
    for (const MatrixChoice& matrix : tensor_choice(input.path()).matrices) {
      promise(matrix.nonzero <= matrix.tensor.shape[0] * matrix.tensor.shape[1], "a matrix has more links than cells");
    }
  }
  read_network_named(name, bytes);
});

}  // namespace
}  // namespace dnm::fuzz
