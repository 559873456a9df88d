"""A thread: one moment that changed things, kept in one place and added to at one's own pace."""

from __future__ import annotations

import msgspec

from app.domain.fields import When

_TITLE_WORDS = 8


class Injury(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One moment, seen from either seat.

    Its name: title, when it was, with whom, which seat is mine, who carries and who answers for it. The moment:
    occasion, what broke, need, reach, reply, meaning. The story in full, and what changed after. Inside it: feelings,
    body, fear, longing. If I answer for it: what I see now, my part, what gets in the way. Today: closure, `weight`
    0–10 (answered again and again; the revisions are its course), whether it goes to a session, and how the thread
    stands.
    """

    title: str | None = None
    when: When | None = None
    relation: str | None = None
    my_place: str | None = None
    carries: tuple[str, ...] | None = None
    answers: tuple[str, ...] | None = None
    occasion: str | None = None
    breach: tuple[str, ...] | None = None
    moment_of_need: str | None = None
    reached_for: str | None = None
    came_back: str | None = None
    meaning: str | None = None
    story: str | None = None
    changed_after: str | None = None
    feelings_then: tuple[str, ...] | None = None
    body_then: tuple[str, ...] | None = None
    fear_beneath: str | None = None
    longing_beneath: str | None = None
    answer_saw: str | None = None
    answer_part: str | None = None
    answer_gets_in_way: str | None = None
    closure: str | None = None
    weight: int | None = None
    for_therapy: bool | None = None
    state: str | None = None

    def heading(self) -> str:
        """What to call it: its title, else the first words of what it came to mean, of the story or of the need.

        Empty when it has no words at all; the screen then says so in its own language.
        """
        if self.title is not None and self.title.strip():
            return " ".join(self.title.split())
        for text in (self.meaning, self.story, self.moment_of_need):
            words = text.split() if text else []
            if words:
                return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
        return ""

    @property
    def standing(self) -> str:
        """open, resting or settled; a thread of which nothing was said is open."""
        return self.state or "open"

    @property
    def is_about_two(self) -> bool:
        """Whether it is about the relationship of the two who may share the journal, or nobody was named: what is with
        a parent, a past partner or a place is not, and has no words for two.
        """
        return self.relation in {None, "partner"}

    @property
    def is_mine_to_answer(self) -> bool:
        """Whether the writer answers for it, alone or also."""
        return self.my_place in {"answers", "both"}
