# SPDX-License-Identifier: GPL-3.0-or-later
"""Words by the rules of mteval-v13a and corpus BLEU by NLTK.

Standard input: JSON [[[hypothesis, [reference, ...]], ...], ...], one list of sentences for each corpus; standard
output: for each {"score", "corpus_bleu": in [0, 1], "words": [[...], ...]} with the words of each hypothesis. NLTK's
corpus_bleu takes a hypothesis of fewer than n words to have one sequence of n words; "score" is of NLTK's matches and
lengths, with the sequences that there are.
"""
import json
import math
import re
import sys
import warnings

from nltk.translate.bleu_score import brevity_penalty, closest_ref_length, corpus_bleu, modified_precision

ALONE = "".join(chr(code) for code in range(0x20, 0x7F) if not chr(code).isalnum() and chr(code) not in "',-.")


def words(text):
    for entity, character in (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(entity, character)
    text = " " + "".join(" %s " % c if c in ALONE else c for c in text) + " "
    text = re.sub("([^0-9])([.,])", lambda found: found[1] + " " + found[2] + " ", text)
    text = re.sub("([.,])([^0-9])", lambda found: " " + found[1] + " " + found[2], text)
    text = re.sub("([0-9])-", lambda found: found[1] + " - ", text)
    return text.split()


def score(references, hypotheses):
    pairs = list(zip(references, hypotheses))
    logarithm = 0.0
    for n in range(1, 5):
        matches = sum(modified_precision(several, hypothesis, n).numerator for several, hypothesis in pairs)
        sequences = sum(max(0, len(hypothesis) - n + 1) for hypothesis in hypotheses)
        if matches == 0:
            return 0.0
        logarithm += math.log(matches / sequences) / 4
    nearest = sum(closest_ref_length(several, len(hypothesis)) for several, hypothesis in pairs)
    return math.exp(logarithm) * brevity_penalty(nearest, sum(map(len, hypotheses)))


warnings.simplefilter("ignore")  # it tells of every n-gram that is never matched
results = []
for sentences in json.load(sys.stdin):
    hypotheses = [words(hypothesis) for hypothesis, _ in sentences]
    references = [[words(reference) for reference in several] for _, several in sentences]
    results.append(
        {
            "score": score(references, hypotheses),
            "corpus_bleu": corpus_bleu(references, hypotheses),
            "words": hypotheses,
        }
    )
json.dump(results, sys.stdout)
