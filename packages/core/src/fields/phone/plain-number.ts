import { numberingPlan, plansOf } from './numbering-plan.ts'
import type { NumberingPlan } from './numbering-plan.ts'

/**
 * Reads a number of nothing but digits, blanks, `( ) . - /` and a leading `+`, by the phone library's rules on its own metadata,
 * some ten times faster than the library, which compiles its patterns anew for every number.
 *
 * E.164; null: no valid number; undefined: the library must be asked (other characters, calling codes without a country, plans that
 * rewrite national prefixes). `plain-number.test.ts` holds it against the library for every country.
 */
export function readPlainNumber(text: string, country: string): string | null | undefined {
  const plus = text.charCodeAt(0) === 43
  const digits = digitsOf(text, plus ? 1 : 0)
  if (digits === undefined || digits.length < 3 || digits.length > 20) return undefined
  if (plus) return readInternational(digits)
  const plan = numberingPlan(country)
  if (plan === null) return undefined
  const fromAbroad = withoutAbroadPrefix(digits, plan)
  return fromAbroad === null ? readNational(digits, plan) : readInternational(fromAbroad)
}

/** The digits of `text` from `start`; undefined when anything but digits and plain punctuation stands there. */
function digitsOf(text: string, start: number): string | undefined {
  let digits = ''
  let from = -1
  for (let i = start; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57) {
      if (from < 0) from = i
    } else if (c === 32 || c === 40 || c === 41 || (c >= 45 && c <= 47)) {
      if (from >= 0) {
        digits += text.slice(from, i)
        from = -1
      }
    } else {
      return undefined
    }
  }
  return from < 0 ? digits : digits + text.slice(from)
}

/** Digits after an international prefix such as 00 or 011; null when the number does not start with one that a calling code follows. */
function withoutAbroadPrefix(digits: string, { abroad }: NumberingPlan): string | null {
  const length = abroad === null ? 0 : matchedLength(abroad, digits)
  return length === 0 || length === digits.length || digits.charCodeAt(length) === 48 ? null : digits.slice(length)
}

function readInternational(digits: string): string | null | undefined {
  if (digits.charCodeAt(0) === 48) return null
  for (let length = 1; length <= 3; length++) {
    const plans = plansOf(digits.slice(0, length))
    const [main] = plans
    if (main) return finish(withoutNationalPrefix(digits.slice(length), main, plans), main, plans, null)
  }
  return undefined
}

function readNational(digits: string, plan: NumberingPlan): string | null | undefined {
  const plans = plansOf(plan.callingCode)
  const [main] = plans
  if (!main) return undefined
  const national = withoutNationalPrefix(digits, plan, plans)
  if (national === undefined) return undefined
  // Some people leave the + out: the calling code is taken off where the number is valid only without it.
  if (digits.startsWith(plan.callingCode)) {
    const shorter = digits.slice(plan.callingCode.length)
    const shorterNational = withoutNationalPrefix(shorter, plan, plans)
    if (shorterNational === undefined) return undefined
    if ((!plan.general.test(national) && plan.general.test(shorterNational)) || tooLong(national, plan)) {
      return finish(withoutNationalPrefix(shorter, main, plans), main, plans, null)
    }
  }
  return finish(national, main, plans, plan)
}

/** The number without a national prefix, where taking it off leaves a number that can exist; undefined: ask the library. */
function withoutNationalPrefix(number: string, plan: NumberingPlan, plans: readonly NumberingPlan[]): string | undefined {
  const length = plan.prefix === null ? 0 : matchedLength(plan.prefix, number)
  if (length === 0 && !(plan.prefixReplaced && plan.prefix?.test(number))) return number
  if (plan.prefixReplaced) return undefined
  const stripped = number.slice(length)
  if (plan.general.test(number) && !plan.general.test(stripped)) return number
  const lengths = (plans.length === 1 ? plan : countryOf(stripped, plans) ?? plan).lengths
  const longest = lengths?.[lengths.length - 1] ?? 0
  return lengths === null || stripped.length > longest || lengths.includes(stripped.length) ? stripped : number
}

/** E.164 when the national number is valid in the country it belongs to. */
function finish(national: string | undefined, main: NumberingPlan, plans: readonly NumberingPlan[], fallback: NumberingPlan | null): string | null | undefined {
  if (national === undefined) return undefined
  if (national.length < 2 || national.length > 17) return null
  const plan = plans.length === 1 ? main : countryOf(national, plans) ?? fallback ?? main
  return plan.valid.test(national) ? `+${main.callingCode}${national}` : null
}

/** The country among those sharing a calling code that a national number belongs to. */
function countryOf(national: string, plans: readonly NumberingPlan[]): NumberingPlan | null {
  for (const plan of plans) {
    if (plan.leadingDigits === null ? plan.valid.test(national) : plan.leadingDigits.test(national)) return plan
  }
  return null
}

function tooLong(national: string, { lengths }: NumberingPlan): boolean {
  return lengths !== null && national.length > (lengths[lengths.length - 1] ?? 0)
}

/** How many characters a sticky pattern takes at the start of `text`; 0 when it does not match, or matches nothing. */
function matchedLength(sticky: RegExp, text: string): number {
  sticky.lastIndex = 0
  return sticky.test(text) ? sticky.lastIndex : 0
}
