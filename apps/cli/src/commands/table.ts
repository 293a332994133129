import type { Command } from '../command.ts'
import type { CommandName } from '../messages/command-summaries.ts'

/** Every command by its name. Only the one that is run is loaded: some bring much with them. */
const loaders: Readonly<Record<CommandName, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).startCommand,
  read: async () => (await import('./read.ts')).readCommand,
  map: async () => (await import('./map.ts')).mapCommand,
  mapping: async () => (await import('./mapping.ts')).mappingCommand,
  template: async () => (await import('./template.ts')).templateCommand,
  schema: async () => (await import('./schema.ts')).schemaCommand,
  settings: async () => (await import('./settings.ts')).settingsCommand,
  import: async () => (await import('./import.ts')).importCommand,
  rows: async () => (await import('./rows.ts')).rowsCommand,
  fix: async () => (await import('./fix.ts')).fixCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  apply: async () => (await import('./apply.ts')).applyCommand,
  job: async () => (await import('./job.ts')).jobCommand,
  cancel: async () => (await import('./cancel.ts')).cancelCommand,
  pause: async () => (await import('./pause.ts')).pauseCommand,
  resume: async () => (await import('./resume.ts')).resumeCommand,
  undo: async () => (await import('./undo.ts')).undoCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  bin: async () => (await import('./bin.ts')).binCommand,
  association: async () => (await import('./association.ts')).associationCommand,
  review: async () => (await import('./review.ts')).reviewCommand,
  user: async () => (await import('./user.ts')).userCommand,
  worker: async () => (await import('./worker.ts')).workerCommand,
  match: async () => (await import('./not-built.ts')).matchCommand,
  connect: async () => (await import('./not-built.ts')).connectCommand,
}

export const commandNames: readonly string[] = Object.keys(loaders)

/** The command called `name`; null where there is none. */
export async function loadCommand(name: string): Promise<Command | null> {
  return isCommand(name) ? loaders[name]() : null
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(loaders, name)
}

/** All of them: for who checks what they are. */
export function loadCommands(): Promise<Command[]> {
  return Promise.all(Object.values(loaders).map((load) => load()))
}
