import { visible } from '../reporters/visible.ts'

export const userTexts = {
  invited: (email: string, role: string, path: string) =>
    `${visible(email)} is invited as ${visible(role)}. Give them this link; it works once, for seven days, on the address of your Longshore:\n  http://127.0.0.1:4000${path}\n`,
  list: (members: readonly { email: string; name: string; role: string; hasAccount: boolean }[]) =>
    members.map(({ email, name, role, hasAccount }) => `${visible(email)}  ${visible(name)}  ${visible(role)}${hasAccount ? '' : '  (owns records, cannot sign in)'}\n`).join(''),
} as const
