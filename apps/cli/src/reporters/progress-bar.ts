import type { Output } from '../host.ts'
import { bytes, count, duration } from './quantity.ts'
import { visible } from './visible.ts'

/** Between two redraws, so that a slow terminal never holds the work up. */
const pauseMs = 200
const barWidth = 24

/** How far something is: in rows unless it says that it counts bytes. */
export interface ShownProgress { phase: string; done: number; /** null: not known yet. */ total: number | null; unit?: 'bytes' }

export interface ProgressBar {
  show(progress: ShownProgress): void
  /** Takes the bar off the screen. */
  clear(): void
}

/** One line, redrawn in place at most five times a second: phase, bar, rows, rate, time left. `now` in milliseconds. */
export function progressBar(output: Output, now: () => number): ProgressBar {
  let drawnAt = -Infinity
  let onScreen = false
  let phase = ''
  let began = { at: 0, done: 0 }
  return {
    show(progress) {
      const at = now()
      if (progress.phase !== phase) {
        phase = progress.phase
        began = { at, done: progress.done }
      }
      if (at - drawnAt < pauseMs) return
      drawnAt = at
      onScreen = true
      const line = progressLine(progress, (at - began.at) / 1000, progress.done - began.done)
      output.write(`\r\u001b[2K${[...line].slice(0, Math.max(20, output.columns - 1)).join('')}`)
    },
    clear() {
      if (onScreen) output.write('\r\u001b[2K')
      onScreen = false
    },
  }
}

/** The bar's text: `seconds` since the phase began, in which `fresh` rows (or bytes) were done. */
export function progressLine(progress: ShownProgress, seconds: number, fresh: number): string {
  const rate = seconds >= 0.5 && fresh > 0 ? fresh / seconds : null
  const amount = progress.unit === 'bytes' ? bytes : count
  const rows = progress.unit === 'bytes' ? '' : ' rows'
  const speed = rate === null ? '' : `  ${amount(rate)}${rows}/s`
  const phase = visible(progress.phase, 24)
  if (progress.total === null || progress.total <= 0) return `${phase}  ${amount(progress.done)}${rows}${speed}`
  const part = Math.min(1, progress.done / progress.total)
  const full = Math.floor(part * barWidth)
  const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`
  const left = rate === null || part >= 1 ? '' : `  ${duration((progress.total - progress.done) / rate)} left`
  return `${phase}  ${bar} ${Math.floor(part * 100)} %  ${amount(progress.done)} of ${amount(progress.total)}${rows}${speed}${left}`
}
