"""The wrap in English."""

from tui.report.wording import en_market as market
from tui.report.wording import en_names as names
from tui.report.wording.document import Block, Document, Remarks, paragraphs, part
from tui.report.wording.en_notes import notes
from tui.report.wording.en_words import sentences
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
            *part("Catalysts", [names.catalyst(each) for each in wrap.catalysts]),
            *part("Due next", [names.due(each, wrap) for each in wrap.due]),
            *((Remarks(remarks),) if remarks else ()),
        ),
    )


def _before_open(wrap: Wrap) -> tuple[Block, ...]:
    return paragraphs(market.before_open(wrap))


def _session(wrap: Wrap) -> tuple[Block, ...]:
    level = "Close" if wrap.stage is Stage.CLOSED else "Level"
    return (
        *index_table(wrap, ("Index", level, "Change", "Per cent"), japanese=False),
        *paragraphs(
            sentences(
                *market.levels(wrap),
                *market.rows(wrap),
                market.span(wrap),
                market.ratio(wrap),
                market.yen(wrap),
            ),
            sentences(market.breadth(wrap), market.turnover(wrap), market.limits(wrap)),
            names.ladder(wrap),
        ),
        *ladder_table(
            wrap, ("Carried it", "Points", "Move"), "Against it", "%s (derived)", japanese=False
        ),
        *paragraphs(sentences(*names.baskets(wrap)), names.sectors(wrap)),
    )
