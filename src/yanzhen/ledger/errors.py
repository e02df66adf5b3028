"""What the act wrapper refuses. These are bugs in an act, not refusals to people: they propagate."""

from __future__ import annotations


class NoActor(TypeError):
    """An act was called without the person or the system actor who does it."""


class ChangeWithoutFact(Exception):
    """An act changed state and said nothing of it."""


class FactOffGround(Exception):
    """A fact lies on a unit or a member that the act did not ask permission for."""


class UndeclaredFact(LookupError):
    """An act wrote a kind of fact that it does not declare."""


class WriteOutsideAct(Exception):
    """Domain state was changed outside every act."""


class GroundNotHeld(Exception):
    """An act that runs alone was called inside one that does not: each would wait for the other's end."""
