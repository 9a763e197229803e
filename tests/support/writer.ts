import { connect } from '#db/client.ts'
import { silentLogger } from '#platform/log.ts'
import { acquirePrivateServer } from '#platform/postgres/private.ts'

/**
 * A process that writes numbers, several at a time, until it is killed: `writer.ts DATA_DIR FIRST`. It says each
 * number on a line of its own, after the database has acknowledged it and never before.
 */
const [dataDir = '', first = '0'] = process.argv.slice(2)
const server = await acquirePrivateServer({ dataDir, log: silentLogger })
const sql = connect(server.target, { as: 'owner', max: 4 })
let next = Number(first)

async function write(): Promise<never> {
  for (;;) {
    const number = next++
    try {
      await sql.begin(async (tx) => {
        await tx`insert into acknowledged (number, filler) values (${number}, repeat('云桥', 500))`
        await tx`update tally set written = written + 1`
      })
      process.stdout.write(`${number}\n`)
    } catch {
      // Not acknowledged: the server is away for a moment. Whether the number is there may be either way.
    }
  }
}

await Promise.all([write(), write(), write(), write()])
