# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanges text formats with NetworkX, igraph and pandas.

    exchange_text.py write FOLDER: a graph with names, weights and attributes is written in every text format of each
    library, and FOLDER/expected.txt gets a line "u<TAB>v" for each link, sorted.
    exchange_text.py read FOLDER: FOLDER/ours.tsv, .csv, .net, .graphml and .mtx are read by each library that knows the
    format, and FOLDER/read_LIBRARY_FORMAT.txt gets their links in the same way, by name.
"""
import csv
import sys

import igraph
import networkx

command, folder = sys.argv[1:]


def tell(name, links):
    with open(f"{folder}/{name}.txt", "w", encoding="utf-8") as file:
        file.writelines(f"{u}\t{v}\n" for u, v in sorted(tuple(sorted((str(u), str(v)))) for u, v in links))


def igraph_links(graph, attribute):
    names = graph.vs[attribute]
    return [(names[u], names[v]) for u, v in graph.get_edgelist()]


LINKS = [("TP53", "BRCA1", 0.5), ("BRCA1", "ATM", 1.0), ("ATM", "CHEK2", 2.0), ("TP53", "CHEK2", 1.0),
         ("New York", "Zürich", 1.0), ("Zürich", "ATM", 3.0)]


if command == "write":
    graph = networkx.Graph()
    graph.add_weighted_edges_from(LINKS)
    for number, node in enumerate(graph):
        graph.nodes[node]["group"] = "a b" if number % 2 else "c"
    tell("expected", graph.edges)
    short = networkx.relabel_nodes(graph, {"New York": "New_York"})  # for formats that blanks separate
    tell("expected_short", short.edges)
    numbers = networkx.convert_node_labels_to_integers(graph, first_label=1)
    tell("expected_numbers", numbers.edges)

    networkx.write_edgelist(short, folder + "/nx_short_default.edgelist")
    networkx.write_edgelist(short, folder + "/nx_short_bare.edgelist", data=False)
    networkx.write_weighted_edgelist(short, folder + "/nx_short_weighted.edgelist")
    networkx.write_edgelist(graph, folder + "/nx_names_tabs.tsv", delimiter="\t", data=["weight"])
    networkx.write_edgelist(graph, folder + "/nx_names_commas.csv", delimiter=",")
    networkx.write_edgelist(graph, folder + "/nx_names_packed.tsv.gz", delimiter="\t")
    networkx.write_adjlist(short, folder + "/nx_short_adjacency.txt")
    networkx.write_edgelist(numbers, folder + "/nx_numbers_plain.txt", data=False)
    networkx.write_pajek(graph, folder + "/nx_names_undirected.net")
    networkx.write_pajek(graph.to_directed(), folder + "/nx_names_directed.net")

    theirs = igraph.Graph.TupleList(LINKS, edge_attrs="weight")
    named = igraph.Graph.TupleList([(u.replace(" ", "_"), v.replace(" ", "_"), w) for u, v, w in LINKS],
                                   edge_attrs="weight")
    named.write_ncol(folder + "/ig_short_ncol.txt", names="name", weights="weight")
    named.write_ncol(folder + "/ig_short_ncol_bare.txt", names="name", weights=None)
    theirs.write_edgelist(folder + "/ig_order_edgelist.txt")
    tell("expected_order", theirs.get_edgelist())
    theirs.vs["id"] = theirs.vs["name"]
    theirs.write_pajek(folder + "/ig_names_pajek.net")

    with open(folder + "/py_names_gephi.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(["Source", "Target", "Type", "Id", "Label", "Weight"])
        writer.writerows([u, v, "Undirected", number, "", w] for number, (u, v, w) in enumerate(LINKS))
    with open(folder + "/py_names_excel.csv", "w", newline="", encoding="utf-16") as file:
        writer = csv.writer(file, dialect="excel-tab")
        writer.writerow(["from", "to"])
        writer.writerows([u, v] for u, v, w in LINKS)
    try:
        import pandas
    except ImportError:
        pass
    else:
        networkx.to_pandas_edgelist(graph).to_csv(folder + "/pd_names_edges.csv")
        networkx.to_pandas_adjacency(graph).to_csv(folder + "/pd_names_matrix.csv")
elif command == "read":
    def plain(name, graph):
        tell(name, graph.edges)

    plain("read_nx_tsv", networkx.read_edgelist(folder + "/ours.tsv"))  # numbers: names are comments
    plain("read_nx_csv", networkx.parse_edgelist(
        (",".join(row) for row in list(csv.reader(open(folder + "/ours_simple.csv", encoding="utf-8")))[1:]),
        delimiter=","))
    with open(folder + "/ours.csv", newline="", encoding="utf-8") as file:
        tell("read_py_csv", [(row["source"], row["target"]) for row in csv.DictReader(file)])
    plain("read_nx_net", networkx.Graph(networkx.read_pajek(folder + "/ours.net")))
    pajek = igraph.Graph.Read_Pajek(folder + "/ours.net")
    tell("read_ig_net", igraph_links(pajek, "name" if "name" in pajek.vs.attributes() else "id"))
    graph = networkx.read_graphml(folder + "/ours.graphml")
    plain("read_nx_graphml", graph)
    with open(folder + "/attributes_nx.txt", "w", encoding="utf-8") as file:
        for node, values in graph.nodes(data=True):
            file.write(f"{node}\t{values.get('label', '')}\t{values.get('age', '')}\t{values.get('mean', '')}\n")
    graph = igraph.Graph.Read_GraphML(folder + "/ours.graphml")
    tell("read_ig_graphml", igraph_links(graph, "id"))
    import numpy
    with numpy.load(folder + "/ours.npz") as arrays:
        with open(folder + "/attributes_np.txt", "w", encoding="utf-8") as file:
            ages, means = arrays["node_attribute_age"], arrays["node_attribute_mean"]
            assert ages.dtype == numpy.int64 and means.dtype == numpy.float64
            for row in zip(arrays["node_ids"], arrays["node_labels"], ages, means):
                file.write("\t".join("" if str(value) == "nan" else str(value) for value in row) + "\n")
