"""What the sample diary must keep: ids, links, dates, privacy, tone, and the facts the design shows of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

Problems = Iterator[str]
Record = dict[str, Any]
KINDS = {
    "checkin_lines": {"checkin"},
    "injuries": {"injury"},
    "triggers": {"trigger"},
    "moments": {"moment", "appreciation", "setback", "new_experience"},
    "agreements": {"agreement"},
    "commitments": {"commitment"},
    "rituals": {"ritual"},
    "conversations": {"conversation"},
    "worksheets": {"worksheet"},
    "therapy": {"therapy_session"},
    "markers": {"marker"},
    "lookbacks": {"lookback"},
}
FORMS = {
    "couple_bubble",
    "cycle",
    "template",
    "styles",
    "trust_cycle",
    "trust_levels",
    "trust_revival",
    "windows_walls",
    "emotion_responses",
    "forgiveness",
    "intimacy_map",
    "closeness_ladder",
    "pause_script",
    "apology",
    "joint_narrative",
    "plan",
    "goal",
    "tool",
    "letter",
    "then_and_now",
}
MOVES = {"pursued", "withdrew", "blamed", "defended", "shut_down", "reached_out", "checked", "pleased"}
HELPED = {
    "breathing",
    "grounding",
    "walk",
    "asked_for_comfort",
    "was_held",
    "told_the_story",
    "time_out",
    "wrote",
    "nothing_yet",
    "other",
}
CUE_TAGS = {"phone", "lateness", "tone", "place", "date", "silence", "intimacy", "media", "other"}
STATES = {"done", "part", "open", "skipped", "resting"}
AWAY = re.compile(r"[\w./-]*/(?:home|work|tmp|root|Users)/\S*|[A-Z]:\\\\")
GENDERED = re.compile(r"\b(he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
SOMEONE = re.compile(r"\b(Dad|Mum|Maud|Lise|mother|Aunt|nurse|cat|man|lady|Mamie)\b")
AGREEING = re.compile(
    r"\b(?:je suis|j’étais|tu es|tu étais|je me suis|tu t’es|Noa est|Jules est)\s+(?:\w+\s)?\w+(?:é|ée|és|ées)\b"
    r"|\b(?:contente?|désolée?|fatiguée?|heureux|heureuse|inquiète?|fière?)\b",
    re.IGNORECASE,
)


def said(where: str, what: object) -> str:
    return f"{where}: {what}"


def load(folder: Path, name: str) -> list[Record]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for v in value.values() for s in strings(v)]
    if isinstance(value, list):
        return [s for v in value for s in strings(v)]
    return []


def monday(day: str) -> date:
    d = date.fromisoformat(day)
    return d - timedelta(days=d.weekday())


def envelope(rec: Record, file: str, people: set[str], first: str, last: str) -> Problems:  # noqa: C901  # one question after another
    where = f"{file} {rec.get('id')}"
    for key in ("id", "kind", "author", "date", "visibility", "late", "lang"):
        if key not in rec:
            yield said(where, f"no {key}")
            return
    if rec["kind"] not in KINDS[file]:
        yield said(where, f"kind {rec['kind']}")
    if rec["author"] not in people:
        yield said(where, f"author {rec['author']}")
    if not first <= rec["date"] <= last:
        yield said(where, f"date {rec['date']} outside the period")
    if rec["visibility"] not in ("private", "shared"):
        yield said(where, "visibility")
    if rec["lang"] not in ("en", "fr"):
        yield said(where, "lang")
    if rec.get("time"):
        time.fromisoformat(rec["time"])
    if rec.get("entered_at"):
        felt = datetime.fromisoformat(f"{rec['date']}T{rec.get('time') or '23:59'}")
        gap = datetime.fromisoformat(rec["entered_at"]) - felt
        if gap < timedelta(0) or rec["late"] != (gap > timedelta(hours=48)):
            yield said(where, f"late flag does not fit {gap}")
    elif rec["late"]:
        yield said(where, "late without entered_at")


def check_text(rec: Record, file: str) -> Problems:
    where = f"{file} {rec['id']}"
    texts = strings(rec)
    someone = any(SOMEONE.search(text) for text in texts)
    for text in texts:
        if AWAY.search(text):
            yield said(where, f"machine path: {text[:60]}")
        if "'" in text or '"' in text or "  " in text:
            yield said(where, f"straight quote or double space: {text[:60]}")
        if "TODO" in text or "lorem" in text.lower():
            yield said(where, "filler")
        if GENDERED.search(text) and not someone:
            yield said(where, f"gendered word about whom? {text[:80]}")
        if rec["lang"] == "fr" and AGREEING.search(text):
            yield said(where, f"gendered agreement? {AGREEING.search(text).group(0)!r}")
        if re.search(r"[^\s\u00a0][;!?](?=\s|$)", text) and rec["lang"] == "fr" and "http" not in text:
            yield said(where, f"French spacing: {text[:60]}")


def check_checkins(rows: list[Record], blank_weeks: dict[str, list[str]]) -> Problems:  # noqa: C901, PLR0912  # one question after another
    seen = Counter((r["author"], r["date"]) for r in rows)
    for key, n in seen.items():
        if n > 1:
            yield said("checkin_lines", f"twice: {key}")
    for r in rows:
        where = f"checkin_lines {r['id']}"
        for key, top in (
            ("felt_safety", 10),
            ("trust", 10),
            ("accessible", 4),
            ("responsive", 4),
            ("engaged", 4),
            ("outside_load", 4),
        ):
            value = r[key]
            if value is None:
                if r["why_null"].get(key) not in ("no occasion", "not asked"):
                    yield said(where, f"{key} is null without a reason")
            elif not (isinstance(value, int) and 0 <= value <= top) or key in r["why_null"]:
                yield said(where, f"{key} = {value}")
        if r["felt_safety"] is None or r["trust"] is None:
            yield said(where, "the two quick items are always answered")
        if (r["form"] == "quick") != ("not asked" in r["why_null"].values()):
            yield said(where, "form and reasons disagree")
    noa = {r["date"] for r in rows if r["author"] == "noa"}
    for name, days in blank_weeks.items():
        written = [
            d for d in days if d in noa and not next(r for r in rows if r["author"] == "noa" and r["date"] == d)["late"]
        ]
        if written:
            yield said("checkin_lines", f"{name} has entries on {written}")
    want = {
        "2026-05-01": 6,
        "2026-05-02": 6,
        "2026-05-03": 5,
        "2026-05-04": 6,
        "2026-05-06": 6,
        "2026-05-07": 5,
        "2026-05-08": 6,
        "2026-05-09": 5,
        "2026-05-10": 5,
        "2026-05-11": 6,
        "2026-05-12": 3,
        "2026-05-13": 6,
        "2026-05-14": 6,
    }
    for author, values in (
        ("noa", want),
        ("jules", dict(zip([f"2026-05-{d:02d}" for d in range(8, 15)], (6, 6, 5, 6, 7, 6, 7), strict=True))),
    ):
        have = {r["date"]: r["felt_safety"] for r in rows if r["author"] == author}
        for day, value in values.items():
            if have.get(day) != value:
                yield said("checkin_lines", f"{author} {day}: mock-up shows {value}, have {have.get(day)}")
    if "2026-05-05" in noa:
        yield said("checkin_lines", "5 May is a gap in the mock-up")


def check_injuries(rows: list[Record]) -> Problems:  # noqa: C901  # one question after another
    by_id = {r["id"]: r for r in rows}
    if len(rows) != 5 or sum(bool(r["settled"]) for r in rows) != 1:
        yield said("injuries", "five threads, one settled")
    if by_id["inj-hospital"]["narrative_words"] != 412:
        yield said("injuries", "the hospital narrative has 412 words in the mock-up")
    long = 0
    for r in rows:
        words = len(r["narrative"].split())
        long += 350 <= words <= 600
        if words != r["narrative_words"]:
            yield said(r["id"], "word count")
        if [s["step"] for s in r["path"]] != list(range(1, 9)):
            yield said(r["id"], "path steps")
        for s in r["path"]:
            state = (
                "done"
                if s["step"] < r["current_step"] or r["settled"]
                else "current"
                if s["step"] == r["current_step"]
                else "ahead"
            )
            if s["state"] != state:
                yield said(r["id"], f"step {s['step']} is {s['state']}, expected {state}")
            if s["state"] != "ahead" and not s["notes"]:
                yield said(r["id"], f"step {s['step']} has no note")
        if not r["weight"] or any(not 0 <= w["value"] <= 10 for w in r["weight"]):
            yield said(r["id"], "weight")
    if long < 2:
        yield said("injuries", "two narratives of 350 to 600 words")
    for key, step in (
        ("inj-hospital", 5),
        ("inj-messages", 3),
        ("inj-before-us", 0),
        ("inj-moving-day", 2),
        ("inj-holiday", 8),
    ):
        if by_id[key]["current_step"] != step:
            yield said(key, "step differs from the mock-up")


def check_triggers(rows: list[Record]) -> Problems:  # noqa: C901  # one question after another
    for r in rows:
        where = f"triggers {r['id']}"
        if r["visibility"] != "private":
            yield said(where, "a trigger is always private")
        if r["speed"] == "tally":
            if set(r) - {"id", "kind", "author", "date", "time", "entered_at", "late", "visibility", "lang", "speed"}:
                yield said(where, "a tally holds nothing else")
            continue
        if not (0 <= r["intensity"] <= 10) or r["move"] not in MOVES or r["cue_tag"] not in CUE_TAGS or not r["cue"]:
            yield said(where, "cue, intensity or move")
        for code in r.get("helped", []):
            if code not in HELPED:
                yield said(where, f"helped {code}")
        if r.get("after") is not None and not 0 <= r["after"] <= r["intensity"]:
            yield said(where, "after is above the first strength")
        if r["speed"] == "full" and (r["minutes"] is None) != r["still_going"]:
            yield said(where, "minutes or still going")
    logged = [r for r in rows if r["author"] == "noa" and r["speed"] != "tally"]
    months = Counter(r["date"][:7] for r in logged if r["injury"] == "inj-hospital")
    shown = dict(
        zip(
            ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"),
            (7, 4, 4, 3, 4, 2, 2, 3, 1),
            strict=True,
        )
    )
    if dict(months) != shown:
        yield said("triggers", f"hospital triggers by month {dict(months)}")
    spring = Counter(r["cue_label"] for r in logged if r["date"] >= "2026-02-14")
    if dict(spring) != {"phone face down or angled away": 5, "late, no word": 3, "R.’s name": 3}:
        yield said("triggers", f"14 February to 14 May: {dict(spring)}")


def week_row(agreement: Record, weeks: int, last: date) -> str:
    """k kept, t crossed and talked through, x crossed, ? anything else, - not noted; oldest first."""
    by: dict[date, str] = {}
    for o in agreement["occasions"]:
        mark = (
            "k"
            if o["outcome"] == "kept"
            else "?"
            if o["outcome"] != "crossed"
            else "t"
            if o.get("talked_through")
            else "x"
        )
        by[monday(o["date"])] = mark
    return "".join(by.get(last - timedelta(weeks=weeks - 1 - i), "-") for i in range(weeks))


def check_agreements(rows: list[Record]) -> Problems:  # noqa: C901, PLR0912  # one question after another
    last = date(2026, 5, 11)
    for r in rows:
        where = r["id"]
        if not 1 <= len(r["versions"]) <= 3 or [v["version"] for v in r["versions"]] != list(
            range(1, len(r["versions"]) + 1)
        ):
            yield said(where, "versions")
        if [v["date"] for v in r["versions"]] != sorted(v["date"] for v in r["versions"]):
            yield said(where, "version dates")
        for v in r["versions"]:
            for s in v["signatures"]:
                if s["at"][:10] < v["date"]:
                    yield said(where, "signed before it was worded")
        both = {s["by"] for s in r["versions"][-1]["signatures"]} == {"noa", "jules"}
        if both != (r["state"] != "proposed"):
            yield said(where, "state and signatures disagree")
        for o in r["occasions"]:
            if o["outcome"] not in ("kept", "crossed", "unclear", "renegotiated"):
                yield said(where, o["outcome"])
            if o.get("status") == "seen_differently" and set(o["readings"]) != {"noa", "jules"}:
                yield said(where, "seen differently needs both readings")
    by_id = {r["id"]: r for r in rows}
    row = Counter(week_row(by_id["agr-late"], 30, last))
    if dict(row) != {"k": 26, "t": 2, "x": 1, "-": 1}:
        yield said("agr-late", f"30 weeks {dict(row)}")
    for key, want in (
        ("agr-late", "kkkkkktkkkkk"),
        ("agr-shoulders", "k" * 12),
        ("agr-pause", "kktkkkxkktkk"),
        ("agr-messages", "k" * 12),
        ("agr-calendar", "-kkkkkkkk-kk"),
    ):
        if week_row(by_id[key], 12, last) != want:
            yield said(key, f"last 12 weeks {week_row(by_id[key], 12, last)}")


def check_rituals(rows: list[Record]) -> Problems:
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    for r in rows:
        where = r["id"]
        part = re.search(r"BYDAY=([A-Z,]+)", r["rrule"])
        wanted = {names.index(d) for d in part.group(1).split(",")} if part else set(range(7))
        end = date.fromisoformat(r["until"]) if r["until"] else date(2026, 5, 14)
        day, planned = date.fromisoformat(r["start"]), []
        while day <= end:
            if day.weekday() in wanted:
                planned.append(day.isoformat())
            day += timedelta(days=1)
        have = [c["date"] for c in r["completions"]]
        if have != planned[: len(have)] or len(planned) - len(have) > 1:
            yield said(where, "completions do not follow the rule")
        for c in r["completions"]:
            rest = any(x["from"] <= c["date"] <= x["to"] for x in r["rest"])
            if c["state"] not in STATES or rest != (c["state"] == "resting"):
                yield said(where, f"{c['date']} {c['state']}")
    if sum((r["state"] == "under_way" and "noa" in r["who"]) or r["id"] == "rit-call" for r in rows) != 5:
        yield said("rituals", "Noa sees five under way")
    for key, want in (("rit-quiet", 12), ("rit-call", 10), ("rit-goodnight", 6)):
        done = sum(c["state"] in ("done", "part") for c in next(r for r in rows if r["id"] == key)["completions"][-14:])
        if done != want:
            yield said(key, f"{done} of the last 14, mock-up {want}")


def check_course(folder: Path, checkins: list[Record]) -> Problems:
    course = load(folder, "course")
    answers = {r["date"]: r["felt_safety"] for r in checkins if r["author"] == "noa"}
    first, last = date(2025, 9, 1), date(2026, 5, 14)
    if [c["date"] for c in course] != [(first + timedelta(days=i)).isoformat() for i in range((last - first).days + 1)]:
        yield said("course", "one line a day")
    for c in course:
        if (
            c["written"] != (c["date"] in answers)
            or (c["written"] and answers[c["date"]] != c["answer"])
            or c["written"] == bool(c["why_blank"])
        ):
            yield said("course", c["date"])
    rest = [c["answer"] - c["level"] for c in course]
    mean = sum(rest) / len(rest)
    if abs(mean) > 0.1:
        yield said("course", f"answers sit {mean:.2f} away from the level")


def check_links(everything: dict[str, Record], files: dict[str, list[Record]]) -> Problems:
    for file, rows in files.items():
        for rec in rows:
            targets = [
                rec.get("injury"),
                rec.get("about"),
                rec.get("link"),
                rec.get("safeguard"),
                *rec.get("links", []),
            ]
            targets += [o.get("link") for o in rec.get("occasions", [])]
            for target in filter(None, targets):
                other = everything.get(target)
                if other is None:
                    yield said(f"{file} {rec['id']}", f"no record {target}")
                elif other["visibility"] == "private" and (
                    rec["visibility"] == "shared" or rec["author"] != other["author"]
                ):
                    yield said(f"{file} {rec['id']}", f"points at the private record {target}")


def check_dates(rec: Record, file: str, last: str) -> Problems:
    """Dates of what happened must lie in the period; planned ones (review, due, next, session …) may lie ahead."""
    ahead = {"review_date", "review", "due", "next_date", "next", "session_date", "when", "to", "happened"}

    def walk(value: Any, key: str) -> Problems:
        if isinstance(value, dict):
            for k, v in value.items():
                if k not in ahead:
                    yield from walk(v, k)
        elif isinstance(value, list):
            for v in value:
                yield from walk(v, key)
        elif (
            isinstance(value, str)
            and re.fullmatch(r"20\d\d-\d\d-\d\d(T.*)?", value)
            and not "2025-09-01" <= value[:10] <= last
        ):
            yield said(f"{file} {rec['id']}", f"{key} {value}")

    yield from walk(rec, "")
