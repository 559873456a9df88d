"""The words and timings of the Calm screen, as declared in `resources/content/calm.toml`."""

from __future__ import annotations

import msgspec


class CalmScreen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The frame around every Calm page."""

    note: str
    back: str
    log_link: str
    ring_link: str
    safety_link: str
    keep_question: str
    keep_yes: str
    keep_no: str
    start: str
    not_for: str
    more_help: str


class Pace(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"in_s": "in", "hold_s": "hold", "out_s": "out", "hold_after_s": "hold_after"},
):
    """A way to breathe, in seconds. All zero means no movement: a word and nothing to follow."""

    id: str
    label: str
    in_s: float
    hold_s: float
    out_s: float
    hold_after_s: float
    rounds: int
    line: str

    @property
    def round_s(self) -> float:
        """Seconds of one breath with its rests."""
        return self.in_s + self.hold_s + self.out_s + self.hold_after_s


class Breathing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Breathing: its words and its paces, the first one being the default."""

    title: str
    in_word: str
    hold_word: str
    out_word: str
    help: str
    care: str
    pace: tuple[Pace, ...]


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the five senses: name `count` things."""

    id: str
    count: int
    label: str
    line: str


class Senses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Five, four, three, two, one."""

    title: str
    help: str
    stuck: str
    done: str
    step: tuple[Sense, ...]


class Naming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Giving a feeling its name."""

    title: str
    help: str
    steps: tuple[str, ...]
    frames: tuple[str, ...]
    none: str


class Orienting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Looking around: for when then and now run together."""

    title: str
    help: str
    steps: tuple[str, ...]
    done: str


class GroundingItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something for the body. `seconds` is a guide; `care` says who leaves it out."""

    id: str
    label: str
    seconds: int
    steps: tuple[str, ...]
    care: str | None = None


class Grounding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Things for the body to do."""

    title: str
    help: str
    item: tuple[GroundingItem, ...]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled line, with its length in seconds where it has one."""

    id: str
    label: str
    line: str = ""
    seconds: int | None = None


class Together(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settling side by side, for two who feel safe with each other."""

    title: str
    help: str
    not_for: str
    ask_first: str
    stop_word: str
    alone: str
    choices: tuple[Line, ...]
    step: tuple[Line, ...]
    sense: tuple[Line, ...]


class After(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A few words for the time after."""

    title: str
    lines: tuple[str, ...]


class PauseTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for asking for a pause and for coming back; gaps are filled by the screen."""

    id: str
    label: str
    words: str
    back: str


class ReturnLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for when the time is over."""

    id: str
    words: str


class Pause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The agreed pause."""

    title: str
    solo_title: str
    help: str
    start_button: str
    back_title: str
    time_note: str
    not_safe: str
    template: tuple[PauseTemplate, ...]
    return_line: tuple[ReturnLine, ...]


class Calm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """calm.toml."""

    version: int
    screen: CalmScreen
    breathing: Breathing
    senses: Senses
    naming: Naming
    orienting: Orienting
    grounding: Grounding
    together: Together
    after: After
    pause: Pause
