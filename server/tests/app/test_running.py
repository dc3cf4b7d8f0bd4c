"""What follows from the settings before anything is started."""

from ipaddress import ip_address
from pathlib import Path

import pytest

from jumpa.app import running
from jumpa.config import MediaSettings, ServerSettings, Settings
from jumpa.kit.addresses import host_of, own_addresses, reachable


def server(**changes: object) -> ServerSettings:
    return ServerSettings.model_validate(changes)


class TestIsHttps:
    def test_follows_the_address(self) -> None:
        assert server().serves_https
        assert server(bind="192.0.2.1").serves_https
        assert not server(bind="127.0.0.1").serves_https
        assert not server(bind="::1").serves_https

    def test_follows_a_certificate(self) -> None:
        pair = {"certificate": Path("a"), "certificate_key": Path("b")}

        assert server(bind="127.0.0.1", **pair).serves_https

    def test_follows_what_is_said(self) -> None:
        assert server(bind="127.0.0.1", https="on").serves_https
        assert not server(https="off").serves_https


class TestHttpsPort:
    @pytest.mark.parametrize(
        ("changes", "port"),
        [({}, 7443), ({"port": 0}, 0), ({"port": 80, "https_port": 443}, 443), ({"port": 9}, 7443)],
    )
    def test_is_free_when_the_other_is(self, changes: dict[str, object], port: int) -> None:
        assert running.https_port(server(**changes)) == port


class TestMediaAddresses:
    def test_are_those_that_are_set(self) -> None:
        addresses = (ip_address("192.0.2.1"), ip_address("2001:db8::1"))
        settings = Settings(media=MediaSettings(addresses=addresses))

        assert running.engine_config(settings).media_addresses == ("192.0.2.1", "2001:db8::1")

    def test_stay_on_loopback_with_the_server(self) -> None:
        settings = Settings(server=server(bind="127.0.0.1"))

        assert running.media_addresses(settings) == [ip_address("127.0.0.1")]


class TestEngineConfig:
    def test_carries_every_limit(self) -> None:
        settings = Settings.model_validate(
            {"media": {"limits": {"rooms": 3}, "timings": {"ping_interval_s": 9}, "udp_port": 5}}
        )

        config = running.engine_config(settings)

        assert config.limits.rooms == 3
        assert config.timings.ping_interval_s == 9
        assert config.udp_port == 5

    @pytest.mark.parametrize(
        ("media", "port"),
        [
            ({}, 7881),
            ({"udp_port": 0}, 0),
            ({"tcp_port": 443}, 443),
            ({"udp_port": 0, "tcp_port": 9}, 9),
            ({"tcp": False}, None),
            ({"tcp": False, "tcp_port": 9}, None),
        ],
    )
    def test_says_where_media_goes_when_udp_is_blocked(
        self, media: dict[str, object], port: int | None
    ) -> None:
        settings = Settings.model_validate({"media": media})

        assert running.engine_config(settings).tcp_port == port


class TestAddresses:
    def test_of_this_machine_are_usable(self) -> None:
        for address in own_addresses():
            assert not address.is_unspecified
            assert not address.is_link_local

    def test_that_others_reach_are_of_the_family_that_is_bound(self) -> None:
        assert {address.version for address in reachable(ip_address("0.0.0.0"))} <= {4}

    def test_of_one_address_are_itself(self) -> None:
        assert reachable(ip_address("192.0.2.1")) == [ip_address("192.0.2.1")]

    def test_stand_in_urls(self) -> None:
        assert host_of(ip_address("::1")) == "[::1]"
        assert host_of(ip_address("192.0.2.1")) == "192.0.2.1"
