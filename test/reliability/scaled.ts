import { recordedOf } from '../recorded/recorded.ts'

interface Item {
  uid: string
  holderReference: { kind: string; name: string }
}

/** A recorded request of GeneratePatches with so many MachineDeployments. */
export function scaled(machineDeployments: number): Record<string, unknown> {
  const [recorded] = recordedOf('GeneratePatches')
  const { items, ...request } = Object(recorded?.request) as { items: Item[] }
  const ofMachineDeployment = ({ holderReference }: Item) =>
    holderReference.kind === 'MachineDeployment'
  const copies = Array.from({ length: machineDeployments }, (_, index) =>
    items.filter(ofMachineDeployment).map((item) => ({
      ...structuredClone(item),
      uid: `${item.uid}-${index}`,
      holderReference: { ...item.holderReference, name: `${item.holderReference.name}-${index}` },
    })),
  )
  const others = items.filter((item) => !ofMachineDeployment(item))
  return { ...request, items: [...others, ...copies.flat()] }
}

/** The same with as many MachineDeployments as so many bytes of JSON hold. */
export function scaledTo(bytes: number): Record<string, unknown> {
  const [one, more] = [scaled(1), scaled(101)].map((request) => JSON.stringify(request).length)
  return scaled(Math.floor(bytes / (((more ?? 0) - (one ?? 0)) / 100)))
}
