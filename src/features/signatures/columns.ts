import type { agreementParties } from '#db/schema/index.ts'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import type { Signature } from './model.ts'

/** The columns of a party that say who signed for it. */
export function signatureColumns({ names, addresses, titles, official, signedOn }: Signature) {
  return {
    signatoryNames: orNull(names),
    signatoryAddresses: orNull(addresses),
    signatoryTitles: orNull(titles),
    signatoryOfficial: [...official],
    signedOn,
  }
}

/** Who signed for the party of a row. */
export function signatureOf(row: typeof agreementParties.$inferSelect): Signature {
  const { signatoryNames, signatoryAddresses, signatoryTitles, signatoryOfficial, signedOn } = row
  return {
    names: signatoryNames ?? {},
    addresses: signatoryAddresses ?? {},
    titles: signatoryTitles ?? {},
    official: signatoryOfficial,
    signedOn,
  }
}

/** How the trail keeps it. */
export function signatureChange(position: number, before: Signature | undefined, after: Signature): Change {
  return { field: `signatory.${position}`, before: auditValue(before), after: auditValue(after) }
}

const orNull = (words: Signature['names']) => (Object.keys(words).length === 0 ? null : words)

/** What nobody said is left out of the trail. */
function auditValue(signature: Signature | undefined): AuditValue {
  if (signature === undefined || Object.keys(signature.names).length === 0) return null
  const { names, addresses, titles, official, signedOn } = signature
  return {
    names: { ...names },
    ...(orNull(addresses) && { addresses: { ...addresses } }),
    ...(orNull(titles) && { titles: { ...titles } }),
    ...(official.length > 0 && { official }),
    signedOn,
  }
}
