"""Listing: what `list` and `status` say of roles and sessions: objects for programs, lines for people. Pure."""

from __future__ import annotations

from typing import Final

from rolecall.domain import presets
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.countdown import remaining
from rolecall.domain.export_format import utc
from rolecall.domain.production import is_production
from rolecall.domain.role import Role, SourceKind
from rolecall.domain.session import Session
from rolecall.domain.state import RoleState, State, role_state
from rolecall.domain.terminal import table

Row = dict[str, str | bool | None]
"""One object of `list --json`: a contract, to which fields are only added."""


def role_row(state: State, role: Role, now: float) -> Row:
    """One object of `list --json`, at `now` (UTC epoch seconds)."""
    session = state.session(role.name, now)
    permission_set = role.source.get("sso_role_name") if role.is_source else ""
    return {
        "name": role.name,
        "role_arn": (str(role.arn) if role.arn else state.catalogue.role_arn_text(role.name))
        or None,
        "account_id": role.account_id or None,
        "permission_set": permission_set or None,
        "partition": role.partition if role.arn or role.mfa_serial or permission_set else None,
        "region": role.region or None,
        "source": role.source.get("sso_session") or role.source.name or None,
        "mfa": role.device or None,
        "state": _state_word(role_state(state, role, now)),
        "expires_at": utc(session.expires_at) if session else None,
        "production": is_production(state.settings, role),
    }


def _state_word(state: RoleState) -> str:
    """The contract knows one word for all that a person has to do beside a code."""
    return (RoleState.NEEDS_SIGN_IN if state is RoleState.NEEDS_CONSENT else state).value


_NAMELESS: Final = {
    SourceKind.COGNITO: "(identity pool)",
    SourceKind.SAML: "(SAML)",
    SourceKind.PROCESS: "(program)",
    SourceKind.LOGIN: "(aws login)",
}


def _nameless(role: Role) -> str:
    """What stands in the list for an entry that leads to no role's ARN."""
    if role.ending is not None:
        return f"({role.ending.call})"
    return _NAMELESS.get(role.source.kind, "(access key)")


def list_text(rows: list[Row], roles: list[Role]) -> str:
    """The table of `list`."""
    words = {RoleState.NEEDS_CODE: "needs code", RoleState.NEEDS_SIGN_IN: "needs sign-in"}
    lines = [
        (
            str(row["name"] or ""),
            str(row["account_id"] or ""),
            str(row["role_arn"] or "").rpartition(":role/")[2]
            or str(row["permission_set"] or _nameless(role)),
            str(row["region"] or ""),
            words.get(RoleState(str(row["state"])), str(row["state"]))
            + (", PRODUCTION" if row["production"] else ""),
        )
        for row, role in zip(rows, roles, strict=True)
    ]
    return table(("ROLE", "ACCOUNT", "NAME IN AWS", "REGION", "STATE"), lines) if lines else ""


def session_row(session: Session, now: float) -> dict[str, str | int | bool | None]:
    """One object of `status --json`, at `now` (UTC epoch seconds): a contract as well."""
    return {
        "name": session.name,
        "role_arn": session.role_arn or None,
        "expires_at": utc(session.expires_at),
        "seconds_left": int(remaining(session, now)),
        "origin": session.origin.value,
        "narrowed": bool(session.scope),
    }


def shown_name(catalogue: Catalogue, session: Session) -> str:
    """``prod-admin (read-only)`` of a narrowed session."""
    if not session.scope:
        return session.name
    title = "narrowed"
    if session.name in catalogue:
        title = presets.name_of(session.scope, catalogue.role(session.name))
    return f"{session.name} ({title})"


def left(session: Session, now: float) -> str:
    """``41 min``, or seconds in the last minute."""
    seconds = int(remaining(session, now))
    return f"{seconds // 60} min" if seconds >= 60 else f"{seconds} s"
