#!/usr/bin/env python3
"""bench.py STAGES [--update]: counts each stage's instructions, allocations and allocated bytes with valgrind.

STAGES is the built example `stages`. A figure is the difference between 2 and 10 rounds over examples/newspaper, so that
start-up cancels out, for one round. Fails when allocations or bytes are more than 3 % above benches/baseline.json, or
instructions more than 6 %: hash maps are seeded at random, which moves them by 2 %. --update writes the baseline.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "benches/baseline.json"
POSTS = ROOT / "examples/newspaper/_posts"
NAMES = ["frontmatter", "kramdown", "html", "read", "markdown", "markdown-without-proof", "json", "epub"]
TOLERANCE = {"instructions": 1.06, "allocations": 1.03, "bytes": 1.03}


def valgrind(tool, binary, stage, count):
    """What valgrind says about a run."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"callgrind": [f"--callgrind-out-file={folder}/out"], "memcheck": ["--undef-value-errors=no", "--leak-check=no"]}[tool]
        command = ["valgrind", f"--tool={tool}", *own, binary, stage, str(count), POSTS]
        # Hash maps of the standard library are seeded at random: addresses are the only other thing that differs.
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"})
    return done.stderr


def count(binary, stage, rounds):
    """Instructions, allocations and bytes of a run."""
    instructions = int(re.search(r"Collected : (\d+)", valgrind("callgrind", binary, stage, rounds)).group(1))
    heap = re.search(r"total heap usage: ([\d,]+) allocs, [\d,]+ frees, ([\d,]+) bytes", valgrind("memcheck", binary, stage, rounds))
    return [instructions] + [int(n.replace(",", "")) for n in heap.groups()]


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--update"]):
        sys.exit(__doc__)
    binary = pathlib.Path(sys.argv[1]).resolve()
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    figures, worse = {}, []
    for stage in NAMES:
        few, many = count(binary, stage, 2), count(binary, stage, 10)
        figures[stage] = dict(zip(("instructions", "allocations", "bytes"), [(b - a) // 8 for a, b in zip(few, many)]))
        line = []
        for name, value in figures[stage].items():
            before = baseline.get(stage, {}).get(name)
            line.append(f"{value} {name}" + (f" ({value / before - 1:+.1%})" if before else ""))
            if before is not None and value > before * TOLERANCE[name]:
                worse.append(f"{stage}: {value} {name}, where {before} were counted before")
        print(f"{stage}: " + ", ".join(line), flush=True)
    if sys.argv[2:] == ["--update"]:
        BASELINE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        return
    missing = [f"{stage}: not in benches/baseline.json" for stage in NAMES if stage not in baseline]
    for problem in worse + missing:
        print("  " + problem)
    sys.exit(1 if worse or missing else 0)


if __name__ == "__main__":
    main()
