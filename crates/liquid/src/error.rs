//! Why a template does not parse or render, and what it does not say aloud.

use std::fmt;

/// What kind of error Ruby would raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// `Liquid::SyntaxError`, at parsing or in an expression given to a filter.
    Syntax,
    /// `Liquid::ArgumentError`.
    Argument,
    /// `Liquid::ZeroDivisionError`.
    ZeroDivision,
    /// `Liquid::FloatDomainError`.
    FloatDomain,
    /// `Liquid::StackLevelError`: includes or blocks nest too deeply.
    StackLevel,
    /// Ruby's own `TypeError`.
    Type,
    /// Ruby's own `NoMethodError`.
    NoMethod,
    /// `IOError`: an included file is missing.
    MissingInclude,
    /// `ArgumentError` of Jekyll's own tags: bad names, bad parameters.
    TagArgument,
    /// `SyntaxError` of `highlight`.
    TagSyntax,
    /// `ArgumentError` of `link`: no such document.
    MissingLink,
    /// `Jekyll::Errors::PostURLError`.
    MissingPost,
    /// `Jekyll::Errors::InvalidDateError`.
    InvalidDate,
    /// A tag that nobody knows (in Ruby a `Liquid::SyntaxError`).
    UnknownTag,
    /// A limit of ours: steps, bytes or nesting of values.
    Limit,
}

impl ErrorKind {
    /// The code under which people meet the error.
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax | Self::TagSyntax => "liquid/syntax",
            Self::Argument
            | Self::ZeroDivision
            | Self::FloatDomain
            | Self::Type
            | Self::NoMethod
            | Self::TagArgument
            | Self::InvalidDate => "liquid/failed",
            Self::StackLevel => "liquid/nesting",
            Self::MissingInclude => "liquid/missing-include",
            Self::MissingLink => "liquid/missing-link",
            Self::MissingPost => "liquid/missing-post",
            Self::UnknownTag => "liquid/unknown-tag",
            Self::Limit => "limit/liquid",
        }
    }

    /// The class that Ruby raises.
    pub fn class(self) -> &'static str {
        match self {
            Self::Syntax | Self::UnknownTag => "Liquid::SyntaxError",
            Self::Argument => "Liquid::ArgumentError",
            Self::ZeroDivision => "Liquid::ZeroDivisionError",
            Self::FloatDomain => "Liquid::FloatDomainError",
            Self::StackLevel => "Liquid::StackLevelError",
            Self::Type => "TypeError",
            Self::NoMethod => "NoMethodError",
            Self::MissingInclude => "IOError",
            Self::TagArgument | Self::MissingLink => "ArgumentError",
            Self::TagSyntax => "SyntaxError",
            Self::MissingPost => "Jekyll::Errors::PostURLError",
            Self::InvalidDate => "Jekyll::Errors::InvalidDateError",
            Self::Limit => "Liquid::MemoryError",
        }
    }
}

/// An error, where Jekyll would end the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind of error it is.
    pub kind: ErrorKind,
    /// What was found, lower case, without a full stop.
    pub message: String,
    /// The line of the template, from 1; 0 when it is not known.
    pub line: u32,
    /// The name of the include it happened in, when it was one.
    pub template: Option<String>,
}

impl Error {
    /// Makes an error whose line is not known yet.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), line: 0, template: None }
    }

    /// Sets the line, when none is set.
    #[must_use]
    pub fn at(mut self, line: u32) -> Self {
        if self.line == 0 {
            self.line = line;
        }
        self
    }

    /// Sets the include's name, when none is set.
    #[must_use]
    pub fn within(mut self, template: &str) -> Self {
        if self.template.is_none() && !template.is_empty() {
            self.template = Some(template.to_owned());
        }
        self
    }

    pub(crate) fn syntax(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Syntax, message)
    }

    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, message)
    }

    pub(crate) fn type_error(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Type, message)
    }

    pub(crate) fn no_method(method: &str, receiver: &crate::Value) -> Self {
        Self::new(ErrorKind::NoMethod, format!("undefined method `{method}` for {}", crate::display::class_name(receiver)))
    }

    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit, message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match (&self.template, self.line) {
            (Some(template), 0) => write!(formatter, " ({template})"),
            (Some(template), line) => write!(formatter, " ({template} line {line})"),
            (None, 0) => Ok(()),
            (None, line) => write!(formatter, " (line {line})"),
        }
    }
}

impl std::error::Error for Error {}

/// Something about a place in a template that does not stop it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The stable code, such as `liquid/lax-syntax` or `liquid/unknown-filter`.
    pub code: &'static str,
    /// What was found, lower case, without a full stop.
    pub message: String,
    /// The line of the template, from 1.
    pub line: u32,
    /// The name of the include it is in, when it is one.
    pub template: Option<String>,
}
