"""Keeps what was measured: everything as JSON, the table in the README."""

import json
from typing import Any

from bench import servers

RESULTS = servers.ROOT / "bench" / "results"
README = servers.ROOT / "bench" / "README.md"


def publish(name: str, text: str, result: dict[str, Any], date: str) -> None:
    """Write `results/NAME-DAY.json`, and the text between the README's marks of that name."""
    RESULTS.mkdir(exist_ok=True)
    kept = json.dumps(result, indent=1, ensure_ascii=False)
    (RESULTS / f"{name}-{date.split(maxsplit=1)[0]}.json").write_text(kept + "\n")
    begin, end = f"<!-- {name} results -->\n", f"<!-- end of {name} results -->\n"
    before, rest = README.read_text().split(begin)
    _, after = rest.split(end)
    README.write_text(before + begin + text + end + after)
