import type { OfficeVisit } from '#features/accounts/enter-office.ts'
import { sentFile } from '#features/documents/sent-file.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { maxFileBytes } from '#platform/uploads/receive.ts'
import { setTemplate } from './commands.ts'
import { readTemplate, type Template } from './template.ts'

export interface TemplateWork {
  readonly template: Template
  readonly token: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
}

type Visit = Pick<OfficeVisit, 'actor' | 'form' | 'resumed'> & { readonly upload: App.Locals['upload'] }

const megabyte = 1024 * 1024

/** Opens the page, keeps a template, or goes back to the sample. @throws DomainError `bad_request`, `forbidden` */
export async function workOnTemplate(
  context: AppContext,
  visit: Visit,
): Promise<TemplateWork | { readonly saved: 'kept' | 'sample' }> {
  let problems: readonly FieldProblem[] = []
  if (visit.form !== undefined) {
    const sent = await send(context, visit, visit.form)
    if ('saved' in sent) return sent
    problems = sent.problems
  }
  const template = await readTemplate(context.database, context.storage)
  return { template, token: newId(), problems, status: problems.length > 0 ? 422 : 200 }
}

async function send(
  context: AppContext,
  { actor, resumed, upload }: Visit,
  form: FormData,
): Promise<{ readonly saved: 'kept' | 'sample' } | { readonly problems: readonly FieldProblem[] }> {
  await using sent = await sentFile(context.storage, upload, form)
  const fields = readFields(form, ['do', 'token'])
  const [button, token] = [fields.text('do'), fields.text('token')]
  if (resumed) return { problems: button === 'keep' ? [{ path: 'file', code: 'file_again' }] : [] }
  if (button === 'sample') {
    await setTemplate(context, actor, { token, file: undefined })
    return { saved: 'sample' }
  }
  if (button !== 'keep') throw new DomainError('bad_request', { parameter: 'do' })
  if (sent.notTaken === 'too_large') {
    return {
      problems: [{ path: 'file', code: 'file_too_large', params: { megabytes: maxFileBytes / megabyte } }],
    }
  }
  if (sent.file === undefined) return { problems: [{ path: 'file', code: 'file_missing' }] }
  try {
    await setTemplate(context, actor, { token, file: sent.file })
    return { saved: 'kept' }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid_input') throw error
    return { problems: error.problems }
  }
}
