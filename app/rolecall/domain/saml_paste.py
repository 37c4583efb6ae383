"""Finds a SAML response in whatever a person pastes. Text in, base64 out; what it says is saml.py's matter.

Taken: the bare value (line breaks, quotes, percent signs), a form body, a copied cURL or fetch line, a
recording of the network (HAR), a saved page with the form, and the document itself. What was pasted is a
secret for five minutes: nothing of it is in any Problem.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from rolecall.domain import saml_problems as problems
from rolecall.domain.problem import Problem, ProblemError

LARGEST_TEXT: Final = 8_000_000
"""Characters looked through. A recording of a whole sign-in has one to five million."""

_NAME: Final = "SAMLResponse"
_NAMESPACE: Final = "urn:oasis:names:tc:SAML:"
_INPUT: Final = re.compile(r"<(?:input|textarea)\b[^<>]*", re.IGNORECASE)
_VALUE: Final = re.compile(r"""\bvalue\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LABELLED: Final = re.compile(
    r"""SAMLResponse["'\\^]*\s*(?:[=:,]|%3D)\s*(?:["'\\]*value["'\\]*\s*[=:]\s*)?["'\\^]*"""
    r"""([A-Za-z0-9+/_%^\\=\s-]+)"""
)
_NEXT_FIELD: Final = re.compile(r"\s[A-Za-z_]\w*\s*(?:=|$)")
_ROOT: Final = re.compile(r"<([A-Za-z_][\w:.-]*)")
_ALPHABET: Final = re.compile(r"[A-Za-z0-9+/]{4,}")
_NOISE: Final = re.compile(r"""[\s^\\"'`;,]+""")
_BEGINNINGS: Final = ("<", "{", "[", "curl ", "fetch(", "await fetch(", "POST ", "Form Data")
_RUN: Final = re.compile(r"[A-Za-z0-9+_%-]{60}")
_LONGEST_NAME: Final = 4096
_ADDRESS: Final = re.compile(r"https?://\S+")
_ACCOUNT: Final = re.compile(
    r"Account:\s{0,9}([^<>()\s](?:[^<>()\n]{0,98}[^<>()\s])?)\s{0,9}\((\d{12})\)"
)


def response_in(text: str) -> str:
    """The SAML response in `text`, base64 in one line. Raises ProblemError."""
    if len(text) > LARGEST_TEXT:
        raise ProblemError(problems.too_much(LARGEST_TEXT))
    text = text.strip().lstrip("\ufeff").strip()
    if not text:
        raise ProblemError(problems.nothing_pasted())
    if "\0" in text or text.count("\ufffd") > len(text) // 100:
        raise ProblemError(problems.not_text())
    if text.startswith("<") and _NAMESPACE in text[:20_000] and _is_document(text):
        return base64.b64encode(text.encode()).decode()
    begun = False
    for candidate in _candidates(text):
        for encoded in _encodings(candidate):
            document = _decoded(encoded)
            if document is not None and _is_document(document):
                return encoded
            begun = begun or bool(document and document.lstrip().startswith("<"))
    raise ProblemError(problems.cut_off() if begun else _why_not(text))


def may_go_on(text: str) -> bool:
    """Whether `text` looks as if more of it could make a response: a page, a recording, a copied request."""
    beginning = text.lstrip(" \t\r\n\ufeff'\"$(")
    return (
        beginning.startswith(_BEGINNINGS)
        or _NAME in text
        or len(text) > _LONGEST_NAME
        or _RUN.search(text) is not None
    )


def account_names(text: str) -> tuple[tuple[str, str], ...]:
    """Account ids and names, where `text` is AWS's own page that lets a person choose a role."""
    pairs = (
        (found[2], html.unescape(found[1])) for found in _ACCOUNT.finditer(text[:LARGEST_TEXT])
    )
    return tuple(dict(pairs).items())


def _candidates(text: str) -> Iterator[str]:
    """Values that may be it, the surest first."""
    if _NAME in text:
        yield from _recorded(text)
        for tag in _INPUT.finditer(text):
            if _NAME in tag[0] and (value := _VALUE.search(tag[0])):
                yield html.unescape(value[1] or value[2] or value[3] or "")
        for found in _LABELLED.finditer(text):
            yield found[1]
            yield _NEXT_FIELD.split(found[1], maxsplit=1)[0]
    elif len(text) < 400_000:
        yield text


def _recorded(text: str) -> Iterator[str]:
    """What a recording (HAR, JSON) holds: a form field by name, or any text with the form in it."""
    if not text.startswith(("{", "[")):
        return
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if item.get("name") == _NAME and isinstance(item.get("value"), str):
                yield item["value"]
            field = item.get(_NAME)
            if isinstance(field, str):
                yield field
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str) and _NAME in item:
            yield from _candidates(item.lstrip(" {["))


def _encodings(candidate: str) -> Iterator[str]:
    """`candidate` as base64 in one line; the second reading is for spaces that were plus signs once."""
    plain = unquote(candidate) if "%" in candidate else candidate
    tidy = plain.replace("-", "+").replace("_", "/")
    for reading in (tidy, tidy.strip().replace(" ", "+")):
        bare = _NOISE.sub("", reading).rstrip("=")
        if not _ALPHABET.fullmatch(bare):
            continue
        if len(bare) % 4 != 1:
            yield bare + "=" * (-len(bare) % 4)
        if len(bare) % 4 == 3:  # `>` at the end is often a plus sign, and a space there was trimmed
            yield f"{bare}+"


def _decoded(encoded: str) -> str | None:
    try:
        return base64.b64decode(encoded, validate=True).decode("utf-8")
    except binascii.Error:
        return None
    except UnicodeDecodeError as error:  # cut within a character, or no text at all
        return error.object[: error.start].decode("utf-8")


def _is_document(text: str) -> bool:
    """Whether it begins and ends with one and the same element, and is no page of HTML."""
    text = text.strip()
    root = _ROOT.search(text[:2000])
    if root is None or not text.startswith("<") or root[1].lower() == "html":
        return False
    return bool(re.search(rf"</{re.escape(root[1])}\s*>$", text[-200:]))


def _why_not(text: str) -> Problem:
    if _NAME in text:
        return problems.not_base64()
    if "SAMLRequest" in text:
        return problems.request_pasted()
    return problems.address_only() if _ADDRESS.fullmatch(text) else problems.not_found()
