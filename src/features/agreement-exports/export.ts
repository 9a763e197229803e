import type { Readable } from 'node:stream'
import type { Database } from '#db/client.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { csvStream } from './csv.ts'
import { jsonStream } from './json.ts'
import type { ExportedAgreement, ExportRequest } from './model.ts'
import { ocdsRelease, packageHead } from './ocds.ts'
import { readOffice } from './read-office.ts'
import { readReleased } from './read-released.ts'
import { columnsOf } from './rows.ts'
import { choose, type Chosen } from './select.ts'
import { xlsxStream } from './xlsx.ts'

export interface ExportContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly baseUrl: string; readonly officeTimeZone: string; readonly ocdsPrefix: string }
}

/** An export that is ready to be written. */
export interface Export {
  /** How many agreements it holds; fewer where some leave the reader's sight before they are read. */
  readonly count: number
  /** The file. It is made as it is read, in memory that does not grow with it; to be opened once. */
  readonly open: () => Readable
}

/**
 * The office's agreements that fit a list, in a format: as they were released, or everything that the actor may see.
 * @throws DomainError `forbidden` for whom the register is closed, `export_empty` for OCDS of nothing, which the
 * standard does not have.
 */
export async function exportAgreements(context: ExportContext, actor: Actor, request: ExportRequest): Promise<Export> {
  if (!may(actor, 'agreements.read')) throw new DomainError('forbidden')
  const { database, clock, config } = context
  const { format, contents, locale } = request
  const [hub, chosen] = await Promise.all([
    loadHub(database),
    choose(database, actor, request, {
      today: officeDay(clock, config.officeTimeZone),
      officeTimeZone: config.officeTimeZone,
    }),
  ])
  if (format === 'ocds' && chosen.count === 0) throw new DomainError('export_empty')
  const agreements = readAll(database, actor, request, chosen)
  const { baseUrl, officeTimeZone, ocdsPrefix: prefix } = config
  const at = clock.now()
  const columns = columnsOf(contents)
  const reader = { t: translator(locale), locale, hub, baseUrl, officeTimeZone }
  const publisher = { hub, baseUrl, officeTimeZone, prefix }
  const open = {
    xlsx: () => xlsxStream(agreements, columns, reader),
    csv: () => csvStream(agreements, columns, reader),
    json: () =>
      jsonStream(
        { format: 'yunqiao-agreements', version: 1, exportedAt: at, contents, source: baseUrl },
        'agreements',
        agreements,
      ),
    ocds: () =>
      jsonStream(
        packageHead(publisher, { id: newId(), at, locale, contents }),
        'releases',
        each(agreements, (agreement) => ocdsRelease(agreement, publisher)),
      ),
  }
  return { count: chosen.count, open: open[format] }
}

async function* readAll(
  database: Database,
  actor: Actor,
  { format, contents }: ExportRequest,
  chosen: Chosen,
): AsyncGenerator<ExportedAgreement> {
  // A sheet has one row an agreement, and no place for what hangs on it.
  const detailed = format === 'json' || format === 'ocds'
  for (const ids of chosen.batches()) {
    yield* contents === 'public'
      ? await readReleased(database, actor, ids)
      : await readOffice(database, actor, ids, { detailed })
  }
}

async function* each<Item, Made>(items: AsyncIterable<Item>, make: (item: Item) => Made): AsyncGenerator<Made> {
  for await (const item of items) yield make(item)
}
