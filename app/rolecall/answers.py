"""Answers: what a request of the command line gets, in the app and in the command itself alike.

One Request in, one Reply out, by way of Actions. Knows no terminal, no socket and no widget; so the
app and the command that runs alone cannot differ in what they say.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from rolecall.actions import Actions
from rolecall.agent import Reply, Request
from rolecall.domain import presets
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.countdown import remaining
from rolecall.domain.export_format import export, utc
from rolecall.domain.find import find
from rolecall.domain.hops import allows_everything, in_halves
from rolecall.domain.lock import is_locked
from rolecall.domain.oidc import shown_name
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.production import is_production
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.route import Call, Hop, Route, Wish
from rolecall.domain.saml_problems import not_needed
from rolecall.domain.session import Session
from rolecall.domain.state import RoleState, role_state
from rolecall.domain.terminal import table, visible
from rolecall.domain.trust import line_changed, lines_of, revoke
from rolecall.sign_in import Destination

Replied = Callable[[Reply], None]

EXACT: Final = frozenset({"credential-process"})
"""Verbs whose ROLE must be exact: a program asks, nobody reads what it guessed."""


def refusal(problem: Problem) -> Reply:
    """A Problem as a Reply: its lines for stderr, its exit code."""
    said = visible("\n".join(problem.lines())) + "\n"
    return Reply(exit=problem.exit, err=said, problem=problem.code)


def answer(
    actions: Actions, request: Request, replied: Replied, asker: str = ""
) -> Callable[[], None]:
    """Answer `request` to `replied`, now or when a person or AWS has. Returns how to give up waiting."""
    if actions.state.restoring:
        return _once_restored(actions, lambda: answer(actions, request, replied, asker))
    at_once = _AT_ONCE.get(request.verb)
    if at_once is not None:
        replied(at_once(actions, request))
        return _nothing
    later = _LATER.get(request.verb)
    if later is None:
        replied(Reply(not_here=True))
        return _nothing
    name = find(actions.state.catalogue, request.role, exact=request.verb in EXACT)
    if isinstance(name, Problem):
        replied(refusal(name))
        return _nothing
    meant = replace(request, role=name, wish=wish_of(actions, request, name))

    def begin() -> Callable[[], None]:
        return later(actions, meant, replied, asker)

    brought = meant.saml_response and not actions.state.locked
    return _with_response(actions, meant, replied, begin) if brought else begin()


def _with_response(
    actions: Actions, request: Request, replied: Replied, begin: Callable[[], Callable[[], None]]
) -> Callable[[], None]:
    """`begin` once the SAML response that the caller brought is taken; give up at any time."""
    source = actions.state.catalogue.role(request.role).source
    stop: list[Callable[[], None]] = []
    given_up: list[bool] = []
    if source.kind is not SourceKind.SAML:
        replied(refusal(not_needed(request.role)))
        return _nothing

    def taken(problem: Problem | None) -> None:
        if problem is not None:
            replied(refusal(problem))
        elif not given_up:
            stop.append(begin())

    def give_up() -> None:
        given_up.append(True)
        for each in stop:
            each()

    actions.sign_ins.bring(source, request.saml_response, taken)
    return give_up


def _nothing() -> None:
    return None


def _once_restored(actions: Actions, begin: Callable[[], Callable[[], None]]) -> Callable[[], None]:
    """`begin` once kept sessions are there, so that no code is asked for in vain; give up at any time."""
    stop: list[Callable[[], None]] = []

    def go() -> None:
        if not given_up:
            stop.append(begin())

    def give_up() -> None:
        given_up.append(True)
        for each in stop:
            each()

    given_up: list[bool] = []
    actions.when_restored(go)
    return give_up


def wish_of(actions: Actions, request: Request, name: str) -> Wish:
    """The wish of `request`, its preset filled in for the role that is meant."""
    wanted = presets.READ_ONLY if request.read_only else request.preset
    found = presets.preset(wanted, actions.state.catalogue.role(name)) if wanted else None
    if found is None:
        return request.wish
    wish = request.wish
    policy = wish.policy or found.wish.policy
    return replace(wish, policy=policy, policy_arns=(*wish.policy_arns, *found.wish.policy_arns))


# --- answered at once ------------------------------------------------------------------


def _listed(actions: Actions, request: Request) -> Reply:
    state, now = actions.state, actions.now()
    roles = [state.catalogue.role(name) for name in state.catalogue.names()]
    rows = [_row(actions, role, now) for role in roles]
    problems = file_problems(state.catalogue)
    out = json.dumps(rows, indent=2) + "\n" if request.json else _list_text(rows, roles)
    return Reply(exit=Exit.LOCAL if problems else Exit.DONE, out=out, err=problems)


def _row(actions: Actions, role: Role, now: float) -> dict[str, str | bool | None]:
    session = actions.state.session(role.name, now)
    permission_set = role.source.get("sso_role_name") if role.is_source else ""
    return {
        "name": role.name,
        "role_arn": (
            str(role.arn) if role.arn else actions.state.catalogue.role_arn_text(role.name)
        )
        or None,
        "account_id": role.account_id or None,
        "permission_set": permission_set or None,
        "partition": role.partition if role.arn or role.mfa_serial or permission_set else None,
        "region": role.region or None,
        "source": role.source.get("sso_session") or role.source.name or None,
        "mfa": role.device or None,
        "state": _state_word(role_state(actions.state, role, now)),
        "expires_at": utc(session.expires_at) if session else None,
        "production": is_production(actions.state.settings, role),
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


def _list_text(rows: list[dict[str, str | bool | None]], roles: list[Role]) -> str:
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


def file_problems(catalogue: Catalogue) -> str:
    """What is wrong with the files as a whole, as lines for stderr."""
    return "".join(visible("\n".join(problem.lines())) + "\n" for problem in catalogue.problems)


def _status(actions: Actions, request: Request) -> Reply:
    now = actions.now()
    sessions = [*actions.state.live(now), *actions.state.narrowed(now)]
    if request.json:
        rows = [
            {
                "name": session.name,
                "role_arn": session.role_arn or None,
                "expires_at": utc(session.expires_at),
                "seconds_left": int(remaining(session, now)),
                "origin": session.origin.value,
                "narrowed": bool(session.scope),
            }
            for session in sessions
        ]
        return Reply(out=json.dumps(rows, indent=2) + "\n")
    if not sessions:
        locked = actions.state.locked
        return Reply(err="Rolecall is locked.\n" if locked else "No session is live.\n")
    lines = [(_shown_name(actions, s), left(s, now), local_time(s.expires_at)) for s in sessions]
    return Reply(out=table(("ROLE", "LEFT", "UNTIL"), lines))


def _shown_name(actions: Actions, session: Session) -> str:
    """``prod-admin (read-only)`` of a narrowed session."""
    if not session.scope:
        return session.name
    catalogue, title = actions.state.catalogue, "narrowed"
    if session.name in catalogue:
        title = presets.name_of(session.scope, catalogue.role(session.name))
    return f"{session.name} ({title})"


def left(session: Session, now: float) -> str:
    """``41 min``, or seconds in the last minute."""
    seconds = int(remaining(session, now))
    return f"{seconds // 60} min" if seconds >= 60 else f"{seconds} s"


def local_time(moment: float) -> str:
    """`moment` as a person's clock shows it."""
    return time.strftime("%H:%M", time.localtime(moment))


def _forgotten(actions: Actions, request: Request) -> Reply:
    if request.everything:
        actions.forget_all()
        return Reply(err="All sessions are forgotten.\n")
    name = is_locked() if actions.state.locked else _held_name(actions, request.role)
    if isinstance(name, Problem):
        return refusal(name)
    known = actions.forget(name)
    said = f"{name} is forgotten." if known else f"{name} had no session."
    return Reply(err=visible(said) + "\n")


def _held_name(actions: Actions, wanted: str) -> str | Problem:
    """The role meant by `wanted`; a session outlives its profile's lines, so its name will do too."""
    state = actions.state
    if any(wanted == name for name, _ in (*state.sessions, *state.shared)):
        return wanted
    return find(state.catalogue, wanted)


def _explained(actions: Actions, request: Request) -> Reply:
    name = find(actions.state.catalogue, request.role)
    if isinstance(name, Problem):
        return refusal(name)
    route = actions.explain(name, wish_of(actions, request, name))
    if isinstance(route, Problem):
        return refusal(route)
    role = actions.state.catalogue.role(name)
    marked = is_production(actions.state.settings, role)
    return Reply(out=visible(_route_text(actions, route)) + (_MARKED if marked else ""))


_MARKED: Final = "It is marked as production.\n"


def _reread(actions: Actions, _request: Request) -> Reply:
    """A command changed the settings file."""
    actions.reread_settings()
    return Reply()


def _trusted(actions: Actions, request: Request) -> Reply:
    """A person saw a line on a terminal and accepted it; without one, they take back all of a role."""
    name = find(actions.state.catalogue, request.role)
    if isinstance(name, Problem):
        return refusal(name)
    catalogue = actions.state.catalogue
    failed: list[Problem] = []
    lines = lines_of(catalogue.profiles, catalogue.role(name))
    if not request.line:
        settings = actions.state.settings
        for line in lines:
            settings = revoke(settings, line.profile, line.key)
        actions.change_settings(settings, failed.append)
        said = f"{name} asks again before a program of its runs."
    else:
        seen = next((line for line in lines if line.digest == request.line), None)
        if seen is None:
            return refusal(line_changed())
        actions.consents.accept_line(seen, failed.append)
        said = f"{seen.profile}: {seen.key} may run from now on."
    return refusal(failed[0]) if failed else Reply(out=visible(said) + "\n")


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


def _route_text(actions: Actions, route: Route) -> str:
    lines = [route.role, f"  {route.source.name}: {_where(route.source)}"]
    lines += [f"  → {_hop_text(hop)}" for hop in route.drawn]
    lines.append("")
    if route.start is not None:
        minutes = left(route.start, actions.now())
        what = "shared session" if route.source.long_lived else f"session of {route.source.name}"
        needless = "no code is needed now" if route.source.long_lived else "it starts from there"
        lines.append(f"The {what} is live for {minutes}: {needless}.")
    elif route.consent is not None:
        lines.append(
            f"Its program runs once you accept the line: rolecall trust {route.source.name}"
        )
    elif route.needs_code:
        lines.append(f"One code of {route.code_serial} is needed.")
        if route.code_serial in actions.state.settings.seeds:
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


# --- answered when a session is there --------------------------------------------------


def _with_session(
    text: Callable[[Actions, Request, Session], Reply],
) -> Callable[[Actions, Request, Replied, str], Callable[[], None]]:
    def later(
        actions: Actions, request: Request, replied: Replied, asker: str
    ) -> Callable[[], None]:
        def done(found: Session | Problem) -> None:
            if isinstance(found, Problem):
                replied(refusal(found))
                return
            try:
                replied(text(actions, request, found))
            except ProblemError as error:
                replied(refusal(error.problem))

        actions.sign_in(request.role, request.wish, done, request.code, asker)
        return lambda: actions.give_up(request.role, request.wish, done)

    return later


def _logged_in(actions: Actions, _request: Request, session: Session) -> Reply:
    until, minutes = local_time(session.expires_at), left(session, actions.now())
    said = f"{_shown_name(actions, session)} is live until {until} ({minutes})."
    if session.packed_policy_size is not None:
        said += f" Its policies and tags take {session.packed_policy_size} % of what AWS allows."
    return Reply(out=visible(said) + "\n")


def _exported(_actions: Actions, request: Request, session: Session) -> Reply:
    return Reply(out=export(session, request.format or "env"))


def _processed(_actions: Actions, _request: Request, session: Session) -> Reply:
    return Reply(out=export(session, "process"))


def _console(
    actions: Actions, request: Request, replied: Replied, asker: str
) -> Callable[[], None]:
    destination = Destination(request.service, request.region, request.destination)

    def done(found: str | Problem) -> None:
        said = _said_loud(actions, request)
        replied(refusal(found) if isinstance(found, Problem) else Reply(out=f"{found}\n", err=said))

    return actions.console(request.role, destination, done, request.wish, request.code, asker)


def _said_loud(actions: Actions, request: Request) -> str:
    """That a federated user's console may do everything, where its policy takes nothing away."""
    if request.role not in actions.state.catalogue:
        return ""
    role, policy = actions.state.catalogue.role(request.role), request.wish.policy
    if role.ending is None or not allows_everything(policy or role.ending.policy):
        return ""
    said = (
        f"The policy of {role.name} allows everything: all that the user of {role.source.name} may."
    )
    return visible(said) + "\n"


_AT_ONCE: Final = {
    "list": _listed,
    "status": _status,
    "forget": _forgotten,
    "explain": _explained,
    "reread": _reread,
    "trust": _trusted,
}
_LATER: Final = {
    "login": _with_session(_logged_in),
    "export": _with_session(_exported),
    "credential-process": _with_session(_processed),
    "console": _console,
}
