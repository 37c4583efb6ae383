"""Limits: what AWS STS takes of each value, told before anything is sent. Pure; for calls and for forms alike.

Each function answers with the sentence that says what to write instead, or None. Where it names a key of the
files, the key is a value of the sentence, so that a form can put its label there. None repeats what was given:
an external id or a policy may be a secret of somebody's. Source of all limits: AWS STS API Reference, AssumeRole,
GetFederationToken and AssumeRoot; the rules that the service model does not hold, their descriptions.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text, text
from rolecall.domain.role import RoleArn
from rolecall.domain.session_name import is_template, unknown_field

MOST_TAGS: Final = 50
LONGEST_TAG_KEY: Final = 128
LONGEST_TAG_VALUE: Final = 256
LONGEST_POLICY: Final = 2048
MOST_POLICY_ARNS: Final = 10

TASKS: Final = (
    "IAMAuditRootUserCredentials",
    "IAMCreateRootUserPassword",
    "IAMDeleteRootUserCredentials",
    "S3UnlockBucketPolicy",
    "SQSUnlockQueuePolicy",
)
"""AWS's task policies for AssumeRoot; there are no others."""

_NAME: Final = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_FEDERATED: Final = re.compile(r"[\w+=,.@-]{2,32}", re.ASCII)
_EXTERNAL_ID: Final = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)
_SERIAL: Final = re.compile(r"[\w+=/:,.@-]{9,256}", re.ASCII)
_POLICY: Final = re.compile(r"[\t\n\r\x20-\xff]+")
_POLICY_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy/[\x21-\x7e]{1,1900}")
_ACCOUNT: Final = re.compile(r"\d{12}", re.ASCII)
_TAG_MARKS: Final = frozenset("_.:/=+-@")

Tags = Sequence[tuple[str, str]]


def role_arn(arn: str) -> Text | None:
    """A role's ARN."""
    try:
        RoleArn.parse(arn)
    except ValueError:
        return text(_ROLE_ARN, field="role_arn")
    return None


def session_name(name: str) -> Text | None:
    """A session name, or a template of one."""
    unknown = unknown_field(name)
    if unknown:
        return text(_FIELDS, word=unknown)
    fits = is_template(name) or _NAME.fullmatch(name)
    return None if fits else text(_SESSION_NAME, field="role_session_name")


def source_identity(name: str) -> Text | None:
    """A source identity, or a template of one."""
    if name.lower().startswith("aws:"):
        return text(_SOURCE_IDENTITY_AWS, field="source_identity")
    unknown = unknown_field(name)
    if unknown:
        return text(_FIELDS, word=unknown)
    fits = is_template(name) or _NAME.fullmatch(name)
    return None if fits else text(_SESSION_NAME, field="source_identity")


def external_id(word: str) -> Text | None:
    """An external id."""
    return None if _EXTERNAL_ID.fullmatch(word) else text(_EXTERNAL, field="external_id")


def mfa_serial(serial: str) -> Text | None:
    """The serial number or ARN of an MFA device."""
    return None if _SERIAL.fullmatch(serial) else text(_MFA_SERIAL, field="mfa_serial")


def tags(found: Tags) -> Text | None:
    """Session tags: how many, how long, of which characters, each key once in whatever case."""
    if len(found) > MOST_TAGS:
        return text(_TOO_MANY_TAGS, number=len(found), most=MOST_TAGS)
    seen: set[str] = set()
    for key, value in found:
        if not 0 < len(key) <= LONGEST_TAG_KEY or len(value) > LONGEST_TAG_VALUE:
            return text(_TAG_LENGTH, key=key[:40] or "=")
        if not (_fit_for_tag(key) and _fit_for_tag(value)):
            return text(_TAG_MARK, key=key[:40])
        if key.lower() in seen:
            return text(_TAG_TWICE, key=key[:40])
        seen.add(key.lower())
    return None


def written_tags(written: str) -> Text | None:
    """Session tags as they are typed: a word without = would be a tag without a value that nobody meant."""
    bare = next(
        (word for word in map(str.strip, written.split(",")) if word and "=" not in word), ""
    )
    return text(_BARE_TAG, field="session_tags", word=bare[:40]) if bare else None


def transitive(keys: Sequence[str], found: Tags) -> Text | None:
    """Keys of tags that go on to the next role: each has to be a tag that is passed here."""
    known = {key.lower() for key, _ in found}
    strange = next((key for key in keys if key.lower() not in known), "")
    if not strange:
        return None
    field, other = "transitive_session_tags", "session_tags"
    return text(_NO_SUCH_TAG, key=strange[:40], field=field, other=other)


def policy(document: str) -> Text | None:
    """An inline session policy."""
    if len(document) > LONGEST_POLICY:
        return text(_LONG_POLICY, number=len(document), most=LONGEST_POLICY)
    if not _POLICY.fullmatch(document):
        return Text(_POLICY_MARK)
    try:
        found = json.loads(document)
    except (ValueError, RecursionError):
        return Text(_NO_JSON)
    return None if isinstance(found, dict) else Text(_NO_OBJECT)


def policies(document: str, arns: Sequence[str]) -> Text | None:
    """A session policy and managed ones: their plain text is limited together."""
    if document:
        fault = policy(document)
        if fault is not None:
            return fault
    if len(arns) > MOST_POLICY_ARNS:
        return text(_MANY_ARNS, number=len(arns), most=MOST_POLICY_ARNS)
    if not all(_POLICY_ARN.fullmatch(arn) for arn in arns):
        return Text(_BAD_ARN)
    whole = len(document) + sum(len(arn) for arn in arns)
    return text(_LONG_POLICY, number=whole, most=LONGEST_POLICY) if whole > LONGEST_POLICY else None


def federated_name(name: str) -> Text | None:
    """The name of a federated user."""
    return None if _FEDERATED.fullmatch(name) else text(_FEDERATION_NAME, field="federation_name")


def root_account(account: str) -> Text | None:
    """The account whose root user is meant."""
    return None if _ACCOUNT.fullmatch(account) else text(_ROOT_ACCOUNT, field="root_account")


def task_policy(name: str) -> Text | None:
    """One of AWS's task policies for AssumeRoot, by its name."""
    if name in TASKS:
        return None
    return text(_TASK, field="root_task_policy", tasks=", ".join(TASKS))


def _fit_for_tag(word: str) -> bool:
    return all(mark in _TAG_MARKS or unicodedata.category(mark)[0] in "LZN" for mark in word)


_ROLE_ARN: Final = QT_TRANSLATE_NOOP(
    "Problem", "Write {field} as arn:aws:iam::ACCOUNT:role/NAME, path included."
)
_SESSION_NAME: Final = QT_TRANSLATE_NOOP(
    "Problem", "{field} has 2 to 64 letters, digits and + = , . @ _ - only, no spaces."
)
_FIELDS: Final = QT_TRANSLATE_NOOP(
    "Problem", "{word} stands for nothing. Use {{user}}, {{host}}, {{role}} or {{date}}."
)
_SOURCE_IDENTITY_AWS: Final = QT_TRANSLATE_NOOP(
    "Problem", "{field} may not begin with aws: — AWS keeps that for itself."
)
_EXTERNAL: Final = QT_TRANSLATE_NOOP(
    "Problem", "{field} has 2 to 1224 letters, digits and + = , . @ : / _ - only."
)
_MFA_SERIAL: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Write {field} as the device's ARN (arn:aws:iam::ACCOUNT:mfa/NAME) or its serial number.",
)
_TOO_MANY_TAGS: Final = QT_TRANSLATE_NOOP(
    "Problem", "There are {number} session tags; AWS takes {most} at most."
)
_TAG_LENGTH: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "The tag {key} is too long or empty: a key has 1 to 128 characters, a value 0 to 256.",
)
_TAG_MARK: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "The tag {key} has a character AWS refuses: letters, digits, spaces and _ . : / = + - @ only.",
)
_TAG_TWICE: Final = QT_TRANSLATE_NOOP(
    "Problem", "The tag {key} is there twice. Upper and lower case make no difference."
)
_BARE_TAG: Final = QT_TRANSLATE_NOOP(
    "Problem", "Write {field} as KEY=VALUE,KEY=VALUE; “{word}” has no =."
)
_NO_SUCH_TAG: Final = QT_TRANSLATE_NOOP(
    "Problem", "{field} names {key}, which is no tag of {other}."
)
_LONG_POLICY: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "The session policies have {number} characters; AWS takes {most}. Leave blanks out, or split it.",
)
_POLICY_MARK: Final = QT_TRANSLATE_NOOP(
    "Problem", "The session policy has a character AWS refuses, or is empty. Plain Latin text only."
)
_NO_JSON: Final = QT_TRANSLATE_NOOP(
    "Problem", "The session policy is not JSON. A comma or a bracket may be missing."
)
_NO_OBJECT: Final = QT_TRANSLATE_NOOP("Problem", "The session policy has to be one JSON object.")
_MANY_ARNS: Final = QT_TRANSLATE_NOOP(
    "Problem", "There are {number} managed policies; AWS takes {most} at most."
)
_BAD_ARN: Final = QT_TRANSLATE_NOOP(
    "Problem", "Write each managed policy as arn:aws:iam::ACCOUNT:policy/NAME."
)
_FEDERATION_NAME: Final = QT_TRANSLATE_NOOP(
    "Problem", "{field} has 2 to 32 letters, digits and + = , . @ _ - only, no spaces."
)
_ROOT_ACCOUNT: Final = QT_TRANSLATE_NOOP(
    "Problem", "{field} is the twelve digits of a member account."
)
_TASK: Final = QT_TRANSLATE_NOOP("Problem", "{field} is one of: {tasks}")
