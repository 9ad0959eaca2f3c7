{{/* What things are called. Every object's name begins with the release's. */}}

{{- define "llmconfig.name" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "llmconfig.account" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "llmconfig.name" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Whose token the sidecar asks about people with, of whom only the name is known. */}}
{{- define "llmconfig.reviewer" -}}
{{- if and .Values.playground.enabled .Values.playground.auth.nameOnly }}{{ include "llmconfig.name" . }}-review{{ end -}}
{{- end -}}

{{/* A digest wins over the tag: it cannot be moved. */}}
{{- define "llmconfig.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (default $.Chart.AppVersion .tag) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* By what Services and policies find the pods; never changes. */}}
{{- define "llmconfig.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/name: {{ .Chart.Name }}
{{- end -}}

{{- define "llmconfig.labels" -}}
{{ include "llmconfig.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Where people find the page, as far as the values say it. */}}
{{- define "llmconfig.publicUrl" -}}
{{- with .Values.playground -}}
{{- if .publicUrl -}}
{{- .publicUrl -}}
{{- else if .ingress.enabled -}}
{{- printf "%s://%s%s" (ternary "https" "http" (gt (len .ingress.tls) 0)) .ingress.host .basePath -}}
{{- else if and .httpRoute.enabled .httpRoute.hostnames -}}
{{- printf "https://%s%s" (first .httpRoute.hostnames) .basePath -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The first namespace in which objects are managed. */}}
{{- define "llmconfig.somewhere" -}}
{{- if .Values.watchNamespaces }}{{ first .Values.watchNamespaces }}{{ else }}{{ .Release.Namespace }}{{ end -}}
{{- end -}}
