"""What leaves in a summary: only what was ticked, never a covered word, and only with its password."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest
from pypdf import PdfReader

from app import paths
from app.domain.errors import Code, RecordError
from app.reports.covering import BLOCK
from app.services import demo
from app.services.session import Session
from app.services.summary import Summaries
from app.services.summary_choice import USUAL, Choice, Kept, Part
from app.services.summary_password import suggest
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds

TODAY = EVENING.date()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The sample, written once and only read."""
    space = new_space(tmp_path_factory.mktemp("noa") / "space.db")
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    session.name_partner("Jules")
    demo.fill(session, TODAY)
    yield session
    space.close()


@pytest.fixture
def summaries(filled: Session) -> Summaries:
    return Summaries(filled)


def everything(summaries: Summaries, **changes: object) -> Choice:
    threads = tuple(thread.record for thread in summaries.threads())
    whole = msgspec.structs.replace(
        summaries.choice(), parts=frozenset(Part) - {Part.LOGS}, threads=threads, narratives=threads,
        questions=("How do I ask Jules?", "Ring 06 12 34 56 78 first?"),
    )  # fmt: skip
    return msgspec.structs.replace(whole, **changes)


def text_of(pdf: bytes, password: str = "") -> str:
    reader = PdfReader(BytesIO(pdf), password=password or None)
    return "\n".join(page.extract_text() for page in reader.pages)


def test_three_months_up_to_today_are_usual(summaries: Summaries) -> None:
    choice = summaries.choice()
    assert choice.last == TODAY.toordinal()
    assert dt.date.fromordinal(choice.first) == dt.date(2026, 2, 15)
    assert choice.parts == USUAL
    assert choice.initials and choice.phones


def test_days_the_wrong_way_round_are_turned(summaries: Summaries) -> None:
    choice = summaries.choice(dt.date(2026, 5, 1), dt.date(2026, 4, 1))
    assert (choice.first, choice.last) == (dt.date(2026, 4, 1).toordinal(), dt.date(2026, 5, 1).toordinal())


def test_an_unknown_section_is_refused(summaries: Summaries) -> None:
    with pytest.raises(RecordError) as refused:
        summaries.choice(sections=("safety", "secrets"))
    assert refused.value.code is Code.INVALID_RECORD
    assert refused.value.detail["field"] == "sections"


def test_the_offer_counts_what_there_is(summaries: Summaries) -> None:
    choice = summaries.choice()
    offer = summaries.offer(choice.first, choice.last)
    assert offer.entries > 60 and offer.triggers == 23 and offer.logs == 11
    steps = {thread.title: (thread.step, thread.story_words) for thread in offer.threads}
    assert steps["The night at the hospital"] == (5, 412)
    last_session = dt.date(2026, 4, 23).toordinal()  # the one ahead, on 20 May, is not counted from
    assert not offer.is_empty and offer.since_last == last_session


def test_an_empty_journal_offers_nothing_and_still_makes_a_page(session: Session) -> None:
    own = Summaries(session)
    choice = own.choice()
    assert own.offer(choice.first, choice.last).is_empty
    assert own.markdown(choice).startswith("# Summary for a session")


def test_no_thread_and_no_story_leaves_unless_ticked(summaries: Summaries) -> None:
    usual = summaries.markdown(summaries.choice())
    assert "Repair path" not in usual and "corridor" not in usual
    first = summaries.threads()[0].record
    path = summaries.markdown(msgspec.structs.replace(summaries.choice(), threads=(first,)))
    assert "Step 5 of 8" in path and "corridor" not in path
    story = summaries.markdown(msgspec.structs.replace(summaries.choice(), threads=(first,), narratives=(first,)))
    assert "corridor" in story
    named = summaries.markdown(summaries.choice(sections=("threads",)))
    assert "Repair path" not in named  # none is marked "bring this to a session"


def test_own_lines_and_markers_leave_only_when_ticked(summaries: Summaries) -> None:
    plain = summaries.build(summaries.choice())
    assert all(not week.line for week in plain.weeks)
    ticked = summaries.build(msgspec.structs.replace(summaries.choice(), parts=USUAL | {Part.LINES, Part.MARKERS}))
    assert all(week.line for week in ticked.weeks)
    assert plain.chart is not None and ticked.chart is not None
    assert len(ticked.chart) > len(plain.chart)


def test_triggers_are_grouped_by_the_persons_own_word(summaries: Summaries) -> None:
    rows = {row.cue: row for row in summaries.build(summaries.choice()).triggers}
    assert rows["Late, no word"].times == "3"
    assert rows["Late, no word"].usual_move == "pursued"
    assert rows["Phone face down or angled away"].at_first == "7"


def test_every_log_in_full_is_a_block_of_its_own_with_its_chain(summaries: Summaries) -> None:
    built = summaries.build(summaries.choice(sections=("logs",)))
    assert len(built.logs) == 11
    first = built.logs[0]
    assert (first.date, first.cue) == ("18 February", "Late without word, phone dead")
    assert first.strength == "9 of 10 at first, 7 after"
    assert any(answer.own and "I let myself lean" in answer.words for answer in first.answers)
    assert not any("{" in answer.label + answer.words for log in built.logs for answer in log.answers)
    assert not summaries.build(summaries.choice()).logs
    printed = text_of(summaries.pdf(summaries.choice(sections=("logs",))))
    assert "Triggers one by one" in printed and "I let myself lean" in printed
    assert "I let myself lean" in summaries.markdown(summaries.choice(sections=("logs",)))


def test_what_helped_is_said_from_five_times_on(summaries: Summaries) -> None:
    built = summaries.build(summaries.choice())
    assert [(row.what, row.times) for row in built.helped] == [("asked for comfort", "7")]
    assert built.trigger_chart is not None and built.trigger_chart.startswith(b"<?xml")
    assert "11 triggers" in built.trigger_chart_alt


def test_covering_reaches_every_answer_of_a_log(summaries: Summaries) -> None:
    choice = msgspec.structs.replace(summaries.choice(sections=("logs",)), words=("Maud", "streetlamp", "phone"))
    for text in (summaries.markdown(choice), text_of(summaries.pdf(choice))):
        assert not re.search(r"maud|streetlamp|\bphone\b", text, re.IGNORECASE)


def test_covered_words_are_in_no_form_of_the_document(summaries: Summaries) -> None:
    choice = everything(summaries, words=("R.", "Maud", "hospital"))
    written, pdf = summaries.markdown(choice), summaries.pdf(choice)
    printed = text_of(pdf)
    for text in (written, printed):
        for word in ("Noa", "Jules", "Maud", "06 12 34"):
            assert word not in text, word
        assert not re.search("hospital", text, re.IGNORECASE)
    assert BLOCK in written
    uncovered = summaries.markdown(everything(summaries, initials=False, phones=False))
    assert "Jules" in uncovered and "06 12 34" in uncovered


def test_a_covered_marker_is_not_drawn(summaries: Summaries) -> None:
    """The picture's letters are outlines: covering "renewed" has to change them before they are drawn."""
    shown = everything(summaries)
    covered = everything(summaries, words=("agreement renewed",))
    assert summaries.build(shown).chart != summaries.build(covered).chart


def test_the_sealed_pdf_opens_with_its_password_alone(summaries: Summaries) -> None:
    sealed = summaries.pdf(summaries.choice(), "slate-ferry-oak-41")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(sealed))
    with pikepdf.open(BytesIO(sealed), password="slate-ferry-oak-41") as document:
        assert document.encryption.R == 6
    assert "Summary for a session" in text_of(sealed, "slate-ferry-oak-41")


def test_preview_and_document_have_the_same_pages(summaries: Summaries) -> None:
    choice = everything(summaries)
    pages = summaries.preview(choice, 50)
    with pikepdf.open(BytesIO(summaries.pdf(choice))) as document:
        assert len(pages) == len(document.pages)
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_a_file_needs_a_password_and_is_remembered(session: Session, tmp_path: Path) -> None:
    own = Summaries(session)
    choice = own.choice()
    with pytest.raises(RecordError):
        own.export(choice, "", tmp_path / "summary.pdf")
    assert list(tmp_path.glob("summary*")) == []
    own.export(choice, "secret-words", tmp_path / "summary.pdf")
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert own.offer(choice.first, choice.last).since_last == TODAY.toordinal() + 1


def test_questions_and_covers_stay_in_the_vault(session: Session) -> None:
    kept = Kept("Dr Amari", ("What next?",), ("Lise",), initials=False, phones=True)
    Summaries(session).keep(kept)
    again = Summaries(session)
    assert again.kept() == kept
    choice = again.choice()
    assert (choice.questions, choice.words, choice.initials) == (("What next?",), ("Lise",), False)
    assert "for Dr Amari" in again.markdown(choice)
    assert "What next?" in again.markdown(choice)


def test_passwords_are_words_one_can_say() -> None:
    made = {suggest(paths.resources() / "content" / "words-en.txt") for _ in range(20)}
    assert len(made) == 20
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+){3}-\d\d", password) for password in made)
