"""The certificate that the server makes itself."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

from jumpa.kit import tls
from jumpa.kit.addresses import IpAddress
from jumpa.kit.storage import DataFolderError

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HOME = [ip_address("192.168.1.5")]


def read(pair: tuple[str, str]) -> x509.Certificate:
    return x509.load_pem_x509_certificate(Path(pair[0]).read_bytes())


class TestOwnPair:
    def test_can_serve_and_names_the_addresses(self, tmp_path: Path) -> None:
        pair = tls.own_pair(tmp_path, HOME, NOW)

        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*pair)
        names = read(pair).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert "localhost" in names.get_values_for_type(x509.DNSName)
        assert {*HOME, ip_address("127.0.0.1")} <= set(names.get_values_for_type(x509.IPAddress))
        assert stat.S_IMODE(Path(pair[0]).stat().st_mode) == 0o600

    def test_lives_no_longer_than_browsers_allow(self, tmp_path: Path) -> None:
        certificate = read(tls.own_pair(tmp_path, HOME, NOW))

        life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
        assert life <= timedelta(days=398)

    def test_stays_while_it_is_good(self, tmp_path: Path) -> None:
        first = read(tls.own_pair(tmp_path, HOME, NOW))

        assert read(tls.own_pair(tmp_path, HOME, NOW + timedelta(days=300))) == first
        assert read(tls.own_pair(tmp_path, [], NOW)) == first

    @pytest.mark.parametrize(
        ("addresses", "days"), [([ip_address("192.168.1.6")], 0), (HOME, 380), (HOME, -2)]
    )
    def test_is_made_anew_for_new_addresses_and_near_its_end(
        self, tmp_path: Path, addresses: list[IpAddress], days: int
    ) -> None:
        first = read(tls.own_pair(tmp_path, HOME, NOW))

        assert read(tls.own_pair(tmp_path, addresses, NOW + timedelta(days=days))) != first

    def test_is_made_anew_when_it_is_damaged(self, tmp_path: Path) -> None:
        pair = tls.own_pair(tmp_path, HOME, NOW)
        first = read(pair)
        Path(pair[0]).write_text("damaged")

        assert read(tls.own_pair(tmp_path, HOME, NOW)) != first

    def test_is_refused_when_others_can_read_its_key(self, tmp_path: Path) -> None:
        pair = tls.own_pair(tmp_path, HOME, NOW)
        Path(pair[0]).chmod(0o644)

        with pytest.raises(DataFolderError, match="chmod 600"):
            tls.own_pair(tmp_path, HOME, NOW)


class TestCheckPair:
    def test_takes_a_given_certificate(self, tmp_path: Path) -> None:
        name = Path(tls.own_pair(tmp_path, HOME, NOW)[0])

        assert tls.check_pair(name, name) == (str(name), str(name))

    def test_refuses_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(tls.CertificateError, match="No such file"):
            tls.check_pair(tmp_path / "a", tmp_path / "b")

    def test_refuses_a_key_of_another_certificate(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        first = Path(tls.own_pair(tmp_path / "a", HOME, NOW)[0])
        second = Path(tls.own_pair(tmp_path / "b", HOME, NOW)[0])

        with pytest.raises(tls.CertificateError):
            tls.check_pair(first, second)
