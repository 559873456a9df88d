"""The benchmark measures what it says: the same work every time, on both sides, with every promised figure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.bench import journal, keys, run, storage, two, workload
from app.bench.timing import by_turns_ms, percentile
from app.data import reading
from app.data.search import search
from app.services import vaults
from tests.fixtures.session import ME, new_space, shipped_content

PROMISED = {
    "encrypted_vs_plain_save",
    "encrypted_vs_plain_search",
    "save_ms",
    "search_ms_p95",
    "timeline_page_ms",
    "today_ms",
    "unlock_after_kdf_ms",
    "unlock_two_after_kdf_ms",
    "two_timeline_page_ms",
    "two_search_ms_p95",
    "kdf_ms",
    "first_paint_ms",
    "bare_qt_ms",
    "trends_first_ms",
    "trends_redraw_ms",
    "trends_hover_ms",
    "verdicts_ms",
    "summary_pdf_ms",
    "rss_mb",
    "lock_cover_ms",
    "bare_cover_ms",
    "relock_ms",
    "bare_restart_ms",
    "growth",
    "filtered_page_ms",
    "search_filtered_ms_p95",
    "timeline_frame_ms_p95",
    "timeline_jump_ms",
    "export_records_per_s",
    "import_records_per_s",
    "long_text_key_ms",
}


def test_the_same_size_gives_the_same_journal(tmp_path: Path) -> None:
    titles = []
    for name in ("a", "b"):
        space = new_space(tmp_path / name)
        assert list(workload.fill(space, ME.id, 300)) == [300]
        titles.append([entry.title for entry in reading.page(space.connection, limit=400)])
        space.close()
    assert titles[0] == titles[1]
    assert len(set(titles[0])) > 200


def test_the_queries_range_from_common_to_absent(tmp_path: Path) -> None:
    space = new_space(tmp_path / "a")
    for _ in workload.fill(space, ME.id, 1000):
        pass
    found = [len(search(space.connection, query)) for query in workload.queries()]
    assert len(set(workload.queries())) >= 45
    assert found.count(30) > 10
    assert found.count(0) > 5
    space.close()


def test_the_plain_twin_holds_the_same_and_finds_the_same(tmp_path: Path) -> None:
    space = new_space(tmp_path / "a")
    for _ in workload.fill(space, ME.id, 500):
        pass
    twin = storage.plain_twin(tmp_path / "plain.db", space, ME.id, 500)
    assert (tmp_path / "plain.db").read_bytes().startswith(b"SQLite format 3")
    assert reading.counts(twin.connection) == reading.counts(space.connection)
    for query in workload.queries():
        ours = [(hit.title, hit.snippet) for hit in search(space.connection, query)]
        assert ours == [(hit.title, hit.snippet) for hit in search(twin.connection, query)]
    twin.close()
    space.close()


def test_turns_alternate() -> None:
    order: list[str] = []
    by_turns_ms([lambda: order.append("a"), lambda: order.append("b")], 4)
    assert order == ["a", "b", "a", "b", "b", "a", "a", "b", "b", "a"]
    assert percentile(range(100), 0.95) == 95


def test_a_small_run_gives_every_store_figure(tmp_path: Path) -> None:
    desk = keys.filled(tmp_path / "v", shipped_content(), 200)
    figures = storage.growth(desk, desk)
    figures["summary_pdf_ms"] = run.summary_pdf_ms(desk)
    figures |= journal.filtered(desk)
    desk.close()
    figures |= keys.opening_ms(tmp_path / "v", shipped_content())
    assert all(value > 0 for value in figures.values())
    assert {"growth", "today_ms", "timeline_page_ms", "kdf_ms", "search_filtered_ms_p95"} <= figures.keys()


def test_a_journal_of_two_is_read_over_both_spaces(tmp_path: Path) -> None:
    figures = two.figures(tmp_path / "v", shipped_content(), 120)
    assert all(value > 0 for value in figures.values())
    assert {"unlock_two_after_kdf_ms", "two_timeline_vs_one", "two_search_vs_one"} <= figures.keys()
    desk = vaults.unlock(tmp_path / "v", keys.PASSPHRASE, content=shipped_content())
    shared = desk.session.shared
    assert shared is not None
    assert sum(reading.counts(desk.session.connection).values()) == 120
    assert sum(reading.counts(shared.connection).values()) == 120
    written = shared.connection.execute("SELECT count(*) FROM record GROUP BY author").fetchall()
    assert [row[0] for row in written] == [60, 60]
    desk.close()


@pytest.mark.slow
def test_the_whole_benchmark_prints_every_promised_figure() -> None:
    command = [sys.executable, "-m", "app", "bench", "--records", "2000", "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    figures = json.loads(done.stdout)
    assert figures.keys() >= PROMISED, done.stderr
    assert all(isinstance(value, (int, float)) and value > 0 for value in figures.values())
