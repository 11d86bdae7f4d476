"""Loaded by every Python process that starts with this folder on its path: each attempt to reach another machine, or to look up
its name, is written to the file KB_TRIED and refused."""

import os
import sys
from contextlib import suppress
from ipaddress import ip_address

HOST_OF = {  # what Python tells before it does one of these -> where it stands in what is told
    "socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0,
    "urllib.Request": 0,
}  # fmt: skip
TRIED = os.environ["KB_TRIED"]


def watch(event: str, told: tuple[object, ...]) -> None:
    if event not in HOST_OF:
        return
    place = told[HOST_OF[event]]
    host = place[0] if isinstance(place, tuple) else place
    if event == "urllib.Request":
        from urllib.parse import urlsplit

        host = urlsplit(str(place)).hostname
    if not own(host):
        with open(TRIED, "a", encoding="utf-8") as file:
            file.write(f"{event} {host}\n")
        raise PermissionError(f"{event} {host}: no other machine may be reached")


def own(host: object) -> bool:
    """Whether `host` is this machine: no name, a loopback address, or a file (of a socket between processes)."""
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in ("", "localhost") or name.startswith(("/", "\0")):
        return True
    with suppress(ValueError):
        return ip_address(name.partition("%")[0]).is_loopback
    return False


sys.addaudithook(watch)
