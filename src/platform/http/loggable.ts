/** A path and query as the log may hold them: addresses that are secrets themselves without their token. */
export function loggable(pathAndQuery: string): string {
  return pathAndQuery.replace(/^(\/+feeds\/).*/s, '$1…')
}
