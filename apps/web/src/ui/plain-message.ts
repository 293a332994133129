import { words } from '../words/words.ts'

/** A sentence that names a flag or a command of the command line, or what a program sends. */
const forTerminals = /(^|[\s("“])--[a-z]|Authorization: Bearer|(GET|POST) \/v1\/|["“`]?longshore (import|bin|schema|undo|mapping|start|resume|review|job|template|export|settings)[ "”`]/

/**
 * A message of the server for somebody at a screen: what it says to people at a terminal is left out, and where that was the way out, the
 * catalogue has one for this app.
 */
export function plainMessage({ code, message }: { code: string; message: string }): string {
  const sentences = sentencesOf(message)
  const said = sentences.filter((sentence) => !forTerminals.test(sentence))
  if (said.length === sentences.length) return message
  const remedy = sentencesOf(words.remedies[code] ?? '').filter((sentence) => !said.includes(sentence))
  return [...said, ...remedy].join(' ') || message
}

function sentencesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=[.!?]["”)]?) (?=["“(A-Z])/)
}
