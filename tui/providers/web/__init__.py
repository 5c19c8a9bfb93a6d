"""What every source that speaks HTTP shares: bounds, budgets and errors in the program's words.

`httpx` is imported when the first request is made, not before.
"""

from tui.providers.budget import Budget, Budgets
from tui.providers.web.answer import Answer
from tui.providers.web.client import WebClient
from tui.providers.web.failures import failure_words
from tui.providers.web.terms import WebTerms, web_terms

__all__ = [
    "Answer",
    "Budget",
    "Budgets",
    "WebClient",
    "WebTerms",
    "failure_words",
    "web_terms",
]
