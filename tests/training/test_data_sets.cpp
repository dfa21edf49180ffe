// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <functional>

#include <sys/stat.h>

#include "core/support/error.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/data/data_set.h"
#include "training/data/idx_file.h"

namespace fs = std::filesystem;

using samples::text_of;

namespace {

/// Loading the folder as this data set; "" when it worked.
QString load_message(const fs::path& folder, std::string_view id = "fashion-mnist") {
  try {
    const auto& info = dnm::data_set_info(id);
    static_cast<void>(dnm::load_data_set(info, dnm::find_data_set(info, folder.string())));
  } catch (const dnm::Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestDataSets : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    path_ = folder_->path().toStdString();
    samples::write_data_set(path_, 30, 20);
  }

  void reads_plain_and_compressed_files() {
    const auto& info = dnm::data_set_info("fashion-mnist");
    const dnm::DataSet data = dnm::load_data_set(info, dnm::find_data_set(info, path_.string()));
    QCOMPARE(data.train.size(), std::size_t{30});
    QCOMPARE(data.test.size(), std::size_t{20});
    QCOMPARE(data.train.pixels.size(), std::size_t{30 * 784});
    const std::string labels = text_of(path_ / "train-labels-idx1-ubyte");
    for (std::size_t i = 0; i < 30; ++i) QCOMPARE(int{data.train.labels[i]}, int{labels[8 + i]});
    QCOMPARE(data.normalised.size(), std::size_t{1});
    QCOMPARE(data.normalised[0][0], -0.2860F / 0.3530F);
    QCOMPARE(data.normalised[0][255], (1.0F - 0.2860F) / 0.3530F);
  }

  void gathers_images_into_tiles() {
    const auto& info = dnm::data_set_info("fashion-mnist");
    const dnm::DataSet data = dnm::load_data_set(info, dnm::find_data_set(info, path_.string()));
    std::vector<std::uint32_t> which;
    for (std::uint32_t i = 0; i < 43; ++i) which.push_back((i * 7) % 30);
    dnm::ImageBatch batch(784, 50);
    // A fuller batch first, so that leftovers would show.
    data.gather(data.train, std::vector<std::uint32_t>(50, 3), batch);
    data.gather(data.train, which, batch);
    QCOMPARE(batch.tile_count(), std::size_t{2});
    QCOMPARE(batch.width_of_tile(0), 32U);
    QCOMPARE(batch.width_of_tile(1), 16U);
    QCOMPARE(batch.tile_size(1), std::size_t{11});
    for (std::size_t i = 0; i < which.size(); ++i) {
      QCOMPARE(batch.labels()[i], std::uint32_t{data.train.labels[which[i]]});
      const std::size_t tile = i / 32;
      for (std::size_t pixel = 0; pixel < 784; ++pixel) {
        QCOMPARE(batch.tile(tile)[pixel * batch.width_of_tile(tile) + i % 32],
                 data.normalised[0][data.train.pixels[which[i] * std::size_t{784} + pixel]]);
      }
    }
    for (std::size_t pixel = 0; pixel < 784; ++pixel) {
      for (std::size_t place = 11; place < 16; ++place) QCOMPARE(batch.tile(1)[pixel * 16 + place], 0.0F);
    }
  }

  void emnist_is_put_upright_data() {
    QTest::addColumn<QString>("id");
    for (const auto& info : dnm::data_set_table()) {
      if (info.id.starts_with("emnist")) QTest::newRow(info.id.data()) << QString::fromUtf8(info.id.data());
    }
  }
  void emnist_is_put_upright() {
    QFETCH(QString, id);
    // One white pixel in row 2, column 5; the files hold columns first, and letters alone count from 1.
    std::string image(784, '\0');
    image[5 * 28 + 2] = '\xff';
    const auto& info = dnm::data_set_info(id.toStdString());
    const bool is_letters = id == "emnist-letters";
    const auto highest = static_cast<char>(info.classes - (is_letters ? 0 : 1));
    for (const auto prefix : {info.train_files, info.test_files}) {
      const std::string start = (path_ / prefix).string();
      samples::write_gzip(start + "-images-idx3-ubyte.gz", samples::idx_bytes({1, 28, 28}, image));
      samples::write_gzip(start + "-labels-idx1-ubyte.gz", samples::idx_bytes({1}, std::string(1, highest)));
    }
    const dnm::DataSet data = dnm::load_data_set(info, dnm::find_data_set(info, path_.string()));
    QCOMPARE(unsigned{data.train.labels[0]}, info.classes - 1);
    for (std::size_t pixel = 0; pixel < 784; ++pixel) {
      QCOMPARE(int{data.train.pixels[pixel]}, pixel == 2 * 28 + 5 ? 255 : 0);
    }
    QVERIFY(dnm::draw_augmentations(info, 10, dnm::Random(0)).empty());
    const std::string labels = (path_ / info.train_files).string() + "-labels-idx1-ubyte.gz";
    for (const int label : {is_letters ? 0 : int{highest} + 1, int{highest} + 1, 255}) {
      samples::write_gzip(labels, samples::idx_bytes({1}, std::string(1, static_cast<char>(label))));
      QVERIFY2(load_message(path_, info.id).contains("label " + QString::number(label)),
               qPrintable(load_message(path_, info.id)));
    }
  }

  void the_program_trains_on_every_set_data() {
    QTest::addColumn<QString>("id");
    for (const auto& info : dnm::data_set_table()) QTest::newRow(info.id.data()) << QString::fromUtf8(info.id.data());
  }
  void the_program_trains_on_every_set() {
    QFETCH(QString, id);
    const auto& info = dnm::data_set_info(id.toStdString());
    if (info.format == dnm::DataSetFormat::cifar) {
      samples::write_cifar(path_, 8, 20);
    } else {
      for (const auto& [prefix, count] : {std::pair{info.train_files, 40U}, std::pair{info.test_files, 20U}}) {
        const std::string start = (path_ / prefix).string();
        std::string labels;
        for (unsigned i = 0; i < count; ++i) labels += static_cast<char>(info.first_label + i % info.classes);
        samples::write_file(start + "-images-idx3-ubyte",
                            samples::idx_bytes({count, 28, 28}, std::string(count * 784, '\x55')));
        samples::write_gzip(start + "-labels-idx1-ubyte.gz", samples::idx_bytes({count}, labels));
        fs::remove(start + "-images-idx3-ubyte.gz");
        fs::remove(start + "-labels-idx1-ubyte");
      }
    }
    QProcess process;
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  {"train", "--data", id, "--data-dir", folder_->path(), "--hidden", "24,24", "--sparsity", "0.9",
                   "--epochs", "1", "--seeds", "0", "--json"});
    QVERIFY(process.waitForFinished(60000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject epoch = QJsonDocument::fromJson(lines.front()).object();
    QCOMPARE(epoch["epoch"].toInt(), 1);
    const double tested = epoch["test_accuracy"].toDouble() * 20.0;
    QVERIFY(std::abs(tested - std::round(tested)) < 1e-9);
    // What is missing is said in one line, with exit status 1.
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.path().filename().string().starts_with(info.test_files)) fs::remove(entry);
    }
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  {"train", "--data", id, "--data-dir", folder_->path(), "--epochs", "1", "--seeds", "0"});
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 1);
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(errors.count('\n') == 1 && errors.contains(info.test_files.data()), errors.constData());
  }

  void a_missing_file_or_folder_is_named() {
    fs::remove(path_ / "t10k-labels-idx1-ubyte");
    QVERIFY(load_message(path_).contains("t10k-labels-idx1-ubyte"));
    QVERIFY(load_message(path_ / "nowhere").contains("nowhere"));
    fs::create_directory(path_ / "t10k-labels-idx1-ubyte");
    QVERIFY(!load_message(path_).isEmpty());
  }

  void files_are_found_where_programs_leave_them_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("from");  // what is another way in the names
    QTest::addColumn<QString>("to");
    const auto row = [](const char* what, const char* id, const char* folder, const char* from, const char* to) {
      QTest::newRow(what) << id << folder << from << to;
    };
    row("dotted", "mnist", "", "-idx", ".idx");
    row("underscores", "mnist", "", "-", "_");
    row("capitals", "kmnist", "", "t", "T");
    row("packed in capitals", "mnist", "", ".gz", ".GZ");
    row("torchvision", "fashion-mnist", "FashionMNIST/raw", "", "");
    row("its folder of the set", "mnist", "raw", "", "");
    row("torchvision, in small letters", "kmnist", "kmnist/raw", "", "");
    row("torchvision, split of EMNIST", "emnist-balanced", "EMNIST/raw", "", "");
    row("NIST's archive", "emnist-letters", "gzip", "", "");
    row("dots in torchvision", "mnist", "MNIST/raw", "-idx", ".idx");
  }
  void files_are_found_where_programs_leave_them() {
    QFETCH(QString, id);
    QFETCH(QString, folder);
    QFETCH(QString, from);
    QFETCH(QString, to);
    const auto& info = dnm::data_set_info(id.toStdString());
    const fs::path root = path_ / "root", place = root / folder.toStdString();
    samples::write_idx_set(place, info, 20, 10, samples::Packing::mixed);
    const dnm::DataSet expected = dnm::load_data_set(info, dnm::find_data_set(info, place.string()));
    for (const auto& entry :
         std::vector<fs::directory_entry>(fs::directory_iterator(place), fs::directory_iterator())) {
      QString name = QString::fromStdString(entry.path().filename().string());
      if (!from.isEmpty()) fs::rename(entry, place / name.replace(from, to).toStdString());
    }
    // Files of other sets and half a set are not taken for it.
    samples::write_file(root / "mnist_train.csv", "label,1x1\n5,0\n");
    samples::write_file(root / "train-images-idx3-ubyte.md5", "none");
    const dnm::DataSet found = dnm::load_data_set(info, dnm::find_data_set(info, root.string()));
    QVERIFY(found.train.pixels == expected.train.pixels && found.test.labels == expected.test.labels);
    QCOMPARE(found.checksum(), expected.checksum());
  }

  void each_file_may_lie_in_a_folder_of_its_name() {
    // As an archive of Kaggle unpacks.
    const auto& info = dnm::data_set_info("mnist");
    samples::write_idx_set(path_ / "flat", info, 20, 10, samples::Packing::plain);
    for (const auto& entry : fs::directory_iterator(path_ / "flat")) {
      const fs::path name = entry.path().filename(), folder = path_ / "nested" / name;
      fs::create_directories(folder);
      fs::copy(entry, folder / name);
    }
    const auto expected = dnm::load_data_set(info, dnm::find_data_set(info, (path_ / "flat").string()));
    const auto found = dnm::load_data_set(info, dnm::find_data_set(info, (path_ / "nested").string()));
    QCOMPARE(found.checksum(), expected.checksum());
  }

  void a_message_says_what_is_there_and_how_it_should_be_called() {
    const fs::path other = path_ / "other";
    fs::create_directory(other);
    QVERIFY2(load_message(other, "mnist").contains("is empty"), qPrintable(load_message(other, "mnist")));
    for (int i = 0; i < 10; ++i) samples::write_file(other / ("notes" + std::to_string(i) + ".txt"), "x");
    samples::write_file(other / "mnist_train_images.npy", "x");
    const QString message = load_message(other, "mnist");
    for (const char* part :
         {"train-images-idx3-ubyte", "mnist_train_images.npy", "others", "MNIST/raw", "(Data folder, --data-dir)"}) {
      QVERIFY2(message.contains(part), qPrintable(message));
    }
    // One file of four is missing: that one is named, where the others are.
    samples::write_idx_set(other / "MNIST" / "raw", dnm::data_set_info("mnist"), 5, 5, samples::Packing::plain);
    fs::remove(other / "MNIST" / "raw" / "t10k-labels-idx1-ubyte");
    const QString one = load_message(other, "mnist");
    QVERIFY2(one.contains("no t10k-labels-idx1-ubyte") && one.contains("MNIST/raw; there are"), qPrintable(one));
  }

  void truncated_files_are_refused_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("kept");
    for (const char* file : {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte.gz",
                             "t10k-labels-idx1-ubyte"}) {
      for (const double kept : {0.0, 0.05, 0.3, 0.5, 0.9, 0.999}) {
        QTest::addRow("%s %g", file, kept) << file << kept;
      }
    }
  }
  void truncated_files_are_refused() {
    QFETCH(QString, file);
    QFETCH(double, kept);
    const fs::path path = path_ / file.toStdString();
    const std::string bytes = text_of(path);
    samples::write_file(path, bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * kept)));
    QVERIFY2(load_message(path_).contains(file), qPrintable(load_message(path_)));
  }

  /// All the images are there, but not the whole of what ends the compressed data.
  void a_missing_end_of_compressed_data_is_noticed() {
    const fs::path path = path_ / "train-images-idx3-ubyte.gz";
    const std::string bytes = text_of(path);
    for (std::size_t missing = 1; missing <= 8; ++missing) {
      samples::write_file(path, bytes.substr(0, bytes.size() - missing));
      QVERIFY2(load_message(path_).contains("end too early"), qPrintable(QString::number(missing)));
    }
  }

  void a_flipped_bit_in_compressed_data_is_noticed() {
    const fs::path path = path_ / "train-images-idx3-ubyte.gz";
    const std::string bytes = text_of(path);
    for (const double place : {0.3, 0.6, 0.9}) {
      std::string damaged = bytes;
      damaged[static_cast<std::size_t>(static_cast<double>(bytes.size()) * place)] ^= 0x10;
      samples::write_file(path, damaged);
      QVERIFY(load_message(path_).contains("train-images"));
    }
    // The checksum at the end, which only a reader that goes there sees.
    std::string damaged = bytes;
    damaged[bytes.size() - 7] ^= 0x01;
    samples::write_file(path, damaged);
    QVERIFY(load_message(path_).contains("damaged"));
  }

  void wrong_headers_are_refused() {
    const fs::path labels = path_ / "train-labels-idx1-ubyte";
    const fs::path images = path_ / "train-images-idx3-ubyte.gz";
    const std::string good_labels = text_of(labels);
    const std::string good_images = text_of(images);

    samples::write_file(labels, samples::idx_bytes({30, 1, 1}, std::string(30, '\1')));
    QVERIFY(load_message(path_).contains("starts with"));
    samples::write_file(labels, "hello, this is some text and no data set");
    QVERIFY(load_message(path_).contains("starts with"));
    samples::write_file(labels, samples::idx_bytes({29}, std::string(29, '\1')));
    QVERIFY(load_message(path_).contains("30 images"));
    samples::write_file(labels, samples::idx_bytes({30}, std::string(31, '\1')));
    QVERIFY(load_message(path_).contains("more values"));
    samples::write_file(labels, samples::idx_bytes({30}, std::string(29, '\1') + '\x0a'));
    QVERIFY(load_message(path_).contains("label 10"));
    samples::write_file(labels, good_labels);

    samples::write_gzip(images, samples::idx_bytes({30, 27, 28}, std::string(30 * 27 * 28, '\1')));
    QVERIFY(load_message(path_).contains("27 x 28"));
    samples::write_gzip(images, samples::idx_bytes({4000000000U, 28, 28}, std::string(1000, '\1')));
    samples::write_file(labels, samples::idx_bytes({4000000000U}, std::string(1000, '\1')));
    QVERIFY(load_message(path_).contains("the 4000000020 images that the files of Fashion-MNIST promise"));
    samples::write_gzip(images, samples::idx_bytes({0, 28, 28}, ""));
    samples::write_file(labels, samples::idx_bytes({0}, ""));
    QVERIFY(load_message(path_).contains("no images"));
    samples::write_file(images, good_images);
    fs::remove(labels);
    fs::create_directory(labels);
    QVERIFY(load_message(path_).contains("it is not a file"));
    fs::remove(labels);
    samples::write_file(labels, good_labels);
    QVERIFY(load_message(path_).isEmpty());
  }

  void links_to_files_are_followed_and_the_packed_file_comes_first() {
    // As a folder with links into a store of data, which one of the links misses.
    const QTemporaryDir store;
    const fs::path kept = store.path().toStdString();
    for (const auto& entry : fs::directory_iterator(path_)) {
      fs::rename(entry, kept / entry.path().filename());
      fs::create_symlink(kept / entry.path().filename(), entry.path());
    }
    QVERIFY2(load_message(path_).isEmpty(), qPrintable(load_message(path_)));
    fs::remove(kept / "t10k-labels-idx1-ubyte");
    QVERIFY(load_message(path_).contains("t10k-labels-idx1-ubyte"));
    samples::write_file(kept / "t10k-labels-idx1-ubyte", samples::idx_bytes({20}, std::string(20, '\3')));
    QVERIFY(load_message(path_).isEmpty());
    // Both forms of a file: the packed one, which has a checksum, counts.
    samples::write_gzip(path_ / "t10k-labels-idx1-ubyte.gz", samples::idx_bytes({20}, std::string(20, '\4')));
    const auto& info = dnm::data_set_info("fashion-mnist");
    const auto data = dnm::load_data_set(info, dnm::find_data_set(info, path_.string()));
    QVERIFY(std::all_of(data.test.labels.begin(), data.test.labels.end(), [](auto label) { return label == 4; }));
  }

  void what_is_no_file_or_not_readable_is_refused() {
    const fs::path labels = path_ / "t10k-labels-idx1-ubyte";
    fs::remove(labels);
    QCOMPARE(::mkfifo(labels.c_str(), 0600), 0);  // nobody writes into it: opening it would wait forever
    QVERIFY2(load_message(path_).contains("it is not a file"), qPrintable(load_message(path_)));
    fs::remove(labels);
    samples::write_file(labels, samples::idx_bytes({20}, std::string(20, '\1')));
    fs::permissions(labels, fs::perms::none);
    if (std::ifstream(labels).is_open()) QSKIP("this user may read every file");
    QVERIFY2(load_message(path_).contains("check its permissions"), qPrintable(load_message(path_)));
  }

  void the_checksum_sees_every_image_and_label() {
    const auto& info = dnm::data_set_info("fashion-mnist");
    auto data = dnm::load_data_set(info, dnm::find_data_set(info, path_.string()));
    const std::uint32_t checksum = data.checksum();
    QCOMPARE(data.checksum(), checksum);
    for (auto* bytes : {&data.train.pixels, &data.train.labels, &data.test.pixels, &data.test.labels}) {
      for (const std::size_t place : {std::size_t{0}, bytes->size() - 1}) {
        (*bytes)[place] ^= 1U;
        QVERIFY(data.checksum() != checksum);
        (*bytes)[place] ^= 1U;
      }
    }
    QCOMPARE(data.checksum(), checksum);
  }

  void reading_can_be_stopped() {
    std::stop_source source;
    source.request_stop();
    const auto& info = dnm::data_set_info("fashion-mnist");
    const auto files = dnm::find_data_set(info, path_.string());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::load_data_set(info, files, {source.get_token(), {}})),
                             dnm::Cancelled);
  }

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  fs::path path_;
};

DNM_TEST(TestDataSets, QCoreApplication)
#include "test_data_sets.moc"
