#!/usr/bin/env python3
"""fidelity.py SHARED POSTFERRY: exports every development site, compares it with Jekyll's own answers, writes
docs/fidelity.md and docs/fidelity.json, and fails where a figure is lower than docs/fidelity.json had it.

SHARED holds corpora/dev/<site>/{site,oracle.jsonl} and tools/compare.py. Causes of known differences stand in
docs/fidelity-causes.tsv: site, path, column, cause. The figures about Markdown come of crates/markdown/tests/fidelity.py,
which reads what is written with cmark-gfm; they are per cent of posts, blocks and escapes.
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS = ["meta", "url", "title", "date", "categories", "tags", "dom", "noid", "struct", "text", "excerpt"]
TIME = "2026-11-23T00:00:00Z"
MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")
FRONT_MATTER = re.compile(r"\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)", re.M | re.S)


def export(binary, site, out):
    """Exports a site; the machine's zone is UTC, as it was for Jekyll's answers."""
    start = time.monotonic()
    with open(out, "wb") as file:
        command = [binary, "export", str(site), "--time", TIME]
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, env={"TZ": "UTC"}, timeout=900, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{site}: export ended with {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return time.monotonic() - start


def bodies(shared):
    """Bodies of Markdown posts without Liquid and their HTML as Jekyll has it, as JSON Lines files; gives the two paths."""
    sources, contents = ROOT / "target/bodies.jsonl", ROOT / "target/contents.jsonl"
    with open(sources, "w", encoding="utf-8") as texts, open(contents, "w", encoding="utf-8") as htmls:
        for oracle in sorted((shared / "corpora/dev").glob("*/oracle.jsonl")):
            for line in oracle.read_text(encoding="utf-8").splitlines():
                document = json.loads(line)
                if document.get("collection") != "posts" or not document.get("content") or document.get("stubbed"):
                    continue
                name = f"{oracle.parent.name}/{document['path']}"
                print(json.dumps({"id": name, "html": document["content"]}), file=htmls)
                text = (oracle.parent / "site" / document["path"]).read_bytes().decode("utf-8", "replace")
                body = FRONT_MATTER.sub("", text.removeprefix("\ufeff"), count=1)
                if document["ext"] in MARKDOWN and "{{" not in body and "{%" not in body:
                    print(json.dumps({"id": name, "text": body}), file=texts)
    return sources, contents


def markdown_figures(shared, examples):
    """What the Markdown writer does with real posts: name → per cent, and the lines that the measuring printed."""
    sources, contents = bodies(shared)
    sample = ROOT / "target/contents-sample.jsonl"
    sample.write_text("".join(contents.read_text(encoding="utf-8").splitlines(keepends=True)[::12]), encoding="utf-8")
    lines = []
    for what, file in (("posts", contents), ("escapes", sample), ("source", sources)):
        command = [sys.executable, ROOT / "crates/markdown/tests/fidelity.py", what, file]
        done = subprocess.run(command, env={**os.environ, "TARGET": str(examples)}, capture_output=True, text=True, check=True)
        lines += [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    same = next(re.match(r"(\d+) of (\d+) the same", line) for line in lines if "the same" in line)
    needless = next(re.search(r"(\d+) of (\d+) change nothing for any", line) for line in lines if "for any" in line)
    figures = {
        "markdown: same tree": int(same[1]) / int(same[2]),
        "markdown: needed escapes": 1 - int(needless[1]) / max(1, int(needless[2])),
    }
    for line in lines:
        if kept := re.search(r"(\d+) of (\d+).*byte for byte", line):
            name = "goldmark" if "markdown: kept blocks, gfm" in figures else "gfm"
            figures[f"markdown: kept blocks, {name}"] = int(kept[1]) / int(kept[2])
    return figures, lines


def percent(share):
    return "–" if share is None else f"{100 * share:.2f}"


def write_scoreboard(result, seconds, differences, causes, markdown):
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
    lines += ["", "## Markdown", ""]
    lines += ["Jekyll's own content of the posts, written as Markdown (gfm) and read by cmark-gfm; escapes are counted in every"]
    lines += ["twelfth post; blocks that stay byte for byte are those of Markdown posts without Liquid.", "", "```"]
    lines += markdown + ["```"]
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
    figures, markdown = markdown_figures(shared, binary.parent / "examples")
    write_scoreboard(result, seconds, differences, causes, markdown)

    baseline = ROOT / "docs/fidelity.json"
    figures |= {column: result["total"][column] for column in COLUMNS}
    figures["wrongly rendered"] = sum(count for what, count in result["agreement"].items() if "tool renders" in what)
    before = json.loads(baseline.read_text()) if baseline.exists() else {}
    baseline.write_text(json.dumps(figures, indent=1) + "\n")
    shares = [name for name in figures if name != "wrongly rendered"]
    fallen = [name for name in shares if name in before and (figures[name] or 0) < before[name] - 1e-9]
    if figures["wrongly rendered"] > before.get("wrongly rendered", 10**9):
        fallen.append("wrongly rendered")
    for column in fallen:
        print(f"{column} fell from {before[column]} to {figures[column]}")
    print(f"{len(figures) - len(fallen)} passed, {len(fallen)} failed")
    sys.exit(bool(fallen))


main()
