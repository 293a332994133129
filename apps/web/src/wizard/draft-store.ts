import type { DraftAnswer } from '@longshore/contract'
import { Refusal, isUnreachable } from '../client/problem.ts'
import type { Definition } from './definition.ts'
import { withChange } from './definition.ts'
import { mergeEdits } from './merge-edits.ts'

export interface DraftState {
  /** As the server has it; its definition may lack what is being saved. */
  draft: DraftAnswer
  /** With everything that was chosen here. */
  definition: Definition
  saving: 'saved' | 'saving' | 'failed'
  failure: unknown
  /** Settings that somebody else changed at the same time, and their version: mine waits until somebody decides. */
  clash: { settings: string[]; by: string | null; theirs: Definition } | null
  /** Who else changed something just now. */
  joined: string | null
}

export interface DraftPorts {
  save(job: number, revision: number, definition: Definition): Promise<{ revision: number }>
  load(job: number): Promise<DraftAnswer>
}

/** What is typed in one go is saved in one go. */
const restMs = 300

/**
 * A draft while somebody works on it: choices show at once and are saved behind them, one save after the other. The server refuses a save
 * that has not seen another's: then both are brought together, and where that cannot be, the person is asked. Nothing is overwritten unseen.
 */
export class DraftStore {
  #state: DraftState
  readonly #ports: DraftPorts
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #busy: Promise<void> | null = null

  constructor(draft: DraftAnswer, ports: DraftPorts) {
    this.#ports = ports
    this.#state = { draft, definition: definitionOf(draft), saving: 'saved', failure: null, clash: null, joined: null }
  }

  change(change: Partial<Definition>): void {
    this.#set({ definition: withChange(this.#state.definition, change), saving: 'saving', failure: null, joined: null })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), restMs) // the state says what failed
  }

  /** Resolves once everything is saved; rejects with what kept it from being saved. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#busy) await this.#busy
    if (this.#state.saving === 'saved') return
    this.#busy = this.#save().finally(() => { this.#busy = null })
    await this.#busy
    if (this.#state.clash) throw new Refusal({ status: 409, code: 'draft.conflict', detail: 'Somebody else changed the same setting: choose whose stands.' })
    if (this.#state.failure !== null) throw this.#state.failure
  }

  /** The draft as the server has it now: after a check, or when another has changed it. */
  heard(draft: DraftAnswer): void {
    if (this.#busy || draft.revision < this.#state.draft.revision) return
    if (this.#state.saving === 'saved') { this.#set({ draft, definition: definitionOf(draft), joined: draft.revision > this.#state.draft.revision ? lastEditor(draft) : this.#state.joined }); return }
    if (draft.revision === this.#state.draft.revision) this.#set({ draft })
    else this.#join(draft)
    // somebody answers again: what could not be sent is sent by itself
    if (this.#state.saving === 'failed' && isUnreachable(this.#state.failure)) void this.flush().catch(() => undefined)
  }

  settle(whose: 'mine' | 'theirs'): void {
    const { clash } = this.#state
    if (!clash) return
    this.#set({ clash: null, ...(whose === 'theirs' ? { definition: clash.theirs } : {}) })
    if (whose === 'theirs') this.#set({ saving: 'saved' })
    else void this.flush().catch(() => undefined)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): DraftState => this.#state

  async #save(): Promise<void> {
    if (this.#state.clash) return
    const sent = this.#state.definition
    const { job, revision } = this.#state.draft
    try {
      const saved = await this.#ports.save(job, revision, sent)
      this.#set({ draft: { ...this.#state.draft, revision: saved.revision, definition: sent }, failure: null })
      if (this.#state.definition === sent) this.#set({ saving: 'saved' })
      else await this.#save()
    } catch (error) {
      if (error instanceof Refusal && error.code === 'draft.conflict') {
        this.#join(await this.#ports.load(job))
        if (!this.#state.clash) await this.#save()
      } else this.#set({ saving: 'failed', failure: error })
    }
  }

  /** Another was faster. */
  #join(draft: DraftAnswer): void {
    const theirs = definitionOf(draft)
    const { definition, clashes } = mergeEdits(definitionOf(this.#state.draft), this.#state.definition, theirs)
    const by = lastEditor(draft)
    this.#set({ draft, definition, joined: by, clash: clashes.length > 0 ? { settings: clashes, by, theirs } : null })
  }

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function definitionOf(draft: DraftAnswer): Definition {
  return draft.definition as Definition // the contract leaves the document to core, which has settled it
}

function lastEditor(draft: DraftAnswer): string | null {
  return draft.edits.at(-1)?.by ?? null
}
