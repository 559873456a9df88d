"""Whatever the script, what was written in any text field of any kind is found by its words again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import Code, RecordError
from app.domain.fields import Field, FieldType, Kind
from app.domain.lettering import CLOSE, OPEN, asked, says_something
from app.domain.records import RecordId
from app.domain.wording import is_offered
from app.services.journal import Journal
from app.services.linking import Linking
from app.services.session import Session
from tests.fixtures.session import shipped_content

WORDS = {
    "arabic": ("كتبت رسالة طويلة", "رسالة"),
    "arabic with vowels": ("كَتَبْتُ رِسَالَةً", "كتبت"),
    "hebrew": ("כתבתי מכתב ארוך", "מכתב"),
    "chinese": ("我昨天写了一封信", "一封信"),
    "chinese in the middle": ("我昨天写了一封信", "写了"),
    "japanese": ("きのう手紙を書きました", "手紙"),
    "japanese kana": ("コーヒーをのんだ", "ヒー"),
    "korean": ("어제 긴 편지를 썼다", "편지를"),
    "thai": ("เมื่อวานฉันเขียนจดหมาย", "จดหมาย"),
    "hindi": ("मैंने कल चिट्ठी लिखी", "चिट्ठी"),
    "greek": ("Έγραψα ένα γράμμα", "γράμμα"),
    "cyrillic": ("Я написала письмо", "письмо"),
    "turkish": ("Bir mektup yazdım İzmir", "mektup"),
    "vietnamese": ("Tôi đã viết một bức thư", "viết"),
    "composed": ("caf\u00e9 noir", "cafe\u0301"),
    "decomposed": ("cafe\u0301 noir", "caf\u00e9"),
    "without the accent": ("na\u00efve", "naive"),
    "sharp s": ("Straße am Fluss", "straße"),
    "emoji": ("a walk 🌧️ home", "🌧️"),
    "joined emoji": ("we are 👩‍❤️‍👩 here", "👩‍❤️‍👩"),
    "right to left mark": ("\u200fשלום\u200f עולם", "שלום"),
    "mixed": ("letter 手紙 מכתב", "手紙"),
    "fullwidth": ("ＡＢＣ one", "ＡＢＣ"),
    "fullwidth, asked plainly": ("ＡＢＣ one", "abc"),
    "half width": ("ｶﾞﾗｽの窓", "ガラス"),
    "decomposed kana": ("カ\u3099ラスの窓", "ガラス"),
    "vowels asked with": ("كتبت رسالة", "رِسَالَةً"),
    "alef without its hamza": ("أكتب إليك", "اكتب"),
    "arabic stretched": ("ســلام", "سلام"),
    "hebrew with points": ("שָׁלוֹם עולם", "שלום"),
    "persian joiner": ("می\u200cخواهم بنویسم", "می\u200cخواهم"),
    "korean without its particle": ("어제 긴 편지를 썼다", "편지"),
    "decomposed korean": ("\u1112\u1161\u11ab글 한 줄", "한글"),
    "khmer": ("ខ្ញុំបានសរសេរសំបុត្រ", "សំបុត្រ"),
    "lao": ("ຂ້ອຍຂຽນຈົດໝາຍ", "ຈົດໝາຍ"),
    "burmese": ("စာတစ်စောင်ရေးခဲ့တယ်", "ရေးခဲ့"),
    "tibetan": ("ངས་ཡི་གེ་བྲིས", "ཡི་གེ"),
    "tamil": ("நான் கடிதம் எழுதினேன்", "கடிதம்"),
    "bengali": ("আমি চিঠি লিখেছি", "চিঠি"),
    "nukta both ways": ("\u0958लम", "\u0915\u093cलम"),
    "sinhala joined": ("ක්\u200dෂමාව", "ක්\u200dෂමාව"),
    "amharic": ("ደብዳቤ ጻፍኩ", "ደብዳቤ"),
    "georgian": ("წერილი დავწერე", "წერილი"),
    "armenian": ("Նամակ գրեցի", "նամակ"),
    "greek without accents": ("Έγραψα ένα γράμμα", "γραμμα"),
    "old greek": ("ὁ ἄνθρωπος", "ανθρωπος"),
    "short i": ("Мой дом", "мо\u0438\u0306"),
    "io": ("тёплый вечер", "теплый"),
    "ligature": ("the \ufb01re burnt", "fire"),
    "sharp s both ways": ("Straße am Fluss", "strasse"),
    "stroked letters": ("Łódź, smørrebrød", "lodz smorrebrod"),
    "dotless i": ("YAZDIM yazdım", "yazdim"),
    "new capitals": ("\U0001e900\U0001e901 \u13a0\u13a1", "\U0001e922\U0001e923"),
    "letters for numbers": ("room \u2163, 2\u00b2", "iv"),
    "a flag": ("from 🇫🇷 home", "🇫🇷"),
    "tone of skin": ("she waved 👋🏽", "👋"),
    "heart in two ways": ("all my ❤️", "❤"),
    "emoji in a word": ("yes👍really", "really"),
    "newer than the tables": ("a 🫨 day", "🫨"),
    "arrows": ("you → me", "→"),
    "rare han": ("姓\U00020bb7田", "\U00020bb7"),
    "egyptian": ("\U00013000\U00013001", "\U00013001"),
    "soft hyphen": ("for\u00adgive", "forgive"),
    "letters and signs": ("走る🏃と休む", "🏃と"),
}
FREE = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST}


def _texts(kind: Kind) -> list[Field]:
    return [f for f in kind.fields if f.type in FREE and is_offered(f, solo=True) and not f.per_person]


@pytest.fixture
def journal(session: Session) -> Journal:
    return Journal(session)


def _least(journal: Journal, kind: Kind) -> dict[str, object]:
    """The least answers a kind takes, by field."""
    return {
        needed.id: {
            FieldType.LINK: _target(journal, needed) if needed.type is FieldType.LINK else "",
            FieldType.CHOICE: needed.options[0].id if needed.options else "",
            FieldType.WHEN: {"day": dt.date(2026, 5, 1).isoformat()},
        }.get(needed.type, "12" if needed.number else "plain")
        for needed in kind.fields
        if needed.required
    }


def _target(journal: Journal, link: Field) -> str:
    """Something a link can name."""
    kind = shipped_content().kind(link.to[0])
    return journal.add(kind.id, _least(journal, kind))


def _filled(journal: Journal, kind: Kind, field: Field, words: str) -> dict[str, object]:
    """The least answers of a kind, with these words in one field."""
    return {**_least(journal, kind), field.id: [words] if field.type is FieldType.LIST else words}


@pytest.mark.parametrize("script", WORDS)
def test_words_of_every_script_are_found(journal: Journal, script: str) -> None:
    text, wanted = WORDS[script]
    record = journal.add("note", {"body": text})
    journal.add("note", {"body": "something else"})
    assert [hit.id for hit in journal.search(wanted)] == [record]


def _written(session: Session, journal: Journal, kind: Kind, answers: dict[str, object]) -> RecordId:
    """What only the other person may say of something is put into the file past that rule."""
    try:
        return journal.add(kind.id, answers)
    except RecordError as refusal:
        if refusal.code is not Code.NOT_YOURS:
            raise
    with session.change() as change:
        return change.put(kind.id, session.kinds.parse(kind.id, answers))


def test_any_text_field_of_any_kind_is_found(session: Session, journal: Journal) -> None:
    tried, readable = 0, list(WORDS.values())
    for kind in shipped_content().kinds.values():
        for number, field in enumerate(_texts(kind)):
            if field.number:
                continue
            text, wanted = readable[(tried + number) % len(readable)]
            record = _written(session, journal, kind, _filled(journal, kind, field, f"{text} x{tried}q"))
            assert [hit.id for hit in journal.search(f"x{tried}q")] == [record], f"{kind.id}.{field.id}"
            hits = journal.search(f'"{wanted}" x{tried}q')
            assert [hit.id for hit in hits] == [record], f"{kind.id}.{field.id}"
            tried += 1
    assert tried > 150


@pytest.mark.parametrize("script", WORDS)
def test_what_is_quoted_is_what_was_written(journal: Journal, script: str) -> None:
    text, wanted = WORDS[script]
    journal.add("note", {"title": "quiet lanes", "body": f"before {text} after"})
    (hit,) = journal.search(wanted)
    found = "".join(hit.snippet).partition(OPEN)[2].partition(CLOSE)[0]
    assert hit.snippet.replace(OPEN, "").replace(CLOSE, "") == f"before {text} after"
    assert found
    assert found in text


def test_words_in_a_title_are_quoted_from_it(journal: Journal) -> None:
    journal.add("note", {"title": "手紙のこと", "body": "とても長い一日だった"})
    (hit,) = journal.search("手紙")
    assert hit.snippet == f"{OPEN}手紙{CLOSE}のこと"


def test_letters_apart_are_not_letters_together(journal: Journal) -> None:
    journal.add("note", {"body": "写信了"})
    assert journal.search("写了") == []
    assert len(journal.search("写 了")) == 1


@pytest.mark.parametrize("typed", ["", "  ", "…", "_", '"', '""', "\u064b", "\u200d", "\u200b", "\x1f", "\ue000"])
def test_signs_alone_ask_for_nothing_or_for_themselves(journal: Journal, typed: str) -> None:
    journal.add("note", {"body": "something else"})
    assert journal.search(typed) == []


def test_links_are_offered_whatever_the_script_of_their_names(session: Session, journal: Journal) -> None:
    record = journal.add("injury", {"title": "その手紙のこと"})
    linking = Linking(session)
    assert [one.id for one in linking.find(("injury",), "手紙")] == [record]
    accented = journal.add("injury", {"title": "Le caf\u00e9 de la Stra\u00dfe"})
    assert [one.id for one in linking.find(("injury",), "cafe")] == [accented]
    assert [one.id for one in linking.find(("injury",), "STRASSE")] == [accented]


_letters = st.characters(categories=["L", "M", "N", "So", "Sm", "Sc"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # one journal for all: records only add up
@given(st.text(_letters, min_size=1, max_size=12))
def test_any_word_is_found_again(journal: Journal, word: str) -> None:
    record = journal.add("note", {"body": f"before {word} after"})
    if not says_something(asked(word)):
        return
    assert record in {hit.id for hit in journal.search(word, limit=1_000)}
    assert record in {hit.id for hit in journal.search(f'"{word}"', limit=1_000)}
