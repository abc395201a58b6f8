#!/usr/bin/env python3
"""hostile.py SHARED POSTFERRY OUT [SCALE]: makes the hostile posts, sites and archives, and converts each of them.

tests/hostile.tsv lists the cases that fall short, each with its reason. Fails when a case that is not listed falls short,
when a listed one does not, and when a listed one does not exist. SCALE is small (the default), default or full.
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "tests/hostile.tsv"


def listed():
    """Case → reason."""
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("\t") for line in lines)


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    shared, binary, out = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
    scale = sys.argv[4] if len(sys.argv) == 5 else "small"
    cases, found = out / scale, out / f"{scale}.json"
    out.mkdir(parents=True, exist_ok=True)
    subprocess.run(["rm", "-rf", cases, found], check=True)
    subprocess.run([sys.executable, shared / "hostile/generate.py", cases, "--scale", scale], check=True, stdout=subprocess.DEVNULL)
    command = f"{shlex.quote(str(binary))} convert {{input}} --to markdown,json,epub --out {{out}} --diagnostics json"
    # Some cases hold numbers that Python would not read. The status says whether any case falls short, which is judged below, against the list.
    with open(out / f"{scale}.txt", "w", encoding="utf-8") as talk:
        subprocess.run(
            [sys.executable, shared / "hostile/run.py", cases, "--command", command, "--jobs", "2", "--json", found],
            check=False, stdout=talk, env={**os.environ, "PYTHONINTMAXSTRDIGITS": "0"},
        )
    results = {r["id"]: r for r in json.loads(found.read_text(encoding="utf-8"))["results"]}
    reasons, problems = listed(), []
    for case, reason in sorted(reasons.items()):
        if case not in results:
            problems.append(f"{case}: listed ({reason}), but there is no such case")
        elif results[case]["ok"]:
            problems.append(f"{case}: listed ({reason}), but it comes out as it should")
    for case, result in sorted(results.items()):
        if not result["ok"] and case not in reasons:
            problems.append(f"{case}: " + "; ".join(f"{kind}: {why}" for kind, why in result["faults"][:4]))
    good = sum(r["ok"] for r in results.values())
    slow, fat = max(results.values(), key=lambda r: r["cpu"]), max(results.values(), key=lambda r: r["rss_mb"])
    print(f"{good} of {len(results)} hostile cases as expected, {len(reasons)} listed as falling short")
    print(f"most CPU {slow['cpu']} s ({slow['id']}), most memory {fat['rss_mb']} MiB ({fat['id']})")
    for problem in problems:
        print("  " + problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
