"""A new key in the old one's place in AWS's files: in every profile that has it, and not one other byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials
from rolecall.storage.aws_credentials import read_keys, replace_keys
from rolecall.storage.paths import AwsFiles

OLD = Credentials("AKIAOLD0000000000000", "old/secret+0123456789abcdefghijklmnopqr=")
NEW = Credentials("AKIANEW0000000000000", "new/secret+0123456789abcdefghijklmnopqr=")


@pytest.fixture
def files(tmp_path: Path) -> AwsFiles:
    return AwsFiles(tmp_path / "config", tmp_path / "credentials")


def replaced(files: AwsFiles) -> None:
    replace_keys(files, lambda key_id: key_id == OLD.access_key_id, NEW)


def expected(text: str) -> str:
    swapped = text.replace(OLD.access_key_id, NEW.access_key_id)
    return swapped.replace(OLD.secret_access_key, NEW.secret_access_key)


@pytest.mark.parametrize(
    "text",
    [
        "[a]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n",
        "# mine\r\n[a]\r\naws_access_key_id={id}\r\naws_secret_access_key : {secret}\r\n\r\n",
        "[b]\nregion = x\n\n[a]\n  AWS_Access_Key_ID =   {id}  \n  aws_secret_access_key = {secret}",
        (
            "[copy]\naws_secret_access_key = {secret}\n# between\naws_access_key_id = {id}\n"
            "[a]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n"
        ),
        "\ufeff[a]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n",
        "[%]\nx = %(y)s\n[a]\naws_secret_access_key = {secret}\naws_access_key_id = {id}\n",
    ],
)
def test_only_the_two_values_change(files: AwsFiles, text: str) -> None:
    whole = text.format(id=OLD.access_key_id, secret=OLD.secret_access_key)
    files.credentials.write_bytes(whole.encode())
    replaced(files)
    assert files.credentials.read_bytes() == expected(whole).encode()
    replaced(files)  # harmless a second time
    assert files.credentials.read_bytes() == expected(whole).encode()


def test_both_files_are_looked_at_and_another_key_is_left_alone(files: AwsFiles) -> None:
    pair = f"aws_access_key_id = {OLD.access_key_id}\naws_secret_access_key = {OLD.secret_access_key}\n"
    other = "[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n"
    files.credentials.write_text(f"[a]\n{pair}{other}")
    files.config.write_text(f"[profile b]\n{pair}")
    replaced(files)
    assert read_keys(files, "a") == read_keys(files, "b") == NEW
    assert files.credentials.read_text().endswith(other)


def test_a_temporary_copy_of_the_same_id_is_no_copy_of_the_key(files: AwsFiles) -> None:
    text = (
        f"[a]\naws_access_key_id = {OLD.access_key_id}\naws_secret_access_key = s\n"
        "aws_session_token = t\n"
    )
    files.credentials.write_text(text)
    replaced(files)
    assert files.credentials.read_text() == text


def test_a_value_of_several_lines_is_left_as_it_is(files: AwsFiles) -> None:
    text = (
        f"[a]\naws_access_key_id = {OLD.access_key_id}\n"
        f"aws_secret_access_key =\n  {OLD.secret_access_key}\n"
    )
    files.credentials.write_text(text)
    with pytest.raises(ProblemError) as caught:
        replaced(files)
    assert caught.value.problem.code == "keys_not_replaceable"
    assert files.credentials.read_text() == text


def test_no_files_are_no_fault(files: AwsFiles) -> None:
    replaced(files)
    assert not files.credentials.exists()
