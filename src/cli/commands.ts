import type { CliCommand } from './command.ts'
import { agreementsExport } from './commands/agreements-export.ts'
import { agreementsImport } from './commands/agreements-import.ts'
import { auditVerify } from './commands/audit-verify.ts'
import { brief } from './commands/brief.ts'
import { contentExport } from './commands/content-export.ts'
import { contentImport } from './commands/content-import.ts'
import { jobsDaily } from './commands/jobs-daily.ts'
import { sample } from './commands/sample.ts'
import { searchRefresh } from './commands/search-refresh.ts'
import { userCreate } from './commands/user-create.ts'

/** Every command of the command line. */
export const commands: readonly CliCommand[] = [
  agreementsExport,
  agreementsImport,
  auditVerify,
  brief,
  contentExport,
  contentImport,
  jobsDaily,
  sample,
  searchRefresh,
  userCreate,
]
