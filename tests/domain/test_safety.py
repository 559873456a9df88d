"""Which answers mark danger, by what the declarations say."""

from __future__ import annotations

from app.domain.content import Content
from app.domain.kinds.injury import Injury
from app.domain.kinds.registry import Kinds
from app.domain.records import RecordId
from app.domain.safety import says_danger, threads_of


def test_only_a_break_that_can_mean_danger_puts_safety_first(content: Content) -> None:
    kind, breaches = content.kind("injury"), content.list("breaches").items
    marked = {option.id for option in breaches if says_danger(kind, Injury(breach=(option.id,)))}
    assert marked == {"abuse", "abuse_forms"}
    assert not says_danger(kind, Injury())
    assert says_danger(kind, Injury(breach=("affair", "my own word", "abuse")))


def test_what_an_entry_belongs_to_is_read_from_its_links(content: Content) -> None:
    kinds = Kinds(content)
    letter = kinds.parse("letter", {"body": "To you.", "thread": "a" * 32})

    assert threads_of(content.kind("letter"), letter) == (RecordId("a" * 32),)
    assert threads_of(content.kind("injury"), Injury(title="The night")) == ()
