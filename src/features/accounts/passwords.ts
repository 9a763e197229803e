import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { lengthOf } from '#platform/text/normalise.ts'
import { passwordLength } from './model.ts'

// Argon2id with the first of the settings that OWASP's password storage cheat sheet recommends.
const settings = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The same password typed on another keyboard may come in another form of Unicode. */
const folded = (password: string) => password.normalize('NFKC')

export function hashPassword(password: string): Promise<string> {
  return hash(folded(password), settings)
}

let decoy: Promise<string> | undefined

/**
 * Whether the password fits. Without a hash (no such account) the same work is done on a decoy, so that the time it
 * takes says nothing.
 */
export async function passwordFits(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(24).toString('base64url'))
  // A password nobody could have set costs no more than one that somebody could.
  const candidate = folded(password.slice(0, passwordLength.max * 4))
  const fits = await verify(passwordHash ?? (await decoy), candidate)
  return fits && passwordHash !== undefined
}

/** What is wrong with a new password, as the code of a field problem. */
export function passwordProblem(password: string): 'password_short' | 'too_long' | undefined {
  const length = lengthOf(password)
  if (length < passwordLength.min) return 'password_short'
  return length > passwordLength.max ? 'too_long' : undefined
}

/** A password for somebody who did not choose one: 20 letters and digits that are hard to misread, in groups. */
export function generatePassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const chosen = [...randomBytes(20)].map((byte) => letters[byte % letters.length])
  return [0, 5, 10, 15].map((start) => chosen.slice(start, start + 5).join('')).join('-')
}
