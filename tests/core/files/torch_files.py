# SPDX-License-Identifier: GPL-3.0-or-later
"""Saves models with PyTorch in every way that its users do, and tells the links in them.

    torch_files.py FOLDER: writes FOLDER/NAME.pt (or .pth, .bin), and FOLDER/NAME.links: a line with the name of the file
    and the tensors to choose ("-": none), then a line "layer output input" for each entry that is not zero.

tests/reference/torch has some of these files, for machines without PyTorch.
"""
import math
import sys
import warnings

import torch
from torch import nn
from torch.nn.utils import prune

warnings.filterwarnings("ignore")
folder = sys.argv[1]


def tell(name, file, matrices, tensors="-"):
    with open(f"{folder}/{name}.links", "w") as out:
        out.write(f"{file} {tensors}\n")
        for layer, matrix in enumerate(matrices):
            for output, row in enumerate(matrix.tolist()):
                out.writelines(f"{layer} {output} {i}\n" for i, weight in enumerate(row) if weight != 0)


def save(name, content, matrices, tensors="-", ending=".pt", **options):
    torch.save(content, f"{folder}/{name}{ending}", **options)
    tell(name, name + ending, matrices, tensors)


def weights_of(model):
    return [layer.weight.detach() for layer in model if isinstance(layer, nn.Linear)]


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(20, 16), nn.ReLU(), nn.Linear(16, 12), nn.ReLU(), nn.Linear(12, 5))
save("dense", model.state_dict(), weights_of(model))
for layer in (0, 2, 4):
    prune.random_unstructured(model[layer], "weight", 0.7)
pruned = weights_of(model)
save("pruned", model.state_dict(), pruned)
save("pruned_stream", model.state_dict(), pruned, ending=".pth", _use_new_zipfile_serialization=False)
optimiser = torch.optim.Adam(model.parameters())
model(torch.randn(3, 20)).sum().backward()
optimiser.step()
model.zero_grad()
with torch.no_grad():
    model(torch.randn(1, 20))
pruned = weights_of(model)
together = {"epoch": 3, "loss": [0.5] * 1000, "state_dict": model.state_dict(), "optimizer": optimiser.state_dict()}
save("checkpoint", together, pruned, ending=".pth")
save("checkpoint_stream", together, pruned, ending=".pth", _use_new_zipfile_serialization=False)
parallel = {"module." + key: value for key, value in model.state_dict().items()}
save("parallel", {"net": parallel, "optim": optimiser.state_dict()}, pruned, ending=".bin")
for layer in (0, 2, 4):
    prune.remove(model[layer], "weight")
state = model.state_dict()
weights = {key: value for key, value in state.items() if value.dim() == 2}
save("removed", state, pruned)
for kind in "float64 float16 bfloat16 complex64 complex128".split():
    save(kind, {key: value.to(getattr(torch, kind)) for key, value in state.items()}, pruned)
for kind in "bool uint8 int8 int16 int32 int64".split():
    save(kind, {key: (value != 0).to(getattr(torch, kind)) for key, value in weights.items()}, pruned)
save("strided", {key: value.t().contiguous().t() for key, value in weights.items()}, pruned)
save("transposed", {key: value.t().contiguous() for key, value in weights.items()}, pruned)
large = torch.zeros(100, 90)
large[3:19, 5:45:2] = pruned[0]
large[50:62, 7:23] = pruned[1]
save("views", {"a": large[3:19, 5:45:2], "b": large[50:62, 7:23], "c": pruned[2]}, pruned)
save("views_stream", {"a": large[3:19, 5:45:2], "b": large[50:62, 7:23]}, pruned[:2],
     _use_new_zipfile_serialization=False)
tied = (torch.rand(8, 8) < 0.3).float()
save("tied", {"encoder.weight": tied, "decoder.weight": tied}, [tied, tied])
save("parameters", {key: nn.Parameter(value) for key, value in weights.items()}, pruned)
save("coordinates", {key: value.to_sparse() for key, value in weights.items()}, pruned)
save("rows", {key: value.to_sparse_csr() for key, value in weights.items()}, pruned)
save("list", list(weights.values()), pruned)
save("matrix", pruned[1], [pruned[1]])
save("protocol_4", state, pruned, pickle_protocol=4)
special = torch.tensor([[0.0, -0.0, math.nan], [math.inf, 1e-45, -math.inf]])
save("special", {"weight": special}, [special])
torch.jit.script(model).save(f"{folder}/script.pt")
tell("script", "script.pt", pruned)
transformer = nn.Transformer(8, 2, 1, 1, 12)
feed_forward = transformer.encoder.layers[0].linear1, transformer.encoder.layers[0].linear2
for layer in feed_forward:
    prune.l1_unstructured(layer, "weight", 0.5)
    prune.remove(layer, "weight")
names = "encoder.layers.0.linear1.weight,encoder.layers.0.linear2.weight"
save("transformer", transformer.state_dict(), [layer.weight for layer in feed_forward], names)
torch.save(model, f"{folder}/whole_model.pt")
torch.save(model, f"{folder}/whole_model_stream.pt", _use_new_zipfile_serialization=False)
