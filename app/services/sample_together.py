"""What the sample diary holds between two people: agreements, promises, rituals, conversations, sessions, moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from app.services.sample_mapping import ZONE, moment, moved
from app.services.sample_parts import Answers, Part, Raw

Names = Mapping[str, str]

_AREAS: Final = MappingProxyType(
    {
        "asking_and_answering": "plans_lateness",
        "privacy": "screens",
        "conflict": "conflict_words",
        "outside_contacts": "outside_people",
        "time": "plans_lateness",
        "asking_for_help": "therapy",
        "topics_and_pace": "conflict_topics",
    }
)
_RITUALS: Final = MappingProxyType(
    {"together": "evening", "reach": "greeting", "review": "weekly", "self_care": "movement", "gratitude": "thanks"}
)
_OUTCOMES: Final = MappingProxyType({"kept": "honoured"})
_READINGS: Final = MappingProxyType({"agree": "same", "differs": "differently"})
_TICKS: Final = MappingProxyType({"part": "small", "skipped": "rested", "resting": "rested"})
_STATES: Final = MappingProxyType({"under_way": "active"})
_SORTS: Final = MappingProxyType(
    {"preventive": "prevents", "intervening": "steps_in", "transparency": "open", "self_care": "other"}
)
_DAYS: Final = MappingProxyType(
    {"MO": "mon", "TU": "tue", "WE": "wed", "TH": "thu", "FR": "fri", "SA": "sat", "SU": "sun"}
)
_TURNS: Final = MappingProxyType({"turned_toward": "toward", "turned_away": "away", "turned_against": "against"})
_REACHED: Final = MappingProxyType({"stayed_present": "stayed"})
_SCRIPTS: Final = MappingProxyType({"small_repair": "Small repair", "hearing_an_old_hurt": "Hearing an old hurt"})


def people(found: str | list[str] | None, names: Names) -> list[str]:
    """Names on screen for one id, several, "both" or nobody."""
    ids = list(names) if found == "both" else [found] if isinstance(found, str) else found or []
    return [names.get(person, person) for person in ids]


def agreement(record: Raw, shift: dt.timedelta, names: Names) -> Iterator[Part]:
    """An agreement: each wording is a state, and so is the day it was let go."""
    standing = record["state"]
    answers: Answers = {
        "area": _AREAS.get(record["area"], record["area"]),
        "asked_by": people(record["asked_by"], names),
        "why": record["why"],
        "looks_like": record["keeping_looks_like"],
        "if_crossed": record["if_crossed"],
        "exceptions": record["exceptions"],
        "starts": {"day": moved(record["date"], shift)},
        "state": "active" if standing == "retired" else standing,
    }
    if record["review_date"]:
        answers["next_look"] = {"day": moved(record["review_date"], shift)}
    for version in record["versions"]:
        answers = {**answers, "wording": version["wording"], "reason": version["reason"]}
        signed = version["signatures"][0]["at"].partition("T")[2] if version["signatures"] else record["time"]
        yield Part(record["id"], "boundary", answers, version["date"], signed)
    if standing == "retired":
        gone = record["retired"]
        let_go = {**answers, "state": "retired", "reason": gone["reason"]}
        yield Part(record["id"], "boundary", let_go, gone["date"], "21:00")


def occasions(record: Raw, shift: dt.timedelta, names: Names, person: str) -> Iterator[Part]:
    """The occasions of an agreement that this person noted; those both noted are its author's.

    Where the two read one differently, the other's reading is an entry of their own.
    """
    for occasion in record["occasions"]:
        writer = record["author"] if occasion["logged_by"] == "both" else occasion["logged_by"]
        if writer != person:
            if person in occasion.get("readings", {}):
                yield _reading(record, occasion, shift, person)
            continue
        answers: Answers = {
            "boundary": record["id"],
            "at": {"day": moved(occasion["date"], shift)},
            "outcome": _OUTCOMES.get(occasion["outcome"], occasion["outcome"]),
            "logged_by": people(occasion["logged_by"], names),
            "note": occasion.get("note"),
            "other_reading": _READINGS.get(occasion.get("other_reading", ""), occasion.get("other_reading")),
            "step_kept": occasion.get("consequence_honoured"),
            "repaired": occasion.get("repaired"),
        }
        yield Part(occasion["id"], "boundary_occasion", answers, occasion["date"], "21:15", ("boundary",))


def _reading(record: Raw, occasion: Raw, shift: dt.timedelta, person: str) -> Part:
    answers: Answers = {
        "boundary": record["id"],
        "reading_of": occasion["id"],
        "at": {"day": moved(occasion["date"], shift)},
        "outcome": _OUTCOMES.get(occasion["outcome"], occasion["outcome"]),
        "note": occasion["readings"][person],
        "other_reading": _READINGS[occasion["other_reading"]],
    }
    links = ("boundary", "reading_of")
    return Part(f"{occasion['id']}-{person}", "boundary_occasion", answers, occasion["date"], "21:40", links)


_NOTICEABLE = frozenset({"kept", "kept_late", "partly"})


def commitment(record: Raw, shift: dt.timedelta, names: Names) -> Iterator[Part]:
    """A promise as it stands."""
    cadence = record["cadence"] or ""
    rhythm = "weekly" if cadence.startswith("FREQ=WEEKLY") else "when_due" if cadence else "once"
    answers: Answers = {
        "wording": record["wording"],
        "who": people(record["by"], names),
        "to_whom": people(record["to"], names),
        "sort": _SORTS[record["type"]],
        "cost": record["cost"],
        "rhythm": rhythm,
        "due": {"day": moved(record["due"], shift)} if record["due"] else None,
        "state": record["state"],
    }
    yield Part(record["id"], "commitment", answers, time="20:30")


def events(record: Raw, shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    """How a promise went, noted by whoever wrote it down; what the other noticed is theirs to say."""
    for number, event in enumerate(record["events"], 1):
        answers: Answers = {
            "commitment": record["id"],
            "at": {"day": moved(event["date"], shift)},
            "outcome": event["outcome"],
            "note": event["note"],
        }
        yield Part(f"{record['id']}-{number:02}", "commitment_event", answers, event["date"], "20:40", ("commitment",))


def noticed(record: Raw, person: str) -> Iterator[Part]:
    """What one person noticed of what the other promised, in records of their own. Nothing is said of the rest."""
    if record["author"] == person or record["visibility"] != "shared":
        return
    for number, event in enumerate(record["events"], 1):
        if event["noticed"] and event["outcome"] in _NOTICEABLE:
            entry = f"{record['id']}-{number:02}"
            answers: Answers = {"event": entry, "noticed": "yes", "thanks": event.get("thanks")}
            yield Part(f"{entry}-{person}", "promise_noticed", answers, event["date"], "21:30", ("event",))


def ritual(record: Raw, shift: dt.timedelta, names: Names) -> Iterator[Part]:
    """A ritual: begun, rested when it rested, and as it stands now."""
    rule = record["rrule"]
    days = list(_DAYS.values()) if rule == "FREQ=DAILY" else [_DAYS[day] for day in rule.split("BYDAY=")[1].split(",")]
    start = moved(record["start"], shift)
    answers: Answers = {
        "title": record["name"],
        "area": _RITUALS[record["area"]],
        "who": people(record["who"], names),
        "why": record["why"],
        "small": record["minimum"],
        "rhythm": "days",
        "days": days,
        "give_or_take": record["window_min"],
        "starts": {"day": start},
        "state": "active",
    }
    if record["at"]:
        answers["around"] = {"day": start, "time": record["at"], "zone": ZONE}
    yield Part(record["id"], "ritual", answers, record["start"], "06:30")
    for rest in record["rest"]:
        answers = {**answers, "rest": {"day": moved(rest["from"], shift), "until": moved(rest["to"], shift)}}
        yield Part(record["id"], "ritual", answers, rest["from"], "08:00")
    standing = _STATES.get(record["state"], record["state"])
    if standing != "active":
        ended = record["retired"]["date"] if record["retired"] else record["rest"][-1]["from"]
        yield Part(record["id"], "ritual", {**answers, "state": standing}, ended, "21:30")


def ticks(record: Raw, shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    """The days of a ritual. A day left open without a word was not noted, so it is no entry."""
    for tick in record["completions"]:
        if tick["state"] == "open" and not tick.get("note"):
            continue
        entered = tick.get("entered_at") or f"{tick['date']}T{record['at'] or '21:50'}"
        day, _, time = entered.partition("T")
        reason = next((rest["reason"] for rest in record["rest"] if rest["from"] <= tick["date"] <= rest["to"]), None)
        outcome = _TICKS.get(tick["state"], tick["state"])
        answers: Answers = {
            "ritual": record["id"],
            "at": {"day": moved(tick["date"], shift)},
            "outcome": outcome,
            "reason": reason if outcome == "rested" else None,
            "note": tick.get("note"),
        }
        yield Part(f"{record['id']}-{tick['date']}", "ritual_completion", answers, day, time, ("ritual",))


def conversation(record: Raw, shift: dt.timedelta, names: Names) -> Iterator[Part]:
    """A conversation both kept the notes of, as the one whose line it is wrote it down."""
    own = record["author"]
    notes = [
        {"step": step["name"], "note": "\n".join(f"{names[note['author']]}: {note['text']}" for note in step["notes"])}
        for step in record["steps"]
        if step["notes"]
    ]
    answers: Answers = {
        "script": _SCRIPTS[record["form"]],
        "at": moment(record, shift),
        "topic": record["title"],
        "seats": people([record["steps"][0]["speaker"], record["steps"][0]["listener"]], names),
        "strength_before": {names[own]: record["strength"][own]["before"]},
        "step_notes": notes,
        "pause_used": bool(record["pauses"]),
        "reached": _REACHED.get(record["stage"], record["stage"]),
        "heard": {names[own]: record["felt_heard"][own]},
        "left_open": record["outcome_note"],
        "next": {"day": moved(record["next_date"], shift)} if record["next_date"] else None,
    }
    links: tuple[str, ...] = ()
    if record["about"]:
        answers["thread"], links = record["about"], ("thread",)
    yield Part(record["id"], "conversation", answers, links=links)


def session(record: Raw, shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    """A therapy session: what was brought, and what stayed."""
    both = len(record["attended"]) > 1
    answers: Answers = {
        "at": {"day": moved(record["session_date"], shift)},
        "setting": "two" if both else "one",
        "want": "\n".join([*record["bring"], *(record.get("want_to_ask") or ())]),
        "helped": record["helped"],
        "missed": record["missed_saying"],
        "took_away": [record["take_away"]] if record["take_away"] else None,
        "next": {"day": moved(record["next"], shift)} if record["next"] else None,
    }
    yield Part(record["id"], "therapy_session", answers)


def small(record: Raw, shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    """A turning point, an appreciation or a setback."""
    at = moment(record, shift)
    if record["kind"] == "appreciation":
        yield Part(record["id"], "appreciation", {"line": record["text"], "at": at})
    elif record["kind"] == "setback":
        answers: Answers = {
            "at": at,
            "happened": record["text"],
            "was_new": record["what_was_new"],
            "led_up": record["gap_note"],
            "safeguard_link": record["safeguard"],
            "next_step": record["next_step"],
        }
        yield Part(record["id"], "setback", answers, links=("safeguard_link",) if record["safeguard"] else ())
    else:
        reacher = record["reacher"]
        reached = "both" if reacher == "both" else "me" if reacher == record["author"] else "other"
        answers = {
            "at": at,
            "reached": reached,
            "for_what": f"{record['text']} {record['for_what'] or ''}".strip(),
            "read_right": record["read"],
            "turned": _TURNS.get(record["turned"], record["turned"]),
            "followed": record["followed"],
        }
        yield Part(record["id"], "moment", answers)


def look_back(record: Raw, shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    """A week looked back on, and its five quiet questions, which are an entry of their own and shared with nobody."""
    answers: Answers = {
        "week": moment(record, shift),
        "week_safety": record["week_safety"],
        "good_moment": record["good"],
        "hard_moment": record["hard"],
    }
    yield Part(record["id"], "weekly_look_back", answers)
    if record["bond"]:
        yield Part(f"{record['id']}-quiet", "risk_look", dict(record["bond"]))
