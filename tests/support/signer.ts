import type { Identity } from '#platform/signing/identity.ts'
import { makeIdentity } from '#platform/signing/made.ts'
import { openSigner, type Signer } from '#platform/signing/signer.ts'
import type { SigningContext } from '#platform/signing/kept-identity.ts'

let identity: Promise<Identity> | undefined

/** A key takes a good part of a second to make: one does for all the tests of a process. */
export function testIdentity(): Promise<Identity> {
  identity ??= makeIdentity('hub.example.org', Temporal.Instant.from('2026-01-01T00:00:00Z'))
  return identity
}

/** A signer whose certificate is known to the database, as one that its operator gave. */
export function testSigner(context: SigningContext): Signer {
  // A test that empties the database forgets the certificate: it is noted anew each time.
  return { identity: async () => openSigner(context, await testIdentity()).identity() }
}
