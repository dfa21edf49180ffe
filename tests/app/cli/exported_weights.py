# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads exported weights into PyTorch without the program, and classifies the test images with them.

    exported_weights.py FILE.safetensors RUN DATA: prints how many of the test images in the folder DATA (IDX, normalised
    as MNIST) are classified as their labels say, how many there are, and the greatest difference of a score from those of
    the network that resources/python/load_run.py makes of the folder RUN.
"""
import json
import os
import struct
import sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../resources/python"))
import load_run

exported, run, data = sys.argv[1:]
with open(exported, "rb") as file:
    (length,) = struct.unpack("<Q", file.read(8))
    header = json.loads(file.read(length))
    content = file.read()
metadata = header.pop("__metadata__")
assert metadata["format"] == "pt" and json.loads(metadata["provenance"])["program"] == "dnm-studio"

state = {}
for name, tensor in header.items():
    begin, end = tensor["data_offsets"]
    kind = {"F32": torch.float32, "BOOL": torch.bool}[tensor["dtype"]]
    state[name] = torch.frombuffer(bytearray(content[begin:end]), dtype=kind).reshape(tensor["shape"])
masks = {name: state.pop(name) for name in list(state) if name.endswith(".weight_mask")}
for name, mask in masks.items():
    assert not state[name[: -len("_mask")]][~mask].any()

layers = torch.nn.ModuleDict()
for name, weight in state.items():
    if name.endswith(".weight"):
        layers[name[: -len(".weight")]] = torch.nn.Linear(weight.shape[1], weight.shape[0])
layers.load_state_dict(state)  # strict: these names and no others


def idx(name, dimensions):
    with open(os.path.join(data, name), "rb") as file:
        sides = struct.unpack(">" + "I" * dimensions, file.read(4 + 4 * dimensions)[4:])
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(sides)


labels = idx("t10k-labels-idx1-ubyte", 1)
images = (idx("t10k-images-idx3-ubyte", 3).flatten(1).float() / 255 - 0.1307) / 0.3081
with torch.no_grad():
    scores = images
    for number, layer in enumerate(layers.values()):
        scores = layer(scores if number == 0 else torch.relu(scores))
    difference = (scores - load_run.trained_network(run)(images)).abs().max().item()
print((scores.argmax(1) == labels).sum().item(), len(labels), difference)
