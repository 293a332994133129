/** Records that were chosen in a list: by their ids, or all that the filters find but a few. */
export interface ChosenRecords { where: readonly string[]; records?: readonly string[] | undefined; except: readonly string[] }

/** The filters that find them. */
export function chosenWhere({ where, records, except }: ChosenRecords): string[] {
  return [...where, ...records === undefined ? [] : [`id in (${records.join(', ')})`], ...except.map((id) => `id != ${id}`)]
}
