const lookAgainMs = 500

/** Takes the end of the process that started this one for a SIGTERM. */
export function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, lookAgainMs)
  watch.unref()
}
