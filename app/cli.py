"""The command line: the same services as the window, for people who like a shell and for scripts.

Every command that opens a vault takes `--vault` and `--person` and asks for the passphrase, or reads it from the first
line of standard input with `--passphrase-stdin`. Exit status: 0 done, 1 refused (one clear line on standard error),
2 wrong use.
"""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from app import cli_drop, cli_input, cli_keeping, cli_keys, cli_sharing, logs, paths
from app.cli_arguments import parser
from app.data.durable_files import create_file
from app.domain import content as content_pack
from app.domain.content import Content
from app.domain.errors import Code, LeewardError, RecordError, VaultError
from app.domain.wording import label_for, with_partner
from app.services import demo, vaults
from app.services.desk import Desk
from app.services.journal import as_json
from app.services.kinds_listing import describe_kinds, describe_practices
from app.services.local_time import system_now

REFUSED = 1
UNEXPECTED = (
    "Something came up that this program does not know. Everything saved before is safe. "
    "Try it once more; with LEEWARD_DEBUG=1 the place in the program is named, without a word of yours. (unexpected)"
)


@dataclass(frozen=True, slots=True)
class Outside:
    """What a command reaches beyond the services: the streams, and what only the window's side can do."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    tour: Callable[[argparse.Namespace], list[Path]]
    bench: Callable[[argparse.Namespace], int]


class Commands:
    """One method a family of commands; holds what they share during one call of the program."""

    def __init__(self, options: argparse.Namespace, outside: Outside) -> None:
        self._options = options
        self._outside = outside
        self.content = content_pack.load(paths.resources() / "content")

    def run(self) -> int:
        """Carry out the chosen command."""
        chosen: dict[str, Callable[[], int]] = {
            "create": self._create,
            "demo": self._demo,
            "add": self._add,
            "drop": self._drop,
            "kinds": self._kinds,
            "practices": self._practices,
            "list": self._list,
            "show": self._show,
            "search": self._search,
            "share": self._share,
            "people": self._people,
            "trends": self._trends,
            "summary": self._summary,
            "backup": self._backup,
            "restore": self._restore,
            "verify": self._verify,
            "rebuild": self._rebuild,
            "erase": self._erase,
            "passphrase": self._keys,
            "recovery": self._keys,
            "tour": self._tour,
            "bench": lambda: self._outside.bench(self._options),
        }
        return chosen[self._options.command]()

    # ------------------------------------------------------------------ what commands share

    def _say(self, text: str) -> None:
        print(text, file=self._outside.stdout)

    def _json(self, value: object) -> int:
        self._say(json.dumps(value, ensure_ascii=False, indent=2))
        return 0

    def _secret(self, prompt: str) -> str:
        if self._options.passphrase_stdin:
            return self._outside.stdin.readline().rstrip("\r\n")
        return getpass.getpass(prompt, stream=self._outside.stderr)

    def _vault(self) -> Path:
        """The folder that was named; an empty name is a slip in a script, not a wish for the usual place."""
        named = self._options.vault
        if named is None:
            return paths.default_vault()
        if not named or "\0" in named:
            raise VaultError(Code.NO_VAULT)
        return Path(named)

    @contextmanager
    def _desk(self) -> Iterator[Desk]:
        cli_keys.wait_turn(self._vault(), self._outside.stderr)
        desk = vaults.unlock(self._vault(), self._secret("Passphrase: "), self._options.person, content=self.content)
        try:
            yield desk
        finally:
            desk.close()

    # ------------------------------------------------------------------ making a vault

    def _create(self) -> int:
        path = self._vault()
        passphrase = self._secret("Choose a passphrase: ")
        if not self._options.passphrase_stdin and passphrase != self._secret("Once more: "):
            raise LeewardError(Code.WRONG_PASSPHRASE, reason="not_repeated")
        name = self._options.person or "Me"
        desk = vaults.create_vault(path, name, passphrase, self._options.partner, content=self.content)
        desk.close()
        self._say(f"Made {path}. Only this passphrase opens it; nobody can reset it.")
        return 0

    def _demo(self) -> int:
        made = demo.create(
            Path(self._options.vault),
            content=self.content,
            months=self._options.months,
            seed=self._options.seed,
            now=system_now,
        )
        for name, passphrase in made.passphrases:
            self._say(f"{name}: {passphrase}")
        self._say(f"{made.records} records in {self._options.vault}")
        return 0

    # ------------------------------------------------------------------ writing

    def _add(self) -> int:
        with self._desk() as desk:
            record = desk.journal.add(self._options.kind, self._answers())
            self._say(record)
            cli_keeping.copy_of_the_day(desk)
        return 0

    def _drop(self) -> int:
        what = self._options.what
        text = "" if what == "tally" else self._read(what)
        cli_drop.drop(self._vault(), what, text, self._options.mark, self.content, system_now)
        self._say("Sealed. It joins the journal when it is opened next.")
        return 0

    def _answers(self) -> dict[str, object]:
        kind = self._options.kind
        return cli_input.answers(self._read(kind), kind)

    def _read(self, kind: str) -> str:
        source = self._options.source
        try:
            return self._outside.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        except OSError as error:
            raise RecordError(Code.IMPORT_REFUSED, reason="unreadable_file", kind=kind) from error
        except ValueError as error:
            raise RecordError(Code.IMPORT_REFUSED, reason="not_text", kind=kind) from error

    # ------------------------------------------------------------------ reading

    def _kinds(self) -> int:
        listed = describe_kinds(self.content)
        if self._options.json:
            return self._json(listed)
        for kind in listed:
            self._say(f"{kind['id']}  ({kind['title']})")
            for field in kind["fields"]:
                self._say(f"    {field['id']}: {field['type']}  {field['label']}")
        return 0

    def _practices(self) -> int:
        listed = describe_practices(self.content)
        if self._options.json:
            return self._json(listed)
        for practice in listed:
            self._say(f"{practice['row']:>2}  {practice['id']}: {practice['title']}")
        return 0

    def _list(self) -> int:
        with self._desk() as desk:
            kinds = (self._options.kind,) if self._options.kind else ()
            for kind in kinds:
                desk.session.kinds.declared(kind)
            entries = desk.journal.page(kinds=kinds, limit=self._options.limit).entries
            where = [cli_sharing.whereabouts(desk.session, e.author, shared=e.shared) for e in entries]
        if self._options.json:
            return self._json(
                [
                    {"id": e.id, "kind": e.kind, "day": _iso(e.day), "title": e.title, "late": e.late} | stands
                    for e, stands in zip(entries, where, strict=True)
                ]
            )
        for entry in entries:
            self._say(f"{entry.id}  {_iso(entry.day)} {cli_sharing.mark(entry)}{entry.kind:<14} {entry.title}")
        return 0

    def _show(self) -> int:
        with self._desk() as desk:
            record = desk.journal.record(desk.journal.resolve(self._options.id))
            shown = as_json(record, desk.session.kinds.encode(record.body))
            declared = desk.session.kinds.declared(record.kind)
            partner = desk.session.partner or ""
            labels = {f.id: with_partner(label_for(f, solo=not partner), partner) for f in declared.fields}
            shared = desk.session.space_of(record.id) is desk.session.shared
            shown |= cli_sharing.whereabouts(desk.session, record.author, shared=shared)
        if self._options.json:
            return self._json(shown)
        by = f"  shared by {shown['author']}" if shared else ""
        self._say(f"{declared.singular}, {shown['day']}  ({record.id}){by}")
        answers = shown["answers"]
        if isinstance(answers, dict):
            for field, value in answers.items():
                written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                self._say(f"{labels.get(field, field)}\n    {written}")
        return 0

    def _search(self) -> int:
        with self._desk() as desk:
            hits = desk.journal.search(" ".join(self._options.words), limit=self._options.limit)
            where = [cli_sharing.whereabouts_of(desk.session, hit.id) for hit in hits]
        marked = [(hit, hit.snippet.replace("\x02", "[").replace("\x03", "]")) for hit in hits]
        if self._options.json:
            return self._json(
                [
                    {"id": hit.id, "kind": hit.kind, "day": _iso(hit.day), "title": hit.title, "snippet": snippet}
                    | stands
                    for (hit, snippet), stands in zip(marked, where, strict=True)
                ]
            )
        for hit, snippet in marked:
            words = " ".join(snippet.split())
            self._say(f"{hit.id}  {_iso(hit.day)} {cli_sharing.mark(hit)}{hit.kind:<14} {words}")
        return 0

    # ------------------------------------------------------------------ two people

    def _share(self) -> int:
        with self._desk() as desk:
            ask = None if self._options.yes else self._ask
            return 0 if cli_sharing.share(desk, self._options.id, ask, self._say) else REFUSED

    def _ask(self, question: str) -> str:
        print(question, end="", file=self._outside.stderr, flush=True)
        return self._outside.stdin.readline()

    def _people(self) -> int:
        with self._desk() as desk:
            listed = cli_sharing.people(desk)
        if self._options.json:
            return self._json(listed)
        for person in listed:
            self._say(f"{person['name']}{' (you)' if person['you'] else ''}  {person['fingerprint']}")
        return 0

    def _trends(self) -> int:
        with self._desk() as desk:
            report = desk.trends.report(self._options.period, desk.session.today())
        if self._options.json:
            return self._json(report.as_json())
        for sentence in report.sentences():
            self._say(sentence)
        return 0

    def _summary(self) -> int:
        out = _document_path(self._options.out)
        with self._desk() as desk:
            password = self._outside.stdin.readline().rstrip("\r\n") if self._options.password_stdin else None
            choice = desk.summaries.choice(
                first=_day(self._options.since), last=_day(self._options.until), sections=self._options.sections
            )
            if out.suffix.lower() in {".md", ".txt"}:
                document = desk.summaries.markdown(choice).encode("utf-8")
            else:
                document = desk.summaries.pdf(choice, password or None)
        _write_new(out, document)
        self._say(str(out))
        return 0

    # ------------------------------------------------------------------ keeping it whole

    @property
    def _speaking(self) -> cli_keeping.Speaking:
        return cli_keeping.Speaking(self._say, self._json, self._secret)

    def _backup(self) -> int:
        with self._desk() as desk:
            return cli_keeping.backup(desk, self._options, self._speaking)

    def _restore(self) -> int:
        cli_keys.wait_turn(self._vault(), self._outside.stderr)
        phrase = self._secret("Passphrase: ")
        return cli_keeping.restore(self._vault(), phrase, self._options, self._speaking, self.content)

    def _verify(self) -> int:
        with self._desk() as desk:
            return cli_keeping.verify(desk, self._options, self._speaking)

    def _rebuild(self) -> int:
        with self._desk() as desk:
            self._say(f"{desk.checking.rebuild()} records projected again")
        return 0

    def _erase(self) -> int:
        passphrase = self._secret("Passphrase: ")
        desk = vaults.unlock(self._vault(), passphrase, self._options.person, content=self.content)
        try:
            done = cli_keeping.erase(desk, passphrase, self._options, self._speaking)
        finally:
            desk.close()
        if self._options.now:
            self._say(self.content.care.erase.done)
        return done

    def _keys(self) -> int:
        return cli_keys.run(self._vault(), self.content, self._options, self._speaking)

    def _tour(self) -> int:
        for picture in self._outside.tour(self._options):
            self._say(str(picture))
        return 0


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


def refusal(content: Content, error: LeewardError) -> str:
    """One line for standard error: what happened, what is safe, what to do; and which field, if one is meant."""
    words = content.error(error.code)
    where = ", ".join(f"{key} {value}" for key, value in error.detail.items())
    line = f"{words.happened} {words.safe} {words.next}"
    for key, value in error.detail.items():
        line = line.replace("{" + key + "}", str(value))
    return f"{line} ({error.code}{': ' + where if where else ''})"


def run(argv: Sequence[str], outside: Outside) -> int:
    """Parse, carry out, and turn every refusal into one line and an exit status."""
    options = parser().parse_args(argv)
    cli_input.speak_whatever_comes(outside.stdin, outside.stdout)
    try:
        commands = Commands(options, outside)
    except LeewardError as error:  # the words for it are what cannot be read
        print(f"({error.code})", file=outside.stderr)
        return REFUSED
    try:
        return commands.run()
    except LeewardError as error:
        logs.record(error)
        print(refusal(commands.content, error), file=outside.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001  # a traceback would quote what somebody wrote
        logs.record(error)
        print(UNEXPECTED, file=outside.stderr)
        return REFUSED
