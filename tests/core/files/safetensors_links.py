# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells the tensors of a .safetensors file and the places of their bytes that are not zero, with Python alone.

    safetensors_links.py FILE: a line "name type sides …" per tensor, then a line "tensor row column" per such byte.
"""
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    (length,) = struct.unpack("<Q", file.read(8))
    header = json.loads(file.read(length))
    data = file.read()
assert length % 8 == 0 and header.pop("__metadata__")["format"] == "pt"
end = 0
for name, tensor in header.items():
    print(name, tensor["dtype"], *tensor["shape"])
    assert tensor["data_offsets"][0] == end
    end = tensor["data_offsets"][1]
assert end == len(data)
for number, tensor in enumerate(header.values()):
    rows, columns = tensor["shape"]
    begin, end = tensor["data_offsets"]
    assert end - begin == rows * columns
    for place, byte in enumerate(data[begin:end]):
        assert byte in (0, 1)
        if byte:
            print(number, *divmod(place, columns))
