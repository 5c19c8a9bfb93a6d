"""What the days are called in Japanese on which Tokyo is closed."""

from typing import Final

HOLIDAYS_JA: Final = {
    "New Year's Day": "元日",
    "New Year's Holiday": "年末年始",
    "Coming of Age Day": "成人の日",
    "National Foundation Day": "建国記念の日",
    "Emperor's Birthday": "天皇誕生日",
    "Vernal Equinox Day": "春分の日",
    "Showa Day": "昭和の日",
    "Constitution Memorial Day": "憲法記念日",
    "Greenery Day": "みどりの日",
    "Children's Day": "こどもの日",
    "Marine Day": "海の日",
    "Mountain Day": "山の日",
    "Respect for the Aged Day": "敬老の日",
    "Autumnal Equinox Day": "秋分の日",
    "Health and Sports Day": "体育の日",
    "Sports Day": "スポーツの日",
    "Culture Day": "文化の日",
    "Labour Thanksgiving Day": "勤労感謝の日",
    "Citizens' Holiday": "国民の休日",
}
"""By the English name that the calendar gives."""
