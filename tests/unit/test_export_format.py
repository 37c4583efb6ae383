"""Exports: real shells take back exactly what was meant, and nothing in a value ever runs."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.domain.export_format import (
    FORMATS,
    UNSETTABLE,
    VARIABLES,
    drop,
    export,
    quote_dotenv,
    quote_fish,
    quote_posix,
    quote_powershell,
    unset,
    utc,
)
from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials, Origin
from unit.builders import NOW, arn, session

USUAL = session(
    role_arn=arn("Admin"),
    region="eu-central-1",
    arn="arn:aws:sts::222222222222:assumed-role/Admin/alex",
)
HOSTILE = [
    "plain", "", " ", "a b", "$(touch pwned)", "`touch pwned`", "; touch pwned", "'; touch pwned; '",
    '"; touch pwned; "', "\\", "\\'", "'\\''", "=x", "~", "*", "!", "!!", "#x", "a\nb", "a\rb", "a\tb", "%PATH%",
    "$HOME", "${HOME}", "&& touch pwned", "|| touch pwned", "| cat", "> pwned", "< /dev/null", "(touch pwned)",
    "{a,b}", "[a]", "-n", "--", "\u2019; touch pwned", "한글",
]  # fmt: skip
SHELLS = {"bash": quote_posix, "zsh": quote_posix, "dash": quote_posix, "fish": quote_fish}


@pytest.mark.parametrize("shell", SHELLS)
def test_real_shells_read_back_every_hostile_value(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.fail(f"{shell} is missing: the set-up of `make test` installs it")
    lines = [f"printf '%s\\0' {SHELLS[shell]('>' + value)}" for value in HOSTILE]
    done = subprocess.run(
        [shell, "-c", "\n".join(lines)], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.decode().split("\0")[:-1] == [">" + value for value in HOSTILE]
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), max_size=20))
def test_any_text_survives_bash(values: list[str]) -> None:
    script = "\n".join(f"printf '%s\\0' {quote_posix(value)}" for value in values)
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == values


def test_an_export_sets_and_unset_takes_back_in_bash() -> None:
    script = export(USUAL, "env") + "env\n" + unset("env") + "echo ---\nenv"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, check=True, text=True, env={}
    )
    before, after = done.stdout.split("---")
    assert f"AWS_SECRET_ACCESS_KEY={USUAL.credentials.secret_access_key}\n" in before
    assert "AWS_REGION=eu-central-1" in before
    assert "AWS_" not in after


GOLDEN = {
    "powershell": "$Env:AWS_REGION = 'eu-central-1'",
    "cmd": 'set "AWS_REGION=eu-central-1"',
    "nu": '$env.AWS_REGION = "eu-central-1"',
    "dotenv": "AWS_REGION=eu-central-1",
    "fish": "set -gx AWS_REGION 'eu-central-1'",
    "ini": "region = eu-central-1",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_form_of_each_shell(name: str) -> None:
    assert GOLDEN[name] in export(USUAL, name).splitlines()


def test_powershell_doubles_every_character_it_takes_for_a_quote() -> None:
    assert quote_powershell("a'b\u2019c") == "'a''b\u2019\u2019c'"


def test_dotenv_quotes_only_what_needs_it() -> None:
    assert quote_dotenv("abc/+=") == "abc/+="
    assert quote_dotenv('a"b $c') == '"a\\"b \\$c"'


@pytest.mark.parametrize("char", ['"', "%", "\n", "!", "&"])
def test_what_cmd_cannot_express_is_refused_without_the_value(char: str) -> None:
    bad = replace(USUAL, credentials=Credentials("A", f"se{char}cret", "t"))
    with pytest.raises(ProblemError) as caught:
        export(bad, "cmd")
    assert "cret" not in "\n".join(caught.value.problem.lines())


def test_process_is_version_1_with_a_time_zone() -> None:
    found = json.loads(export(USUAL, "process"))
    assert set(found) == {"Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}
    assert found["Version"] == 1
    assert found["Expiration"] == utc(NOW + 3600)
    assert found["Expiration"].endswith("Z")


def test_json_says_which_role_it_is() -> None:
    found = json.loads(export(USUAL, "json"))
    assert (found["role_arn"], found["account_id"], found["region"]) == (
        arn("Admin"),
        "222222222222",
        "eu-central-1",
    )


def test_sts_is_what_the_aws_cli_prints() -> None:
    found = json.loads(export(replace(USUAL, user_id="AROAEXAMPLE:alex"), "sts"))
    assert found["AssumedRoleUser"] == {"AssumedRoleId": "AROAEXAMPLE:alex", "Arn": USUAL.arn}
    keys = session(origin=Origin.SESSION_TOKEN)
    assert set(json.loads(export(keys, "sts"))) == {"Credentials"}


def test_ini_never_opens_a_second_section() -> None:
    bad = replace(USUAL, name="x]\n[default")
    with pytest.raises(ProblemError):
        export(bad, "ini")
    assert export(replace(USUAL, name="prod admin"), "ini").startswith("[prod admin]\n")


def test_a_time_is_rounded_down() -> None:
    assert utc(NOW + 0.9) == utc(NOW)


def test_every_format_ends_in_one_newline_and_unset_names_every_variable() -> None:
    for name in FORMATS:
        assert export(USUAL, name).endswith("\n")
    for name in UNSETTABLE:
        assert all(variable in unset(name) for variable in VARIABLES)


def test_an_export_to_fish_leaves_universal_variables_to_all_shells(tmp_path: Path) -> None:
    keys = replace(USUAL, credentials=replace(USUAL.credentials, session_token=""))
    script = "\n".join(
        [
            "set -Ux AWS_SESSION_TOKEN mine",
            export(keys, "fish") + 'echo "role:" (printenv AWS_SESSION_TOKEN)',
            unset("fish") + 'echo "left:" (printenv AWS_SESSION_TOKEN)',
        ]
    )
    done = subprocess.run(
        ["fish", "-c", script],
        capture_output=True, check=True, text=True, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.splitlines() == ["role: ", "left: mine"]


@pytest.mark.parametrize("name", UNSETTABLE)
def test_another_identity_is_dropped_and_a_name_that_no_shell_could_set_left_alone(
    name: str,
) -> None:
    lines = drop(name, ["AWS_PROFILE", "AWS_BEARER_TOKEN_x;touch pwned"])
    assert "AWS_PROFILE" in lines
    assert "pwned" not in lines


def test_credentials_hide_themselves() -> None:
    shown = f"{USUAL!r}{USUAL}{USUAL.credentials!r}"
    assert not any(part in shown for part in ("ASIAEXAMPLE", "secret/of", "token/of"))
