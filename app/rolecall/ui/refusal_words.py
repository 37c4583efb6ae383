"""Refusal words: why a role was not given, in a few words of the person's language, for a line of the journal.

The codes of Problems are for programs; a line of the journal keeps no more of a Problem than its code.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from rolecall.domain.problem import QT_TRANSLATE_NOOP


def refusal_words(code: str) -> str:
    """Words for the code of a Problem; empty for one nobody has words for."""
    words = _WORDS.get(code) or next(
        (found for begin, found in _BEGINNINGS if code.startswith(begin)), ""
    )
    return QCoreApplication.translate("Journal", words) if words else ""


_NOT_ACCEPTED: Final = QT_TRANSLATE_NOOP("Journal", "its program is not accepted")
_OVER: Final = QT_TRANSLATE_NOOP("Journal", "the sign-in is over")
_OWN_KEY: Final = QT_TRANSLATE_NOOP("Journal", "a user’s own key is needed")
_LENGTH: Final = QT_TRANSLATE_NOOP("Journal", "AWS does not allow this length")
_POLICY: Final = QT_TRANSLATE_NOOP("Journal", "AWS did not take the session policy")
_CONSOLE: Final = QT_TRANSLATE_NOOP("Journal", "the console could not be opened")
_BROWSER: Final = QT_TRANSLATE_NOOP("Journal", "the browser did not come back")
_TOKEN: Final = QT_TRANSLATE_NOOP("Journal", "the token was not accepted")
_DECLINED: Final = QT_TRANSLATE_NOOP("Journal", "the sign-in was declined")
_FAILED: Final = QT_TRANSLATE_NOOP("Journal", "the sign-in failed")
_PROVIDER: Final = QT_TRANSLATE_NOOP("Journal", "the identity provider was not reached")
_POOL: Final = QT_TRANSLATE_NOOP("Journal", "the identity pool refused it")
_HELPER: Final = QT_TRANSLATE_NOOP("Journal", "its program gave no credentials")
_NOTHING_THERE: Final = QT_TRANSLATE_NOOP("Journal", "no credentials where it starts")
_LOGIN: Final = QT_TRANSLATE_NOOP("Journal", "“aws login” is needed")
_KEYRING: Final = QT_TRANSLATE_NOOP("Journal", "the keyring could not be used")
_PROFILE: Final = QT_TRANSLATE_NOOP("Journal", "the profile has a fault")
_NOT_REACHED: Final = QT_TRANSLATE_NOOP("Journal", "AWS was not reached")

_WORDS: Final = {
    "access_denied": QT_TRANSLATE_NOOP("Journal", "by AWS"),
    "already_temporary": _OWN_KEY,
    "approval_unanswered": QT_TRANSLATE_NOOP("Journal", "nobody answered"),
    "audience_unknown_to_account": _TOKEN,
    "aws_unavailable": QT_TRANSLATE_NOOP("Journal", "AWS could not serve"),
    "awscrt_absent": _LOGIN,
    "bad_destination": _CONSOLE,
    "bad_service": _CONSOLE,
    "bad_signin_url": _CONSOLE,
    "browser_did_not_return": _BROWSER,
    "browser_silent": _BROWSER,
    "callback_port_taken": _FAILED,
    "caller_left": QT_TRANSLATE_NOOP("Journal", "the program went away"),
    "client_settings": _PROFILE,
    "key_not_taken": _PROFILE,
    "policy_would_widen": QT_TRANSLATE_NOOP("Journal", "it has a policy of its own"),
    "clock_skew": QT_TRANSLATE_NOOP("Journal", "the clock is wrong"),
    "code_not_taken": _FAILED,
    "cognito_settings": _PROFILE,
    "connection_closed": QT_TRANSLATE_NOOP("Journal", "the connection was closed"),
    "credential_source_unknown": _PROFILE,
    "device_code_over": _OVER,
    "fault": QT_TRANSLATE_NOOP("Journal", "something went wrong inside Rolecall"),
    "federation_needs_user": _OWN_KEY,
    "forgotten": QT_TRANSLATE_NOOP("Journal", "forgotten meanwhile"),
    "garbage": QT_TRANSLATE_NOOP("Journal", "an answer nobody understands"),
    "id_token_expired": _OVER,
    "id_token_refused": _TOKEN,
    "identity_provider_unreachable": _PROVIDER,
    "identity_token_refused": _TOKEN,
    "keys_invalid": QT_TRANSLATE_NOOP("Journal", "AWS does not know the access key"),
    "keys_missing": _NOTHING_THERE,
    "locked": QT_TRANSLATE_NOOP("Journal", "Rolecall was locked"),
    "mfa_code_malformed": QT_TRANSLATE_NOOP("Journal", "a code is six digits"),
    "mfa_code_refused": QT_TRANSLATE_NOOP("Journal", "the code was wrong or already used"),
    "mfa_code_used": QT_TRANSLATE_NOOP("Journal", "the code was already used"),
    "mfa_device_wrong": QT_TRANSLATE_NOOP("Journal", "the code is of another MFA device"),
    "needs_long_lived_keys": _OWN_KEY,
    "no_browser": QT_TRANSLATE_NOOP("Journal", "no browser could be started"),
    "no_network": _NOT_REACHED,
    "no_region": QT_TRANSLATE_NOOP("Journal", "a region is needed"),
    "no_source": _PROFILE,
    "no_such_pool": _POOL,
    "no_such_role": QT_TRANSLATE_NOOP("Journal", "there is no such role"),
    "no_token_in_file": _NOTHING_THERE,
    "nobody_to_ask": QT_TRANSLATE_NOOP("Journal", "nobody was there to give the code"),
    "nobody_to_sign_in": QT_TRANSLATE_NOOP("Journal", "nobody was there to sign in"),
    "not_allowed_here": QT_TRANSLATE_NOOP("Journal", "AWS does not allow this call"),
    "not_assigned": QT_TRANSLATE_NOOP("Journal", "Identity Center does not allow it"),
    "not_expressible": QT_TRANSLATE_NOOP("Journal", "the format cannot hold it"),
    "not_narrowable": QT_TRANSLATE_NOOP("Journal", "it cannot be narrowed"),
    "oidc_settings": _PROFILE,
    "other_issuer": _TOKEN,
    "page_not_opened": _BROWSER,
    "partial_keys": _PROFILE,
    "policy_malformed": _POLICY,
    "policy_too_large": _POLICY,
    "profile_incomplete": _PROFILE,
    "provider_unavailable": _PROVIDER,
    "provider_unknown_to_account": _TOKEN,
    "proxy": QT_TRANSLATE_NOOP("Journal", "the proxy did not let it through"),
    "region_disabled": QT_TRANSLATE_NOOP("Journal", "STS is switched off in this region"),
    "request_refused": _FAILED,
    "role_not_in_token": _TOKEN,
    "root_cannot_assume": QT_TRANSLATE_NOOP("Journal", "root assumes no roles"),
    "saml_expired": _OVER,
    "scope_refused": _FAILED,
    "session_expired": _OVER,
    "sign_in_cancelled": QT_TRANSLATE_NOOP("Journal", "the sign-in was not finished"),
    "sign_in_denied": _DECLINED,
    "sign_in_ended": _OVER,
    "sign_in_over": _OVER,
    "sign_in_refused": _DECLINED,
    "signature_refused": QT_TRANSLATE_NOOP("Journal", "the secret access key is wrong"),
    "source_expired": _OVER,
    "source_garbage": _HELPER,
    "source_identity_changed": _PROFILE,
    "source_loop": _PROFILE,
    "source_missing": _PROFILE,
    "source_time_zone": _HELPER,
    "source_without_keys": _PROFILE,
    "sso_contradiction": _PROFILE,
    "sso_session_missing": _PROFILE,
    "tag_inherited": _PROFILE,
    "throttled": QT_TRANSLATE_NOOP("Journal", "AWS asked for fewer calls"),
    "timeout": QT_TRANSLATE_NOOP("Journal", "no answer in time"),
    "tls": QT_TRANSLATE_NOOP("Journal", "the other side could not prove who it is"),
    "two_sources": _PROFILE,
    "unknown": QT_TRANSLATE_NOOP("Journal", "an error Rolecall does not know"),
    "unknown_identity_center": _FAILED,
    "validation": QT_TRANSLATE_NOOP("Journal", "AWS did not take a value"),
}

_BEGINNINGS: Final = (
    ("aws_file_", QT_TRANSLATE_NOOP("Journal", "an AWS file cannot be read")),
    ("bad_", _PROFILE),
    ("client_", _FAILED),
    ("console_", _CONSOLE),
    ("container_", _NOTHING_THERE),
    ("duration_", _LENGTH),
    ("environment_", _NOTHING_THERE),
    ("helper_", _HELPER),
    ("keyring_", _KEYRING),
    ("line_", _NOT_ACCEPTED),
    ("login_", _LOGIN),
    ("metadata_", _NOTHING_THERE),
    ("mfa_process_", QT_TRANSLATE_NOOP("Journal", "its program gave no code")),
    ("pool_", _POOL),
    ("saml_", QT_TRANSLATE_NOOP("Journal", "the SAML response was not accepted")),
    ("seed_", _KEYRING),
)
"""Families of codes; what a family has of its own stands above."""
