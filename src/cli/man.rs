//! `ahm man`: the manual page, one for all commands.

use crate::error::{Error, Found};
use crate::output::Output;
use clap::builder::Resettable;
use clap::{Arg, Args, Command, Id};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, roman};
use std::io::{self, Write};

/// Print the manual page
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  ahm man | man -l -
  ahm man > ~/.local/share/man/man1/ahm.1
")]
pub struct Man {}

impl Man {
    /// Answers; `command` is the whole command line.
    ///
    /// # Errors
    /// When the answer cannot be written.
    pub fn run(self, command: &Command, out: &mut Output) -> Result<Found, Error> {
        let Man {} = self;
        out.write_all(page(command)?.as_bytes())?;
        Ok(Found::Some)
    }
}

/// The command line as a whole, each command, and once what several commands have alike.
fn page(command: &Command) -> io::Result<String> {
    let shared = shared(command);
    let name = command.get_name();
    let whole = command.clone().subcommand_value_name("command");
    let whole = Page::new(whole.disable_help_subcommand(true))
        .title(name.to_uppercase())
        // An empty date would leave its place to the next word.
        .date(" ")
        .manual("User Commands");
    let mut page = written(|w| whole.render_title(w))?;
    page += &part(|w| whole.render_name_section(w))?;
    page += &part(|w| whole.render_synopsis_section(w))?;

    if command.get_long_about().is_some() {
        page += &part(|w| whole.render_description_section(w))?;
    }

    page += ".SH COMMANDS\n";
    for own in command.get_subcommands().filter(|own| !own.is_hide_set()) {
        page += &section(own, &format!("{name} {}", own.get_name()), &shared)?;
    }

    let every = Command::new("every").version(command.get_version().unwrap_or_default().to_owned());
    let every = every.args(shared).args(command.get_arguments().map(alone));
    page += &part(|w| Page::new(every).render_options_section(w))?;
    for paragraph in paragraphs(&ending(command)) {
        // `Exit codes: 0 found, …` is a section of its own.
        let split = paragraph.split_once(':');
        let titled = split.and_then(|(title, text)| {
            let text = text.strip_prefix([' ', '\n'])?;
            Some((title.to_uppercase(), text))
        });
        match titled {
            Some((title, text)) if title.len() < 30 => {
                page += &format!(".SH {title}\n");
                page += &prose(text);
            }
            _ => {
                page += ".PP\n";
                page += &prose(paragraph);
            }
        }
    }
    Ok(page)
}

/// One command: how it is called, what it does, its own arguments and examples.
fn section(own: &Command, name: &str, shared: &[Arg]) -> io::Result<String> {
    let own = own.clone().bin_name(name).disable_help_flag(true);
    let told = own.clone().mut_args(|arg| {
        let elsewhere = shared.iter().any(|other| alike(other, &arg));
        let hidden = arg.is_hide_set() || elsewhere;
        arg.hide(hidden)
    });
    let ending = ending(&own);
    let (own, told) = (Page::new(own), Page::new(told));
    let mut section = format!(".SS {name}\n");
    section += &untitled(&part(|w| own.render_synopsis_section(w))?);
    section += ".PP\n";
    section += &untitled(&part(|w| own.render_description_section(w))?);
    section += &untitled(&part(|w| told.render_options_section(w))?);
    for paragraph in paragraphs(&ending) {
        section += ".PP\n";
        section += &prose(paragraph);
    }
    Ok(section)
}

/// Flags under a heading that several commands have alike.
fn shared(command: &Command) -> Vec<Arg> {
    let all: Vec<&Arg> = command
        .get_subcommands()
        .flat_map(Command::get_arguments)
        .filter(|arg| arg.get_help_heading().is_some() && !arg.is_positional())
        .collect();
    let mut shared: Vec<Arg> = Vec::new();
    for arg in &all {
        let known = shared.iter().any(|other| {
            let short = other.get_short().is_some() && other.get_short() == arg.get_short();
            other.get_id() == arg.get_id() || other.get_long() == arg.get_long() || short
        });
        if !known && all.iter().filter(|other| alike(other, arg)).count() > 1 {
            shared.push(alone(arg));
        }
    }
    shared
}

/// Whether a reader takes two arguments for the same one.
fn alike(a: &Arg, b: &Arg) -> bool {
    let help = |arg: &Arg| arg.get_help().map(ToString::to_string);
    a.get_id() == b.get_id() && a.get_help_heading() == b.get_help_heading() && help(a) == help(b)
}

/// An argument that asks for no other.
fn alone(arg: &Arg) -> Arg {
    let none = || Resettable::<Id>::Reset;
    arg.clone()
        .required(false)
        .requires(none())
        .conflicts_with(none())
        .overrides_with(none())
        .required_unless_present(none())
}

/// What stands at the end of a help.
fn ending(command: &Command) -> String {
    let ending = command.get_after_long_help().or(command.get_after_help());
    ending.map_or_else(String::new, |text| text.to_string().trim_end().to_owned())
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let paragraphs = text.split("\n\n");
    paragraphs.filter(|paragraph| !paragraph.is_empty())
}

/// Sentences, and indented lines as they stand.
fn prose(text: &str) -> String {
    let mut roff = Roff::new();
    let mut verbatim = false;
    for line in text.lines() {
        if line.starts_with(' ') != verbatim {
            verbatim = !verbatim;
            roff.control(if verbatim { "nf" } else { "fi" }, []);
        }
        roff.text([roman(line)]);
    }
    if verbatim {
        roff.control("fi", []);
    }
    roff.to_roff()
}

/// A part of the page, without what begins each text of the library and without spare room.
fn part(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<String> {
    let text = written(write)?;
    let lines = text.lines().map(str::trim_end);
    let lines = lines.skip_while(|line| line.starts_with(".ie") || line.starts_with(".el"));
    let part: String = lines.flat_map(|line| [line, "\n"]).collect();
    Ok(part.replace(".br\n\n.br\n", ".sp\n"))
}

/// A part without its titles.
fn untitled(part: &str) -> String {
    let lines = part.split_inclusive('\n');
    lines.filter(|line| !line.starts_with(".SH ")).collect()
}

fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<String> {
    let mut text = Vec::new();
    write(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_have_alike_is_told_once() {
        let flag = |name: &'static str| Arg::new(name).long(name).help_heading("Output");
        let own = |name: &'static str, help: &'static str| {
            Command::new(name)
                .arg(Arg::new("names").required(true).help("Whom"))
                .arg(flag("format").help("How").conflicts_with("names"))
                .arg(flag("svg").help(help).requires("format"))
        };
        let command = Command::new("ahm").subcommands([own("one", "A"), own("two", "B")]);
        let page = page(&command).expect("a page");
        for (text, times) in [(".SS ahm", 2), ("\nHow\n", 1), ("\nA\n", 1), ("\nB\n", 1)] {
            assert_eq!(page.matches(text).count(), times, "{text}: {page}");
        }
    }

    #[test]
    fn indented_lines_stand_as_they_are() {
        assert_eq!(
            prose("Examples:\n  ahm .x"),
            "Examples:\n.nf\n  ahm .x\n.fi\n"
        );
        assert_eq!(prose(".TH is no macro here"), "\\&.TH is no macro here\n");
    }
}
