"""`leeward export` and `import`: everything out, and back in again.

The locked archive is what leaves unless somebody says otherwise; `--plain` stands for the second step of the window.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from app import cli_keeping
from app.cli_call import Call
from app.domain.backing_up import Why
from app.domain.errors import Code, LeewardError, VaultError
from app.services.desk import Desk
from app.services.exporting.choice import Choice, Target
from app.services.importing.report import Found

DONE, REFUSED = 0, 1
OWN: Final = frozenset({"leeward", "json", "archive"})
"""What `import` may be told the file is; ours is known by its beginning."""


def export(call: Call) -> int:
    """Write the journal to a new file or folder."""
    options = call.options
    target, place = _target(call)
    if not target.is_locked and not options.plain:
        raise LeewardError(Code.INVALID_RECORD, field="plain")
    choice = Choice(
        history=options.history,
        trash=options.with_trash,
        others=options.with_other_person,
        attachments=options.with_attachments,
    )
    with call.desk() as desk:
        phrase = ""
        if target.is_locked:
            phrase = call.secret("A phrase for the archive: ") if options.phrase_stdin else desk.taking_out.phrase()
        done = desk.taking_out.take_out(target, place, choice, phrase=phrase)
    if done is None:
        raise VaultError(Code.WRITE_FAILED, reason="export")
    if options.json:
        told: dict[str, object] = {"place": done.place, "records": done.records, "bytes": done.size_bytes}
        return call.json(told | ({"phrase": phrase} if phrase and not options.phrase_stdin else {}))
    call.say(f"{done.records} entries, {done.attachments} added files, {done.size_bytes} bytes")
    call.say(done.place)
    if phrase and not options.phrase_stdin:
        call.say(f"It opens with these words, and with nothing else:\n{phrase}")
    if not target.is_locked:
        call.say(call.content.care.export.plain_warning)
    return DONE


def bring_in(call: Call) -> int:
    """Look at an export, or bring what is new of it in; a copy of the journal is made before."""
    options = call.options
    words = options.what
    if len(words) > 1 and words[0] not in OWN:
        raise LeewardError(Code.INVALID_RECORD, field="format")
    path = Path(words[-1])
    with call.desk() as desk:
        phrase = call.secret("The phrase of the archive: ") if desk.bringing_in.is_locked(path) else ""
        if options.dry_run:
            found = desk.bringing_in.look(path, phrase)
        else:
            _copy_before(desk)
            found = desk.bringing_in.bring_in(path, phrase, leaving_out=options.leave_out)
    if found is None:
        raise VaultError(Code.WRITE_FAILED, reason="import")
    if options.json:
        call.json(as_json(found))
    else:
        _say(call, found, dry_run=options.dry_run)
    return DONE if found.written or (options.dry_run and not found.trouble) else REFUSED


def as_json(found: Found) -> dict[str, object]:
    """A look at a file as data."""
    return {
        "written": found.written,
        "made": found.made,
        "person": found.person,
        "other_person": found.other_person,
        "new": found.fresh,
        "kinds": found.kinds,
        "first": _day(found.first),
        "last": _day(found.last),
        "known": found.known,
        "changed_here": found.changed,
        "removed_here": found.removed,
        "copies_of_the_other": found.copies,
        "links_to_nothing": found.loose,
        "files": found.attached,
        "files_without_bytes": found.unattached,
        "problems": found.trouble,
        "lines": [
            {"line": one.line, "reason": one.reason, "kind": one.kind, "field": one.field} for one in found.problems
        ],
    }


def _target(call: Call) -> tuple[Target, Path]:
    """`export FORMAT --out PATH`, or `export FILE` with a flag that says as what."""
    options = call.options
    if options.out:
        try:
            return Target(options.what or Target.ARCHIVE), Path(options.out)
        except ValueError:
            raise LeewardError(Code.INVALID_RECORD, field="format") from None
    for target, folder in ((Target.MARKDOWN, options.markdown), (Target.CSV, options.csv)):
        if folder:
            return target, Path(folder)
    if not options.what:
        raise LeewardError(Code.INVALID_RECORD, field="out")
    return Target.JSON if options.plain_json else Target.ARCHIVE, Path(options.what)


def _copy_before(desk: Desk) -> None:
    if desk.journal.counts():
        cli_keeping.carried_out(desk.backups.making(Why.BEFORE_IMPORT))


def _say(call: Call, found: Found, *, dry_run: bool) -> None:
    begin = "Would bring in" if dry_run else "Brought in" if found.written else "Nothing was brought in; it would be"
    call.say(f"{begin}: {found.fresh} entries, {found.attached} added files")
    if found.first is not None:
        call.say(f"    days: {_day(found.first)} to {_day(found.last)}")
    for kind, count in found.kinds.items():
        call.say(f"    {kind}: {count}")
    for words, count in (
        ("known here already", found.known),
        ("changed here since, left as they are", found.changed),
        ("removed here since, left away", found.removed),
        ("words of the other person, left away", found.copies),
        ("links to entries that are not here", found.loose),
        ("added files whose content is not in the file", found.unattached),
        ("lines that cannot be taken", found.trouble),
    ):
        if count:
            call.say(f"{words}: {count}")
    for problem in found.problems:
        call.say(f"    line {problem.line}: {problem.reason} {problem.kind} {problem.field}".rstrip())
    if found.other_person:
        call.say(f"The file was made by {found.person}.")
    if found.written:
        call.say(call.content.care.import_done.body)


def _day(day: int | None) -> str | None:
    return dt.date.fromordinal(day).isoformat() if day is not None else None
