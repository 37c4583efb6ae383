"""A browser with a person before it, for BROWSER: signs in at the demo's SAML provider and posts its form.

python posting_browser.py ANSWER ADDRESS, where ANSWER is the user who signs in; close (the page is seen and
left), forge (a stranger's form without the state comes first, and alex then signs in).
"""

from __future__ import annotations

import html
import re
import sys
import urllib.error
import urllib.request
from urllib.parse import urlencode


def main() -> None:
    answer, address = sys.argv[1:3]
    page, url = fetched(address)
    if answer == "close":
        return
    fields = hidden(page)
    sso = url.partition("?")[0]
    if answer == "forge":
        form, _ = fetched(sso, {**fields, "user": "sam", "RelayState": "guess"})
        post(form)
        answer = "alex"
    form, _ = fetched(sso, {**fields, "user": answer})
    post(form)


def post(form: str) -> None:
    """What the browser does with a form that posts itself."""
    found = re.search(r'action="([^"]+)"', form)
    assert found
    try:
        fetched(html.unescape(found[1]), hidden(form))
    except urllib.error.HTTPError as error:
        error.close()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def fetched(address: str, form: dict[str, str] | None = None) -> tuple[str, str]:
    data = urlencode(form).encode() if form else None
    with urllib.request.urlopen(address, data, timeout=10) as answer:
        return answer.read().decode(), answer.url


main()
