/*
 * Bounds of what is kept of one file in memory. Characters are UTF-16 code units. What lies beyond is counted and
 * reported, never collected: a hostile file costs time, not memory.
 */
export const maxCellCharacters = 1_048_576
export const maxRowCharacters = 16 * 1_048_576
export const maxColumns = 2_000
/** Bytes turned into text at once; one batch of rows holds on to a few such texts. */
export const blockBytes = 64 * 1024
/** Texts that the cells of a workbook share: entries, and bytes of text kept in memory. */
export const maxSharedStrings = 10_000_000
export const maxSharedStringBytes = 144 * 1_048_576
