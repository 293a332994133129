import { Fault, findObject } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { audit, createView, deleteView, listViews, replaceView, unknownView } from '@longshore/store'
import type { RecordView, Transaction, ViewSettings } from '@longshore/store'
import { demandRight, doer } from '../../actor.ts'
import type { Workspace } from '../../open-workspace.ts'
import { orderOf, selectionOf } from '../records/selection-of.ts'

export interface ViewWish { name: string; shared: boolean; view: ViewSettings }
/** `mine`: made by the actor; `mayChange`: the actor may put another in its place and forget it. */
export interface KnownView extends RecordView { mine: boolean; mayChange: boolean }

/** Lists of records that are kept by name. What a view says of fields that the actor does not know is not told to them. */
export interface ViewWork {
  list(object: string): Promise<KnownView[]>
  add(object: string, wish: ViewWish): Promise<KnownView>
  replace(object: string, view: number, wish: ViewWish): Promise<KnownView>
  forget(object: string, view: number): Promise<void>
}

export function viewWork(workspace: Workspace): ViewWork {
  const { db, organization, actor } = workspace
  const member = actor.member?.id ?? null
  const known = (view: RecordView): KnownView => {
    const mine = view.member === member
    return { ...view, mine, mayChange: mine || (view.shared && actor.role.rights.includes('settings')) }
  }

  async function find(tx: Transaction, object: string, id: number): Promise<KnownView> {
    const found = (await listViews(tx, organization, object, member)).find((view) => view.id === id)
    if (!found) throw unknownView()
    const view = known(found)
    if (!view.mayChange) throw new Fault('access.denied', `The view "${view.name}" is shared by somebody else: only they, or who may change settings, can change it. Keep one of your own instead.`)
    return view
  }

  /** Throws where the actor's catalog has no such fields, or the records cannot be sorted so. */
  async function checked(of: Workspace, catalog: Catalog, object: string, { where, sort, columns }: ViewSettings): Promise<void> {
    await selectionOf(of, catalog, { object, where, ...(columns === null ? {} : { fields: columns }) })
    if (sort !== null) await orderOf(of, catalog, object, sort)
  }

  async function readable(of: Workspace, catalog: Catalog, view: KnownView): Promise<boolean> {
    if (view.mine) return true
    return checked(of, catalog, view.object, view.view).then(() => true, (error: unknown) => {
      if (error instanceof Fault) return false
      throw error
    })
  }

  async function prepared(name: string, wish: ViewWish): Promise<string> {
    const catalog = await workspace.catalog()
    const object = objectIn(catalog, name)
    if (wish.shared) demandRight(actor, 'write', object)
    await checked(workspace, catalog, object, wish.view)
    return object
  }

  return {
    async list(name) {
      const catalog = await workspace.catalog()
      const object = objectIn(catalog, name)
      const views = (await db.transaction(null, (tx) => listViews(tx, organization, object, member), { readOnly: true })).map(known)
      const asked = { ...workspace, settings: once(workspace.settings), members: once(workspace.members) }
      const shown = await Promise.all(views.map((view) => readable(asked, catalog, view)))
      return views.filter((_, i) => shown[i])
    },
    async add(name, wish) {
      const object = await prepared(name, wish)
      return db.transaction(null, async (tx) => {
        const made = await createView(tx, organization, { ...wish, object, member })
        if (made.shared) await audit(tx, organization, doer(actor), { act: 'view.share', target: `view/${made.id}`, details: { object } })
        return known(made)
      })
    },
    async replace(name, id, wish) {
      const object = await prepared(name, wish)
      return db.transaction(null, async (tx) => {
        const before = await find(tx, object, id)
        const changed = await replaceView(tx, organization, { ...wish, id })
        if (before.shared || changed.shared) await audit(tx, organization, doer(actor), { act: 'view.change', target: `view/${id}`, details: { object, shared: changed.shared } })
        return known(changed)
      })
    },
    async forget(name, id) {
      const object = objectIn(await workspace.catalog(), name)
      await db.transaction(null, async (tx) => {
        const before = await find(tx, object, id)
        await deleteView(tx, organization, id)
        if (before.shared) await audit(tx, organization, doer(actor), { act: 'view.forget', target: `view/${id}`, details: { object } })
      })
    },
  }
}

/** Asks when it is first called, and gives everybody that answer. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null
  return () => answer ??= ask()
}

function objectIn(catalog: Catalog, name: string): string {
  const object = findObject(catalog, name)
  if (!object) throw new Fault('object.unknown', `There is no object "${name.slice(0, 80)}". GET /v1/objects lists those that there are.`)
  return object.name
}
