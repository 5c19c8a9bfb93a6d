import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.market.commentary.remnants import without_tags


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<h2>Catalysts</h2><ul><li><b>Steel.</b> Up.</li></ul>", "## Catalysts\n- **Steel.** Up."),
        ("<tr><td>TOPIX</td><td>2,751.91</td></tr>", "| TOPIX | 2,751.91 |"),
        ("<div>a &amp; b&nbsp;c</div>", "a & b\u00a0c"),
        ("<p>x</p><script>if (a < b) alert(1)</script>y", "x\ny"),
        ("<p>open <script>never closed", "open never closed"),
        ("profit < loss, and 3 > 2 &amp; so on", "profit < loss, and 3 > 2 &amp; so on"),
    ],
)
def test_tags_become_the_text_that_they_stand_for(text: str, written: str) -> None:
    lines = (line.rstrip() for line in without_tags(text).strip().splitlines())
    assert "\n".join(line for line in lines if line) == written


@given(st.text(alphabet="<>/pbli &;-!script\n", max_size=200))
def test_nothing_makes_it_fail_and_what_has_no_blocks_is_left_alone(text: str) -> None:
    assert isinstance(without_tags(f"<p>{text}"), str)
    plain = text.replace("<", "‹")
    assert without_tags(plain) == plain
