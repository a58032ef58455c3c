//! `ahm stats`: groups of models, or how many have each key.

mod chart;
mod columns;
mod cross;
mod figures;
mod grouping;
mod order;
mod sql;

use crate::catalog::Catalog;
use crate::cli::chart_args::ChartArgs;
use crate::cli::filter_args::FilterArgs;
use crate::cli::limit_args::{LimitArgs, shown_of};
use crate::cli::picture::footer;
use crate::cli::sql_args::{self, SqlArgs};
use crate::cli::trimmed::trimmed;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::column::{ColumnRef, distinct};
use crate::model::figure::grouped;
use crate::model::heading::Heading;
use crate::model::schema::{self, COLUMNS};
use crate::model::value::{Kind, Value};
use crate::output::sql::Dialect;
use crate::output::{Output, OutputArgs, Report};
use crate::query::Query;
use crate::query::coverage::Counts;
use crate::query::evidence::Matches;
use crate::query::group::Group;
use crate::text::capitalized;
use clap::Args;
use cross::CrossLayout;
use figures::Tally;
use grouping::GroupQuery;
use order::GroupOrder;
use sql::GroupSql;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Without --by, counts the models that have each key. With --by, counts the models of each value and
summarizes a figure of the `n` models that have it (ratios and the like have no sum). A model with several values
counts in each of their groups, and shares may then add up to more than 100 %.

With two keys, the table has a row for each value of the first and a column for each value of the
second: dates newest first, words most frequent first. Cells show the number of models and its share
of the row; with --of, the median and, in parentheses, the number of models that have the figure.
Machine formats have a row for each pair.

-n limits the groups of the first key. --sort takes `count`, the first key, or a statistic of the
first figure: median, min, max, sum, n. Bars always show counts.

Examples:
  ahm stats                               what is known
  ahm stats --by org --since 2021 -n 10   who made most models
  ahm stats --by year --of compute        the compute of each year
  ahm stats --by year,access --chart      open and closed models a year
")]
pub(crate) struct Stats {
    /// Key to group by, or two keys for a cross table
    #[arg(
        long,
        value_name = "KEY[,KEY]",
        value_delimiter = ',',
        value_parser = trimmed(schema::parse_group_key)
    )]
    by: Vec<ColumnRef>,

    /// Figures to summarize; only one with two keys [default: params; none with two keys]
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = trimmed(schema::parse_figure),
        requires = "by"
    )]
    of: Vec<ColumnRef>,

    /// Count each family once, by its largest model that matches
    #[arg(long, requires = "by")]
    families: bool,

    /// Sort keys, most significant first; append `:asc` or `:desc`
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    sort: Vec<String>,

    /// Reverse the order; missing values stay last
    #[arg(long, help_heading = "Output")]
    reverse: bool,

    /// Draw the counts as bars below the table
    #[arg(long, requires = "by", help_heading = "Output")]
    chart: bool,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    limit: LimitArgs,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    sql: SqlArgs,

    #[command(flatten)]
    svg: ChartArgs,
}

const KEY: Heading<'static> = Heading::new("key", "Key", Kind::Word, 0);

const PARAMS: ColumnRef = schema::column("params");

impl Stats {
    pub(crate) fn run(self, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        let by = distinct(self.by.iter().copied());
        if by.len() > 2 {
            let count = by.len();
            let what = format!("`--by` takes one or two keys, not {count}");
            return Err(Error::Misuse(what));
        }
        if self.chart && !self.output.has_picture() {
            let what = "`--chart` needs `-f table` or `-f html` without `--columns`; otherwise use `--svg FILE`";
            return Err(Error::Misuse(what.to_owned()));
        }
        let query = self.filters.query(out);
        if let Some(dialect) = self.sql.sql {
            return self.print_sql(dialect, &by, (&query, catalog), out);
        }
        match &*by {
            [] => self.coverage(&query, catalog, out),
            [by, second @ ..] => {
                let keys = (*by, second.first().copied());
                self.grouped(keys, &query, catalog, out)
            }
        }
    }

    /// How many models have each key.
    fn coverage(self, query: &Query, catalog: &Catalog, out: &mut Output) -> Result<Found, Error> {
        if self.svg.is_asked() {
            return Err(Error::Misuse("a chart needs `--by KEY`".to_owned()));
        }
        let order = GroupOrder::parse(&self.sort, self.reverse, (KEY, &[]), &[])?;
        let needs = COLUMNS.iter().map(|column| column.needs);
        let needs = needs.fold(Keys::default(), Keys::union);
        let answer = query.scan((catalog, needs), Counts::default(), |counts, model, _| {
            counts.add(model);
        })?;
        out.notes(&answer.note);
        let known = answer.result.known.into_iter().chain(std::iter::repeat(0));
        let groups = COLUMNS.iter().zip(known).map(|(column, count)| Group {
            value: Value::from(column.heading.key),
            count,
            result: Tally::default(),
        });
        let mut groups = order.sorted(groups.collect());
        groups.truncate(self.limit.rows.unwrap_or(usize::MAX));
        let Matches {
            matched, scanned, ..
        } = answer.matches;
        let shown = shown_of(groups.len(), COLUMNS.len(), "keys").filter(|_| matched > 0);
        let (fresh, charset) = (catalog.freshness(), out.charset());
        let sheet = figures::sheet(KEY, &[], (&groups, matched), charset);
        let title = format!("What is known of {}", self.filters.subject(true));
        let mut report = Report::new(sheet).titled(title);
        if matched == 0 {
            // People see no table of zeros.
            report.summary = vec![figures::sheet(KEY, &[], (&[], 0), charset)];
        }
        let none = (matched == 0).then(|| "no model matches".to_owned());
        let may_match = answer.matches.may_match(&query.condition);
        report.captions = [shown, none, may_match].into_iter().flatten().collect();
        report = report.remark(format_args!(
            "{} of {} models{fresh}",
            grouped(matched as f64),
            grouped(scanned as f64)
        ));
        report.write(&self.output, out)?;
        Ok(Found::count(matched))
    }

    /// The figures to summarize.
    fn figures(&self, has_two_keys: bool) -> Result<Vec<ColumnRef>, Error> {
        let of = match &*self.of {
            [] if !has_two_keys => vec![PARAMS],
            of => distinct(of.iter().copied()),
        };
        match of.len() {
            count @ 2.. if has_two_keys => {
                let what = format!("with two keys, `--of` takes one figure, not {count}");
                Err(Error::Misuse(what))
            }
            _ => Ok(of),
        }
    }

    /// Prints the question as SQL.
    fn print_sql(
        &self,
        dialect: Dialect,
        by: &[ColumnRef],
        (query, catalog): (&Query, &Catalog),
        out: &mut Output,
    ) -> Result<Found, Error> {
        let has_chart = self.chart || self.svg.is_asked();
        let is_ordered = self.limit.rows.is_some() || self.reverse || !self.sort.is_empty();
        let refused = match by {
            [] => Some("`--sql` needs `--by KEY`"),
            _ if has_chart => Some("`--sql` has no chart; leave out `--chart` and `--svg`"),
            _ if self.output.names_keys() => Some("`--sql` has every column; leave out `-c`"),
            [_, _] if is_ordered => Some(
                "`--sql` with two keys takes no `--sort`, `--reverse` or `-n`; sort and limit in the engine",
            ),
            [_] if self.reverse && self.sort.is_empty() => {
                Some("`--reverse` with `--sql` needs `--sort KEY`")
            }
            _ => None,
        };
        if let Some(what) = refused {
            return Err(Error::Misuse(what.to_owned()));
        }
        let of = self.figures(by.len() > 1)?;
        let own = (by[0].heading, by[0].aliases);
        let groups = GroupSql {
            by,
            of: &of,
            families: self.families,
            order: &GroupOrder::parse(&self.sort, self.reverse, own, &of)?,
            limit: self.limit.rows,
        };
        let statement = groups.statement(dialect, (query, catalog))?;
        let families = self.families.then(|| "each family once".to_owned());
        let words = [self.filters.words(), families.unwrap_or_default()];
        sql_args::print(&statement, (dialect, &words), (query, catalog), out)
    }

    /// The models of each value of a key, or of each pair of two.
    fn grouped(
        self,
        (by, second): (ColumnRef, Option<ColumnRef>),
        query: &Query,
        catalog: &Catalog,
        out: &mut Output,
    ) -> Result<Found, Error> {
        let of = self.figures(second.is_some())?;
        let own = (by.heading, by.aliases);
        let order = GroupOrder::parse(&self.sort, self.reverse, own, &of)?;
        let group_query = GroupQuery {
            by,
            second,
            of: &of,
            is_of_asked: !self.of.is_empty(),
            families: self.families,
            marks: self.output.look.marks(),
        };
        let grouping = group_query.scan((query, catalog), &order, self.limit.rows)?;
        out.notes(&grouping.note);
        let names = of.iter().map(|own| figures::names(own, of.len() > 1));
        let named: Vec<_> = of.iter().copied().zip(names).collect();
        let layout;
        let mut report = match &grouping.columns {
            None => {
                let groups = (&*grouping.groups, grouping.models);
                Report::new(figures::sheet(by.heading, &named, groups, out.charset()))
            }
            Some(columns) => {
                layout = CrossLayout::of(&grouping, columns, out.width());
                let mut report = Report::new(cross::pairs(&grouping, columns, &named));
                report.summary = vec![cross::table(&grouping, columns, &layout)];
                report.captions = layout.captions(&grouping, columns);
                report
            }
        };
        let keys: Vec<String> = [by]
            .into_iter()
            .chain(second)
            .map(|own| own.in_title())
            .collect();
        let subject = self.filters.subject(true);
        let title = format!("{}, by {}", capitalized(&subject), keys.join(" and "));
        report = report.titled(title);
        let until = self.filters.last_month().or(catalog.last_month());
        let cells = std::mem::take(&mut report.captions);
        report.captions = grouping.captions(&catalog.freshness(), until);
        report.captions.extend(grouping.evidence());
        report.captions.extend(cells);
        let draw = || {
            let captions = grouping.captions(&"", until);
            chart::chart(&grouping, &subject, footer(catalog, &captions))
        };
        let found = Found::count(grouping.models);
        let sources = (catalog, &self.output);
        self.svg.write(self.chart, report, draw, sources, out)?;
        Ok(found)
    }
}
