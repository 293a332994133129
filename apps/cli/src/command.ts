import type { Call } from './call.ts'
import type { ExitCode } from './exit-code.ts'
import type { Host } from './host.ts'
import type { CommandName } from './messages/command-summaries.ts'

export interface Flag {
  type: 'string' | 'boolean'
  /** May be given several times. */
  multiple?: boolean
  /** What stands for the value in the help: `FILE`. */
  value?: string
  help: string
}

/** One word after `longshore`: its flags and one call. */
export interface Command {
  name: CommandName
  /** Names of what stands without a flag, in order; those from `least` on may be left out. */
  positionals: { names: readonly string[]; least: number }
  flags: Readonly<Record<string, Flag>>
  /** Lines of explanation below the flags. */
  notes?: readonly string[]
  run(call: Call, host: Host): Promise<ExitCode>
}

export const dataFlag: Flag = { type: 'string', value: 'DIR', help: 'where everything lives (LONGSHORE_DATA, else ./data)' }
export const jsonFlag: Flag = { type: 'boolean', help: 'one JSON document on stdout, for programs' }
export const startAtFlag: Flag = { type: 'string', value: 'MOMENT', help: 'wait in the queue until then, while a worker runs: 2030-01-31T06:00:00Z' }
export const helpFlag: Flag = { type: 'boolean', help: 'this text' }
