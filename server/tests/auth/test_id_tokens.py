"""Forged, foreign and stale ID tokens (OpenID Connect Core 3.1.3.7)."""

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from auth.idp import CLIENT_ID, KEYS, NOW_S, public
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from factories import NOW

from jumpa.domains.auth.errors import OidcRefusedError
from jumpa.domains.auth.service.id_tokens import (
    Expected,
    Identity,
    choose_key,
    identity_of,
    read_head,
    verify,
)

ISSUER = "https://idp.example"
EXPECTED = Expected(ISSUER, CLIENT_ID, "nonce")
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": CLIENT_ID,
    "sub": "ayu",
    "nonce": "nonce",
    "iat": NOW_S,
    "exp": NOW_S + 300,
}
PEM = KEYS["k1"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
LISTED = [public(KEYS["k1"], "k1"), public(KEYS["k2"], "k2")]
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SHORT_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)


def encoded(part: object) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def shared(key: bytes, claims: object = CLAIMS, **head: object) -> str:
    """Sign with a secret, as somebody does who knows no private key."""
    body = f"{encoded({'alg': 'HS256', 'kid': 'k1', **head})}.{encoded(claims)}"
    return f"{body}.{encoded(hmac.digest(key, body.encode(), 'sha256'))}"


def claiming(**changes: object) -> str:
    claims = {**CLAIMS, **changes}
    told = {name: value for name, value in claims.items() if value is not ...}
    body = f"{encoded({'alg': 'ES256', 'kid': 'k1'})}.{encoded(told)}"
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256).sign(
        body.encode(), KEYS["k1"]
    )
    return f"{body}.{encoded(signature)}"


def by(name: str, **head: object) -> str:
    return jwt.encode(CLAIMS, KEYS[name], "ES256", {"kid": "k1", **head})


FORGED = {
    "unsigned": f"{encoded({'alg': 'none'})}.{encoded(CLAIMS)}.",
    "unsigned None": f"{encoded({'alg': 'None', 'kid': 'k1'})}.{encoded(CLAIMS)}.",
    "without signature": by("k1").rpartition(".")[0] + ".",
    "shared secret is the public key": shared(PEM),
    "shared secret is the client's": shared(b"a secret & more: of the client"),
    "empty shared secret": shared(b""),
    "hs256 that claims es256": shared(PEM, alg="ES256"),
    "foreign key": by("foreign"),
    "foreign key that it brings along": by(
        "foreign", jwk=public(KEYS["foreign"], "k1"), jku="https://evil.example/keys"
    ),
    "another listed key": by("k2"),
    "unknown key": by("k1", kid="k9"),
    "no key among several": jwt.encode(CLAIMS, KEYS["k1"], "ES256"),
    "unknown crit": by("k1", crit=["x"], x=1),
    "rsa under the name of another": jwt.encode(CLAIMS, RSA, "RS256", {"kid": "k1"}),
    "changed signature": by("k1")[:-6] + "AAAAAA",
    "claims are a list": jwt.api_jws.encode(b"[]", KEYS["k1"], "ES256", {"kid": "k1"}),
    "wrong nonce": claiming(nonce="another"),
    "no nonce": claiming(nonce=...),
    "empty nonce": claiming(nonce=""),
    "nonce is a list": claiming(nonce=["nonce"]),
    "wrong issuer": claiming(iss="https://evil.example"),
    "issuer with a slash": claiming(iss=f"{ISSUER}/"),
    "no issuer": claiming(iss=...),
    "issuer is a list": claiming(iss=[ISSUER]),
    "wrong audience": claiming(aud="another"),
    "no audience": claiming(aud=...),
    "empty audience": claiming(aud=[]),
    "shared audience without a party": claiming(aud=[CLIENT_ID, "another"]),
    "shared audience for another party": claiming(aud=[CLIENT_ID, "another"], azp="another"),
    "another party": claiming(azp="another"),
    "party is null": claiming(aud=[CLIENT_ID, "another"], azp=None),
    "expired": claiming(exp=NOW_S - 61),
    "no expiry": claiming(exp=...),
    "expiry is text": claiming(exp="9999999999"),
    "expiry is true": claiming(exp=True),
    "expiry is null": claiming(exp=None),
    "made later": claiming(iat=NOW_S + 61),
    "no time of making": claiming(iat=...),
    "valid later": claiming(nbf=NOW_S + 61),
    "valid from a text": claiming(nbf="now"),
    "no subject": claiming(sub=...),
    "empty subject": claiming(sub=""),
    "long subject": claiming(sub="a" * 256),
    "subject is a number": claiming(sub=7),
    "huge": claiming(x="y" * 20_000),
    "empty": "",
    "a word": "x",
    "dots": "..",
    "letters of no alphabet": "\N{PILE OF POO}.\N{PILE OF POO}.x",
}


def read(token: str, keys: list[Any] = LISTED, after: timedelta = timedelta()) -> Identity:
    """Do what signing in does with a token."""
    key = choose_key(keys, read_head(token))
    if key is None:
        raise OidcRefusedError
    return identity_of(verify(token, key, EXPECTED, NOW + after))


class TestForgedTokens:
    @pytest.mark.parametrize("name", sorted(FORGED))
    def test_are_refused(self, name: str) -> None:
        with pytest.raises(OidcRefusedError):
            read(FORGED[name])

    def test_are_many(self) -> None:
        assert len(FORGED) >= 40

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"exp": NOW_S - 59},
            {"iat": NOW_S + 59, "nbf": NOW_S + 59},
            {"exp": NOW_S + 0.5},
            {"aud": [CLIENT_ID]},
            {"azp": CLIENT_ID},
            {"aud": [CLIENT_ID, "another"], "azp": CLIENT_ID},
        ],
    )
    def test_differ_from_good_ones_by_what_they_forge(self, changes: dict[str, Any]) -> None:
        assert read(claiming(**changes)) == Identity(ISSUER, "ayu", "", ("", ""))


class TestKeys:
    def test_of_every_kind_are_taken(self) -> None:
        listed = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(RSA.public_key()))
        for algorithm in ("RS256", "PS256"):
            token = jwt.encode(CLAIMS, RSA, algorithm)
            assert read(token, [listed]).subject == "ayu"

    def test_need_no_name_when_there_is_one(self) -> None:
        token = jwt.encode(CLAIMS, KEYS["k1"], "ES256")

        assert read(token, LISTED[:1]).subject == "ayu"

    @pytest.mark.parametrize(
        "keys",
        [
            [],
            ["k1"],
            [None],
            [{}],
            [{"kid": "k1"}],
            [{"kid": "k1", "kty": "EC", "crv": "P-256", "x": "AA", "y": 7}],
            [{"kid": "k1", "kty": "oct", "k": "AAAA"}],
            [public(KEYS["k1"], "k1", use="enc")],
            [public(KEYS["k1"], "k1", alg="ES384")],
        ],
    )
    def test_that_are_none_open_nothing(self, keys: list[Any]) -> None:
        with pytest.raises(OidcRefusedError):
            read(by("k1"), keys)

    def test_that_are_short_open_nothing(self) -> None:
        listed = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(SHORT_RSA.public_key()))
        body = f"{encoded({'alg': 'RS256'})}.{encoded(CLAIMS)}"
        algorithm = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256)
        token = f"{body}.{encoded(algorithm.sign(body.encode(), SHORT_RSA))}"

        with pytest.raises(OidcRefusedError):
            read(token, [listed])


class TestIdentity:
    @pytest.mark.parametrize(
        ("changes", "email"),
        [
            ({"email_verified": True}, "ayu@example.com"),
            ({"email_verified": False}, ""),
            ({}, ""),
            ({"email_verified": "true"}, ""),
            ({"email_verified": 1}, ""),
            ({"email": ["ayu@example.com"], "email_verified": True}, ""),
        ],
    )
    def test_has_an_address_only_when_it_is_proven(
        self, changes: dict[str, Any], email: str
    ) -> None:
        assert identity_of({**CLAIMS, "email": "ayu@example.com", **changes}).email == email

    @pytest.mark.parametrize(
        ("changes", "names"),
        [
            ({"given_name": "Ayu", "family_name": "Lestari", "name": "X"}, ("Ayu", "Lestari")),
            ({"name": "Ayu Lestari Dewi"}, ("Ayu", "Lestari Dewi")),
            ({"name": "Suharto"}, ("Suharto", "")),
            ({"given_name": 7, "family_name": None}, ("", "")),
            ({"given_name": " A\u202eyu\x00 \n", "family_name": "x" * 300}, ("Ayu", "x" * 100)),
        ],
    )
    def test_has_names_that_can_be_read(
        self, changes: dict[str, Any], names: tuple[str, str]
    ) -> None:
        assert identity_of({**CLAIMS, **changes}).names == names
