// The crash proofs, at length: npm run test:crash [-- --minutes 15] [-- --only sweep,stalls] [-- --prove]
import { parseArgs } from 'node:util'
import { embeddedPlaces, openLab, sharedPlaces } from '@longshore/server/crash'
import { failpointNames } from '../../apps/server/src/testing/failpoint-names.ts'
import { prove } from './prove.ts'
import { cancels, random, settings, stalls, sweep, whole, type Section } from './sections.ts'
import { Tally } from './tally.ts'

/** Sections in order with the share of the time after which the open-ended ones stop. */
const sections: { name: string; section: Section; embedded?: boolean; until: number }[] = [
  { name: 'stalls', section: stalls, until: 1 }, { name: 'settings', section: settings, until: 1 }, { name: 'cancels', section: cancels, until: 1 },
  { name: 'sweep', section: sweep, until: 1 }, { name: 'whole', section: whole, embedded: true, until: 0.75 }, { name: 'random', section: random, until: 1 },
]

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '15' }, only: { type: 'string' }, prove: { type: 'boolean', default: false } } })
const began = Date.now()
const tally = new Tally()
const shared = openLab(await sharedPlaces())
const embedded = openLab(embeddedPlaces())
try {
  if (values.prove) await prove(shared, tally)
  else for (const { name, section, embedded: own, until } of sections) {
    if (values.only !== undefined && !values.only.split(',').includes(name)) continue
    const { passed, failed, kills, inside } = tally
    await section(own ? embedded : shared, tally, () => began + Number(values.minutes) * 60_000 * until - Date.now())
    console.log(`${name}: ${tally.passed + tally.failed - passed - failed} runs, ${tally.kills - kills} kills (${tally.inside - inside} inside a running job), ${tally.failed - failed} failed, after ${Math.round((Date.now() - began) / 1000)} s`)
  }
} finally {
  await shared.close()
  await embedded.close()
}
tally.print(values.prove || values.only !== undefined ? [...tally.failpoints.keys()].sort() : failpointNames())
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1)
