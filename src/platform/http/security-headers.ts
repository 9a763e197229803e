/** Headers of every answer, as a flat list of names and values. */
export type RawHeaders = readonly string[]

/**
 * What a browser may do with our pages: run and load what this origin serves and nothing else, and show them in no
 * frame. `Referrer-Policy: no-referrer` would make browsers send `Origin: null` with forms.
 */
export function securityHeaders(baseUrl: string): RawHeaders {
  const overHttps = baseUrl.startsWith('https:')
  return [
    'Content-Security-Policy',
    contentSecurityPolicy(overHttps),
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'same-origin',
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy',
    'same-origin',
    'Cross-Origin-Resource-Policy',
    'same-origin',
    ...(overHttps ? ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] : []),
  ]
}

function contentSecurityPolicy(overHttps: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(overHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}
