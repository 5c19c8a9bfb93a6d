"""The words by which an English market report tells what rose, what fell, and when."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UP: Final = _words(
    """
    rose rises rising risen gained gaining added adding advanced advancing climbed climbs
    climbing jumped jumps jumping surged surges surging soared soars soaring up higher
    increased rallied rallying rebounded rebounding firmed rocketed strengthened leapt
    leaped spiked popped appreciated
    """
)
DOWN: Final = _words(
    """
    fell falls falling fallen lost losing slid slides sliding slipped slips slipping dropped
    dropping declined declining down lower shed shedding tumbled tumbles tumbling plunged
    plunging sank sinks sinking retreated retreating eased easing dipped dipping decreased
    weakened slumped slumping skidded tanked plummeted crashed
    """
)
"""Forms that are verbs, or tell the way by themselves."""

NOUNS_UP: Final = _words(
    """
    gain gains rise advance advances climb jump surge rally rebound increase rallies adds
    add advances
    """
)
NOUNS_DOWN: Final = _words(
    """
    fall loss losses drop drops decline declines slide slip retreat dip decrease slump
    tumble plunge loses lose sheds
    """
)
"""Forms that tell the way only beside a figure: *a gain of 1%*, *a 1% gain*, *gains 1%*."""

CLOSING: Final = _words(
    """
    close closed closes closing end ended ends ending finish finished finishes finishing
    settle settled settles settling
    """
)
REJOINING: Final = _words(
    """
    closing ending finishing settling
    """
)
"""Forms that go on about the subject of the sentence."""

SUBORDINATE: Final = _words(
    """
    as after amid while whereas although though because since when where despite following
    with if until unless
    """
)
"""What follows is about something else, up to the next instrument that is named."""

PASSED_OVER: Final = _words(
    """
    the a an broader broad wider benchmark
    """
)
"""Words between a word that makes an object and the object."""

JOINING: Final = _words(
    """
    and but which that before yet then
    """
)

OTHER_SUBJECT: Final = _words(
    """
    profit profits sales revenue revenues earnings income dividend dividends forecast
    forecasts guidance outlook target targets output production orders exports imports
    shipments stake stakes cost costs deliveries margin margins turnover volume volumes
    futures volatility yield yields demand weight weighting market-cap capitalisation
    capitalization holding holdings buyback inventories outstanding
    """
)
"""Nouns whose figures are not those of a price, whatever stands before them."""

OBJECT_OF: Final = _words(
    """
    outperformed outpaced outperforming outpacing outstripped lagged lagging trailing beat
    beating against versus vs than above below tracking lifted lifting pushed pushing
    boosted boosting dragged dragging to of from for sent took
    """
)
"""Words before an instrument that make it the object of the clause."""

NEUTRAL: Final = _words(
    """
    the a an its it their both each all also had has have having was is were are be been
    being to by of in on at for from or so again further another additional some about
    around roughly approximately nearly almost broad broader wider benchmark key blue-chip
    main headline index average gauge measure measures indexes indices level mark points
    point stock share shares price trade trading session sessions day today second third
    fourth fifth sixth seventh eighth ninth tenth straight consecutive row running
    successive stood stands edged inched crept ticked put rose went go gone going came come
    moved moves moving traded trades meanwhile however respectively apiece tokyo higher
    lower previous prior last latest ever closing final monday tuesday wednesday thursday
    friday first change net official s t tacked piled gave handed near topix nikkei overall
    """
)
"""Words that may stand between an instrument and its figure without changing the subject."""

PHRASES: Final = {
    "on": (_words("put puts putting tacked tacking tacks piled piling"), 1),
    "up": (_words("gave give gives giving"), -1),
    "back": (_words("gave give gives giving handed"), -1),
}
"""Small words that after certain verbs tell the way: *put on 1%*, *gave up 0.5%*."""

ABOUT: Final = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|nearly|almost|some|close to|near)|~|c\.)"
    r"\s?(?:the\s)?[+¥-]?$",
    re.IGNORECASE,
)
BEYOND: Final = re.compile(
    r"\b(?:more than|less than|over|under|at least|at most|as much as|as little as|up to|above"
    r"|below|beyond|between|north of|short of|mid|threshold of|exceeding|topped|topping)"
    r"[\s-]?(?:the\s|a\s|an\s)?[+¥-]?$"
    r"|\b(?:between|from)\s[^\s]{1,14}\s(?:points\s|percent\s)?(?:and|to)\s[+¥-]?$",
    re.IGNORECASE,
)
LEVEL_CUE: Final = re.compile(
    r"\b(?:at|to|stood at|close of|closing level of|level of|close|closed|closing|last|level"
    r"|(?:clos|end|finish|settl)(?:ed|ing|es|s)? (?:\w+ ){0,2}(?:on|at)"
    r"|clos(?:e|ing (?:price|level)) (?:was|is)"
    r"|(?:closed?|end(?:ed)?|finish(?:ed)?|settled?))[:\s]\s?(?:a |an )?"
    r"(?:provisional |final |record )?¥?$",
    re.IGNORECASE,
)
GAIN_OF: Final = re.compile(
    r"\b(?:gain|rise|increase|advance|jump|climb|loss|fall|drop|decline|decrease|slide|retreat)"
    r"(?: on the day)? of ¥?$",
    re.IGNORECASE,
)
FROM: Final = re.compile(r"\b(?:from|than|versus|vs\.?|against)\s(?:\w+(?:['’]s)?\s){0,4}¥?$",
                         re.IGNORECASE)  # fmt: skip
SHARE_OF: Final = re.compile(r"^\s?of (?:the|its|all|total|which|their|a)\b", re.IGNORECASE)

_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
OTHER_SPAN: Final = re.compile(
    rf"\b(?:for|in|over|during) (?:the month of )?{_MONTH}\b(?! \d)|"
    r"year[- ]to[- ]date|\bytd\b|so far (?:this|in)|\bthis (?:year|month|week|quarter)"
    r"|\b(?:on|for|over|in|during|through) the (?:past |last |full )?(?:\w+ )?"
    r"(?:week|month|quarter|year|half|decade)\b"
    r"|\bthe (?:past|last) |\bweekly|\bmonthly|\bquarterly|\bannual|\byearly"
    r"|\b(?:year|month|week)[- ](?:on|over)[- ](?:year|month|week)|\bfrom a year"
    r"|\ba year (?:ago|earlier)"
    r"|\blast (?:week|month|year|quarter)|\bearl(?:y|ier)\b|\bmid-?day|\blunch|\bmorning"
    r"|\bopening\b|\bopened\b|\bat the open\b|\bintra-?day|\bat one point|\bbriefly"
    r"|\bas much as|\bhigh of|\blow of|\bpeak of|\b(?:session|day['’]s|intraday) (?:high|low)"
    r"|\bfutures\b|\bpre-?market|\bovernight|\bin (?:new york|chicago|osaka|singapore)"
    r"|\byesterday|\bhalfway|\binitial|\btouch|\bhit (?:a|an)\b",
    re.IGNORECASE,
)
"""What says that a figure is not of the day's close."""

SOMETHING_OF: Final = re.compile(
    r"\b(?:profits?|sales|revenues?|earnings|income|output|orders|exports|forecast|guidance|stake"
    r"|target|demand|volumes?|turnover|costs?) (?:at|of|for|from|in) (?:the )?$",
    re.IGNORECASE,
)
"""Before an instrument: the figures are of something else of its."""
NOT_YET: Final = re.compile(
    r"\b(?:could|may|might|would|should|will|(?:seen|expected|likely|set|forecast|due|poised"
    r"|projected|tipped|called) to)(?: \w+ly)? \w+$",
    re.IGNORECASE,
)
"""Before the end of a verb: what it tells has not happened."""
LANDMARK: Final = re.compile(
    r"\s(?:in sight|mark|level|handle|barrier|threshold|line|milestone|ceiling|floor|resistance"
    r"|support|target)\b",
    re.IGNORECASE,
)
ABOVE: Final = re.compile(
    r"\s(?:its |the )?(?:(?:previous|prior|last|\w+day)(?:['’]s)?\s)"
    r"(?:session['’]s\s)?(?:clos|finish|level|end)",
    re.IGNORECASE,
)
INTRODUCED: Final = re.compile(
    rf"\b(?:for|in|over|during) (?:the month of )?{_MONTH}\b(?! \d)|"
    r"\b(?:in early|at the open|(?:by|at|before) (?:the )?(?:mid-?day|lunch|noon)|in the morning"
    r"|(?:for|on|over|in) the (?:past |last |full )?(?:week|month|year|quarter)|year[- ]to[- ]date"
    r"|so far (?:this|in)|this (?:week|month|year)|earlier|last (?:week|month|year)|yesterday"
    r"|the previous (?:day|session))",
    re.IGNORECASE,
)
"""What says it of a whole sentence, before its first instrument."""

SINCE: Final = re.compile(r"^\s?(?:\w+\s){0,2}since\b", re.IGNORECASE)
WEEKDAY: Final = re.compile(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)?\b", re.IGNORECASE
)
BASE_DAY: Final = re.compile(
    r"\b(?:from|since|against|versus|vs\.?|than|with|to|above|below)\s(?:(?:the|last|its|on)\s)?$",
    re.IGNORECASE,
)
"""Before a weekday: the day that is compared with."""
WEEKDAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
AGAIN: Final = re.compile(r"\b(?:both|each|all|apiece)\b", re.IGNORECASE)
