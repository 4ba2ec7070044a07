"""How often the guard lets a bad wording of a model's pass, and how often it drops a sound one.

    python -m bench.guard

Measured on the wordings of `tests/guard`, each written with what it is and why, in 95 % intervals.
"""

import tomllib
from pathlib import Path

from coach.evaluation.shares import share
from coach.okr import Context, Draft
from coach.rewriting.fidelity import Fidelity
from coach.service import Coach

TABLES = Path(__file__).resolve().parent.parent / "tests/guard"


def main() -> None:
    """Print both rates for each table."""
    for table in sorted(TABLES.glob("*.toml")):
        judged = {"bad": [0, 0], "sound": [0, 0]}
        for said in tomllib.loads(table.read_text("utf-8")).values():
            context = {key: said[key] for key in Context.__struct_fields__ if key in said}
            draft = Draft(said["objective"], tuple(said["key_results"]), Context(**context))
            findings = Coach().assess(draft, rewrite=False).findings
            guard = Fidelity(draft)
            for kind, count in judged.items():
                for each in said[kind]:
                    texts = each.get("texts") or [each["text"]]
                    dropped = bool(guard.sins(each["line"], texts, findings))
                    count[0] += dropped == (kind == "sound")
                    count[1] += 1
        for kind, (failed, of) in judged.items():
            rate = share(failed, of)
            told = "let pass" if kind == "bad" else "dropped"
            print(f"{table.stem}: {kind} {told}: {failed} of {of} "
                  f"({100 * abs(rate.low):.1f} to {100 * rate.high:.1f} %)")  # fmt: skip


if __name__ == "__main__":
    main()
