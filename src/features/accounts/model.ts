/** Roles of staff; a person may have several. */
export const roles = ['administrator', 'agreement_officer', 'reviewer', 'editor', 'translator', 'reader'] as const

export type Role = (typeof roles)[number]

/** Who acts: a visitor of the public site, a signed-in member of staff, the system itself, or the command line. */
export type Actor =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'user'; readonly id: string; readonly email: string; readonly name: string | null; readonly roles: readonly Role[] }
  | { readonly kind: 'system' }
  | { readonly kind: 'command_line' }

/** What can be done, each with the roles that may; commands ask this table, pages only mirror it (design §9). */
export const permissions = {
  'office.enter': roles,
  'agreements.read': ['administrator', 'agreement_officer', 'reviewer', 'reader'],
  'agreements.record': ['administrator', 'agreement_officer'],
  'agreements.transition': ['administrator', 'agreement_officer'],
  'agreements.request_release': ['administrator', 'agreement_officer'],
  'agreements.grant_release': ['administrator', 'agreement_officer', 'reviewer'],
  'agreements.withdraw_release': ['administrator', 'agreement_officer'],
  'content.import': ['administrator'],
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
