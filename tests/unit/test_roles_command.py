"""`rolecall role`: own roles added, listed, changed, removed, exported and imported from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rolecall.cli import role_import
from rolecall.cli.command import main
from rolecall.storage.paths import AwsFiles

ARN = "arn:aws:iam::111122223333:role/Admin"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROLECALL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "aws-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "aws-credentials"))
    (tmp_path / "aws-config").write_text("[profile work]\nregion = eu-west-1\n")
    (tmp_path / "home" / "config").mkdir(parents=True)
    return tmp_path


def run(*words: str) -> int:
    return main(["role", *words], lambda _: 99)


def toml(home: Path) -> str:
    return (home / "home" / "config" / "roles.toml").read_text()


def test_a_role_is_added_listed_changed_and_removed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "mine", f"role_arn={ARN}", "source_profile=work") == 0
    assert run("add", "mine", f"role_arn={ARN}") == 2
    assert run("add", "mine", f"role_arn={ARN}", "source_profile=other", "--replace") == 0
    assert '[mine]\nrole_arn = "' in toml(home)
    capsys.readouterr()
    assert run("list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {"name": "mine", "role_arn": ARN, "source_profile": "other"}
    ]
    assert run("list") == 0
    assert "mine  other        arn:" in capsys.readouterr().out
    assert run("remove", "mine") == 0
    assert run("remove", "mine") == 3


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("role_arn", ["role_arn has no value", "role_arn=VALUE"]),
        ("nonsense=1", ["no key “nonsense”", "The keys are", "role_arn"]),
        ("sesion_policy=1", ["no key “sesion_policy”", "Write session_policy"]),
        ("=x", ["no key “”"]),
        ("aws_secret_access_key=canary", ["holds no secret", "rolecall key add"]),
        ("AWS_ACCESS_KEY_ID=canary", ["holds no secret", "rolecall key add"]),
        ("client_secret=canary", ["holds no secret", "rolecall client-secret"]),
        ("aws_session_token=canary", ["holds no secret", "Leave it out"]),
        ("session_tags=a", ["KEY=VALUE,KEY=VALUE", "“a”"]),
        ("session_tags=a=b,c", ["KEY=VALUE,KEY=VALUE", "“c”"]),
    ],
)
def test_what_cannot_stand_in_an_entry_is_a_usage_fault_and_says_what_is_wrong(
    pair: str, words: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "mine", pair) == 2
    told = capsys.readouterr().err
    assert [word for word in words if word not in told] == []
    assert "canary" not in told
    assert not (home / "home" / "config" / "roles.toml").exists()


def test_a_tag_may_have_an_empty_value_and_a_key_any_profile_may_have_is_taken(home: Path) -> None:
    assert run("add", "mine", f"role_arn={ARN}", "session_tags=a=", "output=json") == 0
    assert 'session_tags = "a="' in toml(home)
    assert run("list") == 0


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["role_arn=arn:nonsense", "source_profile=work"], "role_arn: Write role_arn as"),
        ([f"role_arn={ARN}", "source_profile=gone"], "source_profile: Nothing here has this name."),
        ([f"role_arn={ARN}"], "does not say whose keys"),
        (["region=eu-west-1"], "nothing that gives credentials"),
        (
            [f"role_arn={ARN}", "source_profile=work", "source_identity=aws:me"],
            "may not begin with aws:",
        ),
    ],
)
def test_what_will_be_refused_is_told_at_once(
    pairs: list[str], words: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "mine", *pairs) == 0
    told = capsys.readouterr().err
    assert "refused for now" in told
    assert words in told


def test_a_policy_is_read_from_a_file(home: Path) -> None:
    (home / "policy.json").write_text('{"Statement": []}\n')
    assert run("add", "mine", f"session_policy=@{home}/policy.json", f"role_arn={ARN}") == 0
    assert "Statement" in toml(home)
    assert run("add", "other", f"session_policy=@{home}/none.json") == 2


def test_the_name_of_an_aws_profile_is_not_to_be_had(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "work", f"role_arn={ARN}") == 2
    assert "work" in capsys.readouterr().err


def test_an_export_brings_what_it_starts_from_and_comes_out_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (home / "aws-config").read_text()
    assert run("add", "first", f"role_arn={ARN}", "source_profile=work", "mfa_serial=arn:x") == 0
    assert run("add", "second", f"role_arn={ARN}", "source_profile=first") == 0
    capsys.readouterr()
    assert run("export", "second") == 0
    assert capsys.readouterr().out == "second\n"
    written = (home / "aws-config").read_text()
    assert written.startswith(before)
    assert "[profile first]\n# rolecall: owned" in written
    assert "source_profile = first" in written
    assert run("list") == 0  # what we exported ourselves takes no name away
    assert run("export", "--all", "--undo") == 0
    assert (home / "aws-config").read_text() == before


def test_what_no_other_tool_would_narrow_is_not_exported(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "mine", f"role_arn={ARN}", "source_profile=work", "session_policy={}") == 0
    assert run("export", "mine") == 2
    assert "rolecall wire mine" in capsys.readouterr().err
    assert run("export", "none") == 3


def test_one_that_cannot_be_exported_keeps_no_other_back(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", "tagged", f"role_arn={ARN}", "source_profile=work", "session_tags=a=b") == 0
    assert run("add", "behind", f"role_arn={ARN}", "source_profile=tagged") == 0
    assert run("export", "--all") == 2
    assert run("add", "plain", f"role_arn={ARN}", "source_profile=work") == 0
    capsys.readouterr()
    assert run("export", "--all") == 0
    told = capsys.readouterr()
    assert told.out == "plain\n"
    assert "no AWS tool reads session_tags" in told.err
    assert "behind cannot be exported: it starts from tagged" in told.err
    written = (home / "aws-config").read_text()
    assert "[profile plain]" in written
    assert "behind" not in written
    assert run("export", "behind") == 2
    assert "session_tags" in capsys.readouterr().err


def test_a_section_changed_by_hand_keeps_no_other_back(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Found out while writing; what starts from it is not written either."""
    assert run("add", "first", f"role_arn={ARN}", "source_profile=work") == 0
    assert run("add", "second", f"role_arn={ARN}", "source_profile=first") == 0
    assert run("add", "third", f"role_arn={ARN}", "source_profile=work") == 0
    assert run("export", "first") == 0
    changed = (home / "aws-config").read_text().replace(ARN, f"{ARN}2")
    (home / "aws-config").write_text(changed)
    capsys.readouterr()
    assert run("export", "--all") == 0
    told = capsys.readouterr()
    assert told.out == "third\n"
    assert "second cannot be exported: it starts from first" in told.err
    assert run("export", "--all", "--undo") == 0
    assert "[profile third]" not in (home / "aws-config").read_text()
    assert run("export", "first", "--undo") == 8


def test_undo_takes_what_came_along_unless_another_one_needs_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (home / "aws-config").read_text()
    assert run("add", "again", f"role_arn={ARN}", "source_profile=work") == 0
    for name in ("chain1", "chain2"):
        assert run("add", name, f"role_arn={ARN}", "source_profile=again") == 0
        assert run("export", name) == 0
    assert run("export", "chain1", "--undo") == 0
    assert "[profile again]" in (home / "aws-config").read_text()
    assert run("remove", "chain2") == 0
    capsys.readouterr()
    assert run("export", "chain2", "--undo") == 0
    assert "again left" in capsys.readouterr().err
    assert (home / "aws-config").read_text() == before


def test_an_import_shows_what_comes_and_asks_first(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "accounts.yaml"
    file.write_text(
        "live:\n  team: a\n  region: eu-west-1\n  color: b\n  profiles:\n"
        "    - {profile: dev, account: '111122223333', role: Dev}\n"
        "    - {profile: work, account: '111122223333', role: Work}\n"
    )
    assert run("import", "logsmith", str(file), "--dry-run") == 0
    told = capsys.readouterr()
    assert "dev" in told.out
    assert "Left out: work." in told.err
    assert "(--prefix TEXT)" in told.err
    assert "access-key" in told.err
    monkeypatch.setattr(role_import, "_agreed", lambda _count: False)
    assert run("import", "logsmith", str(file)) == 4
    assert not (home / "home" / "config" / "roles.toml").exists()
    assert (
        run("import", "logsmith", str(file), "--yes", "--mfa-serial", "arn:aws:iam::1:mfa/k") == 0
    )
    assert "[dev]" in toml(home)
    assert 'mfa_serial = "arn:aws:iam::1:mfa/k"' in toml(home)
    assert run("import", "logsmith", str(file), "--yes") == 0
    assert "Nothing in it can be added." in capsys.readouterr().err


def test_the_option_that_says_where_a_role_starts_is_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first example of AWS Extend Switch Roles: an ARN and nothing else."""
    file = home / "roles"
    file.write_text(f"[profile marketingadmin]\nrole_arn = {ARN}\ncolor = ffaaee\n")
    assert run("import", "extend-switch-roles", str(file), "--dry-run") == 0
    told = capsys.readouterr().err
    assert "“”" not in told
    assert "(--source PROFILE)" in told
    assert run("import", "extend-switch-roles", str(file), "--yes", "--source", "work") == 0
    assert 'source_profile = "work"' in toml(home)


def test_an_imported_portal_has_to_be_known_here(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "accounts.yaml"
    file.write_text(
        "live:\n  auth_mode: sso\n  region: eu-west-1\n  profiles:\n"
        "    - {profile: dev, account: '111122223333', role: Dev}\n"
    )
    assert run("import", "logsmith", str(file), "--yes") == 0
    assert "no section [sso-session sso]" in capsys.readouterr().err
    (home / "aws-config").write_text(
        "[sso-session sso]\nsso_start_url = https://acme.example/start\nsso_region = eu-west-1\n"
    )
    assert run("import", "logsmith", str(file), "--yes") == 0
    assert "[dev]" in toml(home)


def test_a_browsers_extension_has_no_file_of_its_own(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", "extend-switch-roles") == 2
    assert "browser" in capsys.readouterr().err


def test_exports_are_never_read_back(home: Path) -> None:
    from rolecall.storage.aws_config import read_catalogue

    assert run("add", "mine", f"role_arn={ARN}", "source_profile=work") == 0
    assert run("export", "mine") == 0
    files = AwsFiles(home / "aws-config", home / "aws-credentials")
    assert "mine" not in read_catalogue(files, {}).profiles


def test_what_is_exported_is_what_botocore_reads(home: Path) -> None:
    """The whole chain, and an Identity Center role without a section of its own."""
    import botocore.session

    assert (
        run("add", "first role", f"role_arn={ARN}", "source_profile=work", "external_id=x:/1") == 0
    )
    assert run("add", "second", f"role_arn={ARN}", "source_profile=first role") == 0
    center = (
        "sso_start_url=https://acme.example/start",
        "sso_region=eu-west-1",
        "sso_session=acme",
    )
    account = ("sso_account_id=111122223333", "sso_role_name=Reader")
    assert run("add", "center", *center, *account) == 0
    assert run("export", "--all") == 0
    profiles = botocore.session.Session().full_config["profiles"]
    assert profiles["second"] == {"role_arn": ARN, "source_profile": "first role"}
    assert profiles["first role"]["external_id"] == "x:/1"
    assert "sso_session" not in profiles["center"]
    assert profiles["center"]["sso_account_id"] == "111122223333"
