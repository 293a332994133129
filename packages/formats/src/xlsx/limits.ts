/*
 * Bounds of a workbook, so that a small hostile file cannot become a large one in memory. Sizes are unpacked.
 * A real list of a million contacts stays far below all of them.
 */
const megabyte = 1_048_576

export const maxEntries = 10_000
export const maxSheets = 500
export const maxSheetBytes = 4_096 * megabyte
export const maxStringTableBytes = 1_024 * megabyte
export const maxStylesBytes = 32 * megabyte
export const maxPartBytes = 32 * megabyte
/** More than deflate can reach honestly; counted from `ratioFromBytes` on. */
export const maxRatio = 1_100
export const ratioFromBytes = 50 * megabyte
export const maxStyles = 65_536
export const maxXmlDepth = 64
/** Characters of XML without any tag: a bomb of blanks or of one text ends here. */
export const maxTextRun = 2 * megabyte
export const maxRows = 1_048_576
export const maxSheetColumns = 16_384
