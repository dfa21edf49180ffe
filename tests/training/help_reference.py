# SPDX-License-Identifier: GPL-3.0-or-later
"""The pairs of two trees of LibreOffice's help, by regular expressions: `help_reference.py SOURCE TARGET`.

Standard output: JSON {"train": [lines, words of the source, words of the target, SHA-256 of both sides], ...}; of valid
and test the whole pages, before pairs that occur in training are dropped.
"""
import hashlib
import html
import json
import os
import re
import sys

PARAGRAPH = re.compile(r'<(p|h[1-6])\b[^>]*?\bid="((?:par|hd)_[^"]*)"[^>]*>(.*?)</\1>', re.S)


def paragraphs(path):
    found = {}
    with open(path, encoding="utf-8") as file:
        for match in PARAGRAPH.finditer(file.read()):
            text = re.sub(r'<span class="MAC">.*?</span>', "", match[3])
            text = " ".join(html.unescape(re.sub("<[^>]*>", "", text)).split())
            found[match[2]] = found.get(match[2]) or text
    return found


source, target = sys.argv[1:]
pages = []
for folder, folders, files in os.walk(source):
    folders.sort()
    pages += [os.path.relpath(os.path.join(folder, name), source) for name in sorted(files) if name.endswith(".html")]
seen = set()
kept = {}
for page in pages:
    if not os.path.exists(os.path.join(target, page)):
        continue
    theirs = paragraphs(os.path.join(target, page))
    for key, text in paragraphs(os.path.join(source, page)).items():
        translation = theirs.get(key)
        if not text or not translation or text == translation:
            continue
        short, long = sorted((len(text.split()), len(translation.split())))
        if not 3 <= len(text.split()) <= 60 or len(translation.split()) > 90 or long > 2 * short or text in seen:
            continue
        seen.add(text)
        kept.setdefault("/" + re.sub("^text/", "", page), []).append((text, translation))
parts = {"test": [], "valid": [], "train": []}
for page in sorted(kept, key=lambda name: hashlib.sha256(name.encode()).hexdigest()):
    part = "test" if len(parts["test"]) < 1250 else "valid" if len(parts["valid"]) < 1250 else "train"
    parts[part] += kept[page]
json.dump(
    {
        part: [len(pairs)]
        + [sum(len(pair[side].split()) for pair in pairs) for side in (0, 1)]
        + [hashlib.sha256("".join(pair[side] + "\n" for pair in pairs).encode()).hexdigest() for side in (0, 1)]
        for part, pairs in parts.items()
    },
    sys.stdout,
)
