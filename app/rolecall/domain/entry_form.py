"""Entry form: the roads a person can add by hand, their fields, and what is wrong with what was typed. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Mapping
from typing import Final

from rolecall.domain import cognito, limits, oidc
from rolecall.domain.entry_fields import (
    NAMED,
    POLICY,
    POLICY_ARNS,
    REGION,
    ROLE,
    SECONDS,
    SOURCE,
    Field,
    Kind,
    Road,
)
from rolecall.domain.entry_web_roads import WEB_ROADS
from rolecall.domain.imports import LONGEST_NAME, clean_name
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text
from rolecall.domain.sources import pairs, words

ROADS: Final = (
    Road(
        "role",
        QT_TRANSLATE_NOOP("EntryForm", "A role, from another profile"),
        QT_TRANSLATE_NOOP("EntryForm", "AssumeRole with the key or role it starts from."),
        "role_arn",
        (
            ROLE, SOURCE, REGION,
            Field("mfa_serial", QT_TRANSLATE_NOOP("EntryForm", "MFA device"),
                  sample="arn:aws:iam::123456789012:mfa/alex"),
            Field("external_id", QT_TRANSLATE_NOOP("EntryForm", "External id"), more=True),
            SECONDS, NAMED,
            Field("source_identity", QT_TRANSLATE_NOOP("EntryForm", "Source identity"), more=True,
                  sample="{user}"),
            Field("session_tags", QT_TRANSLATE_NOOP("EntryForm", "Session tags"), more=True,
                  sample="team=net,stage=prod"),
            Field("transitive_session_tags", QT_TRANSLATE_NOOP("EntryForm", "Tags passed on"), more=True,
                  sample="team"),
            POLICY, POLICY_ARNS,
        ),
    ),
    Road(
        "center",
        QT_TRANSLATE_NOOP("EntryForm", "A role of Identity Center"),
        QT_TRANSLATE_NOOP("EntryForm", "You sign in at the company's portal; AWS decides how long it lives."),
        "sso_account_id",
        (
            Field("sso_start_url", QT_TRANSLATE_NOOP("EntryForm", "Portal"), required=True,
                  sample="https://acme.awsapps.com/start", unless="sso_session"),
            Field("sso_region", QT_TRANSLATE_NOOP("EntryForm", "Region of the portal"), required=True,
                  sample="eu-central-1", unless="sso_session"),
            Field("sso_account_id", QT_TRANSLATE_NOOP("EntryForm", "Account"), required=True,
                  sample="123456789012"),
            Field("sso_role_name", QT_TRANSLATE_NOOP("EntryForm", "Permission set"), required=True,
                  sample="ReadOnly"),
            REGION,
        ),
    ),
    Road(
        "saml",
        QT_TRANSLATE_NOOP("EntryForm", "A role by SAML"),
        QT_TRANSLATE_NOOP("EntryForm", "You sign in at the company's identity provider; no key is needed."),
        "saml_login_url",
        (
            Field("saml_login_url", QT_TRANSLATE_NOOP("EntryForm", "Sign-in page"), required=True,
                  sample="https://idp.example/aws", unless="saml_provider_arn"),
            Field("saml_provider_arn", QT_TRANSLATE_NOOP("EntryForm", "SAML provider"),
                  sample="arn:aws:iam::123456789012:saml-provider/acme"),
            Field("role_arn", QT_TRANSLATE_NOOP("EntryForm", "Role ARN"),
                  sample="arn:aws:iam::123456789012:role/Staff"),
            REGION, SECONDS, POLICY, POLICY_ARNS,
        ),
    ),
    *WEB_ROADS,
    Road(
        "federation",
        QT_TRANSLATE_NOOP("EntryForm", "The console, for a user's key"),
        QT_TRANSLATE_NOOP(
            "EntryForm", "GetFederationToken: opens the console of an IAM user who has no role."
        ),
        "federation_name",
        (
            Field("federation_name", QT_TRANSLATE_NOOP("EntryForm", "User's name"), required=True,
                  sample="alex"),
            SOURCE,
            Field("session_policy", QT_TRANSLATE_NOOP("EntryForm", "It may do"), Kind.POLICY, required=True),
            REGION, SECONDS,
        ),
    ),
    Road(
        "root",
        QT_TRANSLATE_NOOP("EntryForm", "One task as root of an account"),
        QT_TRANSLATE_NOOP("EntryForm", "AssumeRoot: fifteen minutes, from the organisation's management account."),
        "root_account",
        (
            Field("root_account", QT_TRANSLATE_NOOP("EntryForm", "Account"), required=True,
                  sample="123456789012"),
            Field("root_task_policy", QT_TRANSLATE_NOOP("EntryForm", "Task"), Kind.TASK, required=True),
            SOURCE, REGION,
        ),
    ),
)  # fmt: skip
"""What the form offers, the usual first."""

ALLOW_ALL: Final = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
)
"""The session policy that takes nothing away from a user's own permissions."""

TASK_WORDS: Final = {
    "IAMAuditRootUserCredentials": QT_TRANSLATE_NOOP("EntryForm", "Look at root's credentials"),
    "IAMCreateRootUserPassword": QT_TRANSLATE_NOOP("EntryForm", "Let root have a password again"),
    "IAMDeleteRootUserCredentials": QT_TRANSLATE_NOOP("EntryForm", "Delete root's credentials"),
    "S3UnlockBucketPolicy": QT_TRANSLATE_NOOP("EntryForm", "Unlock an S3 bucket"),
    "SQSUnlockQueuePolicy": QT_TRANSLATE_NOOP("EntryForm", "Unlock an SQS queue"),
}


def road_of(entry: Mapping[str, str]) -> Road:
    """The road an entry describes: the most special mark counts, a plain role comes last."""
    found = (road for road in ROADS[1:] if road.fits(entry))
    return next(found, ROADS[0])


def editable(entry: Mapping[str, str]) -> bool:
    """Whether the form knows the way of an entry; a program or `aws login` is written by hand only."""
    return not {"credential_process", "login_session"} & set(entry)


def name_fault(name: str, taken: Container[str]) -> Text | None:
    """What is wrong with the name of an own role."""
    if not name:
        return Text(_NO_NAME)
    if clean_name(name) != name or len(name) > LONGEST_NAME:
        return Text(_BAD_NAME)
    return Text(_TAKEN) if name in taken else None


def faults(road: Road, entry: Mapping[str, str], known: Container[str]) -> dict[str, Text]:
    """What is wrong with each field, by its key. known: names that an entry may start from."""
    found: dict[str, Text] = {}
    for field in road.fields:
        value = entry.get(field.key, "")
        if not value:
            if _needed(field, entry):
                found[field.key] = Text(_MISSING)
            continue
        fault = _fault(field, value, entry, known)
        if fault is not None:
            found[field.key] = fault
    return found


def _needed(field: Field, entry: Mapping[str, str]) -> bool:
    """Whether a field may not stay empty beside what else was typed."""
    if field.key == "role_arn" and entry.get("cognito_flow") == cognito.BASIC:
        return True
    return field.required and not (field.unless and entry.get(field.unless))


def by_label(fault: Text, labels: Mapping[str, str]) -> Text:
    """`fault` with the labels of a form in the place of keys. labels: by key, as they are to stand there."""
    named = {"field", "other"}
    values = ((k, labels.get(v, v) if k in named else v) for k, v in fault.values)
    return Text(fault.template, tuple(values))


def _fault(
    field: Field, value: str, entry: Mapping[str, str], known: Container[str]
) -> Text | None:
    if field.kind is Kind.PROFILE:
        return None if value in known else Text(_UNKNOWN_SOURCE)
    check = _CHECKS.get(field.key)
    if check is not None:
        return check(value)
    tags = pairs(entry.get("session_tags", ""))
    match field.key:
        case "session_tags":
            return limits.written_tags(value) or limits.tags(tags)
        case "transitive_session_tags":
            return limits.transitive(words(value), tags)
        case "session_policy_arns":
            return limits.policies(entry.get("session_policy", ""), words(value))
    return None


def _account(value: str) -> Text | None:
    return None if re.fullmatch(r"\d{12}", value, re.ASCII) else Text(_NO_ACCOUNT)


def _seconds(value: str) -> Text | None:
    return None if value.isdecimal() and 900 <= int(value) <= 129600 else Text(_SECONDS_RANGE)


def _region(value: str) -> Text | None:
    return (
        None
        if re.fullmatch(r"[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}", value)
        else Text(_NO_REGION)
    )


def _address(value: str) -> Text | None:
    plain = re.fullmatch(r"https://\S+|http://(?:127\.0\.0\.1|localhost|\[::1\])[:/]\S+", value)
    return None if plain else Text(_NO_ADDRESS)


def _pool(value: str) -> Text | None:
    key = "cognito_identity_pool_id"
    return None if cognito.region_of(value) else Text(cognito.REMEDIES[key])


def _one_of(words: Container[str], remedy: str) -> Callable[[str], Text | None]:
    return lambda value: None if value in words else Text(remedy)


def _port(value: str) -> Text | None:
    fits = value.isascii() and value.isdecimal() and int(value[:6]) <= 65535
    return None if fits else Text(oidc.REMEDIES["oidc_redirect_port"])


_CHECKS: Final = {
    "role_arn": limits.role_arn,
    "mfa_serial": limits.mfa_serial,
    "external_id": limits.external_id,
    "role_session_name": limits.session_name,
    "source_identity": limits.source_identity,
    "session_policy": limits.policy,
    "federation_name": limits.federated_name,
    "root_account": limits.root_account,
    "root_task_policy": limits.task_policy,
    "sso_account_id": _account,
    "duration_seconds": _seconds,
    "region": _region,
    "sso_region": _region,
    "sso_start_url": _address,
    "saml_login_url": _address,
    "oidc_issuer": _address,
    "oidc_preset": _one_of(oidc.PRESETS, oidc.REMEDIES["oidc_preset"]),
    "oidc_redirect_host": _one_of(oidc.REDIRECT_HOSTS, oidc.REMEDIES["oidc_redirect_host"]),
    "oidc_redirect_port": _port,
    "cognito_identity_pool_id": _pool,
    "cognito_flow": _one_of((cognito.BASIC, cognito.ENHANCED), cognito.REMEDIES["cognito_flow"]),
}

_NO_NAME: Final = QT_TRANSLATE_NOOP("EntryForm", "Give it a name.")
_BAD_NAME: Final = QT_TRANSLATE_NOOP(
    "EntryForm", "No blank at the ends, no hyphen first, nothing invisible."
)
_TAKEN: Final = QT_TRANSLATE_NOOP("EntryForm", "This name is taken.")
_MISSING: Final = QT_TRANSLATE_NOOP("EntryForm", "This is needed.")
_UNKNOWN_SOURCE: Final = QT_TRANSLATE_NOOP("EntryForm", "Nothing here has this name.")
_SECONDS_RANGE: Final = QT_TRANSLATE_NOOP("EntryForm", "A number from 900 to 129600.")
_NO_ACCOUNT: Final = QT_TRANSLATE_NOOP("EntryForm", "An account is twelve digits.")
_NO_REGION: Final = QT_TRANSLATE_NOOP("EntryForm", "A region looks like eu-central-1.")
_NO_ADDRESS: Final = QT_TRANSLATE_NOOP("EntryForm", "An address begins with https://.")
