/** Letters and digits alone, without accents and case: "Trade-Show", "trade show" and "TRADESHOW" are one. */
export function foldLoosely(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/[^\p{L}\p{N}]/gu, '')
}
