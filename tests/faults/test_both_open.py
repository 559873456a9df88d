"""Two parts open beside each other, tried from the first person's side: nothing that was not let out can be had.

What is tried: every verb and key of the one who is signed in, killing the program, its log, copies and repairs made
meanwhile, other dates and times on the computer, and ranges made to tell one day from another.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import sqlcipher3

from app.crypto.secret import Secret
from app.data import beside, keeping
from app.data.copying import untold
from app.data.space import Space
from app.data.vault_folder import ProvenKey
from app.domain.errors import Code, LeewardError, VaultError
from app.domain.released import Release, Stream
from app.insights.series import monday_of
from app.services.both import Both, Standing
from app.services.desk import Desk
from app.services.restoring import restore_to
from app.ui.text import trouble
from tests.faults.table import Faults
from tests.faults.test_isolation import ATTEMPTS, World, _written, brought_back
from tests.fixtures import two
from tests.fixtures.session import EVENING, ZONE
from tests.fixtures.vault import PASSPHRASE, words
from tests.fixtures.weeks import MONDAY, TODAY, weeks, write

ROOT = Path(__file__).resolve().parents[2]
WORDS = "quincunx on the lighthouse staircase"
CUE = "quincunx behind a door that fell shut"
TICKED = "you rang from the train"
LOOK = (MONDAY - 70, TODAY)
CLOSES_THE_DESK = frozenset({
    "opened_as_the_other", "by_their_name", "only_their_header", "own_header_in_their_place", "shared_pages",
    "their_file_named_in_own_header", "their_file_as_the_shared_one", "their_file_under_own_name",
})  # fmt: skip
"""Attempts that begin by locking, which ends the time together: tried without it in test_isolation."""


def proven(root: Path, part: two.Part | None = None) -> ProvenKey:
    """The key of the one who is invited, without deriving it again."""
    part = part or two.template()[2]
    return ProvenKey(two.header_of(root, part.person_file), Secret(part.master), earlier=False)


def prepared(root: Path) -> Path:
    """Jules has words, a draft, something removed, alarms and days; of that, weeks of felt safety are let out."""
    jules = two.second_desk(two.copied(root))
    weeks(jules.session, 3, value=7)
    write(jules.session, "note", MONDAY, body=WORDS)
    jules.journal.remove(write(jules.session, "note", MONDAY - 1, body=WORDS))
    keeping.save_draft(jules.session.connection, "new", "note", {"body": WORDS}, 5)
    write(jules.session, "checkin", MONDAY - 5, line=TICKED, share_line=True, felt_safety=7)
    write(jules.session, "checkin", MONDAY - 4, line=WORDS, felt_safety=7)
    jules.streams.choose_trigger(write(jules.session, "trigger", MONDAY, cue=CUE, peak=6))
    jules.streams.release(Stream.FELT_SAFETY, 1)
    jules.close()
    noa = two.first_desk(root)
    weeks(noa.session, 3, value=4)
    noa.close()
    return root


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("both") / "v")


@pytest.fixture
def root(ready: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ready, tmp_path / "vault"))


@pytest.fixture
def noa(root: Path) -> Iterator[Desk]:
    desk = two.first_desk(root)
    yield desk
    desk.close()


def theirs(root: Path) -> dict[str, str]:
    """Every file that is the second person's alone, by what is in it; and the name of any file that is nobody's."""
    part = two.template()[2]
    own = two.contents_of(root, two.template()[1])
    known = {own.private.file_name, *(shared.file_name for shared in own.shared)}
    files = [path for path in root.rglob("*") if path.is_file()]
    stem = two.template()[1].person_file
    mine = [path for path in files if path.name.startswith(tuple(known)) or path.stem == stem]
    apart = [path for path in files if path.name in {"lock", "pace"} or "backups" in path.parts]
    assert two.contents_of(root, part).private.file_name not in known
    return {
        str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
        for path in files
        if path not in mine and path not in apart
    }


# ------------------------------------------------------------------------------------------------ verbs and keys


def test_no_verb_and_no_key_of_the_first_reaches_the_open_part_of_the_second(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, faults: Faults
) -> None:
    source = two.copied(tmp_path_factory.mktemp("beside") / "v")
    victim = _written(source)
    tried = [attempt for attempt in ATTEMPTS if attempt.__name__ not in CLOSES_THE_DESK]
    assert len(tried) == len(ATTEMPTS) - len(CLOSES_THE_DESK)
    for number, attempt in enumerate(tried):
        root = Path(shutil.copytree(source, tmp_path / str(number)))
        world = World(root, victim, two.template()[2], two.second_desk(root))
        world.desk.both.open(proven(root, victim.part))
        try:
            found = brought_back(attempt, world)
            assert world.desk.both.standing() is Standing.OPEN
        finally:
            with contextlib.suppress(LeewardError, sqlcipher3.Error):
                world.desk.close()
        assert found == [], attempt.__name__
        shutil.rmtree(root)
    faults.report("F20", "verbs and keys while the other's part is open", len(tried), len(tried))


def _settings(space: Space) -> list[object]:
    return list(space.connection.execute("SELECT key, value FROM setting").fetchall())


READS: tuple[Callable[[Desk], object], ...] = (
    lambda desk: desk.journal.counts(),
    lambda desk: desk.journal.page(),
    lambda desk: [desk.journal.search(word) for word in ("quincunx", "quin", "lighthouse", "train", "door")],
    lambda desk: desk.drafts.all(),
    lambda desk: desk.trash.list(),
    lambda desk: desk.undo.offered(),
    lambda desk: desk.triggers.open(),
    lambda desk: desk.triggers.recent_cues(),
    lambda desk: desk.moments.open(),
    lambda desk: desk.threads.list(),
    lambda desk: desk.danger.recorded(),
    lambda desk: desk.conversations.paused(),
    lambda desk: desk.session_list.all(),
    lambda desk: desk.timeline.page(limit=500),
    lambda desk: desk.timeline.outline(),
    lambda desk: desk.timeline.present(),
    lambda desk: desk.on_this_day.entries(),
    lambda desk: desk.sharing.hidden(),
    lambda desk: desk.agreements.rows(),
    lambda desk: desk.commitments.rows(),
    lambda desk: desk.practices.all(),
    lambda desk: desk.going_together.picked(),
    lambda desk: desk.summaries.kept(),
    lambda desk: desk.summaries.choice(),
    lambda desk: desk.checks.verify(),
    lambda desk: desk.streams.released(),
    lambda desk: desk.streams.triggers(),
    lambda desk: desk.taking_out.offer(),
    lambda desk: desk.keys.status(),
    lambda desk: desk.trends.report("12", TODAY),
    lambda desk: [_settings(space) for space in desk.session.spaces],
)  # fmt: skip


def test_what_the_first_reads_of_their_own_is_the_same_as_alone(root: Path, noa: Desk, faults: Faults) -> None:
    def read() -> list[str]:
        return [re.sub(r" at 0x[0-9a-f]+", "", repr(act(noa))) for act in READS]

    alone = read()
    noa.both.open(proven(root))
    noa.both.look(*LOOK)
    beside_each_other = read()
    noa.both.close()
    same = [first == second == third for first, second, third in zip(alone, beside_each_other, read(), strict=True)]
    assert not any("quincunx" in said or TICKED in said for said in beside_each_other)
    faults.report("F20", "one's own pages while the other's part is open", len(READS), sum(same))


def test_every_hindrance_is_refused_in_the_same_words(noa: Desk) -> None:
    """A reason may be known inside; nothing that is shown depends on it."""
    reasons: tuple[dict[str, str], ...] = ({}, *({"reason": one} for one in ("other_person", "log", "schema", "chain")))
    said = {trouble(VaultError(Code.NOT_BESIDE, **reason), noa.session.content) for reason in reasons}
    assert len(said) == 1 and len(reasons) == 5


# ------------------------------------------------------------------------------------------------ killed, and the log


def _run(root: Path) -> subprocess.Popen[str]:
    first, second = two.template()[1:]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.both_open_program", str(root), first.person_file, first.master.hex(),
         second.person_file, second.master.hex()],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "LEEWARD_DEBUG": "1"},
    )  # fmt: skip


def test_killed_while_both_are_open_nothing_of_the_second_is_left(root: Path, faults: Faults) -> None:
    chance, tried = random.Random(6), 4
    before, tokens = theirs(root), (WORDS.encode(), CUE.encode(), TICKED.encode(), b"felt_safety")
    log = ""
    for _ in range(tried):
        with _run(root) as program:
            assert program.stdout is not None and program.stderr is not None
            assert program.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0.0, 0.4))
            program.kill()
            log += program.stderr.read()
        assert theirs(root) == before
        raw = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
        assert not any(token in raw for token in tokens)
    jules = two.second_desk(root)
    assert jules.session.shared_trouble is None
    assert jules.checks.verify().clean
    assert [release.stream for release in jules.streams.released()] == [Stream.FELT_SAFETY]
    jules.close()
    noa = two.first_desk(root)
    assert noa.both.open(proven(root)).standing is Standing.OPEN
    noa.close()
    assert all(
        word not in log for word in ("quincunx", TICKED, "Jules", "Noa", "felt_safety", "not this one", str(root))
    )
    faults.report("F1", "killed while two parts are open", tried, tried)


# ------------------------------------------------------------------------------------------------ copies and repairs


def test_copies_and_repairs_made_meanwhile_hold_nothing_of_the_second(root: Path, noa: Desk) -> None:
    before = theirs(root)
    noa.both.open(proven(root))
    seen = noa.both.look(*LOOK)
    noa.backups.making()(lambda: False, untold)
    assert noa.checking.rebuild() >= 0
    found = noa.checking.checking()(lambda: False, untold)
    assert found is not None and found.clean and len(found.spaces) == 2
    assert noa.both.look(*LOOK) == seen
    assert theirs(root) == before
    private = two.contents_of(root, two.template()[2]).private.file_name
    assert (root / "backups").is_dir()
    assert not [path for path in (root / "backups").rglob("*") if path.name.startswith(private)]


def released_in(folder: Path) -> tuple[Release, ...]:
    desk = two.first_desk(folder)
    try:
        return desk.streams.released()
    finally:
        desk.close()


def test_a_copy_laid_out_as_a_journal_of_its_own_lets_nothing_be_seen(root: Path, tmp_path: Path) -> None:
    noa = two.first_desk(root)
    noa.streams.release(Stream.TRUST, 1)
    noa.backups.making()(lambda: False, untold)
    noa.streams.withdraw(Stream.TRUST)
    noa.close()
    laid_out = restore_to(root, PASSPHRASE, tmp_path / "other")
    assert released_in(laid_out) == ()
    desk = two.first_desk(laid_out)
    desk.streams.release(Stream.TRUST, 1)
    desk.close()
    assert [one.stream for one in released_in(laid_out)] == [Stream.TRUST], "what is chosen there afterwards stays"


def test_going_back_in_the_window_brings_no_release_back(root: Path) -> None:
    noa = two.first_desk(root)
    noa.streams.release(Stream.TRUST, 1)
    noa.journal.add("note", {"body": "before"})
    made = noa.backups.making()(lambda: False, untold)
    assert made is not None
    noa.streams.withdraw(Stream.TRUST)
    ready = noa.backups.going_back(noa.backups.standing().sets[0].id)(lambda: False, untold)
    assert ready is not None
    noa.backups.go_back(ready)
    noa.close()
    assert released_in(root) == ()


# ------------------------------------------------------------------------------------------------ dates and times


class Clocks:
    """The clock on the wall, which anybody may set, and one that only runs on."""

    def __init__(self) -> None:
        self.wall = EVENING
        self.steady_s = 1000.0

    def pass_by(self, minutes: float) -> None:
        self.wall += dt.timedelta(minutes=minutes)
        self.steady_s += 60 * minutes


@pytest.fixture
def timed(root: Path) -> Iterator[tuple[Both, Clocks]]:
    clocks = Clocks()
    desk = two.door(root, two.template()[1]).open_desk(words(), lambda: clocks.wall, ZONE)
    yield Both(desk.session, desk.vault, steady_s=lambda: clocks.steady_s), clocks
    desk.close()


def test_setting_the_clock_back_gives_no_minute_more(root: Path, timed: tuple[Both, Clocks]) -> None:
    both, clocks = timed
    both.open(proven(root))
    for _ in range(5):
        clocks.pass_by(11)
        clocks.wall = EVENING
        assert both.until is not None
    clocks.pass_by(6)
    clocks.wall = EVENING
    with pytest.raises(VaultError) as refused:
        both.look(*LOOK)
    assert refused.value.code is Code.NOT_BOTH_HERE and both.standing() is Standing.CLOSED


def test_another_date_set_meanwhile_ends_no_week_early_and_asks_about_no_other_day(
    root: Path, request: pytest.FixtureRequest
) -> None:
    jules = two.second_desk(root)
    for day in range(3):
        write(jules.session, "checkin", MONDAY + day, felt_safety=1)
    jules.close()
    both, clocks = request.getfixturevalue("timed")
    both.open(proven(root))
    seen = both.look(*LOOK)
    assert MONDAY not in seen.sides[1].streams[0].rows[0].mondays and not seen.tender
    for days in range(-10, 1):
        clocks.wall = EVENING + dt.timedelta(days=days)
        assert both.look(*LOOK) == seen, days
    both.close()


def test_no_choice_of_days_tells_more_than_the_weeks_that_are_let_out(root: Path, noa: Desk, faults: Faults) -> None:
    noa.both.open(proven(root))
    (felt,) = noa.both.look(*LOOK).sides[1].streams
    weeks_out = dict(zip(felt.rows[0].mondays, felt.rows[0].values, strict=True))
    tried = passed = 0
    for first in range(MONDAY - 24, TODAY + 9):
        for last in (first - 1, first, first + 3, first + 6, first + 13, TODAY + 400):
            tried += 1
            streams = noa.both.look(first, last).sides[1].streams
            shown = dict(zip(streams[0].rows[0].mondays, streams[0].rows[0].values, strict=True)) if streams else {}
            inside = {day: value for day, value in weeks_out.items() if first <= day and day + 6 <= last}
            passed += shown == inside
    faults.report("F20", "ranges chosen to tell one day from another", tried, passed)


@pytest.mark.parametrize("first", [TODAY + 1, TODAY + 700, MONDAY, MONDAY + 7])
def test_a_range_to_come_shows_nothing_before_its_first_week_is_over(root: Path, noa: Desk, first: int) -> None:
    noa.streams.release(Stream.TRUST, first)
    noa.both.open(proven(root))
    assert noa.both.look(*LOOK).sides[0].streams == ()
    assert monday_of(first) >= MONDAY


# ------------------------------------------------------------------------------------------------ the end of it


def test_a_wrong_person_a_torn_log_and_an_older_file_open_nothing(root: Path, noa: Desk, faults: Faults) -> None:
    """Each hindrance leaves the door closed, nothing held, and no byte changed."""
    file = root / "spaces" / two.contents_of(root, two.template()[2]).private.file_name
    whole = file.read_bytes()

    def with_log() -> None:
        file.with_name(file.name + "-wal").write_bytes(b"x" * 4096)

    def flipped() -> None:
        file.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])

    def cut() -> None:
        file.write_bytes(whole[: len(whole) // 2])

    def gone() -> None:
        file.unlink()

    hindrances = (with_log, flipped, cut, gone)
    refused = 0
    for hinder in hindrances:
        hinder()
        state = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and file.name in path.name}
        with pytest.raises(VaultError):
            noa.both.open(proven(root))
            noa.both.look(*LOOK)
        noa.both.close()
        refused += noa.both.standing() is Standing.CLOSED
        refused -= state != {
            path: path.read_bytes() for path in root.rglob("*") if path.is_file() and file.name in path.name
        }
        file.with_name(file.name + "-wal").unlink(missing_ok=True)
        file.write_bytes(whole)
    with pytest.raises(VaultError) as stranger:
        noa.both.open(proven(root, two.template()[1]))
    assert stranger.value.detail == {"reason": "other_person"}
    assert noa.both.open(proven(root)).standing is Standing.OPEN
    faults.report("F5", "a second part that is not as its owner left it", len(hindrances) + 1, refused + 1)


def test_a_second_program_opens_neither_part_meanwhile(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    for part in two.template()[1:]:
        with pytest.raises(VaultError) as refused:
            two.unlocked_desk(root, part)
        assert refused.value.code is Code.LOCKED_BY_ANOTHER
    assert noa.both.standing() is Standing.OPEN


def test_when_nothing_is_shared_any_more_it_is_over(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    shared, noa.session.shared = noa.session.shared, None
    with pytest.raises(VaultError) as refused:
        noa.both.look(*LOOK)
    assert refused.value.code is Code.NOT_BOTH_HERE
    noa.session.shared = shared
    assert noa.both.standing() is Standing.CLOSED


def test_what_is_open_beside_holds_no_key(root: Path, noa: Desk) -> None:
    noa.both.open(proven(root))
    second = noa.both._second
    assert second is not None and isinstance(second.part, beside.Beside)
    held = [*vars(second.part).values(), *vars(second.session).values(), *vars(second).values()]
    assert not any(isinstance(one, Secret | bytes | bytearray) for one in held)
