"""The English catalogue, kept without GNU gettext: ``python -m tooling.catalogue extract | compile FILE…``.

Chinese is the language of the source, so the key of a message is the Chinese sentence.
Runs inside the environment.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tooling.environment import ROOT

SOURCE = ROOT / "src" / "yanzhen"
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# No line numbers, dates or names of tools: two branches that add sentences then seldom meet.
CHANGING = re.compile(rb'^"(?!Language:|Plural-Forms|MIME|Content-T)[A-Z][\w-]+: .*\\n"\n', re.MULTILINE)

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def found() -> Catalog:
    """Every sentence in code and templates, untranslated."""
    catalogue = _empty()
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        for key, context in _sentences(path):
            place = (path.relative_to(ROOT).as_posix(), 1)
            catalogue.add(key, locations=[place], context=context)
    return catalogue


def kept() -> Catalog:
    """The English catalogue as it lies in the repository."""
    if not ENGLISH.exists():
        return _empty()
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def faults(source: Catalog, translated: Catalog) -> Iterator[str]:
    """What is missing, left over or differs in its placeholders, a sentence each."""
    for message in _messages(source):
        other = translated.get(message.id, message.context)
        if other is None or other.fuzzy or not all(_texts(other.string)):
            yield f"no English for: {message.id}"
        elif missing := _placeholders(message.id) ^ _placeholders(other.string):
            yield f"placeholders differ ({', '.join(sorted(missing))}): {message.id}"
    for message in _messages(translated):
        if source.get(message.id, message.context) is None:
            yield f"nobody says any more: {message.id}"


def write(catalogue: Catalog) -> bytes:
    """The catalogue as text, the same for the same sentences."""
    text = BytesIO()
    write_po(text, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return CHANGING.sub(b"", text.getvalue())


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        header_comment="# yanzhen in English; see tooling/catalogue.py",
        charset="utf-8",
        fuzzy=False,
    )


def _sentences(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # What is not to be translated comes back as rows of X; brackets make its indentation harmless.
        source = f"({templatize(source, origin=str(path))}\n)"
    for _, key, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        yield key, context


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [""])


def _placeholders(value: str | tuple[str, ...] | list[str] | None) -> set[str]:
    return {name for text in _texts(value) for name in re.findall(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}", text)}


def _extract() -> int:
    catalogue = kept()
    catalogue.update(found(), no_fuzzy_matching=True, update_header_comment=False)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(write(catalogue))
    missing = list(faults(catalogue, kept()))
    print("\n".join([*missing, f"{len(catalogue)} sentences, {len(missing)} to do"]))
    return 0


def _compile(paths: list[Path]) -> int:
    for path in paths:
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=path.parent.parent.name))
    return 0


def main(arguments: list[str]) -> int:
    """Extracts into the English catalogue, or compiles the given ones."""
    if not settings.configured:
        settings.configure()  # templatize asks for nothing but the file encoding
    if arguments[:1] == ["compile"]:
        return _compile([Path(name) for name in arguments[1:]])
    return _extract()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
