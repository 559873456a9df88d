"""From the sample diary's own records to the answers our kinds take.

The diary in `resources/sample/` was written before the kinds were: its names and scales differ here and there, and this
module is the one place where they meet. `MAPPED` and `WAITING` name every key of every record, so that nothing is
dropped without being said; a test holds them to the files.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable, Mapping

from app.services.sample_parts import Answers, Raw

ZONE = "Europe/Paris"


def _keys(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


ENVELOPE = _keys("id kind author date time entered_at late visibility lang shared_since speed")
"""Keys that place a record or follow from its answers; `shared_since` and `visibility` decide which space it is in."""

MAPPED: Mapping[str, frozenset[str]] = {
    "checkin": _keys(
        "felt_safety accessible responsive engaged trust outside_load why_null mirror line visibility",
    ),
    "trigger": _keys(
        "cue cue_tag cue_label intensity move injury where_with before meaning emotions body urge urge_strength",
        "acted_on other_move partner_response helped helped_text after minutes still_going now_i_think needed then now",
    ),
    "injury": _keys(
        "title happened relation my_place carries answers occasion breach need reached_for came_back meaning after",
        "feelings body fear_longing closure narrative narrative_saved weight path settled",
    ),
    "new_experience": _keys("text risked came_back says_now injury"),
    "marker": _keys("label form to on_charts"),
}
"""Keys whose answers arrive in a record."""

WAITING: Mapping[str, frozenset[str]] = {
    "checkin": frozenset({"form"}),
    "injury": frozenset({"narrative_words", "narrative_visibility", "current_step"}),
}
"""Keys that follow from others (form, word count, current step, a story's visibility) or wait for their kinds."""

TRUTH_FILES = frozenset({"course"})
"""The truth behind the numbers, which never becomes a record."""

_MOVES = {
    "pursued": "pursue",
    "withdrew": "withdraw",
    "blamed": "blame",
    "defended": "defend",
    "reached_out": "reach_out",
    "checked": "check",
    "pleased": "please",
    "shut down": "shut_down",
}
_HELPED = {"asked_for_comfort": "asked_comfort", "told_the_story": "told_story", "time_out": "pause"}
_BODY = {
    "chest tight": "chest",
    "shallow breath": "breath",
    "cold hands": "cold",
    "mains froides": "cold",
    "gorge serrée": "throat",
    "heavy arms": "heavy",
}
_CUES = {"looking away": "looking_away"}
_RESPONSES = {"turned_toward": "toward", "turned_away": "away", "turned_against": "against"}
_OCCASIONS = {"health_crisis": "health", "emotional_crisis": "emotional"}
_BREACHES = {
    "absence_when_vulnerable": "absent",
    "secret_closeness": "hidden_closeness",
    "lying": "untruths",
    "deep_disappointment": "hope_dropped",
    "broken_promise": "promises_dropped",
}
_STEPS = {"fear": "beneath"}
_MARKERS = {"family": "other", "setback": "other", "thread": "other", "new_moment": "other"}
_REASONS = {"no occasion": "no_occasion", "not asked": None}
_MIRROR = {"reachable": "mirror_reachable", "answered": "mirror_answered", "with_them": "mirror_with"}
SCALES: Mapping[str, int] = {
    "felt_safety": 10,
    "trust": 10,
    "accessible": 4,
    "responsive": 4,
    "engaged": 4,
    "outside_load": 4,
    "mirror_reachable": 4,
    "mirror_answered": 4,
    "mirror_with": 4,
}
"""The numbers of a check-in and the tops of their scales."""

_AFTER_SENTENCE = re.compile(r"(?<=\.)\s+")


def from_0_5(strength: int) -> int:
    """A strength of the sample's 0–5 on the content's 0–4, keeping both ends: 0 1 2 2 3 4."""
    return (strength * 4 + 2) // 5


def moment(record: Raw, shift: dt.timedelta) -> Answers:
    """When a record was: its day and minute with the zone, or the day alone."""
    day = moved(record["date"], shift)
    return {"day": day, "time": record["time"], "zone": ZONE} if record["time"] else {"day": day}


def moved(day: str, shift: dt.timedelta) -> str:
    """An ISO day, moved."""
    return (dt.date.fromisoformat(day) + shift).isoformat()


def checkin(record: Raw, shift: dt.timedelta) -> Answers:
    """A check-in. A day without occasion is that reason, and a question not asked is no answer."""
    answers: Answers = {"felt_for_date": moved(record["date"], shift)}
    for field in SCALES:
        if not field.startswith("mirror_"):
            answers[field] = _number(record[field], record["why_null"].get(field))
    mirror = record["mirror"] or {}
    for part, field in _MIRROR.items():
        answers[field] = _number(mirror.get(part), mirror.get("why_null", {}).get(part))
    answers["line"] = record["line"]
    if record["line"] and record["visibility"] == "shared":
        answers["share_line"] = True
    return answers


def varied(answers: Answers, dice: random.Random) -> Answers:
    """The same check-in with each number moved by at most one point within its scale."""
    moved_answers = dict(answers)
    for field, top in SCALES.items():
        value = answers.get(field)
        if isinstance(value, int):
            moved_answers[field] = min(top, max(0, value + dice.choice((-1, 0, 0, 1))))
    return moved_answers


def _number(value: int | None, reason: str | None) -> object:
    return _REASONS[reason] if value is None and reason else value


def trigger(record: Raw, shift: dt.timedelta) -> Answers:
    """A trigger. Where the pull was not acted on, the move is the pull: `acted_on` tells the two apart."""
    answers: Answers = {"at": moment(record, shift)}
    if record["speed"] == "tally":
        return answers
    held_back = record.get("acted_on") == "no"
    move = record["urge"] if held_back else record["move"]
    label = record["cue_label"]
    tags = _distinct(tag for tag in (record["cue_tag"], _CUES.get(label, label)) if tag and tag != "other")
    answers |= {
        "cue": record["cue"],
        "peak": record["intensity"],
        "move": [_MOVES.get(move, move)],
        "thread": record["injury"],
        "cue_kind": tags,
        "helped": [_HELPED.get(part, part) for part in record.get("helped", ()) if part != "other"],
        "helped_note": record.get("helped_text"),
        "after": record.get("after"),
        "minutes_to_settle": "still_going" if record.get("still_going") else record.get("minutes"),
    }
    if record["speed"] == "full":
        answers |= _chain(record)
    return answers


def _chain(record: Raw) -> Answers:
    other = record["other_move"]
    return {
        "where_with": record["where_with"],
        "before": record["before"],
        "meaning": record["meaning"],
        "emotions": {name: from_0_5(strength) for name, strength in record["emotions"].items()},
        "body": _distinct(_BODY.get(part, part) for part in record["body"]),
        "pull": from_0_5(record["urge_strength"]),
        "acted_on": record["acted_on"],
        "other_move": [_MOVES.get(other, other)] if other else [],
        "partner_response": _RESPONSES.get(record["partner_response"], record["partner_response"]),
        "now_i_think": record["now_i_think"],
        "needed": record["needed"],
        "then": record["then"],
        "now": record["now"],
    }


def injury(record: Raw, shift: dt.timedelta, names: Mapping[str, str]) -> Answers:
    """A thread as it was begun: everything but the story, the weight and how it stands, which come with time."""
    fear, *longing = _AFTER_SENTENCE.split(record["fear_longing"], maxsplit=1)
    return {
        "title": record["title"],
        "when": _happened(record["happened"], shift),
        "relation": record["relation"],
        "my_place": {"hurt": "carries"}.get(record["my_place"], record["my_place"]),
        "carries": _people(record["carries"], names),
        "answers": _people(record["answers"], names),
        "occasion": _OCCASIONS.get(record["occasion"], record["occasion"]),
        "breach": _distinct(_BREACHES.get(part, part) for part in record["breach"]),
        "moment_of_need": record["need"],
        "reached_for": record["reached_for"],
        "came_back": record["came_back"],
        "meaning": record["meaning"],
        "changed_after": record["after"],
        "feelings_then": list(record["feelings"]),
        "body_then": _distinct(_BODY.get(part, part) for part in record["body"]),
        "fear_beneath": fear,
        "longing_beneath": longing[0] if longing else None,
        "closure": record["closure"],
        "state": "open",
    }


def thread_states(record: Raw) -> list[tuple[str, Answers]]:
    """What changed on a thread later, by original day, oldest first: its weight, its story, that it settled."""
    changes: dict[str, Answers] = {}
    for answer in record["weight"]:
        changes.setdefault(answer["date"], {})["weight"] = answer["value"]
    if record["narrative"]:
        changes.setdefault(record["narrative_saved"], {})["story"] = record["narrative"]
    if record["settled"]:
        changes.setdefault(record["settled"]["date"], {})["state"] = "settled"
    return sorted(changes.items())


def step_note(record: Raw, step: Raw, note: Raw, shift: dt.timedelta) -> Answers:
    """A note on one step of a thread's path, from the writer's place in it."""
    return {
        "thread": record["id"],
        "step": _STEPS.get(step["key"], step["key"]),
        "role": "carries" if note["author"] == record["carries"] else "answers",
        "at": moved(note["date"], shift),
        "happened": note["text"],
    }


def new_experience(record: Raw, shift: dt.timedelta) -> Answers:
    """A new moment."""
    return {
        "at": moment(record, shift),
        "happened": record["text"],
        "risked": record["risked"],
        "came_back": record["came_back"],
        "says_now": record["says_now"],
        "thread": record["injury"],
    }


def marker(record: Raw, shift: dt.timedelta) -> Answers:
    """A life marker: a day or a stretch."""
    day = moved(record["date"], shift)
    return {
        "title": record["label"],
        "marker_kind": _MARKERS.get(record["form"], record["form"]),
        "at": {"day": day, "until": moved(record["to"], shift)} if record["to"] else {"day": day},
        "on_charts": record["on_charts"],
    }


def _happened(happened: Raw, shift: dt.timedelta) -> Answers | None:
    if not happened["from"]:
        return None
    return {"day": moved(happened["from"], shift), "precision": happened["precision"]}


def _people(person: str | None, names: Mapping[str, str]) -> list[str]:
    return [names.get(person, person)] if person else []


def _distinct(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(parts))
