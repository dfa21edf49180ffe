// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <string>
#include <vector>

#include "core/models/model_parameters.h"
#include "core/parameters/parameter_table.h"
#include "core/parameters/varied_parameter.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::VariedParameter;
using dnm::test::message_of;

namespace {

const dnm::ParameterInfo& info_of(const QString& id) { return dnm::model_parameter_table().at(id.toStdString()).info; }

/// "0.5 0.6".
QString values(const QString& id, const QString& text) {
  QStringList words;
  const dnm::ParameterInfo& info = info_of(id);
  for (const std::string& value : dnm::value_texts(info, dnm::parse_varied(info, text.toStdString())))
    words += QString::fromStdString(value);
  return words.join(' ');
}

}  // namespace

/// What is varied: read from text and JSON, and its values, against values by hand.
class TestVariedParameter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reads_values_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* id, const char* text, const char* expected) {
      QTest::newRow(name) << id << text << expected;
    };
    row("linear", "sparsity", "0.5:0.9:5", "0.5 0.6 0.7 0.8 0.9");
    row("down", "sparsity", "0.9:0.5:3", "0.9 0.7 0.5");
    row("ends as given", "sparsity", "0.5:0.99:8", "0.5 0.57 0.64 0.71 0.78 0.85 0.92 0.99");
    row("by ratios", "sparsity", "0.001:0.1:3:log", "0.001 0.01 0.1");
    row("blanks around", "sparsity", " 0.5 : 0.7 : 3 ", "0.5 0.6 0.7");
    row("rounded as their distance allows", "sparsity", "0.5:0.9:4", "0.5 0.6333 0.7667 0.9");
    row("close together", "sparsity", "0.9999:0.99992:3", "0.9999 0.99991 0.99992");
    row("through nothing", "sparsity", "0:0.3:4", "0 0.1 0.2 0.3");
    row("list", "sparsity", "0.5, 0.9 ,0.99", "0.5 0.9 0.99");
    row("one value", "sparsity", "0.9", "0.9");
    row("whole numbers", "seed", "1:10:4", "1 4 7 10");
    row("whole numbers are rounded", "seed", "0:5:3", "0 3 5");  // 2.5: half away from zero
    row("choices", "model", "dnm,bsw,brf", "dnm bsw brf");
    row("families", "degree", "fixed,gaussian,uniform", "fixed gaussian uniform");
    row("a spread after a comma", "dendrites", "fixed:3,gaussian:3,0.5,uniform:4", "fixed:3 gaussian:3,0.5 uniform:4");
    row("semicolons", "dendrites", "fixed:3;gaussian:3,0.5", "fixed:3 gaussian:3,0.5");
    row("lists of whole numbers", "layers", "9,8;7,6,5", "9,8 7,6,5");
    row("one list of whole numbers", "layers", "9,8", "9,8");
    row("a mean by ratios, as its row", "dendrites", "fixed:1:100:3", "fixed:1 fixed:10 fixed:100");
    row("a mean by steps", "dendrites", "fixed:1:9:5:linear", "fixed:1 fixed:3 fixed:5 fixed:7 fixed:9");
    row("a spread alone", "degree", "gaussian:0:4:3", "gaussian:0 gaussian:2 gaussian:4");
    row("a spread by ratios, as its family", "degree", "spatial-gaussian:0.1:10:3",
        "spatial-gaussian:0.1 spatial-gaussian:1 spatial-gaussian:10");
    row("a spread beside a mean", "dendrites", "gaussian:3,0.5:1.5:3", "gaussian:3,0.5 gaussian:3,1 gaussian:3,1.5");
    row("of one layer", "sparsity", "2=0.5:0.9:3", "2=0.5 2=0.7 2=0.9");
    row("a list of one layer", "sparsity", "2=0.5,2=0.9", "2=0.5 2=0.9");
    row("a mean of one layer", "dendrites", "2=fixed:1:3:2", "2=fixed:1 2=fixed:3");
    row("words of a text", "allocation", "uniform,er", "uniform er");
  }
  void reads_values() {
    QFETCH(QString, id);
    QFETCH(QString, text);
    QTEST(values(id, text), "expected");
    // From its own text, and through JSON, it is the same again.
    const dnm::ParameterInfo& info = info_of(id);
    const VariedParameter varied = dnm::parse_varied(info, text.toStdString());
    QVERIFY(dnm::parse_varied(info, dnm::format_varied(info, varied)) == varied);
    QVERIFY(dnm::varied_from_json(dnm::varied_to_json(varied)) == varied);
  }

  void equal_ratios_and_equal_steps() {
    const dnm::ParameterInfo& info = info_of("dendrites");
    const auto numbers = dnm::value_numbers(info, dnm::parse_varied(info, "fixed:2:50:7"));
    QVERIFY(numbers && numbers->size() == 7);
    for (std::size_t i = 1; i < 7; ++i)
      QVERIFY(std::abs((*numbers)[i] / (*numbers)[i - 1] - std::pow(25.0, 1.0 / 6.0)) < 2e-3);
    QVERIFY(dnm::is_logarithmic(info, dnm::parse_varied(info, "fixed:2:50:7")));
    const auto steps = dnm::value_numbers(info, dnm::parse_varied(info, "fixed:2:50:7:linear"));
    for (std::size_t i = 1; i < 7; ++i) QVERIFY(std::abs((*steps)[i] - (*steps)[i - 1] - 8.0) < 1e-8);
    QVERIFY(!dnm::is_logarithmic(info, dnm::parse_varied(info, "fixed:2:50:7:linear")));
    QVERIFY(!dnm::value_numbers(info, dnm::parse_varied(info, "fixed,uniform")));
    QVERIFY(!dnm::value_numbers(info_of("model"), dnm::parse_varied(info_of("model"), "dnm,bsw")));
  }

  /// What a panel begins with is understood, around the value by hand where it is a number.
  void proposals_can_be_read() {
    const auto proposed = [](const char* id, const dnm::ParameterValue& value) {
      return dnm::proposed_values(info_of(id), value);
    };
    QCOMPARE(proposed("rewiring", 0.0), std::string("0:0.5:6"));
    QCOMPARE(proposed("beta", 0.25), std::string("0.12:0.62:6"));
    QCOMPARE(proposed("dendrites", dnm::Distribution{dnm::Family::gaussian, 3.0, {}}), std::string("gaussian:1:12:6"));
    QCOMPARE(proposed("border", std::string("wrap")), std::string("wrap,bounded"));
    for (const auto& row : dnm::model_parameter_table()) {
      if (row.info.kind == dnm::ParameterKind::path || row.info.id == "data") continue;
      const std::string text = dnm::proposed_values(row.info, row.get(dnm::ModelParameters{}));
      QVERIFY2(message_of([&] { static_cast<void>(dnm::parse_varied(row.info, text)); }).empty(), text.c_str());
    }
  }

  void json_by_hand() {
    const VariedParameter range =
        dnm::varied_from_json(R"({"parameter": "sparsity", "from": 0.5, "to": 0.9, "count": 5, "note": 1})");
    QVERIFY(range == dnm::parse_varied(info_of("sparsity"), "0.5:0.9:5"));
    const VariedParameter list = dnm::varied_from_json(R"({"parameter": "degree", "values": ["fixed", "gaussian:2"]})");
    QVERIFY(list == dnm::parse_varied(info_of("degree"), "fixed,gaussian:2"));
    QCOMPARE(
        dnm::varied_to_json(dnm::parse_varied(info_of("degree"), "gaussian:1:4:2")),
        std::string(R"({"parameter":"degree","before":"gaussian:","from":1.0,"to":4.0,"count":2,"scale":"linear"})"));
    for (const char* bad :
         {"[]", "{}", R"({"parameter": 3, "values": []})", R"({"parameter": "s", "values": [1]})",
          R"({"parameter": "s", "from": 1})", R"({"parameter": "s", "from": 1, "to": "x", "count": 2})",
          R"({"parameter": "s", "from": 1, "to": 2, "count": 2, "scale": "lin"})", "{"})
      QVERIFY2(!message_of([&] { static_cast<void>(dnm::varied_from_json(bad)); }).empty(), bad);
  }

  void refuses_in_one_sentence_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("must_hold");
    const auto row = [](const char* name, const char* id, const char* text, const char* must_hold) {
      QTest::newRow(name) << id << text << must_hold;
    };
    row("nothing", "sparsity", "", "has no values");
    row("half a range", "sparsity", "0.5:0.9", "FROM:TO:COUNT");
    row("one value of a range", "sparsity", "0.5:0.9:1", "from 2 to 10000");
    row("too many", "sparsity", "0.5:0.9:10001", "from 2 to 10000");
    row("half a value", "sparsity", "0.5:0.9:2.5", "not 2.5");
    row("out of range", "sparsity", "0.5:1.5:3", "out of range");
    row("no number", "sparsity", "0.5,much", "is not a number");
    row("an empty value", "sparsity", "0.5,,0.9", "empty value");
    row("twice", "sparsity", "0.5,0.9,0.5", "0.5 twice");
    row("whole numbers that fall together", "seed", "0:2:5", "twice");
    row("by ratios from 0", "sparsity", "0:0.9:3:log", "above 0");
    row("a range without a family", "dendrites", "1:9:5", "family");
    row("a spread that there is not", "degree", "fixed:1:9:5", "no spread");
    row("a range of choices", "model", "dnm:bsw:3", "not known");
    row("a choice that is not known", "degree", "fixed,gausian", "did you mean \"gaussian\"");
    row("a scale that is not known", "sparsity", "0.5:0.9:3:ln", "neither a number nor a range");
    row("a decimal comma", "sparsity", "0,5:0,9:3", "neither a number nor a range");
  }
  void refuses_in_one_sentence() {
    QFETCH(QString, id);
    QFETCH(QString, text);
    QFETCH(QString, must_hold);
    const std::string message = message_of([&] { static_cast<void>(values(id, text)); });
    QVERIFY2(QString::fromStdString(message).contains(must_hold), message.c_str());
    QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
  }
};

DNM_TEST(TestVariedParameter)
#include "test_varied_parameter.moc"
