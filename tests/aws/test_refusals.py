"""Why was I refused: each reason AWS has, brought about on the embedded AWS, and what a person is told.

One row for each reason; what the Problem says has to hold the words of the last column.
"""

from __future__ import annotations

import json
import random
import string
from collections.abc import Iterator

import pytest

from rolecall.demo import company
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Fault
from rolecall.demo.own_roles import own_roles
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.plan import plan
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.route import Wish
from rolecall.domain.session import Credentials
from rolecall.domain.state import State
from rolecall.sign_in import Sts, sign_in

SANDBOX = "arn:aws:iam::333333333333:role"
PAYMENTS = "arn:aws:iam::222222222222:role"
STATEMENT = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
NOISE = "".join(
    random.Random(7).choices(
        string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~", k=1930
    )
)
"""Packs badly, so that AWS's packed limit is reached before the plain one."""

Entry = dict[str, str]


class Desk:
    """A person at the embedded AWS with one entry, `it`, and what it starts from."""

    def __init__(self, aws: EmbeddedAws, clock: DemoClock) -> None:
        self.aws, self.clock, self.sts = aws, clock, Sts()

    def told(self, entry: Entry, wish: Wish | None = None, code: str = "") -> Problem:
        """What comes of it; the test fails if nothing is refused."""
        region = {"region": "eu-central-1", "endpoint_url": self.aws.url}
        keys = {"aws_access_key_id": "known", "aws_secret_access_key": "known"}
        profiles = dict.fromkeys(self.aws.catalogue.users, region | keys)
        own = {name: region | dict(each) for name, each in own_roles().items()}
        own["it"] = region | {"source_profile": "alex"} | entry
        catalogue = Catalogue(profiles | own, entries=frozenset(own))
        role = catalogue.role("it")
        route = plan(State(catalogue=catalogue), role, wish or Wish(), self.clock.now())
        if isinstance(route, Problem):
            return route
        held = self.aws.catalogue.users[role.source.name]
        given = Credentials(held.access_key_id, held.secret)
        with pytest.raises(ProblemError) as caught:
            sign_in(route, role, lambda: given, self.sts, code or None, self.clock.now)
        return caught.value.problem


@pytest.fixture
def desk() -> Iterator[Desk]:
    clock = DemoClock()
    with EmbeddedAws(clock) as aws:
        yield Desk(aws, clock)


def role(name: str, **keys: str) -> Entry:
    return {"role_arn": name if name.startswith("arn:") else f"{SANDBOX}/{name}", **keys}


ROWS: list[tuple[str, Entry, str, str]] = [
    ("root's key", role("Admin", source_profile="root"), "root_cannot_assume", "delete root"),
    ("longer than the role allows", role("ReadOnly", mfa_serial=company.PHONE, duration_seconds="7200"),
     "duration_over_role_max", "MaxSessionDuration"),
    ("MFA missing", role("Guarded"), "access_denied", "The role may want MFA"),
    ("MFA, asked of a role's session", role("Guarded", source_profile="again"),
     "access_denied", "The role may want MFA, which a role’s or a federated session never has"),
    ("a caller that was deleted and made anew", role("Deploy"), "access_denied", "AIDA…, AROA…"),
    ("a condition on time, address, region or organisation", role("Sealed"),
     "access_denied", "only at a time, from an address, region or organisation"),
    ("a change that is not everywhere yet", role("Nobody"), "access_denied", "try again in a minute"),
    ("external id missing", role(f"{PAYMENTS}/VendorAudit"), "access_denied", "may want an external id"),
    ("external id wrong", role(f"{PAYMENTS}/VendorAudit", external_id="other"),
     "access_denied", "The external id may be wrong"),
    ("session name the trust does not know", role("Sealed"), "access_denied", "role_session_name"),
    ("tags not allowed", role(f"{PAYMENTS}/ReadOnly", session_tags="team=a"),
     "access_denied", "sts:TagSession"),
    ("source identity not allowed", role(f"{PAYMENTS}/ReadOnly", source_identity="alex"),
     "access_denied", "sts:SetSourceIdentity"),
    ("trust does not name the caller", role("Deploy"), "access_denied", "may not name the caller"),
    ("no such role", role("Nobody"), "access_denied", "may not exist under this exact name"),
    ("a role of Identity Center", role("aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123"),
     "access_denied", "belongs to Identity Center"),
    ("no role at all", role("arn:aws:iam::333333333333:user/alex"), "bad_role_arn", "role/NAME"),
    ("a transitive tag again", role("AuditedReport", source_profile="audited", session_tags="TEAM=b"),
     "tag_inherited", "session_tags of it"),
    ("another source identity", role("AuditedReport", source_profile="audited", source_identity="sam"),
     "source_identity_changed", "comes along by itself"),
    ("a role that does not list itself", role("AuditedReport", source_profile="audited-report"),
     "access_denied", "may not name the caller"),
    ("the caller's own policies", role("Deploy"),
     "access_denied", "have to allow sts:AssumeRole on Deploy"),
    ("fifty-one tags", role("Audited", session_tags=",".join(f"k{n}=" for n in range(51))),
     "bad_session_tags", "51 session tags; AWS takes 50"),
    ("a tag AWS does not take", role("Audited", session_tags="a;b=c"), "bad_session_tags", "The tag a;b"),
    ("a key that is no tag", role("Audited", session_tags="a=b", transitive_session_tags="c"),
     "bad_transitive_tags", "names c"),
    ("a source identity of AWS's", role("Audited", source_identity="aws:alex"),
     "bad_source_identity", "may not begin with aws:"),
    ("a policy too long", role("Admin", session_policy=json.dumps({"Statement": STATEMENT}).ljust(2049)),
     "bad_policy", "2049 characters; AWS takes 2048"),
    ("a policy that is no JSON", role("Admin", session_policy="{"), "bad_policy", "not JSON"),
    ("a policy that is none", role("Admin", session_policy='{"Statement": {}}'),
     "policy_malformed", "policy"),
    ("a policy that packs badly",
     role("Admin", session_policy=json.dumps({"Statement": STATEMENT | {"Sid": NOISE}})),
     "policy_too_large", "policy"),
    ("eleven managed policies", role("Admin", session_policy_arns=",".join(
        f"arn:aws:iam::aws:policy/P{n}" for n in range(11))), "bad_policy_arns", "11 managed"),
    ("a federated user from a role", {"federation_name": "alex", "source_profile": "again"},
     "federation_needs_user", "source_profile"),
    ("a federated name too long", {"federation_name": "a" * 33}, "bad_federation_name", "2 to 32"),
    ("root's task from a member", {"root_account": "222222222222", "source_profile": "alex-gov",
                                   "region": "us-gov-west-1",
                                   "root_task_policy": "S3UnlockBucketPolicy"},
     "access_denied", "management account"),
    ("root's task without the permission", {"root_account": "222222222222", "source_profile": "build",
                                            "root_task_policy": "S3UnlockBucketPolicy"},
     "access_denied", "sts:AssumeRoot"),
    ("root's task by root", {"root_account": "222222222222", "source_profile": "root",
                             "root_task_policy": "S3UnlockBucketPolicy"},
     "access_denied", "never to root itself"),
    ("root's task elsewhere", {"root_account": "999999999999", "root_task_policy": "S3UnlockBucketPolicy"},
     "access_denied", "may be no member"),
    ("no task of AWS's", {"root_account": "222222222222", "root_task_policy": "DoAnything"},
     "bad_task_policy", "IAMAuditRootUserCredentials"),
    ("no account", {"root_account": "payments", "root_task_policy": "S3UnlockBucketPolicy"},
     "bad_root_account", "twelve digits"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "code", "words"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_each_reason_is_told_with_what_to_do(
    desk: Desk, entry: Entry, code: str, words: str
) -> None:
    typed = desk.aws.code(entry["mfa_serial"])[0] if "mfa_serial" in entry else ""
    wish = Wish(own_code=bool(typed))
    problem = desk.told(entry, wish, typed)
    assert problem.code == code
    assert words in "\n".join(problem.lines())
    assert problem.exit in (Exit.REFUSED, Exit.LOCAL, Exit.USAGE)
    assert "other" not in repr(problem) or entry.get("external_id") != "other"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("region-disabled", "region_disabled"),
        ("throttle", "throttled"),
        ("500", "aws_unavailable"),
        ("garbage", "garbage"),
    ],
)
@pytest.mark.parametrize("call", ["AssumeRole", "GetFederationToken", "AssumeRoot"])
def test_what_aws_may_say_to_any_call(
    desk: Desk, call: str, fault: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda seconds: None)
    entry = {
        "AssumeRole": role("Admin"),
        "GetFederationToken": {"federation_name": "alex"},
        "AssumeRoot": {"root_account": "222222222222", "root_task_policy": "S3UnlockBucketPolicy"},
    }[call]
    desk.aws.faults.add(Fault(fault, 9, call))
    assert desk.told(entry).code == code


@pytest.mark.parametrize("code", ["keys_invalid", "signature_refused"])
def test_a_key_that_is_gone_or_wrong(desk: Desk, code: str) -> None:
    held = desk.aws.catalogue.users["alex"]
    if code == "keys_invalid":
        desk.aws.callers.remove(held.access_key_id)
    else:
        from dataclasses import replace

        desk.aws.callers.add(replace(held, secret="of-another-key-of-forty-characters-or-so"))
    assert desk.told(role("Admin")).code == code


def test_a_code_that_is_wrong_used_or_of_another_device(desk: Desk) -> None:
    guarded = role("Guarded", mfa_serial=company.PHONE)
    good = desk.aws.code(company.PHONE)[0]
    wrong = f"{(int(good) + 500_000) % 1_000_000:06}"
    assert desk.told(guarded, Wish(own_code=True), wrong).code == "mfa_code_refused"
    other = role("Guarded", mfa_serial=company.TABLET)
    assert (
        desk.told(other, Wish(own_code=True), desk.aws.code(company.TABLET)[0]).code
        == "mfa_device_wrong"
    )
