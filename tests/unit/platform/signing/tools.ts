import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { X509Certificate } from 'node:crypto'

/** Signatures as others read them: poppler and OpenSSL. */

function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'yunqiao-signed-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const run = (command: string, ...args: string[]) => {
  // Its exit code tells of the certificate's trust, which a certificate of one's own has not.
  const options = { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, LC_ALL: 'C.UTF-8' } } as const
  return execFileSync(command, args, options)
}

/** What `pdfsig` says. */
export function pdfsig(pdf: Uint8Array): string {
  return withFolder((folder) => {
    const file = join(folder, 'signed.pdf')
    writeFileSync(file, pdf)
    return run('pdfsig', file)
  })
}

/** The signature of a file, and the bytes that it covers. */
export function signatureOf(pdf: Uint8Array): {
  readonly cms: Buffer
  readonly covered: Buffer
  readonly range: number[]
} {
  const bytes = Buffer.from(pdf)
  const words = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/.exec(bytes.toString('latin1'))
  const [before = 0, after = 0, length = 0] = (words ?? []).slice(1).map(Number)
  const hex = bytes.subarray(before + 1, after - 1).toString('latin1')
  const padded = Buffer.from(hex, 'hex')
  // The outermost length is in two bytes: a sequence of between 256 and 65,535.
  const cms = padded.subarray(0, 4 + padded.readUInt16BE(2))
  const covered = Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + length)])
  return { cms, covered, range: [0, before, after, length] }
}

/** What `openssl cms -cades` says of it; throws where it does not hold, or lacks the signing certificate's attribute. */
export function opensslVerify(pdf: Uint8Array, trusted: X509Certificate): void {
  const { cms, covered } = signatureOf(pdf)
  withFolder((folder) => {
    const path = (name: string) => join(folder, name)
    writeFileSync(path('cms'), cms)
    writeFileSync(path('content'), covered)
    writeFileSync(path('ca.pem'), trusted.toString())
    const files = ['-in', path('cms'), '-content', path('content'), '-CAfile', path('ca.pem'), '-out', path('out')]
    run('openssl', 'cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any', ...files)
  })
}

/** The structure of a signature, as `openssl asn1parse` prints it. */
export function asn1parse(cms: Uint8Array): string {
  return withFolder((folder) => {
    writeFileSync(join(folder, 'cms'), cms)
    return run('openssl', 'asn1parse', '-inform', 'DER', '-in', join(folder, 'cms'))
  })
}
