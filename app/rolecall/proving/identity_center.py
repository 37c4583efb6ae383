"""Signing in at IAM Identity Center: the token all AWS programs share, the browser, or a code to be typed.

The browser's way (authorization code with PKCE) first; where no browser can be had, the device's. One token
serves every role of one Identity Center. Source of the order: AWS CLI User Guide, "aws sso login".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from rolecall.aws import center_refusals
from rolecall.aws.identity_center import BROWSER_GRANTS, CALLBACK_PATH, IdentityCenter
from rolecall.aws.pkce import fresh
from rolecall.aws.portal_listing import list_roles
from rolecall.aws.unsigned import RefusedCallError
from rolecall.domain.identity_center import (
    REFRESH_WINDOW,
    DeviceCode,
    Found,
    Portal,
    Registration,
    Token,
)
from rolecall.domain.pkce import Secrets
from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.proof import BY_CODE, Proof, Step, StepKind, Talk, sign_in_cancelled
from rolecall.domain.role import Source
from rolecall.proving.kept_tokens import proof_of
from rolecall.proving.means import Means
from rolecall.proving.page import show_page
from rolecall.storage.atomic_file import lock
from rolecall.storage.browser import can_open
from rolecall.storage.callback import Callback, Expected
from rolecall.storage.paths import sso_cache_folder
from rolecall.storage.sso_cache import SsoCache

_SLICE: Final = 0.2
_MOST_FAILURES: Final = 3


def prove(source: Source, talk: Talk, means: Means, given: str = "") -> Proof:
    """Have a person sign in, unless another program's sign-in serves. Raises ProblemError.

    given: BY_CODE, or nothing for the browser.
    """
    portal = Portal.of(source)
    token = SignInAt(portal, means).run(talk, given)
    return proof_of(source.proof_key, portal, token, means.now())


def recall(source: Source, means: Means) -> Proof | None:
    """What another program's sign-in left, refreshed if it is due and tried; None where a person is needed.

    Raises ProblemError where AWS cannot be asked whether it is good.
    """
    portal = Portal.of(source)
    token = recall_at(portal, means)
    return proof_of(source.proof_key, portal, token, means.now()) if token else None


def recall_at(portal: Portal, means: Means) -> Token | None:
    """As `recall`, for an Identity Center that no profile may name yet."""
    return SignInAt(portal, means).good(lambda: False)


def renewed(source: Source, proof: Proof | None, means: Means) -> Proof | None:
    """The proof to start from now: the shared cache's, refreshed if it is due, else the one in hand."""
    portal = Portal.of(source)
    token = SignInAt(portal, means).kept()
    return proof_of(source.proof_key, portal, token, means.now()) if token else proof


def discover(
    portal: Portal, talk: Talk, means: Means, given: str = "", seen: Found | None = None
) -> Found:
    """Sign in if need be, then see what the person may use there. Raises PartlyListedError or ProblemError.

    given: as in `prove`. seen: what an earlier try saw.
    """
    sign_in = SignInAt(portal, means)
    token = sign_in.run(talk, given)
    return list_roles(sign_in.center, portal, token, talk, seen=seen)


def sign_out(portal: Portal, means: Means) -> bool:
    """End every sign-in there for every program of this person. Returns whether there was one.

    A person does not tell those of an `[sso-session]` from those of a profile with a start URL of its own.
    Raises ProblemError.
    """
    cache, center = SsoCache(sso_cache_folder(means.environ)), IdentityCenter(means.now)
    tokens = cache.all_of(portal)
    for path, token in tokens:
        center.sign_out(portal, token)
        cache.forget(path)
    return bool(tokens)


@dataclass(slots=True)
class SignInAt:
    """One Identity Center, for one Job. pause: how waits are waited."""

    portal: Portal
    means: Means
    pause: Callable[[float], None] = time.sleep
    center: IdentityCenter = field(init=False)
    _cache: SsoCache = field(init=False)

    def __post_init__(self) -> None:
        self.center = IdentityCenter(self.means.now)
        self._cache = SsoCache(sso_cache_folder(self.means.environ))

    def run(self, talk: Talk, given: str = "") -> Token:
        """The kept token if AWS still takes it, else a person's sign-in. Raises ProblemError."""
        talk.show(Step(StepKind.WAITING))
        kept = None if given else self.good(lambda: talk.cancelled)
        if kept is not None:
            return kept
        if given == BY_CODE or not can_open(self.means.environ):
            token = self._by_code(talk)
        else:
            token = self._by_browser(talk) or self._by_code(talk)
        self._keep(token)
        return token

    # --- without a person --------------------------------------------------------------

    def kept(self) -> Token | None:
        """The token of the shared cache, refreshed if it is due; None where a person is needed.

        Raises ProblemError where only the network stands between a token that is over and the next one.
        """
        now = self.means.now()
        token = self._cache.token(self.portal)
        if token is None or not token.due(now):
            return token
        alive = token if token.expires_at > now else None
        if not token.refreshable(now):
            return alive
        try:
            with lock(self._cache.place(self.portal)):
                return self._refreshed(now)
        except ProblemError as error:
            if alive is None and error.problem.exit is Exit.NETWORK:
                raise
        return alive

    def _refreshed(self, now: float) -> Token | None:
        """Under the lock: another program may have refreshed it meanwhile, which uses the old one up."""
        token = self._cache.token(self.portal)
        if token is None or not token.due(now) or not token.refreshable(now):
            return token if token and token.expires_at > now else None
        fresh = self.center.refresh(self.portal, token)
        self._keep(fresh)
        return fresh

    def good(self, cancelled: Callable[[], bool]) -> Token | None:
        """The kept token if AWS takes it: an administrator may have ended it, and no file says so.

        Raises ProblemError where AWS cannot be asked.
        """
        token = self.kept()
        if token is None:
            return None
        try:
            self.center.check(self.portal, token, cancelled)
        except RefusedCallError as refused:
            if refused.wire_code != center_refusals.UNAUTHORIZED:
                raise
            return None
        return token

    def _keep(self, token: Token) -> None:
        """A full disk or a folder of somebody else's is no reason to lose the sign-in."""
        with suppress(ProblemError):
            self._cache.keep_token(self.portal, token)

    # --- by the browser ----------------------------------------------------------------

    def _by_browser(self, talk: Talk) -> Token | None:
        """The token, or None where no browser came for its address. Raises ProblemError."""
        own = fresh()
        registration = self._registration(BROWSER_GRANTS, talk)
        callback = Callback(Expected(own.state, path=CALLBACK_PATH), say=self.means.say)
        try:
            url = self.center.authorize_url(self.portal, registration, callback.address, own)
            if not self._shown(url, talk):
                return None
            brought = callback.wait(lambda: talk.cancelled)
        except ProblemError:
            self._cache.forget_registration(self.portal)
            raise
        finally:
            callback.close()
        return self._redeemed(brought, registration, callback.address, own, talk)

    def _shown(self, url: str, talk: Talk) -> bool:
        """Whether a browser took the page. Raises ProblemError when nobody wants it any more."""
        try:
            show_page(url, talk, self.means)
        except ProblemError as error:
            if error.problem.code not in {"no_browser", "page_not_opened"}:
                raise
            return False
        return True

    def _redeemed(
        self,
        brought: Mapping[str, str],
        registration: Registration,
        address: str,
        own: Secrets,
        talk: Talk,
    ) -> Token:
        code = brought.get("code")
        if not code:
            if brought.get("error") != "access_denied":
                self._cache.forget_registration(self.portal)
                raise ProblemError(center_refusals.not_accepted(self.portal))
            raise ProblemError(center_refusals.denied(self.portal))
        talk.show(Step(StepKind.WAITING))
        try:
            return self.center.redeem(
                self.portal, registration, code, address, own.verifier, lambda: talk.cancelled
            )
        except ProblemError:
            self._cache.forget_registration(self.portal)
            raise

    # --- by a code ---------------------------------------------------------------------

    def _by_code(self, talk: Talk) -> Token:
        """Show a code to be typed on any device and wait for the person. Raises ProblemError."""
        registration = self._registration((), talk)
        try:
            device = self.center.start_device(self.portal, registration, lambda: talk.cancelled)
        except ProblemError:
            self._cache.forget_registration(self.portal)
            raise
        talk.show(Step(StepKind.DEVICE, device.url, device.shown, until=device.expires_at))
        return self._polled(registration, device, talk)

    def _polled(self, registration: Registration, device: DeviceCode, talk: Talk) -> Token:
        failures = 0
        while True:
            self._wait(device.interval, talk)
            try:
                answer = self.center.poll(self.portal, registration, device, lambda: talk.cancelled)
            except ProblemError as error:
                failures += 1
                if error.problem.exit is not Exit.NETWORK or failures > _MOST_FAILURES:
                    raise
                continue
            failures = 0
            if isinstance(answer, Token):
                return answer
            device = answer

    def _wait(self, seconds: float, talk: Talk) -> None:
        left = seconds
        while left > 0:
            if talk.cancelled:
                raise ProblemError(sign_in_cancelled())
            self.pause(min(_SLICE, left))
            left -= _SLICE

    def _registration(self, grants: tuple[str, ...], talk: Talk) -> Registration:
        """Rolecall's own client at this Identity Center, registered anew where the old one ends soon."""
        known = self._cache.registration(self.portal, grants)
        if known is not None and known.expires_at - REFRESH_WINDOW > self.means.now():
            return known
        fresh = self.center.register(self.portal, grants, lambda: talk.cancelled)
        with suppress(ProblemError):
            self._cache.keep_registration(self.portal, fresh)
        return fresh
