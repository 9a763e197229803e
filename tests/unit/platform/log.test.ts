import { expect, test } from 'vitest'
import { createLogger, type LoggerOptions } from '#platform/log.ts'

function written(options: Partial<LoggerOptions>, use: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = []
  use(
    createLogger({ level: 'info', pretty: false, destination: { write: (line) => void lines.push(line) }, ...options }),
  )
  return lines
}

test('a line is JSON with time, level, message and fields', () => {
  const [line = ''] = written({}, (log) => log.info('Served', { status: 200, durationMs: 3 }))
  expect(JSON.parse(line)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    message: 'Served',
    status: 200,
    durationMs: 3,
  })
})

test('lines below the level are left out', () => {
  const lines = written({ level: 'warn' }, (log) => {
    log.debug('one')
    log.info('two')
    log.warn('three')
    log.error('four')
  })
  expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['three', 'four'])
  expect(written({ level: 'silent' }, (log) => log.error('five'))).toEqual([])
})

test('an error comes with its causes', () => {
  const error = new Error('The page failed', { cause: new Error('the database is away') })
  const [line = ''] = written({}, (log) => log.error('Request failed', { error }))
  expect(line).toContain('The page failed')
  expect(line).toContain('the database is away')
})

test('secrets are blotted out', () => {
  const [line = ''] = written({}, (log) => log.info('Sent', { password: 'swordfish', user: { token: 'swordfish' } }))
  expect(line).not.toContain('swordfish')
})

test('a child adds its fields to every line', () => {
  const [line = ''] = written({}, (log) => log.child({ job: 'reminders' }).info('Done'))
  expect(JSON.parse(line)).toMatchObject({ job: 'reminders', message: 'Done' })
})

test('people get readable lines', () => {
  const [line = ''] = written({ pretty: true }, (log) => log.info('Serving', { port: 4321 }))
  expect(line).toMatch(/INFO.*: .*Serving/)
  expect(line).toContain('port: 4321')
})
