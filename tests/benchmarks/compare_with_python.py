#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the job "read a network, L, Q, γ" by `dnm measure`, python-igraph and NetworkX, side by side, medians.

Usage: compare_with_python.py [--dnm PATH] [--repeats 5] [--skip-slow]

What a library lacks is left out of its job: NetworkX has no Leiden (Louvain stands in) and no power-law fit. Neither
has structural consistency, so dnm's time for it is taken off. dnm's time is that of the whole process from start to
end; the libraries' time is that inside a Python that runs already. A library that is not installed is skipped. On Debian:
python3-igraph python3-networkx. --skip-slow leaves NetworkX out on the larger network, where it takes a minute a round.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time

try:
    import igraph
except ImportError:
    igraph = None
try:
    import networkx
except ImportError:
    networkx = None

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = os.path.join(HERE, "..", "reference")
NETWORKS = ["layered_98_196_196_s90", "mlp_784_1568x3_s99"]
RUNS = 10
WIDTH = 20  # of a column


def read_links(path):
    """Node count and links of a reference table."""
    nodes, links = 0, []
    with open(path, encoding="utf-8") as table:
        for line in table:
            if line.startswith("#"):
                for word in line.split():
                    if word.startswith("N="):
                        nodes = int(word[2:])
            else:
                u, v = line.split()
                links.append((int(u), int(v)))
    return nodes, links


def by_dnm(program, path):
    start = time.perf_counter()
    done = subprocess.run(
        [program, "measure", path, "--json", "--runs", str(RUNS), "--draws", "1"],
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - start
    found = json.loads(done.stdout)
    times = {name: found["seconds"][name] for name in ("read", "L", "Q", "gamma")}
    times["whole job"] = wall - found["seconds"]["sigma_c"]
    return times, {"L": found["L"]["value"], "Q": found["Q"]["value"], "gamma": found["gamma"]["value"]}


def timed(times, name, work):
    start = time.perf_counter()
    result = work()
    times[name] = time.perf_counter() - start
    return result


def by_igraph(path):
    times = {}
    start = time.perf_counter()

    def read():
        nodes, links = read_links(path)
        return igraph.Graph(n=nodes, edges=links)

    def leiden():
        divisions = (graph.community_leiden(objective_function="modularity", n_iterations=1) for _ in range(RUNS))
        return max(graph.modularity(division) for division in divisions)

    graph = timed(times, "read", read)
    values = {"L": timed(times, "L", graph.average_path_length)}
    values["Q"] = timed(times, "Q", leiden)
    degrees = [degree for degree in graph.degree() if degree > 0]
    # A p-value of this precision is one sample: igraph's default of 0.01 would bootstrap for seconds.
    values["gamma"] = timed(times, "gamma", lambda: igraph.power_law_fit(degrees, p_precision=0.5).alpha)
    times["whole job"] = time.perf_counter() - start
    return times, values


def by_networkx(path):
    times = {}
    start = time.perf_counter()

    def read():
        nodes, links = read_links(path)
        graph = networkx.Graph(links)
        graph.add_nodes_from(range(nodes))
        return graph

    def louvain():
        find, value = networkx.algorithms.community.louvain_communities, networkx.algorithms.community.modularity
        return max(value(graph, find(graph, seed=run)) for run in range(RUNS))

    graph = timed(times, "read", read)
    values = {"L": timed(times, "L", lambda: networkx.average_shortest_path_length(graph))}
    values["Q"] = timed(times, "Q", louvain)
    times["whole job"] = time.perf_counter() - start
    return times, values


def median_times(rounds):
    return {name: statistics.median(times[name] for times in rounds) for name in rounds[0]}


def row(name, times, values, base):
    def cell(part):
        if part not in times:
            return "-".rjust(WIDTH)
        ratio = "" if times is base else f" {times[part] / base[part]:.0f}x"
        return f"{1e3 * times[part]:.1f} ms{ratio:>8}".rjust(WIDTH)

    shown = ", ".join(f"{key} {'n/a' if value is None else format(value, '.4f')}" for key, value in values.items())
    parts = ["read", "L", "Q", "gamma", "whole job"]
    print(f"  {name:24}" + "".join(cell(part) for part in parts) + f"   {shown}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dnm", default="dnm", help="the dnm program [dnm]")
    parser.add_argument("--repeats", type=int, default=5, help="rounds of which the median counts [5]")
    parser.add_argument("--skip-slow", action="store_true", help="leave out what takes a minute a round")
    options = parser.parse_args()
    random.seed(0)
    for library, name in ((igraph, "python-igraph"), (networkx, "NetworkX")):
        print(f"{name} {library.__version__}" if library else f"{name}: not installed, left out")
    for name in NETWORKS:
        path = os.path.join(REFERENCE, name + ".tsv")
        nodes, links = read_links(path)
        print(f"\n{name}: {nodes} nodes, {len(links)} links; medians of {options.repeats}, Q the best of {RUNS} runs")
        parts = ("read", "L", "Q", "gamma", "whole job")
        print(" " * 26 + "".join(part.rjust(WIDTH) for part in parts))
        jobs = [("dnm measure", lambda: by_dnm(options.dnm, path))]
        if igraph:
            jobs.append(("python-igraph, Leiden", lambda: by_igraph(path)))
        if networkx and not (options.skip_slow and nodes > 1000):
            jobs.append(("NetworkX, Louvain", lambda: by_networkx(path)))
        base = None
        for label, job in jobs:
            try:
                results = [job() for _ in range(max(1, options.repeats))]
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"cannot run {options.dnm}: {error}; name the program with --dnm", file=sys.stderr)
                return 1
            times = median_times([result[0] for result in results])
            base = base or times
            row(label, times, results[0][1], base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
