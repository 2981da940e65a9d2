// The tables of a request, and what exists of them on the kennisdatum.

import { leesDag, leesTijdstip } from './kalender.mjs';

const tekst = (cel) => cel;
const vorm = (patroon) => (cel) => (patroon.test(cel) ? cel : null);
const een = (...woorden) => (cel) => (woorden.includes(cel) ? cel : null);

const geheel = (minimum, maximum) => (cel) => {
  if (!/^[0-9]{1,18}$/.test(cel)) return null;
  const getal = BigInt(cel);
  return getal < minimum || (maximum !== undefined && getal > maximum) ? null : getal;
};

const brin = vorm(/^[0-9]{2}[A-Z]{2}$/);
const opleiding = vorm(/^[0-9]{5}$/);
const keuzedeel = vorm(/^K[0-9]{4}$/);
const leerbedrijf = vorm(/^[1-9][0-9]{8}$/);
const volgnummer = vorm(/^[0-9A-Za-z]{1,20}$/);
const niveau = geheel(1n, 4n);
const dag = leesDag;
const tijdstip = leesTijdstip;
const jaNee = (cel) => ({ ja: true, nee: false })[cel] ?? null;
const functie = een('identificatie', 'verificatie', 'mutatieservice', 'detailgegevens', 'zoeken');

// Per table its columns, each with a reader that answers null for a cell that cannot be read; which cells are required; and
// the key that no two rows share.
const TABELLEN = {
  instellingen: {
    kolommen: { brin, naam: tekst },
    verplicht: ['brin'],
    sleutel: ['brin'],
  },
  opleidingen: {
    kolommen: {
      code: opleiding,
      naam: tekst,
      soort: een('kwalificatie', 'dossier', 'domein'),
      niveau,
      dossier: opleiding,
      domein: opleiding,
    },
    verplicht: ['code', 'soort'],
    sleutel: ['code'],
  },
  equivalenten: {
    kolommen: { opleidingcode: opleiding, equivalent: opleiding },
    verplicht: ['opleidingcode', 'equivalent'],
    sleutel: ['opleidingcode', 'equivalent'],
  },
  keuzedelen: {
    kolommen: { code: keuzedeel, naam: tekst, geldig_van: dag, geldig_tot_en_met: dag },
    verplicht: ['code'],
    sleutel: ['code'],
  },
  leerbedrijven: {
    kolommen: {
      leerbedrijf_id: leerbedrijf,
      naam: tekst,
      land: tekst,
      bekend_vanaf: dag,
      bekend_tot: dag,
    },
    verplicht: ['leerbedrijf_id'],
    sleutel: ['leerbedrijf_id'],
  },
  erkenningen: {
    kolommen: {
      leerbedrijf_id: leerbedrijf,
      opleidingcode: opleiding,
      van: dag,
      tot_en_met: dag,
      bekend_vanaf: dag,
      bekend_tot: dag,
    },
    verplicht: ['leerbedrijf_id', 'opleidingcode', 'van'],
    sleutel: null,
  },
  inschrijvingen: {
    kolommen: {
      brin,
      student: tekst,
      inschrijvingvolgnummer: volgnummer,
      datum_inschrijving: dag,
      datum_uitschrijving_gepland: dag,
      datum_uitschrijving_werkelijk: dag,
    },
    verplicht: ['brin', 'student', 'inschrijvingvolgnummer', 'datum_inschrijving'],
    sleutel: ['brin', 'student', 'inschrijvingvolgnummer'],
  },
  inschrijvingsperiodes: {
    kolommen: {
      brin,
      student: tekst,
      inschrijvingvolgnummer: volgnummer,
      begindatum: dag,
      opleidingcode: opleiding,
      leerweg: een('BOL', 'BBL', 'OVO', 'EX', 'ODT', 'BOL_DT'),
      niveau,
    },
    verplicht: ['brin', 'student', 'inschrijvingvolgnummer', 'begindatum'],
    sleutel: ['brin', 'student', 'inschrijvingvolgnummer', 'begindatum'],
  },
  uitwisselingen: {
    kolommen: {
      brin,
      student: tekst,
      inschrijvingvolgnummer: volgnummer,
      volgnummer,
      volgorde: geheel(1n),
      soort: een('toevoeging', 'wijziging', 'verwijdering'),
      ontstaan_op: dag,
      ontvangen_duo_op: dag,
      teruggekoppeld_op: dag,
      uitkomst: een('geaccepteerd', 'afgekeurd'),
      ontvangen_sbb_op: dag,
      afsluitdatum: dag,
      begindatum: dag,
      einddatum_gepland: dag,
      einddatum_werkelijk: dag,
      omvang: geheel(0n),
      leerbedrijf_id: leerbedrijf,
      opleidingcode: opleiding,
      keuzedeelcode: keuzedeel,
    },
    verplicht: ['brin', 'student', 'inschrijvingvolgnummer', 'volgnummer', 'volgorde', 'soort'],
    sleutel: ['brin', 'student', 'inschrijvingvolgnummer', 'volgnummer', 'volgorde'],
  },
  erkenningsaanvragen: {
    kolommen: {
      aanvraag_id: tekst,
      leerbedrijf_id: leerbedrijf,
      opleidingcode: opleiding,
      soort: een('nieuw', 'uitbreiding', 'herbeoordeling'),
      dagtekening: dag,
      brin,
      besluit_op: dag,
      besluit: een('erkend', 'geweigerd'),
      kennisgeving_op: dag,
      overschrijding_gemotiveerd_op: dag,
    },
    verplicht: ['aanvraag_id', 'soort', 'dagtekening'],
    sleutel: ['aanvraag_id'],
  },
  white_label_metingen: {
    kolommen: { functie, tijdstip, brin, gelukt: jaNee, duur_ms: geheel(0n) },
    verplicht: ['functie', 'tijdstip', 'gelukt'],
    sleutel: ['functie', 'tijdstip', 'brin'],
  },
  white_label_onderhoud: {
    kolommen: { functie, van: tijdstip, tot: tijdstip, aangekondigd_op: dag },
    verplicht: ['van', 'tot', 'aangekondigd_op'],
    sleutel: null,
  },
};

const isLeeg = (cel) => cel === undefined || cel === null || cel === '';

// A row with every column, null for what is not there; or null when a cell cannot be read. What is not looked up is not there
// either, and who asks must ask `opgezocht` as well.
function leesRij(schema, rij, kolomOpgezocht) {
  const gelezen = { cellen: rij };
  for (const [kolom, lees] of Object.entries(schema.kolommen)) {
    const cel = kolomOpgezocht(kolom) ? rij[kolom] : null;
    gelezen[kolom] = null;
    if (isLeeg(cel)) {
      if (schema.verplicht.includes(kolom)) return null;
    } else {
      gelezen[kolom] = typeof cel === 'string' ? lees(cel) : null;
      if (gelezen[kolom] === null) return null;
    }
  }
  return gelezen;
}

const sleutelcel = (waarde) => (waarde !== null && typeof waarde === 'object' ? waarde.moment : waarde);

// The tables that were looked up, without the rows that cannot be read.
export class Keten {
  #tabellen = new Map();
  #nietOpgezocht;

  constructor(tabellen, nietOpgezocht = []) {
    this.#nietOpgezocht = new Set(nietOpgezocht.map(([tabel, kolom]) => `${tabel}.${kolom}`));
    for (const [naam, schema] of Object.entries(TABELLEN)) {
      if (!Array.isArray(tabellen[naam])) continue;
      for (const kolom of schema.verplicht) {
        if (this.#nietOpgezocht.has(`${naam}.${kolom}`)) throw new Error(`${naam} needs its column ${kolom}`);
      }
      this.#tabellen.set(naam, this.#lees(naam, schema, tabellen[naam]));
    }
  }

  #lees(naam, schema, rijen) {
    const gelezen = [];
    const sleutels = new Set();
    for (const rij of rijen) {
      const leesbaar = leesRij(schema, rij, (kolom) => !this.#nietOpgezocht.has(`${naam}.${kolom}`));
      if (leesbaar === null) continue;
      if (schema.sleutel) {
        const sleutel = JSON.stringify(schema.sleutel.map((kolom) => String(sleutelcel(leesbaar[kolom]) ?? '')));
        if (sleutels.has(sleutel)) continue;
        sleutels.add(sleutel);
      }
      gelezen.push(leesbaar);
    }
    return gelezen;
  }

  opgezocht(tabel, kolom = null) {
    return this.#tabellen.has(tabel) && (kolom === null || !this.#nietOpgezocht.has(`${tabel}.${kolom}`));
  }

  rijen(tabel) {
    return this.#tabellen.get(tabel) ?? [];
  }
}

const bpvoSleutel = (rij) => [rij.brin, rij.student, rij.inschrijvingvolgnummer, rij.volgnummer].join('/');
const inschrijvingSleutel = (rij) => [rij.brin, rij.student, rij.inschrijvingvolgnummer].join('/');

const opVolgorde = (a, b) => (a.volgorde < b.volgorde ? -1 : 1);

export function perSleutel(rijen, sleutelVan) {
  const groepen = new Map();
  for (const rij of rijen) {
    const sleutel = sleutelVan(rij);
    if (!groepen.has(sleutel)) groepen.set(sleutel, []);
    groepen.get(sleutel).push(rij);
  }
  return groepen;
}

// What is known of a keten on a kennisdatum, in one perspectief.
export class Stand {
  constructor(keten, { kennisdatum, perspectief }) {
    this.keten = keten;
    this.kennisdatum = kennisdatum;
    this.perspectief = perspectief;
    this.erkenningen = perSleutel(this.#bekend('erkenningen'), (rij) => rij.leerbedrijf_id);
    this.leerbedrijven = new Set(this.#bekend('leerbedrijven').map((rij) => rij.leerbedrijf_id));
    this.opleidingen = new Map(keten.rijen('opleidingen').map((rij) => [rij.code, rij]));
    this.equivalenten = perSleutel(keten.rijen('equivalenten'), (rij) => rij.opleidingcode);
    this.keuzedelen = new Map(keten.rijen('keuzedelen').map((rij) => [rij.code, rij]));
    this.instellingen = new Set(keten.rijen('instellingen').map((rij) => rij.brin));
    this.periodes = perSleutel(keten.rijen('inschrijvingsperiodes'), inschrijvingSleutel);
    this.bpvos = this.#bpvos();
    this.bpvosVanStudent = perSleutel(this.bpvos, ({ inhoud }) => `${inhoud.brin}/${inhoud.student}`);
  }

  opgezocht(tabel, kolom) {
    return this.keten.opgezocht(tabel, kolom);
  }

  // Nothing that becomes known after the kennisdatum may change an answer.
  #isBekend(dag) {
    return dag !== null && dag <= this.kennisdatum;
  }

  // Null for a day that is not known on the kennisdatum.
  bekendeDag(dag) {
    return this.#isBekend(dag) ? dag : null;
  }

  #bekend(tabel) {
    return this.keten
      .rijen(tabel)
      .filter(
        (rij) =>
          (rij.bekend_vanaf === null || rij.bekend_vanaf <= this.kennisdatum) &&
          (rij.bekend_tot === null || this.kennisdatum < rij.bekend_tot),
      );
  }

  #isAfgekeurd(levering) {
    return levering.uitkomst === 'afgekeurd' && this.#isBekend(levering.teruggekoppeld_op);
  }

  #telt(levering) {
    if (this.perspectief === 'keten') {
      if (!this.opgezocht('uitwisselingen', 'ontvangen_duo_op')) return true;
      return this.#isBekend(levering.ontvangen_duo_op) && !this.#isAfgekeurd(levering);
    }
    const ontstaan = levering.ontstaan_op ?? (levering.soort === 'toevoeging' ? levering.afsluitdatum : null);
    return ontstaan === null || ontstaan <= this.kennisdatum;
  }

  // Each BPVO that exists, with its content and with its current life: the deliveries since it was last removed, of which DUO
  // rejected none. A school's own view counts rejected deliveries for the content, but they brought nothing to DUO or SBB.
  #bpvos() {
    const bpvos = [];
    for (const [sleutel, alle] of perSleutel(this.keten.rijen('uitwisselingen'), bpvoSleutel)) {
      const leveringen = alle.filter((levering) => this.#telt(levering)).sort(opVolgorde);
      const inhoud = leveringen.at(-1);
      if (inhoud === undefined || inhoud.soort === 'verwijdering') continue;
      const verwijderd = leveringen.findLastIndex((levering) => levering.soort === 'verwijdering');
      const leven = leveringen.slice(verwijderd + 1).filter((levering) => !this.#isAfgekeurd(levering));
      bpvos.push({ sleutel, inhoud, leven });
    }
    return bpvos;
  }

  // The subjects of one kind: a key, the row that holds their cells, and for a BPVO its life.
  onderwerpen(soort) {
    switch (soort) {
      case 'Bpvo':
        return this.bpvos;
      case 'Uitwisseling':
        return this.keten
          .rijen('uitwisselingen')
          .filter(
            (rij) => !this.opgezocht('uitwisselingen', 'ontvangen_duo_op') || this.#isBekend(rij.ontvangen_duo_op),
          )
          .map((rij) => ({ sleutel: `${bpvoSleutel(rij)}#${rij.volgorde}`, inhoud: rij }));
      case 'Erkenningsaanvraag':
        return this.keten
          .rijen('erkenningsaanvragen')
          .filter((rij) => this.#isBekend(rij.dagtekening))
          .map((rij) => ({ sleutel: rij.aanvraag_id, inhoud: rij }));
      case 'WhiteLabelMeting':
        return this.keten
          .rijen('white_label_metingen')
          .filter((rij) => this.#isBekend(rij.tijdstip.dag))
          .map((rij) => ({ sleutel: `${rij.functie}@${rij.cellen.tijdstip}@${rij.brin ?? ''}`, inhoud: rij }));
      default:
        throw new Error(`a subject that is not known here: ${soort}`);
    }
  }

  // Of the same inschrijving the period that began last on or before a day, or null.
  periodeOp(rij, dag) {
    let laatste = null;
    for (const periode of this.periodes.get(inschrijvingSleutel(rij)) ?? []) {
      if (periode.begindatum <= dag && (laatste === null || periode.begindatum > laatste.begindatum)) laatste = periode;
    }
    return laatste;
  }
}
