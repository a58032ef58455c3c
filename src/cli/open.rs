//! `ahm open`: the address of a model in a browser.

use crate::catalog::Catalog;
use crate::cli::name_args;
use crate::error::{Error, Found};
use crate::model::Model;
use crate::output::Output;
use crate::text::is_control;
use clap::Args;
use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};
use std::slice;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without a flag, opens the first that the model has: paper, home page, weights, code. Uses the command
in BROWSER (`%s` is the address; colons separate several commands), else the desktop's browser. If
none starts, prints the address.

Examples:
  ahm open chinchilla
  ahm open llama-3.1 --weights
  ahm open gpt-3 --print
")]
pub(crate) struct Open {
    /// Model name, id or alias, Hugging Face id, or arXiv id
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    link: LinkArgs,

    /// Print the address instead of opening it
    #[arg(long)]
    print: bool,
}

/// Which link.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
struct LinkArgs {
    /// Open the paper
    #[arg(long)]
    paper: bool,

    /// Open the announcement or the makers' page
    #[arg(long)]
    home: bool,

    /// Open the weights
    #[arg(long)]
    weights: bool,

    /// Open the code
    #[arg(long)]
    code: bool,
}

impl Open {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let records = name_args::find_all(slice::from_ref(&self.name), catalog, out)?;
        let models = catalog.models(&records)?;
        for model in &models {
            let address = self.link.choose(model)?;
            let opened = match self.print {
                true => Err(None),
                false => start_browser(address, out.width().is_some()).map_err(Some),
            };
            match opened {
                Ok(()) => out.note(format_args!("opened {address}")),
                Err(reason) => {
                    out.notes(reason.map(|reason| format!("no browser started: {reason}")));
                    writeln!(out, "{address}")?;
                }
            }
        }
        Ok(Found::Some)
    }
}

impl LinkArgs {
    /// The address that the flags choose.
    fn choose<'m>(&self, model: &'m Model<'_>) -> Result<&'m str, Error> {
        let LinkArgs {
            paper,
            home,
            weights,
            code,
        } = self;
        let flags = [paper, home, weights, code];
        let links = links(model);
        let kinds = ["paper", "home", "weights", "code"];
        let asked = kinds.into_iter().zip(flags).find(|(_, flag)| **flag);
        let asked = asked.map(|(kind, _)| kind);
        let is_asked = |(kind, address): &&(&str, &str)| match asked {
            Some(asked) => asked == *kind,
            None => is_web_address(address),
        };
        let mut found = links.iter().find(is_asked);
        if asked.is_none() {
            found = found.or(links.first());
        }
        let Some((_, address)) = found else {
            let what = asked.map_or_else(String::new, |kind| format!("{kind} "));
            let others: Vec<&str> = links.iter().map(|(kind, _)| *kind).collect();
            let others = match others.is_empty() {
                true => String::new(),
                false => format!("; it has links for {}", others.join(", ")),
            };
            let name = &model.name;
            return Err(Error::Unknown(format!("{name} has no {what}link{others}")));
        };
        match is_web_address(address) {
            true => Ok(address),
            false => Err(Error::Unknown(format!(
                "`{address}` is not an http or https address"
            ))),
        }
    }
}

/// The addresses of a model by kind, in the order in which they are preferred.
fn links<'m>(model: &'m Model<'_>) -> Vec<(&'m str, &'m str)> {
    let paper = model.paper.as_ref().and_then(|paper| paper.url.as_deref());
    let own = |kind: &'static str| Some((kind, model.links.get(kind)?.as_str()?));
    let known = [
        paper.map(|url| ("paper", url)),
        own("home"),
        own("weights"),
        own("code"),
    ];
    let others = model
        .links
        .iter()
        .filter_map(|(kind, url)| Some((kind.as_str(), url.as_str()?)));
    let mut links: Vec<_> = known.into_iter().flatten().collect();
    for link in others {
        if !links.iter().any(|(kind, _)| *kind == link.0) {
            links.push(link);
        }
    }
    links
}

/// Whether a browser shows it as a page: `file:` and `javascript:` addresses are refused.
fn is_web_address(text: &str) -> bool {
    let has_scheme = |scheme: &str| {
        let (start, host) = (text.get(..scheme.len()), text.get(scheme.len()..));
        let has_host =
            host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['));
        has_host && start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_whole = !text.contains(|c: char| c.is_whitespace() || is_control(c));
    is_whole && (has_scheme("https://") || has_scheme("http://"))
}

/// The commands that open a page of the desktop's browser.
const DESKTOP: &[&str] = if cfg!(windows) {
    // `start` is a command of a shell, which would read `&` in an address.
    &["rundll32 url.dll,FileProtocolHandler"]
} else if cfg!(target_os = "macos") {
    &["open"]
} else {
    &["xdg-open", "wslview"]
};

/// Opens the address with the first command that works, without a shell; the reasons of all if none
/// does.
fn start_browser(address: &str, is_terminal: bool) -> Result<(), String> {
    let chosen = std::env::var("BROWSER").unwrap_or_default();
    let separator = if cfg!(windows) { ';' } else { ':' };
    let chosen = chosen.split(separator).map(str::trim);
    let mut commands: Vec<&str> = chosen.filter(|command| !command.is_empty()).collect();
    if commands.is_empty() {
        commands = DESKTOP.to_vec();
    }
    let mut reasons = Vec::new();
    for command in commands {
        let Some((program, arguments)) = arguments(command, address) else {
            continue;
        };
        // A browser of text has the terminal until it ends. What a pipe gets is ours.
        let mut process = Command::new(&program);
        process.args(arguments);
        if !is_terminal {
            process.stdin(Stdio::null()).stdout(Stdio::null());
        }
        match process.status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => reasons.push(format!("{program}: {status}")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                reasons.push(format!("{program} not found"));
            }
            Err(error) => reasons.push(format!("{program}: {error}")),
        }
    }
    Err(reasons.join("; "))
}

/// The program of a command of `BROWSER` and its arguments: `%s` is the address, which otherwise
/// comes last (freedesktop.org, xdg-utils).
fn arguments(command: &str, address: &str) -> Option<(String, Vec<String>)> {
    let mut words = command.split_whitespace();
    let program = words.next()?.to_owned();
    let mut arguments: Vec<String> = words.map(|word| word.replace("%s", address)).collect();
    if !command.contains("%s") {
        arguments.push(address.to_owned());
    }
    Some((program, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_one_argument() {
        let address = "https://example.org/?a=%s&b='; rm -rf ~'";
        for (command, expected) in [
            ("firefox", &[address][..]),
            ("firefox --new-tab", &["--new-tab", address]),
            ("w3m -o x=1 %s -T", &["-o", "x=1", address, "-T"]),
            ("app --url=%s", &[&format!("--url={address}")]),
        ] {
            let (_, arguments) = arguments(command, address).expect("a command");
            assert_eq!(arguments, expected, "{command}");
        }
        assert_eq!(arguments(" ", address), None);
    }

    #[test]
    fn only_pages_are_opened() {
        for address in ["https://a.org", "HTTP://a.org/x?y=z#w"] {
            assert!(is_web_address(address), "{address}");
        }
        for address in [
            "",
            "https://",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ftp://a.org",
            "a.org",
            "--version",
            "https://a.org/ b",
            "https://a.org/\u{1b}[31m",
            "https\u{e9}://",
        ] {
            assert!(!is_web_address(address), "{address}");
        }
    }
}
