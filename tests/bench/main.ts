import { benchBriefs } from './brief.ts'
import { benchDaily } from './daily.ts'
import { benchDelegation } from './delegation.ts'
import { benchExport } from './export.ts'
import { benchHttp } from './http.ts'
import { benchImport } from './import.ts'
import { benchOverview } from './overview.ts'
import { benchRegister } from './register.ts'
import { type BenchRow, tableOf } from './rows.ts'
import { benchVerify } from './verify.ts'

/** `npm run bench`, or a part of it: `npm run bench -- http`. It measures and prints, and judges no build. */
const parts: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  http: benchHttp,
  briefs: benchBriefs,
  verify: benchVerify,
  delegation: benchDelegation,
  register: benchRegister,
  overview: benchOverview,
  daily: benchDaily,
  export: benchExport,
  import: benchImport,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')} to measure; there is ${Object.keys(parts).join(', ')}.\n`)
  process.exit(2)
}
const rows: BenchRow[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stderr.write(`Measuring ${name} …\n`)
  rows.push(...(await measure()))
}
process.stdout.write(`${tableOf(rows)}\n`)
process.exit()
