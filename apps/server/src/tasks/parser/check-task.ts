import { assumingCheck, compileFixes, fileContext, fixedCheck, restoreMapping, type RawRow } from '@longshore/core'
import { decodeFormula, findRecordStart, readRows } from '@longshore/formats'
import type { FilePart } from '@longshore/formats'
import { issueLine, stagedLine } from '@longshore/store/copy-text'
import type { ChildStreams } from './child.ts'
import { countedSource } from './counted-source.ts'
import { takeOpening } from './opening.ts'
import type { CheckRequest } from './parser-request.ts'

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
  const { job, layout, definition, stored, settings, keepSource: keep, fixes } = request
  const mapping = restoreMapping(stored, request.catalog)
  const source = countedSource(streams.source)
  const part = request.share ? await firstHalf(layout, streams) : request.part ?? {}
  const before = part.start?.byte ?? 0
  let rows = 0
  let lastRow = layout.headerRow
  let warnings = 0
  let out = ''
  let issues = ''
  let reported = Date.now()
  const batches = readRows(source, layout, { batchRows, part, warn: (warning) => streams.report({ kind: 'warning', warning }) })[Symbol.asyncIterator]()
  const opening = await takeOpening(batches)
  const input = { catalog: request.catalog, definition, mapping, keys: stored.keys, settings: { ...settings, decodeFormula } }
  const { check, part: reading } = fixes.length > 0 ? fixedCheck(input, fixes) : assumingCheck(input, fileContext(layout, settings), opening)
  const correct = compileFixes(fixes)
  for await (const batch of inTurn(opening, batches)) {
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

/** The first reader is at work while the second one starts. */
const firstShare = 0.52

/** Leaves the second half to another reader, where it can be read by itself. */
async function firstHalf(layout: CheckRequest['layout'], { source, report }: ChildStreams): Promise<FilePart> {
  const start = await findRecordStart(source, layout, Math.ceil(source.sizeBytes * firstShare))
  report({ kind: 'share', start })
  return start === null ? {} : { end: start.byte }
}
