import type { CalibrationPoint } from './calibrated.ts'

/** Written by `npm run fit:mapping`; do not change it by hand. */
export const calibration: readonly CalibrationPoint[] = [
  { sureness: 0.28, right: 0.125 },
  { sureness: 0.46, right: 0.25 },
  { sureness: 0.7, right: 0.94 },
  { sureness: 0.72, right: 0.94 },
  { sureness: 0.76, right: 0.988 },
  { sureness: 0.94, right: 0.988 },
  { sureness: 0.98, right: 0.993 },
  { sureness: 1, right: 0.998 },
]
