import { chownSync, statSync } from 'node:fs'

/** Whether this process may act as any user, and so must not leave files behind that only root can open. */
export const isRoot = process.getuid?.() === 0

/** As root, gives `path` to whoever owns `folder`, so that the owner's own processes can use it too. */
export function giveToOwnerOf(folder: string, path: string): void {
  if (!isRoot) return
  const { uid, gid } = statSync(folder)
  chownSync(path, uid, gid)
}
