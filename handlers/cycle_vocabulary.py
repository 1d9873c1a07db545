"""The words that recurring meetings are spoken of with, in Swedish and English: numbers, days, months, stretches of time."""

import re
from typing import Final

NUMBERS: Final = {
    word: number
    for number, words in {
        1: "en ett 1 one", 2: "två 2 two", 3: "tre 3 three", 4: "fyra 4 four", 5: "fem 5 five", 6: "sex 6 six",
        7: "sju 7 seven", 8: "åtta 8 eight", 9: "nio 9 nine", 10: "tio 10 ten", 11: "elva 11 eleven", 12: "tolv 12 twelve",
    }.items()
    for word in words.split()
}  # fmt: skip
ORDINALS: Final = {
    word: number
    for number, words in {
        1: "första förste 1:a 1a first 1st", 2: "andra andre 2:a 2a second 2nd", 3: "tredje 3:e 3e third 3rd",
        4: "fjärde 4:e 4e fourth 4th", 5: "femte 5:e 5e fifth 5th", 6: "sjätte 6:e 6e sixth 6th", 8: "åttonde 8:e eighth 8th",
        10: "tionde 10:e tenth 10th", -1: "sista siste last",
    }.items()
    for word in words.split()
}  # fmt: skip
WEEKDAYS: Final = {
    word: number
    for number, words in enumerate((
        "måndag måndagen måndagar måndagarna mån monday mondays mon", "tisdag tisdagen tisdagar tisdagarna tis tuesday tuesdays tue tues",
        "onsdag onsdagen onsdagar onsdagarna ons wednesday wednesdays wed",
        "torsdag torsdagen torsdagar torsdagarna tors tor thursday thursdays thu thur thurs",
        "fredag fredagen fredagar fredagarna fre friday fridays fri", "lördag lördagen lördagar lördagarna lör saturday saturdays sat",
        "söndag söndagen söndagar söndagarna sön sunday sundays sun",
    ))
    for word in words.split()
}  # fmt: skip
MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan", "februari february feb", "mars march mar", "april apr", "maj may", "juni june jun",
            "juli july jul", "augusti august aug", "september sept sep", "oktober october okt oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
UNITS: Final = {
    word: unit
    for unit, words in {
        "week": "vecka veckan veckor week weeks weekly",
        "month": "månad månaden månader month months monthly",
        "quarter": "kvartal kvartalet quarter quarters quarterly",
        "half": "halvår halvåret", "year": "år året year years yearly årligen",
    }.items()
    for word in words.split()
}  # fmt: skip


def one_of(words: dict[str, int] | dict[str, str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
