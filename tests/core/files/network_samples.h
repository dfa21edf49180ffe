// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/files/network_files.h"
#include "core/support/error.h"
#include "tests/core/random_mask.h"

namespace dnm::test {

using LinkList = std::vector<std::pair<NodeIndex, NodeIndex>>;

inline NetworkPointer share(Network network) { return std::make_shared<const Network>(std::move(network)); }

/// The networks that every format must keep, and what is known of them.
inline std::vector<NetworkFile> samples() {
  const LinkList links{{0, 3}, {3, 4}, {1, 4}};
  return {
      {share(Network::layered({20, 30, 15}, {random_mask(20, 30, 80, 1), random_mask(30, 15, 60, 2)})),
       R"({"command_line":"dnm generate","note":"α, <Größe> & 樹"})"},
      {share(Network::layered({7, 5}, {random_mask(7, 5, 12, 3)})), ""},
      {share(Network::layered({2, 3, 2}, {random_mask(2, 3, 0, 4), random_mask(3, 2, 1, 5)})), "{}"},
      {share(Network::general(7, links)), R"({"a":1})"},  // nodes 2, 5 and 6 stand alone
  };
}

/// The formats that keep such a network, and are written as well as read.
inline std::vector<NetworkFormat> written_formats() {
  std::vector<NetworkFormat> rows;
  for (const NetworkFormat& format : network_formats()) {
    if (format.write != nullptr && !format.links_only) rows.push_back(format);
  }
  return rows;
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_content(const std::filesystem::path& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// What reading gives: the network, or the one sentence that says why there is none.
inline std::variant<NetworkFile, std::string> outcome_of(const std::filesystem::path& path) {
  try {
    return read_network(path);
  } catch (const FileError& error) {
    return std::string(error.what());
  } catch (const ResourceError& error) {
    return std::string(error.what());
  }
}

/// The layers and links of a network whose nodes have names.
inline Network nameless(const NetworkFile& file) { return file.network->with_names({}); }

inline QString notices_of(const NetworkFile& file) {
  QString text;
  for (const std::string& notice : file.notices) text += (text.isEmpty() ? "" : "|") + QString::fromStdString(notice);
  return text;
}

/// Thousands of small files are written in it: in memory where the system offers that.
class NetworkFolder {
 public:
  [[nodiscard]] QString path() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return std::filesystem::path(folder_.path().toStdString()) / name;
  }
  [[nodiscard]] NetworkFile read(const std::string& name, std::string_view content,
                                 const ReadOptions& options = {}) const {
    write_content(file(name), content);
    return read_network(file(name), options);
  }

 private:
  QTemporaryDir folder_{QFileInfo("/dev/shm").isWritable() ? QString("/dev/shm/test-XXXXXX") : QString("test-XXXXXX")};
};

/// Adds the rows of a test of refusals: what a file holds, and what the sentence about it says.
class RefusalRows {
 public:
  RefusalRows() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
  }
  void operator()(const char* name, const std::string& content, const char* reason) const {
    QTest::newRow(name) << QByteArray::fromStdString(content) << QString::fromUtf8(reason);
  }
};

/// The file is refused by one sentence that names it and holds `reason`.
inline void must_refuse(const std::filesystem::path& path, const QString& reason) {
  const auto outcome = outcome_of(path);
  QVERIFY2(std::holds_alternative<std::string>(outcome), "it was read");
  const QString message = QString::fromStdString(std::get<std::string>(outcome));
  QVERIFY2(message.contains(reason), qPrintable(message));
  QVERIFY2(message.contains(QString::fromStdString(path.filename().string())), qPrintable(message));
  QVERIFY2(!message.contains('\n'), qPrintable(message));
}

/// The row of RefusalRows is refused as the content of this file.
inline void must_refuse_row(const std::filesystem::path& path) {
  QFETCH(QByteArray, content);
  QFETCH(QString, reason);
  write_content(path, content.toStdString());
  must_refuse(path, reason);
}

}  // namespace dnm::test
