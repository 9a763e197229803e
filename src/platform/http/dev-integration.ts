import type { AstroIntegration } from 'astro'

export function devIntegration(): AstroIntegration {
  return { name: 'yunqiao:dev', hooks: {} }
}
