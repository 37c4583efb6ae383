"""Console: turns a Session into a sign-in URL of the AWS console, and says where it leads.

The URL is a secret (whoever has it is signed in, for 15 minutes): it is returned and never logged, shown or
put into an exception. Source: IAM User Guide, "Enabling custom identity broker access to the AWS console".
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from rolecall.aws import limits as call_limits
from rolecall.aws import problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.destination import Destination, destination_url, partition_of, split
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.session import Origin, Session

LONGEST_CONSOLE: Final = 43200
"""Seconds a console session may live; MaxSessionDuration does not bind it (AssumeRole, API reference)."""

SIGN_IN_VARIABLE: Final = "ROLECALL_SIGNIN_URL"

_LOOPBACK: Final = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def signin_base_of(environ: Mapping[str, str]) -> str:
    """The base URL of ROLECALL_SIGNIN_URL, or an empty text. ProblemError for one not on loopback."""
    value = environ.get(SIGN_IN_VARIABLE, "")
    if not value:
        return ""
    parts = split(value)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not _is_loopback(parts.hostname or "")
        or "@" in parts.netloc
        or parts.query
        or parts.fragment
    ):
        raise ProblemError(_bad_base())
    return value.rstrip("/")


def console_url(
    session: Session,
    destination: Destination,
    signin_base: str = "",
    seconds: int = LONGEST_CONSOLE,
    ca_bundle: str = "",
) -> str:
    """A sign-in URL for `session` that lands at `destination`. Raises ProblemError.

    signin_base: from `signin_base_of`, stands for the partition's sign-in host. seconds: life of the
    console session, sent only where AWS allows it (an unchained role). ca_bundle: a profile's own.
    """
    if not session.opens_console:
        of_user = session.origin is Origin.RESOLVED
        raise ProblemError((no_console_of_user if of_user else no_console)(session.name))
    landing = destination_url(session, destination)
    base = signin_base or f"https://{partition_of(session).sign_in_host}"
    duration = seconds if session.console_duration_allowed else None
    limits = call_limits.CallLimits.start()
    entered = call_limits.current.set(limits)
    problem: Problem | None = None
    token = ""
    try:
        token = _token(session, base, duration, ca_bundle)
    except ProblemError:
        raise
    except Exception as error:  # noqa: BLE001  it may carry the request, credentials included
        problem = _failed(error, limits, Circumstances(session.name))
    finally:
        call_limits.current.reset(entered)
    if problem is not None:  # out here, so that the ProblemError has no context
        raise ProblemError(problem)
    query = {"Action": "login", "Issuer": "", "Destination": landing, "SigninToken": token}
    return f"{base}/federation?{urlencode(query, quote_via=quote)}"


def _token(session: Session, base: str, duration: int | None, ca_bundle: str) -> str:
    """The sign-in token; asked for once more without SessionDuration where AWS answers 400."""
    status, body = _post(f"{base}/federation", _form(session, duration), ca_bundle)
    if status == 400 and duration is not None:
        status, body = _post(f"{base}/federation", _form(session, None), ca_bundle)
    if status in (400, 401, 403):
        raise ProblemError(_refused(session.name))
    if status != 200:
        raise ProblemError(problems.from_wire("", "", status, Circumstances(session.name)))
    found = json.loads(body)
    token = found.get("SigninToken") if isinstance(found, dict) else None
    if not isinstance(token, str) or not token:
        raise ValueError("no token in the answer")
    return token


def _form(session: Session, duration: int | None) -> dict[str, str]:
    held = session.credentials
    parts = {
        "sessionId": held.access_key_id,
        "sessionKey": held.secret_access_key,
        "sessionToken": held.session_token,
    }
    form = {"Action": "getSigninToken", "Session": json.dumps(parts, separators=(",", ":"))}
    return form if duration is None else form | {"SessionDuration": str(duration)}


def _post(url: str, form: dict[str, str], ca_bundle: str) -> tuple[int, bytes]:
    """Status and body. A form in the body, not a query: a query ends in the logs of proxies."""
    from botocore.awsrequest import AWSRequest

    from rolecall.aws.transport import limited_http

    bundle = ca_bundle or os.environ.get("AWS_CA_BUNDLE", "")
    loopback = _is_loopback(urlsplit(url).hostname or "")
    http = limited_http(url, bundle, proxied=not loopback)
    request = AWSRequest(
        method="POST",
        url=url,
        data=urlencode(form).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
    )
    try:
        answer = http.answer(request.prepare())
        return int(answer.status_code), bytes(answer.content)
    finally:
        http.close()


def _failed(error: Exception, limits: call_limits.CallLimits, known: Circumstances) -> Problem:
    if limits.timed_out:
        return problems.timeout(known)
    if limits.too_large or isinstance(error, (ValueError, RecursionError)):
        return problems.garbage(known)
    return problems.from_exception(error, known)


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _LOOPBACK)


def no_console(name: str, *, root: bool = False) -> Problem:
    """The Problem where AWS opens no console (IAM User Guide, comparison of credentials).

    root: the session is one of AssumeRoot, which is for one task only.
    """
    if root:
        return Problem(
            "console_not_possible",
            text(
                QT_TRANSLATE_NOOP("Problem", "The session of {name} cannot open the console"),
                name=name,
            ),
            explanation=Text(
                QT_TRANSLATE_NOOP("Problem", "A session of AssumeRoot does one task, by API only.")
            ),
            remedy=Text(
                QT_TRANSLATE_NOOP("Problem", "Use it in a terminal: “rolecall exec” or a copy.")
            ),
            exit=Exit.REFUSED,
        )
    return Problem(
        "console_not_possible",
        text(
            QT_TRANSLATE_NOOP("Problem", "The session of {name} cannot open the console"), name=name
        ),
        explanation=Text(
            QT_TRANSLATE_NOOP("Problem", "AWS does not let GetSessionToken sessions sign in there.")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Open a role that starts from it. A user without one: add “The console, for a user's key”.",
            )
        ),
        exit=Exit.REFUSED,
    )


def no_console_of_user(name: str) -> Problem:
    """The Problem of credentials that were handed over and turned out to be a user's, not a role's."""
    return replace(
        no_console(name),
        explanation=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "They belong to a user. AWS lets sessions of roles in, and no user’s keys.",
            )
        ),
    )


def _refused(name: str) -> Problem:
    return Problem(
        "console_refused",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS did not accept the session of {name} for the console"
            ),
            name=name,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "It may have ended or been revoked. Renew it and try again."
            )
        ),
        exit=Exit.REFUSED,
    )


def _bad_base() -> Problem:
    return Problem(
        "bad_signin_url",
        Text(
            QT_TRANSLATE_NOOP("Problem", "ROLECALL_SIGNIN_URL is not an address on this computer")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It is for tests: http://127.0.0.1:PORT or http://[::1]:PORT, or unset it.",
            )
        ),
        exit=Exit.USAGE,
    )
