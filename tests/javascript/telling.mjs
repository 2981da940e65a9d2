// What a foto counts: per question, instelling, domein and outcome the subjects and the persons behind them.

import { isGevuld, uitkomst } from './interpreter.mjs';
import { plusMaanden } from './kalender.mjs';

// The worst thing that any rule of kind fout says; of rules that say nothing, that they do not apply.
const VAN_SLECHT_NAAR_GOED = ['voldoet_niet', 'niet_te_bepalen', 'voldoet'];

const uitkomstVanVraag = (uitkomsten) =>
  VAN_SLECHT_NAAR_GOED.find((mogelijk) => uitkomsten.includes(mogelijk)) ?? 'niet_van_toepassing';

// Persons of a subject: students of one school, companies that ask for recognition, and nobody behind a measurement.
//
// A company that two schools nominated is one for each of them, also where they are added up: the counts of two sets of schools
// must add up to those of their union. A request that names no company has one behind it all the same, and it is not known to
// be any other.
const PERSOON = {
  Bpvo: ({ onderwerp }) => ['student', onderwerp.inhoud.student],
  Erkenningsaanvraag: ({ feit, onderwerp }) =>
    isGevuld(feit('leerbedrijf_id')) ? ['leerbedrijf', feit('leerbedrijf_id')] : ['aanvraag', onderwerp.sleutel],
  WhiteLabelMeting: null,
};

export function telling(vraag, regels, omgevingen, begindagFeit, peildatum) {
  const na = plusMaanden(peildatum, -12);
  const persoonVan = PERSOON[vraag.subject];
  if (persoonVan === undefined) throw new Error(`no persons are known behind ${vraag.subject}`);
  const meetellend = regels.filter((regel) => regel.kind === 'fout' && regel.subject === vraag.subject);
  const cellen = new Map();
  for (const omgeving of omgevingen) {
    const dag = omgeving.feit(begindagFeit);
    if (!isGevuld(dag) || dag <= na || dag > peildatum) continue;
    const oordeel = uitkomstVanVraag(meetellend.map((regel) => uitkomst(regel, omgeving)));
    const brin = omgeving.feit('brin');
    const instelling = isGevuld(brin) ? brin : 'landelijk';
    const domein = omgeving.catalogus.heeftFeit(vraag.subject, 'domein') ? omgeving.feit('domein') : 'alle';
    const persoon = persoonVan === null ? null : JSON.stringify([instelling, ...persoonVan(omgeving)]);
    // A question without a domein has one domein, so that its cells are its margins.
    for (const plaats of new Set([
      JSON.stringify([instelling, domein]),
      JSON.stringify([instelling, 'alle']),
      JSON.stringify(['alle', domein]),
      JSON.stringify(['alle', 'alle']),
    ])) {
      const sleutel = JSON.stringify([...JSON.parse(plaats), oordeel]);
      if (!cellen.has(sleutel)) cellen.set(sleutel, { aantal: 0, personen: new Set() });
      const cel = cellen.get(sleutel);
      cel.aantal += 1;
      if (persoon !== null) cel.personen.add(persoon);
    }
  }
  return [...cellen].map(([sleutel, { aantal, personen }]) => [
    vraag.code,
    ...JSON.parse(sleutel),
    aantal,
    persoonVan === null ? null : personen.size,
  ]);
}
