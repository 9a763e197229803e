/** What a cache keeps of a value: how much memory it takes and what its change depends on. */
export interface Cached<Value> {
  readonly value: Value
  readonly bytes: number
  readonly tags: ReadonlySet<string>
}

/** What a load came to: something to keep, or a result that only those who waited for it get. */
export type Loaded<Value, Other> =
  { readonly kind: 'cached'; readonly entry: Cached<Value> } | { readonly kind: 'other'; readonly other: Other }

export interface PageCacheOptions {
  readonly maxBytes: number
  readonly nowMs: () => number
  /** When what depends on the day is over, as milliseconds since 1970. */
  readonly nextMidnightMs: () => number
}

export interface PageCacheCounts {
  entries: number
  bytes: number
  hits: number
  misses: number
  dropped: number
}

interface Entry<Value> extends Cached<Value> {
  readonly key: string
  /** Looked at since it was last spared from eviction. */
  used: boolean
}

/** A load under way. */
interface Flight<Value, Other> {
  readonly promise: Promise<Loaded<Value, Other>>
  /** Tags dropped since it began; `all` when everything was. */
  readonly droppedTags: Set<string>
  droppedAll: boolean
}

export type PageCache<Value, Other> = ReturnType<typeof createPageCache<Value, Other>>

/**
 * Values by key, bounded by bytes, dropped by tag and at midnight. Loads of one key are done once for all who wait; a
 * load that began before a drop of one of its tags is not kept, and whoever comes after a drop waits for no load that
 * began before it. While the cache is suspended, nothing is found or kept.
 */
export function createPageCache<Value, Other>(options: PageCacheOptions) {
  const { maxBytes, nowMs, nextMidnightMs } = options
  const entries = new Map<string, Entry<Value>>()
  const keysByTag = new Map<string, Set<string>>()
  const flights = new Set<Flight<Value, Other>>()
  const joinable = new Map<string, Flight<Value, Other>>()
  const counts: PageCacheCounts = { entries: 0, bytes: 0, hits: 0, misses: 0, dropped: 0 }
  let suspended = false
  let expiresAtMs = nextMidnightMs()

  function remove(entry: Entry<Value>): void {
    entries.delete(entry.key)
    counts.bytes -= entry.bytes
    counts.dropped += 1
    for (const tag of entry.tags) {
      const keys = keysByTag.get(tag)
      keys?.delete(entry.key)
      if (keys?.size === 0) keysByTag.delete(tag)
    }
  }

  function flush(): void {
    counts.dropped += entries.size
    counts.bytes = 0
    entries.clear()
    keysByTag.clear()
    joinable.clear()
    for (const flight of flights) flight.droppedAll = true
  }

  function drop(tags: Iterable<string>): void {
    joinable.clear()
    for (const tag of tags) {
      for (const flight of flights) flight.droppedTags.add(tag)
      for (const key of [...(keysByTag.get(tag) ?? [])]) {
        const entry = entries.get(key)
        if (entry !== undefined) remove(entry)
      }
    }
  }

  function passMidnight(): void {
    if (nowMs() < expiresAtMs) return
    flush()
    expiresAtMs = nextMidnightMs()
  }

  /** Second chance: the oldest goes, unless somebody looked at it since it was last in line. */
  function makeRoom(bytes: number): void {
    for (const [key, entry] of entries) {
      if (counts.bytes + bytes <= maxBytes) return
      if (entry.used) {
        entry.used = false
        entries.delete(key)
        entries.set(key, entry)
      } else {
        remove(entry)
      }
    }
  }

  function keep(key: string, cached: Cached<Value>): void {
    // One page may not push out all the others.
    if (cached.bytes > maxBytes / 8) return
    const before = entries.get(key)
    if (before !== undefined) remove(before)
    makeRoom(cached.bytes)
    entries.set(key, { ...cached, key, used: false })
    counts.bytes += cached.bytes
    for (const tag of cached.tags) {
      const keys = keysByTag.get(tag)
      if (keys === undefined) keysByTag.set(tag, new Set([key]))
      else keys.add(key)
    }
  }

  function get(key: string): Value | undefined {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    if (nowMs() >= expiresAtMs) {
      passMidnight()
      return undefined
    }
    entry.used = true
    counts.hits += 1
    return entry.value
  }

  function begin(key: string, load: () => Promise<Loaded<Value, Other>>): Flight<Value, Other> {
    const flight: Flight<Value, Other> = {
      promise: Promise.resolve()
        .then(load)
        .then((loaded) => {
          passMidnight()
          const overtaken =
            flight.droppedAll || (loaded.kind === 'cached' && !loaded.entry.tags.isDisjointFrom(flight.droppedTags))
          if (loaded.kind === 'cached' && !overtaken && !suspended) keep(key, loaded.entry)
          return loaded
        })
        .finally(() => {
          flights.delete(flight)
          if (joinable.get(key) === flight) joinable.delete(key)
        }),
      droppedTags: new Set(),
      droppedAll: false,
    }
    flights.add(flight)
    joinable.set(key, flight)
    return flight
  }

  return {
    get,
    /** Waits for the load of this key that is under way, or begins one. The caller has looked with `get` before. */
    load(key: string, load: () => Promise<Loaded<Value, Other>>): Promise<Loaded<Value, Other>> {
      counts.misses += 1
      passMidnight()
      return (joinable.get(key) ?? begin(key, load)).promise
    },
    /** Forgets what any of these tags names. */
    drop,
    /** Forgets everything. */
    flush,
    /** Nobody tells us of changes any more: forget everything, and keep nothing until `resume`. */
    suspend(): void {
      suspended = true
      flush()
    },
    resume(): void {
      flush()
      suspended = false
    },
    counts: (): PageCacheCounts => ({ ...counts, entries: entries.size }),
  }
}
