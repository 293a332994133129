/** Text of a workbook: `_x000D_` stands for the character with that number, `_x005F_` for an underscore that is one. */
export function unescapeText(text: string): string {
  return text.includes('_x') ? text.replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}
