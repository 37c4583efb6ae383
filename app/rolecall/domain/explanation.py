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
    lines += [f"  → {_hop_text(hop, route)}" for hop in route.drawn]
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
    lines += _renewal(route)
    return "\n".join(lines) + "\n"


def _renewal(route: Route) -> list[str]:
    if route.renews_itself:
        if route.renews_with_sign_in:
            return ["It renews itself while the sign-in lasts."]
        if route.source.proof_key:
            return [f"It renews itself while the session of {route.source.name} lasts."]
        return ["It renews itself."]
    if route.proof_key and route.renews_with_sign_in and not route.needs_code:
        return ["Once you are signed in it renews itself while the sign-in lasts."]
    if route.consent is not None and not route.needs_code:
        return []
    return [f"Renewing it takes a new {'sign-in' if route.source.proof_key else 'code'}."]


_RESPONSE_S_ROLE: Final = "the role that the response names, or that you choose of several"


def _hop_text(hop: Hop, route: Route) -> str:
    hours = in_time(hop.duration_seconds) if hop.duration_seconds else "AWS decides how long"
    target = hop.role_arn or hop.target
    if route.left_to_response(hop):
        target = target or _RESPONSE_S_ROLE
        if hop.fallback_seconds:
            hours = f"as long as the response says; {hours} if it says nothing"
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
    return f"{hop.call} {target}{extra}, {hours}"


def in_time(seconds: int) -> str:
    """``4 h``, or ``15 min`` of what is no round number of hours."""
    return f"{seconds / 3600:g} h" if in_halves(seconds) else f"{seconds // 60} min"
