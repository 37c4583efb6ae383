"""Which roles ask first, and which answers hold."""

from __future__ import annotations

from rolecall.domain.approval import (
    Consent,
    all_approvals,
    asking,
    asks_first,
    denied,
    forgotten,
    never_asking,
    remember,
    remembered,
    unanswered,
)
from rolecall.domain.problem import Exit
from rolecall.domain.settings import Settings
from unit.builders import USUAL, catalogue

PROD = catalogue(USUAL).role("prod")
AWS = "/usr/bin/python3 /usr/bin/aws"


def test_no_role_asks_until_it_is_told_to() -> None:
    assert not asks_first(Settings(), PROD)
    first = asking(asking(Settings(), PROD, first=True), PROD, first=True)
    assert first.ask_first == ("prod",)
    assert asks_first(first, PROD)
    assert not asks_first(asking(first, PROD, first=False), PROD)
    assert never_asking(first, "prod") == Settings()


def test_an_answer_holds_for_its_role_and_program_only() -> None:
    kept = remember(Settings(), "prod", AWS, Consent.ALWAYS)
    kept = remember(kept, "prod", "/usr/bin/terraform", Consent.NEVER)
    assert remembered(kept, "prod", AWS) is Consent.ALWAYS
    assert remembered(kept, "prod", "/usr/bin/terraform") is Consent.NEVER
    assert remembered(kept, "prod", "/usr/bin/python3") is None
    assert remembered(kept, "dev", AWS) is None
    assert remembered(kept, "prod", "") is None


def test_an_answer_can_be_taken_back() -> None:
    kept = remember(Settings(), "prod", AWS, Consent.ALWAYS)
    kept = remember(kept, "dev", AWS, Consent.NEVER)
    assert all_approvals(kept.approvals) == [
        ("dev", AWS, Consent.NEVER),
        ("prod", AWS, Consent.ALWAYS),
    ]
    assert forgotten(kept, "dev", AWS).approvals == {"prod": {AWS: "always"}}


def test_whoever_is_refused_hears_why_with_exit_code_4() -> None:
    assert denied("prod").exit is unanswered("prod").exit is Exit.NOBODY_TO_ASK
    assert "120 seconds" in str(unanswered("prod").title)
    assert [c for c in Consent if c.given] == [Consent.ONCE, Consent.RUNNING, Consent.ALWAYS]
