/** What can wait: done one after the other, while nobody waits for a document. */

type Task = () => Promise<void>

/** More than this are not remembered: whoever asks again is put in line again. */
const mostWaiting = 500

const waiting = new Map<string, Task>()
let running: Promise<void> | undefined
let urgent = 0
let whenCalm: (() => void)[] = []

/** Puts a task in line, unless one of that name waits already. One that fails is forgotten: somebody may ask again. */
export function later(name: string, task: Task): void {
  if (waiting.has(name) || waiting.size >= mostWaiting) return
  waiting.set(name, task)
  running ??= work().finally(() => (running = undefined))
}

/** Does what somebody waits for; tasks in line begin after it. */
export async function now<Made>(make: () => Promise<Made>): Promise<Made> {
  urgent++
  try {
    return await make()
  } finally {
    urgent--
    if (urgent === 0) {
      const told = whenCalm
      whenCalm = []
      for (const tell of told) tell()
    }
  }
}

/** Forgets what is in line, and waits for what has begun. */
export async function settleLater(): Promise<void> {
  waiting.clear()
  await running
}

async function work(): Promise<void> {
  for (;;) {
    if (urgent > 0) await new Promise<void>((resolve) => whenCalm.push(resolve))
    const [next] = waiting
    if (next === undefined) return
    const [name, task] = next
    try {
      await task()
    } catch {
      // Nobody waits for it. Whoever asks for the document itself is told what is wrong with it.
    } finally {
      waiting.delete(name)
    }
  }
}
