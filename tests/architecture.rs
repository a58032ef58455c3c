//! The architecture of `src/`: imports between folders point one way, files do not import each
//! other in circles, files are short, public types have unique names, and the code has a ceiling.
//!
//! Comments and `#[cfg(test)]` modules count for the length of a file only.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

/// Folders and files of `src/` by level: each may import the levels below its own.
const LEVELS: [&[&str]; 7] = [
    &["main"],
    &["cli"],
    &["query", "analysis", "chart"],
    &["catalog", "output"],
    &["model"],
    &["error"],
    &["text"],
];

/// Lines of code in `src/`. The goal is 10,800 without other people's tables (4,140 lines) and without
/// thresholds, cross tables, bars, expressions, the pager and the help of each command (4,910 lines), and
/// without pages, panels, themes, ratios and titles of pictures (2,130 lines), and without SQL, schemas and
/// Nushell (1,475 lines).
const MAX_CODE_LINES: usize = 28_474;
/// Files in `src/`. The goal is 85 without the same; they are 32, 35, 14 and 13.
const MAX_FILES: usize = 199;
/// Lines of a file with its comments and tests.
const MAX_FILE_LINES: usize = 400;
/// Lines of `main.rs`.
const MAX_MAIN_LINES: usize = 40;

// Exceptions: what breaks a rule today. A test fails when an exception is no longer needed.

/// Imports that point upward.
const UPWARD: &[&str] = &[];
/// The first file of files that import each other.
const CIRCLES: &[&str] = &["src/model/column.rs"];
/// Files that are too long.
const LONG_FILES: &[&str] = &[];
/// Files that the guides name and that do not exist.
const MISSING_FILES: &[&str] = &[];
/// Names that several public types share.
const SHARED_NAMES: &[&str] = &[];

static ROOT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(crate|super(?:::super)*)::").unwrap());
static REEXPORT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bpub(?:\(crate\))? use (?:self::)?([a-z_]\w*)::").unwrap());
static INLINE_MODULE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bmod \w+ \{").unwrap());

struct SourceFile {
    /// `src/catalog/mod.rs`
    path: String,
    /// `["catalog"]`
    module: Vec<String>,
    /// The whole text.
    text: String,
    /// The text with comments and tests blanked, line for line.
    code: String,
}

/// A path in the code, such as `catalog::lookup::Names`, from the root of the crate.
struct Import {
    line: usize,
    path: Vec<String>,
}

impl SourceFile {
    fn read(path: &Path) -> SourceFile {
        let text = fs::read_to_string(path).unwrap();
        let path = path.to_str().unwrap().replace('\\', "/");
        let mut module: Vec<String> = path["src/".len()..path.len() - ".rs".len()]
            .split('/')
            .map(str::to_owned)
            .collect();
        if module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        let code = code(&text);
        SourceFile {
            path,
            module,
            text,
            code,
        }
    }

    fn line_at(&self, at: usize) -> usize {
        1 + self.code[..at].matches('\n').count()
    }

    fn code_lines(&self) -> usize {
        self.code.lines().filter(|line| !line.is_empty()).count()
    }

    /// What is inside of modules that are declared in this file, as bytes of the code.
    fn inline_modules(&self) -> Vec<Range<usize>> {
        let opened = INLINE_MODULE.find_iter(&self.code);
        opened
            .map(|module| {
                let mut depth = 1;
                let inside = self.code[module.end()..].bytes().take_while(|byte| {
                    depth += i32::from(*byte == b'{') - i32::from(*byte == b'}');
                    depth > 0
                });
                module.end()..module.end() + inside.count()
            })
            .collect()
    }

    /// What the code names by `crate::…` and `super::…`.
    fn imports(&self) -> Vec<Import> {
        let inline_modules = self.inline_modules();
        let mut imports = Vec::new();
        for found in ROOT.captures_iter(&self.code) {
            let around = |module: &&Range<usize>| module.contains(&found.get(0).unwrap().start());
            let ups = found[1].matches("super").count();
            let ups = ups.saturating_sub(inline_modules.iter().filter(around).count());
            let prefix = match &found[1] {
                "crate" => &[],
                _ => &self.module[..self.module.len().saturating_sub(ups)],
            }
            .to_vec();
            let start = found.get(0).unwrap().end();
            for (at, path) in use_tree(&self.code, start, prefix).0 {
                let line = self.line_at(at);
                imports.push(Import { line, path });
            }
        }
        imports
    }

    /// Items that this file re-exports, by name, with the child module that has them.
    fn reexports(&self) -> BTreeMap<String, String> {
        let found = REEXPORT.captures_iter(&self.code);
        found
            .flat_map(|found| {
                let child = found[1].to_owned();
                let paths = use_tree(&self.code, found.get(0).unwrap().end(), Vec::new()).0;
                paths
                    .into_iter()
                    .filter_map(move |(_, mut path)| Some((path.pop()?, child.clone())))
            })
            .collect()
    }
}

/// The text with comments and test modules blanked, line for line.
fn code(text: &str) -> String {
    let (mut after_cfg_test, mut depth) = (false, 0);
    let mut code = String::new();
    for line in text.lines() {
        let trimmed = line.trim();
        let braces = line.matches('{').count() as isize - line.matches('}').count() as isize;
        let dropped = if depth > 0 {
            depth += braces;
            true
        } else if trimmed.starts_with("#[cfg(test)]") {
            after_cfg_test = true;
            true
        } else if after_cfg_test {
            after_cfg_test = trimmed.starts_with("#[");
            depth = if after_cfg_test { 0 } else { braces };
            true
        } else {
            trimmed.is_empty() || trimmed.starts_with("//")
        };
        if !dropped {
            code.push_str(line);
        }
        code.push('\n');
    }
    code
}

/// The paths of a use tree that begins at a byte, each with the place of its last part, and where
/// the tree ends.
fn use_tree(code: &str, start: usize, prefix: Vec<String>) -> (Vec<(usize, Vec<String>)>, usize) {
    let skip_blank = |at: usize| at + code[at..].len() - code[at..].trim_start().len();
    let word = |at: usize| -> Range<usize> {
        let end = code[at..].find(|c: char| !c.is_alphanumeric() && c != '_');
        at..end.map_or(code.len(), |length| at + length)
    };
    let mut path = prefix;
    let mut at = skip_blank(start);
    let mut last = at;
    loop {
        if code[at..].starts_with('{') {
            let mut paths = Vec::new();
            at = skip_blank(at + 1);
            while at < code.len() && !code[at..].starts_with('}') {
                let (inner, end) = use_tree(code, at, path.clone());
                paths.extend(inner);
                // Past ` as name` and the comma.
                at = end + code[end..].find([',', '}']).unwrap_or(code.len() - end);
                at = skip_blank(at + usize::from(code[at..].starts_with(',')));
            }
            return (paths, at + 1);
        }
        let part = word(at);
        if part.is_empty() {
            return (vec![(last, path)], at);
        }
        if &code[part.clone()] != "self" {
            path.push(code[part.clone()].to_owned());
        }
        (last, at) = (part.start, part.end);
        match code[at..].strip_prefix("::") {
            Some(_) => at = skip_blank(at + 2),
            None => return (vec![(last, path)], at),
        }
    }
}

/// The files of `src/`, sorted by path.
fn sources() -> Vec<SourceFile> {
    fn walk(folder: &Path, files: &mut Vec<SourceFile>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(SourceFile::read(&path));
            }
        }
    }
    let mut files = Vec::new();
    walk(Path::new("src"), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Fails for each breach without an exception and each exception without a breach.
#[track_caller]
fn hold(breaches: BTreeMap<String, String>, exceptions: &[&str]) {
    let unneeded = exceptions
        .iter()
        .filter(|exception| !breaches.contains_key(**exception))
        .map(|exception| format!("tests/architecture.rs: remove the exception `{exception}`"));
    let problems: Vec<String> = breaches
        .iter()
        .filter(|(key, _)| !exceptions.contains(&key.as_str()))
        .map(|(_, problem)| problem.clone())
        .chain(unneeded)
        .collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

fn level(folder: &str) -> Option<usize> {
    LEVELS.iter().position(|level| level.contains(&folder))
}

#[test]
fn imports_point_one_way() {
    let mut breaches = BTreeMap::new();
    // `lib.rs` declares the modules.
    for file in sources().iter().filter(|file| file.path != "src/lib.rs") {
        let own = &file.module[0];
        for Import { line, path } in file.imports() {
            let (from, to) = (level(own), path.first().and_then(|to| level(to)));
            let allowed = path.first() == Some(own) || from.is_some() && to.is_some() && from < to;
            if !allowed {
                let (at, name) = (&file.path, path.join("::"));
                breaches.insert(
                    format!("{at}: {name}"),
                    format!("{at}:{line}: `{own}` may not import `{name}`"),
                );
            }
        }
    }
    hold(breaches, UPWARD);
}

#[test]
fn files_do_not_import_each_other() {
    let files = sources();
    let by_module: BTreeMap<&[String], usize> = files
        .iter()
        .enumerate()
        .map(|(i, file)| (&*file.module, i))
        .collect();
    let reexports: Vec<_> = files.iter().map(SourceFile::reexports).collect();
    // The file that a path leads to: its longest part that is a module, or the child of that
    // module that has the item.
    let target = |path: &[String]| -> Option<usize> {
        let length = (1..=path.len())
            .rev()
            .find(|length| by_module.contains_key(&path[..*length]))?;
        let i = by_module[&path[..length]];
        let Some(child) = path.get(length).and_then(|item| reexports[i].get(item)) else {
            return Some(i);
        };
        let child = [&path[..length], std::slice::from_ref(child)].concat();
        by_module.get(&*child).copied().or(Some(i))
    };
    let arrows: Vec<BTreeMap<usize, usize>> = files
        .iter()
        .enumerate()
        .map(|(i, file)| {
            file.imports()
                .iter()
                .filter_map(|import| Some((target(&import.path)?, import.line)))
                .filter(|(to, _)| *to != i)
                .collect()
        })
        .collect();
    let mut breaches = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for start in 0..files.len() {
        let Some(circle) = shortest_path(&arrows, start, start) else {
            continue;
        };
        // One circle is enough of files that all reach each other.
        if seen.contains(&start) {
            continue;
        }
        seen.extend((start..files.len()).filter(|other| {
            shortest_path(&arrows, start, *other).is_some()
                && shortest_path(&arrows, *other, start).is_some()
        }));
        let steps: Vec<String> = circle
            .iter()
            .zip(circle.iter().cycle().skip(1))
            .map(|(from, to)| format!("{}:{}", files[*from].path, arrows[*from][to]))
            .collect();
        let problem = format!("{}: these files import each other", steps.join(" → "));
        breaches.insert(files[start].path.clone(), problem);
    }
    hold(breaches, CIRCLES);
}

/// The files on the shortest path of arrows between two files, without the last; from a file to
/// itself it is a circle.
fn shortest_path(arrows: &[BTreeMap<usize, usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came_from = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        for next in arrows[at].keys() {
            if *next == to {
                let mut path = vec![at];
                while let Some(before) = came_from.get(&path[path.len() - 1]) {
                    path.push(*before);
                }
                path.reverse();
                return Some(path);
            }
            if *next != from && !came_from.contains_key(next) {
                came_from.insert(*next, at);
                queue.push_back(*next);
            }
        }
    }
    None
}

#[test]
fn public_types_have_unique_names() {
    let declaration =
        Regex::new(r"(?m)^\s*pub(?:\(crate\))? (?:struct|enum|trait|type|union) (\w+)").unwrap();
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources() {
        for found in declaration.captures_iter(&file.code) {
            let line = file.line_at(found.get(1).unwrap().start());
            let place = format!("{}:{line}", file.path);
            places.entry(found[1].to_owned()).or_default().push(place);
        }
    }
    let breaches = places
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| {
            let problem = format!("{}: `{name}` is declared more than once", places.join(", "));
            (name, problem)
        })
        .collect();
    hold(breaches, SHARED_NAMES);
}

#[test]
fn files_are_short() {
    let breaches = sources()
        .iter()
        .filter_map(|file| {
            let limit = match file.path.as_str() {
                "src/main.rs" => MAX_MAIN_LINES,
                _ => MAX_FILE_LINES,
            };
            let lines = file.text.lines().count();
            let problem = format!(
                "{}:{}: {lines} lines, at most {limit}",
                file.path,
                limit + 1
            );
            (lines > limit).then(|| (file.path.clone(), problem))
        })
        .collect();
    hold(breaches, LONG_FILES);
}

#[test]
fn the_code_does_not_grow() {
    let files = sources();
    let lines: usize = files.iter().map(SourceFile::code_lines).sum();
    let largest = files.iter().max_by_key(|file| file.code_lines()).unwrap();
    assert!(
        lines <= MAX_CODE_LINES && files.len() <= MAX_FILES,
        "src/: {lines} lines of code in {} files, at most {MAX_CODE_LINES} in {MAX_FILES}; \
         the longest is {} with {}",
        files.len(),
        largest.path,
        largest.code_lines()
    );
}

#[test]
fn guides_name_files_that_exist() {
    let name = Regex::new(r"`((?:src|tests)/[\w/.-]+)`").unwrap();
    let mut breaches = BTreeMap::new();
    for guide in ["src/lib.rs", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(guide).unwrap();
        for (line, text) in text.lines().enumerate() {
            for found in name
                .captures_iter(text)
                .filter(|found| !Path::new(&found[1]).exists())
            {
                let problem = format!("{guide}:{}: `{}` does not exist", line + 1, &found[1]);
                breaches.insert(found[1].to_owned(), problem);
            }
        }
    }
    hold(breaches, MISSING_FILES);
}
