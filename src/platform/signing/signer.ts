import { readFile } from 'node:fs/promises'
import type { Clock } from '#platform/clock.ts'
import type { Settings } from '#platform/config.ts'
import { ConfigError } from '#platform/config.ts'
import type { Identity } from './identity.ts'
import { keptIdentity, noteGiven, type SigningContext } from './kept-identity.ts'
import { P12Error, type P12Problem, readP12 } from './p12.ts'

/** Who signs the briefs of this site. */
export interface Signer {
  /** The key and certificate in use; read, or made, when they are asked for first. */
  readonly identity: () => Promise<Identity>
}

/** The operator's PKCS #12 file cannot be used. `messages` have the words under `cli:signing.{problem}`. */
export class SigningError extends ConfigError {
  readonly problem: P12Problem
  readonly params: { readonly path: string }

  constructor(problem: P12Problem, path: string, cause: unknown) {
    super(`SIGNING_P12 ${path} ${words[problem]} (signing_${problem})`, { cause })
    this.problem = problem
    this.params = { path }
  }
}

const words: Readonly<Record<P12Problem, string>> = {
  missing: 'cannot be read; check that the file is there and that this user may read it',
  broken: 'is no PKCS #12 file, or a damaged one',
  no_password:
    'needs SIGNING_P12_PASSWORD; a file without a password is not used, since anybody could sign with it: ' +
    'export it with one',
  password: 'does not open with SIGNING_P12_PASSWORD',
  no_key: 'has no private key in it; export the certificate together with its key',
  no_certificate: 'has no certificate that belongs to its key',
  key_kind: 'has a key that cannot be used: it must be RSA of at least 2048 bits, or ECDSA',
  expired: 'has a certificate that has expired; ask its issuer for a new one, or leave the variable out',
  not_yet: 'has a certificate that is not valid yet',
}

/**
 * The identity in the operator's file; undefined where there is none.
 * @throws SigningError
 */
export async function givenIdentity(
  { signingP12 }: Pick<Settings, 'signingP12'>,
  clock: Clock,
): Promise<Identity | undefined> {
  if (signingP12 === undefined) return undefined
  const { path, password } = signingP12
  try {
    if (password === '') throw new P12Error('no_password')
    const bytes = await readFile(path).catch((error: unknown) => {
      throw new P12Error('missing', error)
    })
    return readP12(bytes, password, clock.now())
  } catch (error) {
    if (!(error instanceof P12Error)) throw error
    throw new SigningError(error.problem, path, error)
  }
}

/** @param given the operator's identity; the site's own is used where there is none */
export function openSigner(context: SigningContext, given?: Identity): Signer {
  let identity: Promise<Identity> | undefined
  async function find(): Promise<Identity> {
    if (given === undefined) return keptIdentity(context)
    await noteGiven(context, given)
    return given
  }
  return {
    identity() {
      const asked = (identity ??= find())
      // Whoever asks next tries again.
      asked.catch(() => (identity = undefined))
      return asked
    },
  }
}
