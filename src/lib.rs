//! `ahm` answers questions about huge AI models from the command line.
//!
//! A question passes six places: a command in [`cli`] reads its flags into a [`query`]; the
//! [`catalog`] yields its [`model`]s; the query selects, sorts and groups them; [`analysis`] and
//! [`mod@chart`] make figures and pictures of them; [`output`] writes the answer.

pub(crate) mod analysis;
pub mod catalog;
pub(crate) mod chart;
pub mod cli;
pub mod error;
pub mod model;
pub mod output;
pub mod query;
pub mod text;
