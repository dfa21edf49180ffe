# SPDX-License-Identifier: GPL-3.0-or-later
"""Pickles values of every kind in every protocol, and tells what they are.

    pickled_values.py FOLDER: writes FOLDER/NUMBER.pickle and, in words of its own, FOLDER/NUMBER.txt.
"""
import collections
import math
import pickle
import sys

folder = sys.argv[1]


def told(value):
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"int {value}" if -(2**63) <= value < 2**63 else "long " + pickle.encode_long(value).hex()
    if isinstance(value, float):
        return "nan" if math.isnan(value) else "real %.17g" % value
    if isinstance(value, str):
        return "text " + value.encode().hex()
    if isinstance(value, (bytes, bytearray)):
        return "bytes " + bytes(value).hex()
    if isinstance(value, dict):
        return "{" + ",".join(told(key) + ":" + told(value[key]) for key in value) + "}"
    if isinstance(value, (set, frozenset)):
        return "<" + ",".join(sorted(told(item) for item in value)) + ">"
    if isinstance(value, tuple):
        return "(" + ",".join(told(item) for item in value) + ")"
    assert isinstance(value, list)
    return "[" + ",".join(told(item) for item in value) + "]"


shared = ["shared"]
values = [
    None, True, False, 0, 1, -1, 255, 256, 65535, 65536, -(2**31), 2**31, 2**63 - 1, -(2**63), 0.0, -0.5, 1e300, 0.1,
    math.inf, -math.inf, math.nan, "", "abc", "naïve Größe 樹 🌳", "two\nlines \\ and \\u0041", "x" * 300, "y" * 70000, b"",
    b"abc", bytes(range(256)), bytes(range(256)) * 300, bytearray(b"\x00\xff"), bytearray(), (), (1,), (1, 2), (1, 2, 3),
    (1, 2, 3, 4), [], [1], list(range(2000)), {}, {"a": 1}, {i: str(i) for i in range(2000)}, set(), {1, 2, 3},
    frozenset(), frozenset({"a", "b"}), collections.OrderedDict(), collections.OrderedDict([("b", 1), ("a", [2, {}])]),
    [shared, shared, (shared, {"again": shared})], {"nested": [{"deep": ({"er": [b"\x80", None]},)}]},
]
large = [2**63, -(2**63) - 1, 0x1950A86A20F9469CFC6C, 2**2100]
number = 0
for protocol in range(6):
    for value in values + (large if protocol >= 2 else []):
        with open(f"{folder}/{number}.pickle", "wb") as file:
            pickle.dump(value, file, protocol)
            file.write(b"what follows is not part of it")
        with open(f"{folder}/{number}.txt", "w") as file:
            file.write(told(value))
        number += 1
