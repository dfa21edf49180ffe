// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/core/files/zip_builder.h"

/// Makes .npz files of any content, well-formed or not, without the code under test.
class NpzBuilder {
 public:
  template <class T>
  NpzBuilder& array(const std::string& name, const std::string& type, const std::vector<T>& values) {
    return raw(name, npy(type, "(" + std::to_string(values.size()) + ",)", bytes(values)));
  }
  NpzBuilder& ints(const std::string& name, const std::vector<std::int64_t>& values) {
    return array(name, "<i8", values);
  }
  NpzBuilder& text(const std::string& name, const std::string& value) {
    return raw(name, npy("|S" + std::to_string(value.size()), "()", value));
  }
  NpzBuilder& raw(const std::string& name, const std::string& content) {
    entries_[name + ".npy"] = content;
    return *this;
  }
  NpzBuilder& without(const std::string& name) {
    entries_.erase(name + ".npy");
    return *this;
  }
  void save(const std::filesystem::path& path, bool compressed = false) const {
    dnm::test::save_zip(path, entries_, compressed);
  }

  static std::string npy(const std::string& type, const std::string& shape, const std::string& data,
                         const std::string& order = "False") {
    std::string header = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
    header.resize((header.size() + 11 + 63) / 64 * 64 - 11, ' ');
    header += '\n';
    const auto length = static_cast<std::uint16_t>(header.size());
    std::string file("\x93NUMPY\x01\x00", 8);
    file.append(bytes(std::vector{length})).append(header).append(data);
    return file;
  }
  template <class T>
  static std::string bytes(const std::vector<T>& values) {
    std::string text(values.size() * sizeof(T), '\0');
    if (!values.empty()) std::memcpy(text.data(), values.data(), text.size());
    return text;
  }

 private:
  std::map<std::string, std::string> entries_;
};
