import { fold } from '../header/header-words.ts'

/** How a record stands, in the words that exports mostly use: what a column "State", "État" or "Estado" holds where it is no part of an address. */
const conditions: ReadonlySet<string> = new Set(('active|inactive|enabled|disabled|open|opened|closed|new|pending|draft|done|completed|complete|cancelled|canceled|archived|deleted|blocked|suspended|expired|paused|approved|rejected|confirmed|unconfirmed|'
  + 'subscribed|unsubscribed|bounced|cleaned|invited|registered|lead|prospect|customer|qualified|unqualified|won|lost|paid|unpaid|overdue|in progress|on hold|resolved|waiting|trial|live|'
  + 'actif|inactif|ouvert|fermé|clos|nouveau|en cours|terminé|annulé|bloqué|archivé|brouillon|en attente|abonné|désabonné|gagné|perdu|'
  + 'activo|inactivo|abierto|cerrado|nuevo|en curso|en proceso|terminado|cancelado|bloqueado|pendiente|borrador|suscrito|ganado|perdido|'
  + 'ativo|inativo|aberto|fechado|novo|em andamento|concluído|pendente|rascunho|inscrito|ganho|'
  + 'attivo|inattivo|aperto|chiuso|nuovo|in corso|completato|annullato|bloccato|in attesa|bozza|iscritto|vinto|perso|'
  + 'aktiv|inaktiv|offen|geschlossen|neu|in bearbeitung|erledigt|storniert|gesperrt|entwurf|gewonnen|verloren|abgemeldet|angemeldet').split('|').map(fold))

/** Share of these texts that say how something stands, 0 to 1. */
export function conditionShare(vocabulary: readonly string[]): number {
  return vocabulary.length === 0 ? 0 : vocabulary.filter((text) => conditions.has(fold(text.toLowerCase()))).length / vocabulary.length
}
