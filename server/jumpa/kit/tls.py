"""A certificate of our own when none is given, so that browsers open the camera."""

import ipaddress
import socket
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from jumpa.kit.addresses import IpAddress
from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.storage import check_private, replace_private

# Browsers and systems refuse certificates that live longer than 398 days.
_LIFETIME = timedelta(days=397)
_RENEWAL = timedelta(days=30)
_SKEW = timedelta(hours=1)
_NAME = "certificate.pem"


class CertificateError(JumpaError):
    """The certificate cannot be used."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "certificate_unusable"


def check_pair(certificate: Path, key: Path) -> tuple[str, str]:
    """Return the files when they belong together; raises CertificateError."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CertificateError(f"{certificate} with {key} cannot be used: {reason}.") from error
    return str(certificate), str(key)


def own_pair(folder: Path, addresses: Sequence[IpAddress], now: datetime) -> tuple[str, str]:
    """Return our own certificate, made anew when it ends soon or an address is not in it."""
    path = folder / _NAME
    if path.exists():
        check_private(path)
    if not _is_good(path, addresses, now):
        # One file for both, so that no crash leaves a key without its certificate.
        replace_private(path, _make(addresses, now))
    return str(path), str(path)


def _is_good(path: Path, addresses: Sequence[IpAddress], now: datetime) -> bool:
    try:
        content = path.read_bytes()
        certificate = x509.load_pem_x509_certificate(content)
        serialization.load_pem_private_key(content, None)
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    covered = set(names.get_values_for_type(x509.IPAddress))
    is_valid_now = certificate.not_valid_before_utc <= now
    return (
        is_valid_now
        and now < certificate.not_valid_after_utc - _RENEWAL
        and covered.issuperset(addresses)
    )


def _make(addresses: Sequence[IpAddress], now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jumpa")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now - _SKEW + _LIFETIME)
        .add_extension(_names(addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _names(addresses: Sequence[IpAddress]) -> x509.SubjectAlternativeName:
    near: list[IpAddress] = [ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1")]
    host = socket.gethostname()
    hosts = ["localhost", host] if host.isascii() and host else ["localhost"]
    return x509.SubjectAlternativeName(
        [
            *(x509.DNSName(name) for name in dict.fromkeys(hosts)),
            *(x509.IPAddress(address) for address in dict.fromkeys([*addresses, *near])),
        ]
    )
