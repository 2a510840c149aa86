"""Texts of both languages: compiled at the start without any tool of the system; collected and checked by developers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract
from django.apps import apps as installed
from django.utils.translation.template import templatize

from governance.embedded import PROJECT

LANGUAGE = "zh_Hans"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Text:
    """A text as the code has it."""

    source: str
    plural: str = ""
    context: str = ""


@dataclass
class Catalogue:
    """The texts of one app and where they are translated."""

    app: str
    path: Path
    texts: dict[Text, list[str]] = field(default_factory=dict)


def apps() -> Iterator[Path]:
    """The folders of our apps."""
    for parent in ("governance", "programs"):
        for config in sorted((PROJECT / parent).glob("*/apps.py")):
            yield config.parent


def po_files() -> list[Path]:
    """Every file of translations there is."""
    return sorted(p / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po" for p in apps())


def compiled(po: Path, into: Path | None = None) -> Path:
    """Where the compiled file of this one lies: beside it, or in a folder of the data, where nobody may write beside it."""
    return into / po.parts[-5] / Path(*po.parts[-4:]).relative_to("locale").with_suffix(".mo") if into else po.with_suffix(".mo")


def compile_all(into: Path | None = None) -> None:
    """Compile what changed. A reader never sees half a file."""
    for po in po_files():
        mo = compiled(po, into)
        mo.parent.mkdir(parents=True, exist_ok=True)
        if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
            draft = mo.with_suffix(f".{os.getpid()}")  # of this process alone: two may start at once
            polib.pofile(str(po)).save_as_mofile(str(draft))
            draft.replace(mo)


def collected() -> dict[str, Catalogue]:
    """Every text of the code and the templates, by app. Templates of no app belong to the web kit."""
    found = {
        folder.name: Catalogue(folder.name, folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po") for folder in apps()
    }
    for folder in apps():
        for file in sorted(folder.rglob("*.py")):
            if "migrations" not in file.parts:
                _collect(found[folder.name], file, file.read_bytes())
    for file in sorted((PROJECT / "governance").glob("*.py")) + sorted((PROJECT / "governance" / "settings").glob("*.py")):
        _collect(found["web"], file, file.read_bytes())
    templates = PROJECT / "templates"
    for file in sorted(templates.rglob("*.html")) + sorted(templates.rglob("*.txt")):
        app = file.relative_to(templates).parts[0]
        _collect(found.get(app, found["web"]), file, templatize(file.read_text(encoding="utf-8")).encode())
    _collect_actions(found)
    return found


def _collect(catalogue: Catalogue, file: Path, code: bytes) -> None:
    where = file.relative_to(PROJECT).as_posix()
    method = "python" if file.suffix == ".py" else "javascript"
    for line, message, _comments, context in extract(method, BytesIO(code), keywords=KEYWORDS, options={"encoding": "utf-8"}):
        parts = message if isinstance(message, tuple) else (message,)
        if parts[0]:
            text = Text(parts[0], parts[1] if len(parts) > 1 and parts[1] else "", context or "")
            catalogue.texts.setdefault(text, []).append(f"{where}:{line}")


def _collect_actions(found: dict[str, Catalogue]) -> None:
    """An action's title is its class's name, its sentence the docstring: both are shown, so both are translated."""
    from governance.actions import registry

    for action in registry.actions():
        for text in (action.title_source, action.description_source):
            found[action.app_label].texts.setdefault(Text(text), []).append(action.key)


def merge() -> list[Path]:
    """Bring every file of translations up to date with the code; returns those that changed."""
    changed = []
    for catalogue in collected().values():
        if not catalogue.texts:
            continue
        before = catalogue.path.read_text(encoding="utf-8") if catalogue.path.exists() else ""
        old = {_key(e): e for e in (polib.pofile(before) if before else [])}
        po = polib.POFile(wrapwidth=110)
        po.metadata = {
            "Language": LANGUAGE,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        for text in sorted(catalogue.texts, key=lambda t: (t.source, t.context)):
            entry = polib.POEntry(msgid=text.source, msgid_plural=text.plural, msgctxt=text.context or None)
            _keep(entry, old.get((text.source, text.plural, text.context)))
            po.append(entry)
        if str(po) != before:
            catalogue.path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.path.write_text(str(po), encoding="utf-8")
            changed.append(catalogue.path)
    return changed


def _keep(entry: polib.POEntry, old: polib.POEntry | None) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = dict(old.msgstr_plural) if old else {0: ""}
    else:
        entry.msgstr = old.msgstr if old else ""
    if PLACEHOLDER.search(entry.msgid) and "%(" in entry.msgid:
        entry.flags = ["python-format"]
    if old and "fuzzy" in old.flags:
        entry.flags = [*entry.flags, "fuzzy"]


def problems() -> list[str]:
    """What keeps the interface from being whole in Chinese: missing, fuzzy, with other placeholders, or in two ways."""
    found = []
    for catalogue in collected().values():
        entries = polib.pofile(str(catalogue.path)) if catalogue.path.exists() else []
        known = {_key(e): e for e in entries}
        for text, places in catalogue.texts.items():
            entry = known.get((text.source, text.plural, text.context))
            found += [f"{catalogue.app}: {why}: {text.source!r} ({places[0]})" for why in _faults(text, entry)]
    return found + conflicts(po_files())


def conflicts(files: Iterable[Path]) -> list[str]:
    """Django makes one catalogue of all: a text that two translate in two ways is shown in one way in both.

    The way out is a context, or words that say more. Libraries count where they stand before our apps and so prevail.
    """
    ways: dict[tuple[str, str, str], dict[str, str]] = {}
    for path in (path for path in files if path.exists()):
        for entry in polib.pofile(str(path)):
            ways.setdefault(_key(entry), {})[path.parts[-5]] = _way(entry)
    for library in _libraries_before_us():
        for entry in polib.mofile(str(library)):
            if _key(entry) in ways:
                ways[_key(entry)][library.parts[-5]] = _way(entry)
    return [
        f"{app}: translated in two ways: {key[0]!r} ({' / '.join(f'{name} {way}' for name, way in of.items())})"
        for key, of in ways.items()
        if len(set(of.values())) > 1
        for app in of
    ]


def _key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgid, entry.msgid_plural, entry.msgctxt or ""


def _way(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def _libraries_before_us() -> Iterator[Path]:
    ours = {folder.name for folder in apps()}
    others = takewhile(lambda config: config.label not in ours, installed.get_app_configs())
    found = (Path(config.path) / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo" for config in others)
    return (path for path in found if path.exists())


def _formats(written: str, source: str) -> bool:
    """Whether a text can be put together with values for what its source asks for: a bare “%” raises where it is shown."""
    named = dict(re.findall(r"%\((\w+)\)([a-z])", source))
    if not named and not re.search(r"%[sd]", source):
        return True  # never put together
    values: Any = {name: "1" if kind == "s" else 1 for name, kind in named.items()} or tuple(1 for _one in re.findall(r"%[sd]", source))
    try:
        return bool(written % values)
    except (ValueError, TypeError, KeyError):
        return False


def _written(text: Text, entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Everything that may be shown of a text, in either language, each with what it is made after."""
    yield from ((one, one) for one in (text.source, text.plural) if one)
    yield from ((one, text.plural) for one in entry.msgstr_plural.values()) if text.plural else ((entry.msgstr, text.source),)


def _faults(text: Text, entry: polib.POEntry | None) -> Iterator[str]:
    translated = "" if entry is None else entry.msgstr_plural.get(0, "") if text.plural else entry.msgstr
    if not translated:
        yield "missing"
        return
    if "fuzzy" in entry.flags:
        yield "fuzzy"
    if not all(_formats(written, source) for written, source in _written(text, entry)):
        yield "cannot be put together (a “%” that stands for itself is written “%%”)"
    expected = set(PLACEHOLDER.findall(text.plural or text.source)) | set(PLACEHOLDER.findall(text.source))
    if set(PLACEHOLDER.findall(translated)) - expected or (not text.plural and set(PLACEHOLDER.findall(translated)) != expected):
        yield "other placeholders"
