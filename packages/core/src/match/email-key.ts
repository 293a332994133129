/** Exact identity of an e-mail address: blanks around it and letter case aside. Plus-tags and dots are part of the address and stay. */
export function emailKey(text: string): string {
  return text.trim().toLowerCase()
}
