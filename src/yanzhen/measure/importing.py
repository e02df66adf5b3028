"""One import of a roster of new members: seconds, the floor under it, and the peak of the process's memory."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from django.db import transaction

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.services import appoint, create_account
from yanzhen.demo.town import COMMITTEE, OFFICER, PASSWORD
from yanzhen.kernel.actor import Actor, Door, system
from yanzhen.measure.rosters import branches
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_root, found_unit
from yanzhen.sheets.floor import bare_insert_seconds
from yanzhen.sheets.services import apply, stage


def measure(file: Path, members: int) -> dict[str, float]:
    """Import `file` into an empty committee that knows its branches."""
    root, officer = _committee(members)
    return bring_in(actor=officer, root=root, file=file, rows=members)


def bring_in(*, actor: Actor, root: Unit, file: Path, rows: int) -> dict[str, float]:
    """Import `file`, all of whose `rows` are new members."""
    began = time.perf_counter()
    batch = stage(actor=actor, unit_id=root.id, file_name=file.name, data=file.read_bytes())
    outcome = apply(actor=actor, batch_id=batch.id, confirm_new_units=False)
    seconds = time.perf_counter() - began
    peak = peak_megabytes()
    # Namesakes who joined in the same month are left to the officer: one or two in ten thousand.
    if outcome.counts["added"] < rows * 0.999:
        raise RuntimeError(f"imported {outcome.counts}, not {rows} new members")
    return {"seconds": seconds, "floor_seconds": bare_insert_seconds(batch.id), "megabytes": peak}


def peak_megabytes() -> float:
    """The most memory that this process has held so far; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)  # bytes there, KiB on Linux


def _committee(members: int) -> tuple[Unit, Actor]:
    founder = system("yanzhen bench")
    with transaction.atomic():
        root = found_root(actor=founder, name=COMMITTEE)
        account = create_account(
            actor=founder, username=OFFICER.username, name=OFFICER.name, password=PASSWORD, unit_id=root.id
        )
        appoint(actor=founder, account_id=account.id, unit_id=root.id, role="officer")
        for name in branches(members):
            found_unit(actor=founder, parent_id=root.id, name=name, kind=UnitKind.BRANCH)
    return root, actor_for(account, door=Door.SHEET)
