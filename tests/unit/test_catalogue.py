"""Our reading of AWS's files against botocore's: what it reads we read alike, what it refuses we name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import botocore.credentials
import botocore.session
import pytest
from botocore.exceptions import BotoCoreError, ConfigParseError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rolecall.domain.catalogue import Catalogue, key_identity
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Identity, SourceKind
from rolecall.domain.sources import PASSED_OVER
from rolecall.storage.aws_config import MARK, read_catalogue
from rolecall.storage.aws_credentials import read_keys
from rolecall.storage.aws_ini import OWNED, SECRET_KEYS
from rolecall.storage.paths import AwsFiles

CANARY = "cAnArYsEcReT0123456789"
KEY_MATERIAL = SECRET_KEYS | {"aws_access_key_id"}


def _files(folder: Path, config: str | bytes, credentials: str | bytes = "") -> AwsFiles:
    files = AwsFiles(folder / "config", folder / "credentials")
    for path, content in ((files.config, config), (files.credentials, credentials)):
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return files


def _session(files: AwsFiles, profile: str | None = None) -> botocore.session.Session:
    session = botocore.session.Session(profile=profile)
    session.set_config_variable("config_file", str(files.config))
    session.set_config_variable("credentials_file", str(files.credentials))
    return session


def _plain(value: Any) -> Any:
    """botocore's nested block in our form: the same lines, the text they came from."""
    return (
        {str(key): str(text) for key, text in value.items()} if isinstance(value, dict) else value
    )


def _ours(value: str) -> Any:
    if not value.startswith("\n"):
        return value
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    return {key.strip(): text.strip() for key, _, text in (line.partition("=") for line in lines)}


def _public(profile: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in profile.items() if key not in KEY_MATERIAL}


def _same(catalogue: Catalogue, full: dict[str, Any]) -> None:
    ours = {
        name: {key: _ours(value) for key, value in _public(dict(profile)).items()}
        for name, profile in catalogue.profiles.items()
    }
    theirs = {
        name: {key: _plain(value) for key, value in _public(profile).items()}
        for name, profile in full["profiles"].items()
    }
    assert ours == theirs
    assert list(ours) == list(theirs)
    services = {
        name: {k: _ours(v) for k, v in _public(dict(kept)).items()}
        for name, kept in catalogue.services.items()
    }
    assert services == {
        name: {key: _plain(value) for key, value in _public(kept).items()}
        for name, kept in full.get("services", {}).items()
    }


# --- whole files ------------------------------------------------------------------------

VALID = {
    "plain": "[default]\nregion = eu-west-1\n[profile a]\nregion=us-east-1\noutput: json\n",
    "quoted": "[profile \"a b\"]\nx = 1\n[profile 'c']\nx = 2\n[profile d\\ e]\nx = 3\n[profile f g]\nx = 4\n",
    "odd headers": "[profilex y]\nx=1\n[profile]\nx=1\n[profile  z ]\nx=1\n[profile t]  # said\nx=1\n[plugins]\n",
    "unbalanced": "[profile 'a]\nx = 1\n[profile b]\nx = 2\n",
    "same name twice": '[profile a]\nx = 1\nz = 1\n[profile "a"]\nx = 2\n',
    "default twice": "[default]\nx = 1\n[profile default]\ny = 2\n",
    "nested": "[default]\ns3 =\n  max_concurrent_requests = 20\n\n  addressing_style = path\nregion = r\n",
    "continued": "[profile a]\nx = one\n  two\n\n   three\n# said\n  four\ny = 1\n",
    "indented keys": "[profile a]\n  x = 1\n  y = 2\n z = 3\n    w\n[profile b]\nx = 1\n",
    "header inside a value": "[profile a]\nx = 1\n [profile b]\n y = 2\n",
    "crlf": "[profile a]\r\nx = 1\r\n\r\ny = 2\r\n",
    "cr": "[profile a]\rx = 1\ry = 2\r",
    "comments": "# one\n; two\n[profile a] ; three\nx = 1 # kept\n  # four\ny = 2 ; kept\n",
    "values": "[profile a]\nx = a=b:c\ny : a=b\nz =\nempty:\nkey with blanks = 1\nUPPER = Kept\n",
    "defaults": "[profile a]\nx = 1\n[DEFAULT]\nx = 9\nregion = eu\n[DEFAULT]\nshared =\n  a = b\n[profile b]\n",
    "unicode": "[profile 운영]\nx = 값\n[profile ünï]\nÄ = 1\n",
    "no newline at the end": "[profile a]\nx = 1",
    "separators inside": "[profile a]\nx = 1\x0b2\x0c3\u20284\ny = 1\x85\n",
    "nul": "[profile a]\nx = 1\x002\n",
    "percent": "[profile a]\nx = %(y)s %\n",
    "brackets": "[profile a]b]\nx = 1\n[[c]]\n[x = 1\n",
    "services": "[services s]\nsts =\n  endpoint_url = http://127.0.0.1:1\nx = 1\n[sso-session t]\nx = r\n",
    "empty": "",
    "only comments": "# nothing\n\n;\n",
    "empty sections": "[profile a]\n[default]\n[profile b]\n",
}


@pytest.mark.parametrize("name", VALID)
def test_valid_file_is_read_as_botocore_reads_it(name: str, tmp_path: Path) -> None:
    credentials = "[a]\nx = from credentials\n[other]\nregion = eu-1\n[profile a]\nregion = eu-2\n"
    for second in ("", credentials, VALID[name]):
        files = _files(tmp_path, VALID[name], second)
        catalogue = read_catalogue(files, {})
        assert catalogue.problems == ()
        _same(catalogue, _session(files).full_config)


REFUSED = {
    "duplicate section": ("[profile a]\nx=1\n[profile b]\nx=1\n[profile a]\ny=1\n", 5, {"b"}),
    "duplicate key": ("[profile a]\nx=1\nX=2\n[profile b]\nx=1\n", 3, {"b"}),
    "bom": ("\ufeff[profile a]\nx=1\n", 1, {"a"}),
    "no header": ("x = 1\n[profile a]\nx=1\n", 1, {"a"}),
    "no delimiter": ("[profile a]\nx=1\njust words\n[profile b]\nx=1\n", 3, {"b"}),
    "broken header": ("[profile a]\nx=1\n[profile c\ny=1\n[profile b]\nx=1\n", 3, {"b"}),
    "no key": ("[profile a]\n= 1\n[profile b]\nx=1\n", 2, {"b"}),
    "bad block": ("[profile a]\ns3 =\n  no delimiter\n[profile b]\nx=1\n", 3, {"b"}),
    "bad bytes": (b"[profile a]\nx=\xff\n[profile b]\nx=1\n", 2, {"b"}),
    "bad bytes in a comment": (b"[profile a]\nx=1\n# \xff\n", 3, {"a"}),
    "defaults twice": ("[DEFAULT]\nx=1\nx=2\n[profile a]\ny=1\n", 3, set()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_file_is_named_and_the_rest_listed(name: str, tmp_path: Path) -> None:
    content, line, left = REFUSED[name]
    files = _files(tmp_path, content)
    with pytest.raises(ConfigParseError):
        _ = _session(files).full_config
    catalogue = read_catalogue(files, {})
    (problem,) = catalogue.problems
    assert (problem.file, problem.line) == (str(files.config), line)
    assert set(catalogue.profiles) == left
    assert "{" not in "".join(problem.lines())


@pytest.mark.parametrize("name", REFUSED)
def test_refused_credentials_file_does_not_take_the_config_along(name: str, tmp_path: Path) -> None:
    content, line, _ = REFUSED[name]
    files = _files(tmp_path, "[profile z]\nregion = r\n", content)
    catalogue = read_catalogue(files, {})
    assert [problem.line for problem in catalogue.problems] == [line]
    assert catalogue.profiles["z"] == {"region": "r"}


# --- generated files --------------------------------------------------------------------

_NAMES = st.sampled_from(
    ["a", "b", "c d", "'c d'", '"a"', "a\\ b", "default", "x\ty", "é", "1.2/3@x"]
)
_HEADERS = st.one_of(
    st.builds("[profile {}]".format, _NAMES),
    st.builds("[{}]".format, _NAMES),
    st.sampled_from(
        ["[DEFAULT]", "[services a]", "[sso-session a]", "[profile a]x]", "[]", "[profile b"]
    ),
)
_KEYS = st.sampled_from(
    [
        "x",
        "X",
        "region",
        "role_arn",
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "",
        "k v",
    ]
)
_VALUES = st.sampled_from(["", "1", "a = b", "a:b", CANARY, "# c", "[d]", "x\u2028y", "é"])
_DELIMITERS = st.sampled_from(["=", " = ", ":", " : ", " =", "= ", "\t=\t", " "])
_PAIRS = st.builds("{}{}{}".format, _KEYS, _DELIMITERS, _VALUES)
_INDENTS = st.sampled_from(["", "", "", "", " ", "  ", "\t", "\u00a0"])
_LINES = st.one_of(
    _HEADERS,
    _PAIRS,
    st.builds("{}{}".format, _INDENTS, st.one_of(_PAIRS, _HEADERS, st.just("words"))),
    st.sampled_from(["", "", "   ", "# said", "; said", "  # said"]),
)
_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
_FILES = st.builds(
    lambda lines, end, start: start + end.join(lines),
    st.lists(_LINES, max_size=14),
    _ENDS,
    st.sampled_from(["", "[profile s]\n"]),
)


_GENERATED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(max_examples=300, **_GENERATED)
@given(config=_FILES, credentials=_FILES)
@example(config="[profile a]\nregion =\n  aws_secret_access_key = " + CANARY, credentials="")
@example(config="[DEFAULT]\naws_secret_access_key = " + CANARY + "\n[profile a]\n", credentials="")
def test_any_file_is_read_or_refused_as_botocore_does(
    config: str, credentials: str, tmp_path: Path
) -> None:
    _agrees_with_botocore(_files(tmp_path, config, credentials))


@pytest.mark.gate
@settings(max_examples=5_000, **_GENERATED)
@given(config=_FILES, credentials=_FILES)
def test_any_of_many_files_is_read_or_refused_as_botocore_does(
    config: str, credentials: str, tmp_path: Path
) -> None:
    _agrees_with_botocore(_files(tmp_path, config, credentials))


def _agrees_with_botocore(files: AwsFiles) -> None:
    catalogue = read_catalogue(files, {})
    held = [text for profile in catalogue.profiles.values() for text in profile.items()]
    secrets = [text for key, text in held if key in SECRET_KEYS]
    assert set(secrets) <= {"", MARK}
    try:
        full = _session(files).full_config
    except ConfigParseError:
        assert catalogue.problems
        return
    assert catalogue.problems == ()
    full_services = full.get("services", {})
    for name, profile in [*full["profiles"].items(), *full_services.items()]:
        for key, value in profile.items():
            if "aws_s" in str(value):  # a secret inside a longer value: ours has the mark instead
                mine = catalogue.profiles.get(name, {}) or catalogue.services[name]
                assert CANARY not in mine.get(key, "").partition("aws_s")[2]
                return
    _same(catalogue, full)


# --- where the keys come from -----------------------------------------------------------


def _static_keys(files: AwsFiles, profile: str) -> tuple[str, str, str] | str:
    """What botocore's own providers for keys in files answer, in their order."""
    providers = (
        botocore.credentials.SharedCredentialProvider(str(files.credentials), profile_name=profile),
        botocore.credentials.ConfigProvider(str(files.config), profile_name=profile),
    )
    try:
        for provider in providers:
            found = provider.load()
            if found is not None:
                return found.access_key, found.secret_key, found.token or ""
    except BotoCoreError as error:
        return _CODES[type(error).__name__]
    return "keys_missing"


def _our_keys(files: AwsFiles, profile: str) -> tuple[str, str, str] | str:
    try:
        found = read_keys(files, profile)
    except ProblemError as error:
        return error.problem.code
    return found.access_key_id, found.secret_access_key, found.session_token


_CODES = {
    "PartialCredentialsError": "partial_keys",
    "InfiniteLoopConfigError": "source_loop",
}

_KEY_LINES = st.fixed_dictionaries(
    {},
    optional={
        "aws_access_key_id": st.sampled_from(["AKIA1", "AKIA2"]),
        "aws_secret_access_key": st.sampled_from([CANARY, "other"]),
        "aws_session_token": st.sampled_from(["t1", ""]),
        "aws_security_token": st.just("t2"),
        "region": st.just("r"),
    },
)


def _ini(sections: dict[str, dict[str, str]]) -> str:
    return "".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in section.items())
        for name, section in sections.items()
    )


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(config=_KEY_LINES, credentials=_KEY_LINES, both=st.booleans())
def test_keys_come_from_the_file_botocore_takes_them_from(
    config: dict[str, str], credentials: dict[str, str], both: bool, tmp_path: Path
) -> None:
    second = {"a": credentials} if both else {}
    files = _files(tmp_path, _ini({"profile a": config}), _ini(second))
    expected = _static_keys(files, "a")
    assert _our_keys(files, "a") == expected
    catalogue = read_catalogue(files, {})
    if "a" not in catalogue:
        assert expected == "keys_missing"
        return
    role = catalogue.role("a")
    if isinstance(expected, str):
        assert role.problem is not None
        assert role.problem.code == "partial_keys"
    else:
        temporary = bool(expected[2])
        kind = SourceKind.TEMPORARY_IN_FILE if temporary else SourceKind.KEYS_IN_FILE
        assert (role.source.kind, role.problem) == (kind, None)


# --- which profile leads where ----------------------------------------------------------


class _Sts:
    """Stands for botocore's STS client: notes who asked for which role."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def create(self, _service: str, **signing: Any) -> _Client:
        return _Client(self, signing["aws_access_key_id"])


class _Client:
    def __init__(self, sts: _Sts, signed_by: str) -> None:
        self._sts, self._signed_by = sts, signed_by

    def assume_role(self, **asked: Any) -> dict[str, Any]:
        self._sts.calls.append((self._signed_by, asked))
        return {
            "Credentials": {
                "AccessKeyId": asked["RoleArn"],
                "SecretAccessKey": "s",
                "SessionToken": "t",
                "Expiration": "2099-01-01T00:00:00Z",
            },
            "AssumedRoleUser": {"AssumedRoleId": "AROA:x", "Arn": asked["RoleArn"]},
        }

    def close(self) -> None:
        """botocore closes its clients."""


def _botocore_chain(files: AwsFiles, profile: str) -> list[tuple[Any, ...]] | str:
    """The AssumeRole calls botocore makes for a profile, first one first, or the code of its refusal."""
    sts = _Sts()
    session = _session(files, profile)
    provider = botocore.credentials.AssumeRoleProvider(
        load_config=lambda: session.full_config,
        client_creator=sts.create,
        cache={},
        profile_name=profile,
        prompter=lambda _text: "123456",
        profile_provider_builder=botocore.credentials.ProfileProviderBuilder(session),
    )
    try:
        provider.load().get_frozen_credentials()
    except BotoCoreError as error:
        return _refusal(error)
    return [
        (
            signed_by if not number else "",
            asked["RoleArn"],
            asked.get("SerialNumber", ""),
            asked.get("ExternalId", ""),
            asked.get("DurationSeconds"),
            ""
            if asked["RoleSessionName"].startswith("botocore-session-")
            else asked["RoleSessionName"],
        )
        for number, (signed_by, asked) in enumerate(sts.calls)
    ]


def _refusal(error: BotoCoreError) -> str:
    words = str(error)
    if "source_profile or credential_source" in words:
        return "no_source"
    if "contains both" in words:
        return "two_sources"
    if "does not exist" in words:
        return "source_missing"
    if "must have credentials" in words:
        return "partial_keys"  # botocore's word for no keys and for a secret without its id
    return _CODES[type(error).__name__]


def _our_chain(files: AwsFiles, profile: str) -> list[tuple[Any, ...]] | str:
    role = read_catalogue(files, {}).role(profile)
    if role.problem is not None:
        return role.problem.code.replace("source_without_keys", "partial_keys")
    signer = read_keys(files, role.source.name).access_key_id
    return [
        (
            signer if not number else "",
            str(hop.arn),
            hop.mfa_serial,
            hop.external_id,
            hop.duration_seconds,
            hop.session_name,
        )
        for number, hop in enumerate(role.hops)
    ]


_PROFILE_NAMES = ["a", "b", "c", "default"]
_ROLE_LINES = st.fixed_dictionaries(
    {},
    optional={
        "role_arn": st.sampled_from([f"arn:aws:iam::11112222333{n}:role/p/r{n}" for n in range(3)]),
        "source_profile": st.sampled_from([*_PROFILE_NAMES, "nowhere"]),
        "mfa_serial": st.just("arn:aws:iam::111122223333:mfa/me"),
        "external_id": st.just("ext"),
        "duration_seconds": st.sampled_from(["900", "43200", "an hour"]),
        "role_session_name": st.just("me"),
        "aws_access_key_id": st.sampled_from(["AKIA1", "AKIA2"]),
        "aws_secret_access_key": st.just(CANARY),
        "region": st.just("eu-west-1"),
    },
)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    config=st.dictionaries(st.sampled_from(_PROFILE_NAMES), _ROLE_LINES, min_size=1),
    credentials=st.dictionaries(st.sampled_from(_PROFILE_NAMES), _ROLE_LINES, max_size=2),
)
def test_every_role_takes_the_way_botocore_takes(
    config: dict[str, dict[str, str]], credentials: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    headers = {n if n == "default" else f"profile {n}": section for n, section in config.items()}
    files = _files(tmp_path, _ini(headers), _ini(credentials))
    catalogue = read_catalogue(files, {})
    for name in catalogue.names():
        if catalogue.role_arn_text(name):
            assert _our_chain(files, name) == _botocore_chain(files, name), name


# --- what only we know ------------------------------------------------------------------


def test_identity_in_the_keyring_is_a_source(tmp_path: Path) -> None:
    config = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = me\n"
    catalogue = read_catalogue(_files(tmp_path, config), {"me": Identity("me", region="eu-west-1")})
    assert list(catalogue.names()) == ["r", "me"]
    assert catalogue.role("r").source.kind is SourceKind.KEYS_IN_KEYRING


KEY_LINES = "aws_access_key_id = A\naws_secret_access_key = B\n"


@pytest.mark.parametrize(
    ("config", "credentials", "kind"),
    [
        (f"{KEY_LINES}credential_process = x\n", "", SourceKind.PROCESS),
        (f"{KEY_LINES}login_session = x\n", "", SourceKind.LOGIN),
        (f"{KEY_LINES}", "credential_process = x\n", SourceKind.PROCESS),
        ("credential_process = x\n", KEY_LINES, SourceKind.KEYS_IN_FILE),
        (f"{KEY_LINES}credential_process = x\n", KEY_LINES, SourceKind.KEYS_IN_FILE),
    ],
)
def test_helper_comes_before_keys_of_the_config_file_as_in_botocore(
    config: str, credentials: str, kind: SourceKind, tmp_path: Path
) -> None:
    files = _files(tmp_path, f"[profile a]\n{config}", f"[a]\n{credentials}")
    session = _session(files, "a")
    builder = botocore.credentials.ProfileProviderBuilder(session)
    providers = builder.providers("a", disable_env_vars=True)
    helper = SourceKind.PROCESS
    for provider in providers:
        if provider.METHOD == "custom-process" and provider._credential_process:
            break
        if provider.METHOD in {"shared-credentials-file", "config-file"} and provider.load():
            helper = SourceKind.KEYS_IN_FILE
            break
    assert "login_session" in config or helper is kind
    assert read_catalogue(files, {}).role("a").source.kind is kind


def test_owned_sections_are_neither_listed_nor_sources(tmp_path: Path) -> None:
    config = (
        f"[profile wired]\n{OWNED}\ncredential_process = x\n"
        "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = written\n"
        f"[profile mine]\nregion = r\n"
    )
    credentials = f"[written]\n{OWNED}\naws_access_key_id = A\naws_secret_access_key = {CANARY}\n"
    files = _files(tmp_path, config, credentials)
    catalogue = read_catalogue(files, {})
    assert list(catalogue.profiles) == ["r", "mine"]
    role = catalogue.role("r")
    assert role.problem is not None
    assert role.problem.code == "source_missing"
    assert _our_keys(files, "written") == "keys_missing"


def test_secret_is_nowhere_in_the_catalogue(tmp_path: Path) -> None:
    config = (
        f"[profile a]\naws_access_key_id = A\n  aws_secret_access_key = {CANARY}\n"
        f"[profile b]\nregion =\n  aws_session_token: {CANARY} = 1\nAWS_SECRET_ACCESS_KEY={CANARY}\n"
        f"[profile c]\naws_security_token =\n"
    )
    catalogue = read_catalogue(_files(tmp_path, config), {})
    assert CANARY not in repr(catalogue)
    assert catalogue.profiles["b"]["aws_secret_access_key"] == MARK
    assert catalogue.profiles["c"] == {"aws_security_token": ""}


@pytest.mark.parametrize("content", [f"[a]\naws_secret_access_key {CANARY}", f"{CANARY}\n"])
def test_problem_names_the_line_and_never_its_text(content: str, tmp_path: Path) -> None:
    catalogue = read_catalogue(_files(tmp_path, content, content), {})
    assert len(catalogue.problems) == 2
    assert CANARY not in repr(catalogue)


def test_missing_files_are_an_empty_catalogue(tmp_path: Path) -> None:
    files = AwsFiles(tmp_path / "none" / "config", Path(os.devnull))
    assert read_catalogue(files, {}) == Catalogue()


@pytest.mark.parametrize("odd", ["folder", "fifo", "forbidden", "loop"])
def test_file_that_cannot_be_read_is_a_problem_and_never_a_wait(odd: str, tmp_path: Path) -> None:
    files = _files(tmp_path, "[profile a]\nregion = r\n")
    files.credentials.unlink()
    if odd == "folder":
        files.credentials.mkdir()
    elif odd == "fifo":
        os.mkfifo(files.credentials)
    elif odd == "loop":
        files.credentials.symlink_to(files.credentials)
    else:
        if os.geteuid() == 0:
            pytest.skip("root may read every file")
        files.credentials.touch(mode=0o000)
    catalogue = read_catalogue(files, {})
    (problem,) = catalogue.problems
    assert problem.code in {"file_unreadable", "file_not_ordinary"}
    assert problem.file == str(files.credentials)
    assert list(catalogue.profiles) == ["a"]


def test_many_faults_are_told_in_few_problems(tmp_path: Path) -> None:
    config = "".join(f"[profile p{n}]\nx=1\nx=2\n" for n in range(50)) + "[profile ok]\nx=1\n"
    catalogue = read_catalogue(_files(tmp_path, config), {})
    assert len(catalogue.problems) == 10
    assert list(catalogue.profiles) == ["ok"]


FROM_A = "[profile ro]\nrole_arn = arn:aws:iam::111111111111:role/R\nsource_profile = a\n"


@pytest.mark.parametrize(
    ("config", "credentials", "broken", "line"),
    [
        (FROM_A, f"[a]\n{KEY_LINES}[a]\n{KEY_LINES}", "credentials", 4),
        (f"[profile a]\n{FROM_A}", f"[b]\nx=1\nx=2\n[a]\n{KEY_LINES}x=1\nx=2\n", "credentials", 8),
        (f"{FROM_A}[profile a]\nx=1\nx=2\n", "", "config", 6),
        (FROM_A, b"[a]\naws_access_key_id = \xff\n", "credentials", 2),
    ],
)  # fmt: skip
def test_a_source_that_a_broken_file_costs_is_told_by_file_and_line(
    tmp_path: Path, config: str, credentials: str | bytes, broken: str, line: int
) -> None:
    catalogue = read_catalogue(_files(tmp_path, config, credentials), {})
    problem = catalogue.role("ro").problem
    assert problem is not None
    assert (problem.file, problem.line) == (str(tmp_path / broken), line)
    assert "does not exist" not in "".join(problem.lines())


def test_what_every_section_shares_costs_every_profile_if_it_is_broken(tmp_path: Path) -> None:
    files = _files(tmp_path, f"{FROM_A}[profile a]\nx=1\n[DEFAULT]\ny=1\ny=2\n")
    left_out = read_catalogue(files, {}).left_out
    assert {name: problem.line for name, problem in left_out.items()} == {"ro": 8, "a": 8}


@pytest.mark.parametrize("config", [FROM_A, f"[profile a]\nregion = r\n{FROM_A}"])
def test_a_source_that_may_stand_in_a_file_nobody_can_read_is_told_with_that_file(
    tmp_path: Path, config: str
) -> None:
    files = _files(tmp_path, config)
    files.credentials.unlink()
    files.credentials.mkdir()
    problem = read_catalogue(files, {}).role("ro").problem
    assert problem is not None
    assert problem.code in {"source_missing", "source_without_keys"}
    assert str(files.credentials) in str(problem.explanation)
    files.credentials.rmdir()
    whole = read_catalogue(files, {}).role("ro").problem
    assert whole is not None
    assert str(whole.explanation) == ""


def test_own_entries_are_listed_beside_the_profiles_of_the_files(tmp_path: Path) -> None:
    files = _files(tmp_path, "[profile base]\nrole_session_name = x\n", f"[base]\n{KEY_LINES}")
    entries = tmp_path / "roles.toml"
    entries.write_text(
        '[mine]\nrole_arn = "arn:aws:iam::111111111111:role/Mine"\nsource_profile = "base"\n'
        '[base]\nrole_arn = "arn:aws:iam::111111111111:role/Base"\nsource_profile = "base"\n'
        '[fed]\nfederation_name = "alex"\nsource_profile = "base"\n'
    )
    catalogue = read_catalogue(files, {}, entries)
    assert set(catalogue.names()) == {"base", "mine", "fed"}
    assert catalogue.role("mine").hops[0].arn.name == "Mine"
    ending = catalogue.role("fed").ending
    assert ending is not None
    assert ending.target == "alex"
    assert catalogue.role("base").own_session, "an entry never stands in for a profile"
    assert [problem.file for problem in catalogue.problems] == [str(entries)]


def test_keys_of_own_entries_mean_nothing_in_the_aws_files(tmp_path: Path) -> None:
    profile = "[profile a]\nsaml_login_url = https://idp.example/\nfederation_name = x\n"
    files = _files(tmp_path, f"{profile}role_arn = arn:aws:iam::111111111111:role/A\n", "")
    assert read_catalogue(files, {}).role("a").problem is not None, "it has no source_profile"
    files = _files(tmp_path, profile, "")
    assert list(read_catalogue(files, {}).names()) == []


ARN = "arn:aws:iam::222222222222:role/Admin"
KEYS = {"aws_access_key_id": "AKIAEXAMPLE", "aws_secret_access_key": MARK}


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        (KEYS, SourceKind.KEYS_IN_FILE),
        ({**KEYS, "role_arn": ARN, "source_profile": "it"}, SourceKind.KEYS_IN_FILE),
        ({**KEYS, "role_arn": ARN, "source_profile": "base"}, SourceKind.KEYS_IN_FILE),
        ({**KEYS, "role_arn": "no arn"}, SourceKind.KEYS_IN_FILE),
        ({**KEYS, "aws_session_token": "•"}, None),
        ({"aws_access_key_id": "AKIA"}, None),
        ({**KEYS, "aws_access_key_id": PASSED_OVER, "role_arn": ARN}, None),
        ({"role_arn": ARN, "source_profile": "base"}, None),
    ],
)
def test_a_key_is_an_identity_whatever_else_its_profile_names(
    profile: dict[str, str], kind: SourceKind | None
) -> None:
    device = {"mfa_serial": "arn:aws:iam::111111111111:mfa/x"}
    catalogue = Catalogue(profiles={"base": KEYS, "it": {**profile, **device}})
    found = key_identity(catalogue, "it")
    assert (found.source.kind if found else None) is kind
    if found is not None:
        assert (found.name, found.source.name, found.own_session) == ("it", "it", True)
        assert bool(found.mfa_serial) is (profile.get("source_profile") in {None, "it"})
