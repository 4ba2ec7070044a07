"""What the commands know of the terminal they speak to, and of how they end."""

import os
import shutil
import sys

FOUND = 1
UNREADABLE = 2
MISCONFIGURED = 3
INTERRUPTED = 130

EXITS = """
Exit codes: 0 done; 1 findings as grave as --fail-on names; 2 something could not be read as a
draft (the others were scored), or the command itself; 3 a setting, a file of the operator's or
the database is off; 130 interrupted.
"""


def colour() -> bool | None:
    """Return whether to colour what is shown; None leaves it to whether a terminal shows it."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def width() -> int:
    """Return the columns to fill: a terminal's, within what is good to read."""
    from coach.report import WIDTH

    return max(64, min(shutil.get_terminal_size().columns, 120)) if sys.stdout.isatty() else WIDTH
