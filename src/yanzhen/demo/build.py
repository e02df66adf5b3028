"""Building the demonstration town, all of it or nothing of it."""

from __future__ import annotations

from django.db import transaction

from yanzhen.demo import folder
from yanzhen.demo.history import SEED, planned
from yanzhen.demo.living import Progress, Town
from yanzhen.kernel import clock

PURPOSE = "demo"


def stands(*, members: int | None) -> bool:
    """Whether this folder holds a town that this version of the program built, of the size that is asked for."""
    marker = folder.read()
    if marker is None or marker.purpose != PURPOSE or marker.made_by != folder.version():
        return False
    return members is None or marker.members == members


def build(*, members: int, progress: Progress) -> None:
    """The town, in an empty database, with its history up to today."""
    history = planned(today=clock.today(), members=members)
    with transaction.atomic():
        Town(history).live(progress)
    folder.write(purpose=PURPOSE, members=members, seed=SEED)
