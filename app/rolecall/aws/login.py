"""Login: the credentials that `aws login` left in its own cache, through botocore's own provider.

botocore renews them there with AWS's sign-in service and keeps the cache in the form that the AWS CLI and the
SDKs share. It signs with awscrt, AWS's C library, which not everybody has. Imports botocore at its top:
import this module inside functions only.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import botocore.credentials as providers
from botocore.session import Session as BotoSession

from rolecall.aws import crt, problems, source_problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.client import ClientSettings, config_of, local_session
from rolecall.aws.resolver import Found, attempt, found_in
from rolecall.aws.source_problems import Place, problem
from rolecall.aws.transport import limited_http
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem


def from_login(
    profile: str,
    login_session: str,
    settings: ClientSettings,
    now: float,
) -> Found:
    """What `aws login` left, refreshed in its own cache if it is old. Raises ProblemError."""
    known = source_problems.Place(profile)

    def work() -> Any:
        crt.let_in()
        session = local_session(settings)
        config = {"profiles": {profile: {"login_session": login_session}}}
        found = providers.LoginProvider(
            lambda: config, partial(_nested_client, session, settings), profile
        ).load()
        if found is not None:
            found.get_frozen_credentials()  # renews in the cache what has less than ten minutes left
        return found

    return found_in(attempt(known, of_login, work), known, now)


def _nested_client(
    session: BotoSession, settings: ClientSettings, service: str, **wanted: Any
) -> Any:
    """A client as the login provider asks for one, with the limits of all our calls."""
    limits = config_of(settings)
    given: Any = wanted.pop("config", None)
    client = session.create_client(
        service, config=limits.merge(given) if given else limits, **wanted
    )
    http = limited_http(client.meta.endpoint_url, session.get_config_variable("ca_bundle") or "")
    answer: Any = http.answer
    client.meta.events.register_last(f"before-send.{service}", answer)
    return client


def of_login(error: Exception, place: Place) -> Problem:
    """The Problem of a login_session profile."""
    match type(error).__name__:
        case "MissingDependencyException":
            return _no_awscrt(place)
        case "LoginTokenLoadError" | "LoginRefreshRequired" | "LookupError" | "JSONDecodeError":
            return _log_in(place)
        case "LoginInsufficientPermissions":
            return problem(
                "login_not_permitted",
                QT_TRANSLATE_NOOP("Problem", "AWS did not let “aws login” renew {profile}"),
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "The user or role needs the policy SignInLocalDevelopmentAccess "
                    "(signin:CreateOAuth2Token).",
                ),
                Exit.REFUSED,
                place,
            )
        case "LoginError" | "KeyError" | "TypeError":
            return _log_in(place)
        case _:
            return problems.from_exception(error, Circumstances(place.profile), sent=True)


def _no_awscrt(place: Place) -> Problem:
    return problem(
        "awscrt_absent",
        QT_TRANSLATE_NOOP(
            "Problem", "{profile} uses “aws login”, and a part for that is not installed"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Install Rolecall with its “login” extra (pipx install 'rolecall[login]', 4 MB), or write a "
            "profile with credential_process = aws configure export-credentials --profile {profile}.",
        ),
        Exit.LOCAL,
        place,
    )


def _log_in(place: Place) -> Problem:
    return problem(
        "login_needed",
        QT_TRANSLATE_NOOP("Problem", "{profile} needs you to sign in with “aws login”"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Run “aws login --profile {profile}”, then try again. It lasts up to 12 hours.",
        ),
        Exit.NOBODY_TO_ASK,
        place,
    )
