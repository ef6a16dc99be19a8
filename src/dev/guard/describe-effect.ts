import type { Effect } from './result.ts'

/** What an effect is, in a few words: `rolls out 3 Machines`. */
export function describeEffect({ verdict, machines, inPlace, replaced, ...rest }: Effect): string {
  if (verdict === 'in place' && inPlace !== undefined) return `updates ${count(inPlace)} in place`
  if (verdict !== 'rolls out') return verdict
  if (inPlace !== undefined && inPlace > 0 && replaced !== undefined)
    return `rolls out ${count(replaced)}, updates ${count(inPlace)} in place`
  const number = replaced ?? machines
  if (number !== undefined) return `rolls out ${count(number)}`
  return rest.holder === 'control plane' || !rest.holder.includes(' ')
    ? 'rolls out all Machines'
    : `rolls out all Machines of ${rest.holder.split(' ').at(-1)}`
}

const count = (machines: number) => `${machines} Machine${machines === 1 ? '' : 's'}`
