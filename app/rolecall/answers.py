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
from rolecall.domain import named, presets
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.explanation import explanation, in_time
from rolecall.domain.export_format import export
from rolecall.domain.find import find
from rolecall.domain.hops import allows_everything
from rolecall.domain.listing import left, list_text, role_row, session_row, shown_name
from rolecall.domain.lock import is_locked
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.production import is_production
from rolecall.domain.proof import Proof
from rolecall.domain.role import SourceKind
from rolecall.domain.route import Wish
from rolecall.domain.saml_problems import choose_one, not_needed
from rolecall.domain.session import Origin, Session
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


def not_found(actions: Actions, problem: Problem) -> Reply:
    """A refusal; that of a name nobody has also names a broken file, which may hold it."""
    broken = file_problems(actions.state.catalogue)
    if problem.code != "no_such_role" or not broken:
        return refusal(problem)
    found = refusal(problem)
    return replace(found, exit=Exit.LOCAL, err=found.err + broken)


def unknown_in(request: Request) -> Problem | None:
    """What is wrong with a request whoever answers it, or None."""
    return named.unknown(request.format, request.preset, request.wish.duration_seconds)


def answer(
    actions: Actions, request: Request, replied: Replied, asker: str = ""
) -> Callable[[], None]:
    """Answer `request` to `replied`, now or when a person or AWS has. Returns how to give up waiting."""
    unknown = unknown_in(request)
    if unknown is not None:
        replied(refusal(unknown))
        return _nothing
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
        replied(not_found(actions, name))
        return _nothing
    wish = wish_of(actions, request, name)
    if isinstance(wish, Problem):
        replied(refusal(wish))
        return _nothing
    meant = replace(request, role=name, wish=wish)

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


def wish_of(actions: Actions, request: Request, name: str) -> Wish | Problem:
    """The wish of `request`, its preset filled in for the role that is meant."""
    wanted = presets.READ_ONLY if request.read_only else request.preset
    asks_for_itself = request.wish.duration_seconds is not None and request.verb != "login"
    wish = replace(request.wish, beside=asks_for_itself)
    if not wanted:
        return wish
    found = presets.preset(wanted, actions.state.catalogue.role(name))
    if found is None:
        return presets.no_region(name)
    return replace(wish, policy=found.wish.policy, policy_arns=found.wish.policy_arns)


# --- answered at once ------------------------------------------------------------------


def _listed(actions: Actions, request: Request) -> Reply:
    state, now = actions.state, actions.now()
    roles = [state.catalogue.role(name) for name in state.catalogue.names()]
    rows = [role_row(state, role, now) for role in roles]
    problems = file_problems(state.catalogue)
    out = json.dumps(rows, indent=2) + "\n" if request.json else list_text(rows, roles)
    return Reply(exit=Exit.LOCAL if problems else Exit.DONE, out=out, err=problems)


def file_problems(catalogue: Catalogue) -> str:
    """What is wrong with the files as a whole, as lines for stderr."""
    return "".join(visible("\n".join(problem.lines())) + "\n" for problem in catalogue.problems)


def _status(actions: Actions, request: Request) -> Reply:
    now = actions.now()
    sessions = [*actions.state.live(now), *actions.state.narrowed(now)]
    if request.json:
        rows = [session_row(session, now) for session in sessions]
        return Reply(out=json.dumps(rows, indent=2) + "\n")
    if not sessions:
        locked = actions.state.locked
        return Reply(err="Rolecall is locked.\n" if locked else "No session is live.\n")
    lines = [
        (
            shown_name(actions.state.catalogue, session),
            left(session, now),
            local_time(session.expires_at),
        )
        for session in sessions
    ]
    return Reply(out=table(("ROLE", "LEFT", "UNTIL"), lines))


def local_time(moment: float) -> str:
    """`moment` as a person's clock shows it."""
    return time.strftime("%H:%M", time.localtime(moment))


def _forgotten(actions: Actions, request: Request) -> Reply:
    if request.everything:
        actions.forget_all()
        return Reply(err="All sessions are forgotten.\n")
    name = is_locked() if actions.state.locked else _held_name(actions, request.role)
    if isinstance(name, Problem):
        return not_found(actions, name)
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
        return not_found(actions, name)
    wish = wish_of(actions, request, name)
    try:
        proof = _proof_brought(actions, request, name) if request.saml_response else None
    except ProblemError as error:
        return refusal(error.problem)
    route = wish if isinstance(wish, Problem) else actions.explain(name, wish, proof)
    if isinstance(route, Problem):
        return refusal(route)
    state = actions.state
    said = visible(explanation(route, state.settings, actions.now()))
    marked = is_production(state.settings, state.catalogue.role(name))
    return Reply(out=said + (_MARKED if marked else ""))


def _proof_brought(actions: Actions, request: Request, name: str) -> Proof:
    """What the response that came along says; nobody is signed in by it. Raises ProblemError."""
    from rolecall.domain import saml_proof  # with all that reads a response: few need it

    source = actions.state.catalogue.role(name).source
    if source.kind is not SourceKind.SAML:
        raise ProblemError(not_needed(name))
    proof = saml_proof.read(source, request.saml_response, actions.now())
    if saml_proof.undecided(source, proof):
        accounts = saml_proof.accounts_of(proof, actions.state.settings.accounts)
        raise ProblemError(choose_one(saml_proof.roles_of(proof), accounts))
    return proof


_MARKED: Final = "It is marked as production.\n"


def _reread(actions: Actions, _request: Request) -> Reply:
    """A command changed the settings file."""
    actions.reread_settings()
    return Reply()


def _trusted(actions: Actions, request: Request) -> Reply:
    """A person saw a line on a terminal and accepted it; without one, they take back all of a role."""
    name = find(actions.state.catalogue, request.role)
    if isinstance(name, Problem):
        return not_found(actions, name)
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


# --- answered when a session is there --------------------------------------------------


def _with_session(
    text: Callable[[Actions, Request, Session], Reply],
) -> Callable[[Actions, Request, Replied, str], Callable[[], None]]:
    def later(
        actions: Actions, request: Request, replied: Replied, asker: str
    ) -> Callable[[], None]:
        def done(found: Session | Problem) -> None:
            if isinstance(found, Problem):
                replied(not_found(actions, found))
                return
            try:
                replied(text(actions, request, found))
            except ProblemError as error:
                replied(refusal(error.problem))

        actions.sign_in(request.role, request.wish, done, request.code, asker)
        return lambda: actions.give_up(request.role, request.wish, done)

    return later


def _logged_in(actions: Actions, request: Request, session: Session) -> Reply:
    until, minutes = local_time(session.expires_at), left(session, actions.now())
    said = f"{shown_name(actions.state.catalogue, session)} is live until {until} ({minutes})."
    if session.packed_policy_size is not None:
        said += f" Its policies and tags take {session.packed_policy_size} % of what AWS allows."
    return Reply(out=visible(said) + "\n", err=_other_life(request.wish, session))


def _other_life(wish: Wish, session: Session) -> str:
    """That the session lives another time than was asked for, where it does."""
    asked, lives = wish.duration_seconds, session.lifetime
    if asked is None or abs(lives - asked) < 60:
        return ""
    who = "It lives" if session.origin is Origin.RESOLVED else "AWS decided on"
    return f"{in_time(asked)} were asked for. {who} {round(lives / 60)} min; “explain” says why.\n"


def _exported(_actions: Actions, request: Request, session: Session) -> Reply:
    return Reply(out=export(session, request.format or "env"))


def _processed(_actions: Actions, _request: Request, session: Session) -> Reply:
    return Reply(out=export(session, "process"))


def _console(
    actions: Actions, request: Request, replied: Replied, asker: str
) -> Callable[[], None]:
    destination = Destination(request.service, request.region, request.destination)

    def done(found: str | Problem) -> None:
        if isinstance(found, Problem):
            replied(not_found(actions, found))
        else:
            replied(Reply(out=f"{found}\n", err=_said_loud(actions, request)))

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
