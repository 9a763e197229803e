import { type CliCommand, UsageError } from '#cli/command.ts'
import { createUser } from '#features/accounts/commands.ts'
import { parseEmail, roles } from '#features/accounts/model.ts'
import { generatePassword } from '#features/accounts/passwords.ts'

/**
 * `user create`: makes an account. The password is read from standard input with `--password-stdin`, else one is
 * generated and printed, this once. Several roles are separated by commas.
 */
export const userCreate: CliCommand = {
  name: 'user create',
  usage: '--email E --role R[,R] [--name N] [--password-stdin]',
  options: { email: 'text', role: 'text', name: 'text', 'password-stdin': 'flag' },
  required: ['email', 'role'],
  async run({ context, options, t, print, readInput }) {
    const email = String(options['email'])
    const held = String(options['role'])
      .split(',')
      .map((role) => role.trim())
    const unknown = held.find((role) => !(roles as readonly string[]).includes(role))
    if (unknown !== undefined) throw new UsageError(`--role ${unknown} is not known; roles: ${roles.join(', ')}`)
    if (parseEmail(email) === undefined) throw new UsageError(`--email ${email} is not an e-mail address`)
    const isGiven = options['password-stdin'] === true
    const password = isGiven ? await readInput() : generatePassword()
    const name = options['name'] === undefined ? {} : { name: String(options['name']) }
    await createUser(context, { kind: 'command_line' }, { email, roles: held, password, ...name })
    print(t('cli:user.created', { email: parseEmail(email) ?? email, roles: held.join(', ') }))
    if (!isGiven) print(t('cli:user.password', { password }))
    return 0
  },
}
