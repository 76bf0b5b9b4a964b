//! What does each chart show, before anything is drawn?
//!
//! Plain figures and names: a chart here knows its data, the words around it and how its money is written, and nothing
//! of shapes, colours or files. The same value feeds the picture and the table of figures behind the picture, so the
//! two cannot disagree.

/// One chart: its words and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Short name, unique among the charts of one report; it becomes part of file names and of anchors in a page.
    pub id: String,
    /// The statement at the top of the picture.
    pub title: String,
    /// One or two sentences for captions and for readers who cannot see the picture.
    pub description: String,
    /// A line below the picture, such as "Example figures, to be replaced".
    pub note: Option<String>,
    /// The figures, and with them the form of the picture.
    pub kind: ChartKind,
}

/// The figures of a chart; one variant for each form of picture.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChartKind {
    /// Average loss per year of each risk, today and with each plan.
    LossByRisk(LossByRisk),
    /// What each plan costs against what it avoids.
    CostAgainstLossAvoided(CostAgainstLossAvoided),
    /// The running balance of each plan over the years.
    CumulativeCash(CumulativeCash),
}

/// Average loss per year by risk and option, the worst of today first.
#[derive(Debug, Clone, PartialEq)]
pub struct LossByRisk {
    /// The options in order; the first is today.
    pub options: Vec<String>,
    /// The risks, largest loss today first.
    pub risks: Vec<RiskLosses>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One risk and its average loss per year under each option.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskLosses {
    /// Name of the risk.
    pub name: String,
    /// Expected annual loss, one for each option and in their order, in currency units.
    pub losses: Vec<f64>,
}

/// One point for each plan: present value of its cost and of the loss that it avoids.
#[derive(Debug, Clone, PartialEq)]
pub struct CostAgainstLossAvoided {
    /// The plans in their order, without today. The order decides colour and shape in every chart.
    pub plans: Vec<PlanPoint>,
    /// The horizon in words, such as "3 years".
    pub horizon: String,
    /// How amounts are written along the cost axis.
    pub cost_scale: Scale,
    /// How amounts are written along the loss axis.
    pub loss_scale: Scale,
}

/// One plan's two present values over the horizon, in currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPoint {
    /// Name of the plan.
    pub name: String,
    /// Present value of cost.
    pub cost: f64,
    /// Present value of loss avoided.
    pub loss_avoided: f64,
}

/// The running balance of each plan, year by year.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeCash {
    /// The plans in their order, without today.
    pub plans: Vec<PlanPath>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One plan's balance over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPath {
    /// Name of the plan.
    pub name: String,
    /// Loss avoided minus cost, summed up to the end of year 0, 1, …, in currency units.
    pub net: Vec<f64>,
    /// Years until the balance is back at zero; none where it does not get there.
    pub payback_years: Option<f64>,
}

/// How amounts along one axis are written: divided and with a letter for the size.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// ISO 4217 code.
    pub currency: String,
    /// What amounts are divided by.
    pub divisor: f64,
    /// What stands after the divided amount: nothing, k, M, bn or tn.
    pub suffix: &'static str,
}

const SIZES: [(f64, &str); 5] = [(1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, "")];

impl Chart {
    /// A chart without a note.
    pub fn new(id: &str, title: &str, description: &str, kind: ChartKind) -> Self {
        let text = str::to_owned;
        Self { id: text(id), title: text(title), description: text(description), note: None, kind }
    }

    /// The same chart with a line below the picture.
    #[must_use]
    pub fn with_note(mut self, note: &str) -> Self {
        self.note = Some(note.to_owned());
        self
    }
}

impl LossByRisk {
    /// Sorts the risks by their loss today (the first option), largest first; equal ones keep their order.
    pub fn new(currency: &str, options: Vec<String>, mut risks: Vec<RiskLosses>) -> Self {
        let today = |risk: &RiskLosses| risk.losses.first().copied().unwrap_or(0.0);
        risks.sort_by(|a, b| today(b).total_cmp(&today(a)));
        let scale = Scale::for_amounts(currency, risks.iter().flat_map(|r| r.losses.iter().copied()));
        Self { options, risks, scale }
    }
}

impl CostAgainstLossAvoided {
    /// Chooses the two axes apart: a plan may avoid a thousand times what it costs.
    pub fn new(currency: &str, horizon: &str, plans: Vec<PlanPoint>) -> Self {
        let cost_scale = Scale::for_amounts(currency, plans.iter().map(|p| p.cost));
        let loss_scale = Scale::for_amounts(currency, plans.iter().map(|p| p.loss_avoided));
        Self { plans, horizon: horizon.to_owned(), cost_scale, loss_scale }
    }
}

impl CumulativeCash {
    /// Chooses the axis from all balances.
    pub fn new(currency: &str, plans: Vec<PlanPath>) -> Self {
        let scale = Scale::for_amounts(currency, plans.iter().flat_map(|p| p.net.iter().copied()));
        Self { plans, scale }
    }
}

impl PlanPath {
    /// A balance whose payback is where the straight line between two year-ends first rises to zero.
    pub fn new(name: &str, net: Vec<f64>) -> Self {
        let payback_years = net.windows(2).enumerate().find_map(|(year, pair)| {
            let (before, after) = (pair[0], pair[1]);
            (before < 0.0 && after >= 0.0).then(|| year as f64 + before / (before - after))
        });
        Self { name: name.to_owned(), net, payback_years }
    }
}

impl Scale {
    /// The scale in which the ends of an axis for these amounts have one to three digits before the point.
    pub fn for_amounts(currency: &str, amounts: impl Iterator<Item = f64>) -> Self {
        let largest = amounts.fold(0.0_f64, |most, amount| most.max(amount.abs()));
        // An axis ends at a round amount above the largest, so the next size begins a little early: 1.0M, not 1,000k.
        let (divisor, suffix) = size_of(largest * 1.35);
        Self { currency: currency.to_owned(), divisor, suffix }
    }

    /// A label of an axis whose labels are `step` apart: "1.5M", "−200k", "0".
    pub fn tick(&self, amount: f64, step: f64) -> String {
        let shown_step = (step / self.divisor).abs();
        let decimals = if shown_step > 0.0 { (-shown_step.log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize } else { 0 };
        let digits = grouped(amount / self.divisor, decimals);
        if digits == "0" || digits.trim_matches(|c| matches!(c, '0' | '.' | '\u{2212}')).is_empty() {
            return "0".to_owned();
        }
        format!("{digits}{}", self.suffix)
    }

    /// One amount by itself, to three digits and in its own size: "1.23M", "456k", "4.00bn", "3".
    pub fn amount(&self, amount: f64) -> String {
        if !amount.is_finite() || amount == 0.0 {
            return "0".to_owned();
        }
        // Rounded before the size is chosen, so that 999,999 becomes 1.00M and not 1,000k.
        let place = 10_f64.powf(amount.abs().log10().floor() - 2.0);
        let rounded = if place > 0.0 { (amount / place).round() * place } else { amount };
        let (divisor, suffix) = size_of(rounded.abs() * (1.0 + 1e-12));
        let shown = rounded / divisor;
        let decimals = (2.0 - (shown.abs() * (1.0 + 1e-12)).log10().floor()).clamp(0.0, 6.0) as usize;
        let digits = grouped(shown, decimals);
        // Behind a size the zeros stay (2.90M above 2.74M); an amount in whole units is just written.
        let digits = match suffix {
            "" if digits.contains('.') => digits.trim_end_matches('0').trim_end_matches('.'),
            _ => &digits,
        };
        format!("{digits}{suffix}")
    }

    /// [`Scale::amount`] with the currency before it: "EUR 1.23M".
    pub fn amount_with_currency(&self, amount: f64) -> String {
        format!("{} {}", self.currency, self.amount(amount)).trim_start().to_owned()
    }
}

/// The figures behind the picture: column titles, then one row of text for each risk, plan or year. Amounts in full
/// units, thousands grouped; every risk has its row even where the picture adds the small ones up.
pub fn data_table(chart: &Chart) -> (Vec<String>, Vec<Vec<String>>) {
    match &chart.kind {
        ChartKind::LossByRisk(data) => {
            let mut header = vec!["Risk".to_owned()];
            header.extend(data.options.iter().map(|option| titled(option, &data.scale)));
            let row = |risk: &RiskLosses| {
                let figures = (0..data.options.len()).map(|i| risk.losses.get(i).map_or_else(String::new, |v| plain(*v)));
                std::iter::once(risk.name.clone()).chain(figures).collect()
            };
            (header, data.risks.iter().map(row).collect())
        }
        ChartKind::CostAgainstLossAvoided(data) => {
            let header = vec![
                "Option".to_owned(),
                titled("Present value of cost", &data.cost_scale),
                titled("Present value of loss avoided", &data.loss_scale),
                titled("Value today", &data.loss_scale),
            ];
            let row = |p: &PlanPoint| {
                vec![p.name.clone(), plain(p.cost), plain(p.loss_avoided), plain(p.loss_avoided - p.cost)]
            };
            (header, data.plans.iter().map(row).collect())
        }
        ChartKind::CumulativeCash(data) => {
            let mut header = vec!["Year".to_owned()];
            header.extend(data.plans.iter().map(|plan| titled(&plan.name, &data.scale)));
            let years = data.plans.iter().map(|plan| plan.net.len()).max().unwrap_or(0);
            let row = |year: usize| {
                let figures = data.plans.iter().map(|plan| plan.net.get(year).map_or_else(String::new, |v| plain(*v)));
                std::iter::once(year.to_string()).chain(figures).collect()
            };
            (header, (0..years).map(row).collect())
        }
    }
}

fn titled(name: &str, scale: &Scale) -> String {
    if scale.currency.is_empty() { name.to_owned() } else { format!("{name} ({})", scale.currency) }
}

fn size_of(largest: f64) -> (f64, &'static str) {
    SIZES.into_iter().find(|(divisor, _)| largest >= *divisor).unwrap_or((1.0, ""))
}

/// A table's amount: whole units from 100 on, cents below, and a hyphen as minus so that it can be pasted.
fn plain(amount: f64) -> String {
    let decimals = if amount.abs() < 100.0 && amount.fract() != 0.0 { 2 } else { 0 };
    grouped(amount, decimals).replace('\u{2212}', "-")
}

fn grouped(amount: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", amount.abs());
    let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
    let mut text = String::new();
    if amount < 0.0 && digits.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        text.push('\u{2212}');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(largest: f64) -> Scale {
        Scale::for_amounts("EUR", [largest].into_iter())
    }

    #[test]
    fn amounts_are_written_with_three_digits_in_their_own_size() {
        let scale = euro(1.0);
        let cases = [
            (0.0, "0"), (-0.0, "0"), (3.0, "3"), (0.031, "0.031"), (999.0, "999"), (1234.0, "1.23k"), (100_000.0, "100k"),
            (999_999.0, "1.00M"), (1.5e6, "1.50M"), (-45_678.0, "\u{2212}45.7k"), (4e12, "4.00tn"), (4.2e15, "4,200tn"),
        ];
        for (amount, text) in cases {
            assert_eq!(scale.amount(amount), text);
        }
        assert_eq!(scale.amount_with_currency(2e9), "EUR 2.00bn");
    }

    #[test]
    fn labels_of_an_axis_share_one_size_and_as_many_decimals_as_their_step_needs() {
        let scale = euro(1.8e6);
        let labels: Vec<_> = [-5e5, 0.0, 5e5, 1e6].iter().map(|v| scale.tick(*v, 5e5)).collect();
        assert_eq!(labels, ["\u{2212}0.5M", "0", "0.5M", "1.0M"]);
        assert_eq!(euro(3.0).tick(1.0, 1.0), "1");
        assert_eq!(euro(4e12).tick(4e12, 1e12), "4tn");
        assert_eq!(euro(0.0).tick(0.0, 0.0), "0");
    }

    #[test]
    fn risks_come_sorted_by_their_loss_today() {
        let risk = |name: &str, loss| RiskLosses { name: name.into(), losses: vec![loss] };
        let data = LossByRisk::new("EUR", vec!["Today".into()], vec![risk("a", 1.0), risk("b", 3.0), risk("c", 3.0)]);
        assert_eq!(data.risks.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    }

    #[test]
    fn payback_is_where_the_balance_rises_to_zero() {
        assert_eq!(PlanPath::new("p", vec![-100.0, -50.0, 50.0]).payback_years, Some(1.5));
        assert_eq!(PlanPath::new("p", vec![-100.0, 0.0]).payback_years, Some(1.0));
        assert_eq!(PlanPath::new("p", vec![-100.0, -50.0]).payback_years, None);
        assert_eq!(PlanPath::new("p", vec![0.0, 0.0]).payback_years, None);
    }

    #[test]
    fn the_table_behind_a_picture_holds_every_figure_in_full() {
        let paths = vec![PlanPath::new("Core", vec![-1_234_567.0, 2.5]), PlanPath::new("Long", vec![0.0])];
        let chart = Chart::new("cash", "t", "d", ChartKind::CumulativeCash(CumulativeCash::new("EUR", paths)));
        let (header, rows) = data_table(&chart);
        assert_eq!(header, ["Year", "Core (EUR)", "Long (EUR)"]);
        assert_eq!(rows, [["0", "-1,234,567", "0"], ["1", "2.50", ""]]);
    }
}
