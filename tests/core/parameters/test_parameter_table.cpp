// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <array>
#include <limits>
#include <span>

#include "core/parameters/parameter_json.h"
#include "core/parameters/parameter_part.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::parameter;
using dnm::ParameterKind;
using dnm::ParameterTable;
using dnm::ParameterValue;
using dnm::test::message_of;

namespace {

enum class Colour { red, green };
constexpr std::array colours{
    dnm::Choice{"red", "Red", "Like a rose."},
    dnm::Choice{"green", "Green", "Like grass."},
};
constexpr std::array sides{
    dnm::Choice{"left", "Left", "Not on the right."},
    dnm::Choice{"right", "Right", "Not on the left."},
};
constexpr std::array rules{
    dnm::Choice{"none", "None", "Nothing happens."},
    dnm::Choice{"drop", "Drop", "Links go."},
    dnm::Choice{"grow", "Grow", "Links come."},
};

struct Inner {
  double depth = 0.5;
  dnm::Distribution spread{dnm::Family::gaussian, 2.0, {}};
  bool operator==(const Inner&) const = default;
};

struct Settings {
  bool on = false;
  bool right = false;
  Colour colour = Colour::red;
  int small = 3;
  std::uint64_t large = 7;
  std::string name{};
  std::string rule = "none";
  std::vector<std::uint32_t> sizes{1, 2};
  Inner inner{};
  double asked = 0.0;
  dnm::ParameterValues parts{};
  bool operator==(const Settings&) const = default;
};

/// What two rules bring: `zeta` belongs to both, with a default of its own in each.
struct DropSettings {
  double zeta = 0.3;
  std::int64_t every = 100;
};
struct GrowSettings {
  double zeta = 1.0;
};
using Rule = dnm::ParameterPart<std::string(int)>;

const ParameterTable<DropSettings>& drop_table() {
  static const ParameterTable<DropSettings> table(
      "drop setting",
      {
          parameter<&DropSettings::zeta>({.id = "zeta", .label = "Share", .meaning = "How many go.", .range = {0, 1}}),
          parameter<&DropSettings::every>(
              {.id = "every", .label = "Every", .meaning = "Steps between.", .range = {1, 1000, 1}}),
      });
  return table;
}
const ParameterTable<GrowSettings>& grow_table() {
  static const ParameterTable<GrowSettings> table(
      "grow setting",
      {parameter<&GrowSettings::zeta>({.id = "zeta", .label = "Share", .meaning = "How many go.", .range = {0, 1}})});
  return table;
}
const std::array<Rule, 3>& rule_table() {
  static const std::array<Rule, 3> table{
      dnm::parameter_part<std::string(int)>(rules[0], [](int step) { return "none " + std::to_string(step); }),
      dnm::parameter_part<std::string(int)>(rules[1], drop_table(),
                                            [](const DropSettings& own, int step) {
                                              return "drop " + std::to_string(own.zeta) + " " +
                                                     std::to_string(own.every + step);
                                            }),
      dnm::parameter_part<std::string(int)>(
          rules[2], grow_table(), [](const GrowSettings& own, int) { return "grow " + std::to_string(own.zeta); }),
  };
  return table;
}

const ParameterTable<Settings>& table() {
  static const ParameterTable<Settings> made = [] {
    ParameterTable<Settings> rows(
        "toy setting",
        {
            parameter<&Settings::on>({.id = "on", .label = "On", .meaning = "Whether."}),
            parameter<&Settings::right>({.id = "side", .label = "Side", .meaning = "Which side.", .choices = sides}),
            parameter<&Settings::colour>({.id = "colour",
                                          .label = "Colour",
                                          .meaning = "Which colour.",
                                          .choices = colours,
                                          .key = "paint",
                                          .former_ids = "color tint"}),
            parameter<&Settings::small>({.id = "small", .label = "Small", .meaning = "A count.", .range = {0, 10, 1}}),
            parameter<&Settings::large>(
                {.id = "large", .label = "Large", .meaning = "A seed.", .range = dnm::seed_range}),
            parameter<&Settings::name>({.id = "name", .label = "Name", .meaning = "Any text."}),
            parameter<&Settings::rule>({.id = "rule", .label = "Rule", .meaning = "What happens.", .choices = rules}),
            parameter<&Settings::sizes>(
                {.id = "sizes", .label = "Sizes", .meaning = "Some counts.", .range = {1, 100, 1}}),
            parameter<&Settings::inner, &Inner::depth>({.id = "depth",
                                                        .label = "Depth",
                                                        .meaning = "How deep.",
                                                        .range = {0, 1, 0.1},
                                                        .applies = {"colour", "green blue"}}),
            parameter<&Settings::inner, &Inner::spread>(
                {.id = "spread", .label = "Spread", .meaning = "How wide.", .range = {0, 10, 1}, .has_mean = true}),
            parameter<&Settings::asked>({.id = "asked",
                                         .label = "Asked",
                                         .meaning = "Asked for anew each time.",
                                         .range = {0, 1, 1},
                                         .lasting = false}),
        });
    rows.add_parts("rule", rule_table(), &Settings::parts);
    return rows;
  }();
  return made;
}

std::string text(const Settings& settings, const char* id) {
  const auto& row = table().at(id);
  return dnm::format_value(row.info, row.get(settings));
}

Settings with(std::initializer_list<std::pair<const char*, const char*>> texts) {
  Settings settings;
  for (const auto& [id, value] : texts) table().set_text(settings, id, value);
  return settings;
}

Settings read(std::string_view json, dnm::BadValue bad = dnm::BadValue::refuse) {
  Settings settings;
  dnm::JsonValues values(json, "the toy settings");
  dnm::set_from_json(table(), settings, values, bad);
  return settings;
}

std::vector<std::string> shown(const Settings& settings) {
  std::vector<std::string> ids;
  for (const auto& row : table()) {
    if (table().applies(row, settings)) ids.emplace_back(row.info.id);
  }
  return ids;
}

}  // namespace

class TestParameterTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nearest_name() {
    const std::array<std::string_view, 3> names{"dnm", "random", "ramanujan"};
    QCOMPARE(dnm::nearest("ramdom", names), std::string_view("random"));
    QCOMPARE(dnm::nearest("ramanujam", names), std::string_view("ramanujan"));
    QCOMPARE(dnm::nearest("xyz", names), std::string_view());
    QCOMPARE(dnm::nearest("", names), std::string_view());
    QCOMPARE(dnm::nearest("random", {}), std::string_view());
  }

  void a_look_up_finds_the_row_or_says_what_was_meant() {
    QCOMPARE(&dnm::look_up(colours, "green", "colour"), &colours[1]);
    QCOMPARE(dnm::find_row(colours, "gren"), nullptr);
    QCOMPARE(&dnm::look_up(rule_table(), "grow", "rule"), &rule_table()[2]);
    QCOMPARE(message_of([] { static_cast<void>(dnm::look_up(colours, "gren", "colour")); }),
             std::string("colour \"gren\" is not known; did you mean \"green\"?"));
    QCOMPARE(message_of([] { static_cast<void>(dnm::look_up(colours, "RED", "colour")); }),
             std::string("colour \"RED\" is not known; did you mean \"red\"?"));
    QCOMPARE(message_of([] { static_cast<void>(dnm::look_up(colours, "blue", "colour")); }),
             std::string("colour \"blue\" is not known; it is one of red, green"));
    QCOMPARE(message_of([] { static_cast<void>(table().at("smal")); }),
             std::string("toy setting \"smal\" is not known; did you mean \"small\"?"));
  }

  void the_kind_follows_from_the_member() {
    const std::vector<std::pair<const char*, ParameterKind>> kinds{
        {"on", ParameterKind::flag},       {"side", ParameterKind::choice},
        {"colour", ParameterKind::choice}, {"small", ParameterKind::integer},
        {"large", ParameterKind::integer}, {"name", ParameterKind::text},
        {"rule", ParameterKind::choice},   {"sizes", ParameterKind::integer_list},
        {"depth", ParameterKind::real},    {"spread", ParameterKind::distribution}};
    for (const auto& [id, kind] : kinds) QVERIFY2(table().at(id).info.kind == kind, id);
    // A text that also takes some words stays a text.
    const auto words = parameter<&Settings::name>({.id = "words", .kind = ParameterKind::text, .choices = colours});
    QVERIFY(words.info.kind == ParameterKind::text);
  }

  void every_kind_goes_into_its_member_and_back() {
    const Settings settings = with({{"on", "true"},
                                    {"side", "right"},
                                    {"colour", "green"},
                                    {"small", "9"},
                                    {"large", "9007199254740991"},
                                    {"name", "a \"b\""},
                                    {"sizes", "4,5,6"},
                                    {"depth", "0.25"},
                                    {"spread", "uniform:3"}});
    QVERIFY(settings.on && settings.right && settings.colour == Colour::green);
    QCOMPARE(settings.small, 9);
    QCOMPARE(settings.large, std::uint64_t{9007199254740991});
    QCOMPARE(settings.name, std::string("a \"b\""));
    QVERIFY(settings.sizes == (std::vector<std::uint32_t>{4, 5, 6}));
    QCOMPARE(settings.inner.depth, 0.25);
    QVERIFY(settings.inner.spread == (dnm::Distribution{dnm::Family::uniform, 3.0, {}}));
    Settings again;
    for (const auto& row : table()) {
      if (table().belongs(row, settings)) row.set(again, row.get(settings));
    }
    QVERIFY(again == settings);
  }

  void bad_values_leave_the_settings_as_they_were() {
    Settings settings = with({{"small", "4"}});
    const Settings before = settings;
    for (const auto& [id, bad] : std::vector<std::pair<const char*, const char*>>{{"small", "11"},
                                                                                  {"small", "x"},
                                                                                  {"colour", "blue"},
                                                                                  {"sizes", "1,0"},
                                                                                  {"rule", "drp"},
                                                                                  {"nothing", "1"}}) {
      QVERIFY2(!message_of([&] { table().set_text(settings, id, bad); }).empty(), bad);
      QVERIFY(settings == before);
    }
    settings.small = 11;
    QVERIFY(message_of([&] { table().check(settings); }).find("small = 11 is out of range") != std::string::npos);
    // Beyond every signed number, and yet no small one.
    settings = {};
    settings.large = std::numeric_limits<std::uint64_t>::max();
    QVERIFY(message_of([&] { table().check(settings); }).find("large = ") != std::string::npos);
  }

  void rows_of_one_name_are_refused() {
    using Rows = std::vector<dnm::Parameter<Settings>>;
    const auto made = [](Rows rows) { return ParameterTable<Settings>("toy setting", std::move(rows)); };
    const auto on = parameter<&Settings::on>({.id = "on"});
    QVERIFY_EXCEPTION_THROWN(made({on, on}), std::logic_error);
    QVERIFY_EXCEPTION_THROWN(made({parameter<&Settings::right>({.id = "off", .former_ids = "on"}), on}),
                             std::logic_error);
    QVERIFY_EXCEPTION_THROWN(made({parameter<&Settings::right>({.id = "off", .applies = {"on", "true"}})}),
                             dnm::InvalidInput);
  }

  void rows_apply_where_their_chooser_says_so() {
    const std::vector<std::string> always{"on", "side", "colour", "small", "large", "name", "rule", "sizes"};
    std::vector<std::string> expected = always;
    expected.insert(expected.end(), {"spread", "asked"});
    QVERIFY(shown({}) == expected);
    expected.insert(expected.begin() + 8, "depth");
    QVERIFY(shown(with({{"colour", "green"}})) == expected);
    expected.insert(expected.begin() + 7, {"zeta", "every"});
    QVERIFY(shown(with({{"colour", "green"}, {"rule", "drop"}})) == expected);
    QCOMPARE(message_of([] { table().check_applies(table().at("depth"), {}); }),
             std::string("--depth does not belong to the colour red; leave it out or choose another --colour"));
    // What does not apply is kept all the same.
    QCOMPARE(text(with({{"colour", "green"}, {"depth", "0.75"}, {"colour", "red"}}), "depth"), std::string("0.75"));
  }

  void parts_bring_their_rows() {
    Settings settings;
    QVERIFY(message_of([&] {
              table().set_text(settings, "zeta", "0.5");
            }).find("--zeta does not belong to the rule none") != std::string::npos);
    QVERIFY(message_of([&] { table().set_text(settings, "zeta", "7"); }).find("zeta = 7 is out of range") !=
            std::string::npos);
    table().set_text(settings, "rule", "drop");
    QCOMPARE(text(settings, "zeta"), std::string("0.3"));
    QCOMPARE(text(settings, "every"), std::string("100"));
    QVERIFY(settings.parts.empty());
    table().set_text(settings, "zeta", "0.5");
    table().set_text(settings, "every", "7");
    QCOMPARE(settings.parts.size(), std::size_t{2});
    table().check(settings);

    // Another rule takes along what they have in common; its own default counts only where nothing was set.
    table().set_text(settings, "rule", "grow");
    QCOMPARE(text(settings, "zeta"), std::string("0.5"));
    QCOMPARE(settings.parts.size(), std::size_t{1});
    table().set_text(settings, "zeta", "1");
    QVERIFY(settings.parts.empty());
    table().set_text(settings, "rule", "none");
    QVERIFY(settings.parts.empty());

    settings.parts["every"] = std::int64_t{5};
    QVERIFY(!message_of([&] { table().check(settings); }).empty());
    settings.parts = {{"evry", std::int64_t{5}}};
    QVERIFY(message_of([&] { table().check(settings); }).find("did you mean \"every\"?") != std::string::npos);
  }

  void a_single_part_needs_no_row_that_chooses_it() {
    const auto made = [](std::span<const Rule> parts) {
      ParameterTable<Settings> rows("toy setting", {parameter<&Settings::rule>({.id = "rule", .choices = rules}),
                                                    parameter<&Settings::on>({.id = "on"})});
      rows.add_parts("rule", parts, &Settings::parts, dnm::SingleChoice::hidden);
      return rows;
    };
    const std::array<Rule, 1> only{dnm::parameter_part<std::string(int)>(
        rules[0], drop_table(), [](const DropSettings& own, int) { return std::to_string(own.zeta); })};
    const ParameterTable<Settings> rows = made(only);
    QVERIFY(dnm::row_ids(std::vector(rows.begin(), rows.end())) ==
            (std::vector<std::string_view>{"zeta", "every", "on"}));
    Settings settings;
    QVERIFY(rows.applies(rows.at("zeta"), settings));
    rows.set_text(settings, "zeta", "0.5");
    rows.check(settings);
    QCOMPARE(only[0].make(settings.parts, 3), std::string("0.500000"));
    QVERIFY(made(rule_table()).find("rule") != nullptr);
    // It must be what default settings choose, since nothing else can.
    QVERIFY_EXCEPTION_THROWN(made(std::span(rule_table()).subspan(1, 1)), std::logic_error);
  }

  void a_part_reads_its_own_settings() {
    const Settings settings = with({{"rule", "drop"}, {"zeta", "0.5"}});
    QCOMPARE(dnm::look_up(rule_table(), settings.rule, "rule").make(settings.parts, 3),
             std::string("drop 0.500000 103"));
    QCOMPARE(rule_table()[0].make({}, 4), std::string("none 4"));
    QCOMPARE(rule_table()[2].make({}, 4), std::string("grow 1.000000"));
    QVERIFY(!message_of([] { static_cast<void>(rule_table()[1].make({{"zeta", 2.0}}, 0)); }).empty());
  }

  void settings_of_something_else_are_kept_by_id() {
    Settings settings;
    const auto rows = dnm::kept_rows<&Settings::parts>(drop_table());
    QCOMPARE(rows.size(), std::size_t{2});
    QVERIFY(rows[0].get(settings) == ParameterValue(0.3));
    rows[0].set(settings, ParameterValue(0.5));
    QVERIFY(rows[0].get(settings) == ParameterValue(0.5) && settings != Settings{});
    QCOMPARE(dnm::part_settings(drop_table(), settings.parts).zeta, 0.5);
    QCOMPARE(dnm::part_settings(drop_table(), settings.parts).every, 100);
    rows[0].set(settings, ParameterValue(0.3));
    QVERIFY(settings == Settings{});
  }

  void a_reset_puts_back_the_default_under_these_choices() {
    const auto usual = [](const Settings& settings) {
      return std::get<double>(table().usual(table().at("zeta"), settings));
    };
    QCOMPARE(usual(with({{"rule", "drop"}, {"zeta", "0.5"}})), 0.3);
    QCOMPARE(usual(with({{"rule", "grow"}, {"zeta", "0.5"}})), 1.0);
    QVERIFY(table().usual(table().at("small"), with({{"small", "5"}})) == ParameterValue(std::int64_t{3}));
  }

  void json_keeps_every_setting() {
    const Settings plain;
    const Settings other = with({{"on", "yes"},
                                 {"side", "right"},
                                 {"colour", "green"},
                                 {"small", "0"},
                                 {"large", "123456789012"},
                                 {"name", "x and Ä"},
                                 {"rule", "drop"},
                                 {"zeta", "0.125"},
                                 {"sizes", "9"},
                                 {"depth", "1e-05"},
                                 {"spread", "fixed:3"}});
    for (const Settings& settings : {plain, other}) {
      for (const auto form : {dnm::JsonForm::text, dnm::JsonForm::typed}) {
        QVERIFY(read(dnm::to_json(table(), settings, form)) == settings);
      }
    }
    const std::string texts =
        R"({"on":"false","side":"left","paint":"red","small":"3","large":"7","name":"","rule":"none",)"
        R"("sizes":"1,2","depth":"0.5","spread":"gaussian:2"})";
    const std::string typed = R"({"on":true,"side":"right","paint":"green","small":0,"large":123456789012,)"
                              R"("name":"x and Ä","rule":"drop","zeta":0.125,"every":100,"sizes":"9","depth":1e-05,)"
                              R"("spread":"fixed:3"})";
    QCOMPARE(dnm::to_json(table(), plain, dnm::JsonForm::text), texts);
    QCOMPARE(dnm::to_json(table(), other, dnm::JsonForm::typed), typed);
  }

  void json_reads_numbers_and_texts_alike() {
    QVERIFY(read("{\"small\": \"5\", \"sizes\": [3, 4], \"depth\": 1, \"on\": true}") ==
            with({{"small", "5"}, {"sizes", "3,4"}, {"depth", "1"}, {"on", "true"}}));
    for (const char* bad : {R"({"small": 5.5})", R"({"small": null})", R"({"small": {}})", R"({"sizes": ["a"]})",
                            R"({"small": 18446744073709551615})", R"({"paint": "blue"})", "[]", "", "{"}) {
      QVERIFY2(!message_of([&] { static_cast<void>(read(bad)); }).empty(), bad);
    }
    QVERIFY(read("{\"small\": 5.5, \"sizes\": {}, \"name\": \"kept\"}", dnm::BadValue::skip) ==
            with({{"name", "kept"}}));
  }

  void json_of_older_sessions_is_read() {
    const Settings green = with({{"colour", "green"}});
    for (const char* json : {R"({"paint": "green"})", R"({"color": "green"})", R"({"tint": "green"})",
                             R"({"color": "red", "paint": "green", "tint": "red"})"}) {
      QVERIFY2(read(json) == green, json);
    }
    QCOMPARE(&table().at("tint"), &table().at("colour"));
    dnm::JsonValues values(R"({"tint": "red", "shape": [1], "small": 4, "asked": 1})", "the toy settings");
    Settings settings;
    dnm::set_from_json(table(), settings, values, dnm::BadValue::refuse);
    QCOMPARE(values.rest(), std::string("{\"shape\":[1],\"asked\":1}"));
  }

  void rows_of_other_parts_are_no_settings() {
    QVERIFY(read("{\"rule\": \"none\", \"zeta\": \"0.5\"}") == Settings{});
    // The chooser is read first, wherever it stands.
    QVERIFY(read("{\"zeta\": \"0.5\", \"rule\": \"grow\"}") == with({{"rule", "grow"}, {"zeta", "0.5"}}));
  }

  void options_are_what_differs() {
    QCOMPARE(dnm::command_options(table(), Settings{}), std::string());
    Settings settings = with({{"on", "true"},
                              {"colour", "green"},
                              {"name", "two words"},
                              {"rule", "drop"},
                              {"zeta", "0.5"},
                              {"sizes", "8,9"},
                              {"depth", "0.25"},
                              {"asked", "1"}});
    QCOMPARE(dnm::command_options(table(), settings),
             std::string(" --on --colour green --name 'two words' --rule drop --zeta 0.5 --sizes 8,9 --depth 0.25"));
    QCOMPARE(dnm::command_options(table(), settings, {"rule", "sizes"}),
             std::string(" --on --colour green --name 'two words' --zeta 0.5 --depth 0.25"));
    table().set_text(settings, "colour", "red");
    QVERIFY(dnm::command_options(table(), settings).find("--depth") == std::string::npos);
  }
};

DNM_TEST(TestParameterTable)
#include "test_parameter_table.moc"
