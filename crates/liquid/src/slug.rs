//! Slugs as Jekyll's `Utils` makes them.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

use crate::number::is_space;

/// How a slug is made of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlugMode {
    /// Only white space becomes a hyphen.
    Raw,
    /// Letters, marks and decimal digits stay.
    Default,
    /// As `Default`, and ``._~!$&'()+,;=@`` stay too.
    Pretty,
    /// Only ASCII letters and digits stay.
    Ascii,
    /// Accents are taken off first, what is not Latin becomes `?`; then as `Default`.
    Latin,
    /// The text stays as it is.
    None,
}

impl SlugMode {
    /// The mode of that name; an unknown name is [`SlugMode::None`], as in Jekyll.
    pub fn by_name(name: &str) -> Self {
        match name {
            "raw" => Self::Raw,
            "default" => Self::Default,
            "pretty" => Self::Pretty,
            "ascii" => Self::Ascii,
            "latin" => Self::Latin,
            _ => Self::None,
        }
    }
}

/// Makes a slug: every run of characters that the mode does not keep becomes one hyphen, one hyphen at either end is
/// taken away, and unless `cased` the rest is lower-cased.
///
/// ```
/// use postferry_liquid::{SlugMode, slugify};
///
/// assert_eq!(slugify("The _config.yml file", SlugMode::Default, false), "the-config-yml-file");
/// assert_eq!(slugify("The _config.yml file", SlugMode::Pretty, true), "The-_config.yml-file");
/// ```
pub fn slugify(text: &str, mode: SlugMode, cased: bool) -> String {
    let latin;
    let text = match mode {
        SlugMode::None => return if cased { text.to_owned() } else { text.to_lowercase() },
        SlugMode::Latin => {
            latin = transliterate(text);
            latin.as_str()
        }
        SlugMode::Raw | SlugMode::Default | SlugMode::Pretty | SlugMode::Ascii => text,
    };
    let mut slug = String::with_capacity(text.len());
    let mut in_run = false;
    for c in text.chars() {
        if keeps(mode, c) {
            slug.push(c);
            in_run = false;
        } else if !in_run {
            slug.push('-');
            in_run = true;
        }
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    let slug = slug.strip_suffix('-').unwrap_or(slug);
    if cased { slug.to_owned() } else { slug.to_lowercase() }
}

fn keeps(mode: SlugMode, c: char) -> bool {
    match mode {
        SlugMode::Raw => !is_space(c),
        SlugMode::Ascii => c.is_ascii_alphanumeric(),
        SlugMode::Pretty => is_word(c) || "._~!$&'()+,;=@".contains(c),
        SlugMode::Default | SlugMode::Latin => is_word(c),
        SlugMode::None => true,
    }
}

/// `[\p{M}\p{L}\p{Nd}]`.
fn is_word(c: char) -> bool {
    use GeneralCategory as G;
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    matches!(
        get_general_category(c),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
            | G::NonspacingMark
            | G::SpacingMark
            | G::EnclosingMark
            | G::DecimalNumber
    )
}

/// What `I18n.transliterate` makes of U+00C0 to U+017E; `?` for what it does not know.
const LATIN: &str = "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y Th ss a a a a a a ae c e e e e i i i i \
d n o o o o o ? o u u u u y th y A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i \
I i I i I i IJ ij J j K k k L l L l L l L l L l N n N n N n 'n NG ng O o O o O o OE oe R r R r R r S s S s S s S s T t T \
t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z";

/// Takes the accents off Latin letters; every other character beyond ASCII becomes `?`.
fn transliterate(text: &str) -> String {
    let table: Vec<&str> = LATIN.split(' ').collect();
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.push_str((c as usize).checked_sub(0xc0).and_then(|at| table.get(at)).unwrap_or(&"?"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_latin_letters_is_whole() {
        assert_eq!(LATIN.split(' ').count(), 0x17e - 0xc0 + 1);
        assert_eq!(transliterate("Žluťoučký kůň ÷ ŉ 中"), "Zlutoucky kun ? 'n ?");
    }

    #[test]
    fn one_hyphen_goes_at_each_end() {
        assert_eq!(slugify("--a--b--", SlugMode::Raw, false), "-a--b-");
        assert_eq!(slugify("--a--b--", SlugMode::Default, false), "a-b");
        assert_eq!(slugify("Ünï Cödé ß Æ", SlugMode::Latin, false), "uni-code-ss-ae");
        assert_eq!(slugify("①½ x 中文", SlugMode::Default, false), "x-中文");
    }
}
