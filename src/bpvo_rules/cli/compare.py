"""``compare``: what changed between two fotos."""

from argparse import Namespace
from collections.abc import Iterable

from bpvo_rules.cli.output import Page, check_targets, page_width, show_page, tell, write_result
from bpvo_rules.cli.usage import NOTHING_FOUND, UsageError
from bpvo_rules.foto.bestand import Fotobestand
from bpvo_rules.foto.compare import Vergelijking, Verschil, compare, compare_csv, compare_json, shown
from bpvo_rules.io.foto import read_foto
from bpvo_rules.report.formats import written_json
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import render_value

__all__ = ["run"]


def run(options: Namespace, say: Say) -> int:
    """Compare two fotos; gives the exit status."""
    check_targets(say, (options.output,), ())
    if options.output is not None and options.output.resolve().parent in {options.old.resolve(), options.new.resolve()}:
        raise UsageError(say("schrijf niets in de map van een foto.", "do not write into the folder of a foto."))
    old, new = read_foto(options.old), read_foto(options.new)
    if old.foto.policy is not new.foto.policy:
        raise UsageError(
            say(
                "deze foto's zijn gemaakt onder verschillende policies en dus niet te vergelijken.",
                "these fotos were made under different policies, so they cannot be compared.",
            )
        )
    found = compare(old.foto, new.foto)
    if options.format == "json":
        write_result(written_json(compare_json(found)), options.output)
    elif options.format == "csv":
        write_result([compare_csv(found)], options.output)
    else:
        page = Page(page_width(options.output))
        _add(page, found, say)
        show_page(page, options.output)
    if not options.quiet:
        _tell_other_rules(old, new, say)
    return NOTHING_FOUND


def _tell_other_rules(old: Fotobestand, new: Fotobestand, say: Say) -> None:
    if (old.rule_set_digest, old.norms, old.regels) != (new.rule_set_digest, new.norms, new.regels):
        tell(
            say(
                "Let op: de twee foto's gaan niet uit van dezelfde regels of normen; een verschil kan daaraan liggen.",
                "Note: the two fotos do not go by the same rules or norms; a difference may come from that.",
            )
        )


def _add(page: Page, found: Vergelijking, say: Say) -> None:
    days = [render_value(day, say.lang) for day in (found.oud, found.nieuw)]
    page.line(say(f"Van {days[0]} naar {days[1]}", f"From {days[0]} to {days[1]}"))
    page.fold(
        say(
            "T: nieuw; W: gewijzigd; V: verdwenen. Aantallen zoals gepubliceerd (policy ",
            "T: new; W: changed; V: gone. Counts as published (policy ",
        )
        + f"{found.policy})."
    )
    _add_part(page, say("Marges", "Margins"), found.marges, say)
    _add_part(page, say("Cellen", "Cells"), found.cellen, say)


def _add_part(page: Page, title: str, found: Iterable[Verschil], say: Say) -> None:
    page.heading(title)
    found = tuple(found)
    if not found:
        page.line(say("Geen verschil.", "No difference."))
    question = None
    for one in found:
        if one.vraag != question:
            question = one.vraag
            page.line(str(question))
        changed = [(name, shown(old), shown(new)) for name, old, new in one.counts() if old != new]
        counts = ", ".join(f"{name} {old or '-'} > {new or '-'}" for name, old, new in changed)
        page.fold(f"{one.soort} {one.instelling} {one.domein}: {counts}", indent=2, hang=4)
