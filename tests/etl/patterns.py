"""The regular expressions of the extractor, and whether a hostile text can make one of them slow."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from re import _constants as codes
from re import _parser as parser
from types import ModuleType

import dashboard.etl

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
LARGEST_PRODUCT = 5_000
"""How many ways there may be for nested repeats to divide one stretch of text."""


def patterns() -> dict[str, re.Pattern[str]]:
    """Every expression that a module of the extractor holds or writes in a call, in whatever list, table or dataclass, by its place."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(dashboard.etl.__path__, "dashboard.etl."):
        module = importlib.import_module(info.name)
        for place, pattern in (*_in_module(module), *_in_calls(module)):
            found.setdefault(f"{module.__name__.removeprefix('dashboard.etl.')}.{place}", pattern)
    return found


def _in_calls(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """`re.findall(r"…", text)`: the expressions that are written where they are used."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr not in ("compile", "escape")
        ):
            pattern = node.args[0]
            assert isinstance(pattern, ast.Constant), (
                f"{module.__name__} line {node.lineno} makes an expression as it runs"
            )
            yield f"line {node.lineno}", re.compile(pattern.value)


def _in_module(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        yield from _in_value(name, value)


def _in_value(place: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _in_value(f"{place}[{key!r}]", item)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, item in enumerate(value):
            yield from _in_value(f"{place}[{number}]", item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _in_value(f"{place}.{field.name}", getattr(value, field.name))


def weaknesses(pattern: re.Pattern[str] | str) -> list[str]:
    """Why an expression can take more than linear time, or nothing.

    Rules: a repeat without an upper bound may stand only where nothing that can fail comes behind it, for what it took
    is then never given back; every other repeat has a bound, and nested bounds multiply to a few thousand at most.
    """
    text, flags = (pattern, 0) if isinstance(pattern, str) else (pattern.pattern, pattern.flags)
    return list(_in_sequence(parser.parse(text, flags), is_last=True, product=1))


def _in_sequence(sequence: parser.SubPattern, *, is_last: bool, product: int) -> Iterator[str]:
    items = list(sequence)
    for number, (code, argument) in enumerate(items):
        last_here = is_last and all(_may_be_absent(item) for item in items[number + 1 :])
        if code in REPEATS:
            _, most, body = argument
            if most == codes.MAXREPEAT:
                if not last_here:
                    yield "a repeat without an upper bound before something that can fail"
                most = LARGEST_PRODUCT if _repeats(body) else 1
            if most > 1 and product * most > LARGEST_PRODUCT:
                yield f"repeats that multiply to {product * most}"
            yield from _in_sequence(body, is_last=last_here and most <= 1, product=product * max(1, most))
        elif code is codes.POSSESSIVE_REPEAT:
            yield from _in_sequence(argument[2], is_last=False, product=product)
        else:
            for body in _bodies(code, argument):
                yield from _in_sequence(body, is_last=last_here, product=product)


def _may_be_absent(item: tuple[int, object]) -> bool:
    """Whether an item cannot fail: an optional group. An assertion is empty too, and can."""
    code, argument = item
    return code in REPEATS and isinstance(argument, tuple) and argument[0] == 0


def _bodies(code: int, argument: object) -> Iterator[parser.SubPattern]:
    """The sequences inside a group, a branch, a lookaround or a condition."""
    parts = argument if isinstance(argument, (list, tuple)) else (argument,)
    for part in parts:
        if isinstance(part, parser.SubPattern):
            yield part
        elif isinstance(part, (list, tuple)) and code is codes.BRANCH:
            yield from (one for one in part if isinstance(one, parser.SubPattern))


def _repeats(body: parser.SubPattern) -> bool:
    return any(code in REPEATS or any(_repeats(inner) for inner in _bodies(code, argument)) for code, argument in body)
