"""`leeward backup`, `restore`, `verify`, `rebuild`, `erase`: keeping a journal whole, getting it back, taking it away.

`restore` needs nothing but the passphrase: it is there for the day on which the journal does not open any more.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.data.durable_files import writing
from app.domain.content import Content
from app.domain.errors import Code, LeewardError, VaultError
from app.domain.kinds.registry import Kinds
from app.services import reading_out, restoring
from app.services.backups import Work, quietly
from app.services.checking import Checked
from app.services.desk import Desk
from app.services.local_time import system_now

T = TypeVar("T")
DONE, NOT_CLEAN = 0, 1
TYPED_WORD = "erase"


@dataclass(frozen=True, slots=True)
class Speaking:
    """How a command talks: a line out, a value as JSON, and one more line asked for."""

    say: Callable[[str], None]
    json: Callable[[object], int]
    asked: Callable[[str], str]


def backup(desk: Desk, options: argparse.Namespace, speaking: Speaking) -> int:
    """Make a set now, or list the sets; with `--to`, lay the new one out in a folder of its own there."""
    if options.list:
        return _listed(desk, options, speaking)
    made = carried_out(desk.backups.making())
    if made is None or made.manifest is None:
        raise VaultError(Code.WRITE_FAILED, reason="backup")
    along = carried_out(desk.backups.taking_along(made.id, Path(options.to))) if options.to else None
    told = {
        "id": made.id,
        "place": str(along or made.root),
        "bytes": made.manifest.size_bytes,
        "revisions": sum(space.revisions for space in made.manifest.spaces),
    }
    if options.json:
        return speaking.json(told)
    speaking.say(f"{told['id']}  {told['revisions']} revisions, {told['bytes']} bytes, opened and checked")
    speaking.say(str(told["place"]))
    return DONE


def restore(folder: Path, passphrase: str, options: argparse.Namespace, speaking: Speaking, content: Content) -> int:
    """Try a copy, lay one out as a new vault, put one in the place of what is damaged, or save what can be read."""
    name = options.id or ""
    if options.list:
        ways = restoring.ways_back(folder, passphrase)
        told = [{"id": w.id, "made": w.made.isoformat(), "bytes": w.bytes, "set_aside": w.kept} for w in ways]
        if options.json:
            return speaking.json(told)
        for way in told:
            speaking.say(f"{way['id']}  {way['made']}  {way['bytes']} bytes")
        return DONE
    if options.readable:
        return _save_readable(folder, passphrase, options, speaking, content)
    if options.test:
        name, tried = restoring.try_copy(folder, passphrase, name)
        day = dt.date.fromordinal(tried.last_day).isoformat() if tried.last_day else "-"
        if options.json:
            return speaking.json({"id": name, "revisions": tried.revisions, "last_day": day, "clean": True})
        speaking.say(f"{name}  {tried.revisions} revisions, the last of {day}: opened, every check clean")
        return DONE
    if options.to:
        speaking.say(str(restoring.restore_to(folder, passphrase, Path(options.to), name)))
        return DONE
    done = restoring.restore_here(folder, passphrase, name)
    if done is None:
        raise VaultError(Code.WRITE_FAILED, reason="restore")
    speaking.say(f"Restored from {done.id}: {done.tried.revisions} revisions.")
    for path in done.kept:
        speaking.say(f"What stood there before is kept: {path}")
    return DONE


def verify(desk: Desk, options: argparse.Namespace, speaking: Speaking) -> int:
    """The whole check of every space and of the key file."""
    found = carried_out(desk.checking.checking())
    if found is None:
        raise VaultError(Code.WRITE_FAILED, reason="check")
    if options.json:
        speaking.json(as_json(found))
    else:
        _say_found(found, speaking)
    return DONE if found.clean else NOT_CLEAN


def erase(desk: Desk, passphrase: str, options: argparse.Namespace, speaking: Speaking) -> int:
    """Take one's part away: after a day, or `--now`. `--cancel` takes it back."""
    if options.cancel:
        desk.erasing.keep()
        speaking.say("Nothing will be erased.")
        return DONE
    desk.erasing.confirm(passphrase)
    word = options.word or speaking.asked(desk.session.content.care.erase.type_word + ": ")
    if word.strip().casefold() != TYPED_WORD:
        raise LeewardError(Code.INVALID_RECORD, field="word")
    due = desk.erasing.standing().due
    if options.now or (due is not None and desk.erasing.is_due()):
        desk.erasing.erase(whole=options.whole)
        return DONE
    put_off = desk.erasing.put_off(whole=options.whole)
    speaking.say(desk.session.content.care.erase.wait)
    speaking.say(put_off.isoformat(timespec="minutes"))
    return DONE


def copy_of_the_day(desk: Desk) -> None:
    """The copy of a day's first change, as the window makes it; later ones cost a look at a few small files."""
    if (work := desk.backups.daily()) is not None:
        quietly(work)


def as_json(found: Checked) -> dict[str, object]:
    """A check as data; the first four keys are those of one space alone, summed up."""
    return {
        "clean": found.clean,
        "revisions": sum(space.revisions for space in found.spaces),
        "pages": [finding for space in found.spaces for finding in space.pages],
        "chain": [finding for space in found.spaces for finding in (*space.chain, *space.authors)],
        "projections": [finding for space in found.spaces for finding in space.projections],
        "headers": list(found.headers),
        "spaces": len(found.spaces),
    }


def carried_out(work: Work[T]) -> T:
    """Do a piece of work here and now."""
    return work(lambda: False, lambda _part: None)


def _listed(desk: Desk, options: argparse.Namespace, speaking: Speaking) -> int:
    standing = desk.backups.standing()
    told = [
        {"id": row.id, "made": row.made.isoformat() if row.made else None, "bytes": row.bytes, "good": row.good}
        for row in standing.sets
    ]
    if options.json:
        return speaking.json(told)
    speaking.say(str(standing.place))
    for row in told:
        speaking.say(f"{row['id']}  {row['made'] or '-'}  {row['bytes']} bytes{'' if row['good'] else '  not good'}")
    return DONE


def _say_found(found: Checked, speaking: Speaking) -> None:
    for space in found.spaces:
        name = "shared" if space.shared else "private"
        speaking.say(f"{name}: {space.revisions} revisions: {'clean' if space.clean else 'not clean'}")
        for finding in (*space.pages, *space.chain, *space.authors, *space.projections):
            speaking.say(f"    {finding}")
    for header in found.headers:
        speaking.say(f"key file ({header}): not clean")


def _save_readable(
    folder: Path, passphrase: str, options: argparse.Namespace, speaking: Speaking, content: Content
) -> int:
    """Plain text leaves only with `--plain`, which stands for the second step of the window."""
    if not options.to:
        raise LeewardError(Code.INVALID_RECORD, field="to")
    if not options.plain:
        raise LeewardError(Code.INVALID_RECORD, field="plain")
    out = Path(options.to)
    found = restoring.read_in_words(folder, passphrase, content, Kinds(content))
    if found is None:
        raise VaultError(Code.WRITE_FAILED, reason="read")
    with writing():
        out.mkdir(mode=0o700, exist_ok=True)
    data, words = reading_out.save(out, found.rescued, found.reading, content, system_now().date())
    lost = found.reading.lost
    if options.json:
        told = {"entries": len(found.reading.entries), "unreadable": lost, "files": [str(data), str(words)]}
        speaking.json(told)
    else:
        speaking.say(f"{len(found.reading.entries)} entries saved, {lost} could not be read.")
        speaking.say(f"{data}\n{words}")
    return DONE if not lost else NOT_CLEAN
