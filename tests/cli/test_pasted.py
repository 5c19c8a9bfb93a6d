"""`zaraba catalysts` holds the claims of pasted commentaries against the session that ships."""

import json
import tomllib
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

TEXTS = sorted((Path(__file__).parents[1] / "market/commentary/pasted").glob("*.toml"))
VERDICTS = {True: "=", False: "!", None: ""}


def wanted(line: str) -> tuple[object, ...]:
    symbol, level, change, percent, *verdict = line.split()
    figures = (None if each == "-" else float(Decimal(each)) for each in (level, change, percent))
    return (symbol, *figures, "".join(verdict))


def test_every_claim_is_borne_out_or_not_by_the_close_as_a_reader_would_say(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    expected: Counter[tuple[object, ...]] = Counter()
    names = []
    for path in TEXTS:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        (tmp_path / f"{path.stem}.md").write_text(text["text"], encoding="utf-8")
        names.append(f"{path.stem}.md")
        expected.update(wanted(line) for line in text["claims"])
    done = call("catalysts", "--format", "json", *names)
    told = json.loads(done.out)

    assert (
        Counter(
            (
                claim["symbol"],
                claim["level"],
                claim["change"],
                claim["percent"],
                VERDICTS[claim["agrees"]],
            )
            for claim in told["claims"]
        )
        == expected
    )
    assert all(claim["market"] is None for claim in told["claims"] if claim["agrees"] is None)
    assert {"!", "=", ""} == {str(key[-1]) for key in expected}
