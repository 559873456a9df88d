"""The section's sentences: copies by their day, sizes, and what a check found."""

from __future__ import annotations

import datetime as dt

from app.services.backups import KeptRow, Opened, SetRow
from app.services.checking import Checked
from app.ui.models.copies import size, why_words
from app.ui.screens.backups.state import Doing
from app.ui.text import count_of, day_and_time, full_date, relative_day, sentence_case, tr


def when(row: SetRow, today: dt.date) -> str:
    """When a set was made, or that nothing of it can be read."""
    if row.made is None:
        return tr("A copy that cannot be read")
    return sentence_case(day_and_time(row.made, today))


def about(row: SetRow) -> str:
    """Why it was made, how large it is, what it holds."""
    if not row.good:
        return tr("Not whole. It does not count, and it is left where it is.")
    parts = [why_words(row.why), size(row.bytes)]
    if row.with_shared:
        parts.append(tr("with the shared space"))
    return tr("{list}").format(list=", ".join(parts))


def kept_when(row: KeptRow, today: dt.date) -> str:
    """When a file was set aside."""
    return tr("Set aside, last changed {day}").format(day=day_and_time(row.changed, today))


def kept_about(row: KeptRow) -> str:
    """What it is."""
    what = tr("the shared file as it was before") if row.shared else tr("your file as it was before")
    return tr("{what}, {size}").format(what=sentence_case(what), size=size(row.bytes))


def last_good(row: SetRow | None, today: dt.date) -> str:
    """The line under "Last good copy"."""
    if row is None or row.made is None:
        return tr("None yet. One is made with the first change of each day.")
    return tr("{when}, {size}. Opened and checked when it was made.").format(
        when=sentence_case(day_and_time(row.made, today)), size=size(row.bytes)
    )


def tested(day: dt.date | None, today: dt.date, *, due: bool) -> str:
    """The line under "Try one": when that was last done, and quietly that it might be time."""
    if day is None:
        return tr("Opens the newest copy for real and looks at every page.")
    words = tr("Last tried {day}.").format(day=relative_day(day, today))
    return tr("{words} A good moment to try one again.").format(words=words) if due else words


def doing(what: Doing) -> str:
    """What is under way."""
    return {
        Doing.NOTHING: "",
        Doing.BACKING_UP: tr("Making a copy. You can go on writing."),
        Doing.TESTING: tr("Opening a copy and looking at every page"),
        Doing.COPYING: tr("Copying to the folder"),
        Doing.RESTORING: tr("Laying the copy ready. Nothing is exchanged yet."),
        Doing.CHECKING: tr("Checking every page and every entry. You can go on writing."),
    }[what]


def opened(found: Opened) -> str:
    """A copy that opened and was whole."""
    saved = count_of(found.revisions, tr("{n} saved state"), tr("{n} saved states"))
    if found.last_day is None:
        return tr("It opens and is whole: {saved}.").format(saved=saved)
    day = full_date(dt.date.fromordinal(found.last_day))
    return tr("It opens and is whole: {saved}, the newest entry of {day}.").format(saved=saved, day=day)


def checked(found: Checked) -> str:
    """What the whole check found."""
    if found.clean:
        saved = count_of(sum(space.revisions for space in found.spaces), tr("{n} saved state"), tr("{n} saved states"))
        return tr("Everything is whole: every page, every entry, {saved}.").format(saved=saved)
    if found.rebuildable:
        return tr("Every word is whole. Lists and search differ from it and can be made again.")
    if found.headers and not any(space.pages or space.chain for space in found.spaces):
        return tr("Your entries are whole. The key file has damage; locking writes it again.")
    if found.doubtful:
        return tr(
            "Your own entries are whole. In the shared space there are lines whose writer is not proven, or that were "
            "not theirs to write. They count for nothing and are left aside."
        )
    places = count_of(
        found.places,
        tr("{n} place is not as it should be."),
        tr("{n} places are not as they should be."),
    )
    return tr("{places} A good copy from before can be restored below.").format(places=places)
