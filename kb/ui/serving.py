"""How the app is served, as said on its command line. Off this machine it is not served without saying who may enter."""

import argparse
import ssl
from ipaddress import ip_address
from pathlib import Path

from kb.accounts import accounts
from kb.errors import InvalidRequest
from kb.ui.access import Rules, loopback
from kb.ui.limits import Limits


def add_to(parser: argparse.ArgumentParser) -> None:
    """The options of app.py that say who reaches it and how."""
    office = parser.add_argument_group("on an office network")
    office.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on; not this machine's own: with accounts only")
    office.add_argument("--without-accounts", action="store_true", help="let everyone who reaches the address read, add and delete reports")
    office.add_argument("--certificate", type=Path, metavar="PEM", help="serve by https with this certificate")
    office.add_argument("--key", type=Path, metavar="PEM", help="and its key")
    office.add_argument("--https-proxy", action="store_true", help="readers come through a reverse proxy that serves https")
    office.add_argument("--trust-header", default="", metavar="NAME", help="the proxy logs readers in, and names them in this header")
    office.add_argument("--trusted-proxy", action="append", default=[], metavar="ADDRESS", help="the proxy's address (default: 127.0.0.1)")
    office.add_argument("--max-upload", type=int, default=200, metavar="MB", help="the most that is taken in one upload (default: %(default)s)")
    office.add_argument("--log-questions", type=Path, metavar="FILE", help="write each question, and whether it was answered, to this file")


def rules_of(options: argparse.Namespace) -> Rules:
    """The options as rules. Raises InvalidRequest where they would leave the library open, or contradict each other."""
    _check(options)
    folder: Path = options.library
    with_accounts = not options.without_accounts and bool(options.trust_header or accounts(folder))
    if not (loopback(options.host) or with_accounts or options.without_accounts):
        raise InvalidRequest(
            f"At {options.host} everyone on the network could read, add and delete reports: the library {folder} has no accounts.",
            "Add one: python -m kb user add NAME --role editor. Or say --without-accounts if that is what you want.",
        )
    proxies = tuple(options.trusted_proxy or ["127.0.0.1"]) if options.https_proxy or options.trust_header else ()
    return Rules(
        options.host, folder if with_accounts else None, options.trust_header, proxies, options.https_proxy or options.certificate is not None,
        options.certificate, options.key, Limits(upload=options.max_upload * 2**20),
    )  # fmt: skip


def _check(options: argparse.Namespace) -> None:
    if options.trust_header and options.without_accounts:
        raise InvalidRequest("--trust-header and --without-accounts contradict each other.", "Leave one of them out.")
    if (options.certificate is None) != (options.key is None):
        raise InvalidRequest("A certificate needs its key, and a key its certificate.", "Give both --certificate and --key.")
    if options.certificate:
        _check_certificate(options.certificate, options.key)
    if options.trusted_proxy and not (options.https_proxy or options.trust_header):
        raise InvalidRequest("--trusted-proxy says nothing by itself.", "Add --https-proxy or --trust-header NAME.")
    if options.max_upload < 1:
        raise InvalidRequest("--max-upload is a number of MB from 1.", "Leave it out for 200.")
    for address in options.trusted_proxy:
        try:
            ip_address(address)
        except ValueError as error:
            raise InvalidRequest(f"{address!r} is no address of a proxy.", "Write it in numbers, such as 10.0.0.5.") from error


def _check_certificate(certificate: Path, key: Path) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:  # of SSL too
        problem = f"{certificate} and {key} are no certificate and its key, in PEM and without a password."
        raise InvalidRequest(problem, "See that both can be read and belong together.") from error


def warning(rules: Rules) -> str:
    """What whoever starts the app should know of it; nothing where all is well."""
    if loopback(rules.host) or rules.https:
        return ""
    if rules.everyone:
        return f"Everyone who reaches {rules.host} can read, add and delete reports, and what they read can be overheard."
    return "Passwords and reports can be overheard: add --certificate and --key, or --https-proxy behind a proxy that serves https."
