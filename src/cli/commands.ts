import type { CliCommand } from './command.ts'
import { brief } from './commands/brief.ts'
import { contentExport } from './commands/content-export.ts'
import { contentImport } from './commands/content-import.ts'
import { sample } from './commands/sample.ts'

/** Every command of the command line. */
export const commands: readonly CliCommand[] = [brief, contentExport, contentImport, sample]
