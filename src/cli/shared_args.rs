//! The flags that all commands share.

use crate::cli::catalog_args::CatalogArgs;
use clap::{Args, ColorChoice};

#[derive(Debug, Args)]
pub(super) struct SharedArgs {
    #[command(flatten)]
    pub(super) source: CatalogArgs,

    /// When to use colors
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        ignore_case = true,
        default_value_t,
        help_heading = "Output"
    )]
    pub(super) color: ColorChoice,

    /// Do not use a pager for answers that are longer than the terminal
    #[arg(long, global = true, help_heading = "Output")]
    pub(super) no_pager: bool,

    /// Print what makes this answer again: command, version, catalog and its hash
    #[arg(long, global = true, help_heading = "Output")]
    pub(super) receipt: bool,
}
