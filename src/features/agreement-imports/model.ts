import { createHash } from 'node:crypto'
import { z } from 'zod'
import { agreementStates, leadsTo } from '#features/agreements/lifecycle.ts'
import { agreementKinds, visibilities } from '#features/agreements/model.ts'
import { type SheetKey, sheetColumns } from '#features/agreements/sheet-columns.ts'
import { currencyCode } from './words-in-cells.ts'
import { locales } from '#platform/i18n/locales.ts'

/** What a column is taken for: a column of the register, or a title or summary in the row's source language. */
export type Target = SheetKey | 'title' | 'summary'

const listForms: readonly string[] = ['lines', 'tags']

export const targets: readonly Target[] = [
  'title',
  'summary',
  ...sheetColumns.filter(({ derived }) => !derived).map(({ key }) => key),
]

export const isTarget = (text: string): text is Target => (targets as readonly string[]).includes(text)

const forms = new Map(sheetColumns.map(({ key, form }) => [key as string, form]))

/** Whether several columns of a file may go into it: their words stand one below the other. */
export const takesSeveral = (target: Target): boolean => listForms.includes(forms.get(target) ?? 'text')

export const isDateTarget = (target: Target): boolean => forms.get(target) === 'date'

/** States in which an agreement can come into the register. */
export const enterableStates = agreementStates.filter(
  (state) => leadsTo('draft', null, state) ?? leadsTo('enter', null, state),
)

/** How many units of the currency one in the file is: 合同金额（万元） counts in ten thousands. */
export const amountUnits = ['1', '1000', '10000', '1000000'] as const

/** A name of a party that stands for the partner with this id, or for no partner of the register. */
export const justName = 'name'

const settingsSchema = z.object({
  /** By column of the file, from the first: what it is taken for; empty: it is not read. */
  columns: z.array(z.union([z.literal(''), z.enum(targets as [Target, ...Target[]])])).max(500),
  /** Which of day and month comes first where both could be either; empty: nobody has said. */
  dayOrder: z.enum(['', 'day', 'month']),
  /** What rows are that do not say: language, kind (empty: each has to say), state, visibility, currency (or empty). */
  sourceLocale: z.enum(locales),
  kind: z.enum(['', ...agreementKinds]),
  state: z.enum(enterableStates as unknown as ['draft', ...string[]]),
  visibility: z.enum(visibilities),
  currency: z.string().refine((code) => code === '' || currencyCode(code) === code),
  amountUnit: z.enum(amountUnits),
  /** Whom names of parties stand for, by the name folded: a partner's id, or `name`. */
  partners: z.record(z.string().max(400), z.string().max(40)),
})

export type ImportSettings = z.infer<typeof settingsSchema>

/** @throws where it is none: the database holds nothing else */
export const settingsFrom = (value: unknown): ImportSettings => settingsSchema.parse(value)

export const parseSettings = (value: unknown) => settingsSchema.safeParse(value)

export const settingsShape = settingsSchema.shape

export const rowStates = ['wrong', 'ready', 'same', 'done', 'left', 'unchecked'] as const

export type RowState = (typeof rowStates)[number]

export const isRowState = (text: unknown): text is RowState => (rowStates as readonly unknown[]).includes(text)

/** What is wrong with a cell: `key` names the column of the register, or is `row` for the row as a whole. */
export interface RowProblem {
  readonly key: Target | 'row'
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

export const limits = { fileName: 200, cell: 8000, partners: 2000 } as const

/** By which a form knows again the cells that it was opened on. */
export const cellsKey = (cells: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(cells)).digest('hex')
