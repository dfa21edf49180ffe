#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run two builds of DNM Studio side by side: the same bytes, and nothing slower.

    tests/compare_builds.py OLD/build/release/bin NEW/build/release/bin             # outputs
    tests/compare_builds.py OLD/build/release/bin NEW/build/release/bin --speed     # times, in pairs
    tests/compare_builds.py OLD/build/release/bin NEW/build/release/bin --only train

Outputs are those of generate, convert, measure, embed, figure and train under the same seeds. What depends on the
clock (seconds, rates) is left out before comparing. Runs, sessions and checkpoints of the old build are opened, and
resumed to their end, by the new one. Exit status 1 when anything differs. Fashion-MNIST is needed for the trainings.
"""
import argparse
import csv
import hashlib
import io
import itertools
import json
import os
import pickle
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

import numpy

REFERENCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference")
MODELS = {
    "dnm": "",
    "dnm-mixed": "--degree spatial-gaussian:2 --dendrites gaussian:4,1.5 --receptive-field uniform:.5,.2 --synapses "
                 "spatial-inverse-gaussian --border bounded --fill anywhere",
    "dnm-layer": "--degree 2=uniform:3 --rewiring .2 --allocation er",
    "random": "--model random --allocation .9,.8",
    "bsw": "--model bsw --beta .4",
    "brf": "--model brf --range .3 --side smaller",
    "ramanujan": "--model ramanujan",
    "csti": "--model csti --layers 784,100,50 --data fashion-mnist",
    "snip": "--model snip --layers 784,100,50 --data fashion-mnist --snip-scope layer",
    "dense": "--model dense --layers 20,30,10",
}
TRAININGS = {
    "sparse": "--sparsity .99 --hidden 300,200 --epochs 2 --seeds 0,1 --validation 5000",
    "mixed": "--model random --sparsity .8 --hidden 100,100 --epochs 2 --seeds 3 --dropout .2 --engine sparse "
             "--lr-schedule cosine --weight-init per-neuron --batch 100",
    "masked": "--model bsw --sparsity .9 --hidden 100,60 --epochs 1 --seeds 2 --engine masked --lr-schedule constant",
    "paper": "--sparsity .99 --epochs 1 --seeds 0 --engine sparse",
}
FIGURES = [f"--preset poster-{preset} {options}" for preset, options in itertools.chain(
    itertools.product("bd", ["", "--color community --order community", "--color degree", "--color angle",
                             "--panel disk --method RA1-ncISO-EA", "--panel matrix", "--panel layers --color community",
                             "--panel degree", "--measured-layer 2 --width 89mm"]),
    [("a", ""), ("c", "--q spectral")])]


class Build:
    """The programs of one build, with a folder of its own for what they write."""

    def __init__(self, name, folder, workplace):
        self.name = name
        self.programs = os.path.abspath(folder)
        self.place = os.path.join(workplace, name, "work")  # of the same length for both: file names enter outputs
        os.makedirs(self.place)

    def command(self, words):
        program, *arguments = words.split()
        return [os.path.join(self.programs, program), *arguments]

    def run(self, words):
        """Standard output, standard error and exit status."""
        done = subprocess.run(self.command(words), cwd=self.place, capture_output=True, check=False)
        return done.stdout, done.stderr, done.returncode

    def file(self, name):
        with open(os.path.join(self.place, name), "rb") as file:
            return file.read()


def without_times(value):
    """A JSON value less everything that a clock decides."""
    timed = re.compile(r"seconds|per_second|milliseconds|speed_up|memory|engines?$|layer_timings")
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if not timed.search(key)}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def without_clock(output):
    return re.sub(rb"\bin [\d.,]+ (ns|\xc2\xb5s|ms|s|min)\b", b"in TIME", output)


def json_lines(output):
    return [json.dumps(without_times(json.loads(line))) for line in output.decode().splitlines() if line.strip()]


def json_text(output):
    return json.dumps(without_times(json.loads(output)))


def table_without_times(text):
    rows = list(csv.reader(io.StringIO(text.decode())))
    kept = [i for i, name in enumerate(rows[0]) if "seconds" not in name]
    return [[row[i] for i in kept] for row in rows]


class TensorUnpickler(pickle.Unpickler):
    """The arrays of a file that PyTorch saved, without PyTorch."""

    TYPES = {"FloatStorage": "<f4", "DoubleStorage": "<f8", "LongStorage": "<i8", "IntStorage": "<i4",
             "ByteStorage": "u1"}

    def __init__(self, archive, root):
        super().__init__(io.BytesIO(archive.read(root + "/data.pkl")))
        self.archive, self.root = archive, root

    def find_class(self, module, name):
        if name == "_rebuild_tensor_v2":
            return lambda storage, offset, size, *_: storage[offset:offset + int(numpy.prod(size))].reshape(size)
        if name.endswith("Storage"):
            return name
        if (module, name) == ("collections", "OrderedDict"):
            return dict
        return lambda *arguments: arguments[0] if arguments else None  # a type tag around its value

    def persistent_load(self, key):
        _, kind, number, *_ = key
        return numpy.frombuffer(self.archive.read(f"{self.root}/data/{number}"), self.TYPES[kind])


def learned_arrays(checkpoint):
    """A digest of every array of floats in a checkpoint, whatever its name: weights, biases and momenta."""
    with zipfile.ZipFile(io.BytesIO(checkpoint)) as archive:
        root = archive.namelist()[0].split("/")[0]
        content = TensorUnpickler(archive, root).load()
    arrays = [value for value in content.values() if isinstance(value, numpy.ndarray) and value.dtype == "<f4"]
    return sorted((array.size, hashlib.sha256(array.tobytes()).hexdigest()) for array in arrays)


class Comparison:
    def __init__(self, old, new):
        self.old, self.new = old, new
        self.equal, self.different = 0, 0

    def check(self, what, before, after):
        if before == after:
            self.equal += 1
            return
        self.different += 1
        print(f"DIFFERENT {what}\n  old: {str(before)[:400]}\n  new: {str(after)[:400]}", flush=True)

    def both(self, what, words, files=(), output=None, content=None):
        """Runs one command with both builds; compares exit status, output and the files it writes."""
        answers = [build.run(words) for build in (self.old, self.new)]
        self.check(what + ": exit status", answers[0][2], answers[1][2])
        if answers[0][2] != 0 or answers[1][2] != 0:
            self.check(what + ": message", answers[0][1], answers[1][1])
            return
        self.check(what + ": output", *((output or without_clock)(answer[0]) for answer in answers))
        for name in files:
            self.check(f"{what}: {name}", *((content or (lambda data: data))(build.file(name))
                                            for build in (self.old, self.new)))


def compare_networks(comparison):
    for name, options in MODELS.items():
        for seed in (0, 7):
            for kind in ("npz", "tsv", "graphml", "mtx"):
                if kind != "npz" and seed:
                    continue
                file = f"{name}-{seed}.{kind}"
                comparison.both("generate " + file, f"dnm generate {options} --seed {seed} -o {file}", [file])
    comparison.both("convert", "dnm convert dnm-0.npz attributes.graphml --attributes", ["attributes.graphml"])
    comparison.both("presets", "dnm presets")


def compare_measures(comparison):
    files = [os.path.join(REFERENCE, name) for name in ("karate.tsv", "grid_3x3.tsv", "toy_A.tsv", "npso_100_T0.tsv")]
    options = ["", "--q louvain --gamma-fit igraph --engine igraph", "--q spectral --p-value --chance 5 --per-layer",
               "--draws 30 --sigma-error .02 --runs 3 --seed 4"]
    for file in [*files, "dnm-0.npz", "dnm-mixed-7.npz", "bsw-0.npz"]:
        for chosen in options:
            if "--per-layer" in chosen and not file.endswith(".npz"):
                chosen = chosen.replace("--per-layer", "")
            comparison.both(f"measure {os.path.basename(file)} {chosen}", f"dnm measure {file} {chosen} --json",
                            output=json_text)
    large = "--layers 784,1568,1568,1568 --sparsity .99 --draws 1 --runs 2"
    comparison.both("measure the paper's net", f"dnm measure {large} --json", output=json_text)


def compare_embeddings(comparison):
    methods = ["RA1-LE-EA", "RA1-ncISO-EA", "RA2-ISO-EA", "EBC-ncMCE-EA", "RA1-MCE-original", "LE-original"]
    for file in (os.path.join(REFERENCE, "karate.tsv"), "dnm-0.npz", "dnm-mixed-0.npz"):
        for method in methods:
            words = f"dnm embed {file} --method {method}"
            comparison.both(f"embed {os.path.basename(file)} {method}", f"{words} -o c.tsv", ["c.tsv"])
            comparison.both(f"embed {os.path.basename(file)} {method} --json", f"{words} --json", output=json_text)


def compare_figures(comparison):
    def painted(data):
        # Qt writes the moment into PDF files.
        return re.sub(rb"/(Creation|Mod)Date \([^)]*\)|<xmp:\w+Date>[^<]*<|/ID \[[^\]]*\]|uuid:[-0-9a-f]+", b"", data)

    for number, options in enumerate(FIGURES):
        kinds = ("svg", "pdf", "png") if number == 1 else ("svg",) if number % 2 else ("png",)
        for kind in kinds:
            comparison.both(f"figure {options} .{kind}", f"dnm figure {options} -o f.{kind}", [f"f.{kind}"],
                            content=painted)


def compare_trainings(comparison):
    for name, options in TRAININGS.items():
        words = f"dnm train --data fashion-mnist {options} --jobs 1 --json --run-dir run-{name}"
        comparison.both(f"train {name}", words, output=json_lines)
        folders = sorted(folder for folder, _, files in os.walk(os.path.join(comparison.old.place, "run-" + name))
                         if "epochs.csv" in files)
        for folder in (os.path.relpath(folder, comparison.old.place) for folder in folders):
            tables = [table_without_times(build.file(f"{folder}/epochs.csv"))
                      for build in (comparison.old, comparison.new)]
            comparison.check(f"train {name}: {folder}/epochs.csv", *tables)
            configs = [json.loads(build.file(f"{folder}/config.json")) for build in (comparison.old, comparison.new)]
            comparison.check(f"train {name}: {folder}/config.json", *configs)
            weights = [learned_arrays(build.file(f"{folder}/checkpoint.pt"))
                       for build in (comparison.old, comparison.new)]
            comparison.check(f"train {name}: weights of {folder}", *weights)
    comparison.both("figure of a run", "dnm figure --run-dir run-sparse,run-mixed -o runs.svg", ["runs.svg"])


def compare_continuation(comparison):
    """A run that the old build began and left is resumed by the new one to what the old one comes to."""
    old, new = comparison.old, comparison.new
    options = "--data fashion-mnist --sparsity .99 --hidden 300,200 --seeds 5 --epochs 3 --jobs 1"
    command = old.command(f"dnm train {options} --run-dir resumed --checkpoint-every 0.05")
    with subprocess.Popen(command, cwd=old.place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        table = os.path.join(old.place, "resumed", "epochs.csv")
        while process.poll() is None and (not os.path.exists(table) or len(open(table).readlines()) < 2):
            time.sleep(0.02)
        time.sleep(0.1)
        process.kill()
    shutil.copytree(os.path.join(old.place, "resumed"), os.path.join(new.place, "resumed"))
    comparison.both("resume", f"dnm train {options} --run-dir resumed --resume --json", output=json_lines)
    comparison.check("resumed weights", *(learned_arrays(build.file("resumed/checkpoint.pt")) for build in (old, new)))
    old.run(f"dnm train {options} --run-dir whole")
    comparison.check("resumed weights and those of a run without a break", learned_arrays(old.file("whole/checkpoint.pt")),
                     learned_arrays(new.file("resumed/checkpoint.pt")))
    # A session: the figure of the old build carries it, and the new one restores it.
    old.run("dnm figure --preset poster-b --color community -o carrier.svg")
    shutil.copy(os.path.join(old.place, "carrier.svg"), new.place)
    for words in ("dnm measure carrier.svg --json", "dnm generate carrier.svg -o again.npz"):
        answers = [build.run(words) for build in (old, new)]
        comparison.check(words + ": exit status", answers[0][2], answers[1][2])


GROUPS = {"networks": compare_networks, "measures": compare_measures, "embeddings": compare_embeddings,
          "figures": compare_figures, "train": compare_trainings, "resume": compare_continuation}

TIMED = {
    "measure of a small graph, start to finish": f"dnm measure {os.path.join(REFERENCE, 'karate.tsv')} --json",
    "measure of the paper's net, one draw": "dnm measure --layers 784,1568,1568,1568 --sparsity .99 --draws 1 --json",
    "generate the paper's net": "dnm generate --layers 784,1568,1568,1568 --sparsity .99 -o big.npz",
    "three epochs of the paper's net, sparse": "dnm train --data fashion-mnist --sparsity .99 --epochs 3 --engine "
                                               "sparse",
    "figure of a preset": "dnm figure --preset poster-b -o timed.svg",
    "window to its first settled picture": "dnm-studio --capture timed.png",
}


def processor_seconds(build, words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = build.command(words)
    if words.startswith("dnm-studio") and not os.environ.get("DISPLAY"):
        command = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", *command]
    subprocess.run(command, cwd=build.place, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare_speed(old, new, rounds):
    """Processor seconds in alternating pairs; the median of each pair's ratio is what counts."""
    slower = False
    for what, words in TIMED.items():
        pairs = []
        for number in range(rounds + 1):
            order = (old, new) if number % 2 == 0 else (new, old)
            seconds = {build.name: processor_seconds(build, words) for build in order}
            if number == 0:  # warms caches up, and says how often a quick command has to run to be timed
                repeats = max(1, round(0.2 / max(0.005, min(seconds.values()))))
                continue
            for _ in range(repeats - 1):
                for build in order:
                    seconds[build.name] += processor_seconds(build, words)
            pairs.append((seconds["old"] / repeats, seconds["new"] / repeats))
        ratio = statistics.median(after / before for before, after in pairs)
        slower = slower or ratio > 1.05
        print(f"{what}: old {statistics.median(pair[0] for pair in pairs):.3f} s, "
              f"new {statistics.median(pair[1] for pair in pairs):.3f} s, ratio {ratio:.3f}", flush=True)
    return slower


def main():
    parser = argparse.ArgumentParser(description="Run two builds of DNM Studio side by side.")
    parser.add_argument("old", help="folder of the old build's programs")
    parser.add_argument("new", help="folder of the new build's programs")
    parser.add_argument("--only", choices=GROUPS, action="append", help="compare this group of outputs alone")
    parser.add_argument("--speed", action="store_true", help="compare processor time instead of outputs")
    parser.add_argument("--rounds", type=int, default=7, help="pairs of runs for each time")
    arguments = parser.parse_args()
    os.environ["QT_HASH_SEED"] = "0"  # Qt writes the fonts of a PDF in the order of a hash table
    os.environ["OMP_WAIT_POLICY"] = "passive"
    with tempfile.TemporaryDirectory() as workplace:
        old, new = Build("old", arguments.old, workplace), Build("new", arguments.new, workplace)
        if arguments.speed:
            return 1 if compare_speed(old, new, arguments.rounds) else 0
        comparison = Comparison(old, new)
        for name in arguments.only or GROUPS:
            if name in ("measures", "embeddings") and "networks" not in (arguments.only or GROUPS):
                compare_networks(comparison)
            GROUPS[name](comparison)
            print(f"{name}: {comparison.equal} equal, {comparison.different} different", flush=True)
        return 1 if comparison.different else 0


if __name__ == "__main__":
    sys.exit(main())
