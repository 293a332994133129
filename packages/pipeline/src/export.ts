import { compilePrint, Fault, parseSelection } from '@longshore/core'
import type { ExportTarget, ExportWriter, Selection, SelectPort } from '@longshore/core'

/** What an export needs of the world. */
export interface ExportPorts {
  records: SelectPort
  /** The format; a writer with types is told what the columns hold. */
  writer(selection: Selection): ExportWriter | Promise<ExportWriter>
  /** Whether the format has lists of its own: `array` gives it those, `text` one text that an import takes apart again. */
  lists: 'text' | 'array'
  target: ExportTarget
}

/** Which records and what of them, in the words of the person who asks. */
export interface ExportWish {
  /** Plural or singular API name. */
  object: string
  /** Field paths in order; absent: all. */
  fields?: readonly string[]
  /** `field op value`, all of which must hold. */
  where: readonly string[]
  /** Only records that the plan of this job changes or deletes. */
  plannedBy?: number
}

/** How far an export is, in records. Called with each batch. */
export type ExportWatch = (progress: { done: number; total: number }) => void

/**
 * The way out: one snapshot → selection → format → target. The file appears when it is whole; whatever goes wrong before, and a wish to
 * stop, leaves none. Throws a Fault for a request that cannot be understood, before anything is written, and `export.stopped` for the wish.
 */
export async function runExport(ports: ExportPorts, wish: ExportWish, watch: ExportWatch, signal?: AbortSignal): Promise<{ rows: number; file: string }> {
  const { records, lists, target } = ports
  try {
    const rows = await records.snapshot(async (snapshot) => {
      const selection = parseSelection({ ...wish, catalog: snapshot.catalog, settings: snapshot.settings })
      const print = compilePrint(selection, lists)
      const writer = await ports.writer(selection)
      const total = await snapshot.count(selection)
      let done = 0
      stopIfWished(signal)
      await target.write(await writer.start(selection.columns.map(({ path }) => path)))
      await snapshot.read(selection, async (batch) => {
        stopIfWished(signal)
        await target.write(await writer.rows(print(batch)))
        done += batch.length
        watch({ done, total })
      })
      await target.write(await writer.end())
      return done
    })
    return { rows, file: await target.finish() }
  } catch (error) {
    await target.discard()
    throw error
  }
}

function stopIfWished(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Fault('export.stopped', 'The export was stopped before its end. No file was written; start it again to get one.')
}
