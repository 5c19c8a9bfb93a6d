"""Where a link goes is told truly, or it is not opened."""

import pytest

from tui.present.links import destination


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://example.com/a?b=c#d", "example.com"),
        ("HTTP://Example.com", "example.com"),
        ("http://example.com:8080/x", "example.com:8080"),
        ("https://ｅxample.com/", "example.com"),
        ("https://exаmple.com/", "xn--exmple-4nf.com"),
        ("https://東証.jp/", "xn--7rv978e.jp"),
    ],
)
def test_a_web_address_goes_to_its_host(link: str, host: str) -> None:
    goes = destination(link)
    assert goes is not None
    assert (goes.url, goes.host) == (link, host)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.com/",
        "//example.com/",
        "https://",
        "https:///path",
        "https://bank.example@evil.example/",
        "https://a:b@evil.example/",
        "https://example.com/\x1b[31m",
        "https://example.com/a b",
        "https://example.com\\@evil.example/",
        "https://example.com:99999/",
        "https://[::1/",
        "https://example.com/" + "a" * 3_000,
    ],
)
def test_anything_else_is_not_opened(link: str) -> None:
    assert destination(link) is None
