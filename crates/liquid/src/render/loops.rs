//! Renders `for`, `tablerow` and `cycle`.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{CycleKey, Interrupt, Renderer};
use crate::display;
use crate::error::Error;
use crate::evaluate::{evaluate, length};
use crate::expression::{Expression, range_end};
use crate::template::{Cycle, CycleName, For, Offset, TableRow, Template};
use crate::value::{Object, Value};

/// What a loop goes over, without a copy.
enum Items {
    None,
    One(Value),
    Range(i64),
    List(Value),
    Pairs(Value),
}

/// A part of what a loop goes over.
struct Segment {
    items: Items,
    from: usize,
    length: usize,
    reversed: bool,
}

impl Segment {
    /// Liquid's `slice_collection`: from `from` up to but without `to`.
    fn new(collection: Value, from: i64, to: Option<i64>) -> Self {
        let (items, count) = match collection {
            Value::Str(text) if text.is_empty() => (Items::None, 0),
            Value::Str(_) => return Self { items: Items::One(collection), from: 0, length: 1, reversed: false },
            Value::Range(first, last) => {
                (Items::Range(first), usize::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or(0))
            }
            Value::List(ref list) => {
                let count = list.len();
                (Items::List(collection), count)
            }
            Value::Hash(ref map) => {
                let count = map.len();
                (Items::Pairs(collection), count)
            }
            Value::Object(object) => match object.items() {
                Some(items @ (Value::List(_) | Value::Hash(_))) => return Self::new(items, from, to),
                // A drop gives its keys only, unlike a hash.
                _ => return Self::new(Value::list(object.keys().into_iter().map(Value::Str).collect()), from, to),
            },
            _ => (Items::None, 0),
        };
        let clamp = |place: i64| usize::try_from(place.max(0)).unwrap_or(usize::MAX).min(count);
        let from = clamp(from);
        let to = to.map_or(count, clamp);
        Self { items, from, length: to.saturating_sub(from), reversed: false }
    }

    fn get(&self, place: usize) -> Value {
        let place = self.from + if self.reversed { self.length - 1 - place } else { place };
        match &self.items {
            Items::None => Value::Nil,
            Items::One(value) => value.clone(),
            Items::Range(first) => Value::Int(first.saturating_add(length(place))),
            Items::List(Value::List(list)) => list.get(place).cloned().unwrap_or_default(),
            Items::Pairs(Value::Hash(map)) => match map.entries().get(place) {
                Some((key, value)) => Value::list(vec![key.clone(), value.clone()]),
                None => Value::Nil,
            },
            Items::List(_) | Items::Pairs(_) => Value::Nil,
        }
    }
}

/// What `forloop` answers; it is one object that moves on, wherever a template keeps it.
struct ForLoop {
    name: Arc<str>,
    index: AtomicUsize,
    length: usize,
    parent: Value,
}

/// What both kinds of loops answer; `None` for a key that is not theirs.
fn loop_value(key: &str, index: usize, count: usize) -> Option<Value> {
    Some(match key {
        "index" => Value::Int(length(index + 1)),
        "index0" => Value::Int(length(index)),
        "rindex" => Value::Int(length(count - index)),
        "rindex0" => Value::Int(length(count.saturating_sub(index + 1))),
        "first" => Value::Bool(index == 0),
        "last" => Value::Bool(index + 1 == count),
        "length" => Value::Int(length(count)),
        _ => return None,
    })
}

impl Object for ForLoop {
    fn get(&self, key: &str) -> Option<Value> {
        match key {
            "name" => Some(Value::Str(Arc::clone(&self.name))),
            "parentloop" => Some(self.parent.clone()),
            _ => loop_value(key, self.index.load(Ordering::Relaxed), self.length),
        }
    }

    fn keys(&self) -> Vec<Arc<str>> {
        ["length", "parentloop", "name", "index", "index0", "rindex", "rindex0", "first", "last"].map(Arc::from).to_vec()
    }

    fn to_text(&self) -> String {
        "Liquid::ForloopDrop".to_owned()
    }
}

/// What `tablerowloop` answers.
struct TableRowLoop {
    index: usize,
    length: usize,
    column: i64,
    columns: i64,
    row: i64,
}

impl Object for TableRowLoop {
    fn get(&self, key: &str) -> Option<Value> {
        Some(match key {
            "col" => Value::Int(self.column),
            "col0" => Value::Int(self.column - 1),
            "row" => Value::Int(self.row),
            "col_first" => Value::Bool(self.column == 1),
            "col_last" => Value::Bool(self.column == self.columns),
            _ => return loop_value(key, self.index, self.length),
        })
    }

    fn keys(&self) -> Vec<Arc<str>> {
        ["length", "col", "row", "index", "index0", "col0", "rindex", "rindex0", "first", "last", "col_first", "col_last"]
            .map(Arc::from)
            .to_vec()
    }

    fn to_text(&self) -> String {
        "Liquid::TablerowloopDrop".to_owned()
    }
}

/// Ruby's `to_i` of a limit or an offset.
fn to_integer(value: &Value) -> Result<i64, Error> {
    match value {
        Value::Nil | Value::Int(_) | Value::Float(_) | Value::Str(_) => Ok(range_end(value)),
        Value::Big(number) => Ok(if number.sign() == num_bigint::Sign::Minus { i64::MIN } else { i64::MAX }),
        Value::Time(time) => Ok(time.seconds),
        other => Err(Error::no_method("to_i", other)),
    }
}

impl Renderer<'_> {
    /// The integer that an attribute stands for; `None` when it is not given.
    fn integer(&self, expression: Option<&Expression>) -> Result<Option<i64>, Error> {
        match expression {
            Some(expression) => to_integer(&evaluate(expression, &self.scopes)?).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn render_for(&mut self, template: &Template, tag: &For, out: &mut String) -> Result<(), Error> {
        let from = match &tag.offset {
            Offset::None => 0,
            Offset::Continue => length(self.offsets.get(&tag.name).copied().unwrap_or(0)),
            Offset::At(expression) => to_integer(&evaluate(expression, &self.scopes)?)?,
        };
        let collection = evaluate(&tag.collection, &self.scopes)?;
        let limit = match &tag.limit {
            Some(expression) => evaluate(expression, &self.scopes)?,
            None => Value::Nil,
        };
        let to = if limit.is_true() { Some(to_integer(&limit)?.saturating_add(from)) } else { None };
        let mut segment = Segment::new(collection, from, to);
        segment.reversed = tag.reversed;
        let reached = usize::try_from(from.max(0)).unwrap_or(0).saturating_add(segment.length);
        self.offsets.insert(Arc::clone(&tag.name), reached);
        if segment.length == 0 {
            return match &tag.otherwise {
                Some(body) => self.render_body(template, body, out),
                None => Ok(()),
            };
        }
        let state = Arc::new(ForLoop {
            name: Arc::clone(&tag.name),
            index: AtomicUsize::new(0),
            length: segment.length,
            parent: self.loops.last().cloned().unwrap_or_default(),
        });
        self.loops.push(Value::Object(Arc::clone(&state) as Arc<dyn Object>));
        let result = self.in_scope(|renderer| renderer.render_items(template, tag, &segment, &state, out));
        self.loops.pop();
        result
    }

    fn render_items(
        &mut self,
        template: &Template,
        tag: &For,
        segment: &Segment,
        state: &Arc<ForLoop>,
        out: &mut String,
    ) -> Result<(), Error> {
        self.scopes.set_word("forloop", Value::Object(Arc::clone(state) as Arc<dyn Object>));
        for index in 0..segment.length {
            self.spend(1)?;
            state.index.store(index, Ordering::Relaxed);
            self.scopes.set(&tag.variable, segment.get(index));
            let before = out.len();
            self.render_body(template, &tag.body, out)?;
            if tag.blank {
                out.truncate(before);
            }
            if self.interrupts.pop() == Some(Interrupt::Break) {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn render_table_row(&mut self, template: &Template, tag: &TableRow, out: &mut String) -> Result<(), Error> {
        let collection = evaluate(&tag.collection, &self.scopes)?;
        if !collection.is_true() {
            return Ok(());
        }
        let from = self.integer(tag.offset.as_ref())?.unwrap_or(0);
        let to = self.integer(tag.limit.as_ref())?.map(|limit| limit.saturating_add(from));
        let columns = self.integer(tag.columns.as_ref())?.unwrap_or(0);
        let segment = Segment::new(collection, from, to);
        out.push_str("<tr class=\"row1\">\n");
        self.in_scope(|renderer| renderer.render_cells(template, tag, &segment, columns, out))?;
        out.push_str("</tr>\n");
        Ok(())
    }

    fn render_cells(
        &mut self,
        template: &Template,
        tag: &TableRow,
        segment: &Segment,
        columns: i64,
        out: &mut String,
    ) -> Result<(), Error> {
        let (mut column, mut row) = (1, 1);
        for index in 0..segment.length {
            self.spend(1)?;
            let state = TableRowLoop { index, length: segment.length, column, columns, row };
            self.scopes.set_word("tablerowloop", Value::Object(Arc::new(state)));
            self.scopes.set(&tag.variable, segment.get(index));
            let _ = write!(out, "<td class=\"col{column}\">");
            self.render_body(template, &tag.body, out)?;
            out.push_str("</td>");
            let last_column = column == columns;
            if last_column && index + 1 < segment.length {
                let _ = write!(out, "</tr>\n<tr class=\"row{}\">", row + 1);
            }
            if last_column {
                column = 1;
                row += 1;
            } else {
                column += 1;
            }
        }
        Ok(())
    }

    pub(super) fn render_cycle(&mut self, cycle: &Cycle, out: &mut String) -> Result<(), Error> {
        let key = match &cycle.name {
            CycleName::Given(expression) => CycleKey::Named(display::inspect(&evaluate(expression, &self.scopes)?)),
            CycleName::Literals(text) => CycleKey::Named(display::inspect(&Value::Str(Arc::clone(text)))),
            CycleName::Own => CycleKey::Node(std::ptr::from_ref(cycle) as usize),
        };
        let turn = self.cycles.entry(key).or_insert(0);
        let value = cycle.values.get(*turn);
        *turn += 1;
        if *turn >= cycle.values.len() {
            *turn = 0;
        }
        if let Some(expression) = value {
            display::write_output(&evaluate(expression, &self.scopes)?, out);
        }
        Ok(())
    }
}
