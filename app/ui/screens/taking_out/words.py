"""The words of both surfaces."""

from __future__ import annotations

import datetime as dt

from app.domain.errors import Code, LeewardError
from app.services.exporting.choice import Done, Offer, Target
from app.services.importing.report import Found, Problem
from app.ui.context import Context
from app.ui.text import count_of, full_date, listed, number, tr, trouble

_MEGABYTE = 1_000_000


def target(which: Target) -> tuple[str, str]:
    """What a target is called, and what it is good for."""
    return {
        Target.ARCHIVE: (tr("Locked archive"), tr("One file with everything. It opens only with the words below.")),
        Target.JSON: (tr("Readable file (JSON)"), tr("The same without a lock, for other programs.")),
        Target.MARKDOWN: (tr("Text to read (Markdown)"), tr("A folder with one page of text for each month.")),
        Target.CSV: (tr("Tables (CSV)"), tr("A folder with a table for each kind of entry, for a spreadsheet.")),
    }[which]


def there(offer: Offer) -> str:
    """How much there is."""
    parts = [count_of(offer.own, tr("{n} entry"), tr("{n} entries"))]
    if offer.attached:
        parts.append(count_of(offer.attached, tr("{n} added file"), tr("{n} added files")))
    return listed(parts)


def tender() -> str:
    """What kind of words are among them: all there are."""
    return tr("It holds everything you wrote, also what you keep covered here and what you marked as a no.")


def files(offer: Offer) -> str:
    """The tick for added files."""
    size = tr("{n} MB").format(n=number(max(1, round(offer.attached_bytes / _MEGABYTE))))
    return tr("Added files with their content ({size})").format(size=size)


def others(offer: Offer) -> str:
    """The tick for what the other person shared."""
    return tr("What {name} shared, if {name} agrees").format(name=offer.partner or tr("the other person"))


def done(what: Done) -> str:
    """What was written."""
    return count_of(what.records, tr("{n} entry is there now:"), tr("{n} entries are there now:"))


def refused(error: LeewardError, context: Context) -> str:
    """Why a file cannot be read."""
    if error.code is Code.WRONG_PASSPHRASE:
        return ""
    if error.code is Code.IMPORT_REFUSED:
        said = reason(str(error.detail.get("reason", "")))
        line = error.detail.get("line")
        where = tr("Line {n}: ").format(n=number(int(line))) if line is not None else ""
        return where + said + " " + tr("Nothing was brought in, and your journal is as it was.")
    return trouble(error, context.content).paragraph


def reason(code: str) -> str:
    """Why a file, or a line of it, cannot be taken."""
    known = {
        "not_an_export": tr("This is not a file that Leeward wrote."),
        "newer_format": tr("A later Leeward wrote this. That one can read it."),
        "cut_short": tr("The file ends too early. A whole copy may exist elsewhere."),
        "changed": tr("The archive was changed or damaged."),
        "not_an_archive": tr("This archive is locked in a way that Leeward does not know."),
        "unknown_kind": tr("An entry of a kind that this Leeward does not know."),
        "unknown_field": tr("A question that this Leeward does not ask."),
        "unreadable_date": tr("A date that cannot be read."),
        "date_out_of_range": tr("A date too far away."),
        "repeated": tr("The same entry stands in the file twice."),
        "too_long": tr("Something longer than Leeward takes."),
        "not_text": tr("Letters that cannot be read."),
        "unreadable_text": tr("Letters that cannot be read."),
    }
    return known.get(code, tr("Something that does not fit."))


def problem(one: Problem) -> str:
    """One line that cannot be taken."""
    return tr("Line {n}: {why}").format(n=number(one.line), why=reason(one.reason))


def days(found: Found) -> str:
    """The days a file speaks of."""
    if found.first is None or found.last is None:
        return ""
    first, last = (full_date(dt.date.fromordinal(day)) for day in (found.first, found.last))
    return tr("From {first} to {last}.").format(first=first, last=last)


def lines(found: Found) -> tuple[str, ...]:
    """What else there is to know before bringing it in."""
    said = []
    for count, one, more in (
        (found.known, tr("{n} entry is here already."), tr("{n} entries are here already.")),
        (
            found.changed,
            tr("{n} entry says something else here by now, and stays so."),
            tr("{n} entries say something else here by now, and stay so."),
        ),
        (
            found.removed,
            tr("{n} entry was removed here since, and stays away."),
            tr("{n} entries were removed here since, and stay away."),
        ),
        (
            found.copies,
            tr("{n} entry was written by the other person and stays outside."),
            tr("{n} entries were written by the other person and stay outside."),
        ),
        (found.loose, tr("{n} link leads to nothing here."), tr("{n} links lead to nothing here.")),
        (
            found.unattached,
            tr("{n} added file is named, but its content was not taken along."),
            tr("{n} added files are named, but their content was not taken along."),
        ),
    ):
        if count:
            said.append(count_of(count, one, more))
    if found.other_person:
        said.append(tr("It was made in the journal of {name}.").format(name=found.person))
    return tuple(said)


def headline(found: Found) -> str:
    """What it brings, or has brought."""
    if found.written:
        return count_of(found.fresh, tr("{n} entry came in"), tr("{n} entries came in"))
    if not found.fresh:
        return tr("Nothing in it is new here")
    return count_of(found.fresh, tr("{n} entry is new here"), tr("{n} entries are new here"))
