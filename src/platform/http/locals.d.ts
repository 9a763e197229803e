declare namespace App {
  interface Locals {
    /** On the page of an error: what went wrong, and the path and query that were asked for. */
    problem?: import('./problem.ts').Problem & { readonly path: string }
    /** An error that a page could not answer, on its way to the server, which makes a page of it. */
    failure?: unknown
  }
}
