// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/line_reader.h"
#include "app/cli/table_options.h"
#include "app/cli/terminal.h"
#include "app/workspace/experiments/trained_weights.h"
#include "app/workspace/module_loader.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/metrics/bleu.h"
#include "training/settings/decoding_settings.h"

namespace dnm::cli {
namespace {

/// Lines that are translated side by side: long enough a text for sentences of like length to find each other.
constexpr std::size_t lines_at_once = 256;

constexpr ParameterInfo threads_info{.id = "threads",
                                     .label = "Threads",
                                     .meaning = "Threads that compute; the translations are the same for any number.",
                                     .kind = ParameterKind::integer,
                                     .range = {1, 256, 1, false}};

struct Options {
  std::string run;
  std::string file = "-";
  TableOptions search;
  std::string references;
  bool newest = false;
};

TranslatorRequest request_of(const Options& options) {
  TranslatorRequest request;
  request.checkpoint = checkpoint_of(options.run);
  DecodingSettings search;
  options.search.apply(decoding_table(), search);
  if (options.search.given("beam")) request.beam = search.beam;
  if (options.search.given("length-penalty")) request.length_penalty = search.length_penalty;
  if (const auto threads = options.search.value(threads_info)) {
    request.threads = static_cast<unsigned>(std::get<std::int64_t>(*threads));
  }
  request.newest_parameters = options.newest;
  return request;
}

/// Reference translations, counted against hypotheses as these come.
class Score {
 public:
  Score(const std::string& path, const TextTranslator& translator) : path_(path), reader_(path), with_(translator) {}

  void add(const std::vector<std::string>& hypotheses, const TaskControl& control) {
    for (const std::string& hypothesis : hypotheses) {
      const std::vector<std::string> reference = reader_.next(1, control);
      ++hypotheses_;
      if (!reference.empty()) bleu_.add(hypothesis, with_.reference(reference.front()));
    }
  }
  /// "BLEU 24.31, nrefs:1|…, 1,000 sentences". Throws InvalidInput where the texts differ in length.
  [[nodiscard]] std::string text(const TaskControl& control) {
    while (!reader_.next(lines_at_once, control).empty()) continue;
    if (reader_.lines() != hypotheses_) {
      throw InvalidInput("the text has " + counted(hypotheses_, "line") + ", but the references in " + path_ + " " +
                         std::to_string(reader_.lines()) + "; a score needs one reference for each line");
    }
    return "BLEU " + with_decimals(bleu_.score(), 2) + ", " + bleu_.signature() + ", " +
           counted(hypotheses_, "sentence");
  }

 private:
  std::string path_;
  LineReader reader_;
  const TextTranslator& with_;
  Bleu bleu_;
  std::uint64_t hypotheses_ = 0;
};

int translate(const Options& options, const CommandContext& context) {
  const TaskControl control{context.stop, {}};
  const TranslatorRequest request = request_of(options);
  LineReader reader(options.file);
  const std::unique_ptr<TextTranslator> translator = training_module().translator(request, control);
  for (const std::string& notice : translator->notices()) print_notice(notice);
  std::optional<Score> score;
  if (!options.references.empty()) score.emplace(options.references, *translator);
  while (true) {
    const std::uint64_t before = reader.lines();
    const std::vector<std::string> lines = reader.next(lines_at_once, control);
    if (lines.empty()) break;
    const std::vector<std::string> translations = translator->translate(lines, before, control);
    for (const std::string& translation : translations) std::cout << translation << '\n';
    // Who reads a pipe waits for the line.
    std::cout << std::flush;
    if (score) score->add(translations, control);
  }
  if (score) std::cerr << score->text(control) << '\n';
  return 0;
}

}  // namespace

RunCommand declare_translate(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  parser.add({.name = "RUN",
              .help = "The folder of a run that was trained to translate, or a checkpoint in it",
              .required = true},
             options->run);
  parser.add({.name = "FILE", .help = "The text, a sentence a line; left out or \"-\": standard input"}, options->file);
  options->search.add(parser, decoding_table(), DecodingSettings{}, "Translation");
  parser.set_help("--beam", std::string(beam_info.meaning) + " Left out: as the run did");
  parser.set_help("--length-penalty", std::string(length_penalty_info.meaning) + " Left out: as the run did");
  options->search.add(parser, threads_info, std::int64_t{1}, "Translation");
  parser.add_flag({.name = "--newest",
                   .help = "Translate with the parameters of the checkpoint, even where the run takes the mean of its "
                           "last epochs",
                   .group = "Translation"},
                  options->newest);
  parser.add({.name = "--score",
              .help = "Compare with the reference translations in this file, a line for each sentence; the BLEU goes "
                      "to standard error",
              .placeholder = "FILE",
              .group = "Translation"},
             options->references);
  return [options](const CommandContext& context) { return translate(*options, context); };
}

}  // namespace dnm::cli
