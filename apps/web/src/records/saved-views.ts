export interface RecordView { where?: string[]; sort?: string; columns?: string[] }
export interface SavedView extends RecordView { name: string }

const prefix = 'longshore.views.'

/** Views of an object that were saved in this browser, by name. */
export function savedViews(object: string, storage: Pick<Storage, 'getItem'> = localStorage): SavedView[] {
  try {
    const found: unknown = JSON.parse(storage.getItem(prefix + object) ?? '[]')
    return Array.isArray(found) ? found.filter((one): one is SavedView => typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string') : []
  } catch { return [] }
}

/** Saves a view in place of one with its name. */
export function saveView(object: string, view: SavedView, storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): SavedView[] {
  return keep(object, [...savedViews(object, storage).filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name)), storage)
}

export function forgetView(object: string, name: string, storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): SavedView[] {
  return keep(object, savedViews(object, storage).filter((view) => view.name !== name), storage)
}

function keep(object: string, views: SavedView[], storage: Pick<Storage, 'setItem'>): SavedView[] {
  storage.setItem(prefix + object, JSON.stringify(views))
  return views
}
