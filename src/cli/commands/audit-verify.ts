import type { CliCommand } from '#cli/command.ts'
import { verifyAudit } from '#platform/audit/verify.ts'

/** `audit verify`: recomputes the chain of the audit trail. Exit code 1, with a line for each break, where it is broken. */
export const auditVerify: CliCommand = {
  name: 'audit verify',
  usage: '',
  options: {},
  async run({ context, t, print }) {
    const { sealed, unsealed, erased, breaks, head } = await verifyAudit(context.database)
    for (const { sequence, reason, eventId, field } of breaks) {
      print(t(`cli:audit.break_${reason}`, { sequence, event: eventId, field: field ?? '' }))
    }
    print(t('cli:audit.sealed', { sealed, unsealed, erased }))
    if (head !== null) print(t('cli:audit.head', { sequence: head.sequence, hash: head.hash }))
    print(breaks.length === 0 ? t('cli:audit.intact') : t('cli:audit.broken', { breaks: breaks.length }))
    return breaks.length === 0 ? 0 : 1
  },
}
