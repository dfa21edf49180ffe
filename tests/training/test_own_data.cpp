// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/network/random.h"
#include "core/support/error.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/data/own_set.h"
#include "training/runs/run_summary.h"
#include "training/runs/training_parameters.h"

namespace fs = std::filesystem;

using dnm::OwnSet;
using dnm::OwnSetChoice;
using samples::message_of;

namespace {

/// Three clouds of points that are easily told apart: a row for each, the class's name last.
std::string clouds(std::size_t rows, const std::string& header = "a,b,c,label\n", const std::string& separator = ",") {
  dnm::Random random(5);
  constexpr const char* names[] = {"rose", "iris", "lily"};
  std::string text = header;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t label = row % 3;
    for (std::size_t input = 0; input < 3; ++input) {
      const double value = random.normal(input == label ? 8.0 : 0.0, 0.5);
      text += std::to_string(value) + separator;
    }
    text += std::string(names[label]) + "\n";
  }
  return text;
}

}  // namespace

/// Data sets of the user's own.
class TestOwnData : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> folder_;

  fs::path path(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
  /// Writes and loads a table.
  OwnSet load(const std::string& text, OwnSetChoice choice = {}, const std::string& name = "set.csv") const {
    choice.file = path(name).string();
    samples::write_file(choice.file, text);
    return dnm::load_own_set(choice, 0, {});
  }
  QString refusal(const std::string& text, const OwnSetChoice& choice = {}, const std::string& name = "set.csv") const {
    return message_of([&] { static_cast<void>(load(text, choice, name)); });
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void tables_as_people_write_them_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("classes");       // in order
    QTest::addColumn<QList<double>>("second");  // inputs of the second example
    QTest::addColumn<int>("label");             // of it
    const auto row = [](const char* what, const char* text, const char* classes, QList<double> second, int label) {
      QTest::newRow(what) << text << classes << second << label;
    };
    row("header, label last", "a,b,label\n1,2,x\n3.5,4,y\n5,6,x\n", "x y", {3.5, 4}, 1);
    row("header, label first", "label,a,b\n7,1,2\n3,3,4\n7,5,6\n", "3 7", {3, 4}, 0);
    row("class in the middle", "a,Class,b\n1,x,2\n3,y,4\n", "x y", {3, 4}, 1);
    row("no header, words last", "1,2,x\n3,4,y\n5,6,x\n", "x y", {3, 4}, 1);
    row("no header, words first", "x,1,2\ny,3,4\n", "x y", {3, 4}, 1);
    row("no header, whole numbers last", "0.5,2.5,1\n0.25,4.5,0\n", "0 1", {0.25, 4.5}, 0);
    row("semicolons and decimal commas", "a;b;y\n0,5;1;0\n0,25;2;1\n", "0 1", {0.25, 2}, 1);
    row("tabs", "a\tb\ttarget\n1\t2\t0\n3\t4\t1\n", "0 1", {3, 4}, 1);
    row("quotes", "\"a\",\"b, c\",\"label\"\n1,2,\"x, y\"\n3,4,\"the \"\"z\"\"\"\n", "the \"z\" x, y", {3, 4}, 0);
    row("line ends of Windows, no last one", "a,b,label\r\n1,2,x\r\n3,4,y", "x y", {3, 4}, 1);
    row("line ends of the first Macintoshes", "a,b,label\r1,2,x\r3,4,y\r", "x y", {3, 4}, 1);
    row("byte order mark, comment, empty lines", "\xEF\xBB\xBF# a set\na,b,label\n\n1,2,x\n3,4,y\n\n", "x y", {3, 4},
        1);
    row("classes as reals", "a,label\n1.5,2.0\n2.5,10.0\n3.5,1.0\n", "1 2 10", {2.5}, 2);
    row("signs and exponents", "a,b,label\n+1,-2e-3,x\n-3,4E2,y\n", "x y", {-3, 400}, 1);
  }
  void tables_as_people_write_them() {
    QFETCH(QString, text);
    QFETCH(QString, classes);
    QFETCH(QList<double>, second);
    QFETCH(int, label);
    const OwnSet set = load(text.toStdString(), {.test_share = 0.5});
    QStringList found;
    for (const std::string& name : set.info.classes) found += QString::fromStdString(name);
    QCOMPARE(found.join(' '), classes);
    QCOMPARE(set.info.inputs, static_cast<dnm::NodeIndex>(second.size()));
    for (int input = 0; input < second.size(); ++input)
      QCOMPARE(set.examples.value(1, static_cast<dnm::NodeIndex>(input)), double{static_cast<float>(second[input])});
    QCOMPARE(set.examples.labels()[1], static_cast<std::uint32_t>(label));
  }

  /// As spreadsheets write "Unicode text".
  void tables_in_utf_16_are_read() {
    for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
      QStringEncoder encode(encoding, QStringConverter::Flag::WriteBom);
      const QByteArray text = encode(QStringLiteral("größe\tb\tlabel\r\n1\t2\tκ\r\n3,5\t4\tλ\r\n"));
      const OwnSet set = load(text.toStdString(), {.test_share = 0.5}, "set.tsv");
      QCOMPARE(set.info.classes, (std::vector<std::string>{"κ", "λ"}));
      QCOMPARE(set.examples.value(1, 0), 3.5);
    }
  }

  void what_is_no_data_set_is_said_in_a_sentence_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* what, const char* text, const char* words) {
      QTest::newRow(what) << text << words;
    };
    row("empty", "", "it is empty");
    row("header alone", "a,b,label\n", "header alone");
    row("one column", "1\n2\n", "one column");
    row("NaN", "a,b,label\n1,2,x\n1,nan,y\n", "line 3 has \"nan\" in b");
    row("infinity", "a,b,label\n1,2,x\n1,inf,y\n", "line 3 has \"inf\" in b");
    row("too large for a float", "a,b,label\n1,2,x\n1,1e300,y\n", "line 3 has \"1e300\" in b");
    row("empty cell", "a,b,label\n1,2,x\n1,,y\n", "line 3 has no value in b");
    row("word among numbers", "a,b,label\n1,2,x\n1,?,y\n", "line 3 has \"?\" in b");
    row("no class", "a,b,label\n1,2,x\n1,3,\n", "line 3 has no class");
    row("short row", "a,b,label\n1,2,x\n1,y\n", "line 3 has 2 cells instead of 3");
    row("long row", "a,b,label\n1,2,x\n1,2,y,z\n", "line 3 has 4 cells instead of 3");
    row("one class", "a,b,label\n1,2,x\n1,3,x\n", "the class x alone");
    row("numbers to predict", "a,b,y\n1,2,0.5\n1,3,0.75\n", "no class");
    row("which column", "1,2,3\n4,5,6\n", "--class-column");
    row("two columns of words", "a,b\nx,y\nz,w\n", "has words in");
    row("quote", "a,b,label\n\"1,2,x\n", "quote");
  }
  void what_is_no_data_set_is_said_in_a_sentence() {
    QFETCH(QString, text);
    QFETCH(QString, words);
    const QString message = refusal(text.toStdString());
    QVERIFY2(message.contains("set.csv") && message.contains(words), qPrintable(message));
  }

  void the_column_of_classes_can_be_named() {
    const std::string text = "a,b,c\n1,2,3\n4,5,3\n1,8,9\n";
    QVERIFY(load(text, {.classes = "first"}).info.classes == (std::vector<std::string>{"1", "4"}));
    QVERIFY(load(text, {.classes = "last"}).info.classes == (std::vector<std::string>{"3", "9"}));
    QVERIFY(load(text, {.classes = "b"}).info.classes == (std::vector<std::string>{"2", "5", "8"}));
    QVERIFY(refusal(text, {.classes = "d"}).contains("its columns are a, b, c"));
  }

  void files_that_are_none_are_named() {
    QVERIFY(message_of([&] { static_cast<void>(dnm::own_set_info({})); }).contains("--data-file"));
    QVERIFY(message_of([&] {
              static_cast<void>(dnm::own_set_info({.file = path("none.csv").string()}));
            }).contains("No such file"));
    QVERIFY(message_of([&] {
              static_cast<void>(dnm::own_set_info({.file = path("set.xlsx").string()}));
            }).contains("give a .csv or .tsv table"));
    fs::create_directory(path("folder.csv"));
    QVERIFY(message_of([&] {
              static_cast<void>(dnm::own_set_info({.file = path("folder.csv").string()}));
            }).contains("it is not a file"));
  }

  void packed_tables_and_damage() {
    const std::string text = clouds(300);
    const OwnSet plain = load(text);
    samples::write_gzip(path("set.csv.gz"), text);
    const OwnSet packed = dnm::load_own_set({.file = path("set.csv.gz").string()}, 0, {});
    QCOMPARE(packed.checksum({}), plain.checksum({}));
    const std::string bytes = samples::text_of(path("set.csv.gz"));
    samples::write_file(path("set.csv.gz"), bytes.substr(0, bytes.size() / 2));
    QVERIFY(message_of([&] {
              static_cast<void>(dnm::load_own_set({.file = path("set.csv.gz").string()}, 0, {}));
            }).contains("compressed data end too early"));
  }

  void the_test_part_is_drawn_by_the_seed() {
    const std::string text = clouds(100);
    OwnSetChoice choice{.file = path("set.csv").string(), .test_share = 0.3};
    samples::write_file(choice.file, text);
    const OwnSet set = dnm::load_own_set(choice, 7, {});
    QCOMPARE(set.test.size(), std::size_t{30});
    QCOMPARE(set.train.size(), std::size_t{70});
    std::set<std::uint32_t> all(set.train.begin(), set.train.end());
    all.insert(set.test.begin(), set.test.end());
    QCOMPARE(all.size(), std::size_t{100});
    QVERIFY(dnm::load_own_set(choice, 7, {}).test == set.test);
    QVERIFY(dnm::load_own_set(choice, 8, {}).test != set.test);
    QVERIFY2(set.notices.front().find("30 examples of 100") != std::string::npos, set.notices.front().c_str());
    QVERIFY(refusal("a,label\n1,x\n2,y\n", {.test_share = 0.05}).contains("leave none to test with"));
  }

  void inputs_are_normalised_by_the_training_part() {
    std::string text = "a,b,c,label\n";
    dnm::Random random(3);
    for (int row = 0; row < 200; ++row)
      text += std::to_string(random.normal(50.0, 4.0)) + "," + std::to_string(random.normal(-3.0, 0.01)) + ",7," +
              (row % 2 == 0 ? "x" : "y") + "\n";
    const OwnSet set = load(text);
    dnm::ImageBatch batch(3, set.train.size());
    std::vector<std::uint32_t> all(set.train.size());
    std::iota(all.begin(), all.end(), 0U);
    set.gather(false, all, batch);
    for (std::size_t input = 0; input < 3; ++input) {
      double sum = 0.0, squares = 0.0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        const double value = batch.tile(i / 32)[input * batch.width_of_tile(i / 32) + i % 32];
        sum += value;
        squares += value * value;
        QCOMPARE(batch.labels()[i], set.examples.labels()[set.train[i]]);
      }
      const auto count = static_cast<double>(all.size());
      QVERIFY(std::abs(sum / count) < 1e-4);
      QVERIFY(input == 2 ? squares == 0.0 : std::abs(squares / count - 1.0) < 1e-3);
    }
    // By hand for one example.
    const double value = set.examples.value(set.train[0], 0);
    QVERIFY(std::abs(double{batch.tile(0)[0]} - (value - double{set.mean[0]}) * double{set.scale[0]}) < 1e-5);
    QVERIFY(std::ranges::any_of(set.notices, [](const std::string& notice) {
      return notice.find("1 input of 3 is constant") != std::string::npos;
    }));
  }

  void whole_numbers_below_256_take_a_byte_each() {
    const OwnSet bytes = load("a,b,label\n0,255,x\n17,3,y\n", {.test_share = 0.5});
    QVERIFY(bytes.examples.holds_bytes());
    QCOMPARE(bytes.examples.bytes().size(), std::size_t{4});
    for (const char* other : {"0.5", "256", "-1"}) {
      const OwnSet reals = load(std::string("a,b,label\n0,255,x\n17,") + other + ",y\n", {.test_share = 0.5});
      QVERIFY(!reals.examples.holds_bytes());
      QCOMPARE(reals.examples.value(0, 1), 255.0);
      QCOMPARE(reals.examples.value(1, 0), 17.0);
    }
  }

  void a_class_without_training_examples_is_mentioned() {
    std::string text = "a,label\n";
    for (int row = 0; row < 40; ++row) text += std::to_string(row) + (row == 0 ? ",rare\n" : row % 2 ? ",x\n" : ",y\n");
    OwnSetChoice choice{.file = path("set.csv").string(), .test_share = 0.5};
    samples::write_file(choice.file, text);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const OwnSet set = dnm::load_own_set(choice, seed, {});
      const bool is_tested = std::ranges::find(set.test, 0U) != set.test.end();
      const bool is_said = std::ranges::any_of(set.notices, [](const std::string& notice) {
        return notice.find("no training example is of the class rare") != std::string::npos;
      });
      QCOMPARE(is_said, is_tested);
    }
  }

  void a_changed_file_is_read_again() {
    const OwnSetChoice choice{.file = path("set.csv").string()};
    samples::write_file(choice.file, "a,label\n1,x\n2,y\n");
    const auto first = dnm::own_set_info(choice);
    QCOMPARE(dnm::own_set_info(choice), first);  // remembered
    samples::write_file(choice.file, "a,b,label\n1,2,x\n2,3,y\n3,4,z\n");
    QCOMPARE(dnm::own_set_info(choice)->inputs, 2U);
    QCOMPARE(dnm::own_set_info(choice)->classes.size(), std::size_t{3});
  }

  void the_program_trains_on_it() {
    samples::write_file(path("flowers.csv"), clouds(600));
    const auto train = [&](const QStringList& more) {
      QProcess process;
      process.setWorkingDirectory(folder_->path());
      process.start(QString(dnm::test::program_folder()) + "/dnm",
                    QStringList{"train", "--hidden", "20,20", "--sparsity", "0.5", "--epochs", "5", "--lr", "0.05",
                                "--seeds", "0"} +
                        more);
      process.waitForFinished(60000);
      return std::tuple(process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError());
    };
    // Each way of naming it is the same data.
    QByteArray first;
    for (const QStringList& names : {QStringList{"--data", "flowers.csv"}, QStringList{"--data-file", "flowers.csv"},
                                     QStringList{"--data", "file", "--data-file", "flowers.csv"}}) {
      const auto [status, output, errors] = train(names + QStringList{"--json"});
      QVERIFY2(status == 0, errors.constData());
      QVERIFY2(errors.contains("flowers.csv has no test part: 120 examples of 600"), errors.constData());
      const QJsonObject epoch = QJsonDocument::fromJson(output.trimmed().split('\n')[4]).object();
      QVERIFY2(epoch["test_accuracy"].toDouble() > 0.95, output.constData());
      const double tested = epoch["test_accuracy"].toDouble() * 120.0;
      QVERIFY(std::abs(tested - std::round(tested)) < 1e-9);
      const QByteArray accuracies = QByteArray::number(epoch["train_loss"].toDouble(), 'g', 12);
      if (first.isEmpty()) first = accuracies;
      QCOMPARE(accuracies, first);
    }
    const auto [status, output, errors] = train({"--data", "flowers.csv", "--validation", "50"});
    QVERIFY2(status == 0 && output.contains("flowers.csv"), errors.constData());
    QVERIFY(output.contains("3-20-20") && output.contains("validation"));
    // What is missing or wrong is one sentence.
    for (const auto& [names, words] : {std::pair{QStringList{"--data", "none.csv"}, "No such file"},
                                       std::pair{QStringList{"--data", "file"}, "--data-file"},
                                       std::pair{QStringList{"--data", "flowers"}, "flowers"},
                                       std::pair{QStringList{"--data", "flowers.csv", "--model", "csti"}, "images"}}) {
      const auto [bad, nothing, why] = train(names);
      QVERIFY2(bad != 0 && why.count('\n') == 1 && why.contains(words), why.constData());
    }
  }

  void a_run_on_it_resumes_to_the_same_bits() {
    samples::write_file(path("flowers.csv"), clouds(300));
    dnm::TrainingSettings settings;
    const auto& table = dnm::training_parameter_table();
    table.set_text(settings, "data", "file");
    table.set_text(settings, "data-file", path("flowers.csv").string());
    settings.epochs = 4;
    settings.engine = dnm::Engine::sparse;
    settings.device = dnm::Device::cpu;
    const auto net = samples::network("3,20,20");
    settings.learning_rate_schedule = dnm::RateSchedule::constant;
    std::vector<dnm::EpochResult> whole, parts;
    QCOMPARE(samples::wait_for_end(*samples::start(net, settings), whole).state, dnm::RunState::finished);
    settings.run_folder = path("run").string();
    settings.epochs = 2;
    QCOMPARE(samples::wait_for_end(*samples::start(net, settings), parts).state, dnm::RunState::finished);
    settings.resume = settings.longer = true;
    settings.epochs = 4;
    parts.clear();
    QCOMPARE(samples::wait_for_end(*samples::start(net, settings), parts).state, dnm::RunState::finished);
    QVERIFY(samples::same_outcome(parts, whole));
    // Other data under that name are not those it was started with.
    samples::write_file(path("flowers.csv"), clouds(303));
    settings.epochs = 5;
    QCOMPARE(samples::wait_for_end(*samples::start(net, settings), parts).state, dnm::RunState::failed);
  }

  void its_settings_go_with_it() {
    dnm::TrainingSettings settings;
    const auto& table = dnm::training_parameter_table();
    QVERIFY_EXCEPTION_THROWN(table.set_text(settings, "data-file", "x.csv"), dnm::InvalidInput);
    table.set_text(settings, "data", "file");
    QVERIFY(settings.hidden == std::vector<std::int64_t>(3, 128));
    QVERIFY(!table.applies(table.at("data-dir"), settings));
    table.set_text(settings, "data-file", "/some/where/x.csv");
    table.set_text(settings, "test-share", "0.25");
    QVERIFY(dnm::training_settings_from_json(dnm::training_settings_to_json(settings)) == settings);
    QCOMPARE(dnm::data_label(settings), std::string("x.csv"));  // nothing is read for it
    QVERIFY(message_of([&] { static_cast<void>(dnm::shape_of(settings)); }).contains("x.csv"));
    QVERIFY(dnm::metrics_of(settings).leading == dnm::metrics_of(dnm::TrainingSettings{}).leading);
    table.set_text(settings, "data", "mnist");
    QVERIFY(settings.parts.empty());
    QVERIFY(settings.hidden == std::vector<std::int64_t>(3, 1568));
  }
};

DNM_TEST(TestOwnData, QCoreApplication)
#include "test_own_data.moc"
