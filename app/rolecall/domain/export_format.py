"""Export formats: a Session as text for a shell, a file or a program. Pure; writes nothing anywhere.

Every value is quoted so that nothing in it can run, whatever it holds; what a shell cannot express is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.session import Session

VARIABLES: Final = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
)
"""What an export sets and `--unset` takes back (AWS SDKs and Tools Reference Guide, settings)."""

_HEADER: Final = re.compile(
    r"[^\s\[\]#;\x00-\x1f\x7f](?:[^\[\]#;\x00-\x1f\x7f]*[^\s\[\]#;\x00-\x1f\x7f])?"
)
"""Names that can stand in a section's header as they are, and are read back the same."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_@%+=:,./-]*", re.ASCII)


def utc(moment: float) -> str:
    """`moment` (UTC epoch seconds) as ``2026-11-23T18:00:00Z``, rounded down: never later than true."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def variables(session: Session) -> dict[str, str]:
    """The environment variables that stand for a session; the region only where it is known.

    No token for a user's own keys, which a source may hand over: an empty one is refused by some tools.
    """
    found = {
        "AWS_ACCESS_KEY_ID": session.credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": session.credentials.secret_access_key,
        "AWS_SESSION_TOKEN": session.credentials.session_token,
        "AWS_CREDENTIAL_EXPIRATION": utc(session.expires_at),
    }
    if not session.credentials.session_token:
        del found["AWS_SESSION_TOKEN"]
    if session.region:
        found["AWS_REGION"] = found["AWS_DEFAULT_REGION"] = session.region
    return found


def quote_posix(value: str) -> str:
    """`value` for sh, bash, zsh and dash: always in single quotes (POSIX Shell, 2.2.2)."""
    return "'" + value.replace("'", "'\\''") + "'"


def quote_fish(value: str) -> str:
    """`value` for fish, where a backslash is special inside single quotes too (fish, Quotes)."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def quote_powershell(value: str) -> str:
    """`value` for PowerShell, which takes typographic single quotes for quotes as well (about_Quoting_Rules)."""
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", value) + "'"


def quote_nu(value: str) -> str:
    """`value` for nushell: double quotes with JSON's escapes (Nushell Book, Working with strings)."""
    return json.dumps(value, ensure_ascii=False)


def quote_dotenv(value: str) -> str:
    """`value` for a .env file: bare where it is plain (docker's --env-file knows no quotes)."""
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _refuse_cmd(name: str, value: str) -> str:
    if re.search(r'[\x00-\x1f"%!^&|<>]', value):
        raise ProblemError(
            Problem(
                "not_expressible",
                text(
                    QT_TRANSLATE_NOOP("Problem", "cmd cannot hold the value of {name} safely"),
                    name=name,
                ),
                remedy=text(QT_TRANSLATE_NOOP("Problem", "Use PowerShell or a file instead.")),
                exit=Exit.LOCAL,
            )
        )
    return value


def _no_header() -> Problem:
    # Another name in its place would be somebody else's section, `default` everybody's.
    return Problem(
        "not_expressible",
        text(QT_TRANSLATE_NOOP("Problem", "This name cannot be that of a section in a file")),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Use another format.")),
        exit=Exit.LOCAL,
    )


def _shell(
    line: Callable[[str, str], str], gone: Callable[[str], str] | None = None
) -> Callable[[Session], str]:
    """gone: the line that drops a variable; a token of the role before would not fit these keys."""

    def lines(session: Session) -> str:
        found = [line(name, value) for name, value in variables(session).items()]
        if gone is not None and not session.credentials.session_token:
            found.append(gone("AWS_SESSION_TOKEN"))
        return "".join(each + "\n" for each in found)

    return lines


_UNSET: Final[Mapping[str, Callable[[str], str]]] = {
    "env": lambda n: f"unset {n}",
    "fish": lambda n: f"set -eg {n}",
    "powershell": lambda n: f"Remove-Item Env:{n} -ErrorAction SilentlyContinue",
    "cmd": lambda n: f"set {n}=",
    "nu": lambda n: f"hide-env -i {n}",
}

_HIDDEN: Final = "__rolecall_hidden"
_PROFILES: Final = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")


def _drop_fish(name: str, profile: str = "") -> str:
    """A universal variable belongs to all shells, for good: an exported global one hides it in this one.

    Fish exports it whenever no other is exported, so it is hidden by an empty one, which counts as none.
    But botocore looks for a profile without a name: those are hidden by that of the role, or left.
    """
    gone = f"set -eg {name}"
    if name in _PROFILES and not profile:
        return gone
    value = f" {quote_fish(profile)}" if name in _PROFILES else ""
    hide = f"set -gx {name}{value}; set -ga {_HIDDEN} {name}"
    return f"{gone}; if set -qU {name}; {hide}; end"


_SHOW_AGAIN: Final = {
    "fish": f'for v in ${_HIDDEN}; if contains -- "$$v" \'\' "$ROLECALL_ROLE"; set -eg $v; end; end; '
    f"set -eg {_HIDDEN}"
}
"""The line that begins an `--unset`, where dropping hides: what the person has set since stays."""


def _process(session: Session) -> dict[str, object]:
    """The answer of a credential_process (AWS SDKs and Tools Reference Guide, Process credential provider)."""
    return {"Version": 1, **_parts(session), "Expiration": utc(session.expires_at)}


def _parts(session: Session) -> dict[str, object]:
    found: dict[str, object] = {
        "AccessKeyId": session.credentials.access_key_id,
        "SecretAccessKey": session.credentials.secret_access_key,
    }
    if session.credentials.session_token:
        found["SessionToken"] = session.credentials.session_token
    return found


def _account(session: Session) -> str | None:
    parts = (session.role_arn or session.arn).split(":")
    return parts[4] if len(parts) > 5 else None


def _json(session: Session) -> str:
    more = {
        "name": session.name,
        "role_arn": session.role_arn or None,
        "account_id": _account(session),
        "region": session.region or None,
    }
    return json.dumps(_process(session) | more, indent=2) + "\n"


def _sts(session: Session) -> str:
    found: dict[str, object] = {
        "Credentials": {
            **_parts(session),
            "Expiration": utc(session.expires_at).replace("Z", "+00:00"),
        }
    }
    if session.arn:
        found["AssumedRoleUser"] = {"AssumedRoleId": session.user_id, "Arn": session.arn}
    return json.dumps(found, indent=4) + "\n"


def _ini(session: Session) -> str:
    if not _HEADER.fullmatch(session.name):
        raise ProblemError(_no_header())
    lines = [
        f"[{session.name}]",
        f"aws_access_key_id = {session.credentials.access_key_id}",
        f"aws_secret_access_key = {session.credentials.secret_access_key}",
    ]
    if session.credentials.session_token:
        lines.append(f"aws_session_token = {session.credentials.session_token}")
    if session.region:
        lines.append(f"region = {session.region}")
    return "\n".join(lines) + "\n"


_FORMATS: Final[Mapping[str, Callable[[Session], str]]] = {
    "env": _shell(lambda n, v: f"export {n}={quote_posix(v)}", _UNSET["env"]),
    "fish": _shell(lambda n, v: f"set -gx {n} {quote_fish(v)}", _drop_fish),
    "powershell": _shell(lambda n, v: f"$Env:{n} = {quote_powershell(v)}", _UNSET["powershell"]),
    "cmd": _shell(lambda n, v: f'set "{n}={_refuse_cmd(n, v)}"', _UNSET["cmd"]),
    "nu": _shell(lambda n, v: f"$env.{n} = {quote_nu(v)}", _UNSET["nu"]),
    "dotenv": _shell(lambda n, v: f"{n}={quote_dotenv(v)}"),
    "json": _json,
    "ini": _ini,
    "process": lambda session: json.dumps(_process(session)) + "\n",
    "sts": _sts,
}

FORMATS: Final = tuple(_FORMATS)
"""Names of all formats: the values of `rolecall export --format`."""

UNSETTABLE: Final = tuple(_UNSET)
"""Names of the formats that have an `--unset` form."""


def export(session: Session, name: str) -> str:
    """`session` in the format `name`, ending in a newline.

    Raises KeyError for an unknown format, ProblemError for a value that the format cannot hold.
    """
    return _FORMATS[name](session)


def drop(name: str, variables: Iterable[str], profile: str = "") -> str:
    """Lines that keep `variables` of another identity from what this shell starts. Raises KeyError as `unset`.

    profile: the name of the role that takes its place, where it is known. Names of variables that no shell
    could have set are left alone: they could hold anything.
    """
    line = partial(_drop_fish, profile=profile) if name == "fish" else _UNSET[name]
    return "".join(f"{line(v)}\n" for v in variables if v.isascii() and v.isidentifier())


def unset(name: str, more: Iterable[str] = ()) -> str:
    """Lines that take an export and `more` back. Raises KeyError where the format has no such thing."""
    line, again = _UNSET[name], _SHOW_AGAIN.get(name)
    lines = [line(variable) for variable in (*VARIABLES, *more)]
    return "".join(f"{one}\n" for one in (*([again] if again else []), *lines))
