import { pino, stdSerializers } from 'pino'
import { prettyFactory } from 'pino-pretty'
import type { DestinationStream } from 'pino'
import type { LogLevel } from '#platform/config.ts'

/** Facts that belong to a line: plain JSON, durations with their unit in the name; `error` is written with its causes. */
export type LogFields = Readonly<Record<string, unknown>>

export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger whose every line carries these fields as well. */
  child(fields: LogFields): Logger
}

export interface LoggerOptions {
  readonly level: LogLevel
  /** For people instead of machines; by default where standard error is a terminal. */
  readonly pretty?: boolean
  /** By default standard error: standard output belongs to what a command answers. */
  readonly destination?: DestinationStream
}

const secrets = ['password', 'secretKey', 'token', 'cookie', 'authorization'].flatMap((key) => [key, `*.${key}`])

/** A logger of JSON lines (`time` in ISO 8601, `level` as a word, `message`, and the fields), or of readable ones. */
export function createLogger({ level, pretty = process.stderr.isTTY, destination }: LoggerOptions): Logger {
  const stream = destination ?? pino.destination({ dest: 2, sync: true })
  return wrap(
    pino(
      {
        level,
        base: null,
        messageKey: 'message',
        errorKey: 'error',
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { error: stdSerializers.err },
        redact: { paths: secrets, censor: '…' },
      },
      pretty ? readable(stream) : stream,
    ),
  )
}

function readable(stream: DestinationStream): DestinationStream {
  const rewrite = prettyFactory({ messageKey: 'message', errorLikeObjectKeys: ['error'] })
  return { write: (line) => stream.write(rewrite(JSON.parse(line))) }
}

/** Writes nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
}

function wrap(target: pino.Logger): Logger {
  return {
    debug: (message, fields = {}) => target.debug(fields, message),
    info: (message, fields = {}) => target.info(fields, message),
    warn: (message, fields = {}) => target.warn(fields, message),
    error: (message, fields = {}) => target.error(fields, message),
    child: (fields) => wrap(target.child(fields)),
  }
}
