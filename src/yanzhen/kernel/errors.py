"""Refusals that people can act on. Anything else that is raised is a bug and propagates."""

from __future__ import annotations


class DomainError(Exception):
    """A refusal with a stable code and one sentence for people; each door translates it once."""

    code = "refused"

    def __init__(self, sentence: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        if code:
            self.code = code


class NotPermitted(DomainError):
    """The actor may see the thing but may not do this with it."""

    code = "not_permitted"


class NotFound(DomainError):
    """Not there, or outside what the actor may see: the two are told apart to nobody."""

    code = "not_found"


class Conflict(DomainError):
    """Something else happened first, or stands in the way."""

    code = "conflict"
