"""What a headline talks of, for names that are common words, places or people too.

Such a name is the company only where the rest of the headline talks business, where it is not
about sport, in which teams bear their owners' names, and where the name stands as a subject does.
"""

import re
from functools import cached_property
from typing import Final

from tui.market.linking.beside import AFTER_KANJI, IS_LATIN

_JAPANESE: Final = re.compile("[ぁ-ヿ㐀-䶿一-鿿]")
_MAY_FOLLOW: Final = frozenset("、。・ はがもをにとでへやの」』)]】》>(（「『:;,/&'-|?!.") | {"\n"}
_FOLLOWS_EN: Final = re.compile(
    r"'|[,:;()\[\]/&|\"?!-]|$|\.(?:\s|$)| [-&|(\[]| (?:to|and|or|in|on|at|from|with|by|as|after|"
    r"than|for|"
    r"over|amid|vs|will|would|may|might|could|can|is|was|has|had|sees|CEO|chief|president|chairman|"
    r"call|agree|plan|seek|join|raise|lift|report|post|announce|sign|end|start|lead|drop|weigh|"
    r"halt|"
    r"said|cut|hit|set|sold|bought|won|lost|fell|rose|unit|stock|share|stake|profit|loss|revenue|"
    r"net|operating|quarterly|annual|first|second|third|fourth|first-\w+|second-\w+|third-\w+|"
    r"fourth-\w+|half-\w+|full-\w+|limit-\w+|mulls|eyes|Q[1-4]|FY\d*|EVs?|no|not|[a-z]+s|[a-z]+ed|"
    r"[A-Z][a-z]+s|[A-Z][a-z]+ed|To|And|In|On|Is|Will|Stock|Shares|Profit|Net|Motor|Group|[0-9(].*)"
    r"(?![A-Za-z])"
)
_ARTICLE: Final = re.compile(r"(?:^|\s)(?:the|a|an|The|A|An|of|every|this|that|more|some) $")
_NOT_SUBJECT: Final = {
    "sharp": re.compile(
        r" (?:ris|increas|drop|fall|declin|slow|rebound|jump|gain|loss|contract|divide|divi|"
        r"contrast|"
        r"critici|turn|slump|surge|sell|swing|mov|correct|cut|hike|deprec|apprec|down|up|revers|"
        r"grow|pull|spik|retreat|recover|tone|word|drops|rall|eye|edge|tongue|focus|dip|weak|"
        r"strength)"
        r"\w*(?:-\w+)?(?= (?:in|on|for|of|to|from|as|across|at|after|seen|expected|hits?|leaves?|"
        r"squeezes?|rattles?|threat\w+|weigh\w*|spark\w*|spur\w*|push\w*|drag\w*|likely|looms?|"
        r"amid)\b"
        r"|[:,]|$)(?! to (?:a |an |its |\w+(?:ly|th)?[ -](?:quarter|profit|loss|red|black)|"
        r"profit|loss|"
        r"black|red))"
    ),
    "recruit": re.compile(
        r" (?:more|new|the|a|an|and|or|young|foreign|talent|staff|workers|women|in)\b"
    ),
    "screen": re.compile(r" (?:time|actor|star|door|size|test|writer)"),
    "disco": re.compile(
        r" (?:night|light|ball|era|music|danc|fever|queen|star|hits|classic|reviv|part)"
    ),
    "concordia": re.compile(r" (?:University|College|sank|wreck)"),
    "dow": re.compile(r" (?:Chemical|Inc|Corning)"),
}
"""For forms that are words: what follows where they are the word."""
_BUSINESS_EN: Final = re.compile(
    r"\b(?:shares?|stocks?|profits?|profitab\w+|loss(?:es)?|earnings|income|revenues?|sales|"
    r"forecasts?|"
    r"outlook|guidance|dividends?|buybacks?|buy back|buys? back|repurchase\w*|quarter(?:ly)?|"
    r"first-half|"
    r"annual|full-year|fiscal|merge[rs]?|merging|takeover|acqui\w+|stakes?|deals?|bids?|tender|"
    r"IPO|CEO|CFO|"
    r"chief executive|president|chairman|investors?|analysts?|rating|upgrades?|downgrades?|target|"
    r"recalls?|plants?|factory|factories|production|output|tariffs?|EVs?|vehicles?|cars?|hybrids?|"
    r"auto\w*|carmaker\w*|chip\w*|semiconductor\w*|[0-9] yen|[bmtr]+illion|Nikkei|Topix|TOPIX|"
    r"joint "
    r"venture|suppl\w+|orders?|contracts?|restructur\w+|job cuts?|jobs|layoffs|bonds?|capital|"
    r"invest\w*|business|units?|subsidiary|partner\w*|alliance|tumbl\w+|soar\w*|surg\w+|slump\w*|"
    r"plung\w+|rall(?:y|ies)|limit-up|limit-down|raise prices|price hikes?|drugs?|trial|FDA|"
    r"launch\w*|"
    r"TSE|Tokyo Stock|listing|delist\w*|recommend\w*|raises?|lifts?|trims?|cuts?|hikes?|sells?|"
    r"buys?|"
    r"to buy|to sell|builds?|expands?|AI|data cent\w+|batter(?:y|ies)|engines?|aircraft|nuclear|"
    r"reactors?|rail|medical|software|retail|bank|insur\w+|lender|leas\w+|[0-9]%|per ?cent|"
    r"steps? down|resign\w*|oust\w*|scandal|probe|union|strike|cyber\w*|hack\w*)(?![A-Za-z])"
)
_SPORT_EN: Final = re.compile(
    r"\b(?:pennant|innings?|pitcher|closer|shutout|coach(?:es)?|marathon|tournament|league title|"
    r"home runs?|no-hitter|striker|goalkeeper|midfielder|Olympics|Games|Paralympic|quarterfinals?|"
    r"semifinals?|grand slam|World Cup|championships?|Grand Prix|MotoGP|Formula (?:One|1)|F1|"
    r"NPB|MLB|"
    r"rookie|batter|batting)\b"
)
_BUSINESS_JA: Final = re.compile(
    r"株(?!分け)|益|決算|業績|予想|配当|買収|売却|売上|増収|減収|黒字|赤字|出資|TOB|提携|社長|"
    r"会長|CEO|子会社|修正|高値|安値"
    r"|続伸|続落|反発|反落|急伸|急落|急騰|大幅高|大幅安|億円|兆円|[0-9]期|今期|通期|前期|値上げ|"
    r"値下げ|生産|工場|販売|受注|投資"
    r"|格付|目標|社債|関税|新車|EV|半導体|事業|開発|供給|量産|合弁|市場|リコール|統合|人員|拠点|"
    r"発表|再建|撤退|参入|上場"
    r"|公開買い付け|電池|自動車|公募|増資|減資|融資|金利|新薬|治験|承認|契約|訴訟|特許|不正|"
    r"認証|四半期|月次|既存店|買い付け|送配電|AI"
)
_SPORT_JA: Final = re.compile(
    r"連敗|連勝|完封|優勝|逆転|首位打|先発|投手|打線|本塁打|決勝|選手権|監督(?!庁|官|指針)|試合|"
    r"リーグ|球団(?!売却)|開幕戦|甲子園"
    r"|ドラフト|動物園|水族館|引退会見|五輪|[0-9]回戦|サヨナラ|無失点|勝目|ホームラン|柔道|駅伝|"
    r"マラソン|ラグビー"
)
_RATING: Final = re.compile(
    r"目標株価|投資判断|レーティング|格上げ|格下げ|target price|price target|upgrad|downgrad|"
    r"\brating\b|"
    r"\b(?:raises?|cuts?|lifts?|trims?|initiates?|starts?)\b.{0,24}\b(?:target|coverage)\b|"
    r"(?i:analysts?|economists?|strategists?|アナリスト|エコノミスト|ストラテジスト)"
)
"""A broker's view of somebody else."""


class Talk:
    """What one headline talks of; each question is asked of the whole of it once.

    Args:
        text: After `Writing`.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def rating(self) -> bool:
        """Whether somebody rates a share or explains the market."""
        return _RATING.search(self._text) is not None

    def company(self, start: int, end: int) -> bool:
        """Whether a form that is a common word too is the company here."""
        first, last = self._business
        business = first <= start or last >= end
        if not business or self._sport:
            return False
        text = self._text
        if IS_LATIN.match(text[start]) and not self._japanese:
            other = _NOT_SUBJECT.get(text[start:end].casefold())
            return (
                (other is None or other.match(text, end) is None)
                and _FOLLOWS_EN.match(text, end) is not None
                and _ARTICLE.search(text, max(0, start - 8), start) is None
            )
        after = text[end : end + 1]
        return not after or after in _MAY_FOLLOW or AFTER_KANJI.match(text, end) is not None

    @cached_property
    def _japanese(self) -> bool:
        return _JAPANESE.search(self._text) is not None

    @cached_property
    def _sport(self) -> bool:
        pattern = _SPORT_JA if self._japanese else _SPORT_EN
        return pattern.search(self._text) is not None

    @cached_property
    def _business(self) -> tuple[int, int]:
        """Where the first word of business ends and where the last begins, if there are any."""
        pattern = _BUSINESS_JA if self._japanese else _BUSINESS_EN
        first, last = len(self._text) + 1, -1
        for found in pattern.finditer(self._text):
            first, last = min(first, found.end()), found.start()
        return first, last
