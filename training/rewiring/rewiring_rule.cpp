// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/rewiring_rule.h"

#include "training/support/random_streams.h"

namespace dnm {

Random RewiringRequest::random(std::size_t layer) const {
  // Seeds end below 2^53, so the layer has its own bits.
  return Random(seed | (static_cast<std::uint64_t>(layer) << 53),
                training_stream(TrainingStream::rewiring, at.step & 0xFFFFFFFFU));
}

}  // namespace dnm
