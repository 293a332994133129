import { Fault } from '@longshore/core/fault'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { missingWord, unknownAction } from '../messages/usage.ts'
import { userTexts } from '../messages/user.ts'
import { withLongshore } from '../with-longshore.ts'

export const userCommand: Command = {
  name: 'user',
  positionals: { names: ['ACTION', 'EMAIL'], least: 1 },
  flags: {
    role: { type: 'string', value: 'NAME', help: 'add: admin, manager, member (the usual), read-only, or a role of your own; the first person is an admin' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: ['longshore user add ann@example.com --role manager; longshore user list', 'The link that is printed lets them choose a password, once, within seven days.'],
  async run(call, host) {
    const action = call.word(0)
    if (action !== 'add' && action !== 'list') throw new Fault('usage.unknown-word', unknownAction('user', action ?? '', ['add', 'list']))
    const email = call.word(1)
    if (action === 'add' && email === undefined) throw new Fault('usage.missing-word', missingWord('user add', 'EMAIL'))
    return withLongshore(call, host, async ({ people, door }) => {
      const members = await people.members()
      if (email === undefined || action === 'list') {
        const invitations = await people.invitations()
        host.stdout.write(call.on('json') ? `${JSON.stringify({ members, invitations })}\n` : userTexts.list(members, invitations))
        return exitCodes.good
      }
      const role = call.text('role') ?? (members.some((member) => member.hasAccount) ? 'member' : 'admin')
      const { invitation, secret } = await people.invite({ email, role })
      const path = `/invitation#${secret}`
      host.stdout.write(call.on('json') ? `${JSON.stringify({ invitation: { ...invitation, path } })}\n` : userTexts.invited(email, role, await door.link(secret)))
      return exitCodes.good
    })
  },
}
