"""How long a session lasts, how soon a password may be tried again, and how much one client may ask: all by a clock that the test sets."""

import pytest

from kb.accounts import Account
from kb.ui.limits import Buckets, Limits, network
from kb.ui.sessions import FORGET, IDLE, LONGEST, MOST_WAIT, Sessions, Throttle

ANA = Account("ana", "editor", "hash")
KNOWN = {"ana": ANA}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_session_ends_when_it_is_not_used(clock: Clock) -> None:
    sessions = Sessions(clock)
    token = sessions.begin(ANA)
    clock.now += IDLE - 1
    assert sessions.account(token, KNOWN) == ANA
    clock.now += IDLE - 1
    assert sessions.account(token, KNOWN) == ANA
    clock.now += IDLE
    assert sessions.account(token, KNOWN) is None


def test_a_page_left_open_does_not_keep_a_session(clock: Clock) -> None:
    sessions = Sessions(clock)
    token = sessions.begin(ANA)
    clock.now += IDLE - 1
    assert sessions.account(token, KNOWN, active=False) == ANA
    clock.now += 1
    assert sessions.account(token, KNOWN) is None


def test_a_session_ends_however_much_it_is_used(clock: Clock) -> None:
    sessions = Sessions(clock)
    token = sessions.begin(ANA)
    for _ in range(LONGEST // 3600 - 1):
        clock.now += 3600
        assert sessions.account(token, KNOWN) == ANA
    clock.now += 3600
    assert sessions.account(token, KNOWN) is None


def test_a_session_ends_with_log_out_another_password_or_the_account(clock: Clock) -> None:
    sessions = Sessions(clock)
    first, second, third = (sessions.begin(ANA) for _ in range(3))
    sessions.end(first)
    assert sessions.account(first, KNOWN) is None
    assert sessions.account(second, {"ana": Account("ana", "editor", "another")}) is None
    assert sessions.account(third, {}) is None
    assert sessions.account("", KNOWN) is None


def test_another_role_holds_at_once(clock: Clock) -> None:
    sessions = Sessions(clock)
    token = sessions.begin(ANA)
    assert sessions.account(token, {"ana": Account("ana", "reader", "hash")}).role == "reader"


def test_each_failure_doubles_the_wait(clock: Clock) -> None:
    throttle = Throttle(clock)
    waits = []
    for _ in range(18):
        throttle.failed("ana", "10.0.0.1")
        waits.append(throttle.wait("ana", "10.0.0.1"))
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, *[MOST_WAIT] * 5]
    clock.now += MOST_WAIT - 1
    assert throttle.wait("ana", "10.0.0.1") == 1
    clock.now += 1
    assert throttle.wait("ana", "10.0.0.1") == 0


def test_an_account_is_guarded_from_all_addresses_and_an_address_is_slowed_for_all_accounts(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(6):
        throttle.failed("ana", f"10.0.0.{number}")
        throttle.failed(f"name {number}", "10.0.1.1")
    assert (throttle.wait("ana", "10.9.9.9"), throttle.wait("luc", "10.0.1.1"), throttle.wait("luc", "10.9.9.9")) == (4, 4, 0)


def test_whoever_has_an_account_gains_no_tries_at_others(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(5):
        throttle.failed(f"name {number}", "10.0.0.1")
    throttle.failed("ana", "10.0.0.1")
    throttle.succeeded("ana", "10.0.0.1")
    assert (throttle.wait("ana", "10.9.9.9"), throttle.wait("luc", "10.0.0.1")) == (0, 2)


def test_failures_are_forgotten(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(20):
        throttle.failed("ana", "10.0.0.1")
    clock.now += FORGET
    throttle.failed("ana", "10.0.0.1")
    assert throttle.wait("ana", "10.0.0.1") == 0


def test_a_bucket_empties_and_fills_again(clock: Clock) -> None:
    buckets = Buckets(Limits(burst=3, per_second=2), clock)
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b") is True
    clock.now += 1
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("address", "one"),
    [("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("::ffff:10.0.0.1", "10.0.0.1"), ("pipe", "pipe")],
)
def test_what_counts_as_one_client(address: str, one: str) -> None:
    assert network(address) == one
