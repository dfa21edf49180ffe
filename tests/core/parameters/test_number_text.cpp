// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/models/model_parameters.h"
#include "core/parameters/number_text.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::Range;
using dnm::test::message_of;

/// Numbers as people type them, and as files hold them.
class TestNumberText : public QObject {
  Q_OBJECT

  static constexpr Range fraction{0.0, 0.999999, 0.001, false};
  static constexpr Range rate{1e-6, 10.0, 0.001, true};
  static constexpr Range wide{-1e6, 1e6, 1.0, false};

 private Q_SLOTS:
  void typed_forms_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Range>("range");
    QTest::addColumn<double>("value");
    const auto row = [](const char* typed, const Range& range, double value) {
      QTest::newRow(typed) << QString::fromUtf8(typed) << range << value;
    };
    row("0,05", rate, 0.05);
    row("0,95", fraction, 0.95);
    row("2,5", wide, 2.5);
    row("  2.5\t", wide, 2.5);
    row(",5", fraction, 0.5);
    row(".5", fraction, 0.5);
    row("+0,5", fraction, 0.5);
    row("-3", wide, -3.0);
    row("-3,25", wide, -3.25);
    row("1e-3", rate, 0.001);
    row("2,5e-3", rate, 0.0025);
    row("1E-3", rate, 0.001);
    row("1,000", wide, 1.0);  // a comma never separates thousands
    row("90%", fraction, 0.9);
    row("90 %", fraction, 0.9);
    row("99,9%", fraction, 0.999);
    row("0%", fraction, 0.0);
  }
  void typed_forms() {
    QFETCH(QString, typed);
    QFETCH(Range, range);
    QFETCH(double, value);
    QCOMPARE(dnm::typed_real("x", typed.toStdString(), range), value);
  }

  void what_is_no_number_is_refused_data() {
    QTest::addColumn<QString>("typed");
    for (const char* typed :
         {"",   " ", "hello", "0.9x", "1,234.5", "1.234,5", "1,2,3", "1.2.3", "1 000", "--1",  "1e",
          "e5", ",", ".",     "%",    "0x10",    "½",       "٠٫٥",   "1_000", "5 %%",  "9e1%", "inf%"})
      QTest::newRow(qPrintable(QString("“%1”").arg(typed))) << QString::fromUtf8(typed);
  }
  void what_is_no_number_is_refused() {
    QFETCH(QString, typed);
    for (const Range& range : {fraction, rate, wide}) {
      const std::string problem =
          message_of([&] { static_cast<void>(dnm::typed_real("share", typed.toStdString(), range)); });
      QVERIFY2(problem.starts_with("share: \"") && problem.find("is not a number") != std::string::npos,
               problem.c_str());
    }
  }

  void per_cent_is_for_shares_alone() {
    for (const Range& range : {rate, wide})
      QVERIFY(!message_of([&] { static_cast<void>(dnm::typed_real("x", "5%", range)); }).empty());
  }

  void out_of_range_says_the_range_data() {
    QTest::addColumn<QString>("typed");
    for (const char* typed : {"1.5", "1,5", "-0.1", "150%", "1e999", "-1e999", "inf", "nan", "1e-999"})
      QTest::newRow(typed) << QString(typed);
  }
  void out_of_range_says_the_range() {
    QFETCH(QString, typed);
    const std::string problem =
        message_of([&] { static_cast<void>(dnm::typed_real("share", typed.toStdString(), fraction)); });
    QVERIFY2(problem.starts_with("share = ") && problem.ends_with("out of range; give a number from 0 to 0.999999"),
             problem.c_str());
  }

  /// Against the C library, for any number with a point or a comma.
  void a_comma_is_a_point() {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> exponent(-5.0, 5.0);
    for (int i = 0; i < 2000; ++i) {
      const double value = std::pow(10.0, exponent(random));
      char with_point[64];
      std::snprintf(with_point, sizeof with_point, "%.*f", i % 12, value);
      const double expected = std::strtod(with_point, nullptr);
      std::string with_comma(with_point);
      std::replace(with_comma.begin(), with_comma.end(), '.', ',');
      QCOMPARE(dnm::typed_real("x", with_point, wide), expected);
      QCOMPARE(dnm::typed_real("x", with_comma, wide), expected);
    }
  }

  void files_and_command_lines_take_a_point_alone() {
    QCOMPARE(dnm::parse_real("lr", "0.05", rate), 0.05);
    QCOMPARE(message_of([] { static_cast<void>(dnm::parse_real("lr", "0,05", rate)); }),
             std::string("lr: \"0,05\" is not a number; write 0.05"));
    QCOMPARE(message_of([] { static_cast<void>(dnm::parse_real("sparsity", "90%", fraction)); }),
             std::string("sparsity: \"90%\" is not a number; write 0.9"));
    QCOMPARE(message_of([] { static_cast<void>(dnm::parse_real("lr", "fast", rate)); }),
             std::string("lr: \"fast\" is not a number; give one from 1e-06 to 10"));
  }

  void whole_numbers_have_no_separators() {
    const Range range{1, 100000, 1, true};
    QCOMPARE(dnm::parse_integer("epochs", " 1000 ", range), std::int64_t{1000});
    QCOMPARE(message_of([&] { static_cast<void>(dnm::parse_integer("epochs", "1,000", range)); }),
             std::string("epochs: \"1,000\" is not a whole number; write 1000"));
    for (const char* text : {"", "2,5", "2.0", "1 000", "1e3", "many", "12,34"})
      QCOMPARE(message_of([&] { static_cast<void>(dnm::parse_integer("epochs", text, range)); }),
               "epochs: \"" + std::string(text) + "\" is not a whole number; give one from 1 to 100000");
    QCOMPARE(message_of([&] { static_cast<void>(dnm::parse_integer("epochs", "99999999999999999999", range)); }),
             std::string("epochs = 99999999999999999999 is out of range; give a whole number from 1 to 100000"));
  }

  void a_comma_separates_the_entries_of_a_list() {
    const Range range{1, 1000, 1, true};
    QCOMPARE(dnm::parse_integers("layers", "98,196, 196", range), (std::vector<std::int64_t>{98, 196, 196}));
    QVERIFY(dnm::parse_integers("layers", " ", range).empty());
    for (const char* text : {"98;196", "98,", ",98", "98,,196", "9.5,3"}) {
      const std::string problem = message_of([&] { static_cast<void>(dnm::parse_integers("layers", text, range)); });
      QVERIFY2(problem.ends_with("give whole numbers from 1 to 1000, separated by commas"), problem.c_str());
    }
  }

  /// A decimal comma among numbers that commas separate is never another number without a word.
  void a_decimal_comma_in_a_list_is_refused_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* id, const char* text, const char* told) {
      QTest::newRow(qPrintable(QString(id) + " " + text)) << QString(id) << QString(text) << QString(told);
    };
    row("dendrites", "gaussian:2,05", "write 2.05");
    row("receptive-field", "uniform:0,05", "write 0.05");
    row("receptive-field", "fixed:0,5", "decimals with a point");
    row("degree", "gaussian:0,5", "decimals with a point");
    row("dendrites", "gaussian:2,5,0,3", "decimals with a point");
    row("allocation", "0,95", "such as 0.98,0.995");
    row("allocation", "0,9,0,95", "such as 0.98,0.995");
    row("sparsity", "2=0,9", "write 0.9");
  }
  void a_decimal_comma_in_a_list_is_refused() {
    QFETCH(QString, id);
    QFETCH(QString, text);
    QFETCH(QString, told);
    dnm::ModelParameters parameters;
    const std::string problem =
        message_of([&] { dnm::set_from_text(parameters, id.toStdString(), text.toStdString()); });
    QVERIFY2(QString::fromStdString(problem).contains(told), problem.c_str());
    QVERIFY(parameters == dnm::ModelParameters{});
  }
};

DNM_TEST(TestNumberText)
#include "test_number_text.moc"
