// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <map>
#include <thread>

#include "core/models/initialiser.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/core/files/python.h"
#include "tests/support/test_class.h"
#include "training/data/data_set.h"
#include "training/runs/background_run.h"
#include "training/runs/checkpoint.h"

namespace fs = std::filesystem;

using dnm::Augmentation;
using dnm::DataSet;
using dnm::Random;
using samples::text_of;

namespace {

const dnm::DataSetInfo& cifar() { return dnm::data_set_info("cifar-10"); }

DataSet load(const fs::path& folder) {
  return dnm::load_data_set(cifar(), dnm::find_data_set(cifar(), folder.string()));
}

/// "" when it worked.
QString load_message(const fs::path& folder) {
  try {
    static_cast<void>(load(folder));
  } catch (const dnm::FileError& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

/// The image with a black border of four pixels, the window cut out of it, and left and right exchanged: step by step.
std::vector<std::uint8_t> cropped(const std::uint8_t* image, const Augmentation& change) {
  std::vector<std::uint8_t> result;
  for (int channel = 0; channel < 3; ++channel) {
    std::vector<std::vector<std::uint8_t>> padded(40, std::vector<std::uint8_t>(40, 0));
    for (std::size_t y = 0; y < 32; ++y) {
      for (std::size_t x = 0; x < 32; ++x) padded[y + 4][x + 4] = *image++;
    }
    for (int y = 0; y < 32; ++y) {
      std::vector<std::uint8_t> row;
      for (int x = 0; x < 32; ++x) {
        row.push_back(
            padded[static_cast<std::size_t>(y + 4 + change.down)][static_cast<std::size_t>(x + 4 + change.right)]);
      }
      if (change.mirrored) std::reverse(row.begin(), row.end());
      result.insert(result.end(), row.begin(), row.end());
    }
  }
  return result;
}

/// What Python 2 pickled of a batch that its binary version has: opcodes of protocol 2
/// (https://docs.python.org/3/library/pickletools.html) in the order of the published files.
std::string python_2_batch(const std::string& binary) {
  const std::size_t images = binary.size() / 3073;
  std::string pixels, labels;
  for (std::size_t image = 0; image < images; ++image) {
    labels += 'K';
    labels += binary[image * 3073];
    pixels += binary.substr(image * 3073 + 1, 3072);
  }
  const auto text = [](const std::string& words) {
    return "U" + std::string(1, static_cast<char>(words.size())) + words;
  };
  std::string length;
  for (const unsigned shift : {0U, 8U, 16U, 24U}) length += static_cast<char>((pixels.size() >> shift) & 255U);
  using namespace std::string_literals;
  const std::string array = "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85"s + text("b") +
                            "\x87R(K\1K"s + static_cast<char>(images) + "M\0\x0c\x86"s + "cnumpy\ndtype\n" +
                            text("u1") + "K\0K\1\x87R(K\3"s + text("|") +
                            "NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89T"s + length + pixels + "tb"s;
  return "\x80\2}("s + text("batch_label") + text("a batch") + text("data") + array + text("labels") + "]q\1("s +
         labels + "e" + "u.";
}

}  // namespace

/// CIFAR-10's binary and Python batches, and the cropping and mirroring of its training images.
class TestCifar : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    path_ = folder_->path().toStdString();
    samples::write_cifar(path_, 8, 6);
  }

  void reads_the_batches_in_order() {
    const DataSet data = load(path_);
    QCOMPARE(data.train.size(), std::size_t{40});
    QCOMPARE(data.test.size(), std::size_t{6});
    QCOMPARE(data.train.inputs, dnm::NodeIndex{3072});
    std::string bytes;
    for (int batch = 1; batch <= 5; ++batch) bytes += text_of(path_ / ("data_batch_" + std::to_string(batch) + ".bin"));
    QCOMPARE(bytes.size(), std::size_t{40 * 3073});
    for (std::size_t image = 0; image < 40; ++image) {
      QCOMPARE(int{data.train.labels[image]}, int{bytes[image * 3073]});
      QVERIFY(std::equal(data.train.pixels.begin() + static_cast<std::ptrdiff_t>(image * 3072),
                         data.train.pixels.begin() + static_cast<std::ptrdiff_t>((image + 1) * 3072),
                         bytes.begin() + static_cast<std::ptrdiff_t>(image * 3073 + 1),
                         [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
    }
    // As its archive unpacks.
    fs::create_directory(path_ / "cifar-10-batches-bin");
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.path().extension() == ".bin")
        fs::rename(entry, path_ / "cifar-10-batches-bin" / entry.path().filename());
    }
    QVERIFY(load(path_).train.pixels == data.train.pixels);
  }

  void python_batches_data() {
    QTest::addColumn<QString>("writer");
    QTest::newRow("Python 2, as published") << "";
    for (const char* protocol : {"2", "3", "4", "5"}) QTest::addRow("Python 3, protocol %s", protocol) << protocol;
  }
  void python_batches() {
    QFETCH(QString, writer);
    const DataSet expected = load(path_);
    const fs::path root = path_ / "root", folder = root / "cifar-10-batches-py";
    fs::create_directories(folder);
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.path().extension() != ".bin") continue;
      const fs::path pickled = folder / entry.path().stem();
      if (writer.isEmpty()) {
        samples::write_file(pickled, python_2_batch(text_of(entry.path())));
        continue;
      }
      const QString python = dnm::test::python_with("numpy, pickle");
      if (python.isEmpty()) QSKIP("Python with NumPy is not installed");
      const char* const script =
          "import pickle, sys, numpy\n"
          "rows = numpy.fromfile(sys.argv[1], numpy.uint8).reshape(-1, 3073)\n"
          "batch = {b'data': rows[:, 1:].copy(), b'labels': rows[:, 0].tolist(), b'batch_label': b'a batch'}\n"
          "if int(sys.argv[3]) > 3: batch = {key.decode(): value for key, value in batch.items()}\n"
          "pickle.dump(batch, open(sys.argv[2], 'wb'), int(sys.argv[3]))\n";
      const dnm::test::Ended ended =
          dnm::test::run(python, {"-c", script, QString::fromStdString(entry.path().string()),
                                  QString::fromStdString(pickled.string()), writer});
      QVERIFY2(ended.well, ended.errors.constData());
    }
    for (const fs::path& place : {root, folder}) {
      const DataSet found = load(place);
      QVERIFY(found.train.pixels == expected.train.pixels && found.train.labels == expected.train.labels);
      QVERIFY(found.test.pixels == expected.test.pixels && found.test.labels == expected.test.labels);
      QCOMPARE(found.checksum(), expected.checksum());
    }
  }

  void damaged_python_batches_are_refused() {
    for (int batch = 1; batch <= 6; ++batch) {
      const std::string name = batch == 6 ? "test_batch" : "data_batch_" + std::to_string(batch);
      samples::write_file(path_ / name, python_2_batch(text_of(path_ / (name + ".bin"))));
      fs::remove(path_ / (name + ".bin"));
    }
    QVERIFY2(load_message(path_).isEmpty(), qPrintable(load_message(path_)));
    const fs::path path = path_ / "data_batch_3";
    const std::string good = text_of(path);
    const auto refused = [&](std::string bytes, const char* why) {
      samples::write_file(path, bytes);
      const QString message = load_message(path_);
      return message.contains("data_batch_3") && message.contains(why);
    };
    for (const double kept : {0.0, 0.1, 0.5, 0.99})
      QVERIFY(refused(good.substr(0, static_cast<std::size_t>(kept * static_cast<double>(good.size()))), ""));
    // Code in the place of an array: named, not run.
    QVERIFY2(refused("cos\nsystem\n(S'true'\ntR.", "os.system"), qPrintable(load_message(path_)));
    std::string other = good;
    other.replace(other.find("labels"), 6, "lapels");
    QVERIFY(refused(other, "labels"));
    other = good;
    other.replace(other.find("u1"), 2, "f4");
    QVERIFY(refused(other, "NumPy array of bytes"));
    // A label that there is not.
    other = good;
    other[other.rfind("]q\1(") + 5] = '\x0b';
    QVERIFY2(refused(other, "label 11"), qPrintable(load_message(path_)));
    QVERIFY(refused("nothing", ""));
  }

  void normalises_every_channel_by_itself() {
    const DataSet data = load(path_);
    const std::vector<std::uint32_t> which{5, 39, 0};
    dnm::ImageBatch batch(3072, 3);
    data.gather(data.train, which, batch);
    const double mean[] = {.4914, .4822, .4465};
    const double deviation[] = {.2470, .2435, .2616};
    for (std::size_t i = 0; i < which.size(); ++i) {
      for (std::size_t pixel = 0; pixel < 3072; ++pixel) {
        const double value = data.train.pixels[which[i] * std::size_t{3072} + pixel] / 255.0;
        const double expected = (value - mean[pixel / 1024]) / deviation[pixel / 1024];
        QVERIFY(std::abs(double{batch.tile(0)[pixel * batch.width_of_tile(0) + i]} - expected) < 1e-5);
      }
    }
  }

  void crops_and_mirrors_like_the_slow_way() {
    const DataSet data = load(path_);
    std::vector<std::uint32_t> which;
    std::vector<Augmentation> changes;
    for (const int down : {-4, -1, 0, 3, 4}) {
      for (const int right : {-4, 0, 2, 4}) {
        for (const bool mirrored : {false, true}) {
          which.push_back(static_cast<std::uint32_t>(changes.size()) % 40);
          changes.push_back({down, right, mirrored});
        }
      }
    }
    dnm::ImageBatch batch(3072, which.size());
    data.gather(data.train, which, batch, changes);
    QCOMPARE(batch.tile_count(), std::size_t{2});
    for (std::size_t i = 0; i < which.size(); ++i) {
      const auto expected = cropped(data.train.pixels.data() + which[i] * std::size_t{3072}, changes[i]);
      const std::size_t tile = i / 32;
      QCOMPARE(batch.labels()[i], std::uint32_t{data.train.labels[which[i]]});
      for (std::size_t pixel = 0; pixel < 3072; ++pixel) {
        QCOMPARE(batch.tile(tile)[pixel * batch.width_of_tile(tile) + i % 32],
                 data.normalised[pixel / 1024][expected[pixel]]);
      }
    }
  }

  /// 9 x 9 windows, and a mirror for every other image: each as often as chance allows (five standard deviations).
  void draws_every_change_equally_often() {
    constexpr std::size_t images = 162 * 400;
    const auto drawn = dnm::draw_augmentations(cifar(), images, Random(3));
    QCOMPARE(drawn.size(), images);
    std::map<std::tuple<int, int, bool>, int> counts;
    for (const Augmentation& change : drawn) ++counts[{change.down, change.right, change.mirrored}];
    QCOMPARE(counts.size(), std::size_t{162});
    for (const auto& [change, count] : counts) {
      QVERIFY(std::abs(std::get<0>(change)) <= 4 && std::abs(std::get<1>(change)) <= 4);
      QVERIFY2(std::abs(count - 400) < 100, qPrintable(QString::number(count)));
    }
    QVERIFY(drawn == dnm::draw_augmentations(cifar(), images, Random(3)));
    QVERIFY(drawn != dnm::draw_augmentations(cifar(), images, Random(4)));
  }

  /// Stopped in the middle of an epoch and resumed, a run ends at the same bits; another seed does not.
  void resumes_to_the_same_bits() {
    samples::write_cifar(path_, 400, 100);
    const auto undisturbed = run("undisturbed", 0, false);
    QVERIFY(!(run("other", 1, false).state == undisturbed.state));
    dnm::Checkpoint stopped;
    for (int attempt = 0; attempt < 20; ++attempt) {
      const std::string name = "stopped" + std::to_string(attempt);
      stopped = run(name, 0, true);
      if (stopped.position.steps_done == 0) continue;  // it was too late or too early
      const auto resumed = run(name, 0, false, true);
      QVERIFY(resumed.state == undisturbed.state);
      return;
    }
    QFAIL("no run was stopped within an epoch");
  }

  void truncated_files_are_refused_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("kept");
    for (const char* file : {"data_batch_1.bin", "data_batch_4.bin", "test_batch.bin"}) {
      for (const int kept : {0, 1, 3072, 3074, 10000, 6 * 3073 - 1}) {
        QTest::addRow("%s %d", file, kept) << file << kept;
      }
    }
    // Between two images.
    QTest::addRow("whole images") << "data_batch_3.bin" << 5 * 3073;
  }
  void truncated_files_are_refused() {
    QFETCH(QString, file);
    QFETCH(int, kept);
    const fs::path path = path_ / file.toStdString();
    samples::write_file(path, text_of(path).substr(0, static_cast<std::size_t>(kept)));
    QVERIFY2(load_message(path_).contains(file), qPrintable(load_message(path_)));
    QVERIFY(load_message(path_).contains("cut short"));
  }

  void other_damage_is_refused() {
    const fs::path path = path_ / "data_batch_2.bin";
    const std::string good = text_of(path);
    std::string bad_label = good;
    bad_label[3 * 3073] = '\x0a';
    samples::write_file(path, bad_label);
    QVERIFY2(load_message(path_).contains("label 10 of image 3"), qPrintable(load_message(path_)));
    samples::write_file(path, "some text");
    QVERIFY(load_message(path_).contains("data_batch_2.bin"));
    fs::remove(path);
    QVERIFY(load_message(path_).contains("data_batch_2.bin"));
    fs::create_directory(path);
    QVERIFY(load_message(path_).contains("data_batch_2.bin"));
    QVERIFY(load_message(path_ / "nowhere").contains("nowhere"));
    // A set in the other format.
    const QTemporaryDir other;
    samples::write_data_set(other.path().toStdString(), 3, 3);
    QVERIFY(load_message(other.path().toStdString()).contains("data_batch_1.bin"));
  }

  /// Beside the published training batches, a test batch of any other length is cut short.
  void a_published_test_batch_is_whole() {
    for (int batch = 1; batch <= 5; ++batch) {
      const fs::path path = path_ / ("data_batch_" + std::to_string(batch) + ".bin");
      samples::write_file(path, "");
      fs::resize_file(path, 10000 * 3073);  // a hole, which takes no room on the disk
    }
    fs::resize_file(path_ / "test_batch.bin", 5000 * 3073);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::find_data_set(cifar(), path_.string())), dnm::FileError);
    fs::resize_file(path_ / "test_batch.bin", 10000 * 3073);
    QCOMPARE(dnm::find_data_set(cifar(), path_.string()).train_images, std::uint64_t{50000});
  }

 private:
  /// Two epochs, or so far as it comes until it is stopped in the second one.
  dnm::Checkpoint run(const std::string& name, std::uint64_t seed, bool stop, bool resume = false) const {
    dnm::ModelParameters parameters;
    dnm::set_from_text(parameters, "layers", "3072,64");
    dnm::TrainingSettings settings;
    settings.data_set = "cifar-10";
    settings.data_folder = path_.string();
    settings.run_folder = (path_ / name).string();
    settings.epochs = 2;
    settings.engine = dnm::Engine::sparse;
    settings.seed = seed;
    settings.resume = resume;
    settings.checkpoint_seconds = 1e-6;
    dnm::BackgroundRun training(dnm::make_plan(dnm::generate(parameters).network, settings));
    for (;;) {
      const dnm::TrainingProgress progress = training.poll();
      if (stop && progress.epoch == 2 && progress.epoch_fraction > 0.3) training.stop();
      if (dnm::is_over(progress.state)) break;
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    return dnm::load_checkpoint(path_ / name / "checkpoint.pt");
  }

  std::unique_ptr<QTemporaryDir> folder_;
  fs::path path_;
};

DNM_TEST(TestCifar)
#include "test_cifar.moc"
