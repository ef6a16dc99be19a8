import { contractDifferences } from './differences.ts'
import { type Contract, ourLines, theirLines } from './lines.ts'

/** How the hooks of this package differ from a contract of Cluster API, given as JSON. */
export function compareContract(text: string, version: string): string[] {
  const contract: Contract = JSON.parse(text)
  return contractDifferences(ourLines(), theirLines(contract), version)
}
