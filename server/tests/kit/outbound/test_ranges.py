"""Addresses that are hosts of the internet, and those that lead inside."""

from ipaddress import ip_address

import pytest

from jumpa.kit.outbound.ranges import is_inside, is_public

PUBLIC = ("1.1.1.1", "8.8.8.8", "172.32.0.1", "223.255.255.254", "2606:4700::1111", "2a00::1")
INSIDE = (
    "10.0.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "100.64.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "::1",
    "fd12:3456::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
)
NOWHERE = (
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "100.100.100.200",
    "::",
    "::127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::7f00:1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",
)


class TestPublic:
    @pytest.mark.parametrize("text", PUBLIC)
    def test_is_what_anybody_reaches(self, text: str) -> None:
        assert is_public(ip_address(text))
        assert not is_inside(ip_address(text))

    @pytest.mark.parametrize("text", [*INSIDE, *NOWHERE])
    def test_is_nothing_special(self, text: str) -> None:
        assert not is_public(ip_address(text))


class TestInside:
    @pytest.mark.parametrize("text", INSIDE)
    def test_is_a_private_network_or_this_machine(self, text: str) -> None:
        assert is_inside(ip_address(text))

    @pytest.mark.parametrize("text", NOWHERE)
    def test_is_never_where_clouds_tell_their_secrets(self, text: str) -> None:
        assert not is_inside(ip_address(text))
