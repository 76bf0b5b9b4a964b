use super::*;

#[test]
fn headings_of_five_languages_name_what_they_hold() {
    use Phase::{After, Inherent, Today, Unsaid};
    for (heading, role, phase) in [
        ("Risk ID", Role::Id, Unsaid),
        ("Risiko", Role::Name, Unsaid),
        ("Häufigkeit", Role::Frequency, Unsaid),
        ("Schaden wahrsch.", Role::LossLikely, Unsaid),
        ("Kosten jährlich", Role::CostYearly, Unsaid),
        ("Likelihood (1-5)", Role::Likelihood, Unsaid),
        ("Residual Impact", Role::Loss, After),
        ("Inherent Score", Role::Score, Inherent),
        ("current_proba", Role::Likelihood, Today),
        ("Likely Initial Risk", Role::Expected, Today),
        ("Initial risk", Role::Loss, Today),
        ("Cost of Measures", Role::Cost, Unsaid),
        ("max_loss", Role::LossMax, Unsaid),
        ("likelihood_1_to_5", Role::Likelihood, Unsaid),
        ("Single loss (EUR)", Role::Loss, Unsaid),
        ("Before Likelihood", Role::Likelihood, Today),
        ("Coût annuel", Role::CostYearly, Unsaid),
        ("Fréquence", Role::Frequency, Unsaid),
        ("Pérdida máxima", Role::LossMax, Unsaid),
        ("Probabilità", Role::Likelihood, Unsaid),
        ("Probability per year", Role::Likelihood, Unsaid),
        ("Loss P90", Role::LossP90, Unsaid),
        ("Frequency min", Role::FrequencyMin, Unsaid),
        ("Häufigkeit hoch", Role::FrequencyHigh, Unsaid),
        ("Events per year (most likely)", Role::FrequencyLikely, Unsaid),
        ("Fréquence max", Role::FrequencyMax, Unsaid),
        ("Once every ... years", Role::Frequency, Unsaid),
        ("Min", Role::LossMin, Unsaid),
        ("Worst case (EUR)", Role::LossMax, Unsaid),
        ("Worst case loss", Role::LossMax, Unsaid),
        ("Existing control", Role::Existing, Unsaid),
        ("Control ID", Role::ControlId, Unsaid),
        ("Währung", Role::Currency, Unsaid),
        ("Jaarlijkse kosten", Role::CostYearly, Unsaid),
        ("Recommended Controls", Role::Control, Unsaid),
        ("existing_applied_controls", Role::Existing, Unsaid),
        ("Impact description", Role::Remark, Unsaid),
        ("risk_score", Role::Score, Unsaid),
        ("Risk Owner", Role::Owner, Unsaid),
        ("Low (5%)", Role::LossLow, Unsaid),
        ("threat_event", Role::Name, Unsaid),
        ("Residual Risk (H/M/L)", Role::Score, After),
        ("Expected loss (EUR)", Role::Expected, Unsaid),
        ("Loss per year (EUR)", Role::Expected, Unsaid),
        ("Impact par an (k€)", Role::Expected, Unsaid),
        ("Kosten der Maßnahme p.a. (T€)", Role::CostYearly, Unsaid),
        ("Yearly control cost", Role::CostYearly, Unsaid),
        ("Annual loss event frequency", Role::Frequency, Unsaid),
        ("Annual frequency", Role::Frequency, Unsaid),
        ("Pérdida más probable", Role::LossLikely, Unsaid),
        ("Impact maximum (k€)", Role::LossMax, Unsaid),
        ("Safeguard", Role::Control, Unsaid),
        ("Mesure de réduction", Role::Control, Unsaid),
        ("Control cost (€ p.a.)", Role::CostYearly, Unsaid),
        ("Loss (EUR per year)", Role::Expected, Unsaid),
        ("Loss (worst case of 20 years)", Role::Loss, Unsaid),
        ("Loss per month", Role::Loss, Unsaid),
        ("Cost per month", Role::Cost, Unsaid),
        ("Per month", Role::Frequency, Unsaid),
        ("Breaches per year", Role::Frequency, Unsaid),
        ("Threats pro Jahr", Role::Frequency, Unsaid),
        ("Per year (EUR)", Role::Frequency, Unsaid),
        ("Eintritt", Role::Likelihood, Unsaid),
        ("Réf.", Role::Id, Unsaid),
        ("Barriers", Role::Control, Unsaid),
        ("Schadenhöhe min", Role::LossMin, Unsaid),
        ("Impact (€k) Low", Role::LossLow, Unsaid),
        ("Loss (max)", Role::LossMax, Unsaid),
        ("Loss (most likely)", Role::LossLikely, Unsaid),
        ("Schaden tief", Role::LossLow, Unsaid),
        ("Schaden hoch (CHF)", Role::LossHigh, Unsaid),
        ("Schaden von", Role::LossLow, Unsaid),
        ("Loss to", Role::LossHigh, Unsaid),
        ("Damage to buildings", Role::Loss, Unsaid),
        ("Impact (low-high)", Role::Loss, Unsaid),
        ("Likelihood (residual)", Role::Likelihood, After),
        ("Loss (inherent)", Role::Loss, Inherent),
    ] {
        assert_eq!(guess(heading), Guess::Clear(Meaning { role, phase }), "{heading}");
    }
    for point in ["Zorgle", "Median loss", "Loss (median)", "Loss P80", "Loss std. dev.", "Records low", "Users max"] {
        assert_eq!(guess(point), Guess::Unknown, "{point}");
    }
    assert_eq!(guess("Treatment cost"), Guess::Doubt(vec![Role::Cost, Role::Remark]), "its cells decide");
    // The most that an event can cost, or a year?
    for most in ["Max loss per year", "Maximum annual loss", "Jährlicher Schaden max"] {
        assert_eq!(guess(most), Guess::Doubt(vec![Role::LossMax, Role::Expected]), "{most}");
    }
    assert_eq!(guess("Median annual loss"), Guess::Unknown);
}
