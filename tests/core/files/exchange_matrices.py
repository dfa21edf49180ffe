# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes matrices with SciPy and NumPy in every form that they have, and tells their nonzero entries.

    exchange_matrices.py FOLDER: each FOLDER/NAME.mtx, .npz or .npy has a FOLDER/NAME.cells with a line "row column" per
    entry that is not zero, as the reader of SciPy or NumPy itself gives it, and before them "rows columns".
"""
import os
import sys
import warnings

import numpy
import scipy.io
import scipy.sparse

folder = sys.argv[1]
random = numpy.random.default_rng(1)
warnings.simplefilter("ignore")


def path_of(name, extension):
    return os.path.join(folder, name + extension)


def tell(name, matrix):
    if scipy.sparse.issparse(matrix):
        matrix = matrix.tocoo()
        matrix.sum_duplicates()
        cells = zip(matrix.row[matrix.data != 0], matrix.col[matrix.data != 0])
    else:
        cells = zip(*numpy.nonzero(matrix))
    with open(path_of(name, ".cells"), "w") as file:
        file.write(f"{matrix.shape[0]} {matrix.shape[1]}\n")
        file.writelines(f"{r} {c}\n" for r, c in sorted((int(r), int(c)) for r, c in cells))


def sparse(rows, columns, kind=float):
    pattern = random.random((rows, columns)) < 0.3
    values = random.integers(1, 5, (rows, columns)).astype(kind)
    if numpy.issubdtype(kind, numpy.complexfloating):
        values = values * random.choice([1, 1j, 1 - 2j], values.shape)
    return numpy.where(pattern, values, numpy.zeros((), kind))


def symmetric(size, kind, how):
    lower = numpy.tril(sparse(size, size, kind), -1 if how == "skew-symmetric" else 0)
    below = numpy.tril(lower, -1)
    if how == "hermitian":
        return below + below.conj().T + numpy.diag(numpy.diag(lower).real)
    return lower + (below.T if how == "symmetric" else -below.T)


# Matrix Market: format, field and symmetry.
for field, kind in {"real": float, "integer": numpy.int64, "complex": complex, "pattern": float}.items():
    for how in ("general", "symmetric", "skew-symmetric", "hermitian"):
        if (how == "hermitian") != (field == "complex" and how == "hermitian"):
            continue
        if field == "pattern" and how == "skew-symmetric":
            continue
        matrix = sparse(7, 5, kind) if how == "general" else symmetric(6, kind, how)
        for form in ("coordinate", "array"):
            if form == "array" and field == "pattern":
                continue
            name = f"{form}_{field}_{how}"
            scipy.io.mmwrite(path_of(name, ".mtx"), scipy.sparse.coo_matrix(matrix) if form == "coordinate" else matrix,
                             field=field, symmetry=how, comment="a comment")
            # SciPy 1.10 does not read its own skew-symmetric arrays.
            tell(name, matrix if name.startswith("array") and "skew" in name else scipy.io.mmread(path_of(name, ".mtx")))
matrix = sparse(6, 4)
matrix[0, 0], matrix[5, 3] = numpy.nan, numpy.inf
scipy.io.mmwrite(path_of("not_finite", ".mtx"), scipy.sparse.coo_matrix(matrix))
tell("not_finite", scipy.io.mmread(path_of("not_finite", ".mtx")))
scipy.io.mmwrite(path_of("not_finite_array", ".mtx"), matrix)
tell("not_finite_array", scipy.io.mmread(path_of("not_finite_array", ".mtx")))

# SciPy's archives: format, shape and type, with entries of zero.
kinds = "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float32 float64 longdouble complex64 complex128 clongdouble"
for kind in [numpy.dtype(kind) for kind in kinds.split()]:
    for form in ("csr", "csc", "coo", "bsr", "dia"):
        for rows, columns in ((6, 4), (6, 6)):
            matrix = scipy.sparse.csr_matrix(sparse(rows, columns, kind.type))
            matrix.data[::5] = 0
            stored = matrix.tobsr((3, 2)) if form == "bsr" else matrix.asformat(form)
            name = f"{form}_{kind}_{rows}"
            scipy.sparse.save_npz(path_of(name, ".npz"), stored, compressed=rows == 6)
            tell(name, scipy.sparse.load_npz(path_of(name, ".npz")))


def save_npz(name, **arrays):
    """As scipy.sparse.save_npz does, but with types that SciPy makes its own before it saves."""
    numpy.savez(path_of(name, ".npz"), **{key: numpy.array(value) for key, value in arrays.items()})
    tell(name, scipy.sparse.load_npz(path_of(name, ".npz")))


base = scipy.sparse.csr_matrix(sparse(8, 5, numpy.float32))
for index in ("<i2", ">i2", "<u2", ">i4", "<u4", ">i8", "<u8", "|i1", "|u1"):
    save_npz("index_" + index[1:] + ("_big" if index[0] == ">" else ""), format=b"csr", shape=numpy.array(base.shape, index),
             indptr=base.indptr.astype(index), indices=base.indices.astype(index), data=base.data)
for value in (">f4", ">f8", ">i4", ">c8", ">u2"):
    save_npz("big_" + value[1:], format=b"csc", shape=base.tocsc().shape, indptr=base.tocsc().indptr,
             indices=base.tocsc().indices, data=base.tocsc().data.astype(value))
save_npz("format_str", format="coo", shape=base.shape, row=base.tocoo().row, col=base.tocoo().col, data=base.tocoo().data)
blocks = base[:8, :4].tobsr((2, 2))
save_npz("blocks_by_columns", format=b"bsr", shape=blocks.shape, indptr=blocks.indptr, indices=blocks.indices,
         data=numpy.asfortranarray(blocks.data))
diagonals = base.todia()
save_npz("diagonals_by_columns", format=b"dia", shape=diagonals.shape, offsets=diagonals.offsets.astype(">i8"),
         data=numpy.asfortranarray(diagonals.data))
outside = scipy.sparse.dia_matrix((numpy.ones((4, 9)), [-20, -2, 3, 30]), (6, 5))
scipy.sparse.save_npz(path_of("diagonals_outside", ".npz"), outside)
tell("diagonals_outside", scipy.sparse.load_npz(path_of("diagonals_outside", ".npz")))

# NumPy's dense matrices: type, byte order, order of the elements.
for kind in ["?", "b", "B", "e"] + [order + letter for order in "<>" for letter in "hHiIqQefdgFDG"]:
    for order in ("C", "F"):
        for rows, columns in ((6, 4), (5, 5)):
            plain = sparse(rows, columns, complex if kind[-1] in "FDG" else float)
            matrix = numpy.array(plain.astype(kind), kind, order=order)
            name = f"dense_{ord(kind[-1])}{'_big' if kind[0] == '>' else ''}_{order}_{rows}"
            numpy.save(path_of(name, ".npy"), matrix)
            tell(name, numpy.load(path_of(name, ".npy")))
half = numpy.array([[0.0, -0.0, numpy.nan], [6e-8, numpy.inf, 1.0]], numpy.float16)
numpy.save(path_of("half", ".npy"), half)
tell("half", half)
numpy.save(path_of("small", ".npy"), numpy.array([[5e-324, 0.0], [0.0, -5e-324], [1e-45, 0]]))
tell("small", numpy.load(path_of("small", ".npy")))
numpy.save(path_of("large", ".npy"), (random.random((700, 450)) < 0.1).astype(numpy.uint8))
tell("large", numpy.load(path_of("large", ".npy")))

# Several matrices by layer, both ways round, and with what else is in such files.
masks = [random.random((30, 20)) < 0.2, random.random((10, 30)) < 0.2, random.random((4, 10)) < 0.4]
for layer, mask in enumerate(masks):
    tell(f"mlp_{layer}", mask)
numpy.savez(path_of("mlp", ".npz"), fc1=masks[0], b1=numpy.zeros(30), fc2=masks[1], fc3=masks[2])
numpy.savez_compressed(path_of("mlp_turned", ".npz"), fc1=masks[0].T * 0.5, fc2=masks[1].T, fc3=numpy.asfortranarray(masks[2].T))
numpy.savez(path_of("mlp_shuffled", ".npz"), out=masks[2], one=masks[0], two=masks[1], steps=5)
numpy.savez(path_of("mlp_pruned", ".npz"), **{f"l{i}.{part}": value for i, mask in enumerate(masks) for part, value in
                                              {"weight_orig": random.random(mask.shape), "weight_mask": mask * 1.0}.items()})
numpy.savez(path_of("mlp_numbered", ".npz"), **{f"arr_{i}": mask for i, mask in enumerate(masks)})
numpy.savez(path_of("objects", ".npz"), fc1=numpy.array([[1, None]], dtype=object))
numpy.save(path_of("objects", ".npy"), numpy.array([[1, None]], dtype=object))
numpy.save(path_of("records", ".npy"), numpy.zeros((2, 2), [("a", "<i4"), ("b", "<f4", (2,))]))
numpy.save(path_of("list", ".npy"), numpy.arange(5))
numpy.save(path_of("cube", ".npy"), numpy.zeros((2, 3, 4)))
numpy.save(path_of("scalar", ".npy"), numpy.array(5))
numpy.save(path_of("texts", ".npy"), numpy.array([["a", "bc"]]))
numpy.save(path_of("times", ".npy"), numpy.zeros((2, 2), "<M8[D]"))
