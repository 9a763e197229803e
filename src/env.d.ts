/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** What the process built once and hands to every page: configuration, database, clock … */
    context: import('#platform/context.ts').AppContext
    locale: import('#platform/i18n/locales.ts').Locale
    t: import('#platform/i18n/translate.ts').Translate
    /** Who asks: a visitor, or a member of staff with a session. */
    actor: import('#features/accounts/model.ts').Actor
    /** Names what the page shows (`partner`, `partner:{id}` …): a change of any of them drops it from the cache. */
    cacheTags: Set<string>
    requestId: string
  }
}
