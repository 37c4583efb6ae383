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
from rolecall.aws.identity_center import BROWSER_GRANTS, CALLBACK_PATH, IdentityCenter, Secrets
from rolecall.domain.identity_center import (
    REFRESH_WINDOW,
    DeviceCode,
    Portal,
    Registration,
    Token,
)
from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.proof import Proof, Step, StepKind, Talk, sign_in_cancelled
from rolecall.domain.role import Source
from rolecall.domain.sources import words
from rolecall.proving.means import Means
from rolecall.storage.atomic_file import lock
from rolecall.storage.browser import OneTimeRedirect, can_open, open_browser
from rolecall.storage.callback import PATIENCE, Callback, Expected
from rolecall.storage.paths import sso_cache_folder
from rolecall.storage.sso_cache import SsoCache

BY_CODE: Final = "code"
"""What a person gives to be shown a code for another device in place of the browser."""

_SLICE: Final = 0.2
_MOST_FAILURES: Final = 3


def prove(source: Source, talk: Talk, means: Means, given: str = "") -> Proof:
    """Have a person sign in, unless another program's sign-in serves. Raises ProblemError.

    given: BY_CODE, or nothing for the browser.
    """
    portal = portal_of(source)
    token = SignInAt(portal, means).run(talk, given)
    return proof_of(source.proof_key, portal, token, means.now())


def recall(source: Source, means: Means) -> Proof | None:
    """The proof that can be had without a person: from the shared cache, refreshed if it is due. Or None."""
    portal = portal_of(source)
    token = SignInAt(portal, means).kept()
    return proof_of(source.proof_key, portal, token, means.now()) if token else None


def portal_of(source: Source) -> Portal:
    """The Identity Center that a profile names."""
    session = source.get("sso_session")
    scopes = words(source.get("sso_registration_scopes"))
    portal = Portal(source.get("sso_start_url"), source.get("sso_region"), session)
    return Portal(portal.start_url, portal.region, session, scopes or portal.scopes)


def proof_of(key: str, portal: Portal, token: Token, now: float) -> Proof:
    """A token as the rest of the program knows it. It is refreshed in the shared cache, not by itself."""
    refresh = token.refresh if token.refreshable(now) else ""
    return Proof(key, token.access, token.expires_at, now, refresh, (("center", portal.name),))


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
        kept = None if given else self.kept()
        if kept is not None and self._taken(kept, talk):
            return kept
        if given == BY_CODE or not can_open(self.means.environ):
            token = self._by_code(talk)
        else:
            token = self._by_browser(talk) or self._by_code(talk)
        self._keep(token)
        return token

    # --- without a person --------------------------------------------------------------

    def kept(self) -> Token | None:
        """The token of the shared cache, refreshed if it is due; None where a person is needed."""
        now = self.means.now()
        token = self._cache.token(self.portal)
        if token is None or not token.due(now):
            return token
        if token.refreshable(now):
            with suppress(ProblemError), lock(self._cache.place(self.portal)):
                return self._refreshed(now)
        return token if token.expires_at > now else None

    def _refreshed(self, now: float) -> Token | None:
        """Under the lock: another program may have refreshed it meanwhile, which uses the old one up."""
        token = self._cache.token(self.portal)
        if token is None or not token.due(now) or not token.refreshable(now):
            return token if token and token.expires_at > now else None
        fresh = self.center.refresh(self.portal, token)
        self._keep(fresh)
        return fresh

    def _taken(self, token: Token, talk: Talk) -> bool:
        """Whether AWS takes the token: an administrator may have ended it, and the file does not say so.

        Raises ProblemError where AWS cannot be asked.
        """
        talk.show(Step(StepKind.WAITING))
        try:
            asked = {"maxResults": 1}
            self.center.page(self.portal, token, "list_accounts", asked, lambda: talk.cancelled)
        except ProblemError as error:
            if error.problem.code != "sign_in_over":
                raise
            return False
        return True

    def _keep(self, token: Token) -> None:
        """A full disk or a folder of somebody else's is no reason to lose the sign-in."""
        with suppress(ProblemError):
            self._cache.keep_token(self.portal, token)

    # --- by the browser ----------------------------------------------------------------

    def _by_browser(self, talk: Talk) -> Token | None:
        """The token, or None where no browser came for its address. Raises ProblemError."""
        talk.show(Step(StepKind.WAITING))
        own = Secrets.new()
        registration = self._registration(BROWSER_GRANTS, talk)
        callback = Callback(Expected(own.state, path=CALLBACK_PATH))
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
        """Whether a browser took the page. Its address holds the state, so no command line may."""
        redirect = OneTimeRedirect(url)
        try:
            open_browser(redirect.address, self.means.environ)
        except ProblemError:
            redirect.close()
            return False
        until = self.means.now() + PATIENCE
        talk.show(Step(StepKind.BROWSER, url=redirect.address, until=until))
        if redirect.serve(cancelled=lambda: talk.cancelled):
            return True
        if talk.cancelled:
            raise ProblemError(sign_in_cancelled())
        return False

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
        talk.show(Step(StepKind.WAITING))
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
