"""Security headers, and the way from HTTP to HTTPS."""

import httpx2
import pytest
from factories import Server
from starlette.responses import PlainTextResponse

from jumpa.kit.http.headers import (
    SecurityHeaders,
    content_security_policy,
    host_name,
    is_loopback,
)

PAGE = {"Accept": "text/html,application/xhtml+xml", "Host": "192.168.1.5:7880"}


class TestSecurityHeaders:
    async def test_keep_a_page_to_this_server(self, client: httpx2.AsyncClient) -> None:
        headers = (await client.get("/")).headers

        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self' 'wasm-unsafe-eval';" in policy
        assert "ws://localhost:7880 wss://localhost:7880" in policy
        assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
        assert "http:" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=(self)" in headers["permissions-policy"]

    async def test_stay_away_from_the_protocol(self, client: httpx2.AsyncClient) -> None:
        headers = (await client.get("/rtc/validate")).headers

        assert "content-security-policy" not in headers
        assert headers["access-control-allow-origin"] == "*"

    @pytest.mark.parametrize(
        "host", ["a; script-src *", "evil\r\nx: y", "a b", "", "a:999999", "'"]
    )
    def test_take_nothing_from_a_malformed_host(self, host: str) -> None:
        assert "connect-src 'self';" in content_security_policy(host)


class TestFrames:
    async def test_are_refused_to_every_site_unless_named(self, client: httpx2.AsyncClient) -> None:
        for path in ("/", "/embed/abc-defg-hij"):
            policy = (await client.get(path)).headers["content-security-policy"]
            assert policy.endswith("frame-ancestors 'none'")

    async def test_are_for_meetings_alone(self) -> None:
        named = ("https://school.example",)
        headed = SecurityHeaders(
            PlainTextResponse("."), spared=(), uncached=(), framed=("/embed",), embedders=named
        )
        inner = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(headed), base_url="http://localhost"
        )

        framed, other = [await inner.get(path) for path in ("/embed/a", "/embedded")]

        assert framed.headers["content-security-policy"].endswith(
            "frame-ancestors https://school.example"
        )
        assert other.headers["content-security-policy"].endswith("frame-ancestors 'none'")


class TestPagesToHttps:
    @pytest.fixture
    def https(self, server: Server) -> httpx2.AsyncClient:
        server.app.https_port = 7443
        return server.client

    async def test_sends_a_page_to_https(self, https: httpx2.AsyncClient) -> None:
        answer = await https.get("/abc-defg-hjk?x=1%202", headers=PAGE)

        assert answer.status_code == 307
        assert answer.headers["location"] == "https://192.168.1.5:7443/abc-defg-hjk?x=1%202"
        assert answer.headers["cache-control"] == "no-store"

    async def test_cannot_be_sent_elsewhere_by_a_path(self, https: httpx2.AsyncClient) -> None:
        answer = await https.get("http://localhost:7880//evil.example/x", headers=PAGE)

        assert answer.headers["location"].startswith("https://192.168.1.5:7443/")

    @pytest.mark.parametrize(
        "path", ["/rtc", "/rtc/validate", "/twirp/a/b", "/health", "/ready", "/metrics", "/api/v1"]
    )
    async def test_leaves_programs_where_they_are(
        self, https: httpx2.AsyncClient, path: str
    ) -> None:
        assert (await https.get(path, headers=PAGE)).status_code != 307

    @pytest.mark.parametrize(
        "headers",
        [
            {"Host": "localhost:7880"},
            {"Host": "127.0.0.1:7880"},
            {"Host": "[::1]:7880"},
            {"Host": "jumpa.localhost"},
            {"Accept": "*/*"},
            {"X-Forwarded-Proto": "https"},
            {"Host": "bad host"},
        ],
    )
    async def test_leaves_near_machine_and_proxied_requests_alone(
        self, https: httpx2.AsyncClient, headers: dict[str, str]
    ) -> None:
        assert (await https.get("/", headers={**PAGE, **headers})).status_code == 200

    async def test_does_nothing_without_https(self, client: httpx2.AsyncClient) -> None:
        assert (await client.get("/", headers=PAGE)).status_code == 200


class TestIsLoopback:
    @pytest.mark.parametrize(
        "host", ["localhost", "LOCALHOST:80", "127.9.9.9", "[::1]:1", "[::ffff:127.0.0.1]"]
    )
    def test_knows_this_machine(self, host: str) -> None:
        assert is_loopback(host)

    @pytest.mark.parametrize(
        "host", ["localhost.evil.example", "192.0.2.1", "[2001:db8::1]", "", "127.0.0.1.nip"]
    )
    def test_knows_other_machines(self, host: str) -> None:
        assert not is_loopback(host)


class TestHostName:
    @pytest.mark.parametrize(
        ("host", "name"), [("A.b:80", "a.b"), ("[::1]:80", "[::1]"), ("a", "a"), ("@", "")]
    )
    def test_leaves_out_the_port(self, host: str, name: str) -> None:
        assert host_name(host) == name
