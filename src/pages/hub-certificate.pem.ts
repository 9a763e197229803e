import type { APIRoute } from 'astro'
import { certificatePem } from '#features/issued-briefs/certificates.ts'

/** The certificate that briefs are signed with, or by its fingerprint one that they were signed with. */
export const GET: APIRoute = async ({ locals: { context }, url }) => {
  const pem = await certificatePem(context, url.searchParams.get('fingerprint'))
  return new Response(pem, {
    headers: {
      'Content-Type': 'application/x-pem-file',
      'Content-Disposition': 'attachment; filename="hub-certificate.pem"',
    },
  })
}
