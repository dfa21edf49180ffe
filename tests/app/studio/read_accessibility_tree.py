# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a program and prints what a screen reader finds of it, a line "role<TAB>name" each, once a line has the text
that is waited for (120 seconds at most).

usage: dbus-run-session -- python3 read_accessibility_tree.py WAITED-FOR PROGRAM [ARGUMENT ...]
"""

import subprocess
import sys
import time

import pyatspi


def lines_of(node, depth=0):
    if node is None or depth > 60:
        return
    yield f"{node.getRoleName()}\t{node.name}"
    for index in range(node.childCount):
        yield from lines_of(node.getChildAtIndex(index), depth + 1)


def tree_of(process_id):
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        application = desktop.getChildAtIndex(index)
        if application is not None and application.get_process_id() == process_id:
            return list(lines_of(application))
    return []


def main():
    waited_for, command = sys.argv[1], sys.argv[2:]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lines = []
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end and process.poll() is None:
            try:
                lines = tree_of(process.pid)
            except Exception:  # the tree changes while it is read
                lines = []
            if any(waited_for in line for line in lines):
                break
            time.sleep(1)
    finally:
        process.kill()
    print("\n".join(lines))


if __name__ == "__main__":
    main()
