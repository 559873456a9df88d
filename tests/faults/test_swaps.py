"""Pages and files exchanged, and older ones put back, in a vault of two: found and named, or without any effect."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from app.crypto.identity import Identity
from app.crypto.kdf import FLOOR
from app.crypto.secret import Secret
from app.data import arrivals, cipher, offers
from app.data.arrivals import Verdict
from app.data.vault_layout import Layout
from app.domain.errors import LeewardError
from app.services.desk import Desk
from tests.faults.table import Faults
from tests.fixtures import two, vault

PAGE = cipher.PAGE_BYTES
SHORT = 110


@dataclass(frozen=True)
class Pair:
    """A vault as it is now, as it was some days ago, and somebody else's vault; all closed."""

    now: Path
    earlier: Path
    other: Path
    words: frozenset[str]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    home = tmp_path_factory.mktemp("pair")
    root = two.copied(home / "now")
    said = _talk(root, range(24))
    shutil.copytree(root, home / "earlier")
    said += _talk(root, range(24, 36))
    two.first_desk(root).close()
    two.second_desk(root).close()
    other = home / "other"
    vault.made(other).close()
    own = two.person_files(other)[0]
    desk = two.unlocked_desk(other, two.part_of(other, own, vault.PASSPHRASE))
    two.people_of(desk).welcome(two.OTHER_NAME, two.OTHER_PASSPHRASE, kdf=FLOOR)
    two.write(desk, "elsewhere")
    desk.close()
    return Pair(root, home / "earlier", other, frozenset(said))


def _talk(root: Path, numbers: range) -> list[str]:
    said = []
    for number in numbers:
        if number % 6:
            continue
        desk = two.first_desk(root) if number % 12 else two.second_desk(root)
        for part in range(6):
            said.append(f"words number {number + part} " * 30)
            two.write(desk, said[-1])
            desk.journal.add("note", {"body": f"private {number} " * 40})
        desk.close()
    return [text.strip() for text in said]


def is_noticed(root: Path, expected: frozenset[str]) -> bool:
    """Whether either person is told, by opening or by checking; or else whether nothing at all has changed."""
    for open_desk in (two.first_desk, two.second_desk):
        try:
            desk = open_desk(root)
        except LeewardError:
            return True
        try:
            if _told(desk):
                return True
        finally:
            _shut(desk)
    desk = two.first_desk(root)
    same = {text.strip() for text in two.texts(two.shared_of(desk))} == expected
    desk.close()
    return same


def _told(desk: Desk) -> bool:
    if desk.session.shared_trouble is not None:
        return True
    for space in desk.session.spaces:
        if cipher.integrity(space.connection):
            return True
        try:
            if not space.verify().clean:
                return True
        except LeewardError:
            return True
    return False


def _shut(desk: Desk) -> None:
    try:
        desk.close()
    except LeewardError:
        return


def space_names(root: Path) -> dict[str, str]:
    """Whose each file is: the first person's, the second's, and the shared one."""
    first, second = (two.contents_of(root, part) for part in two.template()[1:])
    return {
        "first": first.private.file_name,
        "second": second.private.file_name,
        "shared": first.shared[0].file_name,
    }


# ------------------------------------------------------------------------------------------------ pages


def pages(path: Path) -> list[bytes]:
    raw = path.read_bytes()
    return [raw[start : start + PAGE] for start in range(0, len(raw), PAGE)]


def put_pages(path: Path, parts: list[bytes]) -> None:
    path.write_bytes(b"".join(parts))


def page_faults(pair: Pair, chance: random.Random) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Replays of every page that differs, exchanges of two pages, pages of other files; in the shared file."""
    name = space_names(pair.now)["shared"]
    now, earlier = pages(pair.now / "spaces" / name), pages(pair.earlier / "spaces" / name)
    for number in range(min(len(now), len(earlier))):
        if now[number] != earlier[number]:
            yield "an older page put back", _replacing(name, number, earlier[number])
    for _ in range(100):
        left, right = chance.sample(range(len(now)), 2)
        yield "two pages exchanged", _exchanging(name, left, right)
    private = pages(pair.now / "spaces" / space_names(pair.now)["first"])
    foreign = pages(next((pair.other / "spaces").glob("*.db")))
    for number in range(min(len(now), len(private), len(foreign))):
        yield "a page of another file", _replacing(name, number, private[number])
        yield "a page of another vault", _replacing(name, number, foreign[number])


def _replacing(name: str, number: int, page: bytes) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        found = pages(root / "spaces" / name)
        found[number] = page
        put_pages(root / "spaces" / name, found)

    return act


def _exchanging(name: str, left: int, right: int) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        found = pages(root / "spaces" / name)
        found[left], found[right] = found[right], found[left]
        put_pages(root / "spaces" / name, found)

    return act


# ------------------------------------------------------------------------------------------------ files


def file_faults(pair: Pair) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Whole files: exchanged between spaces, people and vaults; old database with new header and the reverse."""
    names = space_names(pair.now)
    people = [part.person_file for part in two.template()[1:]]
    strangers = sorted((pair.other / "spaces").glob("*.db"))
    for source in names.values():
        for target in names.values():
            if source != target:
                yield "a file in another's place", _copying(pair.now / "spaces" / source, Path("spaces") / target)
        for foreign in strangers:
            yield "a file of another vault", _copying(foreign, Path("spaces") / source)
        yield "an older file put back", _copying(pair.earlier / "spaces" / source, Path("spaces") / source)
    for person, other in (people, people[::-1]):
        header, place = f"{person}.key", Path("people") / f"{other}.key"
        yield "a header in another's place", _copying(pair.now / "people" / header, place)
        for foreign in sorted((pair.other / "people").glob("*.key")):
            yield "a header of another vault", _copying(foreign, Path("people") / header)


def _copying(source: Path, place: Path) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        shutil.copy(source, root / place)

    return act


def _some(
    every: list[tuple[str, Callable[[Path], None]]], chance: random.Random
) -> list[tuple[str, Callable[[Path], None]]]:
    """As many of each sort as a short run has time for."""
    sorts = sorted({what for what, _ in every})
    chosen = []
    for sort in sorts:
        found = [case for case in every if case[0] == sort]
        chosen += chance.sample(found, min(max(2, -(-SHORT // len(sorts))), len(found)))
    return chosen


def test_exchanged_pages_and_files_are_noticed(
    pair: Pair, tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(11)
    every = [*page_faults(pair, chance), *file_faults(pair)]
    if not request.config.getoption("--full"):
        every = _some(every, chance)
    tried: dict[str, list[bool]] = {}
    for number, (what, act) in enumerate(every):
        root = shutil.copytree(pair.now, tmp_path / str(number))
        act(root)
        tried.setdefault(what, []).append(is_noticed(root, pair.words))
        shutil.rmtree(root)
    for what, found in sorted(tried.items()):
        faults.report("F5", what, len(found), sum(found))


def test_an_untouched_vault_is_quiet(pair: Pair, tmp_path: Path) -> None:
    """Without this the test above could pass by calling everything a fault."""
    root = shutil.copytree(pair.now, tmp_path / "v")
    for open_desk in (two.first_desk, two.second_desk):
        desk = open_desk(root)
        assert not _told(desk)
        assert {text.strip() for text in two.texts(two.shared_of(desk))} == pair.words
        desk.close()


def test_an_older_header_beside_a_newer_file_goes_on(pair: Pair, tmp_path: Path) -> None:
    """It knows less than the file holds, which is no fault: everything it saw is still there."""
    root = shutil.copytree(pair.now, tmp_path / "v")
    for part in two.template()[1:]:
        shutil.copy(pair.earlier / "people" / f"{part.person_file}.key", root / "people")
    assert is_noticed(root, pair.words)
    desk = two.first_desk(root)
    assert desk.session.shared_trouble is None
    desk.close()


def test_offers_that_are_not_the_pinned_persons_are_worth_nothing(pair: Pair, tmp_path: Path, faults: Faults) -> None:
    root = shutil.copytree(pair.now, tmp_path / "v")
    first, second = two.template()[1:]
    before = [two.contents_of(root, part).shared for part in (first, second)]
    refused = 0
    cases = _offers(pair, root)
    for case in cases:
        written = offers.write_offer(Layout(root), case)
        believed = [verdict for part in (second, first) for verdict in _believed(two.unlocked_desk(root, part))]
        unchanged = [two.contents_of(root, part).shared for part in (first, second)] == before
        refused += unchanged and not believed
        written.unlink(missing_ok=True)
    faults.report("F10", "offers of others, forged and re-addressed", len(cases), refused)


def _believed(desk: Desk) -> list[Verdict]:
    """What the person at this desk takes for the pinned person's own."""
    assert desk.vault is not None
    found = arrivals.arrivals(desk.vault.unlocked, desk.session.connection)
    desk.close()
    return [arrival.verdict for arrival in found if arrival.verdict is not Verdict.FORGED]


def _offers(pair: Pair, root: Path) -> list[offers.Offer]:
    """An offer of another vault; then new epochs forged by a stranger and by the recipient, and re-addressed ones."""
    first, second = two.template()[1:]
    giving, taking = two.contents_of(root, first), two.contents_of(root, second)
    pen = Identity(Secret(giving.signing_key), Secret(giving.sealing_key))
    own = Identity(Secret(taking.signing_key), Secret(taking.sealing_key))
    vault_id = two.header_of(root, first.person_file).body.vault_id
    record = msgspec.structs.replace(giving.shared[0], epoch=9)

    def made(
        signer: Identity, by: str = first.person_file, to: str = second.person_file, where: str = vault_id
    ) -> offers.Offer:
        return offers.make_offer(where, by, to, record, signer=signer, recipient=own.public)

    honest = made(pen)
    assert honest.is_from(pen.public)  # only this one would be taken; the others differ from it in one thing
    foreign = offers.find_offers(Layout(pair.other)).offers[0][1]
    return [
        foreign,
        msgspec.structs.replace(foreign, vault_id=vault_id, to=second.person_file, by=first.person_file),
        made(Identity.generate()),
        made(own),
        made(pen, where="a" * 32),
        made(pen, to=first.person_file),
        made(pen, by="b" * 32),
        made(pen, by=second.person_file),
        msgspec.structs.replace(honest, epoch=10),
        msgspec.structs.replace(honest, space="c" * 32),
        msgspec.structs.replace(honest, signature=pen.sign(b"leeward|v1|other", b"x")),
        msgspec.structs.replace(made(own), signature=honest.signature),
    ]
