import { Option } from 'commander'
import { UsageError } from './usage-error.ts'

/** `--setting`, as often as needed. */
export const settingOption = (description: string) => pairOption('--setting', description, String)

const ofSimulatedCluster =
  'a variable of the Cluster, as JSON or text, as often as needed; required ones get a value that their schema allows'

/** `--variable`, as often as needed. */
export const variableOption = (description = ofSimulatedCluster) =>
  pairOption('--variable', description, fromJSON)

/** An option that is given several times: its values by name. Throws UsageError. */
export function pairOption(
  flag: string,
  description: string,
  read: (text: string) => unknown,
  form = 'NAME=VALUE',
) {
  return new Option(`${flag} <${form}>`, description).argParser(
    (text: string, before: Readonly<Record<string, unknown>> = {}) => {
      const [name = '', ...value] = text.split('=')
      if (name === '' || value.length === 0)
        throw new UsageError(`${flag}: "${text}" is not like ${form}`)
      return { ...before, [name]: read(value.join('=')) }
    },
  )
}

function fromJSON(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
