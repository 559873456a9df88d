"""The filters of the Journal in words: what can be chosen, grouped, and each choice as it stands above the timeline."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from app.domain.wording import label_for, with_partner
from app.services.filtering import Filter, Present, TagFound, tag_group
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import option_words
from app.ui.text import tr
from app.ui.widgets.chips import Chip

Part = Literal["kinds", "tags", "threads", "whose", "shared", "dates"]
DAILY: Final = ("checkin", "trigger", "injury", "note", "moment", "new_experience", "life_marker", "setback")
"""The kinds of every day, which stand first; further ones by the group of the practice they belong to."""
QUICK: Final = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter as it stands above the timeline: its part, its key in that part, its words."""

    part: Part
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one part that stand together. `single` parts keep at most one."""

    part: Part
    heading: str
    chips: tuple[Chip, ...]
    single: bool = False


class FilterWords:
    """Words for the filters of one session."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._threads: dict[str, str] = {}

    def forget(self) -> None:
        """Let go of the names of threads."""
        self._threads.clear()

    def groups(self, present: Present) -> tuple[Group, ...]:
        """Everything that can be chosen, with counts; parts with nothing to choose are left out."""
        self._threads = {thread.record: thread.title for thread in present.threads}
        groups = [*self._people(present), *self._kinds(present.kinds), self._injuries(present), *self._tags(present)]
        return tuple(group for group in groups if group.chips)

    def choices(self, wanted: Filter) -> tuple[Choice, ...]:
        """What is chosen, value by value."""
        found = [Choice("kinds", kind, self._kind(kind)) for kind in wanted.kinds]
        found += [Choice("threads", record, self._threads.get(record) or tr("a thread")) for record in wanted.threads]
        found += [Choice("tags", key, self._tag(*key.split(":", 1))) for key in wanted.tags]
        if wanted.whose:
            found.append(Choice("whose", wanted.whose, self._whose()[wanted.whose]))
        if wanted.shared is not None:
            found.append(Choice("shared", "", tr("Shared") if wanted.shared else tr("Only you")))
        if wanted.first is not None or wanted.last is not None:
            found.append(Choice("dates", "", self._dates(wanted)))
        return tuple(found)

    def _people(self, present: Present) -> list[Group]:
        if not present.together:
            return []
        whose = tuple(Chip(key, words) for key, words in self._whose().items())
        reads = (Chip("private", tr("Only you")), Chip("shared", tr("Shared")))
        return [
            Group("whose", tr("Who wrote it"), whose, single=True),
            Group("shared", tr("Who can read it"), reads, single=True),
        ]

    def _whose(self) -> dict[str, str]:
        name = self._ctx.partner or tr("The other person")
        return {"mine": tr("Written by you"), "theirs": tr("Written by {name}").format(name=name)}

    def _kinds(self, counts: Mapping[str, int]) -> list[Group]:
        catalogue = self._ctx.content.catalogue
        shown = catalogue.solo_groups if self._ctx.solo else catalogue.groups
        names = dict(zip(catalogue.groups, shown, strict=True))
        by_group: dict[str, list[str]] = {tr("Day by day"): [kind for kind in DAILY if kind in counts]}
        for name in shown:
            by_group.setdefault(name, [])
        for kind in sorted(set(counts) - set(DAILY), key=self._kind):
            found = next((one.group for one in catalogue.practice if kind in one.kinds), None)
            by_group[names[found] if found is not None else tr("Day by day")].append(kind)
        return [
            Group("kinds", tr("Kind: {group}").format(group=name), tuple(
                Chip(kind, _counted(self._kind(kind), counts[kind])) for kind in kinds
            ))
            for name, kinds in by_group.items()
        ]  # fmt: skip

    def _kind(self, kind_id: str) -> str:
        kind = self._ctx.content.kind(kind_id)
        return (kind.solo_title if self._ctx.solo else None) or kind.title

    def _injuries(self, present: Present) -> Group:
        chips = tuple(
            Chip(thread.record, _counted(thread.title or tr("without a name"), thread.count))
            for thread in present.threads
        )
        return Group("threads", tr("Belongs to an injury"), chips)

    def _tags(self, present: Present) -> list[Group]:
        by_group: dict[str, list[TagFound]] = {}
        for tag in present.tags:
            by_group.setdefault(tag.group, []).append(tag)
        return [
            Group("tags", tr("Tag: {group}").format(group=self._tag_group(group)), tuple(
                Chip(tag.key, _counted(self._tag(group, tag.term), tag.count)) for tag in tags
            ))
            for group, tags in by_group.items()
        ]  # fmt: skip

    def _tag_group(self, group: str) -> str:
        content = self._ctx.content
        if group in content.lists:
            return content.list(group).title
        field = next(f for kind in content.kinds.values() for f in kind.fields if tag_group(f) == group)
        said = field.short or label_for(field, solo=self._ctx.solo)
        return with_partner(said, self._ctx.partner or tr("the other person"))

    def _tag(self, group: str, term: str) -> str:
        content = self._ctx.content
        fields = (f for kind in content.kinds.values() for f in kind.fields if tag_group(f) == group)
        option = next((option for field in fields for option in field.options if option.id == term), None)
        return option_words(option, self._ctx) if option is not None else term

    def _dates(self, wanted: Filter) -> str:
        today = self._ctx.now().date()
        first = text.short_date(dt.date.fromordinal(wanted.first), today) if wanted.first is not None else ""
        last = text.short_date(dt.date.fromordinal(wanted.last), today) if wanted.last is not None else ""
        if first and last:
            return first if first == last else tr("{first} to {last}").format(first=first, last=last)
        return tr("from {day}").format(day=first) if first else tr("until {day}").format(day=last)


def without(wanted: Filter, choice: Choice) -> Filter:
    """The filter with one value taken off."""
    if choice.part == "dates":
        return msgspec.structs.replace(wanted, first=None, last=None)
    if choice.part == "whose":
        return msgspec.structs.replace(wanted, whose="")
    if choice.part == "shared":
        return msgspec.structs.replace(wanted, shared=None)
    values = tuple(value for value in getattr(wanted, choice.part) if value != choice.key)
    return msgspec.structs.replace(wanted, **{choice.part: values})


def quick_days(quick: str, today: dt.date) -> tuple[int, int]:
    """First and last day (ordinals) of this month, the last three months or the last year, each up to today."""
    back = {"month": 0, "quarter": 3, "year": 12}[quick]
    if not back:
        return today.replace(day=1).toordinal(), today.toordinal()
    month = today.year * 12 + today.month - 1 - back
    year, number = month // 12, month % 12 + 1
    day = min(today.day, calendar.monthrange(year, number)[1])
    return dt.date(year, number, day).toordinal() + 1, today.toordinal()


def _counted(words: str, count: int) -> str:
    return tr("{words} · {count}").format(words=words, count=text.number(count))
