"""The addresses of this machine, found without asking anyone."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

IpAddress = IPv4Address | IPv6Address

# Documentation addresses (RFC 5737, RFC 3849): connecting a UDP socket sends nothing, it only
# makes the system choose the address from which it would send.
_ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def own_addresses() -> list[IpAddress]:
    """Return the addresses from which this machine reaches others; loopback when it is alone."""
    found = [address for address in map(_source, _ELSEWHERE) if address is not None]
    return found or [IPv4Address("127.0.0.1")]


def reachable(bind: IpAddress) -> list[IpAddress]:
    """Return the addresses at which a server bound there can be reached; `::` takes IPv4 too."""
    if not bind.is_unspecified:
        return [bind]
    own = own_addresses()
    return own if isinstance(bind, IPv6Address) else [a for a in own if a.version == bind.version]


def unmapped(address: IpAddress) -> IpAddress:
    """Return the IPv4 address that an IPv6 socket shows as `::ffff:…`."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_loopback(name: str) -> bool:
    """Whether a host name or an address without brackets means this very machine."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return unmapped(ip_address(name)).is_loopback
    except ValueError:
        return False


def host_of(address: IpAddress) -> str:
    """Return the address as it stands in a URL."""
    return f"[{address}]" if isinstance(address, IPv6Address) else str(address)


def _source(elsewhere: tuple[socket.AddressFamily, str]) -> IpAddress | None:
    family, destination = elsewhere
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((destination, 9))
            address = ip_address(probe.getsockname()[0])
    except (OSError, ValueError):
        return None
    is_usable = not (address.is_unspecified or address.is_link_local or address.is_loopback)
    return address if is_usable else None
