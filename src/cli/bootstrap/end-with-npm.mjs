/**
 * Loaded before the server. npm passes a SIGTERM on to the shell that runs its script, and most shells end there and
 * pass nothing on.
 */
import { endWithParent } from './end-with-parent.mjs'

if (process.env['npm_lifecycle_event'] !== undefined) endWithParent()
