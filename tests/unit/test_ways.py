"""The way we take to a profile is the one botocore takes: twenty shapes of config, and thousands more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.actions import Actions, Services
from rolecall.agent import Request
from rolecall.answers import answer
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.role import Source, SourceKind
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.aws_credentials import read_keys
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import MemorySecretStore
from rolecall.store import Store
from unit.botocore_world import Way, way_of

ROLE = "arn:aws:iam::111122223333:role/p/r"
KEYS = {"aws_access_key_id": "AKIA1", "aws_secret_access_key": "s"}
SSO = {"sso_account_id": "111122223333", "sso_role_name": "Reader"}
SESSION = "[sso-session acme]\nsso_start_url = https://acme.example/start\nsso_region = eu-west-1\n"
LEGACY = {"sso_start_url": "https://old.example/start", "sso_region": "eu-west-1"}
LOGIN = "arn:aws:iam::111122223333:user/me"

Sections = dict[str, dict[str, str]]


def written(folder: Path, config: Sections, credentials: Sections | None = None) -> AwsFiles:
    files = AwsFiles(folder / "config", folder / "credentials")
    headers = {n if n == "default" else f"profile {n}": section for n, section in config.items()}
    files.config.write_text(ini(headers) + SESSION)
    files.credentials.write_text(ini(credentials or {}))
    return files


def ini(sections: Sections) -> str:
    return "".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in section.items())
        for name, section in sections.items()
    )


def our_way(files: AwsFiles, catalogue: Catalogue, profile: str) -> Way | str:
    role = catalogue.role(profile)
    if role.problem is not None:
        return role.problem.code
    return Way(mark_of(files, role.source), tuple(str(hop.arn) for hop in role.hops))


def mark_of(files: AwsFiles, source: Source) -> str:
    """The mark that botocore's world has for the same source."""
    match source.kind:
        case SourceKind.PROCESS:
            return f"process {source.get('credential_process')}"
        case SourceKind.LOGIN:
            return f"login {source.get('login_session')}"
        case SourceKind.TOKEN_FILE:
            return f"web {source.get('role_arn')}"
        case SourceKind.IDENTITY_CENTER:
            where = source.get("sso_session") or source.get("sso_start_url")
            return f"sso {where} {source.get('sso_account_id')} {source.get('sso_role_name')}"
        case SourceKind.ENVIRONMENT | SourceKind.CONTAINER | SourceKind.INSTANCE:
            return f"place {source.kind.value}"
        case _:
            return read_keys(files, source.name).access_key_id


# --- twenty shapes ----------------------------------------------------------------------

CHAIN: Sections = {
    "base": KEYS,
    "one": {"role_arn": f"{ROLE}1", "source_profile": "base"},
    "two": {"role_arn": f"{ROLE}2", "source_profile": "one"},
    "three": {"role_arn": f"{ROLE}3", "source_profile": "two"},
}
SHAPES: dict[str, tuple[Sections, str, list[str]]] = {
    "static keys": ({"a": KEYS}, "a", ["access key in ~/.aws", "GetSessionToken"]),
    "a role": (CHAIN, "one", ["base: access key", f"AssumeRole {ROLE}1"]),
    "a chain of three": (CHAIN, "three", [f"{ROLE}1", f"{ROLE}2", f"{ROLE}3, 1 h"]),
    "a role with keys of its own": (
        {
            "a": {**KEYS, "role_arn": ROLE, "source_profile": "base"},
            "base": {**KEYS, "aws_access_key_id": "AKIA2"},
        },
        "a",
        ["base: access key", ROLE],
    ),
    "a role that names itself": (
        {"a": {**KEYS, "role_arn": ROLE, "source_profile": "a"}},
        "a",
        ["a: access key", ROLE],
    ),
    "MFA": (
        {
            "a": {
                "role_arn": ROLE,
                "source_profile": "base",
                "mfa_serial": "arn:aws:iam::1:mfa/me",
            },
            "base": KEYS,
        },
        "a",
        ["code of arn:aws:iam::1:mfa/me", ROLE],
    ),
    "an external id": (
        {"a": {"role_arn": ROLE, "source_profile": "base", "external_id": "ext"}, "base": KEYS},
        "a",
        ["external id"],
    ),
    "a duration": (
        {
            "a": {"role_arn": ROLE, "source_profile": "base", "duration_seconds": "7200"},
            "base": KEYS,
        },
        "a",
        ["2 h"],
    ),
    "a web identity file": (
        {"a": {"role_arn": ROLE, "web_identity_token_file": "/run/token"}},
        "a",
        ["a: web identity token in a file", f"AssumeRoleWithWebIdentity {ROLE}"],
    ),
    "an sso-session": (
        {"a": {**SSO, "sso_session": "acme"}},
        "a",
        ["a: sign-in at IAM Identity Center", "GetRoleCredentials 111122223333/Reader"],
    ),
    "legacy sso": ({"a": {**SSO, **LEGACY}}, "a", ["GetRoleCredentials 111122223333/Reader"]),
    "sso as a source": (
        {"a": {"role_arn": ROLE, "source_profile": "b"}, "b": {**SSO, "sso_session": "acme"}},
        "a",
        ["b: sign-in at IAM Identity Center", f"AssumeRole {ROLE}, 1 h"],
    ),
    "aws login": (
        {"a": {"login_session": LOGIN}},
        "a",
        ["a: aws login", "the credentials it gives"],
    ),
    "a process": (
        {"a": {"credential_process": "/opt/helper --x"}},
        "a",
        ["a: credential_process", "rolecall trust a"],
    ),
    "a process as a source": (
        {
            "a": {"role_arn": ROLE, "source_profile": "b"},
            "b": {"credential_process": "/opt/helper"},
        },
        "a",
        ["b: credential_process", f"AssumeRole {ROLE}, 1 h", "rolecall trust b"],
    ),
    "the environment": (
        {"a": {"role_arn": ROLE, "credential_source": "Environment"}},
        "a",
        ["a: environment variables", ROLE],
    ),
    "a container": (
        {"a": {"role_arn": ROLE, "credential_source": "EcsContainer"}},
        "a",
        ["a: container credentials", ROLE],
    ),
    "an instance": (
        {"a": {"role_arn": ROLE, "credential_source": "Ec2InstanceMetadata"}},
        "a",
        ["a: instance profile", f"{ROLE}, 1 h"],
    ),
    "an endpoint of its own": (
        {
            "a": {"role_arn": ROLE, "source_profile": "base", "endpoint_url": "http://127.0.0.1:9"},
            "base": KEYS,
        },
        "a",
        [ROLE],
    ),
    "no region anywhere": (
        {"a": {"role_arn": ROLE, "source_profile": "base"}, "base": KEYS},
        "a",
        [ROLE],
    ),
}

BROKEN: dict[str, tuple[Sections, str]] = {
    "a source that is not there": (
        {"a": {"role_arn": ROLE, "source_profile": "gone"}},
        "does not exist",
    ),
    "no source": ({"a": {"role_arn": ROLE}}, "does not say whose keys"),
    "two sources": (
        {
            "a": {
                **KEYS,
                "role_arn": ROLE,
                "source_profile": "a",
                "credential_source": "Environment",
            }
        },
        "has both",
    ),
    "a loop": (
        {
            "a": {"role_arn": ROLE, "source_profile": "b"},
            "b": {"role_arn": ROLE, "source_profile": "a"},
        },
        "leads back to itself",
    ),
    "half a key": ({"a": {"aws_access_key_id": "AKIA1"}}, "incomplete"),
    "an unknown credential_source": (
        {"a": {"role_arn": ROLE, "credential_source": "environment"}},
        "environment",
    ),
    "an sso-session that is not there": ({"a": {**SSO, "sso_session": "gone"}}, "gone"),
    "sso without a start URL": ({"a": SSO}, "sso_start_url"),
    "a contradiction": (
        {"a": {**SSO, "sso_session": "acme", "sso_region": "us-east-1"}},
        "sso_region",
    ),
    "an empty process": ({"a": {"credential_process": ""}}, "credential_process"),
}


def explained(files: AwsFiles, profile: str) -> tuple[str, int]:
    """What `rolecall explain` prints, and its exit code."""
    paths = Paths.of(os.environ)
    services = Services(paths, files, MemorySecretStore(), lambda: None)  # type: ignore[arg-type,return-value]
    actions = Actions(Store(), services, lambda *_: None, lambda _serial: None, lambda: 1.8e9)  # type: ignore[arg-type]
    actions.load()
    replies: list[tuple[str, int]] = []
    answer(
        actions,
        Request("explain", role=profile),
        lambda reply: replies.append((reply.out + reply.err, reply.exit)),
    )
    return replies[0]


@pytest.mark.parametrize("shape", SHAPES)
def test_explain_says_what_botocore_does(shape: str, tmp_path: Path) -> None:
    config, profile, told = SHAPES[shape]
    files = written(tmp_path, config)
    theirs = way_of(files, profile)
    assert our_way(files, read_catalogue(files, {}), profile) == theirs
    said, code = explained(files, profile)
    assert code == 0
    assert all(each in said for each in told), said
    assert isinstance(theirs, Way)
    for arn in theirs.roles:
        assert arn in said


@pytest.mark.parametrize("shape", BROKEN)
def test_explain_names_what_botocore_refuses(shape: str, tmp_path: Path) -> None:
    config, told = BROKEN[shape]
    files = written(tmp_path, config)
    assert isinstance(way_of(files, "a"), str)
    said, code = explained(files, "a")
    assert code == 8
    assert told in said


# --- thousands more ---------------------------------------------------------------------

NAMES = ["a", "b", "c", "default"]
LINES = st.fixed_dictionaries(
    {},
    optional={
        "role_arn": st.sampled_from([f"{ROLE}{n}" for n in range(3)]),
        "source_profile": st.sampled_from([*NAMES, "nowhere"]),
        "credential_source": st.sampled_from(
            ["Environment", "EcsContainer", "Ec2InstanceMetadata", "environment", "Other"]
        ),
        "mfa_serial": st.just("arn:aws:iam::111122223333:mfa/me"),
        "duration_seconds": st.sampled_from(["900", "7200"]),
        "aws_access_key_id": st.sampled_from(["AKIA1", "AKIA2"]),
        "aws_secret_access_key": st.just("s"),
        "aws_session_token": st.just("t"),
        "web_identity_token_file": st.just("/run/token"),
        "sso_session": st.sampled_from(["acme", "gone"]),
        "sso_account_id": st.just("111122223333"),
        "sso_role_name": st.sampled_from(["Reader", "Admin"]),
        "sso_start_url": st.sampled_from(["https://acme.example/start", "https://old.example/"]),
        "sso_region": st.sampled_from(["eu-west-1", "us-east-1"]),
        "login_session": st.just(LOGIN),
        "credential_process": st.sampled_from(["/opt/one", "/opt/two --x", ""]),
        "region": st.just("eu-west-1"),
    },
)


@settings(
    max_examples=5000 if os.environ.get("ROLECALL_GATE") else 250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    config=st.dictionaries(st.sampled_from(NAMES), LINES, min_size=1),
    credentials=st.dictionaries(st.sampled_from(NAMES), LINES, max_size=2),
)
def test_every_profile_takes_the_way_botocore_takes(
    config: Sections, credentials: Sections, tmp_path: Path
) -> None:
    files = written(tmp_path, config, credentials)
    catalogue = read_catalogue(files, {})
    for name in catalogue.names():
        ours, theirs = our_way(files, catalogue, name), way_of(files, name)
        if isinstance(theirs, Way):
            assert ours == theirs, name
        else:
            assert isinstance(ours, str), (name, theirs, ours)
