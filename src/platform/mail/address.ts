import addressparser from 'nodemailer/lib/addressparser'
import { isMailAddress, type MailAddress, oneLine } from './message.ts'

/** Reads `address` or `Name <address>` (RFC 5322, the name in any script); undefined where it is not exactly one. */
export function parseMailAddress(text: string): MailAddress | undefined {
  const [parsed, ...more] = addressparser(text)
  if (parsed?.address === undefined || more.length > 0 || !isMailAddress(parsed.address)) return undefined
  const name = oneLine(parsed.name)
  return name === '' ? { address: parsed.address } : { address: parsed.address, name }
}
