import { failpointNames } from '../failpoint-names.ts'
import { digestOf, dumpOf, resultFiles, type Dump } from '../digest.ts'
import type { Place, Places } from './place.ts'
import { runProgram, startProgram, type Ended } from './program.ts'
import { commandIn, type Scenario } from './scenario.ts'

/** How a scenario ends when nothing disturbs it. */
export interface Reference {
  dump: Dump
  digest: string
  files: Map<string, Buffer>
  /** From the beginning of the attempt to the end of the program. */
  ms: number
  /** Names of the failpoints that the job comes by. */
  failpoints: Set<string>
}

/** A place as it is before the measured command, and the end that every run of it must reach. */
export interface Prepared { scenario: Scenario; before: Place; reference: Reference }

/** Prepares scenarios once and hands out copies. */
export interface Lab {
  places: Places
  prepare(scenario: Scenario): Promise<Prepared>
  /** A fresh copy of the place before the measured command. */
  copy(prepared: Prepared): Promise<Place>
  close(): Promise<void>
}

export function openLab(places: Places): Lab {
  const ready = new Map<string, Promise<Prepared>>()
  async function prepare(scenario: Scenario): Promise<Prepared> {
    const before = await stateBefore(scenario)
    const place = await places.make(before)
    const names = failpointNames()
    const program = startProgram(place, commandIn(place, scenario, scenario.command), { LONGSHORE_CHUNK_ROWS: String(scenario.chunkRows), LONGSHORE_FAILPOINT: names.map((name) => `${name}:tell`).join(',') })
    await program.reached('attempt.after-raise')
    const began = performance.now()
    const { stderr } = inOrder(await program.ended, scenario.command)
    const ms = performance.now() - began
    const dump = await dumpIn(place)
    const failpoints = new Set(names.filter((name) => stderr.includes(`[failpoint ${name}]`)))
    const reference = { dump, digest: digestOf(dump), files: resultFiles(place.data), ms, failpoints }
    await place.remove()
    return { scenario, before, reference }
  }
  const states = new Map<string, Promise<Place>>()
  /** Scenarios with the same past share it. */
  function stateBefore(scenario: Scenario): Promise<Place> {
    const past = JSON.stringify([scenario.before, scenario.lists])
    const made = states.get(past) ?? (async () => {
      const last = scenario.before.at(-1)
      if (!last) {
        const empty = await places.make()
        await run(empty, scenario, ['job', '--json']) // makes the organization
        return empty
      }
      const place = await places.make(await stateBefore({ ...scenario, before: scenario.before.slice(0, -1) }))
      await run(place, scenario, last)
      return place
    })()
    states.set(past, made)
    return made
  }
  return {
    places,
    prepare(scenario) {
      const made = ready.get(scenario.name) ?? prepare(scenario)
      ready.set(scenario.name, made)
      return made
    },
    copy: ({ before }) => places.make(before),
    async close() {
      for (const state of states.values()) await state.then((place) => place.remove(), () => undefined)
      await places.close()
    },
  }
}

async function run(place: Place, scenario: Scenario, command: readonly string[]): Promise<void> {
  inOrder(await runProgram(place, commandIn(place, scenario, command), { LONGSHORE_CHUNK_ROWS: String(scenario.chunkRows) }), command)
}

function inOrder(ended: Ended, command: readonly string[]): Ended {
  if (ended.code !== 0 && ended.code !== 1) throw new Error(`longshore ${command.join(' ')} ended with ${ended.code ?? ended.signal}: ${ended.stdout}${ended.stderr}`)
  return ended
}

export async function dumpIn(place: Place): Promise<Dump> {
  const db = await place.open()
  try { return await dumpOf(db, place.data) } finally { await db.close() }
}
