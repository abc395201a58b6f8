#!/usr/bin/env python3
"""Fidelity of the Markdown writer, with cmark-gfm as an independent witness.

  fidelity.py posts FRAGMENTS.jsonl    {"id","html"}: written, read by cmark-gfm, compared with the tree it came from
  fidelity.py source BODIES.jsonl      {"id","text"}: how many of the author's blocks stand byte for byte
  fidelity.py escapes FRAGMENTS.jsonl  how many backslash escapes change nothing for cmark-gfm, cmark and kramdown

Needs the examples built (cargo build --release -p postferry-markdown --examples), cmark and cmark-gfm; `escapes` also
ruby with kramdown and its GFM parser. TARGET names the folder of the examples; default target/release/examples."""
import json, os, re, shutil, subprocess, sys

TARGET = os.environ.get("TARGET", "target/release/examples")
GFM = ["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "tasklist", "-e", "footnotes"]
CM = ["cmark", "--unsafe"]
RUBY = """require 'kramdown'; require 'kramdown-parser-gfm'; require 'json'
STDIN.each_line { |l| puts JSON.generate([Kramdown::Document.new(JSON.parse(l)[0], input: 'GFM', hard_wrap: false, auto_ids: false).to_html]) }"""
ENTITY = re.compile(r"&#?\w+;")
TAG = re.compile(r"<(?!!--)/?[a-zA-Z][^>\n]*>")
ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")


def example(name, *arguments, lines):
    run = subprocess.run([os.path.join(TARGET, name), *arguments], input="".join(lines).encode(), capture_output=True)
    sys.stderr.write(run.stderr.decode())
    return run.stdout.decode().splitlines()


def render(command, text):
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode()


def kramdown(texts):
    lines = "".join(json.dumps([text]) + "\n" for text in texts)
    run = subprocess.run(["ruby", "-e", RUBY], input=lines.encode(), capture_output=True, check=True)
    return [json.loads(line)[0] for line in run.stdout.decode().splitlines()]


def posts(path):
    lines = open(path, encoding="utf-8").readlines()
    written = [json.loads(line)["md"] for line in example("batch", "--to", "gfm", "--stats", lines=lines)]
    pairs = []
    for line, md in zip(lines, written):
        fragment = json.loads(line)
        pairs.append(json.dumps({"id": fragment["id"], "html": fragment["html"], "again": render(GFM, md)}) + "\n")
    print("\n".join(example("same", lines=pairs)))
    size = sum(len(md.encode()) for md in written)
    html = sum(len(m.group().encode()) for md in written for m in TAG.finditer(md))
    entities = sum(len(m.group().encode()) for md in written for m in ENTITY.finditer(md))
    print(f"{size} bytes, {100 * html / size:.2f} % of them tags, {100 * entities / size:.2f} % references (code included)")


def escapes(path):
    lines = open(path, encoding="utf-8").readlines()
    written = [json.loads(line)["md"] for line in example("batch", "--to", "gfm", lines=lines)]
    hide = lambda m: "x" * len(m.group())
    without, bases = [], []
    for md in written:
        body = re.sub(r"(?ms)^( {0,9}[>\-* \d.]*)(`{3,}|~{3,})[^\n]*\n.*?^\s*[> ]*\2[`~]*\s*$", hide, md)
        body = re.sub(r"(?s)(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)", hide, body)
        for found in ESCAPE.finditer(body):
            without.append(md[: found.start()] + md[found.start() + 1 :])
            bases.append(md)
    engines = {"cmark-gfm": lambda texts: [render(GFM, t) for t in texts], "cmark": lambda texts: [render(CM, t) for t in texts]}
    if shutil.which("ruby"):
        engines["kramdown"] = kramdown
    needless = [True] * len(without)
    for name, engine in engines.items():
        same = [a == b for a, b in zip(engine(without), engine(bases))]
        needless = [a and b for a, b in zip(needless, same)]
        print(f"{sum(same)} of {len(same)} escapes change nothing for {name}")
    print(f"{sum(needless)} of {len(needless)} change nothing for any ({100 * sum(needless) / max(1, len(needless)):.0f} %)")


def source(path):
    lines = open(path, encoding="utf-8").readlines()
    for dialect in ("gfm", "goldmark"):
        print(dialect, end=": ", flush=True)
        example("source", "--to", dialect, "--stats", lines=lines)


if len(sys.argv) != 3 or sys.argv[1] not in ("posts", "source", "escapes"):
    sys.exit(__doc__)
{"posts": posts, "source": source, "escapes": escapes}[sys.argv[1]](sys.argv[2])
