// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/workspace/session/session.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using dnm::test::contains;
using dnm::test::message_of;

namespace {

std::string with_parameters(const std::string& parameters) {
  return R"({"format": "dnm-session", "version": 1, "parameters": )" + parameters + "}";
}

}  // namespace

class TestSession : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void round_trip();
  void unknown_keys_are_kept();
  void a_network_alone_has_no_settings();
  void numbers_may_stand_for_texts();
  void file_round_trip_and_no_half_written_file();
  void bad_text_data();
  void bad_text();
  void missing_file();
};

void TestSession::round_trip() {
  dnm::Session session;
  for (const auto& [id, text] : std::vector<std::pair<std::string, std::string>>{{"layers", "10,20,30,40"},
                                                                                 {"sparsity", "0.1234567890123"},
                                                                                 {"degree", "uniform:0.5"},
                                                                                 {"degree", "2=spatial-gaussian:2"},
                                                                                 {"border", "3=bounded"},
                                                                                 {"dendrites", "gaussian:5,1.5"},
                                                                                 {"seed", "9007199254740991"}}) {
    dnm::set_from_text(session.state.parameters, id, text);
  }
  session.state.shown = dnm::ShownFile{"/somewhere/näcwork.npz", {}, {}, {dnm::ReadAs::layers, {"fc1.weight", "fc2"}}};
  session.state.view.measured_layer = 1;
  session.state.training.epochs = 10;
  session.state.seeds = {3, 1, 4};
  session.chart = dnm::ChartSettings{.view = dnm::ChartView::comparison,
                                     .smoothing = 0.5,
                                     .highest_first = true,
                                     .logarithmic = true,
                                     .rule_figure = dnm::RuleFigure::best_on_test,
                                     .hidden_rules = {"set", "granet"}};
  session.unknown.view = R"({"zoom":2.5,"panel":null})";
  const dnm::Session again = dnm::session_from_json(dnm::session_to_json(session));
  QVERIFY(again.state == session.state);
  QVERIFY(again.chart == session.chart);
  QVERIFY(contains(again.unknown.view, R"("zoom":2.5)") && contains(again.unknown.view, R"("panel":null)"));
  QCOMPARE(again.unknown.top, std::string("{}"));
  QCOMPARE(dnm::session_to_json(again), dnm::session_to_json(session));
}

void TestSession::unknown_keys_are_kept() {
  const std::string text = R"({"format": "dnm-session", "version": 1, "window": {"colour": [1, null]},
      "parameters": {"sparsity": "0.8", "shape": "round", "overrides": {"1": {"degree": "gaussian", "twist": 3}}}})";
  dnm::Session session = dnm::session_from_json(text);
  QCOMPARE(session.state.parameters.shared.sparsity, 0.8);
  dnm::set_from_text(session.state.parameters, "sparsity", "0.7");
  const std::string written = dnm::session_to_json(session);
  QVERIFY(contains(written, "colour"));
  QVERIFY(contains(written, R"("shape": "round")"));
  QVERIFY(contains(written, R"("twist": 3)"));
  const dnm::Session again = dnm::session_from_json(written);
  QCOMPARE(again.state.parameters, session.state.parameters);
  QCOMPARE(dnm::session_to_json(again), written);
}

void TestSession::a_network_alone_has_no_settings() {
  const dnm::Session session = dnm::network_session();
  const std::string written = dnm::session_to_json(session);
  QVERIFY(contains(written, R"("view": {})") && contains(written, R"("training": {})"));
  const dnm::Session again = dnm::session_from_json(written);
  QVERIFY(!again.has_view && !again.has_training && !again.chart);
  QVERIFY(again.state == dnm::WorkspaceState{});
  QCOMPARE(dnm::session_to_json(again), written);
}

void TestSession::numbers_may_stand_for_texts() {
  const dnm::Session session =
      dnm::session_from_json(with_parameters(R"({"layers": [5, 6], "sparsity": 0.5, "seed": 7})"));
  QCOMPARE(session.state.parameters.layer_sizes, (std::vector<dnm::NodeIndex>{5, 6}));
  QCOMPARE(session.state.parameters.shared.sparsity, 0.5);
  QCOMPARE(session.state.parameters.seed, std::uint64_t{7});
}

void TestSession::file_round_trip_and_no_half_written_file() {
  const QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("a.dnm.json").toStdString();
  dnm::Session session;
  session.state.parameters.seed = 42;
  dnm::write_session(path, session);
  QCOMPARE(dnm::read_session(path).state.parameters, session.state.parameters);

  QVERIFY_THROWS_EXCEPTION(dnm::FileError, dnm::write_session(path.parent_path() / "none" / "a.dnm.json", session));
  QCOMPARE(dnm::read_session(path).state.parameters, session.state.parameters);
  const std::filesystem::directory_iterator entries(folder.path().toStdString());
  QCOMPARE(std::distance(begin(entries), end(entries)), std::ptrdiff_t{1});
}

void TestSession::bad_text_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("part");
  const auto row = [](const char* name, const std::string& text, const char* part) {
    QTest::newRow(name) << QString::fromStdString(text) << QString(part);
  };
  row("empty", "", "not valid JSON");
  row("truncated", R"({"format": "dnm-session", "ver)", "not valid JSON near byte");
  row("huge number", with_parameters(R"({"sparsity": 1e999})"), "too large");
  row("other JSON", R"({"name": 1})", "not a DNM Studio session");
  row("array", "[1,2]", "not a DNM Studio session");
  row("no version", R"({"format": "dnm-session"})", "no valid version");
  row("newer", R"({"format": "dnm-session", "version": 2})", "newer");
  row("view", R"({"format": "dnm-session", "version": 1, "view": 3})", "\"view\"");
  row("training", R"({"format": "dnm-session", "version": 1, "training": {"epochs": "-3"}})", "epochs");
  row("network file", R"({"format": "dnm-session", "version": 1, "network_file": {}})", "network_file");
  const std::string file = R"({"format": "dnm-session", "version": 1, "network_file": "a.mtx", "network_reading": )";
  row("network reading", file + "3}", "network_reading");
  row("network read as", file + R"({"as": "picture"}})", "one of graph, layers");
  row("network read as a number", file + R"({"as": 3}})", "network_reading");
  row("tensors", file + R"({"tensors": [1]}})", "network_reading");
  row("parameters", with_parameters("3"), "not a JSON object");
  row("sparsity", with_parameters(R"({"sparsity": "1.5"})"), "sparsity = 1.5 is out of range");
  row("kind", with_parameters(R"({"sparsity": {}})"), "sparsity");
  row("list", with_parameters(R"({"layers": [1, "x"]})"), "layers");
  row("one layer", with_parameters(R"({"layers": [5]})"), "at least two layers");
  row("empty layer", with_parameters(R"({"layers": [5, 0]})"), "layers");
  row("override layer", with_parameters(R"({"overrides": {"zwei": {"degree": "fixed"}}})"), "not a layer");
  row("override beyond", with_parameters(R"({"overrides": {"9": {"degree": "fixed"}}})"), "layer 9");
  row("override kind", with_parameters(R"({"overrides": {"1": 3}})"), "not a JSON object");
  row("override list", with_parameters(R"({"overrides": [3]})"), "overrides");
}

void TestSession::bad_text() {
  QFETCH(QString, text);
  QFETCH(QString, part);
  const std::string message = message_of([&] { static_cast<void>(dnm::session_from_json(text.toStdString())); });
  QVERIFY2(contains(message, part.toStdString()), message.c_str());
}

void TestSession::missing_file() {
  const QTemporaryDir folder;
  const std::filesystem::path path = folder.filePath("none.dnm.json").toStdString();
  QVERIFY(contains(message_of([&] { static_cast<void>(dnm::read_session(path)); }), "none.dnm.json"));
  QVERIFY(
      contains(message_of([&] { static_cast<void>(dnm::read_session(folder.path().toStdString())); }), "is a folder"));
  std::ofstream(path) << "{";
  const std::string message = message_of([&] { static_cast<void>(dnm::read_session(path)); });
  QVERIFY(contains(message, "none.dnm.json") && contains(message, "JSON"));
}

DNM_TEST(TestSession)
#include "test_session.moc"
