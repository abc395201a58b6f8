#!/usr/bin/env python3
"""check_schema.py SCHEMA FOLDER: every .json document below a folder against the JSON Schema (2020-12)."""
import json
import pathlib
import sys

import jsonschema


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = sorted(pathlib.Path(sys.argv[2]).rglob("*.json"))
    failed = 0
    for file in files:
        error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))))
        if error:
            failed += 1
            print(f"{file}: {error.json_path}: {error.message[:200]}")
    print(f"{len(files) - failed} passed, {failed} failed")
    sys.exit(bool(failed) or not files)


main()
