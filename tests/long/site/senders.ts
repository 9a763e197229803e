import { createHash, randomBytes, randomInt } from 'node:crypto'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#platform/ids.ts'
import { samplePdf } from '#tests/support/sample-files.ts'

/** Where and as whom forms are sent. */
export interface Target {
  readonly origin: string
  readonly cookie: string
}

/** A form that is sent until the server has answered it: after a kill the very same again. */
interface Sending {
  readonly path: string
  readonly token: string
  readonly body: () => BodyInit
  readonly done: (location: string) => void
}

/** Somebody who sends one form after another. */
export interface Sender {
  /** Forms that the server has answered. */
  readonly acknowledged: number
  /** Whether a form was sent that was never answered. */
  readonly waiting: boolean
  /** Sends forms until the server is gone. @throws Error for an answer that says anything but done */
  run(target: Target): Promise<void>
  /** Sends the form again that was never answered, if there is one. */
  settle(target: Target): Promise<void>
}

function sender(next: () => Sending): Sender {
  let open: Sending | undefined
  let acknowledged = 0
  /** Whether there was an answer. */
  async function send({ origin, cookie }: Target, sending: Sending): Promise<boolean> {
    const { path, body } = sending
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      body: body(),
      headers: { origin, cookie },
      redirect: 'manual',
    }).catch(() => undefined)
    if (answer === undefined) return false
    const location = answer.headers.get('location') ?? ''
    if (answer.status !== 303 || location.includes('sign-in')) {
      throw new Error(`${path} answered ${answer.status} ${location}: ${await answer.text().catch(() => '')}`)
    }
    open = undefined
    acknowledged += 1
    sending.done(location)
    return true
  }
  return {
    get acknowledged() {
      return acknowledged
    },
    get waiting() {
      return open !== undefined
    },
    async run(target) {
      do open ??= next()
      while (await send(target, open))
    },
    async settle(target) {
      if (open !== undefined && !(await send(target, open))) throw new Error(`${open.path} had no answer`)
    },
  }
}

/** What the server has said that it did: the tokens of steps, and documents with the hashes of their versions. */
export interface Acknowledged {
  readonly tokens: string[]
  readonly versions: { readonly documentId: string; readonly sha256: string }[]
}

const agreementPath = (id: string) => `/en/office/agreements/${id}`

/** Suspends and resumes an agreement that is in force, over and over. @param version that it has when it begins */
export function mover(id: string, version: number, acknowledged: Acknowledged): Sender {
  let [seen, transition] = [version, 'suspend']
  return sender(() => {
    const token = newId()
    const fields = {
      do: `move:${transition}`,
      note: 'Once more',
      token,
      version: String(seen),
      reviewer: '',
      basis: '',
    }
    return {
      path: agreementPath(id),
      token,
      body: () => new URLSearchParams(fields),
      done: (location) => {
        if (!location.includes('done=moved')) throw new Error(`moved to ${location}`)
        acknowledged.tokens.push(token)
        seen += 1
        transition = transition === 'suspend' ? 'resume' : 'suspend'
      },
    }
  })
}

/** Sends a document, a version of it, and the next document, over and over. */
export function uploader(agreementId: string, acknowledged: Acknowledged): Sender {
  const path = `${agreementPath(agreementId)}/documents`
  let documentId: string | undefined
  return sender(() => {
    const token = newId()
    const content = Buffer.concat([samplePdf([], token), randomBytes(randomInt(1000, 2_000_000))])
    const sha256 = createHash('sha256').update(content).digest('hex')
    const of = documentId
    const fields =
      of === undefined
        ? { kind: 'annex', title: `Annex ${token}`, language: 'en', do: 'save', token }
        : { do: 'add_version', token }
    return {
      path: of === undefined ? path : `${path}/${of}`,
      token,
      body: () => {
        const form = new FormData()
        for (const [name, value] of Object.entries(fields)) form.append(name, value)
        form.append('file', new Blob([new Uint8Array(content)]), 'annex.pdf')
        return form
      },
      done: (location) => {
        const saved = of ?? /#document-([0-9a-f-]{36})$/.exec(location)?.[1]
        if (saved === undefined) throw new Error(`saved at ${location}`)
        acknowledged.tokens.push(token)
        acknowledged.versions.push({ documentId: saved, sha256 })
        documentId = of === undefined ? saved : undefined
      },
    }
  })
}

/** Sends a file slowly and never to its end, until the server is gone. */
export async function dawdle({ origin, cookie }: Target, agreementId: string): Promise<void> {
  const boundary = 'half'
  const { hostname, port } = new URL(origin)
  const request: ClientRequest = httpRequest({
    host: hostname,
    port,
    path: `${agreementPath(agreementId)}/documents`,
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': 40_000_000,
      origin,
      cookie,
    },
  })
  const state = { gone: false }
  request.on('error', () => (state.gone = true))
  request.on('close', () => (state.gone = true))
  request.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n`)
  for (let sent = 0; !state.gone && sent < 39_000_000; sent += 20_000) {
    request.write(randomBytes(20_000))
    await sleep(10)
  }
  request.destroy()
}
