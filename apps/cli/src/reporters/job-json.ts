import type { JobSummary } from '@longshore/server'

/** A job as programs read it. The first keys are a contract; `preview` stands only on planned jobs, `error` on failed ones. */
export function jobJson(summary: JobSummary) {
  const { counts } = summary
  return {
    job: summary.job,
    state: summary.state,
    rows: summary.rows,
    created: counts.created,
    updated: counts.updated,
    deleted: counts.deleted,
    skipped: counts.skipped,
    flagged: counts.flagged,
    failed: counts.failed,
    excluded: counts.excluded,
    replanned: summary.replanned,
    related: summary.related,
    seconds: summary.seconds,
    rowsPerSecond: summary.rowsPerSecond,
    results: summary.results,
    phases: summary.phases,
    figures: summary.figures,
    ...(summary.interrupted ? { interrupted: true } : {}),
    kind: summary.kind,
    object: summary.object,
    operation: summary.operation,
    warnings: summary.warnings,
    ...(summary.sourceBytes === null ? {} : { sourceBytes: summary.sourceBytes }),
    ...(summary.startedByName === null ? {} : { startedBy: summary.startedByName }),
    ...(summary.startAt === null ? {} : { startAt: summary.startAt }),
    ...(summary.queuePosition === null ? {} : { queuePosition: summary.queuePosition }),
    ...(summary.undoes === null ? {} : { undoes: summary.undoes }),
    ...(summary.undoneBy === null ? {} : { undoneBy: summary.undoneBy }),
    ...(summary.leftOut === undefined ? {} : { leftOut: summary.leftOut }),
    ...(summary.unknownValues === undefined || summary.unknownValues.length === 0 ? {} : { unknownValues: summary.unknownValues }),
    ...(summary.fieldsLeft === undefined || summary.fieldsLeft.length === 0 ? {} : { fieldsLeft: summary.fieldsLeft }),
    ...(summary.readingWarnings === undefined ? {} : { readingWarnings: summary.readingWarnings }),
    ...(summary.kept === undefined ? {} : { kept: summary.kept }),
    ...(summary.restored === undefined ? {} : { restored: summary.restored }),
    ...(Object.keys(summary.skippedFor ?? {}).length === 0 ? {} : { skippedFor: summary.skippedFor }),
    ...(summary.relatedChanged === undefined ? {} : { relatedChanged: summary.relatedChanged }),
    ...(summary.error === null ? {} : { error: summary.error }),
    ...(summary.preview === undefined ? {} : { preview: summary.preview }),
  }
}

/** The same with what a person may want to know of a job later: where it came from, when, and the definition to repeat it with. */
export function jobDetailsJson(summary: JobSummary) {
  return {
    ...jobJson(summary),
    source: summary.source,
    sourceHash: summary.sourceHash,
    createdAt: summary.createdAt,
    finishedAt: summary.finishedAt,
    ...(summary.issues === undefined ? {} : { issues: summary.issues }),
    definition: summary.definition,
  }
}
