"""shell-init in the real shells: `rc` switches, names complete, and no name of a role ever runs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from blackbox.commands import Terminal
from blackbox.program import AWS, PROGRAM, Demo, plain_environment, run
from rolecall.domain.export_format import quote_fish, quote_posix

ROLE = "prod-readonly"
HOSTILE = [
    "zz $(touch pwned)",
    "zz`touch pwned`",
    "zz; touch pwned",
    "zz' || touch pwned; '",
    "zz&touch pwned",
    "zz|touch pwned",
    "zz>pwned",
    "zz${IFS}touch",
    "zz*",
    "zz\\",
    "zz%F{red}",
    "zz:a=b@c",
    "zz한글",
    "zz!!",
    "zz~",
]
LOAD = {
    "bash": 'eval "$(rolecall shell-init bash)"',
    "zsh": 'eval "$(rolecall shell-init zsh)"',
    "fish": "rolecall shell-init fish | source",
}
COMMANDS = {
    "bash": ("bash", "--norc", "--noprofile"),
    "zsh": ("zsh", "-f"),
    "fish": ("fish", "--no-config"),
}
QUOTE = {"bash": quote_posix, "zsh": quote_posix, "fish": quote_fish}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """A person with `rolecall` on the path and roles whose names would love to be code."""
    environ = plain_environment(tmp_path) | demo.exports
    config = tmp_path / "config"
    sections = "".join(
        f'[profile "{_in_header(name)}"]\nrole_arn = arn:aws:iam::222222222222:role/ReadOnly\n'
        "source_profile = build\n"
        for name in HOSTILE
    )
    config.write_text(Path(environ["AWS_CONFIG_FILE"]).read_text() + sections)
    return environ | {
        "AWS_CONFIG_FILE": str(config),
        "PATH": f"{Path(PROGRAM).parent}:/usr/bin:/bin",
    }


def _in_header(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def shell(environ: dict[str, str], name: str, script: str, said: str = "") -> str:
    """What a real shell prints that has loaded the functions; `said` is on stderr, or nothing."""
    home = Path(environ["HOME"])
    (home / "script").write_text(f"{LOAD[name]}\n{script}\n")
    done = subprocess.run(
        [*COMMANDS[name], str(home / "script")],
        env=environ,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said in done.stderr if said else not done.stderr, done.stderr
    return done.stdout


def test_every_hostile_name_is_a_role(alone: dict[str, str]) -> None:
    """Else the tests below would prove nothing."""
    assert set(HOSTILE) <= {row["name"] for row in run(alone, "list", "--json").json}


@pytest.mark.parametrize("name", COMMANDS)
def test_rc_switches_and_leaves(alone: dict[str, str], name: str) -> None:
    """The shell's programs are the role, then nobody; what was exported before is gone."""
    arn = f"'{AWS}' sts get-caller-identity --query Arn --output text"
    script = "\n".join(
        [
            f"rc {ROLE}",
            'echo "$RC_PROMPT|$AWS_REGION|$AWS_PROFILE"',
            arn,
            f"rc {HOSTILE[12]}",
            'echo "$ROLECALL_ROLE"',
            "rc --unset",
            'echo "$RC_PROMPT|$AWS_ACCESS_KEY_ID|$AWS_REGION|$ROLECALL_ROLE"',
        ]
    )
    lines = shell(alone | {"AWS_PROFILE": "sandbox-admin"}, name, script).splitlines()
    assert lines[0] in {f"{ROLE} 60 min|eu-central-1|", f"{ROLE} 59 min|eu-central-1|"}
    assert "assumed-role/ReadOnly/" in lines[1]
    assert lines[2:] == [HOSTILE[12], "|||"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_role_that_cannot_be_taken_changes_nothing(alone: dict[str, str], name: str) -> None:
    """The code of the command comes back, and the shell is who it was."""
    status = "$status" if name == "fish" else "$?"
    script = f'rc {ROLE}\nrc nobody\necho "{status}|$ROLECALL_ROLE"\nrc 2>/dev/null\necho {status}'
    assert shell(alone, name, script, "no role called").splitlines() == [f"3|{ROLE}", "2"]


@pytest.mark.parametrize("name", COMMANDS)
def test_rc_takes_a_code(alone: dict[str, str], demo: Demo, name: str) -> None:
    """The common flags go through."""
    script = f'rc prod-admin --mfa-code {demo.fresh_code()} --duration 900; echo "$ROLECALL_ROLE"'
    assert shell(alone, name, script) == "prod-admin\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_name_runs_when_it_is_switched_to(alone: dict[str, str], name: str) -> None:
    """Name, prompt and variables of each, by way of the real `rc`."""
    chosen = HOSTILE[::3]
    script = "\n".join(
        f"rc {QUOTE[name](role)}; printf '%s\\n' \"$ROLECALL_ROLE|$RC_PROMPT\"" for role in chosen
    )
    shown = shell(alone, name, script).splitlines()
    for role, line in zip(chosen, shown, strict=True):
        in_prompt = role.replace("%", "%%") if name == "zsh" else role
        assert line.startswith(f"{role}|{in_prompt} ")
        assert line.endswith(" min")
    assert not list(Path(alone["HOME"]).rglob("*pwned*"))


# --- completion -------------------------------------------------------------------------------------------


def test_what_bash_completes_is_the_name_again(alone: dict[str, str]) -> None:
    """Each offer, put on a command line and read by the shell, is the very name."""
    script = """
for typed in zz 'zz\\ ' prod-r; do
    COMP_LINE="rc $typed" COMP_WORDS=(rc "$typed") COMP_CWORD=1 COMP_POINT=$((3 + ${#typed}))
    _rc
    for offer in "${COMPREPLY[@]}"; do eval "words=($offer)"; printf '%s|%s\\n' "${#words[@]}" "${words[0]}"; done
done
"""
    (Path(alone["HOME"]) / "zz-file").touch()
    shown = shell(alone, "bash", script).splitlines()
    assert shown == [f"1|{name}" for name in [*HOSTILE, HOSTILE[0], ROLE]]
    assert not list(Path(alone["HOME"]).rglob("*pwned*"))


def test_inside_open_quotes_bash_offers_only_plain_names(alone: dict[str, str]) -> None:
    script = """
for typed in '"zz' "'zz" '"prod-r'; do
    COMP_LINE="rc $typed" COMP_WORDS=(rc "$typed") COMP_CWORD=1 COMP_POINT=$((3 + ${#typed}))
    _rc; printf '%s\\n' "${COMPREPLY[@]}" --
done
"""
    assert shell(alone, "bash", script).split() == [*["zz:a=b@c", "--"] * 2, ROLE, "--"]


def test_bash_completes_behind_a_colon(alone: dict[str, str]) -> None:
    """It splits words there, and wants only what comes after; not where the person told it otherwise."""
    script = """
COMP_LINE='rc zz:a' COMP_WORDS=(rc zz : a) COMP_CWORD=3 COMP_POINT=7
_rc; printf '%s\\n' "${COMPREPLY[@]}"
COMP_LINE='rc zz:' COMP_WORDS=(rc zz :) COMP_CWORD=2 COMP_POINT=6
_rc; printf '%s\\n' "${COMPREPLY[@]}"
COMP_LINE='rolecall exec zz:a=b' COMP_WORDS=(rolecall exec zz : a = b) COMP_CWORD=6 COMP_POINT=20
_rc_rolecall; printf '%s\\n' "${COMPREPLY[@]}"
COMP_LINE='rc zz x' COMP_WORDS=(rc zz x) COMP_CWORD=2 COMP_POINT=7
_rc; printf '%s\\n' "${#COMPREPLY[@]}"
COMP_WORDBREAKS=' '
COMP_LINE='rc zz:a' COMP_WORDS=(rc zz:a) COMP_CWORD=1 COMP_POINT=7
_rc; printf '%s\\n' "${COMPREPLY[@]}"
"""
    offers = ["a=b@c", "a=b@c", "b@c", "0", "zz:a=b@c"]
    assert shell(alone, "bash", script).splitlines() == offers


@contextmanager
def at_terminal(alone: dict[str, str], name: str) -> Iterator[Terminal]:
    """The shell as a person has it, the functions loaded."""
    environ = alone | {"TERM": "xterm", "COLUMNS": "200"}
    terminal = Terminal(environ, (*COMMANDS[name], "-i"))
    try:
        if name == "zsh":
            terminal.type("autoload -Uz compinit; compinit -D -u\n")
        terminal.type(f"cd {alone['HOME']}; {LOAD[name]}; echo loa''ded\n")
        terminal.wait_for("loaded")
        yield terminal
    finally:
        terminal.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_rc_asks_for_a_code_on_the_terminal(alone: dict[str, str], demo: Demo, name: str) -> None:
    """Though the shell reads what the command prints."""
    with at_terminal(alone, name) as terminal:
        terminal.type("rc prod-admin; echo now''-$ROLECALL_ROLE-\n")
        terminal.wait_for("for prod-admin: ")
        terminal.type(f"{demo.fresh_code()}\n")
        terminal.wait_for("now-prod-admin-")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_tab_key(alone: dict[str, str], name: str) -> None:
    """On a terminal: what Tab puts there is switched to, and does not run."""
    with at_terminal(alone, name) as terminal:
        for typed, role in (("prod-r", ROLE), ("zz\\ ", HOSTILE[0]), ("zz\\;", HOSTILE[2])):
            terminal.type(f"rc {typed}\t; echo now''-$ROLECALL_ROLE-\n")
            terminal.wait_for(f"now-{role}-")
    assert not list(Path(alone["HOME"]).rglob("*pwned*"))


def test_fish_offers_names_and_commands(alone: dict[str, str]) -> None:
    script = "complete -C 'rc zz'; echo ==; complete -C 'rolecall exec prod-r'; complete -C 'rolecall shell'"
    offers, rest = shell(alone, "fish", script).split("==\n")
    assert sorted(offers.splitlines()) == sorted(HOSTILE)
    assert rest.split() == [ROLE, "shell-init"]


def test_zsh_offers_names_and_commands(alone: dict[str, str]) -> None:
    script = """
compadd() { shift $@[(i)--]; print -rl -- "$@" }
words=(rc zz) CURRENT=2; _rc; print -- --
words=(rolecall exec prod-r) CURRENT=3; _rc_rolecall; print -- --
words=(rolecall ex) CURRENT=2; _rc_rolecall
"""
    names, same, commands = (
        part.splitlines() for part in shell(alone, "zsh", script).split("--\n")
    )
    assert set(HOSTILE) | {ROLE} <= set(names)
    assert names == same
    assert {"exec", "shell-init"} <= set(commands)


def test_an_unknown_shell_is_a_matter_of_usage(alone: dict[str, str]) -> None:
    done = run(alone, "shell-init", "tcsh")
    assert (done.code, done.out) == (2, "")
    assert "fish" in done.err
