"""Forty forged tokens at every door that asks for one; the doors are read from the route table."""

import base64
import hmac
import json
import re
from collections.abc import Iterator
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from factories import NOW, SECRET, Server
from people import PASSWORD, assert_problem, make_user, sign_in

from jumpa.api import PREFIX, Api
from jumpa.kit.signing import derive

KEY = derive(SECRET, "access tokens")
USER, SESSION = str(uuid4()), str(uuid4())
NOW_S = int(NOW.timestamp())
CLAIMS = {
    "iss": "jumpa",
    "aud": "jumpa-api",
    "sub": USER,
    "sid": SESSION,
    "iat": NOW_S,
    "nbf": NOW_S,
    "exp": NOW_S + 900,
}
HEADER = {"alg": "HS256", "typ": "at+jwt"}
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(part: object) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(
    header: object = HEADER, claims: object = CLAIMS, key: bytes = KEY, digest: str = "sha256"
) -> str:
    """Sign by hand, so that anything at all may stand in a token."""
    body = f"{encoded(header)}.{encoded(claims)}"
    return f"{body}.{encoded(hmac.digest(key, body.encode(), digest))}"


def claiming(**changes: object) -> str:
    claims = {**CLAIMS, **changes}
    return signed(claims={name: value for name, value in claims.items() if value is not ...})


def heading(**changes: object) -> str:
    return signed(header={**HEADER, **changes})


def spliced(claims: object) -> str:
    """Put other claims between the parts of a good token."""
    header, _, signature = signed().split(".")
    return f"{header}.{encoded(claims)}.{signature}"


FORGED: dict[str, str] = {
    "unsigned": f"{encoded({'alg': 'none', 'typ': 'at+jwt'})}.{encoded(CLAIMS)}.",
    "unsigned None": f"{encoded({'alg': 'None', 'typ': 'at+jwt'})}.{encoded(CLAIMS)}.",
    "without signature": signed().rpartition(".")[0] + ".",
    "two parts": signed().rpartition(".")[0],
    "four parts": signed() + ".x",
    "changed signature": signed()[:-4] + "AAAA",
    "changed claims": spliced({**CLAIMS, "sub": str(uuid4())}),
    "another key": signed(key=b"x" * 32),
    "empty key": signed(key=b""),
    "the secret itself": signed(key=SECRET),
    "key of guests": signed(key=derive(SECRET, "livekit api secret")),
    "hs512": signed(header={**HEADER, "alg": "HS512"}, digest="sha512"),
    "rs256": jwt.encode(CLAIMS, RSA, "RS256", {"typ": "at+jwt"}),
    "claims to be rs256": heading(alg="RS256"),
    "lower case algorithm": heading(alg="hs256"),
    "no algorithm": signed(header={"typ": "at+jwt"}),
    "type JWT": heading(typ="JWT"),
    "no type": signed(header={"alg": "HS256"}),
    "refresh type": heading(typ="rt+jwt"),
    "unknown crit": heading(crit=["x"], x=1),
    "empty crit": heading(crit=[]),
    "empty kid": heading(kid=""),
    "path as kid": heading(kid="../../dev/null"),
    "jku": heading(jku="https://evil.example/keys"),
    "jwk": heading(jwk={"kty": "oct", "k": encoded(b"x" * 32)}),
    "x5u": heading(x5u="https://evil.example/cert"),
    "compressed": heading(zip="DEF"),
    "header is a list": signed(header=["HS256"]),
    "claims are a list": signed(claims=[]),
    "claims are no JSON": signed(claims=b"{"),
    "expired a second ago": claiming(exp=NOW_S - 1),
    "expires now": claiming(exp=NOW_S),
    "valid later": claiming(nbf=NOW_S + 1),
    "no expiry": claiming(exp=...),
    "expiry is text": claiming(exp="9999999999"),
    "expiry is infinite": signed(
        claims=json.dumps(CLAIMS).replace(str(NOW_S + 900), "Infinity").encode()
    ),
    "expiry is true": claiming(exp=True),
    "wrong issuer": claiming(iss="evil"),
    "wrong audience": claiming(aud="jumpa"),
    "many audiences": claiming(aud=["jumpa-api", "x"]),
    "no subject": claiming(sub=...),
    "subject is a number": claiming(sub=7),
    "subject is no id": claiming(sub="' OR 1=1 --"),
    "no session": claiming(sid=...),
    "session is no id": claiming(sid="../.."),
    "session that never was": claiming(),
    "claims more": claiming(role="administrator"),
    "duplicate claims": signed(claims=(json.dumps(CLAIMS)[:-1] + f', "sub": "{USER}"}}').encode()),
    "huge": signed(claims={**CLAIMS, "x": "y" * 5000}),
    "empty": "",
    "a word": "x",
    "dots": "..",
    "null": "null",
    "json": json.dumps(CLAIMS),
}


def doors() -> Iterator[tuple[str, str]]:
    """Yield method and path of every endpoint that asks for an access token."""
    for path, operations in Api().openapi()["paths"].items():
        for method, operation in operations.items():
            if {"AccessToken": []} in operation.get("security", []):
                yield method.upper(), re.sub(r"\{[^}]*\}", str(uuid4()), path)


DOORS = sorted(doors())


class TestForgedTokens:
    @pytest.mark.parametrize("name", sorted(FORGED))
    async def test_open_no_door(self, server: Server, name: str) -> None:
        headers = {"Authorization": f"Bearer {FORGED[name]}"}

        answers = [await server.client.request(m, p, headers=headers) for m, p in DOORS]

        codes = {answer.json()["code"] for answer in answers}
        assert {answer.status_code for answer in answers} == {401}
        assert codes <= {"access_token_invalid", "access_token_expired", "access_token_missing"}
        assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}

    def test_are_many_and_so_are_the_doors(self) -> None:
        assert len(FORGED) >= 40
        assert len(DOORS) >= 15
        assert all(path.startswith(PREFIX) for _, path in DOORS)

    async def test_differ_from_a_good_one_by_what_they_forge(self, server: Server) -> None:
        ayu = await sign_in(server)
        good = jwt.decode(ayu.tokens["access_token"], options={"verify_signature": False})

        again = signed(claims={**CLAIMS, "sub": good["sub"], "sid": good["sid"]})

        headers = {"Authorization": f"Bearer {again}"}
        answer = await server.client.get(f"{PREFIX}/users/profile", headers=headers)
        assert answer.status_code == 200

    async def test_may_not_name_the_session_of_another(self, server: Server) -> None:
        ayu, budi = await sign_in(server), await make_user(server, "budi@example.com")
        good = jwt.decode(ayu.tokens["access_token"], options={"verify_signature": False})

        mixed = signed(claims={**CLAIMS, "sub": str(budi.id), "sid": good["sid"]})

        headers = {"Authorization": f"Bearer {mixed}"}
        answer = await server.client.get(f"{PREFIX}/users/profile", headers=headers)
        assert_problem(answer, 401, "access_token_invalid")


class TestOtherSchemes:
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Authorization": "TOKEN"},
            {"Authorization": "Basic TOKEN"},
            {"Authorization": "Token TOKEN"},
            {"Authorization": "Bearer"},
            {"Cookie": "access_token=TOKEN"},
            {"X-Access-Token": "TOKEN"},
        ],
    )
    async def test_open_nothing(self, server: Server, headers: dict[str, str]) -> None:
        ayu = await sign_in(server)
        token = ayu.tokens["access_token"]

        answer = await server.client.get(
            f"{PREFIX}/users/profile",
            params={"access_token": token},
            headers={name: value.replace("TOKEN", token) for name, value in headers.items()},
        )

        assert_problem(answer, 401, "access_token_missing")


class TestTokens:
    async def test_hold_ids_and_times_alone(self, server: Server) -> None:
        ayu = await sign_in(server)
        token = ayu.tokens["access_token"]

        claims = jwt.decode(token, options={"verify_signature": False})

        assert set(claims) == set(CLAIMS)
        assert PASSWORD not in str(claims)
        assert "@" not in str(claims)
