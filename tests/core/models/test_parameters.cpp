// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include "core/models/initialiser.h"
#include "core/models/model_parameters.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/core/models/model_helpers.h"
#include "tests/support/test_class.h"

using dnm::test::message_of;
using dnm::test::with;

class TestParameters : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void table_is_complete();
  void defaults_are_in_range();
  void default_spreads();
  void round_trip_data();
  void round_trip();
  void numbers_survive_text_exactly();
  void distributions_are_read();
  void overrides_of_one_layer();
  void shorter_layer_list_drops_overrides();
  void command_line_round_trip();
  void only_rows_that_apply();
  void bad_text_data();
  void bad_text();
  void bad_text_changes_nothing();
  void bad_values_data();
  void bad_values();
  void link_counts();
};

void TestParameters::table_is_complete() {
  std::vector<std::string> ids;
  for (const auto& row : dnm::model_parameter_table()) {
    ids.emplace_back(row.info.id);
    QVERIFY(!row.info.label.empty());
    QVERIFY(row.info.meaning.ends_with('.'));
    if (row.info.kind == dnm::ParameterKind::distribution) {
      QCOMPARE(row.info.spreads.size(), std::size_t{4});
      QCOMPARE(row.info.choices.size(), std::size_t{5});
      for (const dnm::Spread& spread : row.info.spreads) QVERIFY(!spread.label.empty() && !spread.formula.empty());
    }
    if (row.info.kind == dnm::ParameterKind::choice) QVERIFY(row.info.choices.size() >= 2);
    for (const dnm::Choice& choice : row.info.choices) QVERIFY(!choice.label.empty() && choice.meaning.ends_with('.'));
  }
  const std::vector<std::string> contract{
      "model",           "layers",   "sparsity",   "allocation", "degree",   "dendrites",
      "receptive-field", "synapses", "border",     "fill",       "rewiring", "beta",
      "range",           "side",     "snip-scope", "data",       "data-dir", "seed"};
  // Others may stand between them.
  std::erase_if(ids, [&](const std::string& id) { return std::ranges::find(contract, id) == contract.end(); });
  QCOMPARE(ids, contract);
}

void TestParameters::defaults_are_in_range() {
  const dnm::ModelParameters parameters;
  dnm::check_parameters(parameters);
  for (const auto& row : dnm::model_parameter_table()) {
    dnm::check_value(row.info, row.get(parameters));
    for (const dnm::Spread& spread : row.info.spreads) {
      const double value = spread.default_spread(3.0);
      QVERIFY(value >= spread.range.minimum && value <= spread.range.maximum);
      QVERIFY(spread.range.step > 0.0 && (!spread.range.logarithmic || spread.range.minimum > 0.0));
    }
  }
}

void TestParameters::default_spreads() {
  const auto spread = [](const char* id, dnm::Family family, double mean) {
    return dnm::spread_or_default(dnm::model_parameter_table().at(id).info, {family, mean, {}});
  };
  using enum dnm::Family;
  QCOMPARE(spread("degree", gaussian, 0), 2.0);
  QCOMPARE(spread("degree", uniform, 0), 4.0);
  QCOMPARE(spread("degree", spatial_gaussian, 0), 2.0);
  QCOMPARE(spread("degree", spatial_inverse_gaussian, 0), 2.0);
  QCOMPARE(spread("receptive-field", gaussian, 1), 0.05);
  QCOMPARE(spread("receptive-field", uniform, 1), 0.25);
  QCOMPARE(spread("receptive-field", spatial_gaussian, 1), 0.05);
  QCOMPARE(spread("receptive-field", spatial_inverse_gaussian, 1), 0.05);
  QCOMPARE(spread("dendrites", gaussian, 6), 1.5);
  QCOMPARE(spread("dendrites", uniform, 6), 6.0);
  QCOMPARE(spread("dendrites", spatial_gaussian, 6), 0.14);
  QCOMPARE(spread("dendrites", spatial_inverse_gaussian, 6), 0.14);
  QCOMPARE(spread("synapses", gaussian, 0), 0.25);
  QCOMPARE(spread("synapses", uniform, 0), 2.0);
  QCOMPARE(spread("synapses", spatial_gaussian, 0), 0.1);
  QCOMPARE(spread("synapses", spatial_inverse_gaussian, 0), 0.1);
  QCOMPARE(spread("synapses", fixed, 0), 0.0);
}

void TestParameters::round_trip_data() {
  QTest::addColumn<QString>("id");
  QTest::addColumn<QString>("text");
  const auto row = [](const char* id, const char* text) {
    QTest::newRow(qPrintable(QString(id) + " " + text)) << QString(id) << QString(text);
  };
  row("model", "random");
  row("layers", "1,2147483647");
  row("layers", "784,1568,1568,1568");
  row("sparsity", "0");
  row("sparsity", "0.999999");
  row("sparsity", "0.1");
  row("rewiring", "1e-09");
  row("seed", "9007199254740991");
  row("border", "bounded");
  row("fill", "anywhere");
  for (const char* text :
       {"fixed", "gaussian", "gaussian:0.5", "uniform:10", "spatial-gaussian:2.25", "spatial-inverse-gaussian:0.1"}) {
    row("degree", text);
  }
  for (const char* text : {"fixed", "gaussian:1.25", "spatial-inverse-gaussian:0.001"}) row("synapses", text);
  for (const char* text :
       {"fixed:3", "gaussian:2.5", "gaussian:2.5,0", "uniform:1000,1000", "spatial-gaussian:4,0.2"}) {
    row("dendrites", text);
  }
  for (const char* text : {"fixed:0", "uniform:0.3", "uniform:0.3,0.3", "spatial-gaussian:1,0"}) {
    row("receptive-field", text);
  }
}

void TestParameters::round_trip() {
  QFETCH(QString, id);
  QFETCH(QString, text);
  const dnm::ParameterInfo& info = dnm::model_parameter_table().at(id.toStdString()).info;
  const dnm::ParameterValue value = dnm::parse_value(info, text.toStdString());
  QCOMPARE(QString::fromStdString(dnm::format_value(info, value)), text);
  QCOMPARE(dnm::parse_value(info, " " + text.toStdString() + " "), value);
}

void TestParameters::numbers_survive_text_exactly() {
  const dnm::ParameterInfo& info = dnm::model_parameter_table().at("sparsity").info;
  for (double value = 0.9; value > 1e-300; value *= 0.1234567) {
    QCOMPARE(std::get<double>(dnm::parse_value(info, dnm::format_value(info, value))), value);
  }
}

void TestParameters::distributions_are_read() {
  const auto parameters = with({{"degree", "spatial-gaussian:2"},
                                {"dendrites", "gaussian:5,1.5"},
                                {"receptive-field", "uniform:0.5"},
                                {"synapses", "uniform"}});
  QCOMPARE(parameters.shared.degree, (dnm::Distribution{dnm::Family::spatial_gaussian, 0.0, 2.0}));
  QCOMPARE(parameters.shared.dendrites, (dnm::Distribution{dnm::Family::gaussian, 5.0, 1.5}));
  QCOMPARE(parameters.shared.receptive_field, (dnm::Distribution{dnm::Family::uniform, 0.5, {}}));
  QCOMPARE(parameters.shared.synapses, (dnm::Distribution{dnm::Family::uniform, 0.0, {}}));
  // A family alone takes the default mean.
  const auto means = with({{"dendrites", "gaussian"}, {"receptive-field", "spatial-gaussian"}});
  QCOMPARE(means.shared.dendrites.mean, 3.0);
  QCOMPARE(means.shared.receptive_field.mean, 1.0);
}

void TestParameters::overrides_of_one_layer() {
  auto parameters = with({{"layers", "10,20,30,40"},
                          {"degree", "gaussian:1"},
                          {"degree", "2=spatial-gaussian:3"},
                          {"border", "2=bounded"},
                          {"sparsity", "3=0.5"}});
  QCOMPARE(parameters.of_layer(0), parameters.shared);
  QCOMPARE(parameters.of_layer(1).degree, (dnm::Distribution{dnm::Family::spatial_gaussian, 0.0, 3.0}));
  QCOMPARE(parameters.of_layer(1).border, dnm::Border::bounded);
  QCOMPARE(parameters.of_layer(1).sparsity, 0.9);
  QCOMPARE(parameters.of_layer(2).sparsity, 0.5);
  QCOMPARE(parameters.of_layer(2).degree, parameters.shared.degree);
  const auto generated = dnm::generate(parameters);
  QCOMPARE(generated.network->masks()[2].link_count(), std::uint64_t{600});
  QCOMPARE(generated.network->masks()[1].link_count(), std::uint64_t{60});

  dnm::set_from_text(parameters, "sparsity", "3=");
  dnm::set_from_text(parameters, "border", "2=");
  dnm::set_from_text(parameters, "degree", "2=");
  dnm::set_from_text(parameters, "fill", "1=");
  QVERIFY(parameters.overrides.empty());
}

void TestParameters::shorter_layer_list_drops_overrides() {
  auto parameters = with({{"layers", "10,20,30,40"}, {"degree", "1=gaussian"}, {"degree", "3=uniform"}});
  dnm::set_from_text(parameters, "layers", "10,20,30");
  QCOMPARE(parameters.overrides.size(), std::size_t{1});
  dnm::check_parameters(parameters);
  // Options may come in any order: an override of a layer that is yet to come stays.
  auto early = with({{"degree", "3=uniform"}, {"layers", "10,20,30,40"}});
  QCOMPARE(early.of_layer(2).degree.family, dnm::Family::uniform);
}

void TestParameters::command_line_round_trip() {
  const auto parameters = with({{"layers", "30,20,10"},
                                {"sparsity", "0.85"},
                                {"degree", "2=uniform:0.5"},
                                {"dendrites", "gaussian:4"},
                                {"receptive-field", "1=uniform:0.5,0.1"},
                                {"border", "bounded"},
                                {"fill", "2=anywhere"},
                                {"rewiring", "0.1"},
                                {"seed", "77"}});
  const std::string line = dnm::to_command_line(parameters);
  dnm::ModelParameters again;
  std::istringstream words(line);
  for (std::string option, value; words >> option >> value;) {
    QVERIFY(option.starts_with("--"));
    dnm::set_from_text(again, option.substr(2), value);
  }
  QCOMPARE(again, parameters);
  QVERIFY(line.starts_with("--model dnm --layers 30,20,10 --sparsity 0.85 "));
  QVERIFY(line.find(" --degree fixed --degree 2=uniform:0.5 ") != std::string::npos);
}

void TestParameters::only_rows_that_apply() {
  const auto parameters = with({{"model", "random"}, {"border", "bounded"}, {"degree", "1=uniform"}});
  const std::string line = dnm::to_command_line(parameters);
  QVERIFY(line.starts_with("--model random --layers 98,196,196 --sparsity 0.9 ") && line.ends_with(" --seed 0"));
  for (const char* option : {"--border", "--degree", "--dendrites", "--beta", "--data"}) {
    QVERIFY2(line.find(option) == std::string::npos, option);
  }
  const auto applies = [](const char* id, const char* model) {
    const auto& table = dnm::model_parameter_table();
    return table.applies(table.at(id), with({{"model", model}}));
  };
  QVERIFY(applies("degree", "dnm"));
  QVERIFY(!applies("degree", "random"));
  QVERIFY(applies("seed", "random"));
}

void TestParameters::bad_text_data() {
  QTest::addColumn<QString>("id");
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("part");
  const auto row = [](const char* id, const char* text, const char* part) {
    QTest::newRow(qPrintable(QString(id) + " " + text)) << QString(id) << QString(text) << QString(part);
  };
  row("sparsity", "1.5", "sparsity = 1.5 is out of range; give a number from 0 to 0.999999");
  row("sparsity", "1", "out of range");
  row("sparsity", "-0.1", "out of range");
  row("sparsity", "nan", "out of range");
  row("sparsity", "inf", "out of range");
  row("sparsity", "", "not a number");
  row("sparsity", "0.9x", "\"0.9x\" is not a number");
  row("sparsity", "0,9", "not a number");
  row("sparsity", "2=1.5", "out of range");
  row("sparsity", "0=0.5", "not a layer");
  row("sparsity", "x=0.5", "not a layer");
  row("sparsity", "-1=0.5", "not a layer");
  row("sparsity", "=0.5", "not a layer");
  row("layers", "98,0,196", "layers = 0 is out of range");
  row("layers", "98,-3", "layers = -3 is out of range");
  row("layers", "98,,3", "not a whole number");
  row("layers", "98,3.5", "not a whole number");
  row("layers", "98,1000000000000", "out of range");
  row("layers", "98,99999999999999999999999", "out of range");
  row("layers", "1=98,3", "same for all layers");
  row("model", "dnn", "did you mean \"dnm\"?");
  row("model", "transformer", "one of dnm, random");
  row("border", "bound", "did you mean \"bounded\"?");
  row("fill", "", "one of window, anywhere");
  row("seed", "-1", "out of range");
  row("seed", "1.5", "not a whole number");
  row("seed", "18446744073709551616", "out of range");
  row("seed", "9007199254740992", "out of range");
  row("seed", "2=3", "same for all layers");
  row("degree", "spatial-gausian", "did you mean \"spatial-gaussian\"?");
  row("degree", "fixed:3", "more numbers than it takes; write fixed");
  row("degree", "gaussian:1,2", "write gaussian:SPREAD");
  row("degree", "gaussian:", "not a number");
  row("degree", "gaussian:-1", "standard deviation = -1 is out of range");
  row("degree", "gaussian:nan", "out of range");
  row("dendrites", "fixed:3,1", "write fixed:MEAN");
  row("dendrites", "gaussian:3,1,2", "write gaussian:MEAN[,SPREAD]");
  row("dendrites", "fixed:0", "dendrites mean = 0 is out of range");
  row("dendrites", "gaussian:3,x", "not a number");
  row("receptive-field", "fixed:1.1", "receptive-field mean = 1.1 is out of range");
  row("synapses", "spatial-gaussian:0", "out of range");
  row("rewiring", "2", "out of range");
  row("degre", "fixed", "did you mean \"degree\"?");
}

void TestParameters::bad_text() {
  QFETCH(QString, id);
  QFETCH(QString, text);
  QFETCH(QString, part);
  dnm::ModelParameters parameters;
  const std::string message = message_of([&] { dnm::set_from_text(parameters, id.toStdString(), text.toStdString()); });
  QVERIFY2(message.find(part.toStdString()) != std::string::npos, message.c_str());
  QVERIFY(message.find('\n') == std::string::npos);
}

void TestParameters::bad_text_changes_nothing() {
  auto parameters = with({{"degree", "2=uniform"}});
  const auto before = parameters;
  QVERIFY(!message_of([&] { dnm::set_from_text(parameters, "degree", "2=uniform:-1"); }).empty());
  QVERIFY(!message_of([&] { dnm::set_from_text(parameters, "layers", "5,x"); }).empty());
  QVERIFY(!message_of([&] { dnm::set_from_text(parameters, "degree", "1=foo"); }).empty());
  QCOMPARE(parameters, before);
}

void TestParameters::bad_values_data() {
  QTest::addColumn<dnm::ModelParameters>("parameters");
  QTest::addColumn<QString>("part");
  const auto row = [](const char* name, const auto& change, const char* part) {
    dnm::ModelParameters parameters;
    change(parameters);
    QTest::newRow(name) << parameters << QString(part);
  };
  using Parameters = dnm::ModelParameters;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  row(
      "sparsity", [](Parameters& p) { p.shared.sparsity = 1.5; }, "sparsity = 1.5 is out of range");
  row(
      "sparsity NaN", [&](Parameters& p) { p.shared.sparsity = nan; }, "sparsity = nan is out of range");
  row(
      "mean NaN", [&](Parameters& p) { p.shared.dendrites.mean = nan; }, "dendrites mean");
  row(
      "spread NaN",
      [&](Parameters& p) {
        p.shared.degree = {dnm::Family::gaussian, 0.0, nan};
      },
      "degree");
  row(
      "spread of fixed", [](Parameters& p) { p.shared.degree.spread = 1.0; }, "takes no spread");
  row(
      "no layers", [](Parameters& p) { p.layer_sizes = {}; }, "at least two layers");
  row(
      "one layer", [](Parameters& p) { p.layer_sizes = {98}; }, "at least two layers");
  row(
      "empty layer",
      [](Parameters& p) {
        p.layer_sizes = {98, 0, 196};
      },
      "number 2 has no neurons");
  row(
      "too many",
      [](Parameters& p) {
        p.layer_sizes = {2000000000, 1000000000};
      },
      "3000000000 neurons are more");
  row(
      "memory",
      [](Parameters& p) {
        p.layer_sizes = {500000000, 500000000};
      },
      "GiB");
  row(
      "initialiser", [](Parameters& p) { p.initialiser = "rnadom"; }, "did you mean \"random\"?");
  row(
      "rewiring", [](Parameters& p) { p.shared.rewiring = -0.5; }, "rewiring");
  row(
      "seed", [](Parameters& p) { p.seed = ~std::uint64_t{0}; }, "seed");
  row(
      "no link left",
      [](Parameters& p) {
        p.layer_sizes = {3, 3};
        p.shared.sparsity = 0.99;
      },
      "without a single link");
  row(
      "override of no layer", [](Parameters& p) { p.overrides[5]["degree"] = dnm::Distribution{}; }, "layer 6");
  row(
      "override of no row", [](Parameters& p) { p.overrides[0]["degrees"] = 1.0; }, "did you mean \"degree\"?");
  row(
      "override of all", [](Parameters& p) { p.overrides[0]["seed"] = std::int64_t{1}; }, "same for all layers");
  row(
      "override of another kind", [](Parameters& p) { p.overrides[0]["degree"] = 1.0; }, "another kind");
  row(
      "override out of range", [](Parameters& p) { p.overrides[1]["sparsity"] = 7.0; }, "sparsity = 7");
}

void TestParameters::bad_values() {
  QFETCH(dnm::ModelParameters, parameters);
  QFETCH(QString, part);
  const std::string message = message_of([&] { static_cast<void>(dnm::generate(parameters)); });
  QVERIFY2(message.find(part.toStdString()) != std::string::npos, message.c_str());
  QVERIFY(message.find('\n') == std::string::npos);
}

void TestParameters::link_counts() {
  QCOMPARE(dnm::link_count_of_layer(0.9, 98, 196), std::uint64_t{1921});
  QCOMPARE(dnm::link_count_of_layer(0.9, 196, 196), std::uint64_t{3842});
  QCOMPARE(dnm::link_count_of_layer(0.5, 1, 1), std::uint64_t{0});
  QCOMPARE(dnm::link_count_of_layer(0.5, 3, 1), std::uint64_t{2});
  QCOMPARE(dnm::link_count_of_layer(0.5, 5, 1), std::uint64_t{2});
  QCOMPARE(dnm::link_count_of_layer(0.0, 2147483647, 2147483647), std::uint64_t{4611686014132420609});
}

DNM_TEST(TestParameters)
#include "test_parameters.moc"
