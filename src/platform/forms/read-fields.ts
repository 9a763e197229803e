import { DomainError } from '#platform/errors.ts'

/** What a browser sent, by field: nothing that the form does not have, and each field once. */
export interface SentFields {
  /** A field that is missing counts as empty. */
  text(name: string): string
  list(name: string): readonly string[]
}

/**
 * Reads a form with these fields; `several` may come more than once.
 * @throws DomainError `bad_request` for a field that the form does not have, that came twice, or that is a file: no
 * form of ours sends that.
 */
export function readFields(form: FormData, single: readonly string[], several: readonly string[] = []): SentFields {
  const lists = new Map<string, string[]>()
  for (const [name, value] of form) {
    const repeatable = several.includes(name)
    const unexpected = !repeatable && (!single.includes(name) || lists.has(name))
    if (typeof value !== 'string' || unexpected) throw new DomainError('bad_request', { parameter: name.slice(0, 40) })
    lists.set(name, [...(lists.get(name) ?? []), value])
  }
  return { text: (name) => lists.get(name)?.[0] ?? '', list: (name) => lists.get(name) ?? [] }
}

/** The version that a form was opened on. @throws DomainError `bad_request` for what no form of ours sends. */
export function sentVersion(fields: SentFields): number {
  const version = fields.text('version')
  if (!/^\d{1,9}$/.test(version)) throw new DomainError('bad_request', { parameter: 'version' })
  return Number(version)
}
