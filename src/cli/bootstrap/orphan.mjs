/**
 * Loaded before the server. npm passes a SIGTERM on to the shell that runs its script, and most shells end there and
 * pass nothing on: so a server whose parent is gone takes that for the signal.
 */
const parent = process.ppid
const lookAgainMs = 500

if (process.env['npm_lifecycle_event'] !== undefined) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, lookAgainMs)
  watch.unref()
}
