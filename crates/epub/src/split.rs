//! Long posts in several files, parted between blocks.
//!
//! Readers hold a file in memory at once and older ones refuse more than 300 KB.

use std::collections::{HashMap, HashSet};

use postferry_doc::{Attr, Block, Inline, List, ListKind, Namespace, Note, Text, walk};
use postferry_html::{NoteStyle, Syntax, WriteOptions, Written};

use crate::attributes::each_attr;
use crate::book::file_stem;

/// How deep a block that is too large itself is looked into.
const LEVELS: usize = 4;

/// Writes blocks and notes as the XHTML of a book.
pub fn write_fragment(blocks: &[Block], notes: &[Note]) -> Written {
    let mut options = WriteOptions::default();
    options.syntax = Syntax::Xhtml;
    options.notes = NoteStyle::Asides;
    postferry_html::write(blocks, notes, &options)
}

/// Parts a post into pieces of at most `limit` bytes of XHTML each, as far as its blocks allow; at least one piece.
pub fn split(blocks: Vec<Block>, notes: &[Note], limit: usize) -> Vec<Vec<Block>> {
    if write_fragment(&blocks, notes).html.len() <= limit {
        return vec![blocks];
    }
    let sized = blocks.into_iter().flat_map(|block| parts(block, limit, LEVELS)).collect();
    let pieces = pack(sized, limit).into_iter().map(|(piece, _)| piece).collect::<Vec<_>>();
    if pieces.is_empty() { vec![Vec::new()] } else { pieces }
}

/// Gives the notes that a piece refers to, with those that they refer to in turn, in the order of the document.
pub fn notes_of(piece: &[Block], notes: &[Note]) -> Vec<Note> {
    let by_label: HashMap<&str, usize> = notes.iter().enumerate().map(|(at, note)| (note.label.as_str(), at)).collect();
    let mut wanted = vec![false; notes.len()];
    let mut queue = references(piece, &by_label);
    while let Some(at) = queue.pop() {
        if !std::mem::replace(&mut wanted[at], true) {
            queue.extend(references(&notes[at].blocks, &by_label));
        }
    }
    notes.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(note, _)| note.clone()).collect()
}

/// Makes links to places of the post lead to the file that has the place.
pub fn point_links(pieces: &mut [Vec<Block>], notes: &mut [Note], stem: &str) {
    if pieces.len() < 2 {
        return;
    }
    let mut files: HashMap<Text, usize> = HashMap::new();
    let mut note_files: HashMap<Text, usize> = HashMap::new();
    for (file, piece) in pieces.iter_mut().enumerate() {
        collect_ids(piece, file, &mut files);
        for note in notes_of(piece, notes) {
            note_files.entry(note.label).or_insert(file);
        }
    }
    for note in notes.iter_mut() {
        if let Some(file) = note_files.get(&note.label) {
            collect_ids(&mut note.blocks, *file, &mut files);
        }
    }
    for (file, piece) in pieces.iter_mut().enumerate() {
        point(piece, Some(file), &files, stem);
    }
    // A note may stand in several files, so its links always name theirs.
    for note in notes {
        point(&mut note.blocks, None, &files, stem);
    }
}

fn references(blocks: &[Block], by_label: &HashMap<&str, usize>) -> Vec<usize> {
    let mut found = Vec::new();
    walk::inlines(blocks, &mut |inline| {
        if let Inline::NoteReference { label } = inline
            && let Some(at) = by_label.get(label.as_str())
        {
            found.push(*at);
        }
    });
    found
}

fn collect_ids(blocks: &mut [Block], file: usize, files: &mut HashMap<Text, usize>) {
    each_attr(blocks, &mut |_, attr| {
        if let Some(id) = attr.id() {
            files.entry(id.into()).or_insert(file);
        }
    });
}

fn point(blocks: &mut [Block], here: Option<usize>, files: &HashMap<Text, usize>, stem: &str) {
    let lead = |target: &str| -> Option<Text> {
        let id = target.strip_prefix('#')?;
        let file = files.get(id).copied().unwrap_or(0);
        (Some(file) != here).then(|| format!("{}.xhtml#{id}", file_stem(stem, file)).into())
    };
    walk::inlines_mut(blocks, &mut |inline| {
        if let Inline::Link { target, .. } = inline
            && let Some(new) = lead(target)
        {
            *target = new;
        }
    });
    let known: HashSet<&Text> = files.iter().filter(|(_, file)| Some(**file) == here).map(|(id, _)| id).collect();
    each_attr(blocks, &mut |tag, attr| {
        if tag == "a"
            && let Some(new) = attr.value("href").and_then(lead)
        {
            attr.set("href", &new);
        }
        for name in crate::resolve::REFERENCES {
            if attr.value(name).is_some_and(|ids| !ids.split(' ').all(|id| known.contains(&Text::from(id)))) {
                attr.remove(name);
            }
        }
    });
}

/// Parts a block that is too large between the blocks inside it, where it is one that can be there twice.
fn parts(block: Block, limit: usize, levels: usize) -> Vec<(Block, usize)> {
    let size = write_fragment(std::slice::from_ref(&block), &[]).html.len();
    if size <= limit || levels == 0 {
        return vec![(block, size)];
    }
    let inside = |blocks: Vec<Block>| -> Vec<(Vec<Block>, usize)> {
        pack(blocks.into_iter().flat_map(|block| parts(block, limit, levels - 1)).collect(), limit)
    };
    match block {
        Block::Division { attr, blocks } => {
            let wrap = |(attr, blocks)| Block::Division { attr, blocks };
            repeat(&attr, inside(blocks)).map(|(part, size)| (wrap(part), size)).collect()
        }
        Block::BlockQuote { attr, blocks } => {
            let wrap = |(attr, blocks)| Block::BlockQuote { attr, blocks };
            repeat(&attr, inside(blocks)).map(|(part, size)| (wrap(part), size)).collect()
        }
        Block::Element { namespace: Namespace::Html, name, attr, blocks } if is_sectioning(&name) => {
            let wrap = |(attr, blocks)| Block::Element { namespace: Namespace::Html, name: name.clone(), attr, blocks };
            repeat(&attr, inside(blocks)).map(|(part, size)| (wrap(part), size)).collect()
        }
        Block::List(list) => split_list(*list, limit),
        other => vec![(other, size)],
    }
}

fn split_list(list: List, limit: usize) -> Vec<(Block, usize)> {
    let sized = list.items.into_iter().map(|item| {
        let size = write_fragment(&item.blocks, &[]).html.len();
        (item, size)
    });
    let mut done = 0;
    let groups = pack(sized.collect(), limit);
    let parts = repeat(&list.attr, groups).map(|((attr, items), size)| {
        let kind = match list.kind {
            ListKind::Bullet => ListKind::Bullet,
            ListKind::Ordered { start } => ListKind::Ordered { start: start.saturating_add(done) },
        };
        done = done.saturating_add(items.len() as i32);
        (Block::List(Box::new(List { attr, kind, items })), size)
    });
    parts.collect()
}

fn is_sectioning(name: &str) -> bool {
    matches!(name, "section" | "article" | "main" | "center" | "aside" | "header" | "footer")
}

/// Gives each part the attributes; the id stays with the first.
fn repeat<T>(attr: &Attr, groups: Vec<(T, usize)>) -> impl Iterator<Item = ((Attr, T), usize)> {
    groups.into_iter().enumerate().map(move |(number, (group, size))| {
        let mut attr = attr.clone();
        if number > 0 {
            attr.set_id(None);
        }
        ((attr, group), size)
    })
}

/// Puts things that follow one another together, as many as fit.
fn pack<T>(sized: Vec<(T, usize)>, limit: usize) -> Vec<(Vec<T>, usize)> {
    let mut groups: Vec<(Vec<T>, usize)> = Vec::new();
    for (thing, size) in sized {
        match groups.last_mut() {
            Some((group, total)) if *total + size <= limit => {
                group.push(thing);
                *total += size;
            }
            _ => groups.push((vec![thing], size)),
        }
    }
    groups
}
