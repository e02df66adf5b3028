"""Declarations by their stable keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar


class Declared(Protocol):
    """Anything that is declared once, under a stable string key."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Declared)


class Registry(Generic[T]):
    """The declarations of one kind. An unknown key raises, and so does a key declared twice."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}

    def add(self, items: Iterable[T]) -> None:
        """Declare `items`; raises ValueError where a key is taken."""
        for item in items:
            if item.key in self._items:
                raise ValueError(f"{self.kind} {item.key!r} is declared twice")
            self._items[item.key] = item

    def __getitem__(self, key: str) -> T:
        try:
            return self._items[key]
        except KeyError:
            raise LookupError(f"no {self.kind} is declared as {key!r}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
