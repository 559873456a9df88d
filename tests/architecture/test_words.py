"""Every sentence can be translated: it stands whole inside `tr`, and no widget is given bare words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

_TRANSLATORS = {"tr", "translate", "QT_TR_NOOP", "QT_TRANSLATE_NOOP", "mark"}
_SETTERS = {
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setTitle", "setWindowTitle", "setPlaceholderText",
    "setAccessibleName", "setAccessibleDescription", "setLabelText", "setInformativeText", "setDetailedText",
    "setPrefix", "setSuffix", "setTabText", "setItemText", "setHeaderLabels", "addItem", "addItems", "addTab",
    "addMenu", "addRow", "drawText", "showMessage", "setHtml", "setMarkdown", "setPlainText",
}  # fmt: skip
_WIDGETS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QLineEdit",
    "QTextEdit", "QPlainTextEdit", "QDockWidget", "QMessageBox", "QStandardItem", "QListWidgetItem", "QTableWidgetItem",
    "QTreeWidgetItem", "QCommandLinkButton",
}  # fmt: skip
_KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)*(?:[A-Z0-9]|F\d{1,2}|Esc|Enter|Home|End|Del)")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_DATE_FORMAT = re.compile(r"[dMyhHmsaApPtz :.,/-]+")  # Qt's own letters, not words
_BRAND = {"Leeward"}


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_words(node: ast.expr) -> bool:
    """Whether this is text with letters in it: not a sign, a key, an icon glyph or the product's name."""
    if isinstance(node, ast.JoinedStr):
        return any(_is_words(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp):
        return _is_words(node.left) or _is_words(node.right)
    if isinstance(node, ast.List | ast.Tuple):
        return any(_is_words(item) for item in node.elts)
    if isinstance(node, ast.IfExp):
        return _is_words(node.body) or _is_words(node.orelse)
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    text = node.value.strip()
    return any(sign.isalpha() for sign in text) and text not in _BRAND and not _KEY.fullmatch(text)


def _broken_translations(tree: ast.Module) -> Iterator[int]:
    """Lines where the text inside `tr` is put together while running, so that no translator ever sees it whole."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _name(node) not in _TRANSLATORS:
            continue
        for argument in node.args:
            joined = isinstance(argument, ast.JoinedStr)
            added = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add | ast.Mod)
            added = added and any(isinstance(c, ast.Constant | ast.JoinedStr) for c in (argument.left, argument.right))
            filled = isinstance(argument, ast.Call) and _name(argument) in {"format", "join", "replace", "format_map"}
            if joined or filled or (added and _mentions_text(argument)):
                yield argument.lineno


def _mentions_text(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))


def _bare_words(tree: ast.Module) -> Iterator[int]:
    """Lines that hand untranslated words to something that shows or speaks them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in _SETTERS | _WIDGETS:
            arguments = [*node.args, *(k.value for k in node.keywords if k.arg in {"text", "title", "toolTip"})]
            if any(_is_words(argument) for argument in arguments):
                yield node.lineno


def _loose_sentences(tree: ast.Module) -> Iterator[int]:
    """Lines with a literal of two or more words that is neither translated, a docstring, nor part of an error."""
    excused: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Assert) or (isinstance(node, ast.Call) and _name(node) in _TRANSLATORS):
            excused |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            excused.add(id(node.value))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if _TWO_WORDS.search(text) and id(node) not in excused and not _DATE_FORMAT.fullmatch(text):
            yield node.lineno


def _screens(modules: list) -> list:
    return [module for module in modules if module.name.startswith("app.ui")]


def test_text_inside_tr_is_whole(modules: list) -> None:
    assert [f"{m.path}:{line}" for m in _screens(modules) for line in _broken_translations(m.tree)] == []


def test_no_widget_is_given_bare_words(modules: list) -> None:
    assert [f"{m.path}:{line}" for m in _screens(modules) for line in _bare_words(m.tree)] == []


def test_no_sentence_stands_outside_tr(modules: list) -> None:
    shown = [m for m in _screens(modules) if not m.name.startswith(("app.ui.theme", "app.ui.platform"))]

    assert [f"{m.path}:{line}" for m in shown for line in _loose_sentences(m.tree)] == []


@pytest.mark.parametrize(
    "text",
    [
        'tr(f"Kept by {name}")',
        'self.tr("Kept by %s" % name)',
        'tr("Kept by {}".format(name))',
        'tr("Kept by " + name)',
        'translate("Today", f"{n} days")',
        'tr("a", ", ".join(names))',
    ],
)
def test_a_text_put_together_inside_tr_is_found(text: str) -> None:
    assert list(_broken_translations(ast.parse(text))) == [1]


@pytest.mark.parametrize(
    "text", ['tr("Kept by {name}").format(name=name)', 'tr("%n days", "", n + 1)', 'tr("one " "text")', "tr(source)"]
)
def test_a_text_filled_after_tr_passes(text: str) -> None:
    assert list(_broken_translations(ast.parse(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        'label.setText("Today")',
        'QLabel("Today")',
        'QPushButton(f"Save {n}")',
        'w.setToolTip("a" if b else "")',
        'box.addItems(["One", "Two"])',
        'QAction(text="Open", parent=p)',
        'w.setAccessibleName("Scale " + name)',
    ],
)
def test_bare_words_are_found(text: str) -> None:
    assert list(_bare_words(ast.parse(text))) == [1]


@pytest.mark.parametrize(
    "text",
    [
        'label.setText("")',
        'label.setText("· 3")',
        'label.setText(tr("Today"))',
        'label.setText(f"{a} – {b}")',
        'label.setText("Ctrl+Shift+L")',
        'w.setWindowTitle("Leeward")',
        "QLabel(text, parent)",
        'w.setProperty("role", "primary")',
    ],
)
def test_signs_keys_and_translated_words_pass(text: str) -> None:
    assert list(_bare_words(ast.parse(text))) == []


def test_loose_sentences_are_found_and_excuses_hold() -> None:
    tree = ast.parse(
        '"""A module text."""\nx = "Nothing here yet"\ny = tr("Nothing here yet")\nraise E("not a size")\n'
    )

    assert list(_loose_sentences(tree)) == [2]
