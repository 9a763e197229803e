/** The office's chat did not take a message. */
export class ChatError extends Error {
  override name = 'ChatError'
  /** Whether trying again may help. */
  readonly temporary: boolean
  /** What the chat said, where it said something. */
  readonly response: string | undefined

  constructor(
    message: string,
    options: { readonly temporary: boolean; readonly response?: string; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.temporary = options.temporary
    this.response = options.response
  }
}

/** Where the office's chat takes messages: the webhook of a group robot. */
export interface Chat {
  /** @throws ChatError */
  send(text: string): Promise<void>
}

/** Milliseconds. */
const patience = 30_000
/** Bytes of UTF-8 that a robot of WeCom takes as text. */
const mostBytes = 2048
/** WeCom's codes for "busy" and "too many in a minute"; any other is about the message or the robot. */
const temporaryCodes = [-1, 45_009]

/** A group robot's webhook in WeCom's form: text by POST; `errcode` 0 in the answer says that it was taken. */
export function openChat(webhook: string): Chat {
  return {
    async send(text) {
      const { errcode, errmsg } = await post(webhook, {
        msgtype: 'text',
        text: { content: cutToBytes(text, mostBytes) },
      })
      if (errcode === 0) return
      throw new ChatError('the chat did not take the message', {
        temporary: temporaryCodes.includes(errcode),
        response: `${errcode} ${errmsg}`.slice(0, 500),
      })
    },
  }
}

async function post(webhook: string, body: unknown): Promise<{ readonly errcode: number; readonly errmsg: string }> {
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    // The address holds the robot's key: neither it nor an error that may name it is passed on.
    throw new ChatError(`the chat could not be reached (${(cause as Error).name})`, { temporary: true })
  })
  if (!response.ok) {
    const temporary = response.status >= 500 || response.status === 429 || response.status === 408
    throw new ChatError('the chat refused the message', { temporary, response: String(response.status) })
  }
  const answer = (await response.json().catch(() => ({}))) as { errcode?: unknown; errmsg?: unknown } | null
  return {
    errcode: typeof answer?.errcode === 'number' ? answer.errcode : -1,
    errmsg: typeof answer?.errmsg === 'string' ? answer.errmsg : '',
  }
}

/** As much of a text as fits, and never a part of a letter. */
export function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  const mark = '…'
  let bytes = Buffer.byteLength(mark)
  let kept = ''
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > most) break
    kept += segment
  }
  return kept + mark
}
