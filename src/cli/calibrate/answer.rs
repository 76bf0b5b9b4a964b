//! What becomes of an estimate: it is printed, written into its case, drawn.

use std::path::Path;

use super::{Form, Goal, one};
use crate::calibrate::Proposal;
use crate::calibrate::amounts::Fitted;
use crate::cli::{Failed, Terminal, files, write};
use crate::report::texts::{line, texts};
use crate::scenario::{Source, parse};

/// Draws the data against the fit.
pub(super) fn picture(out: Option<&Path>, fitted: &Fitted, terminal: &Terminal) -> Result<(), Failed> {
    let Some(path) = out else { return Ok(()) };
    #[cfg(feature = "charts")]
    {
        let picture = crate::calibrate::picture::chart(fitted);
        let drawn = picture.svg(picture.size()).map_err(|fault| {
            terminal.fault(&format!("the picture cannot be drawn: {fault}"), &["the text holds the same figures"]);
            Failed
        })?;
        write::whole(path, drawn.as_bytes(), terminal)?;
        terminal.note(&line(texts(fitted.proposal.voice).calibrated.drawn, &[("file", &path.display())]));
        Ok(())
    }
    #[cfg(not(feature = "charts"))]
    {
        let _ = fitted;
        terminal.fault(&format!("{} cannot be drawn: this rosi is built without charts", path.display()), &[]);
        Err(Failed)
    }
}

/// Prints the estimate, or writes it into its case.
pub(super) fn answer(proposal: &Proposal, into: &Goal, terminal: &Terminal) -> Result<(), Failed> {
    let text = match into.format {
        Form::Text => proposal.text(),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(&proposal.json()).unwrap_or_default()),
    };
    let Some(path) = &into.into else { return terminal.result(&text) };
    let (source, text_of_case) = files::to_edit(path, terminal)?;
    let edited = crate::calibrate::write::into_case(&source.name, &text_of_case, proposal);
    let edited = one(edited, terminal)?;
    let mut changed = Source::new(source.name.clone(), edited.clone());
    changed.attachments.clone_from(&source.attachments);
    if let Err(faults) = parse(&changed) {
        terminal.diagnostics(&faults, &changed.name, &edited);
        terminal.fault(
            &format!("with the estimate, {} would be no valid case; nothing was written", source.name),
            &["check the key, or mend the case first: `rosi check`"],
        );
        return Err(Failed);
    }
    write::whole(path, edited.as_bytes(), terminal)?;
    terminal.result(&text)?;
    let words = &texts(proposal.voice).calibrated;
    terminal.note(&line(words.written, &[("file", &path.display()), ("key", &proposal.key)]));
    Ok(())
}
