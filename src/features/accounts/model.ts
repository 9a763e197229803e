import { DomainError } from '#platform/errors.ts'

/** Roles of staff; a person may have several. */
export const roles = ['administrator', 'agreement_officer', 'reviewer', 'editor', 'translator', 'reader'] as const

export type Role = (typeof roles)[number]

/** Who acts: a visitor of the public site, a signed-in member of staff, the system itself, or the command line. */
export type Actor =
  | { readonly kind: 'visitor' }
  | {
      readonly kind: 'user'
      readonly id: string
      readonly email: string
      readonly name: string | null
      readonly roles: readonly Role[]
    }
  | { readonly kind: 'system' }
  | { readonly kind: 'command_line' }

/** A member of staff as an actor; whatever else an account is said to be counts for nothing. */
export function staffActor(account: {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly roles: readonly (string | null)[]
}): Extract<Actor, { kind: 'user' }> {
  const { id, email, name } = account
  return { kind: 'user', id, email, name, roles: roles.filter((role) => account.roles.includes(role)) }
}

/** What can be done, each with the roles that may; commands ask this table, pages only mirror it (design §9). */
export const permissions = {
  'office.enter': roles,
  'agreements.read': ['administrator', 'agreement_officer', 'reviewer', 'reader'],
  /** Without it, of all agreements only those that were assigned for review. */
  'agreements.read_all': ['administrator', 'agreement_officer', 'reader'],
  /** To record agreements, and to change one's own: those that one is responsible for or recorded. */
  'agreements.record': ['administrator', 'agreement_officer'],
  /** To take spreadsheets into the register. */
  'agreements.import': ['administrator', 'agreement_officer'],
  'agreements.transition': ['administrator', 'agreement_officer'],
  /** To change everybody's, not only one's own. */
  'agreements.change_all': ['administrator'],
  'agreements.name_people': ['administrator', 'agreement_officer'],
  'agreements.send_to_review': ['administrator', 'agreement_officer'],
  /** To be named as a reviewer, and to decide on what one was named for. */
  'agreements.review': ['administrator', 'agreement_officer', 'reviewer'],
  'agreements.record_sign_off': ['administrator', 'agreement_officer'],
  'agreements.answer_checklist': ['administrator', 'agreement_officer'],
  'agreements.record_signatures': ['administrator', 'agreement_officer'],
  'agreements.request_release': ['administrator', 'agreement_officer'],
  'agreements.grant_release': ['administrator', 'agreement_officer', 'reviewer'],
  'agreements.withdraw_release': ['administrator', 'agreement_officer'],
  'milestones.record': ['administrator', 'agreement_officer'],
  'milestones.confirm': ['administrator', 'agreement_officer'],
  'amendments.record': ['administrator', 'agreement_officer'],
  /** Seals, powers of attorney, originals, filing, clauses side by side, and links between agreements. */
  'papers.record': ['administrator', 'agreement_officer'],
  /** Reports hold no confidential agreement, so that they are the same for everybody. */
  'reports.read': ['administrator', 'agreement_officer', 'reader'],
  'reports.edit': ['administrator', 'agreement_officer'],
  /** Visits of delegations, with the people, the programme and the notes of each; never public. */
  'visits.read': ['administrator', 'agreement_officer', 'reader'],
  /** To record visits and to keep selections under a name; and to have a visit's brief made. */
  'visits.record': ['administrator', 'agreement_officer'],
  'settings.manage': ['administrator'],
  /** To read the letters in the outbox, but for those about agreements that one may not see. */
  'mail.read': ['administrator'],
  'documents.add': ['administrator', 'agreement_officer'],
  'documents.archive': ['administrator', 'agreement_officer'],
  'notes.write': ['administrator', 'agreement_officer', 'reviewer'],
  'agreements.refresh_search': ['administrator'],
  /** The work of a new day, which the system does by itself. */
  'agreements.automate': ['administrator'],
  'content.import': ['administrator'],
  'hub.sample': ['administrator'],
  'users.manage': ['administrator'],
  'audit.read': ['administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Whether someone may: staff by their roles; the system and the command line, run by the operator, always. */
export function may(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'visitor') return false
  if (actor.kind !== 'user') return true
  return actor.roles.some((role) => (permissions[permission] as readonly Role[]).includes(role))
}

/** Whoever is known by name: everybody but a visitor. */
export type KnownActor = Exclude<Actor, { readonly kind: 'visitor' }>

/**
 * The first thing that every command does.
 * @throws DomainError `sign_in_required` for a visitor, `forbidden` for someone without the permission.
 */
export function authorise(actor: Actor, permission: Permission): KnownActor {
  if (actor.kind === 'visitor') throw new DomainError('sign_in_required')
  if (!may(actor, permission)) throw new DomainError('forbidden')
  return actor
}

/** A write: it names its permission, and asks for it before anything else. */
export interface Command<Context, Input, Result> {
  (context: Context, actor: Actor, input: Input): Promise<Result>
  readonly permission: Permission
}

export function command<Context, Input, Result>(
  permission: Permission,
  run: (context: Context, actor: KnownActor, input: Input) => Promise<Result>,
): Command<Context, Input, Result> {
  const guarded = async (context: Context, actor: Actor, input: Input) =>
    run(context, authorise(actor, permission), input)
  return Object.assign(guarded, { permission })
}

export const passwordLength = { min: 12, max: 200 } as const

/** An address as accounts keep it; undefined when it cannot be one. Delivery is the only real test. */
export function parseEmail(text: string): string | undefined {
  const email = text.normalize('NFC').trim().toLowerCase()
  return email.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) ? email : undefined
}
