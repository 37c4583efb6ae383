"""What other tools' configurations become: entries in AWS's own words, what is left out, and no secret ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.imports import Choice, Import, settle
from rolecall.domain.problem import ProblemError
from rolecall.storage.entries_file import put_entries, read_entries
from rolecall.storage.import_file import TOOLS, home_file, read_import

ONE, TWO = "111122223333", "012345678901"

EXTEND_SWITCH_ROLES = f"""
[hub]
aws_account_id = acme-hub

[profile net-admin]
role_arn = arn:aws:iam::{ONE}:role/net/Admin
source_profile = hub
color = ffaaee

[china]
aws_account_id = {TWO}
role_name = Reader
region = cn-north-1

[by alias]
aws_account_id = acme-dev
role_name = Dev
"""

AWS_VAULT = f"""
[profile base]
region = eu-west-1
mfa_serial = arn:aws:iam::{ONE}:mfa/kim
source_profile = root

[profile root]
include_profile = base

[profile deploy]
include_profile = base
role_arn = arn:aws:iam::{TWO}:role/Deploy
source_identity = kim
session_tags = team=net,stage=dev
transitive_session_tags = team

[profile round]
include_profile = round
role_arn = arn:aws:iam::{TWO}:role/Round
"""

GRANTED = f"""
[sso-session acme]
sso_start_url = https://acme.example/start
sso_region = eu-central-1

[profile acme/Reader]
granted_sso_start_url = https://acme.example/start
granted_sso_region = eu-central-1
granted_sso_account_id = {ONE}
granted_sso_role_name = Reader
common_fate_generated_from = aws-sso
credential_process = granted credential-process --profile acme/Reader

[profile acme/Admin]
sso_session = acme
sso_account_id = {ONE}
sso_role_name = Admin
credential_process = granted credential-process --profile acme/Admin

[profile other]
credential_process = /opt/other/tool
aws_secret_access_key = CANARY
"""

LOGSMITH = f"""
productive:
  team: net
  region: eu-central-1
  color: '#388E3C'
  script: "./after.sh"
  profiles:
    - profile: live
      account: {TWO}
      role: developer
    - profile: pipeline
      account: '{ONE}'
      role: pipeline
      source: live
    - {{profile: broken, account: 12, role: x}}
staging: &staging
  team: net
  region: us-gov-west-1
  color: '#aa0000'
  access_key: access-key-gov
  profiles:
    - profile: live
      account: "{ONE}"
      role: developer
central:
  auth_mode: sso
  sso_session: sso-acme
  region: eu-west-1
  team: x
  color: x
  profiles:
    - profile: viewer
      account: "{ONE}"
      role: Viewer
cloud-of-others:
  type: gcp
  region: europe-west1
"""

AWS_SSO_CLI = f"""
SSOConfig:
  Acme:
    SSORegion: eu-central-1
    StartUrl: https://acme.example/start
    DefaultRegion: eu-west-1
    Accounts:
      {TWO}:
        Name: network
        Roles:
          Reader:
            Profile: net-reader
            Tags: {{stage: prod}}
          Admin: {{}}
      {ONE}:
        DefaultRegion: us-east-1
        Roles:
          Deploy:
            Via: arn:aws:iam::{TWO}:role/Admin
            SourceIdentity: kim
            ExternalId: hush
  Empty:
    SSORegion: eu-central-1
    StartUrl: https://empty.example/start
DefaultSSO: Acme
"""

LEAPP = {
    "_sessions": [
        {
            "sessionId": "1",
            "sessionName": "kim",
            "type": "awsIamUser",
            "region": "eu-west-1",
            "mfaDevice": f"arn:aws:iam::{ONE}:mfa/kim",
        },
        {
            "sessionId": "2",
            "sessionName": "dev",
            "type": "awsIamRoleChained",
            "region": "eu-west-1",
            "roleArn": f"arn:aws:iam::{TWO}:role/Dev",
            "parentSessionId": "1",
            "roleSessionName": "assumed-from-leapp",
        },
        {
            "sessionId": "3",
            "sessionName": "company",
            "type": "awsIamRoleFederated",
            "region": "eu-west-1",
            "idpUrlId": "u",
            "idpArn": f"arn:aws:iam::{ONE}:saml-provider/acme",
            "roleArn": f"arn:aws:iam::{ONE}:role/Staff",
        },
        {
            "sessionId": "4",
            "sessionName": "network",
            "type": "awsSsoRole",
            "region": "eu-west-1",
            "roleArn": f"arn:aws:iam::{TWO}/Reader",
            "awsSsoConfigurationId": "p",
        },
        {"sessionId": "5", "sessionName": "elsewhere", "type": "azure", "region": "west"},
    ],
    "_idpUrls": [{"id": "u", "url": "https://idp.example/saml"}],
    "_awsSsoIntegrations": [
        {"id": "p", "portalUrl": "https://acme.example/start", "region": "eu-central-1"}
    ],
}


def read(tool: str, content: str, tmp_path: Path, name: str = "config") -> Import:
    path = tmp_path / name
    path.write_text(content)
    return read_import(tool, path)


def test_extend_switch_roles_gives_targets_and_no_base_accounts(tmp_path: Path) -> None:
    found = read("extend-switch-roles", EXTEND_SWITCH_ROLES, tmp_path)
    assert found.entries == {
        "net-admin": {
            "role_arn": f"arn:aws:iam::{ONE}:role/net/Admin",
            "source_profile": "hub",
        },
        "china": {
            "role_arn": f"arn:aws-cn:iam::{TWO}:role/Reader",
            "region": "cn-north-1",
        },
    }
    assert [each.name for each in found.skipped] == ["by alias"]


def test_aws_vaults_includes_are_resolved_and_its_keys_named(tmp_path: Path) -> None:
    found = read("aws-vault", AWS_VAULT, tmp_path)
    assert found.entries == {
        "deploy": {
            "region": "eu-west-1",
            "mfa_serial": f"arn:aws:iam::{ONE}:mfa/kim",
            "source_profile": "root",
            "role_arn": f"arn:aws:iam::{TWO}:role/Deploy",
            "source_identity": "kim",
            "session_tags": "team=net,stage=dev",
            "transitive_session_tags": "team",
        }
    }
    assert [each.name for each in found.skipped] == ["round"]
    assert found.keys == ("root",)


def test_granteds_own_keys_become_those_of_aws_and_no_program_is_taken(tmp_path: Path) -> None:
    found = read("granted", GRANTED, tmp_path)
    assert found.entries["acme/Reader"] == {
        "sso_start_url": "https://acme.example/start",
        "sso_region": "eu-central-1",
        "sso_account_id": ONE,
        "sso_role_name": "Reader",
    }
    assert found.entries["acme/Admin"]["sso_start_url"] == "https://acme.example/start"
    assert [each.name for each in found.skipped] == ["other"]
    assert "CANARY" not in repr(found)


def test_a_granted_registry_names_its_files_and_none_outside(tmp_path: Path) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "config").write_text(GRANTED)
    (tmp_path / "outside").write_text(GRANTED)
    found = read("granted", "awsConfig:\n  - ./config\n", registry, "granted.yml")
    assert "acme/Reader" in found.entries
    with pytest.raises(ProblemError, match="import_outside"):
        read("granted", "awsConfig:\n  - ../outside\n", registry, "granted.yml")


def test_logsmiths_groups_become_roles_and_a_leading_zero_stays(tmp_path: Path) -> None:
    found = read("logsmith", LOGSMITH, tmp_path, "accounts.yaml")
    assert found.entries == {
        "productive-live": {
            "role_arn": f"arn:aws:iam::{TWO}:role/developer",
            "source_profile": "access-key",
            "region": "eu-central-1",
        },
        "pipeline": {
            "role_arn": f"arn:aws:iam::{ONE}:role/pipeline",
            "source_profile": "productive-live",
            "region": "eu-central-1",
        },
        "staging-live": {
            "role_arn": f"arn:aws-us-gov:iam::{ONE}:role/developer",
            "source_profile": "access-key-gov",
            "region": "us-gov-west-1",
        },
        "viewer": {
            "sso_session": "sso-acme",
            "sso_account_id": ONE,
            "sso_role_name": "Viewer",
            "region": "eu-west-1",
        },
    }
    assert [each.name for each in found.skipped] == ["broken", "cloud-of-others"]
    assert found.keys == ("access-key", "access-key-gov")


def test_aws_sso_clis_roles_and_those_reached_over_others(tmp_path: Path) -> None:
    found = read("aws-sso-cli", AWS_SSO_CLI, tmp_path, "config.yaml")
    assert found.entries["net-reader"] == {
        "sso_start_url": "https://acme.example/start",
        "sso_region": "eu-central-1",
        "sso_account_id": TWO,
        "sso_role_name": "Reader",
        "region": "eu-west-1",
    }
    assert found.entries[f"{ONE}:Deploy"] == {
        "role_arn": f"arn:aws:iam::{ONE}:role/Deploy",
        "source_profile": f"{TWO}:Admin",
        "external_id": "hush",
        "source_identity": "kim",
        "region": "us-east-1",
    }
    assert [each.name for each in found.skipped] == ["Empty"]


def test_leapps_sessions_of_each_kind(tmp_path: Path) -> None:
    found = read("leapp", json.dumps(LEAPP), tmp_path)
    assert found.entries == {
        "dev": {
            "role_arn": f"arn:aws:iam::{TWO}:role/Dev",
            "source_profile": "kim",
            "mfa_serial": f"arn:aws:iam::{ONE}:mfa/kim",
            "region": "eu-west-1",
        },
        "company": {
            "role_arn": f"arn:aws:iam::{ONE}:role/Staff",
            "saml_provider_arn": f"arn:aws:iam::{ONE}:saml-provider/acme",
            "saml_login_url": "https://idp.example/saml",
            "region": "eu-west-1",
        },
        "network": {
            "sso_start_url": "https://acme.example/start",
            "sso_region": "eu-central-1",
            "sso_account_id": TWO,
            "sso_role_name": "Reader",
            "region": "eu-west-1",
        },
    }
    assert [each.name for each in found.skipped] == ["elsewhere"]
    assert found.keys == ("kim",)


def leapp_session(number: str, name: str, kind: str, **more: str) -> dict[str, str]:
    return {"sessionId": number, "sessionName": name, "type": kind, "region": "eu-west-1", **more}


def test_leapps_roles_of_one_account_are_told_apart_and_chains_find_theirs(tmp_path: Path) -> None:
    """Leapp names each Identity Center session after its account, and a parent by its id."""
    center = {"awsSsoConfigurationId": "p"}
    reader, admin = f"arn:aws:iam::{TWO}/Reader", f"arn:aws:iam::{TWO}/Admin"
    tree = LEAPP | {
        "_sessions": [
            leapp_session("1", "network", "awsSsoRole", roleArn=reader, **center),
            leapp_session("2", "network", "awsSsoRole", roleArn=admin, **center),
            leapp_session("3", "network", "awsSsoRole", roleArn=admin, **center),
            leapp_session("4", "sandbox", "awsSsoRole", roleArn=f"arn:aws:iam::{ONE}/Admin", **center),
            leapp_session("5", "deep", "awsIamRoleChained", parentSessionId="2",
                          roleArn=f"arn:aws:iam::{ONE}:role/Deep"),
            leapp_session("6", "kim", "awsIamUser"),
            leapp_session("7", "kim", "awsIamUser"),
            leapp_session("8", "deeper", "awsIamRoleChained", parentSessionId="7",
                          roleArn=f"arn:aws:iam::{ONE}:role/Deeper"),
        ]
    }  # fmt: skip
    found = read("leapp", json.dumps(tree), tmp_path)
    assert list(found.entries) == [
        "network-Reader", "network-Admin", "network-Admin-2", "sandbox", "deep", "deeper",
    ]  # fmt: skip
    assert found.entries["network-Admin"]["sso_role_name"] == "Admin"
    assert found.entries["deep"]["source_profile"] == "network-Admin"
    assert found.entries["deeper"]["source_profile"] == "kim-2"
    assert (found.keys, found.skipped) == (("kim", "kim-2"), ())


VAULT_DEFAULT = f"""
[default]
region = eu-west-1
mfa_serial = arn:aws:iam::{ONE}:mfa/kim
source_profile = root
duration_seconds = 7200
role_arn = arn:aws:iam::{ONE}:role/NotForOthers

[profile root]

[profile plain]
role_arn = arn:aws:iam::{TWO}:role/Plain

[profile own]
role_arn = arn:aws:iam::{TWO}:role/Own
region = us-east-1
mfa_serial = arn:aws:iam::{TWO}:mfa/own
source_profile = other

[profile token]
role_arn = arn:aws:iam::{TWO}:role/Token
web_identity_token_file = /run/token

[profile reader]
sso_session = corp
sso_account_id = {ONE}
sso_role_name = Reader

[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = eu-central-1
"""


def test_aws_vaults_default_section_is_behind_every_profile(tmp_path: Path) -> None:
    """For what a role is taken with, never for what would make another role of it."""
    entries = read("aws-vault", VAULT_DEFAULT, tmp_path).entries
    assert entries["plain"] == {
        "role_arn": f"arn:aws:iam::{TWO}:role/Plain",
        "region": "eu-west-1",
        "mfa_serial": f"arn:aws:iam::{ONE}:mfa/kim",
        "source_profile": "root",
        "duration_seconds": "7200",
    }
    own = entries["own"]
    assert (own["region"], own["source_profile"]) == ("us-east-1", "other")
    assert own["mfa_serial"].endswith("mfa/own")
    assert "source_profile" not in entries["token"]
    assert "root" not in entries
    assert read("aws-vault", VAULT_DEFAULT, tmp_path).keys == ("other", "root")


def test_aws_vaults_portal_comes_along_where_the_file_has_it(tmp_path: Path) -> None:
    reader = read("aws-vault", VAULT_DEFAULT, tmp_path).entries["reader"]
    assert reader == {
        "sso_session": "corp",
        "sso_start_url": "https://corp.example/start",
        "sso_region": "eu-central-1",
        "sso_account_id": ONE,
        "sso_role_name": "Reader",
        "region": "eu-west-1",
    }


def test_what_aws_vault_takes_with_a_program_is_told_as_such(tmp_path: Path) -> None:
    found = read(
        "aws-vault",
        f"[profile token]\nrole_arn = arn:aws:iam::{ONE}:role/T\nweb_identity_token_process = oidc\n"
        f"[profile keys]\nrole_arn = arn:aws:iam::{ONE}:role/K\ncredential_process = /bin/keys\n",
        tmp_path,
    )
    assert found.entries == {}
    told = {each.name: str(each.reason) for each in found.skipped}
    assert "web_identity_token_file" in told["token"]
    assert "runs a program" in told["keys"]


def test_a_role_of_aws_vault_with_a_key_of_its_own_name_needs_a_start(tmp_path: Path) -> None:
    content = f"[profile a]\nrole_arn = arn:aws:iam::{ONE}:role/A\nsource_profile = a\n"
    found = read("aws-vault", content, tmp_path)
    (left,) = settle(found, set(), Choice()).skipped
    assert (left.name, left.choice) == ("a", "source")
    assert settle(found, {"work"}, Choice("work")).entries["a"]["source_profile"] == "work"


def test_accounts_without_roles_are_told(tmp_path: Path) -> None:
    content = AWS_SSO_CLI + f"  Other:\n    Accounts:\n      {ONE}:\n        Name: sandbox\n"
    content = content.replace("DefaultSSO: Acme\n", "")
    found = read("aws-sso-cli", content, tmp_path)
    assert [each.name for each in found.skipped] == ["Empty", f"{ONE} sandbox"]


def test_a_role_that_names_no_start_says_so() -> None:
    found = Import({"a": {"role_arn": "1"}, "b": {"role_arn": "2", "source_profile": "b"}})
    for left in settle(found, set(), Choice()).skipped:
        assert str(left.reason).startswith("It does not say which profile it starts from")
        assert left.choice == "source"


def test_an_identity_center_session_that_is_nowhere_is_told() -> None:
    entry = {"sso_session": "sso", "sso_account_id": ONE, "sso_role_name": "Reader"}
    found = Import({"a": entry, "b": {**entry, "sso_start_url": "https://x"}})
    done = settle(found, set(), Choice(), {"other": {}})
    assert list(done.entries) == ["b"]
    assert "[sso-session sso]" in str(done.skipped[0].reason)
    known = {"sso": {"sso_start_url": "https://x"}}
    assert list(settle(found, set(), Choice(), known).entries) == ["a", "b"]


@pytest.mark.parametrize("tool", ["granted", "aws-vault"])
@pytest.mark.parametrize("url", ["", "https://acme.example/start", "https://other.example/start"])
def test_a_portal_that_comes_along_can_be_used_whatever_is_here(
    tool: str, url: str, tmp_path: Path
) -> None:
    """The name of a section that is not here, or leads elsewhere, would make the role unusable."""
    content = GRANTED.replace("credential_process", "comment")
    name = "acme/Admin"
    sessions = {"acme": {"sso_start_url": url, "sso_region": "eu-central-1"}} if url else {}
    done = settle(read(tool, content, tmp_path), set(), Choice(), sessions).entries[name]
    assert done["sso_start_url"] == "https://acme.example/start"
    assert ("sso_session" in done) is (url == done["sso_start_url"])
    catalogue = Catalogue(profiles={name: done}, sso_sessions=sessions, entries=frozenset({name}))
    assert catalogue.role(name).problem is None


def test_what_is_imported_can_be_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    for number, (tool, content) in enumerate(
        {
            "extend-switch-roles": EXTEND_SWITCH_ROLES,
            "aws-vault": AWS_VAULT,
            "granted": GRANTED,
            "logsmith": LOGSMITH,
            "aws-sso-cli": AWS_SSO_CLI,
            "leapp": json.dumps(LEAPP),
        }.items()
    ):
        found = settle(read(tool, content, tmp_path), set(), Choice("work", prefix=f"{number}-"))
        assert found.entries
        put_entries(path, found.entries)
        kept, problems = read_entries(path)
        assert problems == ()
        assert kept.items() >= found.entries.items()


def test_every_tool_has_a_reader_and_its_place() -> None:
    assert {tool for tool in TOOLS if home_file(tool, Path("/h")) is None} == {
        "extend-switch-roles"
    }


def test_the_older_place_is_found_where_the_newer_one_is_empty(tmp_path: Path) -> None:
    assert home_file("aws-sso-cli", tmp_path) == tmp_path / ".config/aws-sso/config.yaml"
    (tmp_path / ".aws-sso").mkdir()
    (tmp_path / ".aws-sso" / "config.yaml").write_text("")
    assert home_file("aws-sso-cli", tmp_path) == tmp_path / ".aws-sso" / "config.yaml"


def test_settling_finds_collisions_missing_starts_and_the_keys_to_add() -> None:
    found = Import(
        {
            "a": {"role_arn": "1", "source_profile": "gone"},
            "b": {"role_arn": "2", "source_profile": "key"},
            "c": {"role_arn": "3", "source_profile": "b"},
            "taken": {"role_arn": "4", "source_profile": "key"},
            "self": {"sso_account_id": "5"},
        },
        keys=("key", "unused"),
    )
    done = settle(found, {"taken", "work"}, Choice())
    assert list(done.entries) == ["b", "c", "self"]
    assert {each.name for each in done.skipped} == {"a", "taken"}
    assert done.keys == ("key",)


def test_a_choice_gives_a_start_a_device_and_new_names() -> None:
    found = Import(
        {
            "a": {"role_arn": "1", "source_profile": "gone"},
            "b": {"role_arn": "2", "source_profile": "a"},
        }
    )
    done = settle(found, {"a", "work"}, Choice("work", "arn:device", "x-"))
    assert done.entries == {
        "x-a": {"role_arn": "1", "source_profile": "work", "mfa_serial": "arn:device"},
        "x-b": {"role_arn": "2", "source_profile": "x-a"},
    }


@pytest.mark.parametrize(
    ("tool", "content", "line"),
    [
        ("logsmith", "a:\n  - b\n c: d\n", 3),
        ("logsmith", "a: &a [*a, *b]\n", 1),
        ("leapp", "{not json", 0),
        ("granted", "no section at all\n", 0),
        ("aws-sso-cli", "\x00", 0),
    ],
)
def test_what_is_in_no_such_form_is_told_with_its_line(
    tool: str, content: str, line: int, tmp_path: Path
) -> None:
    with pytest.raises(ProblemError) as caught:
        read(tool, content, tmp_path)
    assert (caught.value.problem.code, caught.value.problem.line) == ("import_unreadable", line)


@pytest.mark.parametrize(
    "content", ["[]", "a: b", "- 1\n- 2", "SSOConfig: [x]", "SSOConfig:\n  a: b"]
)
def test_another_shape_holds_nothing(content: str, tmp_path: Path) -> None:
    for tool in ("logsmith", "aws-sso-cli"):
        assert read(tool, content, tmp_path).entries == {}


def test_no_tag_makes_an_object(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    content = f"a: !!python/object/apply:os.system ['touch {mark}']\n"
    assert read("logsmith", content, tmp_path).entries == {}
    assert not mark.exists()


def test_an_empty_file_is_none(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="import_no_file"):
        read_import("leapp", tmp_path / "gone")
