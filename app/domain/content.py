"""The content pack: every kind, word list, practice, conversation and text, decoded once and checked.

Kinds and word lists are read by `load`; the longer texts (practices, conversations, Calm, care, sentences) on first
use, so that nothing waits for words it does not show. Everything handed out is frozen: threads may share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import msgspec

from app.domain.calm import Calm
from app.domain.care import Care, Cover, ErrorText
from app.domain.content_pack import PackReader, broken, unique
from app.domain.errors import Code
from app.domain.fields import Field, FieldType, Kind, Option
from app.domain.practices import Catalogue, Conversation, Conversations, Practice
from app.domain.wording import Plural, Sentence, choose, fill

VOCABULARY = "vocabulary.toml"
KIND_FILES = ("kinds-journal.toml", "kinds-agreements.toml", "kinds-worksheets.toml", "kinds-instruments.toml")
PRACTICES = "practices.toml"
CONVERSATIONS = "conversations.toml"
CALM = "calm.toml"
CARE = "care.toml"
SENTENCES = "sentences.toml"
_CALM_PAGES = frozenset({"start", "side-by-side"})


class VocabularyList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word list that several fields choose from. `own`: people may add words of their own."""

    id: str
    title: str
    items: tuple[Option, ...]
    help: str = ""
    own: bool = False
    private_only: bool = False

    def option(self, option_id: str) -> Option | None:
        """The item of that id, or None for someone's own word."""
        return next((item for item in self.items if item.id == option_id), None)


class _KindFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    kind: tuple[Kind, ...]


class _VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    list: tuple[VocabularyList, ...]


def load(folder: Path, language: str = "en") -> Content:
    """Read and check the pack in `folder`, in a language laid over the English text.

    Raises:
        LeewardError: CONTENT_BROKEN; `file` and `where` name the place.
    """
    reader = PackReader(folder, language)
    lists = reader.read(VOCABULARY, _VocabularyFile).list
    unique((entry.id for entry in lists), VOCABULARY, "list")
    by_id = {entry.id: entry for entry in lists}
    kinds: dict[str, Kind] = {}
    for file in KIND_FILES:
        for kind in reader.read(file, _KindFile).kind:
            if kind.id in kinds:
                raise broken(file, f"{kind.id} stands twice")
            kinds[kind.id] = _resolved(kind, by_id, file)
    _check_links(kinds)
    return Content(reader, language, kinds, by_id)


def _resolved(kind: Kind, lists: Mapping[str, VocabularyList], file: str) -> Kind:
    unique((field.id for field in kind.fields), file, kind.id)
    sections = {section.id for section in kind.sections}
    for field in kind.fields:
        if field.section not in sections:
            raise broken(file, f"{kind.id}.{field.id}: section {field.section}")
    if kind.total is not None and kind.dated_by is None:
        raise broken(file, f"{kind.id}: a total without a day")
    if kind.highlights is not None and kind.highlights not in lists:
        raise broken(file, f"{kind.id}: list {kind.highlights}")
    fields = tuple(_with_options(field, lists, file, f"{kind.id}.{field.id}") for field in kind.fields)
    return msgspec.structs.replace(kind, fields=fields)


def _with_options(field: Field, lists: Mapping[str, VocabularyList], file: str, where: str) -> Field:
    for name in filter(None, (field.options_from, field.rows_from, field.highlights)):
        if name not in lists:
            raise broken(file, f"{where}: list {name}")
    if field.options_from is not None:
        field = msgspec.structs.replace(field, options=lists[field.options_from].items)
    if field.rows_from is not None:
        rows = tuple(i for i in lists[field.rows_from].items if field.rows_group in {None, i.group})
        field = msgspec.structs.replace(field, rows=rows)
    if field.type in {FieldType.CHOICE, FieldType.CHIPS} and not field.options:
        raise broken(file, f"{where}: no options")
    for options in (field.options, field.no_answer, field.rows, field.columns):
        unique((option.id for option in options), file, where)
    return field


def _check_links(kinds: Mapping[str, Kind]) -> None:
    measures: list[str] = []
    for kind in kinds.values():
        measures += [kind.total] if kind.total is not None else []
        for field in kind.fields:
            if unknown := next((name for name in field.to if name not in kinds), None):
                raise broken("kinds", f"{kind.id}.{field.id}: kind {unknown}")
            if field.measure is not None:
                measures.append(field.measure)
    unique(measures, "kinds", "measure")


class Content:
    """The words and declarations of one language. Made by `load`."""

    def __init__(
        self, reader: PackReader, language: str, kinds: Mapping[str, Kind], lists: Mapping[str, VocabularyList]
    ) -> None:
        self._reader = reader
        self.language = language
        self.kinds = MappingProxyType(dict(kinds))
        self.lists = MappingProxyType(dict(lists))

    def kind(self, kind_id: str) -> Kind:
        """A declaration. Raises KeyError for an unknown id."""
        return self.kinds[kind_id]

    def list(self, list_id: str) -> VocabularyList:
        """A word list. Raises KeyError for an unknown id."""
        return self.lists[list_id]

    @cached_property
    def catalogue(self) -> Catalogue:
        """The practices in their order, their groups and sources."""
        catalogue = self._reader.read(PRACTICES, Catalogue)
        unique((practice.id for practice in catalogue.practice), PRACTICES, "practice")
        sources = {source.id for source in catalogue.source}
        for practice in catalogue.practice:
            if not (set(practice.kinds) <= self.kinds.keys() and set(practice.article) <= sources):
                raise broken(PRACTICES, f"{practice.id}: kinds or article")
            if practice.group not in catalogue.groups:
                raise broken(PRACTICES, f"{practice.id}: group {practice.group}")
        return catalogue

    @cached_property
    def conversations(self) -> Conversations:
        """The guided conversations and the words they share."""
        talks = self._reader.read(CONVERSATIONS, Conversations)
        unique((talk.id for talk in talks.conversation), CONVERSATIONS, "conversation")
        stages = {item.id for item in self.list("reach_stages").items} | {None}
        for talk in talks.conversation:
            unique((step.id for step in talk.step), CONVERSATIONS, talk.id)
            for step in talk.step:
                if step.reaches not in stages or step.reaches_if_given not in stages:
                    raise broken(CONVERSATIONS, f"{talk.id}.{step.id}: stage")
        return talks

    @cached_property
    def calm(self) -> Calm:
        """The Calm screen."""
        return self._reader.read(CALM, Calm)

    @cached_property
    def care(self) -> Care:
        """First use, limits, safety, covers, sharing, export, keys, erasing, locking, trouble."""
        care = self._reader.read(CARE, Care)
        unique((cover.id for cover in care.covers), CARE, "cover")
        unique((reason.id for reason in care.lock_reasons), CARE, "lock_reason")
        unique((error.id for error in care.errors), CARE, "error")
        return care

    @cached_property
    def sentences(self) -> Mapping[str, Sentence]:
        """Every wording template by its dotted key."""
        return MappingProxyType(_flattened(self._reader.read(SENTENCES, dict[str, object]), ""))

    def practice(self, practice_id: str) -> Practice:
        """A practice. Raises KeyError for an unknown id."""
        return self._practices[practice_id]

    def conversation(self, conversation_id: str) -> Conversation:
        """A guided conversation. Raises KeyError for an unknown id."""
        return self._conversations[conversation_id]

    def cover(self, cover_id: str) -> Cover:
        """What stands before a heavy page. Raises KeyError for an unknown id."""
        return self._covers[cover_id]

    def error(self, code: Code | str) -> ErrorText:
        """What a person reads for an error code. Every `Code` has its text."""
        return self._errors[str(code)]

    def lock_reason(self, reason_id: str) -> str:
        """Why it is locked, with `{minutes}` still to fill for `idle`. Raises KeyError for an unknown id."""
        return self._lock_reasons[reason_id]

    def sentence(self, key: str, **values: object) -> str:
        """A wording template with its gaps filled; `n`, else `count`, decides between one and many.

        Raises:
            KeyError: no such sentence, or a gap without a value.
        """
        template = choose(self.sentences[key], values.get("n", values.get("count")), self.language)
        return fill(template, values)

    def check(self) -> None:
        """Read every file and follow every reference between them.

        Raises:
            LeewardError: CONTENT_BROKEN at the first thing that does not hold.
        """
        covers = {cover.id for cover in self.care.covers} | {None}
        for kind in self.kinds.values():
            if kind.cover not in covers:
                raise broken("kinds", f"{kind.id}: cover {kind.cover}")
        known = {
            "kind": self.kinds.keys(),
            "conversation": {talk.id for talk in self.conversations.conversation},
            "vocabulary": self.lists.keys(),
            "calm": _CALM_PAGES,
        }
        for practice in self.catalogue.practice:
            sort, target = practice.target
            if target not in known.get(sort, frozenset()) or practice.cover not in covers:
                raise broken(PRACTICES, f"{practice.id}: opens or cover")
        for talk in self.conversations.conversation:
            if talk.practice not in self._practices:
                raise broken(CONVERSATIONS, f"{talk.id}: practice {talk.practice}")
        for code in Code:
            if code.value not in self._errors:
                raise broken(CARE, f"error {code.value}")
        if not (self.calm.breathing.pace and self.sentences):
            raise broken(CALM, "breathing")

    @cached_property
    def _practices(self) -> dict[str, Practice]:
        return {practice.id: practice for practice in self.catalogue.practice}

    @cached_property
    def _conversations(self) -> dict[str, Conversation]:
        return {talk.id: talk for talk in self.conversations.conversation}

    @cached_property
    def _covers(self) -> dict[str, Cover]:
        return {cover.id: cover for cover in self.care.covers}

    @cached_property
    def _errors(self) -> dict[str, ErrorText]:
        return {error.id: error for error in self.care.errors}

    @cached_property
    def _lock_reasons(self) -> dict[str, str]:
        return {reason.id: reason.text for reason in self.care.lock_reasons}


def _flattened(table: Mapping[str, object], path: str) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for key, value in table.items():
        place = f"{path}.{key}".lstrip(".")
        if isinstance(value, str):
            found[place] = value
        elif isinstance(value, dict) and value.keys() == {"one", "other"}:
            found[place] = msgspec.convert(value, Plural)
        elif isinstance(value, dict):
            found.update(_flattened(value, place))
        elif place != "version":
            raise broken(SENTENCES, place)
    return found
