import type { ConfigMaps } from './config-maps.ts'

/** ConfigMaps in the memory of one process: for development, gone when it ends. */
export function memoryConfigMaps(): ConfigMaps {
  const all = new Map<string, Map<string, string>>()
  const open = (namespace: string, name: string) => {
    const id = `${namespace}/${name}`
    const data = all.get(id) ?? new Map<string, string>()
    all.set(id, data)
    return data
  }
  return {
    async readOrCreate(namespace, name) {
      return Object.fromEntries(open(namespace, name))
    },
    async write(namespace, name, changes) {
      const data = open(namespace, name)
      for (const [key, value] of Object.entries(changes))
        if (value === null) data.delete(key)
        else data.set(key, value)
    },
    async writeOnce(namespace, name, key, value) {
      const data = open(namespace, name)
      const standing = data.get(key) ?? value
      data.set(key, standing)
      return standing
    },
  }
}
