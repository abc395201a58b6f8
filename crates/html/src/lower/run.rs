//! A run of text while it grows: white space collapses as browsers show it, and elements open and close.

use std::mem;

use postferry_doc::{Attr, Inline, Namespace, Source, Text};

use crate::dom::is_space;
use crate::names;

/// Inlines under construction.
#[derive(Debug)]
pub(crate) struct Run {
    /// What stands before the elements that are still open.
    first: Vec<Inline>,
    /// The elements that are still open.
    frames: Vec<Frame>,
    /// Whether white space that comes next shows nothing: at the beginning of a line, or after other white space.
    space: bool,
    lines: Lines,
    /// How many of the open elements were opened around the block of this run.
    inherited: usize,
    /// Whether white space stays as it is, as in `<pre>`.
    exact: bool,
    /// Where white space stays: whether the text is at the beginning of a line.
    ends: LineEnds,
}

/// Where the run stands among the blocks that became lines of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    /// Nothing that shows is there yet.
    Empty,
    /// Something that shows is there.
    Shown,
    /// A line break is due before whatever shows next.
    Due,
}

/// Line ends in text whose white space stays: a block among it begins and ends a line, unless the text does so itself.
#[derive(Debug, Default)]
pub(crate) struct LineEnds {
    /// The line holds something other than blanks.
    filled: bool,
    /// A block began or ended since.
    due: bool,
}

impl LineEnds {
    /// Notes that a block begins or ends.
    pub(crate) fn block(&mut self) {
        self.due = self.filled;
    }

    /// Notes a text; says whether a line end must come before it.
    pub(crate) fn text(&mut self, text: &str) -> bool {
        let blank = |part: &str| part.trim_matches([' ', '\t']).is_empty();
        let (first, last) = match (text.split_once('\n'), text.rsplit_once('\n')) {
            (Some((first, _)), Some((_, last))) => (first, Some(last)),
            _ => (text, None),
        };
        let ends_line = self.due && !blank(first);
        self.due &= blank(first) && last.is_none();
        self.filled = !blank(last.unwrap_or(first)) || self.filled && last.is_none();
        ends_line
    }
}

/// Room for open elements.
#[derive(Debug, Default)]
pub(crate) struct Room(Vec<Frame>);

#[derive(Debug)]
struct Frame {
    /// The element without its content.
    shell: Option<Inline>,
    content: Vec<Inline>,
    /// Whether the element was already put around an earlier run.
    used: bool,
    /// Whether it marks only the place where it begins.
    once: bool,
}

impl Run {
    pub(crate) fn new() -> Self {
        Self {
            first: Vec::new(),
            frames: Vec::new(),
            space: true,
            lines: Lines::Empty,
            inherited: 0,
            exact: false,
            ends: LineEnds::default(),
        }
    }

    /// Makes a run for a block that stands inside the open elements of this one, in the room that another left.
    pub(crate) fn below(&self, room: Room) -> Self {
        let mut run = Self { frames: room.0, ..Self::new() };
        run.frames.extend(self.frames.iter().map(|frame| Frame {
            shell: frame.shell.clone(),
            content: Vec::new(),
            used: frame.used,
            once: frame.once,
        }));
        run.inherited = run.frames.len();
        run
    }

    /// Makes a run in which white space stays as it is.
    pub(crate) fn exact_below(&self) -> Self {
        Self { exact: true, ..self.below(Room::default()) }
    }

    /// Leaves the room that a run took for its open elements to the next.
    pub(crate) fn into_room(self) -> Room {
        let mut frames = self.frames;
        frames.clear();
        Room(frames)
    }

    /// Says whether white space stays as it is.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }

    /// How many elements are open.
    pub(crate) fn open_elements(&self) -> usize {
        self.frames.len()
    }

    /// Notes which open elements a run made by [`Run::below`] has put around its text.
    pub(crate) fn note_use(&mut self, below: &Self) {
        for (frame, theirs) in self.frames.iter_mut().zip(&below.frames).take(below.inherited) {
            if theirs.used && !frame.used {
                frame.mark_used();
            }
        }
    }

    /// Says whether nothing that shows is there.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines == Lines::Empty
    }

    /// Says whether no element was opened in this run.
    pub(crate) fn is_flat(&self) -> bool {
        self.frames.len() == self.inherited
    }

    /// Adds text of the source.
    pub(crate) fn text(&mut self, source: &mut Source<'_>, text: &str) {
        if self.exact {
            if self.ends.text(text) {
                self.append(source, "\n");
            }
            self.append(source, text);
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let from = at;
            if is_space(bytes[at]) {
                while at < bytes.len() && is_space(bytes[at]) {
                    at += 1;
                }
                self.white(source, &text[from..at]);
            } else {
                at += length_as_it_is(&bytes[at..]);
                self.break_if_due();
                self.append(source, &text[from..at]);
                self.space = false;
                self.lines = Lines::Shown;
            }
        }
    }

    fn white(&mut self, source: &mut Source<'_>, white: &str) {
        if self.space {
            return;
        }
        self.space = true;
        if white.contains('\n') {
            self.content().push(Inline::SoftBreak);
        } else {
            self.append(source, if white == " " { white } else { " " });
        }
    }

    /// Adds something that shows, other than text.
    pub(crate) fn push(&mut self, inline: Inline) {
        self.break_if_due();
        self.content().push(inline);
        self.space = false;
        self.lines = Lines::Shown;
    }

    /// Adds something that shows nothing.
    pub(crate) fn push_invisible(&mut self, inline: Inline) {
        self.content().push(inline);
    }

    /// Adds a line break, which may have attributes: white space around it shows nothing.
    pub(crate) fn line_break(&mut self, inline: Inline) {
        self.ends.text("\n");
        self.break_if_due();
        self.trim();
        self.content().push(inline);
        self.space = true;
        self.lines = Lines::Shown;
    }

    /// Notes that a block begins or ends here: text before and after it must stay apart.
    pub(crate) fn block_break(&mut self) {
        if self.exact {
            self.ends.block();
            return;
        }
        if self.lines == Lines::Shown {
            self.lines = Lines::Due;
        }
        self.space = true;
    }

    fn break_if_due(&mut self) {
        if self.lines == Lines::Due {
            self.lines = Lines::Shown;
            self.trim();
            self.content().push(Inline::LineBreak);
        }
    }

    /// Opens an element, given without its content; `once` for one that marks only the place where it begins.
    pub(crate) fn open(&mut self, shell: Inline, once: bool) {
        self.break_if_due();
        self.frames.push(Frame { shell: Some(shell), content: Vec::new(), used: false, once });
    }

    /// Closes the element that was opened last; says whether it was put around anything.
    pub(crate) fn close(&mut self) -> bool {
        let Some(mut frame) = self.frames.pop() else { return true };
        match frame.shell.take() {
            None => {
                for inline in frame.content {
                    push_joined(self.content(), inline);
                }
                true
            }
            Some(_) if frame.content.is_empty() && frame.used => true,
            Some(shell) if frame.once => {
                self.content().push(shell);
                for inline in frame.content {
                    push_joined(self.content(), inline);
                }
                true
            }
            Some(shell) => {
                let inline = fill(shell, frame.content);
                let bare = is_bare(&inline);
                if !bare {
                    self.content().push(inline);
                }
                !bare || frame.used
            }
        }
    }

    /// Ends the run and begins another in which the same elements are open.
    pub(crate) fn cut(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        for frame in self.frames.iter_mut().rev() {
            // What stands in a frame comes before the element that was opened in it.
            let mut inner = mem::take(&mut frame.content);
            for inline in content {
                push_joined(&mut inner, inline);
            }
            content = match &frame.shell {
                Some(shell) if frame.once && !inner.is_empty() => {
                    inner.insert(0, shell.clone());
                    frame.mark_used();
                    inner
                }
                Some(shell) if !inner.is_empty() => {
                    let filled = fill(shell.clone(), inner);
                    frame.mark_used();
                    vec![filled]
                }
                _ => inner,
            };
        }
        let mut inner = mem::take(&mut self.first);
        if inner.is_empty() {
            inner = content;
        } else {
            for inline in content {
                push_joined(&mut inner, inline);
            }
        }
        let mut content = inner;
        if !self.exact {
            trim_end(&mut content);
        }
        self.space = true;
        self.lines = Lines::Empty;
        content
    }

    /// Ends the run for good.
    pub(crate) fn finish(&mut self) -> Vec<Inline> {
        while !self.is_flat() {
            self.close();
        }
        self.cut()
    }

    fn content(&mut self) -> &mut Vec<Inline> {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.content,
            None => &mut self.first,
        }
    }

    fn append(&mut self, source: &mut Source<'_>, text: &str) {
        let content = self.content();
        if let Some(Inline::Text(old)) = content.last_mut() {
            source.push(old, text);
        } else {
            content.push(Inline::Text(source.text(text)));
        }
    }

    /// Takes away white space at the end of what is there.
    fn trim(&mut self) {
        if self.exact {
            return;
        }
        for frame in self.frames.iter_mut().rev() {
            if trim_end(&mut frame.content) {
                return;
            }
        }
        trim_end(&mut self.first);
    }
}

impl Frame {
    fn mark_used(&mut self) {
        self.used = true;
        if self.once {
            self.shell = None;
        } else if let Some(shell) = &mut self.shell {
            forget_id(shell);
        }
    }
}

/// How much of a text that begins with no white space shows as it is: up to white space that is not one space between
/// two words.
fn length_as_it_is(bytes: &[u8]) -> usize {
    let mut at = 0;
    // Sixteen at a time as long as nothing is near that could end it; control characters look so, too.
    while let Some(chunk) = bytes[at..].first_chunk::<17>() {
        let (here, next) = (&chunk[..16], &chunk[1..]);
        let ends = |here: u8, next: u8| u8::from(here < b' ') | u8::from(here.max(next) <= b' ');
        if here.iter().zip(next).fold(0, |found, (here, next)| found | ends(*here, *next)) != 0 {
            break;
        }
        at += 16;
    }
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        if is_space(bytes[at]) && (bytes[at] != b' ' || is_space(next)) {
            return at;
        }
        at += 1;
    }
    at
}

/// Adds an inline; a text goes on with the text before it.
fn push_joined(content: &mut Vec<Inline>, inline: Inline) {
    match (content.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(after)) => before.push_str(&after),
        (_, inline) => content.push(inline),
    }
}

/// Takes away white space at the end; says whether something that shows was met.
pub(crate) fn trim_end(content: &mut Vec<Inline>) -> bool {
    trim(content, true)
}

/// Takes away white space at the beginning; says whether something that shows was met.
pub(crate) fn trim_start(content: &mut Vec<Inline>) -> bool {
    trim(content, false)
}

fn trim(content: &mut Vec<Inline>, from_end: bool) -> bool {
    let mut seen = 0;
    while seen < content.len() {
        let at = if from_end { content.len() - 1 - seen } else { seen };
        let met = match &mut content[at] {
            Inline::Comment { .. } => false,
            Inline::SoftBreak => {
                content.remove(at);
                join(content, at);
                return true;
            }
            Inline::Text(text) => {
                if from_end && text.ends_with(' ') {
                    text.pop();
                } else if !from_end && text.starts_with(' ') {
                    text.remove(0);
                }
                if text.is_empty() {
                    content.remove(at);
                }
                return true;
            }
            Inline::Element { name, namespace: Namespace::Html, .. } if names::is_invisible(name) => false,
            Inline::Element { name, namespace, .. }
                if *namespace != Namespace::Html
                    || names::is_exact(name)
                    || !names::is_phrasing(name)
                    || names::is_void(name) =>
            {
                return true;
            }
            other => other.content_mut().is_none_or(|inner| trim(inner, from_end)),
        };
        if is_bare(&content[at]) {
            content.remove(at);
            join(content, at);
            continue;
        }
        if let Some(inner) = content[at].content_mut() {
            let inner = mem::take(inner);
            let shell = mem::replace(&mut content[at], Inline::SoftBreak);
            content[at] = fill(shell, inner);
            if content[at].content().is_none() {
                return true;
            }
        }
        if met {
            return true;
        }
        seen += 1;
    }
    false
}

/// Joins texts that became neighbours at `at`.
fn join(content: &mut Vec<Inline>, at: usize) {
    if at == 0 || at >= content.len() {
        return;
    }
    let (before, after) = content.split_at_mut(at);
    if let (Some(Inline::Text(before)), Some(Inline::Text(after))) = (before.last_mut(), after.first()) {
        before.push_str(after);
        content.remove(at);
    }
}

/// Formatting of nothing, which shows nothing.
fn is_bare(inline: &Inline) -> bool {
    match inline {
        Inline::Emphasis { attr, content }
        | Inline::Strong { attr, content }
        | Inline::Strikethrough { attr, content }
        | Inline::Superscript { attr, content }
        | Inline::Subscript { attr, content }
        | Inline::Span { attr, content } => attr.is_empty() && content.is_empty(),
        Inline::Element { namespace: Namespace::Html, name, attr, content } => {
            attr.is_empty() && content.is_empty() && names::is_pushed_down(name)
        }
        _ => false,
    }
}

/// Puts content into an element; a span around nothing but mathematics is the mathematics' own.
fn fill(mut shell: Inline, mut content: Vec<Inline>) -> Inline {
    if let (Inline::Span { attr, .. }, [Inline::Math { attr: own, tex }]) = (&shell, content.as_mut_slice())
        && own.is_empty()
        && !attr.is_empty()
    {
        return Inline::Math { attr: attr.clone(), tex: mem::take(tex) };
    }
    if let Inline::Element { namespace: Namespace::Html, name, attr, .. } = &shell
        && name == "code"
        && let Some(text) = text_of_code(&content)
    {
        return Inline::Code { attr: attr.clone(), text };
    }
    if let Some(inner) = shell.content_mut() {
        *inner = content;
    }
    shell
}

/// The text of content that is nothing but text once it is code.
fn text_of_code(content: &[Inline]) -> Option<Text> {
    let mut text = Text::default();
    for inline in content {
        match inline {
            Inline::Text(part) => text.push_str(part),
            Inline::SoftBreak => text.push(' '),
            Inline::Math { attr, tex } if attr.is_empty() => {
                text.push_str("\\(");
                text.push_str(tex);
                text.push_str("\\)");
            }
            _ => return None,
        }
    }
    Some(text)
}

/// Takes the id away: an element that is put around several runs has it once.
fn forget_id(shell: &mut Inline) {
    let attr: &mut Attr = match shell {
        Inline::Emphasis { attr, .. }
        | Inline::Strong { attr, .. }
        | Inline::Strikethrough { attr, .. }
        | Inline::Superscript { attr, .. }
        | Inline::Subscript { attr, .. }
        | Inline::Link { attr, .. }
        | Inline::Span { attr, .. }
        | Inline::Element { attr, .. } => attr,
        _ => return,
    };
    attr.set_id(None::<Text>);
    attr.remove("name");
}
