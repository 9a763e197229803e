import type { AstroGlobal } from 'astro'
import { DomainError } from '#platform/errors.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { type Actor, authorise, type Permission } from './model.ts'
import { findActor } from './queries.ts'
import { signIn } from './sign-in.ts'

export type OfficeRequest = Pick<AstroGlobal, 'locals' | 'request' | 'url' | 'rewrite' | 'response' | 'clientAddress'>

export type StaffActor = Extract<Actor, { readonly kind: 'user' }>

/** Somebody who may be on the page. */
export interface OfficeVisit {
  readonly actor: StaffActor
  /** What was posted. */
  readonly form: FormData | undefined
  /** The form's session had ended and the person has just signed in again: show what they typed, do nothing yet. */
  readonly resumed: boolean
}

export function seeOther(location: string, ...cookies: readonly string[]): Response {
  const headers = new Headers({ location })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/**
 * What every page of the office asks first. The signed-out are sent to sign in and come back; a form that was sent
 * after its session had ended is held, and shown again with everything typed once the person has signed in on the spot.
 * @throws DomainError `forbidden` for someone without the permission, `bad_request` for a body that is no form.
 */
export async function enterOffice(astro: OfficeRequest, permission: Permission): Promise<OfficeVisit | Response> {
  const { locals, request, url } = astro
  const form = request.method === 'POST' ? await readForm(request) : undefined
  if (locals.actor.kind === 'user') {
    authorise(locals.actor, permission)
    return { actor: locals.actor, form: form && withoutCredentials(form), resumed: form?.has('resume.email') ?? false }
  }
  if (form === undefined) {
    return seeOther(withQuery(paths.office.signIn(locals.locale), { next: `${url.pathname}${url.search}` }))
  }
  return resume(astro, form, permission)
}

/** @throws DomainError `bad_request` for a body that is no form. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch (error) {
    throw new DomainError('bad_request', {}, [], error)
  }
}

async function resume(astro: OfficeRequest, form: FormData, permission: Permission): Promise<OfficeVisit | Response> {
  const { locals, url } = astro
  const [email, password] = [form.get('resume.email'), form.get('resume.password')]
  const held = withoutCredentials(form)
  const askAgain = (failure?: DomainError) => {
    locals.heldForm = failure === undefined ? { form: held } : { form: held, failure }
    return astro.rewrite(
      new Request(new URL(paths.office.resume(locals.locale), url), { headers: astro.request.headers }),
    )
  }
  if (typeof email !== 'string' || typeof password !== 'string') return askAgain()
  try {
    const { userId, setCookie } = await signIn(locals.context, { email, password, address: astro.clientAddress })
    const actor = await findActor(locals.context.database, userId)
    if (actor?.kind !== 'user') throw new DomainError('sign_in_failed')
    astro.response.headers.append('set-cookie', setCookie)
    locals.actor = actor
    authorise(actor, permission)
    return { actor, form: held, resumed: true }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'forbidden') throw error
    return askAgain(error)
  }
}

function withoutCredentials(form: FormData): FormData {
  const rest = new FormData()
  for (const [name, value] of form) if (!name.startsWith('resume.')) rest.append(name, value)
  return rest
}
