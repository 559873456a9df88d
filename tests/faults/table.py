"""One table of every fault a run tried: a pytest plugin with the fixture `faults` and the mark `fault`.

Lines travel as `user_properties`, which a worker process hands over with each report, so the table is the same with and
without workers. A run of the whole suite fails when a number of the catalogue that is due has no line.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.faults.catalogue import BY_ID, CATALOGUE

_LINE, _CASE = "leeward-fault-line", "leeward-fault-case"


class Faults:
    """What a test reports to; one per test."""

    def __init__(self, node: pytest.Item) -> None:
        """`node` is the running test; its report carries the lines."""
        self._node = node
        self._since = time.monotonic()

    def report(self, number: str, what: str, tried: int, passed: int) -> None:
        """One line: `tried` faults of catalogue number `number`, of which `passed` ended as they must.

        Fails the test if one did not pass or none was tried. Lines with the same number and words are added up.
        """
        now = time.monotonic()
        _known(number)
        self._node.user_properties.append((_LINE, [number, what, tried, passed, now - self._since]))
        self._since = now
        if not 0 < tried == passed:
            pytest.fail(f"{number} {what}: {tried} tried, {passed} passed", pytrace=False)


def _known(number: str) -> None:
    if number not in BY_ID:
        raise ValueError(f"{number} is not in the fault catalogue")


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> Faults:
    """The table of faults, as a test sees it."""
    return Faults(request.node)


@dataclass
class Line:
    """One line of the table, added up over tests."""

    tried: int = 0
    passed: int = 0
    skipped: int = 0
    seconds: float = 0.0


@dataclass(eq=False)
class Table:
    """The lines of a run; lives in the process that prints."""

    whole: bool
    full: bool
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)

    def line(self, number: str, what: str) -> Line:
        """The line to add to."""
        return self.lines.setdefault((number, what), Line())

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in what a finished test reported, and what its mark promised."""
        properties: list[tuple[str, Any]] = list(report.user_properties)
        if report.when == "teardown":
            for name, value in properties:
                if name == _LINE:
                    self._add(*value)
        elif report.when == "call" or not report.passed:
            for name, value in properties:
                if name == _CASE:
                    self._count(report, *value)

    def _add(self, number: str, what: str, tried: int, passed: int, seconds: float) -> None:
        line = self.line(number, what)
        line.tried += tried
        line.passed += passed
        line.seconds += seconds

    def _count(self, report: pytest.TestReport, number: str, what: str, cases: int) -> None:
        if report.skipped and "slow" in report.keywords:
            return  # what only a full run does is not missed in a short one
        line = self.line(number, what)
        if report.skipped:
            line.skipped += cases
            return
        line.tried += cases
        line.passed += cases * report.passed
        line.seconds += report.duration

    def missing(self) -> list[str]:
        """Numbers that are due in this run and of which nothing was tried or passed over in the open."""
        met = {number for number, _ in self.lines}
        due = [fault for fault in CATALOGUE if fault.due or (self.full and fault.only_full)]
        return [fault.id for fault in due if fault.id not in met]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A whole run that left a number out has failed, whatever its tests say."""
        if self.whole and self.missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table, if there is anything in it."""
        if not self.lines and not self.whole:
            return
        terminalreporter.section("faults")
        for text in self.rows():
            terminalreporter.write_line(text)
        if self.whole and self.missing():
            terminalreporter.write_line(f"Nothing was tried of: {', '.join(self.missing())}", red=True)

    def rows(self) -> Iterator[str]:
        """The table as lines of text: every number with its aim, and what was tried under it."""
        yield f"{'':5}{'':44}{'tried':>9}{'passed':>9}{'skipped':>9}{'seconds':>9}{'aim':>9}"
        for fault in CATALOGUE:
            own = {what: line for (number, what), line in sorted(self.lines.items()) if number == fault.id}
            if not own:
                continue
            total = Line(*(sum(getattr(line, name) for line in own.values()) for name in Line.__dataclass_fields__))
            aim = fault.full if self.full else fault.short
            below = "  below" if total.tried < aim else ""
            yield f"{fault.id:5}{fault.title:44.43}{_figures(total)}{aim:>9,}{below}"
            yield from (f"{'':7}{what:42.41}{_figures(line)}" for what, line in own.items())


def _figures(line: Line) -> str:
    lost = line.tried - line.passed
    return f"{line.tried:>9,}{line.passed:>9,}{line.skipped:>9,}{line.seconds:>9.1f}" + (f" {lost} LOST" * bool(lost))


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark, and the table where the summary is printed."""
    config.addinivalue_line(
        "markers", "fault(number, what, cases=1): each case of this test tries so many faults of the catalogue"
    )
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(
            Table(whole=_whole(config), full=bool(config.getoption("--full", default=False))), "faults"
        )


def _whole(config: pytest.Config) -> bool:
    """Whether everything is run: no path, no choice by name or mark, no early end."""
    option = config.option
    chosen = [option.keyword, option.markexpr, option.maxfail, getattr(option, "lf", False), option.collectonly]
    chosen.append(getattr(option, "stepwise", False) or option.deselect or option.ignore or option.ignore_glob)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not any(chosen)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write each mark down where the report of its test will carry it."""
    for item in items:
        for mark in item.iter_markers("fault"):
            item.user_properties.append((_CASE, list(_case(*mark.args, **mark.kwargs))))


def _case(number: str, what: str, cases: int = 1) -> tuple[str, str, int]:
    _known(number)
    return number, what, cases
