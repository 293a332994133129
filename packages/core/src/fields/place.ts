/** A city with its state and postal code in one text: "Springfield, IL 62701", "Toronto ON M5V 2T6". */
export interface Place { city: string; state: string; postalCode: string }

const postal = String.raw`(\d{5}(?:-\d{4})?|[a-z]\d[a-z]\s?\d[a-z]\d|\d{4})`
const withState = new RegExp(String.raw`^(\p{L}[\p{L}\p{M} .'’-]{0,60}?)(?:\s*,\s*|\s+)([a-z]{2,3})\.?,?\s+${postal}$`, 'iu')
const withName = new RegExp(String.raw`^(\p{L}[\p{L}\p{M} .'’-]{0,60}?)\s*,\s*(\p{L}[\p{L}\p{M} .'’-]{2,40}?),?\s+${postal}$`, 'iu')
/** No place is longer; the patterns never see more. */
const longestPlace = 120

/** The parts of such a text; null for any other. */
export function splitPlace(text: string): Place | null {
  if (text.length > longestPlace) return null
  const [, city, state, postalCode] = withState.exec(text) ?? withName.exec(text) ?? []
  return city === undefined || state === undefined || postalCode === undefined ? null : { city: city.trim(), state: state.trim(), postalCode }
}

export function isPlace(text: string): boolean {
  return splitPlace(text) !== null
}
