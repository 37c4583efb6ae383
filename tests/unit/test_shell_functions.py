"""The printed shell functions in the real shells: the minutes are right, and a prompt starts no process."""

from __future__ import annotations

import argparse
import random
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rolecall.cli.parser import parser
from rolecall.cli.shell_functions import FUNCTIONS
from rolecall.cli.shell_init import left, switched
from rolecall.domain.export_format import utc
from unit.test_export_format import HOSTILE

SHELLS = {
    "bash": ("bash", "--norc", "--noprofile"),
    "zsh": ("zsh", "-f"),
    "fish": ("fish", "--no-config"),
}
STAND_STILL = {
    "bash": "unset EPOCHSECONDS; EPOCHSECONDS={now}",
    "zsh": "zmodload -u zsh/datetime 2>/dev/null; EPOCHSECONDS={now}",
    "fish": "function __rc_uptime; echo 0; end; set -g __rc_boot {now}",
}
"""The shell's clock, held at a moment."""
STRACE = ("strace", "-f", "-qq", "-e", "trace=execve,fork,vfork,clone,clone3")
SET = {
    "bash": "export {name}={value}",
    "zsh": "export {name}={value}",
    "fish": "set -gx {name} {value}",
}


def shell(name: str, script: str, folder: Path, **environ: str) -> str:
    """What a real shell prints, with the functions loaded before the script."""
    (folder / "functions").write_text(FUNCTIONS[name])
    (folder / "script").write_text(f"source {folder}/functions\n{script}\n")
    done = subprocess.run(
        [*SHELLS[name], str(folder / "script")],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8", **environ},
        cwd=folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def setting(name: str, **values: object) -> str:
    return "; ".join(SET[name].format(name=key, value=value) for key, value in values.items())


MOMENTS = [
    datetime(year, month, day, hour, 59, 58, tzinfo=UTC)
    for year in (1999, 2000, 2026, 2028, 2100, 2399)
    for month, day in ((1, 1), (2, 28), (3, 1), (8, 9), (12, 31))
    for hour in (0, 8, 23)
]


@pytest.mark.parametrize("name", SHELLS)
def test_minutes_are_counted_as_the_calendar_has_them(name: str, tmp_path: Path) -> None:
    """Across leap years, month ends and the zeros that a shell takes for octal numbers."""
    chance = random.Random(7)
    lines, expected = [], []
    for end in (moment.timestamp() for moment in MOMENTS):
        seconds = chance.randint(1, 43200)
        lines += [
            STAND_STILL[name].format(now=int(end) - seconds),
            setting(name, ROLECALL_ROLE="dev", AWS_CREDENTIAL_EXPIRATION=utc(end)),
            'rc_prompt; echo "$RC_PROMPT|$RC_MINUTES"',
        ]
        expected.append(f"dev {seconds // 60} min|{seconds // 60}")
    assert shell(name, "\n".join(lines), tmp_path).splitlines() == expected


@pytest.mark.parametrize("name", SHELLS)
def test_what_a_prompt_says(name: str, tmp_path: Path) -> None:
    """Nothing without a role; the role alone where no end is known; an end that has come."""
    show = 'rc_prompt; echo "$RC_PROMPT|$RC_MINUTES"'
    still = STAND_STILL[name].format(now=1_800_000_000)
    role = setting(name, ROLECALL_ROLE="dev")
    at_end = setting(name, AWS_CREDENTIAL_EXPIRATION=utc(1_800_000_000))
    garbage = setting(name, AWS_CREDENTIAL_EXPIRATION="'x[$(touch pwned)]'")
    script = f"{still}\n{show}\n{role}\n{show}\n{at_end}\n{show}\n{garbage}\n{show}"
    assert shell(name, script, tmp_path).splitlines() == ["|", "dev|", "dev expired|0", "dev|"]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", SHELLS)
def test_the_shells_own_clock_is_read(name: str, tmp_path: Path) -> None:
    now = datetime.now(UTC).timestamp()
    set_up = setting(name, ROLECALL_ROLE="dev", AWS_CREDENTIAL_EXPIRATION=utc(now + 1230))
    assert shell(name, f'{set_up}; rc_prompt; echo "$RC_MINUTES"', tmp_path).strip() == "20"


@pytest.mark.parametrize("name", SHELLS)
def test_a_prompt_starts_no_process(name: str, tmp_path: Path) -> None:
    """Thirty prompts start as many processes as none."""
    set_up = setting(name, ROLECALL_ROLE="dev", AWS_CREDENTIAL_EXPIRATION=utc(4_000_000_000))
    counts = []
    for prompts in (0, 30):
        script = tmp_path / "script"
        script.write_text("\n".join([FUNCTIONS[name], set_up, *["rc_prompt"] * prompts, ""]))
        record = tmp_path / "record"
        subprocess.run(
            [*STRACE, "-o", record, *SHELLS[name], str(script)],
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            timeout=60,
            check=True,
        )
        lines = record.read_text().splitlines()
        counts.append(len([line for line in lines if "(" in line and "CLONE_THREAD" not in line]))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize("name", SHELLS)
def test_a_prompt_keeps_the_code_of_the_last_command(name: str, tmp_path: Path) -> None:
    """Bash hands it from one prompt command to the next; fish and zsh see to it by themselves."""
    if name != "fish":
        assert shell(name, "(exit 7); rc_prompt; echo $?", tmp_path) == "7\n"
        set_up = setting(name, ROLECALL_ROLE="dev", AWS_CREDENTIAL_EXPIRATION=utc(4_000_000_000))
        assert shell(name, f"{set_up}; (exit 7); rc_prompt; echo $?", tmp_path) == "7\n"
    assert "--on-event fish_prompt" in FUNCTIONS["fish"]


def test_bash_hooks_in_once_before_what_was_there(tmp_path: Path) -> None:
    script = f"source {tmp_path}/functions; echo $PROMPT_COMMAND"
    assert shell("bash", script, tmp_path, PROMPT_COMMAND="mine") == "rc_prompt; mine\n"
    assert shell("bash", script, tmp_path) == "rc_prompt\n"


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_strict_shells_can_have_it(name: str, tmp_path: Path) -> None:
    script = "set -eu\nsource ./functions\nrc_prompt\necho fine"
    assert shell(name, script, tmp_path) == "fine\n"


def test_zsh_options_of_the_person_change_nothing(tmp_path: Path) -> None:
    end = utc(1_800_000_060)
    script = "\n".join(
        [
            "setopt ksh_arrays octal_zeroes sh_word_split rc_expand_param",
            STAND_STILL["zsh"].format(now=1_800_000_000),
            f"export ROLECALL_ROLE=dev AWS_CREDENTIAL_EXPIRATION={end}",
            "rc_prompt; echo $RC_PROMPT; [[ -o ksh_arrays ]] && echo kept",
        ]
    )
    assert shell("zsh", script, tmp_path) == "dev 1 min\nkept\n"


def test_a_percent_sign_is_no_escape_in_a_zsh_prompt(tmp_path: Path) -> None:
    script = "export ROLECALL_ROLE='%F{red}%(?.a.b)'; rc_prompt; print -P -- $RC_PROMPT"
    assert shell("zsh", script, tmp_path) == "%F{red}%(?.a.b)\n"


@pytest.mark.parametrize("name", SHELLS)
def test_completion_knows_every_command_and_which_take_a_role(name: str) -> None:
    """The functions hold the lists as text: the shell's start must not wait for Python's."""
    commands = next(
        a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)
    ).choices
    roles = [one for one, its in commands.items() if any(a.dest == "role" for a in its._actions)]
    roles.remove("shell-init")
    roles.remove("journal")
    text = FUNCTIONS[name]
    offered = {
        "bash": r"for name in (.*); do\n +\[\[ \$name == \"\$word",
        "zsh": r"CURRENT == 2 \)\); then\n +compadd -- (.*)\n",
        "fish": r"__fish_use_subcommand -f -a '(.*)'",
    }[name]
    with_role = {
        "bash": r"\n +(\S*)\) \[\[ \$word == -\*",
        "zsh": r"\n +\((\S*)\) \[\[ \$words",
        "fish": r"__fish_seen_subcommand_from (.*)' -a",
    }[name]
    assert sorted(re.search(offered, text)[1].split()) == sorted(commands)
    assert sorted(re.split(r"[ |]", re.search(with_role, text)[1])) == sorted(roles)


@pytest.mark.parametrize("option", ["ksh_arrays", "sh_word_split", "no_unset", "err_exit"])
def test_the_functions_load_whatever_options_a_zsh_has(option: str, tmp_path: Path) -> None:
    functions = tmp_path / "all"
    functions.write_text(FUNCTIONS["zsh"])
    script = f"setopt {option}; compdef() {{ print -r -- $1 $2 }}; source {functions}"
    done = subprocess.run(
        ["zsh", "-f", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "_rc rc\n_rc_rolecall rolecall\n"


@pytest.mark.parametrize("name", SHELLS)
def test_a_switch_sets_what_it_says_and_runs_nothing(name: str, tmp_path: Path) -> None:
    """Every hostile value, in the very lines that `rc` evaluates."""
    values = [value for value in HOSTILE if value]
    new = {f"V{at}": value for at, value in enumerate(values)}
    (tmp_path / "lines").write_text(switched(name, ["OLD", "x[$(touch pwned)]"], new))
    source = "eval (cat lines | string collect)" if name == "fish" else 'eval "$(cat lines)"'
    show = f"printenv -0 {' '.join(new)}"
    script = f"{setting(name, OLD='there')}\n{source}\n{show}\nprintenv OLD || true"
    if name == "fish":
        script = script.replace("|| true", "; or true")
    assert shell(name, script, tmp_path).split("\0")[:-1] == values
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", SHELLS)
def test_leaving_takes_everything_back(name: str, tmp_path: Path) -> None:
    names = re.findall(r"AWS_\w+|ROLECALL_ROLE", left(name))
    set_up = setting(name, **dict.fromkeys(names, "x"))
    script = f"{set_up}\n{left(name)}env | grep -c '^AWS_\\|^ROLECALL' | cat"
    assert shell(name, script, tmp_path) == "0\n"
    assert {"AWS_SESSION_TOKEN", "AWS_REGION", "ROLECALL_ROLE"} <= set(names)


def test_a_universal_variable_of_fish_is_hidden_and_never_erased(tmp_path: Path) -> None:
    """It belongs to all shells, for good: a role hides it from what this one starts, `rc --unset` shows it."""
    lines = switched("fish", ["AWS_PROFILE", "AWS_ROLE_ARN"], {"ROLECALL_ROLE": "it's"})
    (tmp_path / "rc").write_text(lines)
    (tmp_path / "left").write_text(left("fish"))
    shown = "(printenv AWS_PROFILE) (printenv AWS_ROLE_ARN) (printenv AWS_REGION)"
    script = f"""
        set -Ux AWS_PROFILE mine
        set -Ux AWS_ROLE_ARN arn
        set -Ux AWS_REGION home
        source rc; source rc; echo "role:" {shown}
        source left; echo "left:" {shown}
        source rc; set -gx AWS_PROFILE another; source left; echo "own:" {shown}
        set -eg AWS_PROFILE; echo "all:" (set -U | string match "AWS_*")
    """
    (tmp_path / "script").write_text(script)
    done = subprocess.run(
        ["fish", str(tmp_path / "script")],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "role: it's  home",
        "left: mine arn home",
        "own: another arn home",
        "all: AWS_PROFILE mine AWS_REGION home AWS_ROLE_ARN arn",
    ]
