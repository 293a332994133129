const keyOf = (job: number): string => `longshore.left-out.${job}`

/** Positions (from 0) of the columns that somebody left out by hand in this tab: the definition says of these as little as of those that were only gone past. */
export function leftOutByHand(job: number): ReadonlySet<number> {
  return new Set((sessionStorage.getItem(keyOf(job)) ?? '').split(',').filter(Boolean).map(Number))
}

export function noteLeftOut(job: number, position: number, left: boolean): void {
  const positions = new Set(leftOutByHand(job))
  if (left) positions.add(position)
  else positions.delete(position)
  sessionStorage.setItem(keyOf(job), [...positions].join(','))
}
