import { closeDocuments, renderDocument } from '#platform/pdf/document.ts'
import { profiles, register } from './brief-models.ts'

/**
 * A fresh process that makes one document and says how it went, as JSON: `first` a brief, `register` 200 pages.
 */
const [, , what] = process.argv
const model = what === 'register' ? register(3800) : profiles(['my'], 3)
const before = performance.now()
const bytes = await renderDocument(model)
const tookMs = performance.now() - before
const { maxRSS } = process.resourceUsage()
const pages = Number(/\/Count (\d+)/u.exec(Buffer.from(bytes).toString('latin1'))?.[1])
await closeDocuments()
console.log(JSON.stringify({ tookMs, residentMb: maxRSS / 1024, sizeKb: bytes.length / 1024, pages }))
