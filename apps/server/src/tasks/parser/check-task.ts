import { assumingCheck, compileFixes, fileContext, fixedCheck, restoreMapping, type RawRow } from '@longshore/core'
import { decodeFormula, findRecordStart, readRows } from '@longshore/formats'
import type { FilePart } from '@longshore/formats'
import { issueLine, stagedLine } from '@longshore/store/copy-text'
import type { ChildStreams } from './child.ts'
import { countedSource } from './counted-source.ts'
import { takeOpening } from './opening.ts'
import type { CheckRequest, ShareEnd } from './parser-request.ts'

/**
 * Characters gathered before they are written: fewer, larger writes. Not more: a text of over 64 K characters is born into V8's space for large
 * ones, which costs a sixth of the reader's time and 17 MB (measured with 128 K).
 */
const flushCharacters = 24 * 1024
const reportEveryMs = 200
/** Small batches die young: the garbage collector copies less than with 1 000 (a sixth less CPU, measured). */
const batchRows = 200

const none: readonly number[] = []

/** Reads, maps, transforms, validates: rows leave as lines of `_staged`, issues as lines of `_issue`. */
export async function checkTask(request: CheckRequest, streams: ChildStreams): Promise<void> {
  const { job, layout, definition, stored, settings, keepSource: keep, fixes, limitRows = Infinity } = request
  const mapping = restoreMapping(stored, request.catalog)
  const source = countedSource(streams.source)
  const part = request.share === 'first' ? firstShare(streams) : request.share === 'second' ? await secondShare(layout, streams) : {}
  if (part === null) { // the first reader takes the whole file
    await Promise.all([streams.issues.end(), streams.out.end()])
    streams.report({ kind: 'ended', rows: 0, lastRow: layout.headerRow, warnings: 0 })
    return
  }
  const before = part.start?.byte ?? 0
  let rows = 0
  let lastRow = layout.headerRow
  let warnings = 0
  let out = ''
  let issues = ''
  let reported = 0 // the first figures are waited for
  const batches = readRows(source, layout, { batchRows, part, warn: (warning) => streams.report({ kind: 'warning', warning }) })[Symbol.asyncIterator]()
  const opening = await takeOpening(batches)
  const input = { catalog: request.catalog, definition, mapping, keys: stored.keys, settings: { ...settings, decodeFormula } }
  const { check, part: reading } = fixes.length > 0 ? fixedCheck(input, fixes) : assumingCheck(input, fileContext(layout, settings), opening)
  const correct = compileFixes(fixes)
  for await (const all of inTurn(opening, batches)) {
    const batch = rows + all.length > limitRows ? all.slice(0, limitRows - rows) : all
    for (const original of batch) {
      const { raw, by } = correct === null ? { raw: original, by: none } : correct(original)
      const row = check(raw)
      out += stagedLine(job, row, by.length === 0 ? { raw, keep } : { raw, keep, original, by })
      for (let i = 0; i < row.issues.length; i++) {
        const issue = row.issues[i]
        if (!issue) continue
        if (issue.severity === 'warning') warnings++
        issues += issueLine(job, i, issue)
      }
      if (out.length > flushCharacters) { await streams.out.write(out); out = '' }
    }
    rows += batch.length
    lastRow = batch.at(-1)?.row ?? lastRow
    if (issues.length > flushCharacters) { await streams.issues.write(issues); issues = '' }
    if (rows === limitRows) break
    if (Date.now() - reported > reportEveryMs) { reported = Date.now(); streams.report({ kind: 'progress', bytes: Math.max(0, source.bytesRead - before), rows }) }
  }
  await streams.out.write(out)
  await streams.issues.write(issues)
  await streams.issues.end()
  streams.report({ kind: 'ended', rows, lastRow, warnings, reading: reading() })
  await streams.out.end()
}

async function* inTurn(opening: RawRow[][], rest: AsyncIterator<RawRow[]>): AsyncGenerator<RawRow[]> {
  for (let batch = opening.shift(); batch !== undefined; batch = opening.shift()) yield batch
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/** The first reader is at work while the second one looks for its place. */
const shareOfFirst = 0.505

function middleOf({ sizeBytes }: { sizeBytes: number }): number { return Math.ceil(sizeBytes * shareOfFirst) }

/** To where the other reader begins, which is found while this one is at work. */
function firstShare({ source, input }: ChildStreams): FilePart {
  const byte = textOf(input()).then((said) => (JSON.parse(said) as ShareEnd).byte)
  byte.catch(() => undefined) // whoever waits for it hears of it
  return { end: { notBefore: middleOf(source), byte } }
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of stream) text += Buffer.from(piece).toString()
  return text
}

/** From the first record in the second half that can be read by itself; null where there is none. */
async function secondShare(layout: CheckRequest['layout'], { source, report }: ChildStreams): Promise<FilePart | null> {
  const start = await findRecordStart(source, layout, middleOf(source))
  report({ kind: 'share', start })
  return start === null ? null : { start }
}
