import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tui.errors import NotSupported, ProviderError
from tui.providers import registry
from tui.providers.contracts import Role
from tui.providers.file import FileProvider
from tui.providers.listed import ListedSearch
from tui.providers.synthetic import SyntheticProvider

Install = Callable[..., Path]

GOOD = """
from tui.market.quotes import Delay, DelayKind
from tui.providers.contracts import About, QuoteProvider

class Good(QuoteProvider):
    about = About(name="good", title="Good", summary="Good.", delay=Delay(DelayKind.REALTIME))

    async def stream(self, symbols):
        yield

class Bare(QuoteProvider):
    about = Good.about

class Nameless(Good):
    about = None

class Misnamed(Good):
    about = About(name="other", title="Good", summary="Good.", delay=Delay(DelayKind.REALTIME))

thing = object()
"""


@pytest.mark.parametrize("role", list(Role))
def test_the_table_of_built_in_sources_is_what_the_distribution_registers(role: Role) -> None:
    registered = {
        entry.name: entry.value
        for entry in entry_points(group=role.group)
        if entry.dist is not None and entry.dist.name == registry.DISTRIBUTION
    }

    assert dict(registry.BUILT_IN[role]) == registered


def test_a_built_in_source_is_loaded_by_name() -> None:
    assert registry.load(Role.QUOTES, "file") is FileProvider
    assert registry.load(Role.QUOTES, "synthetic") is SyntheticProvider
    assert registry.load(Role.SEARCH, "listed") is ListedSearch


@pytest.mark.parametrize(
    ("role", "name"), [(role, name) for role in Role for name in registry.BUILT_IN[role]]
)
def test_every_source_that_ships_loads(role: Role, name: str) -> None:
    assert issubclass(registry.load(role, name), registry.CONTRACTS[role])


def test_loading_a_built_in_source_reads_no_metadata_and_nothing_heavy() -> None:
    program = (
        "import sys; from tui.providers import registry; from tui.providers.contracts import Role;"
        "registry.load(Role.QUOTES, 'file'); registry.load(Role.QUOTES, 'synthetic');"
        "print(*sorted({'importlib.metadata', 'pandas', 'pyarrow', 'httpx', 'pytest'}"
        " & sys.modules.keys()))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []


def test_names_are_listed_without_importing(install: Install) -> None:
    install("zaraba-loud", {"zaraba.quotes": {"loud": "loud_source:Loud"}}, loud_source="1/0")

    assert "loud" in registry.names(Role.QUOTES)
    assert {"file", "replay", "synthetic"} <= set(registry.names(Role.QUOTES))
    assert "loud_source" not in sys.modules


def test_a_strangers_source_is_loaded_through_the_same_door(install: Install) -> None:
    install("zaraba-good", {"zaraba.quotes": {"good": "good_source:Good"}}, good_source=GOOD)

    assert registry.load(Role.QUOTES, "good").about.title == "Good"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("bad_source:Bare", "does not implement stream"),
        ("bad_source:Nameless", "has no `about`"),
        ("bad_source:Misnamed", "calls itself “other”"),
        ("bad_source:thing", "is not a class derived from QuoteProvider"),
        ("bad_source:absent", "cannot be imported: AttributeError"),
        ("no_such_module_at_all:Good", "cannot be imported: ModuleNotFoundError"),
        ("exits:Good", "cannot be imported: SystemExit"),
    ],
)
def test_a_source_that_is_unfit_is_an_error_that_names_its_distribution(
    install: Install, value: str, why: str
) -> None:
    install(
        "zaraba-bad",
        {"zaraba.quotes": {"good": value}},
        bad_source=GOOD,
        exits="raise SystemExit(3)",
    )

    with pytest.raises(ProviderError) as caught:
        registry.load(Role.QUOTES, "good")

    assert why in str(caught.value)
    assert "zaraba-bad" in caught.value.subject
    assert "zaraba-bad" in caught.value.remedy
    assert isinstance(registry.load_all(Role.QUOTES)["good"], ProviderError)
    sys.modules.pop("bad_source", None)


def test_a_name_that_nobody_has_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotSupported, match=r"“nobody”.*file.*synthetic"):
        registry.load(Role.QUOTES, "nobody")


def test_the_built_in_source_keeps_its_name_and_the_other_is_reported(install: Install) -> None:
    install("zaraba-thief", {"zaraba.quotes": {"file": "thief_source:Good"}}, thief_source=GOOD)

    assert registry.load(Role.QUOTES, "file") is FileProvider
    files = [each for each in registry.installed() if each.name == "file"]
    assert {each.distribution: each.problem is None for each in files} == {
        "zaraba": True,
        "zaraba-thief": False,
    }
    assert "built into zaraba" in next(each.problem for each in files if each.problem)


def test_of_two_strangers_with_one_name_the_one_found_first_is_used(install: Install) -> None:
    install("zaraba-late", {"zaraba.quotes": {"good": "late_source:Good"}}, late_source="1/0")
    install("zaraba-early", {"zaraba.quotes": {"good": "early_source:Good"}}, early_source=GOOD)

    assert registry.load(Role.QUOTES, "good").__module__ == "early_source"
    problems = {e.distribution: e.problem for e in registry.installed() if e.name == "good"}
    assert problems["zaraba-early"] is None
    assert "taken the name" in str(problems["zaraba-late"])


def test_a_name_that_is_none_is_listed_with_its_problem_only(install: Install) -> None:
    install("zaraba-odd", {"zaraba.quotes": {"My \x1b[31mSource": "odd_source:Good"}})

    assert not any("Source" in name for name in registry.names(Role.QUOTES))
    (odd,) = [each for each in registry.installed() if each.distribution == "zaraba-odd"]
    assert odd.name.isprintable()
    assert "lower case" in str(odd.problem)


def test_what_is_installed_is_told_with_distribution_and_version(install: Install) -> None:
    install("zaraba-good", {"zaraba.news": {"good": "some_source:Good"}}, some_source=GOOD)

    (good,) = [each for each in registry.installed() if each.name == "good"]
    assert (good.role, good.distribution, good.version) == (Role.NEWS, "zaraba-good", "1.2")
    assert "NewsProvider" in str(good.problem)
