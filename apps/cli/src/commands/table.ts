import type { Command } from '../command.ts'
import { applyCommand } from './apply.ts'
import { associationCommand } from './association.ts'
import { binCommand } from './bin.ts'
import { cancelCommand } from './cancel.ts'
import { exportCommand } from './export.ts'
import { fixCommand } from './fix.ts'
import { importCommand } from './import.ts'
import { jobCommand } from './job.ts'
import { mapCommand } from './map.ts'
import { mappingCommand } from './mapping.ts'
import { notBuiltCommands } from './not-built.ts'
import { pauseCommand } from './pause.ts'
import { planCommand } from './plan.ts'
import { readCommand } from './read.ts'
import { resumeCommand } from './resume.ts'
import { reviewCommand } from './review.ts'
import { rowsCommand } from './rows.ts'
import { schemaCommand } from './schema.ts'
import { settingsCommand } from './settings.ts'
import { startCommand } from './start.ts'
import { templateCommand } from './template.ts'
import { undoCommand } from './undo.ts'
import { userCommand } from './user.ts'
import { workerCommand } from './worker.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  startCommand, readCommand, mapCommand, mappingCommand, templateCommand, schemaCommand, settingsCommand, importCommand, rowsCommand, fixCommand, planCommand, applyCommand, jobCommand, cancelCommand, pauseCommand,
  resumeCommand, undoCommand, exportCommand, binCommand, associationCommand, reviewCommand, userCommand, workerCommand, ...notBuiltCommands,
]
