"""Weighs the wordings of `tooling/corpus`: which sign of a heading or of a list speaks for which meaning.

An averaged perceptron (Freund and Schapire 1999; Collins 2002): a wrong or narrow guess moves the weights of its signs
towards the right meaning and away from the guessed one; the mean over all rounds is kept. The order is fixed by a seed,
so the same corpus always gives the same weights. Runs inside the environment: `python dev.py learn`.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from yanzhen.sheets.recognition import columns, drafts, evidence, likeness

CORPUS = Path(__file__).parent / "corpus"
OFFICIAL, LISTS, HEADINGS = "official.jsonl", "lists.jsonl", "headings.jsonl"
WEIGHTS = Path(likeness.__file__).parent
# The day on which the corpus was written: what is a date in the future does not change with the calendar.
TODAY = date(2026, 11, 27)
_ROUNDS, _WIDTH = 6, 3.0
# What most offices send counts most: each official layout as often as this.
_TIMES = 5
# Orders to go through the corpus in: the mean over several depends less on each.
_SEEDS = (1, 2, 3)
# Signs seen less often than this say more of one sheet than of the language.
_OFTEN = 2
# Weights are kept in tenths; those below this say nothing.
_LEAST = 5


@dataclass(frozen=True)
class Example:
    """What was seen, and what it means."""

    signs: Sequence[str]
    meaning: str


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The lists of a part of the corpus, one JSON object a line: title, way, columns with parts, values, fields."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def of_lists(sheets: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """What each list that has a title or a way tells about whose list it is."""
    for sheet in sheets:
        headings = {at: tuple(column["parts"]) for at, column in enumerate(sheet["columns"])}
        yield Example(sorted(likeness.of_list(sheet["title"], headings)), sheet["way"])


def read(sheet: Mapping[str, Any]) -> list[drafts.Draft]:
    """The columns of a list as the rules read them."""
    headings = {at: tuple(column["parts"]) for at, column in enumerate(sheet["columns"])}
    seen = {at: evidence.gather(column["values"]) for at, column in enumerate(sheet["columns"])}
    return drafts.read(headings, seen, today=TODAY, way=way(sheet))


def way(sheet: Mapping[str, Any]) -> drafts.Way:
    """Whose list it is, as the rules for columns know it."""
    said: drafts.Way = "" if sheet["way"] == "all" else sheet["way"]
    return said


def of_columns(sheets: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """What each column that means one thing looks like."""
    for sheet in sheets:
        found = read(sheet)
        for draft, column in zip(found, sheet["columns"], strict=True):
            if len(column["fields"]) == 1 and draft.parts:
                signs = columns.signs(draft, found, TODAY, way(sheet))
                yield Example(sorted(signs), column["fields"][0] or likeness.NOTHING)


class _Learner:
    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._since: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._step = 0

    def see(self, example: Example, meanings: Sequence[str]) -> None:
        self._step += 1
        sums = dict.fromkeys(meanings, 0.0)
        for sign in example.signs:
            for label, weight in self.weights[sign].items():
                sums[label] += weight
        rival = max((label for label in meanings if label != example.meaning), key=sums.__getitem__)
        if sums[example.meaning] - sums[rival] < _WIDTH * len(example.signs) ** 0.5:
            for sign in example.signs:
                self._move(sign, example.meaning, 1.0)
                self._move(sign, rival, -1.0)

    def _move(self, sign: str, label: str, by: float) -> None:
        self._sums[sign][label] += (self._step - self._since[sign][label]) * self.weights[sign][label]
        self._since[sign][label] = self._step
        self.weights[sign][label] += by

    def mean(self) -> dict[str, dict[str, float]]:
        for sign, labels in self.weights.items():
            for label in labels:
                self._move(sign, label, 0.0)
        return {
            sign: {label: total / self._step for label, total in labels.items()}
            for sign, labels in self._sums.items()
        }


def learn(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The weight of each sign for each meaning."""
    meanings = sorted({example.meaning for example in examples})
    counts = Counter(sign for example in examples for sign in example.signs)
    known = [
        Example([sign for sign in example.signs if counts[sign] >= _OFTEN], example.meaning)
        for example in examples
    ]
    total: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for seed in _SEEDS:
        learner, order = _Learner(), list(known)
        shuffle = random.Random(seed).shuffle  # noqa: S311  (an order, no secret)
        for _round in range(_ROUNDS):
            shuffle(order)
            for example in order:
                learner.see(example, meanings)
        for sign, labels in learner.mean().items():
            for label, weight in labels.items():
                total[sign][label] += weight / len(_SEEDS)
    return total


def written(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The weights as the recognition reads them, a sign a line."""
    lines = []
    for sign in sorted(weights):
        tenths = {label: round(weight * 10) for label, weight in sorted(weights[sign].items())}
        pairs = [f"{label} {weight}" for label, weight in tenths.items() if abs(weight) >= _LEAST]
        if pairs:
            lines.append("\t".join([sign, *pairs]))
    return "\n".join(lines) + "\n"


def digest() -> str:
    """What the weights name as the corpus they were learned from."""
    return sha256(b"".join((CORPUS / name).read_bytes() for name in (OFFICIAL, LISTS, HEADINGS))).hexdigest()


def main() -> None:
    """Writes both files of weights, two minutes' work."""
    settings.configure(USE_I18N=False)
    sheets = [*_TIMES * read_lines(CORPUS / OFFICIAL), *read_lines(CORPUS / LISTS)]
    found = {
        "lists": learn(list(of_lists(sheets))),
        "columns": learn(list(of_columns([*sheets, *read_lines(CORPUS / HEADINGS)]))),
    }
    for name, weights in found.items():
        (WEIGHTS / f"likeness_of_{name}.tsv").write_text(f"{digest()}\n{written(weights)}", encoding="utf-8")


if __name__ == "__main__":
    main()
