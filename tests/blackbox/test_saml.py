"""SAML by the command line: files and standard input, the terminal's guide, the listener, chains, refusals."""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from blackbox.program import Demo, Done, person, plain_environment, run, run_on_terminal

BROWSER = Path(__file__).parents[1] / "aws" / "posting_browser.py"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """An embedded AWS of this test's own."""
    folder = tmp_path / "demo"
    folder.mkdir()
    with Demo(plain_environment(folder)) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """A person without screen, browser or terminal, and with a home of their own."""
    environ = plain_environment(tmp_path) | person(demo)
    config = tmp_path / ".config" / "rolecall"
    config.mkdir(parents=True)
    shutil.copy(Path(demo.exports["ROLECALL_HOME"], "config", "roles.toml"), config)
    return environ


def form_page(demo: Demo, user: str = "alex") -> str:
    """The page that posts itself to AWS, as a person may save it."""
    url = f"{demo.url.removesuffix('/demo')}/saml-idp/sso"
    with urllib.request.urlopen(url, urlencode({"user": user}).encode(), timeout=10) as page:
        return page.read().decode()


def response(demo: Demo, user: str = "alex") -> str:
    found = re.search(r'name="SAMLResponse" value="([^"]+)"', form_page(demo, user))
    assert found
    return html.unescape(found[1])


def browsing(environ: dict[str, str], answer: str = "alex") -> dict[str, str]:
    """A browser whose person signs in as `answer`, and which posts the form."""
    return environ | {"BROWSER": f"{sys.executable} {BROWSER} {answer} %s"}


def typed(environ: dict[str, str], *arguments: str, answers: tuple[str, ...]) -> tuple[Done, str]:
    """One command, and a person at its terminal."""
    return run_on_terminal(environ, *arguments, answers=answers, prompt="\n> ")


def test_a_saved_page_signs_in(demo: Demo, alone: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "saved page.html"
    page.write_text(form_page(demo))
    done = run(alone, "login", "finance", "--saml-response", str(page))
    assert (done.code, "finance is live until" in done.out) == (0, True), done.err
    assert "not kept" in done.err
    assert [c["code"] for c in demo.calls() if c["action"] == "AssumeRoleWithSAML"] == ["Ok"]


@pytest.mark.parametrize("form", ["base64", "form", "har"])
def test_standard_input_in_any_form(demo: Demo, alone: dict[str, str], form: str) -> None:
    value = response(demo)
    field = {"name": "SAMLResponse", "value": value}
    text = {
        "base64": value + "\n",
        "form": urlencode({"SAMLResponse": value, "RelayState": ""}),
        "har": json.dumps({"log": {"entries": [{"params": [field]}]}}),
    }[form]
    done = run(alone, "export", "finance", "--format", "json", "--saml-response", "-", typed=text)
    assert done.code == 0, done.err
    assert done.json["role_arn"] == "arn:aws:iam::222222222222:role/Finance"
    assert value[200:260] not in done.out + done.err


def test_a_chain_starts_from_it(demo: Demo, alone: dict[str, str]) -> None:
    done = run(
        alone, "export", "reports", "--format", "json", "--saml-response", "-", typed=response(demo)
    )
    assert done.code == 0, done.err
    assert done.json["role_arn"].endswith(":role/Reports")


def test_its_console_may_live_longer_than_its_keys(demo: Demo, alone: dict[str, str]) -> None:
    done = run(alone, "console", "finance", "--print", "--saml-response", "-", typed=response(demo))
    assert done.code == 0, done.err
    with urllib.request.urlopen(done.out.strip(), timeout=10) as page:
        assert "Finance" in page.read().decode()


def test_a_listener_serves_who_may_post_to_it(demo: Demo, alone: dict[str, str]) -> None:
    done = run(browsing(alone), "login", "analyst")
    assert done.code == 0, done.err
    assert "Finish signing in in your browser." in done.err or "kept" in done.err


def test_a_strangers_post_is_not_taken(demo: Demo, alone: dict[str, str]) -> None:
    done = run(browsing(alone, "forge"), "export", "analyst", "--format", "json")
    assert done.code == 0, done.err
    assert "Analyst" in done.json["role_arn"]


Bad = tuple[tuple[str, ...], str, int, str]

BAD: dict[str, Bad] = {
    "junk": (("finance",), "good morning", 2, "No SAML response is in this text"),
    "nothing": (("finance",), "", 4, "There is no SAML response yet"),
    "ten million": (("finance",), "A" * 10_000_000, 2, "too much to look through"),
    "another user's": (("finance",), "sam", 5, "does not name the role"),
    "a user without roles": (("finance",), "guest", 5, "names no AWS role"),
    "several, and nobody to choose": (("acme-sso",), "alex", 3, "arn:aws:iam::333333333333:role/team/Developer"),
    "a role of another kind": (("prod-readonly",), "alex", 2, "not signed in to with a SAML response"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "given", "code", "words"), BAD.values(), ids=BAD)
def test_bad_responses(
    demo: Demo, alone: dict[str, str], arguments: tuple[str, ...], given: str, code: int, words: str
) -> None:
    text = response(demo, given) if given in {"alex", "sam", "guest"} else given
    done = run(alone, "login", *arguments, "--saml-response", "-", typed=text)
    assert (done.code, words in done.err) == (code, True), done.err
    assert done.out == ""
    assert "Traceback" not in done.err


def test_one_that_is_too_old_is_told(demo: Demo, alone: dict[str, str]) -> None:
    text = response(demo)
    demo.advance(301)
    done = run(alone, "login", "finance", "--saml-response", "-", typed=text)
    assert (done.code, "5 minutes old" in done.err) == (5, True), done.err


def test_a_file_that_is_not_there(alone: dict[str, str]) -> None:
    done = run(alone, "login", "finance", "--saml-response", "/nowhere/page.html")
    assert (done.code, "page.html" in done.err) == (8, True)


def test_nobody_there_is_told_at_once(alone: dict[str, str]) -> None:
    for role in ("finance", "acme-sso", "reports"):
        done = run(alone, "login", role)
        assert (done.code, done.seconds < 5) == (4, True), done.err


def test_a_browser_without_a_terminal_has_nowhere_to_paste(alone: dict[str, str]) -> None:
    done = run(alone | {"BROWSER": "/bin/true %s"}, "login", "finance")
    assert done.code == 4, done.err


def test_it_is_listed_and_explained(alone: dict[str, str]) -> None:
    rows = {row["name"]: row for row in run(alone, "list", "--json").json}
    assert rows["finance"]["state"] == "needs_sign_in"
    assert rows["finance"]["account_id"] == "222222222222"
    assert rows["reports"]["state"] == "needs_sign_in"
    said = run(alone, "explain", "reports").out
    assert "SAML sign-in" in said
    assert "AssumeRoleWithSAML arn:aws:iam::555512340000:role/Analyst" in said
    assert "AssumeRole arn:aws:iam::555512340000:role/Reports, 1 h" in said


def test_explain_goes_by_a_response_that_comes_along(demo: Demo, alone: dict[str, str]) -> None:
    before = run(alone, "explain", "finance").out
    assert "as long as the response says; 1 h if it says nothing" in before
    done = run(alone, "explain", "finance", "--saml-response", "-", typed=response(demo))
    assert "is signed in" in done.out
    assert "as long as the response says" not in done.out
    assert "sign-in in the browser is needed" not in done.out
    assert not [c for c in demo.calls() if c["action"] == "AssumeRoleWithSAML"]
    for role, code in (("acme-sso", 3), ("prod-readonly", 2)):
        done = run(alone, "explain", role, "--saml-response", "-", typed=response(demo))
        assert (done.code, done.out) == (code, ""), done.err
    done = run(alone, "explain", "finance", "--saml-response", "-", typed=response(demo, "sam"))
    assert (done.code, "does not name the role" in done.err) == (5, True)


# --- On a terminal ----------------------------------------------------------------------------------


def test_the_guide_on_a_terminal_takes_a_long_paste(demo: Demo, alone: dict[str, str]) -> None:
    value = response(demo)
    assert len(value) > 4096, "a terminal that edits lines would cut it"
    done, shown = typed(alone, "export", "finance", "--format", "json", answers=(value,))
    assert done.code == 0, shown
    assert done.json["role_arn"].endswith(":role/Finance")
    assert "/saml-idp/sso" in shown
    assert value[:40] not in shown


def test_a_file_may_be_named_there(demo: Demo, alone: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(form_page(demo))
    done, shown = typed(alone, "login", "finance", answers=(str(page),))
    assert done.code == 0, shown


def test_a_page_of_many_lines_may_be_pasted_there(demo: Demo, alone: dict[str, str]) -> None:
    page = form_page(demo).replace("<form", "\n<form").replace("</form>", "</form>\n")
    done, shown = typed(alone, "login", "finance", answers=(page,))
    assert done.code == 0, shown


def test_a_bad_paste_may_be_repeated_there(demo: Demo, alone: dict[str, str]) -> None:
    done, shown = typed(alone, "login", "finance", answers=("good morning\n", response(demo)))
    assert done.code == 0, shown
    assert "No SAML response is in this text" in shown


def test_a_role_is_chosen_there(demo: Demo, alone: dict[str, str]) -> None:
    answers = (response(demo), "9", "2")
    done, shown = typed(alone, "export", "acme-sso", "--format", "json", answers=answers)
    assert done.code == 0, shown
    assert "alex@acme.example" in shown
    assert done.json["role_arn"] == "arn:aws:iam::333333333333:role/team/Developer"


def test_a_mistyped_file_is_told_at_once_there(
    demo: Demo, alone: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(form_page(demo))
    done = run(alone, "login", "finance", "--saml-response=~/page.html")
    assert done.code == 0, done.err
    done, shown = typed(alone, "login", "finance", answers=("pgae.html", "~/page.html"))
    assert done.code == 0, shown
    assert "no file has this name" in shown
    done, shown = typed(alone, "login", "finance", answers=("one", "two", "three"))
    assert (done.code, "no file has this name" in done.err) == (2, True), shown


def test_the_accounts_have_the_person_s_names_there(
    demo: Demo, alone: dict[str, str], tmp_path: Path
) -> None:
    settings = tmp_path / ".config" / "rolecall" / "settings.toml"
    settings.write_text('[accounts]\n333333333333 = "My sandbox"\n')
    answers = (response(demo), "2")
    done, shown = typed(alone, "login", "acme-sso", answers=answers)
    assert done.code == 0, shown
    assert "333333333333 My sandbox" in shown
    done = run(alone, "login", "acme-sso", "--saml-response", "-", typed=response(demo))
    assert (done.code, "Developer  My sandbox" in done.err) == (3, True), done.err


def test_an_empty_line_gives_up_there(alone: dict[str, str]) -> None:
    done, _ = typed(alone, "login", "finance", answers=("",))
    assert done.code == 4


def test_a_tool_is_told_at_once_and_no_browser_opens(alone: dict[str, str], tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {opened}\n")
    browser.chmod(0o700)
    for role in ("finance", "analyst", "acme-sso", "reports"):
        done = run(alone | {"BROWSER": f"{browser} %s"}, "credential-process", role)
        assert (done.code, done.out) == (4, ""), done.err
    assert not opened.exists()


def test_a_command_runs_as_the_role(demo: Demo, alone: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(form_page(demo))
    shown = ("sh", "-c", "echo $AWS_ACCESS_KEY_ID")
    done = run(alone, "exec", "finance", "--saml-response", str(page), "--", *shown)
    assert (done.code, done.out.startswith("ASIA")) == (0, True), done.err
