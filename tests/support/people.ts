/** The staff of the site that browser tests walk through: one asks for a release, another grants it. */
export const people = {
  administrator: {
    email: 'administrator@example.org',
    role: 'administrator',
    password: 'a bridge of two arcs that meet',
  },
  officer: { email: 'officer@example.org', role: 'agreement_officer', password: 'the lake below the western hills' },
  reviewer: { email: 'reviewer@example.org', role: 'reviewer', password: 'four seasons of spring, one of rain' },
  reader: { email: 'reader@example.org', role: 'reader', password: 'read slowly, then read it once more' },
} as const
