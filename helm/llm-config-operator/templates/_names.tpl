{{/* What things are called. Every object's name begins with the release's. */}}

{{- define "llmconfig.name" -}}
{{- $name := default .Release.Name .Values.fullnameOverride | replace "." "-" | trunc 50 | trimAll "-" -}}
{{- if not (regexMatch "^[a-z]" $name) -}}
{{- fail (printf "The release's name %q begins with a digit, and no Service may be called so: set fullnameOverride to a name that begins with a letter." .Release.Name) -}}
{{- end -}}
{{- $name -}}
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
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/name: {{ .Chart.Name }}
{{- end -}}

{{- define "llmconfig.labels" -}}
{{ include "llmconfig.labels-and" (list . dict) }}
{{- end -}}

{{/* The same and, second in the list, more labels, which go before the common ones of the same name. */}}
{{- define "llmconfig.labels-and" -}}
{{- $more := last . -}}
{{- with first . -}}
{{ include "llmconfig.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ include "llmconfig.chart" . }}
{{- with merge dict (default dict $more) (default dict .Values.commonLabels) }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "llmconfig.chart" -}}
{{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Where people find the page, as far as the values say it. */}}
{{- define "llmconfig.publicUrl" -}}
{{- with .Values.playground -}}
{{- $hosts := list -}}
{{- range .httpRoute.hostnames -}}
{{- if not (hasPrefix "*" .) }}{{ $hosts = append $hosts . }}{{ end -}}
{{- end -}}
{{- if .publicUrl -}}
{{- .publicUrl -}}
{{- else if .ingress.enabled -}}
{{- printf "%s://%s%s" (ternary "http" "https" (empty .ingress.tls)) .ingress.host .basePath -}}
{{- else if and .httpRoute.enabled $hosts -}}
{{- printf "https://%s%s" (first $hosts) .basePath -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The first namespace in which objects are managed. */}}
{{- define "llmconfig.somewhere" -}}
{{- if .Values.watchNamespaces }}{{ first .Values.watchNamespaces }}{{ else }}{{ .Release.Namespace }}{{ end -}}
{{- end -}}
