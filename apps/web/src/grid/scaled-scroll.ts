/** Browsers stop near 17.9 million pixels (Firefox) or 33.5 million (Chromium): a taller list is scrolled by a smaller bar. */
export const tallestPx = 15_000_000

export interface ScrollGeometry {
  /** Height of all rows. */
  fullPx: number
  /** Height that the browser gets. */
  scrolledPx: number
  /** Height of the window that rows show in. */
  viewportPx: number
}

export function scrollGeometry(rows: number, rowPx: number, viewportPx: number): ScrollGeometry {
  const fullPx = rows * rowPx
  return { fullPx, scrolledPx: Math.min(fullPx, tallestPx), viewportPx }
}

/** How far down in the full height a place of the scroll bar is: both ends meet their ends exactly. */
export function offsetAt(geometry: ScrollGeometry, scrollTop: number): number {
  const { fullPx, scrolledPx, viewportPx } = geometry
  if (fullPx <= scrolledPx) return scrollTop
  return Math.max(0, Math.min(fullPx - viewportPx, scrollTop * (fullPx - viewportPx) / (scrolledPx - viewportPx)))
}

/** The place of the scroll bar for an offset in the full height. */
export function scrollTopFor(geometry: ScrollGeometry, offset: number): number {
  const { fullPx, scrolledPx, viewportPx } = geometry
  const within = Math.max(0, Math.min(Math.max(0, fullPx - viewportPx), offset))
  return fullPx <= scrolledPx ? within : within * (scrolledPx - viewportPx) / (fullPx - viewportPx)
}

/** Positions of the rows that show at an offset, both inclusive, with some beyond either edge. */
export function rowsAt(offset: number, viewportPx: number, rowPx: number, rows: number, beyond: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor(offset / rowPx) - beyond)
  return { first, last: Math.min(rows - 1, Math.ceil((offset + viewportPx) / rowPx) + beyond) }
}

/** The offset that brings a row wholly into view by the least move, or the one there is. */
export function offsetShowing(row: number, offset: number, viewportPx: number, rowPx: number): number {
  const top = row * rowPx
  if (top < offset) return top
  return top + rowPx > offset + viewportPx ? top + rowPx - viewportPx : offset
}
