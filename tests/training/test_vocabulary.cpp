// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "core/network/random.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"
#include "training/text/vocabulary.h"
#include "training/text/words.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

namespace fs = std::filesystem;

/// Sentences of words made of syllables, so that there is something to learn.
std::vector<std::string> drawn_sentences(std::uint64_t seed, std::size_t count) {
  static const std::vector<std::string> syllables{"ab", "ge", "schlo", "ßen", "über", "in", "ter", "es", "sant", "ing"};
  Random random(seed);
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < count; ++i) {
    std::string sentence;
    for (std::uint64_t words = 1 + random.below(12); words > 0; --words) {
      if (!sentence.empty()) sentence += ' ';
      for (std::uint64_t left = 1 + random.below(3); left > 0; --left) sentence += syllables[random.below(10)];
    }
    sentences.push_back(sentence + ".");
  }
  return sentences;
}

std::vector<std::uint32_t> numbers(const PieceLines& lines, std::size_t line) {
  return {lines[line].begin(), lines[line].end()};
}

}  // namespace

/// Text as numbers of pieces and back, and the files that keep them.
class TestVocabulary : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::vector<std::string> source_ = drawn_sentences(1, 800);
  std::vector<std::string> target_ = drawn_sentences(2, 800);
  VocabularyPointer pieces_;

  [[nodiscard]] fs::path path(const char* name) const {
    const fs::path made = folder_.filePath(name).toStdString();
    fs::create_directories(made);
    return made;
  }

 private Q_SLOTS:
  void initTestCase() { pieces_ = learned_pieces(150, source_, target_); }

  void pieces_give_the_text_back() {
    QCOMPARE(pieces_->size(), 150U);
    const PieceLines lines = pieces_->pieces(target_);
    QCOMPARE(lines.size(), target_.size());
    std::uint64_t letters = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const std::uint32_t piece : lines[i]) QVERIFY(piece >= special_pieces && piece < pieces_->size());
      QCOMPARE(pieces_->text(lines[i]), target_[i]);
      letters += target_[i].size();
    }
    // Learned from this text: far fewer pieces than letters.
    QVERIFY(lines.pieces() * 3 < letters);
    // From the whole of it, not from one side.
    QVERIFY(learned_pieces(150, source_, source_)->content() != pieces_->content());
  }

  void pieces_are_the_same_each_time() {
    QVERIFY(learned_pieces(150, source_, target_)->content() == pieces_->content());
  }

  void text_keeps_its_letters() {
    const std::vector<std::string> sentences{"  ab   ge  ", "", "ABGE", "ab猫ge", std::string(300000, 'e')};
    const PieceLines lines = pieces_->pieces(sentences);
    QCOMPARE(lines.size(), sentences.size());
    QCOMPARE(pieces_->text(lines[0]), std::string("ab ge"));
    QCOMPARE(lines.length(1), std::size_t{0});
    QVERIFY(std::ranges::find(lines[2], unknown_piece) != lines[2].end());
    QCOMPARE(pieces_->text(lines[3]), std::string("ab⁇ge"));
    QCOMPARE(pieces_->text(lines[4]), sentences[4]);
  }

  void text_ends_at_the_end_piece() {
    const std::vector<std::string> sentence{"ab ge"};
    const PieceLines lines = pieces_->pieces(sentence);
    std::vector<std::uint32_t> given{begin_piece};
    given.insert(given.end(), lines[0].begin(), lines[0].end());
    given.insert(given.end(), {end_piece, 7, padding_piece});
    QCOMPARE(pieces_->text(given), std::string("ab ge"));
    QCOMPARE(pieces_->text(std::vector<std::uint32_t>{100000}), std::string("⁇"));
    QVERIFY(pieces_->text({}).empty());
  }

  void agrees_with_the_program_of_sentencepiece() {
    const std::string model = (path("program") / "pieces.model").string();
    std::ofstream(model, std::ios::binary) << pieces_->content();
    QProcess program;
    program.start("spm_encode", {"--model=" + QString::fromStdString(model), "--output_format=id"});
    if (!program.waitForStarted()) QSKIP("spm_encode of Debian's sentencepiece is not installed");
    for (const std::string& sentence : source_) program.write((sentence + "\n").c_str());
    program.closeWriteChannel();
    QVERIFY(program.waitForFinished());
    const PieceLines lines = pieces_->pieces(source_);
    const QList<QByteArray> theirs = program.readAllStandardOutput().split('\n');
    QCOMPARE(theirs.size(), static_cast<qsizetype>(lines.size()) + 1);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      QByteArray own;
      for (const std::uint32_t piece : lines[i]) own += (own.isEmpty() ? "" : " ") + QByteArray::number(piece);
      QCOMPARE(own, theirs[static_cast<qsizetype>(i)]);
    }
  }

  void says_why_pieces_cannot_be_learned() {
    const std::string message = message_of([&] { static_cast<void>(learned_pieces(6, source_, target_)); });
    QVERIFY2(contains(message, "more letters than that") && contains(message, "--pieces"), message.c_str());
    // A text that has no more pieces gives what it has.
    const std::vector<std::string> few{"ab ab", "ab"};
    QVERIFY(learned_pieces(1000, few, few)->size() < 20);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_THROWS_EXCEPTION(Cancelled,
                             static_cast<void>(learned_pieces(150, source_, target_, {stop.get_token(), {}})));
  }

  void words_are_numbered_by_frequency() {
    const std::vector<std::string> sentences{"b a b c", "c  b d", "a e"};
    const VocabularyPointer words = learned_words(0, sentences);
    QCOMPARE(words->content(), std::string_view("b\na\nc\nd\ne\n"));
    QCOMPARE(words->size(), special_pieces + 5);
    const PieceLines lines = words->pieces(std::vector<std::string>{"a b x", "e\tb"});
    QCOMPARE(numbers(lines, 0), (std::vector<std::uint32_t>{5, 4, unknown_piece}));
    QCOMPARE(numbers(lines, 1), (std::vector<std::uint32_t>{8, 4}));
    QCOMPARE(words->text(lines[0]), std::string("a b ⁇"));
    QCOMPARE(learned_words(2, sentences)->content(), std::string_view("b\na\n"));
    const std::vector<std::string> split{"Haus@@ dach", "Haus@@ tür"};
    const VocabularyPointer splits = learned_words(0, split);
    QCOMPARE(splits->text(splits->pieces(split)[1]), std::string("Haustür"));
  }

  void come_back_from_a_run_folder_data() {
    QTest::addColumn<bool>("raw");
    QTest::newRow("raw") << true;
    QTest::newRow("words") << false;
  }
  void come_back_from_a_run_folder() {
    QFETCH(bool, raw);
    const fs::path folder = path(QTest::currentDataTag());
    const VocabularySettings settings{raw ? TextKind::raw : TextKind::words, 150, 40};
    const Vocabularies made = learned_vocabularies(settings, source_, target_);
    QCOMPARE(made.is_joint(), raw);
    QVERIFY(!has_vocabularies(folder));
    save_vocabularies(folder, made, settings, "these sentences");
    QVERIFY(has_vocabularies(folder));
    const SavedVocabularies read = load_vocabularies(folder);
    QCOMPARE(read.settings, settings);
    QCOMPARE(read.origin, std::string("these sentences"));
    QCOMPARE(read.vocabularies.is_joint(), raw);
    QCOMPARE(read.vocabularies.target->pieces(target_), made.target->pieces(target_));
    QCOMPARE(read.vocabularies.source->pieces(source_), made.source->pieces(source_));
    if (!raw) QCOMPARE(made.target->size(), special_pieces + 40);

    // One from elsewhere under its name.
    const char* name = raw ? "pieces.model" : "words.target.txt";
    const fs::path other = path("other");
    save_vocabularies(other, learned_vocabularies({settings.kind, 140, 30}, target_, source_), settings, "others");
    fs::copy_file(other / name, folder / name, fs::copy_options::overwrite_existing);
    std::string message = message_of([&] { static_cast<void>(load_vocabularies(folder)); });
    QVERIFY2(contains(message, name) && contains(message, "another one than this run"), message.c_str());
    fs::remove(folder / name);
    message = message_of([&] { static_cast<void>(load_vocabularies(folder)); });
    QVERIFY2(contains(message, name), message.c_str());
    std::ofstream(folder / "vocabulary.json") << "{\"text\": ";
    message = message_of([&] { static_cast<void>(load_vocabularies(folder)); });
    QVERIFY2(contains(message, "damaged"), message.c_str());
  }

  void refuses_what_is_no_vocabulary() {
    std::string message = message_of([] { static_cast<void>(pieces_from_model("no model")); });
    QVERIFY2(contains(message, "no SentencePiece model"), message.c_str());
    message = message_of([] { static_cast<void>(words_from_list("a\na\n")); });
    QVERIFY2(contains(message, "twice"), message.c_str());
    message = message_of([] { static_cast<void>(words_from_list("a\nb c\n")); });
    QVERIFY2(contains(message, "line 2 is not one word"), message.c_str());
    // Debian's own default numbers of the special pieces are others than ours.
    const fs::path folder = path("default");
    std::ofstream(folder / "text") << "ab ge\nschloßen\n";
    QProcess program;
    program.setWorkingDirectory(QString::fromStdString(folder.string()));
    program.start("spm_train", {"--input=text", "--model_prefix=m", "--vocab_size=30", "--model_type=bpe",
                                "--hard_vocab_limit=false"});
    if (!program.waitForStarted()) return;
    QVERIFY(program.waitForFinished());
    std::ifstream file(folder / "m.model", std::ios::binary);
    const std::string model{std::istreambuf_iterator<char>(file), {}};
    QVERIFY(!model.empty());
    message = message_of([&] { static_cast<void>(pieces_from_model(model)); });
    QVERIFY2(contains(message, "special pieces have other numbers"), message.c_str());
  }
};

DNM_TEST(TestVocabulary)
#include "test_vocabulary.moc"
