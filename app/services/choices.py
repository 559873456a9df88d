"""What one person chose about privacy and wording: kept inside their encrypted file, unlike how the window looks."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from app.data import keeping
from app.services.session import Session

IDLE_MINUTES: Final = (3, 5, 10, 15, 30, 60)
"""The lengths of quiet time after which the window can be locked."""
CLEAR_COPIED_S: Final = (15, 30, 60, 0)
"""After how many seconds a copy is cleared; 0 at the lock."""

LATEST_CLOSE: Final = 12
"""The latest hour at which the day before can close."""


class Choices(msgspec.Struct, frozen=True):
    """Every choice with its default. Names are the keys in the `setting` table.

    `previews`: first lines of a story may stand on Today. `veil_on_switch`: cover the window when another comes to the
    front. `idle_minutes`: lock after so many minutes without a key or pointer. `twelve_hours`: write 7:30 pm.

    `lock_on_sleep`, `lock_with_screen`, `lock_on_switch`, `lock_minimised`: lock when the computer sleeps, its screen
    is locked, the login changes, the window is put away. `out_of_pictures`: ask the system to leave the window out of
    screenshots. `clear_copied_s`: clear what was copied here after so many seconds; 0 keeps it until the lock.
    `plain_labels`: names of pages and buttons that say less. `on_this_day`: what the Journal shows of this day in
    earlier months and years; "light" leaves triggers out. `day_closes_at`: the hour until which late evening still is
    the day before, for rituals. `ritual_runs`: show the current and the longest run of a ritual.
    `offer_phq4`, `offer_gad7`, `offer_pcl5`: name that questionnaire beside the look at four weeks.
    """

    previews: bool = True
    veil_on_switch: bool = False
    idle_minutes: int = 10
    twelve_hours: bool = False
    lock_on_sleep: bool = True
    lock_with_screen: bool = True
    lock_on_switch: bool = True
    lock_minimised: bool = False
    out_of_pictures: bool = True
    clear_copied_s: int = 30
    plain_labels: bool = False
    on_this_day: Literal["off", "light", "all"] = "light"
    day_closes_at: int = 4
    ritual_runs: bool = True
    offer_phq4: bool = False
    offer_gad7: bool = False
    offer_pcl5: bool = False

    def locks_for(self, reason: str) -> bool:
        """Whether the journal is to be locked when the system tells of this. What has no choice always locks."""
        return {
            "sleep": self.lock_on_sleep,
            "screen_lock": self.lock_with_screen,
            "user_switch": self.lock_on_switch,
            "minimised": self.lock_minimised,
        }.get(reason, True)


def load(session: Session) -> Choices:
    """What is stored; the default for each choice that was never made or cannot be understood."""
    found: dict[str, object] = {}
    for name in Choices.__struct_fields__:
        raw = keeping.setting(session.connection, name)
        if raw is not None:
            found[name] = raw
    try:
        chosen = msgspec.convert(found, Choices, strict=False)
    except msgspec.ValidationError:
        return Choices()
    nearest = min(IDLE_MINUTES, key=lambda minutes: abs(minutes - chosen.idle_minutes))
    clear_s = chosen.clear_copied_s if chosen.clear_copied_s in CLEAR_COPIED_S else Choices().clear_copied_s
    closes = closing_hour(session)
    return msgspec.structs.replace(chosen, idle_minutes=nearest, clear_copied_s=clear_s, day_closes_at=closes)


def closing_hour(session: Session) -> int:
    """The hour (0 to 12) at which a day closes: the one choice that is asked for again and again."""
    raw = keeping.setting(session.connection, "day_closes_at") or ""
    return min(LATEST_CLOSE, int(raw)) if raw.isdecimal() else Choices().day_closes_at


def store(session: Session, chosen: Choices) -> Choices:
    """Write every choice and return it."""
    for name in Choices.__struct_fields__:
        value = getattr(chosen, name)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        keeping.set_setting(session.connection, name, text)
    return chosen


def for_shared_computer() -> Choices:
    """The start for someone who is not the only one at this computer: less to be seen, and locked sooner."""
    return Choices(
        previews=False, veil_on_switch=True, idle_minutes=3, lock_minimised=True, clear_copied_s=15, on_this_day="off"
    )
