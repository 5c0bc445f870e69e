//! Videos and sounds that play, and when they stand still.

use super::Settings;
use crate::counts::Place;
use crate::event::Playback as Change;
use crate::kinds::{Findings, Subject};
use crate::moment::{Moment, earliest};

/// Playbacks watched at a time; more push out the oldest.
const MOST: usize = 8;
/// Stalls remembered of each.
const MOST_STALLS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Plays,
    /// Stands still; judged then.
    Stalled { due: Moment },
    /// Stood still for too long: the number of its failure.
    Failed(u64),
    /// The person jumped or paused: what follows is not judged until it plays again.
    Waits,
}

#[derive(Debug)]
struct Play {
    id: u64,
    state: State,
    place: Place,
    /// When its latest stalls began, oldest first.
    stalls: [Option<Moment>; MOST_STALLS],
}

impl Play {
    /// Takes note of a stall, and says how many there were within the last while.
    fn count_stall(&mut self, at: Moment, settings: &Settings) -> usize {
        self.stalls.rotate_left(1);
        if let Some(last) = self.stalls.last_mut() {
            *last = Some(at);
        }
        let recent = |stall: &&Moment| at.since(**stall) < settings.stalls_within;
        self.stalls.iter().flatten().filter(recent).count()
    }
}

#[derive(Debug)]
pub(super) struct Playbacks {
    playing: Vec<Play>,
}

impl Default for Playbacks {
    fn default() -> Self {
        Self { playing: Vec::with_capacity(MOST) }
    }
}

fn fail(play: &Play, out: &mut Findings) -> State {
    State::Failed(out.failed(Subject::Element(play.id), play.place))
}

impl Playbacks {
    pub(super) fn changed(
        &mut self,
        id: u64,
        change: Change,
        at: Moment,
        settings: &Settings,
        out: &mut Findings,
    ) {
        if change == Change::Started {
            self.end(id, out);
            if self.playing.len() == MOST {
                self.playing.remove(0);
            }
            out.opportunity();
            self.playing.push(Play { id, state: State::Plays, place: out.here, stalls: [None; MOST_STALLS] });
            return;
        }
        let Some(play) = self.playing.iter_mut().find(|play| play.id == id) else { return };
        match (change, play.state) {
            (Change::Stalled, State::Plays) => {
                play.state = State::Stalled { due: at.plus(settings.stall) };
                if play.count_stall(at, settings) >= settings.stalls.clamp(1, MOST_STALLS) {
                    play.stalls = [None; MOST_STALLS];
                    play.state = fail(play, out);
                }
            }
            (Change::Resumed, state) => {
                play.state = State::Plays;
                if let State::Failed(ticket) = state {
                    out.recovered(ticket);
                }
            }
            (Change::Sought | Change::Paused, state) => {
                play.state = State::Waits;
                if let State::Failed(ticket) = state {
                    out.left(ticket);
                }
            }
            (Change::Ended, _) => self.end(id, out),
            (Change::Started | Change::Stalled, _) => {}
        }
    }

    fn end(&mut self, id: u64, out: &mut Findings) {
        let Some(at) = self.playing.iter().position(|play| play.id == id) else { return };
        if let State::Failed(ticket) = self.playing.remove(at).state {
            out.left(ticket);
        }
    }

    /// The app is not in front any more: a stall now is nobody's wait, and one that goes on is not judged.
    pub(super) fn leave(&mut self, out: &mut Findings) {
        for play in &mut self.playing {
            if let State::Failed(ticket) = play.state {
                out.left(ticket);
            }
            play.state = State::Waits;
        }
    }

    pub(super) fn forget(&mut self) {
        self.playing.clear();
    }

    pub(super) fn handle_timeout(&mut self, now: Moment, out: &mut Findings) {
        for play in &mut self.playing {
            if matches!(play.state, State::Stalled { due } if due <= now) {
                play.state = fail(play, out);
            }
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Moment> {
        let due = |play: &Play| if let State::Stalled { due } = play.state { Some(due) } else { None };
        self.playing.iter().filter_map(due).fold(None, |next, due| earliest(next, Some(due)))
    }
}
