// Answers the requests of the conformance kit: one JSON object per line on stdin, one per line on stdout.
//
//     node antwoord.mjs CATALOGUE.json

import { readFileSync } from 'node:fs';

import { Normen, Omgeving, Referentie } from './feiten.mjs';
import { uitkomst } from './interpreter.mjs';
import { leesDag } from './kalender.mjs';
import { Keten, Stand } from './keten.mjs';
import { telling } from './telling.mjs';

class Catalogus {
  #feiten;
  #begindagen;

  constructor(inhoud) {
    if (inhoud.format !== 'bpvo-rules/catalogue' || inhoud.format_version !== 1) {
      throw new Error('no catalogue of a format that is known here');
    }
    this.normen = inhoud.norms;
    this.referentie = new Referentie(inhoud.reference);
    this.vragen = new Map(inhoud.questions.map((vraag) => [vraag.code, vraag]));
    this.regels = new Map(inhoud.questions.flatMap((vraag) => vraag.rules).map((regel) => [regel.code, regel]));
    this.#feiten = new Map(inhoud.facts.map((feit) => [`${feit.subject}.${feit.name}`, feit]));
    this.#begindagen = new Map(inhoud.subjects.map((subject) => [subject.name, subject.start_day]));
  }

  feit(soort, naam) {
    const feit = this.#feiten.get(`${soort}.${naam}`);
    if (feit === undefined) throw new Error(`the catalogue has no fact ${soort}.${naam}`);
    return feit;
  }

  heeftFeit(soort, naam) {
    return this.#feiten.has(`${soort}.${naam}`);
  }

  begindag(soort) {
    return this.#begindagen.get(soort);
  }
}

function verplichteDag(verzoek, naam) {
  const dag = typeof verzoek[naam] === 'string' ? leesDag(verzoek[naam]) : null;
  if (dag === null) throw new Error(`${naam} is no day: ${verzoek[naam]}`);
  return dag;
}

function omgevingen(catalogus, verzoek, normen, { peildatum, kennisdatum, perspectief }) {
  const stand = new Stand(new Keten(verzoek.tables, verzoek.niet_opgezocht), { kennisdatum, perspectief });
  const { referentie } = catalogus;
  const perSoort = new Map();
  return (soort) => {
    if (!perSoort.has(soort)) {
      const alle = stand
        .onderwerpen(soort)
        .map((onderwerp) => new Omgeving({ soort, onderwerp, stand, referentie, catalogus, peildatum, normen }));
      perSoort.set(soort, alle);
    }
    return perSoort.get(soort);
  };
}

function antwoord(catalogus, verzoek) {
  const peildatum = verplichteDag(verzoek, 'peildatum');
  const normen = new Normen(catalogus.normen, verzoek.norms ?? {});
  // Without a value for a norm that it needs, a rule does not run.
  const loopt = (regel) => regel.norms.every((norm) => normen.heeftWaarde(norm));

  if (verzoek.vraag !== undefined && verzoek.vraag !== null) {
    const vraag = catalogus.vragen.get(verzoek.vraag);
    if (vraag === undefined || vraag.number === null) throw new Error(`a foto has no question ${verzoek.vraag}`);
    // A foto is taken of what was known on its own day, in the view of the keten.
    const van = omgevingen(catalogus, verzoek, normen, { peildatum, kennisdatum: peildatum, perspectief: 'keten' });
    const geteld = telling(
      vraag,
      vraag.rules.filter(loopt),
      van(vraag.subject),
      catalogus.begindag(vraag.subject),
      peildatum,
    );
    return { id: verzoek.id, geteld };
  }

  const { perspectief } = verzoek;
  if (perspectief !== 'keten' && perspectief !== 'instelling') throw new Error(`no perspectief ${perspectief}`);
  const kennisdatum = verplichteDag(verzoek, 'kennisdatum');
  const van = omgevingen(catalogus, verzoek, normen, { peildatum, kennisdatum, perspectief });
  const verdicts = [];
  for (const code of new Set(verzoek.rules)) {
    const regel = catalogus.regels.get(code);
    if (regel === undefined) throw new Error(`the catalogue has no rule ${code}`);
    if (!loopt(regel)) continue;
    for (const omgeving of van(regel.subject)) {
      verdicts.push([code, omgeving.onderwerp.sleutel, uitkomst(regel, omgeving)]);
    }
  }
  return { id: verzoek.id, verdicts };
}

const catalogus = new Catalogus(JSON.parse(readFileSync(process.argv[2], 'utf8')));

// A line ends with a line feed and with nothing else: a text in a request may hold every other character that parts lines.
async function* regels(stroom) {
  let rest = '';
  for await (const stuk of stroom.setEncoding('utf8')) {
    const delen = (rest + stuk).split('\n');
    rest = delen.pop();
    yield* delen;
  }
  yield rest;
}

// In ASCII, so that no reader can take a character within a text for the end of a line.
const alsRegel = (waarde) =>
  JSON.stringify(waarde).replace(/[\u007f-\uffff]/g, (teken) => `\\u${teken.charCodeAt(0).toString(16).padStart(4, '0')}`);

for await (const regel of regels(process.stdin)) {
  if (regel.trim() === '') continue;
  let id = null;
  let tekst;
  try {
    const verzoek = JSON.parse(regel);
    id = verzoek.id ?? null;
    tekst = alsRegel(antwoord(catalogus, verzoek));
  } catch (fout) {
    tekst = alsRegel({ id, error: fout.message });
  }
  process.stdout.write(`${tekst}\n`);
}
