// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <zlib.h>

#include "core/network/random.h"
#include "tests/core/error_message.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/text/bible_text.h"
#include "training/text/help_text.h"
#include "training/text/markup.h"
#include "training/text/pair_filter.h"
#include "training/text/sha256.h"
#include "training/text/sword_module.h"
#include "training/text/text_source.h"
#include "training/text/words.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::uint64_t words_in(const std::vector<std::string>& lines) {
  return std::accumulate(lines.begin(), lines.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const std::string& line) { return sum + words_of(line).size(); });
}

/// What other code finds in the same two folders.
QJsonObject of_reference(const fs::path& source, const fs::path& target) {
  const QString script = QString(dnm::test::source_folder()) + "/tests/training/help_reference.py";
  const dnm::test::Ended ended = dnm::test::run(
      "python3", {script, QString::fromStdString(source.string()), QString::fromStdString(target.string())});
  return QJsonDocument::fromJson(ended.output).object();
}

/// Of one part: lines, words and checksums of both sides, as the reference tells them.
QJsonArray told(const SentencePairs& pairs) {
  const auto sum = [](const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return QString::fromStdString(sha256(text));
  };
  return {static_cast<qint64>(pairs.size()), static_cast<qint64>(words_in(pairs.source)),
          static_cast<qint64>(words_in(pairs.target)), sum(pairs.source), sum(pairs.target)};
}

void put(std::string& bytes, std::uint32_t number, int width) {
  for (int i = 0; i < width; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

/// The three files of a testament in format zText, a block of several entries each.
struct ModuleFiles {
  std::string blocks;
  std::string entries;
  std::string packed;

  explicit ModuleFiles(const std::vector<std::string>& texts, std::size_t in_block = 3) {
    for (std::size_t first = 0; first < texts.size(); first += in_block) {
      std::string block;
      for (std::size_t i = first; i < std::min(first + in_block, texts.size()); ++i) {
        put(entries, static_cast<std::uint32_t>(first / in_block), 4);
        put(entries, static_cast<std::uint32_t>(block.size()), 4);
        put(entries, static_cast<std::uint32_t>(texts[i].size()), 2);
        block += texts[i];
      }
      uLongf size = compressBound(block.size());
      std::string bytes(size, '\0');
      compress(reinterpret_cast<Bytef*>(bytes.data()), &size, reinterpret_cast<const Bytef*>(block.data()),
               block.size());
      bytes.resize(size);
      put(blocks, static_cast<std::uint32_t>(packed.size()), 4);
      put(blocks, static_cast<std::uint32_t>(size), 4);
      put(blocks, static_cast<std::uint32_t>(block.size()), 4);
      packed += bytes;
    }
  }
  void write_to(const fs::path& folder, const std::string& name) const {
    write(folder / (name + ".bzs"), blocks);
    write(folder / (name + ".bzv"), entries);
    write(folder / (name + ".bzz"), packed);
  }
};

}  // namespace

/// Where parallel text comes from: folders, the help of LibreOffice, Bibles; hostile files get one sentence each.
class TestTextSources : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
  /// A whole text folder, with one file replaced.
  [[nodiscard]] fs::path text_folder(const char* name, const std::map<std::string, std::string>& files) const {
    const fs::path folder = path(name);
    for (const char* part : {"train", "valid", "test"}) {
      write(folder / (std::string(part) + ".en"), "A dog runs.\nTwo men sit.\n");
      write(folder / (std::string(part) + ".de"), "Ein Hund läuft.\nZwei Männer sitzen.\n");
    }
    for (const auto& [file, text] : files) write(folder / file, text);
    return folder;
  }
  [[nodiscard]] static ParallelText load_folder(const fs::path& folder, const char* languages = "en-de") {
    const NamedText name = named_text(std::string("text-folder:") + languages);
    return load_text(name, text_places(folder.string())).text;
  }

 private Q_SLOTS:
  void reads_languages_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::newRow("two") << "en-de"
                         << "en"
                         << "de";
    QTest::newRow("with a region") << "en-pt-br"
                                   << "en"
                                   << "pt-br";
    QTest::newRow("region first") << "en-gb-de"
                                  << "en-gb"
                                  << "de";
    QTest::newRow("two regions") << "zh-cn-pt-br"
                                 << "zh-cn"
                                 << "pt-br";
    QTest::newRow("three letters") << "dsb-de"
                                   << "dsb"
                                   << "de";
    QTest::newRow("one") << "en"
                         << ""
                         << "";
    QTest::newRow("the same") << "en-en"
                              << ""
                              << "";
    QTest::newRow("capitals") << "EN-de"
                              << ""
                              << "";
    QTest::newRow("a path") << "../x-y"
                            << ""
                            << "";
  }
  void reads_languages() {
    QFETCH(QString, text);
    QFETCH(QString, source);
    QFETCH(QString, target);
    if (source.isEmpty()) {
      QVERIFY(contains(message_of([&] { static_cast<void>(language_pairs(text.toStdString())); }), "no pair"));
      return;
    }
    for (const char* of : {"libreoffice-help:", "text-folder:"}) {
      const LanguagePair languages = named_text(of + text.toStdString()).languages;
      QCOMPARE(languages.source, source.toStdString());
      QCOMPARE(languages.target, target.toStdString());
      QCOMPARE(languages.text(), text.toStdString());
    }
  }

  /// Where no package tells which way languages are meant, the user says it.
  void languages_that_can_be_read_in_two_ways() {
    QCOMPARE(language_pairs("en-gb-de").size(), std::size_t{2});
    QCOMPARE(language_pairs("en-gb/de"), (std::vector<LanguagePair>{{"en-gb", "de"}}));
    QVERIFY((named_text("text-folder:xx-yy/zz").languages == LanguagePair{"xx-yy", "zz"}));
    QVERIFY((named_text("text-folder:xx/yy-zz").languages == LanguagePair{"xx", "yy-zz"}));
    for (const char* name : {"text-folder:xx-yy-zz", "bible:en-gb-de"}) {
      const std::string told = message_of([&] { static_cast<void>(named_text(name)); });
      QVERIFY2(contains(told, "more than one way; write ") && contains(told, "/"), told.c_str());
    }
    QVERIFY(contains(message_of([] { static_cast<void>(language_pairs("en/gb/de")); }), "no pair"));
  }

  void sums_are_those_of_the_standard() {
    // FIPS 180-4's examples.
    QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    const ParallelText text = load_folder(text_folder("sums", {}));
    const std::vector<TextFileSum> files = manifest(text, {"en", "de"});
    QCOMPARE(files.size(), std::size_t{6});
    QCOMPARE(files[3].name, std::string("valid.de"));
    QCOMPARE(files[3].lines, std::uint64_t{2});
    QCOMPARE(files[3].sha256, sha256("Ein Hund läuft.\nZwei Männer sitzen.\n"));
    QVERIFY(contains(manifest_text(files), files[3].sha256 + "  valid.de\n"));
  }

  void reads_a_folder() {
    const ParallelText text = load_folder(text_folder("folder", {{"train.en",
                                                                  "\xEF\xBB\xBF"
                                                                  "One.\r\n\r\nThree\xC2\xA0three.\r\nFour"},
                                                                 {"train.de", "Eins.\nZwei.\n \nVier\n"}}));
    QCOMPARE(text.train.source, (std::vector<std::string>{"One.", "Four"}));
    QCOMPARE(text.train.target, (std::vector<std::string>{"Eins.", "Vier"}));
    QCOMPARE(text.notices.size(), std::size_t{1});
    QCOMPARE(text.notices[0], std::string("2 training pairs with an empty side were left out"));
    QCOMPARE(text.valid.size(), std::size_t{2});
    // Other languages, and the names others give.
    const fs::path folder =
        text_folder("names", {{"dev.fr", "Un.\nDeux.\n"}, {"train.fr", "Un.\nDeux.\n"}, {"test.fr", "Un.\nDeux.\n"}});
    fs::rename(folder / "valid.de", folder / "val.de");
    QCOMPARE(load_folder(folder, "de-fr").valid.target[1], std::string("Deux."));
  }

  void a_line_of_a_million_words_is_a_line() {
    std::string line;
    for (int i = 0; i < 1000000; ++i) line += "word ";
    const ParallelText text = load_folder(text_folder("long", {{"train.en", line + "\nTwo.\n"}}));
    QCOMPARE(words_of(text.train.source[0]).size(), std::size_t{1000000});
  }

  void refuses_bad_folders_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    QTest::newRow("unequal") << "train.de" << QByteArray("Eins.\n") << "train.en has 2 lines, but train.de 1";
    QTest::newRow("empty side of a test") << "test.de" << QByteArray("Eins.\n\n") << "test.de: line 2 is empty";
    QTest::newRow("empty side of validation") << "valid.en" << QByteArray(" \nTwo.\n") << "valid.en: line 1 is empty";
    QTest::newRow("broken UTF-8") << "train.en" << QByteArray("One.\n\xC3\x28\n") << "line 2 is not UTF-8";
    QTest::newRow("binary") << "train.en" << QByteArray("a\0b\n", 4) << "NUL";
    QTest::newRow("nothing") << "train.en" << QByteArray() << "train.en has 0 lines";
    QTest::newRow("all empty") << "train.en" << QByteArray("\n\n") << "no line of it has a translation";
  }
  void refuses_bad_folders() {
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    const fs::path folder = text_folder(QTest::currentDataTag(), {{file.toStdString(), content.toStdString()}});
    const std::string message = message_of([&] { static_cast<void>(load_folder(folder)); });
    QVERIFY2(contains(message, words.toStdString()), message.c_str());
    QVERIFY(!contains(message, "\n"));
  }

  void says_what_is_missing() {
    const fs::path folder = text_folder("missing", {});
    fs::remove(folder / "valid.de");
    std::string message = message_of([&] { static_cast<void>(load_folder(folder)); });
    QVERIFY2(contains(message, "no valid.de") && contains(message, "test.de, test.en"), message.c_str());
    message = message_of([&] { static_cast<void>(load_folder(folder, "en-fr")); });
    QVERIFY2(contains(message, "no train.fr"), message.c_str());
    message = message_of([&] { static_cast<void>(load_folder(path("nowhere"))); });
    QVERIFY2(contains(message, "no folder"), message.c_str());
    QVERIFY(contains(message_of([] { static_cast<void>(load_text(named_text("text-folder"), text_places(""))); }),
                     "--data-dir"));
    message = message_of([&] {
      static_cast<void>(named_text("bible").source->find({"en", "es"}, text_places(path("x").string())));
    });
    QVERIFY2(contains(message, "dnm data fetch bible:en-es") && contains(message, "sword-text-kjv"), message.c_str());
    message = message_of([] { static_cast<void>(named_text("libreofice-help")); });
    QVERIFY2(contains(message, "did you mean \"libreoffice-help\""), message.c_str());
    message = message_of([] { static_cast<void>(help_packages({"en", "xx"})); });
    QVERIFY2(contains(message, "language"), message.c_str());
  }

  void takes_text_out_of_markup() {
    QCOMPARE(plain_text("a<br/>b <b>c</b>  d\n e"), std::string("ab c d e"));
    QCOMPARE(plain_text("&lt;x&gt; &amp;lt; &#65;&#x42; &nbsp; &unknown; & &#0; &#xD800; &#1114112; &"),
             std::string("<x> &lt; AB &unknown; & &#0; &#xD800; &#1114112; &"));
    QCOMPARE(plain_text("a < b"), std::string("a < b"));
    QCOMPARE(without_elements("a<note n=\"1\">x</note>b<note/>c<note>d", "<note", "</note>"),
             std::string("abc<note>d"));
    QCOMPARE(verse_text("<w lemma=\"x\">In</w> the¶ <note>gone</note><title>gone</title>end."),
             std::string("In the end."));
  }

  void finds_the_paragraphs_of_a_page() {
    const auto found = help_paragraphs(
        "<html><p id=\"par_id1\">One <span class=\"MAC\">Option</span><span class=\"WIN\">Alt</span> key.</p>"
        "<h2 class=\"x\" id=\"hd_id2\">Two &amp; &lt;more&gt;</h2><p>no id</p><p id=\"other\">x</p>"
        "<p id=\"par_id3\"></p><p id=\"par_id3\">Three</p><p id=\"par_id1\">again</p>"
        "<pre id=\"par_id4\">x</pre><td data-id=\"par_id5\">x</td><p id=\"par_id6\">open");
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].text, std::string("One Alt key."));
    QCOMPARE(found[1].text, std::string("Two & <more>"));
    QCOMPARE(found[2].text, std::string("Three"));
    QVERIFY(help_paragraphs("").empty());
    QVERIFY(help_paragraphs("<p id=\"par_").empty());
  }

  void hostile_pages_take_linear_time() {
    std::string page;
    for (int i = 0; i < 200000; ++i) page += "<p id=\"par_\"><h1 ";
    static_cast<void>(help_paragraphs(page));
    static_cast<void>(plain_text(page));
    static_cast<void>(without_elements(page, "<p", "</q>"));
  }

  void filters_pairs() {
    const auto sources = [](std::vector<std::pair<std::string, std::string>> pairs, const PairFilter& filter) {
      TextGroup group{"g", {}};
      for (auto& [source, target] : pairs) group.pairs.add(source, target);
      return filtered({group}, filter)[0].pairs.source;
    };
    const PairFilter filter{.least_source = 2, .most_source = 4, .most_target = 5, .most_ratio = 2.0};
    QCOMPARE(sources({{"a b", "x y"},
                      {"a", "x y"},
                      {"a b c d e", "x y z"},
                      {"a c", "1 2 3 4"},
                      {"a d", "1 2 3 4 5"},
                      {"a b c d", "1 2 3 4 5 6"},
                      {"a b c d", "1"},
                      {"same same", "same same"},
                      {"a b", "other"},
                      {"", "x"},
                      {"a e", ""},
                      {"a d", "1 2"}},
                     filter),
             (std::vector<std::string>{"a b", "a c", "a d"}));
  }

  void counts_words_without_blanks() {
    QCOMPARE(length_in_words(" one two  three "), std::size_t{3});
    QCOMPARE(length_in_words("选择 单元格。", 1.5), std::size_t{4});
    QCOMPARE(length_in_words("选", 1.5), std::size_t{1});
    QCOMPARE(length_in_words("", 1.5), std::size_t{0});
  }

  void compares_sentences_without_case_digits_and_punctuation() {
    QCOMPARE(leak_key("Page 12 of 7: \"Ä ÉTÉ\"!"), leak_key("page 34 of 9 ä été"));
    QCOMPARE(leak_key("ЖУК — 1"), std::string("жук 0"));
    QVERIFY(leak_key("a b") != leak_key("a c"));
    QVERIFY(leak_key("foo_bar") != leak_key("foobar"));
  }

  void holds_whole_groups_out() {
    Random random(5);
    std::vector<TextGroup> groups;
    std::map<std::string, std::string> group_of;
    for (int g = 0; g < 120; ++g) {
      TextGroup& group = groups.emplace_back("page" + std::to_string(g), SentencePairs{});
      for (std::uint64_t left = 1 + random.below(30); left > 0; --left) {
        // Case, digits and punctuation aside, some sentences of held-out pages occur in training.
        const std::string letters(1 + random.below(2), static_cast<char>('a' + random.below(26)));
        const std::string sentence = "sentence " + letters + static_cast<char>('a' + random.below(26)) +
                                     static_cast<char>('a' + random.below(26)) + std::to_string(group_of.size());
        group.pairs.add(sentence, "satz " + sentence);
        group_of[sentence] = group.name;
      }
    }
    const ParallelText text = split_by_group(groups, 200, 150);
    QVERIFY(text.train.size() > 1000);
    QVERIFY(text.test.size() <= 150 && text.valid.size() <= 150 && text.test.size() > 0);
    std::map<std::string, std::set<int>> parts;
    std::set<std::string> keys;
    for (const std::string& line : text.train.source) {
      parts[group_of[line]].insert(0);
      keys.insert(leak_key(line));
    }
    int number = 1;
    for (const SentencePairs* part : {&text.valid, &text.test}) {
      for (const std::string& line : part->source) {
        parts[group_of[line]].insert(number);
        QVERIFY(!keys.contains(leak_key(line)));
      }
      ++number;
    }
    for (const auto& [group, in] : parts) QCOMPARE(in.size(), std::size_t{1});
    // The groups' order decides nothing.
    std::reverse(groups.begin(), groups.end());
    const ParallelText again = split_by_group(groups, 200, 150);
    QCOMPARE(again.train, text.train);
    QCOMPARE(again.test, text.test);
  }

  void finds_the_pairs_of_drawn_pages_as_other_code_does() {
    const fs::path help = path("help");
    Random random(11);
    const auto sentence = [&](const char* start) {
      std::string text = start;
      for (std::uint64_t left = random.below(9); left > 0; --left) text += " w" + std::to_string(random.below(400));
      return text;
    };
    for (int page = 0; page < 600; ++page) {
      std::string source = "<html>";
      std::string target = "<html>";
      for (std::uint64_t left = 4 + random.below(25); left > 0; --left) {
        const std::string id = "par_id" + std::to_string(random.below(60));
        const std::string open = "<p class=\"a\" id=\"" + id + "\">";
        source += open + sentence("The <b>page</b>") + "<span class=\"MAC\">mac</span></p>\n";
        if (random.below(10) > 0) target += open + sentence("Die &lt;Seite&gt;") + "</p>\n";
      }
      const std::string name =
          "text/" + std::string(random.below(2) == 0 ? "shared" : "swriter/01") + "/p" + std::to_string(page) + ".html";
      write(help / "libreoffice/help/en-US" / name, source);
      if (page % 17 != 0) write(help / "libreoffice/help/de" / name, target);
    }
    const LoadedText loaded = load_text(named_text("libreoffice-help:en-de"), text_places(help.string()));
    const QJsonObject theirs = of_reference(help / "libreoffice/help/en-US", help / "libreoffice/help/de");
    QVERIFY(theirs["train"].toArray()[0].toInt() > 1000);
    QCOMPARE(told(loaded.text.train), theirs["train"].toArray());
    QVERIFY(loaded.text.notices.size() == 1 && contains(loaded.text.notices[0], "differs"));
  }

  void the_packaged_help_is_found_whole() {
    const NamedText name = named_text("libreoffice-help");
    const TextPlaces places = text_places("");
    try {
      static_cast<void>(name.source->find(name.languages, places));
    } catch (const FileError&) {
      QSKIP("libreoffice-help-en-us and libreoffice-help-de are not there");
    }
    const LoadedText loaded = load_text(name, places);
    const QJsonObject theirs = of_reference(places.find("libreoffice/help/en-US"), places.find("libreoffice/help/de"));
    QCOMPARE(told(loaded.text.train), theirs["train"].toArray());
    QCOMPARE(loaded.text.valid.size(), std::size_t{1000});
    QCOMPARE(loaded.text.test.size(), std::size_t{1000});
    if (!loaded.text.notices.empty()) QSKIP("another version than the known one");
    QCOMPARE(loaded.text.train.size(), std::size_t{25366});
    QCOMPARE(words_in(loaded.text.train.source), std::uint64_t{391364});
    QCOMPARE(words_in(loaded.text.train.target), std::uint64_t{377627});
  }

  void the_packaged_bibles_are_read() {
    const NamedText name = named_text("bible");
    const TextPlaces places = text_places("");
    try {
      static_cast<void>(name.source->find(name.languages, places));
    } catch (const FileError&) {
      QSKIP("sword-text-kjv and sword-text-sparv are not there");
    }
    const LoadedText loaded = load_text(name, places);
    // 66 books of 1,189 chapters and 31,102 verses, and an entry before each book, chapter and testament.
    const auto entries = read_sword_text(places.find("sword/modules/texts/ztext/engKJV2006eb"), {});
    QCOMPARE(entries.size(), std::size_t{31102 + 1189 + 66 + 4});
    QVERIFY(loaded.text.train.size() > 28000);
    const auto& source = loaded.text.train.source;
    const std::string first = "In the beginning God created the heaven and the earth.";
    for (const SentencePairs* part : {&loaded.text.train, &loaded.text.valid, &loaded.text.test}) {
      const auto found = std::find(part->source.begin(), part->source.end(), first);
      if (found != part->source.end()) {
        QCOMPARE(part->target[static_cast<std::size_t>(found - part->source.begin())],
                 std::string("EN el principio crió Dios los cielos y la tierra."));
      }
    }
    for (const std::string& verse : source) QVERIFY(verse.find_first_of("<>\n") == std::string::npos);
    const ParallelText other_way = load_text(named_text("bible:es-en"), places).text;
    QVERIFY(other_way.train.size() > 28000);
  }

  void reads_verses_by_chapters() {
    const std::vector<std::string> english{"",
                                           "<div osisID=\"Gen\" sID=\"a\" type=\"book\"/><title>Genesis</title>",
                                           "<chapter n=\"1\" osisID=\"Gen.1\" sID=\"Gen.1\"/> ",
                                           "In the <w x=\"y\">beginning</w>.<note>or so</note>",
                                           "And the earth. <chapter eID=\"Gen.1\"/>",
                                           "<chapter n=\"2\" osisID=\"Gen.2\" sID=\"Gen.2\"/>",
                                           "Thus the heavens."};
    const std::vector<std::string> spanish{"", "", "", "EN el principio.", "Y la tierra.", "", "Y fueron los cielos."};
    const fs::path folder = path("bible");
    for (const auto& [module, texts] : {std::pair("engKJV2006eb", &english), {"spaRV1909eb", &spanish}}) {
      const fs::path texts_folder = folder / "sword/modules/texts/ztext" / module;
      ModuleFiles(*texts).write_to(texts_folder, "ot");
      ModuleFiles({}).write_to(texts_folder, "nt");
    }
    QCOMPARE(read_sword_text(folder / "sword/modules/texts/ztext/engKJV2006eb", {}), english);
    // All of it goes into the test, so that nothing is left to train with.
    const std::string message =
        message_of([&] { static_cast<void>(load_text(named_text("bible:en-es"), text_places(folder.string()))); });
    QVERIFY2(contains(message, "too few verses"), message.c_str());
  }

  void refuses_damaged_modules_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("byte");
    QTest::newRow("a block behind the end") << "ot.bzs" << 3 << 0x7F;
    QTest::newRow("a huge block") << "ot.bzs" << 11 << 0x7F;
    QTest::newRow("a block that is longer than it says") << "ot.bzs" << 8 << 1;
    QTest::newRow("a row cut off") << "ot.bzs" << -1 << 0;
    QTest::newRow("an entry without a block") << "ot.bzv" << 2 << 0x7F;
    QTest::newRow("an entry behind its block") << "ot.bzv" << 6 << 0x7F;
    QTest::newRow("an entry longer than its block") << "ot.bzv" << 9 << 0x7F;
    QTest::newRow("a damaged stream") << "ot.bzz" << 0 << 0;
    QTest::newRow("a missing file") << "nt.bzz" << -2 << 0;
  }
  void refuses_damaged_modules() {
    QFETCH(QString, file);
    QFETCH(int, at);
    QFETCH(int, byte);
    const fs::path folder = path(QTest::currentDataTag());
    const ModuleFiles files({"a first verse", "a second verse", "a third verse", "a fourth verse"}, 2);
    files.write_to(folder, "ot");
    files.write_to(folder, "nt");
    const fs::path damaged = folder / file.toStdString();
    if (at == -2) {
      fs::remove(damaged);
    } else if (at == -1) {
      fs::resize_file(damaged, fs::file_size(damaged) - 1);
    } else {
      std::fstream stream(damaged, std::ios::in | std::ios::out | std::ios::binary);
      stream.seekp(at);
      stream.put(static_cast<char>(byte));
    }
    const std::string message = message_of([&] { static_cast<void>(read_sword_text(folder, {})); });
    QVERIFY2(contains(message, "cannot") && contains(message, file.left(2).toStdString() + ".bz"), message.c_str());
  }
};

DNM_TEST(TestTextSources)
#include "test_text_sources.moc"
