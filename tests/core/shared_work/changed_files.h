// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/shared_work/shared_files.h"

namespace dnm::test {

/// The files of a folder, with something done before each request: counted, or failed by an exception.
class ChangedFiles final : public SharedFiles {
 public:
  using Before = std::function<void(const std::string& request, const std::string& name)>;
  ChangedFiles(std::unique_ptr<SharedFiles> files, Before before)
      : files_(std::move(files)), before_(std::move(before)) {}

  std::vector<std::string> names(const std::string& folder) override {
    before_("names", folder);
    return files_->names(folder);
  }
  std::optional<std::string> content(const std::string& name) override {
    before_("content", name);
    return files_->content(name);
  }
  bool create(const std::string& name, std::string_view content, bool durable) override {
    before_("create", name);
    return files_->create(name, content, durable);
  }
  bool link(const std::string& name, const std::string& second) override {
    before_("link", name);
    return files_->link(name, second);
  }
  bool exists(const std::string& name) override {
    before_("exists", name);
    return files_->exists(name);
  }
  bool touch(const std::string& name) override {
    before_("touch", name);
    return files_->touch(name);
  }
  void make_old(const std::string& name) override {
    before_("make_old", name);
    files_->make_old(name);
  }
  std::optional<Time> time_of(const std::string& name) override {
    before_("time_of", name);
    return files_->time_of(name);
  }
  Time now() override {
    before_("now", "");
    return files_->now();
  }
  void remove(const std::string& name) override {
    before_("remove", name);
    files_->remove(name);
  }
  std::string participant() override { return files_->participant(); }
  bool is_gone(const std::string& participant) override { return files_->is_gone(participant); }
  Time elapsed() override { return files_->elapsed(); }
  void wait(Time time, const std::stop_token& stop) override { files_->wait(time, stop); }

 private:
  std::unique_ptr<SharedFiles> files_;
  Before before_;
};

}  // namespace dnm::test
