import { randomUUID } from 'node:crypto'
import { Fault } from '@longshore/core'
import { audit, membershipsOf, putMail, readMailServer, readOrganization } from '@longshore/store'
import type { Organization, Transaction } from '@longshore/store'
import type { Secrets } from '@longshore/core'
import { mailContentPurpose } from '../tasks/outbox/purposes.ts'
import { findAccount, setPassword } from './accounts.ts'
import { hashOf, newSecret } from './secret-token.ts'

const goodMinutes = 60
const identifierOf = (secret: string): string => `password-reset:${hashOf(secret).toString('base64url')}`

/** Sends the link by which a forgotten password is replaced, where the e-mail has an account in an organization that sends any; says nothing of whether it did. The link before ends. `begin`: how links to this Longshore begin; where nobody knows, the e-mail gives the path alone. */
export async function sendReset(tx: Transaction, secrets: Secrets, email: string, begin: string | null): Promise<void> {
  const account = await findAccount(tx, email)
  const organization = account && await sendingOrganization(tx, account.id)
  if (!account || !organization) return
  const secret = newSecret()
  await tx.query(`DELETE FROM auth.verification WHERE value = $1 AND identifier LIKE 'password-reset:%'`, [account.id])
  await tx.query(`INSERT INTO auth.verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt") VALUES ($1, $2, $3, now() + make_interval(mins => $4), now(), now())`, [randomUUID(), identifierOf(secret), account.id, goodMinutes])
  const mail = { to: email.toLowerCase(), subject: 'Longshore: a new password', text: `Somebody asked for a new password of your account. To choose one, go to this address of Longshore within ${goodMinutes} minutes:\n\n${begin ?? ''}/password-reset#${secret}\n\nIf it was not you, do nothing: the password stays as it is.\n` }
  await putMail(tx, organization, await secrets.seal(JSON.stringify(mail), mailContentPurpose))
}

/** Takes the link for this one time and sets the password; every session of the account ends. Gives the e-mail's checks before: throws `reset.unknown`. */
export async function takeReset(tx: Transaction, secret: string, hash: string): Promise<void> {
  const { rows: [taken] } = await tx.query<{ value: string }>(`DELETE FROM auth.verification WHERE identifier = $1 AND "expiresAt" > now() RETURNING value`, [identifierOf(secret)])
  if (!taken) throw unknownReset()
  await setPassword(tx, taken.value, hash, null)
  for (const { organization: id, member } of await membershipsOf(tx, taken.value)) {
    const organization = await readOrganization(tx, id)
    if (organization) await audit(tx, organization, { member: member.id, apiKey: null }, { act: 'password.reset' })
  }
}

/** Whose password the link replaces, by their e-mail. */
export async function emailOfReset(tx: Transaction, secret: string): Promise<string> {
  const { rows: [found] } = await tx.query<{ email: string }>(`SELECT u.email FROM auth.verification v JOIN auth."user" u ON u.id = v.value WHERE v.identifier = $1 AND v."expiresAt" > now()`, [identifierOf(secret)])
  if (!found) throw unknownReset()
  return found.email
}

async function sendingOrganization(tx: Transaction, account: string): Promise<Organization | null> {
  for (const { organization: id } of await membershipsOf(tx, account)) {
    const organization = await readOrganization(tx, id)
    if (organization && await readMailServer(tx, organization)) return organization
  }
  return null
}

function unknownReset(): Fault {
  return new Fault('reset.unknown', 'This link is not good any more: it was used, another one was sent, or its time is over. Ask for a new one.')
}
