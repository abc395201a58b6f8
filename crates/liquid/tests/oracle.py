#!/usr/bin/env python3
"""Holds the crate against Jekyll's Liquid (Debian's jekyll, with what Liquid 4.0.4 does otherwise put back: oracle.rb).

    oracle.py generate SITE.json [--seed N] [--count N]               templates of expressions and tags put together at random
    oracle.py mutate SITE.json CASES.jsonl… [--seed N] [--count N]    the templates of files, changed at random

SITE.json holds the files of the small site that tests/suite/site builds, name to text; CASES.jsonl lines with `template`.
The text has to be the same, or both have to end in an error. --show N prints the first differences, cut down.
Needs the example `templates`: cargo build --release --example templates. Exit code 1 when there is a difference.
"""
import argparse, collections, itertools, json, os, random, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, os.path.join(ROOT, 'tests'))
from program import Program
TOKEN = re.compile(r'(\{%.*?%\}|\{\{.*?\}\}?)', re.S)

PAGE = {
    'title': 'T', 'n': 5, 'f': 2.5, 's': 'a b c', 'e': '', 'l': [3, 1, 2], 'w': ['b', 'a', 'C'], 'm': {'k': 'v', 'z': 1}, 't': True, 'no': False, 'z': None,
    'u': 'Ünï 中文 & <b>x</b>', 'd': '2020-03-04 05:06:07 +0000', 'tags': ['x y', 'z'], 'h': [{'n': 'b', 'v': 2}, {'n': 'a', 'v': None}, {'n': 'C'}],
    'time': {'$time': 1_600_000_000}, 'big': 1234567890123456789, 'neg': -7, 'tiny': 0.000012, 'huge': 1e20, 'whole': 3.0, 'ns': '42', 'fs': '3.75', 'sp': '  pad \n', 'q': '"it\'s"',
    'el': [], 'em': {}, 'nl': [None, 1, None], 'mix': [1, 'a', None, 2.5, True], 'deep': [[1, [2, 3]], [4]], 'hs': {'a': {'b': {'c': 1}}, 'l': [1, 2]}, 'url': '/x y/ü?a=1&b=2#f',
    'html': '<p class="a">One &amp; <em>two</em></p>\n<!-- c --><script>x</script>', 'md': '# H\n\n*a* "b"', 'ws': ' \n\t ', 'nums': ['10', '9', '2.5', 'x'], 'dates': ['2020-01-02', '2019-12-31', 'x'],
    'dup': ['a', 'b', 'a', 1, 1.0, '1'], 'long': 'The quick brown fox jumps over the lazy dog. ' * 4, 'cjk': '日本語のテキスト、and words 混ざる', 'nested': [{'a': {'b': 1}, 'd': '2020-01-01'}, {'a': {'b': 2}}, {'a': None}],
    'ls': ['b', None, 'a'], 'blank': 'B', 'size': 9, 'first': 'F', 'a-b': 'dash', 'k': 'title', 'bools': [True, False], 'fl': [1.5, -2.25, 0.1], 'sym': 'a|b,c:d', 'crlf': 'a\r\nb\nc',
}
KEYS = list(PAGE)
VALUES = [f'page.{key}' for key in KEYS] * 2 + ['site.members', 'site.list', 'site.num', 'site.title', 'site.nothing', 'site.data.people', 'site.data.rows', 'site.data.sub.conf', 'site.baseurl', 'site.url', 'site.time',
          'site.posts[0].title', 'site.posts[1].date', 'site.posts.first.url', 'site.posts.size', 'site.tags.size', 'nil', 'null', 'true', 'false', 'blank', 'empty', '(1..3)', '(3..1)', '(1..page.n)', '(page.neg..0)',
          "''", '""', "'a'", '"b c"', "'中文'", "'1'", "'1.5'", "' x '", "'<b>'", "'%Y'", '0', '1', '-1', '2', '10', '3.14', '-0.5', '1.', '1.2.3', '00', '007', '1e3', 'x', 'y', 'nope', 'page.nope', 'page.nope.more', 'page[page.k]',
          "page['title']", 'page["h"][0].n', 'page.h[1]', 'page.h[-1].n', 'page.h.first.v', 'page.h.last', 'page.l[0]', 'page.l.size', 'page.s.size', 'page.m.k', 'page.m.size', 'page.m.first', 'page.hs.a.b.c', 'page.deep[0][1]', 'page.s.first',
          'page.s[0]', 'page.time.year', 'page.n.size', 'page["a-b"]', 'page.a-b', 'page.m[page.e]', 'page.l["0"]', 'page.l[1.0]', 'page.l[nil]', 'forloop.index', 'forloop', 'item', 'item.n', 'item[0]', 'item[1]', 'v', 'c', 'jekyll.environment', "page.tags.last", 'a b', 'page.l.first.x', 'page . title', 'page.title?', '[page.k]', 'page.l[0', "page.['n']", '-page.n', '"un', "it's"]
# Filters and arguments that suit them; others are tried too.
FILTERS = {
    'size': [], 'downcase': [], 'upcase': [], 'capitalize': [], 'escape': [], 'escape_once': [], 'url_encode': [], 'url_decode': [], 'slice': ['1', '-2', '0, 2', '1, 9', '-3, 2', '9'], 'truncate': ['', '5', '7, "…"', '3, ""', '0', '-1', '20'],
    'truncatewords': ['', '2', '1, "--"', '0', '-1', '100'], 'split': ["','", "' '", "''", "'a'", "', '"], 'strip': [], 'lstrip': [], 'rstrip': [], 'strip_html': [], 'strip_newlines': [], 'join': ['', "', '", '1', 'nil'],
    'sort': ['', "'n'", "'v'", "'v', 'last'", "'n', 'first'", "'a.b'", "'age'", "'v', 'x'"], 'sort_natural': ['', "'n'"], 'uniq': ['', "'n'"], 'reverse': [], 'map': ["'n'", "'v'", "'name'", "'a'", "'size'", "0"], 'compact': ['', "'v'"],
    'replace': ["'a', 'b'", "'a'", "' ', ''", "'', '-'", "'.', '\\\\0'"], 'replace_first': ["'a', 'X'", "'a'"], 'remove': ["'a'", "' '", "''"], 'remove_first': ["'a'"], 'append': ["'x'", 'page.n', 'nil', 'page.l'], 'prepend': ["'x'", 'page.f'],
    'concat': ['page.w', 'page.l', 'page.el', "'a'", '(1..2)'], 'newline_to_br': [], 'first': [], 'last': [], 'abs': [], 'plus': ['1', '1.5', "'2'", 'nil', "'x'", 'page.big'], 'minus': ['1', '0.1', "'2.5'", 'page.n'], 'times': ['2', '2.5', "'3'", '0', '-1'],
    'divided_by': ['2', '2.0', '3', '0', '0.0', "'2'", '-2'], 'modulo': ['2', '2.5', '0', '-3', "'2'"], 'round': ['', '1', '2', '-1', 'nil', "'1'"], 'ceil': [], 'floor': [], 'at_least': ['3', '2.7', "'9'"], 'at_most': ['3', '2.2', "'0'"], 'default': ["'d'", '0', 'nil', 'page.l', ''],
    'relative_url': [], 'absolute_url': [], 'strip_index': [], 'date_to_xmlschema': [], 'date_to_rfc822': [], 'date_to_string': ['', "'ordinal'", "'ordinal', 'US'"], 'date_to_long_string': ['', "'ordinal'", "'ordinal', 'US'"],
    'date': ["'%Y-%m-%d'", "'%b %-d, %Y'", "'%H:%M:%S %z %Z'", "'%e %B %y %j %U %W %u %w'", "'%s'", "'%a %A %p %P %I %l %k'", "'%D %F %T %R %r %c %x %X'", "'%C %G %V %g'", "'%L %N %3N %6N %%'", "'%-m/%-d %_d %05d %^a %^B %#p %10Y'", "''", "'%'", "'%q %E %:z %::z'", "'%h%n%t%v%+'", 'nil', "'中文 %Y年'", "'%-H %-I %-j %-y'", "'%010Y|%+5d|%^10b|%-10d'"],
    'where': ["'n', 'a'", "'v', 2", "'team', 'red'", "'age', 31", "'tags', 'x'", "'v', nil", "'a.b', 1", "'n', empty", "'n', ''", "nil, 'a'", "'n', page.l"], 'where_exp': ["'i', 'i.n == \"a\"'", "'i', 'i.v'", "'i', 'i > 1'", "'i', 'i.age >= 7 and i.team'", "'i', 'i.tags contains \"x\"'", "'i', 'i'", "'i', 'i !='", "'i', 'i == empty'", "'i', 'i.n == nil or i.v == 2'"],
    'find': ["'n', 'a'", "'team', 'blue'", "'v', nil"], 'find_exp': ["'i', 'i.n == \"C\"'", "'i', 'i > 1'"], 'group_by': ["'n'", "'team'", "'v'", "'a.b'", "'nope'"], 'group_by_exp': ["'i', 'i.team'", "'i', 'i | size'", "'i', 'i.age | plus: 1'", "'i', 'i'", "'i', 'i.n | upcase | append: \"!\"'"],
    'xml_escape': [], 'cgi_escape': [], 'uri_escape': [], 'number_of_words': ['', "'cjk'", "'auto'", "'x'"], 'array_to_sentence_string': ['', "'or'", 'nil', '1'], 'markdownify': [], 'smartify': [], 'slugify': ['', "'raw'", "'pretty'", "'ascii'", "'latin'", "'none'", "'default'", 'nil', "'x'"],
    'jsonify': [], 'normalize_whitespace': [], 'to_integer': [], 'push': ["'x'", 'nil', 'page.l'], 'pop': ['', '1', '2', '9', "'1'"], 'shift': ['', '1', '2'], 'unshift': ["'x'", '0'], 'inspect': [], 'nope': ['', "'a'"], 'h': [], 'strip_': [], 'sum': [], 'date_': [], 'to_s': [], 'base64_encode': [], 'remove_last': ["'a'"],
}
NAMES = list(FILTERS)
OPERATORS = ['==', '!=', '<>', '<', '>', '<=', '>=', 'contains', '=', 'and', 'or', '===', '']
TEXTS = ['a', ' ', '\n', ' b ', '\n\n', '-', '{', '}', '}}', '%}', '{ {', '中', '  x\n', '\t', '{%', '{{', '|', '#', '{%%}', '{{}}', '{{-}}', '{%-%}', '{{ }', '{{ x }', '<p>', '&', "'", '"']


def argument(rng):
    value = rng.choice(VALUES)
    return rng.choice([f'k: {value}', f'allow_false: {value}']) if rng.random() < 0.04 else value


def filters(rng, most=3):
    out = ''
    for _ in range(rng.choice([0, 1, 1, 1, 2, most])):
        name = rng.choice(NAMES)
        kind = rng.random()
        if kind < 0.8:
            arguments = rng.choice(FILTERS[name] or [''])
        else:
            arguments = ', '.join(argument(rng) for _ in range(rng.choice([0, 1, 1, 2, 3])))
        out += rng.choice([' | ', ' | ', ' | ', '|', ' |  ', '\n| ']) + name
        if arguments:
            out += rng.choice([': ', ': ', ': ', ':', ' : ', ' ']) + arguments if rng.random() < 0.97 else arguments
    if rng.random() < 0.02:
        out += rng.choice([' |', ' ||', ' | |', ',', ' | upcase extra', ' | 1', ': 1', ' | upcase: ', ' | append "x"', ' | append: "a" "b"', " | append: 'x"])
    return out


def expression(rng):
    return rng.choice(VALUES) + filters(rng)


def condition(rng):
    out = ''
    for place in range(rng.choice([1, 1, 1, 1, 2, 2, 3])):
        if place:
            out += rng.choice([' and ', ' or ', ' and ', ' or ', ' AND ', '  or  ', ' && '])
        out += rng.choice(VALUES)
        if rng.random() < 0.75:
            blank = rng.choice([' ', ' ', ' ', ''])
            out += blank + rng.choice(OPERATORS[:8] if rng.random() < 0.95 else OPERATORS) + blank + rng.choice(VALUES)
    if rng.random() < 0.04:
        out = rng.choice([f'({out})', f'not {out}', f'!{out}', out + ' extra', out + ' |', out + ' | size', f'{out} ==', '', '== 1', out.replace(' ', '\n')])
    return out


def tag(rng, inner):
    left, right = rng.choice(['{%', '{%', '{%', '{%-']), rng.choice(['%}', '%}', '%}', '-%}'])
    blank = rng.choice([' ', ' ', ' ', ' ', '', '  ', '\n'])
    return f'{left}{blank}{inner}{blank}{right}'


def output(rng):
    left, right = rng.choice(['{{', '{{', '{{', '{{-']), rng.choice(['}}', '}}', '}}', '-}}', '}'] if rng.random() < 0.1 else ['}}', '}}', '-}}'])
    return f'{left} {expression(rng)} {right}'


def body(rng, depth):
    return ''.join(piece(rng, depth + 1) for _ in range(rng.choice([0, 1, 1, 2, 3])))


def piece(rng, depth=0):
    kind = rng.random()
    if kind < 0.18:
        return rng.choice(TEXTS[:10] if rng.random() < 0.85 else TEXTS)
    if kind < 0.55 or depth > 3:
        return output(rng)
    name = rng.choice(['if', 'if', 'if', 'unless', 'case', 'for', 'for', 'for', 'assign', 'assign', 'capture', 'cycle', 'tablerow', 'increment', 'decrement', 'ifchanged', 'comment', 'raw', 'include', 'break', 'highlight', 'link', 'stray', 'assign', 'post_url'])
    more = lambda: body(rng, depth)
    t = lambda inner: tag(rng, inner)
    if name in ('if', 'unless'):
        out = t(f'{name} {condition(rng)}') + more()
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            out += t(f'elsif {condition(rng)}') + more()
        if rng.random() < 0.4:
            out += t(rng.choice(['else', 'else', 'else', 'else x', 'else if page.n'])) + more()
        return out + t('end' + name)
    if name == 'case':
        out = t(f'case {rng.choice(VALUES)}') + rng.choice(['', '', '\n', ' x '])
        for _ in range(rng.choice([1, 1, 2, 3])):
            out += t('when ' + rng.choice([', ', ' or ', ' , ', ' and ', ' ']).join(rng.choice(VALUES) for _ in range(rng.choice([1, 1, 2, 3])))) + more()
            if rng.random() < 0.1:
                out += t('else') + more()
        if rng.random() < 0.5:
            out += t('else') + more()
        return out + t('endcase')
    if name == 'for':
        options = ''
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            options += rng.choice([' ', ' ', ', ']) + rng.choice(['reversed', 'limit: 2', 'offset: 1', 'offset:continue', 'limit:page.n', 'limit: "1"', 'offset: nil', 'limit: 0', 'limit: -1', 'offset: -1', 'limit: 1.9', 'offset: "x"', 'limit: page.l', 'x: 1', 'cols: 2', 'limit : 1', 'offset: continue'])
        inner = more() + rng.choice(['', '', '{{ item }}', '{{ forloop.index }}{{ forloop.last }}', '{{ item | jsonify }},', '{{ forloop.rindex0 }}/{{ forloop.length }} {{ forloop.parentloop.index }}', '{% if forloop.first %}F{% endif %}', '{{ item[0] }}={{ item[1] }};', '{% break %}', '{% if item == 2 %}{% continue %}{% endif %}{{ item }}', '{{ forloop.name }}', '{% cycle "a", "b" %}', '{% cycle item, "b" %}'])
        otherwise = t('else') + more() if rng.random() < 0.25 else ''
        return t(f'for {rng.choice(["item", "item", "item", "x", "v-2", "item.n"])} in {rng.choice(VALUES)}{options}') + inner + otherwise + t('endfor')
    if name == 'assign':
        return t(f'assign {rng.choice(["x", "y", "x", "v", "c", "a-b", "x.y", "page", "x[0]", "é"])} {rng.choice(["=", "=", "=", "", "=="]) if rng.random() < 0.1 else "="} {expression(rng)}')
    if name == 'capture':
        return t(f'capture {rng.choice(["c", "c", "x", "c-d", chr(39) + "c" + chr(39), "c d", ""])}') + more() + t('endcapture')
    if name == 'cycle':
        return t('cycle ' + rng.choice(['', '', '', '"g": ', 'page.n: ', 'x:']) + rng.choice([', ', ',', ' , ', ' ']).join(rng.choice(VALUES) for _ in range(rng.choice([1, 2, 3])))) * rng.choice([1, 2, 3])
    if name == 'tablerow':
        options = ''.join(rng.choice([' cols:2', ' limit:3', ' offset:1', ' cols: page.n', ' limit: "2"', ' cols:x', ' limit:nil', ' cols:0']) for _ in range(rng.choice([0, 1, 2])))
        return t(f'tablerow item in {rng.choice(VALUES)}{options}') + rng.choice(['{{ item }}', more(), '', '{{ tablerowloop.col }}{{ tablerowloop.last }}{{ tablerowloop.row }}{{ tablerowloop.col_first }}']) + t('endtablerow')
    if name in ('increment', 'decrement'):
        return t(f'{name} {rng.choice(["x", "y", "c", "page.n", "", "i j", "n"])}')
    if name == 'ifchanged':
        return t('for item in page.dup') + t('ifchanged') + rng.choice(['{{ item }}', more()]) + t('endifchanged') + t('endfor')
    if name == 'comment':
        return t(rng.choice(['comment', 'comment', 'comment x'])) + rng.choice(['', 'x', more(), '{% raw %}', '{% if %}', '{% nope %}', '{{ a', '{% comment %}{% endcomment %}', '{% endraw %}', "{{ 'x' }}"]) + t('endcomment')
    if name == 'raw':
        return rng.choice(['{% raw %}', '{%- raw -%}', '{%raw%}', '{% raw x %}']) + rng.choice(['', 'x', more(), '{{ a', '{% if', '{{ a {% b %}', '{%- x -%}', ' {{ x }} ', '{% comment %}', '{% raw %}']) + rng.choice(['{% endraw %}', '{% endraw %}', '{% endraw -%}', '{%- endraw %}', '{%endraw%}', '{% endraw x %}', ''])
    if name == 'include':
        return t('include ' + rng.choice(['x.html', 'sub/y.html', 'set.html', 'head.html', 'x.html a=1', 'x.html a="q" b=page.n', "x.html a='{{ page.n }}'", 'x.html a=page.l b=page.nope', 'nope.html', '{{ page.nope }}x.html', 'x.html a', 'x.html a="\\"q\\""', 'set.html items=page.l', 'x.html  a = 1', 'x.html a=1, b=2', 'x.html a=1 b=(1..2)', '"x.html"', 'x.html a=page.m.k b=page["title"]', '../x.html', './x.html', 'sub//y.html', '{% if %}', 'x.html a="x" a="y"']))
    if name == 'break':
        return t(rng.choice(['break', 'continue', 'break x']))
    if name == 'highlight':
        return t('highlight ' + rng.choice(['ruby', 'c++', 'ruby linenos', 'x hl_lines="1 2"', '', 'html+erb', 'Ruby', 'ruby linenos=table', 'ruby a=b', '"x"', 'a b'])) + rng.choice(['x', '\nx\n', '<b>&', more(), '', ' ', '\n\n a\n\n']) + t('endhighlight')
    if name == 'link':
        return t('link ' + rng.choice(['_posts/2020-01-02-other.md', '_notes/n1.md', 't.md', '/t.md', 'nope.md', '{{ "t.md" }}', 'assets/p q.png', '/assets/p q.png', '']))
    if name == 'post_url':
        return t('post_url ' + rng.choice(['2020-01-02-other', '2020-01-03-second', 'sub/2020-01-04-third', '/2020-01-02-other', '2020-01-02-nope', 'other', '2020-01-02-other.md', '']))
    return t(rng.choice(['endif', 'else', 'endfor', 'nope', 'elsif 1', 'when 1', 'end', 'liquid', 'echo x', 'render "x"', '#', '# c', '', 'if', 'for', 'if x', 'endraw', 'for item in', 'case', 'case x', 'unless', 'capture', 'include', 'assign', 'cycle', 'comment']))


def generate(seed, count):
    for number in range(count):
        rng = random.Random(f'g{seed}/{number}')
        text = ''.join(piece(rng) for _ in range(rng.choice([1, 1, 2, 3, 5])))
        yield {'id': f'g{seed}/{number}', 'template': text, 'page': PAGE}


def change(rng, parts, other):
    """One edit of a template that was cut at its tags."""
    at = rng.randrange(len(parts))
    kind = rng.randrange(10)
    if kind == 0:
        del parts[at]
    elif kind == 1:
        parts.insert(rng.randint(0, len(parts)), parts[at])
    elif kind == 2:
        parts.insert(at, rng.choice(other))
    elif kind == 3:
        parts.insert(at, piece(rng, 2))
    elif kind == 4:
        words = re.findall(r'''"[^"]*"|'[^']*'|[\w.-]+|\S|\s+''', parts[at])
        if words:
            place = rng.randrange(len(words))
            words[place] = rng.choice([rng.choice(VALUES), rng.choice(NAMES), words[place] * 2, '', rng.choice(OPERATORS)])
        parts[at] = ''.join(words)
    elif kind == 5:
        parts[at] = parts[at].replace('{%', '{%-', 1) if rng.random() < 0.5 else parts[at].replace('%}', '-%}', 1)
    elif kind == 6:
        parts[at] = re.sub(r'\s*(-?[%}]\})\Z', lambda end: filters(rng) + ' ' + end.group(1), parts[at])
    elif kind == 7:
        place = rng.randint(0, len(parts[at]))
        parts[at] = parts[at][:place] + rng.choice(' |:,.\'"-%{}[]()=<>?1ax\n') + parts[at][place:]
    elif kind == 8 and parts[at]:
        place = rng.randrange(len(parts[at]))
        parts[at] = parts[at][:place] + parts[at][place + 1:]
    else:
        parts[at] = re.sub(r'page\.\w+|site\.\w+', lambda _: rng.choice(VALUES), parts[at], count=1)
    return parts or ['']


def mutate(paths, seed, count):
    texts = [json.loads(line)['template'] for path in paths for line in open(path)]
    cut = [[part for part in TOKEN.split(text) if part] or [''] for text in texts]
    for number in range(count):
        rng = random.Random(f'm{seed}/{number}')
        parts = list(rng.choice(cut))
        if len(parts) > 30:
            at = rng.randrange(len(parts))
            parts = parts[at:at + 20]
        other = rng.choice(cut)
        for _ in range(rng.choice([1, 1, 2, 2, 3, 5])):
            parts = change(rng, parts, other)
        yield {'id': f'm{seed}/{number}', 'template': ''.join(parts), 'page': PAGE}


def same(ours, theirs):
    if 'sample' in theirs.get('error', ''):
        return True
    return ours['output'] == theirs.get('output') if 'output' in ours else 'error' in theirs


class Comparison:
    def __init__(self, args):
        self.ours, self.theirs = Program([args.batch]), Program(['ruby', os.path.join(HERE, 'oracle.rb'), args.site])
        self.args = args

    def differing(self, requests):
        return [(request, ours, theirs) for request, ours, theirs in zip(requests, self.ours.ask(requests), self.theirs.ask(requests)) if not same(ours, theirs)]

    def minimise(self, request):
        """Takes tags, then words, then characters away as long as the answers differ."""
        for cut in (TOKEN.split, lambda text: re.findall(r'''\w+|\s+|.''', text, re.S), list):
            while True:
                parts = [part for part in cut(request['template']) if part]
                if len(parts) > 300:
                    break
                shorter = [dict(request, template=''.join(parts[:i] + parts[i + size:])) for size in (8, 4, 2, 1) for i in range(0, len(parts), max(1, size // 2))]
                found = self.differing(shorter) if shorter else []
                if not found:
                    break
                request = min((each[0] for each in found), key=lambda each: len(each['template']))
        return request

    def run(self, requests):
        total = errors = 0
        seen = collections.Counter()
        while part := list(itertools.islice(requests, 200)):
            total += len(part)
            for request, ours, theirs in self.differing(part):
                errors += 1
                if errors > self.args.show:
                    continue
                small = self.minimise(request)
                (small, ours, theirs), = self.differing([small]) or [(request, ours, theirs)]
                if not seen[small['template']]:
                    print(f'===== {request["id"]} {small["template"]!r}\n   jekyll {str(theirs)[:300]}\n   crate  {str(ours)[:300]}')
                    sys.stdout.flush()
                seen[small['template']] += 1
        print(f'{total} templates, {errors} differ')
        return errors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', choices=['generate', 'mutate'])
    parser.add_argument('site')
    parser.add_argument('cases', nargs='*')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=3000)
    parser.add_argument('--show', type=int, default=20)
    parser.add_argument('--batch', default=os.path.join(ROOT, 'target', 'release', 'examples', 'templates'))
    args = parser.parse_args()
    requests = generate(args.seed, args.count) if args.what == 'generate' else mutate(args.cases, args.seed, args.count)
    sys.exit(1 if Comparison(args).run(iter(requests)) else 0)


if __name__ == '__main__':
    main()
