"""Who is logged in, and how soon a password may be tried again. All of it is in memory: when the app stops, everyone is logged out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import token_urlsafe
from time import monotonic

from kb.accounts import Account

IDLE, LONGEST = 2 * 3600, 12 * 3600  # seconds without a request, and in all
FREE, MOST_WAIT = 4, 900  # failures that cost nothing, and the longest delay in seconds
FORGET = 3600  # seconds after which failures no longer count
MOST = 10_000  # sessions, and names and addresses remembered

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Session:
    """An account as it was at log-in: another password, and the session is over."""

    account: Account
    born: float
    seen: float


class Sessions:
    """The sessions by the hash of their token, so that what is in memory opens nothing."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._open: dict[bytes, Session] = {}

    def begin(self, account: Account) -> str:
        """A new session's token."""
        token, now = token_urlsafe(32), self._clock()
        self._open = {key: one for key, one in self._open.items() if self._alive(one)}
        if len(self._open) >= MOST:
            del self._open[next(iter(self._open))]
        self._open[_key(token)] = Session(account, now, now)
        return token

    def account(self, token: str, known: dict[str, Account], active: bool = True) -> Account | None:
        """Whose session this is, as the account now is; None where it is over. `active` puts off its end."""
        session = self._open.get(_key(token))
        now = known.get(session.account.name) if session else None
        if session is None or now is None or now.secret != session.account.secret or not self._alive(session):
            self.end(token)
            return None
        if active:
            self._open[_key(token)] = replace(session, seen=self._clock())
        return now

    def end(self, token: str) -> None:
        """Log out."""
        self._open.pop(_key(token), None)

    def _alive(self, session: Session) -> bool:
        now = self._clock()
        return now - session.seen < IDLE and now - session.born < LONGEST


def _key(token: str) -> bytes:
    return sha256(token.encode()).digest()


class Throttle:
    """Failed log-ins by account and by address: after a few, each doubles the time until the next may be tried."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._failed: dict[tuple[str, str], tuple[int, float]] = {}  # (failures, when the last was)

    def wait(self, name: str, address: str) -> int:
        """Seconds until this account may be tried from this address; 0 is now. It is the same for a name that has no account."""
        return max(self._wait(key) for key in _keys(name, address))

    def failed(self, name: str, address: str) -> None:
        """Count a failure. Called before a password is verified, and taken back if it proves right: many at once are counted all."""
        for key in _keys(name, address):
            count, _ = self._recent(key)
            self._failed.pop(key, None)
            self._failed[key] = (count + 1, self._clock())
        while len(self._failed) > MOST:
            del self._failed[next(iter(self._failed))]

    def succeeded(self, name: str, address: str) -> None:
        """Forget the account's failures, and this one of the address: whoever has an account gains no more tries at others."""
        account, place = _keys(name, address)
        self._failed.pop(account, None)
        if place in self._failed:
            count, last = self._failed[place]
            self._failed[place] = (count - 1, last)

    def _wait(self, key: tuple[str, str]) -> int:
        count, last = self._recent(key)
        delay = min(2 ** min(count - FREE, 20), MOST_WAIT) if count > FREE else 0
        return max(0, -int(-(last + delay - self._clock()) // 1)) if delay else 0

    def _recent(self, key: tuple[str, str]) -> tuple[int, float]:
        count, last = self._failed.get(key, (0, 0.0))
        return (count, last) if self._clock() - last < FORGET else (0, 0.0)


def _keys(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("account", name[:64]), ("address", address)
