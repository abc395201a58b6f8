#!/usr/bin/env python3
"""fidelity.py SHARED POSTFERRY: exports every development site, compares it with Jekyll's own answers, writes
docs/fidelity.md and docs/fidelity.json, and fails where a figure is lower than docs/fidelity.json had it.

SHARED holds corpora/dev/<site>/{site,oracle.jsonl} and tools/compare.py. Causes of known differences stand in
docs/fidelity-causes.tsv: site, path, column, cause.
"""
import collections
import json
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS = ["meta", "url", "title", "date", "categories", "tags", "dom", "noid", "struct", "text", "excerpt"]
TIME = "2026-11-23T00:00:00Z"


def export(binary, site, out):
    """Exports a site; the machine's zone is UTC, as it was for Jekyll's answers."""
    start = time.monotonic()
    with open(out, "wb") as file:
        command = [binary, "export", str(site), "--time", TIME]
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, env={"TZ": "UTC"}, timeout=900, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{site}: export ended with {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return time.monotonic() - start


def percent(share):
    return "–" if share is None else f"{100 * share:.2f}"


def write_scoreboard(result, seconds, differences, causes):
    """Writes docs/fidelity.md: totals, sites, and each document that differs, with its cause."""
    lines = [
        "# Fidelity to Jekyll",
        "",
        "Written by `make fidelity`: every document of real sites as `postferry export` gives it, against Jekyll 4.4.1's own",
        "answer. Per cent of documents that are equal; *meta* = url, title, date, categories and tags all equal; *dom* = the same",
        "content tree; *noid* = the same without ids; *struct* = without attributes; *text* = the visible text.",
        "",
        "| site | docs | " + " | ".join(COLUMNS) + " |",
        "|---|---:|" + "---:|" * len(COLUMNS),
    ]
    rows = sorted(result["sites"].items()) + [("**total**", result["total"])]
    for name, figures in rows:
        cells = " | ".join(percent(figures[column]) for column in COLUMNS)
        lines.append(f"| {name} | {figures['docs']} | {cells} |")
    agreement = ", ".join(f"{what}: {count}" for what, count in sorted(result["agreement"].items()))
    lines += ["", f"Left out on both sides: {agreement}.", ""]
    lines += ["## Documents that differ", ""]
    counted = collections.Counter(causes.get(d, "not yet explained") for d in differences)
    lines += [f"- {count} × {cause}" for cause, count in counted.most_common()]
    lines += ["", "| site | path | column | cause |", "|---|---|---|---|"]
    for site, path, column in differences:
        lines.append(f"| {site} | `{path}` | {column} | {causes.get((site, path, column), 'not yet explained')} |")
    (ROOT / "docs/fidelity.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"exported in {seconds:.1f} s")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    shared, binary = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    out = ROOT / "target/fidelity"
    out.mkdir(parents=True, exist_ok=True)
    sites = sorted(p.parent for p in (shared / "corpora/dev").glob("*/oracle.jsonl"))
    seconds = sum(export(binary, folder / "site", out / f"{folder.name}.jsonl") for folder in sites)
    report, details = ROOT / "target/fidelity.json", ROOT / "target/fidelity-details.jsonl"
    command = [sys.executable, shared / "tools/compare.py", shared / "corpora/dev", out, "--json", report, "--details", details]
    subprocess.run(command, check=True)
    result = json.loads(report.read_text())

    causes = {}
    table = ROOT / "docs/fidelity-causes.tsv"
    if table.exists():
        for line in table.read_text(encoding="utf-8").splitlines():
            site, path, column, cause = line.split("\t")
            causes[site, path, column] = cause
    differences = []
    for line in details.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for column in ["url", "title", "date", "categories", "tags", "noid", "excerpt"]:
            # An excerpt follows its content: where that differs already, it is no cause of its own.
            if row.get(column) is False and not (column == "excerpt" and row.get("noid") is False):
                differences.append((row["site"], row["path"], column))
        if row.get("missing"):
            differences.append((row["site"], row["path"], "missing"))
    write_scoreboard(result, seconds, differences, causes)

    baseline = ROOT / "docs/fidelity.json"
    figures = {column: result["total"][column] for column in COLUMNS}
    figures["wrongly rendered"] = sum(count for what, count in result["agreement"].items() if "tool renders" in what)
    before = json.loads(baseline.read_text()) if baseline.exists() else {}
    baseline.write_text(json.dumps(figures, indent=1) + "\n")
    fallen = [c for c in COLUMNS if c in before and (figures[c] or 0) < before[c] - 1e-9]
    if figures["wrongly rendered"] > before.get("wrongly rendered", 10**9):
        fallen.append("wrongly rendered")
    for column in fallen:
        print(f"{column} fell from {before[column]} to {figures[column]}")
    print(f"{len(figures) - len(fallen)} passed, {len(fallen)} failed")
    sys.exit(bool(fallen))


main()
