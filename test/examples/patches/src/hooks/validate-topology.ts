import { defineHook } from 'capi-extension'
import { ValidateTopology } from 'capi-extension/hooks'
import { checkTemplate, validateTemplates } from 'capi-extension/topology'
import { AWSMachineTemplate } from '../aws.ts'
import { variables } from '../variables.ts'

/** Refuses machines that are too small for a control plane. */
export default defineHook(ValidateTopology, (call) =>
  validateTemplates(call, { variables }, [
    checkTemplate(
      AWSMachineTemplate,
      { matchResources: { controlPlane: true } },
      ({ template }) => {
        const { instanceType } = template.spec.template.spec
        if (!instanceType.startsWith('t')) return
        return { status: 'Failure', message: `${instanceType} is too small for a control plane` }
      },
    ),
  ]),
)
