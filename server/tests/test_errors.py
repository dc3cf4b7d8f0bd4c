"""Every kind of error has words at every edge over HTTP."""

import pytest

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http import problems
from jumpa.signaling.livekit import answers as livekit
from jumpa.signaling.twirp import answers as twirp


def error_of(kind: Kind) -> JumpaError:
    words = {"__doc__": "Something odd.", "kind": kind, "code": f"odd_{kind.name.lower()}"}
    error: JumpaError = type("OddError", (JumpaError,), words)()
    return error


@pytest.mark.parametrize("kind", Kind)
class TestEveryKind:
    def test_is_a_problem(self, kind: Kind) -> None:
        assert problems.STATUS[kind] in range(400, 600)

    def test_is_a_refusal_of_signalling(self, kind: Kind) -> None:
        assert livekit.refusal(error_of(kind)).status_code in range(400, 600)

    def test_is_a_twirp_error(self, kind: Kind) -> None:
        assert twirp.failure(error_of(kind)).status_code in range(400, 600)
