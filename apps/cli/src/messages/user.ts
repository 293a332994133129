import { visible } from '../reporters/visible.ts'

export const userTexts = {
  invited: (email: string, role: string, link: string) =>
    `${visible(email)} is invited as ${visible(role)}. ${link.startsWith('/') ? 'Give them this link behind the address of your Longshore' : 'Give them this link'}; it works once, for seven days:\n  ${link}\nThey become a member when they follow it. Until then they cannot be named as an owner.\n`,
  list: (members: readonly { email: string; name: string; role: string; hasAccount: boolean }[], invitations: readonly { email: string | null; role: string; expiresAt: string }[]) => [
    ...members.map(({ email, name, role, hasAccount }) => `${visible(email)}  ${visible(name)}  ${visible(role)}${hasAccount ? '' : '  (owns records, cannot sign in)'}\n`),
    ...invitations.map(({ email, role, expiresAt }) => `${email === null ? 'the first admin' : visible(email)}  ${visible(role)}  (invited until ${expiresAt.slice(0, 10)}, no member yet)\n`),
  ].join(''),
} as const
