import { createHash } from 'node:crypto'
import { Fault, narrowed } from '@longshore/core'
import type { Role, Secrets } from '@longshore/core'
import { anyAccount, audit, comerByKey, comersByAccount, comersBySession, createInvitation, findInvitation, forgetTurns, joinOrganization, noteKeyUse, readOrganization, scopeOfRole, takeInvitation, takeTurn } from '@longshore/store'
import type { Comer, Database, Organization, Transaction } from '@longshore/store'
import { operatorOf } from '../actor.ts'
import type { Actor } from '../actor.ts'
import { createAccount, findAccount, openAccounts, refuseWeak } from './accounts.ts'
import type { Accounts } from './accounts.ts'
import { installationSecret } from './installation-secret.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { emailOfReset, sendReset, takeReset } from './password-reset.ts'
import { hashOf, newSecret } from './secret-token.ts'
import { knownAddress, noteAddress } from './served-address.ts'

/** Who somebody is, and what their browser is to keep. `catalogStamp`: of their organization's catalog at that moment; null where nobody looked. */
export interface Identified { actor: Actor; session: { id: string; account: string } | null; cookies: string[]; catalogStamp: string | null }

/** The door of the house: who comes in, and as whom. */
export interface Door {
  /** By API key, by session, or, until anybody has an account, as the operator. Null: nobody that is known. */
  identify(headers: Headers): Promise<Identified | null>
  /** Throws `sign-in.refused`, which does not say what was wrong, and `rate.exceeded`. */
  signIn(credentials: { email: string; password: string }, address: string, headers: Headers): Promise<{ actor: Actor; cookies: string[] }>
  /** Gives the cookies that end the session. */
  signOut(headers: Headers): Promise<string[]>
  /** What an invitation's secret is for. Throws `invitation.unknown`. */
  invitation(secret: string, address: string): Promise<{ email: string | null; role: string; organization: string; expiresAt: string }>
  /** Makes the account (or, where the e-mail has one, takes its password) and the member. */
  accept(wish: { secret: string; name: string; password: string; email?: string | undefined }, address: string): Promise<void>
  /** Sends a link for a new password to whoever has an account of that e-mail; the same to whoever asks, whether there is one or not. Throws `rate.exceeded`. */
  forgot(email: string, address: string): Promise<void>
  /** Takes such a link for this one time. Throws `reset.unknown` and `password.weak`. */
  reset(wish: { secret: string; password: string }, address: string): Promise<void>
  /** A one-time secret for the first admin; null once somebody has an account. The one before ends. */
  firstInvitation(): Promise<string | null>
  /** From now on the server is reached at this address. */
  servedAt(url: string): Promise<void>
  /** The link of an invitation; without its beginning where nobody knows how the server is reached. */
  link(secret: string): Promise<string>
}

/** Tries of one person, and from one address, in a quarter of an hour. */
const triesPerAccount = 10
const triesPerAddress = 60
const windowSeconds = 15 * 60
/** E-mails for a new password that one person gets in that time. */
const resetsPerAccount = 3
const firstInvitationHours = 24

export function openDoor({ db, organization: home, dataDirectory, secrets }: { db: Database; organization: Organization; dataDirectory: string; secrets: Secrets }): Door {
  let accounts: Promise<Accounts> | null = null
  let peopled = false
  const open = (): Promise<Accounts> => (accounts ??= installationSecret(dataDirectory).then((secret) => openAccounts(db, secret)))
  const read = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => work(db.alone)

  /** Whether anybody can sign in; once somebody can, it stays so: the last admin cannot leave. */
  async function hasPeople(): Promise<boolean> {
    peopled ||= await read(anyAccount)
    return peopled
  }

  /** The count is kept even where what follows is rolled back. */
  async function count(what: string, of: string, limit: number): Promise<string> {
    const key = `${what}:${createHash('sha256').update(of).digest('base64url')}`
    const turn = await db.transaction(null, (tx) => takeTurn(tx, key, limit, windowSeconds))
    if (!turn.allowed) throw new RateFault(`There were too many tries. Wait ${Math.ceil(turn.after / 60)} minutes, then try again.`, turn.after)
    return key
  }

  async function actorOf(tx: Transaction, kind: 'person' | 'key', { organization, role, member }: Comer, key: { key: number; access: Pick<Role, 'rights' | 'objects'> } | null): Promise<Actor | null> {
    if (!role) return null
    return { kind, organization: { ...organization, scope: await scopeOfRole(tx, role, member.id) }, member, key: key?.key ?? null, role: key ? narrowed(role, key.access) : role }
  }

  /** Reads whose session it is by one statement. What is more than that, such as a renewal that is due, is better-auth's affair. */
  async function comersOf(headers: Headers): Promise<{ comers: Comer[]; session: NonNullable<Identified['session']>; cookies: string[] } | null> {
    const accounts = await open()
    const token = accounts.tokenOf(headers)
    const comers = token === null ? [] : await comersBySession(db.alone, token)
    const [first] = comers
    if (first && !accounts.isRenewalDue(first.expiresAt)) return { comers, session: { id: first.session, account: first.account }, cookies: [] }
    const session = await accounts.session(headers)
    return session && { comers: await comersByAccount(db.alone, session.account), session: { id: session.session, account: session.account }, cookies: session.cookies }
  }

  return {
    async identify(headers) {
      const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(headers.get('authorization') ?? '')?.[1]
      if (headers.has('authorization')) {
        if (bearer === undefined) return null
        const found = await comerByKey(db.alone, hashOf(bearer))
        const actor = found && await actorOf(db.alone, 'key', found, found)
        if (found?.stale === true) await db.transaction(null, (tx) => noteKeyUse(tx, found.key))
        return actor && { actor, session: null, cookies: [], catalogStamp: found.catalogStamp }
      }
      if (!await hasPeople()) return { actor: operatorOf(home), session: null, cookies: [], catalogStamp: null }
      if (!headers.get('cookie')?.includes('longshore.session_token')) return null
      const found = await comersOf(headers)
      const wanted = Number(headers.get('x-longshore-organization') ?? Number.NaN)
      const comer = Number.isNaN(wanted) ? found?.comers[0] : found?.comers.find(({ organization: { id } }) => id === wanted)
      const actor = comer && await actorOf(db.alone, 'person', comer, null)
      return found && actor ? { actor, session: found.session, cookies: found.cookies, catalogStamp: comer.catalogStamp } : null
    },
    async signIn({ email, password }, address, headers) {
      await count('sign-in-from', address, triesPerAddress)
      const tries = await count('sign-in', email.toLowerCase(), triesPerAccount)
      const found = await (await open()).signIn({ email, password }, headers)
      const actor = found && await db.transaction(null, async (tx) => {
        const [comer] = await comersByAccount(tx, found.account)
        const actor = comer ? await actorOf(tx, 'person', comer, null) : null
        if (!actor || !comer) return null
        await forgetTurns(tx, tries)
        await audit(tx, actor.organization, { member: comer.member.id, apiKey: null }, { act: 'session.begin' })
        return actor
      })
      if (!found || !actor) throw new Fault('sign-in.refused', 'This e-mail and password do not fit, or the account is in no organization. Look at both, or ask an admin for a new invitation.')
      return { actor, cookies: found.cookies }
    },
    signOut: async (headers) => (await open()).signOut(headers),
    async invitation(secret, address) {
      await count('invitation-from', address, triesPerAddress)
      return read(async (tx) => {
        const { email, role, organization, expiresAt } = await invited(tx, secret)
        return { email, role, expiresAt, organization: (await readOrganization(tx, organization))?.name ?? '' }
      })
    },
    async accept({ secret, name, password, email: given }, address) {
      await count('invitation-from', address, triesPerAddress)
      const email = (await read((tx) => invited(tx, secret))).email ?? given
      if (email === undefined || !/^[^\s@]+@[^\s@]+$/.test(email)) throw new Fault('invitation.e-mail', 'The invitation names no e-mail address, so "email" has to say yours.', { path: 'email' })
      refuseWeak(password, email)
      const known = await read((tx) => findAccount(tx, email))
      // an account that exists is taken by its password alone: whoever has the link may not be whose e-mail it is
      if (known && !(known.password !== null && await verifyPassword(password, known.password))) throw new Fault('invitation.account', 'This e-mail has an account already: give the password of that account.', { path: 'password' })
      const hash = await hashPassword(password)
      await db.transaction(null, async (tx) => {
        const { id, role, organization: number } = await invited(tx, secret)
        if (!await takeInvitation(tx, id)) throw unknownInvitation()
        const organization = await readOrganization(tx, number)
        if (!organization) throw unknownInvitation()
        const first = !await anyAccount(tx)
        // whoever is first takes over all that was imported so far, and from then on nobody comes in without an account
        if (first && role !== 'admin') throw new Fault('invitation.too-early', 'Nobody has an account here yet, and the first one has to be an admin\'s. The link stays good: open it again when whoever invited you has made theirs, by an invitation for themselves as Admin or by the link that "longshore start" prints.')
        const account = known?.id ?? await createAccount(tx, { email, name, password: hash })
        const member = await joinOrganization(tx, organization, { account, email: email.toLowerCase(), name, role, first })
        await audit(tx, organization, { member, apiKey: null }, { act: 'member.join', target: `member/${member}`, details: { role } })
      })
    },
    async forgot(email, address) {
      await count('reset-from', address, triesPerAddress)
      await count('reset', email.toLowerCase(), resetsPerAccount)
      const begin = await knownAddress(dataDirectory)
      await db.transaction(null, (tx) => sendReset(tx, secrets, email, begin))
    },
    async reset({ secret, password }, address) {
      await count('reset-from', address, triesPerAddress)
      refuseWeak(password, await read((tx) => emailOfReset(tx, secret)))
      const hash = await hashPassword(password)
      await db.transaction(null, (tx) => takeReset(tx, secret, hash))
    },
    async firstInvitation() {
      if (await hasPeople()) return null
      const secret = newSecret()
      await db.transaction(null, (tx) => createInvitation(tx, home, { email: null, role: 'admin', hash: hashOf(secret), by: null, hours: firstInvitationHours }))
      return secret
    },
    servedAt: (url) => noteAddress(dataDirectory, url),
    link: async (secret) => `${await knownAddress(dataDirectory) ?? ''}/invitation#${secret}`,
  }
}

async function invited(tx: Transaction, secret: string): Promise<NonNullable<Awaited<ReturnType<typeof findInvitation>>>> {
  const found = await findInvitation(tx, hashOf(secret))
  if (!found) throw unknownInvitation()
  return found
}

function unknownInvitation(): Fault {
  return new Fault('invitation.unknown', 'There is no such invitation: it was accepted, withdrawn, replaced, or its time is over. Ask an admin for a new one.')
}

/** More than a limit allows; `after`: whole seconds until there is room again. */
export class RateFault extends Fault {
  readonly after: number

  constructor(message: string, after: number) {
    super('rate.exceeded', message, { remedy: 'retry' })
    this.after = after
  }
}
