/** Texts that only this installation can read: addresses that bear a key, tokens of connections. What is kept of them is the sealed form. */
export interface Secrets {
  /** `purpose` says what the text is for; it opens for the same purpose alone, so one secret cannot be passed off as another. */
  seal(text: string, purpose: string): Promise<string>
  /** Throws a Fault `secret.unreadable` for what was sealed with another key, for another purpose, or changed since. */
  open(sealed: string, purpose: string): Promise<string>
}
