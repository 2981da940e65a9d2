// Conditions of the catalogue, in Kleene's three-valued logic: true, false, or null for unknown.
//
// It knows no rule and no fact by name. `omgeving` gives the facts of one subject and the two days:
//   omgeving.feit(naam)  the value of a fact, LEEG, or NIET_OPGEZOCHT
//   omgeving.peildatum, omgeving.kennisdatum

import { leesDag } from './kalender.mjs';

// A missing fact is one of two: looked up and not there, or not looked up.
export const LEEG = Symbol('looked up, nothing there');
export const NIET_OPGEZOCHT = Symbol('not looked up');

export const isGevuld = (waarde) => waarde !== LEEG && waarde !== NIET_OPGEZOCHT;

const onbekend = null;

const niet = (oordeel) => (oordeel === onbekend ? onbekend : !oordeel);

function en(oordelen) {
  if (oordelen.includes(false)) return false;
  return oordelen.includes(onbekend) ? onbekend : true;
}

function of(oordelen) {
  if (oordelen.includes(true)) return true;
  return oordelen.includes(onbekend) ? onbekend : false;
}

// Something that must happen on or before a day. Once that day has passed, what did not happen is too late.
function opTijd(gebeurtenis, grens, kennisdatum) {
  if (!isGevuld(grens) || gebeurtenis === NIET_OPGEZOCHT) return onbekend;
  if (gebeurtenis !== LEEG) return gebeurtenis <= grens;
  return kennisdatum >= grens ? false : onbekend;
}

// Whole numbers are BigInt everywhere: a cell may hold more digits than a double does.
export const geheel = (waarde) => (typeof waarde === 'number' ? BigInt(waarde) : waarde);

function term(vorm, omgeving) {
  if ('fact' in vorm) return omgeving.feit(vorm.fact);
  if ('value' in vorm) return geheel(vorm.value);
  if ('day' in vorm) return dagUit(vorm.day);
  if (vorm.op === 'peildatum') return omgeving.peildatum;
  if (vorm.op === 'kennisdatum') return omgeving.kennisdatum;
  if (vorm.op === 'times') {
    const delen = vorm.args.map((deel) => term(deel, omgeving));
    if (delen.includes(NIET_OPGEZOCHT)) return NIET_OPGEZOCHT;
    if (delen.includes(LEEG)) return LEEG;
    return delen.reduce((product, deel) => product * deel, 1n);
  }
  throw new Error(`a term that is not known here: ${JSON.stringify(vorm)}`);
}

function dagUit(tekst) {
  const dag = leesDag(tekst);
  if (dag === null) throw new Error(`no day: ${tekst}`);
  return dag;
}

const VERGELIJKINGEN = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

export function oordeel(vorm, omgeving) {
  if ('fact' in vorm) {
    const waarde = omgeving.feit(vorm.fact);
    if (!isGevuld(waarde)) return onbekend;
    if (typeof waarde !== 'boolean') throw new Error(`${vorm.fact} is no condition`);
    return waarde;
  }
  if ('value' in vorm && typeof vorm.value === 'boolean') return vorm.value;
  const args = vorm.args ?? [];
  switch (vorm.op) {
    case 'and':
      return en(args.map((deel) => oordeel(deel, omgeving)));
    case 'or':
      return of(args.map((deel) => oordeel(deel, omgeving)));
    case 'not':
      return niet(oordeel(args[0], omgeving));
    case 'filled': {
      const waarde = term(args[0], omgeving);
      return waarde === NIET_OPGEZOCHT ? onbekend : waarde !== LEEG;
    }
    case 'on_time':
      return opTijd(term(args[0], omgeving), term(args[1], omgeving), omgeving.kennisdatum);
    case 'in': {
      const [waarde, ...rij] = args.map((deel) => term(deel, omgeving));
      return of(rij.map((ander) => (isGevuld(waarde) && isGevuld(ander) ? waarde === ander : onbekend)));
    }
    default: {
      const vergelijk = VERGELIJKINGEN[vorm.op];
      if (!vergelijk) throw new Error(`a condition that is not known here: ${JSON.stringify(vorm)}`);
      const [a, b] = args.map((deel) => term(deel, omgeving));
      return isGevuld(a) && isGevuld(b) ? vergelijk(a, b) : onbekend;
    }
  }
}

// Scope first: a rule says nothing of a subject outside it, whatever the requirement.
export function uitkomst(regel, omgeving) {
  const bereik = oordeel(regel.scope, omgeving);
  if (bereik === false) return 'niet_van_toepassing';
  if (bereik === onbekend) return 'niet_te_bepalen';
  const eis = oordeel(regel.requirement, omgeving);
  if (eis === onbekend) return 'niet_te_bepalen';
  return eis ? 'voldoet' : 'voldoet_niet';
}
