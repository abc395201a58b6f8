//! The few words of a book's own, in the language of the book; and language tags.

/// The words that a book shows of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    pub contents: &'static str,
    pub title_page: &'static str,
    pub beginning: &'static str,
    pub landmarks: &'static str,
    pub untitled: &'static str,
    pub image: &'static str,
    /// The order of a date's parts: `{y}`, `{m}`, `{d}`, and with two digits `{mm}`, `{dd}`.
    pub date: &'static str,
    /// Sentences for the accessibility summary: always; with images that all have texts; with images that lack some.
    pub summary: [&'static str; 3],
}

const ENGLISH: Labels = Labels {
    contents: "Contents",
    title_page: "Title page",
    beginning: "Beginning",
    landmarks: "Landmarks",
    untitled: "Untitled",
    image: "image",
    date: "{y}-{mm}-{dd}",
    summary: [
        "The text can be resized and read aloud, and has a table of contents.",
        "All images have text alternatives.",
        "Some images have no text alternative of their author.",
    ],
};

/// Gives the words for a language tag; English ones where there are none for it.
pub fn labels(language: &str) -> Labels {
    let lower = language.to_ascii_lowercase();
    let mut subtags = lower.split('-');
    let primary = subtags.next().unwrap_or("");
    let traditional = subtags.any(|tag| matches!(tag, "hant" | "tw" | "hk" | "mo"));
    match primary {
        "zh" | "cmn" | "yue" if traditional => Labels {
            contents: "目錄",
            title_page: "書名頁",
            beginning: "正文",
            landmarks: "導覽",
            untitled: "無題",
            image: "圖片",
            date: "{y}年{m}月{d}日",
            summary: ["本書文字可縮放、可朗讀，並附有目錄。", "所有圖片都有替代文字。", "部分圖片沒有作者所寫的替代文字。"],
        },
        "zh" | "cmn" | "yue" => Labels {
            contents: "目录",
            title_page: "书名页",
            beginning: "正文",
            landmarks: "导航",
            untitled: "无题",
            image: "图片",
            date: "{y}年{m}月{d}日",
            summary: ["本书文字可缩放、可朗读，并附有目录。", "所有图片都有替代文字。", "部分图片没有作者所写的替代文字。"],
        },
        "ja" => Labels {
            contents: "目次",
            title_page: "扉",
            beginning: "本文",
            landmarks: "ランドマーク",
            untitled: "無題",
            image: "画像",
            date: "{y}年{m}月{d}日",
            summary: [
                "文字の大きさを変えることができ、読み上げが可能で、目次があります。",
                "すべての画像に代替テキストがあります。",
                "一部の画像には著者による代替テキストがありません。",
            ],
        },
        "ko" => Labels {
            contents: "차례",
            title_page: "표제지",
            beginning: "본문",
            landmarks: "랜드마크",
            untitled: "제목 없음",
            image: "그림",
            date: "{y}년 {m}월 {d}일",
            summary: [
                "글자 크기를 바꾸고 소리 내어 읽을 수 있으며 차례가 있습니다.",
                "모든 그림에 대체 텍스트가 있습니다.",
                "일부 그림에는 저자가 쓴 대체 텍스트가 없습니다.",
            ],
        },
        "de" => Labels {
            contents: "Inhalt",
            title_page: "Titelseite",
            beginning: "Textbeginn",
            landmarks: "Orientierungspunkte",
            untitled: "Ohne Titel",
            image: "Bild",
            date: "{d}.{m}.{y}",
            summary: [
                "Der Text lässt sich vergrößern und vorlesen und hat ein Inhaltsverzeichnis.",
                "Alle Bilder haben Textalternativen.",
                "Einige Bilder haben keine Textalternative ihres Autors.",
            ],
        },
        "fr" => Labels {
            contents: "Table des matières",
            title_page: "Page de titre",
            beginning: "Début du texte",
            landmarks: "Points de repère",
            untitled: "Sans titre",
            image: "image",
            date: "{dd}/{mm}/{y}",
            summary: [
                "Le texte peut être agrandi et lu à voix haute et comporte une table des matières.",
                "Toutes les images ont un texte de remplacement.",
                "Certaines images n’ont pas de texte de remplacement de leur auteur.",
            ],
        },
        "es" => Labels {
            contents: "Índice",
            title_page: "Portada",
            beginning: "Comienzo",
            landmarks: "Puntos de referencia",
            untitled: "Sin título",
            image: "imagen",
            date: "{dd}/{mm}/{y}",
            summary: [
                "El texto puede ampliarse y leerse en voz alta y tiene un índice.",
                "Todas las imágenes tienen texto alternativo.",
                "Algunas imágenes no tienen texto alternativo de su autor.",
            ],
        },
        _ => ENGLISH,
    }
}

/// Gives a well-formed language tag (BCP 47): `zh_CN` becomes `zh-CN`, what is none becomes nothing.
pub fn language_tag(text: &str) -> Option<String> {
    let text = text.trim().split('.').next().unwrap_or("").replace('_', "-");
    let mut subtags = text.split('-');
    let primary = subtags.next().filter(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut out = primary.to_ascii_lowercase();
    let mut script_allowed = true;
    let mut region_allowed = true;
    for tag in subtags {
        let letters = tag.bytes().all(|b| b.is_ascii_alphabetic());
        let digits = tag.bytes().all(|b| b.is_ascii_digit());
        out.push('-');
        match tag.len() {
            4 if letters && script_allowed => {
                out.push_str(&tag[..1].to_ascii_uppercase());
                out.push_str(&tag[1..].to_ascii_lowercase());
                script_allowed = false;
            }
            2 if letters && region_allowed => {
                out.push_str(&tag.to_ascii_uppercase());
                (script_allowed, region_allowed) = (false, false);
            }
            3 if digits && region_allowed => {
                out.push_str(tag);
                (script_allowed, region_allowed) = (false, false);
            }
            _ => return None,
        }
    }
    Some(out)
}

/// Says whether a language is written from right to left.
pub fn is_right_to_left(language: &str) -> bool {
    let mut subtags = language.split('-');
    let primary = subtags.next().unwrap_or("").to_ascii_lowercase();
    match subtags.find(|tag| tag.len() == 4) {
        Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm"),
        None => matches!(primary.as_str(), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "syr"),
    }
}

/// Spells a day as `pattern` of [`Labels::date`] wants it.
pub fn spell_day(pattern: &str, year: i32, month: u8, day: u8) -> String {
    pattern
        .replace("{y}", &format!("{year:04}"))
        .replace("{mm}", &format!("{month:02}"))
        .replace("{dd}", &format!("{day:02}"))
        .replace("{m}", &month.to_string())
        .replace("{d}", &day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_made_well_formed() {
        for (text, tag) in [
            ("zh_CN", Some("zh-CN")),
            ("EN", Some("en")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("en_US.UTF-8", Some("en-US")),
            ("es-419", Some("es-419")),
            ("english", None),
            ("", None),
            ("é", None),
            ("zh-", None),
            ("en-US-US", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), tag, "{text}");
        }
    }

    #[test]
    fn chinese_scripts_are_told_apart() {
        assert_eq!(labels("zh-TW").contents, "目錄");
        assert_eq!(labels("zh").contents, "目录");
        assert_eq!(labels("xx").contents, "Contents");
        assert_eq!(spell_day(labels("zh").date, 2022, 1, 11), "2022年1月11日");
    }

    #[test]
    fn directions() {
        assert!(is_right_to_left("he-IL") && is_right_to_left("az-Arab") && !is_right_to_left("zh-CN"));
    }
}
