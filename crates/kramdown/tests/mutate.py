"""Texts that people wrote, changed a little at random: what oracle.py's `mutate` compares.

A window of a text gets a few edits, each of a kind that authors make or that parsers trip over. `edits` names the kinds.
"""
import random, re

WORD = re.compile(r'\w[\w-]*')
CJK = ['中文', '，', '。', '日本', '「', '」', '한국', '：']
TAGS = ['div', 'p', 'span', 'b', 'em', 'table', 'td', 'ul', 'li', 'pre', 'code', 'blockquote', 'details', 'summary', 'section', 'figure', 'a', 'center',
        'font', 'iframe', 'video', 'script', 'style', 'h2', 'dl', 'dd', 'br', 'hr', 'img', 'kbd', 'sub', 'x-el', 'button', 'textarea', 'math', 'svg', 'del', 'ins']
ATTRIBUTES = ['', '', '', ' class="a b"', " class='c'", ' id=x', ' markdown="1"', ' markdown="0"', ' markdown="block"', ' markdown="span"', ' markdown=1', ' style="a: b"',
              ' data-x', ' href="u?a=1&b=2"', ' title="a > b"', ' checked', ' a="x" A="y"', ' src="u"', '\n  class="z"', ' title="&quot;&copy;"']
MARKS = ['*', '**', '_', '__', '`', '``', '~~', '"', "'", '***', '$$', '|', '<', '>', '(', ')', '[', ']', '{', '}', '\\', '!', '&', '#', ':', '-', '+', '=', '~', '^', '%']
PREFIXES = ['> ', '>', '* ', '- ', '+ ', '1. ', '10. ', ': ', '    ', '\t', '  ', '   ', ' ', '# ', '## ', '| ', '*\t', '-   ', '* * ', '> * ', '[^1]: ', '- [ ] ', '  * ', '    * ', '    1. ']
SPACES = ['  ', '\t', '\u00a0', '\u3000', '\n', ' \n', '  \n', '', '\\\n', '\u2028', '\u200b', '\r\n']


def place(rng, text):
    """A place in a text, mostly where a word begins or ends."""
    if rng.random() < 0.25 or not text:
        return rng.randint(0, len(text))
    words = list(WORD.finditer(text))
    if not words:
        return rng.randint(0, len(text))
    word = rng.choice(words)
    return rng.choice([word.start(), word.end()])


def run(rng, lines):
    start = rng.randrange(len(lines))
    return start, min(len(lines), start + rng.choice([1, 1, 1, 2, 2, 3, 5, 8]))


def on_line(change):
    """An edit of the inside of one line that is not blank."""
    def edit(rng, lines, other):
        full = [i for i, line in enumerate(lines) if line.strip()]
        if full:
            i = rng.choice(full)
            lines[i] = change(rng, lines[i], other)
    return edit


def delete(rng, lines, other):
    start, end = run(rng, lines)
    del lines[start:end]


def duplicate(rng, lines, other):
    start, end = run(rng, lines)
    at = rng.randint(0, len(lines))
    lines[at:at] = lines[start:end]


def swap(rng, lines, other):
    a = rng.randrange(len(lines))
    b = rng.choice([min(a + 1, len(lines) - 1), rng.randrange(len(lines))])
    lines[a], lines[b] = lines[b], lines[a]


def splice(rng, lines, other):
    start, end = run(rng, other)
    at = rng.randint(0, len(lines))
    lines[at:at] = other[start:end]


def replace_line(rng, lines, other):
    lines[rng.randrange(len(lines))] = rng.choice(other)


def indent(rng, lines, other):
    start, end = run(rng, lines)
    by = rng.choice([' ', '  ', '   ', '    ', '\t', '     '])
    for i in range(start, end):
        if lines[i] or rng.random() < 0.2:
            lines[i] = by + lines[i]


def outdent(rng, lines, other):
    indented = [i for i, line in enumerate(lines) if line[:1] in ' \t']
    if indented:
        start = rng.choice(indented)
        by = rng.randint(1, 4)
        for i in range(start, min(len(lines), start + rng.choice([1, 1, 2, 4]))):
            lines[i] = re.sub(r'\A[ \t]{0,%d}' % by, '', lines[i])


def blank(rng, lines, other):
    for _ in range(rng.choice([1, 1, 2])):
        lines.insert(rng.randint(0, len(lines)), rng.choice(['', '', '', ' ', '    ', '\t']))


def unblank(rng, lines, other):
    blanks = [i for i, line in enumerate(lines) if not line.strip()]
    if blanks:
        del lines[rng.choice(blanks)]


def join(rng, lines, other):
    if len(lines) > 1:
        i = rng.randrange(len(lines) - 1)
        lines[i:i + 2] = [lines[i] + rng.choice(['', ' ', '  ']) + lines[i + 1]]


def prefix(rng, lines, other):
    start, end = run(rng, lines)
    by, rest = rng.choice(PREFIXES), rng.random() < 0.6
    for i in range(start, end):
        lines[i] = (by if i == start or rest else ' ' * len(by)) + lines[i]


def unprefix(rng, lines, other):
    i = rng.randrange(len(lines))
    lines[i] = re.sub(r'\A\s*([*+>-]|\d+\.|#+|:|\|)[ \t]*', '', lines[i])


def enclose(rng, lines, other):
    start, end = run(rng, lines)
    name, half = rng.choice(TAGS), rng.random()
    own_line = rng.random() < 0.6
    opening, closing = f'<{name}{rng.choice(ATTRIBUTES)}>', f'</{name}>'
    if own_line:
        if half < 0.8:
            lines.insert(end, closing)
        if half > 0.15:
            lines.insert(start, opening)
    else:
        if half < 0.8:
            lines[end - 1] += closing
        if half > 0.15:
            lines[start] = opening + lines[start]


def fence(rng, lines, other):
    start, end = run(rng, lines)
    mark = rng.choice(['```', '~~~', '````', '$$', '{% raw %}', '<!--', '```ruby', '``` js title', '~~~ {.x}', '{::comment}', '{::nomarkdown}', '|---|', '---'])
    close = {'<!--': '-->', '{% raw %}': '{% endraw %}', '{::comment}': '{:/comment}', '{::nomarkdown}': '{:/}'}.get(mark, mark.rstrip(' abcdefghijklmnopqrstuvwxyz{}.'))
    if rng.random() < 0.8:
        lines.insert(end, close)
    lines.insert(start, mark)


def attribute(rng, lines, other):
    text = rng.choice(['{:.c}', '{: .c #i}', '{: k="v"}', '{:r}', '{:r: .x #y}', '{:toc}', '{: .no_toc}', '{: title="a}b" .c}', "{: a='b' c=d}", '{:.c}{:.d}', '{: }', '{:.language-x}', '{: start="3"}',
                       '{: #id-1}', '{:.c', '{ .c }', '{:style="x: y"}', '{::options auto_ids="false" /}', '{::options parse_block_html="true" /}', '{:/}', '{::x}', '{: #}', '{: .c.d}', '{:k="\\"v\\""}'])
    i = rng.randrange(len(lines))
    if rng.random() < 0.5:
        lines.insert(i, ' ' * rng.choice([0, 0, 0, 1, 2, 4]) + text)
    elif rng.random() < 0.5:
        lines[i] += rng.choice(['', ' ']) + text
    else:
        at = place(rng, lines[i])
        lines[i] = lines[i][:at] + text + lines[i][at:]


def footnote(rng, lines, other):
    label = rng.choice(['1', 'n', 'note', '注', 'a b', 'x-y'])
    i = rng.randrange(len(lines))
    at = place(rng, lines[i])
    lines[i] = lines[i][:at] + f'[^{label}]' + lines[i][at:]
    if rng.random() < 0.8:
        body = rng.choice([rng.choice(other), 'note', 'a *b*', '', '> q', '* l', '`c`', '# h', '| a | b |', '$$x$$', '<div>x</div>'])
        text = [f'[^{label}]:{rng.choice([" ", "", "  ", chr(9)])}{body}']
        if rng.random() < 0.4:
            text += rng.choice([['    more'], ['', '    more'], ['', '    * l', '', '    p'], ['lazy'], ['', '        code']])
        at = rng.choice([0, len(lines), rng.randint(0, len(lines))])
        lines[at:at] = text if rng.random() < 0.3 else ['', *text, '']


def definition(rng, lines, other):
    """A link or an abbreviation of a word that is there."""
    words = WORD.findall(' '.join(lines))
    if not words:
        return
    word = rng.choice(words)
    if rng.random() < 0.5:
        text = rng.choice([f'*[{word}]: {rng.choice(["Full", "a <b> & c", "", "*x* y"])}', f'*[{word}]:x', f' *[{word}]: y', f'*[{word} {rng.choice(words)}]: two'])
        lines.insert(rng.randint(0, len(lines)), text)
        return
    i = rng.choice([i for i, line in enumerate(lines) if WORD.search(line)])
    lines[i] = lines[i].replace(word, rng.choice([f'[{word}]', f'[{word}][]', f'[{word}][{word}]', f'[x y][{word}]', f'![{word}]', f'[{word}] [{word}]']), 1)
    target = rng.choice(['u', '<u v>', 'u "t"', "u 't'", 'u (t)', 'u "a "b" c"', 'http://a.b/c_d_e', '<u>', 'u v', '', 'u\n  "t"', '"t"', 'u "t', 'a b "t"', 'u "t" x', 'u   ', '#'])
    text = f'{" " * rng.choice([0, 0, 1, 3, 4])}[{word}]:{rng.choice([" ", "", "  ", chr(9)])}{target}'
    at = rng.choice([0, len(lines), rng.randint(0, len(lines))])
    lines[at:at] = text.split('\n')


def table(rng, lines, other):
    cells = [rng.choice(WORD.findall(' '.join(lines)) or ['x']) for _ in range(4)]
    rows = [rng.choice(['| {0} | {1} |', '{0} | {1}', '|{0}|{1}', '| {0} \\| {1} |', '| `{0}|{1}` | {2} |', '| {0} || {1} |', '|', '| |', '{0} |', '| <b>{0}|{1}</b> |', '| $${0}|{1}$$ |', '| {0}[^1] | [{1}](u|v) |',
                            '|{0}|{1}|{2}|{3}|', '| {0} | {1} | {{:.c}}', '| **{0} | {1}** |', "| '{0}' | \"{1}\" |", '| {0}<br>{1} | {2} |', '| <div>{0}</div> | {1} |', '| {0} `| {1}` |', '|\\| {0}|']).format(*cells)
            for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.8:
        rows.insert(rng.choice([0, 1, 1, 1, len(rows)]), rng.choice(['|---|---|', '|---', '---|---', '|:-:|--:|', '|:--', '| --- | :---', '|===', '|-', '+---+---|', '|--- |--- |', '|-:-|', '|---|\\', '| - | - |', '|:-|', '|===|===|']))
    at = rng.randint(0, len(lines))
    lines[at:at] = rows if rng.random() < 0.5 else ['', *rows, '']


def deflist(rng, lines, other):
    i = rng.randrange(len(lines))
    more = rng.choice([[': d'], ['', ': d'], [':   d', '', '    p'], [': d', ': e'], ['t2', ': d'], [': d', 'lazy'], [': {:.c} d'], ['', ':\td', '', ':\te'], [':d'], ['  : d'], [': * l', '  * m'], [':     code'], [': ']])
    lines[i + 1:i + 1] = more


def comment(rng, lines, other):
    piece = rng.choice(['<!-- c -->', '<!--', '-->', '<!---->', '<!-->', '<!-- a -- b -->', '<?php x ?>', '<?', '?>', '<![CDATA[x]]>', '<!DOCTYPE html>', '<!-- c\n\n d -->', '<!-- *a* -->', '<?xml version="1.0"?>', ']]>', '<!--more-->'])
    i = rng.randrange(len(lines))
    if rng.random() < 0.5:
        lines[i:i] = (' ' * rng.choice([0, 0, 0, 2, 4]) + piece).split('\n')
    else:
        at = place(rng, lines[i])
        lines[i] = lines[i][:at] + piece + lines[i][at:]


def line_of(pieces):
    def edit(rng, lines, other):
        lines.insert(rng.randint(0, len(lines)), rng.choice(pieces))
    return edit


def mark(rng, line, other):
    at = place(rng, line)
    piece = rng.choice(MARKS)
    line = line[:at] + piece + line[at:]
    if rng.random() < 0.6:
        at = place(rng, line)
        line = line[:at] + piece + line[at:]
    return line


def unmark(rng, line, other):
    marks = [i for i, char in enumerate(line) if not char.isalnum() and char != ' ']
    if marks:
        i = rng.choice(marks)
        line = line[:i] + rng.choice(['', '', line[i] * 2, rng.choice(MARKS)]) + line[i + 1:]
    return line


def piece_of(pieces):
    def change(rng, line, other):
        at = place(rng, line)
        return line[:at] + rng.choice(pieces) + line[at:]
    return change


def space(rng, line, other):
    spaces = [i for i, char in enumerate(line) if char == ' ']
    at = rng.choice(spaces) if spaces else rng.randint(0, len(line))
    return line[:at] + rng.choice(SPACES) + line[at + bool(spaces):]


def character(rng, line, other):
    at = rng.randrange(len(line))
    return line[:at] + rng.choice(['', line[at] * 2, line[at].swapcase(), rng.choice('_-*\'".,;:!?()[]<>&/0a')]) + line[at + 1:]


def split(rng, line, other):
    at = place(rng, line)
    return line[:at] + '\n' + line[at:]


def ending(rng, line, other):
    return line + rng.choice(['  ', ' ', '\t', '\\\\', '\\', ' #', ' ##', '   ', '\r', ':', '|', ' {#x}', ' {: .y}', '<br>', '<br/>', '  \\'])


def word(rng, line, other):
    words = list(WORD.finditer(line))
    if not words:
        return line
    start = rng.choice(words)
    end = rng.choice([start] * 3 + [w for w in words if w.start() >= start.start()][:5])
    left, right = rng.choice([('*', '*'), ('**', '**'), ('_', '_'), ('__', '__'), ('`', '`'), ('"', '"'), ("'", "'"), ('[', '](u)'), ('[', '](u "t")'), ('![', '](u)'), ('<', '>'), ('(', ')'), ('``', '``'), ('***', '***'), ('_**', '**_'),
                              ('~~', '~~'), ('$$', '$$'), ('{', '}'), ('<b>', '</b>'), ('<a href="u">', '</a>'), ('<span markdown="1">', '</span>'), ('<span class="x">', '</span>'), ('[', '](<u v> "t")'), ('[', '](u(v))'), ('[', ']()'),
                              ('[', '](u \'t\'){:.c}'), ('*', '*{:.c}'), ('<http://', '>'), ('"*', '*"'), ("'\"", "\"'"), ('&', ';'), ('"', '",'), ('--', '--'), ('<<', '>>'), ('{::nomarkdown}', '{:/}'), ('[[', ']]'), ('*_', '_*'), ('「', '」'), ('**「', '」**')])
    return line[:start.start()] + left + line[start.start():end.end()] + right + line[end.end():]


def edits(lines, spans):
    """Every kind of edit by its name."""
    inside = {'mark': mark, 'unmark': unmark, 'span': piece_of(spans), 'space': space, 'character': character, 'split': split, 'ending': ending, 'word': word,
              'cjk': piece_of(CJK), 'tag': lambda rng, line, other: piece_of([f'<{"/" * (rng.random() < 0.4)}{rng.choice(TAGS)}{rng.choice(ATTRIBUTES)}{rng.choice(["", "", "/"])}>'])(rng, line, other)}
    whole = [delete, duplicate, swap, splice, replace_line, indent, outdent, blank, unblank, join, prefix, unprefix, enclose, fence, attribute, footnote, definition, table, deflist, comment]
    kinds = {function.__name__: function for function in whole}
    kinds['line'] = line_of(lines)
    kinds.update((name, on_line(change)) for name, change in inside.items())
    return kinds


def window(rng, text):
    lines = text.split('\n')
    if len(lines) > 12 and rng.random() < 0.95:
        size = rng.choice([4, 8, 8, 15, 15, 30, 50])
        at = rng.randrange(len(lines))
        lines = lines[at:at + size]
    return lines or ['']


def mutate(rng, texts, kinds):
    """A changed text, and the names of the edits that made it."""
    lines, other = window(rng, rng.choice(texts)), window(rng, rng.choice(texts))
    names = [rng.choice(list(kinds)) for _ in range(rng.choice([1, 1, 2, 2, 3, 4, 6]))]
    for name in names:
        kinds[name](rng, lines, other)
        lines = lines or ['']
    return '\n'.join(lines) + '\n' * rng.choice([0, 1, 1, 1]), names
