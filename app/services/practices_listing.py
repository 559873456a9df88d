"""The catalogue as plain data: every practice with its explanation, where it comes from and what walked it."""

from __future__ import annotations

from typing import Final, TypedDict

from app.domain.content import Content
from app.domain.practices import Practice, Source


class ArticleListing(TypedDict):
    """An article a practice was read in; titles are shortened."""

    id: str
    title: str
    author: str


class Explanation(TypedDict):
    """What a practice is and when it helps, when not to use it, and how long it takes (minutes, a guide)."""

    what: str
    about: list[str]
    when_not: str
    alone: str | None
    minutes: int
    minutes_to: int | None
    minutes_note: str | None


class SourceListing(TypedDict):
    """Whose model it follows, and where it was read."""

    model: str
    articles: list[ArticleListing]


class PracticeListing(TypedDict):
    """One practice. `row` is its row of the catalogue of the source articles; None for one that was added since.

    `audience` is one, two or either. `roles` are the seats its questions or turns are worded for; empty where one seat
    is like the other. `journey` is the test that walks it at the window.
    """

    id: str
    row: int | None
    title: str
    group: str
    audience: str
    roles: list[str]
    explanation: Explanation
    source: SourceListing
    kinds: list[str]
    opens: str
    cover: str | None
    journey: str


SEATS: Final = frozenset({"carries", "answers"})
"""Who carries a hurt, and who answers for it. Either may be anyone, and one person can hold both."""

JOURNEYS: Final = "tests/journeys/practices/"
"""Where the journeys stand that the catalogue names."""


def describe_practices(content: Content) -> list[PracticeListing]:
    """Every practice, in the catalogue's own order."""
    sources = {source.id: source for source in content.catalogue.source}
    return [_practice(content, practice, sources) for practice in content.catalogue.practice]


def _practice(content: Content, practice: Practice, sources: dict[str, Source]) -> PracticeListing:
    articles = [sources[article] for article in practice.article]
    return {
        "id": practice.id,
        "row": practice.row,
        "title": practice.title,
        "group": practice.group,
        "audience": practice.audience,
        "roles": sorted(_seats(content, practice)),
        "explanation": {
            "what": practice.one_line,
            "about": list(practice.about),
            "when_not": practice.not_for,
            "alone": practice.alone,
            "minutes": practice.minutes,
            "minutes_to": practice.minutes_to,
            "minutes_note": practice.minutes_note,
        },
        "source": {
            "model": practice.model,
            "articles": [{"id": found.id, "title": found.title, "author": found.author} for found in articles],
        },
        "kinds": list(practice.kinds),
        "opens": practice.opens,
        "cover": practice.cover,
        "journey": JOURNEYS + practice.journey,
    }


def _seats(content: Content, practice: Practice) -> frozenset[str]:
    fields = [field for kind in practice.kinds for field in content.kind(kind).fields]
    asked = any(field.seat or {option.id for option in field.options} >= SEATS for field in fields)
    sort, target = practice.target
    turns = {step.who for step in content.conversation(target).step} if sort == "conversation" else set()
    return SEATS if asked or turns & SEATS else frozenset()
