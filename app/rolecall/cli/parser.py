"""The command line's grammar: commands, flags and their limits. A contract with people's fingers."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall import __version__
from rolecall.cli.given import GivenParser, given
from rolecall.cli.own_grammar import own_commands
from rolecall.domain.export_format import FORMATS
from rolecall.domain.presets import NAMES

if TYPE_CHECKING:
    from rolecall.cli.journal import Since

IMPORTED = ("leapp", "aws-vault", "extend-switch-roles", "logsmith", "granted", "aws-sso-cli")
"""Tools whose roles can be taken over; storage/import_file.py reads them."""

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def duration(typed: str) -> int:
    """Seconds of ``3600``, ``90m`` or ``12h``. Raises ArgumentTypeError."""
    found = re.fullmatch(r"(\d{1,6})([smh]?)", typed, re.ASCII)
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 900 <= seconds <= 129600:
        raise argparse.ArgumentTypeError("900 to 129600 seconds, or as 90m, 12h")
    return seconds


def policy(typed: str) -> str:
    """A session policy as it is, or the content of the file named by ``@FILE`` or ``file://FILE``."""
    name = typed[1:] if typed.startswith("@") else typed.removeprefix("file://")
    if name == typed:
        return typed
    try:
        return Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise argparse.ArgumentTypeError(f"cannot read {name}") from None


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    top: argparse.ArgumentParser = GivenParser(
        prog="rolecall",
        description="A desktop AWS role switcher. Without a command it starts, or raises the running one.",
    )
    top.add_argument("--version", action="version", version=f"rolecall {__version__}")
    top.add_argument(
        "--minimized", action="store_true", help="start in the tray, without the window"
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    demo = commands.add_parser(
        "demo", help="try everything with an AWS of its own, on this machine"
    )
    demo.add_argument(
        "--headless", action="store_true", help="serve it for tests and scripts until stopped"
    )
    demo.add_argument(
        "--tour", action="store_true", help="the main job in the terminal, as without a screen"
    )
    for name, text in (
        ("list", "every profile that can give credentials"),
        ("status", "live sessions and what is left of them"),
    ):
        commands.add_parser(name, help=text).add_argument("--json", action="store_true")
    _journal(commands)
    _sessions(commands)
    _files(commands)
    _roles(commands)
    own_commands(commands)
    _identity_center(commands)
    forget = commands.add_parser("forget", help="drop the session of a role, or all")
    which = forget.add_mutually_exclusive_group(required=True)
    which.add_argument("role", metavar="ROLE", nargs="?")
    which.add_argument("--all", action="store_true", dest="everything")
    return top


def _journal(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    journal = commands.add_parser("journal", help="who asked for which role, and what came of it")
    form = journal.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--csv", action="store_true")
    journal.add_argument("--role", default="", metavar="ROLE", help="its name, or a part of it")
    journal.add_argument("--since", type=_since, metavar="TIME", help="as 7d, 12h or 2026-11-23")
    journal.add_argument("--search", default="", metavar="TEXT", help="words that all have to fit")


def _since(typed: str) -> Since:
    from rolecall.cli.journal import Since

    return Since(typed)


def _sessions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    login = commands.add_parser("login", help="get a session")
    export = commands.add_parser("export", help="credentials as text for a shell or a program")
    export.add_argument("--format", choices=FORMATS, default="env", help="default: bash and zsh")
    export.add_argument("--unset", action="store_true", help="lines that take the export back")
    process = commands.add_parser(
        "credential-process", help="the answer AWS tools ask a program for"
    )
    console = commands.add_parser("console", help="open the AWS console")
    where = console.add_mutually_exclusive_group()
    where.add_argument("--service", default="", help="such as ec2, s3, cloudwatch")
    where.add_argument("--destination", default="", metavar="URL", help="a page of the console")
    console.add_argument("--region", default="")
    console.add_argument("--print", action="store_true", dest="show", help="print the sign-in URL")
    explain = commands.add_parser("explain", help="the way to a role, and why this one")
    run = commands.add_parser(
        "exec",
        help="run a command as a role, with a clean AWS environment",
        usage="rolecall exec ROLE [options] -- COMMAND [ARGUMENT …]",
    )
    run.add_argument(
        "--container-endpoint",
        action="store_true",
        help="serve the command credentials that renew themselves, in place of keys",
    )
    shell = commands.add_parser("shell-init", help="the rc function and completion of a shell")
    shell.add_argument("shell", choices=("bash", "zsh", "fish"))
    shell.add_argument("--unset", action="store_true", help="lines that `rc --unset` runs")
    trust = commands.add_parser(
        "trust", help="see the exact line of a role that starts a program, and accept it"
    )
    trust.add_argument("role", metavar="ROLE")
    trust.add_argument("--revoke", action="store_true", help="be asked about it again")
    for one in (login, export, console, explain, run, shell):
        _common(one)
    for one in (login, process, console, explain, run):
        one.add_argument("role", metavar="ROLE")
    export.add_argument("role", metavar="ROLE", nargs="?")
    shell.add_argument("role", metavar="ROLE", nargs="?", help="lines that `rc ROLE` runs")


def _files(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    wire = commands.add_parser(
        "wire", help="a profile in the AWS config file whose credential_process asks Rolecall"
    )
    write = commands.add_parser("write", help="credentials as a profile of the credentials file")
    _common(write)
    for one in (wire, write):
        one.add_argument("role", metavar="ROLE")
        one.add_argument("--profile", metavar="NAME", help="default: ROLE-rolecall")
    for name in ("unwire", "unwrite"):
        undo = commands.add_parser(name, help=f"take out what “{name[2:]}” put in")
        undo.add_argument("profile", metavar="NAME", type=given)


def _roles(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    role = commands.add_parser("role", help="your own roles: in no AWS file, kept in roles.toml")
    verbs = role.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="all of them").add_argument("--json", action="store_true")
    add = verbs.add_parser("add", help="add one", usage="rolecall role add NAME KEY=VALUE …")
    add.add_argument("name", metavar="NAME")
    add.add_argument("keys", metavar="KEY=VALUE", nargs="+", help="as role_arn=… source_profile=…")
    add.add_argument("--replace", action="store_true", help="change the one of this name")
    verbs.add_parser("remove", help="remove one").add_argument("name", metavar="NAME")
    export = verbs.add_parser("export", help="write them into the AWS config file, for other tools")
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("name", metavar="NAME", nargs="?")
    which.add_argument("--all", action="store_true", dest="everything")
    export.add_argument("--undo", action="store_true", help="take out what an export put in")
    _import(verbs.add_parser("import", help="take over the roles of another tool"))


def _identity_center(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    one = commands.add_parser(
        "identity-center", help="what you may use at an IAM Identity Center; roles made of it"
    )
    one.add_argument(
        "portal", metavar="START_URL", help="or the name of an sso-session of the AWS config file"
    )
    one.add_argument("--region", default="", metavar="R", help="where Identity Center was set up")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="accounts and permission sets (default)")
    what.add_argument(
        "--add",
        nargs="+",
        default=[],
        metavar="PATTERN",
        help="make own roles of what fits, as 'payments*/ReadOnly' or '*'",
    )
    what.add_argument("--sign-out", action="store_true", help="end the sign-in, for all AWS tools")
    one.add_argument(
        "--write-config", action="store_true", help="with --add: profiles for other tools as well"
    )
    one.add_argument("--device-code", action="store_true", help="show a code, open no browser")
    one.add_argument("--json", action="store_true")


def _import(one: argparse.ArgumentParser) -> None:
    one.add_argument("tool", choices=IMPORTED)
    one.add_argument("file", metavar="FILE", nargs="?", type=Path, help="default: where it lies")
    one.add_argument("--source", default="", metavar="PROFILE", help="for roles that name none")
    one.add_argument(
        "--mfa-serial", default="", metavar="ARN", help="for roles that start from a key"
    )
    one.add_argument("--prefix", default="", metavar="TEXT", help="goes before every name")
    how = one.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="show what would be added")
    how.add_argument("--yes", action="store_true", help="add without asking")


def _common(one: argparse.ArgumentParser) -> None:
    codes = one.add_mutually_exclusive_group()
    codes.add_argument(
        "--mfa-code", metavar="N", help="six digits; other users may see it, so prefer:"
    )
    codes.add_argument("--mfa-stdin", action="store_true", help="read the code from standard input")
    one.add_argument(
        "--policy", type=policy, default="", metavar="JSON", help="narrow it; @FILE reads one"
    )
    one.add_argument(
        "--policy-arn",
        action="append",
        type=given,
        default=[],
        metavar="ARN",
        dest="policy_arns",
    )
    named = one.add_mutually_exclusive_group()
    named.add_argument("--read-only", action="store_true", help="narrow it to AWS's ReadOnlyAccess")
    named.add_argument("--preset", choices=NAMES, default="", help="narrow it by a named policy")
    one.add_argument(
        "--saml-response",
        metavar="FILE",
        help="what the browser sent to AWS: a saved page, HAR or text; - reads standard input",
    )
    one.add_argument("--duration", type=duration, metavar="TIME", help="seconds, or as 90m, 12h")
