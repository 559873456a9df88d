"""The catalogue of practices and the guided conversations, as declared in `resources/content/`."""

from __future__ import annotations

import msgspec


class Practice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"audience": "for"}):
    """One entry of the catalogue: what it is, whom it is not for, and what opens it.

    `audience` is one, two or either; `minutes` a guide, never a limit. `opens` names a kind, a conversation, a word
    list or a Calm page, as `sort:id`. `row` is its row in the catalogue of the source articles, None for one that was
    added since. `journey` names the test that walks it from the gallery to the journal and back.
    """

    id: str
    title: str
    one_line: str
    about: tuple[str, ...]
    not_for: str
    minutes: int
    audience: str
    model: str
    article: tuple[str, ...]
    kinds: tuple[str, ...]
    group: str
    opens: str
    journey: str
    row: int | None = None
    solo_title: str | None = None
    solo_one_line: str | None = None
    solo_about: tuple[str, ...] | None = None
    minutes_to: int | None = None
    minutes_note: str | None = None
    alone: str | None = None
    cover: str | None = None

    @property
    def target(self) -> tuple[str, str]:
        """`opens` as (sort, id)."""
        sort, _, name = self.opens.partition(":")
        return sort, name


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article that practices come from."""

    id: str
    title: str
    author: str


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """practices.toml: the practices in their order, their groups and sources."""

    version: int
    groups: tuple[str, ...]
    solo_groups: tuple[str, ...]
    source: tuple[Source, ...]
    practice: tuple[Practice, ...]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One turn of a guided conversation. `who` is a seat or both; `reaches` the stage the talk has then reached."""

    id: str
    title: str
    who: str
    prompt: str
    hint: str
    minutes: int
    word_helpers: tuple[str, ...]
    notes: bool
    may_end: bool
    caption: str | None = None
    solo_prompt: str | None = None
    solo_hint: str | None = None
    reaches: str | None = None
    reaches_if_given: str | None = None
    go_on: str | None = None


class Conversation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"audience": "for"}):
    """One guided conversation: its rules, its honest limits, its turns."""

    id: str
    title: str
    practice: str
    one_line: str
    audience: str
    seats: int
    minutes: int
    minutes_to: int
    rules: tuple[str, ...]
    not_for: str
    alone: str
    step: tuple[Step, ...]
    solo_title: str | None = None
    solo_one_line: str | None = None


class ConversationFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words every guided conversation shares: start checks, pause, keeping notes; `solo_` ones where it is held alone.

    `stands` is said under a sentence that holds none of the words `stands_without`.
    """

    start_title: str
    start_checks: tuple[str, ...]
    start_no: str
    start_fear: str
    pause: str
    pause_back: str
    strong: str
    low_safety: str
    swap: str
    leave: str
    leave_note: str
    keep_question: str
    keep_note: str
    keep_solo: str
    heard_question: str
    not_quite: str
    not_quite_note: str
    closing_line: str
    professional: str
    solo_start_checks: tuple[str, ...]
    solo_pause: str
    solo_leave_note: str
    solo_keep_note: str
    stands: str
    stands_without: tuple[str, ...]


class Conversations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """conversations.toml."""

    version: int
    common: ConversationFrame
    conversation: tuple[Conversation, ...]
