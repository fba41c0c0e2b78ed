//! The colors, and what they stand for.
//!
//! They are always written; the stream drops them where they would not be shown.

use anstyle::{AnsiColor, Style};
use barewire_syntax::Palette;

pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const STRONG: Style = Style::new().bold();
/// Frames, line numbers, and what is the same.
pub(crate) const GUTTER: Style = AnsiColor::BrightBlue.on_default().bold();
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
pub(crate) const PLAIN: Style = Style::new();
pub(crate) const FAINT: Style = AnsiColor::BrightBlack.on_default();

/// The colors of reports.
pub(crate) fn palette() -> Palette {
    Palette {
        error: ERROR.render().to_string(),
        warning: WARNING.render().to_string(),
        strong: STRONG.render().to_string(),
        gutter: GUTTER.render().to_string(),
        reset: STRONG.render_reset().to_string(),
    }
}
