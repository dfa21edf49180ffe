// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <set>

#include "core/parameters/look_up.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "run_samples.h"
#include "tests/core/another_value.h"
#include "tests/support/test_class.h"
#include "training/data/data_set_table.h"
#include "training/runs/training_module.h"
#include "training/runs/training_parameters.h"
#include "training/settings/recipe_table.h"
#include "training/tasks/own_classification.h"
#include "training/tasks/task_table.h"

using dnm::InvalidInput;
using dnm::TrainingSettings;
using samples::message_of;

namespace {

/// Rows that choose among parts; another choice brings other rows.
const std::set<std::string_view> of_parts{"method", "architecture", "optimiser", "recipe"};

/// Every row but those is not as usual.
TrainingSettings unusual_settings() {
  TrainingSettings settings;
  settings.data_set = "emnist-balanced";
  settings.data_folder = "/some folder/with \"quotes\" and ümlauts";
  settings.hidden = {10, 20};
  settings.epochs = 7;
  settings.batch = 100;
  settings.learning_rate = 0.1;
  settings.final_learning_rate_ratio = 1.0;
  settings.decay_end = 0.5;
  settings.learning_rate_schedule = dnm::RateSchedule::cosine;
  settings.dropout = 0.5;
  settings.parts["momentum"] = 0.0;
  settings.parts["weight-decay"] = 1e-5;
  settings.weight_init = dnm::WeightInit::per_neuron;
  settings.engine = dnm::Engine::masked;
  settings.device = dnm::Device::cpu;
  settings.validation = 5000;
  settings.seed = (std::uint64_t{1} << 53) - 1;
  settings.run_folder = "runs/a";
  settings.resume = true;
  settings.checkpoint_seconds = 17.5;
  const auto& table = dnm::training_parameter_table();
  for (const auto& row : table) {
    const dnm::ParameterValue usual = row.get(TrainingSettings{});
    if (of_parts.contains(row.info.id) || !table.belongs(row, settings) || row.get(settings) != usual) continue;
    row.set(settings, dnm::test::another_value(row.info, usual));
  }
  return settings;
}

}  // namespace

class TestTrainingSettings : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rows_are_complete() {
    std::set<std::string_view> ids;
    for (const auto& row : dnm::training_parameter_table()) {
      QVERIFY(ids.insert(row.info.id).second);
      QVERIFY(!row.info.label.empty());
      QVERIFY(row.info.meaning.ends_with('.'));
      for (const dnm::Choice& choice : row.info.choices) {
        QVERIFY(!choice.id.empty() && !choice.label.empty() && choice.meaning.ends_with('.'));
      }
      // A text may have choices too, the words with a meaning of their own.
      if (row.info.kind != dnm::ParameterKind::text)
        QCOMPARE(row.info.kind == dnm::ParameterKind::choice, !row.info.choices.empty());
      QCOMPARE(&dnm::training_parameter_table().at(row.info.id), &row);
    }
    for (const char* id : {"data", "data-dir", "hidden", "method", "epochs", "batch", "lr", "engine", "device",
                           "validation", "seed", "run-dir", "resume", "checkpoint-every"}) {
      QVERIFY2(ids.contains(id), id);
    }
  }

  void defaults_are_those_of_the_paper_and_valid() {
    const TrainingSettings settings;
    dnm::check_settings(settings);
    QCOMPARE(settings.learning_rate * settings.final_learning_rate_ratio, 2.5e-4);
    QCOMPARE(static_cast<double>(settings.epochs) * settings.decay_end, 90.0);
    const auto usual = [&](const char* id) {
      return std::get<double>(dnm::training_parameter_table().at(id).get(settings));
    };
    QCOMPARE(usual("momentum"), 0.9);
    QCOMPARE(usual("weight-decay"), 5e-4);
  }

  /// 1568 for the sets of grey images, 3072 for CIFAR-10 (manual: methods/training, "The network and its defaults").
  void hidden_layers_follow_the_data_set_until_they_are_chosen() {
    const auto& data = dnm::training_parameter_table().at("data");
    TrainingSettings settings;
    for (const auto& info : dnm::data_set_table()) {
      data.set(settings, std::string(info.id));
      const std::int64_t width = info.id == "cifar-10" ? 3072 : 1568;
      QVERIFY2(settings.hidden == std::vector<std::int64_t>(3, width), info.id.data());
    }
    settings.hidden = {300, 100};
    data.set(settings, std::string("mnist"));
    QVERIFY(settings.hidden == (std::vector<std::int64_t>{300, 100}));
    const auto read = [](const char* json) { return dnm::training_settings_from_json(json).hidden; };
    QVERIFY(read(R"({"data": "cifar-10"})") == std::vector<std::int64_t>(3, 3072));
    QVERIFY(read(R"({"hidden": "1568,1568,1568", "data": "cifar-10"})") == std::vector<std::int64_t>(3, 1568));
  }

  /// The numbers are those of the CHTs paper, Table 5 (manual: methods/training, "The Transformer").
  void texts_bring_the_transformer_and_its_recipe() {
    const auto& table = dnm::training_parameter_table();
    TrainingSettings settings;
    table.set_text(settings, "data", "libreoffice-help");
    QCOMPARE(settings.model, std::string("transformer"));
    QCOMPARE(settings.optimiser, std::string("adam"));
    QVERIFY(settings.learning_rate_schedule == dnm::RateSchedule::noam);
    QCOMPARE(settings.epochs, 8);
    QCOMPARE(dnm::rate_settings(settings).width, 256.0);
    QVERIFY(!table.applies(table.at("hidden"), settings));
    QCOMPARE(dnm::command_options(table, settings), std::string(" --data libreoffice-help"));
    table.set_text(settings, "recipe", "iwslt14");
    QCOMPARE(settings.epochs * std::get<std::int64_t>(table.at("epoch-steps").get(settings)), 20000);
    QCOMPARE(std::get<std::int64_t>(table.at("places").get(settings)), 10240);
    QCOMPARE(std::get<std::int64_t>(table.at("feed-forward").get(settings)), 2048);
    QCOMPARE(settings.learning_rate, 2.0);
    QCOMPARE(settings.warm_up, 6000);
    QCOMPARE(dnm::rate_settings(settings).width, 512.0);
    table.set_text(settings, "method", "chts");
    QCOMPARE(std::get<std::int64_t>(table.at("rewire-every").get(settings)), 100);
    QCOMPARE(std::get<std::string>(table.at("rewire-unit").get(settings)), std::string("steps"));
    QVERIFY(settings.learning_rate_schedule == dnm::RateSchedule::inoam);
    QCOMPARE(dnm::command_options(table, settings),
             std::string(" --recipe iwslt14 --data libreoffice-help --method chts"));
    table.set_text(settings, "places", "4096");
    QCOMPARE(dnm::training_settings_from_json(dnm::training_settings_to_json(settings)), settings);
    // Back to what the other model usually has.
    table.set_text(settings, "method", "static");
    table.set_text(settings, "recipe", "small");
    table.set_text(settings, "data", "fashion-mnist");
    QVERIFY(settings == TrainingSettings{});
  }

  void recipes_set_rows_that_there_are() {
    for (const dnm::Recipe& recipe : dnm::recipe_table()) {
      QVERIFY(!recipe.choice.meaning.empty());
      TrainingSettings settings;
      dnm::training_parameter_table().set_text(settings, "data", "bible");
      dnm::training_parameter_table().set_text(settings, "recipe", recipe.choice.id);
      for (const dnm::RecipeValue& value : recipe.values) {
        const auto& row = dnm::training_parameter_table().at(value.id);
        QCOMPARE(dnm::format_value(row.info, row.get(settings)), std::string(value.text));
      }
      QCOMPARE(recipe.values.size(), dnm::recipe_table().front().values.size());
      dnm::check_settings(settings);
    }
  }

  /// As the rules were published (manual: methods/rewiring, "Published rules").
  void first_weights_follow_the_rule_until_they_are_chosen() {
    const auto& method = dnm::training_parameter_table().at("method");
    const auto& start = dnm::training_parameter_table().at("weight-init");
    TrainingSettings settings;
    for (const std::string id : {"set", "cht", "rigl", "chts", "granet", "chtss", "gmp", "static"}) {
      method.set(settings, id);
      const bool kaiming = id == "set" || id == "rigl" || id == "granet" || id == "gmp";
      QVERIFY2(settings.weight_init == (kaiming ? dnm::WeightInit::kaiming : dnm::WeightInit::swi), id.c_str());
      QVERIFY(dnm::training_parameter_table().usual(start, settings) == start.get(settings));
    }
    settings.weight_init = dnm::WeightInit::per_neuron;
    method.set(settings, std::string("set"));
    QVERIFY(settings.weight_init == dnm::WeightInit::per_neuron);
    const auto read = [](const char* json) { return dnm::training_settings_from_json(json).weight_init; };
    QVERIFY(read(R"({"method": "set"})") == dnm::WeightInit::kaiming);
    QVERIFY(read(R"({"weight-init": "swi", "method": "set"})") == dnm::WeightInit::swi);
  }

  void every_row_goes_through_text_and_back() {
    const TrainingSettings settings = unusual_settings();
    TrainingSettings rebuilt;
    for (const auto& row : dnm::training_parameter_table()) {
      if (of_parts.contains(row.info.id) || !dnm::training_parameter_table().belongs(row, settings)) continue;
      QVERIFY2(row.get(settings) != row.get(rebuilt), std::string(row.info.id).c_str());
      row.set(rebuilt, dnm::parse_value(row.info, dnm::format_value(row.info, row.get(settings))));
    }
    QVERIFY(rebuilt == settings);
  }

  void json_keeps_every_setting() {
    for (const TrainingSettings& settings : {TrainingSettings{}, unusual_settings()}) {
      QVERIFY(dnm::training_settings_from_json(dnm::training_settings_to_json(settings)) == settings);
    }
  }

  void json_ignores_what_it_does_not_know() {
    const TrainingSettings settings = dnm::training_settings_from_json(R"({"epochs": "3", "colour": {"a": 1}})");
    TrainingSettings expected;
    expected.epochs = 3;
    QVERIFY(settings == expected);
  }

  void bad_json_is_refused_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "[]", "{", "{\"epochs\": {}}", "{\"epochs\": 1.5}", "{\"epochs\": \"0\"}",
                             "{\"lr\": \"nan\"}", "{\"batch\": \"many\"}", "{\"engine\": \"steam\"}"}) {
      QTest::newRow(text) << text;
    }
  }
  void bad_json_is_refused() {
    QFETCH(QString, text);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::training_settings_from_json(text.toStdString())), InvalidInput);
  }

  void values_out_of_range_are_refused() {
    const auto refused = [](auto change) {
      TrainingSettings settings;
      change(settings);
      return !message_of([&] { dnm::check_settings(settings); }).isEmpty();
    };
    QVERIFY(refused([](auto& s) { s.epochs = 0; }));
    QVERIFY(refused([](auto& s) { s.batch = -1; }));
    QVERIFY(refused([](auto& s) { s.learning_rate = std::nan(""); }));
    QVERIFY(refused([](auto& s) { s.parts["momentum"] = 1.0; }));
    QVERIFY(refused([](auto& s) { s.validation = -5; }));
    QVERIFY(refused([](auto& s) { s.hidden = {10, 0}; }));
    QVERIFY(refused([](auto& s) { s.seed = std::uint64_t{1} << 60; }));
    QVERIFY(refused([](auto& s) { s.seed = ~std::uint64_t{0}; }));
    QVERIFY(refused([](auto& s) { s.data_set = "cats"; }));
    QVERIFY(refused([](auto& s) { s.method = "teleport"; }));
  }

  void slips_get_a_hint() {
    QVERIFY(message_of([] { static_cast<void>(dnm::training_parameter_table().at("epoch")); }).contains("epochs"));
    QVERIFY(message_of([] { static_cast<void>(dnm::data_set_info("fashion-mnits")); }).contains("fashion-mnist"));
  }

  void data_sets_have_their_shapes() {
    QCOMPARE(dnm::data_set_info("fashion-mnist").inputs(), 784U);
    QCOMPARE(dnm::data_set_info("emnist-balanced").classes, 47U);
    const auto& choices = dnm::training_parameter_table().at("data").info.choices;
    // The image sets in the table's order, then a table of one's own, whose shape follows from its file.
    for (const dnm::DataSetInfo& info : dnm::data_set_table()) QVERIFY(dnm::find_row(choices, info.id));
    for (const dnm::Choice& choice : choices) {
      if (choice.id == dnm::own_data_set) continue;
      TrainingSettings settings;
      settings.data_set = choice.id;
      const dnm::TaskShape shape = dnm::shape_of(settings);
      QVERIFY(shape.data_set == choice.label && shape.inputs > 0 && shape.outputs > 0 && !shape.inputs_text.empty());
    }
    QVERIFY(dnm::find_row(choices, dnm::own_data_set) != nullptr);
  }

  void states_have_names() {
    std::set<std::string_view> names;
    for (const auto state : {dnm::RunState::preparing, dnm::RunState::running, dnm::RunState::paused,
                             dnm::RunState::finished, dnm::RunState::stopped, dnm::RunState::failed}) {
      QVERIFY(names.insert(dnm::run_state_name(state)).second);
    }
    QVERIFY(!dnm::is_over(dnm::RunState::paused));
    QVERIFY(dnm::is_over(dnm::RunState::failed));
  }
};

DNM_TEST(TestTrainingSettings)
#include "test_training_settings.moc"
