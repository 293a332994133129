import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { undoPreviewReport } from '../reporters/undo-preview-report.ts'
import { runJob } from '../run-job.ts'
import { withLongshore } from '../with-longshore.ts'

export const undoCommand: Command = {
  name: 'undo',
  positionals: { names: ['JOB'], least: 1 },
  flags: {
    preview: { type: 'boolean', help: 'say what would happen; change nothing' },
    everything: { type: 'boolean', help: 'also what someone edited since (kept and listed otherwise)' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: ['An undo is a job itself, and can be undone.'],
  async run(call, host) {
    const job = call.job(0)
    const everything = call.on('everything')
    if (!call.on('preview')) return runJob(call, host, (longshore, watch, signal) => longshore.undo(job, { everything }, watch, signal))
    const preview = await withLongshore(call, host, (longshore) => longshore.undoPreview(job, { everything }))
    host.stdout.write(call.on('json') ? `${JSON.stringify(preview)}\n` : undoPreviewReport(preview, everything))
    return preview.keptCount > 0 ? exitCodes.partly : exitCodes.good
  },
}
