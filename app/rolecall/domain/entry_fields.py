"""Entry fields: what a form of an own role is made of, and the fields that several roads share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    PROFILE = "profile"
    TASK = "task"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an entry. more: shown only on request; sample: what such a value looks like.

    unless: a key that stands in for a required one, in an entry written by hand.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    more: bool = False
    sample: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """A way to a session that an own entry can describe. mark: the key by which an entry is recognised."""

    name: str
    title: str
    hint: str
    mark: str
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        """The field of `key`, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def fits(self, entry: Mapping[str, str]) -> bool:
        """Whether `entry` describes this road, by its mark or what may stand in for it."""
        field = self.field(self.mark)
        return self.mark in entry or bool(field and field.unless and field.unless in entry)


ROLE: Final = Field(
    "role_arn", QT_TRANSLATE_NOOP("EntryForm", "Role ARN"), required=True,
    sample="arn:aws:iam::123456789012:role/Admin",
)  # fmt: skip
SOURCE: Final = Field(
    "source_profile",
    QT_TRANSLATE_NOOP("EntryForm", "Starts from"),
    Kind.PROFILE,
    required=True,
    unless="credential_source",
)
REGION: Final = Field("region", QT_TRANSLATE_NOOP("EntryForm", "Region"), sample="eu-central-1")
SECONDS: Final = Field(
    "duration_seconds", QT_TRANSLATE_NOOP("EntryForm", "Seconds it lives"), more=True, sample="3600"
)
POLICY: Final = Field(
    "session_policy", QT_TRANSLATE_NOOP("EntryForm", "Session policy"), Kind.POLICY, more=True
)
POLICY_ARNS: Final = Field(
    "session_policy_arns", QT_TRANSLATE_NOOP("EntryForm", "Managed policies"), more=True,
    sample="arn:aws:iam::aws:policy/ReadOnlyAccess",
)  # fmt: skip
NAMED: Final = Field(
    "role_session_name",
    QT_TRANSLATE_NOOP("EntryForm", "Session name"),
    more=True,
    sample="{user}-{host}",
)
