#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load a network file of DNM Studio (.npz) into SciPy and PyTorch.

In Python:
    masks = scipy_masks("network.npz")                       # one csr matrix, outputs x inputs, per layer
    layers = [masked_linear(mask) for mask in masks]         # torch.nn.Linear that trains its links alone

In a shell:
    python3 load_mask.py network.npz             # shape, links and density of every layer
    python3 load_mask.py network.npz --torch     # the same, each layer run on random inputs in PyTorch
"""
import argparse

import numpy
import scipy.sparse


def scipy_masks(path):
    """One csr matrix of ones per layer: a row per output neuron, a column per input neuron.

    A graph without layers is one symmetric matrix. The arrays are layer{i}_indptr, layer{i}_indices and
    layer{i}_shape; a file of one layer or of a graph can also be read by scipy.sparse.load_npz.
    """
    with numpy.load(path) as arrays:
        prefixes = [f"layer{i}_" for i in range(len(arrays["layer_sizes"]) - 1)] or [""]
        masks = []
        for prefix in prefixes:
            indices, indptr = arrays[prefix + "indices"], arrays[prefix + "indptr"]
            links = numpy.ones(len(indices), dtype=numpy.float32)
            masks.append(scipy.sparse.csr_matrix((links, indices, indptr), shape=tuple(arrays[prefix + "shape"])))
        return masks


def masked_linear(mask, bias=True):
    """A torch.nn.Linear whose weight is mask * weight, so that cells without a link stay zero and get no gradient.

    Weights start as N(0, 2 / links per output neuron).
    """
    import torch
    from torch.nn.utils import parametrize

    class Masked(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("mask", torch.from_numpy(mask.toarray()))

        def forward(self, weight):
            return self.mask * weight

    layer = torch.nn.Linear(mask.shape[1], mask.shape[0], bias=bias)
    if mask.nnz > 0:
        torch.nn.init.normal_(layer.weight, std=(2 * mask.shape[0] / mask.nnz) ** 0.5)
    parametrize.register_parametrization(layer, "weight", Masked())
    return layer


def main():
    parser = argparse.ArgumentParser(description="Show the masks of a network file of DNM Studio (.npz).")
    parser.add_argument("network", help="the file, as dnm generate or dnm convert writes it")
    parser.add_argument("--torch", action="store_true", help="run each layer on random inputs in PyTorch")
    arguments = parser.parse_args()
    for number, mask in enumerate(scipy_masks(arguments.network), start=1):
        rows, columns = mask.shape
        print(f"layer {number}: {columns} -> {rows}, {mask.nnz} links, density {mask.nnz / (rows * columns):.4f}")
        if arguments.torch:
            import torch

            layer = masked_linear(mask)
            layer(torch.randn(8, columns)).square().sum().backward()
            gradient = layer.parametrizations.weight.original.grad
            print(f"  {(layer.weight != 0).sum()} weights and {(gradient != 0).sum()} gradients are not zero")


if __name__ == "__main__":
    main()
