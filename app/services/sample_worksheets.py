"""The sample diary's worksheets as answers of our kinds. One line can hold several tools, hopes or versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from app.services.sample_mapping import moved
from app.services.sample_parts import Answers, Part, Raw

Names = Mapping[str, str]
_Read = Callable[[Raw, dt.timedelta, Names], Answers]

_HELPED: Final = MappingProxyType({"often": 8, "sometimes": 5, "no": 1})
_FOR: Final = MappingProxyType({"alone": "self", "two": "with"})
_LEVELS: Final = MappingProxyType({"before_trust": "ground", "trust": "trust", "trustworthiness": "trustworthy"})
_RUNGS: Final = MappingProxyType(
    {"at_ease": "ease", "trying": "mixed", "stepped_back_and_returned": "mixed", "ahead": "not_tried"}
)
_WINDOWS: Final = MappingProxyType({"none": "unsure"})
_FORGIVING: Final = MappingProxyType(
    {
        "carries": ("c_cost", "c_let_in", "c_anger", "p_own", "c_see", "p_self"),
        "answers": ("a_plain", "a_effect", "a_without", "a_how_came", "p_own"),
    }
)
_HOPES: Final = MappingProxyType({"started": "under_way"})
_SEATS: Final = MappingProxyType({"answers": "atone_answers", "carries": "atone_carries"})


def parts(record: Raw, shift: dt.timedelta, names: Names) -> Iterator[Part]:
    """What a worksheet's line becomes.

    Raises:
        KeyError: a form that has no kind here.
    """
    several = _SEVERAL.get(record["form"])
    if several is not None:
        yield from several(record, shift, names)
        return
    kind, read = _ONE[record["form"]]
    answers = read(record, shift, names)
    links: tuple[str, ...] = ()
    if record.get("link") and kind in _LINKED:
        answers["thread"], links = record["link"], ("thread",)
    yield Part(record["id"], kind, answers, links=links)


def _people(person: str | None, names: Names) -> list[str]:
    return [names.get(person, person)] if person else []


def _styles(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    seats = {"at_ease": body["at_ease"], "at_a_distance": body["keeps_distance"], "reaching": body["holds_tight"]}
    return {**seats, "changed": body["note"]}


def _levels(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    return {
        "now": _LEVELS.get(body["now"], body["now"]),
        "wished": _LEVELS.get(body["wished"], body["wished"]),
        "why": body["why"],
    }


def _windows(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    """One row for each pair of places, as it is and as it is wished for; the notes stand with the name."""
    wished = {row["between"].split(",")[0]: row for row in record["body"]["wished"]}
    rows = []
    for row in record["body"]["now"]:
        wish = wished.get(row["between"].split(",")[0], {})
        notes = " / ".join(note for note in (row["note"], wish.get("note")) if note)
        found = {"who": f"{row['between']}: {notes}", "now": _WINDOWS.get(row["kind"], row["kind"])}
        if wish:
            found["wish"] = wish["kind"]
        rows.append(found)
    return {"people": rows}


def _then_and_now(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    return {"then": body["then"], "now": body["now"], "differences": body["differences"]}


def _trust_cycle(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    words = {name: body[name] for name in ("need", "signal", "response", "belief")}
    return {**words, "next_need": body["what_i_did_instead"], "today": body["still_true"]}


def _map(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    items = [
        {"row": item["text"], "answer": item["answer"], **({"pace": item["note"]} if item.get("note") else {})}
        for item in body["items"]
    ]
    return {"items": items, "asking": body["pace"], "pause_sign": body["pause_words"], "limits": body["states"]}


def _ladder(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    rungs = [
        {"rung": step["text"], "feel": _RUNGS[step["state"]], **({"note": step["note"]} if step.get("note") else {})}
        for step in body["steps"]
    ]
    return {"rungs": rungs, "helps": body["pace_note"]}


def _apology(record: Raw, shift: dt.timedelta, names: Names) -> Answers:
    body = record["body"]
    said = record["visibility"] == "shared"
    return {
        "to": _people(body["to"], names),
        "did": body["what_i_did"],
        "effect": body["effect"],
        "will_do": body["what_i_will_do"],
        "by_when": {"day": moved(body["by_when"], shift)} if body["by_when"] else None,
        "said": "said" if said else "draft",
    }


def _revival(record: Raw, shift: dt.timedelta, _names: Names) -> Answers:
    """Three phases: what each seat set out to do, and what was noted on the way as rows of one's own."""
    body = record["body"]
    rows: dict[str, list[Answers]] = {}
    for phase, tasks in body["phases"].items():
        if phase == "attach":  # what is said about touch is never shared as a whole
            continue
        for seat, field in _SEATS.items():
            target = field if phase == "atone" else f"{phase}_both"
            rows.setdefault(target, []).extend({"how": task} for task in tasks[seat])
        target = "atone_answers" if phase == "atone" else f"{phase}_both"
        rows[target] += [{"since": moved(note["date"], shift), "how": note["text"]} for note in tasks["progress"]]
    return {"phase": body["phase"], **rows}


def _template(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    return {
        "title": body["lesson"],
        "origin": body["origin"],
        "protection": body["protective_pattern"],
        "predicts": body["predicted"],
        "evidence_for": body["evidence_for"],
        "evidence_against": body["evidence_against"],
        "might_say": body["now"],
    }


def _forgiving(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    answers: Answers = {}
    for field, given in zip(_FORGIVING[body["role"]], body["answers"], strict=False):
        words = given["answer"] or ("not_now" if given.get("not_now") else None)
        if words and words != "not_now":
            words = f"{given['prompt']}: {words}"
        answers[field] = [words] if field == "c_see" and words not in {None, "not_now"} else words
    return answers


def _feelings(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    """The table as its writer filled it in: of two people's columns, the writer's own and the other's guess."""
    rows = []
    for row in record["body"]["rows"]:
        mine = row if "shows" in row else row.get(record["author"])
        if not mine:
            continue
        found = {"row": row["emotion"], "shows": mine["shows"], "helps": mine["helps"]}
        if mine.get("guess"):
            found["guess"], found["confirmed"] = mine["guess"], mine["confirmed"]
        rows.append(found)
    return {"rows": rows}


def _pause(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    other = next(person for person in body["signs"] if person != record["author"])
    return {
        "signs_me": body["signs"][record["author"]],
        "signs_other": body["signs"][other],
        "words": body["words"],
        "length": body["minutes"],
        "where": body["during"][0],
        "no_contact": body["during"][1],
        "meanwhile": body["during"][2],
        "who_returns": body["who_returns"],
        "back_words": body["on_return"],
        "if_not_ready": body["if_not_ready"],
    }


def _cycle(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    mine = body["people"][record["author"]]
    other = next(found for person, found in body["people"].items() if person != record["author"])
    return {
        "our_name": body["name"],
        "pattern": body["pattern"],
        "starts_with": body["steps"][0],
        "early_sign": " ".join(body["steps"][1:]),
        "my_move": ["pursue", mine["move"]],
        "my_move_seen": mine["looks_like"],
        "my_softer": ["fear", mine["feeling_under"]],
        "my_longing": mine["longing"],
        "other_move": ["withdraw", other["move"]],
        "other_seen": other["looks_like"],
        "other_softer": f"{other['feeling_under']} {other['longing']}",
        "way_out": " ".join(body["exits"]),
    }


def _bubble(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    return {**body["raises"], **body["lowers"]}


def _plan(record: Raw, shift: dt.timedelta, _names: Names) -> Answers:
    body = record["body"]
    return {
        "title": record["title"],
        "looks": [f"{moved(look['when'], shift)}: {look['what']}" for look in body["reviews"]],
        "therapy_rhythm": body["sessions"],
        "learn": body["learning"],
        "people": body["people_i_can_ring"],
        "then_do": [body["if_it_gets_low"]],
        "early_signs": body["bring_next"],
    }


def _letter(record: Raw, _shift: dt.timedelta, _names: Names) -> Answers:
    return {"to": record["body"]["to"], "body": record["body"]["text"], "then_what": "keep"}


def _tools(record: Raw, _shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    for number, tool in enumerate(record["body"]["tools"], 1):
        answers: Answers = {
            "title": tool["name"],
            "who": _FOR[tool["for"]],
            "helped": _HELPED[tool["helped"]],
            "how": tool.get("note"),
        }
        yield Part(f"{record['id']}-{number}", "tool", answers)


def _hopes(record: Raw, shift: dt.timedelta, names: Names) -> Iterator[Part]:
    for number, hope in enumerate(record["body"]["goals"], 1):
        whose = [names[person] for person in names] if hope["owner"] == "both" else _people(hope["owner"], names)
        answers: Answers = {
            "title": hope["goal"],
            "first_step": hope["first_step"],
            "whose": whose,
            "next_look": {"day": moved(hope["review"], shift)},
            "state": _HOPES.get(hope["state"], hope["state"]),
        }
        yield Part(f"{record['id']}-{number}", "goal", answers)


def _narrative(record: Raw, _shift: dt.timedelta, _names: Names) -> Iterator[Part]:
    """Its versions are its states; what was learned and the new story came with the last one."""
    body = record["body"]
    last = body["versions"][-1]
    for version in body["versions"]:
        answers: Answers = {"title": record["title"], "happened": version["text"]}
        if version is last:
            answers |= {"learned": body["lessons"], "new_story": body["new_story"]}
        time = record["time"] if version is not last else "18:30"
        yield Part(record["id"], "joint_narrative", answers, day=version["date"], time=time)


_LINKED: Final = frozenset({"template", "forgiveness_work", "letter"})
_ONE: Final[Mapping[str, tuple[str, _Read]]] = MappingProxyType(
    {
        "styles": ("styles_reflection", _styles),
        "trust_levels": ("trust_levels", _levels),
        "windows_walls": ("windows_walls", _windows),
        "then_and_now": ("then_and_now", _then_and_now),
        "trust_cycle": ("trust_cycle", _trust_cycle),
        "intimacy_map": ("intimacy_map", _map),
        "closeness_ladder": ("closeness_ladder", _ladder),
        "apology": ("apology", _apology),
        "trust_revival": ("trust_revival", _revival),
        "template": ("template", _template),
        "forgiveness": ("forgiveness_work", _forgiving),
        "emotion_responses": ("emotion_responses", _feelings),
        "pause_script": ("pause_script", _pause),
        "cycle": ("cycle", _cycle),
        "couple_bubble": ("couple_bubble", _bubble),
        "plan": ("plan", _plan),
        "letter": ("letter", _letter),
    }
)
_SEVERAL: Final[Mapping[str, Callable[[Raw, dt.timedelta, Names], Iterable[Part]]]] = MappingProxyType(
    {"tool": _tools, "goal": _hopes, "joint_narrative": _narrative}
)
