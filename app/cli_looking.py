"""`leeward kinds`, `practices`, `list`, `show`, `search`, `people`, `summary`: what only looks."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

from app import cli_sharing
from app.cli_call import Call
from app.data.durable_files import create_file
from app.domain.errors import Code, LeewardError, RecordError
from app.domain.wording import label_for, with_partner
from app.services.journal import as_json
from app.services.kinds_listing import describe_kinds
from app.services.practices_listing import PracticeListing, describe_practices

DONE = 0


def kinds(call: Call) -> int:
    """Every kind and its questions."""
    listed = describe_kinds(call.content)
    if call.options.json:
        return call.json(listed)
    for kind in listed:
        call.say(f"{kind['id']}  ({kind['title']})")
        for field in kind["fields"]:
            call.say(f"    {field['id']}: {field['type']}  {field['label']}")
    return DONE


def practices(call: Call) -> int:
    """The catalogue of practices."""
    listed = describe_practices(call.content)
    if call.options.json:
        return call.json(listed)
    wide = max(len(practice["title"]) for practice in listed)
    for practice in listed:
        row = "" if practice["row"] is None else practice["row"]
        call.say(f"{row:>2}  {practice['title']:<{wide}}  {_minutes(practice):>10}  {practice['group']}")
        call.say(f"    {practice['id']}: {practice['explanation']['what']}")
    return DONE


def _minutes(practice: PracticeListing) -> str:
    told = practice["explanation"]
    return f"{told['minutes']}-{told['minutes_to']} min" if told["minutes_to"] else f"{told['minutes']} min"


def listing(call: Call) -> int:
    """The newest records."""
    with call.desk() as desk:
        kinds = (call.options.kind,) if call.options.kind else ()
        for kind in kinds:
            desk.session.kinds.declared(kind)
        entries = desk.journal.page(kinds=kinds, limit=call.options.limit).entries
        where = [cli_sharing.whereabouts(desk.session, e.author, shared=e.shared) for e in entries]
    if call.options.json:
        return call.json(
            [
                {"id": e.id, "kind": e.kind, "day": _iso(e.day), "title": e.title, "late": e.late} | stands
                for e, stands in zip(entries, where, strict=True)
            ]
        )
    for entry in entries:
        call.say(f"{entry.id}  {_iso(entry.day)} {cli_sharing.mark(entry)}{entry.kind:<14} {entry.title}")
    return DONE


def show(call: Call) -> int:
    """One record, whole."""
    with call.desk() as desk:
        record = desk.journal.record(desk.journal.resolve(call.options.id))
        shown = as_json(record, desk.session.kinds.encode(record.body))
        declared = desk.session.kinds.declared(record.kind)
        partner = desk.session.partner or ""
        labels = {f.id: with_partner(label_for(f, solo=not partner), partner) for f in declared.fields}
        shared = desk.session.space_of(record.id) is desk.session.shared
        shown |= cli_sharing.whereabouts(desk.session, record.author, shared=shared)
    if call.options.json:
        return call.json(shown)
    by = f"  shared by {shown['author']}" if shared else ""
    call.say(f"{declared.singular}, {shown['day']}  ({record.id}){by}")
    answers = shown["answers"]
    if isinstance(answers, dict):
        for field, value in answers.items():
            written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            call.say(f"{labels.get(field, field)}\n    {written}")
    return DONE


def search(call: Call) -> int:
    """The records that hold some words."""
    with call.desk() as desk:
        hits = desk.journal.search(" ".join(call.options.words), limit=call.options.limit)
        where = [cli_sharing.whereabouts_of(desk.session, hit.id) for hit in hits]
    marked = [(hit, hit.snippet.replace("\x02", "[").replace("\x03", "]")) for hit in hits]
    if call.options.json:
        return call.json(
            [
                {"id": hit.id, "kind": hit.kind, "day": _iso(hit.day), "title": hit.title, "snippet": snippet} | stands
                for (hit, snippet), stands in zip(marked, where, strict=True)
            ]
        )
    for hit, snippet in marked:
        words = " ".join(snippet.split())
        call.say(f"{hit.id}  {_iso(hit.day)} {cli_sharing.mark(hit)}{hit.kind:<14} {words}")
    return DONE


def summary(call: Call) -> int:
    """The page for a session, as a new file."""
    out = _document_path(call.options.out)
    with call.desk() as desk:
        password = call.outside.stdin.readline().rstrip("\r\n") if call.options.password_stdin else None
        choice = desk.summaries.choice(
            first=_day(call.options.since), last=_day(call.options.until), sections=call.options.sections
        )
        if out.suffix.lower() in {".md", ".txt"}:
            document = desk.summaries.markdown(choice).encode("utf-8")
        else:
            document = desk.summaries.pdf(choice, password or None)
    _write_new(out, document)
    call.say(str(out))
    return DONE


def people(call: Call) -> int:
    """The people of this journal and their fingerprints."""
    with call.desk() as desk:
        listed = cli_sharing.people(desk)
    if call.options.json:
        return call.json(listed)
    for person in listed:
        call.say(f"{person['name']}{' (you)' if person['you'] else ''}  {person['fingerprint']}")
    return DONE


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise RecordError(Code.INVALID_RECORD, kind="summary", field="period", reason="not_a_date") from error


def _document_path(name: str) -> Path:
    out = Path(name)
    if out.suffix.lower() not in {".pdf", ".md", ".txt"} or "\0" in name:
        raise RecordError(Code.INVALID_RECORD, kind="summary", field="out", reason="unknown_ending")
    return out


def _write_new(out: Path, document: bytes) -> None:
    """Write a file that was asked for, readable by its owner only; never over another, and never half of one."""
    if os.path.lexists(out):
        raise LeewardError(Code.FILE_EXISTS, file=out.name)
    create_file(out, document)
