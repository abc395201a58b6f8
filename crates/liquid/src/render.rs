//! Renders a template: the walk over its nodes, limits, and what happens to errors.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::display;
use crate::error::{Error, ErrorKind, Warning};
use crate::evaluate::{evaluate, holds};
use crate::filtered::Filtered;
use crate::filters;
use crate::host::Host;
use crate::marker::{Kept, Marker};
use crate::scope::Scopes;
use crate::template::{Body, Branch, Case, Mode, Node, NodeKind, Template};
use crate::value::{Object, Value};

mod jekyll;
mod loops;
mod plugin;

/// How much one rendering may do; the same for the same input on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Nodes rendered, and items that filters went through; 10,000,000 by default.
    pub steps: u64,
    /// Bytes of the output, and of any one string; 64 MiB by default.
    pub bytes: usize,
    /// How many warnings are kept; 1,000 by default.
    pub warnings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 10_000_000, bytes: 64 << 20, warnings: 1000 }
    }
}

/// What rendering a template gives.
#[derive(Debug)]
pub struct Rendered {
    /// The text, up to the error if there is one; in tolerant mode with marks for what was kept.
    pub text: String,
    /// What was kept as it is written, by the numbers of the marks.
    pub kept: Vec<Kept>,
    /// The characters of the marks.
    pub marker: Marker,
    /// What rendering found, without what parsing the template found before.
    pub warnings: Vec<Warning>,
    /// The error that ended the rendering: in tolerant mode only a limit.
    pub error: Option<Error>,
    /// How many steps it took.
    pub steps: u64,
}

/// How many times another marker is tried when the text holds its characters.
const MARKER_TRIES: u32 = 16;

/// How deeply nodes may nest over all includes, which bounds our own recursion.
const MAX_NESTING: usize = 180;

impl Template {
    /// Renders the template.
    ///
    /// `globals` are the variables outside of all scopes: `site`, `page`, and what else the caller has.
    pub fn render(&self, globals: &dyn Object, host: &dyn Host, mode: Mode, limits: &Limits) -> Rendered {
        let mut turn = 0;
        loop {
            let marker = Marker::candidate(turn);
            turn += 1;
            if turn < MARKER_TRIES && mode == Mode::Tolerant && marker.occurs_in(&self.source) {
                continue;
            }
            let mut out = String::with_capacity(self.source.len() + self.source.len() / 4);
            let mut renderer = Renderer::new(globals, host, mode, limits, marker);
            let error = renderer.render_body(self, &self.body, &mut out).err();
            let answer = Rendered {
                text: out,
                kept: renderer.kept,
                marker,
                warnings: renderer.warnings,
                error: error.map(|error| error.within(&self.name)),
                steps: renderer.steps,
            };
            if turn >= MARKER_TRIES || answer.kept.is_empty() || marker.is_clean(&answer.text, answer.kept.len()) {
                return answer;
            }
        }
    }
}

/// What `break` and `continue` leave behind for the loop around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interrupt {
    Break,
    Continue,
}

/// The state of one rendering.
pub(crate) struct Renderer<'a> {
    pub scopes: Scopes<'a>,
    pub host: &'a dyn Host,
    pub limits: &'a Limits,
    pub mode: Mode,
    steps: u64,
    nesting: usize,
    interrupts: Vec<Interrupt>,
    offsets: HashMap<Arc<str>, usize>,
    loops: Vec<Value>,
    cycles: HashMap<CycleKey, usize>,
    last_changed: Option<String>,
    marker: Marker,
    kept: Vec<Kept>,
    warnings: Vec<Warning>,
}

/// What tells one `cycle` from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum CycleKey {
    Named(String),
    Node(usize),
}

impl<'a> Renderer<'a> {
    fn new(globals: &'a dyn Object, host: &'a dyn Host, mode: Mode, limits: &'a Limits, marker: Marker) -> Self {
        Self {
            scopes: Scopes::new(globals),
            host,
            limits,
            mode,
            steps: 0,
            nesting: 0,
            interrupts: Vec::new(),
            offsets: HashMap::new(),
            loops: Vec::new(),
            cycles: HashMap::new(),
            last_changed: None,
            marker,
            kept: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Counts work.
    ///
    /// # Errors
    ///
    /// More work than the limit allows.
    pub fn spend(&mut self, steps: usize) -> Result<(), Error> {
        self.steps = self.steps.saturating_add(u64::try_from(steps).unwrap_or(u64::MAX));
        if self.steps > self.limits.steps {
            return Err(Error::limit(format!("the template takes more than {} steps", self.limits.steps)));
        }
        Ok(())
    }

    /// Checks the size of a text.
    ///
    /// # Errors
    ///
    /// More bytes than the limit allows.
    pub fn check_bytes(&self, bytes: usize) -> Result<(), Error> {
        if bytes > self.limits.bytes {
            return Err(Error::limit(format!("the template writes more than {} bytes", self.limits.bytes)));
        }
        Ok(())
    }

    /// Notes something that does not stop the rendering.
    pub fn warn(&mut self, code: &'static str, message: String, line: u32, template: &Template) {
        if self.warnings.len() < self.limits.warnings {
            let template = (!template.name.is_empty()).then(|| template.name.clone());
            self.warnings.push(Warning { code, message, line, template });
        }
    }

    fn render_body(&mut self, template: &Template, body: &Body, out: &mut String) -> Result<(), Error> {
        if self.nesting >= MAX_NESTING {
            return Err(Error::new(ErrorKind::StackLevel, "blocks and includes nest too deeply"));
        }
        self.nesting += 1;
        let result = self.render_nodes(template, body, out);
        self.nesting -= 1;
        result
    }

    fn render_nodes(&mut self, template: &Template, body: &Body, out: &mut String) -> Result<(), Error> {
        self.spend(body.nodes.len())?;
        for node in &body.nodes {
            if let NodeKind::Text = node.kind {
                out.push_str(&template.source[node.start..node.end]);
                self.check_bytes(out.len())?;
                continue;
            }
            let before = out.len();
            let flow = match self.render_node(template, node, out) {
                Ok(flow) => flow,
                Err(error) => {
                    let error = error.at(node.line);
                    if self.mode == Mode::Strict || error.kind == ErrorKind::Limit {
                        return Err(error);
                    }
                    out.truncate(before);
                    self.warn(error.kind.code(), error.message.clone(), node.line, template);
                    self.keep(template, node, "", out);
                    ControlFlow::Continue(())
                }
            };
            self.check_bytes(out.len())?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Writes a mark for a construct that stays as it is written.
    fn keep(&mut self, template: &Template, node: &Node, name: &str, out: &mut String) {
        let source = &template.source[node.start..node.end];
        self.marker.write(self.kept.len(), out);
        self.kept.push(Kept {
            name: name.to_owned(),
            source: source.to_owned(),
            line: node.line,
            template: (!template.name.is_empty()).then(|| template.name.clone()),
        });
    }

    fn render_node(&mut self, template: &Template, node: &Node, out: &mut String) -> Result<ControlFlow<()>, Error> {
        match &node.kind {
            NodeKind::Text => out.push_str(&template.source[node.start..node.end]),
            NodeKind::Raw(text) => out.push_str(text),
            NodeKind::Output(filtered) => {
                let value = self.evaluate_filtered(filtered)?;
                display::write_output(&value, out);
            }
            NodeKind::Assign { name, value } => {
                let value = self.evaluate_filtered(value)?;
                self.scopes.assign(name, value);
            }
            NodeKind::Capture { name, body } => {
                let mut captured = String::new();
                self.render_body(template, body, &mut captured)?;
                self.scopes.assign(name, Value::from(captured));
            }
            NodeKind::Comment => {}
            NodeKind::If { negated, branches, blank } => {
                let before = out.len();
                self.in_scope(|renderer| renderer.render_branches(template, *negated, branches, out))?;
                if *blank {
                    out.truncate(before);
                }
            }
            NodeKind::Case(case) => {
                let before = out.len();
                self.in_scope(|renderer| renderer.render_case(template, case, out))?;
                if case.blank {
                    out.truncate(before);
                }
            }
            NodeKind::For(tag) => {
                let before = out.len();
                self.render_for(template, tag, out)?;
                if tag.blank {
                    out.truncate(before);
                }
            }
            NodeKind::TableRow(tag) => {
                let before = out.len();
                self.render_table_row(template, tag, out)?;
                if tag.body.blank {
                    out.truncate(before);
                }
            }
            NodeKind::Cycle(cycle) => self.render_cycle(cycle, out)?,
            NodeKind::Count { name, down } => {
                let counter = self.scopes.counter(name);
                let shown = if *down {
                    *counter -= 1;
                    *counter
                } else {
                    *counter += 1;
                    *counter - 1
                };
                display::write_text(&Value::Int(shown), out);
            }
            NodeKind::IfChanged(body) => {
                let mut text = String::new();
                self.in_scope(|renderer| renderer.render_body(template, body, &mut text))?;
                if self.last_changed.as_ref() != Some(&text) {
                    if !body.blank {
                        out.push_str(&text);
                    }
                    self.last_changed = Some(text);
                }
            }
            NodeKind::Break => {
                self.interrupts.push(Interrupt::Break);
                return Ok(ControlFlow::Break(()));
            }
            NodeKind::Continue => {
                self.interrupts.push(Interrupt::Continue);
                return Ok(ControlFlow::Break(()));
            }
            NodeKind::Include(include) => {
                self.render_include(include, out)?;
            }
            NodeKind::Link(path) => self.render_link(path, out)?,
            NodeKind::PostUrl(name) => self.render_post_url(name, out)?,
            NodeKind::Highlight { language, options, body } => {
                self.render_highlight(template, language, options, body, out)?;
            }
            NodeKind::Plugin(plugin) => {
                self.render_plugin(template, node, plugin, out)?;
            }
            NodeKind::Kept(name) => self.keep(template, node, name, out),
        }
        Ok(if let NodeKind::Output(_) = node.kind { ControlFlow::Continue(()) } else { self.flow() })
    }

    /// After a tag, whether a `break` or `continue` waits for the loop around.
    fn flow(&self) -> ControlFlow<()> {
        if self.interrupts.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Runs something in a scope of its own.
    ///
    /// # Errors
    ///
    /// Too many open scopes, and what `run` raises.
    pub fn in_scope<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.scopes.open()?;
        let result = run(self);
        self.scopes.close();
        result
    }

    fn render_branches(
        &mut self,
        template: &Template,
        negated: bool,
        branches: &[Branch],
        out: &mut String,
    ) -> Result<(), Error> {
        for (place, branch) in branches.iter().enumerate() {
            let truth = match &branch.condition {
                Some(condition) => holds(condition, &self.scopes)? != (negated && place == 0),
                None => true,
            };
            if truth {
                return self.render_body(template, &branch.body, out);
            }
        }
        Ok(())
    }

    fn render_case(&mut self, template: &Template, case: &Case, out: &mut String) -> Result<(), Error> {
        let mut found = false;
        for arm in &case.arms {
            let Some(values) = &arm.values else {
                if !found {
                    return self.render_body(template, &arm.body, out);
                }
                continue;
            };
            for value in values {
                let left = evaluate(&case.value, &self.scopes)?;
                let right = evaluate(value, &self.scopes)?;
                if crate::evaluate::equal(&left, &right) {
                    found = true;
                    self.render_body(template, &arm.body, out)?;
                }
            }
        }
        Ok(())
    }

    /// The value of an expression after its filters.
    ///
    /// # Errors
    ///
    /// What a filter raises.
    pub fn evaluate_filtered(&mut self, filtered: &Filtered) -> Result<Value, Error> {
        let mut value = evaluate(&filtered.start, &self.scopes)?;
        for call in &filtered.filters {
            value = filters::apply(self, call, &value)?;
        }
        Ok(value)
    }
}
