"""How much one client may ask: requests in a time, bytes in a request, events that wait."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from time import monotonic

from starlette.types import Message, Receive

MOST = 10_000  # clients remembered


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may ask. A page opened is some thirty requests, its scripts and fonts aside."""

    upload: int = 200 * 2**20  # bytes of one upload, all its files together
    body: int = 4 * 2**20  # bytes of any other request: a memo with all its quotations is well under one million
    burst: int = 400  # requests at once
    per_second: float = 20  # and later
    waiting: int = 200  # events in the queue, of all readers


class Buckets:
    """A bucket of requests for each client, which fills again with time."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = monotonic) -> None:
        self._limits, self._clock = limits, clock
        self._left: dict[str, tuple[float, float]] = {}  # client -> (requests left, when)

    def take(self, client: str) -> bool:
        """Whether `client` may ask now; it has one request less then."""
        now = self._clock()
        left, then = self._left.pop(client, (float(self._limits.burst), now))
        left = min(self._limits.burst, left + (now - then) * self._limits.per_second)
        self._left[client] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST:
            del self._left[next(iter(self._left))]  # the one that asked longest ago
        return left >= 1


class TooLarge(Exception):
    """More came than a request may bring."""


class Measured:
    """What a request brings, counted as it comes, whatever it said of its length."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._came = receive, most, 0

    @property
    def too_large(self) -> bool:
        return self._came > self._most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._came += len(message.get("body", b""))
        if self.too_large:
            raise TooLarge
        return message


def network(address: str) -> str:
    """What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address, the rest of which its owner chooses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
