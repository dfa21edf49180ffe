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

    "layers" names the layers in order, "parameters" the trainable arrays. Each layer NAME has NAME.mask.n_in and
    NAME.mask.n_out, its links by output neuron (NAME.mask.row_begin, NAME.mask.columns), NAME.weight with a value per
    link, and NAME.bias; "slots" names what the optimiser keeps beside each array, NAME.weight.SLOT. Checkpoints of
    format 2 count their layers instead (see layers_of).
    """
    if os.path.isdir(path):
        path = os.path.join(path, "checkpoint.pt")
    return torch.load(path, map_location="cpu")


def layers_of(checkpoint):
    """For each layer its shape (outputs, inputs), row_begin, columns, weights and biases."""
    layers = checkpoint["layers"]
    if isinstance(layers, int):  # format 2
        names = [(f"layer{i}.", f"layer{i}.weights", f"layer{i}.biases") for i in range(layers)]
    else:
        names = [(f"{name}.mask.", f"{name}.weight", f"{name}.bias") for name in layers]
    for mask, weights, biases in names:
        shape = checkpoint[mask + "n_out"], checkpoint[mask + "n_in"]
        yield shape, checkpoint[mask + "row_begin"], checkpoint[mask + "columns"], checkpoint[weights], checkpoint[biases]


def sparse_weights(path):
    """One sparse tensor per layer: a row per output neuron, a column per input neuron."""
    tensors = []
    for shape, row_begin, columns, weights, _ in layers_of(read_checkpoint(path)):
        rows = torch.repeat_interleave(torch.arange(shape[0]), row_begin.diff())
        cells = torch.stack([rows, columns.long()])
        tensors.append(torch.sparse_coo_tensor(cells, weights, shape).coalesce())
    return tensors


def trained_network(path):
    """The network as dense layers, zero where there is no link; it takes images as rows and gives a score per class."""
    biases = [layer[-1] for layer in layers_of(read_checkpoint(path))]
    modules = []
    for weights, bias in zip(sparse_weights(path), biases):
        layer = torch.nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            layer.weight.copy_(weights.to_dense())
            layer.bias.copy_(bias)
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
