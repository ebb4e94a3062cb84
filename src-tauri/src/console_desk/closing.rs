//! Closing the window: whether Usher goes on behind it.

use super::{
    Signal,
    clerk::{Clerk, Place},
};

impl Clerk {
    pub(super) fn want_to_close(&mut self) {
        let at_work = matches!(self.place, Place::World(_));
        match self.settings.choices.keep_watching {
            _ if !at_work => self.close(Some(false)),
            Some(keep) => self.close(Some(keep)),
            None => self.closing = true,
        }
    }

    pub(super) fn close(&mut self, keep: Option<bool>) {
        let was_asked = std::mem::take(&mut self.closing);
        let Some(keep) = keep else { return };
        if was_asked {
            self.settings
                .change(|choices| choices.keep_watching = Some(keep));
        }
        if keep {
            let say_so = !self.settings.choices.said_it_goes_on;
            if say_so {
                self.settings
                    .change(|choices| choices.said_it_goes_on = true);
            }
            let _ = self.signals.send(Signal::GoOn { say_so });
        } else {
            let _ = self.signals.send(Signal::End);
        }
    }
}
