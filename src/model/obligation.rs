//! Which duties does an event touch, and what do they cost: with a fine and without one?
//!
//! What a duty costs comes in steps, each with a chance that the user states: the event must be reported, the
//! authority acts, a fine follows. Costs that need no fine (telling people, watching their accounts, audits, an order
//! to stop) come first: they are likelier. A fine is bounded by the ceiling of the law,
//! max(amount, share × turnover), which is a bound and never a forecast.
//!
//! Ceilings: Regulation (EU) 2016/679 Art. 83(4), (5); Directive (EU) 2022/2555 Art. 34(4), (5); Regulation (EU)
//! 2022/2554 Art. 35; Regulation (EU) 2024/1689 Art. 99(3) to (6); 45 CFR 102.3 as adjusted on 28 January 2026.
//! Page: `docs/model/obligations.md`.

use rust_decimal::Decimal;

use super::{EstimateId, RiskId};

/// A duty of law or contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Obligation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which law or contract.
    pub regime: Regime,
    /// Risks whose events touch it.
    pub risks: Vec<RiskId>,
    /// The most that a fine can be, in the currency of the file; none where no law or contract bounds it, or where
    /// no fine is stated and what bounds it is not known.
    pub ceiling: Option<Decimal>,
    /// The chance that an event must be reported.
    pub reported: EstimateId,
    /// The chance that the authority acts on a report.
    pub acts: Option<EstimateId>,
    /// The chance that a fine follows where it acts.
    pub fined: Option<EstimateId>,
    /// What comes without a fine, in the order of [`DutyCost::ALL`].
    pub costs: Vec<(DutyCost, EstimateId)>,
    /// The fine, if there is one.
    pub fine: Option<EstimateId>,
}

/// What a duty costs without any fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyCost {
    /// Telling authorities and people.
    Notification,
    /// Watching accounts, credit monitoring.
    Monitoring,
    /// Audits that the authority asks for.
    Audits,
    /// What an order to stop costs.
    Standstill,
}

impl DutyCost {
    /// All of them: the likelier first.
    pub const ALL: [Self; 4] = [Self::Notification, Self::Monitoring, Self::Audits, Self::Standstill];

    /// The key in a file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Notification => "notification",
            Self::Monitoring => "monitoring",
            Self::Audits => "audits",
            Self::Standstill => "standstill",
        }
    }

    /// Whether it comes only where the authority acts; else wherever the event must be reported.
    pub fn needs_authority(self) -> bool {
        matches!(self, Self::Audits | Self::Standstill)
    }
}

/// A law or a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    /// GDPR, Article 83(4): duties of controllers and processors.
    Gdpr4,
    /// GDPR, Article 83(5): principles and rights.
    Gdpr5,
    /// NIS2, essential entities.
    Nis2Essential,
    /// NIS2, important entities.
    Nis2Important,
    /// DORA, critical third-party providers.
    Dora,
    /// HIPAA, did not know.
    Hipaa1,
    /// HIPAA, reasonable cause.
    Hipaa2,
    /// HIPAA, wilful neglect, corrected in time.
    Hipaa3,
    /// HIPAA, wilful neglect, not corrected.
    Hipaa4,
    /// The contract of card schemes.
    Pci,
    /// AI Act, Article 99(3): forbidden practices.
    AiAct3,
    /// AI Act, Article 99(4): duties of operators.
    AiAct4,
    /// AI Act, Article 99(5): false information.
    AiAct5,
    /// Any other.
    Own,
}

/// The most that a law allows: the higher of an amount and a share of turnover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceiling {
    /// Its currency.
    pub currency: &'static str,
    /// The amount.
    pub amount: Decimal,
    /// The share of yearly turnover.
    pub share: Decimal,
}

/// How often public figures say that a fine follows a report: an order of magnitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BaseRate {
    /// Fines for each report.
    pub share: f64,
    /// In words, with the counts.
    pub says: &'static str,
}

impl Regime {
    /// Every regime with its word in a file.
    pub const ALL: [(&'static str, Self); 14] = [
        ("GDPR 83(4)", Self::Gdpr4),
        ("GDPR 83(5)", Self::Gdpr5),
        ("NIS2 essential", Self::Nis2Essential),
        ("NIS2 important", Self::Nis2Important),
        ("DORA", Self::Dora),
        ("HIPAA tier 1", Self::Hipaa1),
        ("HIPAA tier 2", Self::Hipaa2),
        ("HIPAA tier 3", Self::Hipaa3),
        ("HIPAA tier 4", Self::Hipaa4),
        ("PCI DSS", Self::Pci),
        ("AI Act 99(3)", Self::AiAct3),
        ("AI Act 99(4)", Self::AiAct4),
        ("AI Act 99(5)", Self::AiAct5),
        ("own", Self::Own),
    ];

    /// The regime of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, regime)| regime)
    }

    /// Its word in a file.
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, regime)| *regime == self).map_or("own", |(word, _)| word)
    }

    /// The ceiling by law, where there is one.
    pub fn law(self) -> Option<Ceiling> {
        let of = |currency, amount: i64, per_mille: i64| {
            let share = Decimal::new(per_mille, 3);
            Some(Ceiling { currency, amount: Decimal::from(amount), share })
        };
        match self {
            Self::Gdpr4 | Self::Nis2Essential => of("EUR", 10_000_000, 20),
            Self::Gdpr5 => of("EUR", 20_000_000, 40),
            Self::Nis2Important => of("EUR", 7_000_000, 14),
            // 1 % of average daily turnover a day, for 183 days at most.
            Self::Dora => {
                let share = Decimal::new(183, 2).checked_div(Decimal::from(365))?;
                Some(Ceiling { currency: "EUR", amount: Decimal::ZERO, share })
            }
            Self::Hipaa1 | Self::Hipaa2 | Self::Hipaa3 | Self::Hipaa4 => of("USD", 2_190_294, 0),
            Self::AiAct3 => of("EUR", 35_000_000, 70),
            Self::AiAct4 => of("EUR", 15_000_000, 30),
            Self::AiAct5 => of("EUR", 7_500_000, 10),
            Self::Pci | Self::Own => None,
        }
    }

    /// Whether small and medium-sized firms owe the lower of amount and share.
    pub fn spares_the_small(self) -> bool {
        matches!(self, Self::AiAct3 | Self::AiAct4 | Self::AiAct5)
    }

    /// What a reader of the ceiling must know.
    pub fn says(self) -> &'static str {
        match self {
            Self::Gdpr4 => {
                "GDPR, Article 83(4): the higher of 10 million EUR and 2% of the group's worldwide turnover of the year before"
            }
            Self::Gdpr5 => {
                "GDPR, Article 83(5): the higher of 20 million EUR and 4% of the group's worldwide turnover of the year before"
            }
            Self::Nis2Essential => {
                "NIS2, Article 34(4): at least 10 million EUR or 2% of the group's worldwide turnover, whichever is higher; national law may go further"
            }
            Self::Nis2Important => {
                "NIS2, Article 34(5): at least 7 million EUR or 1.4% of the group's worldwide turnover, whichever is higher; national law may go further"
            }
            Self::Dora => {
                "DORA, Article 35: critical third-party providers pay up to 1% of average daily worldwide turnover a day, for up to six months; for others national law sets the fines"
            }
            Self::Hipaa1 => {
                "HIPAA, tier 1: 2,190,294 USD a year for violations of one provision (28 January 2026); the authority says that it applies a cap of 36,505.50"
            }
            Self::Hipaa2 => {
                "HIPAA, tier 2: 2,190,294 USD a year for violations of one provision (28 January 2026); the authority says that it applies a cap of 146,053"
            }
            Self::Hipaa3 => {
                "HIPAA, tier 3: 2,190,294 USD a year for violations of one provision (28 January 2026); the authority says that it applies a cap of 365,052"
            }
            Self::Hipaa4 => "HIPAA, tier 4: 2,190,294 USD a year for violations of one provision (28 January 2026)",
            Self::Pci => "PCI DSS: what the contract with the acquirer says; nothing of it is published",
            Self::AiAct3 => {
                "AI Act, Article 99(3): the higher of 35 million EUR and 7% of worldwide turnover; for small and medium-sized firms the lower"
            }
            Self::AiAct4 => {
                "AI Act, Article 99(4): the higher of 15 million EUR and 3% of worldwide turnover; for small and medium-sized firms the lower"
            }
            Self::AiAct5 => {
                "AI Act, Article 99(5): the higher of 7.5 million EUR and 1% of worldwide turnover; for small and medium-sized firms the lower"
            }
            Self::Own => "as the file says",
        }
    }

    /// The same in German, with English marks in its numbers.
    pub fn says_in_german(self) -> &'static str {
        match self {
            Self::Gdpr4 => {
                "DSGVO, Artikel 83 Absatz 4: der höhere Betrag aus 10 Millionen EUR und 2 % des weltweiten Vorjahresumsatzes der Gruppe"
            }
            Self::Gdpr5 => {
                "DSGVO, Artikel 83 Absatz 5: der höhere Betrag aus 20 Millionen EUR und 4 % des weltweiten Vorjahresumsatzes der Gruppe"
            }
            Self::Nis2Essential => {
                "NIS2, Artikel 34 Absatz 4: mindestens 10 Millionen EUR oder 2 % des weltweiten Umsatzes der Gruppe, je nachdem, was höher ist; nationales Recht kann weiter gehen"
            }
            Self::Nis2Important => {
                "NIS2, Artikel 34 Absatz 5: mindestens 7 Millionen EUR oder 1.4 % des weltweiten Umsatzes der Gruppe, je nachdem, was höher ist; nationales Recht kann weiter gehen"
            }
            Self::Dora => {
                "DORA, Artikel 35: Kritische Drittdienstleister zahlen bis zu 1 % des durchschnittlichen weltweiten Tagesumsatzes je Tag, längstens sechs Monate; für andere bestimmt nationales Recht die Bußgelder"
            }
            Self::Hipaa1 => {
                "HIPAA, Stufe 1: 2,190,294 USD im Jahr für Verstöße gegen eine Vorschrift (28. Januar 2026); die Behörde wendet nach eigenen Angaben eine Grenze von 36,505.50 an"
            }
            Self::Hipaa2 => {
                "HIPAA, Stufe 2: 2,190,294 USD im Jahr für Verstöße gegen eine Vorschrift (28. Januar 2026); die Behörde wendet nach eigenen Angaben eine Grenze von 146,053 an"
            }
            Self::Hipaa3 => {
                "HIPAA, Stufe 3: 2,190,294 USD im Jahr für Verstöße gegen eine Vorschrift (28. Januar 2026); die Behörde wendet nach eigenen Angaben eine Grenze von 365,052 an"
            }
            Self::Hipaa4 => {
                "HIPAA, Stufe 4: 2,190,294 USD im Jahr für Verstöße gegen eine Vorschrift (28. Januar 2026)"
            }
            Self::Pci => "PCI DSS: was der Vertrag mit dem Acquirer sagt; nichts davon ist veröffentlicht",
            Self::AiAct3 => {
                "KI-Verordnung, Artikel 99 Absatz 3: der höhere Betrag aus 35 Millionen EUR und 7 % des weltweiten Umsatzes; für kleine und mittlere Unternehmen der niedrigere"
            }
            Self::AiAct4 => {
                "KI-Verordnung, Artikel 99 Absatz 4: der höhere Betrag aus 15 Millionen EUR und 3 % des weltweiten Umsatzes; für kleine und mittlere Unternehmen der niedrigere"
            }
            Self::AiAct5 => {
                "KI-Verordnung, Artikel 99 Absatz 5: der höhere Betrag aus 7.5 Millionen EUR und 1 % des weltweiten Umsatzes; für kleine und mittlere Unternehmen der niedrigere"
            }
            Self::Own => "wie die Datei sagt",
        }
    }

    /// How often a fine follows a report, by public figures.
    pub fn base_rate(self) -> Option<BaseRate> {
        match self {
            // (2,245 − 1,576) / 2 fines a year; 363 × 365 notifications.
            Self::Gdpr4 | Self::Gdpr5 => Some(BaseRate {
                share: 334.5 / 132_495.0,
                says: "335 fines of all kinds a year (CMS, March 2023 to March 2025) beside 132,495 notified breaches (DLA Piper, 363 a day in 2024)",
            }),
            Self::Hipaa1 | Self::Hipaa2 | Self::Hipaa3 | Self::Hipaa4 => Some(BaseRate {
                share: 126.0 / 309_475.0,
                says: "126 settlements or penalties in 309,475 complaints (HHS, to September 2022)",
            }),
            _ => None,
        }
    }
}

impl Ceiling {
    /// The ceiling for a turnover, in its own currency; of a small firm the lower of the two, where the law spares it.
    pub fn of_turnover(&self, turnover: Decimal, is_spared: bool) -> Option<Decimal> {
        let of_turnover = self.share.checked_mul(turnover)?;
        Some(if is_spared { self.amount.min(of_turnover) } else { self.amount.max(of_turnover) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Arithmetic;

    #[test]
    fn ceilings_are_those_of_the_law() {
        let ceiling = |word: &str, turnover: i64, is_spared: bool| {
            let law = Regime::of_word(word).unwrap().law().unwrap();
            <f64 as Arithmetic>::from_decimal(law.of_turnover(Decimal::from(turnover), is_spared).unwrap())
        };
        let reference: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/reference/calibration.json")).unwrap();
        for case in reference["nis2_cap"].as_array().unwrap() {
            let word = format!("NIS2 {}", case["kind"].as_str().unwrap());
            let turnover = case["turnover"].as_f64().unwrap() as i64;
            assert_eq!(ceiling(&word, turnover, false), case["cap"].as_f64().unwrap());
        }
        for case in reference["gdpr_start"].as_array().unwrap() {
            let word = format!("GDPR {}", case["article"].as_str().unwrap());
            let turnover = case["turnover"].as_f64().unwrap() as i64;
            assert_eq!(ceiling(&word, turnover, false), case["legal_max"].as_f64().unwrap());
        }
        assert_eq!(ceiling("GDPR 83(4)", 400_000_000, false), 10_000_000.0);
        assert_eq!(ceiling("NIS2 important", 1_000_000_000, false), 14_000_000.0);
        // 10,000 a day for half a year.
        assert!((ceiling("DORA", 365_000_000, false) - 1_830_000.0).abs() < 0.01);
        assert_eq!(ceiling("AI Act 99(3)", 100_000_000, true), 7_000_000.0);
        assert_eq!(ceiling("AI Act 99(3)", 100_000_000, false), 35_000_000.0);
        assert_eq!(ceiling("HIPAA tier 2", 1, false), 2_190_294.0);
        for (word, regime) in Regime::ALL {
            assert_eq!((regime.word(), Regime::of_word(word)), (word, Some(regime)));
        }
        let rate = Regime::Gdpr4.base_rate().unwrap().share;
        assert!((0.0024..0.0026).contains(&rate), "{rate}");
    }
}
