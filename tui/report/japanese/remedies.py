"""What can be done about a failure, in Japanese."""

from typing import Final

REMEDIES: Final = {
    # it goes on by itself
    "It is asked again by itself.": "自動で再照会します。",
    "It is asked again in {} s.": "{0}秒後に再照会します。",
    "It is asked again in an hour.": "1時間後に再照会します。",
    "It goes on by itself.": "自動で再開します。",
    "It is asked again by itself; if this stays, its form has changed.":
        "自動で再照会します。続く場合は先方の形式が変わっています。",
    "It is asked again by itself; if this stays, ask for less at once.":
        "自動で再照会します。続く場合は一度に照会する量を減らしてください。",
    "It may not serve this network; it is asked again by itself.":
        "このネットワークには提供されていない可能性があります。自動で再照会します。",
    "Charts stand in, slower; it is tried again by itself.":
        "チャートで代用します（遅くなります）。自動で再試行します。",
    "Charts stand in; it is tried again by itself.": "チャートで代用します。自動で再試行します。",
    "It is passed over; quotes are polled.": "読み飛ばし、定期照会で補います。",
    "The last good version stays.": "最後に読めた版を使い続けます。",
    # sources
    "Check its key and plan.": "キーと契約プランを確認してください。",
    "Check the symbol, or choose another source.":
        "銘柄を確認するか、別のデータ源を選んでください。",
    "Check the symbol, or ask for a shorter or later span.":
        "銘柄を確認するか、短い期間か新しい期間で照会してください。",
    "Choose another source.": "別のデータ源を選んでください。",
    "Choose another source of history.": "時系列は別のデータ源を選んでください。",
    "Ask for a shorter span.": "短い期間で照会してください。",
    "Another plan may; or choose another source for this role.":
        "契約プランを変えるか、別のデータ源を選んでください。",
    "The plan “{}” may not reach there.": "プラン「{0}」の対象外の可能性があります。",
    "Check its base_url, or the network's sign-in page.":
        "base_urlか、ネットワークのログイン画面を確認してください。",
    "Check its address.": "アドレスを確認してください。",
    "Check its address; other feeds go on.":
        "アドレスを確認してください。ほかのフィードは続きます。",
    "Choose a smaller feed.": "小さいフィードを選んでください。",
    "Start kabu STATION and log in; it is asked again by itself.":
        "kabuステーションを起動してログインしてください。自動で再照会します。",
    "Set calls lower if other programs ask it too; it goes on by itself.":
        "ほかのプログラムも照会している場合はcallsを下げてください。自動で再開します。",
    "Set it with `zaraba keys set {}`, or {}.": "`zaraba keys set {0}`か{1}で設定してください。",
    "Set the key again with `zaraba keys set {}`, and check the plan.":
        "`zaraba keys set {0}`でキーを設定し直し、契約プランを確認してください。",
    "The source is at fault; tell its author.": "データ源の不具合です。作者に知らせてください。",
    "Choose a date from {} to {}, or set the clock right.":
        "{0}から{1}までの日付を選ぶか、時計を合わせてください。",
    # files
    "Check the path.": "パスを確認してください。",
    "Check the path and its permissions.": "パスと権限を確認してください。",
    "Check the path, and that the program writes it.":
        "パスと、書き出すプログラムを確認してください。",
    "Check that it is a file, and that you may read it.":
        "ファイルであること、読み取り権限があることを確認してください。",
    "Check that it is the right file.": "正しいファイルか確認してください。",
    "Check the folder's permissions and free space.":
        "フォルダーの権限と空き容量を確認してください。",
    "Check the folder's permissions and the free space.":
        "フォルダーの権限と空き容量を確認してください。",
    "Save it as UTF-8.": "UTF-8で保存してください。",
    "Save it as CSV.": "CSVで保存してください。",
    "Save it as CSV in UTF-8.": "UTF-8のCSVで保存してください。",
    "Split it.": "分割してください。",
    "Begin another.": "別のファイルにしてください。",
    "Write fewer rows.": "行を減らしてください。",
    "Write fewer columns.": "列を減らしてください。",
    "Write fewer rows or columns.": "行か列を減らしてください。",
    "Reinstall zaraba.": "zarabaを入れ直してください。",
    "Check the codes.": "コードを確認してください。",
    "Take one of them out.": "どちらかを消してください。",
    "Check the program that writes it.": "書き出すプログラムを確認してください。",
    "Write symbols as text, prices as numbers and times as text or timestamps.":
        "銘柄は文字列、値段は数、時刻は文字列か時刻型で書いてください。",
    "Install it by: uv tool install {}.": "導入: uv tool install {0}。",
    "Or write CSV.": "またはCSVで書いてください。",
    "Name a file or a link that ends in .ics as a rule.":
        "通常は.icsで終わるファイルかリンクを指定してください。",
    # settings
    "Correct it.": "修正してください。",
    "Mend that line.": "その行を直してください。",
    "Mend that line and try again.": "その行を直してから再度お試しください。",
    "Mend the file.": "ファイルを直してください。",
    "Write the path in full.": "パスをすべて書いてください。",
    "Give the whole path.": "パスをすべて書いてください。",
    "Take the line out for {}.": "その行を消すと{0}になります。",
    "Take the line out for the usual one.": "その行を消すと標準になります。",
    "Take the line out to use the service's own address.":
        "その行を消すと標準のアドレスを使います。",
    "Leave it out for {}.": "省くと{0}になります。",
    "Leave it out for half a second.": "省くと0.5秒になります。",
    "Write for example {}, or take the line out.": "例 {0}。または行を消してください。",
    "Write one of: {}.": "次のいずれかを書いてください: {0}。",
    "Installed: {}. `zaraba providers` tells more.": "導入済み: {0}。詳細は`zaraba providers`。",
    "Set it to a CSV or Parquet file, or start with --path FILE.":
        "CSVかParquetのファイルにするか、--path FILEで起動してください。",
    "Write it as {}.": "{0}のように書いてください。",
    "Write a path in quotation marks, or take the line out.":
        "引用符で囲んだパスを書くか、行を消してください。",
    "Name a file of certificates in PEM form, or take the line out.":
        "PEM形式の証明書のファイルを指定するか、行を消してください。",
    "Write minutes = true where the add-on of minute bars is paid for.":
        "分足のオプションを契約している場合はminutes = trueと書いてください。",
    "Check [{}] plan: it says “{}”.": "[{0}] planを確認してください（現在「{1}」）。",
    "Installed: {}.": "導入済み: {0}。",
    "A plug-in joins by: uv tool install {} --with PLUGIN.":
        "プラグインの追加: uv tool install {0} --with PLUGIN。",
    # lists
    "Remove some.": "いくつか削除してください。",
    "Choose another name.": "別の名前にしてください。",
    "Create it anew.": "作り直してください。",
    "Create one of your own.": "自分のリストを作ってください。",
    "Rename one.": "一方の名前を変えてください。",
    "Rename it.": "名前を変えてください。",
    "Write symbols in quotation marks, as in [\"7203\", \"285A\"].":
        "銘柄は引用符で囲んでください（例 [\"7203\", \"285A\"]）。",
    "Each list is a [[list]] with name = \"…\" and symbols = [\"7203\", …].":
        "リストは[[list]]にname = \"…\"とsymbols = [\"7203\", …]を書きます。",
    "Write codes such as 7203, 285A or ^N225.": "7203、285A、^N225のように書いてください。",
    "Give one code a line, or a CSV with a column “code” or “symbol”.":
        "1行1コードか、「code」「symbol」列のあるCSVにしてください。",
    "Until it can be written, the names found are known until the program ends.":
        "書き込めるまで、見つけた銘柄は終了まで保持します。",
    "Until then the lists as last read stay in use.": "それまでは最後に読めたリストを使います。",
    "The file is left as it is; if you change a list here first, it is kept as {}.":
        "ファイルはそのまま残します。先にここで変更すると{0}として残します。",
    # what is typed
    "Give a time of day such as 14:32, or an ISO time such as 2025-05-26T14:32+09:00.":
        "14:32のような時刻か、2025-05-26T14:32+09:00のようなISO形式で指定してください。",
}  # fmt: skip
"""Each a sentence with its full stop."""
