/** One spelling for texts that mean one option: outer blanks, letter case and Unicode composition aside. */
export function foldOption(text: string): string {
  return text.trim().normalize('NFC').toLowerCase()
}
