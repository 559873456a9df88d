"""What the content pack must keep: references, seats, privacy, tone. Every check yields what is wrong, as sentences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

Table = dict[str, Any]
Problems = Iterator[str]

FILES = (
    "practices.toml",
    "kinds-journal.toml",
    "kinds-agreements.toml",
    "kinds-worksheets.toml",
    "kinds-instruments.toml",
    "vocabulary.toml",
    "conversations.toml",
    "calm.toml",
    "care.toml",
)
MAX_BYTES = 60 * 1024
GROUPS = {"Understand", "Together", "Steady myself", "Rebuild trust", "Closeness"}
TYPES = {
    "text",
    "long_text",
    "scale_0_10",
    "scale_0_4",
    "scale_1_7",
    "choice",
    "chips",
    "when",
    "duration_min",
    "link",
    "people",
    "table",
    "list",
    "signature",
    "checkbox",
}
SHARING = {"never", "by_item", "by_stream", "by_choice", "together", "each"}
SPEEDS = {"tally", "quick", "full"}
SEATS = {"carries", "answers"}
WHO = {"speaker", "listener", "both", "carries", "answers"}
PICTURES = {"loop", "house", "ladder", "side_by_side", "table", "then_now"}
NAMES = {
    "partner",
    "speaker",
    "listener",
    "minutes",
    "time",
    "place",
    "date",
    "count",
    "group",
    "reason",
}

PRACTICE_KEYS = {
    "id",
    "row",
    "title",
    "solo_title",
    "one_line",
    "solo_one_line",
    "about",
    "solo_about",
    "not_for",
    "minutes",
    "minutes_to",
    "minutes_note",
    "for",
    "alone",
    "model",
    "article",
    "kinds",
    "group",
    "opens",
    "cover",
    "journey",
}
KIND_KEYS = {
    "id",
    "title",
    "solo_title",
    "singular",
    "add",
    "solo_add",
    "empty_state",
    "solo_empty_state",
    "sharing",
    "needs_any",
    "standalone",
    "speeds",
    "cover",
    "repeats",
    "picture",
    "highlights",
    "total",
    "sections",
    "field",
}
FIELD_KEYS = {
    "id",
    "type",
    "label",
    "solo_label",
    "short",
    "solo_short",
    "help",
    "solo_help",
    "ends",
    "middle",
    "words",
    "no_answer",
    "options",
    "options_from",
    "max",
    "own",
    "graded",
    "required",
    "private_only",
    "told",
    "measure",
    "wording",
    "section",
    "later",
    "speed",
    "only",
    "by",
    "per_person",
    "number",
    "seat",
    "to",
    "columns",
    "rows",
    "rows_from",
    "rows_group",
    "highlights",
}
STEP_KEYS = {
    "id",
    "title",
    "who",
    "caption",
    "prompt",
    "solo_prompt",
    "hint",
    "solo_hint",
    "minutes",
    "word_helpers",
    "notes",
    "may_end",
    "reaches",
    "reaches_if_given",
    "go_on",
}
NEEDED_KINDS = [
    "trigger",
    "checkin",
    "weekly_look_back",
    "four_weekly_review",
    "risk_look",
    "injury",
    "path_step",
    "boundary",
    "boundary_occasion",
    "commitment",
    "commitment_event",
    "ritual",
    "ritual_completion",
    "moment",
    "appreciation",
    "setback",
    "new_experience",
    "life_marker",
    "plan",
    "therapy_session",
    "goal",
    "tool",
    "pause_script",
    "apology",
    "joint_narrative",
    "couple_bubble",
    "cycle",
    "template",
    "styles_reflection",
    "trust_cycle",
    "trust_levels",
    "trust_revival",
    "windows_walls",
    "emotion_responses",
    "forgiveness_work",
    "intimacy_map",
    "closeness_ladder",
    "attunement_practice",
    "conversation",
    "note",
    "then_and_now",
    "letter",
    "fear_note",
    "support_contact",
    "score_entry",
]
PRIVATE_KINDS = {"risk_look", "fear_note", "support_contact", "intimacy_map", "closeness_ladder"}
PRIVATE_FIELDS = {
    "four_weekly_review.pace_right",
    "four_weekly_review.letter",
    "boundary.freely",
    "conversation.safety_before",
    "conversation.safety_after",
    "trust_revival.attach_both",
}
NEEDED_LISTS = [
    "emotions",
    "body_cues",
    "moves",
    "helped",
    "occasions",
    "breaches",
    "agreement_areas",
    "ritual_areas",
    "skip_reasons",
    "markers",
    "path_steps",
    "path_stages",
    "guarded_words",
    "reach_stages",
]
NEEDED_ERRORS = [
    "wrong_passphrase",
    "damaged_header",
    "incomplete_copy",
    "empty_file",
    "plain_database",
    "newer_format",
    "locked_by_another",
    "no_permission",
    "disk_full",
    "import_refused",
]
NEEDED_CARE = [
    "first_entry",
    "limits",
    "safety",
    "share",
    "share_stream",
    "share_item",
    "export",
    "print",
    "recovery",
    "passphrase",
    "erase",
    "lock",
    "lock_reason",
    "error",
    "cover",
    "summary",
    "reminder",
]
NEEDED_TALKS = [
    "hearing-an-old-hurt",
    "talk-with-turns",
    "state-of-us",
    "small-repair",
    "preparing-the-deep-work",
    "agreement-look",
    "month-together",
]

BANNED = re.compile(
    r"\b(should|shouldn’t|must|ought|just|simply|obviously|great job|well done|congratulations|only you can|"
    r"victims?|offenders?|betrayers?|perpetrators?|abusers?|injured party|innocent|guilty|failed|failures?|failing|"
    r"relapse\w*|"
    r"back to square|violat\w+|breach\w*|overdue|audit|streaks?|toxic|narcissis\w+|codependen\w+|dysfunction\w*|"
    r"forgive\w*|forgave|"
    r"he|she|him|her|his|hers|himself|herself|wife|wives|husbands?|boyfriend|girlfriend|man|men|woman|women|"
    r"mother|father|mum|mom|dad|sister|brother|son|daughter|guys|lady|ladies)\b",
    re.IGNORECASE,
)
# Keys whose value is no sentence for a reader, or is allowed to name a work or a phrase as such.
# On a card in a journal of one, these need a wording of their own.
COUPLE = re.compile(r"\b(both of you|you both|each other|side by side|two of you|in step|our|us|we)\b", re.IGNORECASE)
QUIET_KEYS = {
    "id",
    "type",
    "kinds",
    "article",
    "opens",
    "options_from",
    "rows_from",
    "rows_group",
    "measure",
    "section",
    "sharing",
    "speed",
    "speeds",
    "picture",
    "cover",
    "to",
    "highlights",
    "group",
    "groups",
    "solo_groups",
    "model",
    "author",
    "journey",
    "stage",
    "leads",
    "practice",
    "who",
    "reaches",
    "reaches_if_given",
    "for",
    "only",
    "by",
    "seat",
    "graded",
    "slot_kind",
    "more",
    "pull",
}


def strings(value: Any, path: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    if isinstance(value, str):
        yield path, key, value
    elif isinstance(value, list):
        for i, part in enumerate(value):
            tag = part.get("id", i) if isinstance(part, dict) else i
            yield from strings(part, f"{path}[{tag}]", key)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from strings(part, f"{path}.{name}", name)


def check_tone(name: str, data: Table) -> Problems:
    for path, key, text in strings(data):
        where = f"{name}{path}"
        if key in QUIET_KEYS or path.startswith(".source"):
            continue
        phrase = "guarded_words" in path or "statement_words" in path  # what is looked for, not what is said
        hit = BANNED.search(text)
        if hit and not phrase:
            yield f"{where}: word “{hit.group(0)}”"
        for mark, why in (
            ("!", "exclamation mark"),
            ("'", "straight apostrophe"),
            ('"', "straight quote"),
            ("—", "long dash"),
        ):
            if mark in text:
                yield f"{where}: {why}"
        if any(unicodedata.category(c) in {"So", "Cs", "Co"} for c in text):
            yield f"{where}: symbol or emoji"
        if "  " in text or text != text.strip() or not text:
            yield f"{where}: stray space or empty"
        for slot in re.findall(r"\{([^}]*)\}", text):
            if slot not in NAMES:
                yield f"{where}: unknown name {{{slot}}}"


def unique(items: list[str], what: str) -> Problems:
    for name, n in Counter(items).items():
        if n > 1:
            yield f"{what}: id “{name}” appears {n} times"


def check_ids(data: Any, where: str) -> Problems:
    """Within every list of tables that carry ids, no id repeats."""
    if isinstance(data, dict):
        for key, part in data.items():
            yield from check_ids(part, f"{where}.{key}")
    elif isinstance(data, list):
        yield from unique([str(p["id"]) for p in data if isinstance(p, dict) and "id" in p], where)
        for part in data:
            yield from check_ids(part, where)


def check_vocabulary(data: Table) -> Problems:  # noqa: C901  # one question after another
    lists = {entry["id"]: entry for entry in data["list"]}
    for need in NEEDED_LISTS:
        if need not in lists:
            yield f"vocabulary: list {need} is missing"
    for entry in lists.values():
        for item in entry["items"]:
            if not {"id", "label", "line"} <= item.keys():
                yield f"vocabulary.{entry['id']}: {item.get('id')} lacks id, label or line"
    groups = Counter(item["group"] for item in lists["breaches"]["items"])
    if groups != {"common": 4, "three": 3, "everyday": 10, "more": 2}:
        yield f"vocabulary.breaches: groups are {dict(groups)}"
    if sum(item["group"] == "universal" for item in lists["emotions"]["items"]) != 7:
        yield "vocabulary.emotions: not seven universal ones"
    if [i["value"] for i in lists["path_steps"]["items"]] != list(range(1, 9)):
        yield "vocabulary.path_steps: not 1..8"
    for item in lists["breaches"]["items"]:
        if item["id"].startswith("abuse") and not item.get("safety"):
            yield f"vocabulary.breaches: {item['id']} lacks safety = true"


def solo_ok(entry: Table, key: str, where: str) -> Problems:
    if "{partner}" in entry.get(key, "") and f"solo_{key}" not in entry and entry.get("only") != "two":
        yield f"{where}: {key} names {{partner}} and has no solo_{key}"
    if "{partner}" in entry.get(f"solo_{key}", ""):
        yield f"{where}: solo_{key} names {{partner}}"


def check_field(kind: Table, field: Table, lists: Table, kinds: set[str]) -> Problems:  # noqa: C901, PLR0912  # one question after another
    where = f"{kind['id']}.{field.get('id')}"
    for key in field.keys() - FIELD_KEYS:
        yield f"{where}: unknown key {key}"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", field["id"]):
        yield f"{where}: id is not snake_case"
    if field["type"] not in TYPES:
        yield f"{where}: type {field['type']}"
    if not field.get("label"):
        yield f"{where}: no label"
    for key in ("label", "help"):
        yield from solo_ok(field, key, where)
    help_text = field.get("help", "")
    if len(help_text) > 120 or len(re.findall(r"[.?](?:\s|$)", help_text)) > 1:
        yield f"{where}: help is not one short sentence"
    if (field["type"].startswith("scale") or "graded" in field) and len(field.get("ends", [])) != 2:
        yield f"{where}: scale without two ends"
    if "words" in field and len(field["words"]) != 5:
        yield f"{where}: words is not five long"
    if field["type"] in {"choice", "chips"} and not ({"options", "options_from"} & field.keys()):
        yield f"{where}: no options"
    if "options_from" in field and field["options_from"] not in lists:
        yield f"{where}: list {field['options_from']} does not exist"
    if "rows_from" in field and field["rows_from"] not in lists:
        yield f"{where}: list {field['rows_from']} does not exist"
    for option in field.get("options", []) + field.get("no_answer", []) + field.get("rows", []):
        if not {"id", "label"} <= option.keys():
            yield f"{where}: option without id or label"
        yield from solo_ok(option, "label", f"{where}.{option.get('id')}")
    if field["type"] == "link":
        for target in field.get("to", []) or [""]:
            if target not in kinds:
                yield f"{where}: links to unknown kind “{target}”"
    if field["type"] == "table":
        if not field.get("columns"):
            yield f"{where}: table without columns"
        for column in field.get("columns", []):
            if column["type"] not in TYPES or (column["type"] == "choice" and not column.get("options")):
                yield f"{where}.{column['id']}: column type or options"
            yield from solo_ok(column, "label", f"{where}.{column['id']}")
    if "speed" in field and field["speed"] not in SPEEDS:
        yield f"{where}: speed {field['speed']}"
    if "seat" in field and field["seat"] not in SEATS:
        yield f"{where}: seat {field['seat']}"
    if field.get("section") not in {s["id"] for s in kind["sections"]}:
        yield f"{where}: section {field.get('section')} is not declared"
    if field.get("required") and field.get("later"):
        yield f"{where}: required and later at once"
    if (kind["id"] in PRIVATE_KINDS or where in PRIVATE_FIELDS) and not field.get("private_only"):
        yield f"{where}: private_only is missing"


def check_kinds(all_kinds: list[Table], lists: Table, covers: set[str]) -> Problems:  # noqa: C901, PLR0912  # one question after another
    names = {kind["id"] for kind in all_kinds}
    yield from unique([kind["id"] for kind in all_kinds], "kinds")
    for need in NEEDED_KINDS:
        if need not in names:
            yield f"kinds: {need} is missing"
    measures: list[str] = []
    for kind in all_kinds:
        where = kind["id"]
        for key in kind.keys() - KIND_KEYS:
            yield f"{where}: unknown key {key}"
        for key in ("title", "singular", "empty_state", "add", "sharing", "sections"):
            if not kind.get(key):
                yield f"{where}: no {key}"
        if kind["sharing"] not in SHARING:
            yield f"{where}: sharing {kind['sharing']}"
        if kind["id"] in {"risk_look", "fear_note", "support_contact"} and kind["sharing"] != "never":
            yield f"{where}: can be shared"
        if "cover" in kind and kind["cover"] not in covers:
            yield f"{where}: cover {kind['cover']} does not exist"
        if "picture" in kind and kind["picture"] not in PICTURES:
            yield f"{where}: picture {kind['picture']}"
        if "highlights" in kind and kind["highlights"] not in lists:
            yield f"{where}: list {kind['highlights']} does not exist"
        yield from solo_ok(kind, "empty_state", where)
        used = {field.get("section") for field in kind["field"]}
        for section in kind["sections"]:
            if section["id"] not in used:
                yield f"{where}: section {section['id']} is empty"
        for field in kind["field"]:
            yield from check_field(kind, field, lists, names)
            if "measure" in field:
                measures.append(field["measure"])
    yield from unique(measures, "measures")
    trigger = next(kind for kind in all_kinds if kind["id"] == "trigger")
    if any("speed" not in field for field in trigger["field"]):
        yield "trigger: a field has no speed"
    if sum(field["speed"] == "quick" for field in trigger["field"]) != 3:
        yield "trigger: the quick form does not have three inputs"


def check_practices(data: Table, kinds: set[str], talks: set[str], lists: Table, covers: set[str]) -> Problems:  # noqa: C901, PLR0912  # one question after another
    items = data["practice"]
    sources = {source["id"] for source in data["source"]}
    yield from unique([item["id"] for item in items], "practices")
    yield from unique([item["title"] for item in items], "practice titles")
    if sorted(item["row"] for item in items if "row" in item) != list(range(1, 40)):
        yield "practices: rows are not 1..39, each once"
    for item in items:
        where = f"practice {item['id']}"
        for key in item.keys() - PRACTICE_KEYS:
            yield f"{where}: unknown key {key}"
        for key in (
            "title",
            "one_line",
            "about",
            "not_for",
            "minutes",
            "for",
            "model",
            "article",
            "kinds",
            "group",
            "opens",
            "journey",
        ):
            if not item.get(key):
                yield f"{where}: no {key}"
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item["id"]):
            yield f"{where}: id is not kebab-case"
        if len(item["title"].split()) > 4 or len(item.get("solo_title", "").split()) > 5:
            yield f"{where}: title is long"
        if len(item["one_line"]) > 90:
            yield f"{where}: one_line has {len(item['one_line'])} characters"
        if not 2 <= len(item["about"]) <= 4 or not 2 <= len(item.get("solo_about", item["about"])) <= 4:
            yield f"{where}: {len(item['about'])} paragraphs"
        alone = [item.get("solo_title", item["title"]), item.get("solo_one_line", item["one_line"])]
        if item["for"] != "one" and any(COUPLE.search(text) for text in [*alone, *item.get("solo_about", [])]):
            yield f"{where}: speaks to two in a journal of one"
        if len(item.get("solo_one_line", "")) > 90:
            yield f"{where}: solo_one_line is long"
        if item["for"] not in {"one", "two", "either"}:
            yield f"{where}: for {item['for']}"
        if item["for"] == "two" and not {"alone", "solo_about", "solo_one_line"} <= item.keys():
            yield f"{where}: for two, and not worded for one person alone"
        if item["group"] not in GROUPS or item["group"] not in data["groups"]:
            yield f"{where}: group {item['group']}"
        if not set(item["article"]) <= sources:
            yield f"{where}: article {item['article']}"
        for kind in item["kinds"]:
            if kind not in kinds:
                yield f"{where}: kind {kind} does not exist"
        if "cover" in item and item["cover"] not in covers:
            yield f"{where}: cover {item['cover']} does not exist"
        sort, _, target = item["opens"].partition(":")
        known = {"kind": kinds, "conversation": talks, "vocabulary": set(lists), "calm": {"start", "side-by-side"}}
        if target not in known.get(sort, set()):
            yield f"{where}: opens {item['opens']}"


def check_talks(data: Table, practices: set[str], stages: set[str]) -> Problems:  # noqa: C901, PLR0912  # one question after another
    talks = {talk["id"]: talk for talk in data["conversation"]}
    for need in NEEDED_TALKS:
        if need not in talks:
            yield f"conversations: {need} is missing"
    if len(talks["hearing-an-old-hurt"]["step"]) != 6:
        yield "hearing-an-old-hurt: not six steps"
    for talk in talks.values():
        if talk["practice"] not in practices:
            yield f"{talk['id']}: practice {talk['practice']}"
        for key in ("title", "one_line", "for", "minutes", "rules", "not_for", "alone"):
            if not talk.get(key):
                yield f"{talk['id']}: no {key}"
        for step in talk["step"]:
            where = f"{talk['id']}.{step['id']}"
            for key in step.keys() - STEP_KEYS:
                yield f"{where}: unknown key {key}"
            for key in ("title", "who", "prompt", "hint", "minutes", "word_helpers", "notes", "may_end"):
                if key not in step:
                    yield f"{where}: no {key}"
            if step["who"] not in WHO:
                yield f"{where}: who {step['who']}"
            for key in ("prompt", "hint"):
                if re.search(r"\{(speaker|listener|partner)\}", step[key]) and f"solo_{key}" not in step:
                    yield f"{where}: {key} names a seat and has no solo_{key}"
            for key in ("reaches", "reaches_if_given"):
                if key in step and step[key] not in stages:
                    yield f"{where}: {key} {step[key]}"
            if not any("…" in frame for frame in step["word_helpers"]):
                yield f"{where}: no sentence frame"


def check_calm(data: Table) -> Problems:
    for key in ("breathing", "senses", "naming", "orienting", "grounding", "together", "pause"):
        if key not in data:
            yield f"calm: no {key}"
    if [step["count"] for step in data["senses"]["step"]] != [5, 4, 3, 2, 1]:
        yield "calm.senses: not 5-4-3-2-1"
    for pace in data["breathing"]["pace"]:
        if pace["id"] != "still" and (pace["in"] <= 0 or pace["out"] < pace["in"]):
            yield f"calm.pace {pace['id']}: out is shorter than in"
    for template in data["pause"]["template"]:
        if not ({"{time}", "{minutes}"} & set(re.findall(r"\{[a-z]+\}", template["words"]))):
            yield f"calm.pause {template['id']}: no time to come back"


def check_care(data: Table) -> Problems:
    for need in NEEDED_CARE:
        if need not in data:
            yield f"care: no {need}"
    errors = {entry["id"]: entry for entry in data["error"]}
    for need in NEEDED_ERRORS:
        if need not in errors:
            yield f"care.error: {need} is missing"
    for entry in errors.values():
        if not {"title", "happened", "safe", "next"} <= entry.keys():
            yield f"care.error.{entry['id']}: needs title, happened, safe, next"
    text = " ".join(value for _, _, value in strings(data))
    if re.search(r"\d{3}", text):
        yield "care: looks like a phone number"


def check_catalogue(practices: list[Table], kinds: set[str], rows: list[Table]) -> Problems:
    """Each row of the catalogue with its sources and kinds, against the practice of that row."""
    by_row = {item["row"]: item for item in practices if "row" in item}
    for row in rows:
        practice = by_row.get(row["row"], {"article": [], "kinds": []})
        if set(row["sources"]) != set(practice["article"]):
            yield f"row {row['row']}: catalogue says {row['sources']}, practice says {practice['article']}"
        for kind in row["kinds"]:
            if kind not in kinds:
                yield f"row {row['row']}: kind {kind} is not in the pack"
            elif kind not in practice["kinds"]:
                yield f"row {row['row']}: practice does not use {kind}"
    if {row["row"] for row in rows} != set(by_row):
        yield "catalogue rows without practice, or the other way"


def syllables(word: str) -> int:
    word = re.sub(r"(?:es|ed|e)$", "", word.lower()) or word
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def reading_grade(data: Table) -> tuple[float, int]:
    prose = [t for _, key, t in strings(data) if key not in QUIET_KEYS and len(t.split()) >= 6]
    text = " ".join(t if t[-1] in ".?”" else t + "." for t in prose)
    words = re.findall(r"[A-Za-z’]+", text)
    sentences = max(1, len(re.findall(r"[.?](?:\s|$|”)", text)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade, len(words)
