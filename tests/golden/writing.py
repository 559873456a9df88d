"""Writes the vault that is kept for ever: `python -m tests.golden.writing FOLDER`, once for each new schema.

Beside it goes what it holds, as every later release must read it. Not a test.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.crypto.kdf import FLOOR
from app.data.migrations import runner
from app.domain.backing_up import Why
from app.domain.errors import Code, LeewardError, RecordError
from app.domain.fields import FieldType
from app.domain.records import RecordId
from app.media.intake import prepare
from app.services import inbox, vaults
from app.services.desk import Desk
from tests.fixtures.files import pdf, photo, sound
from tests.fixtures.session import EVENING, kind_ids, shipped_kinds
from tests.fixtures.vault import NAME, PARTNER, made, opened, spoken

PHRASES = {1: "schema one, kept for ever", 2: "schema two, kept for ever", 3: "schema three, kept for ever"}
"""What opens the vault of each schema."""
OTHER_PHRASE = "the other part, kept for ever"
"""What opens the part of the second person, where there is one."""
WORDS = "kept words · été · שלום"
_GOLDEN = Path(__file__).parent
_FIRST_PHRASE = "a phrase that ends with the first keys"


def write(desk: Desk) -> None:
    """Every active kind with every question answered, an edit of each, one in two versions, one removed with its
    half-written words, one brought back, one gone for good, a draft; files added to an entry and to the draft.
    """
    journal = desk.journal
    thread: RecordId | None = None
    begun: dict[str, RecordId] = {}
    for kind in sorted(kind_ids(), key=lambda kind: (kind != "injury", _hangs(desk, kind))):
        said = spoken(desk.session.kinds.declared(kind), f"{WORDS} {kind}", thread)
        answers = _fitting(desk, kind, said | _linked(desk, kind, begun))
        record = begun[kind] = _saved(desk, kind, answers)
        thread = thread or record
    assert thread is not None
    desk.threads.weigh(thread, 3)
    forked = journal.add("note", {"body": "beginning"})
    seen = journal.record(forked).head
    journal.edit(forked, {"body": "one version"}, based_on=seen)
    journal.edit(forked, {"body": "another version"}, based_on=seen)
    removed = journal.add("note", {"body": "removed"})
    desk.drafts.keep(removed, "note", {"body": "removed, and half a sen"})
    journal.remove(removed)
    back = journal.add("note", {"body": "brought back"})
    journal.remove(back)
    journal.restore(back)
    journal.erase(journal.add("note", {"body": "gone for good"}))
    desk.drafts.keep("new:note", "note", {"body": "half a sen"})
    desk.attachments.add(thread, prepare(photo(64, 48), "a photograph.jpeg"), alt=f"{WORDS} described")
    desk.attachments.add(thread, prepare(sound(0.5), "a voice.wav"))
    desk.attachments.remove(desk.attachments.add(thread, prepare(pdf(1, "removed"), "removed.pdf")))
    desk.attachments.hold("new:note", prepare(pdf(1, "begun"), "waits.pdf"))


def write_for_two(folder: Path) -> str:
    """A second person; words of both in the space for two, signed with former and with present keys; a recovery code,
    a backup, an offer and a parcel that wait. Returns the code.
    """
    phrase = PHRASES[runner.NEWEST]
    with_desk(folder, _FIRST_PHRASE, _welcome)
    with_desk(folder, OTHER_PHRASE, _answer_back)
    with_desk(folder, _FIRST_PHRASE, lambda desk: desk.keys.rotate(_FIRST_PHRASE, phrase, kdf=FLOOR))
    with_desk(folder, OTHER_PHRASE, _accept)
    for made_by_rotation in (folder / "backups").iterdir():
        shutil.rmtree(made_by_rotation)  # one set is enough to keep: the one below has a recovery slot
    codes: list[str] = []
    with_desk(folder, phrase, lambda desk: codes.append(_settle_down(desk)))
    card = next(card for card in inbox.cards_of(folder) if inbox.is_first(card))
    inbox.put_away(folder, card, shipped_kinds(), "note", {"body": f"{WORDS} put away while locked"}, EVENING)
    return codes[0]


def holds(desk: Desk) -> dict[str, object]:
    """What stands in the vault, in words and numbers that do not depend on this release."""
    journal = desk.journal
    entries = journal.page(limit=500).entries
    found = {
        entry.id: {
            "kind": entry.kind,
            "day": entry.day,
            "instant_ms": entry.instant_ms,
            "title": entry.title,
            "conflict": entry.conflict,
            "states": len(journal.history(entry.id)),
            "answers": json.loads(desk.session.kinds.encode(journal.record(entry.id).body)),
        }
        | ({"author": entry.author} if entry.shared else {})
        | _files(desk, entry.id)
        for entry in entries
    }
    return {
        "person": desk.session.person.name,
        "partner": desk.session.partner,
        "records": dict(sorted(found.items())),
        "drafts": [[draft.key, draft.kind, draft.body] for draft in desk.drafts.all()],
        "trash": [[row.record, row.kind, row.day, row.title] for row in desk.trash.list()],
        "revisions": desk.checks.verify().revisions,
    }


def _files(desk: Desk, record: RecordId) -> dict[str, object]:
    """What was added to an entry; nothing where nothing was, as before there was such a thing."""
    files = [
        [one.id, one.name, one.media, one.alt, hashlib.sha256(desk.attachments.load(one.id)).hexdigest()]
        for one in desk.attachments.of(record)
    ]
    return {"files": files} if files else {}


def account(schema: int) -> dict[str, dict[str, object]]:
    """What each passphrase of a kept vault opened on the day it was written, as `holds` said it."""
    told = json.loads((_GOLDEN / f"vault_schema_{schema}.json").read_text(encoding="utf-8"))
    if "people" in told:
        return dict(told["people"])
    return {PHRASES[schema]: {"trash": [], "revisions": 20, **told}}


def recovery_codes(schema: int) -> dict[str, str]:
    """The recovery codes of a kept vault, by the passphrase of their person."""
    return dict(json.loads((_GOLDEN / f"vault_schema_{schema}.json").read_text(encoding="utf-8")).get("recovery", {}))


def with_desk(folder: Path, phrase: str, act: Callable[[Desk], object]) -> None:
    """Open a part, act, close it."""
    desk = opened(folder, phrase)
    try:
        act(desk)
    finally:
        desk.close()


def _welcome(desk: Desk) -> None:
    assert desk.people is not None
    desk.people.welcome(PARTNER, OTHER_PHRASE, kdf=FLOOR)
    _share(desk, "from the first, before new keys")


def _answer_back(desk: Desk) -> None:
    desk.journal.add("note", {"body": "only the second person's"})
    _share(desk, "from the second")


def _accept(desk: Desk) -> None:
    assert desk.people is not None
    (waiting,) = desk.people.pending()
    desk.people.accept(waiting)


def _settle_down(desk: Desk) -> str:
    """Words under the new keys, one of them removed again, a code, a backup, and a next epoch that waits."""
    assert desk.people is not None
    _share(desk, "from the first, after new keys")
    desk.journal.remove(_share(desk, "shared and removed"))
    code = "-".join(desk.keys.draw_code())
    desk.keys.confirm_code(code)
    assert desk.backups.making(Why.ASKED)(lambda: False, lambda _share: None) is not None
    desk.people.renew()
    return code


def _share(desk: Desk, words: str) -> RecordId:
    record = desk.journal.add("note", {"body": f"{WORDS} {words}"})
    shown = desk.attachments.add(record, prepare(pdf(2, words), f"{words}.pdf"))
    desk.attachments.add(record, prepare(pdf(1, f"for one {words}"), "stays private.pdf"))
    desk.sharing.share(record, desk.sharing.preview(record), frozenset({shown}))
    return record


def _hangs(desk: Desk, kind: str) -> bool:
    """Whether an entry of a kind cannot be without another one."""
    fields = desk.session.kinds.declared(kind).fields
    return any(field.type is FieldType.LINK and field.required for field in fields)


def _linked(desk: Desk, kind: str, begun: dict[str, RecordId]) -> dict[str, object]:
    """What its required links can lead to."""
    fields = [field for field in desk.session.kinds.declared(kind).fields if field.type is FieldType.LINK]
    return {field.id: begun[to] for field in fields if field.required for to in field.to if to in begun}


def _fitting(desk: Desk, kind: str, answers: dict[str, object]) -> dict[str, object]:
    """Without the few questions to which a general answer does not fit."""
    while True:
        try:
            desk.journal.check(kind, answers)
        except LeewardError as refused:
            answers = {name: value for name, value in answers.items() if name != refused.detail["field"]}
        else:
            return answers


def _saved(desk: Desk, kind: str, answers: dict[str, object]) -> RecordId:
    """Written and written again; what only the other may say of something is put into the file past that rule."""
    try:
        record = desk.journal.add(kind, answers)
    except RecordError as refused:
        if refused.code is not Code.NOT_YOURS:
            raise
        body = desk.session.kinds.parse(kind, answers)
        with desk.session.change() as change:
            return change.put(kind, body, record=change.put(kind, body))
    desk.journal.edit(record, answers)
    return record


def _told(folder: Path, phrase: str) -> dict[str, object]:
    desk = opened(folder, phrase)
    try:
        return holds(desk)
    finally:
        desk.close()


def main(folder: Path) -> None:
    """Make the vault anew, and the account of it from a copy that is opened: what waits stays waiting in the vault."""
    vaults.POLICY = FLOOR  # the kept vault is opened often; an unlock would raise its costs otherwise
    shutil.rmtree(folder, ignore_errors=True)
    desk = made(folder, name=NAME, passphrase=_FIRST_PHRASE)
    try:
        write(desk)
    finally:
        desk.close()
    code = write_for_two(folder)
    (folder / "lock").unlink(missing_ok=True)
    phrase = PHRASES[runner.NEWEST]
    people: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as home:
        copy = Path(shutil.copytree(folder, Path(home) / "vault"))
        for each in (phrase, OTHER_PHRASE):
            people[each] = _told(copy, each)
    told = json.dumps({"people": people, "recovery": {phrase: code}}, ensure_ascii=False, indent=1, sort_keys=True)
    folder.with_suffix(".json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
