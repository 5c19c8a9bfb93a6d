"""The publishers' own files, as a user downloads them: recognised by their content, then read.

Nikkei's price adjustment factors (CSV, Japanese or English), JPX's weights of the TOPIX (CSV) and
its list of issues (XLS; XLSX and CSV of the same content too).
"""

from tui.data.official.recognise import Official, read_official
from tui.data.official.shapes import (
    FactorList,
    FactorRow,
    IssueList,
    IssueRow,
    WeightList,
    WeightRow,
)

__all__ = [
    "FactorList",
    "FactorRow",
    "IssueList",
    "IssueRow",
    "Official",
    "WeightList",
    "WeightRow",
    "read_official",
]
