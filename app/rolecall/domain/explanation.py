"""Explanation: a Route in words, as `explain` prints it. Pure."""

from __future__ import annotations

from typing import Final

from rolecall.domain.hops import in_halves
from rolecall.domain.listing import left
from rolecall.domain.oidc import shown_name
from rolecall.domain.role import Source, SourceKind
from rolecall.domain.route import Call, Hop, Route
from rolecall.domain.settings import Settings

_WHERE: Final = {
    SourceKind.KEYS_IN_FILE: "access key in ~/.aws",
    SourceKind.KEYS_IN_KEYRING: "access key in the keyring",
    SourceKind.TEMPORARY_IN_FILE: "temporary credentials in ~/.aws",
    SourceKind.IDENTITY_CENTER: "sign-in at IAM Identity Center",
    SourceKind.SAML: "SAML sign-in",
    SourceKind.TOKEN_FILE: "web identity token in a file",
    SourceKind.COGNITO: "Cognito identity pool",
    SourceKind.LOGIN: "aws login",
    SourceKind.PROCESS: "credential_process",
    SourceKind.ENVIRONMENT: "environment variables",
    SourceKind.CONTAINER: "container credentials",
    SourceKind.INSTANCE: "instance profile",
    SourceKind.OTHER: "another source",
}


def _where(source: Source) -> str:
    if not source.get("oidc_client_id"):
        return _WHERE[source.kind]
    pool = "Cognito identity pool, " if source.kind is SourceKind.COGNITO else ""
    return f"{pool}sign-in at {shown_name(source)}"


def explanation(route: Route, settings: Settings, now: float) -> str:
    """The whole text: source, hops, what is needed now (UTC epoch seconds), why, and how it is renewed."""
    lines = [route.role, f"  {route.source.name}: {_where(route.source)}"]
    lines += [f"  → {_hop_text(hop)}" for hop in route.drawn]
    lines.append("")
    if route.start is not None:
        minutes = left(route.start, now)
        what = "shared session" if route.source.long_lived else f"session of {route.source.name}"
        needless = "no code is needed now" if route.source.long_lived else "it starts from there"
        lines.append(f"The {what} is live for {minutes}: {needless}.")
    elif route.consent is not None:
        lines.append(
            f"Its program runs once you accept the line: rolecall trust {route.source.name}"
        )
    elif route.needs_code:
        lines.append(f"One code of {route.code_serial} is needed.")
        if route.code_serial in settings.seeds:
            lines.append("Its seed lies in the keyring, so nobody is asked for it.")
    elif route.proof_key:
        lines.append("A sign-in in the browser is needed.")
    lines += [str(reason) for reason in route.reasons]
    anew = "a new sign-in" if route.source.proof_key else "a new code"
    if route.renews_itself:
        lines.append("It renews itself.")
    elif route.consent is None or route.needs_code:
        lines.append(f"Renewing it takes {anew}.")
    return "\n".join(lines) + "\n"


def _hop_text(hop: Hop) -> str:
    hours = in_time(hop.duration_seconds) if hop.duration_seconds else "AWS decides how long"
    if hop.call is Call.RESOLVE:
        return "the credentials it gives"
    if hop.call is Call.GET_SESSION_TOKEN:
        code = f" + code of {hop.serial}" if hop.serial else ""
        return f"{hop.call}{code}, {hours}"
    extra = " + code" if hop.serial else ""
    extra += " + external id" if hop.external_id else ""
    extra += " + session policy" if hop.policy or hop.policy_arns else ""
    extra += " + session tags" if hop.tags else ""
    extra += " + source identity" if hop.source_identity else ""
    extra += f" + {hop.task_policy}" if hop.task_policy else ""
    return f"{hop.call} {hop.role_arn or hop.target}{extra}, {hours}"


def in_time(seconds: int) -> str:
    """``4 h``, or ``15 min`` of what is no round number of hours."""
    return f"{seconds / 3600:g} h" if in_halves(seconds) else f"{seconds // 60} min"
