"""Small chores of a developer: the catalogue, the weights of wordings and the locks."""

import subprocess

from tooling import environment
from tooling.environment import PYTHON, ROOT


def messages(arguments: list[str]) -> int:
    """Brings the English catalogue up to date with the sentences in code and templates."""
    environment.ensure("test")
    return subprocess.run(
        [str(PYTHON), "-m", "tooling.catalogue", "extract", *arguments], cwd=ROOT, check=False
    ).returncode


def learn(_arguments: list[str]) -> int:
    """Weighs the corpus of wordings anew, about a minute."""
    environment.ensure("test")
    return subprocess.run([str(PYTHON), "-m", "tooling.learning"], cwd=ROOT, check=False).returncode


def lock(arguments: list[str]) -> int:
    """Renews both locks; ``--upgrade`` takes newer versions. Locks hold hashes and no addresses."""
    environment.ensure("test")
    compile_lock = [
        *(environment.tool("uv"), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-annotate", "pyproject.toml", "--group", "build"),
        *arguments,
    ]
    subprocess.run([*compile_lock, "-o", "requirements.lock"], cwd=ROOT, check=True)
    # The second lock follows the first one, so that the tests run on the versions that are served.
    subprocess.run(
        [*compile_lock, "--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"],
        cwd=ROOT,
        check=True,
    )
    return 0
