//! Identifiers that people hold of a model: addresses, and the ids of arXiv and Hugging Face.

use crate::model::arxiv::ArxivId;

/// What identifies a model elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Identifier {
    /// The address of a page, as far as it leads.
    Page(String),
    /// A paper on arXiv.
    Arxiv(String),
    /// A repository on Hugging Face, `openai/gpt-oss-120b`.
    Hub(String),
    /// A repository on GitHub.
    Code(String),
}

/// Paths on Hugging Face that are no models.
const NO_MODELS: [&str; 6] = [
    "blog",
    "collections",
    "datasets",
    "docs",
    "papers",
    "spaces",
];

impl Identifier {
    /// What a text identifies, if it is an identifier.
    pub(super) fn typed(text: &str) -> Vec<Identifier> {
        let text = text.trim();
        let found = Identifier::linked(text);
        let is_path = text.split('/').count() == 2 && !text.contains(char::is_whitespace);
        if !found.is_empty() || !is_path {
            return found;
        }
        let path = text.to_lowercase();
        vec![Identifier::Hub(path.clone()), Identifier::Code(path)]
    }

    /// What an address identifies.
    pub(crate) fn linked(address: &str) -> Vec<Identifier> {
        if let Some(ArxivId { id, .. }) = ArxivId::parse(address) {
            return vec![Identifier::Arxiv(id)];
        }
        let Some((host, path)) = address_of(address) else {
            return Vec::new();
        };
        let mut parts = path.split('/');
        let repository = match (parts.next(), parts.next()) {
            (Some(owner), Some(name)) if !owner.is_empty() => {
                Some((owner, format!("{owner}/{}", name.trim_end_matches(".git"))))
            }
            _ => None,
        };
        let page = Identifier::Page(format!("{host}/{path}"));
        match (host.as_str(), repository) {
            ("huggingface.co", Some(("papers", paper))) => {
                let paper = ArxivId::parse(&paper["papers/".len()..]);
                paper
                    .map(|paper| Identifier::Arxiv(paper.id))
                    .into_iter()
                    .collect()
            }
            ("huggingface.co", Some((owner, model))) if !NO_MODELS.contains(&owner) => {
                vec![Identifier::Hub(model)]
            }
            ("github.com", Some((_, code))) => match parts.next() {
                Some(_) => vec![page, Identifier::Code(code)],
                None => vec![Identifier::Code(code)],
            },
            _ => vec![page],
        }
    }

    /// How certain it is among what one text identifies.
    pub(super) fn order(&self) -> u8 {
        match self {
            Identifier::Page(_) => 0,
            Identifier::Arxiv(_) => 1,
            Identifier::Hub(_) => 2,
            Identifier::Code(_) => 3,
        }
    }

    /// The name of a model in a text that may be an identifier: what is behind the last `/`.
    pub(super) fn name_in(text: &str) -> Option<String> {
        let identifiers = Identifier::typed(text);
        let path = match &identifiers[..] {
            [Identifier::Arxiv(_)] => return None,
            [.., Identifier::Hub(path) | Identifier::Code(path)] => path,
            _ => text.trim().trim_end_matches('/'),
        };
        let (_, name) = path.rsplit_once('/')?;
        Some(name.to_owned())
    }
}

/// The host and the path of an address, in small letters.
fn address_of(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let (is_web, rest) = match lower.split_once("://") {
        Some(("http" | "https", rest)) => (true, rest),
        Some(_) => return None,
        None => (false, &*lower),
    };
    let rest = rest.split('#').next()?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.strip_prefix("www.").unwrap_or(host);
    let host = match host {
        "hf.co" => "huggingface.co",
        host => host,
    };
    // Without a scheme it may be a name.
    let is_known = ["github.com", "huggingface.co"].contains(&host);
    (is_web || is_known).then(|| (host.to_owned(), path.trim_end_matches('/').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_identifier_is_the_same() {
        let hub = Identifier::Hub("openai/gpt-oss-120b".to_owned());
        for text in [
            "openai/gpt-oss-120b",
            "OpenAI/GPT-OSS-120b",
            "https://huggingface.co/openai/gpt-oss-120b",
            "http://www.huggingface.co/openai/gpt-oss-120b/tree/main",
            "huggingface.co/openai/gpt-oss-120b",
            "https://hf.co/openai/gpt-oss-120b/",
        ] {
            assert!(Identifier::typed(text).contains(&hub), "{text}");
            assert_eq!(
                Identifier::name_in(text).as_deref(),
                Some("gpt-oss-120b"),
                "{text}"
            );
        }
        let code = Identifier::Code("openai/gpt-oss".to_owned());
        for text in [
            "openai/gpt-oss",
            "https://github.com/openai/gpt-oss.git",
            "https://github.com/openai/gpt-oss/tree/main/gpt_oss",
            "github.com/openai/gpt-oss#readme",
        ] {
            assert!(Identifier::typed(text).contains(&code), "{text}");
        }
        let paper = [Identifier::Arxiv("2302.13971".to_owned())];
        for text in [
            "2302.13971",
            "arXiv:2302.13971v2",
            "https://arxiv.org/pdf/2302.13971v1.pdf",
            "https://huggingface.co/papers/2302.13971",
        ] {
            assert_eq!(Identifier::typed(text), paper, "{text}");
            assert_eq!(Identifier::name_in(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_identifier_identifies_nothing() {
        for text in ["", "llama", "gpt 3 / 4", "a/b/c", "ftp://example.org/a"] {
            assert_eq!(Identifier::typed(text), [], "{text}");
        }
        let hub = |text: &str| matches!(&Identifier::typed(text)[..], [Identifier::Hub(_), ..]);
        assert!(!hub("https://huggingface.co/datasets/allenai/c4"));
        assert!(!hub("https://huggingface.co/openai"));
        assert!(hub("vit-g/14"), "it looks like one");
    }
}
