"""Notices at the edge of the screen, English → Japanese; gaps as in `Templates`."""

from typing import Final

NOTICES: Final = {
    # looking something up
    "Nothing is known by {}.": "{0}にあたるものはありません。",
    "Nothing is known by “{}”; nothing was changed.":
        "“{0}”にあたるものはありません。変更していません。",
    "Columns are {}.": "列は {0} です。",
    "Colours are {}.": "配色は {0} です。",
    "Colours: {~}": "配色: {0}",
    "red up, green down (Tokyo)": "赤が上昇、緑が下落（東京）",
    "green up, red down": "緑が上昇、赤が下落",
    "blue up, orange down (safe for colour-blind eyes)": "青が上昇、橙が下落（色覚に配慮）",
    "Themes are {}.": "テーマは {0} です。",
    "There is no theme “{}”; {} is used. Themes: {,}.":
        "テーマ「{0}」はありません。{1}を使います。テーマ: {2}。",
    "There is no list {}.": "リスト{0}はありません。",
    "There is no command “{}”.": "コマンド「{0}」はありません。",
    "“{}” is no command, code or name.": "「{0}」はコマンド・コード・銘柄名ではありません。",
    # windows and the replay
    "The views measure {} now.": "期間: {0}",
    "{} is not in the session shown.": "{0}は表示中の立会にありません。",
    "Only a replay can be moved.": "移動は再生中だけできます。",
    "“{}” is not a time. {~}": "「{0}」は時刻ではありません。{1}",
    # lists
    "{} added to {}.": "{0}を{1}に追加しました。",
    "{} taken out of {}; u brings it back.": "{0}を{1}から外しました。uで戻せます。",
    "{} removed; u brings it back.": "{0}を削除しました。uで戻せます。",
    "Imported as {}.": "{0}として取り込みました。",
    "Nothing to undo.": "元に戻す変更はありません。",
    "Undone: {~}.": "元に戻しました: {0}。",
    "create {}": "{0}の作成", "rename {}": "{0}の名前の変更", "remove {}": "{0}の削除",
    "add {} to {}": "{1}への{0}の追加", "take {} out of {}": "{1}からの{0}の削除",
    "move {} in {}": "{1}の{0}の移動", "import {}": "{0}の取り込み",
    "{} is built in, so nothing can be {~}. Press a to add to a list of your own, l to create one.":
        "{0}は標準のリストのため{1}できません。aで自分のリストに追加、lで作成できます。",
    "deleted": "削除", "moved": "移動",
    # news
    "This catalyst is no longer known.": "この材料はもう保持していません。",
    "There is no folder to keep notes in.": "ノートの保存先のフォルダーがありません。",
    "There is no folder to keep edits in.": "編集の保存先のフォルダーがありません。",
    "{} has it already.": "{0}にすでにあります。",
    "Saved in {}.": "{0}に保存しました。",
    "Saved as {}.": "{0}として保存しました。",
    "{}: there is a file of that name; choose another.":
        "{0}: 同じ名前のファイルがあります。別の名前にしてください。",
    "“{}” is no kind: give one word, such as policy.":
        "「{0}」は種別ではありません。policyのような1語で指定してください。",
    "Noted in {}.": "{0}に記録しました。",
    "Noted in {}. The broken file is kept as {}.":
        "{0}に記録しました。壊れたファイルは{1}として残しました。",
    "This story has no link.": "この記事にリンクはありません。",
    "This story has no link that can be copied.": "この記事にコピーできるリンクはありません。",
    "This link cannot be opened: only plain http and https addresses are.":
        "このリンクは開けません（httpとhttpsだけ開けます）。",
    "Copied {}, where the terminal allows it.": "{0}をコピーしました（端末が許せば）。",
    "Open {}?  b or ⏎ opens, Esc does not.  {}": "{0}を開きますか  b か ⏎ で開く、Escで中止  {1}",
    "Open {}?  {}": "{0}を開きますか  {1}",
    # sources
    "{~} Press {} for the sources.": "{0} {1}でデータ源を表示します。",
    "Replay of 26 May 2025.": "2025年5月26日の立会の再生です。",
    "Live quotes from {,}. {} goes back to the recorded session.":
        "ライブの株価: {0}。{1}で収録した立会に戻ります。",
    "Live quotes from {,}.": "ライブの株価: {0}。",
    "{} is in use already.": "{0}はすでに使用中です。",
    "{} is not in use.": "{0}は使用していません。",
    "{} is the only source of quotes; choose another in its place.":
        "株価のデータ源は{0}だけです。代わりを選んでください。",
    "{} is no longer asked for {~}.": "{1}を{0}に照会しません。",
    "Quotes from {,}.": "株価: {0}。", "History from {,}.": "時系列: {0}。",
    "News from {,}.": "ニュース: {0}。", "Search from {,}.": "検索: {0}。",
    "Calendar from {,}.": "日程: {0}。",
    "{~} as configured: {,}.": "{0}は設定どおり: {1}。",
    "{~} as configured: none.": "{0}は設定どおり: なし。",
    "The quote source chosen before is no longer installed: {,}.":
        "前回選んだ株価のデータ源は導入されていません: {0}。",
    "[keys] {}: {~}": "[keys] {0}: {1}",
    "key “{}”: looking for it…": "キー「{0}」: 確認中…",
    "key “{}” found in the {~}": "キー「{0}」: {1}にあり",
    "environment": "環境変数", "keyring": "キーリング",
    "next try in {~}": "次の照会まで{0}",
    # what sources say of themselves
    "Quotes from a CSV or Parquet file that another program writes, reloaded as it changes; free.":
        "ほかのプログラムが書き出すCSVかParquetの株価。変わるたびに読み直し。無料。",
    "Tokyo 20 minutes late, and receipts, futures, currencies and indices abroad; free, "
    "without a key.":
        "東証は20分遅れ。ADR、先物、為替、海外の指数も。無料、キー不要。",
    "Seeded random walks of any number of instruments at any rate, to test with; free. "
    "Invented prices.":
        "試験用の架空の値動き。銘柄数と頻度は任意。無料。架空の値段。",
    "Headlines of any RSS, Atom or JSON feed that you switch on; free.":
        "選んだRSS・Atom・JSONフィードの見出し。無料。",
    "SQ days, index reviews and ex-rights days, by standing rules; free.":
        "SQ、指数の入替、権利落ち日（規則による）。無料。",
    "Notes and market commentaries: those of the bundled session, and your own files; free.":
        "ノートと市況解説。収録した立会のものと自分のファイル。無料。",
    "Daily bars of the Nikkei 225's names in the week before 26 May 2025; free. Path modelled.":
        "日経平均採用銘柄の2025年5月26日までの1週間の日足。無料。値動きはモデル。",
    "The Tokyo session of 26 May 2025, bundled with the program; free. Path modelled.":
        "2025年5月26日の東京市場の立会（付属）。無料。値動きはモデル。",
    "Timely disclosures of Tokyo's listed companies, by a free private service.":
        "東証上場会社の適時開示。無料の私設サービスによる。",
    "Tokyo in real time from au Kabucom's application on this PC; for its customers, free.":
        "このPCのauカブコム証券のアプリによる東証の即時株価。顧客は無料。",
    "Tokyo's exchange holidays, and each year's first and last session; free.":
        "東証の休業日、大発会と大納会。無料。",
    "Dated events of your iCalendar files and of links that you name; free.":
        "自分のiCalendarファイルと指定したリンクの予定。無料。",
    "Every issue listed in Tokyo by code, English or Japanese name; ships with the program.":
        "東証の全上場銘柄をコード・英語名・日本語名で検索（付属）。",
    "The exchange group's own daily bars; a key, free with a delay of 12 weeks.":
        "JPXの日足。キーが必要、無料プランは12週遅れ。",
    "Dates of results of the next business day, from the exchange; needs a key.":
        "翌営業日の決算発表予定（JPX）。キーが必要。",
    "Every issue listed in Tokyo as of today, by code or name; needs a key.":
        "本日時点の東証の全上場銘柄をコード・銘柄名で検索。キーが必要。",
    "Daily bars of Tokyo, New York and currencies; free, few calls a day.":
        "東京・ニューヨーク・為替の日足。無料、1日の照会数に上限。",
    "Delayed quotes of Tokyo, New York and currencies; free, few calls a day.":
        "東京・ニューヨーク・為替の遅延株価。無料、1日の照会数に上限。",
}  # fmt: skip
