# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes graphs with names, attributes and weights as NetworkX and igraph do, and tells what is in them.

    exchange_graphs.py write MODULE FOLDER: FOLDER/theirs_*.graphml and .gexf, and beside each a .json of its nodes (id,
    label, attributes) and links as the reader of MODULE itself gives them.
    exchange_graphs.py read MODULE FILE: the same of a file, on standard output.
"""
import json
import math
import os
import sys

command, module, place = sys.argv[1:]


def told(nodes, edges):
    """Nodes are (id, label, {attribute: value}); loops and repetitions are no links."""
    links = {tuple(sorted((u, v))) for u, v in edges if u != v}
    plain = lambda value: "" if value is None or (isinstance(value, float) and math.isnan(value)) else value
    return {"nodes": [{"id": str(name), "label": label,
                       "attributes": {key: plain(value) for key, value in sorted(attributes.items())}}
                      for name, label, attributes in nodes], "links": sorted(links)}


if module == "networkx":
    import networkx

    def tell(path):
        graph = (networkx.read_gexf if path.endswith(".gexf") else networkx.read_graphml)(path)
        number = {name: i for i, name in enumerate(graph)}
        nodes = []
        for name, data in graph.nodes(data=True):
            data = {key: value for key, value in data.items() if key not in ("viz", "pid", "parents", "spells")}
            nodes.append((name, data.pop("label", data.pop("name", None)), data))
        return told(nodes, [(number[u], number[v]) for u, v in graph.edges()])
else:
    import igraph

    def tell(path):
        graph = igraph.Graph.Read_GraphML(path)
        nodes = []
        for node in graph.vs:
            data = node.attributes()
            name = data.pop("id")
            nodes.append((name, data.pop("label", data.pop("name", None)), data))
        return told(nodes, graph.get_edgelist())

if command == "read":
    print(json.dumps(tell(place)))
    sys.exit()

names = ["P04637", "Q00987", "x y", "<&\">", "渡", "lonely"]
links = [(0, 1, 0.5), (1, 2, 1.0), (2, 3, float("nan")), (3, 0, 0.0), (4, 1, -2.0), (1, 4, 1.0)]


def attributes(node):
    return {"age": node * 10, "score": node / 7, "seen": node % 2 == 0, "note": f"line {node}"}


def finish(name):
    path = os.path.join(place, name)
    with open(os.path.splitext(path)[0] + "." + path.rsplit(".", 1)[1] + ".json", "w") as file:
        json.dump(tell(path), file)


if module == "networkx":
    for kind in (networkx.Graph, networkx.DiGraph, networkx.MultiGraph):
        graph = kind()
        for node, name in enumerate(names):
            graph.add_node(name, label="label of " + name, **attributes(node))
        graph.add_edges_from((names[u], names[v], {"weight": w}) for u, v, w in links)
        name = "theirs_" + kind.__name__
        networkx.write_graphml_xml(graph, os.path.join(place, name + ".graphml"))
        finish(name + ".graphml")
        for version in ("1.1draft", "1.2draft"):
            networkx.write_gexf(graph, os.path.join(place, name + version + ".gexf"), version=version)
            finish(name + version + ".gexf")
    networkx.write_gexf(networkx.path_graph(5), os.path.join(place, "theirs_path.gexf"))
    finish("theirs_path.gexf")
    networkx.write_graphml(networkx.Graph(), os.path.join(place, "theirs_empty.graphml"))
    finish("theirs_empty.graphml")
    networkx.write_gexf(networkx.Graph(), os.path.join(place, "theirs_empty.gexf"))
    finish("theirs_empty.gexf")
else:
    for directed in (False, True):
        graph = igraph.Graph(n=len(names), edges=[link[:2] for link in links], directed=directed)
        graph.es["weight"] = [link[2] for link in links]
        graph.vs["name"] = names
        for key in attributes(0):
            graph.vs[key] = [attributes(node)[key] for node in range(len(names))]
        name = f"theirs_{'directed' if directed else 'undirected'}.graphml"
        graph.write_graphml(os.path.join(place, name))
        finish(name)
    igraph.Graph(n=0).write_graphml(os.path.join(place, "theirs_empty.graphml"))
    finish("theirs_empty.graphml")
