import type { Place } from './grid-move.ts'

export interface GridState {
  active: Place
  /** The other end of what is chosen. */
  anchor: Place
  /** `typed`: the edit began by typing over the cell, so arrow keys end it. */
  editing: { start: string; typed: boolean } | null
}

export type GridAction =
  | { kind: 'go'; place: Place; extend: boolean }
  | { kind: 'all'; rows: number; columns: number }
  | { kind: 'edit'; start: string; typed: boolean }
  | { kind: 'end-edit' }

export function reduceGrid(state: GridState, action: GridAction): GridState {
  switch (action.kind) {
    case 'go': return { active: action.place, anchor: action.extend ? state.anchor : action.place, editing: null }
    case 'all': return { anchor: { row: 0, column: 0 }, active: { row: action.rows - 1, column: action.columns - 1 }, editing: null }
    case 'edit': return { ...state, anchor: state.active, editing: { start: action.start, typed: action.typed } }
    case 'end-edit': return { ...state, editing: null }
  }
}
