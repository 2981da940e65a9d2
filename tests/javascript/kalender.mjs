// Days, terms and the Dutch clock.
//
// A day is the number of days since 1 January 1970. Terms are then sums, and a term that ends after the year 9999 is still a
// day like any other, which a Date would not grant.

// An earlier day is what systems write for nothing.
const EERSTE_JAAR = 1900;

const DAGTEKST = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

const isSchrikkeljaar = (jaar) => (jaar % 4 === 0 && jaar % 100 !== 0) || jaar % 400 === 0;

const dagenInMaand = (jaar, maand) =>
  maand === 2 ? (isSchrikkeljaar(jaar) ? 29 : 28) : [4, 6, 9, 11].includes(maand) ? 30 : 31;

// Days before 1 March of a year are counted with the year before, so that a leap day is the last day of its year.
export function dagVan(jaar, maand, dag) {
  const y = maand <= 2 ? jaar - 1 : jaar;
  const eeuwen = Math.floor(y / 100);
  const dagInJaar = Math.floor((153 * (maand + (maand > 2 ? -3 : 9)) + 2) / 5) + dag - 1;
  return 365 * y + Math.floor(y / 4) - eeuwen + Math.floor(eeuwen / 4) + dagInJaar - 719468;
}

export function delenVan(dag) {
  const vanafMaart = dag + 719468;
  const tijdperk = Math.floor(vanafMaart / 146097);
  const rest = vanafMaart - tijdperk * 146097;
  const jaarInTijdperk = Math.floor(
    (rest - Math.floor(rest / 1460) + Math.floor(rest / 36524) - Math.floor(rest / 146096)) / 365,
  );
  const dagInJaar =
    rest - (365 * jaarInTijdperk + Math.floor(jaarInTijdperk / 4) - Math.floor(jaarInTijdperk / 100));
  const maandVanafMaart = Math.floor((5 * dagInJaar + 2) / 153);
  const maand = maandVanafMaart < 10 ? maandVanafMaart + 3 : maandVanafMaart - 9;
  return {
    jaar: tijdperk * 400 + jaarInTijdperk + (maand <= 2 ? 1 : 0),
    maand,
    dag: dagInJaar - Math.floor((153 * maandVanafMaart + 2) / 5) + 1,
  };
}

// The day that a text `JJJJ-MM-DD` names, or null when it names none.
export function leesDag(tekst) {
  const delen = DAGTEKST.exec(tekst);
  if (!delen) return null;
  const [jaar, maand, dag] = delen.slice(1).map(Number);
  if (jaar < EERSTE_JAAR || maand < 1 || maand > 12 || dag < 1 || dag > dagenInMaand(jaar, maand)) return null;
  return dagVan(jaar, maand, dag);
}

// A month later is the same day number, or the last day of a month that does not have it.
export function plusMaanden(dag, aantal) {
  const { jaar, maand, dag: nummer } = delenVan(dag);
  const maanden = jaar * 12 + (maand - 1) + aantal;
  const nieuwJaar = Math.floor(maanden / 12);
  const nieuweMaand = maanden - nieuwJaar * 12 + 1;
  return dagVan(nieuwJaar, nieuweMaand, Math.min(nummer, dagenInMaand(nieuwJaar, nieuweMaand)));
}

// 0 is Monday; 1 January 1970 was a Thursday.
export const weekdag = (dag) => (((dag + 3) % 7) + 7) % 7;
const ZATERDAG = 5;
const ZONDAG = 6;

// Easter Sunday by the Gregorian computus.
export function eerstePaasdag(jaar) {
  const gulden = jaar % 19;
  const eeuw = Math.floor(jaar / 100);
  const correctie = eeuw - Math.floor(eeuw / 4) - Math.floor((8 * eeuw + 13) / 25);
  const epacta = (19 * gulden + correctie + 15) % 30;
  const maan = epacta - Math.floor(epacta / 28) * (1 - Math.floor(29 / (epacta + 1)) * Math.floor((21 - gulden) / 11));
  const dagInWeek = (jaar + Math.floor(jaar / 4) + maan + 2 - eeuw + Math.floor(eeuw / 4)) % 7;
  const verschil = maan - dagInWeek;
  const maand = 3 + Math.floor((verschil + 40) / 44);
  return dagVan(jaar, maand, verschil + 28 - 31 * Math.floor(maand / 4));
}

// The days of art. 3 of the Algemene termijnenwet, with 5 May in every year.
function feestdagenVan(jaar) {
  const pasen = eerstePaasdag(jaar);
  const verjaardag = jaar >= 2014 ? dagVan(jaar, 4, 27) : dagVan(jaar, 4, 30);
  return new Set([
    dagVan(jaar, 1, 1),
    pasen - 2,
    pasen + 1,
    weekdag(verjaardag) === ZONDAG ? verjaardag - 1 : verjaardag,
    dagVan(jaar, 5, 5),
    pasen + 39,
    pasen + 50,
    dagVan(jaar, 12, 25),
    dagVan(jaar, 12, 26),
  ]);
}

export class Werkkalender {
  #gelijkgesteld;
  #feestdagen = new Map();

  // `gelijkgesteld` holds the days that a decree equates with a holiday.
  constructor(gelijkgesteld) {
    this.#gelijkgesteld = new Set(gelijkgesteld);
  }

  isWerkdag(dag) {
    if (weekdag(dag) >= ZATERDAG || this.#gelijkgesteld.has(dag)) return false;
    const { jaar } = delenVan(dag);
    if (!this.#feestdagen.has(jaar)) this.#feestdagen.set(jaar, feestdagenVan(jaar));
    return !this.#feestdagen.get(jaar).has(dag);
  }

  // The n-th werkdag after a day.
  plusWerkdagen(dag, aantal) {
    let over = aantal;
    let nu = dag;
    while (over > 0) {
      nu += 1;
      if (this.isWerkdag(nu)) over -= 1;
    }
    return nu;
  }
}

const TIJDSTIP =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;

const klok = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  era: 'short',
});

// What the clock in Amsterdam shows: the day, and the minute of the day.
function amsterdam(seconden) {
  const delen = {};
  for (const { type, value } of klok.formatToParts(new Date(seconden * 1000))) delen[type] = value;
  const jaar = delen.era.startsWith('B') ? 1 - Number(delen.year) : Number(delen.year);
  return {
    dag: dagVan(jaar, Number(delen.month), Number(delen.day)),
    minuut: Number(delen.hour) * 60 + Number(delen.minute),
  };
}

// A moment in ISO 8601 with its offset: the instant in microseconds, and day and minute in Amsterdam; or null.
export function leesTijdstip(tekst) {
  const delen = TIJDSTIP.exec(tekst);
  if (!delen) return null;
  const dag = leesDag(delen[1]);
  const [uur, minuut, seconde] = [delen[2], delen[3], delen[4] ?? '0'].map(Number);
  const [offsetUur, offsetMinuut] = [delen[7] ?? '0', delen[8] ?? '0'].map(Number);
  if (dag === null || uur > 23 || minuut > 59 || seconde > 59 || offsetUur > 23 || offsetMinuut > 59) return null;
  const offset = (delen[6] === '-' ? -1 : 1) * (offsetUur * 60 + offsetMinuut);
  const seconden = dag * 86400 + uur * 3600 + (minuut - offset) * 60 + seconde;
  const micro = Number((delen[5] ?? '').padEnd(6, '0'));
  return { moment: BigInt(seconden) * 1000000n + BigInt(micro), ...amsterdam(seconden) };
}

const WEEKDAGEN = ['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'];
const VENSTERDEEL = /^(ma|di|wo|do|vr|za|zo)(?:-(ma|di|wo|do|vr|za|zo))? ([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})$/;

// A service window such as `ma-vr 08:00-18:00, za 09:00-13:00`: per weekday its periods in minutes, the last one exclusive.
// `altijd` is every minute. Null when the text is no window.
export function leesVenster(tekst) {
  const kleineLetters = String(tekst).trim().toLowerCase();
  if (kleineLetters === 'altijd') return WEEKDAGEN.map(() => [[0, 1440]]);
  const venster = WEEKDAGEN.map(() => []);
  for (const deel of kleineLetters.split(',')) {
    const delen = VENSTERDEEL.exec(deel.trim());
    if (!delen) return null;
    const eerste = WEEKDAGEN.indexOf(delen[1]);
    const laatste = delen[2] ? WEEKDAGEN.indexOf(delen[2]) : eerste;
    const [van, tot] = [Number(delen[3]) * 60 + Number(delen[4]), Number(delen[5]) * 60 + Number(delen[6])];
    if (eerste > laatste || Number(delen[4]) > 59 || Number(delen[6]) > 59 || van >= tot || tot > 1440) return null;
    for (let dag = eerste; dag <= laatste; dag += 1) venster[dag].push([van, tot]);
  }
  return venster;
}

export const inVenster = (venster, { dag, minuut }) =>
  venster[weekdag(dag)].some(([van, tot]) => van <= minuut && minuut < tot);
