#!/usr/bin/env python3
"""Holds the crate against kramdown itself (Debian's ruby-kramdown and ruby-kramdown-parser-gfm).

    oracle.py bodies FOLDER [--parser GFM|kramdown]   every Markdown file below a folder, without its front matter
    oracle.py generate [--seed N] [--count N]         texts made of constructs glued together at random
    oracle.py mutate [FOLDER] [--seed N] [--count N]  the cases, and the Markdown files below a folder, changed at random (mutate.py)
    oracle.py cases                                   the answers of tests/cases: --update writes them
    oracle.py file REQUESTS.jsonl                     requests as the example `html_lines` reads them

The HTML has to be the same, byte by byte. --show N prints the first differences; --warnings compares those too;
--minimise cuts what differs down. Exit code 1 when there is a difference.
"""
import argparse, collections, difflib, itertools, json, os, random, re, sys

from mutate import edits, mutate

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, os.path.join(ROOT, 'tests'))
from program import Program
FRONT_MATTER = re.compile(rb'\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)', re.M | re.S)
MARKDOWN = ('.md', '.markdown', '.mkd', '.mkdn', '.mkdown')


KRAMDOWN = Program(['ruby', os.path.join(HERE, 'oracle.rb')])


def bodies(folder, parser):
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if not name.lower().endswith(MARKDOWN):
                continue
            path = os.path.join(root, name)
            data = open(path, 'rb').read()
            head = FRONT_MATTER.match(data)
            if head:
                data = data[head.end():]
            try:
                text = data.decode('utf-8').lstrip('\ufeff')
            except UnicodeDecodeError:
                continue
            options = {'hard_wrap': False} if parser == 'GFM' else {}
            yield {'id': path, 'text': text, 'parser': parser, 'options': options}


SPANS = ['*', '**', '***', '_', '__', '`', '``', '```', '[', ']', '](u)', '](u "t")', '][r]', '[r]', '![', '!', '(', ')', '[^1]', '[^n]',
         '<b>', '</b>', '<br>', '<br/>', '<i class=a>', '</i>', '<code>', '</code>', '<a href="x">', '</a>', '<div>', '</div>', '<x-y>', '</x-y>',
         '<!-- c -->', '<!--', '-->', '<?p?>', '<http://a.b/c>', '<a@b.c>', '<', '>', '<<', '>>', '<< ', ' >>', '&amp;', '&', '&#60;', '&#x41;', '&hellip;',
         '&foo;', '"', "'", '"a"', "'b'", "'90s", '--', '---', '...', '..', '$$', '$$x$$', '$', '{:.c}', '{: #i}', '{:a}', '{:', '}', '{::comment}', '{:/}',
         '{:/comment}', '{::nomarkdown}', '{:/nomarkdown}', '{::options x="y"/}', '\\', '\\*', '\\\\', '  \n', '\\\\\n', '\\\n', '~~', '~~s~~', '~', '|', '\\|',
         'a', 'b', 'word', 'two words', ' ', '  ', '\t', '中文', 'é', 'HTML', 'A B', '1', '10', '.', ',', ':', ';', '-', '+', '=', '#', '^', '/', '\u00a0', '\u200b',
         '<span markdown="0">', '<span markdown="1">', '</span>', '<em>', '</em>', '<script>', '</script>', '<IMG SRC=x>', '<u>', '</u>', '<time>', '</time>', '😀', "s'", "'s"]
LINES = ['', '', '', ' ', '    ', '\t', '* a', '*\tb', '- c', '+ d', '* ', '*', '1. e', '10. f', '1.', '2)', '  * g', '    * h', '   1. i', '      - j',
         '> q', '>', '> * k', '>> r', '    code', '\tcode', '        deep', '```', '```ruby', '~~~', '~~~ x', '````', '``` a b', '# h', '## h ##', '#h', '### t {#id}', '# ',
         'h', '===', '---', '***', '* * *', '___', '- - -', '--', '=', 'a | b', '| a | b |', '|---|:-:|', '|===', '|-', '`a|b` | c', '| <b>|</b>', ': d', ':   e', ': ', ':\tf', ' : g',
         '[r]: u', '[r]: <u v> "t"', '[r]: u', '  "t"', '[^1]: note', '[^n]: other', '    more', '*[HTML]: Hyper', '*[A B]: two', '{:.c}', '{: .d #e k="v"}', '{:r: .x}', '{:r}', '{:toc}',
         '{:.no_toc}', '^', '$$', '$$ x $$', '\\$$ x $$', '<div>', '</div>', '<div markdown="1">', '<p>x</p> y', '<p>', '</p>', '<span>x</span>', '<!-- c', '-->', '<!-- d -->', '<pre>',
         '</pre>', '<section markdown="block">', '</section>', '<p markdown="span">*x*</p>', '<br>', '<hr>', '<td>', '<ul><li>', '</li></ul>', '<script>', '</script>', '<table>', '</table>',
         '{::comment}', '{:/comment}', '{::nomarkdown}', '{:/}', '{::options parse_block_html="true" /}', '{::options auto_ids="false" /}', '* {:.x} y', '* {:.x}', '- [ ] t', '- [x] t',
         '![a](b){:standalone}', '{% t %}', '{{ v }}', 'text', 'more text', 'x  ', 'y\\', 'z\\\\', '*[x', '  lazy', '*emph*', '**str', 'ong**', '| x', 'a \\| b', '1\\. x', '\\# x', '<custom-el>', '</custom-el>']


def line(rng):
    kind = rng.random()
    if kind < 0.55:
        text = rng.choice(LINES)
    else:
        text = ''
    if kind > 0.45:
        text += ''.join(rng.choice(SPANS) for _ in range(rng.randint(1, 9)))
    if rng.random() < 0.08:
        text = ' ' * rng.randint(1, 6) + text
    if rng.random() < 0.06:
        text = '> ' + text
    if rng.random() < 0.05:
        text += rng.choice(['  ', ' ', '\t', '\\', '\\\\', ' {:.c}', ' #'])
    return text


PARSERS = ['GFM', 'GFM', 'GFM', 'GFM', 'kramdown', 'kramdown', 'SmartyPants']
OPTIONS = [
    ('auto_ids', [False]), ('parse_block_html', [True]), ('parse_span_html', [False]), ('html_to_native', [True]), ('footnote_nr', [3]),
    ('entity_output', ['symbolic', 'numeric', 'as_input']), ('smart_quotes', ['apos,apos,quot,quot']), ('header_offset', [1, -2]),
    ('footnote_backlink_inline', [True]), ('auto_id_stripping', [True]), ('math_engine', [None]), ('gfm_quirks', ['', 'no_auto_typographic']),
    ('toc_levels', ['2..3']), ('footnote_backlink', ['']), ('remove_line_breaks_for_cjk', [True]), ('auto_id_prefix', ['s-']),
    ('typographic_symbols', [{'hellip': '...', 'ndash': '--', 'mdash': '---'}, {'laquo': '<<'}]), ('footnote_prefix', ['p-']), ('link_defs', [{'r': ['u', 't']}]),
    ('hard_wrap', [True]), ('enable_coderay', [False])]


def random_options(rng, part):
    options = {}
    if rng.random() < 0.75:
        options['hard_wrap'] = False
    if rng.random() < part:
        name, values = rng.choice(OPTIONS)
        options[name] = rng.choice(values)
    return options


def mutants(folder, seed, count):
    texts = [case['text'] for path in case_files() for case in map(json.loads, open(path))] * 3
    if folder:
        texts += [request['text'] for request in bodies(folder, 'GFM')]
    kinds = edits(LINES, SPANS)
    for number in range(count):
        rng = random.Random(f'm{seed}/{number}')
        text, names = mutate(rng, texts, kinds)
        yield {'id': f'm{seed}/{number}', 'text': text, 'parser': rng.choice(PARSERS), 'options': random_options(rng, 0.25), 'edits': names}


def generate(seed, count):
    for number in range(count):
        rng = random.Random(f'{seed}/{number}')
        text = '\n'.join(line(rng) for _ in range(rng.choice([1, 2, 3, 4, 6, 9, 14])))
        if rng.random() < 0.8:
            text += '\n'
        options = random_options(rng, 0.2)
        yield {'id': f'{seed}/{number}', 'text': text, 'parser': rng.choice(PARSERS), 'options': options}


def differs(mine, theirs, warnings):
    if 'error' in theirs:
        return False
    return mine.get('html') != theirs['html'] or warnings and set(mine.get('warnings', ())) != set(theirs['warnings'])


def minimise(request, batch, warnings):
    """Takes lines, then characters away as long as the answers differ."""
    def still(texts):
        requests = [dict(request, text=text) for text in texts]
        answers = zip(batch.ask(requests), KRAMDOWN.ask(requests))
        return [differs(mine, theirs, warnings) for mine, theirs in answers]

    text = request['text']
    for unit in ('\n', ''):
        while True:
            parts = text.split('\n') if unit else list(text)
            if len(parts) > 400:
                break
            shorter = [unit.join(parts[:i] + parts[i + 1:]) for i in range(len(parts))]
            found = [candidate for candidate, bad in zip(shorter, still(shorter)) if bad] if shorter else []
            if not found:
                break
            text = found[0]
    return dict(request, text=text)


def compare(requests, args):
    total = bad = errors = 0
    kinds, bad_kinds = collections.Counter(), collections.Counter()
    while part := list(itertools.islice(requests, 200)):
        for request, ours, answer in zip(part, args.batch.ask(part), KRAMDOWN.ask(part)):
            total += 1
            kinds.update(set(request.get('edits', ())))
            errors += 'error' in answer
            if not differs(ours, answer, args.warnings):
                continue
            bad += 1
            bad_kinds.update(set(request.get('edits', ())))
            if bad <= args.show:
                show(request, ours, answer, args)
    if kinds and args.kinds:
        print(', '.join(f'{name} {kinds[name]}/{bad_kinds[name]}' for name in sorted(kinds)))
    print(f'{total} texts, {bad} differ, kramdown itself fails on {errors}')
    return bad


def show(request, ours, answer, args):
    if args.minimise:
        request = minimise(request, args.batch, args.warnings)
        ours, = args.batch.ask([request])
        answer, = KRAMDOWN.ask([request])
    print('=====', request['id'], request['parser'], request['options'], repr(request['text'])[:600])
    pairs = [(answer['html'].splitlines(), (ours.get('html') or ours.get('error') or '').splitlines())]
    if args.warnings:
        pairs.append((answer['warnings'], ours.get('warnings')))
    for theirs_lines, our_lines in pairs:
        for row in list(difflib.unified_diff(theirs_lines, our_lines, 'kramdown', 'crate', lineterm='', n=0))[2:12]:
            print('   ', row[:300])
    sys.stdout.flush()


def case_files():
    folder = os.path.join(HERE, 'cases')
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith('.jsonl'))


def check_cases(args):
    bad = total = 0
    for path in case_files():
        cases = [json.loads(text) for text in open(path)]
        total += len(cases)
        answers = KRAMDOWN.ask([dict(case, id=case['name']) for case in cases])
        for case, answer in zip(cases, answers):
            if case.get('html') != answer.get('html'):
                bad += 1
                if not args.update:
                    print('=====', os.path.basename(path), case['name'], answer.get('error', ''))
                case['html'] = answer['html']
        if args.update:
            with open(path, 'w') as out:
                for case in cases:
                    out.write(json.dumps(case, ensure_ascii=False) + '\n')
    print(f'{total} cases, {bad} with another answer')
    return 0 if args.update else bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', choices=['bodies', 'generate', 'mutate', 'cases', 'file'])
    parser.add_argument('path', nargs='?')
    parser.add_argument('--parser', default='GFM', choices=['GFM', 'kramdown'])
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=3000)
    parser.add_argument('--show', type=int, default=10)
    parser.add_argument('--warnings', action='store_true')
    parser.add_argument('--minimise', action='store_true')
    parser.add_argument('--kinds', action='store_true', help='how many texts each kind of edit changed, and how many of them differ')
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--batch', default=os.path.join(ROOT, 'target', 'release', 'examples', 'html_lines'))
    args = parser.parse_args()
    if args.what == 'cases':
        sys.exit(1 if check_cases(args) else 0)
    args.batch = Program([args.batch])
    if args.what == 'bodies':
        requests = bodies(args.path, args.parser)
    elif args.what == 'file':
        requests = map(json.loads, open(args.path))
    elif args.what == 'mutate':
        requests = mutants(args.path, args.seed, args.count)
    else:
        requests = generate(args.seed, args.count)
    sys.exit(1 if compare(iter(requests), args) else 0)


if __name__ == '__main__':
    main()
