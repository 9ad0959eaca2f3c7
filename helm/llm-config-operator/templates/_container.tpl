{{/* What both containers have: the image, who they run as, and the volumes that they share. */}}

{{- define "llmconfig.image-and-security" -}}
image: {{ include "llmconfig.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- with .Values.containerSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "llmconfig.logging" -}}
- --log-format={{ .Values.logging.format }}
- --log-level={{ .Values.logging.level }}
{{- end -}}

{{/* The client of the API server reads the same variables, and must not go through a proxy. */}}
{{- define "llmconfig.environment" -}}
- name: HOSTNAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
{{- with .Values.proxy }}
{{- if or .http .https }}
{{- with .http }}
- name: HTTP_PROXY
  value: {{ . | quote }}
{{- end }}
{{- with .https }}
- name: HTTPS_PROXY
  value: {{ . | quote }}
{{- end }}
- name: NO_PROXY
  value: {{ prepend (without (splitList "," (default "" .no)) "") "$(KUBERNETES_SERVICE_HOST),localhost,127.0.0.1,.svc,.cluster.local" | join "," | quote }}
{{- end }}
{{- end }}
{{- if .Values.extraCa.configMap }}
- name: LLMCONFIG_EXTRA_CA
  value: /etc/llmconfig/ca/ca.crt
{{- end }}
{{- end -}}

{{- define "llmconfig.mounts" -}}
- {name: mirror, mountPath: /data/mirror}
- {name: run, mountPath: /run/llmconfig}
{{- if .Values.extraCa.configMap }}
- {name: extra-ca, mountPath: /etc/llmconfig/ca, readOnly: true}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* New connections still arrive for a moment after a pod was told to end. */}}
{{- define "llmconfig.ending" -}}
lifecycle:
  preStop: {sleep: {seconds: 5}}
{{- end -}}

{{/* What every pod has where the kubelet would put it, but for the token. */}}
{{- define "llmconfig.cluster-authority" -}}
- configMap:
    name: kube-root-ca.crt
    items: [{key: ca.crt, path: ca.crt}]
- downwardAPI:
    items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]
{{- end -}}
