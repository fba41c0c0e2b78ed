//! What the program does with a notebook: on the types of the newest version only, whichever version was on disk.

use std::fmt;

use crate::notes::latest::{Entry, Note, Notebook, State};

impl Notebook {
    /// A notebook that was never written.
    #[must_use]
    pub const fn empty() -> Self {
        Self { revision: 0, entries: Vec::new() }
    }

    /// Adds something to do, which makes another revision of the notebook.
    pub fn add_note(&mut self, text: &str) {
        self.entries.push(Entry::Note(Note { text: text.into(), state: State::Open }));
        self.revision = self.revision.saturating_add(1);
    }
}

impl fmt::Display for Notebook {
    /// A line for each entry.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(note) => {
                let mark = match note.state {
                    State::Open => ' ',
                    State::Done => 'x',
                    State::Dropped => '-',
                };
                write!(f, "[{mark}] {:?}", note.text)
            }
            Self::Link(link) if link.title == link.url => write!(f, "<{}>", link.url.escape_debug()),
            Self::Link(link) => write!(f, "{:?} <{}>", link.title, link.url.escape_debug()),
            Self::Checklist(items) => {
                let done = items.iter().filter(|(_, is_done)| **is_done).count();
                write!(f, "{done} of {}:", items.len())?;
                items.iter().try_for_each(|(text, is_done)| {
                    write!(f, " [{}] {text:?}", if *is_done { 'x' } else { ' ' })
                })
            }
        }
    }
}
