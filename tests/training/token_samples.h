// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/network/random.h"
#include "training/kernels/aligned_vector.h"
#include "training/kernels/sparse_kernels.h"
#include "training/kernels/token_kernels.h"

namespace samples {

/// Normal numbers of this standard deviation.
inline dnm::AlignedVector<float> drawn(std::size_t count, std::uint64_t seed, double deviation = 1.0) {
  dnm::Random random(seed, 83);
  dnm::AlignedVector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.normal(0.0, deviation));
  return values;
}

/// A column "set" with a row for each set of kernels that this processor has, by its number.
inline void add_token_kernels() {
  QTest::addColumn<std::size_t>("set");
  for (std::size_t i = 0; i < dnm::available_token_kernels().size(); ++i) {
    const std::string_view id = dnm::available_kernels()[i]->id;
    QTest::addRow("%.*s", static_cast<int>(id.size()), id.data()) << i;
  }
}

}  // namespace samples
