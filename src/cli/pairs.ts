import { Option } from 'commander'
import { UsageError } from './usage-error.ts'

/** `--setting`, as often as needed. */
export const settingOption = (description: string) => pairOption('--setting', description, String)

/** `--variable`, as often as needed. */
export const variableOption = () =>
  pairOption(
    '--variable',
    'a variable of the Cluster, as JSON or text, as often as needed; required ones get a value that their schema allows',
    fromJSON,
  )

/** An option that is given several times: its values by name. Throws UsageError. */
function pairOption(flag: string, description: string, read: (text: string) => unknown) {
  return new Option(`${flag} <NAME=VALUE>`, description).argParser(
    (text: string, before: Readonly<Record<string, unknown>> = {}) => {
      const [name = '', ...value] = text.split('=')
      if (name === '' || value.length === 0)
        throw new UsageError(`${flag}: "${text}" is not like NAME=VALUE`)
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
