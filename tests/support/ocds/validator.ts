import { readFileSync } from 'node:fs'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>

/** The rules of the official schema of a release. */
export const releaseSchema = read('release-schema')

/** What the official schema of OCDS 1.1.5 finds wrong with a release package; empty where it is right. */
export function problemsOfPackage(value: unknown): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: false })
  // Its own types are for a version of ajv that speaks a later draft.
  const add = addFormats.default as unknown as (to: object) => unknown
  add(ajv)
  ajv.addSchema(releaseSchema)
  const validate = ajv.compile(read('release-package-schema'))
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}
