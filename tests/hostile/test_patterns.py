"""Every regular expression of the program takes time in proportion to the text: none can be made to hang."""

from __future__ import annotations

import ast
import gc
import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import process_time
from typing import Any

import pytest

from tests.hostile.sinks import modules

# What nested and overlapping repetitions choke on: letters, digits with units, blanks, openings, addresses.
_NASTY = ("a", "1h ", " ", "<[(\"'", "a@b.-1")
# What comes too late for most, so that they have to go back.
_END = "!"
# Four times the text may take four times the time; a pattern that goes back to look again takes sixteen, or never ends.
_TIMES = 4
_MOST = 8.0
# Below this no clock measures well.
_A_MOMENT = 0.02
# The length at which to measure: the first at which it can be, so that what is slow is not waited for.
_SIZES = (24, 1_000, 5_000, 16_000, 50_000)


def _names() -> list[str]:
    dotted = (module.removesuffix(".py").replace("/", ".").removesuffix("__init__") for module in modules())
    return [f"webcycle.{name}".rstrip(".") for name in dotted]


Pattern = re.Pattern[str] | re.Pattern[bytes]


@dataclass(frozen=True)
class Use:
    """A pattern, and whether it is looked for anywhere in a text, or at its beginning alone."""

    pattern: Pattern
    anywhere: bool

    def __call__(self, text: str) -> object:
        given: Any = self.pattern
        told: Any = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        if not self.anywhere:
            return given.match(told), given.fullmatch(told)
        return sum(1 for _ in given.finditer(told))


_ANYWHERE = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
_USES = frozenset(f"re.{use}" for use in (*_ANYWHERE, "match", "fullmatch"))


def compiled() -> dict[str, Use]:
    """The patterns that modules hold, by their place."""
    found: dict[Pattern, tuple[str, bool]] = {}
    for name, code in zip(_names(), modules().values(), strict=True):
        if name.endswith("workbook_child"):
            continue
        for place, one in _patterns(vars(importlib.import_module(name))):
            uses = set(re.findall(rf"\b{re.escape(place)}\.(\w+)", code))
            found[one] = (f"{name}.{place}", not uses or bool(uses & _ANYWHERE))
    return {place: Use(one, anywhere) for one, (place, anywhere) in found.items()}


def _patterns(held: Mapping[str, object]) -> Iterator[tuple[str, Pattern]]:
    for name, value in held.items():
        if isinstance(value, re.Pattern):
            yield name, value
        elif isinstance(value, tuple | list) and not name.startswith("__"):
            yield from _patterns({f"{name}[{index}]": one for index, one in enumerate(value)})
        elif isinstance(value, Mapping) and not name.startswith("__"):
            yield from _patterns({f"{name}[{key}]": one for key, one in value.items()})


def written() -> dict[str, Use]:
    """The patterns that are written where they are used: `re.fullmatch("...", text)`, also by a constant's name."""
    found: dict[str, Use] = {}
    for (module, code), name in zip(modules().items(), _names(), strict=True):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Call) and (used := ast.unparse(node.func)) in _USES:
                found[f"{module}:{node.lineno}"] = Use(_pattern(node.args[0], name), used[3:] in _ANYWHERE)
    return found


def _pattern(node: ast.expr, module: str) -> Pattern:
    """The pattern: a literal, or what the module calls by that name. What a text is made of stands for a letter."""
    if isinstance(node, ast.JoinedStr):
        parts = [one.value if isinstance(one, ast.Constant) else "a" for one in node.values]
        return re.compile("".join(map(str, parts)))
    return re.compile(eval(ast.unparse(node), dict(vars(importlib.import_module(module)))))


def slow(use: Callable[[str], object]) -> str:
    """A text on which four times the length takes much more than four times the time; "" where there is none."""
    return next((seed for seed in _NASTY if _is_slow(use, seed)), "")


def _is_slow(use: Callable[[str], object], seed: str) -> bool:
    size = next((size for size in _SIZES if _seconds(use, seed, size) > _A_MOMENT), 0)
    if size <= _SIZES[0]:
        return bool(size)
    # Two of three: another program may have taken the time of one.
    return sum(_grows(use, seed, size) for _ in range(3)) > 1


def _grows(use: Callable[[str], object], seed: str, size: int) -> bool:
    short, long = (min(_seconds(use, seed, one) for _ in range(3)) for one in (size // _TIMES, size))
    return long > _MOST * short


def _seconds(use: Callable[[str], object], seed: str, size: int) -> float:
    text = (seed * (size // len(seed) + 1))[:size] + _END
    before = process_time()
    use(text)
    return process_time() - before


@pytest.fixture(autouse=True)
def _no_rubbish_is_collected() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("pattern", [r" +$", r"<.*>", r"(?:[a-c]+\s?)+$", r"a.*a.*b"])
def test_a_pattern_that_looks_at_the_text_again_and_again_would_be_seen(pattern: str) -> None:
    assert slow(Use(re.compile(pattern), anywhere=True))


def test_every_pattern_of_a_module_is_linear() -> None:
    found = compiled()
    assert len(found) > 100
    assert {name: told for name, one in found.items() if (told := slow(one))} == {}


def test_every_pattern_that_is_written_where_it_is_used_is_linear() -> None:
    found = written()
    assert len(found) > 30
    assert {name: told for name, one in found.items() if (told := slow(one))} == {}
