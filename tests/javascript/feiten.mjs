// The facts of the catalogue, computed from the tables.
//
// What a fact needs is read from the catalogue and handled once, in `Omgeving.feit`: here stand only the computations, each
// written after the text of its fact, and each may rely on what its fact needs.

import { LEEG, NIET_OPGEZOCHT, geheel, isGevuld } from './interpreter.mjs';
import { inVenster, leesDag, leesVenster, plusMaanden, Werkkalender } from './kalender.mjs';

const ofLeeg = (waarde) => waarde ?? LEEG;

// ---------------------------------------------------------------------------------------------------------------- dekking

// A dekking is a row of disjoint periods in order, and whether those are all there can be: when they are not, a day outside
// them is neither covered nor uncovered.
function dekkingVan(erkenningen, volledig) {
  const periodes = [];
  const opVan = erkenningen
    .map(({ van, tot_en_met: totEnMet }) => [van, totEnMet ?? Infinity])
    .filter(([van, totEnMet]) => van <= totEnMet)
    .sort(([a], [b]) => a - b);
  for (const [van, totEnMet] of opVan) {
    const vorige = periodes.at(-1);
    if (vorige && van <= vorige[1] + 1) vorige[1] = Math.max(vorige[1], totEnMet);
    else periodes.push([van, totEnMet]);
  }
  return { periodes, volledig };
}

const bevat = (dekking, dag) =>
  dekking.periodes.some(([van, totEnMet]) => van <= dag && dag <= totEnMet) || (dekking.volledig ? false : NIET_OPGEZOCHT);

// Since adjoining periods are joined, a covered run of days lies within one of them.
function gedekt(dekking, van, totEnMet) {
  if (totEnMet < van) return LEEG;
  if (dekking.periodes.some(([a, b]) => a <= van && totEnMet <= b)) return true;
  return dekking.volledig ? false : NIET_OPGEZOCHT;
}

function eersteOngedekte(dekking, van, totEnMet) {
  let dag = van;
  for (const [a, b] of dekking.periodes) if (a <= dag && dag <= b) dag = b + 1;
  return dag <= totEnMet ? dag : LEEG;
}

function aantalOngedekt(dekking, van, totEnMet) {
  let aantal = totEnMet - van + 1;
  for (const [a, b] of dekking.periodes) aantal -= Math.max(0, Math.min(b, totEnMet) - Math.max(a, van) + 1);
  return geheel(aantal);
}

function dichtstbijzijnde(dekking, dag) {
  const afstand = ([van, totEnMet]) => Math.max(van - dag, dag - totEnMet, 0);
  return dekking.periodes.reduce(
    (beste, periode) => (beste === null || afstand(periode) < afstand(beste) ? periode : beste),
    null,
  );
}

// The codes of which a recognition will do, as far as they are known, and whether those are all.
function codesVan(stand, opleidingcode) {
  const opleiding = stand.opleidingen.get(opleidingcode);
  let volledig = stand.opgezocht('opleidingen') && stand.opgezocht('equivalenten');
  let codes = [opleidingcode];
  if (opleiding?.soort === 'dossier' || opleiding?.soort === 'domein') {
    const kolom = opleiding.soort;
    if (!stand.opgezocht('opleidingen', kolom)) volledig = false;
    codes = [...stand.opleidingen.values()]
      .filter((ander) => ander.soort === 'kwalificatie' && ander[kolom] === opleidingcode)
      .map((ander) => ander.code);
  }
  const equivalenten = codes.flatMap((code) => (stand.equivalenten.get(code) ?? []).map((rij) => rij.equivalent));
  return { codes: new Set([...codes, ...equivalenten]), volledig };
}

// ------------------------------------------------------------------------------------------------------------------ domein

// `onbekend` is also what nobody looked up: whoever counts must put the subject somewhere. A code that is a domein is its own.
function domeinVan(stand, code) {
  const opleiding = isGevuld(code) ? stand.opleidingen.get(code) : undefined;
  if (opleiding === undefined) return 'onbekend';
  if (opleiding.soort === 'domein') return opleiding.code;
  if (!stand.opgezocht('opleidingen', 'domein')) return 'onbekend';
  return opleiding.domein ?? 'geen';
}

// -------------------------------------------------------------------------------------------------------------- stagefonds

const regelsVoor = (lijst, leerweg, code) =>
  lijst.regels.filter((regel) => regel.opleidingcode === code && regel.leerweg === leerweg);

// Only a code with several lines for one leerweg, a dossier in the BBL, has its category decided by the niveau.
function categorieen(lijst, leerweg, code, niveau) {
  let regels = regelsVoor(lijst, leerweg, code);
  if (regels.length > 1) {
    if (!isGevuld(niveau)) return niveau;
    regels = regels.filter((regel) => regel.niveau === null || geheel(regel.niveau) === niveau);
  }
  return [...new Set(regels.map((regel) => regel.categorie))];
}

// The codes of which a leerbedrijf must have one beside that of the opleiding itself.
function tweedeErkenningen(lijst, code) {
  const anderVanNiveau = (past) =>
    lijst.regels
      .filter((regel) => regel.opleidingcode !== code && regel.niveau !== null && past(regel.niveau))
      .map((regel) => regel.opleidingcode);
  switch (code) {
    case '23189':
      return new Set(['25498', '92640']);
    case '23110':
      return new Set(['25251', ...anderVanNiveau((niveau) => niveau >= 2)]);
    case '26007':
      return new Set(anderVanNiveau((niveau) => niveau >= 2));
    case '26002':
      return new Set(anderVanNiveau((niveau) => niveau === 4));
    default:
      return new Set();
  }
}

// ----------------------------------------------------------------------------------------------------------- dubbele bpvos

const grondslagVan = (rij) => {
  if (rij.keuzedeelcode !== null) return 'keuzedeel';
  return rij.opleidingcode !== null ? 'opleiding' : LEEG;
};

// Whether another BPVO overlaps [begindatum, einde]; a period that ends before it begins holds no day to share.
function overlapt(stand, ander, begindatum, einde) {
  if (ander.begindatum > einde || einde < begindatum) return false;
  const anderEinde = ander.einddatum_werkelijk ?? ander.einddatum_gepland;
  if (anderEinde !== null) return Math.max(ander.begindatum, begindatum) <= Math.min(anderEinde, einde);
  return stand.opgezocht('uitwisselingen', 'einddatum_gepland') ? false : NIET_OPGEZOCHT;
}

function dubbeleBpvos({ stand, referentie, onderwerp, feit }) {
  const { inhoud } = onderwerp;
  const dubbele = [];
  let twijfel = false;
  for (const ander of stand.bpvosVanStudent.get(`${inhoud.brin}/${inhoud.student}`)) {
    const rij = ander.inhoud;
    if (
      ander === onderwerp ||
      rij.leerbedrijf_id !== inhoud.leerbedrijf_id ||
      rij.opleidingcode !== inhoud.opleidingcode ||
      rij.begindatum === null ||
      grondslagVan(rij) !== 'opleiding' ||
      !staatOpLijst(referentie.lijstOp(rij.begindatum), rij.opleidingcode)
    ) {
      continue;
    }
    const overlap = overlapt(stand, rij, feit('begindatum'), feit('einde'));
    if (overlap === true) dubbele.push(ander.sleutel);
    if (overlap === NIET_OPGEZOCHT) twijfel = true;
  }
  return dubbele.length === 0 && twijfel ? NIET_OPGEZOCHT : dubbele.sort();
}

const staatOpLijst = (lijst, code) => lijst !== null && lijst.regels.some((regel) => regel.opleidingcode === code);

// ------------------------------------------------------------------------------------------------------- facts by subject

const eersteBekende = (stand, leven, kolom) => {
  const dagen = leven.map((levering) => stand.bekendeDag(levering[kolom])).filter((dag) => dag !== null);
  return dagen.length === 0 ? LEEG : Math.min(...dagen);
};

const bekend = (kolom) => ({ stand, onderwerp }) => ofLeeg(stand.bekendeDag(onderwerp.inhoud[kolom]));

// Each function gets the omgeving of a subject, whose `feit` gives other facts, and what the catalogue says of its own.
const BEREKENINGEN = {
  Bpvo: {
    grondslag: ({ feit }) => {
      const keuzedeel = feit('keuzedeelcode');
      if (keuzedeel === NIET_OPGEZOCHT) return NIET_OPGEZOCHT;
      if (keuzedeel !== LEEG) return 'keuzedeel';
      const opleiding = feit('opleidingcode');
      return isGevuld(opleiding) ? 'opleiding' : opleiding;
    },
    einde: ({ feit }) => (isGevuld(feit('einddatum_werkelijk')) ? feit('einddatum_werkelijk') : feit('einddatum_gepland')),
    einde_tot_peildatum: ({ feit, peildatum }) => Math.min(feit('einde'), peildatum),
    in_register: ({ feit, stand }) => {
      const leerbedrijf = feit('leerbedrijf_id');
      if (stand.leerbedrijven.has(leerbedrijf) || stand.erkenningen.has(leerbedrijf)) return true;
      return stand.opgezocht('leerbedrijven') && stand.opgezocht('erkenningen') ? false : NIET_OPGEZOCHT;
    },
    codes: ({ feit, stand }) => {
      const { codes, volledig } = codesVan(stand, feit('opleidingcode'));
      return volledig ? [...codes].sort() : NIET_OPGEZOCHT;
    },
    dekking: ({ feit, stand }) => {
      const { codes, volledig } = codesVan(stand, feit('opleidingcode'));
      const erkenningen = stand.erkenningen.get(feit('leerbedrijf_id')) ?? [];
      return dekkingVan(
        erkenningen.filter((erkenning) => codes.has(erkenning.opleidingcode)),
        volledig,
      );
    },
    dekking_elke: ({ feit, stand }) => dekkingVan(stand.erkenningen.get(feit('leerbedrijf_id')) ?? [], true),
    erkend_op_begindatum: ({ feit }) => bevat(feit('dekking'), feit('begindatum')),
    elke_erkend_op_begindatum: ({ feit }) => bevat(feit('dekking_elke'), feit('begindatum')),
    erkend_op_peildatum: ({ feit, peildatum }) => bevat(feit('dekking'), peildatum),
    gedekt_tot_peildatum: ({ feit }) => gedekt(feit('dekking'), feit('begindatum'), feit('einde_tot_peildatum')),
    elke_gedekt_tot_peildatum: ({ feit }) => gedekt(feit('dekking_elke'), feit('begindatum'), feit('einde_tot_peildatum')),
    gedekt_vanaf_peildatum: ({ feit, peildatum }) => gedekt(feit('dekking'), peildatum, feit('einde')),
    eerste_dag_zonder_erkenning: ({ feit }) =>
      eersteOngedekte(feit('dekking'), feit('begindatum'), feit('einde_tot_peildatum')),
    elke_eerste_dag_zonder_erkenning: ({ feit }) =>
      eersteOngedekte(feit('dekking_elke'), feit('begindatum'), feit('einde_tot_peildatum')),
    eerste_dag_zonder_erkenning_na_peildatum: ({ feit, peildatum }) =>
      eersteOngedekte(feit('dekking'), peildatum, feit('einde')),
    dagen_zonder_erkenning: ({ feit }) =>
      aantalOngedekt(feit('dekking'), feit('begindatum'), feit('einde_tot_peildatum')),
    elke_dagen_zonder_erkenning: ({ feit }) =>
      aantalOngedekt(feit('dekking_elke'), feit('begindatum'), feit('einde_tot_peildatum')),
    erkende_periodes: ({ feit }) => feit('dekking').periodes,
    dichtstbijzijnde_erkenning_van: ({ feit }) =>
      ofLeeg(dichtstbijzijnde(feit('dekking'), feit('begindatum'))?.[0]),
    dichtstbijzijnde_erkenning_tot_en_met: ({ feit }) => {
      const periode = dichtstbijzijnde(feit('dekking'), feit('begindatum'));
      return periode === null || periode[1] === Infinity ? LEEG : periode[1];
    },
    inschrijvingsperiode: ({ feit, stand, onderwerp }) => ofLeeg(stand.periodeOp(onderwerp.inhoud, feit('begindatum'))),
    inschrijvingsperiode_gevonden: ({ feit }) => isGevuld(feit('inschrijvingsperiode')),
    leerweg: ({ feit }) => ofLeeg(feit('inschrijvingsperiode').leerweg),
    niveau: ({ feit }) => ofLeeg(feit('inschrijvingsperiode').niveau),
    opleidingcode_inschrijving: ({ feit }) => ofLeeg(feit('inschrijvingsperiode').opleidingcode),
    domein: ({ feit, stand }) => {
      const grondslag = feit('grondslag');
      if (grondslag === 'opleiding') return domeinVan(stand, feit('opleidingcode'));
      return grondslag === 'keuzedeel' ? domeinVan(stand, feit('opleidingcode_inschrijving')) : 'onbekend';
    },
    ontvangen_duo: ({ stand, onderwerp }) => eersteBekende(stand, onderwerp.leven, 'ontvangen_duo_op'),
    ontvangen_sbb: ({ stand, onderwerp }) => eersteBekende(stand, onderwerp.leven, 'ontvangen_sbb_op'),
    afsluitdatum_aanlevering: ({ onderwerp }) => ofLeeg((onderwerp.leven[0] ?? onderwerp.inhoud).afsluitdatum),
    keuzedeel_bekend: ({ feit, stand }) => stand.keuzedelen.has(feit('keuzedeelcode')),
    keuzedeel_al_geldig: ({ feit, stand }) => {
      const keuzedeel = stand.keuzedelen.get(feit('keuzedeelcode'));
      if (keuzedeel === undefined) return LEEG;
      return keuzedeel.geldig_van === null || feit('begindatum') >= keuzedeel.geldig_van;
    },
    keuzedeel_nog_geldig: ({ feit, stand }) => {
      const keuzedeel = stand.keuzedelen.get(feit('keuzedeelcode'));
      if (keuzedeel === undefined) return LEEG;
      return keuzedeel.geldig_tot_en_met === null || feit('begindatum') <= keuzedeel.geldig_tot_en_met;
    },
    ontbrekende_gegevens: ({ feit }, definitie) => definitie.maybe.filter((naam) => feit(naam) === LEEG),
    stagefondslijst: ({ feit, referentie }) => ofLeeg(referentie.lijstOp(feit('begindatum'))),
    stagefondslijst_van_kracht: ({ feit }) => isGevuld(feit('stagefondslijst')),
    opleiding_op_stagefondslijst: ({ feit }) => staatOpLijst(feit('stagefondslijst'), feit('opleidingcode')),
    leerweg_op_stagefondslijst: ({ feit }) =>
      regelsVoor(feit('stagefondslijst'), feit('leerweg'), feit('opleidingcode')).length > 0,
    stagefonds_categorieen: ({ feit }) =>
      categorieen(feit('stagefondslijst'), feit('leerweg'), feit('opleidingcode'), feit('niveau')),
    een_stagefonds_categorie: ({ feit }) => feit('stagefonds_categorieen').length === 1,
    tweede_erkenningen: ({ feit }) => [...tweedeErkenningen(feit('stagefondslijst'), feit('opleidingcode'))].sort(),
    tweede_erkenning_op_begindatum: ({ feit, stand }) => {
      const codes = tweedeErkenningen(feit('stagefondslijst'), feit('opleidingcode'));
      const erkenningen = stand.erkenningen.get(feit('leerbedrijf_id')) ?? [];
      const dekking = dekkingVan(
        erkenningen.filter((erkenning) => codes.has(erkenning.opleidingcode)),
        true,
      );
      return bevat(dekking, feit('begindatum'));
    },
    instelling_bekend: ({ feit, stand }) => stand.instellingen.has(feit('brin')),
    dagen_gepland: ({ feit }) => geheel(feit('einddatum_gepland') - feit('begindatum') + 1),
    dubbele_bpvos: dubbeleBpvos,
    heeft_dubbele_bpvo: ({ feit }) => feit('dubbele_bpvos').length > 0,
  },
  Uitwisseling: {
    // That of the content which the delivery carries.
    domein: ({ stand, onderwerp, referentie, catalogus, peildatum, normen }) => {
      const alsBpvo = { sleutel: onderwerp.sleutel, inhoud: onderwerp.inhoud, leven: [] };
      const samen = { stand, referentie, catalogus, peildatum, normen };
      return new Omgeving({ ...samen, soort: 'Bpvo', onderwerp: alsBpvo }).feit('domein');
    },
    teruggekoppeld_op: bekend('teruggekoppeld_op'),
    uitkomst: ({ onderwerp }) => ofLeeg(onderwerp.inhoud.uitkomst),
  },
  Erkenningsaanvraag: {
    domein: ({ feit, stand }) => domeinVan(stand, feit('opleidingcode')),
    besluit_op: bekend('besluit_op'),
    kennisgeving_op: bekend('kennisgeving_op'),
    overschrijding_gemotiveerd_op: bekend('overschrijding_gemotiveerd_op'),
  },
  WhiteLabelMeting: {
    dag: ({ onderwerp }) => onderwerp.inhoud.tijdstip.dag,
    tijdstip: ({ onderwerp }) => onderwerp.inhoud.cellen.tijdstip,
    in_venster: ({ feit, onderwerp }) => inVenster(feit('venster'), onderwerp.inhoud.tijdstip),
    in_onderhoud: ({ stand, onderwerp }) => {
      const { functie, tijdstip } = onderwerp.inhoud;
      return stand.keten
        .rijen('white_label_onderhoud')
        .some(
          (onderhoud) =>
            (onderhoud.functie === null || onderhoud.functie === functie) &&
            onderhoud.van.moment <= tijdstip.moment &&
            tijdstip.moment < onderhoud.tot.moment &&
            // Announced on the day itself is not known to be announced before it.
            onderhoud.aangekondigd_op < onderhoud.van.dag,
        );
    },
  },
};

// The lists and days that the catalogue gives as reference data.
export class Referentie {
  #lijsten;

  constructor({ stagefondslijsten, gelijkgestelde_dagen: gelijkgesteld }) {
    this.#lijsten = stagefondslijsten
      .map(({ van, regels }) => ({ van: leesDag(van), regels }))
      .sort((a, b) => b.van - a.van);
    this.kalender = new Werkkalender(gelijkgesteld.map(leesDag));
  }

  // Each list is in force until the next; before the first there is none.
  lijstOp(dag) {
    return this.#lijsten.find((lijst) => lijst.van <= dag) ?? null;
  }
}

// The norms of the catalogue, with the values that a caller gives in their place.
export class Normen {
  #normen = new Map();

  constructor(normen, gegeven) {
    for (const id of Object.keys(gegeven)) {
      if (!normen.some((norm) => norm.id === id)) throw new Error(`no norm ${id}`);
    }
    for (const { id, unit, values } of normen) {
      const waarden = Object.hasOwn(gegeven, id) ? [{ van: null, value: gegeven[id] }] : values;
      this.#normen.set(id, {
        eenheid: unit,
        waarden: waarden.map(({ van, value }) => ({
          vanaf: van === null ? -Infinity : leesDag(van),
          waarde: normwaarde(unit, value),
        })),
      });
    }
  }

  heeftWaarde(id) {
    return this.#normen.get(id).waarden.length > 0;
  }

  eenheid(id) {
    return this.#normen.get(id).eenheid;
  }

  // The value in force on the day on which a term starts, or null when there was none yet.
  op(id, dag) {
    const geldend = this.#normen.get(id).waarden.filter(({ vanaf }) => vanaf <= dag);
    if (geldend.length === 0) return null;
    return geldend.reduce((laatste, waarde) => (waarde.vanaf > laatste.vanaf ? waarde : laatste)).waarde;
  }
}

function normwaarde(eenheid, waarde) {
  if (eenheid === 'venster') {
    const venster = leesVenster(waarde);
    if (venster === null) throw new Error(`no window: ${waarde}`);
    return venster;
  }
  const getal = typeof waarde === 'string' && /^[0-9]+$/.test(waarde) ? Number(waarde) : waarde;
  // A day is not the n-th werkdag after itself, so that no term of 0 werkdagen can be counted.
  const minimum = eenheid === 'werkdagen' ? 1 : 0;
  if (!Number.isSafeInteger(getal) || getal < minimum) throw new Error(`no whole number of ${eenheid}: ${waarde}`);
  return getal;
}

// What the facts of one subject are computed in.
export class Omgeving {
  #waarden = new Map();

  constructor({ soort, onderwerp, stand, referentie, catalogus, peildatum, normen }) {
    Object.assign(this, { soort, onderwerp, stand, referentie, catalogus, peildatum, normen });
    this.kennisdatum = stand.kennisdatum;
    this.feit = this.feit.bind(this);
  }

  // Named among what a fact needs, but not facts: they are always there.
  static #ALTIJD = new Set(['peildatum', 'kennisdatum', 'self']);

  feit(naam) {
    if (!this.#waarden.has(naam)) this.#waarden.set(naam, this.#bereken(naam));
    return this.#waarden.get(naam);
  }

  #bereken(naam) {
    const definitie = this.catalogus.feit(this.soort, naam);
    const nodig = definitie.needs.filter((ander) => !Omgeving.#ALTIJD.has(ander)).map(this.feit);
    if (nodig.includes(LEEG)) return LEEG;
    if (
      nodig.includes(NIET_OPGEZOCHT) ||
      definitie.looked_up.some((ander) => this.feit(ander) === NIET_OPGEZOCHT) ||
      !definitie.tables.every(([tabel, kolom]) => this.#opgezocht(tabel, kolom))
    ) {
      return NIET_OPGEZOCHT;
    }
    if (definitie.attribute !== null) return ofLeeg(this.onderwerp.inhoud[definitie.attribute]);
    if (definitie.norm !== null) return this.#uitNorm(definitie, nodig[0]);
    const bereken = BEREKENINGEN[this.soort][naam];
    if (bereken === undefined) throw new Error(`a fact that is not known here: ${this.soort}.${naam}`);
    return bereken(this, definitie);
  }

  // The other BPVO's of a student are read from the same table as the BPVO itself.
  #opgezocht(tabel, kolom) {
    return this.stand.opgezocht(tabel === 'andere_bpvos' ? 'uitwisselingen' : tabel, kolom);
  }

  // A norm by itself, or the last day of a term that starts on `dag`: both by the value in force on that day.
  #uitNorm({ norm, type }, dag) {
    const waarde = this.normen.op(norm, dag);
    if (waarde === null) return LEEG;
    if (type !== 'day') return geheel(waarde);
    switch (this.normen.eenheid(norm)) {
      case 'dagen':
        return dag + waarde;
      case 'werkdagen':
        return this.referentie.kalender.plusWerkdagen(dag, waarde);
      case 'maanden':
        return plusMaanden(dag, waarde);
      default:
        throw new Error(`no term is counted in ${this.normen.eenheid(norm)}`);
    }
  }
}
