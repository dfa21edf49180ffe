#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load what a training run of DNM Studio has learned (its checkpoint.pt) into PyTorch.

In Python:
    network = trained_network("runs/dnm/seed-0")      # a torch.nn.Sequential of Linear and ReLU
    weights = sparse_weights("runs/dnm/seed-0")       # one sparse tensor, outputs x inputs, per layer

In a shell:
    python3 load_run.py runs/dnm/seed-0               # shape, links and weights of every layer

The images a network was trained on are grey values from 0 to 1, normalised by mean and standard deviation of the data
set (Fashion-MNIST 0.2860 and 0.3530, MNIST 0.1307 and 0.3081, EMNIST 0.1736 and 0.3317), row by row.
"""
import argparse
import os

import torch


def read_checkpoint(path):
    """The checkpoint of a run folder, or a checkpoint file, as a dictionary.

    Beside settings and history it has, for each layer from 0, the classifier last: layer{i}.n_in and layer{i}.n_out,
    the links by output neuron (layer{i}.row_begin, layer{i}.columns), and layer{i}.weights and layer{i}.biases with
    their momentum.
    """
    if os.path.isdir(path):
        path = os.path.join(path, "checkpoint.pt")
    return torch.load(path, map_location="cpu")


def sparse_weights(path):
    """One sparse tensor per layer: a row per output neuron, a column per input neuron."""
    checkpoint = read_checkpoint(path)
    tensors = []
    for i in range(checkpoint["layers"]):
        shape = checkpoint[f"layer{i}.n_out"], checkpoint[f"layer{i}.n_in"]
        rows = torch.repeat_interleave(torch.arange(shape[0]), checkpoint[f"layer{i}.row_begin"].diff())
        cells = torch.stack([rows, checkpoint[f"layer{i}.columns"].long()])
        tensors.append(torch.sparse_coo_tensor(cells, checkpoint[f"layer{i}.weights"], shape).coalesce())
    return tensors


def trained_network(path):
    """The network as dense layers, zero where there is no link; it takes images as rows and gives a score per class."""
    checkpoint = read_checkpoint(path)
    modules = []
    for i, weights in enumerate(sparse_weights(path)):
        layer = torch.nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            layer.weight.copy_(weights.to_dense())
            layer.bias.copy_(checkpoint[f"layer{i}.biases"])
        modules += [torch.nn.ReLU(), layer]
    return torch.nn.Sequential(*modules[1:])


def main():
    parser = argparse.ArgumentParser(description="Show what a training run of DNM Studio has learned.")
    parser.add_argument("run", help="the folder of a run, as dnm train --run-dir leaves it, or its checkpoint.pt")
    arguments = parser.parse_args()
    print(f"epochs done: {read_checkpoint(arguments.run)['epochs_done']}")
    for number, weights in enumerate(sparse_weights(arguments.run), start=1):
        values = weights.values()
        outputs, inputs = weights.shape
        print(f"layer {number}: {inputs} -> {outputs}, {len(values)} links, mean |w| {values.abs().mean():.4f}")


if __name__ == "__main__":
    main()
