"""Kept four-weekly looks as blocks of a summary: the letter as it was said then, and what the person added."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.fields import Field
from app.domain.records import Body
from app.domain.wording import label_for, with_partner
from app.reports.summary import Answer, Review
from app.services.danger import Danger
from app.services.journal import Journal
from app.services.reviews import KIND, Reviews
from app.services.session import Session
from app.services.trend_series import REVIEW_DAYS
from app.services.trend_words import TrendWords


def looks(session: Session, first: int, last: int, words: TrendWords) -> tuple[Review, ...]:
    """Those picked on their own page that end between two days (ordinals, both included); with none picked, all."""
    reviews = Reviews(session)
    solo = session.solo or Danger(session).recorded()
    found = []
    for one in reviews.picked(first, last) or reviews.kept(first, last):
        body = Journal(session).record(one.record).body
        span = words.span(one.day - REVIEW_DAYS + 1, one.day)
        said = tuple(getattr(body, "letter", None) or ())
        found.append(Review(words.say("review.title", **span), said, tuple(_answers(session, body, solo=solo))))
    return tuple(found)


def _answers(session: Session, body: Body, *, solo: bool) -> Iterator[Answer]:
    """What was added, in the order of its form; the question that is kept to oneself stays out."""
    for field in session.kinds.declared(KIND).fields:
        value = getattr(body, field.id)
        if value is not None and not field.private_only and (said := _said(field, value)):
            label = with_partner(label_for(field, solo=solo), session.partner or "")
            yield Answer(label, said, own=field.is_free_text)


def _said(field: Field, value: object) -> str:
    if field.is_free_text:
        return str(value)
    return field.words[value] if field.words and isinstance(value, int) else ""
