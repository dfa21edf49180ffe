// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/network/random.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/core/files/npz_builder.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/data/own_set.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace fs = std::filesystem;

using dnm::OwnSet;
using dnm::OwnSetChoice;
using samples::message_of;
using Sizes = std::vector<std::uint64_t>;

namespace {

std::string shape_text(const Sizes& shape) {
  std::string text = "(";
  for (const std::uint64_t size : shape) text += std::to_string(size) + ",";
  return text + ")";
}

template <class T>
std::string array(const std::string& type, const Sizes& shape, const std::vector<T>& values,
                  const std::string& fortran = "False") {
  return NpzBuilder::npy(type, shape_text(shape), NpzBuilder::bytes(values), fortran);
}

/// Four examples of two inputs, and their classes.
NpzBuilder small() {
  NpzBuilder builder;
  builder.raw("x", array<float>("<f4", {4, 2}, {0.5F, 1, 2, 3, 4, 5, 6, 7}));
  builder.raw("y", array<std::int64_t>("<i8", {4}, {3, 1, 3, 1}));
  return builder;
}

std::vector<double> values_of(const OwnSet& set) {
  std::vector<double> values;
  for (std::size_t example = 0; example < set.examples.size(); ++example) {
    for (dnm::NodeIndex input = 0; input < set.info.inputs; ++input)
      values.push_back(set.examples.value(example, input));
  }
  return values;
}

std::vector<std::string> labels_of(const OwnSet& set) {
  std::vector<std::string> labels;
  for (const std::uint32_t label : set.examples.labels()) labels.push_back(set.info.classes[label]);
  return labels;
}

bool mentions(const OwnSet& set, const std::string& words) {
  return std::ranges::any_of(set.notices,
                             [&](const std::string& notice) { return notice.find(words) != std::string::npos; });
}

}  // namespace

/// Data sets of the user's own in NumPy archives.
class TestOwnNpz : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> folder_;

  fs::path path(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
  OwnSet load(const NpzBuilder& builder, OwnSetChoice choice = {.test_share = 0.5}) const {
    choice.file = path("set.npz").string();
    builder.save(choice.file);
    return dnm::load_own_set(choice, 0, {});
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void numbers_of_every_type_are_inputs_data() {
    QTest::addColumn<QByteArray>("x");
    QTest::addColumn<bool>("holds_bytes");
    const auto row = [](const char* what, const std::string& x, bool bytes) {
      QTest::newRow(what) << QByteArray(x.data(), static_cast<qsizetype>(x.size())) << bytes;
    };
    const Sizes shape{2, 3};
    row("u1", array<std::uint8_t>("|u1", shape, {0, 1, 2, 3, 4, 5}), true);
    row("i1", array<std::int8_t>("|i1", shape, {0, 1, 2, 3, 4, 5}), true);
    row("i2", array<std::int16_t>("<i2", shape, {0, 1, 2, 3, 4, 5}), true);
    row("i4 of the other byte order",
        array<std::uint8_t>(">i4", shape, {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5}),
        true);
    row("u8", array<std::uint64_t>("<u8", shape, {0, 1, 2, 3, 4, 5}), true);
    row("f2", array<std::uint16_t>("<f2", shape, {0x0000, 0x3C00, 0x4000, 0x4200, 0x4400, 0x4500}), true);
    row("f4", array<float>("<f4", shape, {0, 1, 2, 3, 4, 5}), true);
    row("f8", array<double>("<f8", shape, {0, 1, 2, 3, 4, 5}), true);
    row("images of 3 × 1", array<double>("<f8", {2, 3, 1}, {0, 1, 2, 3, 4, 5}), true);
    row("images of 1 × 1 in three colours", array<std::uint8_t>("|u1", {2, 1, 1, 3}, {0, 1, 2, 3, 4, 5}), true);
    row("Fortran's order", array<double>("<f8", shape, {0, 3, 1, 4, 2, 5}, "True"), true);
  }
  void numbers_of_every_type_are_inputs() {
    QFETCH(QByteArray, x);
    QFETCH(bool, holds_bytes);
    NpzBuilder builder;
    builder.raw("x", x.toStdString()).raw("y", array<std::int64_t>("<i8", {2}, {7, -2}));
    const OwnSet set = load(builder);
    QCOMPARE(set.info.inputs, 3U);
    QCOMPARE(values_of(set), (std::vector<double>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(labels_of(set), (std::vector<std::string>{"7", "-2"}));
    QCOMPARE(set.info.classes, (std::vector<std::string>{"-2", "7"}));
    QCOMPARE(set.examples.holds_bytes(), holds_bytes);
  }

  void fortran_order_of_images() {
    // x[e, r, c] = 100 e + 10 r + c, of 2 × 2 × 3, stored with the first index running fastest.
    std::vector<double> stored, expected;
    for (int c = 0; c < 3; ++c)
      for (int r = 0; r < 2; ++r)
        for (int e = 0; e < 2; ++e) stored.push_back(100.0 * e + 10 * r + c);
    for (int e = 0; e < 2; ++e)
      for (int r = 0; r < 2; ++r)
        for (int c = 0; c < 3; ++c) expected.push_back(100.0 * e + 10 * r + c);
    NpzBuilder builder;
    builder.raw("x", array<double>("<f8", {2, 2, 3}, stored, "True")).ints("y", {0, 1});
    QCOMPARE(values_of(load(builder)), expected);
  }

  void bools_words_and_columns_are_classes() {
    NpzBuilder builder = small();
    builder.raw("y", array<std::uint8_t>("|b1", {4}, {1, 0, 1, 1}));
    QCOMPARE(labels_of(load(builder)), (std::vector<std::string>{"true", "false", "true", "true"}));
    builder.raw("y", NpzBuilder::npy("|S4", "(4,)", std::string("roseiriscat\0rose", 16)));
    QCOMPARE(labels_of(load(builder)), (std::vector<std::string>{"rose", "iris", "cat", "rose"}));
    builder.raw("y", array<double>("<f8", {4, 1}, {2, 1, 10, 2}));
    QCOMPARE(load(builder).info.classes, (std::vector<std::string>{"1", "2", "10"}));
  }

  void a_test_part_is_kept() {
    NpzBuilder builder = small();
    builder.raw("x_test", array<float>("<f4", {2, 2}, {8, 9, 10, 11})).ints("y_test", {1, 5});
    const OwnSet set = load(builder, {});
    QCOMPARE(set.train, (std::vector<std::uint32_t>{0, 1, 2, 3}));
    QCOMPARE(set.test, (std::vector<std::uint32_t>{4, 5}));
    QCOMPARE(labels_of(set), (std::vector<std::string>{"3", "1", "3", "1", "1", "5"}));
    QVERIFY(!mentions(set, "no test part") && !mentions(set, "test share"));
    QVERIFY(mentions(load(builder, {.test_share = 0.4}), "the test share is not used"));
    QVERIFY(mentions(load(small(), {.test_share = 0.5}), "set.npz has no test part: 2 examples of 4"));
  }

  void names_of_keras_and_what_is_left_over() {
    NpzBuilder builder;
    builder.raw("X_train", array<float>("<f4", {4, 1}, {1, 2, 3, 4})).ints("Y_train", {0, 1, 0, 1});
    builder.raw("x_test", array<float>("<f4", {1, 1}, {5})).ints("y_test", {0}).ints("split", {1});
    const OwnSet set = load(builder, {.classes = "last"});
    QCOMPARE(values_of(set), (std::vector<double>{1, 2, 3, 4, 5}));
    QVERIFY(mentions(set, "arrays that are not used: split"));
    QVERIFY(mentions(set, "in the array Y_train: the class column is not used"));
  }

  void what_is_no_data_set_is_said_in_a_sentence_data() {
    QTest::addColumn<QString>("array_name");
    QTest::addColumn<QByteArray>("content");  // empty: the array is missing
    QTest::addColumn<QString>("words");
    const auto row = [](const char* what, const char* name, const std::string& content, const char* words) {
      QTest::newRow(what) << name << QByteArray(content.data(), static_cast<qsizetype>(content.size())) << words;
    };
    const auto reals = [](const Sizes& shape, const std::vector<double>& values) {
      return array<double>("<f8", shape, values);
    };
    row("no x", "x", "", "no array x but y");
    row("no y", "y", "", "no array y but x");
    row("classes too few", "y", array<std::int64_t>("<i8", {3}, {1, 2, 1}), "for each of the 4 examples of x");
    row("one column for each class", "y", array<std::uint8_t>("|u1", {4, 2}, {0, 1, 1, 0, 0, 1, 1, 0}), "argmax");
    row("one class", "y", array<std::int64_t>("<i8", {4}, {1, 1, 1, 1}), "the class 1 alone");
    row("numbers to predict", "y", reals({4}, {0.5, 1.5, 2, 3}), "numbers are not predicted");
    row("a class that is missing", "y", reals({4}, {0, 1, std::nan(""), 3}), "no class for example 2");
    row("Python objects as classes", "y", NpzBuilder::npy("|O", "(4,)", "\x80\x04K\x01."), "Python objects");
    row("Python objects as inputs", "x", NpzBuilder::npy("|O", "(4,)", "\x80\x04K\x01."), "Python objects");
    row("texts as inputs", "x", NpzBuilder::npy("|S1", "(4,2)", "abcdefgh"), "must be real numbers");
    row("complex inputs", "x", array<double>("<c16", {2, 1}, {1, 1, 2, 0}), "must be real numbers");
    row("NaN", "x", reals({4, 1}, {0, 1, 2, std::nan("")}), "holds nan in example 3");
    row("infinity", "x", reals({4, 1}, {0, -HUGE_VAL, 2, 3}), "holds -inf in example 1");
    row("too large for a float", "x", reals({4, 2}, {0, 1, 2, 3, 1e300, 5, 6, 7}), "holds 1e+300 in example 2");
    row("no examples", "x", reals({0, 2}, {}), "must hold an example in each row");
    row("no inputs", "x", reals({4, 0}, {}), "no inputs");
    row("a single value", "x", reals({}, {1}), "a single value");
    row("more promised than there is", "x", NpzBuilder::npy("<f8", "(4,1000000000000)", "12345678"), "does not fit");
    row("sizes that overflow", "x", NpzBuilder::npy("<f8", "(4294967296,4294967296,4)", "12345678"), "does not fit");
    row("no .npy", "x", "no array at all, but text", "not a NumPy array");
    row("test inputs without classes", "x_test", reals({1, 2}, {1, 2}), "x_test without y_test");
    row("test classes without inputs", "y_test", reals({1}, {1}), "y_test without x_test");
  }
  void what_is_no_data_set_is_said_in_a_sentence() {
    QFETCH(QString, array_name);
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    NpzBuilder builder = small();
    if (content.isEmpty()) {
      builder.without(array_name.toStdString());
    } else {
      builder.raw(array_name.toStdString(), content.toStdString());
    }
    const QString message = message_of([&] { static_cast<void>(load(builder)); });
    QVERIFY2(message.contains("set.npz") && message.contains(words), qPrintable(message));
  }

  void test_examples_have_the_inputs_of_the_others() {
    NpzBuilder builder = small();
    builder.raw("x_test", array<float>("<f4", {2, 3}, {1, 2, 3, 4, 5, 6})).ints("y_test", {1, 3});
    const QString message = message_of([&] { static_cast<void>(load(builder)); });
    QVERIFY2(message.contains("x_test is 2 × 3, 3 inputs of an example, but x has 2"), qPrintable(message));
  }

  void no_part_of_an_archive_is_one() {
    small().save(path("whole.npz"), true);
    const std::string whole = samples::text_of(path("whole.npz"));
    for (std::size_t bytes = 0; bytes < whole.size(); bytes += 7) {
      samples::write_file(path("set.npz"), whole.substr(0, bytes));
      QVERIFY(!message_of([&] {
                 static_cast<void>(dnm::load_own_set({.file = path("set.npz").string()}, 0, {}));
               }).isEmpty());
    }
  }

  void what_numpy_writes_is_read() {
    const QString python = dnm::test::python_with("numpy");
    if (python.isEmpty()) QSKIP("needs Python with NumPy");
    // The same set in the ways of NumPy; each but the first must be equal to it.
    const char* script =
        "import sys, numpy as n\n"
        "r = n.random.default_rng(1); x = r.integers(0, 256, (90, 4, 5)); y = n.arange(90) % 3; f = sys.argv[1]\n"
        "t = {'x_test': x[60:], 'y_test': y[60:]}\n"
        "n.savez(f + '/0.npz', x=x[:60], y=y[:60], **t)\n"
        "n.savez_compressed(f + '/1.npz', x=x[:60].astype('u1'), y=y[:60].astype('i2'), **t)\n"
        "n.savez(f + '/2.npz', x=n.asfortranarray(x[:60].astype('f4')), y=y[:60, None].astype('f8'), **t)\n"
        "n.savez(f + '/3.npz', x=x[:60].astype('>f8').reshape(60, 20), y=y[:60].astype('U'), **t)\n"
        "n.savez(f + '/4.npz', x=x[:60].astype('f2'), y=y[:60].astype('S1'), **t)\n"
        "n.savez(f + '/5.npz', x=x[:60].astype('g'), y=y[:60].astype('>u8'), **t)\n"
        "n.savez(f + '/objects.npz', x=x, y=n.array(['a', None] * 45, dtype=object))\n"
        "s = x.reshape(90, -1); print(*s.sum(1)); print(*y)\n";
    const dnm::test::Ended told = dnm::test::run(python, {"-c", script, folder_->path()});
    QVERIFY2(told.well, told.errors.constData());
    const QList<QByteArray> lines = told.output.split('\n');
    const OwnSet set = dnm::load_own_set({.file = path("0.npz").string()}, 0, {});
    QCOMPARE(set.train.size(), std::size_t{60});
    QCOMPARE(set.test.size(), std::size_t{30});
    QCOMPARE(set.info.inputs, 20U);
    const QList<QByteArray> sums = lines[0].split(' '), labels = lines[1].split(' ');
    for (int example = 0; example < 90; ++example) {
      double sum = 0.0;
      for (dnm::NodeIndex input = 0; input < 20; ++input)
        sum += set.examples.value(static_cast<std::size_t>(example), input);
      QCOMPARE(sum, sums[example].toDouble());
      QCOMPARE(QByteArray::fromStdString(labels_of(set)[static_cast<std::size_t>(example)]), labels[example]);
    }
    for (int way = 1; way <= 5; ++way) {
      const OwnSet other = dnm::load_own_set({.file = path(std::to_string(way) + ".npz").string()}, 0, {});
      QCOMPARE(other.checksum({}), set.checksum({}));
    }
    QVERIFY(message_of([&] {
              static_cast<void>(dnm::load_own_set({.file = path("objects.npz").string()}, 0, {}));
            }).contains("Python objects"));
  }

  void a_network_learns_it() {
    dnm::Random random(5);
    std::vector<float> x;
    std::vector<std::int64_t> y;
    for (int example = 0; example < 400; ++example) {
      y.push_back(example % 3);
      for (int input = 0; input < 4; ++input)
        x.push_back(static_cast<float>(random.normal(input == example % 3 ? 8.0 : 0.0, 0.5)));
    }
    const auto part = [&](int first, int count) {
      return array("<f4", {static_cast<std::uint64_t>(count), 2, 2},
                   std::vector(x.begin() + 4 * first, x.begin() + 4 * (first + count)));
    };
    NpzBuilder builder;
    builder.raw("x", part(0, 300)).ints("y", {y.begin(), y.begin() + 300});
    builder.raw("x_test", part(300, 100)).ints("y_test", {y.begin() + 300, y.end()});
    builder.save(path("clouds.npz"));
    dnm::TrainingSettings settings;
    const auto& table = dnm::training_parameter_table();
    table.set_text(settings, "data", "file");
    table.set_text(settings, "data-file", path("clouds.npz").string());
    settings.epochs = 5;
    settings.learning_rate = 0.05;
    settings.engine = dnm::Engine::sparse;
    settings.device = dnm::Device::cpu;
    QCOMPARE(dnm::shape_of(settings).outputs, 3U);
    std::vector<dnm::EpochResult> epochs;
    const auto end = samples::wait_for_end(*samples::start(samples::network("4,20,20"), settings), epochs);
    QCOMPARE(end.state, dnm::RunState::finished);
    QVERIFY(epochs.back().values["test_accuracy"] > 0.95);
  }
};

DNM_TEST(TestOwnNpz, QCoreApplication)
#include "test_own_npz.moc"
