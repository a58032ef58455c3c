//! `ahm`: huge AI models, answerable from the command line.
//!
//! What is typed ([`cli`], [`filters`], [`display`]), what is asked ([`query`], [`condition`])
//! and what is shown ([`mod@column`], [`render`]) are three things. A new figure is a field in
//! [`model`] and a row in [`columns`]; a new command is a file in [`commands`]; a new format is a
//! file in [`render`].

pub mod about;
pub mod audit;
pub mod catalog;
pub mod chart;
pub mod check;
pub mod chip;
pub mod citation;
pub mod cli;
pub mod column;
pub mod columns;
pub mod commands;
pub mod condition;
pub mod coverage;
pub mod date;
pub mod derivation;
pub mod derive;
pub mod display;
pub mod entry;
pub mod error;
pub mod estimate;
pub mod explanation;
pub mod figure;
pub mod filters;
pub mod finding;
pub mod framework;
pub mod freshness;
pub mod frontier;
pub mod group;
pub mod hardware;
pub mod host;
pub mod layout;
pub mod lists;
pub mod look;
pub mod machine;
pub mod mark;
pub mod merges;
pub mod mistake;
pub mod model;
pub mod name;
pub mod names;
pub mod nested;
pub mod operator;
pub mod output;
pub mod parser;
pub mod pattern;
pub mod physics;
pub mod picture;
pub mod position;
pub mod provenance;
pub mod quantity;
pub mod query;
pub mod reader;
pub mod record;
pub mod render;
pub mod rules;
pub mod run;
pub mod size;
pub mod slip;
pub mod source;
pub mod stats;
pub mod survey;
pub mod term;
pub mod text;
pub mod trend;
pub mod value;
pub mod version;
pub mod way;
