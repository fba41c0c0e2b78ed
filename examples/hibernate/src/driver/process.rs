//! The processes that the driver starts and kills.

use std::env;
use std::ffi::OsStr;
use std::io;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use crate::driver::timeline::{Line, Who};

pub(super) struct Process {
    child: Child,
    reader: JoinHandle<()>,
}

impl Process {
    /// Starts this program as another process, whose lines become those of the timeline.
    pub(super) fn start<A: AsRef<OsStr>>(
        who: Who,
        arguments: &[A],
        lines: UnboundedSender<Line>,
    ) -> io::Result<Self> {
        let mut command = Command::new(env::current_exe()?);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let reader = tokio::spawn(async move {
            let mut stdout = BufReader::new(stdout).lines();
            while let Ok(Some(text)) = stdout.next_line().await {
                let _ = lines.send(Line { who, text });
            }
        });
        Ok(Self { child, reader })
    }

    /// Kills it by SIGKILL; what it has printed until then is read.
    pub(super) async fn kill(mut self) -> io::Result<()> {
        self.child.kill().await?;
        let _ = self.reader.await;
        Ok(())
    }
}
