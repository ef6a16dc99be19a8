import { defineVariables, variable } from 'capi-extension/topology'
import * as v from 'valibot'

const text = v.string()
const optionalText = v.optional(text)

const imageRepository = variable(text, {
  required: true,
  example: 'kindest',
  labels: { objects: 'DevCluster' },
  annotations: {
    description:
      'Gets set at DevCluster.Spec.Template.Spec.Backend.Docker.LoadBalancer.ImageRepository',
  },
})

const declarations = {
  kubeadmControlPlaneMaxSurge: variable(text, {
    description:
      'kubeadmControlPlaneMaxSurge is the maximum number of control planes that can be scheduled above or under the desired number of control plane machines.',
    default: '',
    example: '0',
    'x-kubernetes-validations': [
      {
        rule: 'self == "" || self != ""',
        messageExpression: "'just a test expression, got %s'.format([self])",
      },
    ],
  }),
  files: variable(
    v.array(v.object({ path: optionalText, content: optionalText, contentFormat: optionalText })),
  ),
  preKubeadmCommands: variable(v.array(text)),
  kubeadmConfigTemplateAnnotations: variable(v.record(text, text)),
  imageRepository,
}

/** The five variables of Cluster API's test extension, as DiscoverVariables answers them. */
export const { definitions } = defineVariables(declarations)

/**
 * The same as patches read them: Go's patches do without imageRepository, although a Cluster must
 * set it.
 */
export const variables = defineVariables({ ...declarations, imageRepository: variable(text) })

/** Their values, typed. */
export type Values = ReturnType<typeof variables.parse>
