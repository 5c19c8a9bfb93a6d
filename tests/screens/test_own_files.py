"""What is wrong with the user's own files is told on screen, once, with the file's name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

NOTE = "date: 2025-05-26\n## Whispers about Big T\nNothing is confirmed.\n"


def test_broken_files_are_named_in_a_notice_each(stage: Callable[..., int], tmp_path: Path) -> None:
    for name in ("aliases.toml", "kinds.toml", "events.toml"):
        (tmp_path / name).write_text("x y\n", encoding="utf-8")

    async def script(play: Any) -> None:
        await play.until(lambda: len(play.notices) >= 3, "the notices")
        await play.painted()
        told = sorted(play.notices)
        assert [Path(each.partition(":")[0]).name for each in told] == [
            "aliases.toml", "events.toml", "kinds.toml",
        ]  # fmt: skip
        assert all("line 1" in each for each in told)

    assert stage(script) == 0


def test_the_user_s_names_and_kinds_count_for_notes(
    stage: Callable[..., int], tmp_path: Path
) -> None:
    (tmp_path / "aliases.toml").write_text('[companies]\n7203 = ["Big T"]\n', encoding="utf-8")
    kinds = '[[rule]]\nname = "own"\nkind = "rumour"\nany = ["whisper*"]\n'
    (tmp_path / "kinds.toml").write_text(kinds, encoding="utf-8")
    note = tmp_path / "desk.md"
    note.write_text(NOTE, encoding="utf-8")
    config = f'[providers.replay]\npaused = true\n[providers.notes]\nfile = "{note}"\n'

    async def script(play: Any) -> None:
        def told() -> Any:
            found = play.monitor.market.catalysts.values()
            return next((each for each in found if "Big T" in each.headline), None)

        await play.until(told, "the note")
        assert (told().symbols, told().kind) == (("7203.T",), "rumour")

    assert stage(script, config=config) == 0
