{{/* What the operator may do where objects are managed. Why, rule by rule, is in docs/guides/rbac.md. */}}
{{- define "llmconfig.rules" -}}
- apiGroups: [llmconfig.dev]
  resources: [apikeyconfigs, modelconfigs]
  verbs: [get, list, watch, patch]
- apiGroups: [llmconfig.dev]
  resources: [apikeyconfigs/status, modelconfigs/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [secrets, configmaps]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [get, list, watch, patch]
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [get, list, watch, patch]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- if .Values.sealedSecrets.enabled }}
- apiGroups: [bitnami.com]
  resources: [sealedsecrets]
  verbs: [get, list, watch, create, patch, delete]
{{- end }}
{{- end -}}
