#!/usr/bin/env python3
"""Checks documents against docs/schema/document-1.json with the Python package jsonschema.

usage: tests/schema.py DOC.json... ; a name that ends in .jsonl, or - for standard input, holds one document a line
"""
import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parent.parent / "docs" / "schema" / "document-1.json"

# What the schema must refuse, so that a schema that says yes to everything does not pass.
REFUSED = [
    {},
    {"schema": 2},
    {"schema": 1, "title": 7},
    {"schema": 1, "date": "2022-01-11"},
    {"schema": 1, "extra": {"a": {"$date": "yesterday"}}},
    {"schema": 1, "extra": {"a": {"$day": "2022-01-11"}}},
    {"schema": 1, "blocks": [{"type": "para"}]},
    {"schema": 1, "blocks": [{"type": "text", "text": "an inline"}]},
    {"schema": 1, "blocks": [{"type": "heading", "level": 7}]},
    {"schema": 1, "blocks": [{"type": "paragraph", "class": "x"}]},
    {"schema": 1, "blocks": [{"type": "paragraph", "content": [{"type": "link", "content": []}]}]},
    {"schema": 1, "blocks": [{"type": "list", "kind": "bullet", "start": 2}]},
    {"schema": 1, "notes": [{"blocks": []}]},
]


def documents(name):
    if name == "-":
        yield from (json.loads(line) for line in sys.stdin)
    elif name.endswith(".jsonl"):
        with open(name, encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
    else:
        yield json.loads(pathlib.Path(name).read_text(encoding="utf-8"))


def main(names):
    if not names:
        sys.exit(__doc__)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = [f"the schema takes {refused}" for refused in REFUSED if validator.is_valid(refused)]
    count = 0
    for name in names:
        for number, document in enumerate(documents(name), 1):
            count += 1
            error = jsonschema.exceptions.best_match(validator.iter_errors(document))
            if error is not None:
                faults.append(f"{name}, document {number}: {error.json_path}: {error.message[:300]}")
    print("\n".join([*faults[:20], f"{count} documents, {len(faults)} faults"]))
    sys.exit(1 if faults or count == 0 else 0)


main(sys.argv[1:])
