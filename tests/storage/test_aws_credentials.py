"""Keys that are taken out of a file: theirs alone, every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials
from rolecall.storage.aws_credentials import digest, read_keys, remove_keys
from rolecall.storage.paths import AwsFiles

KEYS = Credentials("AKIA1", "CANARY=/+x")
ID, SECRET = "aws_access_key_id", "aws_secret_access_key"


def _files(folder: Path, config: str, credentials: str = "") -> AwsFiles:
    files = AwsFiles(folder / "config", folder / "credentials")
    files.config.write_bytes(config.encode())
    files.credentials.write_bytes(credentials.encode())
    return files


def _code(files: AwsFiles, profile: str = "a") -> str:
    with pytest.raises(ProblemError) as caught:
        remove_keys(files, profile, KEYS)
    assert "CANARY" not in repr(caught.value.problem)
    return caught.value.problem.code


CUTS = {
    "plain": ("[a]\n<id = 1>\n<secret = 1>\n", "[a]\n"),
    "neighbours": (
        "# top\n[b]\n{ID} = AKIA1\n{SECRET} = CANARY=/+x\n\n[a] # mine\n# kept\n<id>\n\n<secret>\n; end\n[c]\n",
        None,
    ),
    "crlf": ("[a]\r\n<id>\r\nregion = r\r\n<secret>\r\n", None),
    "no last newline": ("[a]\nregion = r\n<id>\n<secret>", None),
    "other case": (
        "[a]\nAWS_ACCESS_KEY_ID: AKIA1\naws_Secret_access_KEY=CANARY=/+x\nx = 1\n",
        "[a]\nx = 1\n",
    ),
    "odd white space": ("[a]\n{ID}\t=AKIA1  \n{SECRET}=  CANARY=/+x\t\nx = 1\n", "[a]\nx = 1\n"),
    "indented": ("[a]\n  x = 1\n  <id>\n  <secret>\n  y = 1\n", "[a]\n  x = 1\n  y = 1\n"),
    "nested": (
        "[a]\ns3 =\n  {ID} = AKIA1\n  k = v\n<id>\n<secret>\n",
        "[a]\ns3 =\n  {ID} = AKIA1\n  k = v\n",
    ),
    "comment with a key": ("[a]\n# {ID} = AKIA1\n<id>\n<secret>\n", None),
}


def _filled(text: str) -> str:
    text = text.replace("<id = 1>", "<id>").replace("<secret = 1>", "<secret>")
    text = text.replace("<id>", f"{ID} = AKIA1").replace("<secret>", f"{SECRET} = CANARY=/+x")
    return text.replace("{ID}", ID).replace("{SECRET}", SECRET)


@pytest.mark.parametrize("name", CUTS)
def test_key_lines_go_and_all_else_stays(name: str, tmp_path: Path) -> None:
    before, after = CUTS[name]
    if after is None:
        lines = before.splitlines(keepends=True)
        after = "".join(line for line in lines if not line.startswith(("<id>", "<secret>")))
    files = _files(tmp_path, "[profile a]\nregion = x\n", _filled(before))
    remove_keys(files, "a", KEYS)
    assert files.credentials.read_bytes() == _filled(after).encode()
    assert files.config.read_bytes() == b"[profile a]\nregion = x\n"


def test_keys_in_the_config_file_go_from_there(tmp_path: Path) -> None:
    config = f'[profile "a"]\n{ID} = AKIA1\n{SECRET} = CANARY=/+x\nregion = r\n[profile b]\n{ID} = AKIA1\n'
    files = _files(tmp_path, config, "[b]\nregion = r\n")
    remove_keys(files, "a", KEYS)
    assert files.config.read_text() == f'[profile "a"]\nregion = r\n[profile b]\n{ID} = AKIA1\n'


REFUSALS = {
    "another secret": (f"[a]\n{ID} = AKIA1\n{SECRET} = new\n", "keys_changed"),
    "another id": (f"[a]\n{ID} = AKIA2\n{SECRET} = CANARY=/+x\n", "keys_changed"),
    "keys of every section": (
        f"[DEFAULT]\n{ID} = AKIA1\n{SECRET} = CANARY=/+x\n[a]\nx = 1\n",
        "keys_not_removable",
    ),
    "a duplicate": (
        f"[a]\n{ID} = AKIA1\n{SECRET} = CANARY=/+x\n[a]\n",
        "aws_file_duplicate_section",
    ),
    "a line that cannot be read": (
        f"[a]\n{ID} = AKIA1\n{SECRET} = CANARY=/+x\nwords\n",
        "aws_file_bad_line",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_unclear_file_is_left(name: str, tmp_path: Path) -> None:
    content, code = REFUSALS[name]
    files = _files(tmp_path, "", content)
    assert _code(files) == code
    assert files.credentials.read_text() == content


def test_keys_that_are_gone_are_no_error(tmp_path: Path) -> None:
    files = _files(tmp_path, "[profile a]\nregion = r\n", "[b]\n")
    remove_keys(files, "a", KEYS)
    assert files.credentials.read_text() == "[b]\n"


_NOISE = st.sampled_from(
    [
        "",
        "# said",
        "; said",
        "region = r",
        "x =",
        "s3 =\n  k = v",
        "output: json",
        "role_arn = a = b",
    ]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    noise=st.lists(_NOISE, min_size=4, max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_neighbours_stay(noise: list[str], end: str, tmp_path: Path) -> None:
    def unique(text: str, number: int) -> str:
        return (
            text.replace("region", f"region{number}")
            .replace("x =", f"x{number} =")
            .replace("s3", f"s{number}")
            .replace("output", f"output{number}")
            .replace("role_arn", f"role{number}")
        )

    first, second, third, fourth = (unique(text, number) for number, text in enumerate(noise))
    kept = [f"[z]\n{first}", "[a]", second, third, f"[b]\n{fourth}", ""]
    lines = [*kept[:3], f"{ID} = AKIA1", kept[3], f"{SECRET} = CANARY=/+x", *kept[4:]]
    files = _files(tmp_path, "", "")
    files.credentials.write_bytes("\n".join(lines).replace("\n", end).encode())
    expected = "\n".join(kept).replace("\n", end).encode()
    remove_keys(files, "a", KEYS)
    assert files.credentials.read_bytes() == expected


def test_vanished_keys_are_told(tmp_path: Path) -> None:
    files = AwsFiles(tmp_path / "none", tmp_path / "none")
    with pytest.raises(ProblemError) as caught:
        read_keys(files, "a")
    assert caught.value.problem.code == "keys_missing"


def test_digest_differs_after_every_kind_of_change(tmp_path: Path) -> None:
    files = _files(tmp_path, "")
    seen = [digest(files)]
    files.config.write_text("x")
    seen.append(digest(files))
    (tmp_path / "other").write_text("y")
    (tmp_path / "other").replace(files.config)
    seen.append(digest(files))
    files.credentials.unlink()
    seen.append(digest(files))
    assert len(set(seen)) == 4
