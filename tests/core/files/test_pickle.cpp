// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/files/pickle.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using dnm::Pickle;
using dnm::PickleKind;
using dnm::PickleValue;
using namespace std::string_view_literals;

namespace {

std::string hexadecimal(std::string_view bytes) {
  std::string digits;
  for (const char byte : bytes) {
    for (const int shift : {4, 0}) digits += "0123456789abcdef"[(static_cast<unsigned char>(byte) >> shift) & 15];
  }
  return digits;
}

std::string real_text(double real) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%.17g", real);
  return digits.data();
}

std::string told(const PickleValue& value);

std::string told_items(const PickleValue& value, bool sorted = false) {
  std::vector<std::string> texts;
  for (const PickleValue* item : value.items) texts.push_back(told(*item));
  if (sorted) std::sort(texts.begin(), texts.end());
  std::string text;
  for (const std::string& item : texts) text += (text.empty() ? "" : ",") + item;
  return text;
}

/// In the words of pickled_values.py.
std::string told(const PickleValue& value) {
  switch (value.kind) {
    case PickleKind::none:
      return "none";
    case PickleKind::boolean:
      return value.integer != 0 ? "true" : "false";
    case PickleKind::integer:
      return "int " + std::to_string(value.integer);
    case PickleKind::long_integer:
      return "long " + hexadecimal(value.text);
    case PickleKind::real:
      return std::isnan(value.real) ? "nan" : "real " + real_text(value.real);
    case PickleKind::text:
      return "text " + hexadecimal(value.text);
    case PickleKind::bytes:
      return "bytes " + hexadecimal(value.text);
    case PickleKind::list:
      return "[" + told_items(value) + "]";
    case PickleKind::tuple:
      return "(" + told_items(value) + ")";
    case PickleKind::set:
      return "<" + told_items(value, true) + ">";
    case PickleKind::dictionary: {
      std::string text;
      for (std::size_t i = 0; i < value.items.size(); i += 2) {
        text += (text.empty() ? "" : ",") + told(*value.items[i]) + ":" + told(*value.items[i + 1]);
      }
      return "{" + text + "}";
    }
    case PickleKind::global:
      return "global " + std::string(value.text);
    case PickleKind::object:
      return "object " + std::string(value.callable->text) + told(*value.arguments) +
             (value.has_keys ? "{" + told_items(value) + "}" : "[" + told_items(value) + "]") +
             (value.state ? " with " + told(*value.state) : std::string());
    case PickleKind::persistent:
      return "persistent " + told(*value.items.front());
  }
  return {};
}

bool allows_samples(std::string_view global) { return global.starts_with("sample."); }

Pickle read(std::string_view content) {
  return dnm::read_pickle(content, {.path = "sample.pickle", .allows = allows_samples, .remedy = "save it otherwise"});
}
std::string read_text(std::string_view content) { return told(read(content).value()); }
std::string refusal_of(std::string_view content) {
  return dnm::test::message_of([&] { static_cast<void>(read(content)); });
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

/// What Python pickles is read as what it is, whatever the protocol; nothing of it is run.
class TestPickle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reads_what_python_writes() {
    const QString python = dnm::test::python_with("pickle");
    if (python.isEmpty()) QSKIP("Python is not installed");
    const dnm::test::NetworkFolder folder;
    const QString script = QString(dnm::test::source_folder()) + "/tests/core/files/pickled_values.py";
    const dnm::test::Ended ended = dnm::test::run(python, {script, folder.path()});
    QVERIFY2(ended.well, ended.errors.constData());
    int number = 0;
    for (; std::filesystem::exists(folder.file(std::to_string(number) + ".pickle")); ++number) {
      const std::string content = dnm::test::content_of(folder.file(std::to_string(number) + ".pickle"));
      const std::string expected = dnm::test::content_of(folder.file(std::to_string(number) + ".txt"));
      const Pickle pickle = read(content);
      QCOMPARE(told(pickle.value()), expected);
      QCOMPARE(content.substr(pickle.bytes()), std::string("what follows is not part of it"));
      // Cut off anywhere, it is refused: at every place of a short one.
      const std::size_t step = std::max<std::size_t>(1, pickle.bytes() / 50);
      for (std::size_t length = 0; length < pickle.bytes(); length += step) {
        QVERIFY(!refusal_of(std::string_view(content).substr(0, length)).empty());
      }
    }
    QCOMPARE(number, 6 * 52 + 4 * 4);
  }

  void reads_objects_as_data_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, std::string_view content, const char* expected) {
      QTest::newRow(name) << QByteArray(content.data(), static_cast<qsizetype>(content.size())) << QString(expected);
    };
    row("global", "csample\nThing\n."sv, "global sample.Thing");
    row("global from the stack", "\x8c\x06sample\x8c\x05Thing\x93."sv, "global sample.Thing");
    row("call", "csample\nmake\n(K\x01K\x02tR."sv, "object sample.make(int 1,int 2)[]");
    row("new object",
        "csample\nThing\n)\x81K\x07"
        "b."sv,
        "object sample.Thing()[] with int 7");
    row("new object with keywords", "csample\nThing\n)}\x92."sv, "object sample.Thing()[]");
    row("instance of protocol 0", "(K\x01isample\nThing\n."sv, "object sample.Thing(int 1)[]");
    row("instance of protocol 1", "(csample\nThing\nK\x01o."sv, "object sample.Thing(int 1)[]");
    row("list",
        "csample\nThing\n)R(K\x01K\x02"
        "e."sv,
        "object sample.Thing()[int 1,int 2]");
    row("dictionary", "csample\nThing\n)RK\x01K\x02s."sv, "object sample.Thing(){int 1,int 2}");
    row("dictionary with state", "ccollections\nOrderedDict\n)RK\x01K\x02s}b."sv, "{int 1:int 2}");
    row("dictionary of Python 2", "ccollections\nOrderedDict\n((lp0\n(lp1\nS'a'\naI1\naatR."sv, "{bytes 61:int 1}");
    row("persistent", "K\x05Q."sv, "persistent int 5");
    row("persistent of protocol 0", "Pname\n."sv, "persistent text 6e616d65");
    row("text of Python 2", "S'a\\x41\\n\\'\\\\'\n."sv, "bytes 61410a275c");
    row("mark taken away by 0", "K\x01(0."sv, "int 1");
    row("mark taken away by 1",
        "K\x01(K\x02"
        "1."sv,
        "int 1");
    row("value twice",
        "K\x01"
        "2\x86."sv,
        "(int 1,int 1)");
    row("boolean of protocol 0", "I01\n."sv, "true");
  }
  void reads_objects_as_data() {
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(read_text(content.toStdString())), expected);
  }

  void refuses_what_would_run_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, std::string_view content, const char* reason) {
      QTest::newRow(name) << QByteArray(content.data(), static_cast<qsizetype>(content.size())) << QString(reason);
    };
    row("os.system", "cos\nsystem\n(S'echo'\ntR."sv, "\"os.system\"");
    row("posix.system from the stack",
        "\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04"
        "echo\x85R."sv,
        "\"posix.system\"");
    row("instance", "(S'echo'\nios\nsystem\n."sv, "\"os.system\"");
    row("eval", "c__builtin__\neval\n(S'1'\ntR."sv, "\"__builtin__.eval\"");
    row("a global that is only named", "cos\nsystem\n."sv, "\"os.system\"");
    row("hidden in a list that is thrown away", "(cos\nsystem\n1N."sv, "\"os.system\"");
    row("what is called is a value", "K\x01)R."sv, "neither a class nor a function");
    row("what is called is an object", "csample\nf\n)R)R."sv, "neither a class nor a function");
    row("arguments that are no tuple", "csample\nf\n]R."sv, "is damaged");
    row("state of a number", "K\x01}b."sv, "state");
    row("extension", "\x82\x01."sv, "extension registry");
    row("buffer", "\x80\x05\x97."sv, "buffers");
    row("protocol 6", "\x80\x06N."sv, "protocol");
    row("no such operation", "\xFF."sv, "not known");
    row("empty", ""sv, "truncated");
    row("end without a value", "."sv, "is damaged");
    row("end below a mark", "K\x01(."sv, "is damaged");
    row("tuple of nothing", "\x87."sv, "is damaged");
    row("mark that is not there", "t."sv, "is damaged");
    row("value that was not made", "h\x05."sv, "refers to");
    row("item into a number",
        "K\x01K\x02"
        "a."sv,
        "is damaged");
    row("key without a value", "}(K\x01u."sv, "is damaged");
    row("items into a dictionary",
        "}K\x01"
        "a."sv,
        "is damaged");
    row("text of 4 GiB", "X\xFF\xFF\xFF\xFFx."sv, "truncated");
    row("bytes of 2^64", "\x8e\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFx."sv, "truncated");
    row("frame of 2^64", "\x80\x04\x95\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFN."sv, "truncated");
    row("line without an end", "I12"sv, "truncated");
    row("number of letters", "Iabc\n."sv, "integer");
    row("number of 65 bits", "L36893488147419103232L\n."sv, "64 bits");
    row("text that is not UTF-8", "X\x02\0\0\0\xC3\x28."sv, "not UTF-8");
    row("encoding other than Latin-1", "c_codecs\nencode\n(Vabc\nVrot13\ntR."sv, "Latin-1");
    row("a set of a number", "c__builtin__\nset\n(K\x01tR."sv, "is damaged");
    row("pairs of three", "ccollections\nOrderedDict\n((lp0\n(K\x01K\x02K\x03tatR."sv, "is damaged");
  }
  void refuses_what_would_run() {
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    const QString message = QString::fromStdString(refusal_of(content.toStdString()));
    QVERIFY2(message.contains(reason), qPrintable(message));
    QVERIFY2(message.contains("sample.pickle") && !message.contains('\n'), qPrintable(message));
    if (reason.startsWith('"')) QVERIFY2(message.contains("save it otherwise"), qPrintable(message));
  }

  /// A few bytes that would expand without end, in depth, in width or by a number: refused, or small.
  void withstands_expansion() {
    constexpr std::size_t many = 300000;
    QVERIFY(refusal_of("r\xFF\xFF\xFF\xFF.").find("is damaged") != std::string::npos);
    QCOMPARE(read_text("K\x01r\xFF\xFF\xFF\xFFj\xFF\xFF\xFF\xFF\x86."), std::string("(int 1,int 1)"));
    // A tuple in a tuple in a tuple; each level twice the level below: 2^300000 values, if they were not shared.
    QVERIFY(read(")" + repeated("\x85", many) + ".").value().kind == PickleKind::tuple);
    QVERIFY(read(")" + repeated("2\x86", many) + ".").value().items.size() == 2);
    // A list in itself.
    const Pickle itself = read(
        "]q\x01h\x01"
        "a."sv);
    QVERIFY(itself.value().items.front() == &itself.value());
    // One large value taken again and again.
    const std::string text = "X" + std::string("\x00\x00\x02\x00", 4) + std::string(1 << 17, 'x');
    QVERIFY(refusal_of("c_codecs\nencode\nq\x01" + text + "Vlatin1\n\x86q\x02" + repeated("h\x01h\x02R", many) + ".")
                .find("beyond measure") != std::string::npos);
    const std::string list = "](" + repeated("N", 1000) + "e";
    QVERIFY(refusal_of("c__builtin__\nset\nq\x01" + list + "\x85q\x02" + repeated("h\x01h\x02R", many) + ".")
                .find("values") != std::string::npos);
    QVERIFY(refusal_of(repeated("]", (std::size_t{1} << 22) + 1) + ".").find("values") != std::string::npos);
    QVERIFY(refusal_of("N" + repeated("\x94", (std::size_t{1} << 22) + 1) + ".").find("values") != std::string::npos);
  }

  void ends_on_request() {
    std::stop_source stop;
    stop.request_stop();
    const dnm::PickleOptions options{.path = "sample.pickle", .control = {stop.get_token(), {}}};
    QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(dnm::read_pickle("N.", options)));
  }

  void finds_entries() {
    const Pickle pickle = read(
        "}(X\x01\0\0\0aK\x01U\x01"
        "bK\x02X\x01\0\0\0aK\x03u."sv);
    QCOMPARE(dnm::entry_of(pickle.value(), "a")->integer, 3);
    QCOMPARE(dnm::entry_of(pickle.value(), "b")->integer, 2);
    QVERIFY(dnm::entry_of(pickle.value(), "c") == nullptr);
    QVERIFY(dnm::entry_of(*pickle.value().items[1], "a") == nullptr);
  }
};

DNM_TEST(TestPickle, QCoreApplication)
#include "test_pickle.moc"
