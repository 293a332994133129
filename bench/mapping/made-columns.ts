/** A number that follows from its seed alone, 0 to 1 (exclusive). */
export type Draw = () => number

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 }
}

const pick = (draw: Draw, from: readonly string[]): string => from[Math.floor(draw() * from.length)] ?? ''
const digits = (draw: Draw, n: number): string => Array.from({ length: n }, () => Math.floor(draw() * 10)).join('')
const two = (n: number): string => String(n).padStart(2, '0')
const between = (draw: Draw, from: number, to: number): number => from + Math.floor(draw() * (to - from + 1))

const first = ['Anna', 'Bertram', 'Carla', 'Dieter', 'Elodie', 'Fabrizio', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Kristin', 'Luis', 'Marta', 'Niels', 'Olga', 'Pavel', 'Quentin', 'Rosa', 'Sven', 'Tereza', 'Ulla', 'Viktor', 'Wanda', 'Xenia', 'Yves', 'Zoe', 'Thomas', 'Maria', 'Peter', 'Julia']
const last = ['Abel', 'Brandt', 'Costa', 'Dubois', 'Ek', 'Ferrari', 'Gruber', 'Hansen', 'Ibarra', 'Jung', 'Keller', 'Lopez', 'Moreau', 'Novak', 'Olsen', 'Perez', 'Quist', 'Rossi', 'Schmidt', 'Taylor', 'Ulrich', 'Vogt', 'Wagner', 'Young', 'Zimmer', 'Smith', 'Martin', 'Garcia', 'Berg', 'Koch']
const places = ['Berlin', 'Lyon', 'Hamburg', 'Porto', 'Malmö', 'Bath', 'Utrecht', 'Graz', 'Torino', 'Sevilla', 'Denver', 'Boise', 'Leeds', 'Aarhus', 'Brno', 'Gdansk', 'Toronto', 'Chicago', 'Basel', 'Nantes']
const word = ['Alpha', 'Nord', 'Blue', 'Harbour', 'Stein', 'Green', 'Solar', 'Metro', 'Atlas', 'Prime']

/** Cells of one field, made up: what a file could hold under any header. Written apart from the lists that recognize them. */
export const makers: Readonly<Record<string, (draw: Draw) => string>> = {
  email: (d) => `${pick(d, first).toLowerCase()}.${pick(d, last).toLowerCase()}@${pick(d, word).toLowerCase()}.example.com`,
  phone: (d) => pick(d, [`+49 ${digits(d, 3)} ${digits(d, 7)}`, `(${between(d, 200, 989)}) 555-${digits(d, 4)}`, `+33 1 ${digits(d, 2)} ${digits(d, 2)} ${digits(d, 2)} ${digits(d, 2)}`, `0${digits(d, 3)}/${digits(d, 6)}`]),
  website: (d) => pick(d, [`https://www.${pick(d, word).toLowerCase()}.example.com`, `http://${pick(d, last).toLowerCase()}.example.org/about`, `www.${pick(d, word).toLowerCase()}.example.net`]),
  domain: (d) => `${pick(d, last).toLowerCase()}-${pick(d, word).toLowerCase()}.com`,
  linkedin_url: (d) => `https://www.linkedin.com/in/${pick(d, first).toLowerCase()}-${digits(d, 5)}`,
  birthdate: (d) => `${between(d, 1945, 2004)}-${two(between(d, 1, 12))}-${two(between(d, 1, 28))}`,
  created_at: (d) => `${between(d, 2019, 2024)}-${two(between(d, 1, 12))}-${two(between(d, 1, 28))} ${two(between(d, 0, 23))}:${two(between(d, 0, 59))}:00`,
  close_date: (d) => `${two(between(d, 1, 28))}.${two(between(d, 1, 12))}.${between(d, 2023, 2026)}`,
  due_date: (d) => `${between(d, 2023, 2026)}-${two(between(d, 1, 12))}-${two(between(d, 1, 28))}`,
  date: (d) => `${between(d, 2023, 2026)}-${two(between(d, 1, 12))}-${two(between(d, 1, 28))}T${two(between(d, 8, 18))}:30:00Z`,
  country: (d) => pick(d, ['Germany', 'France', 'United States', 'Portugal', 'Sweden', 'UK', 'Netherlands', 'Austria', 'Italy', 'Spain']),
  state: (d) => pick(d, ['CA', 'NY', 'TX', 'Ontario', 'Bayern', 'WA', 'IL', 'OH', 'Hessen', 'FL']),
  city: (d) => pick(d, places),
  postal_code: (d) => pick(d, [digits(d, 5), digits(d, 5), `${digits(d, 4)} AB`, `${digits(d, 5)}-${digits(d, 4)}`]),
  street: (d) => pick(d, [`${pick(d, last)}straße ${between(d, 1, 99)}`, `${between(d, 1, 999)} ${pick(d, word)} Street`, `${between(d, 1, 99)} rue ${pick(d, last)}`, `Via ${pick(d, last)} ${between(d, 1, 99)}`]),
  first_name: (d) => pick(d, first),
  last_name: (d) => pick(d, last),
  full_name: (d) => `${pick(d, first)} ${pick(d, last)}`,
  company: (d) => `${pick(d, word)} ${pick(d, ['Logistics', 'Foods', 'Data', 'Works'])} ${pick(d, ['GmbH', 'Inc.', 'Ltd', 'S.A.', 'AB', 'B.V.'])}`,
  title: (d) => pick(d, ['Sales Manager', 'Head of Purchasing', 'CEO', 'Accountant', 'Directeur commercial', 'Software Engineer', 'Einkäufer', 'Buyer', 'Office Assistant']),
  salutation: (d) => pick(d, ['Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Herr', 'Frau']),
  currency: (d) => pick(d, ['EUR', 'USD', 'GBP', 'CHF']),
  amount: (d) => `${between(d, 1, 90)},${digits(d, 3)}.${digits(d, 2)}`,
  probability: (d) => `${between(d, 1, 10) * 10} %`,
  description: (d) => `${pick(d, word)} asked for an offer by the end of the month and wants to hear from ${pick(d, first)} before that.`,
  tags: (d) => `${pick(d, ['vip', 'fair', 'newsletter'])};${pick(d, ['2024', 'north', 'partner'])}`,
}
