"""The settings as lines of TOML."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, SecretStr

from jumpa.config import Settings

_MASK = "[hidden]"


def lines_of(settings: Settings) -> list[str]:
    """Return every setting in force, in the form of jumpa.toml, secrets masked."""
    return [line for name in type(settings).model_fields for line in _group(settings, name, name)]


def _group(parent: BaseModel, name: str, path: str) -> Iterator[str]:
    group = getattr(parent, name)
    inner = [n for n in type(group).model_fields if isinstance(getattr(group, n), BaseModel)]
    yield f"[{path}]"
    for field in type(group).model_fields:
        if field not in inner:
            yield _line(field, getattr(group, field))
    yield ""
    for field in inner:
        yield from _group(group, field, f"{path}.{field}")


def _line(name: str, value: object) -> str:
    return f"# {name} is not set" if value is None else f"{name} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, SecretStr):
        return json.dumps(_MASK)
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(part) for part in value)}]"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(str(value) if not isinstance(value, Path) else value.as_posix())
