// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <cstring>
#include <fstream>
#include <map>
#include <stdexcept>

#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/runs/event_file.h"

using samples::metrics;
using samples::text_of;

namespace {

/// What TensorBoard's own reader does, written apart from ours: frames with checksums, then fields by their keys.
struct Decoded {
  double wall_time = 0.0;
  std::int64_t step = 0;
  std::string version;
  std::map<std::string, float> scalars;
};

/// The Castagnoli CRC bit by bit, masked.
std::uint32_t slow_masked_crc(const std::string& bytes) {
  std::uint32_t crc = ~0U;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1U ? (crc >> 1) ^ 0x82F63B78U : crc >> 1;
  }
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

class Reader {
 public:
  explicit Reader(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] bool at_end() const { return place_ == bytes_.size(); }
  std::string take(std::size_t count) {
    if (count > bytes_.size() - place_) throw std::runtime_error("cut short");
    place_ += count;
    return bytes_.substr(place_ - count, count);
  }
  template <class T>
  T number() {
    const std::string raw = take(sizeof(T));
    T value{};
    std::memcpy(&value, raw.data(), sizeof(T));
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = number<std::uint8_t>();
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 128) return value;
    }
  }

 private:
  std::string bytes_;
  std::size_t place_ = 0;
};

std::pair<std::string, float> decode_value(const std::string& bytes) {
  std::pair<std::string, float> value;
  for (Reader reader(bytes); !reader.at_end();) {
    switch (reader.varint()) {
      case 1 * 8 + 2:
        value.first = reader.take(reader.varint());
        break;
      case 2 * 8 + 5:
        value.second = reader.number<float>();
        break;
      default:
        throw std::runtime_error("unknown field of a value");
    }
  }
  return value;
}

Decoded decode_event(const std::string& bytes) {
  Decoded event;
  for (Reader reader(bytes); !reader.at_end();) {
    switch (reader.varint()) {
      case 1 * 8 + 1:
        event.wall_time = reader.number<double>();
        break;
      case 2 * 8 + 0:
        event.step = static_cast<std::int64_t>(reader.varint());
        break;
      case 3 * 8 + 2:
        event.version = reader.take(reader.varint());
        break;
      case 5 * 8 + 2: {
        Reader summary(reader.take(reader.varint()));
        while (!summary.at_end()) {
          if (summary.varint() != 1 * 8 + 2) throw std::runtime_error("unknown field of a summary");
          event.scalars.insert(decode_value(summary.take(summary.varint())));
        }
        break;
      }
      default:
        throw std::runtime_error("unknown field of an event");
    }
  }
  return event;
}

std::vector<Decoded> decode(const std::filesystem::path& path) {
  std::vector<Decoded> events;
  for (Reader reader(text_of(path)); !reader.at_end();) {
    const std::string length = reader.take(8);
    if (reader.number<std::uint32_t>() != slow_masked_crc(length)) throw std::runtime_error("checksum of a length");
    const std::string event = reader.take(Reader(length).number<std::uint64_t>());
    if (reader.number<std::uint32_t>() != slow_masked_crc(event)) throw std::runtime_error("checksum of an event");
    events.push_back(decode_event(event));
  }
  return events;
}

std::vector<dnm::EpochResult> history(int epochs) {
  std::vector<dnm::EpochResult> made;
  for (int i = 1; i <= epochs; ++i) {
    dnm::EpochResult result{3, i};
    result.values.set("train_loss", 1.0 / i);
    result.values.set("train_accuracy", 0.5 + i * 0.001);
    result.values.set("test_accuracy", 0.4 + i * 0.001);
    if (i % 2 == 0) result.values.set("validation_accuracy", 0.25);
    result.values.set("links", 61000.0);
    result.values.set("seconds", 0.5);
    made.push_back(result);
  }
  return made;
}

}  // namespace

class TestEventFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void checksum_is_the_published_one() {
    // RFC 3720's check value of CRC-32C is 0xE3069283 for "123456789".
    QCOMPARE(dnm::masked_crc32c("123456789"), std::rotr(0xE3069283U, 15) + 0xa282ead8U);
    // 32 zero bytes: 0x8A9136AA (RFC 3720, B.4).
    QCOMPARE(dnm::masked_crc32c(std::string(32, '\0')), std::rotr(0x8A9136AAU, 15) + 0xa282ead8U);
  }

  void an_independent_reader_finds_every_epoch() {
    const auto path = fresh("a");
    dnm::EventFile file(path, metrics);
    file.begin({});
    std::vector<dnm::EpochResult> so_far;
    for (const auto& result : history(300)) {
      so_far.push_back(result);
      file.add(so_far);
      if (result.epoch == 2) QCOMPARE(decode(path).size(), std::size_t{3});  // flushed
    }
    const auto events = decode(path);
    QCOMPARE(events.size(), std::size_t{301});
    QCOMPARE(events[0].version, std::string("brain.Event:2"));
    for (int i = 1; i <= 300; ++i) {
      const Decoded& event = events[static_cast<std::size_t>(i)];
      QCOMPARE(event.step, std::int64_t{i});
      QVERIFY(event.wall_time > 1.7e9 && event.wall_time >= events[static_cast<std::size_t>(i) - 1].wall_time);
      QCOMPARE(event.scalars.at("accuracy/test"), static_cast<float>(0.4 + i * 0.001));
      QCOMPARE(event.scalars.at("accuracy/train"), static_cast<float>(0.5 + i * 0.001));
      QCOMPARE(event.scalars.at("loss/train"), static_cast<float>(1.0 / i));
      QCOMPARE(event.scalars.at("links"), 61000.0F);
      QCOMPARE(event.scalars.count("accuracy/validation"), std::size_t{i % 2 == 0});
    }
  }

  /// Updates stand before the epoch they lie in, with the values of all layers together at their own step.
  void updates_are_in_it_too_and_survive_a_resume() {
    const auto path = fresh("u");
    const auto updates = [](std::size_t count) {
      std::vector<dnm::UpdateResult> made;
      for (std::size_t i = 1; i <= count; ++i) {
        dnm::UpdateResult result{.seed = 3, .update = i, .step = 40 * i, .epoch = static_cast<int>((i + 1) / 2)};
        result.layers = {"layer1"};
        result.set(dnm::update_metric("links"), 0, 500.0);
        result.set(dnm::update_metric("itop"), 0, 0.01 * static_cast<double>(i));
        result.set(dnm::update_metric("itop"), 1, 0.5);
        made.push_back(result);
      }
      return made;
    };
    dnm::EventFile file(path, metrics);
    file.begin({});
    file.add({}, updates(1));
    file.add(history(1), updates(2));
    file.add(history(1), updates(3));
    file.add(history(2), updates(4));
    const std::string whole = text_of(path);
    const auto events = decode(path);
    QCOMPARE(events.size(), std::size_t{7});
    const std::int64_t steps[] = {0, 40, 80, 1, 120, 160, 2};
    for (std::size_t i = 1; i < 7; ++i) {
      const bool is_epoch = i % 3 == 0;
      QCOMPARE(events[i].step, steps[i]);
      QCOMPARE(events[i].scalars.count("accuracy/test"), std::size_t{is_epoch});
      QCOMPARE(events[i].scalars.count("rewiring/itop"), std::size_t{!is_epoch});
      if (!is_epoch)
        QCOMPARE(events[i].scalars.at("rewiring/itop"),
                 static_cast<float>(0.01 * static_cast<double>(steps[i]) / 40.0));
    }
    // From a checkpoint in the second epoch, with one of its updates: what comes after it goes and comes again.
    dnm::EventFile resumed(path, metrics);
    resumed.begin(history(1), updates(3));
    QCOMPARE(decode(path).size(), std::size_t{5});
    QVERIFY(whole.starts_with(text_of(path)));
    resumed.add(history(2), updates(4));
    QCOMPARE(text_of(path).size(), whole.size());
    QCOMPARE(decode(path).back().step, std::int64_t{2});
  }

  void a_resumed_file_continues_where_the_checkpoint_stands() {
    const auto path = fresh("b");
    dnm::EventFile(path, metrics).begin(history(5));
    const std::string five = text_of(path);
    // The checkpoint is older than the file: what came after it goes, the rest stays byte for byte.
    dnm::EventFile(path, metrics).begin(history(3));
    QVERIFY(five.starts_with(text_of(path)) && decode(path).size() == 4);
    // The file is older, and its last record was cut off by a kill.
    samples::write_file(path, five.substr(0, five.size() - 7));
    dnm::EventFile file(path, metrics);
    file.begin(history(6));
    file.add(history(7));
    QCOMPARE(decode(path).size(), std::size_t{8});
    QCOMPARE(decode(path).back().step, std::int64_t{7});
    // What is no event file at all is written anew.
    samples::write_file(path, "nothing of the kind");
    dnm::EventFile(path, metrics).begin(history(2));
    QCOMPARE(decode(path).size(), std::size_t{3});
  }

  /// TensorBoard keeps the file open and tries again from where the last whole record ended.
  void a_reader_that_has_the_file_open_sees_a_resumed_run_continue() {
    const auto path = fresh("c");
    dnm::EventFile(path, metrics).begin(history(3));
    samples::write_file(path, text_of(path) + "half a rec");
    std::ifstream reader(path, std::ios::binary);
    const std::size_t whole = text_of(path).size() - 10;
    reader.seekg(static_cast<std::streamoff>(whole));
    dnm::EventFile file(path, metrics);
    file.begin(history(3));
    file.add(history(4));
    const std::string rest{std::istreambuf_iterator<char>(reader), std::istreambuf_iterator<char>()};
    QVERIFY(!rest.empty() && text_of(path).substr(whole) == rest);
    QCOMPARE(decode(path).back().step, std::int64_t{4});
  }

 private:
  std::filesystem::path fresh(const char* name) { return folder_.filePath(name).toStdString(); }
  QTemporaryDir folder_;
};

DNM_TEST(TestEventFile)
#include "test_event_file.moc"
