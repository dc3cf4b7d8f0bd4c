"""Another host that outlives the servers that are killed, and takes whatever they send."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from typing_extensions import override


class Taker(http.server.ThreadingHTTPServer):
    """Keeps what comes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Take)
        self.bodies: list[bytes] = []
        self.heads: list[dict[str, str]] = []
        self.came = threading.Condition()
        # What everything is answered with.
        self.answer = b""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.server_port}"

    def wait_until(self, has_come: Callable[[], bool]) -> None:
        with self.came:
            assert self.came.wait_for(has_come, 60), self.bodies


class _Take(http.server.BaseHTTPRequestHandler):
    server: Taker

    def do_POST(self) -> None:  # http.server calls it so
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.came:
            self.server.heads.append(dict(self.headers.items()))
            self.server.bodies.append(body)
            self.server.came.notify_all()
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    @override
    def log_message(self, format: str, *_: object) -> None:
        """Say nothing."""


AnyTaker = TypeVar("AnyTaker", bound=Taker)


@contextmanager
def taking(server: AnyTaker) -> Iterator[AnyTaker]:
    """Take until the block ends."""
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
