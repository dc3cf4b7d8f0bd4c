"""Runs last: no log of the whole suite holds a token that was used, or its signature."""

from harness.servers import LOGS
from harness.tokens import USED


def test_no_log_holds_a_token() -> None:
    used = set(USED.read_text().split())
    logs = {path.name: path.read_text() for path in LOGS.iterdir()}

    secrets = used | {token.rpartition(".")[2] for token in used if token.count(".") == 2}
    leaks = [
        (name, secret[:12]) for name, text in logs.items() for secret in secrets if secret in text
    ]

    assert len(used) > 20
    assert sum(len(text) for text in logs.values()) > 10_000
    assert leaks == []
