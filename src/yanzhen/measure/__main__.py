"""One stage of the benchmark in a process of its own: `python -m yanzhen.measure check|import|read …` prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main(stage: str, *arguments: str) -> dict[str, Any]:
    """What the stage measured. `check` needs no database, the others make one in the data folder."""
    if stage == "check":
        from django.conf import settings

        settings.configure(USE_I18N=False)
        from yanzhen.measure.checking import measure as check

        return check(Path(arguments[0]))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    members = int(arguments[0])
    if stage == "import":
        from yanzhen.measure.importing import measure as bring_in

        return bring_in(Path(arguments[1]), members)
    from yanzhen.measure import beside, reading

    seed, folder = int(arguments[1]), Path(arguments[2])
    base = reading.populate(members=members, seed=seed)
    found = reading.measure()
    found["import_beside"] = beside.measure(base=base, members=members, folder=folder, seed=seed)
    return found


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
