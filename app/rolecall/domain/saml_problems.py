"""What can be wrong with a SAML response, as Problems. Owns the wording; saml_paste.py and saml.py detect.

No text here holds anything of a response but names that a person may see: a role, a provider, an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text

if TYPE_CHECKING:
    from rolecall.domain.saml import RolePair

_COPY_AGAIN: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Sign in at your company again, and copy the SAMLResponse of the request to …/saml as a whole.",
)
_AGAIN: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Sign in at your company again for a new one. If you just did, check this computer's clock.",
)
_ASK_OWNER: Final = QT_TRANSLATE_NOOP(
    "Problem", "Whoever runs your company's sign-in page can see to it."
)


def _problem(code: str, title: str, remedy: str, exit_code: Exit = Exit.USAGE) -> Problem:
    return Problem(code, Text(title), remedy=Text(remedy), exit=exit_code)


def nothing_pasted() -> Problem:
    """Nothing but white space."""
    return _problem(
        "saml_empty",
        QT_TRANSLATE_NOOP("Problem", "There is no SAML response yet"),
        _COPY_AGAIN,
        Exit.NOBODY_TO_ASK,
    )


def too_much(largest: int) -> Problem:
    """More text than any page or recording of a sign-in needs."""
    return Problem(
        "saml_too_much",
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This is more than {largest} million characters, too much to look through",
            ),
            largest=largest // 1_000_000,
        ),
        remedy=Text(_COPY_AGAIN),
        exit=Exit.USAGE,
    )


def not_text() -> Problem:
    """Binary data: a picture, an archive."""
    return _problem(
        "saml_not_text",
        QT_TRANSLATE_NOOP("Problem", "This is not text, so no SAML response is in it"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Choose the page as it was saved, a recording of the network (.har) or a text file.",
        ),
    )


def not_found() -> Problem:
    """Text without anything that could be one."""
    return _problem(
        "saml_not_found",
        QT_TRANSLATE_NOOP("Problem", "No SAML response is in this text"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It is a long run of letters and digits that mostly begins with PHNhbWxw or PD94. "
            "Copy it from the request to …/saml, form field SAMLResponse.",
        ),
    )


def not_found_nor_named(folder: str) -> Problem:
    """A line that holds no response, and is no file's name either. folder: where names are looked for."""
    return Problem(
        "saml_not_found",
        Text(
            QT_TRANSLATE_NOOP(
                "Problem", "No SAML response is in this text, and no file has this name"
            )
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "A name without a path is looked for in {folder}. A response is a long run of "
                "letters and digits that mostly begins with PHNhbWxw or PD94.",
            ),
            folder=folder,
        ),
        exit=Exit.USAGE,
    )


def address_only() -> Problem:
    """The address of a page, where what the browser sent to it is wanted."""
    return _problem(
        "saml_address",
        QT_TRANSLATE_NOOP("Problem", "This is the address of a page, not the response sent to it"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "In the developer tools' network list choose the request to …/saml and copy its payload.",
        ),
    )


def request_pasted() -> Problem:
    """A SAMLRequest: what goes to the identity provider, not what comes from it."""
    return _problem(
        "saml_request",
        QT_TRANSLATE_NOOP("Problem", "This is the question to the sign-in page, not its answer"),
        QT_TRANSLATE_NOOP("Problem", "Copy SAMLResponse, which is sent after you signed in."),
    )


def not_base64() -> Problem:
    """A SAMLResponse field whose value does not decode to a document."""
    return _problem(
        "saml_not_base64",
        QT_TRANSLATE_NOOP("Problem", "The SAMLResponse in this text cannot be decoded"),
        _COPY_AGAIN,
    )


def cut_off() -> Problem:
    """Begins as a document and does not end as one."""
    return _problem(
        "saml_cut_off",
        QT_TRANSLATE_NOOP("Problem", "The SAML response is cut off"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Developer tools shorten long values: use Copy value, or copy the request as cURL.",
        ),
    )


def too_long(length: int, longest: int) -> Problem:
    """Longer than STS takes. Source: STS API Reference, AssumeRoleWithSAML, SAMLAssertion."""
    return Problem(
        "saml_too_long",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The SAML response has {length} characters; AWS takes {longest} at most"
            ),
            length=length,
            longest=longest,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Your company's sign-in page has to name fewer roles or groups in it."
            )
        ),
        exit=Exit.USAGE,
    )


def not_saml() -> Problem:
    """A document of another kind."""
    return _problem(
        "saml_other_document",
        QT_TRANSLATE_NOOP("Problem", "This decodes to a document that is not a SAML response"),
        _COPY_AGAIN,
    )


def unsafe() -> Problem:
    """A document type or entities: SAML has neither, attacks on XML readers have."""
    return _problem(
        "saml_unsafe",
        QT_TRANSLATE_NOOP(
            "Problem", "This document declares entities, which no SAML response does"
        ),
        QT_TRANSLATE_NOOP("Problem", "Do not use it. Ask where it came from."),
    )


def assertion_alone() -> Problem:
    """An Assertion without the Response around it, which STS wants."""
    return _problem(
        "saml_assertion_alone",
        QT_TRANSLATE_NOOP(
            "Problem", "This is the inner part of a SAML response; AWS wants it whole"
        ),
        _COPY_AGAIN,
    )


def encrypted() -> Problem:
    """Only AWS holds the key, so the roles cannot be listed."""
    return _problem(
        "saml_encrypted",
        QT_TRANSLATE_NOOP("Problem", "The SAML response is encrypted, so its roles cannot be read"),
        QT_TRANSLATE_NOOP(
            "Problem", "Give this entry a role_arn and a saml_provider_arn; AWS can read the rest."
        ),
        Exit.LOCAL,
    )


def sign_in_failed(status: str) -> Problem:
    """The identity provider said no. status: the last word of its status code, letters only."""
    return Problem(
        "saml_status",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "Your company's sign-in page did not sign you in ({status})"
            ),
            status=status,
        ),
        remedy=Text(_ASK_OWNER),
        exit=Exit.REFUSED,
    )


def unsigned() -> Problem:
    """Neither the response nor the assertion carries a signature."""
    return _problem(
        "saml_unsigned",
        QT_TRANSLATE_NOOP("Problem", "The SAML response is not signed, so AWS will not take it"),
        _COPY_AGAIN,
        Exit.REFUSED,
    )


def no_roles() -> Problem:
    """Signed in, but not for AWS, or to no role there."""
    return _problem(
        "saml_no_roles",
        QT_TRANSLATE_NOOP("Problem", "The SAML response names no AWS role"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It may be meant for another application: choose AWS on the sign-in page. "
            "Else ask its administrator to give you a role.",
        ),
        Exit.REFUSED,
    )


def other_recipient(recipient: str) -> Problem:
    """Made for another service. recipient: an address, shown cut to 100 characters."""
    return Problem(
        "saml_recipient",
        text(
            QT_TRANSLATE_NOOP("Problem", "The SAML response is meant for {recipient}, not for AWS"),
            recipient=recipient[:100] or "?",
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Choose the AWS application on your company's sign-in page."
            )
        ),
        exit=Exit.REFUSED,
    )


def other_audience(audience: str) -> Problem:
    """The audience is not AWS. audience: shown cut to 100 characters."""
    return Problem(
        "saml_audience",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The SAML response is for the audience {audience}, not AWS"
            ),
            audience=audience[:100],
        ),
        remedy=Text(_ASK_OWNER),
        exit=Exit.REFUSED,
    )


def no_session_name() -> Problem:
    """STS refuses without RoleSessionName."""
    return _problem(
        "saml_no_session_name",
        QT_TRANSLATE_NOOP("Problem", "The SAML response lacks a RoleSessionName that AWS takes"),
        _ASK_OWNER,
        Exit.REFUSED,
    )


def expired(minutes: int) -> Problem:
    """Older than AWS takes. minutes: whole minutes since it was issued."""
    return Problem(
        "saml_expired",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The SAML response is {minutes} minutes old; AWS takes it for five"
            ),
            minutes=minutes,
        ),
        remedy=Text(_AGAIN),
        exit=Exit.REFUSED,
    )


def ended() -> Problem:
    """Past its own NotOnOrAfter, whatever its age."""
    return _problem(
        "saml_expired",
        QT_TRANSLATE_NOOP("Problem", "The SAML response has ended by its own terms"),
        _AGAIN,
        Exit.REFUSED,
    )


def role_missing(role: str, provider: str) -> Problem:
    """The wanted role (or role and provider) is not among those the response names."""
    title = (
        QT_TRANSLATE_NOOP("Problem", "The SAML response does not name {role} with {provider}")
        if provider
        else QT_TRANSLATE_NOOP("Problem", "The SAML response does not name the role {role}")
    )
    return Problem(
        "saml_role_missing",
        text(title, role=role, provider=provider),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Sign in as the user who has this role, or ask the sign-in page's administrator.",
            )
        ),
        exit=Exit.REFUSED,
    )


def choose_one(pairs: Sequence[RolePair], accounts: Mapping[str, str] | None = None) -> Problem:
    """Several roles and nobody said which. They are named, as ARNs, up to twenty.

    accounts: what the accounts are called, by id.
    """
    names = accounts or {}
    roles = (f"{pair.role_arn}  {names.get(pair.arn.account_id, '')}".rstrip() for pair in pairs)
    return Problem(
        "saml_choose",
        text(
            QT_TRANSLATE_NOOP("Problem", "The SAML response names {count} roles; choose one"),
            count=len(pairs),
        ),
        text("{roles}", roles="\n".join(islice(roles, 20))),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Give this entry a role_arn, or choose in the window.")
        ),
        exit=Exit.NO_SUCH_ROLE,
    )


def not_needed(role: str) -> Problem:
    """A response was brought for a role that is signed in to in another way."""
    return Problem(
        "saml_not_needed",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} is not signed in to with a SAML response"),
            role=role,
        ),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Leave --saml-response out.")),
        exit=Exit.USAGE,
    )
