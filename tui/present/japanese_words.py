"""Words that the program says of itself, English → Japanese."""

from typing import Final

LABELS: Final = {
    "add": "追加", "back": "戻る", "bars": "棒", "breadth": "騰落", "browser": "ブラウザ",
    "by": "分類", "colours": "配色", "config": "設定どおり", "copy": "コピー", "detail": "詳細",
    "drop": "外す", "filter": "絞込", "heatmap": "地図", "help": "ヘルプ", "into": "中へ",
    "kind": "種別", "later": "後へ", "list": "リスト", "map/table": "図・表", "mark": "選択",
    "measure since": "起点", "move": "移動", "movers": "値動き", "my lists": "自分のリスト",
    "name": "銘柄", "names": "銘柄", "news": "ニュース", "next name": "次の銘柄", "only": "関連",
    "only group": "この群のみ", "open": "開く", "out": "外へ", "own dates": "自分の予定",
    "points": "寄与度", "rank": "順", "read": "読む", "reverse": "逆順", "save": "保存",
    "scroll": "移動", "side": "左右", "since": "起点", "size": "面積", "sooner": "先へ",
    "sort": "並替", "source": "情報源", "sources": "データ源", "time": "時刻",
    "totals by": "集計", "unread": "未読", "use": "使う", "window": "期間", "wrap": "市況",
    "日本語": "English",
    "live": "ライブ", "live quotes (Yahoo, 20 min late)": "ライブ相場（Yahoo・20分遅れ）",
    "live quotes (Yahoo, Tokyo 20 minutes late, free)":
        "ライブ相場（Yahoo・東証は20分遅れ・無料）",
}  # fmt: skip
"""Of keys, in the line at the foot."""

WORDS: Final = {
    # how true the data is
    "LIVE": "ライブ", "DELAYED": "遅延", "REPLAY": "再生", "SYNTHETIC": "合成", "STALE": "更新停止",
    "STARTING": "開始中", "RETRYING": "再試行中", "FAILED": "失敗", "NOT ANSWERING": "応答なし",
    "END OF DAY": "日次", "DELAY UNKNOWN": "遅れ不明",
    "STOPPED": "停止", "CLOSED": "時間外", "no source": "データ源なし",
    "path modelled": "値動きはモデル", "derived": "算出", "suspect": "要確認",
    "newer price held back": "新しい値段を保留", "sources differ": "情報源で相違",
    "time unknown": "時刻不明", "previous close": "前日終値", "prev close": "前日終値",
    "no level": "値なし", "no price": "値段なし", "TSE": "東証", "Prime": "プライム",
    "Standard": "スタンダード", "Growth": "グロース",
    "paused": "停止中", "when asked": "照会時", "key missing": "キー未設定",
    "does not load": "読込不可", "failed": "失敗", "unknown": "不明", "recorded": "収録",
    "real time": "即時", "end of day": "日次", "invented": "架空",
    # the page of sources
    "each name from the first that has it fresh": "銘柄ごとに、新しい値を持つ先頭のもの",
    "one": "ひとつ", "any number": "いくつでも", "chosen here": "ここで選択",
    "Source": "データ源", "State": "状態", "Delay": "遅れ", "Age": "経過", "/s": "毎秒",
    "Err": "誤り", "Held": "保留",
    # menus
    "Save the wrap as": "市況まとめの保存先",
    "Sort by": "並べ替え", "Theme": "テーマ", "Lists": "リスト", "Columns": "列",
    "Of which name?": "どの銘柄ですか", "No longer known": "もう保持していません",
    "New list…": "新しいリスト…", "Name of the new list": "新しいリストの名前",
    "File to import": "取り込むファイル",
    "Import a list from a file…": "ファイルから取り込む…",
    "local code": "銘柄コード", "name": "銘柄名",
    "last trade; 気配 in an auction": "直近約定、オークション中は気配",
    "change from the base price": "基準値からの変化", "change in per cent": "変化率（%）",
    "points to the Nikkei 225": "日経平均への寄与度",
    "the receipt against the close, in per cent": "ADRと終値の差（%）",
    "best bid": "最良買気配", "best ask": "最良売気配", "volume of the day": "当日の出来高",
    "turnover of the day": "当日の売買代金", "the day's path": "日中の値動き",
    "limit, special quote, halt, derived": "制限値幅・特別気配・売買停止・算出",
    "who serves the row, where several do": "複数あるとき、値を出している情報源",
    "list order": "リスト順", "as the list is written": "リストに書かれた順",
    "codes, one a line, or CSV": "1行1コード、またはCSV", "u brings it back": "uで戻せます",
    "Space shows or hides · J K move · r resets · ⏎ done":
        "Spaceで表示切替 · J Kで移動 · rで初期化 · ⏎で決定",
    "a catalyst's names": "材料の銘柄", "names with receipts": "ADRのある銘柄",
    "Nothing is known by that.": "該当する銘柄がありません",
    "code, English or Japanese name, kana": "コード、英語名、日本語名、カナ",
    "filter: code, English or Japanese name": "絞り込み: コード、英語名、日本語名",
    "filter: words of headline, source, kind, code or name":
        "絞り込み: 見出し・情報源・種別・コード・銘柄名の語",
    "command, code or name — Tab completes, Esc leaves":
        "コマンド、コード、銘柄名 — Tabで補完、Escで終了",
    "Kind, one word; none for none, source for the source's":
        "種別（1語）。noneでなし、sourceで情報源どおり",
    "Codes or names; none for none, source for the source's":
        "コードか銘柄名。noneでなし、sourceで情報源どおり",
    # where there is nothing to show
    "No names here yet: press a to add one.": "銘柄がありません。aで追加できます。",
    "No name matches. Esc shows all.": "該当する銘柄がありません。Escで全銘柄。",
    "… {} more": "… ほか{}件", "no contributions yet": "寄与度はまだありません",
    "waiting for index levels": "指数の値を待っています",
    "Nothing to show": "表示するものがありません",
    "no prices yet": "値段はまだありません", "nothing known yet": "まだ情報がありません",
    # sources
    "File": "ファイル", "Synthetic": "架空", "Replay": "収録", "Notes": "ノート",
    "Feeds": "フィード",
    "exchange-calendars": "取引所カレンダー",
    "Listed issues": "上場銘柄",
    "Exchange calendar": "取引所カレンダー", "Market dates": "市場の日程",
    "kabu STATION": "kabuステーション", "delayed": "遅延",
    "quotes": "株価", "history": "時系列", "news": "ニュース", "search": "検索", "calendar": "日程",
    "Quotes": "株価", "History": "時系列", "News": "ニュース", "Search": "検索",
    "Calendar": "日程", "invented prices": "架空の値段",
    # notices
    "News of your lists is kept quiet.": "リストのニュースの通知を止めます。",
    "News of your lists is told.": "リストのニュースを通知します。",
    "Only a replay can be paused, moved or sped up.":
        "停止・移動・速度変更は再生中だけできます。",
    "Asking the source again.": "データ源に再度照会しています。",
    "This catalyst names no instruments.": "この材料に銘柄はありません。",
    "This story names no instruments.": "この記事に銘柄はありません。",
    "This date names no instruments.": "この予定に銘柄はありません。",
    "No gap is known now.": "わかる差はありません。",
    "Go to a group below the names first.": "先に銘柄の下の群へ移動してください。",
    "Go to a sector below the indices first.": "先に指数の下の業種へ移動してください。",
    "Go to a group first.": "先に群へ移動してください。",
    "Copied as Markdown, where the terminal allows it.":
        "Markdownとしてコピーしました（端末が許せば）。",
    "Rows can be moved in list order only: s, then list order.":
        "行の移動はリスト順のときだけできます（s、リスト順）。",
    "Give a speed from 1 to 600, as in :speed 60.":
        "速度は1から600で指定します（例 :speed 60）。",
}  # fmt: skip
