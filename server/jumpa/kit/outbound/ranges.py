"""Which addresses are hosts of the public internet, and which lead inside (SSRF).

Source: IANA's registries of special-purpose addresses (RFC 6890). The tables of Python's own
`ipaddress` differ between its versions, so they are not asked.
"""

from ipaddress import IPv4Network, IPv6Network, ip_network

from jumpa.kit.addresses import IpAddress, unmapped

IpNetwork = IPv4Network | IPv6Network

_SPECIAL = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        # Teredo and other protocols, whose addresses may hold an IPv4 one.
        "2001::/23",
        "2001:db8::/32",
        # 6to4 holds an IPv4 address.
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
# Everything else of IPv6 is special: loopback, unique local, link local, NAT64, multicast.
_GLOBAL_UNICAST = ip_network("2000::/3")
# What a network inside a house or a firm is made of; the metadata of clouds is not among it.
_INSIDE = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
)
_METADATA = frozenset({"fd00:ec2::254", "100.100.100.200"})


def is_public(address: IpAddress) -> bool:
    """Whether this is a host of the public internet."""
    plain = unmapped(address)
    if _is_in(plain, _SPECIAL):
        return False
    return plain.version == 4 or plain in _GLOBAL_UNICAST  # noqa: PLR2004  # a version


def is_inside(address: IpAddress) -> bool:
    """Whether this is a host of a private network, or this machine."""
    plain = unmapped(address)
    return _is_in(plain, _INSIDE) and str(plain) not in _METADATA


def _is_in(address: IpAddress, networks: tuple[IpNetwork, ...]) -> bool:
    return any(address in network for network in networks)
