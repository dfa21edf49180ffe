# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads network files with SciPy, NetworkX or igraph, tells their links, and writes them back in their own way.

    exchange.py COMMAND FOLDER: the file FOLDER/ours.* is read, FOLDER/links.txt gets a line "u v" per link (sorted;
    node numbers, or row and column of a matrix), and FOLDER/theirs*.* are written.
"""
import sys

import numpy
import scipy.io
import scipy.sparse

command, folder = sys.argv[1:]


def tell(links):
    with open(folder + "/links.txt", "w") as file:
        file.writelines(f"{u} {v}\n" for u, v in sorted((int(u), int(v)) for u, v in links))


def cells(matrix):
    rows, columns = matrix.nonzero()
    return zip(rows, columns)


def number(name):
    assert name[0] == "n"
    return int(name[1:])


if command == "networkx":
    import networkx

    graph = networkx.read_graphml(folder + "/ours.graphml")
    assert not graph.is_directed() and not graph.is_multigraph()
    assert [number(name) for name in graph] == list(range(len(graph)))
    for name, attributes in graph.nodes(data=True):
        assert attributes["degree"] == graph.degree[name]
        assert isinstance(attributes["community"], int) and isinstance(attributes["r"], float)
        assert attributes["theta"] == number(name) / 7
    tell(sorted((number(u), number(v))) for u, v in graph.edges)
    networkx.write_graphml(graph, folder + "/theirs.graphml")
    renamed = networkx.relabel_nodes(graph, {name: f"neuron <{name}>" for name in graph})
    networkx.write_graphml(renamed.to_directed(), folder + "/theirs_directed.graphml")
    networkx.set_edge_attributes(graph, 0.25, "weight")
    networkx.write_graphml_xml(graph, folder + "/theirs_weighted.graphml")
elif command == "igraph":
    import igraph

    graph = igraph.Graph.Read_GraphML(folder + "/ours.graphml")
    assert not graph.is_directed() and graph.is_simple()
    assert graph.vs["degree"] == graph.degree()
    assert graph.vs["theta"] == [node / 7 for node in range(graph.vcount())]
    tell(sorted(pair) for pair in graph.get_edgelist())
    graph.write_graphml(folder + "/theirs.graphml")
    graph.es["weight"] = 0.25
    graph.write_graphml(folder + "/theirs_weighted.graphml")
    graph.to_directed()
    graph.write_graphml(folder + "/theirs_directed.graphml")
elif command == "mtx":
    matrix = scipy.io.mmread(folder + "/ours.mtx")
    assert (matrix.data == 1).all()
    tell(cells(matrix))
    scipy.io.mmwrite(folder + "/theirs.mtx", matrix)
    scipy.io.mmwrite(folder + "/theirs_real.mtx", matrix.tocsr() * 0.5, comment="halved\nsecond line")
    scipy.io.mmwrite(folder + "/theirs_integer.mtx", matrix.astype(numpy.int64).tocsc(), field="integer")
elif command == "npz":
    matrix = scipy.sparse.load_npz(folder + "/ours.npz")
    assert matrix.format == "csr" and matrix.has_canonical_format and (matrix.data == 1).all()
    matrix.check_format(full_check=True)
    tell(cells(matrix))
    wide = matrix.copy()
    wide.indices = wide.indices.astype(numpy.int64)
    wide.indptr = wide.indptr.astype(numpy.int64)
    assert wide.indices.dtype == numpy.int64
    with_zeros = matrix.tocoo()
    with_zeros.row = numpy.append(with_zeros.row, [0, 1])
    with_zeros.col = numpy.append(with_zeros.col, [1, 0])
    with_zeros.data = numpy.append(with_zeros.data, [0, 0])
    shuffled = matrix.tocoo()
    order = numpy.random.default_rng(0).permutation(shuffled.nnz)
    shuffled.row, shuffled.col = shuffled.row[order], shuffled.col[order]
    variants = {"wide": wide, "zeros": with_zeros, "shuffled": shuffled, "csc": matrix.tocsc(), "coo": matrix.tocoo()}
    for kind in "bool int8 uint16 int32 int64 float32 float64".split():
        variants[kind] = matrix.astype(kind).tocsc()
    for name, variant in variants.items():
        scipy.sparse.save_npz(f"{folder}/theirs_{name}.npz", variant)
        scipy.sparse.save_npz(f"{folder}/theirs_{name}_stored.npz", variant, compressed=False)
    scipy.sparse.save_npz(folder + "/weighted.npz", matrix * 0.5)
    arrays = {"layer_sizes": [matrix.shape[1], matrix.shape[0]], "layer0_shape": matrix.shape,
              "layer0_indptr": matrix.indptr, "layer0_indices": matrix.indices, "provenance": "tést"}
    numpy.savez_compressed(folder + "/theirs_layered.npz", **arrays)
