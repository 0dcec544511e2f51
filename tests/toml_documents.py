"""Random TOML documents, as odd as people and TOML 1.0 allow, for Hypothesis."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import strategies as st

from webcycle.errors import KeyPath


def key_texts(name: str) -> st.SearchStrategy[str]:
    escaped = name.replace("k", "\\u006b")
    return st.sampled_from([name, f'"{name} é."', f"'{name} \"#[ü'", f'"{escaped} \\" = ="', f'"{name}\\t\U0001f600"'])


SCALARS = st.sampled_from(
    [
        *("1", "0x1", "1_000", "1.5e3", "inf", "true", "2020-10-26T14:00:00", "2020-10-26 14:00:00", "2020-10-26"),
        *("14:00:00", "2020-10-26T14:00:00Z", '""', "''", '"é # [x] = {"', "'C:\\dir \" é'", '"\\u00e9\\\\"'),
        *('"""\ntwo = 1\n[lines] é\n"""', '""" a ""quoted""\\""""', "'''\n# no\n'' '''"),
    ]
)
COMMENTS = st.sampled_from(["", "", "", ' # é [x] = "', "\t#'''", "#"])
GAPS = st.sampled_from(["", "", "\n", "# a = 1\n", "   # [[session]] é\n\n", "\t\n"])


@st.composite
def values(draw: st.DrawFn, fresh: list[int], depth: int = 0) -> str:
    kind = draw(st.sampled_from(["scalar", "scalar", "array", "inline"])) if depth < 3 else "scalar"
    if kind == "scalar":
        return draw(SCALARS)
    inner = range(draw(st.integers(0, 3)))
    if kind == "inline":
        pairs = [f"{draw(keys(fresh))} = {draw(values(fresh, depth + 1))}" for _ in inner]
        return f"{{ {' , '.join(pairs)} }}"
    # A comment, a line break or nothing round each item.
    around = st.sampled_from(["", " ", "\n  ", " # é, ]\n"])
    items = [f"{draw(around)}{draw(values(fresh, depth + 1))}{draw(around)}" for _ in inner]
    return f"[{','.join(items)}{draw(st.sampled_from(['', ','])) if items else ''}{draw(around)}]"


@st.composite
def keys(draw: st.DrawFn, fresh: list[int], parts: int = 3) -> str:
    names: list[str] = []
    for _ in range(draw(st.integers(1, parts))):
        fresh[0] += 1
        names.append(draw(key_texts(f"k{fresh[0]}")))
    return draw(st.sampled_from([".", " . ", "\t."])).join(names)


@st.composite
def documents(draw: st.DrawFn) -> str:
    fresh, lists, tables, lines = [0], list[str](), list[str](), list[str]()
    for _ in range(draw(st.integers(1, 12))):
        lines.append(draw(GAPS))
        kind = draw(st.sampled_from(["pair", "pair", "pair", "table", "list", "again", "below", "lists below"]))
        header = draw(keys(fresh))
        if kind == "pair":
            lines.append(f"{header} = {draw(values(fresh))}")
        elif kind == "table" or not lists:
            tables.append(header)
            lines.append(f"[ {header}]")
        elif kind == "list":
            lists.append(header)
            lines.append(f"[[{header} ]]")
        elif kind == "again":
            lines.append(f"[[{draw(st.sampled_from(lists))}]]")
        elif kind == "below":
            lines.append(f"[{draw(st.sampled_from(lists))}.{header}]")
        else:
            lines.append(f"[[{draw(st.sampled_from(lists))}.{header}]]")
        if kind == "table" and not lists:
            lists.append(f"{header}.list")
            lines.append(f"\n[[{lists[-1]}]]")
        lines.append(draw(COMMENTS) + "\n")
    text = "".join(lines)
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def walk(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [found for key, one in inner for found in walk(one, (*path, key))]
    return [(path, value), *below] if path else below


def name_of(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0")))


def canonical(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{[(key, canonical(one)) for key, one in sorted(value.items())]}}}"
    return str([canonical(one) for one in value]) if isinstance(value, list) else repr(value)


def same(one: Any, other: Any) -> bool:
    return canonical(one) == canonical(other)
