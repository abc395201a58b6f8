#!/usr/bin/env python3
"""Doubles hostile inputs and counts instructions with valgrind: twice the input may cost 2.2 times as much.

    doubling.py [--size BYTES] [--batch PROGRAM] [FAMILY …]

The families are in families.json: the text is `begin`, `unit` repeated up to the size (`{i}` in it is the number of the repetition),
`end` repeated as often, and `after`. Exit code 1 when one grows faster.
"""
import argparse, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))


def text(family, size):
    unit, end = family['unit'], family.get('end', '')
    out, left, number = [], size, 0
    while left > 0:
        piece = unit.replace('{i}', str(number)).replace('{n}', str(number + 1))
        out.append(piece)
        left -= len(piece.encode()) + len(end.encode())
        number += 1
    return family.get('begin', '') + ''.join(out) + end * number + family.get('after', '')


def instructions(batch, source):
    request = json.dumps({'id': 1, 'text': source, 'parser': 'GFM', 'options': {'hard_wrap': False}})
    done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', batch], input=request, capture_output=True, text=True)
    return int(re.search(r'Collected : (\d+)', done.stderr).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--size', type=int, default=65536)
    parser.add_argument('--batch', default=os.path.join(ROOT, 'target', 'release', 'examples', 'html_lines'))
    parser.add_argument('family', nargs='*')
    args = parser.parse_args()
    families = json.load(open(os.path.join(HERE, 'families.json')))
    idle = instructions(args.batch, '')
    bad = 0
    for name, family in families.items():
        if args.family and name not in args.family:
            continue
        once, twice = (instructions(args.batch, text(family, size)) - idle for size in (args.size, 2 * args.size))
        fast = twice / once > 2.2
        bad += fast
        print(f'{name:24} {once:>12} {twice:>12} {twice / once:5.2f}{"  <- too fast" if fast else ""}', flush=True)
    print(f'{bad} of {len(families)} grow too fast')
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
