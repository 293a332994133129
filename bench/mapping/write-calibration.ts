import { writeFileSync } from 'node:fs'
import { fitCalibration } from './fit-calibration.ts'
import { judge } from './judge.ts'
import { developmentRows, ownRows, readLabelledRows } from './labelled-rows.ts'

/** Writes the calibration of the mapping, fitted on all labelled header rows there are. */
const rows = [...readLabelledRows(developmentRows), ...readLabelledRows(ownRows)]
const points = fitCalibration(rows.flatMap((row) => judge(row)))
const target = new URL('../../packages/core/src/map/propose/calibration.ts', import.meta.url)
writeFileSync(target, `import type { CalibrationPoint } from './calibrated.ts'

/** Written by \`npm run fit:mapping\`; do not change it by hand. */
export const calibration: readonly CalibrationPoint[] = [
${points.map(({ sureness, right }) => `  { sureness: ${sureness}, right: ${right} },`).join('\n')}
]
`)
process.stdout.write(`${points.length} points from ${rows.length} header rows\n`)
