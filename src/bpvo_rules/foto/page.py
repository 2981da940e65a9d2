"""The page of a foto: plain HTML out of what ``foto.json`` says, and of nothing else. No script, no other file."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

from bpvo_rules.foto.write import MARK

__all__ = ["page"]

_STYLE: Final = (
    "body{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222;background:#fff}"
    "table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:bold}"
    "th,td{border:1px solid #767676;padding:.2rem .6rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right}"
)
_LABELS: Final = {
    "voldoet": "voldoet",
    "voldoet_niet": "voldoet niet",
    "beslist": "beslist",
    "niet_te_bepalen": "niet te bepalen",
    "niet_van_toepassing": "niet van toepassing",
    "totaal": "totaal",
}
_ALLE: Final = "alle"


def page(document: Mapping[str, Any]) -> str:
    """
    Give the page of a foto.

    Args:
        document: What :func:`bpvo_rules.foto.write.document` gives.

    """
    title = f"Foto {document['peildatum']}"
    return "".join(
        [
            '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n",
            *_head(document, title),
            *(piece for question in document["questions"] for piece in _question(document, question)),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _head(document: Mapping[str, Any], title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}: datakwaliteit BPVO</h1>\n"
    facts = [
        ("Venster", f"na {document['venster_na']} tot en met {document['venster_tot_en_met']}"),
        ("Bekend op", document["kennisdatum"]),
        ("Gemaakt op", document["gemaakt_op"]),
        ("Regels", f"{document['rule_set_version']} ({document['rule_set_digest']})"),
        ("Policy", f"{document['policy']}: {document['bescherming']}"),
    ]
    if document["vervangt"] is not None:
        facts.append(("Vervangt", f"{document['vervangt']['foto_id']} (reden: {document['vervangt']['reden']})"))
    yield from _rows(facts)
    if document["bescherming"] == "onbeschermd":
        yield (
            "<p><strong>Onbeschermd: kleine aantallen zijn tot personen te herleiden. Geef deze foto niet"
            " door.</strong></p>\n"
        )
    yield (
        f"<p>{MARK} betekent: niet getoond. Percentages volgen uit de getoonde aantallen. Door afronding kunnen"
        " totalen afwijken van de som.</p>\n"
    )


def _rows(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "<table>\n"
    for name, value in facts:
        yield f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>\n'
    yield "</table>\n"


def _question(document: Mapping[str, Any], question: Mapping[str, Any]) -> Iterator[str]:
    code = question["vraag"]
    yield f"<h2>{question['nummer']}. {escape(question['titel'])}</h2>\n"
    share = question["niet_te_bepalen_promille"]
    if share is not None:
        yield f"<p>Niet te bepalen: {share // 10},{share % 10}% van wat te beoordelen was.</p>\n"
    if question["aannames"]:
        yield "<p>Aannames:</p>\n<ul>\n"
        yield from (f"<li>{escape(text)}</li>\n" for text in question["aannames"])
        yield "</ul>\n"
    yield from _table("Totalen", [cel for cel in document["marges"] if cel["vraag"] == code])
    yield from _rules(document, code)
    yield from _table("Domein en instelling", [cel for cel in document["cellen"] if cel["vraag"] == code])


def _table(caption: str, cels: list[Mapping[str, Any]]) -> Iterator[str]:
    if not cels:
        return
    names = [name for name in _LABELS if name in cels[0]]
    yield f"<table>\n<caption>{caption}</caption>\n<thead><tr>"
    yield from (
        f'<th scope="col">{name}</th>' for name in ("instelling", "domein", *(_LABELS[n] for n in names), "score")
    )
    yield "</tr></thead>\n<tbody>\n"
    for cel in cels:
        yield f'<tr><th scope="row">{escape(cel["instelling"])}</th><td>{escape(cel["domein"])}</td>'
        yield from (f'<td class="n">{_number(cel[name])}</td>' for name in names)
        yield f'<td class="n">{_score(cel)}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def _number(number: Mapping[str, Any]) -> str:
    return MARK if number["waarde"] is None else str(number["waarde"])


def _score(cel: Mapping[str, Any]) -> str:
    failed, decided = cel["voldoet_niet"]["waarde"], cel["beslist"]["waarde"]
    if failed is None or not decided:
        return ""
    # Rounded down, so that 100 % is never shown where one failed; rounded numbers may cross each other.
    tenths = max(0, 1000 * (decided - failed) // decided)
    return f"{tenths // 10},{tenths % 10}%"


def _rules(document: Mapping[str, Any], code: str) -> Iterator[str]:
    country = [
        regel
        for regel in document["regels"]
        if regel["vraag"] == code and regel["instelling"] == regel["domein"] == _ALLE
    ]
    if not country:
        return
    yield '<table>\n<caption>Niet voldaan, per regel, landelijk</caption>\n<thead><tr><th scope="col">regel</th>'
    yield '<th scope="col">aantal</th></tr></thead>\n<tbody>\n'
    for regel in country:
        yield f'<tr><th scope="row">{escape(regel["regel"])}</th>'
        yield f'<td class="n">{_number(regel["voldoet_niet"])}</td></tr>\n'
    yield "</tbody>\n</table>\n"
