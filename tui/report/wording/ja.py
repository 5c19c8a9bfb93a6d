"""The wrap in Japanese, as Tokyo's market reports are written."""

from tui.report.wording import ja_market as market
from tui.report.wording import ja_names as names
from tui.report.wording.document import Block, Document, Remarks, paragraphs, part
from tui.report.wording.ja_notes import notes
from tui.report.wording.ja_words import sentences
from tui.report.wording.tables import index_table, ladder_table
from tui.report.wrap import Stage, Wrap


def document(wrap: Wrap) -> Document:
    """The whole report; sentences without figures are left out."""
    remarks = notes(wrap)
    return Document(
        market.title(wrap),
        (
            *paragraphs(market.where(wrap)),
            *(_before_open(wrap) if wrap.stage is Stage.BEFORE else _session(wrap)),
            *part("材料", [names.catalyst(each) for each in wrap.catalysts]),
            *part("今後の予定", [names.due(each, wrap) for each in wrap.due]),
            *((Remarks(remarks),) if remarks else ()),
        ),
    )


def _before_open(wrap: Wrap) -> tuple[Block, ...]:
    return paragraphs(market.before_open(wrap))


def _session(wrap: Wrap) -> tuple[Block, ...]:
    level = "終値" if wrap.stage is Stage.CLOSED else "現在値"
    return (
        *index_table(wrap, ("指数", level, "前営業日比", "騰落率"), japanese=True),
        *paragraphs(
            sentences(
                *market.levels(wrap), market.span(wrap), market.ratio(wrap), market.yen(wrap)
            ),
            sentences(market.breadth(wrap), market.turnover(wrap), market.limits(wrap)),
            names.ladder(wrap),
        ),
        *ladder_table(wrap, ("けん引", "寄与度", "騰落率"), "重し", "%s（逆算）", japanese=True),
        *paragraphs(sentences(*names.baskets(wrap)), names.sectors(wrap)),
    )
