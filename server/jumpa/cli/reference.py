"""The reference of settings, made from the settings themselves."""

import json
from collections.abc import Iterator

from pydantic import SecretStr
from pydantic_core import to_jsonable_python

from jumpa.config import FILE_NAME, FILE_VARIABLE, SECRETS_VARIABLE, leaves, variable_of

_INTRODUCTION = f"""# Settings

Every setting can stand in `{FILE_NAME}` (in the working folder, or where `--config` or
`{FILE_VARIABLE}` points), in an environment variable, or in a file in the folder that
`{SECRETS_VARIABLE}` names, called like the variable. A flag wins over the environment, the
environment over secret files, those over `{FILE_NAME}`. A name that does not exist stops the start.
`jumpa config show` prints what is in force.
"""


def lines() -> Iterator[str]:
    """Yield the page, in Markdown."""
    yield from _INTRODUCTION.splitlines()
    group = ""
    for name, field in leaves():
        inside, _, last = name.rpartition(".")
        if inside != group:
            group = inside
            yield from ("", f"## {group}", "", "| setting | variable | default | what it is |")
            yield "|---|---|---|---|"
        variable = variable_of(name)
        default = _default(field.get_default(call_default_factory=True, validated_data={}))
        yield f"| `{last}` | `{variable}` | {default} | {field.description} |"


def _default(value: object) -> str:
    if value is None or value in ((), {}, ""):
        return "none"
    if isinstance(value, SecretStr):
        return "hidden"
    return f"`{json.dumps(to_jsonable_python(value))}`"
