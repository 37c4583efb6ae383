"""The demo's exclusive canonicalization against an independent one, the standard library's, and by the rules."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.demo.canonical_xml import Element, UnsafeXmlError, canonical, parse

_TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\t\n&<>\"'"), max_size=12
)
_PREFIXES = ("", "a", "b", "c")
_URIS = {"": "urn:x", "a": "urn:1", "b": "urn:2", "c": "urn:3"}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def _elements(draw: st.DrawFn, depth: int = 3) -> str:
    """An element that declares some of the prefixes anew, with attributes in any order."""
    prefix = draw(st.sampled_from(_PREFIXES))
    name = f"{prefix}:e" if prefix else "e"
    declared = draw(st.sets(st.sampled_from(_PREFIXES)))
    names = [
        f"xmlns:{one}={quoteattr(_URIS[one])}" if one else 'xmlns="urn:x"'
        for one in sorted(declared)
    ]
    attributes = draw(
        st.dictionaries(st.sampled_from(["z", "y", "a:k", "b:k", "c:j"]), _TEXT, max_size=4)
    )
    names += [
        f"{key}={quoteattr(value, {chr(10): '&#10;', chr(9): '&#9;'})}"
        for key, value in attributes.items()
    ]
    inner = ""
    if depth:
        inner = "".join(
            draw(st.lists(_elements(depth=depth - 1) | _TEXT.map(_escaped), max_size=3))
        )
    return f"<{' '.join([name, *draw(st.permutations(names))])}>{inner}</{name}>"


@given(_elements())
def test_a_whole_document_is_as_the_standard_library_has_it(inner: str) -> None:
    declared = " ".join(f'xmlns:{one}="{uri}"' for one, uri in _URIS.items() if one)
    document = f'<root xmlns="urn:x" {declared}>{inner}</root>'
    assert canonical(parse(document)).decode() == ET.canonicalize(document)


def child(document: str) -> Element:
    return next(one for one in parse(document).children if isinstance(one, Element))


CASES = {
    "only what is used is declared": (
        '<r xmlns:a="urn:1" xmlns:b="urn:2"><a:e b:k="1"/></r>',
        '<a:e xmlns:a="urn:1" xmlns:b="urn:2" b:k="1"></a:e>',
    ),
    "not what is unused": ('<r xmlns:a="urn:1" xmlns:b="urn:2"><a:e/></r>', '<a:e xmlns:a="urn:1"></a:e>'),
    "once, not at each child": (
        '<r xmlns:a="urn:1"><a:e><a:f/></a:e></r>',
        '<a:e xmlns:a="urn:1"><a:f></a:f></a:e>'),
    "two prefixes of one namespace stay two": (
        '<r xmlns:a="urn:1" xmlns:b="urn:1"><b:e><a:f/></b:e></r>',
        '<b:e xmlns:b="urn:1"><a:f xmlns:a="urn:1"></a:f></b:e>',
    ),
    "the default is taken back": (
        '<r xmlns="urn:x"><e><f xmlns=""/></e></r>',
        '<e xmlns="urn:x"><f xmlns=""></f></e>'),
    "no default, nothing to take back": ('<r><e xmlns=""/></r>', "<e></e>"),
    "attributes by namespace, then name": (
        '<r xmlns:a="urn:2" xmlns:b="urn:1"><e z="1" a:k="2" b:k="3" y="4"/></r>',
        '<e xmlns:a="urn:2" xmlns:b="urn:1" y="4" z="1" b:k="3" a:k="2"></e>',
    ),
    "xml: needs no declaration": ('<r><e xml:lang="en"/></r>', '<e xml:lang="en"></e>'),
    "comments go, CDATA becomes text": ("<r><e>a<!-- b --><![CDATA[<c>]]></e></r>", "<e>a&lt;c&gt;</e>"),
    "characters": ("<r><e k='\"&#9;&#10;&#13;'>&#13;\"</e></r>", '<e k="&quot;&#x9;&#xA;&#xD;">&#xD;"</e>'),
}  # fmt: skip


@pytest.mark.parametrize(("document", "expected"), CASES.values(), ids=CASES)
def test_by_the_rules(document: str, expected: str) -> None:
    assert canonical(child(document)).decode() == expected


def test_prefix_list_and_what_is_left_out() -> None:
    element = child('<r xmlns:xs="urn:s" xmlns:n="urn:n"><e><gone/><stays/></e></r>')
    gone = next(one for one in element.children if isinstance(one, Element))
    assert canonical(element, gone, frozenset({"xs"})) == b'<e xmlns:xs="urn:s"><stays></stays></e>'


@pytest.mark.parametrize(
    "document",
    [
        "<a>",
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        "<\0a\0/\0>\0",
        "text",
        "",
    ],
)
def test_what_is_not_taken(document: str) -> None:
    with pytest.raises(UnsafeXmlError):
        parse(document)
