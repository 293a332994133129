import { quantity } from '../ui/number.ts'

export const gridWords = {
  chosen: (cells: number) => `${quantity(cells, 'cell', 'cells')} chosen`,
  open: (label: string) => `Open ${label}`,
  severities: { error: 'Error', warning: 'Warning' },
  keys: [
    ['Arrows, Tab', 'Move'], ['Ctrl Home / End', 'First and last cell'], ['Enter, F2', 'Edit the cell'], ['Ctrl C / V', 'Copy and paste, also from a spreadsheet'], ['Ctrl D', 'Fill down'], ['Delete', 'Empty the cells'], ['Alt ← / →', 'Column narrower or wider'],
  ] as [string, string][],
}
