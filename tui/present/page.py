"""A story as the reader beside the headlines reads it."""

from tui.present.monitor import Monitor
from widgets.story_reader import PageView


def page_view(monitor: Monitor, key: str) -> PageView:
    """One story, whole; what is written in the user's own notes is Markdown.

    Args:
        monitor: The model behind the screens.
        key: The catalyst.
    """
    catalyst = monitor.desk.story(key)
    story = monitor.story(key)
    return PageView(
        key=key,
        headline=story.headline,
        facts=story.facts,
        notes=(story.impact,) if story.impact else (),
        lines=(*story.moves, *story.claims),
        text=story.text,
        markdown=catalyst is not None and catalyst.pinned,
    )
